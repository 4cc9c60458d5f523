"""Location: the fewest witnesses to free so that all the rest can be true (Fellegi and Holt, 1976).

By implicit hitting sets. Every conflict has a culprit; the lightest choices that meet all conflicts
known so far are the only candidates; a candidate that leaves the rest feasible is an answer, one
that does not yields another conflict. Conflicts that share no witness are settled on their own.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from mingzhang.prove.certify import verify_solution
from mingzhang.prove.conflict import Conflict, Contradiction, crossings
from mingzhang.prove.hitting import lightest_hitting_sets
from mingzhang.prove.location import Cluster, Limits, Location
from mingzhang.prove.matrix import View
from mingzhang.prove.point import Point, Trial, start
from mingzhang.prove.repair import Repair, repair
from mingzhang.prove.solver import Solver
from mingzhang.prove.system import System


def locate(
    system: System,
    weights: Mapping[int, int] | None = None,
    fixed: Collection[int] = (),
    limits: Limits | None = None,
) -> Location:
    """The lightest sets of witnesses without which the system is feasible.

    ``weights`` (at least 1, 1 unless told) say how unlikely a witness is to be wrong; witnesses in
    ``fixed`` are never freed. Raises ValueError for a weight below 1.
    """
    weights = dict(weights or {})
    if any(weight < 1 for weight in weights.values()):
        raise ValueError("a weight is at least 1")
    return _Locator(system, weights, frozenset(fixed), limits or Limits()).run()


class _Hopeless(Exception):
    """A conflict of rows that cannot be freed."""

    def __init__(self, conflict: Conflict) -> None:
        super().__init__()
        self.conflict = conflict


class _Base(NamedTuple):
    """A point that obeys every row but those of the witnesses in ``freed``."""

    point: Point
    freed: frozenset[int]


class _Group:
    """A cluster in the making.

    ``names`` are the witnesses of its conflicts that may be freed, ``pool`` the contradictions that
    its conflicts came from, ``answers`` the candidates that passed and what was freed for them.
    """

    def __init__(self) -> None:
        self.conflicts: list[Conflict] = []
        self.names: frozenset[int] = frozenset()
        self.pool: list[Contradiction] = []
        self.answers: dict[frozenset[int], tuple[frozenset[int], Repair]] = {}
        self.tests = 0
        self.visits = 0
        self.settled: Cluster | None = None

    def take(self, other: _Group) -> None:
        """Become one with another group."""
        self.conflicts += other.conflicts
        self.names |= other.names
        self.pool += [found for found in other.pool if found not in self.pool]
        self.answers.update(other.answers)
        self.tests += other.tests
        self.visits += other.visits
        self.settled = None


class _Locator:
    """One search: the groups of conflicts so far, and a point that breaks nothing else."""

    def __init__(
        self, system: System, weights: dict[int, int], fixed: frozenset[int], limits: Limits
    ) -> None:
        self.system = system
        self.matrix = system.matrix
        self.weights = weights
        self.fixed = fixed
        self.limits = limits
        self.solver = Solver()
        self.groups: list[_Group] = []
        self.tests = 0
        self.visits = limits.all_visits

    def run(self) -> Location:
        try:
            base = self._base()
            while base is not None:
                for group in sorted(self.groups, key=lambda g: len(g.conflicts)):
                    if group.settled is None and group in self.groups:
                        self._settle(group, base)
                clusters = [g.settled for g in self.groups if g.settled is not None]
                if len(clusters) < len(self.groups):
                    continue
                together = self._together(clusters, base)
                if together is not None:
                    return together
        except _Hopeless as hopeless:
            return self._location("hopeless", [Cluster(0, (), (hopeless.conflict,))])
        return self._location("undecided")

    def _location(
        self, status: str, clusters: Sequence[Cluster] = (), base: _Base | None = None
    ) -> Location:
        x = () if base is None else tuple(base.point.x)
        return Location(status, tuple(clusters), x, self.weights, self.fixed, self.tests)

    def _absorb(self, found: Contradiction, view: View, into: _Group | None = None) -> View | None:
        """Note every conflict, apart from the others, that ``found`` proves in ``view``.

        The view without the witnesses of these conflicts; None if there is none.
        """
        conflict = found.conflict(view, self.fixed)
        if conflict is None:
            return None
        while conflict is not None:
            names = frozenset(conflict.witnesses) - self.fixed
            if not names:
                raise _Hopeless(conflict)
            touched = [g for g in self.groups if g is into or not names.isdisjoint(g.names)]
            group = into or (touched[0] if touched else _Group())
            if group not in touched:
                self.groups.append(group)
            for other in touched:
                if other is not group:
                    group.take(other)
                    self.groups.remove(other)
            group.conflicts.append(conflict)
            group.names |= names
            group.settled = None
            if found not in group.pool:
                group.pool.append(found)
            view = view.freeing(names)
            conflict = found.conflict(view, self.fixed)
        return view

    def _base(self) -> _Base | None:
        """Collect conflicts until the rest is feasible: first those of single rows, then the
        solver's. None if it stays undecided.
        """
        view = View(self.matrix)
        for found in crossings(view, range(self.matrix.n), range(len(self.matrix.terms))):
            view = self._absorb(found, view) or view
        point = start(view)
        trial = Trial(view, point)
        broken = trial.all_broken()
        for i in broken:
            alone = Contradiction(self.matrix, ((i, -1 if trial.excess(i) > 0 else 1),))
            view = self._absorb(alone, view) or view
        while self.tests < self.limits.all_tests:
            self.tests += 1
            answer = repair(self.solver, view, point, (), broken)
            if answer.contradiction is None:
                if not answer.certified:
                    return None
                mended = Trial(view, point).moved(answer.moves)
                sure = verify_solution(self.system, view.freed, mended.x)
                return _Base(mended, view.freed) if sure else None
            less = self._absorb(answer.contradiction, view)
            if less is None:
                return None
            view = less
        return None

    def _settle(self, group: _Group, base: _Base) -> None:
        """Put a group's lightest candidates to the test, all other groups freed.

        The group is settled if all pass or the work is at its limit; else it has new conflicts.
        """
        known, apart = len(group.conflicts), len(self.groups)
        others = View(self.matrix, [w for g in self.groups if g is not group for w in g.names])
        sets = [frozenset(c.witnesses) - self.fixed for c in group.conflicts]
        budget = min(self.visits, self.limits.visits - group.visits)
        hitting = lightest_hitting_sets(sets, self.weights, self.limits.alternatives, budget)
        group.visits += hitting.visits
        self.visits -= hitting.visits
        passed: list[tuple[tuple[int, ...], Repair]] = []
        certified = True
        for choice in hitting.choices:
            answer = self._candidate(group, choice, others, base)
            if answer is None:
                passed = []
                break
            certified = certified and answer.certified
            if answer.feasible:
                passed.append((tuple(sorted(choice)), answer))
            if len(self.groups) < apart:
                return
        else:
            if len(group.conflicts) > known:
                return
        group.settled = Cluster(
            hitting.weight,
            tuple(alternative for alternative, _ in passed),
            tuple(group.conflicts),
            tuple(answer.moves for _, answer in passed),
            certified and bool(passed),
            not hitting.complete,
        )

    def _candidate(
        self, group: _Group, choice: frozenset[int], others: View, base: _Base
    ) -> Repair | None:
        """Is the rest feasible without ``choice``? None if that is one test too many."""
        if choice in group.answers:
            freed, answer = group.answers[choice]
            if freed <= choice | others.freed:
                return answer
        view = others.freeing(choice)
        for found in group.pool:
            if self._absorb(found, view, group) is not None:
                return Repair(False)
        if group.tests >= self.limits.tests or self.tests >= self.limits.all_tests:
            return None
        group.tests += 1
        answer = self._test(view, base, group)
        if answer.contradiction is None:
            group.answers[choice] = (view.freed, answer)
        return answer

    def _test(self, view: View, base: _Base, group: _Group | None = None) -> Repair:
        """Mend the base so that it obeys ``view``; a new conflict is noted."""
        self.tests += 1
        restored = base.freed - view.freed
        variables = [j for w in restored for j in self.matrix.variables_of.get(w, ())]
        rows = [i for w in restored for i in self.matrix.long_of.get(w, ())]
        answer = repair(self.solver, view, base.point, variables, rows)
        if answer.contradiction is not None:
            self._absorb(answer.contradiction, view, group)
        return answer

    def _together(self, clusters: list[Cluster], base: _Base) -> Location | None:
        """The answer, each alternative proved beside the other clusters' stand-ins.

        None if some do not go together: that is a new conflict, and their groups are now one.
        """
        if not clusters:
            return self._location("consistent", (), base)
        stand_ins = [c.stand_in(self.fixed) for c in clusters]
        everyone = frozenset().union(*stand_ins)
        view = View(self.matrix, everyone)
        answer = self._test(view, base)
        if answer.contradiction is not None:
            return None
        status = "located" if all(c.alternatives for c in clusters) else "unlocated"
        if not answer.certified:
            doubtful = [replace(c, proofs=(), certified=False) for c in clusters]
            return self._location(status, doubtful)
        joint = _Base(Trial(view, base.point).moved(answer.moves), everyone)
        proved = []
        for cluster, stand_in in zip(clusters, stand_ins, strict=True):
            answers = []
            for alternative in cluster.alternatives:
                rest = View(self.matrix, (everyone - stand_in).union(alternative))
                answers.append(self._test(rest, joint))
                if answers[-1].contradiction is not None:
                    return None
            sure = all(a.certified for a in answers)
            proofs = tuple(a.moves for a in answers) if sure else ()
            proved.append(replace(cluster, proofs=proofs, certified=cluster.certified and sure))
        return self._location(status, proved, joint)
