"""Lets the tests of this folder import ``sentences`` and ``goldbooks`` (pytest imports by path)."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parents[2]))

from sentences import Tell, teller


@pytest.fixture
def tell() -> Tell:
    """tell(*texts, year=2023, stage="budget", …): read sentences as a book's prose."""
    return teller()
