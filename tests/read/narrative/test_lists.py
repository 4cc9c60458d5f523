"""Lists: a whole and its parts."""

from __future__ import annotations

from sentences import Tell

SPENT = "year=2023 flow=expenditure"


def test_including(tell: Tell) -> None:
    told = tell(
        "某市档案局预算100万元，包括人员支出60万元、公用支出20万元、"
        "对个人和家庭的补助支出5万元、项目支出15万元。"
    )
    parts = [f"{SPENT} nature={n}" for n in ("wages", "public", "subsidy", "project")]
    assert told.parts == [("year=2023 flow=uses", parts, True)]


def test_personnel_where_the_book_keeps_nothing_apart(tell: Tell) -> None:
    told = tell("基本支出80万元，其中：人员支出60万元、公用支出20万元。")
    assert told.key("60") == f"{SPENT} nature=personnel"


def test_of_which_that_exhaust_a_dimension_are_all(tell: Tell) -> None:
    """货物, 工程 and 服务 are the whole whatever they add up to: a slip must show."""
    told = tell("政府采购预算100万元，其中：货物采购20万元、工程采购0万元、服务采购70万元。")
    assert [complete for _, _, complete in told.parts] == [True]


def test_of_which_that_do_not_add_up_are_some(tell: Tell) -> None:
    told = tell("收入预算100万元，其中：事业收入20万元，其他收入10万元。")
    assert [complete for _, _, complete in told.parts] == [False]


def test_of_which_that_add_up_but_for_rounding_are_all(tell: Tell) -> None:
    told = tell("收入预算101万元，其中：事业收入20万元，其他收入80万元。")
    assert [complete for _, _, complete in told.parts] == [True]
    told = tell("收入预算102万元，其中：事业收入20万元，其他收入80万元。")
    assert [complete for _, _, complete in told.parts] == [False]


def test_one_part_is_never_all(tell: Tell) -> None:
    told = tell("收入预算100万元，其中：财政拨款收入100万元。")
    assert told.parts == [("year=2023 flow=sources", ["year=2023 flow=income fund=fiscal"], False)]


def test_project_parts_in_their_own_words(tell: Tell) -> None:
    told = tell(
        "项目支出50万元，具体包括：",
        "1. 馆舍运行项目预算30万元，主要包括保安、保洁支出20万元，用于馆舍保安、保洁；"
        "水电支出10万元，包括水费、电费等。",
        "2. 档案修复预算20万元。",
        projects={"馆舍运行": "馆舍运行", "档案修复": "档案修复"},
    )
    project = f"{SPENT} nature=project project=馆舍运行"
    assert told.key("20") == f"{project} part=保安、保洁支出"
    assert (
        project,
        [f"{project} part=保安、保洁支出", f"{project} part=水电支出"],
        True,
    ) in told.parts
    assert (
        f"{SPENT} nature=project",
        [project, f"{SPENT} nature=project project=档案修复"],
        True,
    ) in told.parts


def test_inner_lists_close_before_outer_ones(tell: Tell) -> None:
    told = tell(
        "“三公”经费12万元，其中：因公出国（境）费0万元，公务用车购置及运行费10万元"
        "（其中：公务用车购置费4万元，公务用车运行费6万元），公务接待费2万元。"
    )
    item = f"{SPENT} item="
    assert sorted(told.parts) == [
        (f"{item}sangong", [f"{item}abroad", f"{item}vehicle", f"{item}reception"], True),
        (f"{item}vehicle", [f"{item}vehicle_purchase", f"{item}vehicle_running"], True),
    ]


def test_a_list_of_words_without_amounts_takes_no_later_amount(tell: Tell) -> None:
    told = tell(
        "基本支出80万元。其中：人员经费60万元，主要包括：基本工资、津贴补贴；"
        "公用经费20万元，主要包括：办公费、印刷费。"
    )
    assert told.parts == [
        (f"{SPENT} nature=basic", [f"{SPENT} nature=personnel", f"{SPENT} nature=public"], True)
    ]


def test_parts_in_the_numbered_paragraphs_below(tell: Tell) -> None:
    told = tell(
        "# 一、收支预算总体情况说明",
        "（一）收入预算总计100万元。包括：",
        "1．财政拨款收入预算总计90万元。",
        "（1）一般公共预算收入预算80万元。",
        "（2）政府性基金收入预算10万元。",
        "2．其他资金收入预算总计10万元。",
        "（二）支出预算总计100万元。",
        "此外，基本支出预算数为60万元。",
    )
    fiscal = "year=2023 flow=income fund=fiscal"
    assert sorted(told.parts) == [
        (
            fiscal,
            ["year=2023 flow=income fund=general", "year=2023 flow=income fund=govfund"],
            True,
        ),
        ("year=2023 flow=sources", [fiscal, "year=2023 flow=income fund=own"], True),
    ]


def test_parts_in_unnumbered_paragraphs_below(tell: Tell) -> None:
    told = tell(
        "# 三、支出预算情况说明",
        "本年支出预算合计100万元，其中：",
        "基本支出60万元，占60%；",
        "项目支出40万元，占40%。",
    )
    assert told.parts == [(SPENT, [f"{SPENT} nature=basic", f"{SPENT} nature=project"], True)]


def test_income_of_the_year_that_lists_what_was_carried_over_means_all_sources(tell: Tell) -> None:
    told = tell("本年收入预算合计100万元，其中：财政拨款收入90万元，上年结转资金10万元。")
    assert told.parts[0][0] == "year=2023 flow=sources"


def test_accounts_below_headings_without_amounts(tell: Tell) -> None:
    told = tell(
        "# 五、财政拨款支出预算情况说明",
        "某市档案局2023年财政拨款预算支出30万元。其中：",
        "（一）一般公共服务（类）",
        "1. 档案事务（款）行政运行（项）支出10万元。",
        "2. 档案事务（款）档案馆（项）支出15万元。",
        "（二）住房保障支出（类）",
        "1. 住房改革支出（款）住房公积金（项）5万元。",
    )
    fiscal = f"{SPENT} fund=fiscal"
    codes = ("2012601", "2012604", "2210201")
    assert told.parts == [(fiscal, [f"{fiscal} function={c}" for c in codes], True)]


def test_one_list_per_stage(tell: Tell) -> None:
    told = tell(
        "一般公共预算财政拨款支出年初预算为30万元，支出决算为27万元。其中：",
        "1、档案事务（款）行政运行（项）。年初预算为20万元，支出决算为18万元。",
        "2、档案事务（款）档案馆（项）。年初预算为10万元，支出决算为9万元。",
        stage="final",
    )
    budget = "year=2023 flow=expenditure fund=general"
    final = "year=2023 flow=expenditure stage=final fund=general"
    assert told.parts == [
        (budget, [f"{budget} function={c}" for c in ("2012601", "2012604")], True),
        (final, [f"{final} function={c}" for c in ("2012601", "2012604")], True),
    ]


def test_money_of_projects_with_goals_is_some_of_all_projects(tell: Tell) -> None:
    told = tell("2023年度，编报绩效目标的项目共12个，涉及项目预算资金42万元。")
    project = f"{SPENT} nature=project"
    assert told.key("42") == f"{project} part=绩效目标"
    assert told.parts == [(project, [f"{project} part=绩效目标"], False)]


def test_all_projects_are_all_projects(tell: Tell) -> None:
    told = tell("2023年所有项目支出预算纳入部门预算绩效管理，涉及预算资金42万元。")
    assert told.key("42") == f"{SPENT} nature=project"


def test_money_for_a_purpose_is_a_part_and_not_the_subject_again(tell: Tell) -> None:
    told = tell("项目支出150万元，其中：安排100万元用于馆舍修缮，安排50万元用于业务培训。")
    assert told.key("100") == "year=2023 part=用于馆舍修缮 local=p0"
    ((whole, parts, complete),) = told.parts
    assert whole == f"{SPENT} nature=project"
    assert len(parts) == 2 and complete
