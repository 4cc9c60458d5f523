"""Names of projects that hold numbers and brackets are read as names, in tables and in sentences."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from ledgers import differences, ledger

from mingzhang.compiling import compile_ledger
from mingzhang.publish.html import publish_html
from mingzhang.read.narrative.numbers import names_with_digits, numbers

NAMES = {
    "two brackets": ("某项目（2期）（3期）", "某项目（2期）", "某项目（3期）"),
    "one within the other's": ("项目（1）", "项目（2）", "项目（2）（3期）"),
    "before and behind": ("（2期）网络项目", "网络项目（2024）", "（3期）网络"),
    "in words": ("码头改造（二期）", "码头改造（一期）", "码头改造"),
    "counts": ("社区食堂（200个）", "社区食堂（30个）", "养老床位100张补贴"),
    "with a tail": ("监控系统（1期）项目（2023年）", "监控系统（1期）项目", "监控系统项目"),
    "half width": ("管网(1期)(2段)", "管网(2期)(1段)", "管网(1期)"),
}


@pytest.mark.parametrize("names", NAMES.values(), ids=NAMES)
def test_a_book_of_such_projects_reads_back(names: tuple[str, ...], tmp_path: Path) -> None:
    base = ledger("shenzhen")
    called = dict(zip((p.name for p in base.projects), names, strict=True))
    made = compile_ledger(
        replace(
            base,
            lines=tuple(replace(x, project=called.get(x.project, "")) for x in base.lines),
            projects=tuple(replace(p, name=called[p.name]) for p in base.projects),
        )
    )
    assert made.edition is not None
    publish_html(made.edition, tmp_path / "book.html")
    assert differences(made, tmp_path / "book.html") == []


def found(text: str, *names: str) -> list[str]:
    return [text[n.start : n.end] for n in numbers(text, names_with_digits(names))]


def test_numbers_in_names_are_no_figures_and_all_others_are() -> None:
    text = "某项目(2期)(3期)预算50.18万元,其中2期20万元,新增3个点位"
    assert found(text) == ["2期", "3期", "50.18万元", "2期", "20万元", "3个"]
    assert found(text, "某项目(2期)(3期)", "某项目(2期)") == ["50.18万元", "2期", "20万元", "3个"]
    assert found(text, "某项目(2期)") == ["3期", "50.18万元", "2期", "20万元", "3个"]


def test_a_name_that_is_only_a_number_hides_nothing() -> None:
    assert names_with_digits(["100万元", "3个", "网络"]) is None
    assert found("增加3个", "3个") == ["3个"]
    pattern = names_with_digits(["甲(1期)", "甲(1期)乙"])
    assert pattern is not None
    match = pattern.search("甲(1期)乙")
    assert isinstance(match, re.Match) and match.group() == "甲(1期)乙"  # the longest
