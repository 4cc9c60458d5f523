"""Small books of our own to hold against each other: last year's, a final account, a unit's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

import mingzhang as mz

Line = tuple[str, str, str, str]  # code, name, basic, project

LINES: tuple[Line, ...] = (
    ("205", "教育支出", "300", "200"),
    ("20501", "教育管理事务", "300", "200"),
    ("2050101", "行政运行", "300", "0"),
    ("2050102", "一般行政管理事务", "0", "200"),
)


@dataclass(frozen=True)
class Small:
    """A book with one statement by function (and one of 三公 items), and what it says besides."""

    year: int = 2023
    lines: Sequence[Line] = LINES
    says: Sequence[str] = ()
    sangong: Sequence[tuple[int, str, str, str]] = ()  # year, abroad, reception, vehicle
    entity: str = "南州市测绘局"
    scope: str = "部门"
    unit: str = "万元"
    stage: str = "预算"

    @property
    def text(self) -> str:
        title = f"{self.year} 年{self.entity}{self.scope}{self.stage}"
        function = f"一般公共预算支出{'决算' if self.stage == '决算' else ''}表（按功能分类）"
        out = [f"# {title}", "", "# 目 录", "", f"- (一) {function}"]
        if self.sangong:
            out.append("- (二) 一般公共预算“三公”经费支出表")
        out += ["", "## 第一部分 概况", "", "本局内设若干处室，行政编制 36 名。", ""]
        out += ["## 第二部分 收支情况", "", *(line for s in self.says for line in (s, "")), ""]
        head = "预算单位\t科目编码\t科目名称\t支出总计\t基本支出\t项目支出"
        basic = sum(Decimal(line[2]) for line in self.lines if len(line[0]) == 3)
        project = sum(Decimal(line[3]) for line in self.lines if len(line[0]) == 3)
        out += self._caption(1, function)
        out += [head, f"{self.entity}\t\t\t{basic + project}\t{basic}\t{project}"]
        out += [
            f"\t{code}\t{name}\t{Decimal(a) + Decimal(b)}\t{a}\t{b}"
            for code, name, a, b in self.lines
        ]
        if self.sangong:
            out += ["", *self._caption(2, "一般公共预算“三公”经费支出表")]
            out += [
                "预算单位\t年度\t总计\t因公出国(境)费\t公务接待费\t公务用车购置及运行维护费\t\t",
                "\t\t\t\t\t小计\t公务用车购置费\t公务用车运行维护费",
            ]
            for k, (year, abroad, reception, vehicle) in enumerate(self.sangong):
                total = Decimal(abroad) + Decimal(reception) + Decimal(vehicle)
                who = self.entity if k == 0 else ""
                out.append(
                    f"{who}\t{year} 年\t{total}\t{abroad}\t{reception}\t{vehicle}\t0\t{vehicle}"
                )
        return "\n".join(out) + "\n"

    def _caption(self, number: int, title: str) -> list[str]:
        who = f"部门名称： {self.entity}"
        return [f"表 {number}", "", f"## {title}", "", who, "", f"单位： {self.unit}", ""]

    @property
    def book(self) -> mz.Book:
        return mz.read_text(self.text, f"{self.entity}{self.year}{self.stage}.txt")


def proof(report: mz.Report) -> list[mz.Finding]:
    """What the proof has against a book, above note."""
    return [f for f in report.findings if f.rule.startswith("MZ00") and f.severity != "note"]
