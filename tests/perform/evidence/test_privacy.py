"""Too few records are not told, and what is not told cannot be worked out from the rest."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingzhang.model.evidence import Actual
from mingzhang.perform.evidence import HIDDEN, evaluate, load, protect, to_record


@pytest.mark.parametrize(
    ("sizes", "hidden"),
    [
        ((10, 20, 30), set()),
        ((3, 20, 30), {0, 1}),  # the next smallest goes with it
        ((3, 2, 30), {0, 1}),  # together five: enough
        ((1, 2, 30, 9), {0, 1, 3}),  # together three: their sum would be told
        ((3, 0, 30), {0, 2}),  # an empty group hides nothing
        ((3,), {0}),
        ((0, 0), set()),
        ((), set()),
    ],
)
def test_protect_by_hand(sizes: tuple[int, ...], hidden: set[int]) -> None:
    assert protect(sizes, 5) == hidden


@given(st.lists(st.integers(0, 40), max_size=8), st.integers(0, 10))
def test_protected(sizes: list[int], threshold: int) -> None:
    """With the total and all told groups known, the rest is nobody or enough people in two groups."""
    hidden = protect(sizes, threshold)
    assert all(not 0 < n < threshold for i, n in enumerate(sizes) if i not in hidden)
    if hidden and len([n for n in sizes if n]) > 1 and sum(sizes) >= threshold:
        assert len(hidden) > 1
        assert sum(sizes[i] for i in hidden) >= threshold


def rated(tmp_path: Path, sizes: dict[str, int], more: str = "") -> Actual:
    rows = "".join(f"{street},{n % 5 + 1}\n" for street, size in sizes.items() for n in range(size))
    (tmp_path / "r.csv").write_text("街道,评价\n" + rows, "utf-8")
    (tmp_path / "evidence.toml").write_text(
        '[source.r]\npath = "r.csv"\n[[indicator]]\nid = "x"\nunit = "%"\nsource = "r"\n'
        'measure = "satisfaction"\ncolumn = "评价"\nat_least = 4\n' + more,
        "utf-8",
    )
    (one,) = evaluate(load(tmp_path / "evidence.toml"))
    assert one.fault is None, one.fault
    return one


BY = 'by = "街道"\ngroups = ["东", "西", "南"]\n'


def test_a_whole_of_too_few(tmp_path: Path) -> None:
    one = rated(tmp_path, {"东": 4})
    assert one.suppressed
    assert (one.value, one.numerator, one.denominator, one.text) == (None, None, None, HIDDEN)
    assert one.remarks[0].code == "suppressed"
    assert "threshold = 1" in one.remarks[0].message_in("en")
    assert rated(tmp_path, {"东": 5}).value == 40
    told = rated(tmp_path, {"东": 4}, "threshold = 1\n")
    assert (told.value, told.suppressed) == (25, False)


def test_a_group_of_too_few_goes_with_the_next(tmp_path: Path) -> None:
    one = rated(tmp_path, {"东": 3, "西": 10, "南": 20}, BY)
    assert {g.label: g.suppressed for g in one.groups} == {"东": True, "西": True, "南": False}
    assert one.value is not None
    for group in one.groups:
        if group.suppressed:
            assert (group.value, group.numerator, group.denominator, group.rows) == (None,) * 4
        else:
            assert (group.value, group.rows) == (Decimal(40), 20)
    assert str(3) not in str(to_record(one)["groups"])


def test_labels_come_from_the_definition(tmp_path: Path) -> None:
    """A register's own words (here somebody's address) are never a label."""
    one = rated(tmp_path, {"东": 10, "张家巷7号": 10, "西": 10}, BY)
    assert [(g.label, g.rows) for g in one.groups] == [("东", 10), ("西", 10), ("南", 0), ("", 10)]
    assert "张家巷" not in repr(one)


def test_another_protector_takes_its_place(tmp_path: Path) -> None:
    rated(tmp_path, {"东": 10, "西": 10, "南": 20}, BY)
    definition = load(tmp_path / "evidence.toml")
    (one,) = evaluate(definition, hide=lambda sizes, least: frozenset(range(len(sizes))))
    assert all(g.suppressed for g in one.groups if g.label)
