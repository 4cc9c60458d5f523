"""What the page's script needs to know of each figure and relation, as plain JSON data.

Everything is worded here; the script only arranges it.
"""

from __future__ import annotations

from typing import Any

from mingzhang.model.book import Blank
from mingzhang.model.figure import Figure
from mingzhang.model.quantity import Quantity
from mingzhang.report.amounts import interval_words, printed
from mingzhang.report.html.figures import anchor
from mingzhang.report.quantities import coordinates
from mingzhang.report.relations import Term, equation
from mingzhang.report.view import STATES, View

_PAGE_STRINGS = (
    "close", "quantity", "interval", "where", "state", "unread", "relations", "no_relations",
    "touching", "same", "shown", "keys",
)  # fmt: skip
_RELATION_STRINGS = (
    "exact", "rounding", "violated", "open", "uncertain", "difference", "allowed", "unprinted",
    "other_book",
)  # fmt: skip
# A reader wants to see first what is wrong, last what cannot be tested.
_RELATION_ORDER = ("violated", "rounding", "exact", "open")


def page_data(view: View) -> dict[str, Any]:
    """Figures by their element id, relations, findings by fingerprint, and the script's strings."""
    words = view.words
    named = view.relations_of.keys() | view.findings_of.keys()
    same: dict[Quantity, list[str]] = {}
    for figure in view.figures.values():
        if figure.quantity is not None:
            same.setdefault(figure.quantity, []).append(anchor(figure.id))
    return {
        "strings": {
            **{key: _raw(view, "page", key) for key in _PAGE_STRINGS},
            **{key: _raw(view, "relation", key) for key in _RELATION_STRINGS},
            **{state: words("state", state) for state in (*STATES, "blank")},
            **{f"{state}_why": words("state", f"{state}_why") for state in (*STATES, "blank")},
        },
        "figures": {
            **{anchor(b.id): _blank(view, b) for b in view.blanks.values() if b.id in named},
            **{anchor(f.id): _figure(view, f, same) for f in view.figures.values()},
        },
        "relations": [_relation(view, index) for index in range(len(view.report.relations))],
        "findings": {
            f.fingerprint: {
                "severity": f.severity,
                "label": words("severity", f.severity),
                "message": f.message_in(words.lang),
            }
            for f in view.findings
        },
    }


def _raw(view: View, section: str, key: str) -> str:
    """A string whose {fields} the script will fill."""
    fields = ("n", "value", "shown", "total")
    return view.words(section, key, **{field: f"{{{field}}}" for field in fields})


def _figure(view: View, figure: Figure, same: dict[Quantity, list[str]]) -> dict[str, Any]:
    element, quantity = anchor(figure.id), figure.quantity
    record: dict[str, Any] = {
        "home": view.short_home(figure),
        "text": printed(figure),
        "state": view.state(figure.id),
        "reason": view.unchecked_reason(figure.id),
        "where": view.where(figure.place),
        "interval": interval_words(figure, view.rounding_of(figure.statement), view.words),
        "unread": view.unread(figure.unread),
        "same": [] if quantity is None else [e for e in same[quantity] if e != element],
        **_quantity(view, quantity),
        **_links(view, figure.id),
    }
    return _without_nothing(record)


def _blank(view: View, blank: Blank) -> dict[str, Any]:
    """An empty cell that stands for zero, shown like a figure."""
    record = {
        "home": view.short_home(blank),
        "text": view.words("relation", "empty_cell"),
        "state": "suspect" if view.state(blank.id) == "suspect" else "blank",
        "where": view.where(blank.place),
        **_quantity(view, blank.quantity),
        **_links(view, blank.id),
    }
    return _without_nothing(record)


def _quantity(view: View, quantity: Quantity | None) -> dict[str, Any]:
    if quantity is None:
        return {}
    return {"quantity": coordinates(quantity, view.words), "key": quantity.key}


def _links(view: View, figure_id: str) -> dict[str, Any]:
    """The relations a figure takes part in, worst first, and the findings that touch it."""
    order = {state: n for n, state in enumerate(_RELATION_ORDER)}
    relations = sorted(
        view.relations_of.get(figure_id, ()),
        key=lambda index: order.get(view.report.relations[index].state, len(order)),
    )
    findings = [f.fingerprint for f in view.findings_of.get(figure_id, ())]
    return {"relations": relations, "findings": findings}


def _without_nothing(record: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in record.items() if value not in ("", [], False)}


def _relation(view: View, index: int) -> dict[str, Any]:
    shown = equation(view.report.relations[index], view)
    percentage = shown.percentage or ""
    record: dict[str, Any] = {
        "why": list(shown.reasons),
        "left": [_term(view, term) for term in shown.left],
        "sign": shown.sign,
        "right": [_term(view, term) for term in shown.right],
        "constant": shown.constant,
        "state": shown.state,
        "difference": shown.difference,
        "allowed": shown.allowed,
        "uncertain": not shown.certain,
        "percentage": anchor(percentage) if percentage in view.figures else "",
    }
    return _without_nothing(record)


def _term(view: View, term: Term) -> dict[str, Any]:
    figures = [anchor(f) for f in term.figures if f in view.figures or f in view.blanks]
    record: dict[str, Any] = {"figures": figures}
    if not figures:  # only then are its words needed: a figure brings its own label
        record["words"] = term.words
        record["elsewhere"] = bool(term.figures)
    if term.factor != 1:
        record["factor"] = term.factor
    return record
