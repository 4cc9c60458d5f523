"""Privacy: which figures are too few to be told, and which must go with them.

Aggregates only. A group with fewer records than the threshold is suppressed, and as long as the rest
and the total would give it away, the next smallest goes with it. This is the simple rule; the audit
that proves a whole publication safe takes its place through the ``protect`` parameter of ``evaluate``.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

Protector = Callable[[Sequence[int], int], frozenset[int]]
"""Sizes of the groups of one breakdown and the threshold → indices of the groups not to tell."""


def protect(sizes: Sequence[int], threshold: int) -> frozenset[int]:
    """Indices to suppress: groups of 1 … threshold-1 records, and the smallest others that hide them.

    A total is told as well, so what is suppressed must be at least two groups and together at least
    ``threshold`` records; otherwise the difference would be the hidden group. Empty groups hide
    nothing and are left alone.
    """
    hidden = {i for i, n in enumerate(sizes) if 0 < n < threshold}
    others = sorted((n, i) for i, n in enumerate(sizes) if n and i not in hidden)
    for _, i in others:
        if not hidden or (len(hidden) > 1 and sum(sizes[h] for h in hidden) >= threshold):
            break
        hidden.add(i)
    return frozenset(hidden)
