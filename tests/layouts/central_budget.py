"""Nine tables of a central budget 中央部门预算, compared with last year's execution."""

from __future__ import annotations

from layouts.fiscal import budget_fiscal, fund_table
from layouts.sheet import Col, Sheet, Style, header
from layouts.tables import (
    SANGONG_ORDERS,
    account_table,
    added,
    any_item,
    basic,
    block,
    both,
    brought,
    came,
    class_lines,
    fresh,
    fund,
    late,
    listed,
    nature,
    nothing,
    one_row,
    sangong_columns,
    side_by_side,
    spent,
)
from layouts.truth import YEAR, Truth


def budget(style: Style, truth: Truth) -> list[Sheet]:
    """预算: 表1 … 表9; the table of functions compares with last year's execution."""
    order = SANGONG_ORDERS[style.seed % 4]
    level = [Col(("预算数",))]
    income = block(
        style,
        [
            ("一、一般公共预算拨款收入", came(truth, "general"), {"fund": "general"}),
            ("二、政府性基金预算拨款收入", came(truth, "govfund"), {"fund": "govfund"}),
            ("三、国有资本经营预算拨款收入", came(truth, "soe"), {"fund": "soe"}),
            ("四、事业收入", came(truth, "business"), {"fund": "business"}),
            ("五、事业单位经营收入", nothing, {"fund": "operating"}),
            ("六、其他收入", came(truth, "other"), {"fund": "other"}),
            ("本年收入合计", came(truth), {}),
            ("使用非财政拨款结余", nothing, {"flow": "reserve_used"}),
            ("上年结转", brought(truth), {"flow": "carry_in"}),
            ("收入总计", added(came(truth), brought(truth)), {"flow": "sources"}),
        ],
        level,
        {"flow": "income"},
    )
    out = block(style, class_lines(truth, any_item, False), level, {}) + block(
        style,
        [
            ("本年支出合计", spent(truth), {}),
            ("结转下年", nothing, {"flow": "carry_out"}),
            ("支出总计", spent(truth), {"flow": "uses"}),
        ],
        level,
        {"flow": "expenditure"},
    )
    head = header([("收入", "项目"), ("收入", "预算数"), ("支出", "项目"), ("支出", "预算数")])
    sheets = [listed(style, 1, "部门收支总表", (head, side_by_side(income, out, 4)))]
    parts = account_table(
        style,
        truth,
        [
            Col(("合计",), any_item, {"flow": "sources"}),
            Col(("上年结转",), late, {"flow": "carry_in"}),
            Col(("一般公共预算拨款收入",), both(fresh, fund("general")), {"fund": "general"}),
            Col(("政府性基金预算拨款收入",), both(fresh, fund("govfund")), {"fund": "govfund"}),
            Col(("国有资本经营预算拨款收入",), both(fresh, fund("soe")), {"fund": "soe"}),
            Col(("事业收入",), fund("business"), {"fund": "business"}),
            Col(("其他收入",), fund("other"), {"fund": "other"}),
        ],
        {"flow": "income"},
        code_path=("科目", "科目编码"),
        name_path=("科目", "科目名称"),
    )
    sheets.append(listed(style, 2, "部门收入总表", parts))
    parts = account_table(
        style,
        truth,
        [
            Col(("合计",)),
            Col(("基本支出",), basic, {"nature": "basic"}),
            Col(("项目支出",), nature("project"), {"nature": "project"}),
            Col(("上缴上级支出",), lambda i: False, {"nature": "superior_payment"}),
            Col(("事业单位经营支出",), lambda i: False, {"nature": "operation"}),
            Col(("对附属单位补助支出",), lambda i: False, {"nature": "aid"}),
        ],
        {"flow": "expenditure"},
    )
    sheets.append(listed(style, 3, "部门支出总表", parts))
    sheets.append(budget_fiscal(style, truth, "财政拨款收支总表"))
    last = f"{YEAR - 1}年执行数"
    now = f"{YEAR}年预算数"
    than = f"{YEAR}年预算数比{YEAR - 1}年执行数"
    parts = account_table(
        style,
        truth,
        [
            Col((last,), any_item, {"year": YEAR - 1, "stage": "final"}, "before"),
            Col((now, "小计")),
            Col((now, "基本支出"), basic, {"nature": "basic"}),
            Col((now, "项目支出"), nature("project"), {"nature": "project"}),
            Col((than, "增减额"), any_item, {"versus": f"{YEAR - 1}:final"}, less="before"),
            Col((than, "增减%"), any_item, less="before", percent=True),
        ],
        {"flow": "expenditure", "fund": "general"},
        shown=fund("general"),
        code_path=("功能分类科目", "科目编码"),
        name_path=("功能分类科目", "科目名称"),
    )
    sheets.append(listed(style, 5, "一般公共预算支出表", parts))
    people = f"{YEAR}年基本支出"
    parts = account_table(
        style,
        truth,
        [
            Col((people, "合计")),
            Col((people, "人员经费"), nature("personnel"), {"nature": "personnel"}),
            Col((people, "公用经费"), nature("public"), {"nature": "public"}),
        ],
        {"flow": "expenditure", "fund": "general", "nature": "basic"},
        scheme="economic",
        shown=both(fund("general"), basic),
        code_path=("部门预算支出经济分类科目", "科目编码"),
        name_path=("部门预算支出经济分类科目", "科目名称"),
    )
    sheets.append(listed(style, 6, "一般公共预算基本支出表", parts))
    spending = [
        *sangong_columns(order, (f"{YEAR - 1}年预算数",), "before", {"year": YEAR - 1}),
        *sangong_columns(order, (f"{YEAR}年预算数",), "now", {}),
    ]
    sheets.append(listed(style, 7, "一般公共预算“三公”经费支出表", one_row(style, truth, spending)))
    natures = [
        Col(("本年政府性基金预算支出", "合计")),
        Col(("本年政府性基金预算支出", "基本支出"), basic, {"nature": "basic"}),
        Col(("本年政府性基金预算支出", "项目支出"), nature("project"), {"nature": "project"}),
    ]
    sheets.append(fund_table(style, truth, 8, "政府性基金预算支出表", "govfund", natures))
    natures = [Col(("本年国有资本经营预算支出", *c.path[1:]), c.where, c.want) for c in natures]
    sheets.append(fund_table(style, truth, 9, "国有资本经营预算支出表", "soe", natures))
    return sheets
