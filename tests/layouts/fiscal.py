"""Money of the budget alone: 财政拨款收支 summaries and tables of one fund."""

from __future__ import annotations

from layouts.sheet import Col, Sheet, Style, header
from layouts.tables import (
    account_table,
    added,
    block,
    brought,
    came,
    class_lines,
    fund,
    left,
    listed,
    nothing,
    side_by_side,
    spent,
    with_line_numbers,
)
from layouts.truth import YEAR, Item, Truth

FISCAL = ("general", "govfund", "soe")


def fiscal(i: Item) -> bool:
    return i.fund in FISCAL


def fund_table(
    style: Style,
    truth: Truth,
    n: int,
    title: str,
    which: str,
    columns: list[Col],
    code_path: tuple[str, ...] = ("科目编码",),
    name_path: tuple[str, ...] = ("科目名称",),
) -> Sheet:
    """A table of one fund, with a sentence where the department has none of it."""
    parts = account_table(
        style, truth, columns, {"fund": which, "flow": "expenditure"}, shown=fund(which),
        code_path=code_path, name_path=name_path,
    )  # fmt: skip
    word = {"govfund": "政府性基金预算", "soe": "国有资本经营预算"}[which]
    notes = []
    if not truth.codes("function", fund(which)):
        parts = (parts[0], [["" for _ in parts[1][0]]])
        notes = [f"注：本部门{YEAR}年没有使用{word}拨款安排的支出，故本表为空表。"]
    return listed(style, n, title, parts, notes)


def final_fiscal(style: Style, truth: Truth, n: int, title: str, word: str) -> Sheet:
    """财政拨款收支: income in one column, expenditure in one column for each budget."""
    money = [Col(("金额",))]
    into = block(
        style,
        [
            ("一、一般公共预算财政拨款", came(truth, "general"), {"fund": "general"}),
            ("二、政府性基金预算财政拨款", came(truth, "govfund"), {"fund": "govfund"}),
            ("三、国有资本经营预算财政拨款", came(truth, "soe"), {"fund": "soe"}),
            ("本年收入合计", came(truth, *FISCAL), {"fund": "fiscal"}),
            ("年初财政拨款结转和结余", brought(truth, *FISCAL), {"fund": "fiscal", "flow": "carry_in"}),
            ("一般公共预算财政拨款", brought(truth, "general"), {"fund": "general", "flow": "carry_in"}),
            ("政府性基金预算财政拨款", brought(truth, "govfund"), {"fund": "govfund", "flow": "carry_in"}),
            ("国有资本经营预算财政拨款", brought(truth, "soe"), {"fund": "soe", "flow": "carry_in"}),
            (
                "总计",
                added(came(truth, *FISCAL), brought(truth, *FISCAL)),
                {"fund": "fiscal", "flow": "sources"},
            ),
        ],
        money,
        {"flow": "income"},
    )  # fmt: skip
    columns = [
        Col(("合计",), fiscal, {"fund": "fiscal"}),
        Col(("一般公共预算财政拨款",), fund("general"), {"fund": "general"}),
        Col(("政府性基金预算财政拨款",), fund("govfund"), {"fund": "govfund"}),
        Col(("国有资本经营预算财政拨款",), fund("soe"), {"fund": "soe"}),
    ]

    def kept(col: Col) -> int:
        wanted = str(col.want["fund"])
        return left(truth)(col) if wanted == "fiscal" else left(truth, wanted)(col)

    out = block(style, class_lines(truth, fiscal, True), columns, {}) + block(
        style,
        [
            ("本年支出合计", spent(truth), {}),
            ("年末财政拨款结转和结余", kept, {"flow": "carry_out"}),
            ("总计", added(spent(truth), kept), {"flow": "uses"}),
        ],
        columns,
        {"flow": "expenditure"},
    )
    head = header(
        [
            ("收入", "项目"),
            ("收入", "行次"),
            ("收入", word),
            ("支出", "项目"),
            ("支出", "行次"),
            *(("支出", *c.path) for c in columns),
        ]
    )
    body = side_by_side(with_line_numbers(into, 1), with_line_numbers(out, len(into) + 1), 1)
    return listed(style, n, title, (head, body))


def budget_fiscal(style: Style, truth: Truth, title: str, n: int = 4) -> Sheet:
    """财政拨款收支总表 of a budget: carried-over money under 二、上年结转, by fund."""
    names = (
        ("general", "一般公共预算拨款"),
        ("govfund", "政府性基金预算拨款"),
        ("soe", "国有资本经营预算拨款"),
    )
    lines = [("一、本年收入", came(truth, *FISCAL), {"fund": "fiscal"})]
    lines += [
        (f"（{'一二三'[k]}）{w}", came(truth, f), {"fund": f}) for k, (f, w) in enumerate(names)
    ]
    lines.append(("二、上年结转", brought(truth, *FISCAL), {"fund": "fiscal", "flow": "carry_in"}))
    lines += [
        (f"（{'一二三'[k]}）{w}", brought(truth, f), {"fund": f, "flow": "carry_in"})
        for k, (f, w) in enumerate(names)
    ]
    total = (
        "收入总计",
        added(came(truth, *FISCAL), brought(truth, *FISCAL)),
        {"fund": "fiscal", "flow": "sources"},
    )
    into = block(style, [*lines, total], [Col(("预算数",))], {"flow": "income"})
    columns = [
        Col(("合计",), fiscal, {"fund": "fiscal"}),
        Col(("一般公共预算",), fund("general"), {"fund": "general"}),
        Col(("政府性基金预算",), fund("govfund"), {"fund": "govfund"}),
        Col(("国有资本经营预算",), fund("soe"), {"fund": "soe"}),
    ]
    out = block(style, [("一、本年支出", spent(truth), {})], columns, {"flow": "expenditure"})
    classes = class_lines(truth, fiscal, False)
    inner = [(f"（{label.replace('、', '）', 1)}", f, w) for label, f, w in classes]
    out += block(style, inner, columns, {})
    out += block(
        style,
        [
            ("二、结转下年", nothing, {"flow": "carry_out"}),
            ("支出总计", spent(truth), {"flow": "uses"}),
        ],
        columns,
        {"flow": "expenditure"},
    )
    head = header(
        [
            ("收入", "项目"),
            ("收入", "预算数"),
            ("支出", "项目"),
            *(("支出", *c.path) for c in columns),
        ]
    )
    return listed(style, n, title, (head, side_by_side(into, out, 1)))
