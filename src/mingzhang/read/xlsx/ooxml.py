"""XLSX → sheets: the parts of an Office Open XML workbook (ECMA-376 part 1, 18), read as shown."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from lxml import etree

from mingzhang.read.container import Archive
from mingzhang.read.errors import refusal
from mingzhang.read.xlsx.formats import BUILT_IN, GENERAL, shown_number, shown_text
from mingzhang.read.xlsx.sheet import MOST_CELLS, Position, Range, Sheet, extend

Relations = dict[str, tuple[str, str]]  # id -> (last word of its type, part it leads to)

_CELL = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})")
_ROWS, _COLUMNS = 1 << 20, 1 << 14  # of a sheet
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


@dataclass(frozen=True, slots=True)
class _Style:
    code: str
    ruled: bool


_PLAIN = _Style(GENERAL, False)


@dataclass(frozen=True, slots=True)
class _Workbook:
    """What the sheets share."""

    strings: tuple[str, ...]
    styles: dict[str, _Style]
    epoch_1904: bool


@dataclass(slots=True)
class _Draft:
    """A sheet while it is being read."""

    texts: dict[Position, str] = field(default_factory=dict)
    merges: list[Range] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    ruled: dict[int, tuple[int, int]] = field(default_factory=dict)
    uncalculated: list[Position] = field(default_factory=list)
    errors: list[Position] = field(default_factory=list)
    shows_zeros: bool = True


def read_sheets(archive: Archive, where: str) -> tuple[list[Sheet], list[str]]:
    """The visible sheets of a workbook in order, and the names of the hidden ones.

    Raises Unreadable if a part is missing or no well-formed XML.
    """
    book_name, book = _main_part(archive, where)
    targets = archive.relations(book_name)
    shared = _Workbook(
        _strings(archive, targets),
        _styles(archive, targets),
        any(p.get("date1904") in ("1", "true") for p in book.iter("{*}workbookPr")),
    )
    sheets: list[Sheet] = []
    hidden: list[str] = []
    for entry in book.iter("{*}sheet"):
        name = entry.get("name", "")
        kind, part = targets.get(_relation_id(entry), ("", ""))
        if kind != "worksheet":
            continue
        if entry.get("state", "visible") != "visible":
            hidden.append(name)
        else:
            sheets.append(_sheet(archive.read(part), name, shared, where))
    return sheets, hidden


def _main_part(archive: Archive, where: str) -> tuple[str, etree._Element]:
    for kind, target in archive.relations("").values():
        if kind == "officeDocument":
            if target.endswith(".bin"):
                raise refusal("unsupported", where, kind="XLSB")
            return target, archive.xml(target)
    raise refusal("damaged", where, detail="no workbook")


def _relation_id(entry: etree._Element) -> str:
    return next((str(v) for k, v in entry.attrib.items() if str(k).endswith("}id")), "")


def _shared_part(archive: Archive, targets: Relations, kind: str) -> etree._Element | None:
    part = next((t for k, t in targets.values() if k == kind and t in archive), None)
    return None if part is None else archive.xml(part)


def _strings(archive: Archive, targets: Relations) -> tuple[str, ...]:
    root = _shared_part(archive, targets, "sharedStrings")
    return () if root is None else tuple(_rich(item) for item in root.iterchildren("{*}si"))


def _rich(item: etree._Element) -> str:
    """The text of a string item: its runs, without phonetic guides."""
    texts = (t.text or "" for t in item.iter("{*}t") if not _is_phonetic(t))
    return _unescaped("".join(texts))


def _is_phonetic(text: etree._Element) -> bool:
    parent = text.getparent()
    return parent is not None and etree.QName(parent).localname == "rPh"


def _unescaped(text: str) -> str:
    if "_x" not in text:
        return text
    return (
        _ESCAPED.sub(lambda m: chr(int(m[1], 16)), text).replace("\r\n", "\n").replace("\r", "\n")
    )


def _styles(archive: Archive, targets: Relations) -> dict[str, _Style]:
    """Index as cells name it -> style."""
    root = _shared_part(archive, targets, "styles")
    if root is None:
        return {}
    codes = dict(BUILT_IN)
    for fmt in root.iterfind("{*}numFmts/{*}numFmt"):
        codes[_int(fmt.get("numFmtId"))] = fmt.get("formatCode", GENERAL)
    ruled = [
        any(
            side.get("style", "none") != "none"
            for name in ("left", "right")
            for side in border.iterchildren(f"{{*}}{name}")
        )
        for border in root.iterfind("{*}borders/{*}border")
    ]
    out: dict[str, _Style] = {}
    for index, xf in enumerate(root.iterfind("{*}cellXfs/{*}xf")):
        border = _int(xf.get("borderId"))
        code = codes.get(_int(xf.get("numFmtId")), GENERAL)
        out[str(index)] = _Style(code, 0 <= border < len(ruled) and ruled[border])
    return out


def _int(text: str | None, default: int = 0) -> int:
    usable = text is not None and len(text) < 10 and text.isascii() and text.isdigit()
    return int(text) if usable and text else default


def _is_on(text: str | None) -> bool:
    return text in ("1", "true")


def _sheet(data: bytes, name: str, shared: _Workbook, where: str) -> Sheet:
    draft = _Draft()
    wanted = ("{*}sheetView", "{*}col", "{*}row", "{*}mergeCell")
    row = -1
    try:
        for _, element in etree.iterparse(
            io.BytesIO(data), tag=wanted, resolve_entities=False, no_network=True
        ):
            kind = element.tag.rpartition("}")[2]
            if kind == "row":
                row = _row(element, row, draft, shared)
                if len(draft.texts) > MOST_CELLS:
                    raise refusal("too-large", where, limit=f"{MOST_CELLS} cells")
                element.clear()
                parent = element.getparent()
                while parent is not None and element.getprevious() is not None:
                    del parent[0]
            elif kind == "mergeCell":
                draft.merges.extend(_range(element.get("ref", "")))
            elif kind == "col" and _is_unseen(element, "width"):
                last = min(_int(element.get("max")), _COLUMNS)
                draft.hidden_columns.update(range(max(_int(element.get("min"), 1), 1) - 1, last))
            elif kind == "sheetView" and element.get("showZeros") in ("0", "false"):
                draft.shows_zeros = False
    except etree.XMLSyntaxError as error:
        raise refusal("damaged", where, detail=f"{name}: {error}") from error
    return Sheet(
        name,
        draft.texts,
        tuple(draft.merges),
        draft.hidden_rows,
        draft.hidden_columns,
        draft.ruled,
        tuple(draft.uncalculated),
        tuple(draft.errors),
    )


def _is_unseen(element: etree._Element, size: str) -> bool:
    return _is_on(element.get("hidden")) or element.get(size) in ("0", "0.0")


def _row(element: etree._Element, above: int, draft: _Draft, shared: _Workbook) -> int:
    """Read a row into the draft; its index from 0 (the next one where it does not say)."""
    index = _int(element.get("r"), above + 2) - 1
    if not 0 <= index < _ROWS:
        return above
    if _is_unseen(element, "ht"):
        draft.hidden_rows.add(index)
    styles = shared.styles
    column = -1
    for cell in element.iterchildren("{*}c"):
        found = _CELL.fullmatch(cell.get("r", ""))
        column = _column(found[1]) if found else column + 1
        if column >= _COLUMNS:
            continue
        style = styles.get(cell.get("s", "0"), _PLAIN)
        if style.ruled:
            extend(draft.ruled, index, column, column)
        text = _shown(cell, style.code, (index, column), draft, shared).strip()
        if text:
            draft.texts[index, column] = text
    return index


def _shown(cell: etree._Element, code: str, at: Position, draft: _Draft, shared: _Workbook) -> str:
    value = inline = None
    formula = False
    for child in cell:
        tag = str(child.tag)
        if tag.endswith("}v"):
            value = child.text or ""
        elif tag.endswith("}f"):
            formula = True
        elif tag.endswith("}is"):
            inline = _rich(child)
    kind = cell.get("t", "n")
    if kind == "inlineStr" or (value is None and inline is not None):
        return shown_text(inline or "", code)
    if value is None or (value == "" and kind == "n"):
        if formula:
            draft.uncalculated.append(at)
        return ""
    if kind == "s":
        index = _int(value, -1)
        text = shared.strings[index] if 0 <= index < len(shared.strings) else ""
        return shown_text(text, code)
    if kind == "str":
        return shown_text(_unescaped(value), code)
    if kind == "e":
        draft.errors.append(at)
        return value
    if kind == "b":
        return "TRUE" if _is_on(value) else "FALSE"
    if kind == "d":
        return value.partition("T")[0]
    if not draft.shows_zeros and _is_zero(value):
        return ""
    return shown_number(value, code, epoch_1904=shared.epoch_1904)


def _is_zero(value: str) -> bool:
    return re.fullmatch(r"-?0*\.?0*(?:E[+-]?\d+)?", value, re.IGNORECASE) is not None


@lru_cache(maxsize=_COLUMNS)
def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def _range(ref: str) -> Iterator[Range]:
    first, _, last = ref.partition(":")
    found, until = _CELL.fullmatch(first), _CELL.fullmatch(last or first)
    if found and until:
        rows = sorted((int(found[2]) - 1, int(until[2]) - 1))
        columns = sorted((_column(found[1]), _column(until[1])))
        if rows[1] < _ROWS and columns[1] < _COLUMNS:
            yield rows[0], columns[0], rows[1], columns[1]
