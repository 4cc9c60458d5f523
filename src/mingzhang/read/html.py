"""HTML → Document: paragraphs, headings and tables of a page as a browser shows them.

Also the HTML tables that office systems save under the name .xls. Tables that only lay out the page
(they hold other tables, or a single cell) are taken apart into what they hold.
"""

from __future__ import annotations

import codecs
import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from lxml import etree, html

from mingzhang.model.document import Block, Cell, Document, Paragraph, Run
from mingzhang.model.place import Place
from mingzhang.read.errors import refusal, remark
from mingzhang.read.limits import DEFAULT, Limits
from mingzhang.read.sniff import decode
from mingzhang.read.xlsx.blocks import split
from mingzhang.read.xlsx.sheet import reference

_DECLARED = re.compile(rb"<(?:meta|\?xml)[^>]*?(?:charset|encoding)\s*=\s*[\"']?\s*([\w-]+)", re.I)
_BOMS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_HIDDEN = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse))", re.I)
_UNSEEN = re.compile(
    r"head|script|style|template|noscript|iframe|object|svg|select|input|button|textarea"
)
_INLINE = re.compile(
    r"a|abbr|b|bdi|bdo|big|cite|code|data|del|dfn|em|font|i|ins|kbd|label|mark|nobr|q|ruby|s|samp"
    r"|small|span|strike|strong|sub|sup|time|tt|u|var|wbr|\w+:\w+"
)
_HEADINGS = {f"h{n}": n for n in range(1, 7)}
_BLANK = re.compile(r"[ \t\r\n\f\u00a0]+")
_MOST_COLUMNS, _MOST_ROWS = 1000, 65534  # what browsers take for colspan and rowspan
_MOST_CELLS = 1_000_000
_LARGEST_PICTURE_IGNORED = 60  # pixels; icons and lines are smaller


@dataclass(slots=True)
class _Flow:
    """What has been read so far. ``line`` counts paragraphs and cells."""

    origin: Place
    blocks: list[Block] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    level: int = 0
    line: int = 0
    hidden: int = 0
    pictures: int = 0

    def place(self, excerpt: str, cell: str | None = None) -> Place:
        self.line += 1
        return replace(self.origin, excerpt=excerpt, line=self.line, cell=cell)

    def end_paragraph(self) -> None:
        text = _squeezed("".join(self.words))
        self.words.clear()
        if text:
            place = replace(self.place(text), column=1)
            self.blocks.append(Paragraph((Run(text, place),), self.level))


def read_html(data: bytes, name: str, limits: Limits = DEFAULT) -> Document:
    """Read a page; a place's ``line`` counts its paragraphs and cells, ``cell`` is in its table.

    Hidden elements, scripts and form fields are left out. The encoding is that of a byte order
    mark, of the page's own declaration if it fits, or found out. Raises Unreadable for what is
    empty, no text, or more than ``limits`` allow.
    """
    if len(data) > limits.max_bytes:
        raise refusal("too-large", name, limit=f"{limits.max_bytes // 2**20} MB")
    text = _text(data, name)
    digest = hashlib.sha256(data).hexdigest()
    flow = _Flow(Place(digest, name, ""))
    root = _root(text, name)
    try:
        _walk(root, flow)
    except RecursionError as error:
        raise refusal("damaged", name, detail="HTML nested too deeply") from error
    flow.end_paragraph()
    warnings: list[str] = []
    if flow.hidden:
        warnings.append(remark("hidden-text", name, n=flow.hidden))
    if flow.pictures:
        warnings.append(remark("pictures", name, n=flow.pictures))
    return Document(name, digest, "html", tuple(flow.blocks), warnings=tuple(warnings))


def _text(data: bytes, name: str) -> str:
    found = _DECLARED.search(data[:4096])
    if found and not data.startswith(_BOMS) and b"\0" not in data[:4096]:
        encoding = found[1].decode("ascii").lower()
        if encoding in ("gb2312", "gbk", "gb_2312-80", "x-gbk"):
            encoding = "gb18030"
        try:
            return data.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            pass  # pages that say GB2312 and are UTF-8 are common, and the reverse
    return decode(data, name)[0]


def _root(text: str, name: str) -> html.HtmlElement:
    parser = html.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True
    )
    try:
        root = html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, AssertionError) as error:
        raise refusal("damaged", name, detail="HTML without content") from error
    if any(e.type_name == "ERR_RESOURCE_LIMIT" for e in parser.error_log):  # the rest is lost
        raise refusal("damaged", name, detail="HTML nested too deeply")
    body = root.find(".//body")
    return root if body is None else body


def _is_hidden(element: html.HtmlElement) -> bool:
    return "hidden" in element.attrib or bool(_HIDDEN.search(element.get("style", "")))


def _walk(element: html.HtmlElement, flow: _Flow) -> None:
    """Read an element's own text, its children, and between them their tails."""
    flow.words.append(element.text or "")
    for child in element:
        _element(child, flow)
        flow.words.append(child.tail or "")


def _element(element: html.HtmlElement, flow: _Flow) -> None:
    tag = element.tag if isinstance(element.tag, str) else ""
    if not tag or _UNSEEN.fullmatch(tag):
        return
    if _is_hidden(element):
        flow.hidden += bool(_squeezed(element.text_content()))
        return
    if tag in ("br", "hr"):
        flow.end_paragraph()
    elif tag == "img":
        flow.pictures += _is_large(element)
    elif tag == "table":
        flow.end_paragraph()
        _table(element, flow)
    elif _INLINE.fullmatch(tag):
        _walk(element, flow)
    else:
        flow.end_paragraph()
        level, flow.level = flow.level, _HEADINGS.get(tag, flow.level)
        flow.words.append(_number(element) if tag == "li" else "")
        _walk(element, flow)
        flow.end_paragraph()
        flow.level = level


def _is_large(image: html.HtmlElement) -> bool:
    sizes = [image.get(side, "") for side in ("width", "height")]
    numbers = [int(s.removesuffix("px")) for s in sizes if re.fullmatch(r"[0-9]{1,5}(?:px)?", s)]
    return not numbers or min(numbers) > _LARGEST_PICTURE_IGNORED


def _number(item: html.HtmlElement) -> str:
    """The number that a browser prints before an item of a numbered list (1. 2. …)."""
    parent = item.getparent()
    if parent is None or parent.tag != "ol" or "none" in parent.get("style", ""):
        return ""
    if parent.get("type", "1") != "1":
        return ""
    start = parent.get("start", "1")
    first = int(start) if re.fullmatch(r"-?[0-9]{1,6}", start) else 1
    return f"{first + sum(1 for _ in item.itersiblings('li', preceding=True))}. "


def _squeezed(text: str) -> str:
    return _BLANK.sub(" ", text).strip()


def _rows(table: html.HtmlElement) -> Iterator[html.HtmlElement]:
    """The rows of a table in the order shown: thead, the rest, tfoot."""
    parts: dict[str, list[html.HtmlElement]] = {"thead": [], "tbody": [], "tfoot": []}
    for child in table:
        if child.tag == "tr":
            parts["tbody"].append(child)
        elif child.tag in parts and not _is_hidden(child):
            parts[child.tag].extend(child.iterchildren("tr"))
    for rows in parts.values():
        yield from rows


def _table(table: html.HtmlElement, flow: _Flow) -> None:
    for caption in table.iterchildren("caption"):
        _element(caption, flow)
    cells = [_shown(row.iterchildren("td", "th"), flow) for row in _shown(_rows(table), flow)]
    nested = next(table.iterdescendants("table"), None) is not None
    lays_out = nested or table.get("role") in ("presentation", "none")
    if lays_out or sum(map(len, cells)) <= 1:
        for row in cells:
            for cell in row:
                _element(cell, flow)
        return
    flow.blocks.extend(split(_grid(cells, flow), None))


def _shown(elements: Iterable[html.HtmlElement], flow: _Flow) -> list[html.HtmlElement]:
    """Those that are not hidden: a browser lays a table out as if the others were not there."""
    out = []
    for element in elements:
        if not _is_hidden(element):
            out.append(element)
        elif _squeezed(element.text_content()):
            flow.hidden += 1
    return out


def _grid(rows: list[list[html.HtmlElement]], flow: _Flow) -> Iterator[Cell]:
    """The cells at their positions (HTML 4.9.12, the table model), cut to the rows there are."""
    down: dict[int, int] = {}  # column -> the row before which it is taken from above
    made = 0
    for r, row in enumerate(rows):
        c = 0
        for element in row:
            while down.get(c, 0) > r:
                c += 1
            width = max(1, min(_span(element, "colspan"), _MOST_COLUMNS))
            height = _span(element, "rowspan") or _MOST_ROWS
            height = min(height, len(rows) - r)
            text = _cell_text(element, flow)
            yield Cell(text, r, c, flow.place(text, reference(r, c)), height, width)
            down.update((column, r + height) for column in range(c, c + width))
            c += width
            made += width
            if made > _MOST_CELLS:
                raise refusal("too-large", flow.origin.name, limit=f"{_MOST_CELLS} cells")


def _span(element: html.HtmlElement, which: str) -> int:
    text = element.get(which, "1").strip()
    return int(text) if re.fullmatch(r"[0-9]{1,6}", text) else 1


def _cell_text(element: html.HtmlElement, flow: _Flow) -> str:
    """The text of a cell, its paragraphs as lines."""
    inner = _Flow(flow.origin)
    _walk(element, inner)
    inner.end_paragraph()
    flow.hidden += inner.hidden
    flow.pictures += inner.pictures
    return "\n".join(b.text for b in inner.blocks if isinstance(b, Paragraph))
