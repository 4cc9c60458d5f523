"""Made books by layout and seed, and what a reading of one got right."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

import mingzhang as mz
from layouts import central_budget, central_final, northern, southern, stages
from layouts.printing import FORMATS, Printable, words
from layouts.prose import sentences
from layouts.sheet import Amount, Sheet, Style
from layouts.truth import YEAR, Truth, make_truth
from mingzhang.model.quantity import Quantity
from mingzhang.read import document
from mingzhang.read.recognise import recognise


@dataclass(frozen=True, slots=True)
class Layout:
    """A layout: its tables, whether it is a final account, how it numbers its tables."""

    sheets: Callable[[Style, Truth], list[Sheet]]
    final: bool
    numbers: tuple[str, ...]
    indent: str = ""


LAYOUTS: Mapping[str, Layout] = {
    "central-final": Layout(central_final.final, True, ("公开{n:02d}表", "财决公开{n:02d}表")),
    "central-budget": Layout(central_budget.budget, False, ("表{n}", "部门公开表{n}")),
    "south": Layout(southern.south, False, ("表{n}", "附表3-{n}", ""), "　　"),
    "west": Layout(southern.west, False, ("表{n}", "附表{n}")),
    "northwest": Layout(northern.northwest, False, ("表{cn}", "附表{n}")),
    "stages": Layout(stages.stages, True, ("公开{n:02d}表", "财决{n:02d}表")),
    "east": Layout(northern.east, False, ("表{n:02d}", "公开表{n}"), "　"),
}


def make(layout: str, seed: int) -> Printable:
    """The book of that layout and seed; every choice of style comes up over the seeds."""
    plan = LAYOUTS[layout]
    rng = random.Random(f"{layout} {seed}")
    truth = make_truth(rng.randrange(10**9), plan.final, *(rng.random() < 0.5 for _ in range(3)))
    unit, decimals = rng.choice(
        (("万元", 2), ("万元", 2), ("万元", 2), ("元", 2), ("元", 0), ("千元", 2), ("亿元", 6))
    )
    style = Style(
        unit=unit,
        decimals=decimals,
        commas=rng.random() < 0.5,
        zero=rng.choice(("0.00", "0", "", "-", "—")),
        codes=rng.choice(("one", "three"))
        if layout in ("central-final", "northwest", "stages")
        else "one",
        total=rng.choice(("top", "bottom")),
        indent=plan.indent,
        break_at=rng.choice((0, 0, 12)),
        number=rng.choice(plan.numbers),
        seed=seed,
    )
    captions = (
        ("number", "title", "line"), ("title", "number", "line"), ("number", "title", "entity", "unit"), ("both", "line"),
    )  # fmt: skip
    order = rng.choice(captions)
    if not style.number and "both" in order:
        order = captions[0]
    sheets = plan.sheets(style, truth)
    for sheet in sheets:
        sheet.caption = order
    word = "决算" if plan.final else "预算"
    text = sentences(truth, style, plan.final, rng.randrange(10**9))
    entity = "安州县林业局"
    return Printable(
        f"{YEAR}年{entity}部门{word}",
        entity,
        tuple(map(tuple, text)),
        tuple(sheets),
        rng.random() < 0.5,
    )


def read(book: Printable, form: str) -> mz.Book:
    """The book as Mingzhang reads it from that format."""
    name, made = FORMATS[form]
    if form == "xlsx":  # a workbook is not broken over pages
        book = replace(book)
    return recognise([document(made(book), name)])


@dataclass(slots=True)
class Score:
    """Counts over the figures of one reading; ``faults`` name what went wrong, for a person."""

    figures: int = 0
    placed: int = 0
    meant: int = 0
    words: int = 0
    heard: int = 0
    faults: list[str] = None  # type: ignore[assignment]

    def __post_init__(self) -> None:
        self.faults = []


def score(book: Printable, seen: mz.Book, final: bool) -> Score:
    """How many printed figures stand at their row and column, and mean what they should."""
    out = Score()
    found = {(f.statement, f.row, f.column): f for f in seen.figures if not f.in_prose}
    where = list(_matched(book, seen))
    for sheet, index in where:
        statement = seen.statements[index] if index is not None else None
        lines = _lines(sheet, statement)
        for r, c, amount in _amounts(sheet):
            out.figures += 1
            figure = found.get((index, lines.get(r, -1), c)) if statement else None
            tag = f"{sheet.title} [{r},{c}] {words(sheet.body[r][0])[:12]}/{words(sheet.body[r][1])[:12]} | {_leaf(sheet, c)} = {amount.text}"
            if figure is None or figure.value != amount.value or figure.unit != amount.unit:
                got = f"{figure.text}{figure.unit}" if figure else "nothing"
                out.faults.append(f"misplaced {tag}: read {got}")
                continue
            out.placed += 1
            if amount.want is None or amount.unit == "%":
                out.meant += 1
                continue
            want = Quantity(
                **{"year": YEAR, "stage": "final" if final else "budget", **amount.want}
            )  # type: ignore[arg-type]
            if figure.quantity is not None and normal(figure.quantity) == normal(want):
                out.meant += 1
            else:
                key = figure.quantity.key if figure.quantity else f"nothing ({figure.unread})"
                out.faults.append(f"misread {tag}: want {want.key} got {key}")
    spoken = [f for f in seen.figures if f.in_prose]
    for parts in book.text:
        for part in parts:
            if isinstance(part, Amount):
                out.words += 1
                match = next(
                    (f for f in spoken if f.value == part.value and f.unit == part.unit), None
                )
                if match is None:
                    out.faults.append(
                        f"unheard {part.text}{part.unit} in {''.join(words(p) for p in parts)[:60]}"
                    )
                else:
                    spoken.remove(match)
                    out.heard += 1
    return out


def normal(q: Quantity) -> Quantity:
    """Ways of saying one thing: 三公 amounts carry no fund or nature; 收入总计 of an account."""
    if q.item:
        q = q.with_(fund="", nature="")
    if q.nature in ("personnel", "public", "basic") and q.economic:
        q = q.with_(nature="basic")
    return q


def _leaf(sheet: Sheet, column: int) -> str:
    return next(
        (
            row[column]
            for row in reversed(sheet.header)
            if row[column] not in ("△", "◁", "") and not row[column].isdigit()
        ),
        "",
    )


def _lines(sheet: Sheet, statement: mz.Statement | None) -> dict[int, int]:
    """Printed row -> row of the statement: blank rows are no rows of a text."""
    if statement is None:
        return {}
    printed = [r for r, row in enumerate(sheet.body) if any(words(x).strip() for x in row)]
    seen = [r for r, row in enumerate(statement.rows) if any(x.strip() for x in row)]
    return dict(zip(printed, seen, strict=False))


def _amounts(sheet: Sheet) -> Iterator[tuple[int, int, Amount]]:
    for r, row in enumerate(sheet.body):
        for c, cell in enumerate(row):
            if isinstance(cell, Amount):
                yield r, c, cell


def _matched(book: Printable, seen: mz.Book) -> Iterator[tuple[Sheet, int | None]]:
    """Each printed sheet with the statement that bears its title, in order."""
    free = list(range(len(seen.statements)))
    for sheet in book.sheets:
        wanted = "".join(sheet.title.split())
        hit = next((i for i in free if wanted in "".join(seen.statements[i].title.split())), None)
        if hit is not None:
            free.remove(hit)
        yield sheet, hit
