"""The year as text and as data: tables for the terminal, faults, JSON."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from pathlib import Path

import typer

from mingzhang.catalog import performance_year as catalog
from mingzhang.catalog.ledger import say
from mingzhang.cli.asking import Lang, fail
from mingzhang.ledger import Fault, NoLedger, read_ledger
from mingzhang.model.ledger import Ledger
from mingzhang.perform.execution import Standing, State, money_risk
from mingzhang.perform.execution.risk import percent, signed
from mingzhang.perform.monitoring import Monitoring
from mingzhang.perform.telling import wan, yuan


class Form(StrEnum):
    """Forms of what is printed."""

    text = "text"
    json = "json"


def phrase(key: str, lang: Lang, **params: object) -> str:
    """A phrase of [cli] in catalog/performance-year.toml. Raises KeyError."""
    return catalog.phrase("cli", key, lang.value, **params)


def ledger_at(path: Path, lang: Lang) -> Ledger:
    """The ledger at a path, its faults told; ends the command if there is none."""
    try:
        ledger, faults = read_ledger(path)
    except NoLedger as error:
        fail(error.fault.message_in(lang.value))
    show((f for f in faults if f.severity != "note"), lang)
    return ledger


def show(faults: Iterable[Fault], lang: Lang) -> None:
    """Faults, one a line, to standard error."""
    for fault in faults:
        level = say(fault.severity, lang.value)
        words = f"{fault.where(lang.value)}  {level}  {fault.message_in(lang.value)}"
        typer.echo(words, err=True)


def _standings(found: State) -> tuple[Standing, ...]:
    return (found.whole, found.basic, found.together, *found.projects)


def _name(standing: Standing, lang: Lang) -> str:
    return standing.name or phrase(standing.kind, lang)


def execution_text(found: State, lang: Lang) -> str:
    """The standings as a table in 万元, with the forecast's interval and how it was made."""
    head = phrase("headline", lang, date=found.as_of, pace=percent(found.pace))
    fields = ("name", "budget", "adjusted", "paid", "rate", "deviation", "forecast", "interval")
    confidence = catalog.forecasting()["confidence"]
    rows = [[phrase(field, lang, confidence=confidence) for field in (*fields, "level")]]
    rows += [_row(standing, lang) for standing in _standings(found)]
    method = catalog.method(lang.value, found.whole.forecast.seasonal)
    return "\n".join([head + phrase("unit", lang), *_aligned(rows), method])


def _row(standing: Standing, lang: Lang) -> list[str]:
    ahead, nothing = standing.forecast, "—"
    known = ahead.central is not None and ahead.low < ahead.high
    return [
        _name(standing, lang),
        *(wan(fen) for fen in (standing.budget, standing.adjusted, standing.paid)),
        nothing if standing.rate is None else percent(standing.rate),
        nothing if standing.deviation is None else signed(standing.deviation),
        nothing if ahead.central is None else wan(ahead.central),
        f"{wan(ahead.low)}–{wan(ahead.high)}" if known else nothing,
        catalog.level_name(money_risk(standing).level, lang.value),
    ]


def monitoring_text(found: Monitoring, lang: Lang) -> str:
    """The classes of the department and every project, and why."""
    head = phrase("headline", lang, date=found.as_of, pace=percent(found.state.pace))
    rows = [[phrase(field, lang) for field in ("name", "rate", "level", "why")]]
    for one in (found.whole, *found.projects):
        rate = one.standing.rate
        counts = phrase(
            "indicators",
            lang,
            normal=one.count("normal"),
            off=one.count("attention", "warning"),
            unknown=one.count("unknown"),
        )
        texts = (one.risk.said(lang.value), counts if one.progress else "")
        rows.append(
            [
                one.project or phrase("whole", lang),
                "—" if rate is None else percent(rate),
                catalog.level_name(one.level, lang.value),
                catalog.phrase("say", "then", lang.value).join(text for text in texts if text),
            ]
        )
    return "\n".join([head, *_aligned(rows, last_left=True)])


def _aligned(rows: Sequence[Sequence[str]], last_left: bool = False) -> Iterator[str]:
    """Columns under each other, a Chinese character counting two; numbers to the right."""
    widths = [max(_width(row[n]) for row in rows) for n in range(len(rows[0]))]
    for row in rows:
        cells = []
        for n, text in enumerate(row):
            gap = " " * (widths[n] - _width(text))
            left = n == 0 or (last_left and n == len(row) - 1)
            cells.append(text + gap if left else gap + text)
        yield "  ".join(cells).rstrip()


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WFA" else 1 for c in text)


def execution_data(found: State) -> dict[str, object]:
    """A state as data: amounts in 元 as texts, shares as decimals of four places."""
    return {
        "year": found.year,
        "as_of": found.as_of.isoformat(),
        "pace": f"{float(found.pace):.4f}",
        "unit": "元",
        "standings": [_standing(s) for s in (*_standings(found), *found.funds)],
    }


def _standing(standing: Standing) -> dict[str, object]:
    ahead, risk = standing.forecast, money_risk(standing)
    return {
        "kind": standing.kind,
        "name": standing.name,
        **{k: _yuan(getattr(standing, k)) for k in ("budget", "adjusted", "paid")},
        "months": [_yuan(fen) for fen in standing.months],
        "rate": None if standing.rate is None else f"{float(standing.rate):.4f}",
        "deviation": None if standing.deviation is None else f"{float(standing.deviation):.4f}",
        "forecast": {
            "low": _yuan(ahead.low),
            "central": None if ahead.central is None else _yuan(ahead.central),
            "high": _yuan(ahead.high),
        },
        "level": risk.level,
        "why": [reason.key for reason in risk.reasons],
    }


def _yuan(fen: int) -> str:
    return yuan(fen).replace(",", "")
