"""XLSX → sheets of texts: values, formulas, merged cells and hidden rows, within limits.

A small reader of its own because a ledger needs what libraries for values leave out: which cell is
a formula and whether its result is stored. Expat reads a hundred thousand rows in a few seconds, and
is asked to refuse document types, so that no entity can grow. Source: ECMA-376 part 1, 18.3, 18.4.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from xml.parsers import expat

from mingzhang.ledger.form import tidy

_MOST_BYTES = 512 * 2**20  # a hundred thousand lines unpack to some 80 MB
_FREE = 32 * 2**20  # below this size no ratio is suspicious
_MOST_RATIO = 200
_MOST_MEMBERS = 2000
_MOST_CELLS = 8_000_000
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_BROKEN = (
    zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, KeyError, IndexError,
    NotImplementedError, RuntimeError, expat.ExpatError,
)  # fmt: skip


class Damaged(Exception):
    """The workbook cannot be read."""


class TooLarge(Exception):
    """The workbook unpacks to more than is read; the argument is the limit in words."""


@dataclass(frozen=True, slots=True)
class Odd:
    """A cell that is more than its text: a formula (``has_value`` if its result is stored), or an error."""

    kind: str  # formula or error
    formula: str
    has_value: bool


@dataclass(frozen=True, slots=True)
class Grid:
    """A worksheet as texts: (row number, {column number: text}) for rows that have any."""

    name: str
    rows: tuple[tuple[int, dict[int, str]], ...]
    odd: dict[tuple[int, int], Odd] = field(default_factory=dict)
    merged: tuple[str, ...] = ()
    hidden_rows: tuple[int, ...] = ()
    hidden_columns: tuple[int, ...] = ()
    hidden: bool = False


def read_workbook(data: bytes) -> tuple[Grid, ...]:
    """Every worksheet of a workbook. Raises Damaged, TooLarge."""
    try:
        return tuple(_Reader(data).grids())
    except _BROKEN as error:
        raise Damaged(f"{type(error).__name__}: {error}"[:200]) from error


Attributes = dict[str, str]


class _Reader:
    """An open workbook. What is unpacked of it in all is bounded."""

    def __init__(self, data: bytes) -> None:
        self._zip = zipfile.ZipFile(io.BytesIO(data))
        if len(self._zip.infolist()) > _MOST_MEMBERS:
            raise TooLarge(f"{_MOST_MEMBERS} files")
        self._room = min(_MOST_BYTES, max(_FREE, _MOST_RATIO * len(data)))

    def parse(
        self,
        name: str,
        start: Callable[[str, Attributes], None],
        end: Callable[[str], None] | None = None,
        text: Callable[[str], None] | None = None,
    ) -> None:
        """Feed a member to handlers. Raises TooLarge, whatever the member's header says of it."""
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = _no_doctype
        parser.StartElementHandler = start
        parser.EndElementHandler = end
        parser.CharacterDataHandler = text
        with self._zip.open(name) as stream:
            while chunk := stream.read(2**20):
                self._room -= len(chunk)
                if self._room < 0:
                    raise TooLarge(f"{_MOST_BYTES // 2**20} MB")
                parser.Parse(chunk, False)
        parser.Parse(b"", True)

    def elements(self, name: str, tag: str) -> list[Attributes]:
        """The attributes of every element of that name in a member."""
        out: list[Attributes] = []

        def start(found: str, attributes: Attributes) -> None:
            if _local(found) == tag:
                out.append(attributes)

        self.parse(name, start)
        return out

    def relations(self, part: str) -> dict[str, tuple[str, str]]:
        """Relation id -> (last word of its type, the part it leads to)."""
        folder, base = posixpath.split(part)
        out = {}
        name = posixpath.join(folder, "_rels", f"{base}.rels")
        for item in self.elements(name, "Relationship"):
            target = item.get("Target", "").replace("\\", "/")
            full = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            out[item.get("Id", "")] = (item.get("Type", "").rpartition("/")[2], full)
        return out

    def grids(self) -> Iterator[Grid]:
        """Every worksheet in the order of its tab."""
        book = next((p for kind, p in self.relations("").values() if kind == "officeDocument"), "")
        parts = self.relations(book)
        strings = _Strings()
        for kind, path in parts.values():
            if kind == "sharedStrings" and path in self._zip.namelist():
                self.parse(path, strings.start, strings.end, strings.text)
        left = _MOST_CELLS
        for sheet in self.elements(book, "sheet"):
            relation = next((v for k, v in sheet.items() if _local(k) == "id"), "")
            kind, path = parts[relation]
            if kind == "worksheet":
                cells = _Cells(strings.found, left)
                self.parse(path, cells.start, cells.end, cells.text)
                left = cells.left
                yield cells.grid(sheet.get("name", ""), sheet.get("state", "visible") != "visible")


def _no_doctype(*_: object) -> None:
    raise ValueError("document type")


@lru_cache(maxsize=256)
def _local(name: str) -> str:
    return name.rpartition(":")[2]


class _Strings:
    """Shared strings, without phonetic guides."""

    def __init__(self) -> None:
        self.found: list[str] = []
        self._parts: list[str] = []
        self._reading = False
        self._aside = 0

    def start(self, name: str, _: Attributes) -> None:
        tag = _local(name)
        if tag == "si":
            self._parts = []
        elif tag == "rPh":
            self._aside += 1
        self._reading = tag == "t" and not self._aside

    def text(self, data: str) -> None:
        if self._reading:
            self._parts.append(data)

    def end(self, name: str) -> None:
        tag = _local(name)
        self._reading = False
        if tag == "rPh":
            self._aside -= 1
        elif tag == "si":
            self.found.append(_plain("".join(self._parts)))


class _Cells:
    """The cells of one worksheet, as they come."""

    def __init__(self, shared: list[str], left: int) -> None:
        self.left = left
        self._shared = shared
        self._rows: list[tuple[int, dict[int, str]]] = []
        self._odd: dict[tuple[int, int], Odd] = {}
        self._merged: list[str] = []
        self._hidden_rows: list[int] = []
        self._hidden_columns: list[int] = []
        self._row: dict[int, str] = {}
        self._number = self._column = 0
        self._kind = "n"
        self._value: str | None = None
        self._formula: str | None = None
        self._parts: list[str] = []
        self._reading = False
        self._aside = 0

    def start(self, name: str, attributes: Attributes) -> None:
        tag = _local(name)
        if tag == "c":
            reference = attributes.get("r")
            self._column = (
                column_number(reference.rstrip("0123456789")) if reference else self._column + 1
            )
            self._kind = attributes.get("t", "n")
            self._value = self._formula = None
        elif tag in ("v", "f", "t"):
            self._parts = []
            self._reading = not self._aside
        elif tag == "row":
            self._number = int(attributes.get("r") or self._number + 1)
            self._row, self._column = {}, 0
            if attributes.get("hidden") in ("1", "true"):
                self._hidden_rows.append(self._number)
        elif tag == "rPh":
            self._aside += 1
        elif tag == "mergeCell":
            self._merged.append(attributes.get("ref", ""))
        elif tag == "col" and attributes.get("hidden") in ("1", "true"):
            first, last = int(attributes.get("min", "1")), int(attributes.get("max", "1"))
            self._hidden_columns += range(first, min(last, first + 100) + 1)

    def text(self, data: str) -> None:
        if self._reading:
            self._parts.append(data)

    def end(self, name: str) -> None:
        tag = _local(name)
        if tag in ("v", "t") and self._reading:
            self._value = (self._value or "") + "".join(self._parts)
        elif tag == "f":
            self._formula = f"={''.join(self._parts) or '…'}"
        elif tag == "c":
            if self._value is not None or self._formula is not None:
                self._keep()
        elif tag == "row":
            if self._row:
                self._rows.append((self._number, self._row))
        elif tag == "rPh":
            self._aside -= 1
        self._reading = False

    def _keep(self) -> None:
        """One cell that has a value or a formula."""
        value, kind = self._value, self._kind
        if value is None:
            text = ""
        elif kind == "s":
            text = self._shared[int(value)]
        elif kind == "n":
            text = _number(value)
        else:
            text = _plain(value)
        if self._formula is not None or kind == "e":
            shown = "formula" if kind != "e" else "error"
            self._odd[self._number, self._column] = Odd(
                shown, (self._formula or "")[:60], bool(value)
            )
        elif not text:
            return
        self._row[self._column] = text
        self.left -= 1
        if self.left < 0:
            raise TooLarge(f"{_MOST_CELLS} cells")

    def grid(self, name: str, hidden: bool) -> Grid:
        """The sheet, when all of it has come."""
        used = {number for number, _ in self._rows}
        return Grid(
            name,
            tuple(self._rows),
            self._odd,
            tuple(self._merged),
            tuple(n for n in self._hidden_rows if n in used),
            tuple(self._hidden_columns),
            hidden,
        )


@lru_cache(maxsize=1024)
def column_number(letters: str) -> int:
    """The number of a worksheet's column: A -> 1, AA -> 27."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def _number(text: str) -> str:
    """A stored number as a person sees it: at most 15 digits, no exponent."""
    if text.isdecimal() and len(text) <= 15:
        return text
    try:
        return format(Decimal(format(float(text), ".15g")), "f")
    except (ValueError, ArithmeticError):
        return text


def _plain(text: str) -> str:
    """Text with its escapes _x000D_ undone."""
    if "_x" in text:
        text = _ESCAPED.sub(lambda m: chr(int(m[1], 16)), text)
    return tidy(text)
