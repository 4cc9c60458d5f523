"""A data package that Mingzhang published (datapackage.json and its CSV files) → Document.

Of the package the statements, their cells and the text in reading order are read, and what was
printed: amounts and coordinates beside them are not trusted, but found again as in any other file.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple

from mingzhang.model.document import Block, Cell, Document, Grid, Paragraph, Run
from mingzhang.model.place import Place
from mingzhang.read.errors import Unreadable, refusal, remark
from mingzhang.read.xlsx.sheet import reference

DESCRIPTOR = "datapackage.json"
_KEY = "mingzhang"
_FORMAT = 1  # of the package; mingzhang.publish.data.descriptor writes it
_NEEDED = ("statements", "cells", "text")
_MOST_COLUMNS = 1000
_MOST_POSITIONS = 4_000_000  # of one table
_MOST_DESCRIPTOR = 16 * 2**20


class Package(NamedTuple):
    """The files of one package by their names within its folder, and the name of the whole."""

    name: str
    files: Mapping[str, bytes]


def with_resources(paths: Iterable[str | Path]) -> list[str | Path]:
    """The paths; beside a datapackage.json of ours the files that it names, from its own folder."""
    out: list[str | Path] = []
    for path in paths:
        out.append(path)
        file = Path(path)
        try:
            if file.name != DESCRIPTOR or not 0 < file.stat().st_size < _MOST_DESCRIPTOR:
                continue
            data = file.read_bytes()
        except (OSError, ValueError):  # who opens the file will tell what is wrong
            continue
        if _is_marked(data):
            try:
                names = _resource_paths(_descriptor(data, str(path)), str(path)).values()
            except Unreadable:
                continue  # told when the package is read
            beside = (file.with_name(name) for name in names)
            out.extend(p for p in beside if p.is_file() and not p.is_symlink())
    return out


def split_packages(
    files: Iterable[tuple[str, bytes]],
) -> tuple[list[Package], list[tuple[str, bytes]]]:
    """Packages of ours among the files of a book, and the files that belong to none."""
    packages: list[Package] = []
    rest: list[tuple[str, bytes]] = []
    for batch in _batches(files):
        held: dict[str, str] = {}  # file → its package
        for name, data in batch.items():
            if PurePosixPath(name).name == DESCRIPTOR and _is_ours(name, data, batch):
                held |= {member: name for member in _members(name, data, batch)}
        for name in dict.fromkeys(held.values()):
            mine = (m for m, owner in held.items() if owner == name)
            packages.append(Package(name, {PurePosixPath(m).name: batch[m] for m in mine}))
        rest += [(name, data) for name, data in batch.items() if name not in held]
    return packages, rest


def read_datapackage(package: Package) -> Document:
    """The package as a Document: its text in order, each statement where it stands.

    Raises Unreadable for a descriptor or CSV that is damaged, incomplete, or of a later format.
    """
    name, files = package
    descriptor = _descriptor(files[DESCRIPTOR], name)
    paths = _resource_paths(descriptor, name)
    tables = {}
    digest = hashlib.sha256()
    warnings = []
    for resource in _NEEDED:
        path = paths.get(resource, "")
        if path not in files:
            raise _damaged(name, f"no {path or resource}")
        digest.update(hashlib.sha256(files[path]).digest())
        if _is_altered(descriptor, resource, files[path]):
            warnings.append(remark("altered", name, file=path))
        tables[resource] = _Csv.read(files[path], path, name)
    origin = Place(digest.hexdigest(), name, "")
    blocks = tuple(_blocks(tables["text"], _Tables.of(tables, origin), origin))
    return Document(name, origin.source, "datapackage", blocks, warnings=tuple(warnings))


def _batches(files: Iterable[tuple[str, bytes]]) -> Iterator[dict[str, bytes]]:
    """The files in order, parted where a name comes again: two folders given side by side."""
    batch: dict[str, bytes] = {}
    for name, data in files:
        if name in batch:
            yield batch
            batch = {}
        batch[name] = data
    yield batch


def _is_ours(name: str, data: bytes, batch: Mapping[str, bytes]) -> bool:
    """Marked as ours, or so damaged that only its neighbours tell."""
    folder = PurePosixPath(name).parent
    return _is_marked(data) or all(f"{folder / need}.csv" in batch for need in _NEEDED)


def _members(name: str, data: bytes, batch: Mapping[str, bytes]) -> Iterator[str]:
    """The files beside a descriptor that belong to its package: those that it lists, as CSV and in
    other formats, and the README. What a damaged one lists is not known: then all tables there."""
    try:
        listed = _listed(_descriptor(data, name))
    except Unreadable:
        listed = None
    for other in batch:
        path = PurePosixPath(other)
        if path.parent == PurePosixPath(name).parent and (
            path.name in (DESCRIPTOR, "README.md")
            or (path.suffix in (".csv", ".parquet") if listed is None else path.name in listed)
        ):
            yield other


def _listed(descriptor: Mapping[str, Any]) -> set[str]:
    out = set()
    for item in _dicts(descriptor.get("resources")):
        for place in (item, *_dicts(item.get("alternates"))):
            if isinstance(place.get("path"), str):
                out.add(place["path"])
    return out


def _dicts(value: object) -> Iterator[Mapping[str, Any]]:
    return (item for item in (value if isinstance(value, list) else ()) if isinstance(item, dict))


def _is_marked(data: bytes) -> bool:
    return f'"{_KEY}"'.encode() in data


def _descriptor(data: bytes, where: str) -> Mapping[str, Any]:
    try:
        found = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise _damaged(where, f"JSON: {error}") from error
    ours = found.get(_KEY) if isinstance(found, dict) else None
    number = ours.get("format") if isinstance(ours, dict) else None
    if not isinstance(number, int):
        raise _damaged(where, f'no "{_KEY}"')
    if number != _FORMAT:
        raise refusal("unsupported", where, kind=f"data package {number}")
    assert isinstance(found, dict)
    return found


def _resources(descriptor: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    return (r for r in _dicts(descriptor.get("resources")) if r.get("name") in _NEEDED)


def _resource_paths(descriptor: Mapping[str, Any], where: str) -> dict[str, str]:
    """Resource → its file's name, which leads nowhere but into the package's own folder."""
    out: dict[str, str] = {}
    for item in _resources(descriptor):
        path = item.get("path")
        if not isinstance(path, str) or path in ("", ".", "..") or set(path) & set("/\\:\0"):
            raise _damaged(where, f"path {str(path)[:60]!r}")
        out[str(item["name"])] = path
    return out


def _is_altered(descriptor: Mapping[str, Any], resource: str, data: bytes) -> bool:
    told = next((r.get("hash") for r in _resources(descriptor) if r["name"] == resource), None)
    return isinstance(told, str) and told != f"sha256:{hashlib.sha256(data).hexdigest()}"


def _damaged(where: str, detail: str) -> Unreadable:
    return refusal("damaged", where, detail=detail)


@dataclass(frozen=True, slots=True)
class _Record:
    """One row of a CSV file, by column; knows its line, for messages and places."""

    values: Mapping[str, str]
    line: int
    file: str
    where: str

    def text(self, column: str) -> str:
        """The text of a column. Raises Unreadable if there is no such column in this row."""
        found = self.values.get(column)
        if found is None:
            raise _damaged(self.where, f"{self.file} line {self.line}: no {column}")
        return found

    def number(self, column: str, low: int = 0, high: int = _MOST_POSITIONS) -> int:
        """The whole number of a column. Raises Unreadable where there is none between the bounds."""
        text = self.text(column)
        if not (text.isascii() and text.isdigit() and len(text) < 12 and low <= int(text) <= high):
            detail = f"{self.file} line {self.line}: {column} {text[:40]!r}"
            raise _damaged(self.where, detail)
        return int(text)


class _Csv(NamedTuple):
    """The rows of a CSV file."""

    records: Sequence[_Record]

    @staticmethod
    def read(data: bytes, file: str, where: str) -> _Csv:
        try:
            text = data.decode("utf-8-sig")
            reader = csv.reader(io.StringIO(text, newline=""), strict=True)
            header = next(reader, [])
            records = [
                _Record(dict(zip(header, row, strict=False)), reader.line_num, file, where)
                for row in reader
                if row
            ]
        except (ValueError, csv.Error) as error:
            raise _damaged(where, f"{file}: {error}") from error
        return _Csv(records)


@dataclass(frozen=True, slots=True)
class _Tables:
    """The statements by number: what is said of each, and its cells."""

    heads: Mapping[int, _Record]
    cells: Mapping[int, Sequence[_Record]]
    origin: Place

    @staticmethod
    def of(tables: Mapping[str, _Csv], origin: Place) -> _Tables:
        heads = {r.number("statement"): r for r in tables["statements"].records}
        cells: dict[int, list[_Record]] = {}
        for record in tables["cells"].records:
            cells.setdefault(record.number("statement"), []).append(record)
        return _Tables(heads, cells, origin)

    def blocks(self, record: _Record) -> Iterator[Block]:
        """Caption and grid of the statement that stands at this row of the text."""
        number = record.number("statement")
        head = self.heads.get(number)
        if head is None:
            raise _damaged(record.where, f"{record.file} line {record.line}: no statement {number}")
        if head.text("title"):
            captions = [head.text("number"), head.text("title")]
            captions.append(f"{head.text('entity_label')}：{head.text('entity')}")
            if head.text("unit"):
                captions.append(f"单位：{head.text('unit')}")
            for caption in captions:
                yield from _paragraph(caption, record.line, 0, self.origin)
        if self.cells.get(number):
            yield self._grid(self.cells[number])

    def _grid(self, records: Sequence[_Record]) -> Grid:
        cells = tuple(self._cell(record) for record in records)
        height = max(c.row + c.rowspan for c in cells)
        width = max(c.column + c.colspan for c in cells)
        covered = sum(c.rowspan * c.colspan for c in cells)
        # a few cells must not span a table that no memory holds
        if covered > _MOST_POSITIONS or height * width > 2 * covered + 1000:
            raise refusal("too-large", records[0].where, limit=f"{_MOST_POSITIONS} cells")
        return Grid(cells, height, width, cells[0].place)

    def _cell(self, record: _Record) -> Cell:
        row, column = record.number("row", 1) - 1, record.number("column", 1, _MOST_COLUMNS) - 1
        rows, columns = record.number("rows", 1), record.number("columns", 1, _MOST_COLUMNS)
        text = record.text("text")
        place = Place(
            self.origin.source,
            self.origin.name,
            text,
            line=record.line,
            cell=reference(row, column),
        )
        return Cell(text, row, column, place, rows, columns)


def _blocks(text: _Csv, tables: _Tables, origin: Place) -> Iterator[Block]:
    for record in text.records:
        if record.text("kind") == "table":
            yield from tables.blocks(record)
        else:
            is_heading = record.text("kind") == "heading"
            level = record.number("level", 1, 9) if is_heading else 0
            yield from _paragraph(record.text("text"), record.line, level, origin)


def _paragraph(text: str, line: int, level: int, origin: Place) -> Iterator[Paragraph]:
    if text.strip():
        place = Place(origin.source, origin.name, text, line=line, column=1)
        yield Paragraph((Run(text, place),), level)
