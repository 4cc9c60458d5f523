"""Publishing: an edition into every format, then every file read back and proved.

The round trip is the contract: what was written says the same figures as what was compiled, and the
reading way finds nothing wrong with it.
"""

from __future__ import annotations

import re
import sys
import tempfile
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from mingzhang.catalog.normal import plain
from mingzhang.check import check
from mingzhang.model.book import Book
from mingzhang.model.edition import Edition
from mingzhang.model.finding import Report
from mingzhang.model.quantity import Quantity
from mingzhang.publish.data import publish_data
from mingzhang.publish.docx import publish_docx
from mingzhang.publish.html import publish_html
from mingzhang.publish.pdf import publish_pdf
from mingzhang.publish.xlsx import publish_xlsx
from mingzhang.read import read_book

PUBLISHERS: Mapping[str, tuple[str, Callable[[Edition, Path], None]]] = {
    "pdf": (".pdf", publish_pdf),
    "docx": (".docx", publish_docx),
    "xlsx": (".xlsx", publish_xlsx),
    "html": (".html", publish_html),
    "data": ("-data", publish_data),
}


_CODE = re.compile(r"[〔\[]U\+([0-9A-F]{4,6})[〕\]]")  # as typeset, and as names are compared


@dataclass(frozen=True, slots=True)
class Proof:
    """One published file read back: the report on it, and figures that are not as compiled."""

    path: Path
    report: Report
    different: tuple[str, ...]

    @property
    def ok(self) -> bool:
        """True if the file says what was compiled and nothing is wrong with it."""
        found = [f for f in self.report.findings if f.severity == "error"]
        return not self.different and not found


def publish(
    edition: Edition,
    folder: Path,
    formats: Collection[str] = tuple(PUBLISHERS),
    fonts: Path | None = None,
) -> dict[str, Path]:
    """Write the book in these formats into ``folder``; format → path. All are made before any of them
    is put there: where one cannot be, nothing is changed.

    ``fonts`` is a folder of faces for the PDF (方正小标宋, 仿宋_GB2312 …) instead of the free stand-ins.
    Raises KeyError for an unknown format, OSError if a file cannot be written.
    """
    wanted = [(name, *PUBLISHERS[name]) for name in formats]
    folder.mkdir(parents=True, exist_ok=True)
    paths = {}
    with tempfile.TemporaryDirectory(dir=folder, prefix=".mingzhang-") as beside:
        for name, ending, write in wanted:
            path = Path(beside) / f"{file_name(edition)}{ending}"
            if name == "pdf":
                publish_pdf(edition, path, fonts)
            else:
                write(edition, path)
            paths[name] = path
        return {name: _placed(path, folder) for name, path in paths.items()}


def _placed(path: Path, folder: Path) -> Path:
    """A file, or the files of a folder, moved to where they belong."""
    there = folder / path.name
    if path.is_dir():
        there.mkdir(exist_ok=True)
        for part in sorted(path.iterdir()):
            _placed(part, there)
    else:
        path.replace(there)
    return there


def file_name(edition: Edition) -> str:
    """The title as a file name: no separators, nothing that a file system refuses."""
    return "".join("_" if c in '\\/:*?"<>|\0' or c.isspace() else c for c in edition.title)[:80]


def prove(path: Path, book: Book) -> Proof:
    """Read a published file back and hold it against the compiled book.

    Raises mingzhang.Unreadable if our own reading way cannot read it.
    """
    again = read_book([path])
    mine, theirs = _figures(book), _figures(again)
    different = tuple(
        f"{kind} {quantity.key}: {_shown(value)} ≠ {_shown(theirs.get((kind, quantity)))}"
        for (kind, quantity), value in mine.items()
        if theirs.get((kind, quantity)) != value
    )
    return Proof(path, check(again), different)


def _figures(book: Book) -> dict[tuple[str, Quantity], frozenset[int]]:
    """Every money figure by kind of statement ("" in prose) and quantity, with its printed 分."""
    out: dict[tuple[str, Quantity], set[int]] = {}
    for figure in book.figures:
        if figure.quantity is None or not figure.is_money:
            continue
        kind = "" if figure.statement is None else book.statements[figure.statement].kind
        key = (kind, _typed(figure.quantity.with_(local="")))
        out.setdefault(key, set()).add(figure.printed.fen)
    return {key: frozenset(values) for key, values in out.items()}


def _typed(quantity: Quantity) -> Quantity:
    """A quantity whose names have the characters that the PDF, for want of a glyph, tells by number."""
    names = {name: getattr(quantity, name) for name in ("entity", "project", "part")}
    told = {k: plain(_CODE.sub(_character, v)) for k, v in names.items() if _CODE.search(v)}
    return quantity.with_(**told) if told else quantity


def _character(code: re.Match[str]) -> str:
    point = int(code[1], 16)
    return chr(point) if point <= sys.maxunicode else code[0]


def _shown(values: frozenset[int] | None) -> str:
    return "—" if not values else "/".join(f"{v / 100:,.2f}" for v in sorted(values))
