"""A final account in three stages 年初预算数, 全年预算数, 决算数, by function and by nature."""

from __future__ import annotations

from layouts.fiscal import FISCAL, final_fiscal, fund_table
from layouts.sheet import Col, Sheet, Style, header
from layouts.tables import (
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
    left,
    listed,
    nature,
    nothing,
    side_by_side,
    spent,
    with_line_numbers,
)
from layouts.truth import Truth


def stages(style: Style, truth: Truth) -> list[Sheet]:
    """决算 in three stages: 年初预算数, 全年预算数 and 决算数, expenditure by function and by nature."""
    trio = [
        Col(("年初预算数",), any_item, {"stage": "budget"}, "budget"),
        Col(("全年预算数",), any_item, {"stage": "adjusted"}, "adjusted"),
        Col(("决算数",)),
    ]
    income: list[Line] = [
        ("一、一般公共预算财政拨款收入", came(truth, "general"), {"fund": "general"}),
        ("二、政府性基金预算财政拨款收入", came(truth, "govfund"), {"fund": "govfund"}),
        ("三、国有资本经营预算财政拨款收入", came(truth, "soe"), {"fund": "soe"}),
        ("四、上级补助收入", nothing, {"fund": "superior"}),
        ("五、事业收入", came(truth, "business"), {"fund": "business"}),
        ("六、经营收入", nothing, {"fund": "operating"}),
        ("七、附属单位上缴收入", nothing, {"fund": "affiliated"}),
        ("八、其他收入", came(truth, "other"), {"fund": "other"}),
        ("本年收入合计", came(truth), {}),
        ("年初结转和结余", brought(truth), {"flow": "carry_in"}),
        ("总计", added(came(truth), brought(truth)), {"flow": "sources"}),
    ]
    foot: list[Line] = [
        ("本年支出合计", spent(truth), {}),
        ("年末结转和结余", left(truth), {"flow": "carry_out"}),
        ("总计", added(spent(truth), left(truth)), {"flow": "uses"}),
    ]
    natures: list[Line] = [
        ("一、基本支出", spent(truth, basic), {"nature": "basic"}),
        ("　　人员经费", spent(truth, nature("personnel")), {"nature": "personnel"}),
        ("　　公用经费", spent(truth, nature("public")), {"nature": "public"}),
        ("二、项目支出", spent(truth, nature("project")), {"nature": "project"}),
        ("三、上缴上级支出", nothing, {"nature": "superior_payment"}),
        ("四、经营支出", nothing, {"nature": "operation"}),
        ("五、对附属单位补助支出", nothing, {"nature": "aid"}),
        *foot,
    ]
    rows = [
        with_line_numbers(block(style, income, trio, {"flow": "income"}), 1),
        with_line_numbers(
            block(
                style, [*class_lines(truth, any_item, True), *foot], trio, {"flow": "expenditure"}
            ),
            12,
        ),
        with_line_numbers(block(style, natures, trio, {"flow": "expenditure"}), 40),
    ]
    body = side_by_side(side_by_side(rows[0], rows[1], 3), rows[2], 3)
    head = header(
        [
            (top, leaf)
            for top, lead in (
                ("收入", "项目"),
                ("支出", "项目（按功能分类）"),
                ("支出", "项目（按支出性质和经济分类）"),
            )
            for leaf in (lead, "行次", "年初预算数", "全年预算数", "决算数")
        ]
    )
    sheets = [listed(style, 1, "收入支出决算总表", (head, body))]
    parts = account_table(
        style,
        truth,
        [
            Col(("本年支出合计",)),
            Col(("基本支出", "小计"), basic, {"nature": "basic"}),
            Col(("基本支出", "人员经费"), nature("personnel"), {"nature": "personnel"}),
            Col(("基本支出", "公用经费"), nature("public"), {"nature": "public"}),
            Col(("项目支出",), nature("project"), {"nature": "project"}),
        ],
        {"flow": "expenditure"},
        code_path=("支出功能分类科目编码",),
        name_path=("科目名称",),
        counted=True,
    )
    sheets.append(listed(style, 4, "支出决算表", parts))
    ways = [
        Col(("本年收入合计",), fresh, {}, income=True, kept="*"),
        Col(
            ("财政拨款收入", "小计"),
            both(fresh, fund(*FISCAL)),
            {"fund": "fiscal"},
            income=True,
            kept="*",
        ),
        Col(
            ("财政拨款收入", "其中：政府性基金预算"),
            both(fresh, fund("govfund")),
            {"fund": "govfund"},
            income=True,
            kept="govfund",
        ),
        Col(("事业收入",), fund("business"), {"fund": "business"}),
        Col(("其他收入",), fund("other"), {"fund": "other"}),
    ]
    parts = account_table(
        style, truth, ways, {"flow": "income"}, code_path=("支出功能分类科目编码",),
        name_path=("科目名称",), counted=True,
    )  # fmt: skip
    sheets.append(listed(style, 3, "收入决算表", parts))
    sheets.append(final_fiscal(style, truth, 5, "财政拨款收入支出决算总表", "决算数"))
    moves = [
        Col(("年初结转和结余",), late, {"flow": "carry_in"}),
        Col(("本年收入",), fresh, {"flow": "income"}, income=True, kept="general"),
        Col(("本年支出", "合计"), any_item, {"flow": "expenditure"}),
        Col(("本年支出", "基本支出"), basic, {"flow": "expenditure", "nature": "basic"}),
        Col(("本年支出", "项目支出"), nature("project"), {"flow": "expenditure", "nature": "project"}),
        Col(("年末结转和结余",), late, {"flow": "carry_out"}, kept="general"),
    ]  # fmt: skip
    parts = account_table(
        style, truth, moves, {"fund": "general"}, shown=fund("general"),
        code_path=("支出功能分类科目编码",), name_path=("科目名称",), counted=True,
    )  # fmt: skip
    sheets.append(listed(style, 7, "一般公共预算财政拨款收入支出决算表", parts))
    parts = account_table(
        style, truth, [Col(("决算数",))],
        {"flow": "expenditure", "fund": "general", "nature": "basic"}, scheme="economic",
        shown=both(fund("general"), basic), code_path=("经济分类科目编码",), name_path=("科目名称",),
    )  # fmt: skip
    sheets.append(listed(style, 8, "一般公共预算财政拨款基本支出决算表", parts))
    moves = [
        Col(c.path, c.where, c.want, kept="govfund" if c.kept else "", income=c.income)
        for c in moves
    ]
    title = "政府性基金预算财政拨款收入支出决算表"
    labels = (("支出功能分类科目编码",), ("科目名称",))
    sheets.append(fund_table(style, truth, 9, title, "govfund", moves, *labels))
    columns = [
        Col(("年初预算数",), any_item, {"stage": "budget"}, "budget"),
        Col(("全年预算数",), any_item, {"stage": "adjusted"}, "adjusted"),
        Col(("决算数",)),
    ]
    rows_of = {
        "sangong": "一、“三公”经费支出",
        "abroad": "（一）因公出国（境）费",
        "vehicle": "（二）公务用车购置及运行维护费",
        "reception": "（三）公务接待费",
        "vehicle_purchase": "1.公务用车购置费",
        "vehicle_running": "2.公务用车运行维护费",
    }
    parts = item_rows(style, truth, columns, ("abroad", "vehicle", "reception"), rows_of)
    sheets.append(listed(style, 11, "财政拨款“三公”经费支出决算表", parts))
    return sheets
