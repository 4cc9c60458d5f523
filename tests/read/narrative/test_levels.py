"""Subject and amount: what a sentence says something amounts to."""

from __future__ import annotations

import pytest
from sentences import Tell

from mingzhang.model.quantity import Quantity


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("2023年部门预算收入5,255万元。", "year=2023 flow=sources"),
        ("某市档案局2023年收入预算5,255万元。", "year=2023 flow=sources"),
        ("2023年部门预算支出5,255万元。", "year=2023 flow=uses"),
        ("某市档案局预算5,255万元。", "year=2023 flow=uses"),
        ("本年收入合计5,255万元。", "year=2023 flow=income"),
        ("本年支出5,255万元。", "year=2023 flow=expenditure"),
        ("上年结转5,255万元。", "year=2023 flow=carry_in"),
        ("财政拨款收入5,255万元。", "year=2023 flow=income fund=fiscal"),
        ("一般公共预算收入预算5,255万元。", "year=2023 flow=income fund=general"),
        ("政府性基金预算支出5,255万元。", "year=2023 flow=expenditure fund=govfund"),
        ("国有资本经营预算拨款支出预算5,255万元。", "year=2023 flow=expenditure fund=soe"),
        ("事业收入5,255万元。", "year=2023 flow=income fund=business"),
        ("财政拨款支出预算5,255万元。", "year=2023 flow=expenditure fund=fiscal"),
        ("一般公共预算当年拨款5,255万元。", "year=2023 flow=expenditure fund=general"),
        ("基本支出预算数为5,255万元。", "year=2023 flow=expenditure nature=basic"),
        (
            "一般公共预算财政拨款基本支出预算5,255万元。",
            "year=2023 flow=expenditure fund=general nature=basic",
        ),
        ("项目支出5,255万元。", "year=2023 flow=expenditure nature=project"),
        ("单位预留机动经费预算数为5,255万元。", "year=2023 flow=expenditure nature=reserve"),
        ("“三公”经费预算5,255万元。", "year=2023 flow=expenditure item=sangong"),
        (
            "一般公共预算拨款安排的会议费预算支出5,255万元。",
            "year=2023 flow=expenditure item=meeting",
        ),
        ("因公出国（境）费用支出5,255万元。", "year=2023 flow=expenditure item=abroad"),
        ("公务用车购置和运行维护费5,255万元。", "year=2023 flow=expenditure item=vehicle"),
        (
            "本部门财政拨款的机关运行经费预算为5,255万元。",
            "year=2023 flow=expenditure item=running_cost",
        ),
        ("政府采购预算总额5,255万元。", "year=2023 flow=expenditure procurement=all"),
        ("拟采购货物支出5,255万元。", "year=2023 flow=expenditure procurement=goods"),
        (
            "面向中小企业预留政府采购项目预算金额5,255万元。",
            "year=2023 flow=expenditure procurement=all reserved=sme",
        ),
    ],
)
def test_subject(tell: Tell, text: str, key: str) -> None:
    assert tell(text).key("5,255") == key


def test_one_word_of_both_sides_is_one_amount_of_two_quantities(tell: Tell) -> None:
    told = tell("某市档案局2023年度收入、支出预算总计800万元。")
    assert told.key("800") == "year=2023 flow=sources"
    assert told.parts == [("year=2023 flow=uses", ["year=2023 flow=sources"], True)]


def test_the_year_is_taken_from_the_words(tell: Tell) -> None:
    told = tell("行政运行（项）2022年预算执行数为54.60万元，2023年预算安排53.84万元。")
    assert told.listed() == [
        ("54.60", "year=2022 flow=expenditure stage=final function=2012601"),
        ("53.84", "year=2023 flow=expenditure function=2012601"),
    ]


def test_stages_of_one_subject_in_a_final_account(tell: Tell) -> None:
    told = tell(
        "公务接待费支出年初预算为10万元，调整后预算为9万元，支出决算为8万元。", stage="final"
    )
    assert told.listed() == [
        ("10", "year=2023 flow=expenditure item=reception"),
        ("9", "year=2023 flow=expenditure stage=adjusted item=reception"),
        ("8", "year=2023 flow=expenditure stage=final item=reception"),
    ]


def test_a_bare_amount_belongs_to_the_subject_before_it(tell: Tell) -> None:
    told = tell("公务接待费。2023年预算数3万元，比2022年减少0.39万元。")
    assert told.key("3") == "year=2023 flow=expenditure item=reception"
    assert told.key("0.39") == "year=2023 flow=expenditure item=reception versus=2022:budget"


def test_what_nobody_knows_is_kept_in_its_paragraph(tell: Tell) -> None:
    told = tell("截至年底，固定资产总额1,000万元。")
    assert told.key("1,000") == "year=2023 part=固定资产总额 local=p0"
    assert told.figure("1,000").unread == "subject"


def test_a_word_inside_a_longer_name_is_not_enough(tell: Tell) -> None:
    """信访工作的培训费 is no 培训费 of the whole department, nor is 服务费 bought services."""
    assert "local" in (tell("窗口人员岗前培训费5万元。").key("5") or "")
    assert "local" in (tell("法律咨询服务费5万元。").key("5") or "")


def test_an_ambiguous_subject_is_what_a_table_states(tell: Tell) -> None:
    income = Quantity(year=2023, flow="income")
    sources = Quantity(year=2023, flow="sources")
    both = {sources: "1,100", income: "1,000"}
    assert tell("2023年收入预算1,000万元。", stated=both).key("1,000") == income.key
    assert tell("2023年收入预算1,100万元。", stated=both).key("1,100") == sources.key


def test_a_slip_does_not_change_what_an_amount_is_about(tell: Tell) -> None:
    """Neither reading agrees: the plain one stays, so that the slip contradicts the table."""
    both = {
        Quantity(year=2023, flow="sources"): "1,100",
        Quantity(year=2023, flow="income"): "1,000",
    }
    assert tell("2023年收入预算1,010万元。", stated=both).key("1,010") == "year=2023 flow=sources"


def test_units_of_a_department_are_parts_of_it(tell: Tell) -> None:
    told = tell("本年收入合计1,200万元，其中：局本级收入1,000万元，下属单位收入200万元。")
    units = ["year=2023 flow=income entity=局本级", "year=2023 flow=income entity=下属单位"]
    assert told.parts == [("year=2023 flow=income", units, True)]


def test_the_department_under_a_shorter_name(tell: Tell) -> None:
    told = tell("省委办公厅2023年度基本支出预算5万元。", entity="中共某某省委办公厅")
    assert told.key("5") == "year=2023 flow=expenditure nature=basic"


def test_a_year_left_over_from_last_years_book(tell: Tell) -> None:
    stated = {Quantity(year=2023, flow="uses"): "1,234.56"}
    told = tell("2022年部门预算支出1,234.56万元。", stated=stated)
    assert told.key("1,234.56") == "year=2023 flow=uses"
    assert ("stale-year", "2022") in told.notices


def test_respectively(tell: Tell) -> None:
    told = tell("基本支出、项目支出分别为900万元、400万元。")
    assert told.listed() == [
        ("900", "year=2023 flow=expenditure nature=basic"),
        ("400", "year=2023 flow=expenditure nature=project"),
    ]


def test_every_figure_has_its_place_and_label(tell: Tell) -> None:
    told = tell("公务接待费 2023 年预算数 3 万元。")
    figure = told.figures[0]
    assert (figure.id, figure.paragraph, figure.start) == ("p0.1", 0, 16)
    assert (figure.place.excerpt, figure.place.column) == ("3", 17)
    assert figure.label == "公务接待费2023年预算数"


def test_a_section_per_unit(tell: Tell) -> None:
    museum = Quantity(year=2023, flow="uses", entity="某市档案馆")
    told = tell(
        "# 一、某市档案局",
        "某市档案局预算100万元，包括人员支出60万元、项目支出40万元。",
        "# 二、某市档案馆",
        "某市档案馆预算50万元，包括人员支出30万元、公用支出20万元。",
        stated={Quantity(year=2023, flow="uses"): "150", museum: "50"},
    )
    assert told.key("100") == "year=2023 flow=uses"
    assert told.key("50") == museum.key
    assert told.key("20") == ("year=2023 flow=expenditure entity=某市档案馆 nature=public")


def test_an_organ_that_is_not_the_department_is_not_taken_for_it(tell: Tell) -> None:
    told = tell("某市博物馆支出20万元。")
    assert told.key("20") == "year=2023 flow=uses entity=某市博物馆"


def test_a_department_whose_cover_was_not_read(tell: Tell) -> None:
    told = tell("某市博物馆2023年支出预算20万元。", entity="")
    assert told.key("20") == "year=2023 flow=uses"
