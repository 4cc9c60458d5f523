"""A workbook of 10⁵ rows fits into little memory, and comes out exactly."""

from __future__ import annotations

import json
import subprocess
import sys
from fractions import Fraction
from pathlib import Path

import pytest
from bench import register, stores

ROOT = Path(__file__).parents[3]
PROGRAM = """
import json, re, sys
from pathlib import Path
from mingzhang.perform.evidence import evaluate, load, to_record
found = [to_record(a) for a in evaluate(load(sys.argv[1]), ["response-1h", "arrival-3h"])]
status = Path("/proc/self/status").read_text("ascii")
print(json.dumps([found, int(re.search(r"VmHWM:\\s+(\\d+)", status)[1]) / 1024]))
"""


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="no /proc to ask for the peak")
def test_a_workbook_of_100_000_rows(tmp_path: Path) -> None:
    """Twice the 60 MB that it took when this was written, over what 100 rows take."""
    peaks = {}
    for rows in (100, 100_000):
        folder = tmp_path / str(rows)
        folder.mkdir()
        answers = register.write_csv(folder, rows, seed=4, only=["calls"])
        stores.xlsx(folder, ["calls"])
        (folder / "evidence.toml").write_text(register.definition("xlsx", rows), "utf-8")
        done = subprocess.run(
            [sys.executable, "-c", PROGRAM, str(folder / "evidence.toml")],
            cwd=ROOT / "src",
            capture_output=True,
            check=True,
        )
        found, peaks[rows] = json.loads(done.stdout)
        for record in found:
            told = Fraction(record["numerator"]) / Fraction(record["denominator"])
            assert told == answers.value(record["indicator"])
    assert peaks[100_000] - peaks[100] < 120, peaks
