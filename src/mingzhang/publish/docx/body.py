"""The body of a DOCX: cover, contents, headings, prose and statements, in sections of pages.

A wide statement stands on pages across; the headings right above it go with it.
"""

from __future__ import annotations

from collections.abc import Iterator

from mingzhang.model.edition import Block, Contents, Edition, Heading, Prose, Table
from mingzhang.publish.docx.markup import (
    ACROSS,
    DECLARATION,
    NAMESPACES,
    UPRIGHT,
    Page,
    on_one_line,
    paragraph,
    run,
    section,
)
from mingzhang.publish.docx.table import table_xml

_PUBLISHED = "公布日期：{0.year}年{0.month}月{0.day}日"
_UNIT = "单位"
# what lines of these styles take from a page, in twips (styles.py)
_HEADING, _CAPTION, _NOTE = 1300, 1180, 400
_TITLE_SIZES, _CAPTION_SIZES = (56, 48, 44), (36, 32, 30, 28)  # half-points, the style's first
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
    pages = _pages(edition.body)
    first, fresh = True, True
    before: Block | None = None
    for index, block in enumerate(edition.body):
        page = pages[index]
        if index and page is not pages[index - 1]:
            yield _end_of(pages[index - 1], footer=True, start=first)
            first, fresh = False, True
        top = "" if fresh or not _begins_page(before, block) else _NEW_PAGE
        yield from _block(edition, block, index, page, top)
        fresh = False
        before = block
    last = pages[-1] if pages else UPRIGHT
    yield section(last, footer=True, start=first)


def _pages(body: tuple[Block, ...]) -> list[Page]:
    """For each block, whether its page stands upright or lies across."""
    out = []
    for block in reversed(body):
        if isinstance(block, Table):
            out.append(ACROSS if block.landscape else UPRIGHT)
        elif (
            isinstance(block, Heading) and out and _heads_statement(body, len(body) - len(out) - 1)
        ):
            out.append(out[-1])
        else:
            out.append(UPRIGHT)
    return out[::-1]


def _heads_statement(body: tuple[Block, ...], index: int) -> bool:
    """True for a heading that only headings part from a statement."""
    rest = (block for block in body[index:] if not isinstance(block, Heading))
    found = next(rest, None)
    return isinstance(found, Table) and bool(found.title)


def _begins_page(before: Block | None, block: Block) -> bool:
    """A statement, a part of the book, and what follows a statement, begin on a new page."""
    if isinstance(block, Table) and block.title:
        return not isinstance(before, Heading)
    if isinstance(block, Heading) and block.level == 1:
        return before is not None
    return isinstance(before, (Table, Contents)) and (
        isinstance(before, Contents) or bool(before.title)
    )


def _block(edition: Edition, block: Block, index: int, page: Page, top: str) -> Iterator[str]:
    if isinstance(block, Heading):
        level = min(max(block.level, 1), 4)
        yield paragraph(f"Heading{level}", _marked(index, run(block.text)), top)
    elif isinstance(block, Prose):
        yield paragraph("BodyText" if block.indent else "BodyFlush", run(block.text), top)
    elif isinstance(block, Contents):
        yield _contents(edition, block, top)
    else:
        room = page.text_height - _headed(edition.body, index)
        yield from _statement(block, index, page, top, room)


def _headed(body: tuple[Block, ...], index: int) -> int:
    """What the headings right above a statement take from its page, in twips."""
    count = 0
    while index - count > 0 and isinstance(body[index - count - 1], Heading):
        count += 1
    return count * _HEADING


def _statement(table: Table, index: int, page: Page, top: str, room: int) -> Iterator[str]:
    if table.title:
        caption = f"{table.number}　{table.title}".strip("　")
        size = on_one_line(caption, _CAPTION_SIZES, page.text_width)
        yield paragraph("TableTitle", _marked(index, run(caption, size)), top)
        line = f"{table.entity_label}：{table.entity}"
        if table.unit is not None:
            line += f"\t{_UNIT}：{table.unit.value}"
        tab = f'<w:tabs><w:tab w:val="right" w:pos="{page.text_width}"/></w:tabs>'
        yield paragraph("TableLine", run(line), tab)
        room -= _CAPTION
    room -= sum(_NOTE * -(-len(note) * 210 // page.text_width) for note in table.notes)
    yield table_xml(table, page.text_width, room)
    for note in table.notes:
        yield paragraph("TableNote", run(note))
    if not table.notes:  # two tables that touch would be one
        yield paragraph("SectionEnd")


def _contents(edition: Edition, block: Contents, top: str) -> str:
    """The contents as a field that Word and WPS can renew, filled with what it says already."""
    targets = [
        i
        for i, b in enumerate(edition.body)
        if (isinstance(b, Heading) and b.level <= 2) or (isinstance(b, Table) and b.title)
    ]
    lines = [
        paragraph(f"TOC{level}", _link(index, text))
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


def _link(index: int, text: str) -> str:
    return f'<w:hyperlink w:anchor="_Toc{index:06d}" w:history="1">{run(text)}</w:hyperlink>'


def _marked(index: int, inside: str) -> str:
    """A bookmark around a heading, for the contents."""
    return (
        f'<w:bookmarkStart w:id="{index}" w:name="_Toc{index:06d}"/>{inside}'
        f'<w:bookmarkEnd w:id="{index}"/>'
    )


def _end_of(page: Page, *, footer: bool, start: bool = False) -> str:
    return paragraph("SectionEnd", "", section(page, footer=footer, start=start))
