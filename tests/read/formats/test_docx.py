"""DOCX: the text as it stands, in reading order, with its tables."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from typing import Any

import docx
import pytest
from docx.oxml import parse_xml

from mingzhang.model.document import Document, Grid
from mingzhang.read.docx import read_docx
from mingzhang.read.errors import Unreadable
from mingzhang.read.limits import Limits

Told = Callable[[Document], list[Any]]
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NAMES = (
    f'xmlns:w="{W}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)


def saved(book: Any) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def body(xml: str, **parts: str) -> bytes:
    """A document with a hand-written body, and further parts (footnotes)."""
    book = docx.Document()
    root = book.element.body
    for element in list(root)[::-1]:
        if element.tag.endswith("}sectPr"):
            continue
        root.remove(element)
    for i, element in enumerate(parse_xml(f"<w:body {NAMES}>{xml}</w:body>")):
        root.insert(i, element)
    data = saved(book)
    if not parts:
        return data
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for info in old.infolist():
            text = old.read(info)
            if info.filename == "word/_rels/document.xml.rels":
                kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
                more = "".join(
                    f'<Relationship Id="n{p}" Type="{kind}{p}" Target="{p}.xml"/>' for p in parts
                )
                text = text.replace(b"</Relationships>", more.encode() + b"</Relationships>")
            new.writestr(info, text)
        for part, content in parts.items():
            new.writestr(f"word/{part}.xml", f"<w:{part} {NAMES}>{content}</w:{part}>")
    return out.getvalue()


def read(data: bytes) -> Document:
    return read_docx(data, "书.docx")


def replaced(data: bytes, old: str, new: str) -> bytes:
    """The package with a piece of text replaced in all its parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as archive, zipfile.ZipFile(out, "w") as changed:
        for info in archive.infolist():
            changed.writestr(info, archive.read(info).replace(old.encode(), new.encode()))
    return out.getvalue()


def p(*runs: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{''.join(runs)}</w:p>"


def r(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def tc(inside: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inside}</w:tc>"


def tr(*cells: str, properties: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


RESTART = {merge: f'<w:{merge} w:val="restart"/>' for merge in ("vMerge", "hMerge")}


def test_paragraphs_headings_and_places(told: Told) -> None:
    book = docx.Document()
    book.add_heading("2024年部门预算", 0)
    book.add_heading("第一部分 概况", 1)
    book.add_paragraph("")
    book.add_heading("一、职责", 2)
    book.add_paragraph("  正文。")
    document = read(saved(book))
    assert told(document) == ["2024年部门预算", "第一部分 概况", "一、职责", "正文。"]
    assert [b.level for b in document.paragraphs()] == [1, 1, 2, 0]
    assert [b.place.line for b in document.paragraphs()] == [1, 2, 4, 5]
    last = list(document.paragraphs())[-1]
    assert (last.place.column, last.at(0, 2).excerpt) == (1, "正文")
    assert document.format == "docx" and document.warnings == ()


def test_an_outline_level_of_the_paragraph_itself() -> None:
    document = read(body(p(r("章"), properties='<w:outlineLvl w:val="2"/>') + p(r("文"))))
    assert [b.level for b in document.paragraphs()] == [3, 0]


def test_merged_cells_and_what_follows(told: Told) -> None:
    book = docx.Document()
    book.add_paragraph("前")
    table = book.add_table(4, 4)
    table.cell(0, 0).merge(table.cell(1, 0)).text = "项目"
    table.cell(0, 1).merge(table.cell(0, 3)).text = "预算数"
    for c, text in enumerate(["合计", "基本支出", "项目支出"], start=1):
        table.cell(1, c).text = text
    for c, text in enumerate(["甲", "3", "1", "2"]):
        table.cell(2, c).text = text
    table.cell(3, 0).text = "多\n行"
    book.add_paragraph("后")
    document = read(saved(book))
    assert told(document) == [
        "前",
        [
            ["项目", "预算数", "预算数", "预算数"],
            ["项目", "合计", "基本支出", "项目支出"],
            ["甲", "3", "1", "2"],
            ["多\n行", "", "", ""],
        ],
        "后",
    ]
    (grid,) = document.grids()
    assert grid.spans_known
    head = {c.text: (c.rowspan, c.colspan, c.place.cell) for c in grid.cells if c.row == 0}
    assert head == {"项目": (2, 1, "A1"), "预算数": (1, 3, "B1")}
    assert len({c.place.line for c in grid.cells}) == len(grid.cells)


def test_a_title_inside_the_table_is_a_paragraph(told: Told) -> None:
    book = docx.Document()
    table = book.add_table(3, 2)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "收支总表"
    for i, text in enumerate(["项目", "金额", "甲", "1"]):
        table.cell(1 + i // 2, i % 2).text = text
    assert told(read(saved(book))) == ["收支总表", [["项目", "金额"], ["甲", "1"]]]


def test_rows_that_begin_late_and_old_horizontal_merges(told: Told) -> None:
    rows = tr(tc(p(r("a")), RESTART["hMerge"]), tc(p(), "<w:hMerge/>"), tc(p(r("b"))))
    rows += tr(tc(p(r("c"))), tc(p(r("d"))), properties='<w:gridBefore w:val="1"/>')
    assert told(read(body(f"<w:tbl>{rows}</w:tbl>"))) == [[["a", "a", "b"], ["", "c", "d"]]]


def test_a_vertical_merge_with_nothing_above_is_a_cell(told: Told) -> None:
    rows = tr(tc(p(r("a")), "<w:vMerge/>"), tc(p(r("b"))))
    rows += tr(tc(p(), "<w:vMerge/>"), tc(p(r("c"))))
    rows += tr(tc(p(r("d")), RESTART["vMerge"]), tc(p(r("e"))))
    assert told(read(body(f"<w:tbl>{rows}</w:tbl>"))) == [[["a", "b"], ["a", "c"], ["d", "e"]]]


def test_tables_in_cells(told: Told) -> None:
    book = docx.Document()
    table = book.add_table(2, 2)
    for i, text in enumerate(["项目", "明细", "甲", "见内"]):
        table.cell(i // 2, i % 2).text = text
    inner = table.cell(1, 1).add_table(1, 2)
    inner.cell(0, 0).text, inner.cell(0, 1).text = "x", "1"
    assert told(read(saved(book))) == [[["项目", "明细"], ["甲", "见内"]], [["x", "1"]]]


def test_a_table_that_only_lays_out_is_taken_apart(told: Told) -> None:
    book = docx.Document()
    table = book.add_table(1, 1)
    table.cell(0, 0).text = "框内一\n"
    inner = table.cell(0, 0).add_table(1, 2)
    inner.cell(0, 0).text, inner.cell(0, 1).text = "x", "1"
    assert told(read(saved(book))) == ["框内一", [["x", "1"]]]


def test_content_controls_links_and_custom_xml(told: Told) -> None:
    cell = f"<w:sdt><w:sdtContent>{tc(p(r('1')))}</w:sdtContent></w:sdt>"
    row = f"<w:sdt><w:sdtContent><w:tr>{tc(p(r('甲')))}{cell}</w:tr></w:sdtContent></w:sdt>"
    xml = f"<w:sdt><w:sdtContent>{p(r('目录'))}<w:tbl>{row}</w:tbl></w:sdtContent></w:sdt>" + p(
        f"<w:hyperlink>{r('链')}</w:hyperlink>", f"<w:smartTag>{r('接')}</w:smartTag>"
    )
    assert told(read(body(xml))) == ["目录", [["甲", "1"]], "链接"]


def test_tracked_changes_are_read_as_accepted_and_told(told: Told) -> None:
    change = 'w:id="1" w:author="a" w:date="2024-01-01T00:00:00Z"'
    deleted = f"<w:del {change}><w:r><w:delText>旧</w:delText></w:r></w:del>"
    moved = f"<w:moveFrom {change}>{r('走')}</w:moveFrom><w:moveTo {change}>{r('来')}</w:moveTo>"
    gone_row = f"<w:tr><w:trPr><w:del {change}/></w:trPr>{tc(p(r('删')))}{tc(p())}</w:tr>"
    row = f"<w:tr><w:trPr><w:ins {change}/></w:trPr>{tc(p(r('甲')))}{tc(p(r('1')))}</w:tr>"
    xml = (
        p(r("共"), deleted, f"<w:ins {change}>{r('新')}</w:ins>", moved)
        + p(r("前半"), properties=f"<w:rPr><w:del {change}/></w:rPr>")
        + p(r("后半"))
        + f"<w:tbl>{gone_row}{row}</w:tbl>"
    )
    document = read(body(xml))
    assert told(document) == ["共新来", "前半后半", [["甲", "1"]]]
    assert "修订" in document.warnings[0] and "tracked" in document.warnings[0]


def test_hidden_text_is_not_read_but_told(told: Told) -> None:
    gone = f"<w:tr><w:trPr><w:hidden/></w:trPr>{tc(p(r('隐')))}</w:tr>"
    row = f"<w:tr>{tc(p(r('甲')))}{tc(p(r('1')))}</w:tr>"
    xml = p(r("见"), r("藏", "<w:vanish/>"), r("也见", '<w:vanish w:val="0"/>')) + (
        f"<w:tbl>{gone}{row}</w:tbl>"
    )
    document = read(body(xml))
    assert told(document) == ["见也见", [["甲", "1"]]]
    assert "2 处隐藏" in document.warnings[0]


def test_fields_show_their_result(told: Told) -> None:
    def field(step: str) -> str:
        return f'<w:r><w:fldChar w:fldCharType="{step}"/></w:r>'

    code = "<w:r><w:instrText>PAGE</w:instrText></w:r>"
    nested = field("begin") + code + field("separate") + r("内") + field("end")
    xml = (
        p(r("第"), field("begin"), code, field("separate"), r("3"), field("end"), r("页"))
        + p(field("begin"), code, nested, field("separate"), r("外"), field("end"))
        + p(field("begin"), code)
        + p(r("不丢"))
        + p(f"<w:fldSimple w:instr='PAGE'>{r('4')}</w:fldSimple>")
    )
    assert told(read(body(xml))) == ["第3页", "外", "不丢", "4"]


def test_breaks_tabs_symbols_and_guides(told: Told) -> None:
    ruby = f"<w:r><w:ruby><w:rt>{r('zì')}</w:rt><w:rubyBase>{r('字')}</w:rubyBase></w:ruby></w:r>"
    xml = (
        p(
            r("2024年"),
            "<w:r><w:br/></w:r>",
            r("部门预算"),
            "<w:r><w:br w:type='page'/></w:r>",
            r("次页"),
        )
        + p(r("一"), "<w:r><w:tab/></w:r>", r("3"), "<w:r><w:noBreakHyphen/></w:r>", r("5"))
        + p("<w:r><w:sym w:font='Wingdings' w:char='F0FC'/><w:sym w:char='2103'/></w:r>", ruby)
        + p("<m:oMath><m:r><m:t>x=1</m:t></m:r></m:oMath>")
    )
    assert told(read(body(xml))) == ["2024年", "部门预算", "次页", "一\t3-5", "℃字", "x=1"]


def test_text_boxes_once_and_pictures_told(told: Told) -> None:
    box = f"<w:txbxContent>{p(r('框中文字'))}</w:txbxContent>"
    shape = (
        f"<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx>{box}</wps:txbx>"
        f"</w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict>"
        "</mc:Fallback></mc:AlternateContent></w:r>"
    )
    old = f"<w:r><w:pict><v:textbox><w:txbxContent>{p(r('旧框'))}</w:txbxContent></v:textbox></w:pict></w:r>"
    picture = "<w:r><w:drawing><a:blip/></w:drawing></w:r>"
    sheet = "<w:r><w:object><v:imagedata/></w:object></w:r>"
    document = read(body(p(r("封面"), shape) + p(old) + p(picture) + p(sheet)))
    assert told(document) == ["封面", "框中文字", "旧框"]
    assert "1 幅图片" in document.warnings[0] and "1 个嵌入对象" in document.warnings[1]


def test_notes_follow_what_refers_to_them(told: Told) -> None:
    mark = "<w:r><w:footnoteReference w:id='2'/></w:r>"
    end = "<w:r><w:endnoteReference w:id='2'/></w:r>"
    row = f"<w:tr>{tc(p(r('887.36'), mark))}{tc(p(r('1'), end))}</w:tr>"
    notes = f"<w:footnote w:id='-1' w:type='separator'>{p(r('线'))}</w:footnote>"
    notes += f"<w:footnote w:id='2'>{p('<w:r><w:footnoteRef/></w:r>', r('脚注'))}</w:footnote>"
    data = body(
        p(r("前"), mark) + f"<w:tbl>{row}</w:tbl>" + p(r("后")),
        footnotes=notes,
        endnotes=f"<w:endnote w:id='2'>{p(r('尾注'))}</w:endnote>",
    )
    assert told(read(data)) == ["前", "脚注", [["887.36", "1"]], "脚注", "尾注", "后"]


def test_the_strict_variant(told: Told) -> None:
    data = body(p(r("文")) + f"<w:tbl><w:tr>{tc(p(r('a')))}{tc(p(r('b')))}</w:tr></w:tbl>")
    strict = replaced(data, W, "http://purl.oclc.org/ooxml/wordprocessingml/main")
    assert told(read(strict)) == ["文", [["a", "b"]]]


def test_a_long_table_takes_time_in_proportion() -> None:
    row = f"<w:tr>{''.join(tc(p(r(str(i)))) for i in range(4))}</w:tr>"
    (grid,) = read(body(f"<w:tbl>{row * 1000}</w:tbl>")).grids()
    assert isinstance(grid, Grid) and (grid.height, grid.width) == (1000, 4)


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"", "empty"),
        (b"%PDF-1.4", "wrong-kind"),
        (body(p(r("x")))[:-100], "wrong-kind"),
        (
            replaced(body(p(r("x"))), "<w:p>", "<w:sdt>" * 300 + "</w:sdt>" * 300 + "<w:p>"),
            "damaged",
        ),
    ],
)
def test_what_cannot_be_read_is_refused(data: bytes, what: str) -> None:
    with pytest.raises(Unreadable) as caught:
        read(data)
    assert caught.value.what == what


def test_limits_are_kept() -> None:
    with pytest.raises(Unreadable) as caught:
        read_docx(body(p(r("x" * 50_000))), "a.docx", Limits(max_bytes=20_000))
    assert caught.value.what == "too-large"
