"""CSV registers: their encoding, delimiter and headings, looked at without reading the file."""

from __future__ import annotations

import codecs
import csv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from mingzhang.model.evidence import Source
from mingzhang.perform.evidence.faults import refuse

_LOOK = 1 << 20  # bytes from which the encoding is told


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a CSV register is written; ``encoding`` is a Python codec."""

    encoding: str
    delimiter: str
    columns: tuple[str, ...]

    @property
    def plain(self) -> bool:
        """True where DuckDB reads it by itself (UTF-8)."""
        return self.encoding == "utf-8-sig"


def look(path: Path, source: Source) -> Dialect:
    """The dialect of a CSV file. Raises Refused if it is empty, wrongly encoded or badly headed."""
    with path.open("rb") as stream:
        head = stream.read(_LOOK)
    if not head.strip():
        raise refuse("empty", where=source.path)
    encoding = _encoding(head, source)
    try:
        with path.open(encoding=encoding, newline="") as text:
            first = text.readline()
        delimiter = source.delimiter or max(",\t;|", key=first.count)
        with path.open(encoding=encoding, newline="") as text:
            names = next(csv.reader(text, delimiter=delimiter))
    except UnicodeError:
        raise refuse("encoding", where=source.path) from None
    except csv.Error:
        raise refuse("ragged", where=source.path, row=1) from None
    return Dialect(encoding, delimiter, headings(names, source.path))


def headings(names: Sequence[str], where: str) -> tuple[str, ...]:
    """Column names of a register. Raises Refused, without quoting them, if one is blank or repeated."""
    seen: set[str] = set()
    found = [name.strip() for name in names]
    for number, name in enumerate(found, 1):
        if not name or name.lower() in seen:
            raise refuse("header", where=where, column=number)
        seen.add(name.lower())
    return tuple(found)


def _encoding(head: bytes, source: Source) -> str:
    wanted = source.encoding
    if wanted in ("gbk", "gb2312", "cp936"):
        return "gb18030"  # holds them all
    if wanted in ("utf-8", "utf8", "utf-8-sig"):
        return "utf-8-sig"
    if wanted != "auto":
        try:
            return codecs.lookup(wanted).name
        except LookupError:
            raise refuse("encoding", where=source.path) from None
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return "gb18030"
    return "utf-8-sig"
