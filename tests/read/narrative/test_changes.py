"""Changes: compared with what, which way, by how much."""

from __future__ import annotations

import pytest
from sentences import Tell

UP = "year=2023 flow=uses versus=2022:budget"


@pytest.mark.parametrize(
    ("words", "sign"),
    [
        ("比2022年增加", 1),
        ("比上年增长", 1),
        ("较上年预算数增加", 1),
        ("与上年相比减少", -1),
        ("与2022年预算相比，减少", -1),
        ("同比下降", -1),
        ("较2022年年初预算压减", -1),
        ("比上年度预算减少了", -1),
    ],
)
def test_words_of_a_change(tell: Tell, words: str, sign: int) -> None:
    told = tell(f"2023年部门预算支出100万元，{words}7万元。")
    assert told.key("7") == UP
    assert told.sign("7") == sign


@pytest.mark.parametrize(
    ("words", "versus"),
    [
        ("比2022年决算数增加", "2022:final"),
        ("比2022年预算执行数增加", "2022:final"),
        ("比2022年调整后预算数增加", "2022:adjusted"),
        ("比2021年预算增加", "2021:budget"),
        ("比年初预算增加", "2022:budget"),
    ],
)
def test_named_baselines(tell: Tell, words: str, versus: str) -> None:
    told = tell(f"公务接待费预算3万元，{words}1万元。")
    assert told.key("1") == f"year=2023 flow=expenditure item=reception versus={versus}"


def test_a_final_account_compares_with_the_final_account_before(tell: Tell) -> None:
    told = tell("公务接待费支出3万元，比2022年度减少1万元。", stage="final")
    level = "year=2023 flow=expenditure stage=final item=reception"
    assert told.key("1") == f"{level} versus=2022:final"
    assert told.sign("1") == -1


def test_two_baselines_in_one_paragraph(tell: Tell) -> None:
    """The comparison that names none is against the adjusted budget (docs/decisions/0002)."""
    told = tell(
        "项目支出1,000万元，具体包括：",
        "1. 档案修复项目预算800万元。本项目较2022年增加110万元，主要原因是年中收回资金，"
        "导致2022年调整后预算数比年初预算减少279万元。如果按照2022年初预算969万元对比，"
        "本项目实际减少169万元。",
    )
    project = "nature=project project=档案修复"
    assert told.listed()[1:] == [
        ("800", f"year=2023 flow=expenditure {project}"),
        ("110", f"year=2023 flow=expenditure {project} versus=2022:adjusted"),
        ("279", f"year=2022 flow=expenditure stage=adjusted {project} versus=2022:budget"),
        ("969", f"year=2022 flow=expenditure {project}"),
        ("169", f"year=2023 flow=expenditure {project} versus=2022:budget"),
    ]
    assert [told.sign(t) for t in ("110", "279", "169")] == [1, -1, -1]


@pytest.mark.parametrize(
    "words",
    [
        "与上年预算持平",
        "与2022年预算数一致",
        "较2022年预算无增减变化",
        "与上年相比无变化",
        "与上年相同",
    ],
)
def test_unchanged(tell: Tell, words: str) -> None:
    told = tell(f"公务接待费预算3万元，{words}。")
    (direction,) = told.directions
    assert (direction.sign, direction.figure) == (0, None)
    assert direction.quantity.key == (
        "year=2023 flow=expenditure item=reception versus=2022:budget"
    )


def test_unchanged_parts_share_the_baseline(tell: Tell) -> None:
    told = tell(
        "“三公”经费支出决算数与2022年度持平。其中：公务接待费支出决算持平；"
        "公务用车购置及运行维护费支出决算持平。",
        stage="final",
    )
    keys = [d.quantity.key for d in told.directions]
    prefix = "year=2023 flow=expenditure stage=final"
    assert keys == [
        f"{prefix} item={i} versus=2022:final" for i in ("sangong", "reception", "vehicle")
    ]


@pytest.mark.parametrize(("word", "sign"), [("小于", -1), ("大于", 1), ("等于", 0)])
def test_final_against_budget_in_words(tell: Tell, word: str, sign: int) -> None:
    told = tell(
        "行政运行（项）。年初预算为10万元，支出决算为9万元。"
        f"决算数{word}预算数的主要原因：厉行节约。",
        stage="final",
    )
    (direction,) = told.directions
    assert direction.sign == sign
    assert direction.quantity.key == (
        "year=2023 flow=expenditure stage=final function=2012601 versus=2023:budget"
    )
    assert direction.reason == "厉行节约"


def test_the_amount_of_the_year_before_inside_the_comparison(tell: Tell) -> None:
    told = tell("2023年收入预算120万元，比2022年100万元增加20万元，增长20.00%。")
    assert told.listed() == [
        ("120", "year=2023 flow=sources"),
        ("100", "year=2022 flow=sources"),
        ("20", "year=2023 flow=sources versus=2022:budget"),
        ("20.00", "year=2023 flow=sources versus=2022:budget measure=percent"),
    ]


def test_risen_to_is_a_level(tell: Tell) -> None:
    told = tell("公务接待费预算由2022年的10万元减少到8万元。")
    assert told.listed() == [
        ("10", "year=2022 flow=expenditure item=reception"),
        ("8", "year=2023 flow=expenditure item=reception"),
    ]


def test_what_moves_is_the_total_in_hand(tell: Tell) -> None:
    told = tell("财政拨款收、支总预算800万元。与上年相比，收、支总计各增加5万元。")
    assert told.key("5") == "year=2023 flow=sources fund=fiscal versus=2022:budget"


def test_a_change_that_says_no_baseline_stays_by_itself(tell: Tell) -> None:
    assert tell("机关运行经费增加5万元。").key("5") == (
        "year=2023 flow=expenditure item=running_cost versus=?:p0"
    )


def test_another_basis_is_not_compared(tell: Tell) -> None:
    told = tell("机关运行经费100万元。与上年统计口径一致相比，本年比上年减少5万元，下降5%。")
    assert [told.figure(t).unread for t in ("5", "5")] == ["basis", "basis"]
    assert told.key("5") is None


def test_a_direction_knows_its_word_and_where_it_stands(tell: Tell) -> None:
    told = tell("2023年部门预算支出100万元，因政策调整，比2022年 减少 7万元。")
    (direction,) = told.directions
    assert (direction.word, direction.place.excerpt) == ("减少", "减少")
    assert direction.figure == told.figure("7").id
