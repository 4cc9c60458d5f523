"""Breaking lines of mixed Chinese and Latin text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from mingzhang.report.linebreak import breaks, clip


def lines(text: str, width: int) -> list[str]:
    ends = [*breaks(text, width), len(text)]
    return [text[a:b] for a, b in zip([0, *ends[:-1]], ends, strict=True)]


def test_chinese_counts_two_cells() -> None:
    assert lines("部门预算收支总表", 8) == ["部门预算", "收支总表"]


def test_closing_marks_never_begin_a_line_and_opening_ones_never_end_it() -> None:
    assert lines("支出合计为。收入", 10) == ["支出合计", "为。收入"]
    assert lines("其他（说明）附后", 6) == ["其他", "（说", "明）附", "后"]


def test_a_number_keeps_its_commas_and_its_unit() -> None:
    assert lines("合计 2,632 万元整", 12) == ["合计 ", "2,632 万元整"]
    assert lines("增长 26.9%左右", 8) == ["增长 ", "26.9%左", "右"]


def test_a_piece_wider_than_the_line_is_cut() -> None:
    assert lines("a" * 7, 3) == ["aaa", "aaa", "a"]


def test_no_line_of_one_cell() -> None:
    with pytest.raises(ValueError, match="two cells"):
        breaks("预算", 1)


@given(st.text(alphabet="预算（收）支，。“”2,63.5% 万元ab\n", max_size=60), st.integers(4, 30))
def test_nothing_is_lost_and_nothing_is_too_wide(text: str, width: int) -> None:
    broken = lines(text, width)
    assert "".join(broken) == text
    assert all(cell_len(line.rstrip()) <= width for line in broken)


def test_clip_marks_what_it_cuts() -> None:
    assert clip("部门预算", 8) == "部门预算"
    assert clip("部门预算收支", 8) == "部门预…"
    assert clip("a\n  b", 10) == "a b"
