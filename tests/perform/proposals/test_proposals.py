"""Proposals: each rule by hand; next year's ledger adds up, keeps this year's amounts, says why."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction as F
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mingzhang.ledger import check_ledger, read_ledger, write_ledger
from mingzhang.model.goal import Goal, GoalLine
from mingzhang.model.ledger import Ledger, Line, Project
from mingzhang.model.place import Place
from mingzhang.perform.evaluation import (
    Answers,
    Comparison,
    Departmental,
    Evaluation,
    Spending,
    evaluate,
    with_reviews,
)
from mingzhang.perform.evaluation.nouns import Answer
from mingzhang.perform.proposals import apply, propose
from mingzhang.perform.proposals.accounts import codes_told
from mingzhang.perform.proposals.propose import told

HERE = Place("0" * 64, "ledger.toml", "")
YUAN = 100


def ledger(*amounts: int, ends: int | None = None) -> Ledger:
    lines = [Line({(0, "budget"): 3_000_000 * YUAN}, HERE, nature="personnel", economic="30101")]
    lines += [
        Line({(0, "budget"): a, (1, "budget"): 7}, HERE, nature="project", project="图书角")
        for a in amounts
    ]
    line = GoalLine("a", "图书角", "产出指标", "数量指标", "新设图书点", "≥10处", HERE)
    return Ledger(
        "云川市图书馆2023年部门预算",
        "云川市图书馆",
        2023,
        "shenzhen",
        tuple(lines),
        HERE,
        projects=(Project("图书角", HERE, "方便借阅", ends=ends),),
        goals=(Goal("图书角", HERE, "方便借阅", year=2023, total=sum(amounts), lines=(line,)),),
    )


def result(found: Ledger, share: str, initial: int, budget: int, executed: int) -> Evaluation:
    """Of 90 points for the one indicator a share, of 10 the rate."""
    answer = Answer("a", values=(Decimal(10) * Decimal(share),), document="表", reason="r", measure="m")  # fmt: skip
    money = (Spending("图书角", initial * YUAN, budget * YUAN, executed * YUAN),)
    return evaluate(found, found.goals, (), money, Answers({"a": answer}))


CASES = [
    # share, 年初, 全年, 执行 (元), ends, action, after (元)
    ("1", 100_000, 100_000, 99_000, None, "keep", 100_000),
    ("1", 100_000, 100_000, 99_000, 2023, "end", 0),
    ("1", 100_000, 100_000, 99_000, 2024, "keep", 100_000),
    ("0.5", 100_000, 100_000, 99_000, None, "end", 0),  # 45 + 9.9 < 60
    ("1", 100_000, 100_000, 75_000, None, "cut", 75_000),  # 25 000 unspent
    ("1", 100_000, 100_000, 40_000, None, "cut", 70_000),  # no more than 30 %
    ("0.7", 100_000, 100_000, 99_000, None, "cut", 90_000),  # 63 + 9.9: a tenth
    ("1", 100_000, 100_000, 85_000, None, "cut", 92_500),  # half of what was left
    ("1", 100_000, 108_000, 108_000, None, "raise", 108_000),  # 8 000 added and used
    ("1", 100_000, 150_000, 150_000, None, "raise", 110_000),  # no more than 10 %
    ("1", 100_000, 80_000, 79_000, None, "cut", 80_000),  # 20 000 taken out, the rest was enough
]


@pytest.mark.parametrize(("share", "initial", "budget", "executed", "ends", "action", "after"), CASES)  # fmt: skip
def test_rules(
    share: str,
    initial: int,
    budget: int,
    executed: int,
    ends: int | None,
    action: str,
    after: int,
) -> None:
    found = ledger(initial * YUAN, ends=ends)
    (one,) = propose(found, result(found, share, initial, budget, executed))
    assert (one.action, one.after, one.before) == (action, after * YUAN, initial * YUAN)
    assert one.reasons["zh"]
    assert one.reasons["en"]
    assert "{" not in one.reasons["zh"] + one.reasons["en"]
    assert told([one], "zh")[0].startswith("图书角")


def test_not_scored_is_kept_and_says_so() -> None:
    found = ledger(100_000 * YUAN)
    empty = evaluate(found, found.goals, (), (Spending("图书角", 10**7, 10**7, 10**7),), None)
    (one,) = propose(found, empty)
    assert (one.action, one.rules) == ("keep", ("unscored",))
    (other,) = propose(found, replace(empty, papers=()))
    assert (other.action, other.rules) == ("keep", ())
    assert other.reasons["zh"] == "没有绩效结果，按原数带入。"


def test_the_departments_evaluation_goes_first_and_is_named() -> None:
    found = ledger(100_000 * YUAN)
    good, poor = (result(found, share, 100_000, 100_000, 99_000) for share in ("1", "0.5"))
    own = poor.paper("图书角")
    review = Departmental(poor, (Comparison("图书角", good.paper("图书角"), own, ()),))
    (one,) = propose(found, with_reviews(good, review), reviewed=["图书角"])
    assert one.action == "end"
    assert one.reasons["zh"].endswith("（以部门评价为准）")


def test_next_years_ledger(tmp_path: Path) -> None:
    found = ledger(60_000 * YUAN, 40_001)
    evaluation = result(found, "1", 60_400, 60_400, 30_000)
    proposals = propose(found, evaluation)
    after = apply(found, proposals, evaluation)
    assert (after.year, after.name, after.published) == (2024, "云川市图书馆2024年部门预算", None)
    mine = [line for line in after.lines if line.project]
    assert sum(line.amounts[0, "budget"] for line in mine) == proposals[0].after
    assert [line.amounts[1, "budget"] for line in mine] == [60_000 * YUAN, 40_001]
    basic = after.lines[0]
    assert (basic.amounts[0, "budget"], basic.amounts[1, "budget"]) == (3_000_000 * YUAN,) * 2
    assert basic.note
    assert after.project("图书角").reason == proposals[0].reasons["zh"]
    assert after.goals[0].year == 2024
    assert after.goals[0].total is None
    assert after.goals[0].lines[0].last_actual == Decimal(10)
    write_ledger(after, tmp_path / "next")
    again, faults = read_ledger(tmp_path / "next")
    assert [f for f in faults if f.severity == "error"] == []
    assert [line.amounts for line in again.lines] == [dict(line.amounts) for line in after.lines]


def test_an_ended_project_stays_with_last_years_amounts() -> None:
    found = ledger(60_000 * YUAN, ends=2023)
    after = apply(found, propose(found, result(found, "1", 60_000, 60_000, 60_000)))
    (line,) = [line for line in after.lines if line.project]
    assert dict(line.amounts) == {(1, "budget"): 60_000 * YUAN}
    assert after.project("图书角").reason == "项目到 2023 年结束。"
    assert after.goals == ()


@given(
    st.lists(st.integers(0, 10**9), min_size=1, max_size=6),
    st.fractions(0, 1),
    st.integers(0, 10**8),
)
@settings(max_examples=60, deadline=None)
def test_lines_add_up_to_the_proposal(amounts: list[int], share: F, executed: int) -> None:
    found = ledger(*amounts)
    total = sum(amounts)
    answer = Answer("a", values=(Decimal(int(share * 10)),), document="表")
    money = (Spending("图书角", total, total, executed),)
    evaluation = evaluate(found, found.goals, (), money, Answers({"a": answer}))
    proposals = propose(found, evaluation)
    after = apply(found, proposals)
    mine = [line.amounts.get((0, "budget"), 0) for line in after.lines if line.project]
    assert sum(mine) == proposals[0].after
    assert all(a >= 0 for a in mine)
    assert (proposals[0].action == "keep") == (proposals[0].after == proposals[0].before)


# ------------------------------------------------------------------ accounts that change their number
def renamed(**values: object) -> Ledger:
    """All lines stand under 2010308, which became 2014004 in 2024."""
    found = ledger(60_000 * YUAN, 40_000 * YUAN)
    lines = tuple(replace(x, function="2010308", **values) for x in found.lines)  # type: ignore[arg-type]
    return replace(found, lines=lines)


def test_codes_that_end_become_their_heirs_and_say_so() -> None:
    found = renamed()
    evaluation = result(found, "1", 100_000, 100_000, 99_000)
    proposals = propose(found, evaluation)
    # known from memory only: the officer is told, the reason that will be printed is silent
    assert "2014004" not in proposals[0].reasons["zh"] + proposals[0].reasons["en"]
    after = apply(found, proposals, evaluation)
    assert {x.function for x in after.lines} == {"2014004"}
    assert all(x.note.endswith("原科目 2010308") for x in after.lines)
    assert after.project("图书角").reason == proposals[0].reasons["zh"]
    assert codes_told(found, "zh") == [
        "科目沿革　2010308 信访事务 → 2014004 信访业务　2024 年起，3 行已改，也可能有一部分应列在别处，请逐行看（据记忆，请核对当年的政府收支分类科目）"
    ]
    assert not [f for f in check_ledger(after) if f.kind == "other-year"]


def test_what_published_books_show_of_a_code_stands_in_the_reason() -> None:
    """30312 提租补贴 became part of 30102 in 2018, as the books of 2017 and 2018 show."""
    found = replace(ledger(100_000 * YUAN), year=2017)
    found = replace(found, lines=tuple(replace(x, economic="30312") for x in found.lines))
    proposals = propose(found, result(found, "1", 100_000, 100_000, 99_000))
    assert proposals[0].reasons["zh"].endswith("2018 年起列“30102 津贴补贴”。")
    assert "under 30102 津贴补贴 from 2018 on." in proposals[0].reasons["en"]
    assert {x.economic for x in apply(found, proposals).lines} == {"30102"}


def test_a_code_that_goes_on_says_nothing() -> None:
    found = replace(renamed(), year=2022)
    after = apply(found, propose(found, result(found, "1", 100_000, 100_000, 99_000)))
    assert {x.function for x in after.lines} == {"2010308"}
    assert codes_told(found, "en") == []


def test_a_code_that_divides_stays_and_is_told() -> None:
    found = replace(ledger(100_000 * YUAN), year=2017)
    lines = tuple(replace(x, economic="30104") for x in found.lines)
    found = replace(found, lines=lines)
    proposals = propose(found, result(found, "1", 100_000, 100_000, 99_000))
    after = apply(found, proposals)
    assert {x.economic for x in after.lines} == {"30104"}
    assert "30104" not in proposals[0].reasons["zh"]
    (said,) = codes_told(found, "zh")
    assert "30110" in said and "30112" in said and "没有改" in said
    assert [f.kind for f in check_ledger(after) if f.kind == "other-year"] == ["other-year"]


def test_a_withheld_line_tells_no_reason() -> None:
    """The reason may be printed; what the withheld line stood under may not."""
    found = renamed(withheld=True)
    (proposal,) = propose(found, result(found, "1", 100_000, 100_000, 99_000))
    assert "2010308" not in proposal.reasons["zh"] + proposal.reasons["en"]
    assert {x.function for x in apply(found, [proposal]).lines} == {"2014004"}


def test_an_account_of_the_ledgers_own_is_left_alone() -> None:
    found = replace(renamed(), facts={"名称:2010308": "信访"})
    assert {x.function for x in apply(found, ()).lines} == {"2010308"}
