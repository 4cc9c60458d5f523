"""Keys: every money figure of an edition, by where a reader finds it."""

from __future__ import annotations

from collections.abc import Iterator

from mingzhang.compile.printing import Key, Style
from mingzhang.compile.seen import Where, spans_at
from mingzhang.model.edition import Edition, Table


def keys_of(edition: Edition) -> Iterator[tuple[Where, Key]]:
    """Every money figure: where it stands (as ``document_of`` places it) and its key."""
    for index, block in enumerate(edition.body):
        if isinstance(block, Table):
            for r, c, cell in block.figures():
                assert cell.quantity is not None and block.unit is not None
                step = Style(block.unit, block.decimals).step
                yield (str(index), f"{r},{c}"), (cell.quantity, step)
    for at, span in spans_at(edition):
        assert span.quantity is not None and span.unit is not None
        if span.unit.is_money:
            yield at, (span.quantity, span.unit.step(len(span.text.partition(".")[2])))
