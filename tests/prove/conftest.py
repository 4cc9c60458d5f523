"""Lets the tests of this folder import ``exact_oracle`` and ``systems`` (pytest imports by path)."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
