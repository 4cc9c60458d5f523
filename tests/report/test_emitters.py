"""The registry of file formats."""

from __future__ import annotations

import subprocess
import sys

import pytest
from handmade import report, unreadable

from mingzhang.report import EMITTERS


def test_sorted_by_name() -> None:
    assert list(EMITTERS) == ["html", "json", "junit", "sarif", "xlsx"]


@pytest.mark.parametrize("name", EMITTERS)
def test_the_same_report_gives_the_same_bytes(name: str) -> None:
    first = EMITTERS[name](report(), "zh")
    assert first == EMITTERS[name](report(), "zh")
    assert first != EMITTERS[name](report(), "en")
    assert EMITTERS[name](unreadable(), "en")


def test_importing_the_registry_imports_no_format() -> None:
    code = "import sys, mingzhang.report; print(sorted(m for m in sys.modules if 'xlsx' in m))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "xlsxwriter" not in done.stdout
