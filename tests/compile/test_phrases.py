"""Phrases: amounts, changes, shares as words, by hand."""

from __future__ import annotations

import pytest
from small import SMALL, ledger, line, printer

from mingzhang.catalog.forms import ProseForm, layout
from mingzhang.compile.phrases import Phrase, Phrases
from mingzhang.compile.rows import quantity_at
from mingzhang.model.ledger import Ledger
from mingzhang.model.quantity import Quantity


def phrases(made: Ledger = SMALL, **more: object) -> Phrases:
    form: ProseForm = layout(made.layout).prose
    return Phrases(printer(made, **more), form, made.year, "—")


def at(**where: str) -> Quantity:
    return quantity_at(SMALL, {"flow": "expenditure", **where})


def said(phrase: Phrase) -> str:
    return "".join(span.text for span in phrase)


def test_amounts() -> None:
    assert said(phrases().amount(at())) == "500万元"
    assert said(phrases().amount(at(nature="project"), unit=False)) == "155"
    figure, unit = phrases().amount(at())
    assert figure.quantity == at() and unit.quantity is None


@pytest.mark.parametrize(
    ("where", "words"),
    [
        ({}, "比2022年增加70万元，增长16.3%"),  # 70 / 430
        ({"nature": "public"}, "比2022年减少5万元，下降10%"),  # 5 / 50
        ({"project": "乙"}, "比2022年增加35万元"),  # from nothing: no rate
        ({"function": "2299999"}, "与2022年持平"),
    ],
)
def test_changes(where: dict[str, str], words: str) -> None:
    assert said(phrases().change(at(**where, versus="prior"))) == words


def test_a_change_that_rounds_to_nothing_is_no_change() -> None:
    made = ledger(lines=(line(300, 300, nature="personnel"), line(0, 0, nature="public")))
    assert said(phrases(made).change(at(versus="prior"))) == "与2022年持平"


def test_a_change_against_another_stage() -> None:
    words = said(phrases().change(at(versus="prior"), percent=False, against="2022年年初预算"))
    assert words == "比2022年年初预算增加70万元"


def test_shares() -> None:
    assert said(phrases().share(at(nature="project"), at())) == "占31%"
    assert said(phrases().share(at(), at(function="2299999"))) == "占比无法计算"


def test_what_is_kept_back_is_told_by_no_phrase() -> None:
    key = at(nature="project").key
    kept = phrases(withhold=frozenset({key}))
    assert said(kept.amount(at(nature="project"))) == "—"
    assert said(kept.share(at(nature="project"), at())) == "占比不予公开"
    assert said(kept.share(at(), at(nature="project"))) == "占比不予公开"
    assert "不予公开" in said(kept.change(at(nature="project", versus="prior")))
    assert all(span.quantity is None for span in kept.change(at(nature="project", versus="prior")))
