"""Faces of a PDF after GB/T 9704: the real ones where an officer has them, else free stand-ins.

小标宋, 黑体, 仿宋 and 楷体 are not free. Whoever owns them names their folder; for everybody else two
open faces travel with us (Noto Serif SC and Noto Sans SC, SIL OFL). Fonts of the system are never
looked at: the same book must be the same file on every machine.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

from mingzhang.catalog.source import table
from mingzhang.publish.pdf.coverage import characters
from mingzhang.publish.pdf.failed import failed


@dataclass(frozen=True, slots=True)
class Face:
    """One face 字体: the families to try in turn, and how much heavier to draw it, in em."""

    families: tuple[str, ...]
    stroke: float


@dataclass(frozen=True, slots=True)
class Fonts:
    """The faces of a book, the library that Typst finds them in, and what can be shown with them."""

    faces: Mapping[str, Face]
    library: Any  # typst.Fonts
    known: frozenset[int]


@cache
def fonts_of(folder: Path | None) -> Fonts:
    """The fonts of a folder (None: none of one's own), with the stand-ins behind them.

    Raises PublishFailed if a package, a stand-in or the folder is missing.
    """
    if folder is not None and not folder.is_dir():
        raise failed("folder", name=str(folder))
    files = _stand_ins()
    places = [
        str(p) for p in (folder, *sorted({f.parent for f in files.values()})) if p is not None
    ]
    library = typst().Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=places
    )
    present = set(library.families())
    faces = {
        name: _face(spec, present) for name, spec in table("publish.toml")["pdf"]["face"].items()
    }
    known: frozenset[int] = frozenset()
    for name, path in files.items():
        if name not in present:
            raise failed("font", name=name)
        known |= characters(path)
    return Fonts(faces, library, known)


def typst() -> ModuleType:
    """The typesetter. Raises PublishFailed if it is not installed."""
    try:
        import typst as setter  # 80 MB that only a PDF needs
    except ImportError as error:
        raise failed("package", name="typst") from error
    return setter


def _face(spec: Mapping[str, Any], present: set[str]) -> Face:
    """The real face if it is there, drawn as it is; else its stand-in."""
    real = [name for name in spec["named"] if name in present][:1]
    stand_ins = {table("publish.toml")["pdf"]["face"][n]["stand_in"] for n in ("text", "heading")}
    families = dict.fromkeys((*real, str(spec["stand_in"]), *sorted(stand_ins)))
    return Face(tuple(families), 0.0 if real else float(spec["stroke"]))


def _stand_ins() -> Mapping[str, Path]:
    """The files of the stand-ins, by family."""
    try:
        import pylopdf_fonts_zh_cn as noto
    except ImportError as error:
        raise failed("package", name="pylopdf-fonts-zh-cn") from error
    found = {"Noto Serif SC": noto.serif_path(), "Noto Sans SC": noto.sans_path()}
    for name, path in found.items():
        if not path.is_file():
            raise failed("font", name=name)
    return found
