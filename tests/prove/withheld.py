"""Systems with something to hide: tables that are published, rounded, but for a few cells."""

from __future__ import annotations

import random
from typing import NamedTuple

from mingzhang.prove import Protected, Row, System


class Secret(NamedTuple):
    """A published table, the true amounts, and what of it is protected."""

    system: System
    amounts: tuple[int, ...]
    protected: tuple[Protected, ...]


def secret(seed: int, lines: int, columns: int, step: int = 10) -> Secret:
    """A table with margins, some printed in units of ``step``; one or two inner cells withheld."""
    r = random.Random(seed)
    amounts: list[int] = []
    table = [[0] * (columns + 1) for _ in range(lines + 1)]
    for i in range(lines + 1):
        for j in range(columns + 1):
            table[i][j] = len(amounts)
            amounts.append(r.randrange(20 * step) if i < lines and j < columns else 0)
    rows = []
    for i in range(lines):
        rows.append(Row((*((table[i][j], 1) for j in range(columns)), (table[i][columns], -1))))
        amounts[table[i][columns]] = sum(amounts[table[i][j]] for j in range(columns))
    for j in range(columns + 1):
        rows.append(Row((*((table[i][j], 1) for i in range(lines)), (table[lines][j], -1))))
        amounts[table[lines][j]] = sum(amounts[table[i][j]] for i in range(lines))
    inner = [table[i][j] for i in range(lines) for j in range(columns)]
    hidden = r.sample(inner, r.choice([1, 1, 2]))
    for c in range(len(amounts)):
        if c not in hidden:
            half = r.choice([0, step // 2])
            printed = (amounts[c] + half) // step * step if half else amounts[c]
            rows.append(Row(((c, 1),), printed - half, printed + half, c))
    needs = [Protected(c, r.choice([1, step, 5 * step])) for c in hidden]
    nonnegative = frozenset(range(len(amounts)))
    return Secret(System(len(amounts), tuple(rows), nonnegative), tuple(amounts), tuple(needs))
