"""Weigh: observations and relations of a book as one prove.System, with its dictionary."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from mingzhang.model.book import Blank, Book
from mingzhang.model.figure import Figure
from mingzhang.model.money import Interval, Rounding, Unit, printing_interval
from mingzhang.model.quantity import Quantity
from mingzhang.model.relation import Observation, Related, Relation
from mingzhang.prove import Row, System

PROSE = -1

# What a sentence lists as parts is an inference from its words: likelier than any one figure in it,
# but two figures may outweigh it (weight 2).
_READ_FROM_WORDS = frozenset({"parts", "unchanged"})

# What ties a unit's book to its department's: where many of their amounts disagree, the two do not
# belong together (another draft, another scope), and that is one thing to tell.
_ALL_OR_NONE = frozenset({"unit-row", "unit-within", "unit-alone"})


@dataclass(frozen=True, slots=True)
class Printing:
    """What the judge needs of a printed number or blank, whichever book it stands in."""

    id: str
    figure: Figure | None
    blank: Blank | None
    context: tuple[int, int]  # (book, statement or PROSE): where one way of rounding is used
    decimals: int = 0  # the precision it was printed with (see _habits)

    @property
    def step(self) -> int:
        """分 in one unit of its last digit."""
        if self.blank is not None:
            return min(self.blank.step_fen, Unit(self.blank.unit).step(self.decimals))
        assert self.figure is not None
        return self.figure.printed.unit.step(self.decimals)


@dataclass(frozen=True)
class Scale:
    """The system of a book and what each of its numbers stands for.

    ``witnesses[w]`` is the id of a printing, or the index of a relation that could be untrue;
    ``weights`` say of some how unlikely that is (1 for the others).
    ``relation_rows[r]`` is the row of relation ``r``; ``observed[q]`` the observations of a quantity.
    """

    system: System
    quantities: tuple[Quantity, ...]
    witnesses: tuple[str | int, ...]
    printings: Mapping[str, Printing]
    relations: tuple[Relation, ...]
    row_relation: tuple[int | None, ...]
    row_observation: tuple[Observation | None, ...]
    observed: Mapping[Quantity, tuple[Observation, ...]]
    weights: Mapping[int, int]

    @cached_property
    def index(self) -> dict[Quantity, int]:
        """Quantity -> variable."""
        return {q: j for j, q in enumerate(self.quantities)}

    @cached_property
    def witness_of(self) -> dict[str | int, int]:
        """Printing id or relation index -> witness."""
        return {key: w for w, key in enumerate(self.witnesses)}

    @cached_property
    def twins(self) -> Mapping[Quantity, Quantity]:
        """Amounts of another year that this book speaks of -> the same as its own book prints them."""
        return {
            r.terms[0][0]: r.terms[1][0]
            for r in self.relations
            if r.reason.kind == "as-printed" and r.terms[1][0] in self.observed
        }

    def stating(self, quantity: Quantity) -> tuple[Observation, ...]:
        """Who prints the quantity: this book or, where it does not, the book of that year."""
        mine = self.observed.get(quantity, ())
        return mine or self.observed.get(self.twins.get(quantity, quantity), ())

    @cached_property
    def _rows_of(self) -> dict[tuple[str, Quantity], int]:
        return {
            (o.figure, o.quantity): r for r, o in enumerate(self.row_observation) if o is not None
        }

    def row_of(self, observation: Observation) -> int:
        """The row that an observation made."""
        return self._rows_of[observation.figure, observation.quantity]


def printings(books: Sequence[Book]) -> dict[str, Printing]:
    """All figures and blanks of the books by id (those of prior books prefixed "1:" …)."""
    out: dict[str, Printing] = {}
    for number, book in enumerate(books):
        prefix = f"{number}:" if number else ""
        common = _habits(book)
        for figure in book.figures:
            where = PROSE if figure.statement is None else figure.statement
            places = figure.printed.decimals
            if where in common and (not figure.value or common[where].drops_zeros):
                places = max(places, common[where].decimals)
            out[prefix + figure.id] = Printing(
                prefix + figure.id, figure, None, (number, where), places
            )
        usual = _of_tables(common)
        for statement in book.statements:
            for blank in statement.blanks:
                # a statement without any amount is as precise as the others of the book
                places = 0 if blank.statement in common else usual
                out[prefix + blank.id] = Printing(
                    prefix + blank.id, None, blank, (number, blank.statement), places
                )
    return out


@dataclass(frozen=True, slots=True)
class _Habit:
    """The decimals that a statement (or the prose) usually prints, and whether it drops zeros."""

    decimals: int
    drops_zeros: bool


def _of_tables(common: Mapping[int, _Habit]) -> int:
    """The decimals that most statements of a book print."""
    counts = Counter(habit.decimals for where, habit in common.items() if where != PROSE)
    return counts.most_common(1)[0][0] if counts else 0


def _habits(book: Book) -> dict[int, _Habit]:
    """How precisely each statement rounds. A bare 0 is as precise as its neighbours.

    8.89, 6.5, 3 in one table: trailing zeros are dropped, all are rounded to the hundredth. That is
    only believed where several figures have those decimals and none ends in a zero: a lone figure
    of higher precision speaks for itself alone.
    """
    seen: dict[int, list[Figure]] = {}
    for figure in book.figures:
        if figure.is_money and figure.value:
            where = PROSE if figure.statement is None else figure.statement
            seen.setdefault(where, []).append(figure)
    out = {}
    for where, figures in seen.items():
        counts = Counter(f.printed.decimals for f in figures)
        enough = max(3, len(figures) // 4)
        most = max((d for d, n in counts.items() if n >= enough), default=0)
        usual = counts.most_common(1)[0][0]
        zeros = any(f.printed.decimals and f.text.strip().endswith("0") for f in figures)
        drops = where != PROSE and most > 0 and len(counts) > 1 and not zeros
        out[where] = _Habit(most if drops else usual, drops)
    return out


def interval_of(printing: Printing, quantity: Quantity, rounding: Rounding) -> Interval:
    """True amounts (分; plain numbers for counts) that the printing allows for its quantity."""
    if printing.blank is not None:
        return printing_interval(0, printing.step, Rounding.HALF_UP)
    assert printing.figure is not None
    printed = printing.figure.printed
    if not printed.unit.is_money:
        scaled = int(printed.value * 100)
        return Interval(scaled, scaled)
    step = printing.step
    if quantity.versus:
        # a change may be worked out from printed amounts, each off by up to half a step
        slack = step if step > 1 else 0
        return Interval(printed.fen - slack, printed.fen + slack)
    return printing_interval(printed.fen, step, rounding)


def weigh(
    related: Related,
    known: Mapping[str, Printing],
    roundings: Mapping[tuple[int, int], Rounding],
) -> Scale:
    """The system in which every question about the book is asked."""
    quantities: dict[Quantity, int] = {}
    for observation in related.observations:
        quantities.setdefault(observation.quantity, len(quantities))
    for relation in related.relations:
        for quantity, _ in relation.terms:
            quantities.setdefault(quantity, len(quantities))
    rows: list[Row] = []
    witnesses: dict[str | int, int] = {}
    row_relation: list[int | None] = []
    row_observation: list[Observation | None] = []
    weights: dict[int, int] = {}
    negative: set[Quantity] = set()
    observed: dict[Quantity, list[Observation]] = {}
    for observation in related.observations:
        printing = known[observation.figure]
        rounding = roundings.get(printing.context, Rounding.HALF_UP)
        low, high = interval_of(printing, observation.quantity, rounding)
        if observation.sign < 0:
            low, high = _negated(low, high)
        if high is not None and high < 0:
            negative.add(observation.quantity)
        witness = witnesses.setdefault(observation.figure, len(witnesses))
        rows.append(Row(((quantities[observation.quantity], 1),), low, high, witness))
        row_relation.append(None)
        row_observation.append(observation)
        observed.setdefault(observation.quantity, []).append(observation)
    together: dict[object, int] = {}
    for index, relation in enumerate(related.relations):
        if relation.low is None and relation.high is None:
            continue  # only says why two amounts are not compared
        key: str | int | None = relation.figure
        if key is None and (not relation.certain or relation.reason.kind in _READ_FROM_WORDS):
            key = index
        if relation.reason.kind in _ALL_OR_NONE:
            key = together.setdefault(relation.reason.params, index)
        witness_id = None if key is None else witnesses.setdefault(key, len(witnesses))
        if witness_id is not None and relation.reason.kind in _ALL_OR_NONE:
            weights[witness_id] = 3
        elif isinstance(key, int) and relation.certain and witness_id is not None:
            weights[witness_id] = 2
        terms = _merged(relation, quantities)
        rows.append(Row(terms, relation.low, relation.high, witness_id))
        row_relation.append(index)
        row_observation.append(None)
    _weigh_scans(weights, witnesses, known)
    nonnegative = frozenset(j for q, j in quantities.items() if not q.versus and q not in negative)
    return Scale(
        System(len(quantities), tuple(rows), nonnegative),
        tuple(quantities),
        tuple(witnesses),
        known,
        related.relations,
        tuple(row_relation),
        tuple(row_observation),
        {q: tuple(o) for q, o in observed.items()},
        weights,
    )


def _weigh_scans(
    weights: dict[int, int], witnesses: Mapping[str | int, int], known: Mapping[str, Printing]
) -> None:
    """Of a book that was only seen (OCR), the figures least surely read are the likeliest wrong."""
    scanned = {
        w: known[key].figure
        for key, w in witnesses.items()
        if isinstance(key, str) and key in known
    }
    if all(f is None or f.confidence >= 1 for f in scanned.values()):
        return
    for w in witnesses.values():
        figure = scanned.get(w)
        sure = 1.0 if figure is None else figure.confidence
        weights[w] = weights.get(w, 1) * (1 if sure < 0.8 else 2 if sure < 0.95 else 3)


def _negated(low: int | None, high: int | None) -> tuple[int | None, int | None]:
    return (None if high is None else -high), (None if low is None else -low)


def _merged(relation: Relation, index: Mapping[Quantity, int]) -> tuple[tuple[int, int], ...]:
    out: dict[int, int] = {}
    for quantity, coefficient in relation.terms:
        out[index[quantity]] = out.get(index[quantity], 0) + coefficient
    return tuple((j, c) for j, c in out.items() if c)
