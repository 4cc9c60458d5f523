"""Labels of lines: where merged cells repeat or run over, and lines that nobody may hold together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from mingzhang.model.book import RowHead
from mingzhang.read.rows import Side


def moved_on(
    rows: tuple[tuple[str, ...], ...], sides: Sequence[Side]
) -> tuple[tuple[str, ...], ...]:
    """Where a format shows merged cells as blanks: a label that runs over a whole block without
    amounts into the next, which has an amount and no label of its own, belongs to that amount."""
    out = [list(row) for row in rows]
    for before, after in pairwise(sides):
        theirs, ours = (
            sorted(c for found in s.labels.values() for c in found) for s in (before, after)
        )
        if not theirs or not ours:
            continue
        for row in out:
            said = [row[c] for c in theirs if row[c].strip()]
            alone = len(said) == 1 and not any(row[c].strip() for c in (*before.amounts, *ours))
            if alone and any(row[c].strip() for c in after.amounts):
                for c in theirs:
                    row[c] = ""
                row[ours[0]] = said[0]
    return tuple(tuple(row) for row in out)


def labels_filled(
    rows: Sequence[tuple[str, ...]], filled: Sequence[tuple[str, ...]], side: Side
) -> list[list[str]]:
    """The rows with a label merged over several lines standing in each of them; codes stay single."""
    out = []
    labels = {c for role, found in side.labels.items() if role != "text" for c in found}
    codes = set(side.labels.get("code", ()))
    for printed, whole in zip(rows, filled, strict=True):
        line = [whole[c] if c in labels and c not in codes else t for c, t in enumerate(printed)]
        for c in codes:
            line[c] = printed[c]
        out.append(line)
    return out


def told_once(found: Sequence[RowHead]) -> list[RowHead]:
    """In a table nobody knows, lines that seem to mean the same need not be the same: not understood."""
    seen = Counter(_said(head) for head in found if _means(head))
    return [replace(h, kind="unknown") if _means(h) and seen[_said(h)] > 1 else h for h in found]


def _means(head: RowHead) -> bool:
    return head.kind not in ("", "unknown", "entity")


def _said(head: RowHead) -> tuple[tuple[str, str | int], ...]:
    return tuple(sorted(head.coordinates.items()))
