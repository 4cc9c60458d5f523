"""A whole budget book printed from a random ledger, and every figure that it prints.

The tables are those of a Shenzhen book (REFERENCE.md B1) with all its parts of prose; the sentences
are our own. A book so made is right by construction: whatever Mingzhang has against it is an error
of Mingzhang, or of this file.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

from makeledger import YEAR, Item, Ledger, Size, make_ledger, name

ENTITY = "南州市测绘局"
FEN = {"元": 100, "千元": 100_000, "万元": 1_000_000, "亿元": 10_000_000_000}
_FISCAL = ("general", "govfund", "soe")
_ALL = (*_FISCAL, "business")
_ORDINAL = "一二三四五六七八九十"


@dataclass(frozen=True, slots=True)
class Style:
    """How a book prints. ``cut`` cuts amounts off instead of rounding them; ``worked_out`` derives
    changes and percentages from the printed amounts instead of the true ones."""

    unit: str = "万元"
    decimals: int = 0
    cut: bool = False
    worked_out: bool = False
    percent_decimals: int = 2
    drop_zeros: bool = False
    commas: bool = True
    prose_unit: str = ""
    prose_decimals: int = 0
    page: int = 0  # rows of a table on one page, 0: never broken

    @property
    def works_out(self) -> bool:
        """Nobody works out a change from sentences that are coarser than the tables."""
        return self.worked_out and not self.prose_unit

    @property
    def step(self) -> int:
        """分 in one unit of the last digit of the tables."""
        return max(1, FEN[self.unit] // 10**self.decimals)


@dataclass(frozen=True, slots=True)
class Printed:
    """One number of the book: where it stands (both from 1) and what it says."""

    line: int
    column: int
    text: str
    value: Decimal
    unit: str
    in_prose: bool
    about: str


@dataclass(frozen=True, slots=True)
class MadeBook:
    """The text, what is printed in it, and how it was made."""

    text: str
    figures: tuple[Printed, ...]
    ledger: Ledger
    style: Style


@dataclass(frozen=True, slots=True)
class _Number:
    text: str
    value: Decimal
    unit: str
    about: str
    shows_unit: bool = False


_Part = str | _Number


def make_book(
    seed: int,
    style: Style | None = None,
    size: Size | None = None,
    several_funds: bool = False,
    carried: bool = False,
) -> MadeBook:
    """The book of a random ledger in ``style``."""
    style = style or Style()
    ledger = make_ledger(seed, style.step, size or Size(), several_funds, carried)
    writer = _Writer(ledger, style)
    writer.write()
    return MadeBook("\n".join(writer.lines) + "\n", tuple(writer.figures), ledger, style)


@dataclass
class _Writer:
    ledger: Ledger
    style: Style
    lines: list[str] = field(default_factory=list)
    figures: list[Printed] = field(default_factory=list)

    # ------------------------------------------------------------ numbers

    def rounded(self, fen: int, unit: str = "", decimals: int | None = None) -> Decimal:
        """An amount as the book prints it."""
        unit = unit or self.style.unit
        places = self.style.decimals if decimals is None else decimals
        way = ROUND_DOWN if self.style.cut else ROUND_HALF_UP
        return (Decimal(fen) / FEN[unit]).quantize(Decimal(1).scaleb(-places), way)

    def number(self, value: Decimal, unit: str, about: str, shows_unit: bool = False) -> _Number:
        value = abs(value) if shows_unit else value
        text = f"{value:,f}" if self.style.commas else f"{value:f}"
        if self.style.drop_zeros and "." in text:
            text = text.rstrip("0").rstrip(".")
        if Decimal(text.replace(",", "")) == 0:
            text = text.replace("-", "")
        return _Number(text, value, unit, about, shows_unit)

    def cell(self, fen: int, about: str) -> _Number:
        return self.number(self.rounded(fen), self.style.unit, about)

    def said(self, fen: int, about: str) -> _Number:
        """An amount in a sentence, with its unit."""
        unit, places = self._prose()
        return self.number(self.rounded(fen, unit, places), unit, about, True)

    def _prose(self) -> tuple[str, int]:
        style = self.style
        if style.prose_unit:
            return style.prose_unit, style.prose_decimals
        return style.unit, style.decimals

    def change(self, now: int, before: int, percent: bool, about: str, than: str) -> list[_Part]:
        """比上年 …: the movement in words, its amount, and its percentage if there is one."""
        unit, places = self._prose()
        new, old = (self.rounded(a, unit, places) for a in (now, before))
        if now == before or (self.style.works_out and new == old):
            return [f"与{YEAR - 1}年{than}持平"]
        if self.style.works_out:
            moved, base = new - old, old
        else:
            moved, base = self.rounded(now - before, unit, places), Decimal(before)
        up = now > before
        out: list[_Part] = [f"比{YEAR - 1}年{than}{'增加' if up else '减少'}"]
        out.append(self.number(moved, unit, f"{about} change", True))
        if percent and base:
            exact = (moved if self.style.works_out else Decimal(now - before)) * 100 / base
            way = ROUND_DOWN if self.style.cut else ROUND_HALF_UP
            shown = abs(exact).quantize(Decimal(1).scaleb(-self.style.percent_decimals), way)
            out += [f"，{'增长' if up else '下降'}", _Number(f"{shown:f}", shown, "%", about, True)]
        return out

    # ------------------------------------------------------------ lines

    def line(self, *parts: _Part) -> None:
        """One line of prose."""
        self._line(parts, True)

    def _line(self, parts: Sequence[_Part], in_prose: bool) -> None:
        text = ""
        for part in parts:
            if isinstance(part, str):
                text += part
                continue
            where = (len(self.lines) + 1, len(text) + 1)
            self.figures.append(
                Printed(*where, part.text, part.value, part.unit, in_prose, part.about)
            )
            text += part.text + (part.unit if part.shows_unit else "")
        self.lines.append(text)
        if in_prose and text:
            self.lines.append("")

    def table(
        self, caption: Sequence[str], head: Sequence[str], rows: Sequence[list[_Part]]
    ) -> None:
        """A table, its caption and header once more on every page."""
        page = self.style.page or max(1, len(rows))
        for start in range(0, max(1, len(rows)), page):
            self.lines += ["", *caption, "", *head]
            for row in rows[start : start + page]:
                joined: list[_Part] = []
                for k, part in enumerate(row):
                    joined += ["\t", part] if k else [part]
                self._line(joined, False)
            self.lines.append("")

    def caption(self, number: int, title: str) -> list[str]:
        return [
            f"表 {number}", "", f"## {title}", "",
            f"部门名称： {ENTITY}", "", f"单位： {self.style.unit}",
        ]  # fmt: skip

    def write(self) -> None:
        """The whole book."""
        self.lines += [f"# {YEAR} 年{ENTITY}部门预算", "", "# 目 录", ""]
        for k, title in enumerate(_TITLES):
            self.lines.append(f"- ({_numeral(k + 1)}) {title}")
        self.lines.append("")
        for part in (_staff, _totals, _details, _purchases, _sangong_text, _goals_text, _other):
            part(self)
        self.lines += ["## 二、表格部分", ""]
        for k, table in enumerate(_TABLES):
            table(self, self.caption(k + 1, _TITLES[k]))
        _tasks(self)

    # ------------------------------------------------------------ sums

    def sum(self, wanted: Callable[[Item], bool] = lambda _: True) -> int:
        return self.ledger.sum(wanted)

    def carried(self, where: dict[str, int], funds: Sequence[str]) -> int:
        return sum(where.get(f, 0) for f in funds)

    def income(self, *funds: str) -> int:
        """Income of the year: what was spent or left, less what had been brought along."""
        spent = self.sum(lambda i: i.fund in funds)
        left = self.carried(self.ledger.left, funds)
        return spent + left - self.carried(self.ledger.brought, funds)


# ---------------------------------------------------------------- prose


def _staff(w: _Writer) -> None:
    w.line("## 第一部分 部门概况")
    w.line("本局内设若干处室，行政编制 36 名，无下属单位。")


def _totals(w: _Writer) -> None:
    spent = w.sum() + w.carried(w.ledger.left, _ALL)
    before = w.ledger.before["total"]
    w.line("## 第二部分 部门预算收支总体情况")
    for side in ("收入", "支出"):
        w.line(
            f"{YEAR}年{ENTITY}部门预算{side}", w.said(spent, f"total {side}"), "，",
            *w.change(spent, before, True, f"total {side}", ""), "。",
        )  # fmt: skip


def _details(w: _Writer) -> None:
    w.line("## 第三部分 部门预算支出具体情况")
    natures = (
        ("人员支出", w.sum(lambda i: not i.project and i.economic[:3] == "301")),
        ("公用支出", w.sum(lambda i: not i.project and i.economic[:3] in ("302", "310"))),
        ("对个人和家庭的补助支出", w.sum(lambda i: not i.project and i.economic[:3] == "303")),
        ("项目支出", w.sum(lambda i: bool(i.project))),
    )
    opening: list[_Part] = [f"{ENTITY}本年支出预算", w.said(w.sum(), "expenditure"), "，包括"]
    for k, (word, fen) in enumerate(natures):
        opening += ["、" if k else "", word, w.said(fen, word)]
    w.line(*opening, "。")
    w.line("项目支出", w.said(natures[3][1], "projects"), "，具体包括：")
    for k, project in enumerate(w.ledger.projects):
        mine = [i for i in w.ledger.items if i.project == project]
        parts = {i.part: sum(o.amount for o in mine if o.part == i.part) for i in mine}
        total = sum(parts.values())
        told: list[_Part] = [f"{k + 1}. {project}预算", w.said(total, project)]
        for n, (part, fen) in enumerate(parts.items()):
            told += ["；" if n else "，主要包括", f"{part}支出", w.said(fen, f"{project} {part}")]
        moved = w.change(total, w.ledger.before[project], False, project, "")
        w.line(*told, "。本项目", *moved, "，原因是工作量有变。")


def _purchases(w: _Writer) -> None:
    w.line("## 第四部分 政府采购预算情况")
    told: list[_Part] = [
        f"{YEAR}年政府采购预算共计",
        w.said(w.sum(lambda i: bool(i.bought)), "bought"),
    ]
    for k, (kind, word) in enumerate((("goods", "货物"), ("works", "工程"), ("services", "服务"))):
        fen = w.sum(lambda i, kind=kind: i.bought == kind)
        told += ["、" if k else "，其中", f"{word}采购", w.said(fen, kind)]
    w.line(*told, "。")


_SANGONG = (
    ("因公出国（境）费", ("30212",)),
    ("公务接待费", ("30217",)),
    ("公务用车购置和运行维护费", ("31013", "30231")),
)


def _pair(w: _Writer, codes: Sequence[str]) -> tuple[int, int]:
    """This year's and last year's amount of some 三公 accounts."""
    now = w.sum(lambda i: i.economic in codes)
    return now, sum(w.ledger.before[c] for c in codes)


def _sangong_text(w: _Writer) -> None:
    w.line("## 第五部分 一般公共预算“三公”经费预算情况")
    now, before = _pair(w, ("30212", "30217", "30231", "31013"))
    moved = w.change(now, before, True, "三公", "预算")
    w.line(f"{YEAR}年“三公”经费预算", w.said(now, "三公"), "，", *moved, "，因压减开支而变。")
    for k, (word, codes) in enumerate(_SANGONG):
        now, before = _pair(w, codes)
        w.line(
            f"{k + 1}. {word}。{YEAR}年预算数", w.said(now, word), "，",
            *w.change(now, before, False, word, "预算"), "，因压减开支而变。",
        )  # fmt: skip


def _goals_text(w: _Writer) -> None:
    w.line("## 第六部分 部门预算绩效管理情况")
    fen = w.sum(lambda i: bool(i.project))
    count = len(w.ledger.projects)
    w.line(
        "全部项目支出纳入绩效管理，涉及预算资金",
        w.said(fen, "goals"),
        f"，设置{count}个项目绩效目标。",
    )


def _other(w: _Writer) -> None:
    w.line("## 第七部分 其他需要说明情况")
    now = w.sum(
        lambda i: not i.project and i.economic[:3] in ("302", "310") and i.fund == "general"
    )
    moved = w.change(now, w.ledger.before["running"], True, "running", "预算")
    w.line(f"{YEAR}年机关运行经费财政拨款预算", w.said(now, "running"), "，", *moved, "。")


# ---------------------------------------------------------------- tables

_TITLES = (
    "收支总表",
    "支出总表",
    "政府预算拨款收支总表",
    "一般公共预算支出表（按功能分类）",
    "一般公共预算支出表（按经济分类）",
    "一般公共预算“三公”经费支出表",
    "政府性基金预算支出表",
    "国有资本经营预算支出表",
)


def _numeral(k: int) -> str:
    tens, ones = divmod(k, 10)
    return ("十" if tens == 1 else _ORDINAL[tens - 1] + "十" if tens else "") + (
        _ORDINAL[ones - 1] if ones else ""
    )


def _sides(w: _Writer, left: list[tuple[str, int]], funds: Sequence[str]) -> Iterator[list[_Part]]:
    """Rows of a table with income on the left and the function tree on the right."""
    right = []
    classes = 0
    for code in w.ledger.codes("function", funds):
        fen = w.sum(lambda i, code=code: i.function.startswith(code) and i.fund in funds)
        classes += len(code) == 3
        right.append(((f"{_numeral(classes)}、" if len(code) == 3 else "") + name(code), fen))
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


def _summary(w: _Writer, caption: list[str]) -> None:
    left = [
        ("一、政府预算拨款", w.income(*_FISCAL)),
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
    w.table(caption, head, list(_sides(w, left, _ALL)))
    w.lines += ["本套报表金额单位转换时可能存在尾数误差。", ""]


def _fiscal(w: _Writer, caption: list[str]) -> None:
    left = [
        ("政府预算拨款", w.income(*_FISCAL)),
        ("一般公共预算拨款", w.income("general")),
        ("政府性基金预算拨款", w.income("govfund")),
        ("国有资本经营预算拨款", w.income("soe")),
    ]
    head = ["收入\t\t支出\t", f"项目\t{YEAR} 年预算数\t项目\t{YEAR} 年预算数"]
    w.table(caption, head, list(_sides(w, left, _FISCAL)))


_Column = tuple[str, Callable[[Item], bool]]


def _head(w: _Writer) -> str:
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
    w: _Writer, scheme: str, funds: Sequence[str], columns: Sequence[_Column], totals: int
) -> list[list[_Part]]:
    """``totals`` rows of the department, then one row for each account."""
    rows: list[list[_Part]] = []
    for code in [""] * totals + w.ledger.codes(scheme, funds):
        about = f"{scheme} {code or 'total'} {'+'.join(funds)}"
        row: list[_Part] = [ENTITY, "", ""] if not code else ["", code, name(code)]
        for word, wanted in columns:
            mine = [
                i.amount
                for i in w.ledger.items
                if i.fund in funds and getattr(i, scheme).startswith(code) and wanted(i)
            ]
            row.append(w.cell(sum(mine), f"{about} {word}"))
        rows.append(row)
    return rows


def _expenditure(w: _Writer, caption: list[str]) -> None:
    bought = f"{YEAR} 年政府采购项目"
    head = [
        f"{_head(w)}\t{bought}\t\t",
        "\t\t\t\t\t\t小计\t其中：面向 中小企业政府 采购项目\t其中：面向小型、 微型企业政府 采购项目",
    ]
    w.table(caption, head, _accounts(w, "function", _ALL, (*_NATURES, *_BOUGHT), 1))


def _by_function(w: _Writer, caption: list[str]) -> None:
    w.table(caption, [_head(w)], _accounts(w, "function", ("general",), _NATURES, 2))


def _by_economic(w: _Writer, caption: list[str]) -> None:
    w.table(caption, [_head(w)], _accounts(w, "economic", ("general",), _NATURES, 2))


def _sangong(w: _Writer, caption: list[str]) -> None:
    head = [
        "预算单位\t年度\t总计\t因公出国(境)费\t公务接待费\t公务用车购置及运行维护费\t\t",
        "\t\t\t\t\t小计\t公务用车购置费\t公务用车运行维护费",
    ]
    groups = (
        ("30212", "30217", "30231", "31013"), ("30212",), ("30217",),
        ("31013", "30231"), ("31013",), ("30231",),
    )  # fmt: skip
    pairs = [_pair(w, codes) for codes in groups]
    rows: list[list[_Part]] = []
    for label, which in ((f"{YEAR - 1} 年", 1), (f"{YEAR} 年", 0)):
        first = ENTITY if which else ""
        rows.append([first, label, *(w.cell(p[which], f"三公 {label}") for p in pairs)])
    moved: list[_Part] = ["", "增减变化金额"]
    for now, before in pairs:
        apart = w.rounded(now) - w.rounded(before)
        value = apart if w.style.works_out else w.rounded(now - before)
        moved.append(w.number(value, w.style.unit, "三公 change"))
    w.table(caption, head, [*rows, moved])


def _of_fund(fund: str) -> Callable[[_Writer, list[str]], None]:
    def table(w: _Writer, caption: list[str]) -> None:
        w.table(caption, [_head(w)], _accounts(w, "function", (fund,), _NATURES, 2))
        if not w.sum(lambda i: i.fund == fund):
            w.lines += ["注：本表本年无发生额。", ""]

    return table


_TABLES = (
    _summary, _expenditure, _fiscal, _by_function, _by_economic, _sangong,
    _of_fund("govfund"), _of_fund("soe"),
)  # fmt: skip


def _tasks(w: _Writer) -> None:
    """部门整体支出绩效目标表: tasks with their money, one goal, two indicators."""
    caption = ["## 部门整体支出绩效目标表", "", f"{YEAR} 年度", "", f"单位：{w.style.unit}"]
    head = [
        f"\t部门名称\t{ENTITY}\t主管部门\t{ENTITY}\t",
        f"年度主要任务\t任务名称\t主要内容\t预算金额（{w.style.unit}）\t\t",
        "\t\t\t总额\t其中：财政拨款\t其中：其他资金",
    ]
    rows: list[list[_Part]] = []
    groups: list[tuple[str, Callable[[Item], bool]]] = [("基本支出", lambda i: not i.project)]
    groups += [(p, lambda i, p=p: i.project == p) for p in w.ledger.projects]
    for word, wanted in (*groups, ("金额合计", lambda _: True)):
        fiscal = w.sum(lambda i, wanted=wanted: wanted(i) and i.fund in _FISCAL)
        rest = w.sum(wanted) - fiscal
        text = "" if word == "金额合计" else f"按计划完成{word}的工作。"
        cells: list[_Part] = [w.cell(w.sum(wanted), f"{word} 总额"), w.cell(fiscal, f"{word} 财政")]
        rows.append(["", word, text, *cells, w.cell(rest, f"{word} 其他") if rest else ""])
    rows += [
        ["年度总体目标", "按期完成全年工作。", "", "", "", ""],
        ["年度绩效指标", "一级指标", "二级指标", "三级指标", "", "目标值"],
        ["", "产出指标", "质量指标", "验收通过", "", "合格"],
        ["", "满意度指标", "服务对象满意度指标", "群众评价", "", "良好"],
    ]
    w.table(caption, head, rows)


def digits_only(text: str) -> str:
    """A printed number without commas."""
    return re.sub(r"[,，]", "", text)
