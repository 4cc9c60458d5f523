"""Lets the tests of this folder import ``drafts`` (pytest imports them by path)."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
