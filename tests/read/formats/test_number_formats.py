"""Numbers as a spreadsheet shows them.

The expectations are what two independent implementations of the format codes say (npm's numfmt and
SheetJS's SSF, compared over 5,500 pairs of value and format); where they are not followed, it says so.
"""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mingzhang.model.money import parse_number
from mingzhang.read.xlsx.formats import BUILT_IN, shown_number, shown_text

ACCOUNTING = '_ * #,##0.00_ ;_ * \\-#,##0.00_ ;_ * "-"??_ ;_ @_ '


@pytest.mark.parametrize(
    ("stored", "code", "shown"),
    [
        ("887.36", "General", "887.36"),
        ("887.36000000000001", "General", "887.36"),
        ("0.30000000000000004", "General", "0.3"),
        ("1234567.891234", "General", "1234567.891"),
        ("33.333333333333336", "General", "33.33333333"),
        ("1.5E3", "General", "1500"),
        ("-0.5", "General", "-0.5"),
        ("0", "General", "0"),
        ("45000", "0", "45000"),
        ("1234.5", "#,##0", "1,235"),
        ("2.5", "0", "3"),
        ("-2.5", "0", "-3"),
        ("1.0049999999999999", "0.00", "1.01"),  # 15 digits say 1.005
        ("2.675", "0.00", "2.68"),
        ("1234567.8", "#,##0.00", "1,234,567.80"),
        ("-1234.567", "#,##0.00", "-1,234.57"),
        ("-0.001", "0.00", "0.00"),
        ("0", "#,##0.00", "0.00"),
        ("0", "#,###", ""),
        ("0.5", "#.00", ".50"),
        ("0.0825", "0.00%", "8.25%"),
        ("0.045", "0%", "5%"),
        ("-0.125", "0.0%", "-12.5%"),
        ("1234.5", ACCOUNTING, "1,234.50"),
        ("-1234.5", ACCOUNTING, "-1,234.50"),
        ("0", ACCOUNTING, "-"),
        ("-1234.5", "#,##0.00_);[Red](#,##0.00)", "(1,234.50)"),
        ("1234.5", '#,##0.00"元"', "1,234.50元"),
        ("1234.5", "[$¥-804]#,##0.00", "¥1,234.50"),
        ("0", "0;-0;;@", ""),
        ("5", "0;-0;;@", "5"),
        ("0", '#,##0.00;-#,##0.00;""', ""),
        ("1234567.8", "#,##0,", "1,235"),
        ("12345678", "0.00,,", "12.35"),
        ("123456789", "0\\.0,", "12345.7"),  # the customary 万元 format
        ("123456789", "0!.0,", "12345.7"),
        ("20508", "000000", "020508"),
        ("2010308", "0", "2010308"),
        ("1234.5", "0.00E+00", "1.23E+03"),
        ("12000", "[>=10000]0.0,;0", "12.0"),
        ("900", "[>=10000]0.0,;0", "900"),
        ("5", '"第"0"号"', "第5号"),
        ("5.25", "0.##", "5.25"),
        ("5", "0.##", "5"),  # a spreadsheet leaves the point standing: "5."
        ("123456789012", "General", "123456789012"),  # a spreadsheet: 1.23457E+11
        ("1", "@", "1"),
        ("7", ";;;", ""),
        ("7", '"见附件"', "见附件"),
        ("abc", "0.00", "abc"),
        ("", "0.00", ""),
        ("NaN", "0.00", "NaN"),
        ("1E+400", "0.00", "1E+400"),
    ],
)
def test_number(stored: str, code: str, shown: str) -> None:
    assert shown_number(stored, code) == shown


@pytest.mark.parametrize(
    ("stored", "code", "shown"),
    [
        ("45292", "yyyy/m/d", "2024/1/1"),
        ("45292", BUILT_IN[14], "2024/1/1"),
        ("45292", BUILT_IN[31], "2024年1月1日"),
        ("45292", BUILT_IN[57], "2024年1月"),
        ("45292.75", "yyyy-mm-dd hh:mm", "2024-01-01 18:00"),
        ("45292.75", "h:mm AM/PM", "6:00 PM"),
        ("45292.75", '上午/下午h"时"mm"分"', "下午6时00分"),
        ("45292", "yyyy.m", "2024.1"),
        ("45292", "[$-804]yyyy年m月d日;@", "2024年1月1日"),
        ("45292", "aaaa", "星期一"),
        ("1.5", "[h]:mm", "36:00"),
        ("61", "yyyy/m/d", "1900/3/1"),
        ("59", "yyyy/m/d", "1900/2/28"),
        ("-1", "yyyy/m/d", ""),  # a spreadsheet fills the cell with ####
        ("3000000", "yyyy/m/d", ""),
    ],
)
def test_date(stored: str, code: str, shown: str) -> None:
    assert shown_number(stored, code) == shown


def test_the_other_epoch() -> None:
    assert shown_number("43830", "yyyy/m/d", epoch_1904=True) == "2024/1/1"


@pytest.mark.parametrize(
    ("text", "code", "shown"),
    [
        ("合计", "General", "合计"),
        ("合计", "0.00", "合计"),
        ("合计", ACCOUNTING, " 合计 "),
        ("合计", '@"（万元）"', "合计（万元）"),
        ("合计", ";;;", ""),
        ("合计", "0;-0;;", ""),
    ],
)
def test_text(text: str, code: str, shown: str) -> None:
    assert shown_text(text, code) == shown


@settings(max_examples=200, deadline=None)
@given(st.integers(-(10**14), 10**14), st.integers(0, 4), st.booleans())
def test_plain_formats_agree_with_decimal_rounding(cents: int, places: int, grouped: bool) -> None:
    value = Decimal(cents).scaleb(-4)
    code = ("#,##0" if grouped else "0") + ("." + "0" * places if places else "")
    parsed = parse_number(shown_number(str(value), code))
    fifteen = Decimal(f"{value:.15g}")
    half = Decimal(5).scaleb(-places - 1)
    exact = fifteen.quantize(Decimal(1).scaleb(-places), rounding="ROUND_HALF_UP")
    assert parsed == (exact, places)
    assert abs(exact - fifteen) <= half


@settings(max_examples=300, deadline=None)
@given(
    st.text('0#?.,%@;"_*\\[]ymdhsE+-/eab元$>=<1', max_size=20),
    st.floats(allow_nan=False, allow_infinity=False),
)
def test_no_format_fails(code: str, value: float) -> None:
    assert isinstance(shown_number(repr(value), code), str)
    assert isinstance(shown_text("合计", code), str)
