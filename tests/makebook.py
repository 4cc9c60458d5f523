"""A whole budget book printed from a random ledger, and every figure that it prints.

The tables are those of a Shenzhen book (REFERENCE.md B1) with all its parts of prose; the sentences
are our own. A book so made is right by construction: whatever Mingzhang has against it is an error
of Mingzhang, or of this file.
"""

from __future__ import annotations

from dataclasses import dataclass

from makeledger import YEAR, Ledger, Size, make_ledger
from makeprint import ALL, ENTITY, Part, Printed, Style, Writer, numeral, pair
from maketables import TABLES, TITLES, tasks

__all__ = ["MadeBook", "Printed", "Style", "make_book"]


@dataclass(frozen=True, slots=True)
class MadeBook:
    """The text, what is printed in it, and how it was made."""

    text: str
    figures: tuple[Printed, ...]
    ledger: Ledger
    style: Style


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
    writer = Writer(ledger, style)
    _write(writer)
    return MadeBook("\n".join(writer.lines) + "\n", tuple(writer.figures), ledger, style)


def _write(w: Writer) -> None:
    """The whole book."""
    w.lines += [f"# {YEAR} 年{ENTITY}部门预算", "", "# 目 录", ""]
    for k, title in enumerate(TITLES):
        w.lines.append(f"- ({numeral(k + 1)}) {title}")
    w.lines.append("")
    for part in (_staff, _totals, _details, _purchases, _sangong_text, _goals_text, _other):
        part(w)
    w.lines += ["## 二、表格部分", ""]
    for k, table in enumerate(TABLES):
        table(w, w.caption(k + 1, TITLES[k]))
    tasks(w)


def _staff(w: Writer) -> None:
    w.line("## 第一部分 部门概况")
    w.line("本局内设若干处室，行政编制 36 名，无下属单位。")


def _totals(w: Writer) -> None:
    spent = w.sum() + w.carried(w.ledger.left, ALL)
    before = w.ledger.before["total"]
    w.line("## 第二部分 部门预算收支总体情况")
    for side in ("收入", "支出"):
        w.line(
            f"{YEAR}年{ENTITY}部门预算{side}", w.said(spent, f"total {side}"), "，",
            *w.change(spent, before, True, f"total {side}", ""), "。",
        )  # fmt: skip


def _details(w: Writer) -> None:
    w.line("## 第三部分 部门预算支出具体情况")
    natures = (
        ("人员支出", w.sum(lambda i: not i.project and i.economic[:3] == "301")),
        ("公用支出", w.sum(lambda i: not i.project and i.economic[:3] in ("302", "310"))),
        ("对个人和家庭的补助支出", w.sum(lambda i: not i.project and i.economic[:3] == "303")),
        ("项目支出", w.sum(lambda i: bool(i.project))),
    )
    opening: list[Part] = [f"{ENTITY}本年支出预算", w.said(w.sum(), "expenditure"), "，包括"]
    for k, (word, fen) in enumerate(natures):
        opening += ["、" if k else "", word, w.said(fen, word)]
    w.line(*opening, "。")
    w.line("项目支出", w.said(natures[3][1], "projects"), "，具体包括：")
    for k, project in enumerate(w.ledger.projects):
        mine = [i for i in w.ledger.items if i.project == project]
        parts = {i.part: sum(o.amount for o in mine if o.part == i.part) for i in mine}
        total = sum(parts.values())
        told: list[Part] = [f"{k + 1}. {project}预算", w.said(total, project)]
        for n, (part, fen) in enumerate(parts.items()):
            told += ["；" if n else "，主要包括", f"{part}支出", w.said(fen, f"{project} {part}")]
        moved = w.change(total, w.ledger.before[project], False, project, "")
        w.line(*told, "。本项目", *moved, "，原因是工作量有变。")


def _purchases(w: Writer) -> None:
    w.line("## 第四部分 政府采购预算情况")
    told: list[Part] = [
        f"{YEAR}年政府采购预算共计",
        w.said(w.sum(lambda i: bool(i.bought)), "bought"),
    ]
    for k, (kind, word) in enumerate((("goods", "货物"), ("works", "工程"), ("services", "服务"))):
        fen = sum(i.amount for i in w.ledger.items if i.bought == kind)
        told += ["、" if k else "，其中", f"{word}采购", w.said(fen, kind)]
    w.line(*told, "。")


_SANGONG = (
    ("因公出国（境）费", ("30212",)),
    ("公务接待费", ("30217",)),
    ("公务用车购置和运行维护费", ("31013", "30231")),
)


def _sangong_text(w: Writer) -> None:
    w.line("## 第五部分 一般公共预算“三公”经费预算情况")
    now, before = pair(w, ("30212", "30217", "30231", "31013"))
    moved = w.change(now, before, True, "三公", "预算")
    w.line(f"{YEAR}年“三公”经费预算", w.said(now, "三公"), "，", *moved, "，因压减开支而变。")
    for k, (word, codes) in enumerate(_SANGONG):
        now, before = pair(w, codes)
        w.line(
            f"{k + 1}. {word}。{YEAR}年预算数", w.said(now, word), "，",
            *w.change(now, before, False, word, "预算"), "，因压减开支而变。",
        )  # fmt: skip


def _goals_text(w: Writer) -> None:
    w.line("## 第六部分 部门预算绩效管理情况")
    fen = w.sum(lambda i: bool(i.project))
    count = len(w.ledger.projects)
    w.line(
        "全部项目支出纳入绩效管理，涉及预算资金",
        w.said(fen, "goals"),
        f"，设置{count}个项目绩效目标。",
    )


def _other(w: Writer) -> None:
    w.line("## 第七部分 其他需要说明情况")
    now = w.sum(
        lambda i: not i.project and i.economic[:3] in ("302", "310") and i.fund == "general"
    )
    moved = w.change(now, w.ledger.before["running"], True, "running", "预算")
    w.line(f"{YEAR}年机关运行经费财政拨款预算", w.said(now, "running"), "，", *moved, "。")
