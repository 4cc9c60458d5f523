"""Pictures beside findings: which pages, what is cut out of them, what is framed, and words where
there is no picture."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from urllib.parse import unquote

import pytest
from handmade import SOURCE, book, findings, report, say
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser, LexborNode

from mingzhang.model.document import Document, Paragraph, Run
from mingzhang.model.finding import Report
from mingzhang.model.place import Place
from mingzhang.report.html import render_html
from mingzhang.report.html.gallery import CROPS, _window
from mingzhang.report.html.marks import marks_of
from mingzhang.report.pictures import Picture, Pictures, wanted
from mingzhang.report.view import View
from mingzhang.report.words import Words

WIDTH, HEIGHT = 595.0, 842.0
PICTURE = Picture(b"\x89PNG pretended", "image/png", WIDTH, HEIGHT)
# where the figures of the slip stand: one on page 7, its two parts below each other on page 8
BOXES = {
    "t1r1c2": (7, (300.0, 400.0, 360.0, 412.0)),
    "t1r2c2": (8, (300.0, 100.0, 360.0, 112.0)),
    "t1r3c2": (8, (300.0, 700.0, 360.0, 712.0)),
}
ERROR = "20103 的下级科目加起来与它本身不符。"


def printed(source: str = SOURCE, hostile: str = "样本.pdf") -> Report:
    """The book of handmade, with three of its figures on pages of a PDF."""
    of = book()
    figures = tuple(
        replace(
            f,
            place=Place(source, hostile, f.text, page=BOXES[f.id][0], box=BOXES[f.id][1]),
        )
        if f.id in BOXES
        else f
        for f in of.figures
    )
    made = replace(of, figures=figures)
    if source != SOURCE:
        second = Document(hostile, source, "pdf", (), 9)
        made = replace(made, documents=(*of.documents, second))
    return report(made)


def page(of: Report, pictures: Pictures, lang: str = "zh") -> LexborHTMLParser:
    return LexborHTMLParser(render_html(of, lang, say=say, pictures=pictures))


def error_of(of: LexborHTMLParser) -> LexborNode:
    (found,) = [a for a in of.css("article.finding") if ERROR in a.text()]
    return found


BOTH = {(SOURCE, 7): PICTURE, (SOURCE, 8): PICTURE}


def test_the_pages_worth_a_picture_are_those_of_findings_errors_first() -> None:
    assert wanted(printed()) == [(SOURCE, 7), (SOURCE, 8)]
    assert wanted(report()) == []  # a text has no pages


def test_a_picture_is_in_the_file_once_however_often_it_is_shown() -> None:
    html = render_html(printed(), say=say, pictures=BOTH)
    assert html.count("data:image/png;base64,") == 2
    shown = page(printed(), BOTH)
    assert len(shown.css("figure.page")) == 2
    assert [u.attributes["href"] for u in error_of(shown).css("use")] == [
        "#picture-page-7",
        "#picture-page-8",
        "#picture-page-8",
    ]


def test_crops_show_the_suspect_first_and_hold_what_they_frame() -> None:
    crops = error_of(page(printed(), BOTH)).css(".crop svg")
    kinds = [[r.attributes["class"] for r in svg.css("rect")] for svg in crops]
    assert kinds == [["suspect"], ["suspect"], ["involved"]]
    for svg, (_, box) in zip(
        crops, (BOXES["t1r1c2"], BOXES["t1r3c2"], BOXES["t1r2c2"]), strict=True
    ):
        x, y, wide, high = map(float, (svg.attributes["viewBox"] or "").split())
        assert x <= box[0] and y <= box[1] and x + wide >= box[2] and y + high >= box[3]
        assert x >= 0 and y >= 0 and x + wide <= WIDTH + 1 and y + high <= HEIGHT + 1


def test_boxes_of_a_page_lead_to_the_findings_and_figures() -> None:
    shown = page(printed(), BOTH)
    (box,) = shown.css("#page-7 .box")
    assert "suspect" in (box.css("rect")[0].attributes["class"] or "")
    finding = next(f for f in printed().findings if f.rule == "MZ101")
    assert box.attributes["href"] == f"#finding-{finding.fingerprint}"
    assert ERROR in (box.attributes["aria-label"] or "")
    assert [li.text() for li in shown.css("#page-7 figcaption li")] == [f"MZ101 {ERROR}"]


def test_ids_are_unique_and_links_lead_somewhere_with_pictures_of_two_files() -> None:
    other = "cd" * 32
    shown = page(printed(other, "表格.pdf"), {(other, 7): PICTURE, (other, 8): PICTURE})
    assert [f.attributes["id"] for f in shown.css("figure.page")] == ["page-2-7", "page-2-8"]
    ids = Counter(node.attributes["id"] for node in shown.css("[id]"))
    assert [i for i, n in ids.items() if n > 1] == []
    targets = {unquote((a.attributes["href"] or "")[1:]) for a in shown.css("a, use")}
    assert targets <= set(ids)


def test_where_a_page_has_no_picture_its_rows_are_shown() -> None:
    shown = error_of(page(printed(), {(SOURCE, 7): PICTURE}))
    assert len(shown.css(".crop")) == 1
    (table,) = shown.css("table.excerpt")
    marked = [(m.text(), m.attributes["class"]) for m in table.css("mark")]
    assert marked == [("1,646", "involved"), ("2,632", "suspect")]


def test_without_pictures_there_is_no_view_of_pages() -> None:
    shown = page(printed(), {})
    assert shown.css("#pages, .crop, figure.page") == []
    (table,) = error_of(shown).css("table.excerpt")
    rows = [[c.text() for c in tr.css("td, th")] for tr in table.css("tbody tr")]
    assert rows == [
        ["⋮"],
        ["20103", "信访事务", "2,623"],
        ["2010301", "行政运行", "1,646"],
        ["2010308", "信访业务", "2,632"],
    ]


def test_a_sentence_is_shown_with_its_figure_marked() -> None:
    of = report()
    figure = of.book.figure("p2n1")
    told = replace(findings(of.book)[1], figures=(figure.id,), places=(figure.place,), suspects=())
    shown = page(replace(of, findings=(told,)), {})
    (quoted,) = shown.css("blockquote.excerpt p")
    assert quoted.text() == of.book.paragraphs[2].text
    assert [(m.text(), m.attributes["class"]) for m in quoted.css("mark")] == [("169", "involved")]


def test_nothing_hostile_in_names_or_excerpts_gets_out_of_a_picture() -> None:
    of = printed("cd" * 32, '"><script>alert(1)</script>.pdf')
    bad = tuple(replace(f, messages={"zh": '"><image onload=x>'}) for f in of.findings)
    shown = page(replace(of, findings=bad), {("cd" * 32, 7): PICTURE})
    assert len(shown.css("script")) == 2 and len(shown.css("image")) == 1
    assert [n for n in shown.css("*") if any(k.startswith("on") for k in n.attributes)] == []


def test_a_place_is_marked_once_as_the_worst_it_is() -> None:
    of = printed()
    view = View(of, Words("zh"), say)
    (error,) = [f for f in of.findings if f.rule == "MZ101"]
    assert [(m.figure, m.kind) for m in marks_of(view, error)] == [
        ("t1r1c2", "suspect"),
        ("t1r3c2", "suspect"),
        ("t1r2c2", "involved"),
    ]


def test_a_finding_with_many_places_has_few_crops() -> None:
    of = printed()
    places = tuple(
        Place(SOURCE, "样本.pdf", "0", page=n, box=(10.0, 10.0, 20.0, 20.0)) for n in range(1, 13)
    )
    many = replace(of.findings[0], places=places, figures=(), suspects=())
    shown = page(replace(of, findings=(many,)), {(SOURCE, n): PICTURE for n in range(1, 13)})
    assert len(shown.css(".finding .crop")) == CROPS
    assert len(shown.css("figure.page")) == 12


def test_words_that_run_on_are_framed_on_each_of_their_lines() -> None:
    def line(text: str, x: float, y: float) -> Run:
        place = Place(SOURCE, "样本.pdf", text, page=7, box=(x, y, x + 10 * len(text), y + 12))
        return Run(text, place, tuple(x + 10 * i for i in range(len(text) + 1)))

    paragraph = Paragraph(
        (line("预算为 1 万元。决算", 50, 100), line("数大于预算数的原因", 30, 120))
    )
    of = printed()
    told = replace(
        of.findings[0],
        places=(paragraph.at(9, 17),),
        figures=(),
        equation="",
    )
    assert told.places[0].excerpt == "决算数大于预算数"[:8]
    made = replace(of, book=replace(of.book, paragraphs=(paragraph,)), findings=(told,))
    marks = marks_of(View(made, Words("zh"), say), told)
    assert [(m.place.excerpt, m.place.box) for m in marks] == [
        ("决算数大于预算数", (140.0, 100.0, 160.0, 112.0)),
        ("数大于预算数", (30.0, 120.0, 90.0, 132.0)),
    ]


def test_findings_can_be_picked_by_the_section_of_the_text() -> None:
    shown = page(report(), {})
    options = {o.attributes["value"]: o.text().strip() for o in shown.css("optgroup option")}
    assert options == {}  # no finding of the handmade report speaks of its section
    of = report()
    figure = of.book.figure("p2n1")
    told = replace(of.findings[0], figures=(figure.id,), places=(figure.place,), suspects=())
    shown = page(replace(of, findings=(*of.findings, told)), {})
    options = {o.attributes["value"]: o.text().strip() for o in shown.css("optgroup option")}
    assert options == {"s0": "第二部分 部门预算收支总体情况"}
    picked = [li for li in shown.css(".findings > li") if li.attributes["data-sections"] == "s0"]
    assert len(picked) == 1


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_picture_is_told_to_those_who_do_not_see_it(lang: str) -> None:
    for svg in page(printed(), BOTH, lang).css(".crop svg"):
        assert svg.attributes["role"] == "img"
        told = svg.attributes["aria-label"] or ""
        assert re.search(r"\d,\d{3}", told)
        assert bool(re.search("[一-鿿]", told)) == (lang == "zh")


_edge = st.floats(0, 600, allow_nan=False)


@given(st.lists(st.tuples(_edge, _edge, _edge, _edge), min_size=1, max_size=4))
def test_a_crop_holds_its_boxes_and_keeps_to_the_page(raw: list[tuple[float, ...]]) -> None:
    boxes = [
        (min(a, c) % 590, min(b, d), min(max(a, c) % 590 + min(a, c) % 590, 594.0), max(b, d))
        for a, b, c, d in raw
    ]
    x0, y0, x1, y1 = _window(boxes, PICTURE)
    assert 0 <= x0 < x1 <= WIDTH and 0 <= y0 < y1 <= HEIGHT
    for box in boxes:
        assert x0 <= box[0] and y0 <= box[1] and x1 >= min(box[2], WIDTH) and y1 >= box[3]
