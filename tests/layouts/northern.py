"""新疆- and 浙江-like budgets: 类 款 项 in three columns, last year beside this year, codes in names."""

from __future__ import annotations

from collections.abc import Callable

from layouts.fiscal import FISCAL, budget_fiscal, fund_table
from layouts.sheet import Cell, Col, Sheet, Style, header
from layouts.tables import (
    SANGONG_ORDERS,
    Line,
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
from layouts.truth import FUNCTIONS, YEAR, Item, Truth


def northwest(style: Style, truth: Truth) -> list[Sheet]:
    """新疆-like budget: 类 款 项 in three columns, the total at the foot, 表一 表二 …"""
    sheets = []
    value = [Col(("预算数",))]
    income: list[Line] = [
        ("财政拨款（补助）", came(truth, *FISCAL), {"fund": "fiscal"}),
        ("　一般公共预算", came(truth, "general"), {"fund": "general"}),
        ("　政府性基金预算", came(truth, "govfund"), {"fund": "govfund"}),
        ("　国有资本经营预算", came(truth, "soe"), {"fund": "soe"}),
        ("财政专户管理资金", nothing, {"fund": "special"}),
        ("事业收入", came(truth, "business"), {"fund": "business"}),
        ("其他收入", came(truth, "other"), {"fund": "other"}),
        ("小计", came(truth), {}),
        ("上年结转", brought(truth), {"flow": "carry_in"}),
        ("收入总计", added(came(truth), brought(truth)), {"flow": "sources"}),
    ]
    names = {**dict(class_names(truth))}
    uses: list[Line] = [
        (
            f"{code} {names[code]}",
            spent(truth, _function(code)),
            {"flow": "expenditure", "function": code},
        )
        for code in sorted(names)
    ]
    uses += [
        ("小计", spent(truth), {}),
        ("结转下年", nothing, {"flow": "carry_out"}),
        ("支出总计", spent(truth), {"flow": "uses"}),
    ]
    head = header([("收入", "项目"), ("收入", "预算数"), ("支出", "功能分类"), ("支出", "预算数")])
    body = side_by_side(
        block(style, income, value, {"flow": "income"}),
        block(style, uses, value, {"flow": "expenditure"}),
        3,
    )
    sheets.append(listed(style, 1, "部门收支总体情况表", (head, body)))
    labels = {"code_path": ("功能分类科目编码",), "name_path": ("功能分类科目名称",)}
    parts = account_table(
        style,
        truth,
        [
            Col(("总计",), any_item, {"flow": "sources"}),
            Col(("一般公共预算",), both(fresh, fund("general")), {"fund": "general"}),
            Col(("政府性基金预算",), both(fresh, fund("govfund")), {"fund": "govfund"}),
            Col(("国有资本经营预算",), both(fresh, fund("soe")), {"fund": "soe"}),
            Col(("事业收入",), fund("business"), {"fund": "business"}),
            Col(("其他收入",), fund("other"), {"fund": "other"}),
            Col(("上年结转",), late, {"flow": "carry_in"}),
        ],
        {"flow": "income"},
        **labels,
    )
    sheets.append(listed(style, 2, "部门收入总体情况表", parts))
    swapped = style.seed % 2
    natures = [
        Col(("支出预算", "合计")),
        Col(("支出预算", "项目支出"), nature("project"), {"nature": "project"}),
        Col(("支出预算", "基本支出"), basic, {"nature": "basic"}),
    ]
    if not swapped:
        natures[1:] = natures[:0:-1]
    parts = account_table(style, truth, natures, {"flow": "expenditure"}, **labels)
    sheets.append(listed(style, 3, "部门支出总体情况表", parts))
    sheets.append(budget_fiscal(style, truth, "财政拨款收支预算总体情况表"))
    versus = {"versus": f"{YEAR - 1}:budget"}
    parts = account_table(
        style,
        truth,
        [
            Col(("上年预算数",), any_item, {"year": YEAR - 1}, "before"),
            Col(("本年预算数", "小计")),
            Col(("本年预算数", "基本支出"), basic, {"nature": "basic"}),
            Col(("本年预算数", "项目支出"), nature("project"), {"nature": "project"}),
            Col(("比上年增减", "增减额"), any_item, versus, less="before"),
            Col(("比上年增减", "增减%"), any_item, less="before", percent=True),
        ],
        {"flow": "expenditure", "fund": "general"},
        shown=fund("general"),
        **labels,
    )
    sheets.append(listed(style, 5, "一般公共预算支出情况表", parts))
    parts = account_table(
        style,
        truth,
        [
            Col(("一般公共预算基本支出", "小计")),
            Col(("一般公共预算基本支出", "人员经费"), nature("personnel"), {"nature": "personnel"}),
            Col(("一般公共预算基本支出", "公用经费"), nature("public"), {"nature": "public"}),
        ],
        {"flow": "expenditure", "fund": "general", "nature": "basic"},
        scheme="economic",
        shown=both(fund("general"), basic),
        code_path=("经济分类科目编码",),
        name_path=("经济分类科目名称",),
    )
    sheets.append(listed(style, 6, "一般公共预算基本支出情况表", parts))
    columns = sangong_columns(
        SANGONG_ORDERS[style.seed % 4], (), "now", {}, split=("小计", "购置费", "运行费")
    )
    sheets.append(
        listed(style, 8, "一般公共预算“三公”经费支出情况表", one_row(style, truth, columns))
    )
    sheets.append(fund_table(style, truth, 9, "政府性基金预算支出情况表", "govfund", natures))
    return sheets


def _function(prefix: str) -> Callable[[Item], bool]:
    return lambda i: i.function.startswith(prefix)


def class_names(truth: Truth) -> list[tuple[str, str]]:
    """(code, name) of the classes in use."""
    return [(c, FUNCTIONS[c]) for c in truth.codes("function") if len(c) == 3]


def east(style: Style, truth: Truth) -> list[Sheet]:
    """浙江/湖北-like budget: one column of codes with names in it, last year beside this year, a
    table of economic accounts by basic and project."""
    pair = [
        Col((f"{YEAR - 1}年预算数",), any_item, {"year": YEAR - 1}, "before"),
        Col((f"{YEAR}年预算数",)),
    ]
    income: list[Line] = [
        ("一、一般公共预算", came(truth, "general"), {"fund": "general"}),
        ("二、政府性基金预算", came(truth, "govfund"), {"fund": "govfund"}),
        ("三、国有资本经营预算", came(truth, "soe"), {"fund": "soe"}),
        ("四、单位资金", came(truth, "business", "other"), {"fund": "own"}),
        ("　其中：事业收入", came(truth, "business"), {"fund": "business"}),
        ("　　　　其他收入", came(truth, "other"), {"fund": "other"}),
        ("本年收入合计", came(truth), {}),
        ("上年结转结余", brought(truth), {"flow": "carry_in"}),
        ("收入总计", added(came(truth), brought(truth)), {"flow": "sources"}),
    ]
    uses: list[Line] = [
        *class_lines(truth, any_item, False),
        ("本年支出合计", spent(truth), {}),
        ("年终结转结余", nothing, {"flow": "carry_out"}),
        ("支出总计", spent(truth), {"flow": "uses"}),
    ]
    head = header(
        [
            ("收入", "项目"),
            *(("收入", *c.path) for c in pair),
            ("支出", "项目"),
            *(("支出", *c.path) for c in pair),
        ]
    )
    body = side_by_side(
        block(style, income, pair, {"flow": "income"}),
        block(style, uses, pair, {"flow": "expenditure"}),
        3,
    )
    sheets = [listed(style, 1, f"{YEAR}年部门收支预算总表", (head, body))]
    ways = [
        Col(("合计",), any_item, {"flow": "sources"}),
        Col(("上年结转",), late, {"flow": "carry_in"}),
        Col(("财政拨款收入", "小计"), both(fresh, fund(*FISCAL)), {"fund": "fiscal"}),
        Col(("财政拨款收入", "一般公共预算"), both(fresh, fund("general")), {"fund": "general"}),
        Col(("财政拨款收入", "政府性基金预算"), both(fresh, fund("govfund")), {"fund": "govfund"}),
        Col(("财政拨款收入", "国有资本经营预算"), both(fresh, fund("soe")), {"fund": "soe"}),
        Col(("单位资金", "事业收入"), fund("business"), {"fund": "business"}),
        Col(("单位资金", "其他收入"), fund("other"), {"fund": "other"}),
    ]
    parts = account_table(style, truth, ways, {"flow": "income"})
    sheets.append(listed(style, 2, f"{YEAR}年部门收入预算总表", parts))
    sheets.append(budget_fiscal(style, truth, f"{YEAR}年财政拨款收支预算总表"))
    natures = [
        Col(("合计",)),
        Col(("基本支出", "小计"), basic, {"nature": "basic"}),
        Col(("基本支出", "人员支出"), nature("personnel"), {"nature": "personnel"}),
        Col(("基本支出", "公用支出"), nature("public"), {"nature": "public"}),
        Col(("项目支出",), nature("project"), {"nature": "project"}),
    ]
    labelled = _coded(
        account_table(style, truth, natures, {"flow": "expenditure"}, name_path=("科目名称",))
    )
    sheets.append(listed(style, 3, f"{YEAR}年部门支出预算总表", labelled))
    labelled = _coded(
        account_table(
            style, truth, natures, {"flow": "expenditure", "fund": "general"}, shown=fund("general")
        )
    )
    sheets.append(listed(style, 5, f"{YEAR}年一般公共预算支出预算表", labelled))
    parts = account_table(
        style, truth, [natures[0], Col(("基本支出",), basic, {"nature": "basic"}), natures[4]],
        {"flow": "expenditure", "fund": "general"}, scheme="economic", shown=fund("general"),
        code_path=("经济科目编码",), name_path=("经济科目名称",),
    )  # fmt: skip
    sheets.append(listed(style, 6, f"{YEAR}年一般公共预算支出预算表（按经济分类）", parts))
    columns = sangong_columns(SANGONG_ORDERS[style.seed % 4], (), "now", {}, total="“三公”经费合计")
    before = sangong_columns(
        SANGONG_ORDERS[style.seed % 4], (), "before", {"year": YEAR - 1}, total="“三公”经费合计"
    )
    top, first = one_row(style, truth, columns, ("年度", f"{YEAR}年"))
    second = one_row(style, truth, before, ("年度", f"{YEAR - 1}年"))[1]
    sheets.append(listed(style, 7, f"{YEAR}年“三公”经费预算表", (top, [*second, *first])))
    sheets.append(
        fund_table(style, truth, 8, f"{YEAR}年政府性基金预算支出表", "govfund", natures[:1])
    )
    return sheets


def _coded(
    parts: tuple[list[list[str]], list[list[Cell]]],
) -> tuple[list[list[str]], list[list[Cell]]]:
    """Code and name in one cell."""
    head, body = parts
    lines: list[list[Cell]] = []
    for row in body:
        code, name, *rest = row
        lines.append([f"{code}{name}" if str(name) != "◁" else code, *rest])
    return [[*row[1:]] for row in head], lines
