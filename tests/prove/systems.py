"""Systems to test with: small random ones, and ledgers that are rounded as books are."""

from __future__ import annotations

import random
from dataclasses import dataclass

from mingzhang.model.money import Rounding, printing_interval
from mingzhang.prove import Row, System


def small(seed: int) -> System:
    """At most 6 variables and 9 witnesses around a planted point, some intervals off the point.

    Coefficients as in books (1, -1, percentages), amounts up to 1e11, rows with one side, several
    witnesses of one variable, witnesses of several rows, rows of no witness.
    """
    r = random.Random(seed)
    n = r.randint(1, 6)
    size = r.choice([1, 1, 1, 1000, 10**10])
    x = [r.randint(-20, 20) * size + r.randint(-3, 3) for _ in range(n)]
    nonnegative = frozenset(j for j in range(n) if r.random() < 0.4)
    x = [abs(v) if j in nonnegative else v for j, v in enumerate(x)]
    rows: list[Row] = []
    witnesses = 0
    for _ in range(r.randint(0, 4)):
        variables = r.sample(range(n), r.randint(1, min(4, n)))
        terms = tuple((j, r.choice([1, 1, 1, -1, -1, -1, 2, -3, 10_000, -325])) for j in variables)
        value = sum(a * x[j] for j, a in terms)
        low, high = r.choice(
            [
                (value, value),
                (value, value),
                (value, value),
                (value - r.randint(0, 5), None),
                (None, value + r.randint(0, 5)),
                (value - r.randint(0, 5), value + r.randint(0, 5)),
            ]
        )
        witness = None
        if r.random() < 0.25:
            witness, witnesses = witnesses, witnesses + 1
        rows.append(Row(terms, low, high, witness))
    for j in range(n):
        if r.random() > 0.85:
            continue
        for _ in range(r.choice([1, 1, 1, 2, 3])):
            if witnesses >= 9:
                break
            half = r.choice([0, 0, 1, 2, 5]) * r.choice([1, size])
            value = x[j] + (r.randint(-15, 15) * size if r.random() < 0.2 else 0)
            low, high = r.choice(
                [(value - half, value + half)] * 8 + [(None, value + half), (value - half, None)]
            )
            terms = ((j, 1),)
            if r.random() < 0.25:
                terms = ((j, -1),)
                low, high = None if high is None else -high, None if low is None else -low
            witness = witnesses
            if witnesses and r.random() < 0.1:
                witness = r.randrange(witnesses)
            else:
                witnesses += 1
            rows.append(Row(terms, low, high, None if r.random() < 0.06 else witness))
    r.shuffle(rows)
    return System(n, tuple(rows), nonnegative)


@dataclass(frozen=True)
class Ledger:
    """A book made from whole true amounts: ``x`` obeys every row of ``system``.

    ``printed[w]`` is the variable that witness ``w`` prints (percentages are not in it).
    """

    system: System
    x: tuple[int, ...]
    printed: dict[int, int]


def ledger(
    seed: int, leaves: int, unit: int, rounding: Rounding = Rounding.HALF_UP, hidden: float = 0.1
) -> Ledger:
    """Function codes in a tree, each node with its natures; copies, changes and percentages."""
    r = random.Random(seed)
    x: list[int] = []
    rows: list[Row] = []
    printed: dict[int, int] = {}
    witness = 0

    def amount(value: int) -> int:
        x.append(value)
        return len(x) - 1

    def total(parts: list[int]) -> int:
        whole = amount(sum(x[j] for j in parts))
        rows.append(Row(((whole, 1), *((j, -1) for j in parts))))
        return whole

    def show(j: int) -> None:
        nonlocal witness
        value = (x[j] + unit // 2) // unit * unit
        if rounding is Rounding.TRUNCATE:
            value = abs(x[j]) // unit * unit * (1 if x[j] >= 0 else -1)
        low, high = printing_interval(value, unit, rounding)
        rows.append(Row(((j, 1),), low, high, witness))
        printed[witness] = j
        witness += 1

    def node(count: int) -> list[int]:
        """Natures of one code and of those below it."""
        if count <= 1:
            own = [amount(r.choice([0, r.randrange(10**11)])) for _ in range(3)]
        else:
            split = [max(1, count // 3)] * min(3, count)
            below = [node(c) for c in split]
            own = [total([b[k] for b in below]) for k in range(3)]
        for j in own:
            if r.random() > hidden:
                for _ in range(r.choice([1, 1, 2])):
                    show(j)
        return own

    top = node(leaves)
    basic = total(top[:2])
    everything = total([basic, top[2]])
    show(everything)
    before = amount(max(1, int(x[everything] * r.uniform(0.5, 1.5))))
    show(before)
    change = amount(x[everything] - x[before])
    rows.append(Row(((change, 1), (everything, -1), (before, 1))))
    show(change)
    tenths = round(1000 * x[change] / x[before])  # printed with one decimal: 12.3 %
    rows.append(Row(((change, 2000), (before, -(2 * tenths - 1))), 0, None, witness))
    rows.append(Row(((change, 2000), (before, -(2 * tenths + 1))), None, 0, witness))
    return Ledger(System(len(x), tuple(rows)), tuple(x), printed)


def slipped(book: Ledger, witness: int, by: int) -> System:
    """The ledger's system with one printed figure off by so much."""
    rows = tuple(
        row._replace(low=row.low + by, high=row.high + by)
        if row.witness == witness and row.low is not None and row.high is not None
        else row
        for row in book.system.rows
    )
    return System(book.system.n, rows, book.system.nonnegative)
