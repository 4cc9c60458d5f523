"""Location: the fewest witnesses to free so that all the rest can be true (Fellegi and Holt, 1976).

By implicit hitting sets. Every conflict has a culprit; the lightest choices that meet all conflicts
known so far are the only candidates; a candidate that leaves the rest feasible is an answer, one
that does not yields another conflict. Conflicts that share no witness are settled on their own.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace

from mingzhang.prove.certify import verify_solution
from mingzhang.prove.conflict import Conflict, Contradiction
from mingzhang.prove.exact import Exact
from mingzhang.prove.hitting import lightest_hitting_sets
from mingzhang.prove.matrix import View
from mingzhang.prove.point import Point, Trial, start
from mingzhang.prove.repair import Repair, repair
from mingzhang.prove.residual import crossings
from mingzhang.prove.solver import Solver
from mingzhang.prove.system import System


@dataclass(frozen=True, slots=True)
class Limits:
    """How much work may be done before "not located" is the answer; no clock is involved."""

    alternatives: int = 64
    tests: int = 1500
    nodes: int = 20_000


@dataclass(frozen=True, slots=True)
class Cluster:
    """Conflicts that hang together, and every lightest set of witnesses that would settle them.

    ``alternatives`` is empty if the work limit was reached first. ``capped``: there are more of
    them than are listed. ``proofs[k]`` are the variables (with their values) in which a solution
    without ``alternatives[k]`` and the first alternatives of all other clusters differs from
    ``Location.base``. ``certified``: every alternative has such an exact solution, and anything
    lighter misses a certified conflict.
    """

    weight: int
    alternatives: tuple[tuple[int, ...], ...]
    conflicts: tuple[Conflict, ...]
    proofs: tuple[Mapping[int, Exact], ...] = ()
    certified: bool = True
    capped: bool = False

    @property
    def size(self) -> int:
        """How many witnesses the smallest alternative frees; 0 if nothing was located."""
        return min(map(len, self.alternatives), default=0)

    @property
    def witnesses(self) -> frozenset[int]:
        """All witnesses of the conflicts: the wrong ones are among them."""
        return frozenset(w for c in self.conflicts for w in c.witnesses)


@dataclass(frozen=True, slots=True)
class Location:
    """What is wrong with a system, by cluster.

    status  consistent: nothing; located: every cluster has its alternatives;
            unlocated: some cluster has none within the limits;
            hopeless: ``clusters`` holds one conflict of rows that no witness can be freed from;
            undecided: even the solver has no certified answer.
    base    exact amounts that obey every row but those of the clusters' witnesses.
    """

    status: str
    clusters: tuple[Cluster, ...] = ()
    base: tuple[Exact, ...] = ()
    weights: Mapping[int, int] = field(default_factory=dict)
    fixed: frozenset[int] = frozenset()
    tests: int = 0

    def solution(self, proof: Mapping[int, Exact]) -> tuple[Exact, ...]:
        """The whole solution that ``proof`` tells the difference of."""
        x = list(self.base)
        for j, value in proof.items():
            x[j] = value
        return tuple(x)


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


class _Locator:
    """One search: the conflicts and proofs found so far."""

    def __init__(
        self, system: System, weights: dict[int, int], fixed: frozenset[int], limits: Limits
    ) -> None:
        self.system = system
        self.matrix = system.matrix
        self.weights = weights
        self.fixed = fixed
        self.limits = limits
        self.solver = Solver()
        self.pool: list[Contradiction] = []
        self.conflicts: list[Conflict] = []
        self.tests = 0
        self.base: Point | None = None
        self.freed_in_base: frozenset[int] = frozenset()
        self.answers: dict[frozenset[int], Repair] = {}

    def run(self) -> Location:
        try:
            if not self._find_base():
                return self._location("undecided")
            while True:
                clusters = self._clusters()
                if clusters is None:
                    continue
                if not all(c.alternatives for c in clusters):
                    return self._location("unlocated", clusters)
                proved = self._together(clusters)
                if proved is not None:
                    return self._location("located" if clusters else "consistent", proved)
        except _Hopeless as found:
            return self._location("hopeless", [Cluster(0, (), (found.conflict,))])

    def _location(self, status: str, clusters: Iterable[Cluster] = ()) -> Location:
        base = tuple(self.base.x) if self.base else ()
        return Location(status, tuple(clusters), base, self.weights, self.fixed, self.tests)

    def _absorb(self, found: Contradiction, allowed: Collection[int]) -> bool:
        """Note every conflict, apart from the others, that ``found`` proves without ``allowed``."""
        self.pool.append(found)
        before = len(self.conflicts)
        freed = set(allowed)
        while (conflict := found.conflict(View(self.matrix, freed), self.fixed)) is not None:
            freeable = set(conflict.witnesses) - self.fixed
            if not freeable:
                raise _Hopeless(conflict)
            self.conflicts.append(conflict)
            freed |= freeable
        return len(self.conflicts) > before

    def _freeable(self, conflicts: Iterable[Conflict]) -> frozenset[int]:
        return frozenset(w for c in conflicts for w in c.witnesses) - self.fixed

    def _find_base(self) -> bool:
        """Collect conflicts until the rest is feasible; False if that stays undecided."""
        for found in crossings(View(self.matrix)):
            self._absorb(found, self._freeable(self.conflicts))
        freed = self._freeable(self.conflicts)
        view = View(self.matrix, freed)
        point = start(view)
        broken = Trial(view, point).all_broken()
        for i in broken:
            side = -1 if Trial(view, point).excess(i) > 0 else 1
            alone = Contradiction(self.matrix, ((i, side),))
            if alone.gap(view) is not None:
                self._absorb(alone, freed)
                freed = self._freeable(self.conflicts)
                view = View(self.matrix, freed)
        while self.tests < self.limits.tests:
            self.tests += 1
            answer = repair(self.solver, view, point, (), broken)
            if answer.contradiction is not None:
                if not self._absorb(answer.contradiction, freed):
                    return False
                freed = self._freeable(self.conflicts)
                view = View(self.matrix, freed)
                continue
            if not (answer.feasible and answer.certified):
                return False
            mended = Trial(view, point)
            for j, value in answer.moves.items():
                mended.move(j, value)
            self.base = mended.become()
            self.freed_in_base = freed
            return verify_solution(self.system, freed, self.base.x)
        return False

    def _groups(self) -> list[list[Conflict]]:
        """The conflicts, those together that share a witness which may be freed."""
        groups: list[tuple[frozenset[int], list[Conflict]]] = []
        for conflict in self.conflicts:
            names = frozenset(conflict.witnesses) - self.fixed
            members = [conflict]
            apart = []
            for other, theirs in groups:
                if names.isdisjoint(other):
                    apart.append((other, theirs))
                else:
                    names |= other
                    members = theirs + members
            groups = [*apart, (names, members)]
        return [members for _, members in groups]

    def _clusters(self) -> list[Cluster] | None:
        """All conflicts settled, group by group; None as soon as a new conflict has turned up."""
        known = len(self.conflicts)
        everything = self._freeable(self.conflicts)
        clusters = []
        for members in self._groups():
            clusters.append(self._settle(members, everything - self._freeable(members)))
            if len(self.conflicts) > known:
                return None
        return clusters

    def _settle(self, members: list[Conflict], others: frozenset[int]) -> Cluster:
        """One group's lightest candidates, put to the test with the other groups freed."""
        sets = [set(c.witnesses) - self.fixed for c in members]
        hitting = lightest_hitting_sets(
            sets, self.weights, self.limits.alternatives, self.limits.nodes
        )
        alternatives: list[tuple[int, ...]] = []
        proofs: list[Mapping[int, Exact]] = []
        certified = True
        for choice in hitting.choices:
            answer = self._test(choice | others)
            if answer is None:
                return Cluster(hitting.weight, (), tuple(members), certified=False)
            certified = certified and answer.certified
            if answer.feasible:
                alternatives.append(tuple(sorted(choice)))
                proofs.append(answer.moves)
        return Cluster(
            hitting.weight,
            tuple(alternatives),
            tuple(members),
            tuple(proofs),
            certified and bool(alternatives),
            not hitting.complete,
        )

    def _test(self, allowed: Collection[int]) -> Repair | None:
        """Is the rest feasible without ``allowed``? New conflicts are noted; None: out of work."""
        allowed = frozenset(allowed)
        for freed, answer in self.answers.items():
            if freed <= allowed:
                return answer
        view = View(self.matrix, allowed)
        for found in self.pool:
            if found.gap(view) is not None:
                self._absorb(found, allowed)
                return Repair(False)
        if self.tests >= self.limits.tests or self.base is None:
            return None
        self.tests += 1
        restored = self.freed_in_base - allowed
        variables = [j for w in restored for j in self.matrix.variables_of.get(w, ())]
        rows = [i for w in restored for i in self.matrix.long_of.get(w, ())]
        answer = repair(self.solver, view, self.base, variables, rows)
        if answer.contradiction is not None:
            self._absorb(answer.contradiction, allowed)
        else:
            self.answers[allowed] = answer
        return answer

    def _together(self, clusters: list[Cluster]) -> list[Cluster] | None:
        """The clusters with each alternative proved beside the others' first ones.

        None if some do not go together: that is a new conflict, and their clusters are one. A
        cluster that cannot be proved so is not certified.
        """
        if len(clusters) < 2:
            return clusters
        known = len(self.conflicts)
        proved = []
        for cluster in clusters:
            others = {w for c in clusters if c is not cluster for w in c.alternatives[0]}
            answers = [self._test(others.union(a)) for a in cluster.alternatives]
            if len(self.conflicts) > known:
                return None
            certified = all(a is not None and a.feasible and a.certified for a in answers)
            proofs = tuple(a.moves for a in answers if a is not None) if certified else ()
            proved.append(
                replace(cluster, proofs=proofs, certified=cluster.certified and certified)
            )
        return proved
