"""The page in a real browser: filter, panel, keyboard, deep links, and reading without script.

Skipped where there is no Chromium or no playwright (pip install playwright; apt install chromium).
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from handmade import book, findings, report, say
from test_gallery import BOTH, printed

from mingzhang.report.html import render_html

playwright = pytest.importorskip("playwright.sync_api")
CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here")

ERROR = "finding-" + findings(book())[1].fingerprint


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with playwright.sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    path: Path = tmp_path_factory.mktemp("page") / "report.html"
    hostile = book(cell="</script><img src=x onerror=\"document.title='owned'\">")
    path.write_text(render_html(report(hostile), say=say), "utf-8")
    return path.as_uri()


@pytest.fixture
def tab(browser: Any, address: str) -> Iterator[Any]:
    context = browser.new_context(viewport={"width": 1300, "height": 800})
    page = context.new_page()
    page.trouble = []
    page.on("pageerror", lambda error: page.trouble.append(str(error)))
    page.on("console", lambda m: page.trouble.append(m.text) if m.type == "error" else None)
    page.on("request", lambda r: page.trouble.append(r.url) if r.url.startswith("http") else None)
    page.goto(address)
    yield page
    assert page.trouble == []
    assert "明账核对报告" in page.title()
    context.close()


def at(page: Any, anchor: str) -> Any:
    return page.locator(f"[id='{anchor}']")


def test_a_click_on_a_figure_explains_it(tab: Any) -> None:
    at(tab, "figure-t1r1c2").click()
    panel = tab.locator("#panel")
    assert panel.locator("h2 b").inner_text() == "2,623 万元"
    told = panel.inner_text()
    assert "20103 信访事务等于其下级科目之和" in told and "差 1,655 万元" in told
    terms = [" ".join(r.split()) for r in panel.locator(".relation tr").all_inner_texts()]
    assert terms[1] == "= 2,632 万元 表7 > 信访业务 · 支出总计"
    assert panel.locator(".touching a").count() == 1


def test_terms_lead_from_figure_to_figure_and_back(tab: Any) -> None:
    at(tab, "figure-t1r1c2").click()
    tab.locator(".relation a", has_text="1,646").click()
    assert tab.locator("#panel h2 b").inner_text() == "1,646 万元"
    tab.go_back()
    tab.wait_for_function("document.querySelector('#panel h2 b').textContent === '2,623 万元'")


def test_deep_links_open_what_they_name(tab: Any, address: str) -> None:
    tab.goto("about:blank")
    tab.goto(f"{address}#figure-p2n2")
    assert tab.locator("#panel h2 b").inner_text() == "3%"
    assert at(tab, "figure-p2n2").bounding_box()["y"] < 800
    tab.goto("about:blank")
    tab.goto(f"{address}#{ERROR}")
    assert tab.evaluate("document.activeElement.id") == ERROR


def test_the_keyboard_reaches_opens_and_leaves(tab: Any) -> None:
    at(tab, "figure-t1r0c2").focus()
    tab.keyboard.press("ArrowDown")
    assert tab.evaluate("document.activeElement.id") == "figure-t1r1c2"
    tab.keyboard.press("ArrowRight")
    assert tab.evaluate("document.activeElement.id") == "figure-t1r1c3"
    tab.keyboard.press("Enter")
    assert tab.evaluate("document.activeElement.tagName") == "H2"
    tab.keyboard.press("Escape")
    assert tab.locator("#panel").is_hidden()
    assert tab.evaluate("document.activeElement.id") == "figure-t1r1c3"
    stops = tab.evaluate(
        "[...document.querySelectorAll('#statement-1 .f')].filter(f => f.tabIndex === 0).length"
    )
    assert stops == 1


def test_the_filter_narrows_and_says_how_far(tab: Any) -> None:
    shown = tab.locator(".findings > li:visible")
    assert shown.count() == 8
    tab.locator(".chip.note input").uncheck()
    assert shown.count() == 2
    tab.locator("[name=text]").fill("20103 之和 没有这句")
    assert shown.count() == 0 and tab.locator("#none-match").is_visible()
    tab.locator("[name=text]").fill("20103 1,655")
    assert shown.count() == 1 and tab.locator("#shown").inner_text() == "显示 1 / 8"
    tab.locator("[name=text]").fill("")
    tab.locator("[name=rule]").select_option("MZ301")
    assert shown.count() == 1
    tab.locator("[name=rule]").select_option("")
    tab.locator("[name=statement]").select_option("1")
    assert shown.count() == 2


def test_a_finding_behind_the_filter_still_opens(tab: Any) -> None:
    tab.locator(".chip.error input").uncheck()
    at(tab, "figure-t1r1c2").click()
    tab.locator(".touching a").click()
    assert at(tab, ERROR).is_visible()


def test_tabs_show_one_section_and_answer_the_arrows(tab: Any) -> None:
    tab.locator(".tabs a").nth(1).click()
    assert tab.locator("#contents").is_visible() and tab.locator("#findings").is_hidden()
    tab.keyboard.press("ArrowRight")
    assert tab.locator("#unchecked").is_visible()
    assert tab.locator(".tabs a[aria-selected=true]").count() == 1


def test_the_legend_picks_out_one_state(tab: Any) -> None:
    tab.locator(".legend button[data-state=unchecked]").click()
    ringed = "getComputedStyle(document.getElementById('figure-%s')).boxShadow !== 'none'"
    assert not tab.evaluate(ringed % "t0r0c1") and tab.evaluate(ringed % "p2n3")
    tab.locator(".legend button[data-state=unchecked]").click()
    assert not tab.evaluate(ringed % "p2n3")


def test_without_script_everything_can_be_read(browser: Any, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address)
    assert page.locator("#filter").is_hidden() and page.locator("#panel").is_hidden()
    for section in ("#findings", "#contents", "#unchecked", "#statement-0", "#paragraph-2"):
        assert page.locator(section).is_visible()
    page.locator(".suspects a").first.click()
    assert page.url.endswith("#figure-t1r1c2")
    context.close()


def test_on_paper_all_sections_appear_and_nothing_is_cut(tab: Any) -> None:
    tab.emulate_media(media="print")
    tab.evaluate("dispatchEvent(new Event('beforeprint'))")
    for section in ("#findings", "#contents", "#unchecked", "#statement-1"):
        assert tab.locator(section).is_visible()
    assert tab.locator("#filter").is_hidden()
    assert tab.locator("details:not([open])").count() == 0


# ------------------------------------------------------------------ pages
@pytest.fixture
def pictured(browser: Any, tmp_path: Path) -> Iterator[Any]:
    path = tmp_path / "report.html"
    path.write_text(render_html(printed(), say=say, pictures=BOTH), "utf-8")
    page = browser.new_page(viewport={"width": 1300, "height": 800})
    page.goto(path.as_uri())
    page.address = path.as_uri()
    yield page
    page.close()


def test_a_crop_leads_to_its_page_and_a_box_back_to_its_finding(pictured: Any) -> None:
    assert pictured.locator("#pages").is_visible() and pictured.locator("#as-read").is_hidden()
    finding = at(pictured, ERROR)
    finding.locator(".crop").nth(1).click()
    assert pictured.evaluate("document.activeElement.id") == "page-8"
    lit = pictured.locator(".box.lit")
    assert lit.count() == 3  # all that this finding marks, on whatever page
    assert pictured.locator("#page-8 .box.lit").first.bounding_box()["y"] < 800
    pictured.locator(".tabs a[href='#contents']").click()
    assert finding.is_hidden()
    pictured.locator("#page-7 .box").focus()
    pictured.keyboard.press("Enter")
    assert finding.is_visible()
    assert pictured.evaluate("document.activeElement.id") == ERROR


def test_links_to_figures_and_pages_show_the_view_they_are_in(pictured: Any) -> None:
    at(pictured, ERROR).locator(".suspects a").first.click()
    assert pictured.locator("#as-read").is_visible() and at(pictured, "figure-t1r1c2").is_visible()
    assert pictured.locator("#panel").is_visible()
    pictured.goto("about:blank")
    pictured.goto(pictured.address + "#page-8")
    assert pictured.locator("#pages").is_visible()
    assert 0 <= at(pictured, "page-8").bounding_box()["y"] < 300


def test_a_bare_fingerprint_is_a_deep_link(pictured: Any) -> None:
    pictured.goto("about:blank")
    pictured.goto(pictured.address + "#" + ERROR.removeprefix("finding-"))
    assert pictured.evaluate("document.activeElement.id") == ERROR
    assert pictured.locator(".box.lit").count() == 3


def test_the_map_of_coverage_leads_to_figures(pictured: Any) -> None:
    pictured.locator(".tabs a[href='#contents']").click()
    pictured.locator("#contents .map a[href='#figure-t0r0c1']").click()
    assert pictured.locator("#panel h2 b").inner_text() == "5,255 万元"
    assert at(pictured, "figure-t0r0c1").is_visible()


def test_on_paper_crops_stay_and_whole_pages_do_not(pictured: Any) -> None:
    pictured.emulate_media(media="print")
    assert pictured.locator(".crop").first.is_visible()
    assert pictured.locator("#pages").is_hidden() and pictured.locator("#as-read").is_visible()
