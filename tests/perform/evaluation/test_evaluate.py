"""Evaluation: a small department worked out by hand; broken evidence; reasons; the departmental one."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from fractions import Fraction as F
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mingzhang.model.evidence import Actual, Fault, Provenance, SourceState
from mingzhang.model.goal import Goal, GoalLine
from mingzhang.model.ledger import Ledger, Line, Project
from mingzhang.model.place import Place
from mingzhang.perform.evaluation import (
    Answers,
    Evaluation,
    Spending,
    Unusable,
    by_department,
    department_edition,
    evaluate,
    load_answers,
    parse_answers,
    record_of,
    self_edition,
    spending_of_ledger,
)
from mingzhang.perform.evaluation.forms import band_text, printed_scores, self_table, total_text
from mingzhang.perform.filing import canonical
from mingzhang.publish.html import html_of
from mingzhang.publish.xlsx import xlsx_of

HERE = Place("0" * 64, "ledger.toml", "")
WHEN = datetime(2024, 1, 10, tzinfo=UTC)


def goal_line(key: str, level1: str, name: str, target: str) -> GoalLine:
    return GoalLine(key, "图书角", level1, "", name, target, HERE)


GOAL = Goal(
    "图书角",
    HERE,
    "方便居民就近借阅",
    lines=(
        goal_line("a", "产出指标", "新设图书点", "≥10处"),
        goal_line("b", "产出指标", "上架及时", "及时"),
        goal_line("c", "效益指标", "借阅人次", "≥2000人次"),
        goal_line("d", "满意度指标", "读者满意度", "≥90%"),
    ),
)
LEDGER = Ledger(
    "云川市图书馆2023年部门预算",
    "云川市图书馆",
    2023,
    "shenzhen",
    (
        Line({(0, "budget"): 30_000_000}, HERE, nature="personnel"),
        Line({(0, "budget"): 10_000_000}, HERE, nature="project", project="图书角"),
    ),
    HERE,
    projects=(Project("图书角", HERE),),
    goals=(GOAL,),
)
MONEY = (
    Spending("", 40_000_000, 40_000_000, 40_000_000),
    Spending("图书角", 10_000_000, 10_000_000, 8_600_000),
)


def asked(key: str, value: str, unit: str = "") -> Actual:
    came = Provenance((SourceState("借阅", "csv", "ab" * 32, "file"),), "SELECT 1", 99, 99, WHEN, "x")  # fmt: skip
    return Actual(key, unit, Decimal(value), value + unit, provenance=came)


ACTUALS = (asked("a", "9", "处"), asked("c", "2100", "人次"), asked("d", "81", "%"))
ANSWERS = """
[[indicator]]
id = "a"
reason = "一处场地未腾空"
measure = "先定场地再购书架"
[[indicator]]
id = "b"
grade = "达成"
within = 0.5
document = "考核表"
reason = "两批书晚到"
measure = "提前下单"
[[indicator]]
id = "d"
reason = "开放时间短"
measure = "周末开放"
[[execution]]
project = "图书角"
reason = "尾款未付"
measure = "年内验收"
"""


def answers(text: str = ANSWERS) -> Answers:
    return parse_answers(tomllib.loads(text, parse_float=Decimal), "evaluation.toml")


def run(
    actuals: Sequence[Actual] = ACTUALS, said: str = ANSWERS, money: Sequence[Spending] = MONEY
) -> Evaluation:
    return evaluate(LEDGER, LEDGER.goals, actuals, money, answers(said))


def codes(found: Evaluation, project: str = "图书角") -> list[tuple[str, str]]:
    return [(line, f.code) for p, line, f in found.all_faults() if p == project]


# ------------------------------------------------------------------ by hand
def test_a_project_by_hand() -> None:
    """Execution 86 % → 8.6; 9/10 × 25 = 22.5; 90 % × 25 = 22.5; 30; 81/90 × 10 = 9: 92.6, 优."""
    paper = run().paper("图书角")
    assert paper.execution == F(86, 10)
    assert [r.score for r in paper.rows] == [F(45, 2), F(45, 2), F(30), F(9)]
    assert [r.weight for r in paper.rows] == [25, 25, 30, 10]
    assert paper.scored == F(926, 10)
    assert (paper.out_of, paper.missing) == (100, 0)
    scheme = run().scheme
    assert (total_text(paper, scheme), band_text(paper, scheme)) == ("92.60", "优")
    assert codes(run()) == []
    assert [r.by for r in paper.rows] == ["data", "grade", "data", "data"]
    assert "借阅(abababab)" in paper.rows[0].source


def test_printed_in_whole_points() -> None:
    """With print.step 1 the parts of 92.6 are printed 9 22 23 30 9, or so, and add up to 93."""
    whole = '[scheme.points]\nstep = "1"\n[scheme.print]\nstep = "1"\n'
    found = run(said=whole + ANSWERS)
    shown = printed_scores(found.paper("图书角"), found.scheme)
    assert shown.total == "93"
    assert shown.execution == "9"
    assert sum(int(s) for s in (shown.execution, *shown.rows)) == 93


def test_the_whole_department_has_its_own_paper() -> None:
    whole = run().paper("")
    assert whole.execution == 10
    assert [f.code for f in whole.faults] == ["no-indicators"]
    assert whole.bands(run().scheme) is None


# ------------------------------------------------------------------ reasons are demanded
@pytest.mark.parametrize(
    ("gone", "expected"),
    [
        ('reason = "一处场地未腾空"', ("a", "reason-missing")),
        ('measure = "提前下单"', ("b", "measure-missing")),
        ('reason = "尾款未付"', ("", "reason-missing")),
    ],
)
def test_lost_points_want_a_reason(gone: str, expected: tuple[str, str]) -> None:
    assert codes(run(said=ANSWERS.replace(gone, ""))) == [expected]


def test_far_beyond_the_target_wants_a_reason() -> None:
    actuals = (ACTUALS[0], asked("c", "4000", "人次"), ACTUALS[2])
    found = run(actuals)
    assert found.paper("图书角").rows[2].lost == F(1, 5)
    assert codes(found) == [("c", "reason-missing")]
    just = ANSWERS + '[[indicator]]\nid = "c"\njustified = true\nbasis = "新增校园点"\n'
    assert codes(run(actuals, just))[0] == ("c", "justified-without-document")
    fine = run(actuals, just + 'document = "批复"\n')
    assert fine.paper("图书角").rows[2].score == 30


# ------------------------------------------------------------------ broken evidence
BROKEN = Actual("c", "人次", None, fault=Fault("missing", {"zh": "没有文件", "en": "no file"}))
HIDDEN = Actual("c", "人次", Decimal(3), suppressed=True)


@pytest.mark.parametrize(
    ("actual", "code"), [(BROKEN, "evidence"), (HIDDEN, "suppressed"), (None, "no-actual")]
)
def test_broken_evidence_takes_only_its_own_points(actual: Actual | None, code: str) -> None:
    found = run([*(a for a in ACTUALS if a.indicator != "c"), *([actual] if actual else [])])
    paper = found.paper("图书角")
    assert paper.rows[2].score is None
    assert codes(found) == [("c", code)]
    assert paper.scored == F(626, 10)
    assert (paper.out_of, paper.missing) == (70, 30)
    assert total_text(paper, found.scheme) == "已评 70 分，得 62.60 分；30 分未评"
    assert band_text(paper, found.scheme) == "中至优（30 分未评）"
    english = total_text(paper, found.scheme, "en"), band_text(paper, found.scheme, "en")
    assert english == ("62.60 of 70 points scored; 30 not scored", "fair to excellent (30 points not scored)")  # fmt: skip
    rows = self_table(found, paper, LEDGER).rows
    assert rows[-4].cells[6].text == "未评分" or rows[-3].cells[6].text == "未评分"
    assert not [s for s in (r.actual for r in paper.rows) if s == "3人次"]


def test_values_typed_in_need_a_document_and_evidence_goes_first() -> None:
    typed = ANSWERS + '[[indicator]]\nid = "c"\nvalue = 2500\n'
    without = [a for a in ACTUALS if a.indicator != "c"]
    assert codes(run(without, typed)) == [("c", "value-without-document")]
    with_it = run(without, typed + 'document = "年报"\n')
    assert (with_it.paper("图书角").rows[2].score, with_it.paper("图书角").rows[2].by) == (30, "document")  # fmt: skip
    both = run(ACTUALS, typed + 'document = "年报"\n')
    assert codes(both) == [("c", "two-actuals")]
    assert both.paper("图书角").rows[2].value == 2100


def test_points_by_hand_need_reason_and_document() -> None:
    hand = ANSWERS + '[[indicator]]\nid = "c"\npoints = 12\nreason = "r"\nmeasure = "m"\n'
    without = [a for a in ACTUALS if a.indicator != "c"]
    assert ("c", "manual-without-reason") in codes(run(without, hand))
    assert run(without, hand).paper("图书角").rows[2].score is None
    full = hand + 'basis = "专家评定"\ndocument = "评定表"\n'
    row = run(without, full).paper("图书角").rows[2]
    assert (row.score, row.by, row.faults) == (12, "hand", ())
    assert ("c", "manual-range") in codes(run(without, full.replace("12", "31")))


def test_evidence_of_conditions_and_of_strangers() -> None:
    line = replace(GOAL.lines[0], id="a", target="不少于1名馆员和5名志愿者")
    goals = (replace(GOAL, lines=(line, *GOAL.lines[1:])),)
    actuals = (asked("a.1", "1", "名"), asked("a.2", "4", "名"), *ACTUALS[1:], asked("zz", "1"))
    found = evaluate(LEDGER, goals, actuals, MONEY, answers())
    assert found.paper("图书角").rows[0].score == 25 * F(9, 10)
    swapped = evaluate(LEDGER, goals, (actuals[1], actuals[0], *actuals[2:]), MONEY, answers())
    assert swapped.paper("图书角").rows[0].score == 25 * F(9, 10)
    (half,) = evaluate(LEDGER, goals, (actuals[1],), MONEY, answers(), only=["图书角"]).papers
    assert half.rows[0].score is None
    assert [f.code for f in half.rows[0].faults] == ["evidence"]
    said = answers(ANSWERS + '[[indicator]]\nid = "A"\nreason = "x"\n[[execution]]\nproject = "图书"\n')  # fmt: skip
    strange = evaluate(LEDGER, goals, actuals, MONEY, said)
    assert [f.code for _, f in strange.faults] == ["unknown-indicator", "unknown-project"]


def test_slips_in_the_file_concern_one_indicator() -> None:
    found = run(said=ANSWERS + '[[indicator]]\nid = "c"\nvalu = 3\n[[indicator]]\nreason = "x"\n')
    assert codes(found) == [("c", "file-key")]
    assert ("", "file-lacking") in [(k, f.code) for k, f in found.faults]
    with pytest.raises(Unusable):
        parse_answers({"indicators": []}, "evaluation.toml")
    with pytest.raises(Unusable):
        load_answers(Path("/nowhere/evaluation.toml"))


def test_projects_may_answer_for_indicators_of_the_department() -> None:
    whole = Goal("", HERE, lines=(replace(GOAL.lines[0], project="", weight=Decimal(90)),))
    said = answers('[serves]\n"图书角" = ["a"]\n')
    found = evaluate(LEDGER, (whole,), ACTUALS, MONEY, said)
    assert [r.line.id for r in found.paper("图书角").rows] == ["a"]
    assert found.paper("图书角").rows[0].weight == 90


# ------------------------------------------------------------------ plausibility
def test_all_full_is_told() -> None:
    perfect = tuple(asked(k, v, u) for k, v, u in [("a", "10", "处"), ("b", "100", "%"), ("c", "2000", "人次"), ("d", "90", "%")])  # fmt: skip
    money = (MONEY[0], replace(MONEY[1], executed=10_000_000))
    found = run(perfect, "", money)
    assert [n.code for n in found.notes] == ["full"]
    whole = Goal("", HERE, lines=tuple(replace(line, project="") for line in GOAL.lines))
    both = evaluate(LEDGER, (whole, GOAL), perfect, money, None)
    assert "all-full" in [n.code for n in both.notes]
    poor = run(perfect, "", (MONEY[0], replace(MONEY[1], executed=5_000_000)))
    assert "money-result" in [n.code for n in poor.notes]


def test_money_of_the_ledger() -> None:
    found = {s.project: s for s in spending_of_ledger(LEDGER)}
    assert found[""] == Spending("", 40_000_000, 40_000_000, None)
    assert found["图书角"].budget == 10_000_000
    assert codes(run(money=tuple(found.values()))) == [("", "no-execution")]


# ------------------------------------------------------------------ the department's own
REVIEW = """
projects = ["图书角"]
evaluator = "评价组"
[[indicator]]
id = "a"
value = 8
unit = "处"
document = "现场核对表"
basis = "两处没有开放"
[[indicator]]
id = "b"
grade = "部分达成"
within = 1
document = "抽查表"
"""


def test_the_departmental_evaluation_explains_every_difference() -> None:
    found = by_department(LEDGER, LEDGER.goals, ACTUALS, MONEY, answers(), answers(REVIEW))
    (one,) = found.comparisons
    assert [r.difference for r in one.rows] == [0, F(-5, 2), F(-5, 2), 0, 0]
    assert one.rows[1].why["zh"] == "自评按9处，复核为8处。"
    assert one.rows[1].said == "两处没有开放"
    assert not one.rows[1].faults
    assert [f.code for f in one.rows[2].faults] == ["difference-unexplained"]
    total = sum((r.difference or F(0) for r in one.rows), F(0))
    assert total == one.own_paper.scored - one.self_paper.scored == -5
    html = html_of(department_edition(found))
    assert "-5.00" in html
    assert "两处没有开放" in html


# ------------------------------------------------------------------ forms
def test_forms_are_published_and_add_up() -> None:
    found = run()
    edition = self_edition(found, LEDGER)
    assert edition == self_edition(run(), LEDGER)
    html = html_of(edition)
    for words in ("项目支出绩效自评表（图书角）", "年度指标值", "实际完成值", "86.00%", "92.60", "一处场地未腾空；先定场地再购书架。"):  # fmt: skip
        assert words in html
    assert xlsx_of(edition)[:2] == b"PK"
    table = next(t for t in edition.tables if t.kind == "self_evaluation" and "图书角" in t.title)
    scores = [F(r.cells[6].text) for r in table.rows if r.kind in ("item", "goal")]
    weights = [F(r.cells[5].text) for r in table.rows if r.kind in ("item", "goal")]
    total = next(r for r in table.rows if r.kind == "total")
    assert sum(scores) == F(total.cells[6].text)
    assert sum(weights) == F(total.cells[5].text) == 100


def test_withheld_projects_are_not_in_the_edition() -> None:
    secret = replace(LEDGER, projects=(replace(LEDGER.projects[0], withheld=True),))
    found = evaluate(secret, secret.goals, ACTUALS, MONEY, answers())
    html = html_of(self_edition(found, secret))
    assert "图书角" not in html
    assert "40.00" not in html  # the whole would tell it by subtraction
    assert "100.00" not in html.replace("100.00%", "")


def test_the_record_is_canonical_and_whole() -> None:
    record = record_of(run())
    assert canonical(record) == canonical(record_of(run()))
    (_, paper) = record["papers"]
    assert paper["scored"] == "463/5"
    assert paper["rows"][0]["evidence"][0]["provenance"]["query"] == "SELECT 1"
    hidden = record_of(run([HIDDEN]))
    assert '"value":"3"' not in canonical(hidden).decode()


def test_what_people_may_not_overrule() -> None:
    """A value from evidence is printed as it is; a baseline typed in needs its document."""
    told = run(said=ANSWERS + '[[indicator]]\nid = "c"\nshown = "9999人次"\n')
    assert told.paper("图书角").rows[2].actual == "2100人次"
    line = replace(GOAL.lines[0], target="提高")
    goals = (replace(GOAL, lines=(line, *GOAL.lines[1:])),)
    based = ANSWERS.replace('id = "a"\n', 'id = "a"\nbaseline = 5\n')
    row = evaluate(LEDGER, goals, ACTUALS, MONEY, answers(based)).paper("图书角").rows[0]
    assert [f.code for f in row.faults] == ["baseline-without-document", "no-baseline"]
    proved = based.replace("baseline = 5\n", 'baseline = 5\ndocument = "年报"\n')
    row = evaluate(LEDGER, goals, ACTUALS, MONEY, answers(proved)).paper("图书角").rows[0]
    assert row.score == row.weight


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["产出指标", "效益指标", "满意度指标"]),
            st.sampled_from(["≥80%", "≤5次", "32人", "及时", "提高", ""]),
            st.none() | st.decimals(0, 300, places=2),
        ),
        max_size=14,
    ),
    st.none() | st.integers(0, 10**9),
)
@settings(max_examples=80, deadline=None)
def test_scores_stay_within_their_weights_and_print_adds_up(
    drawn: list[tuple[str, str, Decimal | None]], executed: int | None
) -> None:
    lines = tuple(
        GoalLine(f"i{n}", "图书角", level, "", f"指标{n}号", target, HERE)
        for n, (level, target, _) in enumerate(drawn)
    )
    actuals = [Actual(f"i{n}", "", v) for n, (_, _, v) in enumerate(drawn) if v is not None]
    money = (Spending("图书角", 10**8, 10**8, executed),)
    found = evaluate(LEDGER, (replace(GOAL, lines=lines),), actuals, money, only=["图书角"])
    (paper,) = found.papers
    assert paper.out_of + paper.missing == (100 if lines else 10)
    assert all(r.score is None or 0 <= r.score <= r.weight for r in paper.rows)
    assert paper.scored <= paper.out_of
    shown = printed_scores(paper, found.scheme)
    numbers = [F(s) for s in (shown.execution, *shown.rows) if s != "未评分"]
    assert sum(numbers, F(0)) == F(shown.total)
    assert all(r.faults for r in paper.rows if r.score is None)
    bands = paper.bands(found.scheme)
    assert bands is None or bands[0].least <= bands[1].least


def test_the_review_keeps_what_it_does_not_question() -> None:
    """Amounts typed into evaluation.toml, reasons and values stay; the department's own go before."""
    typed = ANSWERS.replace('project = "图书角"\n', 'project = "图书角"\nexecuted = 43000.00\n')
    found = by_department(LEDGER, LEDGER.goals, ACTUALS, MONEY, answers(typed), answers(REVIEW))
    (one,) = found.comparisons
    assert one.self_paper.execution == one.own_paper.execution == F(43, 10)
    assert one.own_paper.rows[0].reason == "一处场地未腾空"
    assert one.own_paper.rows[3].score == 9
    money = '[[execution]]\nproject = "图书角"\nexecuted = 40000.00\nreason = "剔除预付款"\n'
    again = by_department(LEDGER, LEDGER.goals, ACTUALS, MONEY, answers(typed), answers(REVIEW + money))  # fmt: skip
    assert again.comparisons[0].own_paper.execution == 4
    assert again.comparisons[0].rows[0].said == "剔除预付款"
    assert again.comparisons[0].rows[0].why["zh"] == "自评按43%，复核为40%。"
