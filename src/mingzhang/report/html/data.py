"""What the page's script needs to know of each figure and relation, as plain JSON data.

Everything is worded here; the script only arranges it.
"""

from __future__ import annotations

from typing import Any

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
    "percent_terms", "percent_printed",
)  # fmt: skip
# A reader wants to see first what is wrong, last what cannot be tested.
_RELATION_ORDER = ("violated", "rounding", "exact", "open")


def page_data(view: View) -> dict[str, Any]:
    """Figures by their element id, relations, findings by fingerprint, and the script's strings."""
    words = view.words
    same: dict[Quantity, list[str]] = {}
    for figure in view.figures.values():
        if figure.quantity is not None:
            same.setdefault(figure.quantity, []).append(anchor(figure.id))
    return {
        "strings": {
            **{key: _raw(view, "page", key) for key in _PAGE_STRINGS},
            **{key: _raw(view, "relation", key) for key in _RELATION_STRINGS},
            **{state: words("state", state) for state in STATES},
            **{f"{state}_why": words("state", f"{state}_why") for state in STATES},
        },
        "figures": {anchor(f.id): _figure(view, f, same) for f in view.figures.values()},
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
    element = anchor(figure.id)
    quantity = figure.quantity
    order = {state: n for n, state in enumerate(_RELATION_ORDER)}
    relations = sorted(
        view.relations_of.get(figure.id, ()),
        key=lambda index: order.get(view.report.relations[index].state, len(order)),
    )
    record: dict[str, Any] = {
        "id": figure.id,
        "label": figure.label,
        "home": view.short_home(figure),
        "text": printed(figure),
        "state": view.state(figure.id),
        "reason": view.unchecked_reason(figure.id),
        "where": view.where(figure.place),
        "interval": interval_words(figure, view.rounding_of(figure), view.words),
        "unread": figure.unread,
        "quantity": []
        if quantity is None
        else [list(c) for c in coordinates(quantity, view.words)],
        "key": "" if quantity is None else quantity.key,
        "same": [] if quantity is None else [e for e in same[quantity] if e != element],
        "relations": relations,
        "findings": [f.fingerprint for f in view.findings_of.get(figure.id, ())],
    }
    return {key: value for key, value in record.items() if value not in ("", [])}


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
    return {key: value for key, value in record.items() if value not in ("", [], False)}


def _term(view: View, term: Term) -> dict[str, Any]:
    figures = [anchor(figure) for figure in term.figures if figure in view.figures]
    record: dict[str, Any] = {"figures": figures}
    if not figures:  # only then are its words needed: a figure brings its own label
        record["words"] = term.words
    if term.factor != 1:
        record["factor"] = term.factor
    return record
