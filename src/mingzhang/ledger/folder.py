"""The folder form: lines.csv, a few TOML files and prose/NN-part.md (docs/ledger.md)."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from urllib.parse import unquote

from mingzhang.catalog.ledger import skeleton, tables
from mingzhang.ledger.build import build
from mingzhang.ledger.csvfile import BAD_BYTE, csv_sheet, csv_text, decoded
from mingzhang.ledger.fault import Fault, Notebook
from mingzhang.ledger.form import Row, Sheet, tidy
from mingzhang.ledger.store import replace_files
from mingzhang.ledger.tomlfile import LISTS, toml_sheets, toml_text
from mingzhang.ledger.unbuild import rows_of
from mingzhang.model.ledger import Ledger
from mingzhang.model.place import Place

LINES = "lines.csv"
SETTINGS = "ledger.toml"
PROSE = "prose"
_PASSAGE = re.compile(r"(\d{1,4})-(.*)\.md")
_UNSAFE = re.compile(r'[\x00-\x1f/\\:*?"<>|%]|^\.')
_MOST_BYTES = 256 * 2**20
_NOTHING = hashlib.sha256(b"").hexdigest()


def read_folder(folder: Path) -> tuple[Ledger, tuple[Fault, ...]]:
    """The ledger in a folder, as far as it can be read, and what is wrong with it.

    Raises OSError for a file that is there and cannot be opened.
    """
    notes = Notebook()
    digest = hashlib.sha256()
    form: dict[str, Sheet] = {}
    for name in (SETTINGS, LINES, *LISTS):
        found = _text(folder, name, notes)
        if found is None:
            continue
        text, source = found
        digest.update(source.encode("ascii"))
        if name == LINES:
            form["lines"] = csv_sheet(text, name, source, notes)
        else:
            form.update(toml_sheets(name, text, source, notes))
    form["passages"] = _passages(folder, notes, digest)
    return build(form, Place(digest.hexdigest(), SETTINGS, ""), notes.faults())


def _text(folder: Path, name: str, notes: Notebook) -> tuple[str, str] | None:
    """The text of a file and its digest; None (and noted) if there is none."""
    path = folder / name
    if not path.is_file():
        title = next(t for t in tables().values() if t.file == name)
        kind = "missing-lines" if name == LINES else "missing-file"
        notes.add(
            kind, Place(_NOTHING, name, ""), path=name, title=title.zh, title_en=title.en
        )  # fmt: skip
        return None
    if path.stat().st_size > _MOST_BYTES:
        limit = f"{_MOST_BYTES // 2**20} MB"
        notes.add("too-large", Place(_NOTHING, name, ""), path=name, limit=limit)
        return None
    data = path.read_bytes()
    source = hashlib.sha256(data).hexdigest()
    found = decoded(data)
    if found is None:
        notes.add("not-text", Place(source, name, ""))
        return None
    if found[1] == "gb18030":
        notes.add("gbk", Place(source, name, ""))
    if found[1] == "damaged":
        line = found[0].partition(BAD_BYTE)[0].count("\n") + 1
        notes.add("bad-bytes", Place(source, name, "", line=line))
    return found[0], source


def _passages(folder: Path, notes: Notebook, digest: hashlib._Hash) -> Sheet:
    rows: list[tuple[int, str, Row]] = []
    room = folder / PROSE
    for path in sorted(room.iterdir()) if room.is_dir() else ():
        if path.name.startswith(".") or not path.is_file():
            continue
        name = f"{PROSE}/{path.name}"
        match = _PASSAGE.fullmatch(path.name)
        if not match:
            notes.add("stray-prose", Place(_NOTHING, name, ""))
            continue
        found = _text(folder, name, notes)
        if found is not None:
            digest.update(found[1].encode("ascii"))
            values = {"part": unquote(match[2]), "text": tidy(found[0])}
            row = Row({k: v for k, v in values.items() if v}, 1, name)
            rows.append((int(match[1]), path.name, row))
    ordered = tuple(row for _, _, row in sorted(rows, key=lambda r: r[:2]))
    return Sheet("passages", digest.hexdigest(), f"{PROSE}/", ordered)


def ledger_files(ledger: Ledger, example: bool = False) -> dict[str, bytes]:
    """The files of the folder form by relative path; the same bytes for the same ledger.

    ``example`` adds a commented row to lines.csv, for those who begin.
    """
    rows = rows_of(ledger)
    shown = skeleton()["line"] if example else ()
    files = {name: toml_text(name, rows).encode("utf-8") for name in (SETTINGS, *LISTS)}
    files[LINES] = csv_text(rows["lines"], shown).encode("utf-8-sig")
    for n, row in enumerate(rows["passages"], 1):
        files[f"{PROSE}/{n:02}-{_safe(row.get('part'))}.md"] = f"{row.get('text')}\n".encode()
    return files


def _safe(part: str) -> str:
    return _UNSAFE.sub(lambda m: f"%{ord(m[0]):02X}", part)


def write_ledger(ledger: Ledger, folder: Path, *, example: bool = False) -> None:
    """Write the folder form, whole or not at all; passages that are no more are removed.

    Other files of the folder are left alone. Raises OSError, the folder being as it was.
    """
    files = ledger_files(ledger, example)
    room = folder / PROSE
    old = [f"{PROSE}/{p.name}" for p in room.glob("*.md") if _PASSAGE.fullmatch(p.name)]
    replace_files(folder, files, [name for name in old if name not in files])
