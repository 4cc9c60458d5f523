"""Draws the pictures of docs/img: the report of examples/slips, and the book of the example ledger.

report.png and report.en.png show the HTML report with one wrong figure opened; book.png shows pages of
the PDF, the DOCX, the XLSX and the HTML compiled from examples/ledger-shenzhen-2023. Needs Chromium,
LibreOffice and Chinese fonts (apt-get install chromium libreoffice-writer-nogui
libreoffice-calc-nogui fonts-noto-cjk) and, besides the development tools, `pip install playwright
pillow`. The pictures are kept in the repository; run this when the looks have changed:
`python scripts/picture.py [report] [book]`.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pypdfium2
from PIL import Image, ImageDraw, ImageFont
from playwright.sync_api import Page, sync_playwright

import mingzhang as mz
from mingzhang.compiling import compile_ledger
from mingzhang.ledger import read_ledger
from mingzhang.publishing import publish
from mingzhang.report import EMITTERS

ROOT = Path(__file__).parents[1]
PICTURES = ROOT / "docs" / "img"
SLIPS = ROOT / "examples" / "slips" / "budget.txt"
LEDGER = ROOT / "examples" / "ledger-shenzhen-2023"
WRONG = "1,403"

# the sheets of book.png: an upright A4 page, and one lying beside it, of the same height
HIGH, UPRIGHT, LYING = 512, 362, 724
GAP, LABEL = 38, 30
DESK, EDGE, INK = "#e9e6df", "#b9b4a8", "#3a3a3a"


def main() -> None:
    wanted = sys.argv[1:] or ["report", "book"]
    if "report" in wanted:
        draw_report()
    if "book" in wanted:
        draw_book()


def draw_report() -> None:
    """The report of the example with slips, one wrong figure opened, in both languages."""
    report = mz.check(mz.read(SLIPS))
    figure = next(f.id for f in report.book.figures if f.text == WRONG)

    def opened(tab: Page) -> None:
        tab.locator(f'[id="figure-{figure}"]').first.click()
        tab.mouse.move(0, 0)
        tab.wait_for_timeout(300)

    for lang, name in (("zh", "report.png"), ("en", "report.en.png")):
        with tempfile.TemporaryDirectory() as folder:
            page = Path(folder) / "slips.html"
            page.write_bytes(EMITTERS["html"](report, lang))
            _save(_shot(page, 1360, 820, 1.4, opened), name, 128)


def draw_book() -> None:
    """Two rows of pages of the example book in its four formats."""
    ledger, _ = read_ledger(LEDGER)
    edition = compile_ledger(ledger).edition
    assert edition is not None
    with tempfile.TemporaryDirectory() as folder:
        paths = publish(edition, Path(folder), ("pdf", "docx", "xlsx", "html"))
        word, sheets = (_printed(paths[name]) for name in ("docx", "xlsx"))
        rows = [
            [
                ("PDF", _page(paths["pdf"], 0)),
                ("", _page(paths["pdf"], _where(paths["pdf"], "第一部分", 2))),
                ("", _page(paths["pdf"], _where(paths["pdf"], "支出总表", 2, lying=True))),
            ],
            [
                ("DOCX", _page(word, _where(word, "第一部分", 2))),
                ("XLSX", _page(sheets, _where(sheets, "基本支出总表", 1))),
                ("HTML", _shot(paths["html"], 1060, round(1060 * HIGH / LYING), 1.5)),
            ],
        ]
        width = GAP + UPRIGHT + GAP + UPRIGHT + GAP + LYING + GAP
        desk = Image.new("RGB", (width, GAP // 2 + 2 * (LABEL + HIGH + GAP)), DESK)
        pen = ImageDraw.Draw(desk)
        face = ImageFont.load_default(20)
        for n, row in enumerate(rows):
            left, top = GAP, GAP // 2 + n * (LABEL + HIGH + GAP) + LABEL
            for (label, sheet), wide in zip(row, (UPRIGHT, UPRIGHT, LYING), strict=True):
                small = sheet.resize((wide, HIGH), Image.Resampling.LANCZOS)
                pen.rectangle((left - 1, top - 1, left + wide, top + HIGH), outline=EDGE)
                desk.paste(small, (left, top))
                pen.text((left, top - LABEL + 2), label, fill=INK, font=face)
                left += wide + GAP
        _save(desk, "book.png", 48)


def _where(path: Path, words: str, first: int, lying: bool = False) -> int:
    """The first page from page ``first`` on that has these words (and lies, if asked)."""
    with pypdfium2.PdfDocument(path) as document:
        for n in range(first, len(document)):
            page = document[n]
            text = "".join(page.get_textpage().get_text_range().split())
            if words in text and (not lying or page.get_width() > page.get_height()):
                return n
    raise LookupError(f"{path.name}: no page with {words}")


def _page(path: Path, number: int) -> Image.Image:
    """A page of a PDF, drawn at twice the size that it is shown in."""
    with pypdfium2.PdfDocument(path) as document:
        page = document[number]
        return page.render(scale=2 * HIGH / page.get_height()).to_pil().convert("RGB")


def _printed(path: Path) -> Path:
    """A document as LibreOffice prints it."""
    folder = path.parent / path.suffix[1:]
    profile = f"-env:UserInstallation={(path.parent / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf"]
    command += ["--outdir", str(folder), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    return folder / f"{path.stem}.pdf"


def _shot(
    page: Path, width: int, height: int, scale: float, then: Callable[[Page], None] | None = None
) -> Image.Image:
    """What Chromium shows of a page, after ``then`` has been done with it."""
    with sync_playwright() as driver:
        browser = driver.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        tab = browser.new_page(
            viewport={"width": width, "height": height}, device_scale_factor=scale
        )
        tab.goto(page.as_uri())
        if then is not None:
            then(tab)
        data = tab.screenshot()
        browser.close()
    return Image.open(BytesIO(data)).convert("RGB")


def _save(picture: Image.Image, name: str, colours: int) -> None:
    """As a palette: few colours are plenty for pages of text and keep the file small."""
    small = picture.convert("P", palette=Image.Palette.ADAPTIVE, colors=colours)
    small.save(PICTURES / name, optimize=True)


if __name__ == "__main__":
    main()
