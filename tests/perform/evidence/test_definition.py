"""The definition file: what it may say, and one clear fault for what it may not."""

from __future__ import annotations

import tomllib
from decimal import Decimal
from pathlib import Path

import pytest

from mingzhang.model.evidence import Actual
from mingzhang.perform.evidence import (
    Refused,
    evaluate,
    from_record,
    load,
    parse,
    reproduce,
    to_record,
)

GOOD = """
[source.r]
path = "r.csv"

[[indicator]]
id = "typed"
unit = "人"
value = 32
document = "培训签到册（2023-05-12）"

[[indicator]]
id = "x"
unit = "%"
source = "r"
measure = "share"
where = { "状态" = "已办结" }
"""
ROWS = "编号,状态,金额,时间,完成\n" + "".join(
    f"{n},{'已办结' if n % 4 else '办理中'},{n}.50,2023-03-{n:02},2023-03-{n + n % 2:02} 12:00\n"
    for n in range(1, 21)
)


def made(folder: Path, text: str, rows: str = ROWS) -> dict[str, Actual]:
    (folder / "r.csv").write_text(rows, "utf-8")
    (folder / "evidence.toml").write_text(text, "utf-8")
    return {a.indicator: a for a in evaluate(load(folder / "evidence.toml"))}


def test_typed_in_and_measured(tmp_path: Path) -> None:
    found = made(tmp_path, GOOD)
    assert (found["typed"].value, found["typed"].text) == (Decimal(32), "32人")
    assert found["typed"].document.startswith("培训签到册")
    assert (found["x"].value, found["x"].text) == (Decimal(75), "75%")
    assert (found["x"].numerator, found["x"].denominator) == (15, 20)


FAULTS = {
    "an unknown key": ('measure = "share"', 'measure = "share"\nwher = 1', "key", "wher"),
    "an unknown measure": ('measure = "share"', 'measure = "percentage"', "measure", "percentage"),
    "no measure": ('measure = "share"', "", "ways", "measure"),
    "two ways": ('measure = "share"', 'measure = "share"\nsql = "select 1"', "ways", "sql"),
    "no where": ("where = {", "of = {", "lacking", "where"),
    "an unknown source": ('source = "r"', 'source = "s"', "source", "s"),
    "no source": ('source = "r"\n', "", "lacking", "source"),
    "an unknown test": ('"已办结" }', '{ like = "x" } }', "key", "like"),
    "a text to compare": ('"已办结" }', '{ at_least = "x" } }', "value", "at_least"),
    "a mixture": ('"已办结" }', '["x", 1] }', "value", "状态"),
    "a period without a column": (
        'unit = "%"',
        'unit = "%"\nsince = 2023-01-01',
        "lacking",
        "date",
    ),
    "a day in quotes": (
        'unit = "%"',
        'unit = "%"\ndate="时间"\nsince = "2023-01-01"',
        "value",
        "since",
    ),
    "groups without a column": ('unit = "%"', 'unit = "%"\ngroups = ["a"]', "lacking", "by"),
    "a negative threshold": ('unit = "%"', 'unit = "%"\nthreshold = -1', "value", "threshold"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_in_one_indicator(name: str, tmp_path: Path) -> None:
    old, new, code, word = FAULTS[name]
    head, mark, tail = GOOD.partition('id = "x"')
    assert old in tail
    found = made(tmp_path, head + mark + tail.replace(old, new))
    assert found["typed"].value == 32
    assert found["x"].value is None
    fault = found["x"].fault
    assert fault is not None
    assert fault.code == code
    assert all(word in fault.message_in(lang) for lang in ("zh", "en"))


TYPED = {
    "no document": ('document = "培训签到册（2023-05-12）"', "", "document"),
    "no number": ("value = 32", 'value = "32人"', "typed"),
    "nothing": ("value = 32", 'value = "nan"', "typed"),
    "true": ("value = 32", "value = true", "typed"),
}


@pytest.mark.parametrize("name", TYPED)
def test_typed_in_values(name: str, tmp_path: Path) -> None:
    old, new, code = TYPED[name]
    found = made(tmp_path, GOOD.replace(old, new))
    assert found["typed"].fault is not None
    assert found["typed"].fault.code == code
    assert found["x"].value == 75


SOURCES = {
    'path = "r.csv"\nkind = "postgresql"\nconnection = "postgresql://u:p@h/d"\ntable = "t"': "password",
    'kind = "postgresql"\nconnection = "host=h password=p"\ntable = "t"': "password",
    'kind = "postgresql"\ntable = "t"': "lacking",
    'path = "r.docx"': "value",
    'path = "*.csv"': "value",
    'path = "r.db"': "lacking",
    'path = "r.csv"\npassword = "x"': "key",
    'path = "r.csv"\nkey = 3': "value",
}


@pytest.mark.parametrize("text", SOURCES)
def test_a_fault_in_a_source(text: str, tmp_path: Path) -> None:
    found = made(tmp_path, GOOD.replace('path = "r.csv"', text))
    fault = found["x"].fault
    assert fault is not None
    assert fault.code == SOURCES[text]
    assert found["typed"].value == 32


@pytest.mark.parametrize(
    "text", ["sources = 3", "[privacy]\nlimit = 5", "[privacy]\nthreshold = 'x'"]
)
def test_a_fault_in_the_file(text: str, tmp_path: Path) -> None:
    with pytest.raises(Refused):
        parse(tomllib.loads(text), tmp_path)


def test_an_indicator_twice(tmp_path: Path) -> None:
    found = made(tmp_path, GOOD + GOOD.partition("\n\n")[2])
    assert {a.fault.code for a in found.values() if a.fault} == {"twice"}


def one(tmp_path: Path, asked: str, rows: str = ROWS) -> Actual:
    text = f'[source.r]\npath = "r.csv"\n[[indicator]]\nid = "x"\nsource = "r"\n{asked}'
    return made(tmp_path, text, rows)["x"]


MEASURES = {
    # numbers 1-20; every fourth is not done; the amounts are n + 0.5; odd ones took a day more
    'measure = "count"': "20",
    'measure = "count"\nwhere = { "状态" = "已办结" }': "15",
    'measure = "count"\nwhere = { "状态" = ["已办结", "办理中"] }': "20",
    'measure = "count"\nwhere = { "状态" = { not = "已办结" } }': "5",
    'measure = "count"\nwhere = { "金额" = { at_least = 18.5 } }': "3",
    'measure = "count"\nwhere = { "金额" = { above = 18.5, below = 20.5 } }': "1",
    'measure = "count"\nwhere = { "编号" = 7 }': "1",
    'measure = "count"\nwhere = { "时间" = { at_most = 2023-03-05 } }': "5",
    'measure = "count_distinct"\ncolumn = "状态"': "2",
    'measure = "sum"\ncolumn = "金额"': "220",
    'measure = "sum"\ncolumn = "金额"\nunit = "万元"\ndata_unit = "元"': "0.022",
    'measure = "sum"\ncolumn = "金额"\nunit = "元"\ndata_unit = "万元"': "2200000",
    'measure = "average"\ncolumn = "金额"': "11",
    'measure = "execution_rate"\ncolumn = "金额"\ntotal = 275\nunit = "%"': "80",
    'measure = "execution_rate"\ncolumn = "金额"\ntotal = { source = "r", column = "编号" }': "1.047619047619047619047619048",
    'measure = "completion"\nwhere = { "状态" = "已办结" }\ntotal = 60\nunit = "%"': "25",
    'measure = "completion"\ncolumn = "金额"\ntotal = 440': "0.5",
    'measure = "participation"\nwhere = { "状态" = "已办结" }\ntotal = 30': "0.5",
    'measure = "participation"\ncolumn = "编号"\nwhere = { "状态" = "已办结" }': "0.75",
    'measure = "satisfaction"\ncolumn = "状态"\namong = ["已办结"]': "0.75",
    'measure = "satisfaction"\ncolumn = "编号"\nat_least = 11': "0.5",
    'measure = "share_within"\nfrom = "时间"\nto = "完成"\nwithin = { hours = 12 }': "0.5",
    'measure = "share_within"\nfrom = "时间"\nto = "完成"\nwithin = { minutes = 719 }': "0",
    'measure = "share_within"\nfrom = "时间"\nto = "完成"\nwithin = { days = 1 }': "1",
    'measure = "timeliness"\nto = "完成"\ndue = "时间"': "0.5",
    'measure = "timeliness"\nfrom = "时间"\nto = "完成"\nwithin = { days = 0 }': "0.5",
    'measure = "count"\ndate = "时间"\nsince = 2023-03-03\nuntil = 2023-03-04': "2",
}


@pytest.mark.parametrize("asked", MEASURES)
def test_measures_by_hand(asked: str, tmp_path: Path) -> None:
    found = one(tmp_path, asked)
    assert found.fault is None, found.fault
    assert found.value == Decimal(MEASURES[asked])


def test_a_ratio_over_nothing_is_no_ratio(tmp_path: Path) -> None:
    found = one(
        tmp_path, 'measure = "share"\nof = { "状态" = "撤回" }\nwhere = { "状态" = "已办结" }'
    )
    assert found.fault is not None
    assert found.fault.code == "no-base"


def test_amounts_as_people_type_them(tmp_path: Path) -> None:
    rows = '金额\n"1,234.50"\n -0.25 \n"  "\n1e2\n'
    assert one(tmp_path, 'measure = "sum"\ncolumn = "金额"', rows).value == Decimal("1334.25")


def test_times_as_people_type_them(tmp_path: Path) -> None:
    times = ("2023-3-1 9:05", "2023/3/1 09:05:00", "2023年3月1日 09:05", "2023.3.1", "20230301")
    rows = "时间\n" + "\n".join((*times, "2023年3月1日9时5分")) + "\n"
    found = one(tmp_path, 'measure = "count"\nwhere = { "时间" = { below = 2023-03-02 } }', rows)
    assert found.fault is None, found.fault
    assert found.value == 6


@pytest.mark.parametrize("limit", ['memory = "lots"', 'timezone = "Mars/Olympus"'])
def test_limits_that_are_none(limit: str, tmp_path: Path) -> None:
    found = made(tmp_path, f"[limits]\n{limit}\n{GOOD}")
    assert found["typed"].value == 32
    assert found["x"].fault is not None
    assert limit.split()[0] in found["x"].fault.message


def test_without_the_engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Typed-in values need no DuckDB; the others say what to install."""
    monkeypatch.setattr("mingzhang.perform.evidence.engine.find_spec", lambda name: None)
    found = made(tmp_path, GOOD)
    assert found["typed"].value == 32
    assert found["x"].fault is not None
    assert "mingzhang[evidence]" in found["x"].fault.message


# ------------------------------------------------------------------ asking again
def test_reproduced(tmp_path: Path) -> None:
    was = made(tmp_path, GOOD)["x"]
    stored = from_record(to_record(was))
    assert stored == was
    again = reproduce(stored, load(tmp_path / "evidence.toml"))
    assert again.same
    (tmp_path / "r.csv").write_text(ROWS + "21,已办结,1,2023-03-21,\n", "utf-8")
    again = reproduce(stored, load(tmp_path / "evidence.toml"))
    assert (again.same_source, again.same_query, again.same_value) == (False, True, False)
    (tmp_path / "r.csv").write_text(ROWS.replace("编号", "号码"), "utf-8")
    again = reproduce(stored, load(tmp_path / "evidence.toml"))
    assert (again.same_source, again.same_query, again.same_value) == (False, True, True)
    changed = GOOD.replace('= "已办结"', '= "办理中"')
    (tmp_path / "r.csv").write_text(ROWS, "utf-8")
    (tmp_path / "evidence.toml").write_text(changed, "utf-8")
    again = reproduce(stored, load(tmp_path / "evidence.toml"))
    assert (again.same_source, again.same_query, again.same_value) == (True, False, False)


def test_only_some(tmp_path: Path) -> None:
    made(tmp_path, GOOD)
    definition = load(tmp_path / "evidence.toml")
    assert [a.indicator for a in evaluate(definition, ["typed"])] == ["typed"]
    with pytest.raises(KeyError, match="nobody"):
        evaluate(definition, ["nobody"])
