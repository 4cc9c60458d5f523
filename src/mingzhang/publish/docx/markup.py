"""WordprocessingML as text: escaping, runs, paragraphs, and the sizes of a page."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import NamedTuple
from xml.sax.saxutils import escape, quoteattr

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
# what XML 1.0 cannot hold (2.2, Char)
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# what stands on one line: a sign with those that may not begin the next one, or a word or figure
_NEXT = "，。、；：！？）》”’％%"
_PIECES = re.compile(rf"[!-~]+[{_NEXT}]*|[（《“‘]*[^!-~][{_NEXT}]*")
_BREAKS = re.compile(r"\r\n|[\r\n\v\f]")


class Page(NamedTuple):
    """A page in twentieths of a point (1 mm = 56.7): paper and margins."""

    width: int
    height: int
    top: int
    right: int
    bottom: int
    left: int

    @property
    def text_width(self) -> int:
        return self.width - self.left - self.right

    @property
    def text_height(self) -> int:
        return self.height - self.top - self.bottom


# A4; upright as GB/T 9704-2012 5.2 has it: 天头 37 mm, 订口 28 mm, 版心 156 × 225 mm
UPRIGHT = Page(11906, 16838, 2098, 1474, 1984, 1588)
ACROSS = Page(16838, 11906, 1588, 1304, 1474, 1304)


def text(value: str) -> str:
    """Text for the inside of an element, without what XML cannot hold."""
    return escape(_NOT_XML.sub("", value))


def quoted(value: str) -> str:
    """Text as an attribute's value, with its quotes."""
    return quoteattr(_NOT_XML.sub("", value))


def run(value: str, properties: str = "") -> str:
    """A run of text; its line breaks and tabs as such."""
    inside = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    pieces = []
    for n, line in enumerate(_BREAKS.split(value)):
        pieces.append("<w:br/>" if n else "")
        for m, part in enumerate(line.split("\t")):
            pieces.append("<w:tab/>" if m else "")
            if part:
                pieces.append(f'<w:t xml:space="preserve">{text(part)}</w:t>')
    return f"<w:r>{inside}{''.join(pieces)}</w:r>"


def field(instruction: str, result: str) -> str:
    """A field and what it says until it is renewed."""
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {text(instruction)} </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        f'<w:r><w:t>{text(result)}</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def paragraph(style: str, inside: str = "", properties: str = "") -> str:
    """A paragraph of a style; ``inside`` is its runs, ``properties`` more of its own."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{properties}</w:pPr>{inside}</w:p>'


def sized(half_points: int) -> str:
    """A run's size of type."""
    return f'<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>'


def on_one_line(value: str, sizes: Sequence[int], width: int) -> str:
    """The size for a line that should not break: the largest that has room, "" for the first."""
    fits = (size for size in sizes if measured(value, size * 10) <= width)
    size = next(fits, sizes[-1])
    return "" if size == sizes[0] else sized(size)


def measured(value: str, em: int) -> int:
    """About how wide a text is: a Chinese sign is one em, a digit half of it (Times New Roman)."""
    total = 0.0
    for sign in value:
        if unicodedata.east_asian_width(sign) in "WFA":
            total += 1.0
        elif sign in ",.:;'|il ":
            total += 0.28
        else:
            total += 0.62 if sign.isalpha() else 0.5
    return int(total * em) + 1


def lines_of(value: str, em: int, width: int, first: int = 0) -> int:
    """About how many lines a text takes; ``first`` is the indent of the first one.

    Words and figures are not broken, and no line begins with a sign that ends something (避头尾).
    """
    count = 0
    for n, part in enumerate(_BREAKS.split(value)):
        used, count = (0 if n else first), count + 1
        for piece in _PIECES.findall(part):
            wide = measured(piece, em)
            if used and used + wide > width:
                used, count = 0, count + 1
            used += wide
    return count


def section(page: Page, *, footer: bool, start: bool = False) -> str:
    """The properties of a section that ends here; it begins on a new page.

    ``start``: its pages are counted from 1.
    """
    across = ' w:orient="landscape"' if page.width > page.height else ""
    return (
        "<w:sectPr>"
        + ('<w:footerReference w:type="default" r:id="rId4"/>' if footer else "")
        + '<w:type w:val="nextPage"/>'
        f'<w:pgSz w:w="{page.width}" w:h="{page.height}"{across}/>'
        f'<w:pgMar w:top="{page.top}" w:right="{page.right}" w:bottom="{page.bottom}" '
        f'w:left="{page.left}" w:header="851" w:footer="992" w:gutter="0"/>'
        + ('<w:pgNumType w:start="1"/>' if start else "")
        + "</w:sectPr>"
    )
