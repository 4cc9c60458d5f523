"""Scans: published books printed to pictures, a little askew, grey and compressed, and read back.

    python -m bench.scanning                          the books with gold; writes bench/figures.json
    python -m bench.scanning sh-welfare-2024 --dpi 150 --dry-run

What is read is held against hand-made gold (tests/corpus); a wrong cell that the reader itself
doubted (confidence below 0.9) or that the check puts among its suspects is not silent.
"""

from __future__ import annotations

import argparse
import importlib
import io
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np
import pypdfium2 as pdfium
from rich.console import Console

import mingzhang as mz
from bench.books import find
from bench.results import store
from bench.speed import show
from mingzhang.read import Limits

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
goldprose = importlib.import_module("goldprose")
BOOKS = ("sh-welfare-2024", "sh-putuo-finance-2024-final", "js-congress-2018")
DOUBT = 0.9


def scanned(file: Path, dpi: float, seed: int = 7) -> bytes:
    """The file's pages as a scanner delivers them: pictures, up to half a degree askew, with noise."""
    from PIL import Image

    rng = np.random.default_rng(seed)
    out = pdfium.PdfDocument.new()
    for page in pdfium.PdfDocument(file):
        image = page.render(scale=dpi / 72).to_pil().convert("L")
        image = image.rotate(float(rng.uniform(-0.5, 0.5)), Image.Resampling.BICUBIC, fillcolor=255)
        grey = np.asarray(image, dtype=float) * 0.92 + 12 + rng.normal(0, 6, image.size[::-1])
        jpeg = io.BytesIO()
        Image.fromarray(grey.clip(0, 255).astype(np.uint8)).save(jpeg, "JPEG", quality=72)
        wide, high = (v * 72 / dpi for v in image.size)
        made = out.new_page(wide, high)
        picture = pdfium.PdfImage.new(out)
        picture.load_jpeg(jpeg, inline=True)
        picture.set_matrix(pdfium.PdfMatrix().scale(wide, high))
        made.insert_obj(picture)
        made.gen_content()
    data = io.BytesIO()
    out.save(data)
    return data.getvalue()


def measured(name: str, files: tuple[Path, ...], dpi: float) -> dict[str, Any]:
    """One book."""
    with tempfile.TemporaryDirectory() as folder:
        made = []
        for file in files:
            made.append(Path(folder) / file.name)
            made[-1].write_bytes(scanned(file, dpi))
        pages = sum(len(pdfium.PdfDocument(f)) for f in made)
        started = time.perf_counter()
        book = mz.read(*made, limits=Limits(seconds=7200))
        spent = time.perf_counter() - started
    cells = goldprose.compare_cells(book, name)
    prose = goldprose.compare_prose(book, name)
    for key in (*cells.missed, *(f"extra {e}" for e in cells.extra)):
        print(name, key, file=sys.stderr)
    report = mz.check(book)
    unsure = [f for f in book.figures if f.confidence < DOUBT]
    return {
        "book": name,
        "pages": pages,
        "s_per_page": round(spent / pages, 2),
        "cells": cells.gold,
        "cells_right": cells.right,
        "cells_extra": len(cells.extra),
        "prose": prose.gold,
        "prose_right": prose.right,
        "doubted": len(unsure),
        "errors": sum(f.severity == "error" for f in report.findings),
        "warnings": sum(f.severity == "warning" for f in report.findings),
    }


def main() -> None:
    """Measure, show and store."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("books", nargs="*")
    asked.add_argument("--dpi", type=float, default=200.0)
    asked.add_argument("--dry-run", action="store_true")
    given = asked.parse_args()
    results = [
        measured(name, files, given.dpi) for name, files in find(given.books or list(BOOKS)).items()
    ]
    show(Console(width=130), f"scans at {given.dpi:g} dpi", results)
    if not given.dry_run:
        store("scans", {"dpi": given.dpi}, results)


if __name__ == "__main__":
    main()
