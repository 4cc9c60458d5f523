"""The spine of the compiling way: Ledger → Edition, rounded as a whole, and read before it is printed.

Draft (every figure rounded by itself) → what a reader makes of it → the relations a checker would
use → controlled rounding → the edition. So a book is additive by the very sums it will be checked by,
and a sentence that would be misunderstood is reported before anyone prints it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from mingzhang.compile import Amounts, Printer, edition_of
from mingzhang.compile.faults import CompileFault, fault
from mingzhang.compile.printing import Key, Style, round_half_up
from mingzhang.compile.seen import document_of
from mingzhang.disclosure import Audit, audit, audit_faults, named_faults, sealed
from mingzhang.model.book import Blank, Book
from mingzhang.model.edition import Contents, Edition, Heading, Prose, Table
from mingzhang.model.figure import Figure
from mingzhang.model.ledger import Ledger
from mingzhang.model.money import Unit
from mingzhang.model.quantity import Quantity
from mingzhang.model.relation import Relation
from mingzhang.prove.printing import Cell, Link, Printing, Unprintable
from mingzhang.prove.round import controlled_rounding
from mingzhang.prove.system import Row
from mingzhang.read.recognise import recognise
from mingzhang.relate import relate

_PASSES = (
    4  # a figure that rounds to nothing tells nothing; once it prints, there may be more to hold
)


_NOTHING = Quantity(local="nothing")  # what a relation leaves out: printed as zero, whatever it is


@dataclass(frozen=True, slots=True)
class Moves:
    """What controlled rounding did: how many figures do not print as they would by themselves, and
    the largest distance of a printed figure from its exact amount, in its own printed unit."""

    figures: int
    moved: int
    largest: Fraction
    optimality: str


@dataclass(frozen=True, slots=True)
class Compiled:
    """A compiled book: the edition (None where an error stopped it), the same as the reading way
    understands it, what rounding moved, and all faults."""

    edition: Edition | None
    book: Book | None
    moves: Moves | None
    faults: tuple[CompileFault, ...]
    audit: Audit | None = None

    @property
    def ok(self) -> bool:
        """True if nothing forbids publishing."""
        return self.edition is not None and not any(f.severity == "error" for f in self.faults)


def compile_ledger(ledger: Ledger, prior: Sequence[Book] = ()) -> Compiled:
    """The book of a ledger, with every fault found on the way; what it withholds is audited against
    everything it publishes and the ``prior`` years' books."""
    ledger = sealed(ledger)
    compiled = _compiled(ledger)
    if compiled.edition is None or not any(line.withheld for line in ledger.lines):
        return compiled
    result = audit(ledger, compiled.edition, compiled.book, prior)
    found = (*audit_faults(ledger, result), *named_faults(ledger, compiled.edition))
    return replace(compiled, audit=result, faults=(*compiled.faults, *found))


def _compiled(ledger: Ledger) -> Compiled:
    amounts = Amounts.from_ledger(ledger)
    withheld = frozenset(ledger.protection.withhold)
    draft, faults = edition_of(amounts, Printer(amounts, {}, withheld))
    if draft is None:
        return Compiled(None, None, None, faults)
    book = recognise([document_of(draft, ledger.name)])
    if ledger.rounding != "additive":
        misread = _misread(draft, book, ledger)
        return Compiled(draft, book, None, (*faults, *misread))
    readings, edition = [(draft, book)], draft
    chosen: Mapping[Key, int] = {}
    for _ in range(_PASSES):
        try:
            chosen, moves, broken = rounded(readings, amounts, chosen)
        except Unprintable as error:
            why = fault("not-additive", ledger.source, why=str(error)[:200])
            return Compiled(None, book, None, (*faults, why))
        if not broken and len(readings) > 1:
            break
        again, faults = edition_of(amounts, Printer(amounts, chosen, withheld))
        assert again is not None  # the layout is the same
        edition = again
        book = recognise([document_of(edition, ledger.name)])
        readings.append((edition, book))
    return Compiled(edition, book, moves, (*faults, *_misread(edition, book, ledger)))


def rounded(
    readings: Sequence[tuple[Edition, Book]],
    amounts: Amounts,
    before: Mapping[Key, int] | None = None,
) -> tuple[Mapping[Key, int], Moves, bool]:
    """Printed values (分) for every figure, so that all relations of these readings of the book hold
    in print; and whether the last reading had a relation that its own figures do not keep.

    ``before`` are the values that the last reading was printed with. Raises
    prove.printing.Unprintable if there are no such values.
    """
    try:
        return _rounded(readings, amounts, before or {}, True)
    except Unprintable:
        return _rounded(readings, amounts, before or {}, False)


def _rounded(
    readings: Sequence[tuple[Edition, Book]],
    amounts: Amounts,
    before: Mapping[Key, int],
    nearly: bool,
) -> tuple[Mapping[Key, int], Moves, bool]:
    cells: dict[Key, int] = {}
    values: list[int] = []
    rows: dict[Row, None] = {}
    links: dict[Link, None] = {}
    broken = False
    for edition, book in readings:
        mine = dict(_keys(edition))
        for key in mine.values():
            if key not in cells:
                cells[key] = len(cells)
                values.append(amounts.of(key[0]))
        of_read = _by_quantity(book, mine)
        finest = {q: min(keys, key=lambda k: k[1]) for q, keys in of_read.items()}
        printed = {
            cells[key]: before.get(key, round_half_up(values[cells[key]], key[1]))
            for key in mine.values()
        }
        broken = False
        for relation in relate(book).relations:
            row = _row(relation, finest, cells, values, amounts, nearly)
            if row is not None:
                rows[row] = None
                broken = broken or not _keeps(row, printed)
        links.update(dict.fromkeys(_links(cells, values, of_read)))
    printing = Printing(
        tuple(
            Cell(value, step, _weight(quantity), 0 if quantity is _NOTHING else None)
            for (quantity, step), value in zip(cells, values, strict=True)
        ),
        tuple(rows),
        tuple(links),
    )
    answer = controlled_rounding(printing)
    chosen = {key: answer.printed[i] for key, i in cells.items()}
    moves = Moves(len(cells), len(answer.moved), answer.largest, answer.optimality)
    return chosen, moves, broken


def _by_quantity(book: Book, mine: Mapping[tuple[str, str], Key]) -> dict[Quantity, set[Key]]:
    """What the reader calls a quantity → the keys of the figures and blanks that print it."""
    out: dict[Quantity, set[Key]] = {}
    printed: list[Figure | Blank] = [*book.figures]
    printed += [blank for statement in book.statements for blank in statement.blanks]
    for seen in printed:
        key = mine.get(_where(seen))
        if key is not None and seen.quantity is not None:
            out.setdefault(seen.quantity, set()).add(key)
    return out


def _keeps(row: Row, printed: Mapping[int, int]) -> bool:
    """True if these printed values obey the row (or do not tell)."""
    if any(c not in printed for c, _ in row.terms):
        return True
    total = sum(a * printed[c] for c, a in row.terms)
    return (row.low is None or total >= row.low) and (row.high is None or total <= row.high)


def _row(
    relation: Relation,
    finest: Mapping[Quantity, Key],
    cells: dict[Key, int],
    values: list[int],
    amounts: Amounts,
    nearly: bool,
) -> Row | None:
    """A relation as a row over cells; None where it need not hold in print.

    Percentages state nothing to the last digit; figures of different printed units cannot add up
    in print; what the exact amounts do not obey (a pair that only usually holds) is not demanded.
    ``nearly``: unless it is by less than one printed unit, as when a sentence adds up changes and
    leaves out one that prints as 持平; that one, and what else is missing, prints as nothing.
    """
    if relation.figure is not None or any(q.measure != "money" for q, _ in relation.terms):
        return None
    steps = {finest[q][1] for q, _ in relation.terms if q in finest}
    if len(steps) != 1:
        return None
    step = steps.pop()
    keys = [finest.get(q, (q, step)) for q, _ in relation.terms]
    total = sum(
        a * (values[cells[k]] if k in cells else amounts.of(k[0]))
        for k, (_, a) in zip(keys, relation.terms, strict=True)
    )
    below = 0 if relation.low is None else relation.low - total
    above = 0 if relation.high is None else total - relation.high
    off = max(below, above, 0)
    if off and (not nearly or off >= step):
        return None
    named = [*zip(keys, (a for _, a in relation.terms), strict=True)]
    if off:
        named.append(((_NOTHING, step), 1))
    for key, _ in named:
        if key not in cells:
            cells[key] = len(cells)
            values.append(amounts.of(key[0]) if key[0] is not _NOTHING else 0)
    terms: dict[int, int] = {}
    for key, a in named:
        terms[cells[key]] = terms.get(cells[key], 0) + a
    return Row(tuple((c, a) for c, a in terms.items() if a), relation.low, relation.high)


def _weight(quantity: Quantity) -> int:
    """Totals are dearer to move than details: fewer coordinates, more weight."""
    named = sum(bool(v) for v in quantity[3:-2]) - (quantity.stage != "budget")
    return max(1, 8 - 2 * named)


def _links(
    cells: Mapping[Key, int], values: Sequence[int], of_read: Mapping[Quantity, set[Key]]
) -> Iterator[Link]:
    """One quantity printed at several precisions: each coarser figure is the finest one, rounded.

    What is only read as one (a misread figure) and has another amount is not tied.
    """

    def same(one: Key, other: Key) -> bool:
        return values[cells[one]] == values[cells[other]]

    by_quantity: dict[Quantity, set[Key]] = {}
    for key in cells:
        by_quantity.setdefault(key[0], set()).add(key)
    seen: set[tuple[Key, Key]] = set()
    for keys in (*by_quantity.values(), *of_read.values()):
        fine, *coarser = sorted(keys, key=lambda k: (k[1], k[0].order))
        for key in coarser:
            if (key, fine) not in seen and key[1] % fine[1] == 0 and same(key, fine):
                seen.add((key, fine))
                yield Link(cells[key], cells[fine], None if key[1] > fine[1] else 0)


def _keys(edition: Edition) -> Iterator[tuple[tuple[str, str], Key]]:
    """Every money figure of an edition: where it stands (as document_of places it) and its key."""
    for index, block in enumerate(edition.body):
        if isinstance(block, Table):
            for r, c, cell in block.figures():
                assert cell.quantity is not None and block.unit is not None
                step = Style(block.unit, block.decimals).step
                yield (str(index), f"{r},{c}"), (cell.quantity, step)
        elif isinstance(block, Prose):
            at = 1
            for span in block.spans:
                if span.quantity is not None and span.unit is not None and span.unit.is_money:
                    yield (str(index), str(at)), (span.quantity, _span_step(span.unit, span.text))
                at += len(span.text)


def _span_step(unit: Unit, text: str) -> int:
    return unit.step(len(text.partition(".")[2]))


def _where(seen: Figure | Blank) -> tuple[str, str]:
    place = seen.place
    return (place.sheet or "", place.cell or str(place.column))


def _misread(edition: Edition, book: Book, ledger: Ledger) -> tuple[CompileFault, ...]:
    """Figures that the reading way takes for another quantity than they were compiled as."""
    read = {_where(f): f for f in book.figures}
    out = []
    for where, (quantity, _) in _keys(edition):
        if where not in read and _is_blank(edition, where):
            continue
        figure = read.get(where)
        theirs = figure.quantity if figure is not None else None
        if theirs is None or _plain(theirs, book) != _plain(quantity, book):
            text = figure.label if figure is not None else _context(edition, where)
            said = theirs.key if theirs is not None else "?"
            words = {"text": text, "mine": quantity.key, "read": said}
            out.append(fault("misread", ledger.source, **words))
    return tuple(out)


def _is_blank(edition: Edition, where: tuple[str, str]) -> bool:
    """True for a table cell that prints nothing (what a zero prints in many layouts)."""
    block = edition.body[int(where[0])]
    if not isinstance(block, Table):
        return False
    row, _, column = where[1].partition(",")
    return not block.rows[int(row)].cells[int(column)].text


def _context(edition: Edition, where: tuple[str, str]) -> str:
    block = edition.body[int(where[0])]
    if isinstance(block, Prose):
        at = int(where[1]) - 1
        return block.text[max(0, at - 12) : at + 12]
    if isinstance(block, Table):
        row, _, column = where[1].partition(",")
        return f"{block.title} {row}:{column}"
    return block.text if isinstance(block, Heading) else Contents().title


def _plain(quantity: Quantity, book: Book) -> Quantity:
    """A quantity without what names may be told in several ways (项目 and 明细, local keys)."""
    return quantity.with_(project="", part="", local="")
