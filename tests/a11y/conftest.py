"""Lets the tests of the pages import ``surfing``, and the small books of tests/report."""

import sys
from pathlib import Path

_HERE = Path(__file__).parent
for folder in (_HERE, _HERE.parent / "report"):
    if str(folder) not in sys.path:
        sys.path.insert(0, str(folder))
