"""A browser, axe-core, and questions to a page that axe cannot ask.

Chromium is the system's (scripts/system.sh); axe-core comes in the package axe-playwright-python and
is told by its digest. Where one of them is missing tests are skipped, and fail in CI.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import shutil
from functools import cache
from pathlib import Path
from typing import Any

import pytest

AXE_VERSION = "4.12.1"
AXE_SHA256 = "84494fec757e4710dc751c8d7a636e457f4532f08f85c86dc9070133fbff53bc"
# WCAG 2.2 A and AA; and what is good practice beside it (headings in order, landmarks, unique names)
RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")


def missing(what: str) -> Any:
    """Skips the test; fails it in CI."""
    if os.environ.get("CI"):
        pytest.fail(f"{what} has to be there in CI (scripts/system.sh, pip install '.[dev]')")
    pytest.skip(f"no {what} here")


def chromium() -> str:
    """The path of the browser."""
    return shutil.which("chromium") or shutil.which("google-chrome") or missing("Chromium")


@cache
def axe() -> str:
    """The script of axe-core, of the one version that these tests know."""
    found = importlib.util.find_spec("axe_playwright_python")
    if found is None or found.origin is None:
        missing("axe-playwright-python")
    assert found is not None
    assert found.origin is not None
    data = (Path(found.origin).parent / "axe.min.js").read_bytes()
    assert hashlib.sha256(data).hexdigest() == AXE_SHA256, f"not axe-core {AXE_VERSION}"
    return data.decode("utf-8")


def violations(page: Any) -> list[str]:
    """What axe finds wrong with the page as it stands now: rule, how often, the first place."""
    page.evaluate("script => { if (!window.axe) (0, eval)(script); }", axe())
    found = page.evaluate(
        """tags => axe.run(document, {
             runOnly: {type: 'tag', values: tags}, resultTypes: ['violations']
           }).then(r => r.violations.map(
             v => `${v.id} (${v.nodes.length}): ${v.nodes[0].html} ${v.nodes[0].failureSummary}`))""",
        list(RULES),
    )
    return list(found)


def wider_than_window(page: Any) -> int:
    """By how many pixels the page would have to be scrolled sideways (WCAG 1.4.10: not at all)."""
    return int(page.evaluate("document.documentElement.scrollWidth - innerWidth"))


def unreachable_boxes(page: Any) -> list[str]:
    """Boxes that scroll sideways and that the keyboard cannot get into."""
    return list(
        page.evaluate(
            """[...document.querySelectorAll('body *')].filter(box => {
                 const look = getComputedStyle(box);
                 return /auto|scroll/.test(look.overflowX) && box.scrollWidth > box.clientWidth + 1
                   && box.checkVisibility() && box.tabIndex < 0
                   && ![...box.querySelectorAll('a[href], button, input, select, summary, [tabindex]')]
                        .some(inside => inside.tabIndex >= 0);
               }).map(box => box.outerHTML.slice(0, 120))"""
        )
    )


_STOP = """(() => {
  const at = document.activeElement;
  if (!at || at === document.body) return null;
  const parts = [at, at.nextElementSibling, ...at.querySelectorAll('rect')].filter(Boolean);
  const style = parts.map(part => {
    const look = getComputedStyle(part);
    return [look.outlineStyle, look.outlineWidth, look.outlineColor, look.boxShadow, look.stroke,
            look.strokeWidth, look.backgroundColor, look.left].join();
  }).join('|');
  const box = at.getBoundingClientRect();
  const on = document.elementsFromPoint(
    Math.max(0, Math.min(innerWidth - 1, box.left + Math.min(box.width, 8) / 2)),
    Math.max(0, Math.min(innerHeight - 1, box.top + Math.min(box.height, 8) / 2)));
  const seen = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
  const clear = on.length > 0 && (at.contains(on[0]) || on[0].contains(at) || on.includes(at));
  const name = at.outerHTML.slice(0, 120);
  at.blur();
  const bare = parts.map(part => {
    const look = getComputedStyle(part);
    return [look.outlineStyle, look.outlineWidth, look.outlineColor, look.boxShadow, look.stroke,
            look.strokeWidth, look.backgroundColor, look.left].join();
  }).join('|');
  at.focus({preventScroll: true});
  return {name, shown: style !== bare, seen: seen && clear};
})()"""


def tab_stops(page: Any, most: int) -> list[dict[str, Any]]:
    """The first stops of the Tab key: name, whether focus shows there, whether it is in sight."""
    out = []
    for _ in range(most):
        page.keyboard.press("Tab")
        stop = page.evaluate(_STOP)
        if stop is None:
            break
        out.append(stop)
    return out
