"""Every kind of page that Mingzhang writes, before axe-core: WCAG 2.2 AA on a phone and on a laptop."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from handmade import report, say
from surfing import chromium, missing, tab_stops, unreachable_boxes, violations, wider_than_window
from test_gallery import BOTH, printed
from typer.testing import CliRunner

from mingzhang.cli import app
from mingzhang.report.html import render_html

ROOT = Path(__file__).parents[2]
LEDGER = str(ROOT / "examples" / "ledger-shenzhen-2023")
AUGUST = ("--date", "2023-08-31")
HTML = ("--formats", "html")
# name → the command that writes the page; {} is the file or the folder to write
COMMANDS: Mapping[str, tuple[str, ...]] = {
    "book": ("compile", LEDGER, "--out", "{}", *HTML),
    "overview": ("overview", LEDGER, *AUGUST, "-o", "{}.html"),
    "calendar": ("calendar", LEDGER, "-o", "{}", *HTML),
    "evaluation": ("evaluate", LEDGER, "-o", "{}", *HTML),
}
REPORTS = {
    "report": lambda: render_html(report(), say=say),
    "report-en": lambda: render_html(report(), "en", say=say),
    "pictured": lambda: render_html(printed(), say=say, pictures=BOTH),
}
PAGES = (*COMMANDS, *REPORTS)
PUBLISHED = ("book", "calendar", "evaluation")  # long, and the same at any width but for scrolling
WIDTHS = (320, 1280)  # 320 is a laptop's window at 400 % (WCAG 1.4.10)
# What a reader may do to a report, one after the other.
DEEDS = {
    "a figure is chosen": "location.hash = document.querySelector('#as-read .f').id",
    "coverage": "document.querySelector(\"#side .tabs a[href='#contents']\").click()",
    "one state, unchecked": "document.querySelector('.legend button:last-of-type').click();"
    "document.querySelector(\"#side .tabs a[href='#unchecked']\").click()",
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("pages")


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    path = chromium()
    try:
        from playwright.sync_api import sync_playwright
    except ModuleNotFoundError:
        missing("playwright")
    with sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield opened
        opened.close()


def written(name: str, folder: Path) -> Path:
    """The page of that name, written when it is first asked for."""
    path, inside = folder / f"{name}.html", folder / name
    if name in REPORTS and not path.exists():
        path.write_text(REPORTS[name](), "utf-8")
    if not path.exists() and not inside.is_dir():
        given = [part.replace("{}", str(inside)) for part in COMMANDS[name]]
        done = CliRunner().invoke(app, given)
        assert done.exit_code in (0, 1), done.output
    return path if path.exists() else next(inside.glob("*.html"))


def opened(browser: Any, path: Path, width: int, scheme: str = "light") -> Any:
    page = browser.new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)
    page.goto(path.as_uri())
    return page


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_at_any_width(browser: Any, folder: Path, name: str) -> None:
    page = opened(browser, written(name, folder), 1280)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        if width == max(WIDTHS) or name not in PUBLISHED:
            assert violations(page) == [], width
        assert wider_than_window(page) <= 0, width
        assert unreachable_boxes(page) == [], width
    page.close()


@pytest.mark.parametrize(("name", "width"), [("report", 375), ("pictured", 1280)])
def test_a_report_stays_so_while_it_is_used(
    browser: Any, folder: Path, name: str, width: int
) -> None:
    page = opened(browser, written(name, folder), width)
    for deed, script in DEEDS.items():
        page.evaluate(script)
        page.wait_for_timeout(50)  # a new hash is answered in the next turn
        assert violations(page) == [], deed
        assert wider_than_window(page) <= 0, deed
    page.close()


@pytest.mark.parametrize("name", PAGES)
def test_the_tab_key_shows_where_it_is(browser: Any, folder: Path, name: str) -> None:
    for width in (375, 1280):
        page = opened(browser, written(name, folder), width)
        stops = tab_stops(page, 40)
        assert stops, width
        assert [s["name"] for s in stops if not s["shown"]] == [], width
        assert [s["name"] for s in stops if not s["seen"]] == [], width
        page.close()


@pytest.mark.parametrize("name", PAGES)
def test_who_asks_for_a_dark_page_gets_one_that_can_be_read(
    browser: Any, folder: Path, name: str
) -> None:
    """The pages are light; nothing in them may turn dark by itself, or text is lost."""
    page = opened(browser, written(name, folder), 1280, "dark")
    ground = "getComputedStyle(document.%s).backgroundColor"
    grounds = [page.evaluate(ground % part) for part in ("body", "documentElement")]
    light = ("rgb(255, 255, 255)", "rgb(243, 244, 246)", "rgba(0, 0, 0, 0)")
    assert all(colour in light for colour in grounds), grounds
    assert "dark" not in page.evaluate("getComputedStyle(document.documentElement).colorScheme")
    page.close()


@pytest.mark.parametrize("name", PAGES)
def test_the_page_says_its_language_and_names_its_tables(
    browser: Any, folder: Path, name: str
) -> None:
    page = opened(browser, written(name, folder), 1280)
    tongue = page.evaluate("document.documentElement.lang")
    assert tongue.startswith("en" if name.endswith("-en") else "zh")
    nameless = page.evaluate(
        """[...document.querySelectorAll('table')].filter(table =>
             !table.caption?.textContent.trim() && !table.ariaLabel
             && !table.getAttribute('aria-labelledby')).map(t => t.outerHTML.slice(0, 120))"""
    )
    assert nameless == []
    unscoped = "document.querySelectorAll('th:not([scope]), thead td:not(:empty)').length"
    assert page.evaluate(unscoped) == 0
    page.close()


def test_numbers_stand_right_in_tabular_figures(browser: Any, folder: Path) -> None:
    page = opened(browser, written("evaluation", folder), 1280)
    looks = page.evaluate(
        """[...document.querySelectorAll('td[headers]')].filter(td =>
             /^[\\d.]+$/.test(td.textContent) && td.getAttribute('headers').split(' ').some(
               id => document.getElementById(id).textContent === '得分')).map(td => {
               const look = getComputedStyle(td);
               return look.textAlign + ' ' + look.fontVariantNumeric;
             })"""
    )
    assert len(looks) > 20
    assert set(looks) == {"right tabular-nums"}
    page.close()


# ------------------------------------------------------------------ these tests can fail
def test_axe_would_find_what_is_wrong(browser: Any, folder: Path) -> None:
    path = folder / "wrong.html"
    path.write_text(
        "<!DOCTYPE html><title>t</title><main><h1>h</h1><img src=x>"
        "<p style='color:#999;background:#fff'>pale words</p>"
        "<a style='outline:none' href='#a'>one</a>"
        "<div style='width:100px;overflow-x:auto'><p style='width:900px'>wide</p></div>"
        "<p style='width:1400px'>wider</p></main>",
        "utf-8",
    )
    page = opened(browser, path, 375)
    rules = {violation.split(" ", 1)[0] for violation in violations(page)}
    assert {"html-has-lang", "image-alt", "color-contrast"} <= rules
    assert wider_than_window(page) > 1000
    assert len(unreachable_boxes(page)) == 1
    assert [stop["shown"] for stop in tab_stops(page, 1)] == [False]
    page.close()
