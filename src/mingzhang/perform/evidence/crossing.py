"""Crossing 交叉推算: what the indicators of one register give away together.

A group that is too small to be told may be the difference of two others that are told. Records that
meet the same conditions are one unknown number (an atom); every told count is a sum of atoms. The
disclosure audit (prove/protect.py) then says between which numbers a reader can place each hidden
count, and which further figures have to go so that it cannot be known to be small.

Known to the reader are the definition, all counts that are told, and which combinations of conditions
occur at all (more than readers know, so what is safe here is safe). Not looked at: sums, numbers of
different people, SQL by experts; and whole numbers are taken for any numbers.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from mingzhang.model.evidence import Evidence
from mingzhang.perform.evidence.measures import careful, cells, period, plan
from mingzhang.perform.evidence.privacy import Protector
from mingzhang.perform.evidence.queries import Row, inner
from mingzhang.perform.evidence.sql import Cell, Register, literal
from mingzhang.prove.protect import Protected
from mingzhang.prove.system import Row as Statement
from mingzhang.prove.system import System
from mingzhang.prove.withhold import Unprotectable, withholding

MOST = 4096
"""Atoms that are looked at; a register whose records fall into more kinds is not audited."""
_RECORDS, _GROUP, _WHOLE = 1, 2, 8  # what it costs readers to lose one

Told = tuple[str, str | None]
"""A figure that is told: the indicator, and the group's label (None: the whole; "": the rest)."""

RECORDS: Told = ("", None)
"""How many records were read, which every indicator of the register tells."""


@dataclass(frozen=True, slots=True)
class _Count:
    """A told or hidden number of records, by the names of the conditions that they all meet.

    ``base``: the number behind a figure; otherwise that of a numerator.
    """

    told: Told
    meets: tuple[str, ...]
    base: bool
    careful: bool
    least: int


@dataclass(frozen=True, slots=True)
class Question:
    """What has to be asked of a register, and the counts that its indicators tell."""

    text: str
    counts: tuple[_Count, ...]
    common: tuple[tuple[str, ...], ...]  # conditions of counts that every answer tells (dates)


@dataclass(slots=True)
class _Names:
    """Conditions and the names under which the query answers them."""

    names: dict[str, str] = field(default_factory=dict)

    def of(self, condition: str) -> tuple[str, ...]:
        """The name of a condition; () for one that all records meet."""
        if not condition:
            return ()
        return (self.names.setdefault(condition, f"c{len(self.names) + 1}"),)


def question(asked: Sequence[Evidence], register: Register, threshold: int) -> Question:
    """What to ask of a register about which ``asked`` are all indicators with a measure."""
    names = _Names()
    counts: list[_Count] = []
    common: list[tuple[str, ...]] = []
    for one in asked:
        counts += _counts(one, names, threshold)
        inside, dated = period(one)
        if inside:
            common += [names.of(f"{dated} IS NOT NULL"), names.of(inside)]
    needed = tuple(dict.fromkeys(c for one in asked for c in cells(one)))
    lines = [f"coalesce({text}, FALSE) AS {name}" for text, name in names.names.items()]
    select = ",\n  ".join((*lines, "count(*) AS n"))
    text = f"SELECT\n  {select}\n{inner(register, needed)}\nGROUP BY ALL\nORDER BY ALL\nLIMIT {MOST + 1}"
    return Question(text, tuple(counts), tuple(dict.fromkeys(common)))


def _counts(one: Evidence, names: _Names, threshold: int) -> Iterator[_Count]:
    measure = one.measure
    assert measure is not None
    asked = plan(measure, period(one)[0])
    least = threshold if one.threshold is None else one.threshold
    base, met = names.of(asked.base), names.of(asked.met)
    labels: dict[str | None, tuple[str, ...]] = {None: ()}
    if measure.by:
        label = Cell(measure.by, "text").name
        listed = ", ".join(literal(g) for g in measure.groups)
        labels |= {g: names.of(f"{label} = {literal(g)}") for g in measure.groups}
        labels[""] = names.of(f"({label} IS NULL OR {label} NOT IN ({listed}))")
    for group, where in labels.items():
        # groups are always told with care: it is for them that people are looked for
        guarded = careful(one) or group is not None
        for is_base, meets in ((True, base), (False, met)):
            if is_base or meets:
                every = tuple(dict.fromkeys((*meets, *where)))
                yield _Count((one.indicator, group), every, is_base, guarded, least)


def withheld(
    asked: Question, atoms: Sequence[Row], hide: Protector
) -> tuple[frozenset[Told], frozenset[Told]]:
    """Figures with too few records behind them, and those that have to go with them.

    ``atoms`` are the answers to the question, at most ``MOST``. ``hide`` is the rule for the groups
    of one breakdown.
    """
    sizes = tuple(int(row["n"]) for row in atoms)
    members = {c: _members(c.meets, atoms) for c in asked.counts}
    number = {c: sum(sizes[i] for i in members[c]) for c in asked.counts}
    small, quiet = _hidden(asked, number, hide)
    if not small:
        return frozenset(), quiet
    told = [c for c in asked.counts if c.told not in quiet]
    figures = [RECORDS, *dict.fromkeys(c.told for c in told)]
    statements = [_statement(range(len(atoms)), sizes, 0)]
    statements += [_statement(_members(meets, atoms), sizes) for meets in asked.common]
    statements += [_statement(members[c], sizes, figures.index(c.told)) for c in told]
    system = System(len(atoms), tuple(statements), frozenset(range(len(atoms))))
    weights = {w: _WHOLE if group is None else _GROUP for w, (_, group) in enumerate(figures)}
    weights[0] = _RECORDS
    open_ones = {c.told for c in told if not c.careful}
    fixed = [w for w, figure in enumerate(figures) if figure in open_ones]
    guarded = [
        Protected(dict.fromkeys(members[c], 1), c.least if c.base else min(c.least, number[c] or 1))
        for c in asked.counts
        if c.told in small and members[c]
    ]
    chosen = _chosen(system, sizes, guarded, weights, fixed)
    return quiet, frozenset(figures[w] for w in chosen)


def _hidden(
    asked: Question, number: Mapping[_Count, int], hide: Protector
) -> tuple[frozenset[Told], frozenset[Told]]:
    """Figures hidden for the few records behind them; and all that single indicators do not tell."""
    bases = [c for c in asked.counts if c.base]
    small = {c.told for c in bases if c.careful and 0 < number[c] < c.least}
    quiet = {c.told for c in bases if c.told[1] is None and c.careful and number[c] < c.least}
    for name in dict.fromkeys(c.told[0] for c in bases):
        groups = [c for c in bases if c.told[0] == name and c.told[1] is not None]
        if (name, None) in quiet:
            quiet |= {c.told for c in groups}
        elif groups:
            chosen = hide([number[c] for c in groups], groups[0].least)
            quiet |= {groups[i].told for i in chosen}
    # of a whole that is hidden no group is told, and to guard the whole is enough
    small = {c for c in small if c in quiet and (c[1] is None or (c[0], None) not in quiet)}
    return frozenset(small), frozenset(quiet)


def _members(meets: Iterable[str], atoms: Sequence[Row]) -> tuple[int, ...]:
    names = tuple(meets)
    return tuple(i for i, atom in enumerate(atoms) if all(atom[name] for name in names))


def _statement(
    members: Iterable[int], sizes: Sequence[int], witness: int | None = None
) -> Statement:
    terms = tuple((i, 1) for i in members)
    known = sum(sizes[i] for i, _ in terms)
    return Statement(terms, known, known, witness)


def _chosen(
    system: System,
    sizes: Sequence[int],
    guarded: Sequence[Protected],
    weights: Mapping[int, int],
    fixed: Collection[int],
) -> tuple[int, ...]:
    """What to withhold. What is told openly by choice (plain counts, records without a date) may give
    a hidden number away; that one is then no secret, and the others are still looked after."""
    left = list(guarded)
    while left:
        try:
            return withholding(system, sizes, left, weights, fixed).witnesses
        except Unprotectable as given_away:
            left.remove(given_away.exposure.protected)
    return ()
