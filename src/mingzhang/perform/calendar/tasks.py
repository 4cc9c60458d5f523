"""Tasks 事项: the days on which a budget's year demands something, worked out from law and events.

Which tasks there are is data ([task] in catalog/performance-year.toml), each with its legal basis
and how far that was verified. Source: REFERENCE.md A1, A2, E, F.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from mingzhang.catalog import performance_year as catalog
from mingzhang.perform.calendar.events import Events


@dataclass(frozen=True, slots=True)
class Due:
    """One task of a budget's year, in both languages.

    ``when`` is its last day, None while the event that it follows (``event``, by language) has no
    day. ``latest``: worked out from the legal limits of what comes before, so that the real day may
    be earlier. ``mark`` says how the basis is known: 文, 书, 记 or 己. ``own``: set by the department.
    """

    id: str
    what: Mapping[str, str]
    who: Mapping[str, str]
    when: date | None
    latest: bool
    basis: Mapping[str, str]
    mark: str
    event: Mapping[str, str]
    remind: tuple[int, ...]
    own: bool = False


def due_tasks(
    year: int,
    events: Events = Events(),  # noqa: B008 - frozen
    *,
    units: bool = True,
) -> tuple[Due, ...]:
    """Everything due for the budget of a year, by day; what has no day yet stands in its usual place.

    ``units``: the department has subordinate units 所属单位, whose tasks are listed too.
    """
    remind = tuple(catalog.section("calendar")["remind"])
    found = [
        _task(key, row, year, events, remind)
        for key, row in catalog.section("task").items()
        if units or not row.get("units", False)
    ]
    own = catalog.section("calendar")["own_mark"]
    for number, task in enumerate(events.tasks, 1):
        words = dict.fromkeys(catalog.LANGUAGES, task.name)
        who = dict.fromkeys(catalog.LANGUAGES, task.who)
        basis = dict.fromkeys(catalog.LANGUAGES, task.basis)
        key = f"own-{number}"
        found.append(Due(key, words, who, task.due, False, basis, own, {}, remind, own=True))
    return tuple(_by_day(found))


def _task(
    key: str, row: Mapping[str, Any], year: int, events: Events, remind: tuple[int, ...]
) -> Due:
    due, event = row["due"], {}
    if "event" in due:
        when, latest = _after(due["event"], events)
        when = None if when is None else when + timedelta(days=due["days"])
        named = catalog.section("event")[due["event"]]
        event = {lang: named[lang] for lang in catalog.LANGUAGES}
    else:
        when, latest = date(year + due["year"], due["month"], due["day"]), False
    return Due(
        key,
        _words(row, ""),
        _words(row, "who_"),
        when,
        latest,
        _words(row, "basis_"),
        row["mark"],
        event,
        tuple(row.get("remind", remind)),
    )


def _words(row: Mapping[str, Any], prefix: str) -> dict[str, str]:
    return {lang: str(row[prefix + lang]) for lang in catalog.LANGUAGES}


def _after(event: str, events: Events) -> tuple[date | None, bool]:
    """The day of an event, and whether it is only the latest that the law allows."""
    if event in events.days:
        return events.days[event], False
    row = catalog.section("event")[event]
    if "after" not in row:
        return None, False
    before, _ = _after(row["after"], events)
    return (None, False) if before is None else (before + timedelta(days=row["days"]), True)


def _by_day(tasks: list[Due]) -> list[Due]:
    """By day; a task without one keeps its place behind the task declared before it."""
    keys: dict[str, tuple[date, int]] = {}
    last = date.min
    for number, task in enumerate(tasks):
        last = task.when or last
        keys[task.id] = (last, number)
    return sorted(tasks, key=lambda task: keys[task.id])
