"""Nine tables of a central final account 中央部门决算: 公开01表 … with 行次 and 栏次."""

from __future__ import annotations

from layouts.fiscal import final_fiscal, fiscal, fund_table
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
    left,
    listed,
    nature,
    nothing,
    one_row,
    sangong_columns,
    side_by_side,
    spent,
    with_line_numbers,
)
from layouts.truth import ECONOMICS, Truth


def final(style: Style, truth: Truth) -> list[Sheet]:
    """决算: 公开01表 … 公开09表, with 行次 beside the labels and 栏次 under the headers."""
    order = SANGONG_ORDERS[style.seed % 4]
    level = [Col(("决算数",))]
    income = block(
        style,
        [
            ("一、一般公共预算财政拨款收入", came(truth, "general"), {"fund": "general"}),
            ("二、政府性基金预算财政拨款收入", came(truth, "govfund"), {"fund": "govfund"}),
            ("三、国有资本经营预算财政拨款收入", came(truth, "soe"), {"fund": "soe"}),
            ("四、上级补助收入", nothing, {"fund": "superior"}),
            ("五、事业收入", came(truth, "business"), {"fund": "business"}),
            ("六、经营收入", nothing, {"fund": "operating"}),
            ("七、附属单位上缴收入", nothing, {"fund": "affiliated"}),
            ("八、其他收入", came(truth, "other"), {"fund": "other"}),
            ("本年收入合计", came(truth), {}),
            ("使用非财政拨款结余（含专用结余）", nothing, {"flow": "reserve_used"}),
            ("年初结转和结余", brought(truth), {"flow": "carry_in"}),
            ("总计", added(came(truth), brought(truth)), {"flow": "sources"}),
        ],
        level,
        {"flow": "income"},
    )
    expenses = block(style, class_lines(truth, any_item, True), level, {}) + block(
        style,
        [
            ("本年支出合计", spent(truth), {}),
            ("结余分配", nothing, {"flow": "distribution"}),
            ("年末结转和结余", left(truth), {"flow": "carry_out"}),
            ("总计", added(spent(truth), left(truth)), {"flow": "uses"}),
        ],
        level,
        {"flow": "expenditure"},
    )
    body = side_by_side(
        with_line_numbers(income, 1), with_line_numbers(expenses, len(income) + 1), 4
    )
    head = header(
        [
            ("收入", "项目"),
            ("收入", "行次"),
            ("收入", "金额"),
            ("支出", "项目"),
            ("支出", "行次"),
            ("支出", "金额"),
        ]
    )
    sheets = [
        listed(
            style, 1, "收入支出决算总表", (head, body),
            ["注：本表反映部门本年度的总收支和年末结转结余情况。"],
        )
    ]  # fmt: skip
    path = ("项目", "科目编码")
    name = ("项目", "科目名称")
    came_in = [
        Col(("本年收入合计",), fresh, {}, income=True, kept="*"),
        Col(("财政拨款收入",), both(fresh, fiscal), {"fund": "fiscal"}, income=True, kept="*"),
        Col(("上级补助收入",), lambda i: False, {"fund": "superior"}),
        Col(("事业收入",), fund("business"), {"fund": "business"}),
        Col(("经营收入",), lambda i: False, {"fund": "operating"}),
        Col(("附属单位上缴收入",), lambda i: False, {"fund": "affiliated"}),
        Col(("其他收入",), fund("other"), {"fund": "other"}),
    ]
    parts = account_table(
        style, truth, came_in, {"flow": "income"}, shown=lambda i: fresh(i) or bool(truth.left),
        code_path=path, name_path=name, counted=True,
    )  # fmt: skip
    sheets.append(
        listed(style, 2, "收入决算表", parts, ["注：本表反映部门本年度取得的各项收入情况。"])
    )
    paid = [
        Col(("本年支出合计",)),
        Col(("基本支出",), basic, {"nature": "basic"}),
        Col(("项目支出",), nature("project"), {"nature": "project"}),
        Col(("上缴上级支出",), lambda i: False, {"nature": "superior_payment"}),
        Col(("经营支出",), lambda i: False, {"nature": "operation"}),
        Col(("对附属单位补助支出",), lambda i: False, {"nature": "aid"}),
    ]
    parts = account_table(
        style, truth, paid, {"flow": "expenditure"}, code_path=path, name_path=name, counted=True
    )
    sheets.append(listed(style, 3, "支出决算表", parts, ["注：本表反映部门本年度各项支出情况。"]))
    sheets.append(final_fiscal(style, truth, 4, "财政拨款收入支出决算总表", "决算数"))
    natures = [
        Col(("本年支出", "小计")),
        Col(("本年支出", "基本支出"), basic, {"nature": "basic"}),
        Col(("本年支出", "项目支出"), nature("project"), {"nature": "project"}),
    ]
    base = {"flow": "expenditure", "fund": "general"}
    parts = account_table(
        style, truth, natures, base, shown=fund("general"), code_path=path, name_path=name,
        counted=True,
    )  # fmt: skip
    sheets.append(
        listed(
            style, 5, "一般公共预算财政拨款支出决算表", parts,
            ["注：本表反映部门本年度一般公共预算财政拨款支出情况。"],
        )
    )  # fmt: skip
    sheets.append(_three_blocks(style, truth, 6, "一般公共预算财政拨款基本支出决算明细表"))
    both_stages = [
        *sangong_columns(order, ("预算数",), "budget", {"stage": "budget"}, split=("小计", "公务用车购置费", "公务用车运行维护费")),
        *sangong_columns(order, ("决算数",), "now", {}, split=("小计", "公务用车购置费", "公务用车运行维护费")),
    ]  # fmt: skip
    head, row = one_row(style, truth, both_stages)
    head.append([str(n + 1) for n in range(len(both_stages))])
    sheets.append(
        listed(
            style, 9, "财政拨款“三公”经费支出决算表", (head, row),
            ["注：本表反映部门本年度财政拨款“三公”经费支出预决算情况。"],
        )
    )  # fmt: skip
    moves = [
        Col(("年初结转和结余",), late, {"flow": "carry_in"}),
        Col(("本年收入",), fresh, {"flow": "income"}, income=True, kept="govfund"),
        Col(("本年支出", "小计"), any_item, {"flow": "expenditure"}),
        Col(("本年支出", "基本支出"), basic, {"flow": "expenditure", "nature": "basic"}),
        Col(("本年支出", "项目支出"), nature("project"), {"flow": "expenditure", "nature": "project"}),
        Col(("年末结转和结余",), late, {"flow": "carry_out"}, kept="govfund"),
    ]  # fmt: skip
    sheets.append(
        fund_table(
            style, truth, 7, "政府性基金预算财政拨款收入支出决算表", "govfund", moves, path, name
        )
    )
    states = [Col(c.path, c.where, {**c.want, "flow": "expenditure"}) for c in natures]
    sheets.append(
        fund_table(style, truth, 8, "国有资本经营预算财政拨款支出决算表", "soe", states, path, name)
    )
    return sheets


def _three_blocks(style: Style, truth: Truth, n: int, title: str) -> Sheet:
    """基本支出 by economic account: 人员经费 in one block, 公用经费 in the next two."""
    mine = both(fund("general"), basic)
    base = {"flow": "expenditure", "fund": "general", "nature": "basic"}

    def rows(codes: list[str]) -> list[list[object]]:
        out = []
        for code in codes:
            fen = truth.sum(lambda i, c=code: mine(i) and i.economic.startswith(c))
            out.append([code, ECONOMICS[code], style.money(fen, {**base, "economic": code})])
        return out

    used = truth.codes("economic", mine)
    staff = rows([c for c in used if c[:3] in ("301", "303")])
    running = rows([c for c in used if c[:3] in ("302", "310")])
    half = (len(running) + 1) // 2
    blocks = [staff, running[:half], running[half:]]
    deep = max(map(len, blocks))
    body = [
        [x for b in blocks for x in (b[k] if k < len(b) else ["", "", ""])] for k in range(deep)
    ]
    people = truth.sum(both(mine, nature("personnel")))
    others = truth.sum(both(mine, nature("public")))
    body.append(
        [
            "人员经费合计", "◁", style.money(people, {**base, "nature": "personnel"}),
            "公用经费合计", "◁", "◁", "◁", "◁", style.money(others, {**base, "nature": "public"}),
        ]
    )  # fmt: skip
    head = header(
        [
            (top, leaf)
            for top in ("人员经费", "公用经费", "公用经费")
            for leaf in ("科目编码", "科目名称", "决算数")
        ]
    )
    return listed(style, n, title, (head, body))  # type: ignore[arg-type]
