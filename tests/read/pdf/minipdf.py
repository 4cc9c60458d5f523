"""Makes small PDF files by hand, so that a test can put exactly one difficulty on a page.

Coordinates are as a person sees the page: points from the top left. Chinese is set in a font that
is not embedded (Adobe-GB1 with a predefined CMap), ASCII in Courier: 1 and 0.6 of the size wide.
"""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass, field
from typing import Any

from mingzhang.model.document import Document, Grid
from mingzhang.read.pdf import read_pdf

FONTS = (
    "<< /Type /Font /Subtype /Type1 /BaseFont /Courier /Encoding /WinAnsiEncoding >>",
    "<< /Type /Font /Subtype /Type0 /BaseFont /SimSun /Encoding /UniGB-UCS2-H "
    "/DescendantFonts [<< /Type /Font /Subtype /CIDFontType2 /BaseFont /SimSun /DW 1000 "
    "/CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> "
    "/FontDescriptor << /Type /FontDescriptor /FontName /SimSun /Flags 4 /StemV 80 "
    "/FontBBox [0 -140 1000 860] /ItalicAngle 0 /Ascent 860 /Descent -140 /CapHeight 700 >> >>] >>",
)


def width(text: str, size: float) -> float:
    """How wide ``Page.text`` sets a text."""
    return sum(size * (0.6 if c.isascii() else 1.0) for c in text)


@dataclass
class Page:
    """A page being drawn; ``rotate`` is /Rotate, ``origin`` the lower left corner of its box."""

    wide: float = 595
    high: float = 842
    rotate: int = 0
    origin: tuple[float, float] = (0, 0)
    parts: list[str] = field(default_factory=list)
    forms: list[tuple[str, str]] = field(default_factory=list)

    def raw(self, operators: str) -> Page:
        self.parts.append(operators)
        return self

    def at(self, x: float, y: float) -> tuple[float, float]:
        return x + self.origin[0], self.high - y + self.origin[1]

    def text(
        self,
        x: float,
        y: float,
        text: str,
        size: float = 10,
        *,
        mode: int = 0,
        grow: float = 0,
        align: str = "left",
        turn: str = "1 0 0 1",
    ) -> Page:
        """``text`` with its baseline at ``y``, from ``x`` on (or up to it, or around it)."""
        if align != "left":
            x -= width(text, size) * (1.0 if align == "right" else 0.5)
        ops = [f"BT {mode} Tr {grow} Tc {turn} {self.at(x, y)[0]:.2f} {self.at(x, y)[1]:.2f} Tm"]
        for run in re.findall(r"[\x20-\x7e]+|[^\x20-\x7e]+", text):
            if run.isascii():
                escaped = re.sub(r"([\\()])", r"\\\1", run)
                ops.append(f"/F0 {size} Tf ({escaped}) Tj")
            else:
                ops.append(f"/F1 {size} Tf <{run.encode('utf-16-be').hex()}> Tj")
        return self.raw(" ".join([*ops, "ET"]))

    def line(self, x0: float, y0: float, x1: float, y1: float, w: float = 0.5) -> Page:
        a, b = self.at(x0, y0), self.at(x1, y1)
        return self.raw(f"{w} w {a[0]:.2f} {a[1]:.2f} m {b[0]:.2f} {b[1]:.2f} l S")

    def fill(self, x0: float, y0: float, x1: float, y1: float, color: str = "0 g") -> Page:
        a = self.at(x0, y1)
        return self.raw(f"q {color} {a[0]:.2f} {a[1]:.2f} {x1 - x0:.2f} {y1 - y0:.2f} re f Q")

    def clip(self, x0: float, y0: float, x1: float, y1: float) -> Page:
        """Clip what follows, up to ``unclip``."""
        a = self.at(x0, y1)
        return self.raw(f"q {a[0]:.2f} {a[1]:.2f} {x1 - x0:.2f} {y1 - y0:.2f} re W n")

    def unclip(self) -> Page:
        return self.raw("Q")

    def grid(self, xs: list[float], ys: list[float], w: float = 0.5) -> Page:
        """All lines of a plain table."""
        for y in ys:
            self.line(xs[0], y, xs[-1], y, w)
        for x in xs:
            self.line(x, ys[0], x, ys[-1], w)
        return self

    def table(
        self, xs: list[float], ys: list[float], rows: list[list[str]], size: float = 9
    ) -> Page:
        """A plain ruled table: figures to the right, texts to the left of their cells."""
        self.grid(xs, ys)
        return self.cells(xs, ys, rows, size)

    def cells(
        self, xs: list[float], ys: list[float], rows: list[list[str]], size: float = 9
    ) -> Page:
        for r, row in enumerate(rows):
            base = (ys[r] + ys[r + 1]) / 2 + 0.35 * size
            for c, text in enumerate(row):
                if text and text[0] in "0123456789-" and c > 0:
                    self.text(xs[c + 1] - 2, base, text, size, align="right")
                elif text:
                    self.text(xs[c] + 2, base, text, size)
        return self

    def form(self, matrix: str, operators: str) -> Page:
        """Draw ``operators`` as a form XObject with this /Matrix."""
        self.forms.append((matrix, operators))
        return self.raw(f"/X{len(self.forms) - 1} Do")


def pdf(*pages: Page, compress: bool = False) -> bytes:
    """The file with these pages."""
    objects: list[bytes] = [b"", b""]  # catalog, pages

    def add(body: str | bytes) -> int:
        objects.append(body.encode("latin-1") if isinstance(body, str) else body)
        return len(objects)

    def stream(operators: str, extra: str = "") -> int:
        data = operators.encode("latin-1")
        if compress:
            data, extra = zlib.compress(data), extra + " /Filter /FlateDecode"
        head = f"<< /Length {len(data)} {extra} >>\nstream\n".encode("latin-1")
        return add(head + data + b"\nendstream")

    fonts = " ".join(f"/F{k} {add(font)} 0 R" for k, font in enumerate(FONTS))
    kids = []
    for page in pages:
        box = (
            f"{page.origin[0]} {page.origin[1]} "
            f"{page.origin[0] + page.wide} {page.origin[1] + page.high}"
        )
        forms = []
        for k, (matrix, operators) in enumerate(page.forms):
            extra = (
                f"/Type /XObject /Subtype /Form /BBox [-9999 -9999 9999 9999] /Matrix [{matrix}] "
                f"/Resources << /Font << {fonts} >> >>"
            )
            forms.append(f"/X{k} {stream(operators, extra)} 0 R")
        content = stream("\n".join(page.parts))
        kids.append(
            add(
                f"<< /Type /Page /Parent 2 0 R /MediaBox [{box}] /Rotate {page.rotate} "
                f"/Contents {content} 0 R /Resources << /Font << {fonts} >> "
                f"/XObject << {' '.join(forms)} >> >> >>"
            )
        )
    objects[0] = b"<< /Type /Catalog /Pages 2 0 R >>"
    listed = " ".join(f"{k} 0 R" for k in kids)
    objects[1] = f"<< /Type /Pages /Kids [{listed}] /Count {len(kids)} >>".encode()
    out = bytearray(b"%PDF-1.5\n")
    offsets = []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{offset:010d} 00000 n \n".encode() for offset in offsets)
    out += f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\n".encode()
    return bytes(out + f"startxref\n{start}\n%%EOF\n".encode())


def read(*pages: Page, **options: Any) -> Document:
    """The document that these pages are read to."""
    return read_pdf(pdf(*pages), "made.pdf", **options)


def only_grid(document: Document) -> Grid:
    """The one grid of a document."""
    (grid,) = document.grids()
    return grid


def rows(grid: Grid) -> list[list[str]]:
    """The texts of a grid; merged cells repeat at every position they cover."""
    return [[cell.text if cell else "?" for cell in row] for row in grid.matrix()]


def texts(document: Document) -> list[str]:
    """The paragraphs of a document."""
    return [paragraph.text for paragraph in document.paragraphs()]
