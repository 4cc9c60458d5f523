"""What location finds: clusters of conflicts, and the alternatives that would settle each."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from mingzhang.prove.conflict import Conflict
from mingzhang.prove.exact import Exact


@dataclass(frozen=True, slots=True)
class Limits:
    """How much work may be done before "not located" is the answer; no clock is involved.

    alternatives  how many of equal weight are listed for a cluster
    tests         how many candidates of a cluster are put to the solver (all_tests: of all of them)
    visits        how many sets the searches for a cluster's lightest candidates look at
                  (all_visits: those for all clusters)
    """

    alternatives: int = 64
    tests: int = 200
    all_tests: int = 1500
    visits: int = 60_000
    all_visits: int = 400_000


@dataclass(frozen=True, slots=True)
class Cluster:
    """Conflicts that hang together, and every lightest set of witnesses that would settle them.

    ``alternatives`` is empty if the work limit was reached first. ``capped``: there are more of
    them than are listed. ``proofs[k]`` are the variables (with their values) in which a solution
    without ``alternatives[k]`` and what stands for the other clusters differs from
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

    def stand_in(self, fixed: Collection[int] = ()) -> frozenset[int]:
        """What is freed of this cluster while another one is looked at: its first alternative.

        Everything that may be freed, if nothing was located.
        """
        return frozenset(self.alternatives[0]) if self.alternatives else self.witnesses - set(fixed)

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
    base    exact amounts that obey every row but those of the clusters' stand-ins (empty if
            hopeless or undecided).
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
