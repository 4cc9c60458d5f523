"""What a reviewer of the finance bureau looks for in a form: the year, levels, baselines, who signs."""

from __future__ import annotations

import importlib.util
import sys
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from types import ModuleType

import pypdfium2

from mingzhang.model.edition import Edition, Prose, Table
from mingzhang.perform.evaluation import (  # fmt: skip
    Evaluation,
    by_department,
    department_edition,
    evaluate,
    self_edition,
)
from mingzhang.perform.evaluation.forms import department_table, self_table
from mingzhang.perform.evaluation.nouns import Answer, Answers
from mingzhang.publish.pdf import publish_pdf


def neighbour(name: str) -> ModuleType:
    """A module of this folder, which is no package."""
    spec = importlib.util.spec_from_file_location(f"forms_{name}", Path(__file__).with_name(f"{name}.py"))  # fmt: skip
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


hand = neighbour("test_evaluate")


def form(found: Evaluation) -> Table:
    made: Table = self_table(found, found.paper("图书角"), hand.LEDGER)
    return made


def texts(table: Table) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in table.rows]


def said(edition: Edition) -> str:
    return "\n".join(b.text for b in edition.body if isinstance(b, Prose))


def test_a_form_names_its_year_and_has_room_to_sign() -> None:
    table = form(hand.run())
    assert table.title == "2023年度项目支出绩效自评表（图书角）"
    assert table.entity == "云川市图书馆"
    for place in ("填表人", "审核人", "单位负责人（签字）", "填报日期"):
        assert place in table.notes[-1]


def test_every_row_says_its_levels() -> None:
    """Rows after the first of a group had blanks, which a page break left without a heading."""
    rows = [row for row in form(hand.run()).rows if row.kind == "goal"]
    assert [row.cells[0].text for row in rows] == ["产出指标", "产出指标", "效益指标", "满意度指标"]


def test_the_overall_goal_says_how_far_it_was_reached() -> None:
    """Of four: 8 of 10 places and 81 of 90 % are missed; 达成 and 2100 of 2000 are met."""
    done = next(row for row in texts(form(hand.run())) if row[0] == "总体目标完成情况")
    assert "4个指标，达到目标2个，未达到2个，未评分0个。" in done


def test_a_change_is_printed_with_its_baseline() -> None:
    line = replace(hand.GOAL.lines[2], target="比上年增长5%", baseline=Decimal(1800))
    goal = replace(hand.GOAL, lines=(line,))
    found = evaluate(hand.LEDGER, (goal,), (hand.asked("c", "2100", "人次"),), hand.MONEY)
    (row,) = found.paper("图书角").rows
    assert row.actual == "2100人次（基期值1800人次）"


def test_values_of_several_conditions_keep_their_own_units() -> None:
    line = replace(hand.GOAL.lines[0], target="合格率≥95%，培训≥4次")
    goal = replace(hand.GOAL, lines=(line,))
    actuals = (hand.asked("a.1", "96", "%"), hand.asked("a.2", "5", "次"))
    (row,) = evaluate(hand.LEDGER, (goal,), actuals, hand.MONEY).paper("图书角").rows
    assert (row.actual, row.score, row.faults) == ("合格率96%，培训5次", row.weight, ())


def test_the_report_counts_an_indicator_once_and_is_signed() -> None:
    """An indicator of the department that a project serves stands in two forms and is one."""
    whole = replace(hand.goal_line("w", "产出指标", "开放天数", "≥300天"), project="")
    goals = (replace(hand.GOAL, project="", lines=(whole,)), hand.GOAL)
    serves = Answers(serves={"图书角": ("w",)}, answers={"b": Answer("b")})
    found = evaluate(hand.LEDGER, goals, (*hand.ACTUALS, hand.asked("w", "310", "天")), hand.MONEY, serves)  # fmt: skip
    report = said(self_edition(found, hand.LEDGER))
    assert "5个指标中，完成值由业务台账计算得出的4个，由文件证明的0个，由人工评定并有依据文件的0个，没有评分的1个" in report  # fmt: skip
    assert "云川市图书馆（盖章）" in report


def test_the_departments_form_shows_weights_and_who_evaluates() -> None:
    found = by_department(hand.LEDGER, hand.LEDGER.goals, hand.ACTUALS, hand.MONEY, hand.answers(), hand.answers(hand.REVIEW))  # fmt: skip
    (one,) = found.comparisons
    table = department_table(one, found.evaluation)
    assert [column.header[-1] for column in table.columns[:3]] == ["三级指标", "年度指标值", "分值"]
    rows = [row for row in texts(table) if row[0] in ("预算执行率", *(r.line.level3 for r in one.own_paper.rows))]  # fmt: skip
    assert [row[2] for row in rows] == ["10", "25", "25", "30", "10"]
    assert "评价组组长（签字）" in table.notes[-1]
    report = said(department_edition(found))
    assert "图书角：自评92.60分（优），部门评价" in report
    assert "云川市图书馆（盖章）" in report


def test_a_form_over_pages_is_headed_by_what_its_rows_are(tmp_path: Path) -> None:
    """The header of the money was repeated over the indicators: 年初预算数 over 三级指标."""
    lines = tuple(replace(hand.GOAL.lines[0], id=f"n{n}", level3=f"第{n}类活动场次") for n in range(40))  # fmt: skip
    found = evaluate(hand.LEDGER, (replace(hand.GOAL, lines=lines),), (), hand.MONEY)
    edition = self_edition(found, hand.LEDGER)
    table = form(found)
    publish_pdf(replace(edition, body=(table,)), tmp_path / "form.pdf")
    pages = pypdfium2.PdfDocument(tmp_path / "form.pdf")
    heads = ["".join(p.get_textpage().get_text_range().split()) for p in pages]
    later = [h for h in heads if "产出指标" in h][1:]  # the last page may hold notes only
    assert later
    for head in later:
        assert "三级指标" in head
        assert "年初预算数" not in head


def test_a_share_that_answers_a_time_is_no_last_years_time() -> None:
    """97 % within 24 hours became next year's 上年实际值 of 97 hours."""
    line = replace(hand.GOAL.lines[0], target="24小时内响应")
    for target, value, unit, wanted in (
        ("24小时内响应", "97", "%", None),
        ("24小时内响应", "20", "小时", Decimal(20)),
        ("≥90%", "97", "%", Decimal(97)),
    ):
        goal = replace(hand.GOAL, lines=(replace(line, target=target),))
        found = evaluate(hand.LEDGER, (goal,), (hand.asked("a", value, unit),), hand.MONEY)
        (row,) = found.paper("图书角").rows
        assert row.score is not None
        assert row.value == wanted
