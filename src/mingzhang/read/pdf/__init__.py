"""PDF → Document with PDFium: what a person sees on the page, cell by cell."""

from mingzhang.read.pdf.draw import draw
from mingzhang.read.pdf.reader import read_pdf

__all__ = ["draw", "read_pdf"]
