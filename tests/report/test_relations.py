"""Relations as equations to read."""

from __future__ import annotations

from dataclasses import replace

from handmade import RELATIONS, TOTAL, book, checked, report, say

from mingzhang.model.finding import Checked
from mingzhang.model.quantity import Quantity
from mingzhang.model.relation import Reason
from mingzhang.report.quantities import coordinates, in_words
from mingzhang.report.relations import Equation, equation
from mingzhang.report.view import View
from mingzhang.report.words import Words

VIEW = View(report(), Words("zh"), say)


def bounded(low: int | None, high: int | None, *terms: tuple[int, str]) -> Equation:
    one = checked([(k, (f,), f) for k, f in terms], Reason("row"), "exact", 0, 0)
    return equation(replace(one, relation=replace(one.relation, low=low, high=high)), VIEW)


def sides(shown: Equation) -> tuple[list[str], str, list[str]]:
    return [t.figures[0] for t in shown.left], shown.sign, [t.figures[0] for t in shown.right]


def test_the_total_stands_alone_on_the_left() -> None:
    shown = equation(RELATIONS[0], VIEW)
    assert sides(shown) == (["t1r1c2"], "=", ["t1r3c2", "t1r2c2"])
    assert shown.reasons == ("20103 信访事务等于其下级科目之和",)
    assert (shown.difference, shown.allowed) == ("1,655 万元", "1.5 万元")


def test_an_inequality_keeps_its_direction_whichever_side_is_left() -> None:
    # part - whole <= 0  and  whole - part >= 0  both say: part ≤ whole
    assert sides(bounded(None, 0, (1, "t1r3c5"), (-1, "t1r0c5"))) == (["t1r0c5"], "≥", ["t1r3c5"])
    assert sides(bounded(0, None, (1, "t1r0c5"), (-1, "t1r3c5"))) == (["t1r3c5"], "≤", ["t1r0c5"])


def test_a_constant_moves_to_the_right_with_its_sign() -> None:
    # a - b = 3 万元: b = a - 3 万元
    assert bounded(3_000_000, 3_000_000, (1, "t1r3c5"), (-1, "t1r0c5")).constant == "− 3 万元"
    assert bounded(3_000_000, None, (1, "t1r3c5")).constant == "+ 3 万元"
    assert bounded(0, 0, (1, "t1r3c5"), (-1, "t1r0c5")).constant == ""


def test_an_exact_relation_tells_no_difference() -> None:
    shown = equation(RELATIONS[1], VIEW)
    assert (shown.difference, shown.allowed) == ("", "")


def test_an_unprinted_term_is_named_in_words() -> None:
    missing = equation(RELATIONS[2], VIEW).right[-1]
    assert missing.figures == ()
    assert missing.words == "2023 年 · 年初预算 · 本年支出"


def test_a_percentage_shows_what_it_comes_from_without_factors() -> None:
    shown = equation(RELATIONS[3], VIEW)
    assert shown.percentage == "p2n2"
    assert (shown.sign, shown.right, shown.difference) == ("", (), "")
    assert [(t.factor, t.figures) for t in shown.left] == [(1, ("p2n1",)), (1, ("p2n0",))]


def test_a_reason_without_its_sentence_still_says_what_is_known() -> None:
    odd = checked([(1, ("t1r0c2",), "x")], Reason("no-such", (("page", "3"),)), "exact", 0, 0)
    assert equation(odd, VIEW).reasons == ("no-such page=3",)


def test_reasons_are_told_once() -> None:
    one = RELATIONS[1]
    twice = replace(one.relation, also=(Reason("row"), Reason("parent", (("parent", "A"),))))
    told = equation(Checked(twice, one.terms, 0, 0, "exact"), VIEW).reasons
    assert told == ("合计等于各列之和", "A等于其下级科目之和")


def test_a_quantity_in_words_uses_the_names_of_the_catalog() -> None:
    quantity = Quantity(
        2023,
        "expenditure",
        fund="general",
        function="2010308",
        nature="project",
        versus="2022:final",
    )
    assert in_words(quantity, Words("zh")) == (
        "2023 年 · 年初预算 · 比 2022 年决算的增减 · 本年支出 · 一般公共预算 · 2010308 信访事务 · 项目支出"
    )
    assert ("fund", "general public budget") in coordinates(quantity, Words("en"))
    assert ("measure", "percentage") in coordinates(TOTAL.with_(measure="percent"), Words("en"))


def test_states_come_from_findings_and_coverage_alone() -> None:
    states = {f.id: VIEW.state(f.id) for f in book().figures}
    assert {k for k, v in states.items() if v == "suspect"} == {"t1r1c2", "t1r3c2"}
    assert {k for k, v in states.items() if v == "unchecked"} == {"p2n3"}
    assert {k for k, v in states.items() if v == "linked"} == {"p2n1"}
    assert VIEW.unchecked_reason("p2n3") == "书中没有第二处提到"
