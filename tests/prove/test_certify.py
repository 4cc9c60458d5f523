"""The judges are not fooled: what is true passes, what has been tampered with does not."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from mingzhang.prove import Row, System, locate, verify_conflict, verify_location, verify_solution
from mingzhang.prove.certify import hitting_sets, verify_bound

ROWS = (
    Row(((0, 1), (1, -1), (2, -1))),
    Row(((0, 1),), 10, 10, 0),
    Row(((1, 1),), 5, 5, 1),
    Row(((2, 1),), 6, 7, 2),
    Row(((0, 1),), 10, 10, 3),
)
SYSTEM = System(3, ROWS, frozenset({2}))


def test_solutions() -> None:
    assert verify_solution(SYSTEM, {1}, (10, 4, 6))
    assert verify_solution(SYSTEM, {1}, (10, Fraction(7, 2), Fraction(13, 2)))
    assert not verify_solution(SYSTEM, set(), (10, 4, 6))  # witness 1 says 5
    assert not verify_solution(SYSTEM, {1}, (10, 4, 5))  # the sum
    assert not verify_solution(SYSTEM, {1, 2}, (10, 11, -1))  # never negative
    assert not verify_solution(SYSTEM, {1}, (10, 4))
    assert not verify_solution(SYSTEM, {1}, (10, 4.0, 6))  # type: ignore[arg-type]


def test_conflicts() -> None:
    """0 = x0 - x1 - x2 while x0 <= 10, x1 >= 5, x2 >= 6."""
    assert verify_conflict(SYSTEM, (0, 1, 2, 3), (1, -1, 1, 1))
    assert verify_conflict(SYSTEM, (0, 1, 2, 3), (2, -2, 2, 2))
    assert not verify_conflict(SYSTEM, (0, 1, 2), (1, -1, 1))  # x2 is left over
    assert not verify_conflict(SYSTEM, (0, 1, 2, 3), (1, -1, 1, -1))
    assert not verify_conflict(SYSTEM, (0, 1, 2, 3), (-1, 1, -1, -1))  # adds up to no contradiction
    assert not verify_conflict(SYSTEM, (1, 4), (1, -1))  # 10 = 10
    assert not verify_conflict(SYSTEM, (0, 1, 2, 9), (1, -1, 1, 1))
    assert not verify_conflict(SYSTEM, (0, 1, 2, 3), (1.0, -1, 1, 1))  # type: ignore[arg-type]
    one_sided = System(1, (Row(((0, 1),), None, -1, 0),), frozenset({0}))
    assert verify_conflict(one_sided, (0,), (-1,))
    assert not verify_conflict(System(1, one_sided.rows), (0,), (-1,))
    assert not verify_conflict(one_sided, (0,), (1,))  # it has no low side


def test_bounds() -> None:
    """x1 <= 4 without witness 1: x1 = x0 - x2, x0 <= 10, x2 >= 6."""
    assert verify_bound(SYSTEM, {1}, {1: -1}, (0, 1, 3), (1, -1, 1), -4)
    assert not verify_bound(SYSTEM, {1}, {1: -1}, (0, 1, 3), (1, -1, 1), -3)
    assert not verify_bound(SYSTEM, {0, 1}, {1: -1}, (0, 1, 3), (1, -1, 1), -4)


def test_locations() -> None:
    found = locate(SYSTEM)
    assert found.clusters[0].alternatives == ((1,), (2,))
    assert verify_location(SYSTEM, found)
    (cluster,) = found.clusters

    def tampered(**changes: object) -> bool:
        return verify_location(SYSTEM, replace(found, clusters=(replace(cluster, **changes),)))

    assert tampered()
    assert not tampered(alternatives=((1,), (0,)))
    assert not tampered(alternatives=((1,),), proofs=cluster.proofs[:1])  # one is kept back
    assert not tampered(proofs=cluster.proofs[::-1])
    assert not tampered(weight=2)
    assert not tampered(conflicts=cluster.conflicts[:1])
    assert not tampered(conflicts=(replace(cluster.conflicts[0], witnesses=(1,)),))
    assert tampered(weight=2, certified=False)  # it claims nothing


def test_hitting_sets_by_hand() -> None:
    sets = [{1, 2}, {2, 3}]
    assert hitting_sets(sets, {}, 1) == {frozenset({2})}
    assert hitting_sets(sets, {2: 3}, 2) == {frozenset({1, 3})}
    assert hitting_sets(sets, {2: 3}, 1) == set()
    assert hitting_sets([], {}, 0) == {frozenset()}
