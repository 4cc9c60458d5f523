"""Draw: what the reader thought, over the pages of the PDF it read."""

from mingzhang.draw.marks import STATES
from mingzhang.draw.pages import draw_pdf, draw_png

__all__ = ["STATES", "draw_pdf", "draw_png"]
