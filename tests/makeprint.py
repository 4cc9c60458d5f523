"""How a made book is printed: numbers in one style, lines and tables, and a note of every figure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

from makeledger import YEAR, Item, Ledger

ENTITY = "南州市测绘局"
FEN: dict[str, int] = {"元": 100, "千元": 100_000, "万元": 1_000_000, "亿元": 10_000_000_000}
FISCAL = ("general", "govfund", "soe")
ALL = (*FISCAL, "business")
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
        return max(1, FEN[self.unit] // int(10**self.decimals))


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
class Number:
    text: str
    value: Decimal
    unit: str
    about: str
    shows_unit: bool = False


Part = str | Number


@dataclass
class Writer:
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

    def number(self, value: Decimal, unit: str, about: str, shows_unit: bool = False) -> Number:
        value = abs(value) if shows_unit else value
        text = f"{value:,f}" if self.style.commas else f"{value:f}"
        if self.style.drop_zeros and "." in text:
            text = text.rstrip("0").rstrip(".")
        if Decimal(text.replace(",", "")) == 0:
            text = text.replace("-", "")
        return Number(text, value, unit, about, shows_unit)

    def cell(self, fen: int, about: str) -> Number:
        return self.number(self.rounded(fen), self.style.unit, about)

    def said(self, fen: int, about: str) -> Number:
        """An amount in a sentence, with its unit."""
        unit, places = self._prose()
        return self.number(self.rounded(fen, unit, places), unit, about, True)

    def _prose(self) -> tuple[str, int]:
        style = self.style
        if style.prose_unit:
            return style.prose_unit, style.prose_decimals
        return style.unit, style.decimals

    def change(self, now: int, before: int, percent: bool, about: str, than: str) -> list[Part]:
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
        out: list[Part] = [f"比{YEAR - 1}年{than}{'增加' if up else '减少'}"]
        out.append(self.number(moved, unit, f"{about} change", True))
        if percent and base:
            exact = (moved if self.style.works_out else Decimal(now - before)) * 100 / base
            way = ROUND_DOWN if self.style.cut else ROUND_HALF_UP
            shown = abs(exact).quantize(Decimal(1).scaleb(-self.style.percent_decimals), way)
            out += [f"，{'增长' if up else '下降'}", Number(f"{shown:f}", shown, "%", about, True)]
        return out

    # ------------------------------------------------------------ lines

    def line(self, *parts: Part) -> None:
        """One line of prose."""
        self._line(parts, True)

    def _line(self, parts: Sequence[Part], in_prose: bool) -> None:
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
        self, caption: Sequence[str], head: Sequence[str], rows: Sequence[list[Part]]
    ) -> None:
        """A table, its caption and header once more on every page."""
        page = self.style.page or max(1, len(rows))
        for start in range(0, max(1, len(rows)), page):
            self.lines += ["", *caption, "", *head]
            for row in rows[start : start + page]:
                joined: list[Part] = []
                for k, part in enumerate(row):
                    joined += ["\t", part] if k else [part]
                self._line(joined, False)
            self.lines.append("")

    def caption(self, number: int, title: str) -> list[str]:
        return [
            f"表 {number}", "", f"## {title}", "",
            f"部门名称： {ENTITY}", "", f"单位： {self.style.unit}",
        ]  # fmt: skip

    # ------------------------------------------------------------ sums

    def sum(self, wanted: Callable[[Item], bool] = lambda _: True) -> int:
        """分 of all items that are wanted."""
        return self.ledger.sum(wanted)

    def carried(self, where: dict[str, int], funds: Sequence[str]) -> int:
        return sum(where.get(f, 0) for f in funds)

    def income(self, *funds: str) -> int:
        """Income of the year: what was spent or left, less what had been brought along."""
        spent = self.sum(lambda i: i.fund in funds)
        left = self.carried(self.ledger.left, funds)
        return spent + left - self.carried(self.ledger.brought, funds)


def pair(w: Writer, codes: Sequence[str]) -> tuple[int, int]:
    """This year's and last year's amount of some 三公 accounts."""
    now = w.sum(lambda i: i.economic in codes)
    return now, sum(w.ledger.before[c] for c in codes)


def numeral(k: int) -> str:
    tens, ones = divmod(k, 10)
    return ("十" if tens == 1 else _ORDINAL[tens - 1] + "十" if tens else "") + (
        _ORDINAL[ones - 1] if ones else ""
    )
