"""What a message quotes begins where a clause begins."""

from __future__ import annotations

import pytest

from mingzhang.rules.prose import clause_before


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("与上年持平，主要原因是", "与上年持平，"),
        ("上年预算为零。本年支出预算", "上年预算为零。本年支出预算"),
        # the sentence before is too long to be shown: from the next clause on
        ("甲" * 40 + "。本年与上年持平，", "本年与上年持平，"),
        # one clause longer than the room: what stands nearest, and a sign that it is cut
        ("甲" * 50, "…" + "甲" * 36),
        ("", ""),
    ],
)
def test_a_clause_is_not_cut_in_a_word(words: str, shown: str) -> None:
    at = words.find("主要原因") if "主要原因" in words else len(words)
    assert clause_before(words, at) == shown
