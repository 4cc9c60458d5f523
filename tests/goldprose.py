"""How the prose and the findings of a book compare with the gold of tests/corpus."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from difflib import SequenceMatcher

from goldbooks import Compared, compare_tables, norm, rows
from mingzhang.model.book import Book
from mingzhang.model.claim import Direction, Ratio
from mingzhang.model.figure import Figure
from mingzhang.model.finding import Finding, Report
from mingzhang.model.money import parse_number

MEASURED = ("亿元", "万元", "千元", "元", "%")
_STAGE = {"execution": "final"}  # gold's word for the stage of 预算执行数
Row = dict[str, str]


def compare_cells(book: Book, name: str) -> Compared:
    """Like goldbooks.compare_tables, but a table is known by its cells, not by its title.

    A table without a printed title has none to compare; what counts is row, column and text.
    """
    found = compare_tables(book, name)
    missed, extra = (Counter(key[1:] for key in keys) for keys in (found.missed, found.extra))
    both = (missed & extra).total()
    return Compared(
        found.gold,
        found.right + both,
        tuple((missed - extra).elements()),
        tuple((extra - missed).elements()),
    )


@dataclass(frozen=True)
class ComparedProse:
    """``right`` of ``gold`` figures have text, unit and place; ``meant`` of ``asked`` things that
    gold says of them (kind, year, sign, baseline) were understood so. ``in_cells`` counts gold
    figures inside cells of tables, which are not compared."""

    gold: int
    right: int
    missed: tuple[str, ...]
    extra: tuple[str, ...]
    asked: int
    meant: int
    differences: tuple[str, ...]
    in_cells: int


def compare_prose(book: Book, name: str) -> ComparedProse:
    """Every figure of narrative.tsv against the figures in prose, in reading order."""
    lines = {run.place.line for p in book.paragraphs for run in p.runs}
    everything = [r for r in rows(name, "narrative.tsv") if r["unit"] != "分"]
    gold = [r for r in everything if "line" not in r or int(r["line"]) in lines]
    mine = [f for f in book.figures if f.in_prose]
    keys = [_key_of_row(r) for r in gold], [_key_of_figure(f) for f in mine]
    missed: list[str] = []
    extra: list[str] = []
    differences: list[str] = []
    right = asked = meant = 0
    for tag, a, b, c, d in SequenceMatcher(None, *keys, autojunk=False).get_opcodes():
        if tag != "equal":
            missed += [f"{r['text']}{r['unit']} {r['subject']}" for r in gold[a:b]]
            extra += [f"{f.text}{f.unit} {f.label}" for f in mine[c:d]]
            continue
        right += b - a
        for row, figure in zip(gold[a:b], mine[c:d], strict=True):
            for what, wanted, got in _meaning(row, figure, book):
                asked += 1
                meant += wanted == got
                if wanted != got:
                    differences.append(
                        f"{figure.id} {figure.text} {row['subject']}: {what} {got}, not {wanted}"
                    )
    return ComparedProse(
        len(gold), right, tuple(missed), tuple(extra), asked, meant, tuple(differences),
        len(everything) - len(gold),
    )  # fmt: skip


def _key_of_row(row: Row) -> tuple[str, str, str]:
    unit = row["unit"] if row["unit"] in MEASURED else "count"
    return (
        f"{row['line']}:{row['col']}" if "line" in row else row["page"],
        _value(row["text"]),
        unit,
    )


def _key_of_figure(figure: Figure) -> tuple[str, str, str]:
    place = figure.place
    where = f"{place.line}:{place.column}" if place.line else str(place.page)
    unit = figure.unit if figure.is_money or figure.is_percent else "count"
    return (where, _value(figure.text), unit)


def _value(text: str) -> str:
    found = parse_number(text)
    return f"{abs(found[0]).normalize() + Decimal(0):f}" if found else text


def _meaning(row: Row, figure: Figure, book: Book) -> Iterable[tuple[str, object, object]]:
    """(what, as gold says, as read) of all that gold says about a figure."""
    ratios = {c.figure: c for c in book.claims if isinstance(c, Ratio)}
    yield "kind", row["kind"], _kind(figure, ratios)
    quantity = figure.quantity
    if quantity is None or quantity.local.startswith("share"):
        return
    year, _, stage = row["year"].partition(":")
    if year and row["kind"] in ("level", "change") and "#" not in quantity.part:
        yield "year", int(year), quantity.year
        if stage:
            yield "stage", _STAGE.get(stage, stage), quantity.stage
    if row["kind"] in ("change", "growth"):
        base, _, named = row["versus"].partition(":")
        told_year, _, told_stage = quantity.versus.partition(":")
        yield "versus", base, told_year
        if named:
            yield "stage of versus", _STAGE.get(named, named), told_stage
        if row["sign"]:
            yield "sign", row["sign"], _sign(figure, book, ratios)


def _kind(figure: Figure, ratios: dict[str, Ratio]) -> str:
    if figure.unread in ("threshold", "target"):
        return figure.unread
    if figure.is_percent:
        return ratios[figure.id].kind if figure.id in ratios else "?"
    if not figure.is_money:
        return "count"
    if figure.quantity is None:
        return "?"
    return "change" if figure.quantity.versus and "#" not in figure.quantity.part else "level"


def _sign(figure: Figure, book: Book, ratios: dict[str, Ratio]) -> str:
    signs = {c.figure: c.sign for c in book.claims if isinstance(c, Direction) and c.figure}
    sign = ratios[figure.id].sign if figure.id in ratios else signs.get(figure.id, 0)
    return {1: "+", -1: "-"}.get(sign, "")


# ---------------------------------------------------------------- findings

RULES: dict[str, tuple[str, ...]] = {
    "rounding": ("MZ010",),
    "missing-statement": ("MZ101",),
    "unnumbered-statement": ("MZ103",),
    "indicator-without-target": ("MZ501",),
    "project-two-names": ("MZ502",),
    "growth": ("MZ001", "MZ002"),
    "share": ("MZ001",),
    "text-vs-table": ("MZ001",),
    "code": ("MZ20",),
    "name": ("MZ20",),
    "code-name": ("MZ20",),
    "wording": ("MZ20", "MZ4", "MZ6"),
    "title": ("MZ102", "MZ3"),
    "empty-without-note": ("MZ104",),
    "entities": ("MZ3",),
    "list": ("MZ0", "MZ6"),
    "other": ("MZ",),
}
"""The rules (or beginnings of their ids) that can tell what findings.tsv calls a kind."""
_SEVERITY = ("note", "warning", "error")


@dataclass(frozen=True)
class ComparedFindings:
    """``missing`` are ids of gold that have to be found and are not; ``too_loud`` those told more
    severely than gold allows; ``stray`` findings above note that no line of gold speaks of."""

    wanted: int
    found: int
    missing: tuple[str, ...]
    too_loud: tuple[str, ...]
    stray: tuple[str, ...]
    loud: int


def compare_findings(report: Report, name: str) -> ComparedFindings:
    """The findings against findings.tsv: by rule and equation, else by rule and place."""
    gold = [r for r in rows(name, "findings.tsv") if r["id"] != "V"]
    used: set[int] = set()
    missing: list[str] = []
    loud_only: list[tuple[str, list[int]]] = []
    wanted = [r for r in gold if r["must"] == "must"]
    for row in [*wanted, *(r for r in gold if r["must"] == "may")]:
        fitting = [k for k, f in enumerate(report.findings) if _fits(f, row)]
        allowed = _SEVERITY.index(row["max_severity"] or "error")
        quiet = [k for k in fitting if _SEVERITY.index(report.findings[k].severity) <= allowed]
        used.update(quiet)
        if row["must"] == "must" and not fitting:
            missing.append(row["id"])
        elif fitting and not quiet:
            loud_only.append((row["id"], fitting))
    too_loud = tuple(i for i, fitting in loud_only if not used.intersection(fitting))
    loud = [(k, f) for k, f in enumerate(report.findings) if f.severity != "note"]
    stray = tuple(f"{f.rule} {f.message} {f.equation}" for k, f in loud if k not in used)
    return ComparedFindings(
        len(wanted), len(wanted) - len(missing), tuple(missing), too_loud, stray, len(loud)
    )


def _fits(finding: Finding, row: Row) -> bool:
    if not finding.rule.startswith(RULES[row["kind"]]):
        return False
    if row["kind"] == "rounding" and row["equation"]:
        return _same_equation(finding.equation, row["equation"])
    return bool(_places(row) & _spots(finding))


def _same_equation(mine: str, gold: str) -> bool:
    """True if both say the same of one whole: the same parts, or the same sum of them.

    Parts that are zero are left aside; an equation cut in the middle has to show no other parts.
    """
    mine = mine.partition("（差")[0]
    if sorted(_numbers(mine)) == sorted(_numbers(gold)):
        return True
    whole, *parts = _numbers(re.sub(r"….*?…", "", mine))
    told, *others = _numbers(gold)
    if whole != told or not parts:
        return False
    shown, wanted = (Counter(p for p in ps if p != "0") for ps in (parts, others))
    total = f"{sum((Decimal(p) for p in parts), Decimal(0)).normalize() + Decimal(0):f}"
    if "…" in mine:
        return not shown - wanted or "Σ" in gold
    return not shown - wanted or total == others[-1]


def _numbers(text: str) -> list[str]:
    return [_value(t) for t in re.findall(r"\d[\d,]*(?:\.\d+)?", norm(text))]


def _places(row: Row) -> set[int]:
    out: set[int] = set()
    for part in re.findall(r"\d+(?:-\d+)?", row.get("lines") or row.get("pages") or ""):
        first, _, last = part.partition("-")
        out.update(range(int(first), int(last or first) + 1))
    return out


def _spots(finding: Finding) -> set[int]:
    return {p.line or p.page or 0 for p in finding.places}


def money(book: Book) -> Sequence[Figure]:
    """The figures that are amounts of money."""
    return [f for f in book.figures if f.is_money]
