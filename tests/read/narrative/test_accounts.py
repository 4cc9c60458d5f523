"""Account paths → codes."""

from __future__ import annotations

import pytest
from sentences import Tell

SPENT = "year=2023 flow=expenditure"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("一般公共服务支出（类）档案事务（款）行政运行（项）8万元。", "2012601"),
        ("一般公共服务（类）支出8万元。", "201"),
        ("“一般公共服务支出”科目8万元。", "201"),
        ("档案事务（款）行政运行（项）支出8万元。", "2012601"),
        ("档案事务行政运行（项）支出8万元。", "2012601"),
        ("住房保障支出（类）住房改革支出（款）住房公积金（项）8万元。", "2210201"),
        ("住房改革支出（类）住房公积金（项）8万元。", "2210201"),
        ("208社会保障和就业支出（类）8万元。", "208"),
        ("社会保障和就业支出8万元。", "208"),
        ("档案事务（款）一般行政事务管理（项）8万元。", "2012602"),
    ],
)
def test_paths(tell: Tell, text: str, code: str) -> None:
    assert tell(text).key("8") == f"{SPENT} function={code}"


def test_words_after_the_path(tell: Tell) -> None:
    told = tell(
        "1.一般公共服务（类）档案事务（款）行政运行（项）2023年预算数为8万元，比上年增加2万元。"
    )
    assert told.key("8") == f"{SPENT} function=2012601"
    assert told.key("2") == f"{SPENT} function=2012601 versus=2022:budget"


def test_the_heading_above_tells_apart_names_that_many_accounts_share(tell: Tell) -> None:
    """行政运行 alone is 2012601 in this book, but below another 款 the catalog's own."""
    told = tell("财政事务（款）行政运行（项）8万元。")
    assert told.key("8") == f"{SPENT} function=2010601"


def test_an_account_nobody_knows_is_not_guessed(tell: Tell) -> None:
    key = tell("档案事务（款）某某新设事务（项）8万元。").key("8")
    assert key is not None and "local" in key


def test_economic_classes_inside_basic_expenditure(tell: Tell) -> None:
    told = tell("基本支出80万元，其中：工资福利支出60万元，商品和服务支出20万元。")
    assert told.key("60") == f"{SPENT} economic=301 nature=basic"
    assert told.key("20") == f"{SPENT} economic=302 nature=basic"


def test_the_fund_comes_from_the_section(tell: Tell) -> None:
    told = tell("# 五、一般公共预算支出情况", "1. 档案事务（款）档案馆（项）8万元。")
    assert told.key("8") == f"{SPENT} fund=general function=2012604"


def test_three_public_items_and_running_costs_have_no_fund(tell: Tell) -> None:
    """docs/decisions/0002: prose never repeats it, so tables do not carry it either."""
    told = tell("# 五、一般公共预算财政拨款支出情况", "公务接待费8万元。", "机关运行经费9万元。")
    assert told.key("8") == f"{SPENT} item=reception"
    assert told.key("9") == f"{SPENT} item=running_cost"
