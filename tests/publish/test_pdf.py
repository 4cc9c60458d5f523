"""The PDF: says what the edition says, looks after the standard, and lets nothing of a ledger act."""

from __future__ import annotations

import ctypes
import os
import random
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import ledgers
import pypdfium2
import pypdfium2.raw as pdfium
import pytest
import typst

from mingzhang.compiling import compile_ledger
from mingzhang.model.edition import Edition, Heading, Prose, Span, Table, TableCell, TableRow
from mingzhang.publish.pdf import PublishFailed, pdf_of, publish_pdf
from mingzhang.publish.pdf.coverage import visible
from mingzhang.publish.pdf.fonts import fonts_of
from mingzhang.publish.pdf.pages import book_of, cover_lines, depths
from mingzhang.publish.pdf.widths import LYING, UPRIGHT, fit

# ---------------------------------------------------------------- the contract: read back


@pytest.mark.parametrize("rounding", ledgers.ROUNDINGS)
@pytest.mark.parametrize("layout", ledgers.LAYOUTS)
def test_read_back_it_says_the_same(layout: str, rounding: str, tmp_path: Path) -> None:
    path = tmp_path / "book.pdf"
    made = ledgers.compiled(layout, rounding)
    publish_pdf(ledgers.edition(layout, rounding), path)
    assert ledgers.differences(made, path) == []


def test_tables_over_several_pages_read_back(tmp_path: Path) -> None:
    made = compile_ledger(ledgers.ledger("shenzhen", "additive", 12))
    assert made.edition is not None
    publish_pdf(made.edition, tmp_path / "book.pdf")
    assert ledgers.differences(made, tmp_path / "book.pdf") == []


# ---------------------------------------------------------------- looking into a PDF


def texts(data: bytes) -> list[str]:
    """The text of each page."""
    return [page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(data)]


def tags(data: bytes) -> list[str]:
    """The types of all structure elements, page by page in reading order."""

    def walk(element: object) -> Iterator[str]:
        size = pdfium.FPDF_StructElement_GetType(element, None, 0)
        kind = ctypes.create_string_buffer(size)
        pdfium.FPDF_StructElement_GetType(element, kind, size)
        yield kind.raw.decode("utf-16-le").rstrip("\0")
        for n in range(pdfium.FPDF_StructElement_CountChildren(element)):
            child = pdfium.FPDF_StructElement_GetChildAtIndex(element, n)
            if child:
                yield from walk(child)

    found: list[str] = []
    for page in pypdfium2.PdfDocument(data):
        tree = pdfium.FPDF_StructTree_GetForPage(page)
        for n in range(pdfium.FPDF_StructTree_CountChildren(tree)):
            found += walk(pdfium.FPDF_StructTree_GetChildAtIndex(tree, n))
        pdfium.FPDF_StructTree_Close(tree)
    return found


@pytest.fixture(scope="module")
def printed() -> bytes:
    return pdf_of(replace(ledgers.edition(), published=date(2023, 2, 9)))


def test_archival_tagged_embedded(printed: bytes) -> None:
    assert b"<pdfaid:part>2<" in printed and b"<pdfaid:conformance>A<" in printed
    assert b"<pdfuaid:part>1<" in printed
    found = tags(printed)
    edition = ledgers.edition()
    assert found.count("Table") >= len(edition.tables)
    assert found.count("TH") >= sum(len(t.header_cells()) for t in edition.tables)
    assert {"H1", "H2", "H3", "P", "TOC", "TR", "TD"} <= set(found)
    fonts = set()
    for page in pypdfium2.PdfDocument(printed):
        for item in page.get_objects([pdfium.FPDF_PAGEOBJ_TEXT]):
            fonts.add(bool(pdfium.FPDFFont_GetIsEmbedded(pdfium.FPDFTextObj_GetFont(item))))
    assert fonts == {True}
    assert len(printed) < 600_000  # a subset: the two faces have 20 MB


def test_metadata_are_the_editions_own(printed: bytes) -> None:
    told = pypdfium2.PdfDocument(printed).get_metadata_dict()
    assert told["Title"] == "2023年深圳市某局部门预算" and told["Author"] == "深圳市某局"
    assert told["CreationDate"] == told["ModDate"] == "D:20230209000000Z"
    assert "2023年2月9日" in texts(printed)[0]


def test_contents_and_bookmarks_lead_to_the_page(printed: bytes) -> None:
    pages = texts(printed)
    where = {}
    for mark in pypdfium2.PdfDocument(printed).get_toc():
        at = mark.get_dest().get_index()
        assert mark.get_title() in pages[at].replace("\r\n", "")
        where.setdefault(mark.get_title(), at + 1)
    listed = [line for line in pages[1].splitlines() if ". . ." in line]
    assert len(listed) == len(list(ledgers.edition().contents()))
    for line, (_, text) in zip(listed, ledgers.edition().contents(), strict=True):
        name, number = line.partition(".")[0].strip(), int(line.split()[-1])
        assert name.replace(" ", "") == text.replace("　", "").replace(" ", "")
        assert where[text.partition("　")[2] or text] == number
        assert f"— {number} —" in pages[number - 1]


def test_wide_tables_lie_and_headers_return() -> None:
    table = next(t for t in ledgers.edition().statements if t.title == "支出总表")
    long = replace(table, rows=table.rows * 8, sums=())
    book = replace(ledgers.edition(), body=(Heading(1, "二、表格部分"), long))
    pages = list(pypdfium2.PdfDocument(pdf_of(book)))[1:]
    assert len(pages) > 3
    for page in pages:
        assert page.get_width() > page.get_height()
        text = page.get_textpage().get_text_bounded().replace("\r\n", "")
        assert all(
            name in text for name in ("科目编码", "基本支出", "政府采购项目", "面向中小企业")
        )


# ---------------------------------------------------------------- the same bytes


def test_the_same_book_is_the_same_file_anywhere(tmp_path: Path) -> None:
    code = "import sys, ledgers; from mingzhang.publish.pdf import pdf_of; sys.stdout.buffer.write(pdf_of(ledgers.edition('shanghai-final')))"
    paths = [str(Path(ledgers.__file__).parent), *sys.path]
    there = {
        **os.environ,
        "TZ": "Asia/Shanghai",
        "PYTHONHASHSEED": "7",
        "SOURCE_DATE_EPOCH": "1",
        "PYTHONPATH": os.pathsep.join(paths),
    }
    run = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, env=there, check=True, capture_output=True
    )
    assert run.stdout == pdf_of(ledgers.edition("shanghai-final"))


# ---------------------------------------------------------------- hostile words

HOSTILE = (
    '#panic("x")',
    "$x$",
    "*粗* _斜_ `码`",
    "\\ \\u{41}",
    "[a] #[b] {c}",
    "<label> @ref",
    "= 标题",
    "- 一 / 二: 三",
    "// 注释 /* */",
    "\"引\" '号' -- ... ~",
    '#read("/etc/passwd") #import "@preview/a:1.0.0"',
)


def spoiled(edition: Edition, words: tuple[str, ...]) -> Edition:
    """The edition with words in every place that takes some."""

    def table(block: Table) -> Table:
        rows = []
        for r, row in enumerate(block.rows):
            cells = list(row.cells)
            for at, cell in enumerate(cells):
                if cell.quantity is None and cell.columns:
                    cells[at] = replace(cell, text=words[r % len(words)])
                    break
            rows.append(replace(row, cells=tuple(cells)))
        return replace(block, rows=tuple(rows), notes=words, title=block.title and words[0])

    body = [
        table(b)
        if isinstance(b, Table)
        else replace(b, text=words[n % len(words)])
        if isinstance(b, Heading)
        else b
        for n, b in enumerate(edition.body)
    ]
    body.append(Prose(tuple(Span(w + "。") for w in words)))
    return replace(edition, title=words[0], department=words[1], body=tuple(body))


def test_nothing_acts_as_markup() -> None:
    data = pdf_of(spoiled(ledgers.edition(), HOSTILE))
    pages = texts(data)
    whole = "".join(pages).replace("\r\n", "")
    for words in HOSTILE:
        assert words in whole
    assert pypdfium2.PdfDocument(data).get_metadata_dict()["Title"] == HOSTILE[0]
    assert HOSTILE[0] in pages[0] and HOSTILE[1] in pages[0]


def test_what_no_face_can_show_is_shown_as_its_code() -> None:
    words = ("😀", "a\0b", "\u202e反\u202c", "\U0002a6d6", "\ud800", "葛\U000e0100", "一\t二")
    whole = "".join(texts(pdf_of(spoiled(ledgers.edition("jiangsu-2018"), words))))
    for code in ("1F600", "0000", "202E", "2A6D6", "D800"):
        assert f"〔U+{code}〕" in whole.replace("\r\n", "").replace("〔 ", "〔")
    assert not set(whole) & set("\0\u202e\ud800")
    assert "葛。一 二" in whole  # a variant of a form is no letter; a tab is a space


def test_what_is_said_to_be_covered_can_be_set() -> None:
    """PDF/A refuses a glyph that a font has not: Typst is the judge of our reading of cmap."""
    known = fonts_of(None).known
    assert 20_000 < len(known) < 70_000
    points = random.Random(1).sample(sorted(known), 1500)
    some = "".join(c for c in map(chr, points) if visible(c, known) == c)
    assert len(some) > 1200
    body = (Heading(1, "字"), Prose((Span(some),)))
    pdf_of(replace(ledgers.edition(), body=body))
    missing = [c for c in map(chr, range(0x20000, 0x20200)) if ord(c) not in known]
    assert missing and all(visible(c, known) != c for c in missing)


@pytest.mark.parametrize("letter", ["W", "字", "1"])
def test_very_long_words_stay_on_the_page(letter: str) -> None:
    edition = ledgers.edition("jiangsu-2018")
    table = next(t for t in edition.statements if len(t.columns) > 4)
    body = (Heading(1, ""), Heading(3, ""), replace(table, rows=table.rows[:2]))
    data = pdf_of(spoiled(replace(edition, body=body), (letter * 200, letter * 10_240)))
    for page in pypdfium2.PdfDocument(data):
        area = page.get_textpage()
        for n in range(0, area.count_chars(), 41):
            left, _, right, _ = area.get_charbox(n)
            assert 0 <= left <= right <= page.get_width()


# ---------------------------------------------------------------- every figure on its line


@pytest.mark.parametrize("layout", ledgers.LAYOUTS)
def test_columns_fill_the_page_and_hold_their_figures(layout: str) -> None:
    for table in ledgers.edition(layout).tables:
        chosen = fit(table)
        assert abs(sum(chosen.widths) - (LYING if chosen.landscape else UPRIGHT)) < 0.1
        for _, column, cell in table.figures():
            assert 0.5 * len(cell.text) * chosen.size < chosen.widths[column]


def test_a_table_too_wide_for_large_type_is_laid_down_and_set_smaller() -> None:
    table = max(ledgers.edition("shanghai-final").statements, key=lambda t: len(t.columns))
    figure = TableCell("123,456,789.00", next(table.figures())[2].quantity, 12_345_678_900)
    row = TableRow(tuple(figure for _ in table.columns))
    wide = fit(replace(table, rows=(row,), landscape=False))
    assert wide.landscape and wide.size < 9
    assert all(14 * 0.5 * wide.size < width for width in wide.widths)


# ---------------------------------------------------------------- nothing halfway


def test_nothing_is_written_when_typesetting_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    compiled = typst.compile

    def refuse(*_: object, **__: object) -> object:
        return compiled(b'#panic("no room")')

    path = tmp_path / "book.pdf"
    path.write_bytes(b"last year's")
    monkeypatch.setattr(typst, "compile", refuse)
    with pytest.raises(PublishFailed) as failure:
        publish_pdf(ledgers.edition(), path)
    assert path.read_bytes() == b"last year's" and list(tmp_path.iterdir()) == [path]
    assert "no room" in failure.value.message_in("en")
    assert "没有写出任何文件" in failure.value.message_in("zh")


def test_missing_fonts_and_packages_are_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(PublishFailed) as folder:
        pdf_of(ledgers.edition(), tmp_path / "nowhere")
    assert folder.value.what == "folder" and "nowhere" in folder.value.message_in("zh")
    for package, tell in (("typst", "typst"), ("pylopdf_fonts_zh_cn", "pylopdf-fonts-zh-cn")):
        with monkeypatch.context() as without:
            without.setitem(sys.modules, package, None)
            fonts_of.cache_clear()
            with pytest.raises(PublishFailed) as missing:
                pdf_of(ledgers.edition())
            assert missing.value.what == "package" and tell in missing.value.message_in("zh")
    fonts_of.cache_clear()


def test_faces_of_ones_own_are_taken_as_they_are(tmp_path: Path) -> None:
    """An empty folder has none; the stand-ins of heavier faces are drawn heavier."""
    faces = fonts_of(tmp_path).faces
    assert set(faces) == {"title", "heading", "second", "text", "table", "strong"}
    assert faces["text"].stroke == 0 < faces["title"].stroke
    assert faces["heading"].families[0] == "Noto Sans SC"


# ---------------------------------------------------------------- small pieces


def test_the_outline_begins_at_one_and_skips_no_depth() -> None:
    body = (
        Heading(2, "第一部分"),
        Heading(4, "（一）"),
        Heading(1, "第二部分"),
        Heading(3, "一、"),
    )
    assert [depth for _, depth in depths(body)] == [1, 2, 1, 2]
    body = (Heading(1, "一、文字部分"), Heading(2, "第一部分"), Heading(4, "（一）"))
    assert [depth for _, depth in depths(body)] == [1, 2, 3]
    assert [d for _, d in depths((Prose(()), Heading(3, "一、")))] == [0, 1]


def test_the_title_breaks_after_the_department() -> None:
    book = replace(ledgers.edition(), title="2023年深圳市某局部门预算")
    assert cover_lines(book) == ("2023年深圳市某局", "部门预算")
    assert cover_lines(replace(book, title="部门预算")) == ("部门预算",)
    assert cover_lines(replace(book, title="预算深圳市某局")) == ("预算深圳市某局",)


def test_a_statement_begins_a_page_with_the_headings_right_above_it() -> None:
    pages = book_of(ledgers.edition(), fonts_of(None))["pages"]
    kinds = [[block["kind"] for block in page["blocks"]] for page in pages]
    first = next(k for k in kinds if k[-1] == "table" and k[0] == "heading")
    assert first == ["heading", "table"]
    assert all(k.count("table") == 1 for k in kinds[kinds.index(first) :])
