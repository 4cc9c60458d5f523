"""Ruling lines and skew, on pictures drawn by the test."""

from __future__ import annotations

import numpy as np
import pytest
from minipdf import Page, pdf
from numpy.typing import NDArray
from scans import DPI, drawn, rendered, seen

from mingzhang.read.ocr.picture import clean, grey_of, ink_of, rules_of, skew_of, straightened
from mingzhang.read.pdf.ruled import lattices

XS = [50.0, 150.0, 250.0, 400.0]
YS = [100.0, 120.0, 140.0, 170.0]
EM = 9 * DPI / 72


def table(line: float = 0.5) -> NDArray[np.uint8]:
    rows = [["一二三一", "科目", "口田中"], ["甲——乙", "1,234.56", "-"], ["合计", "0.00", "丨丨"]]
    page = Page().grid(XS, YS, line).cells(XS, YS, rows, 9)
    return rendered(pdf(page.text(50, 60, "中中口口田田", 22)))


@pytest.mark.parametrize("line", [0.5, 1.0, 2.0])
def test_the_lines_of_a_table_and_nothing_else(line: float) -> None:
    rules = rules_of(ink_of(grey_of(table(line))), EM, DPI)
    (lattice,) = lattices(rules)
    assert lattice.xs == pytest.approx(XS, abs=1.0)
    assert lattice.ys == pytest.approx(YS, abs=1.0)
    assert len(lattice.areas) == 9


def test_a_row_of_dashes_is_text() -> None:
    dashes = (52.0, 115.0, "一一一一一一", 9.0)
    picture = rendered(drawn([dashes], Page().grid(XS, YS)))
    ink = ink_of(grey_of(picture))
    (lattice,) = lattices(rules_of(ink, EM, DPI, [seen(dashes)]))
    assert lattice.ys == pytest.approx(YS, abs=1.0)


def test_paper_that_is_not_white_and_ink_that_is_not_black() -> None:
    pale = (table().astype(float) * 0.45 + 110).astype(np.uint8)
    (lattice,) = lattices(rules_of(ink_of(grey_of(pale)), EM, DPI))
    assert len(lattice.areas) == 9


def test_a_line_with_flaws_is_one_line() -> None:
    picture = table()
    picture[:, ::37] = 255  # every 37th column of pixels is missing
    rules = rules_of(ink_of(grey_of(picture)), EM, DPI)
    (lattice,) = lattices(rules)
    assert lattice.ys == pytest.approx(YS, abs=1.0)


def test_dark_areas_are_no_lines() -> None:
    picture = table()
    picture[500:560, 100:700] = 0
    rules = rules_of(ink_of(grey_of(picture)), EM, DPI)
    assert not ((rules.h[:, 0] > 235) & (rules.h[:, 0] < 275)).any()


def test_dust_is_wiped_off_and_points_are_not() -> None:
    picture = table()
    dusty = picture.copy()
    at = np.random.default_rng(5).integers(400, 1000, (2, 60))
    dusty[at[0], at[1]] = 60
    assert (clean(dusty) == picture).all()
    points = np.full((300, 300, 3), 255, dtype=np.uint8)
    points[50:52, ::6] = points[51:53, 1::6] = 0
    points[51, 100:200] = 0
    assert (clean(points) == points).all()


def test_a_blank_page_has_neither_ink_nor_rules() -> None:
    ink = ink_of(np.full((400, 300), 250, dtype=np.uint8))
    assert not ink.any()
    assert skew_of(ink) == 0.0
    assert len(rules_of(ink, 20, DPI).h) == 0


@pytest.mark.parametrize("degrees", [-2.0, -0.5, 0.4, 1.5])
def test_skew_is_measured_and_undone(degrees: float) -> None:
    crooked = straightened(table()[:600, :900], -degrees)
    found = skew_of(ink_of(grey_of(crooked)))
    assert found == pytest.approx(degrees, abs=0.06)
    (lattice,) = lattices(rules_of(ink_of(grey_of(straightened(crooked, found))), EM, DPI))
    assert lattice.xs == pytest.approx(XS, abs=2.0)
    assert lattice.ys == pytest.approx(YS, abs=2.0)


def test_a_straight_page_is_left_alone() -> None:
    picture = table()
    for turn in range(4):
        assert skew_of(ink_of(grey_of(np.rot90(picture, turn)))) == 0.0
