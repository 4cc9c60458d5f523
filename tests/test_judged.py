"""Every finding above note on a shared book was judged by hand: tests/corpus/judged.

``python tests/test_judged.py`` writes fingerprints and figure ids anew where a finding moved but
still says the same of the same place, and lists what has to be judged (or is not told any more).
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

import mingzhang as mz
from goldbooks import CORPUS, FILES, WITH_GOLD, norm, paths, rows
from mingzhang.model.figure import Figure
from mingzhang.model.finding import Finding, Report

JUDGED = CORPUS / "judged"
PRIOR = {
    "js-congress-2018": "js-congress-2017",
    "js-congress-2019": "js-congress-2018",
    "js-partyoffice-2018": "js-partyoffice-2017",
    "js-partyoffice-2019": "js-partyoffice-2018",
}
LONGEST = 16  # characters of a book's words that are kept to know a place again


@cache
def reports(name: str) -> dict[str, Report]:
    """The report on a book alone and, where last year's book is shared, together with it."""
    book = mz.read(*paths(name))
    out = {"alone": mz.check(book)}
    if name in PRIOR:
        out["prior"] = mz.check(book, prior=[mz.read(*paths(PRIOR[name]))])
    return out


@cache
def told(name: str) -> dict[tuple[str, str], tuple[Finding, str]]:
    """What is told of a book above note, by (rule, fingerprint), and in which run: alone, prior, both."""
    out: dict[tuple[str, str], tuple[Finding, str]] = {}
    for run, report in reports(name).items():
        for finding in report.findings:
            if finding.severity != "note":
                key = (finding.rule, finding.fingerprint)
                before = out.get(key, (finding, run))[1]
                out[key] = (finding, run if before == run else "both")
    return out


def judged(name: str) -> list[dict[str, str]]:
    return rows("judged", f"{name}.tsv")


def keyed(name: str) -> dict[tuple[str, str], dict[str, str]]:
    return {(row["rule"], row["fingerprint"]): row for row in judged(name)}


def figures_of(name: str) -> dict[str, Figure]:
    return {f.id: f for f in reports(name)["alone"].book.figures}


def printed(name: str, finding: Finding) -> str:
    """What is printed at the place that is blamed: by this a finding is known again."""
    figures = figures_of(name)
    blamed = [s.figure for s in finding.suspects] or list(finding.figures)
    texts = sorted(figures[i].text for i in blamed if i in figures)
    return " ".join(texts) or norm(finding.places[0].excerpt)[:LONGEST]


def where(finding: Finding) -> str:
    place = finding.places[0]
    return str(place.page or place.line or "")


def line_of(name: str, finding: Finding) -> str:
    return "\t".join(
        (
            finding.rule,
            finding.severity,
            finding.fingerprint,
            where(finding),
            printed(name, finding),
            finding.message,
        )
    )


@pytest.mark.parametrize("name", FILES)
def test_every_finding_above_note_was_judged(name: str) -> None:
    known = keyed(name)
    unjudged = [line_of(name, f) for key, (f, _) in told(name).items() if key not in known]
    assert not unjudged, "look at the page and judge in tests/corpus/judged:\n" + "\n".join(
        unjudged
    )


@pytest.mark.parametrize("name", FILES)
def test_what_was_judged_true_is_still_told(name: str) -> None:
    gone = [
        f"{row['rule']} {row['fingerprint']} page {row['page']}: {row['printed']}: {row['reason']}"
        for key, row in keyed(name).items()
        if row["verdict"] == "true" and key not in told(name)
    ]
    assert not gone, "no longer told (or `python tests/test_judged.py`, if it only moved):\n" + (
        "\n".join(gone)
    )


def _verdicts() -> Iterator[tuple[str, Finding, str]]:
    for name in FILES:
        known = keyed(name)
        for key, (finding, _) in told(name).items():
            if key in known:
                yield name, finding, known[key]["verdict"]


def test_at_least_98_percent_are_true() -> None:
    verdicts = list(_verdicts())
    false = [f"{name}: {line_of(name, f)}" for name, f, verdict in verdicts if verdict != "true"]
    assert len(false) <= 0.02 * len(verdicts), "\n".join(false)


def test_no_error_is_false() -> None:
    false = [
        f"{name}: {line_of(name, f)}"
        for name, f, verdict in _verdicts()
        if verdict != "true" and f.severity == "error"
    ]
    assert not false, "\n".join(false)


def _found(name: str) -> set[str]:
    """The ids of known defects that what is told of a book shows, as judged."""
    known = keyed(name)
    return {
        gold
        for key in told(name)
        if key in known and known[key]["verdict"] == "true"
        for gold in known[key]["gold"].split()
    }


@pytest.mark.parametrize("name", WITH_GOLD)
def test_every_defect_of_the_gold_is_found(name: str) -> None:
    wanted = [
        r for r in rows(name, "findings.tsv") if r["must"] == "must" and r["max_severity"] != "note"
    ]
    found = _found(name)
    missed = [
        f"{r['id']} {r['where']} {r['equation']}"
        for r in wanted
        if r["id"] not in found and r["kind"] != "verdict"
    ]
    assert not missed, "\n".join(missed)
    for row in wanted:
        if row["kind"] == "verdict":
            assert reports(name)["alone"].verdict == row["equation"]


@pytest.mark.parametrize("name", WITH_GOLD)
def test_every_rounding_of_the_gold_is_noted(name: str) -> None:
    wanted = [
        r for r in rows(name, "findings.tsv") if r["must"] == "must" and r["kind"] == "rounding"
    ]
    figures = figures_of(name)
    noted = [
        {abs(figures[i].value) for i in f.figures if i in figures}
        for f in reports(name)["alone"].findings
        if f.severity == "note" and f.rule == "MZ010"
    ]
    missed = []
    for row in wanted:
        values = _values(row["equation"])
        if not any(values <= have for have in noted):
            missed.append(f"{row['id']} {row['where']}: {row['equation']}")
    assert not missed, "\n".join(missed)


def _values(equation: str) -> set[Decimal]:
    """The printed figures of a gold equation: total = parts = their sum (not printed).

    Where the gold gives no parts, or two amounts of which one may be such a sum: the first.
    """
    total, parts, *rest = equation.replace(",", "").split("=")
    if "Σ" in parts or not rest:
        return {Decimal(total)}
    return {Decimal(t) for t in (total, *parts.split("+")) if Decimal(t)}


@pytest.mark.parametrize("name", FILES)
def test_every_known_defect_is_found(name: str) -> None:
    found = _found(name)
    missed = [
        f"{r['id']} page {r['page']}: {r['printed']}, {r['right']}"
        for r in rows("judged", "known.tsv")
        if r["book"] == name and r["id"] not in found
    ]
    assert not missed, "\n".join(missed)


def test_every_slip_of_the_doctored_book_is_found() -> None:
    found = _found("sh-putuo-finance-2024-final-doctored")
    planted = rows("judged", "doctored.tsv")
    assert sum(r["must"] == "must" for r in planted) >= 9
    missed = [
        f"{r['id']} page {r['page']}: {r['original']} -> {r['doctored']}"
        for r in planted
        if r["must"] == "must" and r["id"] not in found
    ]
    assert not missed, "\n".join(missed)


@pytest.mark.parametrize("name", FILES)
def test_judgements_are_well_formed(name: str) -> None:
    found = judged(name)
    assert len(keyed(name)) == len(found), "judged twice"
    for row in found:
        assert row["verdict"] in ("true", "false"), row
        assert row["named"] in ("alone", "first", "listed", "wrong", "-"), row
        assert len(row["reason"]) > 10, row


def refresh(name: str) -> None:
    """Write the fingerprints, severities, runs and figure ids of one book's judgements anew."""
    path = JUDGED / f"{name}.tsv"
    lines = path.read_text("utf-8").splitlines()
    comments = [line for line in lines if line.startswith("#")]
    known = keyed(name)
    moved = [row for key, row in known.items() if key not in told(name)]
    placed = {(r["rule"], r["page"], r["printed"]): r for r in moved}
    header = next(line for line in lines if line and line[0] != "#")
    out: dict[tuple[str, str], dict[str, str]] = {}
    for key, (finding, run) in told(name).items():
        row = known.get(key) or placed.get((finding.rule, where(finding), printed(name, finding)))
        if row is None:
            print(f"{name}: to be judged: {line_of(name, finding)}")
            continue
        known.pop((row["rule"], row["fingerprint"]), None)
        out[key] = row | {
            "severity": finding.severity,
            "fingerprint": finding.fingerprint,
            "run": run,
            "page": where(finding),
            "figures": " ".join(finding.figures),
            "printed": printed(name, finding),
        }
    for row in (r for r in known.values() if r["verdict"] == "true"):
        print(f"{name}: not told any more: {row['rule']} {row['fingerprint']} {row['printed']}")
    data = ["\t".join(r[c] for c in header.split("\t")) for r in (*out.values(), *known.values())]
    path.write_text("\n".join((*comments, header, *data)) + "\n", "utf-8")


if __name__ == "__main__":
    for book in FILES:
        refresh(book)
