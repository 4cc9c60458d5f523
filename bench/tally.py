"""Tally: what became of many slips, counted by book and by kind of figure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rich.console import Console
from rich.table import Table

import mingzhang as mz

SCOPES = ("table", "prose", "percent")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one slip. ``suspects`` counts those of the finding that speaks of it."""

    figure: str
    scope: str
    kind: str
    old: str
    new: str
    caught: bool = False
    suspects: int = 0
    first: bool = False
    listed: bool = False
    wrong: bool = False
    entangled: bool = False
    certified: bool = True
    status: str = ""
    crash: str = ""
    seconds: float = 0.0

    @property
    def identifiable(self) -> bool:
        return self.caught and self.suspects == 1 and not self.entangled


def scope(figure: mz.Figure) -> str:
    """table, prose (money), percent (wherever printed), or count."""
    if figure.is_percent:
        return "percent"
    if not figure.is_money:
        return "count"
    return "prose" if figure.in_prose else "table"


@dataclass(frozen=True, slots=True)
class Unchecked:
    """A figure of which no slip was caught and that the book does not bound, and why."""

    figure: str
    scope: str
    text: str
    label: str
    reason: str


def summarize(
    book: mz.Book,
    found: Sequence[Outcome],
    coverage: mz.Coverage,
    by_hand: Mapping[str, str] | None = None,
) -> tuple[dict[str, Any], list[Unchecked]]:
    """Counts by scope, and the figures that nothing in the book can check.

    A figure is checkable if the unaltered book bounds it, any slip of it was caught, or the
    hand-made list of the book (``by_hand``: yes, weak, no by figure) says so.
    """
    reasons = {**coverage.unlinked, **coverage.unproved}
    caught = {o.figure for o in found if o.caught}
    checkable = caught | {f.id for f in book.figures if f.id not in reasons}
    checkable |= {i for i, said in (by_hand or {}).items() if said == "yes"}
    summary: dict[str, Any] = {}
    for name in SCOPES:
        mine = [o for o in found if o.scope == name]
        if mine:
            summary[name] = _counts(mine, checkable)
    unchecked = [
        Unchecked(f.id, scope(f), f.text.strip(), f.label, reasons[f.id])
        for f in book.figures
        if f.id in {o.figure for o in found} and f.id not in checkable
    ]
    return summary, unchecked


def _counts(found: Sequence[Outcome], checkable: set[str]) -> dict[str, Any]:
    able = [o for o in found if o.figure in checkable]
    hit = [o for o in found if o.caught]
    single = [o for o in hit if o.identifiable]
    ties = [o for o in hit if not o.identifiable and not o.entangled]
    kinds = Counter(o.kind for o in found)
    kinds_hit = Counter(o.kind for o in hit)
    return {
        "figures": len({o.figure for o in found}),
        "figures_checkable": len({o.figure for o in able}),
        "slips": len(found),
        "slips_checkable": len(able),
        "caught": len(hit),
        "identifiable": len(single),
        "first": sum(o.first for o in single),
        "ties": len(ties),
        "listed": sum(o.listed for o in ties),
        "wrong": sum(o.wrong for o in hit),
        "entangled": sum(o.entangled for o in hit),
        "crashed": sum(bool(o.crash) for o in found),
        "uncertified": sum(not o.certified for o in hit),
        "kinds": {k: [kinds_hit[k], kinds[k]] for k in sorted(kinds)},
    }


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.2f}" if whole else "–"


def gained(before: dict[str, Any], after: dict[str, Any]) -> dict[str, int]:
    """How many more figures of each scope are checkable in ``after`` than in ``before``."""
    return {
        name: counts["figures_checkable"] - before[name]["figures_checkable"]
        for name, counts in after.items()
        if name in before
    }


def show(console: Console, results: dict[str, Any]) -> None:
    """The table of all books."""
    table = Table(title="slips caught and located (percent of …)")
    for name in (
        "book", "scope", "figures", "checkable", "slips", "caught of all", "caught of checkable",
        "identifiable", "first of those", "listed of ties", "named wrongly", "entangled",
        "not certified", "crashed", "more with last year",
    ):  # fmt: skip
        table.add_column(name, justify="left" if name in ("book", "scope") else "right")
    for name, result in results.items():
        for which, c in result["scopes"].items():
            table.add_row(
                name, which, str(c["figures"]), str(c["figures_checkable"]), str(c["slips"]),
                _share(c["caught"], c["slips"]), _share(c["caught"], c["slips_checkable"]),
                _share(c["identifiable"], c["caught"]), _share(c["first"], c["identifiable"]),
                _share(c["listed"], c["ties"]), str(c["wrong"]), str(c["entangled"]),
                str(c["uncertified"]), str(c["crashed"]),
                str(result.get("with_prior", {}).get("gained", {}).get(which, "–")),
            )  # fmt: skip
    console.print(table)


def failures(
    console: Console, name: str, found: Sequence[Outcome], unchecked: Sequence[Unchecked]
) -> None:
    """What a person has to look at: crashes, wrong names, slips of tables that nobody noticed."""
    blind = {u.figure for u in unchecked}
    for outcome in sorted(found, key=lambda o: o.figure):
        what = ""
        if outcome.crash:
            what = f"crash: {outcome.crash}"
        elif outcome.wrong:
            what = "named wrongly"
        elif outcome.caught and not outcome.listed:
            what = f"caught, not listed ({outcome.status})"
        elif not outcome.caught and outcome.figure not in blind:
            what = "not caught"
        if what:
            words = (
                f"{name} {outcome.figure} {outcome.old} → {outcome.new} ({outcome.kind}): {what}"
            )
            console.print(words, highlight=False, markup=False)
    for one in unchecked:
        console.print(
            f"{name} {one.figure} {one.text} ({one.label}): unchecked, {one.reason}",
            highlight=False,
            markup=False,
        )
