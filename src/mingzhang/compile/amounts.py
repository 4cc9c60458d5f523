"""Amounts: the exact sum of a ledger's lines for any quantity, in 分.

A quantity names some coordinates; a line counts if each of its own is that value or lies within it
(function 2010308 within 201, general within fiscal, personnel within basic). Sums are made once for
each set of coordinates that is asked for, so that a book of many cells costs a few passes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import product

from mingzhang.catalog.codenames import code_name
from mingzhang.catalog.derived import items_of
from mingzhang.catalog.dimensions import ancestors, values
from mingzhang.catalog.forms import layout, layouts
from mingzhang.model.ledger import Ledger, Line
from mingzhang.model.quantity import Quantity

Measure = tuple[int, str]

# the coordinates that select lines (year and stage choose the measure; versus makes a difference)
SELECTING = (
    "flow",
    "entity",
    "fund",
    "function",
    "economic",
    "nature",
    "project",
    "part",
    "procurement",
    "reserved",
    "item",
)
SUMS = {
    "sources": ("income", "carry_in", "reserve_used"),
    "uses": ("expenditure", "carry_out", "distribution"),
}


@dataclass(frozen=True, slots=True)
class Atom:
    """Lines with the same coordinates, added up; each coordinate as all the values it counts for."""

    values: tuple[tuple[str, ...], ...]
    amounts: Mapping[Measure, int]
    withheld: bool


@dataclass(frozen=True)
class Amounts:
    """The amounts of one ledger. ``of`` answers for any quantity; the rest lists what there is."""

    ledger: Ledger
    atoms: tuple[Atom, ...]
    _sums: dict[tuple[tuple[str, ...], Measure], dict[tuple[str, ...], int]] = field(
        default_factory=dict, repr=False, compare=False
    )

    @classmethod
    def from_ledger(cls, ledger: Ledger) -> Amounts:
        """All lines that count, with income derived for funds whose income is not in the ledger.

        Withheld lines count unless the ledger keeps them out of its totals (Protection.totals).
        """
        lines = [
            line
            for line in ledger.lines
            if not (line.withheld and ledger.protection.totals == "excluded")
        ]
        refine = layout(ledger.layout).refine if ledger.layout in layouts() else {}
        grouped: dict[tuple[object, ...], dict[Measure, int]] = {}
        for line in (*lines, *_derived_income(lines)):
            key = (coordinates_of(ledger, line, refine), line.withheld)
            sums = grouped.setdefault(key, {})
            for measure, amount in line.amounts.items():
                sums[measure] = sums.get(measure, 0) + amount
        atoms = tuple(Atom(key[0], sums, bool(key[1])) for key, sums in grouped.items())  # type: ignore[arg-type]
        return cls(ledger, atoms)

    def of(self, quantity: Quantity) -> int:
        """The exact amount in 分 (a change is the amount less that of its base year).

        Raises ValueError for a quantity that is not money.
        """
        if quantity.measure != "money":
            raise ValueError(f"not money: {quantity.key}")
        base = quantity.base()
        if base is not None:
            return self.of(quantity.level()) - self.of(base)
        if quantity.flow in SUMS:
            return sum(self.of(quantity.with_(flow=flow)) for flow in SUMS[quantity.flow])
        back = self.ledger.year - (quantity.year or self.ledger.year)
        named = tuple(name for name in SELECTING if getattr(quantity, name))
        table = self._table(named, (back, quantity.stage))
        return table.get(tuple(getattr(quantity, name) for name in named), 0)

    def _table(self, named: tuple[str, ...], measure: Measure) -> Mapping[tuple[str, ...], int]:
        found = self._sums.get((named, measure))
        if found is None:
            found = {}
            places = [SELECTING.index(name) for name in named]
            for atom in self.atoms:
                amount = atom.amounts.get(measure, 0)
                if amount:
                    for key in product(*(atom.values[p] for p in places)):
                        found[key] = found.get(key, 0) + amount
            self._sums[named, measure] = found
        return found

    def present(self, name: str, within: Quantity) -> tuple[str, ...]:
        """The values of one coordinate (sorted) that have money within a quantity, this or last year."""
        back = self.ledger.year - (within.year or self.ledger.year)
        fixed = tuple(n for n in SELECTING if getattr(within, n) and n != name)
        named = tuple(n for n in SELECTING if n in fixed or n == name)
        table = self._table(named, (back, within.stage))
        place = named.index(name)
        wanted = tuple(getattr(within, n) for n in named)
        return tuple(
            sorted(
                key[place]
                for key, amount in table.items()
                if amount and all(i == place or key[i] == wanted[i] for i in range(len(named)))
            )
        )


def coordinates_of(
    ledger: Ledger, line: Line, refine: Mapping[str, str]
) -> tuple[tuple[str, ...], ...]:
    """For each selecting coordinate, every value under which the line counts."""
    items = items_of(line, ledger)
    return (
        (line.flow,),
        (line.entity,) if line.entity else (),
        _up("fund", refine.get(line.fund, line.fund)),
        _prefixes(line.function, (3, 5, 7)),
        _prefixes(line.economic, (3, 5)) + _prefixes(line.gov_economic, (3, 5)),
        _natures(line),
        _filled(line.project, *(purchase_keys(ledger, line)[:1])),
        _filled(line.part, *(purchase_keys(ledger, line)[1:])),
        _up("procurement", line.procurement),
        _up("reserved", line.reserved),
        tuple(dict.fromkeys(v for item in sorted(items) for v in _up("item", item))),
    )


def purchase_keys(ledger: Ledger, line: Line) -> tuple[str, ...]:
    """Under which project, account and purchase a procurement line stands in a 政府采购 table.

    They begin with ▸, so that no project or part of that name is taken for them.
    """
    if not line.procurement:
        return ()
    account = code_name("economic", line.economic, ledger.year) or line.economic
    project = f"▸{line.project or PUBLIC}"
    return (project, f"▸{account}", f"▸{account}▸{line.purchase}" if line.purchase else "")


PUBLIC = "公用经费"


def _filled(*values: str) -> tuple[str, ...]:
    return tuple(v for v in values if v)


def _natures(line: Line) -> tuple[str, ...]:
    """The natures a line counts for; within 人员经费, wages and subsidies by economic class 类."""
    up = _up("nature", line.nature)
    if line.nature == "personnel" and line.economic:
        return ("subsidy" if line.economic.startswith("303") else "wages", *up)
    return up


def _up(dimension: str, value: str) -> tuple[str, ...]:
    return (value, *(v for v in ancestors(dimension, value) if v)) if value else ()


def _below(fund: str) -> tuple[str, ...]:
    return tuple(v for (d, v) in values() if d == "fund" and fund in ancestors("fund", v))


def _prefixes(code: str, lengths: tuple[int, ...]) -> tuple[str, ...]:
    return tuple(code[:n] for n in lengths if len(code) >= n)


def _derived_income(lines: list[Line]) -> Iterator[Line]:
    """Income of the year by fund where no line tells it: what is spent or carried out, less what
    was carried in. (Both sides of the summary balance by construction: 收入总计 = 支出总计.)"""
    told = {
        (line.entity, fund)
        for line in lines
        if line.flow == "income"
        for fund in (*_up("fund", line.fund), *_below(line.fund))
        if fund not in ("fiscal", "nonfiscal")
    }
    signs = {
        "expenditure": 1,
        "carry_out": 1,
        "distribution": 1,
        "carry_in": -1,
        "reserve_used": -1,
    }
    largest = _largest_functions(lines)
    for line in lines:
        sign = signs.get(line.flow)
        if sign is not None and (line.entity, line.fund) not in told:
            yield Line(
                {measure: sign * amount for measure, amount in line.amounts.items()},
                line.place,
                flow="income",
                entity=line.entity,
                fund=line.fund,
                function=line.function or largest.get((line.entity, line.fund), ""),
                withheld=line.withheld,
            )


def _largest_functions(lines: list[Line]) -> dict[tuple[str, str], str]:
    """Where money carried over has no function, income by function counts it with the largest one."""
    sums: dict[tuple[str, str], dict[str, int]] = {}
    for line in lines:
        if line.flow == "expenditure" and line.function and not line.withheld:
            by = sums.setdefault((line.entity, line.fund), {})
            by[line.function] = by.get(line.function, 0) + sum(line.amounts.values())
    return {key: max(by, key=lambda f: (by[f], f)) for key, by in sums.items()}
