"""Tables that several layouts share: lists by account, summaries of two sides, 三公 tables."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from layouts.sheet import LEFT, Cell, Col, Sheet, Style, cell, header
from layouts.truth import CLASSES, ECONOMICS, FUNCTIONS, ITEMS, MORE_CLASSES, Item, Truth

NUMERALS = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十")


def any_item(_: Item) -> bool:
    return True


def fund(*names: str) -> Callable[[Item], bool]:
    return lambda i: i.fund in names


def both(*tests: Callable[[Item], bool]) -> Callable[[Item], bool]:
    return lambda i: all(t(i) for t in tests)


def basic(i: Item) -> bool:
    return i.nature != "project"


def nature(*names: str) -> Callable[[Item], bool]:
    return lambda i: i.nature in names


def fresh(i: Item) -> bool:
    return not i.carried


def late(i: Item) -> bool:
    return i.carried


def ordinal(k: int) -> str:
    ten, one = divmod(k, 10)
    return (NUMERALS[9] if ten else "") + (NUMERALS[one - 1] if one else "")


def account_table(
    style: Style,
    truth: Truth,
    columns: Sequence[Col],
    base: Mapping[str, object],
    *,
    scheme: str = "function",
    shown: Callable[[Item], bool] = any_item,
    code_path: tuple[str, ...] = ("科目编码",),
    name_path: tuple[str, ...] = ("科目名称",),
    counted: bool = False,
    names_only: bool = False,
    empty_rows: int = 0,
) -> tuple[list[list[str]], list[list[Cell]]]:
    """Header and body of a list by account code with any amount columns.

    ``counted``: a row 栏次 1 2 3 … ends the header. ``empty_rows``: as many blank lines at the end.
    """
    three = style.codes == "three" and scheme == "function" and not names_only
    labels: list[tuple[str, ...]] = []
    if three:
        labels += [(*code_path, part) for part in ("类", "款", "项")]
    elif not names_only:
        labels.append(code_path)
    labels.append(name_path)
    head = header([*labels, *(c.path for c in columns)])
    width = len(labels)
    if counted:
        head.append([*["栏次", *[LEFT] * (width - 1)], *(str(n + 1) for n in range(len(columns)))])
    names = FUNCTIONS if scheme == "function" else ECONOMICS
    body: list[list[Cell]] = []
    for code in truth.codes(scheme, shown):

        def mine(i: Item, code: str = code) -> bool:
            return shown(i) and getattr(i, scheme).startswith(code)

        level = (len(code) - 3) // 2
        row: list[Cell] = []
        if three:
            row += [code[:3], code[3:5], code[5:7]]
        elif not names_only:
            row.append(code)
        row.append(style.indent * level + names[code])
        row += [cell(style, truth, c, mine, {**base, scheme: code}, code) for c in columns]
        body.append(row)
    total: list[Cell] = ["合计", *[LEFT] * (width - 1)]
    total += [cell(style, truth, c, shown, base) for c in columns]
    body = [total, *body] if style.total == "top" else [*body, total]
    for _ in range(empty_rows):
        body.insert(len(body) if style.total == "top" else len(body) - 1, [""] * len(total))
    return head, body


def listed(
    style: Style,
    n: int,
    title: str,
    parts: tuple[list[list[str]], list[list[Cell]]],
    notes: Sequence[str] = (),
) -> Sheet:
    """The sheet number ``n``; long tables go on after style.break_at rows."""
    head, body = parts
    cut = style.break_at if style.break_at and len(body) > style.break_at + 1 else 0
    return Sheet(
        style.number.format(n=n, cn=ordinal(n)),
        title,
        style.unit,
        head,
        body,
        list(notes),
        break_at=cut,
    )


Line = tuple[str, Callable[[Col], int] | None, Mapping[str, object]]


def block(
    style: Style, lines: Sequence[Line], columns: Sequence[Col], base: Mapping[str, object]
) -> list[list[Cell]]:
    """Rows of one side: a label, what it amounts to in each column (None: nothing), its meaning."""
    out: list[list[Cell]] = []
    for label, fen, want in lines:
        row: list[Cell] = [label]
        for col in columns:
            row.append("" if fen is None else style.money(fen(col), {**base, **want, **col.want}))
        out.append(row)
    return out


def spent(truth: Truth, test: Callable[[Item], bool] = any_item) -> Callable[[Col], int]:
    """What those items cost, in the version and of the items of the column."""
    return lambda col: truth.sum(both(test, col.where), col.version)


def came(truth: Truth, *funds: str) -> Callable[[Col], int]:
    """The income of the year of these funds ("" for all): what they pay, and what is left of them."""
    return lambda col: (
        truth.sum(
            lambda i: (i.fund in funds or not funds) and not i.carried and col.where(i), col.version
        )
        + left(truth, *funds)(col)
    )


def left(truth: Truth, *funds: str) -> Callable[[Col], int]:
    """What is left at the end of the year of these funds (all if none is named)."""
    return lambda col: sum(a for _, f, a in truth.left if f in funds or not funds)


def brought(truth: Truth, *funds: str) -> Callable[[Col], int]:
    """What these funds brought in from last year."""
    return lambda col: truth.sum(
        lambda i: (i.fund in funds or not funds) and i.carried and col.where(i), col.version
    )


def added(*parts: Callable[[Col], int]) -> Callable[[Col], int]:
    return lambda col: sum(part(col) for part in parts)


def nothing(_: Col) -> int:
    return 0


def side_by_side(
    lefts: list[list[Cell]], rights: list[list[Cell]], closing: int
) -> list[list[Cell]]:
    """Two sides in one body; the last ``closing`` rows of both stand on the same lines at the foot."""
    rows = max(len(lefts), len(rights))

    def filled(side: list[list[Cell]]) -> list[list[Cell]]:
        gap: list[list[Cell]] = [[""] * len(side[0]) for _ in range(rows - len(side))]
        cut = len(side) - closing
        return side[:cut] + gap + side[cut:]

    return [a + b for a, b in zip(filled(lefts), filled(rights), strict=True)]


def with_line_numbers(rows: list[list[Cell]], first: int) -> list[list[Cell]]:
    """A column 行次 after the label."""
    return [[r[0], str(first + k), *r[1:]] for k, r in enumerate(rows)]


def class_lines(truth: Truth, shown: Callable[[Item], bool], complete: bool) -> list[Line]:
    """一、… 二、… for every class in use, or for every class there is."""
    used = {c for c in truth.codes("function", shown) if len(c) == 3}
    wanted = sorted({*CLASSES, *MORE_CLASSES}) if complete else sorted(used)
    names = {**FUNCTIONS, **MORE_CLASSES}
    out: list[Line] = []
    for k, code in enumerate(wanted):

        def mine(i: Item, code: str = code) -> bool:
            return shown(i) and i.function.startswith(code)

        want = {"flow": "expenditure", "function": code}
        out.append((f"{ordinal(k + 1)}、{names[code]}", spent(truth, mine), want))
    return out


SANGONG_ORDERS = (
    ("abroad", "vehicle", "reception"),
    ("abroad", "reception", "vehicle"),
    ("vehicle", "abroad", "reception"),
    ("reception", "vehicle", "abroad"),
)
WORDS = {
    "abroad": "因公出国（境）费",
    "reception": "公务接待费",
    "vehicle": "公务用车购置及运行维护费",
    "vehicle_purchase": "公务用车购置费",
    "vehicle_running": "公务用车运行维护费",
}


def spent_on(key: str) -> Callable[[Item], bool]:
    """Items of one 三公 expense; "sangong" for all of them."""
    codes = {
        "abroad": (ITEMS["abroad"],),
        "reception": (ITEMS["reception"],),
        "vehicle_purchase": (ITEMS["purchase"],),
        "vehicle_running": (ITEMS["running"],),
        "vehicle": (ITEMS["purchase"], ITEMS["running"]),
        "sangong": tuple(ITEMS.values()),
    }[key]
    return lambda i: i.economic in codes


def sangong_columns(
    order: Sequence[str],
    top: tuple[str, ...],
    version: str,
    want: Mapping[str, object],
    total: str = "合计",
    split: tuple[str, str, str] = ("小计", "公务用车购置费", "公务用车运行维护费"),
) -> list[Col]:
    """Columns of a 三公 table in one row."""
    out = [Col((*top, total), spent_on("sangong"), {**want, "item": "sangong"}, version)]
    for key in order:
        if key != "vehicle":
            out.append(Col((*top, WORDS[key]), spent_on(key), {**want, "item": key}, version))
            continue
        for word, item in zip(
            split, ("vehicle", "vehicle_purchase", "vehicle_running"), strict=True
        ):
            out.append(
                Col((*top, WORDS["vehicle"], word), spent_on(item), {**want, "item": item}, version)
            )
    return out


def one_row(
    style: Style,
    truth: Truth,
    columns: Sequence[Col],
    lead: Sequence[str] = (),
    flow: str = "expenditure",
) -> tuple[list[list[str]], list[list[Cell]]]:
    """A table of a single row of figures; ``lead`` are the header and the text of a first column."""
    labels = [(lead[0],)] if lead else []
    head = header([*labels, *(c.path for c in columns)])
    row: list[Cell] = [lead[1]] if lead else []
    row += [cell(style, truth, c, any_item, {"flow": flow}) for c in columns]
    return head, [row]


def item_rows(
    style: Style,
    truth: Truth,
    columns: Sequence[Col],
    order: Sequence[str],
    labels: Mapping[str, str],
    lead: str = "项目",
) -> tuple[list[list[str]], list[list[Cell]]]:
    """A 三公 table with a line for each expense."""
    head = header([(lead,), *(c.path for c in columns)])
    keys = ["sangong"]
    for key in order:
        keys += [key] if key != "vehicle" else ["vehicle", "vehicle_purchase", "vehicle_running"]
    body: list[list[Cell]] = []
    for key in keys:
        want = {"flow": "expenditure", "item": key}
        body.append([labels[key], *(cell(style, truth, c, spent_on(key), want) for c in columns)])
    return head, body
