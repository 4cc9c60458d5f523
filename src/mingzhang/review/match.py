"""Match: which finding of one draft is which of another.

A fingerprint survives a new layout, but some are made of positions, which a new paragraph shifts:
then another finding may carry the fingerprint. So what is printed at a finding's places decides
together with it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from mingzhang.model.finding import Finding


class Seen(NamedTuple):
    """What a finding is known by: fingerprint, rule, and the excerpts of its places, spaces aside."""

    fingerprint: str
    rule: str
    printed: frozenset[str]


class Pairs(NamedTuple):
    """Pairs of indexes (old, new): the same finding, and the same one with other figures."""

    same: tuple[tuple[int, int], ...]
    changed: tuple[tuple[int, int], ...]


def printed(excerpts: Iterable[str]) -> frozenset[str]:
    """Excerpts as they are compared: white space means nothing."""
    return frozenset(text for e in excerpts if (text := "".join(e.split())))


def seen(finding: Finding) -> Seen:
    """What ``finding`` is known by."""
    return Seen(finding.fingerprint, finding.rule, printed(p.excerpt for p in finding.places))


def pair(old: Sequence[Seen], new: Sequence[Seen]) -> Pairs:
    """Pairs each old finding with at most one new.

    The same: one fingerprint, and nothing printed that was not there before; or another fingerprint
    with the same rule and the same excerpts. Changed: one fingerprint, other excerpts.
    """
    left, right = dict(enumerate(old)), dict(enumerate(new))

    def take(alike: Callable[[Seen, Seen], bool]) -> tuple[tuple[int, int], ...]:
        out = []
        for i, before in list(left.items()):
            j = next((j for j, after in right.items() if alike(before, after)), None)
            if j is not None:
                del left[i], right[j]
                out.append((i, j))
        return tuple(out)

    same = take(lambda a, b: a.fingerprint == b.fingerprint and a.printed == b.printed)
    same += take(lambda a, b: bool(a.printed) and a[1:] == b[1:])
    same += take(
        lambda a, b: a.fingerprint == b.fingerprint and (not a.printed or b.printed < a.printed)
    )
    return Pairs(same, take(lambda a, b: a.fingerprint == b.fingerprint))
