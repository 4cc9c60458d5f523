"""Recover: the plainest ledger that prints this book.

Every printed amount is a sum of candidate lines and must round to what is printed; of all ledgers
that do so, the one nearest to the printed figures and with the fewest far-fetched lines is taken.
What the book fixes and what was chosen among possibilities is said on each line.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product

from mingzhang.catalog.forms import layout, layouts
from mingzhang.compile.amounts import SELECTING, SUMS, Amounts, coordinates_of
from mingzhang.compile.printing import round_half_up
from mingzhang.frombook.around import around
from mingzhang.frombook.candidates import Candidate, Seen, candidates, seen
from mingzhang.frombook.told import Told, told, with_zero
from mingzhang.model.book import Book
from mingzhang.model.ledger import Ledger, Line, Project
from mingzhang.model.place import Place
from mingzhang.prove.fit import Wish, fit

Measure = tuple[int, str]
DETERMINED = "由书中数字确定"
CHOSEN = "书中没有说明，取一种可能"


@dataclass(frozen=True, slots=True)
class Recovered:
    """A ledger, and the printed amounts that it does not reproduce (with why none could)."""

    ledger: Ledger
    broken: tuple[Told, ...]


def recover(book: Book, family: str = "") -> Recovered:
    """The ledger behind a book, to be compiled in ``family`` (default: the book's own layout).

    Raises ValueError if the book tells no year or no amounts.
    """
    if book.year is None:
        raise ValueError("the book tells no year")
    found = with_zero(told(book))
    if not any(t.fen for t in found):
        raise ValueError("the book tells no amounts")
    stage = book.stage or "budget"
    place = Place("0" * 64, book.title or "book", "")
    known = seen(found, book.year, stage)
    options = candidates(known, place)
    blank = around(book, family or book.layout, place)
    lookup = _lookup(blank, options)
    amounts: list[dict[Measure, int]] = [{} for _ in options]
    now = _fitted(found, options, lookup, book.year, (0, stage), amounts)
    for measure in _others(found, book.year, stage):
        _fitted(found, options, lookup, book.year, measure, amounts, now)
    lines = _lines(options, amounts, found, lookup, book.year, stage)
    ledger = _named(_without_derived(replace(blank, lines=tuple(lines)), known))
    ledger = replace(ledger, adjusted=_adjusted(book, ledger))
    return Recovered(ledger, tuple(_not_reproduced(found, ledger)))


def _not_reproduced(found: Sequence[Told], ledger: Ledger) -> Iterator[Told]:
    """The printed amounts that the ledger would print otherwise, by its own arithmetic."""
    amounts = Amounts.from_ledger(ledger)
    moved = {(key.partition(" ")[2], fen) for key, fen in ledger.adjusted.items()}
    for one in found:
        fen = round_half_up(amounts.of(one.quantity), one.step)
        if fen != one.fen and (one.quantity.key, one.fen) not in moved:
            yield one


UNNAMED = "未列名的项目"


def _nothing(found: Sequence[Told], lookup: object, year: int, stage: str) -> set[int]:
    """The candidates that lie in a sum printed as zero: they are nothing."""
    return {
        member
        for one in found
        if not one.fen and one.table and (one.quantity.year, one.quantity.stage) == (year, stage)
        if not one.quantity.versus
        for member in _members(lookup, one)
    }


def _fixed(sums: Sequence[Sequence[int]], nothing: set[int]) -> set[int]:
    """The candidates that stand alone in some sum, once those that are nothing or fixed are gone."""
    fixed: set[int] = set()
    while True:
        known = nothing | fixed
        left = [[m for m in members if m not in known] for members in sums]
        more = {members[0] for members in left if len(members) == 1}
        if not more:
            return fixed
        fixed |= more


def _named(ledger: Ledger) -> Ledger:
    """Project money that the book divides among no projects gets one, so that the ledger is whole."""
    lines = tuple(
        replace(x, project=UNNAMED) if x.nature == "project" and not x.project else x
        for x in ledger.lines
    )
    used = [x.project for x in lines if x.project]
    known = {p.name for p in ledger.projects}
    more = [
        Project(name, ledger.source, key=False) for name in dict.fromkeys(used) if name not in known
    ]
    return replace(ledger, lines=lines, projects=(*ledger.projects, *more))


def _adjusted(book: Book, ledger: Ledger) -> dict[str, int]:
    """Figures of tables that the book moved by one printed unit so that they add up (尾差调整)."""
    amounts = Amounts.from_ledger(ledger)
    out = {}
    for figure in book.figures:
        quantity = figure.quantity
        if figure.statement is None or quantity is None or not figure.is_money or quantity.project:
            continue
        step, printed = figure.printed.step_fen, figure.printed.fen
        if abs(round_half_up(amounts.of(quantity), step) - printed) == step:
            out[f"{book.statements[figure.statement].kind} {quantity.key}"] = printed
    return out


def _lookup(
    ledger: Ledger, options: Sequence[Candidate]
) -> Mapping[tuple[str, ...], Mapping[tuple[str, ...], list[int]]]:
    """Nothing yet, but it fills itself: named coordinates → their values → places of candidates."""
    refine = layout(ledger.layout).refine if ledger.layout in layouts() else {}
    expanded = []
    for option in options:
        values = list(coordinates_of(ledger, option.line, refine))
        flow = option.line.flow
        values[0] = (flow, *(whole for whole, parts in SUMS.items() if flow in parts))
        expanded.append(values)
    return _Lookup(expanded)


class _Lookup(dict[tuple[str, ...], Mapping[tuple[str, ...], list[int]]]):
    """For each set of named coordinates, which candidates count for which values."""

    def __init__(self, expanded: list[list[tuple[str, ...]]]) -> None:
        super().__init__()
        self._expanded = expanded

    def __missing__(self, named: tuple[str, ...]) -> Mapping[tuple[str, ...], list[int]]:
        places = [SELECTING.index(name) for name in named]
        out: dict[tuple[str, ...], list[int]] = {}
        for index, values in enumerate(self._expanded):
            for key in product(*(dict.fromkeys(values[p]) for p in places)):
                out.setdefault(key, []).append(index)
        self[named] = out
        return out


def _members(lookup: object, one: Told) -> list[int]:
    named = tuple(n for n in SELECTING if getattr(one.quantity, n))
    table = lookup[named]  # type: ignore[index]
    found: list[int] = table.get(tuple(getattr(one.quantity, n) for n in named), [])
    return found


def _fitted(
    found: Sequence[Told],
    options: Sequence[Candidate],
    lookup: object,
    year: int,
    measure: Measure,
    amounts: list[dict[Measure, int]],
    like: Sequence[int] | None = None,
) -> tuple[int, ...]:
    """Fit the amounts of one measure and put them into ``amounts``; ``like`` is this year's, to
    which another year's stays near where nothing is told."""
    wishes = []
    for one, target, step in _sayings(found, year, measure, lookup, like):
        members = _members(lookup, one)
        if not members and not target:
            continue
        margin = step // 2 - max(1, step // 100) if step > 1 else 0
        weight = 10.0 if one.table else 1.0
        terms = tuple((i, 1) for i in members)
        wishes.append(Wish(terms, target, target - margin, target + margin, step, weight))
    if not wishes:
        return tuple([0] * len(options))
    wishes += _balances(options, max(w.step for w in wishes))
    if like is not None:
        steady = max(w.step for w in wishes)
        wide = 10**15
        for i, amount in enumerate(like):
            if amount:
                wishes.append(Wish(((i, 1),), amount, -wide, wide, steady, 0.001))
    costs = [option.cost + 0.0001 for option in options]
    if like is not None:
        costs = [c + (0.0 if like[i] else 0.01) for i, c in enumerate(costs)]
    answer = fit(len(options), wishes, costs)
    for i, amount in enumerate(answer.amounts):
        if amount:
            amounts[i][measure] = amount
    return answer.amounts


_SIDES = {
    "income": 1,
    "carry_in": 1,
    "reserve_used": 1,
    "expenditure": -1,
    "carry_out": -1,
    "distribution": -1,
}


def _balances(options: Sequence[Candidate], step: int) -> Iterator[Wish]:
    """What comes in goes out, fund by fund (收入总计 = 支出总计)."""
    by_fund: dict[str, list[tuple[int, int]]] = {}
    for i, option in enumerate(options):
        by_fund.setdefault(option.line.fund, []).append((i, _SIDES[option.line.flow]))
    for terms in by_fund.values():
        yield Wish(tuple(terms), 0, 0, 0, step, 10.0)


def _sayings(
    found: Sequence[Told],
    year: int,
    measure: Measure,
    lookup: object,
    like: Sequence[int] | None,
) -> Iterator[tuple[Told, int, int]]:
    """What is told of a measure: printed amounts, and for another year this year's less the change."""
    back, stage = measure
    for one in found:
        quantity = one.quantity
        if not quantity.versus:
            if quantity.year == year - back and quantity.stage == stage:
                yield one, one.fen, one.step
        elif back and like is not None and quantity.year == year:
            base = quantity.base()
            if base is not None and (base.year, base.stage) == (year - back, stage):
                level = replace(one, quantity=quantity.level())
                now = sum(like[i] for i in _members(lookup, level))
                yield level, now - one.fen, one.step


def _others(found: Sequence[Told], year: int, stage: str) -> tuple[Measure, ...]:
    """The other measures that the book tells anything of."""
    out: dict[Measure, None] = {}
    for one in found:
        quantity = one.quantity
        base = quantity.base()
        for q in (quantity.level(), *([base] if base is not None else [])):
            if q.year is not None and q.stage and 0 <= year - q.year <= 1:
                out[year - q.year, q.stage] = None
    out.pop((0, stage), None)
    return tuple(out)


def _lines(
    options: Sequence[Candidate],
    amounts: Sequence[Mapping[Measure, int]],
    found: Sequence[Told],
    lookup: object,
    year: int,
    stage: str,
) -> Iterator[Line]:
    """The candidates that got money, each saying whether the book fixes its amount."""
    # lines that differ only in what they count under (归入) are one line to a reader of the book
    names = [n for n in Line.__dataclass_fields__ if n not in ("amounts", "items", "place")]
    first: dict[tuple[str, ...], int] = {}
    group = {
        i: first.setdefault(tuple(str(getattr(option.line, n)) for n in names), i)
        for i, option in enumerate(options)
    }
    sums = [
        sorted({group[m] for m in _members(lookup, one)})
        for one in found
        if one.table
        and one.fen
        and not one.quantity.versus
        and (one.quantity.year, one.quantity.stage) == (year, stage)
    ]
    nothing = {group[m] for m in _nothing(found, lookup, year, stage)}
    alone = _fixed(sums, nothing)
    paid = Counter(group[i] for i in group if amounts[i])
    for i, option in enumerate(options):
        if amounts[i]:
            fixed = group[i] in alone and paid[group[i]] == 1
            note = DETERMINED if fixed else CHOSEN
            yield replace(option.line, amounts=dict(amounts[i]), note=note)


def _without_derived(ledger: Ledger, known: Seen) -> Ledger:
    """Leave out the income that only repeats what follows from the other lines; where income stays,
    let it balance its fund to the last 分 (the fit balances to within rounding)."""
    gaps: dict[tuple[str, str, Measure], int] = {}
    for line in ledger.lines:
        for measure, amount in line.amounts.items():
            function = line.function if known.income_by_function else ""
            key = (line.fund, function, measure)
            gaps[key] = gaps.get(key, 0) + _SIDES[line.flow] * amount
    lines = [x for x in ledger.lines if x.flow != "income"]
    funds = {fund for (fund, _, _), gap in gaps.items() if abs(gap) > _YUAN}
    for line in ledger.lines:
        if line.flow == "income" and line.fund in funds:
            lines.append(line)
    for fund in funds:
        for measure in {m for f, _, m in gaps if f == fund}:
            left = sum(gap for (f, _, m), gap in gaps.items() if (f, m) == (fund, measure))
            if left and abs(left) <= _YUAN:
                _absorb(lines, fund, measure, left)
    return replace(ledger, lines=tuple(lines))


_YUAN = 100  # 分


def _absorb(lines: list[Line], fund: str, measure: Measure, gap: int) -> None:
    """Take a gap of some 分 out of the largest income line of a fund."""
    places = [
        i
        for i, line in enumerate(lines)
        if line.flow == "income" and line.fund == fund and line.amounts.get(measure, 0) > abs(gap)
    ]
    if places:
        at = max(places, key=lambda i: lines[i].amounts[measure])
        amounts = dict(lines[at].amounts)
        amounts[measure] -= gap
        lines[at] = replace(lines[at], amounts=amounts)
