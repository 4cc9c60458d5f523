"""Report → one self-contained HTML page that a reviewer works with.

Everything can be read without the script (findings, tables, sentences are plain HTML); the script
adds the filter, the panel that explains a figure, and movement by keyboard. The page never uses
the network: a content security policy forbids it and lets only this one script run.
"""

from __future__ import annotations

import base64
import hashlib
from importlib.resources import files
from string import Template
from types import MappingProxyType

from mingzhang.catalog.messages import say as catalog_say
from mingzhang.model.finding import Report
from mingzhang.report.html.data import page_data
from mingzhang.report.html.findings import findings_section
from mingzhang.report.html.gallery import Gallery
from mingzhang.report.html.header import header
from mingzhang.report.html.markup import Html, embedded_json, join, tag
from mingzhang.report.html.order import Order
from mingzhang.report.html.outline import contents_section, unchecked_section
from mingzhang.report.html.pages import book_pane
from mingzhang.report.pictures import Pictures
from mingzhang.report.view import Say, View
from mingzhang.report.words import Words


def render_html(
    report: Report,
    lang: str = "zh",
    *,
    say: Say = catalog_say,
    pictures: Pictures = MappingProxyType({}),
) -> str:
    """The page of ``report`` in ``lang``, with ``pictures`` of its pages beside the findings.

    Where a page has no picture the words of the book are shown. Raises ValueError for a language
    that nobody wrote.
    """
    words = Words(lang)
    view = View(report, words, say)
    order, gallery = Order(report.book), Gallery(view, pictures)
    script = _part("page.js")
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    return Template(_part("page.html")).substitute(
        lang=words("lang", "tag"),
        title=join(words("page", "title", book=view.heading())),
        script_hash=f"sha256-{digest}",
        style=_part("page.css"),
        script=script,
        skip_findings=join(words("page", "skip_findings")),
        skip_book=join(words("page", "skip_book")),
        header=header(view),
        side=_side(view, order, gallery),
        book=_book(view, order, gallery),
        panel=_panel(words),
        footer=tag("footer", words("page", "made_by"), " ", words("page", "keys")),
        data=embedded_json(page_data(view)),
    )


def _part(name: str) -> str:
    return files("mingzhang.report.html").joinpath(name).read_text("utf-8")


def _side(view: View, order: Order, gallery: Gallery) -> Html:
    words, coverage = view.words, view.report.coverage
    missing = len(coverage.unlinked) + len(coverage.unproved)
    tabs = (
        ("findings", len(view.findings)),
        ("contents", len(view.report.book.statements)),
        ("unchecked", missing),
    )
    links = [
        tag("a", words("page", name), " ", tag("span", str(n)), href=f"#{name}") for name, n in tabs
    ]
    return tag(
        "aside",
        tag("nav", links, class_="tabs", aria_label=words("page", "side")),
        findings_section(view, order, gallery),
        contents_section(view, order),
        unchecked_section(view),
        id="side",
        class_="pane",
        aria_label=words("page", "side"),
    )


def _book(view: View, order: Order, gallery: Gallery) -> Html:
    words, views = view.words, None
    if gallery.keys:
        links = (
            tag(
                "a",
                words("page", "pages_tab"),
                " ",
                tag("span", str(len(gallery.keys))),
                href="#pages",
            ),
            tag("a", words("page", "read_tab"), href="#as-read"),
        )
        views = tag("nav", links, class_="tabs", aria_label=words("page", "views"))
    return tag(
        "main",
        tag("h2", words("page", "book"), id="book-title", class_="unseen"),
        views,
        gallery.section() if gallery.keys else None,
        book_pane(view, order, gallery),
        id="book",
        class_="pane",
        tabindex=-1,
        aria_labelledby="book-title",
    )


def _panel(words: Words) -> Html:
    """The empty panel; the script fills it when a figure is chosen."""
    return tag(
        "aside",
        tag("button", "×", type="button", id="close", aria_label=words("page", "close")),
        tag("div", id="about"),
        id="panel",
        class_="pane",
        aria_label=words("page", "panel"),
        hidden=True,
    )
