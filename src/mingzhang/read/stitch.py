"""Stitch first, judge later: the parts of a table over several pages become one table.

A grid continues the one before it when nothing but its own repeated caption stands between them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from mingzhang.catalog.codes import codes_named
from mingzhang.catalog.dimensions import meanings
from mingzhang.catalog.normal import bare, numbering, plain
from mingzhang.catalog.statements import header_words
from mingzhang.model.document import Cell, Document, Grid, Paragraph, Run
from mingzhang.model.money import parse_number
from mingzhang.model.place import Place
from mingzhang.read.captions import Caption, is_note, is_title, read_caption, unit_in

Row = tuple[Cell | None, ...]
_PAGE_NUMBER = re.compile(r"[-—–─━·.|]*\d{1,4}[-—–─━·.|]*|第\d+页(?:共\d+页)?")


@dataclass(frozen=True, slots=True)
class Table:
    """A table stitched from all its parts; ``rows`` cover the grid (merged cells repeat).

    ``header`` rows come first. ``after`` is the index of the paragraph before the table, among the
    prose paragraphs kept.
    """

    caption: Caption
    rows: tuple[Row, ...]
    header: int
    width: int
    spans_known: bool
    place: Place
    notes: tuple[Paragraph, ...]
    pages: tuple[int, ...]
    after: int
    box: tuple[float, float, float, float] | None = None


@dataclass(frozen=True, slots=True)
class Stitched:
    """The prose and the tables of a book, in order."""

    paragraphs: tuple[Paragraph, ...]
    tables: tuple[Table, ...]


def texts(row: Row) -> tuple[str, ...]:
    """The cell texts of a row, "" where there is none."""
    return tuple(cell.text if cell is not None else "" for cell in row)


def first_seen(row: Row, index: int) -> bool:
    """True if the cell at ``index`` does not repeat its left neighbour (a merged cell)."""
    return index == 0 or row[index] is None or row[index] is not row[index - 1]


def stitch(documents: Sequence[Document]) -> Stitched:
    """All paragraphs (captions and notes of tables taken out) and all tables of the documents."""
    prose: list[Paragraph] = []
    tables: list[Table] = []
    pending: list[Paragraph] = []  # since the last table
    for document in documents:
        for block in document.blocks:
            if isinstance(block, Paragraph):
                if not _PAGE_NUMBER.fullmatch(plain(block.text)):
                    pending.append(block)
                continue
            rows, inner = _rows_of(block)
            notes = _notes(pending) if tables else ()
            caption = read_caption([*pending, *inner])
            used = max(0, caption.used - len(inner))
            between = pending[len(notes) : len(pending) - used]
            current = _table(block, rows, caption, 0)
            if tables and _continues(tables[-1], current, between):
                tables[-1] = _join(tables[-1], current, notes)
            else:
                if tables and notes:
                    tables[-1] = replace(tables[-1], notes=tables[-1].notes + notes)
                prose.extend(between)
                tables.append(replace(current, after=len(prose) - 1))
            pending = []
        # a file ends a table
        notes = _notes(pending) if tables else ()
        if notes:
            tables[-1] = replace(tables[-1], notes=tables[-1].notes + notes)
        prose.extend(pending[len(notes) :])
        pending = []
    return Stitched(tuple(prose), tuple(t for t in tables if t.rows))


def _notes(paragraphs: Sequence[Paragraph]) -> tuple[Paragraph, ...]:
    taken = []
    for paragraph in paragraphs:
        if not is_note(paragraph.text):
            break
        taken.append(paragraph)
    return tuple(taken)


def _rows_of(grid: Grid) -> tuple[list[Row], list[Paragraph]]:
    """Rows of a grid, and caption lines that were drawn inside it, above its header."""
    rows: list[Row] = [tuple(row) for row in grid.matrix()]
    inner: list[Paragraph] = []
    while rows:
        cells = list({id(c): c for c in rows[0] if c is not None and c.text.strip()}.values())
        words = [plain(c.text) for c in cells]
        whole = len(cells) == 1 and (cells[0].colspan >= max(2, grid.width - 1) or not inner)
        named = any(is_title(w) or unit_in(w) for w in words)
        labelled = all(is_title(w) or unit_in(w) or ":" in w for w in words)
        if not words or not named or not labelled or (len(cells) == 1 and not whole):
            break
        if any(parse_number(w) for w in words):
            break
        inner.extend(Paragraph((Run(c.text, c.place),)) for c in cells)
        rows.pop(0)
    return rows, inner


def _table(grid: Grid, rows: list[Row], caption: Caption, after: int) -> Table:
    page = grid.place.page
    return Table(
        caption,
        tuple(rows),
        header_depth(rows),
        grid.width,
        grid.spans_known,
        caption.place or grid.place,
        (),
        (page,) if page else (),
        after,
        grid.place.box,
    )


def header_depth(rows: Sequence[Row]) -> int:
    """How many leading rows are header: those before the first that states something."""
    totals = header_words()["total"]
    least = 0
    for index, row in enumerate(rows):
        words = [plain(t) for t in texts(row)]
        filled = [w for w in dict.fromkeys(words) if w]
        if index == 0:
            least = max((c.rowspan for c in row if c is not None), default=1)
            if least >= len(rows):
                least = 1
        if index < least and not any(parse_number(w) for w in filled):
            continue
        if not filled:
            return index
        if len(filled) == 1 and bare(filled[0]) in totals:
            return index
        numbers = [w for w in filled if parse_number(w)]
        if numbers and not counts_columns(words):
            return index
    return len(rows) if len(rows) <= 4 else min(2, len(rows))


_CODED = re.compile(r"[类款项]{1,3}")
_COUNTED = re.compile(r"\d{1,3}(?:[=+\-]\d{1,3})*|[甲乙丙丁]|-")


def counts_columns(words: Sequence[str]) -> bool:
    """A header row that numbers the columns (栏次 1 2 3 …; 栏次 1 栏次 2; 1 2 3=1+2)."""
    cells = [plain(w) for w in words]
    lead = header_words()["none"]  # 栏次, and 类款项 under the codes
    numbers = [w for w in cells if w and bare(w) not in lead and not _CODED.fullmatch(w)]
    if not numbers or not all(_COUNTED.fullmatch(w) for w in numbers):
        return False
    firsts = [int(found.group()) for w in numbers if (found := re.match(r"\d+", w))]
    counted = firsts == list(range(firsts[0], firsts[0] + len(firsts))) if firsts else False
    return counted and (len(firsts) >= 3 or len(numbers) < sum(map(bool, cells)))


def _same(a: Row, b: Row) -> bool:
    return [plain(t) for t in texts(a)] == [plain(t) for t in texts(b)]


def _repeated_header(old: Table, new: Table) -> int:
    """How many leading rows of ``new`` repeat the header of ``old``."""
    count = 0
    while count < old.header and count < len(new.rows) and _same(old.rows[count], new.rows[count]):
        count += 1
    return count if count == old.header else 0


_GOES_ON = re.compile(r"[(]?(?:续上?表|接上表|上接\S{0,6}|续\d{0,2})[)]?")
_AGAIN = re.compile(r"(?:[(]续表?[一二三四五六七八九十\d]{0,2}[)]|[(]接上[表页][)]|续表?)$")


def _once(title: str) -> str:
    """A title without the mark of a continuation: …表（续）, …表（续表2）."""
    return _AGAIN.sub("", plain(title))


def _continues(old: Table, new: Table, between: Sequence[Paragraph]) -> bool:
    between = [p for p in between if not _GOES_ON.fullmatch(plain(p.text))]
    if any(len(plain(p.text)) > 8 or is_title(p.text) for p in between):
        return False
    if new.caption.title and not _GOES_ON.fullmatch(plain(new.caption.title)):
        a, b = old.caption, new.caption
        number = _once(b.number or a.number)
        return _once(a.title) == _once(b.title) and _once(a.number) == number
    if new.caption.number and plain(new.caption.number) != plain(old.caption.number):
        return False
    if _repeated_header(old, new):
        return True
    if not old.spans_known:
        return not between
    if new.header >= 1 and _looks_like_header(new):
        return False
    return _as_wide(old, new) if old.box and new.box else old.width == new.width


def _as_wide(old: Table, new: Table) -> bool:
    """The two stand between the same left and right edges, one page after the other."""
    assert old.box is not None and new.box is not None
    near = 0.03 * (old.box[2] - old.box[0])
    follows = not old.pages or not new.pages or 0 < new.pages[0] - old.pages[-1] <= 1
    return follows and abs(old.box[0] - new.box[0]) <= near and abs(old.box[2] - new.box[2]) <= near


def _looks_like_header(table: Table) -> bool:
    words = header_words()
    known = words["code"] | words["name"] | words["amount"] | words["entity"]
    for row in table.rows[: table.header]:
        if sum(bare(t) in known for t in dict.fromkeys(texts(row)) if t) >= 2:
            return True
    return False


def _join(old: Table, new: Table, notes: tuple[Paragraph, ...]) -> Table:
    rows = list(new.rows[_repeated_header(old, new) :])
    if old.spans_known and old.width != new.width:
        rows = _realigned(old, rows)
    width = max(old.width, max((len(r) for r in rows), default=0))
    before = [_pad(row, width) for row in old.rows]
    after = [_pad(row, width) for row in rows]
    if before and after and _split_row(before[-1], after[0]):
        before[-1] = _healed(before[-1], after.pop(0))
    return replace(
        old,
        rows=tuple(before + after),
        width=width,
        notes=old.notes + notes,
        pages=tuple(dict.fromkeys(old.pages + new.pages)),
        box=new.box or old.box,
    )


def _pad(row: Row, width: int) -> Row:
    return row + (None,) * (width - len(row))


def _realigned(old: Table, rows: Sequence[Row]) -> list[Row]:
    """Rows of a part with other column edges, put under the columns they stand under."""
    middles: list[float | None] = [None] * old.width
    for row in old.rows:
        for column, cell in enumerate(row):
            if cell is not None and cell.colspan == 1 and cell.place.box and cell.column == column:
                middles[column] = (cell.place.box[0] + cell.place.box[2]) / 2
    out = []
    for row in rows:
        cells = list({id(c): c for c in row if c is not None}.values())
        line: list[Cell | None] = [None] * old.width
        for column, middle in enumerate(middles):
            for cell in cells:
                box = cell.place.box
                if middle is not None and box and box[0] <= middle <= box[2]:
                    line[column] = cell
        out.append(tuple(line))
    return out


def _split_row(last: Row, first: Row) -> bool:
    """The first row after a page break is the rest of the row before it: words only, each under
    words that it completes."""
    words = [(i, t.strip()) for i, t in enumerate(texts(first)) if t.strip()]
    above = texts(last)
    if not words or len(words) > 2:
        return False
    return all(
        not parse_number(t)
        and not numbering(t)
        and above[i].strip()
        and not parse_number(above[i])
        and bare(above[i]) not in header_words()["total"]
        and _known(above[i] + t)
        for i, t in words
    )


def _known(label: str) -> bool:
    return bool(codes_named("function", label) or codes_named("economic", label) or meanings(label))


def _healed(last: Row, rest: Row) -> Row:
    return tuple(
        replace(a, text=a.text + b.text)
        if a is not None and b is not None and b.text.strip()
        else a
        for a, b in zip(last, rest, strict=True)
    )
