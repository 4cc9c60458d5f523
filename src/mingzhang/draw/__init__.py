"""Draw: what the reader thought, over the pages of the PDF it read; and pages as small pictures."""

from mingzhang.draw.marks import STATES
from mingzhang.draw.pages import draw_pdf, draw_png
from mingzhang.draw.photos import Photo, photos

__all__ = ["STATES", "Photo", "draw_pdf", "draw_png", "photos"]
