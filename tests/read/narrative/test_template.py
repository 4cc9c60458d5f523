"""What a template left behind."""

from __future__ import annotations

from sentences import Tell


def test_both_directions_left_standing_with_zero(tell: Tell) -> None:
    told = tell("政府性基金收入预算0万元，与上年相比增加（减少）0万元，增长（减少）0%。")
    assert told.key("0", 1) == "year=2023 flow=income fund=govfund versus=2022:budget"
    assert told.directions == []
    assert told.notices == [
        ("template-leftover", "增加（减少）"),
        ("template-leftover", "增长（减少）"),
    ]


def test_both_directions_left_standing_with_an_amount_say_nothing(tell: Tell) -> None:
    told = tell("公务接待费9万元，与上年相比增加（减少）5万元。")
    assert told.figure("5").unread == "template"
    assert told.key("5") is None


def test_an_amount_that_is_missing(tell: Tell) -> None:
    told = tell("政府性基金支出预算支出 万元。与上年相比增加0万元。")
    assert told.notices == [("amount-missing", "万元")]
    assert told.key("0") == "year=2023 flow=expenditure fund=govfund versus=2022:budget"


def test_blanks_of_the_form(tell: Tell) -> None:
    told = tell("某局收入总计 XXX 万元。主要原因：XXXXXXXX。（如持平作持平表述）", stage="final")
    assert told.figures == ()
    assert {what for what, _ in told.notices} == {"template-leftover"}


def test_a_zero_without_a_unit(tell: Tell) -> None:
    told = tell("政府性基金拨款支出预算为0；国有资本经营预算拨款支出预算为0。")
    assert [k for _, k in told.listed()] == [
        "year=2023 flow=expenditure fund=govfund",
        "year=2023 flow=expenditure fund=soe",
    ]
