"""A table as it is to be printed: header, body and what every printed figure of it must mean."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

from layouts.truth import Item, Truth

LEFT, UP = "◁", "△"  # this cell is part of the one on its left, of the one above it
FEN = {"元": 100, "千元": 100_000, "万元": 1_000_000, "亿元": 10_000_000_000}


@dataclass(frozen=True, slots=True)
class Amount:
    """A printed figure. ``want`` are the coordinates it must be understood to have; None: unknown."""

    text: str
    value: Decimal
    unit: str
    want: Mapping[str, object] | None = None


Cell = str | Amount


@dataclass(slots=True)
class Sheet:
    """One table. ``parts``: rows after which it goes on under a repeated caption with （续）."""

    number: str
    title: str
    unit: str
    header: list[list[str]]
    body: list[list[Cell]]
    notes: list[str] = field(default_factory=list)
    entity: str = ""
    caption: tuple[str, ...] = ("number", "title", "line")
    break_at: int = 0


@dataclass(frozen=True, slots=True)
class Style:
    """How numbers and tables of one book are printed."""

    unit: str = "万元"
    decimals: int = 2
    commas: bool = True
    zero: str = "0.00"  # what stands for nothing: "0.00", "0", "", "-", "—"
    codes: str = "one"  # one column, or "three" for 类 款 项
    total: str = "top"
    indent: str = ""
    break_at: int = 0
    number: str = "公开{n:02d}表"
    seed: int = 0

    def printed(self, fen: int) -> Decimal:
        shown = Decimal(fen) / FEN[self.unit]
        return shown.quantize(Decimal(1).scaleb(-self.decimals), ROUND_HALF_UP)

    def money(self, fen: int, want: Mapping[str, object] | None = None) -> Cell:
        value = self.printed(fen)
        if fen == 0:
            text = "0" if self.decimals == 0 and self.zero == "0.00" else self.zero
            if text in ("", "-", "—"):
                return text
            return Amount(text, Decimal(0), self.unit, want)
        text = f"{value:,f}" if self.commas else f"{value:f}"
        return Amount(text.replace("-0.00", "0.00") if value == 0 else text, value, self.unit, want)


@dataclass(frozen=True, slots=True)
class Col:
    """An amount column: its header path, which items it counts, and what that means.

    ``less``: the version taken off (增减额); ``percent``: that as a share of it (增减%);
    ``kept``: it shows what is left over of that fund ("*" for all funds)."""

    path: tuple[str, ...]
    where: Callable[[Item], bool] = lambda _: True
    want: Mapping[str, object] = field(default_factory=dict)
    version: str = "now"
    less: str = ""
    percent: bool = False
    kept: str = ""
    income: bool = False  # spent and left: what came in
    text: bool = False  # a column of words, left empty


def header(paths: Sequence[tuple[str, ...]]) -> list[list[str]]:
    """Header rows for columns of these paths: equal words side by side are one cell, and a short
    path reaches down."""
    depth = max(map(len, paths))
    rows: list[list[str]] = [[""] * len(paths) for _ in range(depth)]
    for c, path in enumerate(paths):
        for r in range(depth):
            if r >= len(path):
                rows[r][c] = UP
            elif c and paths[c - 1][: r + 1] == path[: r + 1] and r < len(path) - 1:
                rows[r][c] = LEFT
            else:
                rows[r][c] = path[r]
    return rows


def cell(
    style: Style,
    truth: Truth,
    col: Col,
    row: Callable[[Item], bool],
    want: Mapping[str, object],
    prefix: str = "",
) -> Cell:
    """The cell of a column in a row."""
    if col.text:
        return ""
    meaning = {**want, **col.want}
    if col.kept and not col.income:
        return style.money(truth.kept(prefix, "" if col.kept == "*" else col.kept), meaning)

    def mine(item: Item) -> bool:
        return row(item) and col.where(item)

    now = truth.sum(mine, col.version)
    if col.income:
        now += truth.kept(prefix, "" if col.kept in ("*", "") else col.kept)
    if col.percent:
        before = truth.sum(mine, col.less)
        if not before:
            return "—"
        share = (Decimal(now - before) * 100 / before).quantize(Decimal("0.01"), ROUND_HALF_UP)
        return Amount(f"{share:f}", share, "%", None)
    if col.less:
        before = truth.sum(mine, col.less)
        moved = now - before
        return style.money(moved, meaning)
    return style.money(now, meaning)
