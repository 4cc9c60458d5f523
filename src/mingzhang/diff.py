"""Diff 对比: two books or two drafts, figure by figure, and what explains each change.

Figures are paired by what they state. Year and stage count from each book's own, so that this
year's budget compares with last year's and a final account with its budget. A figure that nobody
understood is paired by its table, row and column, or by the words before it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from mingzhang.catalog.naming import short_name
from mingzhang.catalog.normal import bare
from mingzhang.model.book import Blank, Book
from mingzhang.model.claim import Direction, Ratio
from mingzhang.model.figure import Figure
from mingzhang.model.money import Rounding, Unit, printing_interval
from mingzhang.model.quantity import Quantity
from mingzhang.relate.lattice import DIMENSIONS, wholes
from mingzhang.review.difference import Diff, Line, Mover, Side
from mingzhang.review.words import LANGUAGES

_SHOWN = 3  # parts named for a change
_DEPTH = 4  # how far down the parts of parts are followed
_OPEN = 50  # percent of a change: parts that leave as much open are not told in both books
_YEAR = re.compile(r"(?:19|20)\d{2}(?!\d)")


def diff(a: Book, b: Book) -> Diff:
    """``a`` against ``b``. Pure: reads nothing, proves nothing.

    Where all figures of a book agree on a quantity they are one line; where they do not (a slip, or
    a draft that was mended in one place only) each place is a line of its own.
    """
    left, right = _grouped(a), _grouped(b)
    zeros_a, zeros_b = _blanks(a, left), _blanks(b, right)
    lines: list[Line] = []
    for key in [*right, *(k for k in left if k not in right)]:
        mine, others = left.get(key, []), right.get(key, [])
        if _at_one(mine) and _at_one(others):
            before = _side(mine) if mine else zeros_a.get(key)
            after = _side(others) if others else zeros_b.get(key)
            lines.append(_line(before, after, mine, others))
        else:
            lines += _place_by_place(a, b, mine, others)
    movers = _Movers(a, b, lines)
    return Diff(a, b, tuple(movers.explained(line) for line in lines))


# ------------------------------------------------------------------ pairing
Key = tuple[object, ...]


def _grouped(book: Book) -> dict[Key, list[Figure]]:
    """The figures of a book by what they state, in the order of the book."""
    out: dict[Key, list[Figure]] = {}
    twice: Counter[Key] = Counter()
    for figure in _meant(book):
        key = _key(book, figure)
        if key[0] != "quantity":  # words may repeat: the first with the first, and so on
            twice[key] += 1
            key = (*key, twice[key])
        out.setdefault(key, []).append(figure)
    return out


def _meant(book: Book) -> Iterator[Figure]:
    """The figures with the sign that the words give them: 减少 12 is −12."""
    falling = {
        c.figure
        for c in book.claims
        if isinstance(c, Direction | Ratio) and c.figure and c.sign < 0
    }
    for figure in book.figures:
        if figure.id in falling:
            yield replace(figure, printed=replace(figure.printed, value=-figure.value))
        else:
            yield figure


def _key(book: Book, figure: Figure) -> Key:
    q = figure.quantity
    if q is not None and not q.local:
        return "quantity", own(q, book)
    if figure.statement is None or figure.row is None or figure.column is None:
        return "prose", own(q._replace(local=""), book) if q else None, _words(figure.label, book)
    statement = book.statements[figure.statement]
    side = statement.columns[figure.column].side
    head = next((h for h in statement.heads if (h.row, h.side) == (figure.row, side)), None)
    row = (head.code, bare(head.label)) if head is not None else ("", figure.label)
    table = statement.kind or _words(statement.title, book)
    return "cell", table, side, *row, _words(statement.columns[figure.column].title, book)


def own(q: Quantity, book: Book) -> Quantity:
    """``q`` with years counted from the book's own, and its own stage as the empty one."""
    year = None if q.year is None or book.year is None else q.year - book.year
    base, _, stage = q.versus.partition(":")
    if base.isdigit() and book.year is not None:
        base = str(int(base) - book.year)
    return q._replace(
        year=year,
        stage="" if q.stage == book.stage else q.stage,
        versus=f"{base}:{'' if stage == book.stage else stage}" if q.versus else "",
    )


def _words(text: str, book: Book) -> str:
    """A label as it is compared: years count from the book's own."""

    def relative(match: re.Match[str]) -> str:
        return f"{int(match.group()) - (book.year or 0):+d}"

    return bare(_YEAR.sub(relative, text))


def _blanks(book: Book, printed: Mapping[Key, object]) -> dict[Key, Side]:
    """Blank cells that stand for zero, where nothing is printed for their quantity."""
    out: dict[Key, Side] = {}
    for statement in book.statements:
        for blank in statement.blanks:
            key: Key = ("quantity", own(blank.quantity, book))
            if key not in printed and key not in out:
                out[key] = _zero(blank)
    return out


def _zero(blank: Blank) -> Side:
    return Side("", Decimal(0), Unit(blank.unit), 0, blank.place, (blank.id,))


def _at_one(figures: Sequence[Figure]) -> bool:
    """True if one amount can print as every one of them."""
    first = figures[0] if figures else None
    return first is None or all(_same(_side([first]), _side([f])) for f in figures[1:])


def _side(figures: Sequence[Figure]) -> Side:
    """The most exact of figures that agree; a cell before a sentence."""
    best = min(figures, key=lambda f: (f.printed.step_fen if f.is_money else 0, f.in_prose))
    ids = tuple(f.id for f in figures)
    printed = best.printed
    return Side(best.text, best.value, printed.unit, printed.decimals, best.place, ids)


def _place_by_place(
    a: Book, b: Book, mine: Sequence[Figure], others: Sequence[Figure]
) -> Iterator[Line]:
    """A line for each place: the first cell of one table with the first of the same, and so on."""
    left, right = _by_site(a, mine), _by_site(b, others)
    for site in [*right, *(s for s in left if s not in right)]:
        before, after = left.get(site), right.get(site)
        yield _line(
            _side([before]) if before else None,
            _side([after]) if after else None,
            [before] if before else [],
            [after] if after else [],
        )


def _by_site(book: Book, figures: Sequence[Figure]) -> dict[Key, Figure]:
    out: dict[Key, Figure] = {}
    for f in figures:
        statement = None if f.statement is None else book.statements[f.statement]
        table = "" if statement is None else statement.kind or _words(statement.title, book)
        site: Key = (table, sum(key[0] == table for key in out))
        out[site] = f
    return out


# ------------------------------------------------------------------ comparing
def _line(
    before: Side | None, after: Side | None, mine: Sequence[Figure], others: Sequence[Figure]
) -> Line:
    figure = (*others, *mine)[0]
    facts = (names(figure.quantity, figure.label), figure.quantity, before, after)
    if before is None or after is None:
        return Line("only-after" if before is None else "only-before", *facts)
    if _same(before, after):
        return Line("same", *facts)
    if before.unit is not after.unit and not (before.unit.is_money and after.unit.is_money):
        return Line("changed", *facts)
    start = _converted(before.value, before.unit, after.unit)
    change = after.value - start
    ratio = None
    if start and after.unit is not Unit.PERCENT:
        ratio = (change / abs(start) * 100).quantize(Decimal("0.01"))
    return Line("changed", *facts, change, ratio)


def names(q: Quantity | None, label: str = "") -> dict[str, str]:
    """By language: the quantity without its year; the words printed beside it where that says less."""
    if q is None or q.local:
        return dict.fromkeys(LANGUAGES, label)
    return {lang: short_name(q.with_(year=None), lang) or label for lang in LANGUAGES}


def _converted(value: Decimal, unit: Unit, to: Unit) -> Decimal:
    return value if unit is to else (value * unit.fen / to.fen).normalize()


def _fen(side: Side) -> int:
    return int((side.value * side.unit.fen).to_integral_value())


def _same(one: Side, other: Side) -> bool:
    """Printed alike; or printed to different places, and one amount can print as both."""
    if one.unit is other.unit and one.value == other.value:
        return True
    if not (one.unit.is_money and other.unit.is_money):
        return False
    steps = [side.unit.step(side.decimals) for side in (one, other)]
    if not (one.text and other.text) or steps[0] == steps[1]:
        return _fen(one) == _fen(other)
    first, second = (
        printing_interval(_fen(side), step, Rounding.EITHER)
        for side, step in zip((one, other), steps, strict=True)
    )
    return first.meets(second)


# ------------------------------------------------------------------ explaining
class _Movers:
    """By how much every quantity moved (分), and what each is a sum of."""

    def __init__(self, a: Book, b: Book, lines: Iterable[Line]) -> None:
        self._a, self._b = a, b
        self._moved: dict[Quantity, int] = {}
        self._level: dict[Quantity, tuple[int, int]] = {}
        self._told: dict[Quantity, Quantity] = {}
        for line in lines:
            key = self._key(line)
            if key is not None and line.quantity is not None and key not in self._moved:
                was = _fen(line.before) if line.before else 0
                now = _fen(line.after) if line.after else 0
                self._moved[key] = now - was
                self._level[key] = (was, now)
                self._told[key] = line.quantity
        self._parts: dict[tuple[Quantity, str], list[Quantity]] = {}
        for key in self._moved:
            for dimension in DIMENSIONS:
                for whole, exact in wholes(key, dimension):
                    if whole in self._moved:
                        if exact:  # what is only within it (其中) adds up to nothing
                            self._parts.setdefault((whole, dimension), []).append(key)
                        break

    def _key(self, line: Line) -> Quantity | None:
        q = line.quantity
        if q is None or q.local or q.measure != "money":
            return None
        return own(q, self._b if line.after is not None and line.after.text else self._a)

    def explained(self, line: Line) -> Line:
        """``line`` with the parts that moved most, if it is a sum that changed."""
        key = self._key(line)
        if key is None or line.state != "changed" or line.after is None:
            return line
        return replace(line, because=self._because(key, line.after, _DEPTH))

    def _because(self, whole: Quantity, like: Side, depth: int) -> tuple[Mover, ...]:
        """The largest movers along the dimension that explains most, with fewest parts.

        Nothing where the parts leave half of the change open: then one of the books does not tell
        them, or not all of them.
        """
        moved = self._moved[whole]
        if depth == 0 or not moved:
            return ()
        best: list[Quantity] = []
        rank = (_OPEN, 0)
        for listed in self._divisions(whole, set()):
            parts = sorted(
                (p for p in listed if self._moved[p]), key=lambda p: -abs(self._moved[p])
            )
            open_part = abs(moved - sum(self._moved[p] for p in parts))
            # what the parts leave open, in percent of the change; then how many there are
            mine = (open_part * 100 // abs(moved), len(parts))
            if parts and mine < rank:
                best, rank = parts, mine
        return tuple(
            Mover(
                names(self._told[p]),
                self._told[p],
                _like(self._moved[p], like),
                (Decimal(self._moved[p]) / moved * 100).quantize(Decimal("0.1")),
                self._because(p, like, depth - 1),
            )
            for p in best[:_SHOWN]
        )

    def _divisions(self, whole: Quantity, met: set[Quantity]) -> Iterator[Sequence[Quantity]]:
        """The ways in which a whole is divided. A part that was and is all of it (所有支出都是财政拨款)
        explains nothing by itself: its own divisions stand for it."""
        met.add(whole)
        for dimension in DIMENSIONS:
            parts = self._parts.get((whole, dimension), ())
            everything = [p for p in parts if self._level[p] == self._level[whole]]
            if everything and everything[0] not in met:
                yield from self._divisions(everything[0], met)
            elif parts and not everything:
                yield parts


def _like(fen: int, side: Side) -> Decimal:
    """An amount in the unit of ``side``, with as many decimals where they suffice."""
    value = _converted(Decimal(fen), Unit.FEN, side.unit)
    padded = value.quantize(Decimal(1).scaleb(-side.decimals))
    return padded if padded == value else value
