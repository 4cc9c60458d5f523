"""The DOCX says what the edition says, is built as Word wants it, and never depends on the day."""

import io
import random
import re
import shutil
import subprocess
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from docx import Document  # python-docx: somebody else's reading of what we wrote
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from ledgers import LAYOUTS, ROUNDINGS, compiled, differences, edition

from mingzhang.model.edition import (
    COVERED,
    Contents,
    Edition,
    Heading,
    Prose,
    Span,
    Table,
    TableCell,
    TableColumn,
    TableRow,
)
from mingzhang.model.money import Unit
from mingzhang.model.quantity import Quantity
from mingzhang.publish.docx import docx_of, publish_docx
from mingzhang.publish.docx.paging import page_numbers
from mingzhang.publish.docx.table import fitted


def opened(made: Edition):  # type: ignore[no-untyped-def]
    return Document(io.BytesIO(docx_of(made)))


@pytest.mark.parametrize("rounding", ROUNDINGS)
@pytest.mark.parametrize("layout", LAYOUTS)
def test_reads_back_as_the_same_book(layout: str, rounding: str, tmp_path: Path) -> None:
    made = compiled(layout, rounding)
    assert made.edition is not None
    publish_docx(made.edition, tmp_path / "book.docx")
    assert differences(made, tmp_path / "book.docx") == []


def test_the_same_edition_gives_the_same_bytes_and_no_clock_is_in_them() -> None:
    first, again = docx_of(edition()), docx_of(edition())
    assert first == again
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert archive.testzip() is None
        assert {i.date_time for i in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        text = b"".join(archive.read(n) for n in archive.namelist()).decode()
    assert not re.search(r"20\d\d-\d\d-\d\d", text)  # the edition has no date of publication


def test_properties_come_from_the_edition_alone() -> None:
    properties = opened(replace(edition(), published=date(2023, 2, 1))).core_properties
    assert properties.title == "2023年深圳市某局部门预算"
    assert properties.author == "深圳市某局"
    assert properties.created.date() == date(2023, 2, 1)
    assert properties.modified is None
    assert properties.last_modified_by == ""


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_header_cell_stands_over_its_columns(layout: str) -> None:
    """As python-docx resolves the merges: down each column its header path, repeated to the foot."""
    made = edition(layout)
    tables = opened(made).tables
    assert len(tables) == len(made.tables)
    for table, drawn in zip(made.tables, tables, strict=True):
        assert len(drawn.rows) == table.depth + len(table.rows)
        for c, column in enumerate(table.columns):
            path = column.header + column.header[-1:] * (table.depth - len(column.header))
            assert [drawn.cell(r, c).text for r in range(table.depth)] == list(path)
        # where a header further down takes its place, a first one over the next page would mislead
        again = 0 if table.headed_again else table.depth
        for r, row in enumerate(drawn.rows):
            properties = row._tr.trPr
            assert properties.find(qn("w:cantSplit")) is not None
            assert (properties.find(qn("w:tblHeader")) is not None) == (r < again)


def test_body_cells_as_printed_with_their_spans() -> None:
    columns = tuple(TableColumn((n,), "text") for n in "甲乙丙")
    rows = (
        TableRow((TableCell("高", rows=2), TableCell("宽", columns=2), COVERED)),
        TableRow((COVERED, TableCell("一"), TableCell("二"))),
        TableRow((TableCell("方", rows=2, columns=2), COVERED, TableCell("三"))),
        TableRow((COVERED, COVERED, TableCell("四"))),
    )
    table = Table("other", "", "", None, 0, columns, rows)
    drawn = opened(replace(edition(), body=(table,))).tables[0]
    assert [[drawn.cell(r, c).text for c in range(3)] for r in range(1, 5)] == [
        ["高", "宽", "宽"],
        ["高", "一", "二"],
        ["方", "方", "三"],
        ["方", "方", "四"],
    ]


def test_wide_statements_lie_across_and_the_text_after_them_stands_upright() -> None:
    made = edition("shanghai-final")
    shape = []
    for section in opened(made).sections:
        across = section.orientation == WD_ORIENT.LANDSCAPE
        assert (section.page_width > section.page_height) == across
        shape.append(across)
    assert shape[0] is False  # the cover
    turns = [table.landscape for table in made.statements]
    # text and upright statements before the first wide one, then each run of its own, text at the end
    runs = [t for t, before in zip(turns, [False, *turns], strict=False) if t != before]
    assert shape[1:] == [False, *runs, *([False] if runs and runs[-1] else [])]


def test_styles_headings_and_contents() -> None:
    made = edition()
    document = opened(made)
    seen = [(p.style.name, p.text) for p in document.paragraphs]
    for block in made.body:
        if isinstance(block, Heading):
            assert (f"Heading {block.level}", block.text) in seen
        elif isinstance(block, Prose):
            assert ("Body Text" if block.indent else "正文顶格", block.text) in seen
        elif isinstance(block, Table) and block.title:
            assert ("表题", f"{block.number}　{block.title}") in seen
            assert all(("表注", note) in seen for note in block.notes)
    indent = document.styles["Body Text"].element.find(f".//{qn('w:ind')}")
    assert indent.get(qn("w:firstLineChars")) == "200"
    body = document.element.body
    marks = {b.get(qn("w:name")) for b in body.iter(qn("w:bookmarkStart"))}
    links = list(body.iter(qn("w:hyperlink")))
    texts = [[t.text for t in k.iter(qn("w:t"))] for k in links]
    assert ["".join(t[:-1]) for t in texts] == [text for _, text in made.contents()]
    assert all(t[-1].isdigit() for t in texts)
    assert {k.get(qn("w:anchor")) for k in links} <= marks
    fields = [i.text.split() for i in body.iter(qn("w:instrText"))]
    assert fields[0][0] == "TOC"
    pointed = [f[1] for f in fields[1:] if f[0] == "PAGEREF"]
    assert pointed == [k.get(qn("w:anchor")) for k in links]
    assert len(fields) == 1 + len(links)


def test_what_xml_cannot_hold_is_left_out() -> None:
    made = replace(edition(), body=(Prose((Span("a<b & \x00\x0b“c”\ufffe"),)),), title="书\x01名")
    document = opened(made)
    assert document.paragraphs[0].text == "书名"
    assert "a<b & " in document.paragraphs[-1].text


def test_no_figure_is_cut_by_a_narrow_column() -> None:
    figure = TableCell("12,345,678,901.23", Quantity(2023, "uses"), 1_234_567_890_123)
    columns = tuple(TableColumn(("预算数",), "amount") for _ in range(9))
    table = Table("other", "", "", Unit.YUAN, 2, columns, (TableRow((figure,) * 9),))
    fit = fitted(table, 14_000, 9_000)
    assert sum(fit.widths) <= 14_000
    assert fit.size < 21  # nine such columns need smaller type
    # Times New Roman: a digit is half an em wide, comma and point a quarter
    assert min(fit.widths) >= (13 * 0.5 + 4 * 0.25) * fit.size * 10


def test_a_long_title_gets_smaller_type_rather_than_a_second_line() -> None:
    table = replace(edition().statements[0], number="", title="一" * 26 + "表", landscape=False)
    document = opened(replace(edition(), body=(table,)))
    title = next(p for p in document.paragraphs if p.style.name == "表题")
    room = document.sections[-1].page_width - document.sections[-1].left_margin
    room -= document.sections[-1].right_margin
    assert 14 <= title.runs[0].font.size.pt < 18
    assert 27 * title.runs[0].font.size <= room


def test_a_book_without_any_block_or_with_contents_alone_opens() -> None:
    assert next(p.text for p in opened(replace(edition(), body=())).paragraphs) == edition().title
    assert opened(replace(edition(), body=(Contents(),))).sections


# ------------------------------------------------------------------ numbers of pages in the contents
def prose(text: str) -> Prose:
    return Prose((Span(text),))


def test_page_numbers_by_hand() -> None:
    """A page holds 22 lines of 28 points (GB/T 9704); 27 signs a line, the first with two fewer."""
    lines = tuple(prose("字" * 25) for _ in range(22))
    body = (*lines, Heading(3, "小标题"), prose("字"), Heading(1, "部分"), prose("字" * 27 * 30))
    body = (*body, Heading(3, "小标题"))
    numbers = page_numbers(replace(edition(), body=body))
    assert [numbers[i] for i in (0, 21, 22, 23)] == [1, 1, 2, 2]
    assert [numbers[i] for i in (24, 25, 26)] == [3, 3, 4]


def test_a_heading_stays_with_its_text_and_no_line_stands_alone() -> None:
    room = tuple(prose("字" * 25) for _ in range(20))
    long = prose("字" * 27 * 4)
    kept = replace(edition(), body=(*room, prose("字"), Heading(3, "小标题"), long))
    assert [page_numbers(kept)[i] for i in (20, 21, 22)] == [1, 2, 2]
    alone = replace(edition(), body=(*room, prose("字"), long))  # one line of it would have room
    assert [page_numbers(alone)[i] for i in (20, 21)] == [1, 2]
    two = replace(edition(), body=(*room, long))  # two lines have, and two are left
    assert page_numbers(two)[20] == 1


def test_statements_begin_pages_and_the_cover_is_not_counted() -> None:
    made = edition()
    numbers = page_numbers(made)
    first = [numbers[i] for i, b in enumerate(made.body) if isinstance(b, Table) and b.title]
    assert len(set(first)) == len(first)
    assert min(numbers.values()) == 1
    assert page_numbers(replace(made, body=())) == {}


def as_pdf(folder: Path, *editions: Edition) -> list[list[str]]:
    """The text of each page of each edition as LibreOffice lays it out."""
    import pypdfium2

    names = [f"{n}.docx" for n in range(len(editions))]
    for name, made in zip(names, editions, strict=True):
        publish_docx(made, folder / name)
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", *names]
    subprocess.run(command, cwd=folder, check=True, capture_output=True, timeout=180)
    out = []
    for name in names:
        with pypdfium2.PdfDocument(folder / name.replace("docx", "pdf")) as pdf:
            pages = [page.get_textpage().get_text_range() for page in pdf]
        out.append(pages)
    return out


def printed_against_laid_out(made: Edition, pages: list[str]) -> list[tuple[int, int]]:
    """(number in the contents, page on which it stands) of every line of the contents."""
    printed = [int(n) for page in pages for n in re.findall(r"\.{4,}(\d+)\s*$", page, re.M)]
    pages = [re.sub(r"\s", "", page) for page in pages]
    wanted = [re.sub(r"\s", "", text) for _, text in made.contents()]
    assert len(printed) == len(wanted)
    at = max(n for n, page in enumerate(pages) if "...." in page) + 1
    out = []
    for number, text in zip(printed, wanted, strict=True):
        at = next(n for n in range(at, len(pages)) if text in pages[n])
        footer = re.search(r"—(\d+)—", pages[at])
        assert footer is not None
        out.append((number, int(footer[1])))
    return out


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_page_numbers_of_the_contents_are_right_before_anybody_renews_them(tmp_path: Path) -> None:
    """LibreOffice prints them as stored: in every layout each is the page where it says."""
    made = [edition(layout) for layout in LAYOUTS]
    for one, pages in zip(made, as_pdf(tmp_path, *made), strict=True):
        pairs = printed_against_laid_out(one, pages)
        assert [a for a, _ in pairs] == [b for _, b in pairs]


def many_words(seed: int) -> Edition:
    """A book of prose alone, about thirty pages: where a line is misjudged, the error could grow."""
    lots = random.Random(seed)
    signs = "预算支出增加主要原因是本年度人员经费按规定调整项目资金安排较上年有所压减财政拨款收入"
    body: list[Heading | Prose | Contents] = [Contents()]
    for section in range(1, 25):
        body.append(Heading(2, f"（{section}）号节次"))
        for _ in range(lots.randint(2, 6)):
            said = ""
            for _ in range(lots.randint(1, 12)):
                said += "".join(lots.choices(signs, k=lots.randint(4, 22)))
                said += f"{lots.uniform(1, 9999):,.2f}万元" if lots.random() < 0.5 else "等"
                said += f"，增长{lots.randint(1, 40)}%" if lots.random() < 0.3 else ""
                said += lots.choice("，。；")
            body.append(prose(said))
    return replace(edition(), body=tuple(body), title="书")


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_in_long_prose_a_page_number_is_at_most_one_off(tmp_path: Path) -> None:
    made = [many_words(seed) for seed in (1, 2)]
    for one, pages in zip(made, as_pdf(tmp_path, *made), strict=True):
        pairs = printed_against_laid_out(one, pages)
        assert len(pages) > 20
        assert max(abs(a - b) for a, b in pairs) <= 1
        assert sum(a == b for a, b in pairs) >= 0.8 * len(pairs)


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_opens_it_and_repeats_the_header_on_the_next_page(tmp_path: Path) -> None:
    import pypdfium2

    made = edition("shanghai-final")
    publish_docx(made, tmp_path / "book.docx")
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "book.docx"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, timeout=180)
    with pypdfium2.PdfDocument(tmp_path / "book.pdf") as pdf:
        pages = [page.get_textpage().get_text_range().replace(" ", "") for page in pdf]
    long = next(t for t in made.tables if t.kind == "general_basic")
    first = next(n for n, page in enumerate(pages) if long.title in page and "编制单位" in page)
    assert "科目名称" in pages[first] and "科目名称" in pages[first + 1]
    assert "人员经费合计" in pages[first + 1]
