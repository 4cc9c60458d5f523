"""Attacks on a book that keeps something back, each with what it must find."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1]))
sys.path.insert(0, str(Path(__file__).parents[1] / "prove"))

from milp_oracle import lightest

from mingzhang.compiling import Compiled, compile_ledger
from mingzhang.disclosure import auditing, sealed
from mingzhang.model.ledger import Ledger, Line, Passage, Project, Protection, Reason
from mingzhang.model.place import Place
from mingzhang.prove import System
from mingzhang.prove.withhold import Withholding, withholding
from random_ledger import Size, make_ledger

HERE = Place("0" * 64, "test", "")
WAN = 1_000_000
SECRET = "青鸟计划"


def line(now: int, before: int = 0, **more: object) -> Line:
    amounts = {(0, "budget"): now, (1, "budget"): before}
    return Line({m: fen for m, fen in amounts.items() if fen}, HERE, **more)  # type: ignore[arg-type]


def work(name: str, now: int, before: int = 0, **more: object) -> Line:
    given = {"function": "2010302", "economic": "30227", **more}
    return line(now, before, nature="project", project=name, **given)


STAFF = line(321 * WAN, 300 * WAN, nature="personnel", function="2010301", economic="30101")


def ledger(*lines: Line, layout: str = "shenzhen", **more: object) -> Ledger:
    names = dict.fromkeys(x.project for x in lines if x.project)
    hidden = {x.project for x in lines if x.withheld}
    given: dict[str, object] = {
        "name": "某局",
        "department": "某局",
        "year": 2023,
        "layout": layout,
        "lines": lines,
        "source": HERE,
        "rounding": "independent",
        "projects": tuple(
            Project(n, HERE, "做事", reason="任务变化", withheld=n in hidden) for n in names
        ),
        "reasons": tuple(
            Reason(s, "任务变化", HERE) for s in ("总收支", "sangong", "running_cost")
        ),
    }
    return Ledger(**{**given, **more})  # type: ignore[arg-type]


def interval(compiled: Compiled, item: str) -> tuple[int | None, int | None, int]:
    assert compiled.audit is not None
    return compiled.audit.intervals[item]


def test_two_withheld_projects_in_one_account_hide_each_other_but_not_their_sum() -> None:
    """Nothing else is in the account: the two are known to 1 万元 together, not apart."""
    made = ledger(STAFF, work(SECRET, 60 * WAN, withheld=True), work("白鹭计划", 40 * WAN, withheld=True))  # fmt: skip
    compiled = compile_ledger(made)
    for item in ("涉密项1", "涉密项2"):
        low, high, needed = interval(compiled, item)
        assert low is not None and high is not None and high - low >= 99 * WAN > needed
    assert compiled.ok


def test_two_parts_of_one_withheld_project_do_not_hide_it() -> None:
    """The parts hide each other; what the project is as a whole is what the total leaves."""
    made = ledger(STAFF, work(SECRET, 60 * WAN, part="甲", withheld=True), work(SECRET, 40 * WAN, part="乙", withheld=True))  # fmt: skip
    compiled = compile_ledger(made)
    low, high, needed = interval(compiled, "涉密项1")
    assert low is not None and high is not None and high - low < needed == 20 * WAN
    assert low <= 100 * WAN <= high
    part_low, part_high, _ = interval(compiled, "涉密项1-1")
    assert part_low is not None and part_high is not None and part_high - part_low >= 99 * WAN


def test_last_years_share_and_total_tell_last_years_amount() -> None:
    """Last year's book does not print the account, but "项目支出…占25%" of a total that it prints."""
    told = Passage("overview", "2022年某局支出预算400万元，其中：项目支出100万元，占25.00%。", HERE)
    open_then = (
        replace(STAFF, amounts={(0, "budget"): 300 * WAN}),
        work("河道", 70 * WAN),
        work("绿道", 30 * WAN),
    )
    then = compile_ledger(replace(ledger(*open_then, passages=(told,)), year=2022))
    assert then.book is not None
    made = ledger(STAFF, work("河道", 80 * WAN, 70 * WAN), work(SECRET, 40 * WAN, 30 * WAN, withheld=True))  # fmt: skip
    item = "涉密项1·2022年年初预算"
    alone, beside = compile_ledger(made), compile_ledger(made, [then.book])
    before, after = interval(alone, item), interval(beside, item)
    assert None not in (*before, *after)
    assert after[0] >= before[0] and after[1] <= before[1]  # type: ignore[operator]
    assert after[1] - after[0] <= 2 * WAN  # type: ignore[operator]
    assert item in beside.audit.leaks  # type: ignore[union-attr]


def test_a_typed_percentage_stays_whatever_is_kept_back() -> None:
    """ "增长40.33%" typed into a passage is no figure that withholding could take out of the book."""
    told = Passage("overview", "2023年某局支出预算{{ 金额() }}，比2022年增长40.33%。", HERE)
    made = ledger(STAFF, work(SECRET, 100 * WAN, withheld=True), passages=(told,))
    compiled = compile_ledger(made)
    assert compiled.audit is not None and compiled.audit.leaks
    assert compiled.book is not None and compiled.edition is not None
    whole = replace(sealed(made), protection=Protection())
    amounts = auditing.Amounts.from_ledger(whole)
    public = auditing.Public(whole, amounts, compiled.edition, compiled.book, ())
    fixed = [row for row in public.system.rows if row.witness in public.fixed]
    # two sides of one percentage, and no amount: both money figures are compiled ones
    assert len(fixed) == 2 and all(len(row.terms) > 1 for row in fixed)
    cured = replace(made, protection=Protection(withhold=compiled.audit.cure or ()))
    again = compile_ledger(cured)
    assert again.audit is not None
    assert again.audit.leaks == () or not again.ok


def test_a_withheld_correction_below_zero_beside_its_opposite() -> None:
    """+50 and -50 in one account: the account prints nothing of either, the parts stay open."""
    made = ledger(
        STAFF,
        work("河道", 88 * WAN),
        work(SECRET, 50 * WAN, part="调增", withheld=True),
        work(SECRET, -50 * WAN, part="调减", withheld=True),
    )
    compiled = compile_ledger(made)
    assert compiled.audit is not None
    low, high, needed = interval(compiled, "涉密项1-1")
    assert high is None or low is None or high - low >= needed == 10 * WAN


@pytest.mark.parametrize("hidden", ["青\u200b鸟计划", "青\u00ad鸟计划", "青\u202d鸟\u202c计划"])
def test_an_invisible_character_hides_no_withheld_name(hidden: str) -> None:
    """A zero-width space inside the name is not seen on paper; the name is."""
    made = ledger(
        STAFF,
        work(SECRET, 50 * WAN, withheld=True),
        passages=(Passage("overview", f"其中{hidden}另行安排。", HERE),),
    )
    assert "named" in {f.kind for f in compile_ledger(made).faults}


BOOKS = [("shenzhen", 8), ("shanghai-final", 21), ("jiangsu-2018", 20)]


@pytest.mark.parametrize("layout, seed", BOOKS)
def test_the_cure_of_a_small_book_is_the_lightest(
    layout: str, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Beside one exact program over the whole book."""
    asked: list[tuple[tuple[object, ...], Withholding]] = []

    def watched(system: System, *more: object) -> Withholding:
        answer = withholding(system, *more)  # type: ignore[arg-type]
        asked.append(((system, *more), answer))
        return answer

    monkeypatch.setattr(auditing, "withholding", watched)
    made = make_ledger(seed, layout, Size(1, 1, 1, 2, 1), withheld=True, rounding="independent")
    compile_ledger(replace(made, protection=Protection()))
    ((system, *more), answer) = asked[0]
    best = lightest(system, *more)  # type: ignore[arg-type]
    assert best is not None
    assert answer.least <= best <= answer.weight <= 1.1 * best
