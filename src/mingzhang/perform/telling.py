"""Telling 说明: faults of the year's files and the words for places, from catalog/performance-year.toml."""

from __future__ import annotations

from collections.abc import Iterable

from mingzhang.catalog import performance_year as catalog
from mingzhang.catalog.ledger import say
from mingzhang.ledger.fault import Fault
from mingzhang.model.execution import BASIC
from mingzhang.model.money import Unit
from mingzhang.model.place import Place


def fault(
    kind: str, place: Place, heading: str = "", *, nearest: Iterable[str] = (), **params: object
) -> Fault:
    """A fault of the year's files, with row, column and what would be right.

    ``nearest`` fills {hint} with "do you mean …". A field {name_en} speaks English where the
    sentence has one. Raises KeyError for an unknown kind or a field without a value.
    """
    close = tuple(nearest)
    hints = {
        lang: say("nearest", lang, list=say("or", lang).join(close)) if close else ""
        for lang in catalog.LANGUAGES
    }
    messages = catalog.fault_words(kind, {"hint": hints["zh"], "hint_en": hints["en"], **params})
    return Fault(kind, catalog.severity(kind), messages, place, heading, close)


def yuan(fen: int) -> str:
    """An amount in 元 for a sentence: 1,234,500.00."""
    return f"{'-' if fen < 0 else ''}{abs(fen) // 100:,}.{abs(fen) % 100:02}"


def wan(fen: int, decimals: int = 2) -> str:
    """An amount in 万元, half away from zero, with thousands commas: 1,043.00."""
    step = Unit.WAN.fen // 10**decimals
    units = (abs(fen) + step // 2) // step
    whole, rest = divmod(units, 10**decimals)
    tail = f".{rest:0{decimals}}" if decimals else ""
    return f"{'-' if fen < 0 and units else ''}{whole:,}{tail}"


def where(project: str) -> dict[str, str]:
    """{where} and {where_en}: a project, or the basic expenditure where there is none."""
    key = "basic" if project in ("", BASIC) else "project"
    return {
        "where": catalog.phrase("say", key, "zh", name=project),
        "where_en": catalog.phrase("say", key, "en", name=project),
    }


def both(name: str, section: str, key: str, /, **params: object) -> dict[str, str]:
    """{name} and {name_en}: a phrase of the catalog in both languages."""
    return {
        name: catalog.phrase(section, key, "zh", **params),
        f"{name}_en": catalog.phrase(section, key, "en", **params),
    }
