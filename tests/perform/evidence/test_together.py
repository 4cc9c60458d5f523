"""Measures of one register are asked at once; each comes out as if it had been asked alone."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from bench import register, stores

from mingzhang.perform.evidence import evaluate, load, to_record
from mingzhang.perform.evidence.engine import Engine


def asking(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The registers that are counted from now on, once for every statement."""
    counted: list[str] = []
    ask = Engine.ask

    def listening(self: Engine, query: str, where: str) -> list[dict[str, object]]:
        if "rows_read" in query:
            counted.append(where)
        return ask(self, query, where)

    monkeypatch.setattr(Engine, "ask", listening)
    return counted


@pytest.mark.parametrize("kind", ["csv", "parquet", "sqlite"])
def test_together_as_alone(kind: str, hall) -> None:
    if kind == "parquet":
        stores.parquet(hall.folder)
    if kind == "sqlite":
        stores.sqlite(hall.folder)
    definition = load(hall.define(kind))
    for actual in evaluate(definition):
        (alone,) = evaluate(definition, [actual.indicator])
        one, other = to_record(actual), to_record(alone)
        del one["provenance"]["when"], other["provenance"]["when"]
        assert one == other


def test_a_register_is_read_once(small, monkeypatch: pytest.MonkeyPatch) -> None:
    counted = asking(monkeypatch)
    evaluate(load(small.define("csv")))
    once = {name: counted.count(f"{name}.csv") for name in register.COLUMNS}
    assert once == {"requests": 2, "calls": 1, "duty": 1, "payments": 1}  # with one breakdown


def test_a_torn_column_takes_only_its_own_measures_along(small, tmp_path: Path) -> None:
    for name in register.COLUMNS:
        (tmp_path / f"{name}.csv").write_bytes((small.folder / f"{name}.csv").read_bytes())
    stores.parquet(tmp_path)
    path = tmp_path / "calls.parquet"
    with pq.ParquetFile(path) as opened:
        chunk = opened.metadata.row_group(0).column(register.COLUMNS["calls"].index("到场时间"))
        start = chunk.dictionary_page_offset or chunk.data_page_offset
    data = bytearray(path.read_bytes())
    data[start : start + chunk.total_compressed_size] = b"\xff" * chunk.total_compressed_size
    path.write_bytes(bytes(data))
    (tmp_path / "evidence.toml").write_text(register.definition("parquet", small.rows), "utf-8")
    actuals = {a.indicator: a for a in evaluate(load(tmp_path / "evidence.toml"))}
    broken = actuals.pop("arrival-3h")
    assert broken.fault is not None
    assert broken.fault.code == "damaged"
    for actual in actuals.values():
        assert actual.fault is None
        told = actual.fraction if actual.fraction is not None else actual.value
        assert told == small.answers.value(actual.indicator)


def test_keys_that_only_look_alike_are_two_keys(small) -> None:
    """What equal hashes suspect is proved before it is said."""
    definition = load(small.define("csv"))
    with Engine(definition, {}, {}) as engine:
        opened = engine.open("calls")
        assert engine._repeated(opened, 'SELECT 1::UBIGINT AS h FROM "calls"') is None


ROSTER = "街道,人,到岗\n东,甲,是\n东,甲,否\n东,乙,是\n西,甲,否\n西,丙,否\n北,丁,是\n"
MEASURES = """
[privacy]
threshold = 0
[source.r]
path = "r.csv"
[[indicator]]
id = "took part"
source = "r"
measure = "participation"
column = "人"
where = { "到岗" = "是" }
by = "街道"
groups = ["东", "西", "南"]
[[indicator]]
id = "records"
source = "r"
measure = "count"
by = "街道"
groups = ["东", "西", "南"]
[[indicator]]
id = "none"
source = "r"
measure = "count"
where = { "到岗" = "早退" }
[[indicator]]
id = "none of some"
source = "r"
measure = "share"
where = { "到岗" = "早退" }
"""


def test_groups_by_hand(tmp_path: Path) -> None:
    """People are told apart within each group and in the whole; what is not there counts as 0."""
    (tmp_path / "r.csv").write_text(ROSTER, "utf-8")
    (tmp_path / "evidence.toml").write_text(MEASURES, "utf-8")
    took, records, none, some = evaluate(load(tmp_path / "evidence.toml"))
    assert (took.numerator, took.denominator) == (3, 4)
    shown = [(g.label, g.numerator, g.denominator, g.rows) for g in took.groups]
    assert shown == [("东", 2, 2, 3), ("西", 0, 2, 2), ("南", None, None, 0), ("", 1, 1, 1)]
    assert [(g.label, g.value) for g in records.groups] == [
        ("东", 3),
        ("西", 2),
        ("南", 0),
        ("", 1),
    ]
    assert (none.value, none.fault) == (Decimal(0), None)
    assert (some.value, some.numerator, some.denominator) == (0, 0, 6)
