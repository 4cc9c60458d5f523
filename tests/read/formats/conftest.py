"""What the tests of the readers share: a document told in plain lists."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from mingzhang.model.document import Document, Grid

Told = list[str | list[list[str]]]


def _told(document: Document) -> Told:
    out: Told = []
    for block in document.blocks:
        if isinstance(block, Grid):
            out.append([["" if c is None else c.text for c in row] for row in block.matrix()])
        else:
            out.append(block.text)
    return out


@pytest.fixture
def told() -> Callable[[Document], Told]:
    """Paragraphs as strings, grids as rows of texts (a merged cell's text in every position)."""
    return _told
