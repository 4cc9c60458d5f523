"""Registers that the tests of evidence share: made once, in every kind of store."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

if not os.environ.get("CI"):
    for _package in ("duckdb", "pyarrow", "adbc_driver_postgresql", "python_calamine"):
        pytest.importorskip(_package, reason="the extra [evidence] is not installed")

from bench import register, stores


@dataclass(frozen=True)
class Hall:
    """A folder of registers with the answers known beforehand."""

    folder: Path
    rows: int  # of payments
    answers: register.Answers

    def define(self, kind: str) -> Path:
        """The definition file for one kind of store."""
        path = self.folder / f"{kind}.toml"
        path.write_text(register.definition(kind, self.rows), "utf-8")
        return path


@pytest.fixture(scope="session")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Hall:
    """Requests of 10⁵ rows, and 10⁴ of the other registers."""
    folder = tmp_path_factory.mktemp("hall")
    answers = register.write_csv(folder, 100_000, others=10_000)
    return Hall(folder, 10_000, answers)


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Hall:
    """Registers of 400 rows."""
    folder = tmp_path_factory.mktemp("small")
    return Hall(folder, 400, register.write_csv(folder, 400, seed=2))


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """The address of a real server, started for these tests from Debian's package."""
    if stores.server() is None:
        if os.environ.get("CI"):
            pytest.fail("no PostgreSQL: apt-get install postgresql")
        pytest.skip("no PostgreSQL: apt-get install postgresql")
    with stores.postgresql() as address:
        yield address
