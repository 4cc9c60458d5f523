"""广东- and 陕西-like budgets: indented names, 三公 in rows; a summary of three blocks, 专项 columns."""

from __future__ import annotations

from collections.abc import Callable

from layouts.fiscal import FISCAL, budget_fiscal, fund_table
from layouts.sheet import Col, Sheet, Style, header
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
    item_rows,
    late,
    listed,
    nature,
    nothing,
    one_row,
    sangong_columns,
    side_by_side,
    spent,
)
from layouts.truth import YEAR, Item, Truth

ROWS = {
    "sangong": "“三公”经费合计",
    "abroad": "1.因公出国（境）费用",
    "vehicle": "2.公务用车购置及运行维护费",
    "vehicle_purchase": "其中：（1）公务用车购置费",
    "vehicle_running": "（2）公务用车运行维护费",
    "reception": "3.公务接待费",
}


def south(style: Style, truth: Truth) -> list[Sheet]:
    """广东-like budget: names indented by full-width blanks, 三公 in rows with last year's amounts."""
    two = [Col(("预算数",))]
    income: list[Line] = [
        ("一、一般公共预算拨款", came(truth, "general"), {"fund": "general"}),
        ("二、政府性基金预算拨款", came(truth, "govfund"), {"fund": "govfund"}),
        ("三、国有资本经营预算拨款", came(truth, "soe"), {"fund": "soe"}),
        ("四、事业收入", came(truth, "business"), {"fund": "business"}),
        ("五、其他收入", came(truth, "other"), {"fund": "other"}),
        ("", None, {}),
        ("本年收入合计", came(truth), {}),
        ("上年结余结转", brought(truth), {"flow": "carry_in"}),
        ("收入总计", added(came(truth), brought(truth)), {"flow": "sources"}),
    ]
    use: list[Line] = [
        ("一、基本支出", spent(truth, basic), {"nature": "basic"}),
        ("二、项目支出", spent(truth, nature("project")), {"nature": "project"}),
        ("三、事业单位经营支出", nothing, {"nature": "operation"}),
        ("本年支出合计", spent(truth), {}),
        ("结转下年", nothing, {"flow": "carry_out"}),
        ("支出总计", spent(truth), {"flow": "uses"}),
    ]
    head = header([("收入", "项目"), ("收入", "预算数"), ("支出", "项目"), ("支出", "预算数")])
    body = side_by_side(
        block(style, income, two, {"flow": "income"}),
        block(style, use, two, {"flow": "expenditure"}),
        3,
    )
    sheets = [listed(style, 1, f"{YEAR}年部门收支总体情况表", (head, body))]
    lines: list[Line] = [
        ("一、财政拨款", came(truth, *FISCAL), {"fund": "fiscal"}),
        ("　　一般公共预算拨款", came(truth, "general"), {"fund": "general"}),
        ("　　政府性基金预算拨款", came(truth, "govfund"), {"fund": "govfund"}),
        ("　　国有资本经营预算拨款", came(truth, "soe"), {"fund": "soe"}),
        ("二、事业收入", came(truth, "business"), {"fund": "business"}),
        ("三、其他收入", came(truth, "other"), {"fund": "other"}),
        ("本年收入合计", came(truth), {}),
        ("四、上年结余结转", brought(truth), {"flow": "carry_in"}),
        ("收入总计", added(came(truth), brought(truth)), {"flow": "sources"}),
    ]
    parts = (header([("项目",), ("预算数",)]), block(style, lines, two, {"flow": "income"}))
    sheets.append(listed(style, 2, f"{YEAR}年部门收入总体情况表", parts))
    natures = [
        Col(("小计",)),
        Col(("基本支出",), basic, {"nature": "basic"}),
        Col(("项目支出",), nature("project"), {"nature": "project"}),
    ]
    parts = account_table(
        style, truth, natures, {"flow": "expenditure"}, names_only=False,
        code_path=("功能科目编码",), name_path=("功能科目名称",), empty_rows=2,
    )  # fmt: skip
    sheets.append(listed(style, 3, f"{YEAR}年部门支出总体情况表", parts))
    sheets.append(budget_fiscal(style, truth, f"{YEAR}年财政拨款收支总体情况表"))
    parts = account_table(
        style, truth, natures, {"flow": "expenditure", "fund": "general"}, shown=fund("general"),
        names_only=True, name_path=("功能科目名称",),
    )  # fmt: skip
    sheets.append(listed(style, 5, f"{YEAR}年一般公共预算支出情况表（按功能分类科目）", parts))
    parts = account_table(
        style,
        truth,
        [Col(("预算数",)), Col(("备注",), text=True)],
        {"flow": "expenditure", "fund": "general", "nature": "basic"},
        scheme="economic",
        shown=both(fund("general"), basic),
        code_path=("部门预算支出经济科目编码",),
        name_path=("部门预算支出经济科目名称",),
    )
    sheets.append(
        listed(style, 6, f"{YEAR}年一般公共预算基本支出情况表（按支出经济分类科目）", parts)
    )
    columns = [
        Col((f"{YEAR - 1}年预算数",), any_item, {"year": YEAR - 1}, "before"),
        Col((f"{YEAR}年预算数",)),
        Col(("增减额",), any_item, {"versus": f"{YEAR - 1}:budget"}, less="before"),
        Col(("增减%",), any_item, less="before", percent=True),
    ]
    parts = item_rows(style, truth, columns, ("abroad", "vehicle", "reception"), ROWS)
    sheets.append(listed(style, 8, f"{YEAR}年“三公”经费预算情况表", parts))
    sheets.append(
        fund_table(style, truth, 9, f"{YEAR}年政府性基金预算支出情况表", "govfund", natures)
    )
    sheets.append(
        fund_table(style, truth, 10, f"{YEAR}年国有资本经营预算支出情况表", "soe", natures)
    )
    return sheets


def west(style: Style, truth: Truth) -> list[Sheet]:
    """陕西-like budget: a summary of four sides, 人员/公用/专项 columns, 三公 with meetings."""
    one = [Col(("预算数",))]
    income: list[Line] = [
        ("一、部门预算", came(truth), {}),
        ("1、财政拨款", came(truth, *FISCAL), {"fund": "fiscal"}),
        ("（1）一般公共预算拨款", came(truth, "general"), {"fund": "general"}),
        ("（2）政府性基金拨款", came(truth, "govfund"), {"fund": "govfund"}),
        ("（3）国有资本经营预算收入", came(truth, "soe"), {"fund": "soe"}),
        ("2、事业收入", came(truth, "business"), {"fund": "business"}),
        ("3、其他收入", came(truth, "other"), {"fund": "other"}),
        ("本年收入合计", came(truth), {}),
        ("上年结转", brought(truth), {"flow": "carry_in"}),
        ("收入总计", added(came(truth), brought(truth)), {"flow": "sources"}),
    ]
    closing: list[Line] = [
        ("本年支出合计", spent(truth), {}),
        ("结转下年", nothing, {"flow": "carry_out"}),
        ("支出总计", spent(truth), {"flow": "uses"}),
    ]
    classes = [*class_lines(truth, any_item, True), *closing]
    economic: list[Line] = [
        ("1、人员经费和公用经费支出", spent(truth, basic), {"nature": "basic"}),
        ("（1）工资福利支出", spent(truth, both(basic, _economic("301"))), {"nature": "basic", "economic": "301"}),
        ("（2）商品和服务支出", spent(truth, both(basic, _economic("302"))), {"nature": "basic", "economic": "302"}),
        ("（3）对个人和家庭的补助", spent(truth, both(basic, _economic("303"))), {"nature": "basic", "economic": "303"}),
        ("（4）资本性支出", spent(truth, both(basic, _economic("310"))), {"nature": "basic", "economic": "310"}),
        ("2、专项业务经费支出", spent(truth, nature("project")), {"nature": "project"}),
        *closing,
    ]  # fmt: skip
    sides = [
        block(style, income, one, {"flow": "income"}),
        block(style, classes, one, {"flow": "expenditure"}),
        block(style, economic, one, {"flow": "expenditure"}),
    ]
    body = side_by_side(side_by_side(sides[0], sides[1], 3), sides[2], 3)
    head = header(
        [
            ("收入", "项目"),
            ("收入", "预算数"),
            ("支出", "支出功能分科目（按大类）"),
            ("支出", "预算数"),
            ("支出", "部门预算支出经济分类科目（按大类）"),
            ("支出", "预算数"),
        ]
    )
    sheets = [listed(style, 1, "部门综合预算收支总表", (head, body))]
    unit = ("单位名称", "安州县林业局")
    ways = [
        Col(("合计",), any_item, {"flow": "sources"}),
        Col(("一般公共预算拨款",), both(fresh, fund("general")), {"fund": "general"}),
        Col(("政府性基金拨款",), both(fresh, fund("govfund")), {"fund": "govfund"}),
        Col(("国有资本经营预算收入",), both(fresh, fund("soe")), {"fund": "soe"}),
        Col(("上级补助收入",), lambda i: False, {"fund": "superior"}),
        Col(("事业收入",), fund("business"), {"fund": "business"}),
        Col(("其他收入",), fund("other"), {"fund": "other"}),
        Col(("上年结转",), late, {"flow": "carry_in"}),
    ]
    parts = one_row(style, truth, ways, unit, "income")
    sheets.append(listed(style, 2, "部门综合预算收入总表", parts))
    ways = [
        Col(("合计",)),
        Col(("公共预算拨款",), fund("general"), {"fund": "general"}),
        Col(("政府性基金拨款",), fund("govfund"), {"fund": "govfund"}),
        Col(("国有资本经营预算",), fund("soe"), {"fund": "soe"}),
        Col(("事业收入",), fund("business"), {"fund": "business"}),
        Col(("其他收入",), fund("other"), {"fund": "other"}),
    ]
    parts = one_row(style, truth, ways, unit)
    sheets.append(listed(style, 3, "部门综合预算支出总表", parts))
    sheets.append(budget_fiscal(style, truth, "部门综合预算财政拨款收支总表"))
    natures = [
        Col(("合计",)),
        Col(("人员经费支出",), nature("personnel"), {"nature": "personnel"}),
        Col(("公用经费支出",), nature("public"), {"nature": "public"}),
        Col(("专项业务经费支出",), nature("project"), {"nature": "project"}),
        Col(("备注",), text=True),
    ]
    general = {"flow": "expenditure", "fund": "general"}
    parts = account_table(
        style, truth, natures, general, shown=fund("general"),
        code_path=("功能科目编码",), name_path=("功能科目名称",),
    )  # fmt: skip
    sheets.append(listed(style, 5, "部门综合预算一般公共预算支出明细表（按功能科目分）", parts))
    parts = account_table(
        style, truth, natures, general, scheme="economic", shown=fund("general"),
        code_path=("部门经济科目编码",), name_path=("部门经济科目名称",),
    )  # fmt: skip
    sheets.append(listed(style, 6, "部门综合预算一般公共预算支出明细表（按经济分类科目分）", parts))
    parts = account_table(
        style, truth, [natures[0], natures[1], natures[2], natures[4]],
        {**general, "nature": "basic"}, shown=both(fund("general"), basic),
        code_path=("功能科目编码",), name_path=("功能科目名称",),
    )  # fmt: skip
    sheets.append(listed(style, 7, "部门综合预算一般公共预算基本支出明细表（按功能科目分）", parts))
    order = SANGONG_ORDERS[style.seed % 4]
    columns = [
        *sangong_columns(order, (f"{YEAR - 1}年",), "before", {"year": YEAR - 1}),
        *sangong_columns(order, (f"{YEAR}年",), "now", {}),
    ]
    moved = sangong_columns(order, ("增减变化情况",), "now", {"versus": f"{YEAR - 1}:budget"})
    columns += [Col(c.path, c.where, c.want, "now", "before") for c in moved]
    sheets.append(
        listed(
            style, 13, "部门综合预算一般公共预算拨款“三公”经费预算表",
            one_row(style, truth, columns, ("单位名称", "安州县林业局")),
        )
    )  # fmt: skip
    for n, kind, word in (
        (9, "govfund", "政府性基金收支表"),
        (10, "soe", "国有资本经营预算支出表"),
    ):
        plain = [Col(c.path, c.where, c.want) for c in natures[:4:3]]
        sheets.append(fund_table(style, truth, n, f"部门综合预算{word}", kind, plain))
    return sheets


def _economic(prefix: str) -> Callable[[Item], bool]:
    return lambda i: i.economic.startswith(prefix)
