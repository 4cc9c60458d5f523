"""Checks of totals: each fund's sources and uses, and changes that need a reason."""

from __future__ import annotations

from collections.abc import Iterable

from mingzhang.catalog.derived import items_of
from mingzhang.catalog.dimensions import ancestors
from mingzhang.catalog.dimensions import name as name_of
from mingzhang.catalog.ledger import words
from mingzhang.ledger.fault import Notebook
from mingzhang.ledger.values import amount_text
from mingzhang.model.ledger import Ledger, Line, Project

_SOURCES = ("income", "carry_in", "reserve_used")
_SMALL = ("meeting", "training")  # told under the totals where nobody gives a reason of their own
_USES = ("expenditure", "carry_out", "distribution")


def check_totals(ledger: Ledger, notes: Notebook) -> None:
    """What only sums over many lines show."""
    _check_balance(ledger, notes)
    _check_reasons(ledger, notes)


def _check_balance(ledger: Ledger, notes: Notebook) -> None:
    """Sources equal uses in every fund; where no income is given it follows, and is not negative."""
    sums: dict[tuple[str, tuple[int, str]], dict[str, int]] = {}
    some: dict[str, Line] = {}
    for line in ledger.lines:
        if line.flow != "expenditure":
            some.setdefault(line.fund, line)
        for measure, fen in line.amounts.items():
            if measure[1] == ledger.stage:
                flows = sums.setdefault((line.fund, measure), {})
                flows[line.flow] = flows.get(line.flow, 0) + fen
    for (fund, measure), flows in sums.items():
        sources = sum(flows.get(f, 0) for f in _SOURCES)
        uses = sum(flows.get(f, 0) for f in _USES)
        kind = "unbalanced" if "income" in flows else "more-carried-than-spent"
        wrong = sources != uses if "income" in flows else sources > uses
        if wrong and fund in some:
            year = ledger.year - measure[0]
            notes.add(
                kind, some[fund].place, fund=name_of("fund", fund), stage=year,
                sources=amount_text(sources), uses=amount_text(uses),
                difference=amount_text(sources - uses), en={"fund": name_of("fund", fund, "en")},
            )  # fmt: skip


def _check_reasons(ledger: Ledger, notes: Notebook) -> None:
    """Projects and items whose amount changed need a reason; compiling will insist on it."""
    now, before = (0, ledger.stage), (1, ledger.stage)
    told = {reason.subject for reason in ledger.reasons if reason.text}
    totals: dict[str, list[int]] = {}
    projects: dict[str, list[int]] = {}
    whole = [0, 0]
    for line in ledger.lines:
        if line.flow != "expenditure" or line.withheld:
            continue
        pair = (line.amounts.get(now, 0), line.amounts.get(before, 0))
        whole = [whole[0] + pair[0], whole[1] + pair[1]]
        for item in _with_wholes(items_of(line, ledger)):
            _add(totals, item, pair)
        if line.project:
            _add(projects, line.project, pair)
    by_name = {p.name: p for p in ledger.projects}
    for name, (new, old) in projects.items():
        project = by_name.get(name)
        if project and not project.withheld and not project.reason and new != old and old:
            _missing(notes, project, name, name, new, old)
    for item, (new, old) in totals.items():
        enough = {
            item,
            *ancestors("item", item),
            *(words("totals_subject") if item in _SMALL else ()),
        }
        if new != old and not told & enough:
            _missing(notes, ledger, name_of("item", item), name_of("item", item, "en"), new, old)
    if whole[0] != whole[1] and whole[1] and not told.intersection(words("totals_subject")):
        _missing(notes, ledger, words("totals_subject")[0], "the total", whole[0], whole[1])


def _missing(
    notes: Notebook, where: Project | Ledger, zh: str, en: str, new: int, old: int
) -> None:
    place = where.place if isinstance(where, Project) else where.source
    notes.add(
        "reason-missing", place, subject=zh, subject_en=en, before=amount_text(old), now=amount_text(new)
    )  # fmt: skip


def _with_wholes(items: Iterable[str]) -> set[str]:
    """Items and the 三公 wholes that they belong to (what has parts of two kinds has no reason of its own)."""
    out = set(items)
    for item in items:
        out |= {a for a in ancestors("item", item) if a == "sangong"}
    return out


def _add(sums: dict[str, list[int]], key: str, pair: tuple[int, int]) -> None:
    held = sums.setdefault(key, [0, 0])
    held[0] += pair[0]
    held[1] += pair[1]
