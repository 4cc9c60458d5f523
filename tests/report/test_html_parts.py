"""Parts of the page: markup, headers, reading order, colours."""

from __future__ import annotations

import re
from dataclasses import replace
from importlib.resources import files

import pytest
from handmade import NAME, SOURCE, book, report, say
from selectolax.lexbor import LexborHTMLParser

from mingzhang.model.book import Blank, Column
from mingzhang.model.document import Document, Paragraph, Run
from mingzhang.model.finding import Suspect
from mingzhang.model.place import Place
from mingzhang.model.quantity import Quantity
from mingzhang.report.html import render_html
from mingzhang.report.html.markup import Html, embedded_json, join, tag
from mingzhang.report.html.order import Order
from mingzhang.report.html.tables import HeaderCell, header_rows


def test_only_markup_goes_in_unescaped() -> None:
    assert join("<b>", Html("<i>"), None, ["&", ["x"]]) == "&lt;b&gt;<i>&amp;x"


def test_attributes_are_escaped_and_absent_when_false() -> None:
    made = tag("a", "x", class_='"><b>', aria_label="l", hidden=True, href=None, open=False)
    assert made == '<a class="&quot;&gt;&lt;b&gt;" aria-label="l" hidden>x</a>'
    assert tag("input", name="n") == '<input name="n">'


def test_embedded_json_cannot_end_its_element() -> None:
    made = embedded_json({"a": "</script><!--\u2028&"})
    assert not set("<>&\u2028") & set(made)


def columns(*paths: tuple[str, ...], sides: tuple[int, ...] = ()) -> list[Column]:
    return [Column(p, "amount", side=sides[n] if sides else 0) for n, p in enumerate(paths)]


def test_a_short_path_beside_long_ones_spans_down() -> None:
    assert header_rows(columns(("甲",), ("乙", "丙"), ("乙", "丁"))) == [
        [HeaderCell("甲", 1, 2), HeaderCell("乙", 2, 1)],
        [HeaderCell("丙", 1, 1), HeaderCell("丁", 1, 1)],
    ]


def test_equal_words_do_not_merge_across_sides_or_different_parents() -> None:
    both = header_rows(columns(("金额", "甲"), ("金额", "乙"), sides=(0, 1)))
    assert both[0] == [HeaderCell("金额", 1, 1), HeaderCell("金额", 1, 1)]
    parents = header_rows(columns(("一", "小计", "甲"), ("二", "小计", "乙")))
    assert parents[1] == [HeaderCell("小计", 1, 1), HeaderCell("小计", 1, 1)]


def test_a_column_without_a_header_keeps_its_place() -> None:
    assert header_rows(columns((), ("甲", "乙"))) == [
        [HeaderCell("", 1, 2), HeaderCell("甲", 1, 1)],
        [HeaderCell("乙", 1, 1)],
    ]


def at(page: int, y: float, text: str) -> Place:
    return Place(SOURCE, NAME, text, page=page, box=(10.0, y, 90.0, y + 10))


def test_order_goes_by_page_and_height() -> None:
    base = book()
    texts = [(1, 10.0, "a"), (1, 300.0, "b"), (2, 700.0, "c")]
    paragraphs = tuple(Paragraph((Run(t, at(p, y, t)),)) for p, y, t in texts)
    tables = tuple(
        replace(s, place=at(p, y, s.title))
        for s, (p, y) in zip(base.statements, [(2, 50.0), (1, 100.0), (3, 5.0)], strict=True)
    )
    order = Order(replace(base, paragraphs=paragraphs, statements=tables))
    assert [item.anchor for item in order.items] == [
        "paragraph-0", "statement-1", "paragraph-1", "statement-0", "paragraph-2", "statement-2",
    ]  # fmt: skip
    assert order.anchor(at(2, 400.0, "x")) == "statement-0"
    assert order.anchor(Place("ff", "other.txt", "x", line=1)) is None


def test_order_goes_by_sheet_and_row() -> None:
    def cell(sheet: str, name: str) -> Place:
        return Place(SOURCE, NAME, name, sheet=sheet, cell=name)

    base = book()
    blocks = tuple(Paragraph((Run(s, cell(s, "A1")),)) for s in ("乙", "甲"))
    document = Document(NAME, SOURCE, "xlsx", blocks)
    tables = tuple(
        replace(s, place=cell(sheet, name))
        for s, (sheet, name) in zip(
            base.statements, [("甲", "B9"), ("乙", "A10"), ("乙", "C9")], strict=True
        )
    )
    order = Order(replace(base, documents=(document,), paragraphs=(), statements=tables))
    assert [item.index for item in order.items] == [2, 1, 0]


def test_a_suspected_blank_can_be_seen_and_reached() -> None:
    of = report()
    place = Place(SOURCE, NAME, "", line=43, column=4)
    blank = Blank("t1r3c3", Quantity(2023), place, 1_000_000, 1, 3, 3, "信访业务 · 人员经费")
    statements = list(of.book.statements)
    statements[1] = replace(statements[1], blanks=(blank,))
    suspect = Suspect(blank.id, of.findings[1].suspects[1].low, None, "missing")
    finding = replace(of.findings[1], suspects=(suspect,))
    made = replace(of, book=replace(of.book, statements=tuple(statements)), findings=(finding,))
    page = LexborHTMLParser(render_html(made, say=say))
    (cell,) = page.css("td#figure-t1r3c3")
    assert len(cell.css("a.suspect")) == 1
    (li,) = page.css(".suspects li")
    assert "印作 空白 → 应不小于 977 万元" in li.text()


CSS = files("mingzhang.report.html").joinpath("page.css").read_text("utf-8")


def palette(block: str) -> dict[str, str]:
    return dict(re.findall(r"--([\w-]+):\s*(#[0-9a-fA-F]{3,6})", block))


def luminance(colour: str) -> float:
    digits = colour[1:]
    if len(digits) == 3:
        digits = "".join(2 * d for d in digits)
    parts = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


INKS = {
    "ink": ("ground", "paper", "faint", "wash"),
    "soft": ("ground", "paper", "faint"),
    "accent": ("ground", "paper"),
    "proved": ("paper", "wash", "faint"),
    "linked": ("paper", "linked-wash", "wash"),
    "unchecked": ("paper", "unchecked-wash"),
    "suspect": ("paper", "suspect-wash"),
    "note": ("paper", "note-wash"),
}


@pytest.mark.parametrize("ink", INKS)
def test_text_has_the_contrast_of_wcag_aa(ink: str) -> None:
    (light,) = re.findall(r":root \{(.*?)\}", CSS, re.DOTALL)  # pages are pictured on white
    colours = palette(light)
    for ground in INKS[ink]:
        assert contrast(colours[ink], colours[ground]) >= 4.5, (ink, ground)


def test_contrast_itself_is_computed_right() -> None:
    assert contrast("#000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#fff") == pytest.approx(4.48, abs=0.01)


def test_headings_never_skip_a_level() -> None:
    base = book()
    levels = (3, 1, 3, 2)
    paragraphs = tuple(
        Paragraph((Run(f"题{n}", Place(SOURCE, NAME, "题", line=n + 1)),), level)
        for n, level in enumerate(levels)
    )
    bare = replace(base, paragraphs=paragraphs, statements=(), figures=())
    page = LexborHTMLParser(render_html(replace(report(), book=bare, findings=()), say=say))
    assert [node.tag for node in page.css(".heading")] == ["h3", "h3", "h4", "h4"]
