"""The contents of the book with the state of its figures, and the figures that nothing checks."""

from __future__ import annotations

from collections import Counter

from mingzhang.report.html.coverage import state_map
from mingzhang.report.html.figures import link
from mingzhang.report.html.findings import statements_of
from mingzhang.report.html.markup import Html, Part, tag
from mingzhang.report.html.order import Order
from mingzhang.report.view import STATES, View


def contents_section(view: View, order: Order) -> Html:
    """The statements in reading order, each with the states of its figures."""
    words, book = view.words, view.report.book
    states: dict[int, Counter[str]] = {}
    for figure in book.figures:
        index = -1 if figure.statement is None else figure.statement
        states.setdefault(index, Counter())[view.state(figure.id)] += 1
    touched = Counter(n for finding in view.findings for n in statements_of(view, finding, order))
    indexes = [item.index for item in order.items if item.is_statement]
    entries = [(-1, "#book"), *((n, f"#statement-{n}") for n in indexes)]
    items = []
    for index, target in entries:
        counted = states.get(index, Counter())
        facts = [words("page", "figures_n", n=counted.total())]
        if touched[index]:
            facts.append(words("page", "findings_n", n=touched[index]))
        items.append(
            tag(
                "li",
                tag("a", view.statement_name(index), href=target),
                tag("span", " · ".join(facts), class_="at"),
                state_bar(view, counted),
                state_map(view, index),
            )
        )
    return tag(
        "section",
        tag("h2", words("page", "contents"), id="contents-title"),
        tag("p", words("coverage", "map_hint"), class_="hint"),
        tag("ul", items, class_="contents"),
        id="contents",
        aria_labelledby="contents-title",
    )


def state_bar(view: View, counted: Counter[str]) -> Html | None:
    """A bar with a stretch for each state, told in words to those who do not see it."""
    if not counted:
        return None
    told = [
        f"{view.words('state', state)} {counted[state]}"
        for state in reversed(STATES)
        if counted[state]
    ]
    stretches = [
        tag("span", class_=state, style=f"flex-grow:{counted[state]}")
        for state in reversed(STATES)
        if counted[state]
    ]
    return tag("div", stretches, class_="bar", role="img", aria_label=view.words.joined(told))


def unchecked_section(view: View) -> Html:
    """Every figure that nothing (or not enough) checks, by reason."""
    words, coverage = view.words, view.report.coverage
    groups: list[Part] = []
    for key, missing in (
        ("unchecked_title", coverage.unlinked),
        ("unproved_title", coverage.unproved),
    ):
        if not missing:
            continue
        groups.append(tag("h3", words("coverage", key, n=len(missing))))
        by_reason: dict[str, list[str]] = {}
        for figure in missing:
            reason = view.unchecked_reason(figure) or words("coverage", "no_reason")
            by_reason.setdefault(reason, []).append(figure)
        for reason, ids in sorted(by_reason.items(), key=lambda pair: -len(pair[1])):
            summary = words("coverage", "reason_count", reason=reason, n=len(ids))
            listed = [_unchecked(view, figure) for figure in ids]
            groups.append(tag("details", tag("summary", summary), tag("ul", listed), open=True))
    if not groups:
        groups.append(tag("p", words("page", "all_checked"), class_="none"))
    return tag(
        "section",
        tag("h2", words("page", "unchecked"), id="unchecked-title"),
        groups,
        id="unchecked",
        aria_labelledby="unchecked-title",
    )


def _unchecked(view: View, figure_id: str) -> Html:
    figure = view.figures.get(figure_id)
    if figure is None:
        return tag("li", figure_id)
    return tag("li", link(view, figure_id), " ", tag("span", view.short_home(figure), class_="at"))
