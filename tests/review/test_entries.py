"""The file of accepted findings: what is written is read back, what is wrong with it is said."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mingzhang.review import BadEntries, Entry, beside, load, written

ONE = Entry(
    "0123456789abcdef", "MZ202", "批复如此", "王明", date(2024, 3, 15), "说过的话", ("一", "二")
)


def saved(folder: Path, text: str) -> Path:
    path = folder / "budget.mingzhang.toml"
    path.write_text(text, "utf-8")
    return path


def test_it_lies_beside_the_book() -> None:
    assert beside(Path("a/预算.pdf")) == Path("a/预算.mingzhang.toml")
    assert beside(Path("a/v1.2.txt")) == Path("a/v1.2.mingzhang.toml")


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    bare = Entry("fedcba9876543210", "MZ001", "已说明")
    assert load(saved(tmp_path, written([ONE, bare]))) == (ONE, bare)


def test_what_people_wrote_stays(tmp_path: Path) -> None:
    mine = '# 我的备注\n[[accept]]\nfingerprint = "fedcba9876543210"\nreason = "旧"\n'
    text = written([ONE], mine)
    assert text.startswith(mine)
    assert [e.reason for e in load(saved(tmp_path, text))] == ["旧", "批复如此"]


def test_of_two_with_one_fingerprint_the_later(tmp_path: Path) -> None:
    later = Entry(ONE.fingerprint, ONE.rule, "后来的理由")
    assert load(saved(tmp_path, written([ONE, later]))) == (later,)


def test_a_date_may_be_written_as_text(tmp_path: Path) -> None:
    text = f'[[accept]]\nfingerprint = "{ONE.fingerprint}"\nreason = "x"\ndate = "2024-03-15"\n'
    assert load(saved(tmp_path, text))[0].day == date(2024, 3, 15)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=30), st.text(max_size=10), st.lists(st.text(max_size=10), max_size=3))
def test_any_words_survive(reason: str, who: str, printed: list[str]) -> None:
    text = written([Entry("0" * 16, "MZ001", reason or "x", who, None, reason, tuple(printed))])
    (raw,) = tomllib.loads(text)["accept"]

    def whole(s: str) -> str:
        return s.encode("utf-8", "replace").decode()

    assert raw["reason"] == whole(reason or "x")
    assert raw.get("who", "") == whole(who)
    assert raw.get("printed", []) == [whole(p) for p in printed]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("accept = [", "is not TOML"),
        ("[accept]\nx = 1", "[[accept]] entries"),
        ("accept = [1]", "[[accept]] entries"),
        ("[[accepted]]\nx = 1", "[[accept]] entries"),
        ('[[accept]]\nreason = "x"', "entry 1: fingerprint"),
        ('[[accept]]\nfingerprint = "0123"\nreason = "x"', "entry 1: fingerprint"),
        ('[[accept]]\nfingerprint = "0123456789abcdef"', "entry 1: no reason"),
        ('[[accept]]\nfingerprint = "0123456789abcdef"\nreason = " "', "entry 1: no reason"),
        ('[[accept]]\nfingerprint = "0123456789abcdef"\nreason = 5', "reason should be text"),
        ('[[accept]]\nfingerprint = "0123456789abcdef"\nreason = "x"\ndate = "soon"', "a date is"),
        ('[[accept]]\nfingerprint = "0123456789abcdef"\nreason = "x"\ndate = 5', "a date is"),
        ('[[accept]]\nfingerprint = "0123456789abcdef"\nreason = "x"\nprinted = [1]', "printed"),
    ],
)
def test_what_is_wrong_is_said_in_both_languages(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(BadEntries) as error:
        load(saved(tmp_path, text))
    assert said in error.value.message_in("en")
    assert "budget.mingzhang.toml" in error.value.message_in("zh")


def test_a_file_that_is_no_text(tmp_path: Path) -> None:
    path = tmp_path / "x.toml"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(BadEntries, match="UTF-8"):
        load(path)
