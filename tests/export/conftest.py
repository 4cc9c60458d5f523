"""A made book and a real one, read once for the tests of this folder."""

from __future__ import annotations

import pytest

import mingzhang as mz
from goldbooks import paths
from makebook import make_book


@pytest.fixture(scope="session")
def made() -> mz.Book:
    """A book of one page of text, with tables, prose and goals."""
    return mz.read_text(make_book(7).text, "made.txt")


@pytest.fixture(scope="session", params=["sh-putuo-finance-2024-final", "js-congress-2019"])
def real(request: pytest.FixtureRequest) -> mz.Book:
    """A published PDF book, in one file or in two."""
    return mz.read(*paths(request.param))
