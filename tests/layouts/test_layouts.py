"""Books of layouts that no shared book has: read whole, understood, linked, and never blamed.

What each test of a small table holds was found wrong first on the made books of this folder.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

import pytest

import mingzhang as mz
from layouts.books import LAYOUTS, make, read, score
from layouts.printing import FORMATS
from mingzhang.catalog.statements import kind_of, short_title
from mingzhang.model.claim import Ratio

FORMS = tuple(FORMATS)
# the tables of one layout have lines whose words do not say what they are (一、部门预算)
UNSAID = {"west": Decimal("0.96")}
CASES = [
    (layout, seed, FORMS[(k + 2 * seed) % len(FORMS)])
    for k, layout in enumerate(LAYOUTS)
    for seed in range(3)
]


@pytest.mark.parametrize(("layout", "seed", "form"), CASES)
def test_a_right_book_of_another_layout(layout: str, seed: int, form: str) -> None:
    made = make(layout, seed)
    book = read(made, form)
    found = score(made, book, LAYOUTS[layout].final)
    least = UNSAID.get(layout, Decimal(1))
    assert found.placed == found.figures and found.heard == found.words, found.faults[:5]
    assert found.meant >= least * found.figures, found.faults[:5]
    report = mz.check(book)
    blamed = [(f.rule, f.message) for f in report.findings if f.severity != "note"]
    assert not blamed
    assert report.coverage.linked >= Decimal("0.97") * report.coverage.figures


def told(table: str, title: str, before: str = "") -> tuple[mz.Book, dict[str, mz.Figure]]:
    """A book with one table, and its figures by their text (each may stand once)."""
    text = f"# 2024年安州县林业局部门预算\n\n{before}\n\n表1\n\n{title}\n\n单位：万元\n\n{table}\n"
    book = mz.read_text(text)
    return book, {f.text: f for f in book.figures if not f.in_prose}


def meaning(figure: mz.Figure) -> Mapping[str, object]:
    assert figure.quantity is not None, figure.label
    return {
        k: v for k, v in figure.quantity._asdict().items() if v and k not in ("year", "measure")
    }


ROWS = "201\t一般公共服务支出\t{}\n205\t教育支出\t{}"


def test_a_row_that_numbers_the_columns_says_nothing_about_them() -> None:
    _, seen = told(
        "科目编码\t科目名称\t本年支出合计\t基本支出\t项目支出\n栏次\t\t1\t2\t3\n"
        "合计\t\t50\t32\t18\n201\t一般公共服务支出\t50\t32\t18".replace(
            "50\t32\t18\n201", "70\t41\t29\n201"
        ),
        "部门支出总表",
    )
    assert meaning(seen["41"])["nature"] == "basic"
    assert meaning(seen["18"])["nature"] == "project"


def test_a_table_that_goes_on_under_its_title_with_xu_is_one_table() -> None:
    head = "科目编码\t科目名称\t合计\n"
    text = (
        "# 2024年安州县林业局部门预算\n\n部门支出总表\n\n单位：万元\n\n"
        f"{head}合计\t\t9\n201\t一般公共服务支出\t5\n\n部门支出总表（续）\n\n单位：万元\n\n{head}205\t教育支出\t4\n"
    )
    book = mz.read_text(text)
    assert [len(s.rows) for s in book.statements] == [3]
    assert mz.check(book.with_figure("s0.2.2", "7")).verdict == "contradictory"


def test_income_with_what_was_carried_over_is_a_total_with_it() -> None:
    book, seen = told(
        "科目编码\t科目名称\t合计\t上年结转\t一般公共预算拨款收入\n"
        "合计\t\t90\t20\t70\n201\t一般公共服务支出\t51\t11\t40\n205\t教育支出\t39\t9\t30",
        "部门收入总表",
    )
    assert meaning(seen["51"]) == {"flow": "sources", "stage": "budget", "function": "201"}
    assert mz.check(book).verdict == "consistent"
    assert mz.check(book.with_figure(seen["11"].id, "17")).verdict == "contradictory"


def test_a_header_holds_this_budget_against_last_years_execution() -> None:
    _, seen = told(
        "科目编码\t科目名称\t2023年执行数\t2024年预算数\t2024年预算数比2023年执行数\t\n"
        "\t\t\t\t增减额\t增减%\n201\t一般公共服务支出\t40\t50\t10\t25.00",
        "一般公共预算支出表",
    )
    assert seen["40"].quantity is not None and seen["40"].quantity.year == 2023
    assert meaning(seen["40"])["stage"] == "final"
    assert meaning(seen["10"])["versus"] == "2023:final"


@pytest.mark.parametrize(("word", "stage"), [("上年预算数", "budget"), ("上年决算数", "final")])
def test_a_column_of_last_year_without_its_number(word: str, stage: str) -> None:
    _, seen = told(
        f"科目编码\t科目名称\t{word}\t本年预算数\n201\t一般公共服务支出\t40\t50",
        "一般公共预算支出表",
    )
    assert seen["40"].quantity is not None
    assert (seen["40"].quantity.year, seen["40"].quantity.stage) == (2023, stage)


GROWN = "科目编码\t科目名称\t2023年预算数\t2024年预算数\t增减%\n201\t一般公共服务支出\t40\t50\t{}\n205\t教育支出\t80\t60\t{}"


def test_a_column_of_growth_is_held_against_its_amounts() -> None:
    book, _ = told(GROWN.format("25.00", "-25.00"), "一般公共预算支出表")
    assert [c.kind for c in book.claims if isinstance(c, Ratio)] == ["growth", "growth"]
    assert mz.check(book).verdict == "consistent"
    slip = next(f for f in book.figures if f.text == "-25.00")
    report = mz.check(book.with_figure(slip.id, "-52.00"))
    assert any(slip.id in {s.figure for s in f.suspects} for f in report.findings)


def test_a_column_of_percentages_that_its_lines_do_not_bear_out_is_left_alone() -> None:
    book, seen = told(GROWN.format("44.44", "33.33"), "一般公共预算支出表")
    assert not [c for c in book.claims if isinstance(c, Ratio)]
    assert seen["44.44"].quantity is None and seen["44.44"].unread == "percent-column"


def test_a_percentage_over_nothing_is_not_judged() -> None:
    book, _ = told(
        GROWN.format("25.00", "-25.00") + "\n206\t科学技术支出\t0\t7\t100.00", "一般公共预算支出表"
    )
    assert len([c for c in book.claims if isinstance(c, Ratio)]) == 2
    assert mz.check(book).verdict == "consistent"


def test_staff_beside_running_costs_alone_is_all_personnel() -> None:
    head = "科目编码\t科目名称\t合计\t人员支出\t公用支出"
    _, seen = told(f"{head}\n201\t一般公共服务支出\t30\t21\t9", "一般公共预算基本支出表")
    assert meaning(seen["21"])["nature"] == "personnel"
    _, seen = told(
        f"{head}\t对个人和家庭的补助\n201\t一般公共服务支出\t34\t21\t9\t4", "一般公共预算基本支出表"
    )
    assert meaning(seen["21"])["nature"] == "wages"


def test_lines_that_repeat_in_a_table_nobody_knows_are_not_held_together() -> None:
    book, _ = told(
        "项目\t金额\n一般公共预算拨款\t30\n上年结转\t5\n一般公共预算拨款\t4\n政府性基金\t1",
        "资金安排一览",
        "2024年部门预算的收入和支出由财政拨款安排。",
    )
    assert book.statements[0].kind == ""
    assert mz.check(book).verdict == "consistent"
    assert sum(n.text == "一般公共预算拨款" for n in book.notices) == 2


def test_a_total_label_that_runs_over_a_whole_block_belongs_to_the_next_amount() -> None:
    _, seen = told(
        "人员经费\t\t\t公用经费\t\t\t公用经费\t\t\n"
        + "科目编码\t科目名称\t预算数\t" * 2
        + "科目编码\t科目名称\t预算数\n"
        "301\t工资福利支出\t8\t302\t商品和服务支出\t3\t310\t资本性支出\t2\n"
        "人员经费合计\t\t81\t公用经费合计\t\t\t\t\t53",
        "一般公共预算基本支出表",
    )
    assert meaning(seen["53"])["nature"] == "public"


def test_a_column_of_words_names_its_lines_whatever_its_header_says() -> None:
    _, seen = told(
        "收入\t\t支出\t\n项目\t预算数\t支出功能分科目（按大类）\t预算数\n"
        "一、财政拨款\t60\t一、教育支出\t52\n收入总计\t61\t支出总计\t62",
        "部门收支总表",
    )
    assert meaning(seen["52"])["function"] == "205"


@pytest.mark.parametrize(
    ("title", "short"),
    [
        ("附表3-4 2024年财政拨款收支总体情况表", "财政拨款收支总体情况表"),
        ("表062024年一般公共预算支出预算表", "一般公共预算支出预算表"),
        ("财决公开01表 收入支出决算总表", "收入支出决算总表"),
        ("部门公开表2 部门收入总表", "收入总表"),
        ("表7一般公共预算支出表", "一般公共预算支出表"),
        ("支出决算表（续）", "支出决算表"),
        ("部门综合预算收支总表", "收支总表"),
    ],
)
def test_a_number_before_a_title_is_no_part_of_it(title: str, short: str) -> None:
    assert short_title(title) == short
    assert kind_of(title) is not None


def test_the_budget_that_was_carried_out_is_no_new_subject() -> None:
    text = (
        "# 2024年安州县林业局部门决算\n\n## 三公经费支出决算情况说明\n\n"
        "公务接待费支出决算为6.00万元，完成全年预算8.00万元的75%，比上年决算数增加1.00万元，增长20%；"
        "因公出国（境）费支出决算为0万元，完成预算0万元的--%（基数为0，不可比）。\n"
    )
    book = mz.read_text(text)
    seen = {f.text: f for f in book.figures}
    assert meaning(seen["8.00"]) == {
        "flow": "expenditure",
        "stage": "adjusted",
        "item": "reception",
    }
    assert meaning(seen["1.00"])["versus"] == "2023:final"
    assert len([f for f in book.figures if f.value == 0]) == 2, "基数为0 states no amount"
    kinds = [c.kind for c in book.claims if isinstance(c, Ratio)]
    assert sorted(kinds) == ["execution", "growth"]
    assert mz.check(book).verdict == "consistent"
    assert mz.check(book.with_figure(seen["75"].id, "57")).verdict == "contradictory"


UNITS = (
    "单位名称\t合计\t基本支出\t项目支出{}\n安州县林业局\t{}\n安州县林业局本级\t{}\n"
    "安州县林业站\t{}\n合计\t{}"
)


def test_a_total_below_the_units_is_not_the_last_units() -> None:
    rows = ("130\t100\t30", "90\t75\t15", "40\t25\t15", "130\t100\t30")
    book, _ = told(UNITS.format("", *rows), "部门支出总表")
    assert mz.check(book).verdict == "consistent"
    slip = next(f for f in book.figures if f.text == "75")
    assert mz.check(book.with_figure(slip.id, "57")).verdict == "contradictory"


def test_a_total_beside_a_column_it_may_or_may_not_hold_is_not_asked_for() -> None:
    rows = ("130\t100\t20\t10", "90\t70\t15\t5", "40\t30\t5\t5", "130\t100\t20\t10")
    book, _ = told(UNITS.format("\t上年结转", *rows), "部门支出总表")
    assert mz.check(book).verdict == "consistent"
    assert "合计" in {n.text for n in book.notices}


def test_carried_over_by_nature_with_a_row_of_numbers_under_the_codes() -> None:
    book, seen = told(
        "功能分类科目编码\t科目名称\t年初结转和结余\t\t\t本年支出\t年末结转和结余\t\t\n"
        "\t\t合计\t基本支出结转\t项目支出结转和结余\t\t合计\t项目支出结转\t项目支出结余\n"
        "类款项\t栏次\t1\t2\t3\t4\t5\t6\t7\n"
        "201\t一般公共服务支出\t31\t11\t20\t96\t15\t14\t1",
        "一般公共预算财政拨款收入支出决算表",
    )
    assert len(book.statements[0].rows) == 1
    assert meaning(seen["11"])["flow"] == "carry_in" and meaning(seen["11"])["nature"] == "basic"
    assert mz.check(book).verdict == "consistent"
    assert mz.check(book.with_figure(seen["20"].id, "50")).verdict == "contradictory"
