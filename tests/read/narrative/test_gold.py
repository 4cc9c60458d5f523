"""The prose of the shared books against hand-made gold (tests/corpus/*/narrative.tsv)."""

from __future__ import annotations

from difflib import SequenceMatcher

import pytest

from goldbooks import CORPUS, paths, rows
from mingzhang.model.book import Book
from mingzhang.model.claim import Direction, Ratio
from mingzhang.model.figure import Figure
from mingzhang.read import read_book

BOOKS = sorted(p.parent.name for p in CORPUS.glob("*/narrative.tsv"))
WITHIN = 0.97  # of the figures in the sentences of each book, by kind, year, sign and baseline
STAGES = {"execution": "final"}  # gold's word for the stage of 预算执行数


def kind_of(figure: Figure, ratios: dict[str, Ratio]) -> str:
    """Gold's word for what a figure is."""
    if figure.unread in ("threshold", "target"):
        return figure.unread
    if figure.is_percent:
        return ratios[figure.id].kind if figure.id in ratios else "?"
    if not figure.is_money:
        return "count"
    if figure.quantity is None:
        return "?"
    return "change" if figure.quantity.versus and "#" not in figure.quantity.part else "level"


def differences(row: dict[str, str], figure: Figure, book: Book) -> list[str]:
    """In what a figure as read differs from its line of gold."""
    ratios = {c.figure: c for c in book.claims if isinstance(c, Ratio)}
    signs = {c.figure: c.sign for c in book.claims if isinstance(c, Direction) and c.figure}
    signs |= {c.figure: c.sign for c in ratios.values()}
    found = []
    kind = kind_of(figure, ratios)
    if kind != row["kind"]:
        return [f"{kind}, not {row['kind']}"]
    quantity = figure.quantity
    if quantity is None:
        return []
    year, _, stage = row["year"].partition(":")
    if row["kind"] in ("level", "change") and not quantity.part.endswith(("#0", "#1")):
        if year and quantity.year != int(year):
            found.append(f"year {quantity.year}, not {year}")
        if stage and quantity.stage != STAGES.get(stage, stage):
            found.append(f"stage {quantity.stage}, not {stage}")
    if row["kind"] in ("change", "growth"):
        base, _, named = row["versus"].partition(":")
        if not quantity.versus.startswith(base):
            found.append(f"versus {quantity.versus}, not {row['versus']}")
        if named and not quantity.versus.endswith(STAGES.get(named, named)):
            found.append(f"versus {quantity.versus}, not {row['versus']}")
        wanted = {"+": 1, "-": -1}.get(row["sign"])
        if wanted is not None and signs.get(figure.id) != wanted:
            found.append(f"sign {signs.get(figure.id)}, not {row['sign']}")
    return found


def in_sentences(name: str, book: Book) -> list[dict[str, str]]:
    """Gold without what stands in cells of tables, and without points (分)."""
    lines = {run.place.line for p in book.paragraphs for run in p.runs}
    return [
        r
        for r in rows(name, "narrative.tsv")
        if r["unit"] != "分" and ("line" not in r or int(r["line"]) in lines)
    ]


@pytest.mark.parametrize("name", BOOKS)
def test_prose_against_gold(name: str) -> None:
    book = read_book(paths(name))
    gold = in_sentences(name, book)
    mine = [f for f in book.figures if f.in_prose]
    texts = [r["text"].replace(" ", "") for r in gold], [f.text.replace(" ", "") for f in mine]
    matcher = SequenceMatcher(None, *texts, autojunk=False)
    wrong: list[str] = []
    right = 0
    for tag, a1, a2, b1, b2 in matcher.get_opcodes():
        if tag != "equal":
            wrong += [f"missed {r['text']} {r['subject']}" for r in gold[a1:a2]]
            wrong += [f"extra {f.text} {f.label}" for f in mine[b1:b2]]
            continue
        for row, figure in zip(gold[a1:a2], mine[b1:b2], strict=True):
            found = differences(row, figure, book)
            wrong += [f"{figure.id} {figure.text} {row['subject']}: {d}" for d in found]
            right += not found
    print("\n".join(wrong))
    assert right >= WITHIN * len(gold), wrong
