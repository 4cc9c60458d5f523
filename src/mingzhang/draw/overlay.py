"""Marks → a PDF of transparent pages, written by hand: rectangles, and text in a font of the viewer.

The text is set in Adobe's standard Chinese collection (ISO 32000-1, 9.7.5.2, UniGB-UTF16-H) without
a font in the file: every viewer has one to show it with, so no font need be shipped.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence

from mingzhang.draw.ink import Color, Frame, Label, Mark, width_of

Sheet = tuple[float, float, Sequence[Mark]]  # width, height and what is drawn on it

_FONT = b"<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UTF16-H/DescendantFonts[4 0 R]>>"
_CID_FONT = (
    b"<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light"
    b"/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 4>>"
    b"/DW 1000/W[1 95 500]/FontDescriptor 5 0 R>>"
)
_DESCRIPTOR = (
    b"<</Type/FontDescriptor/FontName/STSong-Light/Flags 4/FontBBox[-25 -254 1000 880]"
    b"/ItalicAngle 0/Ascent 880/Descent -120/CapHeight 880/StemV 93>>"
)
_SEE_THROUGH = b"<</Type/ExtGState/CA 0.9/ca 0.8>>"
_FIRST = 7  # number of the first page's object


def overlay(sheets: Sequence[Sheet]) -> bytes:
    """A PDF with one page per sheet."""
    kids = b" ".join(b"%d 0 R" % (_FIRST + 2 * k) for k in range(len(sheets)))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, len(sheets)),
        _FONT,
        _CID_FONT,
        _DESCRIPTOR,
        _SEE_THROUGH,
    ]
    for k, (width, height, marks) in enumerate(sheets):
        content = zlib.compress("\n".join(_drawn(m, height) for m in marks).encode("ascii"))
        objects.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 %.2f %.2f]"
            b"/Resources<</Font<</F 3 0 R>>/ExtGState<</G 6 0 R>>>>/Contents %d 0 R>>"
            % (width, height, _FIRST + 2 * k + 1)
        )
        objects.append(
            b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(content), content)
        )
    return _file(objects)


def _file(objects: Sequence[bytes]) -> bytes:
    out = bytearray(b"%PDF-1.7\n")
    offsets = []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    return bytes(out)


def _drawn(mark: Mark, height: float) -> str:
    if isinstance(mark, Frame):
        x0, y0, x1, y1 = mark.box
        paint = ("B" if mark.line else "f") if mark.fill else "S"
        return (
            f"/G gs {_color(mark.color)} {mark.line:.2f} w "
            f"{x0:.2f} {height - y1:.2f} {x1 - x0:.2f} {y1 - y0:.2f} re {paint}"
        )
    return _text(mark, height)


def _text(label: Label, height: float) -> str:
    y = height - label.y
    ground = ""
    if label.paper:
        wide = width_of(label.text, label.size) + 2
        ground = (
            f"/G gs 1 1 1 rg {label.x - 1:.2f} {y - 0.25 * label.size:.2f} "
            f"{wide:.2f} {1.2 * label.size:.2f} re f "
        )
    written = label.text.encode("utf-16-be", "replace").hex()
    return (
        f"{ground}BT {_color(label.color)} /F {label.size:.2f} Tf "
        f"{label.x:.2f} {y:.2f} Td <{written}> Tj ET"
    )


def _color(color: Color) -> str:
    r, g, b = (f"{part:.2f}" for part in color)
    return f"{r} {g} {b} RG {r} {g} {b} rg"
