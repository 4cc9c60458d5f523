"""The solver says nothing: standard output belongs to whoever asked for JSON."""

from __future__ import annotations

import subprocess
import sys


def test_a_banner_of_highs_does_not_reach_standard_output() -> None:
    """HiGHS 1.16 prints one when it is made, before any option can be set from outside."""
    code = "from mingzhang.prove.solver import Quiet; Quiet().run()"
    run = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True)
    assert run.stdout == b""
