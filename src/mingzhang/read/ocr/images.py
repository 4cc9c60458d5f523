"""Picture files (PNG, JPEG, TIFF, BMP, GIF, WebP) → a PDF of the same pictures."""

from __future__ import annotations

import io

from mingzhang.read.errors import refusal

PAPER = 595.0  # points: the width of A4, for a picture that does not tell its resolution
SCREEN = 120.0  # dots per inch: a resolution below this is a screen's, not a scanner's
MOST_PAGES = 500


def as_pdf(data: bytes, name: str, max_pages: int = MOST_PAGES) -> bytes:
    """The picture, or every picture of a TIFF, as a page each of a PDF. Raises Unreadable.

    Needs Pillow, which the extra ``mingzhang[ocr]`` brings; raises ImportError without it.
    """
    from PIL import Image, ImageOps, ImageSequence, UnidentifiedImageError

    pages = []
    try:
        with Image.open(io.BytesIO(data)) as picture:
            dpi = float(picture.info.get("dpi", (0, 0))[0])
            for number, frame in enumerate(ImageSequence.Iterator(picture)):
                if number >= max_pages:
                    break
                upright = ImageOps.exif_transpose(frame)
                pages.append(upright.convert("RGB"))
    except Image.DecompressionBombError as error:
        raise refusal("bomb", name) from error
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError) as error:
        raise refusal("damaged", name, detail=str(error)) from error
    if not pages:
        raise refusal("damaged", name, detail="no picture")
    if dpi < SCREEN:
        dpi = 72 * min(pages[0].size) / PAPER
    out = io.BytesIO()
    pages[0].save(out, "PDF", save_all=True, append_images=pages[1:], resolution=dpi, quality=92)
    return out.getvalue()
