"""Lets every test import ``goldbooks``, ``makebook`` and the benchmarks (pytest imports by path)."""

import sys
from pathlib import Path

_ROOT = Path(__file__).parents[1]
for folder in (_ROOT, Path(__file__).parent):
    if str(folder) not in sys.path:
        sys.path.insert(0, str(folder))
