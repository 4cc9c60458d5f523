"""What is not told of one indicator cannot be worked out from the others of its register."""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator
from decimal import Decimal
from itertools import product
from pathlib import Path

import highspy
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mingzhang.model.evidence import Actual
from mingzhang.perform.evidence import evaluate, load, reproduce

STREETS, KINDS = ("东", "西", "南"), ("甲", "乙")
RATED = 'source = "r"\nunit = "%"\nmeasure = "satisfaction"\ncolumn = "评价"\nat_least = 4\n'
BY = 'by = "街道"\ngroups = ["东", "西"]\n'
Record = tuple[str, str, int]


def write(folder: Path, records: list[Record], indicators: dict[str, str]) -> Path:
    with (folder / "r.csv").open("w", encoding="utf-8", newline="") as stream:
        out = csv.writer(stream)
        out.writerows([("街道", "类别", "评价"), *records])
    path = folder / "evidence.toml"
    parts = ['[source.r]\npath = "r.csv"\n']
    parts += [f'[[indicator]]\nid = "{name}"\n{text}' for name, text in indicators.items()]
    path.write_text("".join(parts), "utf-8")
    return path


def asked(folder: Path, records: list[Record], indicators: dict[str, str]) -> dict[str, Actual]:
    return {a.indicator: a for a in evaluate(load(write(folder, records, indicators)))}


def of(**conditions: str) -> str:
    return "of = { " + ", ".join(f'"{k}" = "{v}"' for k, v in conditions.items()) + " }\n"


def rows_read(actual: Actual) -> int | None:
    assert actual.provenance is not None
    return actual.provenance.rows_read


def some(street: str, kind: str, number: int) -> list[Record]:
    return [(street, kind, 3 + n % 3) for n in range(number)]


def test_the_whole_less_the_others(tmp_path: Path) -> None:
    """20 rated, 17 of them 甲: the three 乙 that are not told would be the difference."""
    records = some("东", "甲", 17) + some("东", "乙", 3)
    parts = {"甲": RATED + of(类别="甲"), "乙": RATED + of(类别="乙")}
    apart = asked(tmp_path, records, parts)
    assert [apart[n].suppressed for n in ("甲", "乙")] == [False, True]
    assert [rows_read(apart[n]) for n in ("甲", "乙")] == [None, None], "20 less 17"
    found = asked(tmp_path, records, {"全部": RATED, **parts})
    assert found["乙"].remarks[-1].code == "suppressed"
    gone = [n for n in ("全部", "甲") if found[n].suppressed]
    assert len(gone) == 1, "one more is enough"
    one = found[gone[0]]
    assert one.remarks[-1].code == "beside"
    assert (one.value, one.numerator, one.denominator, one.groups) == (None, None, None, ())
    assert one.provenance is not None
    assert one.provenance.rows_in is None


def test_a_breakdown_beside_an_indicator(tmp_path: Path) -> None:
    """东 (3) hides behind 西 (10); an indicator about 西 would bring it out again, and it is cheaper
    not to tell the rest (20) than that indicator."""
    records = some("东", "甲", 3) + some("西", "甲", 10) + some("南", "甲", 20)
    by = {"各街道": RATED + BY}
    assert {g.label: g.suppressed for g in asked(tmp_path, records, by)["各街道"].groups} == {
        "东": True,
        "西": True,
        "": False,
    }
    found = asked(tmp_path, records, {**by, "西": RATED + of(街道="西")})
    assert not found["西"].suppressed
    assert all(g.suppressed for g in found["各街道"].groups)


def test_what_is_counted_openly_stays(tmp_path: Path) -> None:
    """A plain count is told by the officer's own choice; that there are three is then no secret, but
    how many of them are satisfied is."""
    records = some("东", "甲", 17) + some("东", "乙", 3)
    count = 'source = "r"\nunit = "件"\nmeasure = "count"\n'
    indicators = {
        "乙数": count + of(类别="乙"),
        "乙": RATED + of(类别="乙"),
        "甲": RATED + of(类别="甲"),
    }
    found = asked(tmp_path, records, {**indicators, "全部": RATED})
    assert found["乙数"].value == 3
    assert found["乙"].suppressed
    assert found["甲"].suppressed or found["全部"].suppressed


def test_one_asked_alone_is_told_no_more(tmp_path: Path) -> None:
    """Asked for by itself, an indicator says what it says beside the others."""
    records = some("东", "甲", 17) + some("东", "乙", 3)
    parts = {"甲": RATED + of(类别="甲"), "乙": RATED + of(类别="乙"), "全部": RATED}
    definition = load(write(tmp_path, records, parts))
    for actual in evaluate(definition):
        (alone,) = evaluate(definition, [actual.indicator])
        assert (alone.value, alone.suppressed) == (actual.value, actual.suppressed)
        assert reproduce(actual, definition).same


def test_sql_beside_what_is_hidden_says_so(tmp_path: Path) -> None:
    records = some("东", "甲", 17) + some("东", "乙", 3)
    sql = 'source = "r"\nsql = "SELECT count(*) AS value, count(*) AS rows FROM r"\n'
    found = asked(tmp_path, records, {"乙": RATED + of(类别="乙"), "总": sql})
    assert [r.code for r in found["总"].remarks] == ["not-audited"]
    found = asked(tmp_path, records, {"甲": RATED + of(类别="甲"), "总": sql})
    assert found["总"].remarks == ()


def test_too_many_kinds_of_records_are_not_audited_and_say_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.modules["mingzhang.perform.evidence.evaluate"], "MOST", 1)
    records = some("东", "甲", 17) + some("东", "乙", 3)
    found = asked(tmp_path, records, {"乙": RATED + of(类别="乙"), "甲": RATED + of(类别="甲")})
    assert found["甲"].remarks[-1].code == "not-audited"


# ------------------------------------------------------------------ any register
@st.composite
def hall(draw: st.DrawFn) -> tuple[list[Record], dict[str, str]]:
    sizes = [draw(st.integers(0, 9)) for _ in product(STREETS, KINDS)]
    records = [
        (street, kind, 3 + draw(st.integers(0, 2)))
        for (street, kind), n in zip(product(STREETS, KINDS), sizes, strict=True)
        for _ in range(n)
    ]
    shapes = [("", "", ""), *((s, "", "") for s in STREETS), *(("", k, "") for k in KINDS)]
    shapes += [(s, k, "") for s, k in product(STREETS, KINDS)]
    shapes += [("", "", BY), ("", "甲", BY)]
    chosen = draw(st.lists(st.sampled_from(shapes), min_size=2, max_size=6, unique=True))
    indicators = {}
    for street, kind, by in chosen:
        limits = {k: v for k, v in (("街道", street), ("类别", kind)) if v}
        indicators[f"{street}|{kind}|{by[:2]}"] = RATED + (of(**limits) if limits else "") + by
    return records, indicators


def counts(name: str, actual: Actual) -> Iterator[tuple[set[Record], Decimal | None, bool]]:
    """Every number of records of an indicator: of which kinds, how many (None where that is not told)
    and whether it is the number behind a rate. By the indicator's name, not by our queries."""
    street, kind, _ = name.split("|")
    kinds = set(product(STREETS, KINDS, (3, 4, 5)))
    base = {r for r in kinds if street in ("", r[0]) and kind in ("", r[1])}
    yield base, actual.denominator, True
    yield {r for r in base if r[2] >= 4}, actual.numerator, False
    for g in actual.groups:
        inside = {r for r in base if r[0] == (g.label or "南")}
        yield inside, g.denominator, True
        yield {r for r in inside if r[2] >= 4}, g.numerator, False


def most(told: list[tuple[list[int], int]], wanted: list[int], kinds: int) -> float:
    """The greatest number that the ``wanted`` kinds may add up to, in whole numbers, for all that
    is told: asked of the solver itself."""
    solver = highspy.Highs()
    solver.silent()
    sizes = [solver.addIntegral(lb=0, ub=1000) for _ in range(kinds)]
    for members, number in told:
        if members:
            solver.addConstr(sum((sizes[m] for m in members[1:]), sizes[members[0]]) == number)
    solver.maximize(sum((sizes[m] for m in wanted[1:]), 1 * sizes[wanted[0]]))
    assert solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
    return float(solver.getObjectiveValue())


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(hall())
def test_no_hidden_group_can_be_known_to_be_small(
    tmp_path_factory: pytest.TempPathFactory, case: tuple[list[Record], dict[str, str]]
) -> None:
    """Every hidden number of 1 to 4 may, for all that is told, be 5 or more."""
    records, indicators = case
    found = asked(tmp_path_factory.mktemp("hall"), records, indicators)
    place = {kind: i for i, kind in enumerate(sorted(set(records)))}
    told = []
    secret = []
    for name, actual in found.items():
        if actual.fault:  # nobody is rated: nothing is told
            continue
        if (read := rows_read(actual)) is not None:
            told.append((list(place.values()), read))
        for members, number, behind in counts(name, actual):
            those = [place[m] for m in members if m in place]
            true = sum(r in members for r in records)
            if number is not None:
                assert number == true
                assert true >= 5 or true == 0 or not behind
                told.append((those, int(number)))
            elif behind and 0 < true < 5:
                secret.append(those)
    for those in secret:
        assert most(told, those, len(place)) >= 5
