"""Texts that no book can print as they are."""

from __future__ import annotations

from dataclasses import replace

import pytest
from small import GOODS, HERE, PROJECTS, SMALL, ledger

from mingzhang.compile.texts import text_faults
from mingzhang.model.ledger import Entity, Reason


def found(**changes: object) -> list[tuple[str, str]]:
    return [(f.kind, f.words.get("code", "")) for f in text_faults(ledger(**changes))]


def named(name: str) -> list[tuple[str, str]]:
    return found(projects=(replace(PROJECTS[0], name=name), PROJECTS[1]))


def test_ordinary_texts_are_right() -> None:
    assert found() == []
    for name in (
        "{{ 7*7 }}",
        "<script>",
        "=SUM(1)",
        "“引号”‘’（）〔2020〕1号",
        "a\\b",
        "café",
        "㈠①Ⅱ",
    ):
        assert named(name) == []


@pytest.mark.parametrize("code", ["0000", "0007", "000A", "200B", "202E", "2066", "FEFF", "E815", "FDD0", "D800", "FFFF", "25B8"])  # fmt: skip
def test_a_name_with_what_cannot_be_seen_is_refused(code: str) -> None:
    assert named(f"计{chr(int(code, 16))}划") == [("name-unprintable", f"U+{code}")]


def test_rare_characters_are_said_not_refused() -> None:
    assert named("𠮷计划") == [("rare", "U+20BB7")]
    assert named("笑😀") == [("rare", "U+1F600")]


def test_a_name_that_ends_the_sentence_it_stands_in_is_told() -> None:
    """ "甲；乙预算18万元" speaks of 乙 to whoever reads it."""
    assert named("甲；乙") == [("name-ends", "")] and named("甲&amp;乙") == [("name-ends", "")]


def test_names_have_an_end() -> None:
    assert named("长" * 200) == []
    assert named("长" * 5000) == [("name-too-long", "")]


def test_every_name_is_looked_at() -> None:
    bad = "名\u202e"
    assert found(department=bad) == [("name-unprintable", "U+202E")]
    assert found(entities=(Entity(bad, HERE),)) == [("name-unprintable", "U+202E")]
    for field in ("part", "purchase"):
        lines = (*SMALL.lines[:3], replace(GOODS, **{field: bad}))  # type: ignore[arg-type]
        assert found(lines=lines) == [("name-unprintable", "U+202E")]


def test_running_text_is_warned_of_and_may_have_lines() -> None:
    assert found(reasons=(Reason("x", "首行\n次行\t末", HERE),)) == []
    assert found(reasons=(Reason("x", "首\u200b行", HERE),)) == [("text-unprintable", "U+200B")]


def test_a_withheld_name_is_not_told() -> None:
    hidden = replace(PROJECTS[1], name="密\u200b", withheld=True)
    assert found(projects=(PROJECTS[0], hidden)) == []
