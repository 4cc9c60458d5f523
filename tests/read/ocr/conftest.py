"""Lets the tests of this folder import ``scans`` and make PDFs with ``minipdf``."""

import sys
from pathlib import Path

for folder in (Path(__file__).parent, Path(__file__).parents[1] / "pdf"):
    sys.path.insert(0, str(folder))
