"""Monitoring as a whole: what is demanded, who serves what, what is withheld, and the form."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from mingzhang.ledger import read_ledger
from mingzhang.ledger.fault import Fault
from mingzhang.model.edition import Prose, Table
from mingzhang.model.evidence import Actual
from mingzhang.model.ledger import Ledger, Project
from mingzhang.perform.monitoring import (
    Monitoring,
    Remarks,
    monitor,
    monitoring_edition,
    read_remarks,
    until,
)
from smallyear import EXAMPLE, PLACE, execution, goal, ledger, line, paid

AUGUST = date(2023, 8, 31)
GOALS = (
    goal("", ("接待", "≥100次"), ("在岗", "32人")),
    goal("大厅", ("开放", "≥200次")),
)


def read(folder: Path, text: str, books: Ledger | None = None) -> tuple[Remarks, list[Fault]]:
    year = folder / "year"
    year.mkdir(exist_ok=True)
    (year / "monitoring.toml").write_text(text, "utf-8")
    found, faults = read_remarks(year, books or ledger(goals=GOALS))
    return found, list(faults)


def found(remarks: Remarks, reached: int = 30, **more: object) -> Monitoring:
    """大厅 has paid two thirds, 网络 nothing; ``reached`` of 100 and 200 times."""
    run = execution(*(paid(m, 2_500) for m in range(1, 9)), *(paid(m, 1_000, "", "30201") for m in range(1, 9)))  # fmt: skip
    actuals = [Actual(i, "次", Decimal(reached)) for i in ("i1", "大厅i1")]
    actuals.append(Actual("i2", "人", Decimal(32)))
    books = ledger(goals=GOALS)
    measures = {"i1": "count", "大厅i1": "count", "i2": "count_distinct"}
    return monitor(books, GOALS, actuals, run, AUGUST, remarks, measures=measures, **more)  # type: ignore[arg-type]


COMPLETE = """
[serves]
"网络" = ["i2"]
[[deviation]]
reason = "甲"
measure = "乙"
responsible = "某处"
[[deviation]]
project = "网络"
reason = "丙"
measure = "丁"
responsible = "某处"
by = 2023-09-30
[[deviation]]
indicator = "大厅i1"
reason = "戊"
measure = "己"
responsible = "某处"
"""


def test_by_hand(tmp_path: Path) -> None:
    remarks, faults = read(tmp_path, COMPLETE)
    assert faults == []
    seen = found(remarks)
    assert [p.project for p in seen.projects] == ["大厅", "网络"]
    hall, net = seen.projects
    assert (hall.risk.level, hall.goals, hall.level) == ("normal", "warning", "warning")
    assert (net.risk.level, net.goals, net.level) == ("warning", "normal", "warning")
    assert [p.line.id for p in net.progress] == ["i2"]  # it serves the department's
    assert [p.level for p in seen.whole.progress] == ["warning", "normal"]
    assert seen.faults == ()
    assert {p.line.id for p in seen.lines} == {"i1", "i2", "大厅i1"}


@pytest.mark.parametrize(
    ("removed", "missing"),
    [
        ('reason = "丙"', "偏差原因"),
        ('measure = "丁"', "改进措施"),
        ('responsible = "某处"\nby', "责任人"),
        (COMPLETE[COMPLETE.index("[[deviation]]\nindicator") :], "偏差原因"),
    ],
)
def test_what_is_missing_is_named(tmp_path: Path, removed: str, missing: str) -> None:
    text = COMPLETE.replace(removed, "by" if removed.endswith("by") else "")
    seen = found(read(tmp_path, text)[0])
    assert len(seen.faults) == 1
    fault = seen.faults[0]
    assert fault.kind == "remark-incomplete" and fault.severity == "error"
    assert missing in fault.message
    assert ("网络" in fault.message) or ("开放" in fault.message)
    assert "{" not in fault.messages["en"]


def test_without_any_remarks_all_are_demanded() -> None:
    seen = found(Remarks())
    assert [f.kind for f in seen.faults] == ["remark-incomplete"] * 4  # money ×2, indicators ×2
    assert len(seen.projects) == 2  # the rest stands


def test_the_project_that_serves_an_indicator_answers_for_it_once(tmp_path: Path) -> None:
    remarks, _ = read(tmp_path, '[serves]\n"大厅" = ["i1"]\n')
    seen = found(remarks)
    assert [f.kind for f in seen.faults] == ["remark-incomplete"] * 4  # as without serving
    hall = '[[deviation]]\nproject = "大厅"\nreason = "甲"\nmeasure = "乙"\nresponsible = "某处"\n'
    remarks, _ = read(tmp_path, f'{hall}[serves]\n"大厅" = ["i1"]\n')
    assert len(found(remarks).faults) == 2  # the project's remark covers both; money ×2 is left


def test_a_remark_on_what_is_on_track(tmp_path: Path) -> None:
    seen = found(read(tmp_path, COMPLETE)[0], reached=200)
    assert [f.kind for f in seen.faults] == ["remark-unneeded"]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("[[deviation]\n", "bad-toml"),
        ('[[deviation]]\nproject = "网洛"', "project-unknown"),
        ('[[deviation]]\nindicator = "i9"', "indicator-unknown"),
        ("[[deviation]]\nreason = 5", "bad-entry"),
        ('[[deviation]]\nby = "九月"', "bad-entry"),
        ('[[deviation]]\ngrund = "x"', "key-unknown"),
        ('[deviation]\nreason = "x"', "bad-entry"),
        ('[[progress]]\nindicator = "i1"\nvalue = "5次"', "progress-no-document"),
        ('[[progress]]\nindicator = "i1"\ndocument = "某表"', "bad-entry"),
        ('[[progress]]\nindicator = "i1"\nvalue = 5\ndocument = "某表"\naccumulates = "是"', "bad-entry"),
        ('[serves]\n"大厅" = "i1"', "bad-entry"),
        ('[serves]\n"大厅" = ["i7"]', "indicator-unknown"),
        ("serves = 3", "bad-entry"),
        ('[[deviation]]\nreason = "x"\n[[deviation]]\nproject = "部门整体"', "remark-twice"),
    ],
)  # fmt: skip
def test_broken_remarks(tmp_path: Path, text: str, kind: str) -> None:
    remarks, faults = read(tmp_path, f"{text}\n")
    assert kind in [f.kind for f in faults]
    assert all(f.place.name == "year/monitoring.toml" for f in faults)
    assert all("{" not in m for f in faults for m in f.messages.values())
    assert monitor(ledger(), (), (), execution(), AUGUST, remarks).projects
    text = '[[progress]]\nindicator = "i1"\nvalue = 5\ndocument = "某表"\n'
    remarks, faults = read(tmp_path, text * 2)
    assert [f.kind for f in faults] == ["progress-twice"]
    assert remarks.noted["i1"].value == "5"


def test_what_was_noted_later_does_not_count_yet(tmp_path: Path) -> None:
    def entry(value: int, day: str) -> str:
        more = f"date = {day}\n" if day else ""
        return f'[[progress]]\nindicator = "i1"\nvalue = {value}\ndocument = "某表"\n{more}'

    text = entry(70, "2023-11-30") + entry(10, "") + entry(40, '"2023年8月31日"')
    _, faults = read(tmp_path, text)
    assert faults == []
    books = ledger(goals=GOALS)
    for day, value in (((3, 31), "10"), ((8, 30), "10"), ((8, 31), "40"), ((12, 1), "70")):
        found, _ = read_remarks(tmp_path / "year", books, date(2023, *day))
        assert found.noted["i1"].value == value
    assert read(tmp_path, entry(5, "2023-02-30"))[1]
    assert [f.kind for f in read(tmp_path, text + entry(9, "2023-08-31"))[1]] == ["progress-twice"]


def test_withheld_projects_are_nowhere() -> None:
    books = ledger(line("绝密", "30213", 9_000), projects=(Project("绝密", PLACE, withheld=True),))
    goals = (goal("绝密", ("暗事", "≥1次")),)
    seen = monitor(books, goals, (), execution(), AUGUST)
    assert seen.partial and [p.project for p in seen.projects] == ["大厅", "网络"]
    assert seen.state.whole.budget == 6_000_000
    edition = monitoring_edition(seen)
    assert "绝密" not in repr(edition) and "暗事" not in repr(edition)
    inside = monitor(books, goals, (), execution(), AUGUST, withheld=True)
    assert "绝密" in [p.project for p in inside.projects]


def test_the_form() -> None:
    edition = monitoring_edition(found(Remarks()))
    assert edition.title == "某局2023年1—8月绩效运行监控表"
    summary, hall, net, whole = (t for t in edition.body if isinstance(t, Table))
    assert [c.header[0] for c in summary.columns][:5] == [
        "项目名称",
        "年初预算数",
        "调整后预算数",
        "1—8月执行数",
        "执行率",
    ]
    assert [c.text for c in summary.rows[0].cells][:6] == ["合计", "6.00", "6.00", "2.80", "46.7%", "66.7%"]  # fmt: skip
    assert [row.cells[0].text for row in summary.rows] == [
        "合计",
        "基本支出",
        "项目支出小计",
        "大厅",
        "网络",
    ]
    for total in summary.sums:  # every printed sum is the sum of the exact amounts
        at = lambda p: summary.rows[p[0]].cells[p[1]].fen or 0  # noqa: E731
        assert at(total.total) == sum(at(p) for p in total.parts)
    assert hall.columns[0].header[0] == "项目资金（万元）", "the money first"
    (inner,) = [k for k, row in enumerate(hall.rows) if row.kind == "header"]
    assert [c.text for c in hall.rows[inner].cells][3:] == [
        "年度指标值",
        "1—8月完成情况",
        "偏差",
        "全年预计完成情况",
        "偏差原因",
        "改进措施",
    ]
    assert [c.text for c in hall.rows[inner + 1].cells][2:5] == ["开放", "≥200次", "30次"]
    assert net.columns[0].header == ("项目资金（万元）",)  # it has no indicators
    told = [row for row in whole.rows if row.kind == "goal"]
    assert told[1].cells[4].text == "32人"
    counts = [row.cells[8].text for row in summary.rows]
    assert counts == ["1/1/0", "—", "—", "0/1/0", "—"]  # 网络 has no indicators
    assert summary.notes[-2] == "编制单位：某局　　数据截止日期：2023年8月31日"
    assert all("填表人" in t.notes[-1] and "填表日期" in t.notes[-1] for t in (summary, hall, net))
    said = "".join(block.text for block in edition.body if isinstance(block, Prose))
    assert "慢10个百分点为关注、慢20个百分点为预警" in said and "不足目标值90%" in said
    for table in (summary, hall, net, whole):
        assert all(len(row.cells) == len(table.columns) for row in table.rows)


def test_registers_are_cut_off_at_the_day() -> None:
    pytest.importorskip("duckdb")
    from mingzhang.perform.evidence import load

    definition = load(EXAMPLE / "year" / "evidence.toml")
    cut = until(definition, AUGUST)
    assert {e.until for e in cut.evidence} == {AUGUST}
    typed = replace(definition.evidence[0], value="5", document="某表", indicator="typed")
    with_typed = replace(definition, evidence=(*definition.evidence, typed))
    assert "typed" not in {e.indicator for e in until(with_typed, AUGUST).evidence}
    assert "typed" in {e.indicator for e in until(with_typed, date(2023, 12, 31)).evidence}


def test_the_example_speaks_of_every_indicator() -> None:
    books, _ = read_ledger(EXAMPLE)
    remarks, faults = read_remarks(EXAMPLE / "year", books)
    assert faults == ()
    seen = monitor(books, books.goals, (), execution(), AUGUST, remarks)
    assert len(seen.lines) == 19
    assert {p.project for p in seen.projects} == {p.name for p in books.projects}
