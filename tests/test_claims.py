"""The claims of the prose against hand-made lists, and how much of the shared books is linked."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest
from bench.accuracy import linked
from bench.books import PRIOR

import mingzhang as mz
from goldbooks import FILES, paths
from goldclaims import WITH_CLAIMS, compare_claims, gold

# What is still read otherwise than the lists say; each goes when it is mended.
MISSES = {
    "js-congress-2018": ["p102.4 128.43"],  # an amount of 2017 that a reason names, taken for 2018
    "js-congress-2019": [
        "p128.4 200"
    ],  # a reason's amount under a shortened name, nothing to tie it to
    "js-court-2017": ["p110.1 0.64"],  # a share in a chart; its label stands in another line
}
FORMS = ("template-final-account",)  # no figures


@cache
def book(name: str) -> mz.Book:
    return mz.read(*paths(name))


@pytest.mark.parametrize("name", WITH_CLAIMS)
def test_claims_are_read_right(name: str) -> None:
    """Acceptance: 97 % with subject, value, unit and relation; the rest is known by name."""
    found = compare_claims(book(name), name)
    assert found.right >= 0.97 * found.claims
    wrong = [" ".join(w.split()[:2]) for w in found.wrong]
    assert wrong == MISSES.get(name, []), found.wrong


@pytest.mark.parametrize("name", WITH_CLAIMS)
@pytest.mark.parametrize("what", ["is", "sign", "versus", "of"])
def test_a_list_that_says_otherwise_is_noticed(name: str, what: str) -> None:
    """The comparison can fail: wrong subjects, directions, baselines and wholes are told apart."""
    altered = [_otherwise(claim, what) for claim in _claims(name) if claim["kind"] != "count"]
    asked = sum(was is not None for was in altered)
    if not asked:
        pytest.skip(f"{name} has none")
    changed = {**gold(name), "passage": _altered(name, what)}
    before, after = compare_claims(book(name), name), compare_claims(book(name), name, changed)
    assert before.right - after.right >= asked - len(before.wrong)


def _claims(name: str) -> list[dict[str, Any]]:
    return [claim for passage in gold(name)["passage"] for claim in passage["figures"]]


def _otherwise(claim: dict[str, Any], what: str) -> dict[str, Any] | None:
    """The claim with another subject, direction, baseline or whole; None where it has none."""
    if what not in claim or claim.get("reason"):
        return None
    other: dict[str, Any] = {
        "is": {"function": "999"},
        "sign": "-" if claim.get("sign") == "+" else "+",
        "versus": "1999",
        "of": {"function": "999"},
    }
    return {**claim, what: other[what]}


def _altered(name: str, what: str) -> list[dict[str, Any]]:
    out = []
    for passage in gold(name)["passage"]:
        figures = [
            (_otherwise(c, what) if c["kind"] != "count" else None) or c for c in passage["figures"]
        ]
        out.append({**passage, "figures": figures})
    return out


@pytest.mark.parametrize("name", [n for n in FILES if n not in FORMS])
def test_figures_are_linked(name: str) -> None:
    """Acceptance: 98 % of table figures, 90 % of the amounts in prose."""
    share = linked(mz.check(book(name)))
    assert share["table"][0] >= 0.98 * share["table"][1]
    assert share["prose"][0] >= 0.9 * share["prose"][1]


@pytest.mark.parametrize("name", PRIOR)
def test_figures_are_linked_with_last_year_given(name: str) -> None:
    """Acceptance: 97 % of the amounts in prose where last year's book is given."""
    share = linked(mz.check(book(name), prior=[book(PRIOR[name])]))
    assert share["prose"][0] >= 0.97 * share["prose"][1]
