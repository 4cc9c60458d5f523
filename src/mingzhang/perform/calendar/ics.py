"""The calendar as iCalendar (RFC 5545): whole-day events with reminders; the same input, the same bytes.

Tasks without a day are left out. UIDs are made of department, year and task, so that a new file
moves an event instead of doubling it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from mingzhang._version import __version__
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
    for task in tasks:
        if task.when is not None:
            lines += _event(ledger, task, task.when, lang)
    lines.append("END:VCALENDAR")
    return "".join(f"{_folded(line)}\r\n" for line in lines).encode("utf-8")


def _event(ledger: Ledger, task: Due, when: date, lang: str) -> Iterator[str]:
    summary = f"{task.what[lang]}（{task.who[lang]}）" if lang == "zh" else task.what[lang]
    basis = "; ".join(text for text in (task.who[lang], task.basis[lang], task.mark) if text)
    yield "BEGIN:VEVENT"
    yield f"UID:{_uid(ledger, task)}"
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
        yield f"TRIGGER:-P{days}D"
        yield "END:VALARM"
    yield "END:VEVENT"


def _uid(ledger: Ledger, task: Due) -> str:
    said = f"{ledger.department}\0{ledger.year}\0{task.id}"
    if task.id.startswith("own-"):
        said += f"\0{task.what['zh']}"
    return f"{hashlib.sha256(said.encode()).hexdigest()[:32]}@mingzhang"


def _text(text: str) -> str:
    """TEXT as RFC 5545 3.3.11 has it."""
    out = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return out.replace("\r\n", "\\n").replace("\n", "\\n")


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
