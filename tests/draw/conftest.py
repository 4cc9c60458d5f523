"""Lets the tests of this folder make small PDFs with ``minipdf`` (pytest imports them by path)."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "read" / "pdf"))
