"""Books given together: last year's, the budget of a final account, a unit's beside its department's."""

from __future__ import annotations

from dataclasses import replace

import pytest

import mingzhang as mz
from makepair import LINES, Line, Small, proof

BEFORE = Small(
    2022,
    (
        ("205", "教育支出", "280", "200"),
        ("20501", "教育管理事务", "280", "200"),
        ("2050101", "行政运行", "280", "0"),
        ("2050102", "一般行政管理事务", "0", "200"),
    ),
)
TOTAL = "2023年一般公共预算支出500万元，比上年增加{amount}万元，增长{percent}%。"
STATED = "2023年一般公共预算支出500万元，比上年预算增加{amount}万元，增长{percent}%。"
SECTION = "（一）一般公共预算支出具体情况"


def told(sentence: str, before: Small = BEFORE, **facts: str) -> list[mz.Finding]:
    return proof(mz.check(Small(says=(sentence.format(**facts),)).book, prior=[before.book]))


def reason(report: mz.Report, text: str) -> str:
    """Why the figure that prints ``text`` is not proved; "" if it is."""
    (figure,) = [f for f in report.book.figures if f.text == text]
    return {**report.coverage.unlinked, **report.coverage.unproved}.get(figure.id, "")


# ---------------------------------------------------------------- last year's book


@pytest.mark.parametrize("sentence", [TOTAL, STATED])
def test_what_last_years_book_printed_is_what_this_one_says(sentence: str) -> None:
    assert told(sentence, amount="20", percent="4.17") == []


def test_another_amount_than_last_years_book_printed() -> None:
    """500 less 25 is 475, and 25 / 475 is 5.26 %: the book is right by itself, not beside 480."""
    (finding,) = told(TOTAL, amount="25", percent="5.26")
    assert (finding.rule, finding.severity) == ("MZ004", "warning")
    for part in (
        "《2022年南州市测绘局部门预算》",
        "480万元",
        "475万元",
        "500万元 − 25万元",
        "相差 5万元",
    ):
        assert part in finding.message
    assert "请写明" in finding.message  # 比上年 does not say what of last year
    names = [place.name for place in finding.places]
    assert names[0] == "南州市测绘局2023预算.txt"
    assert "南州市测绘局2022预算.txt" in names
    assert "page" not in finding.messages["en"] and "475" in finding.messages["en"]


def test_where_the_baseline_is_said_it_is_an_error() -> None:
    (finding,) = told(STATED, amount="25", percent="5.26")
    assert (finding.rule, finding.severity) == ("MZ001", "error")
    assert "《2022年南州市测绘局部门预算》" in finding.message
    assert "请写明" not in finding.message


def test_the_final_account_of_last_year_is_not_its_budget() -> None:
    words = "2023年一般公共预算支出500万元，比上年决算数增加37万元。"
    report = mz.check(Small(says=(words,)).book, prior=[BEFORE.book])
    assert proof(report) == []
    assert reason(report, "37") == "baseline"


def test_without_last_years_book_the_reason_says_so() -> None:
    report = mz.check(Small(says=(TOTAL.format(amount="20", percent="4"),)).book)
    assert reason(report, "20") == "prior"


def test_rounding_explains_it() -> None:
    """479.6 万元 in 元 last year: 500 − 20 = 480, to the whole 万元."""
    lines: list[Line] = [
        ("205", "教育支出", "2796123", "2000000"),
        ("20501", "教育管理事务", "2796123", "2000000"),
        ("2050101", "行政运行", "2796123", "0"),
        ("2050102", "一般行政管理事务", "0", "2000000"),
    ]
    before = Small(2022, lines, unit="元")
    assert told(STATED, before, amount="20", percent="4.3") == []
    assert told(STATED, before, amount="30", percent="6.4") != []


def test_what_is_wrong_within_last_years_book_is_its_own_affair() -> None:
    lines = (*BEFORE.lines[:3], ("2050102", "一般行政管理事务", "0", "260"))
    broken = replace(BEFORE, lines=lines)
    assert proof(mz.check(broken.book)) != []
    assert told(TOTAL, broken, amount="20", percent="4.17") == []


def test_what_two_other_books_make_of_each_other_is_their_affair() -> None:
    """2022's book says 50 more than in 2021, whose book printed 470: nothing about this one."""
    says = "2022年一般公共预算支出480万元，比上年预算增加50万元，增长11.63%。"
    middle = replace(BEFORE, says=(says,))
    first = replace(BEFORE, year=2021, lines=(("205", "教育支出", "270", "200"),))
    now = Small(says=(STATED.format(amount="20", percent="4.17"),)).book
    assert proof(mz.check(middle.book, prior=[first.book])) != []
    assert proof(mz.check(now, prior=[middle.book, first.book])) == []


def test_a_table_that_repeats_last_year() -> None:
    """三公 2022: 5 for receptions in last year's book, 8 in this one's line of 2022."""
    before = replace(BEFORE, sangong=((2021, "0", "5", "10"), (2022, "0", "5", "10")))
    now = Small(sangong=((2022, "0", "5", "10"), (2023, "0", "4", "10")))
    assert proof(mz.check(now.book, prior=[before.book])) == []
    now = Small(sangong=((2022, "0", "8", "10"), (2023, "0", "4", "10")))
    found = proof(mz.check(now.book, prior=[before.book]))
    assert found
    assert any("《2022年南州市测绘局部门预算》" in f.message for f in found)
    assert proof(mz.check(now.book)) == []


def test_a_book_of_another_department_is_left_out() -> None:
    stranger = replace(BEFORE, entity="北州市气象局")
    words = "2023年一般公共预算支出500万元，比上年增加25万元。"
    report = mz.check(Small(says=(words,)).book, prior=[stranger.book])
    assert proof(report) == []
    assert reason(report, "25") == "prior"


# ---------------------------------------------------------------- accounts that came and went

NEW: tuple[Line, ...] = (
    *LINES[:2],
    ("2050101", "行政运行", "280", "0"),
    ("2050102", "一般行政管理事务", "0", "200"),
    ("2050199", "其他教育管理事务支出", "20", "0"),
)
ITEM = "教育支出（类）教育管理事务（款）其他教育管理事务支出（项）20万元，比上年增加{amount}万元{more}。"


def new_account(amount: str, more: str = "") -> mz.Report:
    words = (SECTION, "1．" + ITEM.format(amount=amount, more=more))
    return mz.check(Small(2023, NEW, words).book, prior=[BEFORE.book])


def test_an_account_that_last_year_did_not_list_had_no_money() -> None:
    assert proof(new_account("20")) == []
    (finding,) = proof(new_account("12"))
    assert (finding.rule, finding.severity) == ("MZ004", "warning")
    assert "没有列" in finding.message and "8万元" in finding.message


def test_a_growth_percentage_says_that_there_was_money() -> None:
    """Then the account had another code, which the catalog does not know: nothing is said."""
    report = new_account("12", "，增长150%")
    assert proof(report) == []
    assert reason(report, "12") in ("", "not-listed")


QUAKES: tuple[Line, ...] = (
    ("220", "自然资源海洋气象等支出", "60", "40"),
    ("22004", "地震事务", "60", "40"),
)
MOVED: tuple[Line, ...] = (
    ("224", "灾害防治及应急管理支出", "70", "40"),
    ("22405", "地震事务", "70", "40"),
)
MOVE = (
    "1．灾害防治及应急管理支出（类）地震事务（款）110万元，比上年增加{amount}万元，增长{percent}%。"
)


@pytest.mark.parametrize(
    ("amount", "percent", "wrong"), [("10", "10", False), ("30", "37.5", True)]
)
def test_a_renumbered_account_is_joined_and_noted_at_most(
    amount: str, percent: str, wrong: bool
) -> None:
    """22004 became 22405 in 2019: known from memory alone, so a difference is only a note."""
    words = (SECTION, MOVE.format(amount=amount, percent=percent))
    report = mz.check(Small(2019, MOVED, words).book, prior=[Small(2018, QUAKES).book])
    assert proof(report) == []
    notes = [f for f in report.findings if f.rule == "MZ004"]
    assert [f.severity for f in notes] == (["note"] if wrong else [])
    if wrong:
        assert "22004" in notes[0].message and "22405" in notes[0].message
        assert "100万元" in notes[0].message and "80万元" in notes[0].message


# ---------------------------------------------------------------- budget and final account

SPENT: tuple[Line, ...] = (
    ("205", "教育支出", "290", "190"),
    ("20501", "教育管理事务", "290", "190"),
    ("2050101", "行政运行", "290", "0"),
    ("2050102", "一般行政管理事务", "0", "190"),
)
FINAL = "2023年度一般公共预算财政拨款支出年初预算为{planned}万元，支出决算为480万元，完成年初预算的{rate}%。"


def final(planned: str, rate: str) -> Small:
    return Small(2023, SPENT, (FINAL.format(planned=planned, rate=rate),), stage="决算")


def test_the_budget_that_a_final_account_tells_of_is_that_of_the_budget_book() -> None:
    assert proof(mz.check(final("500", "96").book, prior=[Small().book])) == []
    right = mz.check(final("510", "94.12").book)
    assert proof(right) == []  # by itself nothing is wrong with it
    (finding,) = proof(mz.check(final("510", "94.12").book, prior=[Small().book]))
    assert (finding.rule, finding.severity) == ("MZ001", "error")
    assert "500万元" in finding.message and "510万元" in finding.message


# ---------------------------------------------------------------- unit and department

UNIT: tuple[Line, ...] = (
    ("205", "教育支出", "120", "80"),
    ("20501", "教育管理事务", "120", "80"),
    ("2050101", "行政运行", "120", "0"),
    ("2050102", "一般行政管理事务", "0", "80"),
)


def unit(lines: tuple[Line, ...] = UNIT) -> mz.Book:
    return Small(2023, lines, entity="南州市测绘院", scope="单位").book


HAS = "南州市测绘局下属单位包括南州市测绘院、南州市地图社。"


def test_a_unit_has_no_more_than_its_department() -> None:
    department = Small(says=(HAS,)).book
    assert proof(mz.check(unit(), prior=[department])) == []
    assert proof(mz.check(department, prior=[unit()])) == []
    rich = (*UNIT[:2], ("2050101", "行政运行", "120", "0"), ("2050103", "机关服务", "0", "80"))
    grown = tuple((c, n, str(int(a) * 3), b) for c, n, a, b in rich)
    for book, other in ((unit(grown), department), (department, unit(grown))):
        found = proof(mz.check(book, prior=[other]))
        assert found
        assert any("南州市测绘院" in f.message and "360万元" in f.message for f in found)


def test_the_only_unit_has_all_of_it() -> None:
    department = Small(says=("南州市测绘局由南州市测绘院一家组成，没有其他下属单位。",)).book
    assert proof(mz.check(unit(LINES), prior=[department])) == []
    alone = Small(says=("南州市测绘院承担全部业务。", "本部门没有所属单位。")).book
    found = proof(mz.check(unit(), prior=[alone]))
    assert [f.rule for f in found] and all(f.severity == "warning" for f in found)


def test_a_unit_that_the_department_does_not_name_is_somebody_elses() -> None:
    grown = tuple((c, n, str(int(a) * 9), b) for c, n, a, b in UNIT)
    assert proof(mz.check(unit(grown), prior=[Small().book])) == []
