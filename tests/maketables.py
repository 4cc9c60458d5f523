"""The tables of a made book: those of a Shenzhen book (REFERENCE.md B1) that its contents announce."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from makeledger import YEAR, Item, name
from makeprint import ALL, ENTITY, FISCAL, Part, Writer, numeral, pair

TITLES = (
    "收支总表",
    "支出总表",
    "政府预算拨款收支总表",
    "一般公共预算支出表（按功能分类）",
    "一般公共预算支出表（按经济分类）",
    "一般公共预算“三公”经费支出表",
    "政府性基金预算支出表",
    "国有资本经营预算支出表",
)


def _sides(w: Writer, left: list[tuple[str, int]], funds: Sequence[str]) -> Iterator[list[Part]]:
    """Rows of a table with income on the left and the function tree on the right."""
    right = []
    classes = 0
    for code in w.ledger.codes("function", funds):
        mine = (i for i in w.ledger.items if i.function.startswith(code) and i.fund in funds)
        fen = sum(i.amount for i in mine)
        classes += len(code) == 3
        right.append(((f"{numeral(classes)}、" if len(code) == 3 else "") + name(code), fen))
    while len(left) < len(right):
        left.append(("", 0))
    while len(right) < len(left):
        right.append(("", 0))
    spent = w.sum(lambda i: i.fund in funds)
    brought, out = (w.carried(x, funds) for x in (w.ledger.brought, w.ledger.left))
    left += [("本年收入合计", spent + out - brought), ("上年结余、结转", brought)]
    left.append(("收入总计", spent + out))
    right += [("本年支出合计", spent), ("结转下年", out), ("支出总计", spent + out)]
    for (a, x), (b, y) in zip(left, right, strict=True):
        yield [a, w.cell(x, f"收入 {a}") if a else "", b, w.cell(y, f"支出 {b}") if b else ""]


def _summary(w: Writer, caption: list[str]) -> None:
    left = [
        ("一、政府预算拨款", w.income(*FISCAL)),
        ("1. 一般公共预算拨款", w.income("general")),
        ("2. 政府性基金预算拨款", w.income("govfund")),
        ("3. 国有资本经营预算拨款", w.income("soe")),
        ("二、财政专户管理资金", 0),
        ("三、单位资金", w.income("business")),
        ("1. 事业收入", w.income("business")),
        ("2. 事业单位经营收入", 0),
        ("3. 上级补助收入", 0),
        ("4. 附属单位上缴收入", 0),
        ("5. 其他收入", 0),
    ]
    head = ["收 入\t\t支 出\t", f"项 目\t{YEAR} 年预算数\t项 目\t{YEAR} 年预算数"]
    w.table(caption, head, list(_sides(w, left, ALL)))
    w.lines += ["本套报表金额单位转换时可能存在尾数误差。", ""]


def _fiscal(w: Writer, caption: list[str]) -> None:
    left = [
        ("政府预算拨款", w.income(*FISCAL)),
        ("一般公共预算拨款", w.income("general")),
        ("政府性基金预算拨款", w.income("govfund")),
        ("国有资本经营预算拨款", w.income("soe")),
    ]
    head = ["收入\t\t支出\t", f"项目\t{YEAR} 年预算数\t项目\t{YEAR} 年预算数"]
    w.table(caption, head, list(_sides(w, left, FISCAL)))


_Column = tuple[str, Callable[[Item], bool]]


def _head(w: Writer) -> str:
    """What is carried out is no expenditure: then the first column cannot be called 支出总计."""
    whole = "合计" if any(w.ledger.left.values()) else "支出总计"
    return f"预算单位\t科目编码\t科目名称\t{whole}\t基本支出\t项目支出"


_NATURES: tuple[_Column, ...] = (
    ("支出总计", lambda _: True),
    ("基本支出", lambda i: not i.project),
    ("项目支出", lambda i: bool(i.project)),
)
_BOUGHT: tuple[_Column, ...] = (
    ("小计", lambda i: bool(i.bought)),
    ("中小", lambda i: bool(i.kept)),
    ("小微", lambda i: i.kept == "micro"),
)


def _accounts(
    w: Writer, scheme: str, funds: Sequence[str], columns: Sequence[_Column], totals: int
) -> list[list[Part]]:
    """``totals`` rows of the department, then one row for each account."""
    rows: list[list[Part]] = []
    for code in [""] * totals + w.ledger.codes(scheme, funds):
        about = f"{scheme} {code or 'total'} {'+'.join(funds)}"
        row: list[Part] = [ENTITY, "", ""] if not code else ["", code, name(code)]
        for word, wanted in columns:
            mine = [
                i.amount
                for i in w.ledger.items
                if i.fund in funds and getattr(i, scheme).startswith(code) and wanted(i)
            ]
            row.append(w.cell(sum(mine), f"{about} {word}"))
        rows.append(row)
    return rows


def _expenditure(w: Writer, caption: list[str]) -> None:
    bought = f"{YEAR} 年政府采购项目"
    head = [
        f"{_head(w)}\t{bought}\t\t",
        "\t\t\t\t\t\t小计\t其中：面向 中小企业政府 采购项目\t其中：面向小型、 微型企业政府 采购项目",
    ]
    w.table(caption, head, _accounts(w, "function", ALL, (*_NATURES, *_BOUGHT), 1))


def _by_function(w: Writer, caption: list[str]) -> None:
    w.table(caption, [_head(w)], _accounts(w, "function", ("general",), _NATURES, 2))


def _by_economic(w: Writer, caption: list[str]) -> None:
    w.table(caption, [_head(w)], _accounts(w, "economic", ("general",), _NATURES, 2))


def _sangong(w: Writer, caption: list[str]) -> None:
    head = [
        "预算单位\t年度\t总计\t因公出国(境)费\t公务接待费\t公务用车购置及运行维护费\t\t",
        "\t\t\t\t\t小计\t公务用车购置费\t公务用车运行维护费",
    ]
    groups = (
        ("30212", "30217", "30231", "31013"), ("30212",), ("30217",),
        ("31013", "30231"), ("31013",), ("30231",),
    )  # fmt: skip
    pairs = [pair(w, codes) for codes in groups]
    rows: list[list[Part]] = []
    for label, which in ((f"{YEAR - 1} 年", 1), (f"{YEAR} 年", 0)):
        first = ENTITY if which else ""
        rows.append([first, label, *(w.cell(p[which], f"三公 {label}") for p in pairs)])
    moved: list[Part] = ["", "增减变化金额"]
    for now, before in pairs:
        apart = w.rounded(now) - w.rounded(before)
        value = apart if w.style.works_out else w.rounded(now - before)
        moved.append(w.number(value, w.style.unit, "三公 change"))
    w.table(caption, head, [*rows, moved])


def _of_fund(fund: str) -> Callable[[Writer, list[str]], None]:
    def table(w: Writer, caption: list[str]) -> None:
        w.table(caption, [_head(w)], _accounts(w, "function", (fund,), _NATURES, 2))
        if not w.sum(lambda i: i.fund == fund):
            w.lines += ["注：本表本年无发生额。", ""]

    return table


TABLES = (
    _summary, _expenditure, _fiscal, _by_function, _by_economic, _sangong,
    _of_fund("govfund"), _of_fund("soe"),
)  # fmt: skip


def tasks(w: Writer) -> None:
    """部门整体支出绩效目标表: tasks with their money, one goal, two indicators."""
    caption = ["## 部门整体支出绩效目标表", "", f"{YEAR} 年度", "", f"单位：{w.style.unit}"]
    head = [
        f"\t部门名称\t{ENTITY}\t主管部门\t{ENTITY}\t",
        f"年度主要任务\t任务名称\t主要内容\t预算金额（{w.style.unit}）\t\t",
        "\t\t\t总额\t其中：财政拨款\t其中：其他资金",
    ]
    rows: list[list[Part]] = []
    items = w.ledger.items
    groups = [("基本支出", [i for i in items if not i.project])]
    groups += [(p, [i for i in items if i.project == p]) for p in w.ledger.projects]
    for word, mine in (*groups, ("金额合计", list(items))):
        total = sum(i.amount for i in mine)
        fiscal = sum(i.amount for i in mine if i.fund in FISCAL)
        rest = total - fiscal
        text = "" if word == "金额合计" else f"按计划完成{word}的工作。"
        cells: list[Part] = [w.cell(total, f"{word} 总额"), w.cell(fiscal, f"{word} 财政")]
        rows.append(["", word, text, *cells, w.cell(rest, f"{word} 其他") if rest else ""])
    rows += [
        ["年度总体目标", "按期完成全年工作。", "", "", "", ""],
        ["年度绩效指标", "一级指标", "二级指标", "三级指标", "", "目标值"],
        ["", "产出指标", "质量指标", "验收通过", "", "合格"],
        ["", "满意度指标", "服务对象满意度指标", "群众评价", "", "良好"],
    ]
    w.table(caption, head, rows)
