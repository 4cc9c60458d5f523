"""What the readers say: every sentence in two languages, with the same facts in it."""

from __future__ import annotations

import pytest

from mingzhang.read.errors import _REFUSALS, _REMARKS, refusal, remark

FIELDS = {
    "detail": "ZIP",
    "limit": "64 MB",
    "kind": "OFD",
    "n": 3,
    "names": "底稿",
    "sheet": "表1",
    "cell": "B7",
}


@pytest.mark.parametrize("what", _REFUSALS)
def test_a_refusal_says_where_in_both_languages(what: str) -> None:
    error = refusal(what, "书.xlsx", **FIELDS)
    assert (error.what, error.where, str(error)) == (what, "书.xlsx", error.messages["en"])
    for lang in ("zh", "en"):
        assert error.message_in(lang).startswith("书.xlsx")
        assert "{" not in error.message_in(lang)
    assert error.message_in("fr") == error.messages["en"]
    told = [
        {value for value in map(str, FIELDS.values()) if value in m}
        for m in error.messages.values()
    ]
    assert told[0] == told[1]


@pytest.mark.parametrize("what", _REMARKS)
def test_a_remark_says_the_same_twice(what: str) -> None:
    chinese, english = remark(what, "书.xlsx", **FIELDS).removeprefix("书.xlsx：").split(" / ")
    for value in map(str, FIELDS.values()):
        assert (value in chinese) == (value in english)
    assert english.isascii() or any(v in english for v in ("表1", "底稿"))
