"""Lets the tests of this folder import ``small`` (pytest imports by path)."""

import sys
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[1])]
