"""Lightest hitting sets: the least that must be wrong so that every conflict has a culprit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

Sets = list[frozenset[int]]


@dataclass(frozen=True, slots=True)
class Hitting:
    """The choices of least ``weight`` that meet every set, in ascending order.

    ``complete`` is False if there are more than the cap. No choices: the search was given up
    after so many ``visits`` (sets looked at).
    """

    weight: int
    choices: tuple[frozenset[int], ...]
    complete: bool
    visits: int


class _Search:
    """Deepening search: all choices within ``budget``; ``beyond`` is the next budget worth trying."""

    def __init__(self, weights: Mapping[int, int], cap: int, visits: int) -> None:
        self.weights = weights
        self.cap = cap
        self.visits = visits
        self.budget = 0
        self.beyond: int | None = None
        self.found: list[frozenset[int]] = []

    def at_least(self, unmet: Sets, banned: frozenset[int]) -> int | None:
        """A weight that any choice for ``unmet`` has: that of sets apart from each other.

        None if all elements of some set are banned.
        """
        taken: set[int] = set()
        total = 0
        for s in unmet:
            left = s - banned if banned else s
            if not left:
                return None
            if taken.isdisjoint(left):
                total += min(self.weights.get(w, 1) for w in left)
                taken |= left
        return total

    def walk(self, chosen: frozenset[int], banned: frozenset[int], unmet: Sets, spent: int) -> None:
        """Branch on the set with the fewest choices left; each choice bans those tried before it."""
        self.visits -= len(unmet) + 1
        if self.visits < 0 or len(self.found) > self.cap:
            return
        rest = self.at_least(unmet, banned)
        if rest is None:
            return
        if spent + rest > self.budget:
            if self.beyond is None or spent + rest < self.beyond:
                self.beyond = spent + rest
            return
        if not unmet:
            self.found.append(chosen)
            return
        open_ = min((s - banned for s in unmet), key=len)
        meets = {w: sum(w in s for s in unmet) for w in open_}
        for w in sorted(open_, key=lambda w: (self.weights.get(w, 1), -meets[w], w)):
            left = [s for s in unmet if w not in s]
            self.walk(chosen | {w}, banned, left, spent + self.weights.get(w, 1))
            banned |= {w}


def lightest_hitting_sets(
    sets: Iterable[Iterable[int]], weights: Mapping[int, int], cap: int = 64, visits: int = 500_000
) -> Hitting:
    """The lightest choices of elements (weight 1 unless told) that meet every one of ``sets``.

    Raises ValueError if a set is empty: nothing can meet it.
    """
    every = sorted({frozenset(s) for s in sets}, key=lambda s: (len(s), sorted(s)))
    if not all(every):
        raise ValueError("an empty set cannot be met")
    needed = [s for k, s in enumerate(every) if not any(t <= s for t in every[:k])]
    search = _Search(weights, cap, visits)
    while not search.found and search.visits >= 0:
        search.beyond = None
        search.walk(frozenset(), frozenset(), needed, 0)
        if not search.found and search.beyond is not None:
            search.budget = search.beyond
    choices = tuple(sorted(search.found[:cap], key=sorted))
    complete = len(search.found) <= cap and search.visits >= 0
    return Hitting(search.budget, choices, complete, visits - search.visits)
