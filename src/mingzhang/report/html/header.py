"""The head of the page: whose book, the verdict, how much was found, how much was checked."""

from __future__ import annotations

from collections import Counter

from mingzhang.model.finding import SEVERITIES
from mingzhang.report.html.markup import Html, Part, tag
from mingzhang.report.html.outline import state_bar
from mingzhang.report.view import STATES, View


def header(view: View) -> Html:
    """Department, year, verdict, counts and coverage; unreadable books get only the verdict."""
    words, report = view.words, view.report
    warnings: list[Part] = []
    if report.verdict == "unreadable":
        warnings = [tag("p", warning) for warning in report.book.warnings]
    verdict = tag(
        "div",
        tag("p", words("verdict", report.verdict), class_="stamp"),
        tag("p", words("verdict", f"{report.verdict}_why"), class_="why"),
        warnings,
        class_=f"verdict {report.verdict}",
    )
    files = [
        tag("li", document.name, " ", tag("code", document.source[:12]))
        for document in report.book.documents
    ]
    title = tag(
        "div",
        tag("h1", view.heading()),
        tag("ul", files, class_="files", aria_label=words("page", "files")),
        class_="title",
    )
    if report.verdict == "unreadable":
        return tag("header", title, verdict)
    return tag("header", title, verdict, _counts(view), _coverage(view))


def _counts(view: View) -> Html:
    counts = [
        tag(
            "div",
            tag("dt", view.words("severity", severity)),
            tag("dd", str(view.report.count(severity))),
            class_=severity if view.report.count(severity) else "zero",
        )
        for severity in SEVERITIES
    ]
    return tag("dl", counts, class_="counts")


def _coverage(view: View) -> Html:
    """The bar of all figures by state; its legend, with the script, picks one state out."""
    words = view.words
    counted = Counter(view.state(figure) for figure in view.figures)
    total = max(1, counted.total())
    legend = [
        tag(
            "li",
            tag(
                "button",
                tag("span", class_=f"key {state}"),
                f"{words('state', state)} ",
                tag("b", str(counted[state])),
                tag("small", f" {100 * counted[state] / total:.1f}%"),
                type="button",
                data_state=state,
                aria_pressed="false",
                title=words("state", f"{state}_why"),
            ),
        )
        for state in reversed(STATES)
        if counted[state]
    ]
    return tag(
        "div",
        tag(
            "p",
            words("coverage", "title"),
            " ",
            tag("small", words("page", "of_figures", n=len(view.figures))),
        ),
        state_bar(view, counted),
        tag("ul", legend, class_="legend", aria_label=words("page", "legend")),
        class_="coverage",
    )
