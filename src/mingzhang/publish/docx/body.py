"""The body of a DOCX: cover, contents, headings, prose and statements, in sections of pages.

A wide statement stands on pages across; the headings right above it go with it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from mingzhang.model.edition import Block, Contents, Edition, Heading, Prose, Table
from mingzhang.publish.docx.arrange import (
    CAPTION_SIZES,
    begins_page,
    caption_of,
    pages_of,
    table_room,
)
from mingzhang.publish.docx.markup import (
    DECLARATION,
    NAMESPACES,
    UPRIGHT,
    Page,
    field,
    on_one_line,
    paragraph,
    run,
    section,
)
from mingzhang.publish.docx.paging import page_numbers
from mingzhang.publish.docx.table import table_xml

_PUBLISHED = "公布日期：{0.year}年{0.month}月{0.day}日"
_UNIT = "单位"
_TITLE_SIZES = (56, 48, 44)  # half-points, the style's first
_NEW_PAGE = "<w:pageBreakBefore/>"


def document_xml(edition: Edition) -> str:
    """The part document.xml."""
    size = on_one_line(edition.title, _TITLE_SIZES, UPRIGHT.text_width)
    cover = [paragraph("Title", run(edition.title, size))]
    if edition.published:
        cover.append(paragraph("CoverLine", run(_PUBLISHED.format(edition.published))))
    cover.append(_end_of(UPRIGHT, footer=False))
    inside = "".join(cover) + "".join(_sections(edition))
    return f"{DECLARATION}<w:document {NAMESPACES}><w:body>{inside}</w:body></w:document>"


def _sections(edition: Edition) -> Iterator[str]:
    """All blocks; sections end where the paper turns. The first of them counts its pages from 1."""
    pages = pages_of(edition.body)
    numbers = page_numbers(edition)
    first, fresh = True, True
    before: Block | None = None
    for index, block in enumerate(edition.body):
        page = pages[index]
        if index and page is not pages[index - 1]:
            yield _end_of(pages[index - 1], footer=True, start=first)
            first, fresh = False, True
        top = "" if fresh or not begins_page(before, block) else _NEW_PAGE
        yield from _block(edition, block, index, page, top, numbers)
        fresh = False
        before = block
    last = pages[-1] if pages else UPRIGHT
    yield section(last, footer=True, start=first)


def _block(
    edition: Edition,
    block: Block,
    index: int,
    page: Page,
    top: str,
    numbers: Mapping[int, int],
) -> Iterator[str]:
    if isinstance(block, Heading):
        level = min(max(block.level, 1), 4)
        yield paragraph(f"Heading{level}", _marked(index, run(block.text)), top)
    elif isinstance(block, Prose):
        yield paragraph("BodyText" if block.indent else "BodyFlush", run(block.text), top)
    elif isinstance(block, Contents):
        yield _contents(edition, block, top, numbers)
    else:
        room = table_room(edition.body, index, page)
        yield from _statement(block, index, page, top, room)


def _statement(table: Table, index: int, page: Page, top: str, room: int) -> Iterator[str]:
    if table.title:
        caption = caption_of(table)
        size = on_one_line(caption, CAPTION_SIZES, page.text_width)
        yield paragraph("TableTitle", _marked(index, run(caption, size)), top)
        line = f"{table.entity_label}：{table.entity}"
        if table.unit is not None:
            line += f"\t{_UNIT}：{table.unit.value}"
        tab = f'<w:tabs><w:tab w:val="right" w:pos="{page.text_width}"/></w:tabs>'
        yield paragraph("TableLine", run(line), tab)
    yield table_xml(table, page.text_width, room)
    for note in table.notes:
        yield paragraph("TableNote", run(note))
    if not table.notes:  # two tables that touch would be one
        yield paragraph("SectionEnd")


def _contents(edition: Edition, block: Contents, top: str, numbers: Mapping[int, int]) -> str:
    """The contents as a field that Word and WPS can renew, filled with what it says already.

    Each number of a page is a reference that is renewed with it; what it says until then is reckoned
    from the styles (paging.py).
    """
    targets = [
        i
        for i, b in enumerate(edition.body)
        if (isinstance(b, Heading) and b.level <= 2) or (isinstance(b, Table) and b.title)
    ]
    lines = [
        paragraph(f"TOC{level}", _link(index, text, numbers[index]))
        for index, (level, text) in zip(targets, edition.contents(), strict=True)
    ]
    begin = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve">'
        ' TOC \\o "1-2" \\h \\z \\u </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )
    end = paragraph("SectionEnd", '<w:r><w:fldChar w:fldCharType="end"/></w:r>')
    if lines:
        lines[0] = lines[0].replace("</w:pPr>", f"</w:pPr>{begin}", 1)
    return (
        "<w:sdt><w:sdtPr><w:docPartObj>"
        '<w:docPartGallery w:val="Table of Contents"/><w:docPartUnique/>'
        "</w:docPartObj></w:sdtPr><w:sdtContent>"
        f"{paragraph('TOCHeading', run(block.title), top)}{''.join(lines)}{end if lines else ''}"
        "</w:sdtContent></w:sdt>"
    )


def _link(index: int, text: str, page: int) -> str:
    mark = f"_Toc{index:06d}"
    inside = run(f"{text}\t") + field(f"PAGEREF {mark} \\h", str(page))
    return f'<w:hyperlink w:anchor="{mark}" w:history="1">{inside}</w:hyperlink>'


def _marked(index: int, inside: str) -> str:
    """A bookmark around a heading, for the contents."""
    return (
        f'<w:bookmarkStart w:id="{index}" w:name="_Toc{index:06d}"/>{inside}'
        f'<w:bookmarkEnd w:id="{index}"/>'
    )


def _end_of(page: Page, *, footer: bool, start: bool = False) -> str:
    return paragraph("SectionEnd", "", section(page, footer=footer, start=start))
