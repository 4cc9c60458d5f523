"""PDF → Document with PDFium: what a person sees on the page, cell by cell."""

from mingzhang.read.pdf.reader import read_pdf

__all__ = ["read_pdf"]
