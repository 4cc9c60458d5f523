"""A figure as a link: in tables, in sentences, in lists."""

from __future__ import annotations

import re
from urllib.parse import quote

from mingzhang.model.figure import Figure
from mingzhang.report.html.markup import Html, Part, tag
from mingzhang.report.view import View


def anchor(figure_id: str) -> str:
    """The element id of a figure: its own id without white space."""
    return "figure-" + re.sub(r"\s+", "_", figure_id)


def href(element_id: str) -> str:
    """A link to an element of the page."""
    return "#" + quote(element_id)


def in_place(view: View, figure: Figure, shown: Part) -> Html:
    """The figure where the book prints it: it carries the id, and links to itself."""
    state = view.state(figure.id)
    hint = None if state == "proved" else view.words("state", state)
    element = anchor(figure.id)
    return tag("a", shown, id=element, class_=f"f {state}", href=href(element), title=hint)


def link(view: View, figure_id: str, shown: Part = None) -> Html:
    """A link to a figure or blank from elsewhere; plain text if this book has no such one."""
    one = view.printing(figure_id)
    if one is None:
        return tag("span", shown or figure_id)
    return tag("a", shown or view.shown(one), class_="to", href=href(anchor(figure_id)))
