"""The calendar as iCalendar (RFC 5545): whole-day events with reminders; the same input, the same bytes.

Tasks without a day are left out. UIDs are made of department, year and task (of an own task its name),
so that a new file moves an event instead of doubling it.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from mingzhang._version import __version__
from mingzhang.catalog import performance_year as catalog
from mingzhang.model.ledger import Ledger
from mingzhang.perform.calendar.tasks import Due

_FOLD = 75  # octets of a line, without its end (RFC 5545, 3.1)


def calendar_ics(ledger: Ledger, tasks: Iterable[Due], lang: str = "zh") -> bytes:
    """The tasks that have a day, as one calendar in UTF-8 with CRLF line ends."""
    name = f"{ledger.department} {ledger.year}"
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:-//Mingzhang//mingzhang {__version__}//{'ZH' if lang == 'zh' else 'EN'}",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{_text(name)}",
    ]
    seen: dict[str, int] = {}
    for task in tasks:
        key = _key(task)
        seen[key] = seen.get(key, 0) + 1  # own tasks may share a name
        if task.when is not None:
            said = f"{ledger.department}\0{ledger.year}\0{key}"
            uid = _uid(said if seen[key] == 1 else f"{said}\0{seen[key]}")
            lines += _event(ledger, task, task.when, uid, lang)
    lines.append("END:VCALENDAR")
    return "".join(f"{_folded(line)}\r\n" for line in lines).encode("utf-8")


def _event(ledger: Ledger, task: Due, when: date, uid: str, lang: str) -> Iterator[str]:
    words = catalog.section("calendar")
    summary, who = task.what[lang], task.who[lang]
    if who:
        summary = words[f"summary_{lang}"].format(what=summary, who=who)
    basis = words[f"basis_{lang}"].join(t for t in (who, task.basis[lang], task.mark) if t)
    yield "BEGIN:VEVENT"
    yield f"UID:{uid}"
    # the stamp is no clock's: the same ledger gives the same bytes
    yield f"DTSTAMP:{ledger.year - 1}0101T000000Z"
    yield f"DTSTART;VALUE=DATE:{when:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{when + timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY:{_text(summary)}"
    yield f"DESCRIPTION:{_text(basis)}"
    yield "TRANSP:TRANSPARENT"
    yield f"STATUS:{'TENTATIVE' if task.latest else 'CONFIRMED'}"
    for days in task.remind:
        yield "BEGIN:VALARM"
        yield "ACTION:DISPLAY"
        yield f"DESCRIPTION:{_text(summary)}"
        yield f"TRIGGER:{_trigger(days, words['remind_hour'])}"
        yield "END:VALARM"
    yield "END:VEVENT"


def _trigger(days: int, hour: int) -> str:
    """At an hour of the day that is so many days before (a whole-day event begins at midnight)."""
    if days < 1:
        return f"PT{hour}H"
    return f"-P{days - 1}DT{24 - hour}H" if days > 1 else f"-PT{24 - hour}H"


def _key(task: Due) -> str:
    """What makes a task itself; the number of an own one changes when another is put before it."""
    return f"own\0{task.what['zh']}" if task.own else task.id


def _uid(said: str) -> str:
    return f"{hashlib.sha256(said.encode()).hexdigest()[:32]}@mingzhang"


def _text(text: str) -> str:
    """TEXT as RFC 5545 3.3.11 has it: no control characters but the line end, which is escaped."""
    lines = "\n".join(text.splitlines())
    kept = "".join(c for c in lines if c == "\n" or unicodedata.category(c) != "Cc")
    out = kept.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return out.replace("\n", "\\n")


def _folded(line: str) -> str:
    """A line folded at 75 octets, never within a character."""
    out: list[str] = []
    held, size = "", 0
    for character in line:
        octets = len(character.encode("utf-8"))
        if size + octets > _FOLD:
            out.append(held)
            held, size = "", 1  # the space that a folded line begins with
        held, size = held + character, size + octets
    return "\r\n ".join([*out, held])
