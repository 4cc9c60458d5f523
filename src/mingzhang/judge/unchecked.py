"""Unchecked 未核对: why a statement about another year could not be held against anything."""

from __future__ import annotations

from collections import Counter
from functools import cached_property

from mingzhang.judge.weigh import Scale
from mingzhang.model.quantity import Quantity
from mingzhang.model.relation import Relation

Time = tuple[int | None, str]


class Years:
    """What the books given tell of each year, asked for the figures that nothing holds."""

    def __init__(self, scale: Scale) -> None:
        self.scale = scale

    def reason(self, key: str) -> str:
        """A code of messages.toml [unread]; "" where the figure does not speak of another year.

        zero-base    a percentage of nothing: any would do
        within       an amount inside the reason for a change, of which only its bounds are known
        prior        the book that prints what it is compared with is not given
        baseline     one is given, but of another stage (决算 against 年初预算)
        definition   what the amount comprises was changed in between (definitions.toml)
        succession   its account was renumbered, divided or merged in between (successions.csv)
        not-listed   the book of that year does not print such a line
        """
        base = self._base(key)
        if base is None:
            return ""
        figure = self.scale.printings[key].figure
        if figure is not None and figure.is_percent and self._zero(base):
            return "zero-base"
        return self.apart(base)

    def apart(self, base: Quantity) -> str:
        """Why an amount of another year is held against nothing; "" where it is joined."""
        if base.local or base.part:
            return "within"
        if any(":" not in o.figure for o in self.scale.observed.get(base, ())):
            return ""  # this book prints it itself: the budget beside the final account
        times = {time for time in self._times if time[0] == base.year}
        if not times:
            return "prior"
        if (base.year, base.stage) not in times:
            return "baseline"
        return self._apart.get(base, "" if base in self._joined else "not-listed")

    def _base(self, key: str) -> Quantity | None:
        """What the change or the growth that a figure states is measured against."""
        figure = self.scale.printings[key].figure
        if figure is None:
            return None
        if figure.is_percent:
            growth = self._growth.get(key)
            return None if growth is None else growth.terms[1][0]
        return None if figure.quantity is None else figure.quantity.base()

    @cached_property
    def _growth(self) -> dict[str, Relation]:
        return {
            r.figure: r
            for r in self.scale.relations
            if r.figure is not None and r.reason.kind == "growth"
        }

    def _zero(self, base: Quantity) -> bool:
        """True if what is printed, for the base or for the level and the change, says nothing."""
        stated = self.scale.stating(base)
        if not stated:
            stated = tuple(
                o
                for q in self.scale.observed
                if q.versus and q.base() == base
                for side in (q, q.level())
                for o in self.scale.stating(side)
            )
        values = [
            0 if (figure := self.scale.printings[o.figure].figure) is None else figure.value
            for o in stated
        ]
        return bool(values) and not any(values)

    @cached_property
    def _times(self) -> frozenset[Time]:
        """The years and stages of the other books: of each, what most of its figures are about."""
        seen: dict[str, Counter[Time]] = {}
        for quantity, observations in self.scale.observed.items():
            for observation in observations:
                book, colon, _ = observation.figure.partition(":")
                if colon and not quantity.versus:
                    seen.setdefault(book, Counter())[quantity.year, quantity.stage] += 1
        return frozenset(counts.most_common(1)[0][0] for counts in seen.values())

    @cached_property
    def _apart(self) -> dict[Quantity, str]:
        """Amounts that relate kept apart from last year's, and why."""
        return {
            r.terms[0][0]: r.reason.kind for r in self.scale.relations if r.low is r.high is None
        }

    @cached_property
    def _joined(self) -> frozenset[Quantity]:
        kinds = ("as-printed", "succession", "not-listed")
        return frozenset(
            q for r in self.scale.relations if r.reason.kind in kinds for q, _ in r.terms
        )
