"""Draws docs/img/report.png: the HTML report of examples/slips with one wrong figure opened.

Needs Chromium and Chinese fonts (apt-get install chromium fonts-noto-cjk) and, besides the
development tools, `pip install playwright pillow`. The picture is kept in the repository; run this
when the report has changed its looks.
"""

from __future__ import annotations

import shutil
import tempfile
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

import mingzhang as mz
from mingzhang.report import EMITTERS

ROOT = Path(__file__).parents[1]
BOOK = ROOT / "examples" / "slips" / "budget.txt"
WRONG = "1,403"


def main() -> None:
    report = mz.check(mz.read(BOOK))
    figure = next(f.id for f in report.book.figures if f.text == WRONG)
    for lang, name in (("zh", "report.png"), ("en", "report.en.png")):
        with tempfile.TemporaryDirectory() as folder:
            page = Path(folder) / "slips.html"
            page.write_bytes(EMITTERS["html"](report, lang))
            data = _shot(page, figure)
        # 128 colours are plenty for a page of text and keep the file small.
        picture = Image.open(BytesIO(data)).convert("P", palette=Image.Palette.ADAPTIVE, colors=128)
        picture.save(ROOT / "docs" / "img" / name, optimize=True)


def _shot(page: Path, figure: str) -> bytes:
    with sync_playwright() as driver:
        browser = driver.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        tab = browser.new_page(viewport={"width": 1360, "height": 820}, device_scale_factor=1.4)
        tab.goto(page.as_uri())
        tab.locator(f'[id="figure-{figure}"]').first.click()
        tab.mouse.move(0, 0)
        tab.wait_for_timeout(300)
        data = tab.screenshot()
        browser.close()
    return data


if __name__ == "__main__":
    main()
