"""What the rules say above note about the shared books: each line judged by hand, none else allowed.

The judgement is in tests/corpus (findings.tsv) and REFERENCE.md C7; here stand only rule and subject.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1]))

from goldbooks import FILES, paths
from mingzhang.read import read_book
from mingzhang.rules import run

# book -> rule -> subjects (parts of them) in the order of the book
EXPECTED: dict[str, dict[str, list[str]]] = {
    "sz-petitions-2023": {
        "MZ101": ["income", "basic", "project"],
        "MZ103": ["goals"],
        "MZ501": ["进一步规范"],
        "MZ502": ["社工服务|社工服务项目"],
    },
    "js-congress-2017": {},
    "js-congress-2018": {
        "MZ202": ["行政事业单位离退休|类", "住房改革|类"],
        "MZ601": ["增加(减少)", "增长(减少)", "(按", "(按", "增长(降低)"],
    },
    "js-congress-2019": {
        "MZ202": ["行政事业单位离退休|类", "住房改革|类"],
        "MZ301": ["sentence"],
        "MZ601": ["增加(减少)", "增长(减少)"],
        "MZ602": ["万元"],
    },
    "js-court-2017": {"MZ207": ["2040502"]},
    "js-partyoffice-2018": {},
    "sh-finance-2025": {},
    "sh-welfare-2024": {
        "MZ201": [
            "30202",
            "30203",
            "30204",
            "30205",
            "30206",
            "30207",
            "30208",
            "30213",
            "30301",
        ],
        "MZ203": ["210"],
        "MZ206": ["71102"],
        "MZ608": ["购置及运行费"],
    },
    "sh-putuo-finance-2024-final": {"MZ603": ["fund=fiscal"], "MZ610": ["30310"]},
    "sh-putuo-finance-2024-final-doctored": {
        "MZ101": ["expenditure"],
        "MZ104": ["sangong"],
        "MZ301": ["heading"],
        "MZ304": ["as-of"],
        "MZ601": ["××"],
        "MZ604": ["大于", "大于", "等于"],
        "MZ610": ["30310"],
    },
}


def test_every_book_listed_is_shared() -> None:
    assert set(EXPECTED) <= set(FILES)


@pytest.mark.parametrize("name", EXPECTED)
def test_findings_above_note(name: str) -> None:
    found = [f for f in run(read_book(paths(name))) if f.severity != "note"]
    told: dict[str, list[str]] = {}
    for finding in found:
        told.setdefault(finding.rule, []).append(finding.subject)
    shape = {rule: len(subjects) for rule, subjects in told.items()}
    assert shape == {rule: len(parts) for rule, parts in EXPECTED[name].items()}, told
    for rule, parts in EXPECTED[name].items():
        for part, subject in zip(parts, told[rule], strict=True):
            assert part in subject, (rule, part, subject)
    assert len({f.fingerprint for f in found}) == len(found)
