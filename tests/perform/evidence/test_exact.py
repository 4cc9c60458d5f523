"""Every indicator is exact over registers whose answers were added up while they were made."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest
from bench import register, stores

from mingzhang.model.evidence import Actual
from mingzhang.perform.evidence import evaluate, load


def holds(actuals: tuple[Actual, ...], answers: register.Answers) -> None:
    """Each value is the known answer, exactly."""
    assert len(actuals) == register.INDICATORS.count("[[indicator]]")
    for actual in actuals:
        assert actual.fault is None, actual.fault
        assert actual.value is not None
        told = actual.fraction if actual.fraction is not None else Fraction(actual.value)
        assert told == answers.value(actual.indicator), actual.indicator
        for group in actual.groups:
            if group.label:
                assert group.numerator is not None
                assert group.denominator is not None
                known = answers.value(f"{actual.indicator} {group.label}")
                assert Fraction(group.numerator) / Fraction(group.denominator) == known


def test_csv(hall) -> None:
    actuals = evaluate(load(hall.define("csv")))
    holds(actuals, hall.answers)
    by = {a.indicator: a for a in actuals}
    assert len(by["satisfied"].groups) == len(register.STREETS)
    assert {a.provenance.rows_read for a in actuals if a.provenance} == {100_000, hall.rows}


def test_csv_in_gb18030(hall, tmp_path: Path) -> None:
    stores.gb18030(hall.folder, tmp_path)
    (tmp_path / "evidence.toml").write_text(register.definition("csv", hall.rows), "utf-8")
    assert (tmp_path / "calls.csv").read_bytes()[:4] == "工单".encode("gb18030")
    holds(evaluate(load(tmp_path / "evidence.toml")), hall.answers)


def test_parquet(hall) -> None:
    stores.parquet(hall.folder)
    holds(evaluate(load(hall.define("parquet"))), hall.answers)


def test_sqlite(hall) -> None:
    stores.sqlite(hall.folder)
    holds(evaluate(load(hall.define("sqlite"))), hall.answers)


def test_xlsx(tmp_path: Path) -> None:
    """4,000 rows: writing a workbook of 10⁵ would be most of this folder's time (bench has 10⁶)."""
    answers = register.write_csv(tmp_path, 4_000, seed=3)
    stores.xlsx(tmp_path)
    (tmp_path / "evidence.toml").write_text(register.definition("xlsx", 4_000), "utf-8")
    holds(evaluate(load(tmp_path / "evidence.toml")), answers)


def test_postgresql(hall, postgresql: str) -> None:
    stores.fill(postgresql, hall.folder)
    environ = {"MINGZHANG_DB_HALL": postgresql}
    holds(evaluate(load(hall.define("postgresql")), environ=environ), hall.answers)


@pytest.mark.parametrize("seed", [11, 12])
def test_small_registers(seed: int, tmp_path: Path) -> None:
    answers = register.write_csv(tmp_path, 60, seed=seed)
    text = register.definition("csv", 60).replace(
        "[source.requests]", "[privacy]\nthreshold = 0\n\n[source.requests]"
    )
    (tmp_path / "evidence.toml").write_text(text, "utf-8")
    holds(evaluate(load(tmp_path / "evidence.toml")), answers)
