"""Separators inside numbers, put right only where the number's shape leaves no doubt."""

from __future__ import annotations

import pytest

from mingzhang.read.ocr.slips import mended, uses_grouping


@pytest.mark.parametrize(
    ("read", "printed"),
    [
        ("1.234.56", "1,234.56"),
        ("1,234,56", "1,234.56"),
        ("11.281.624", "11,281,624"),
        ("1,234.567.89", "1,234,567.89"),
        ("2，940．05", "2,940.05"),
        ("538.440", "538,440"),
        ("支出1.234.56万元，增长3.5%", "支出1,234.56万元，增长3.5%"),
    ],
)
def test_mended_where_thousands_are_grouped(read: str, printed: str) -> None:
    assert mended(read, grouping=True) == printed
    assert len(read) == len(printed)


@pytest.mark.parametrize(
    "text",
    ["887.36", "3.14", "0.123", "2024.01.05", "1.1.2", "12,34", "1234.567", "2080502", "A.B"],
)
def test_left_alone(text: str) -> None:
    assert mended(text, grouping=True) == text


def test_three_decimals_stay_where_nothing_is_grouped() -> None:
    assert mended("538.440", grouping=False) == "538.440"
    assert mended("1.234.56", grouping=False) == "1,234.56"


def test_grouping_is_told_by_the_page() -> None:
    assert uses_grouping(["合计", "1,234.56"])
    assert not uses_grouping(["1234.56", "538.440", "一，二"])
