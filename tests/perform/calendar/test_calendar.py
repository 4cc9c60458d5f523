"""The calendar: days worked out by hand, broken files, and the .ics read back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from mingzhang.catalog import performance_year as catalog
from mingzhang.model.edition import Table
from mingzhang.model.ledger import Entity
from mingzhang.perform.calendar import (
    Due,
    Events,
    OwnTask,
    calendar_edition,
    calendar_ics,
    due_tasks,
    read_events,
)
from smallyear import EXAMPLE, PLACE, ledger


def days(events: Events, **more: bool) -> dict[str, tuple[date | None, bool]]:
    return {d.id: (d.when, d.latest) for d in due_tasks(2023, events, **more)}


def test_days_by_hand() -> None:
    """Approved on 20 January: the reply at the latest on 9 February, and so on from there."""
    found = days(Events({"approved": date(2023, 1, 20)}))
    assert found["reply"] == (date(2023, 2, 9), False)
    assert found["reply-units"] == (date(2023, 2, 24), True)  # 9 February and 15 days
    assert found["publish"] == (date(2023, 3, 1), True)  # 9 February and 20 days
    assert found["publish-units"] == (date(2023, 3, 16), True)  # 24 February and 20 days
    assert found["monitoring"] == (date(2023, 8, 31), False)
    assert found["call-local"] == (date(2022, 6, 30), False)
    assert found["final-reply"] == (None, False)


def test_a_known_reply_is_firm() -> None:
    found = days(Events({"approved": date(2023, 1, 20), "replied": date(2023, 2, 1)}))
    assert found["publish"] == (date(2023, 2, 21), False)
    assert found["publish-units"] == (date(2023, 3, 8), True)
    without = days(Events())
    assert without["publish"] == (None, False)
    assert "publish-units" not in days(Events(), units=False)


def test_order_and_own_tasks() -> None:
    own = OwnTask("局务会", "办公室", date(2023, 3, 1), "局办通知")
    tasks = due_tasks(2023, Events({}, (own,)))
    dated = [t.when for t in tasks if t.when]
    assert dated == sorted(dated)
    mine = next(t for t in tasks if t.id == "own-1")
    assert (mine.what["en"], mine.mark, mine.basis["zh"]) == ("局务会", "己", "局办通知")
    names = [t.id for t in tasks]
    assert names.index("publish") < names.index("own-1") < names.index("monitoring")


def test_every_task_has_a_basis_and_a_mark() -> None:
    for task in due_tasks(2023):
        assert task.mark in ("文", "书", "记", "己")
        assert all(task.what[lang] and task.who[lang] and task.basis[lang] for lang in ("zh", "en"))
    for row in catalog.section("task").values():
        assert "event" not in row["due"] or row["due"]["event"] in catalog.section("event")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("[events\n", "bad-toml"),
        ("[events]\naproved = 2023-01-20", "event-unknown"),
        ('[events]\napproved = "一月二十日"', "bad-entry"),
        ("events = 3", "bad-entry"),
        ('[[task]]\nname = "x"', "bad-entry"),
        ("[[task]]\ndue = 2023-01-20", "bad-entry"),
        ('[[task]]\nname = "x"\ndue = 2023-01-20\nwen = "y"', "key-unknown"),
        ("[task]\ndue = 2023-01-20", "bad-entry"),
        ("[holidays]\nx = 1", "key-unknown"),
    ],
)
def test_broken_files(tmp_path: Path, text: str, kind: str) -> None:
    (tmp_path / "calendar.toml").write_text(text, "utf-8")
    events, faults = read_events(tmp_path)
    assert [f.kind for f in faults] == [kind]
    assert all(m and "{" not in m for f in faults for m in f.messages.values())
    assert due_tasks(2023, events)
    assert read_events(tmp_path / "none") == (Events(), ())


def test_slips_of_the_year_and_the_order(tmp_path: Path) -> None:
    """A day ten years off, and a reply before the approval: noted, and used as they stand."""
    text = '[events]\napproved = 2013-01-20\n\n[[task]]\nname = "会"\ndue = "2023年3月1日"\n\n[[task]]\n'
    (tmp_path / "calendar.toml").write_text(text + 'name = "议"\ndue = 2032-03-01\n', "utf-8")
    events, faults = read_events(tmp_path, 2023)
    assert [(f.kind, f.place.line) for f in faults] == [("event-far", 2), ("event-far", 8)]
    assert [t.due for t in events.tasks] == [date(2023, 3, 1), date(2032, 3, 1)]
    text = "[events]\napproved = 2023-02-20\nreplied = 2023-02-01\n"
    (tmp_path / "calendar.toml").write_text(text, "utf-8")
    events, faults = read_events(tmp_path, 2023)
    assert [(f.kind, f.place.line) for f in faults] == [("event-order", 3)]
    assert "批复" in faults[0].message and "{" not in "".join(faults[0].messages.values())
    assert len(events.days) == 2


def test_the_table() -> None:
    events, faults = read_events(EXAMPLE / "year")
    assert faults == ()
    edition = calendar_edition(ledger(), due_tasks(2023, events))
    (table,) = (t for t in edition.body if isinstance(t, Table))
    texts = [[c.text for c in row.cells] for row in table.rows]
    assert ["2023年2月21日", "文"] in [[t[0], t[-1]] for t in texts]
    assert "2023年12月31日（周日）" in [t[0] for t in texts]
    assert "待定（人大常委会批准决算之后）" in [t[0] for t in texts]
    assert "2023年3月8日（最迟）" in [t[0] for t in texts]


# ------------------------------------------------------------------ .ics
NASTY = OwnTask("甲;乙,丙\\丁\n第二行" + "长" * 60, "某处", date(2024, 2, 29))


def ics(*tasks: Due, lang: str = "zh") -> bytes:
    return calendar_ics(ledger(), tasks or due_tasks(2023, Events({}, (NASTY,))), lang)


def test_lines_are_folded_and_end_as_they_should() -> None:
    data = ics()
    assert data.endswith(b"END:VCALENDAR\r\n")
    assert b"\n" not in data.replace(b"\r\n", b"")
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    for line in data.split(b"\r\n"):
        line.decode("utf-8")  # no character is cut in two
    assert data == ics()


def test_a_day_moves_its_event() -> None:
    """The same task on another day keeps its UID; another department's has another."""
    task = due_tasks(2023, Events({"approved": date(2023, 1, 20)}))
    later = due_tasks(2023, Events({"approved": date(2023, 1, 25)}))

    def uids(tasks: tuple[Due, ...], department: str) -> list[bytes]:
        data = calendar_ics(replace(ledger(), department=department), tasks)
        return sorted(line for line in data.split(b"\r\n") if line.startswith(b"UID:"))

    assert uids(task, "甲局") == uids(later, "甲局")
    assert not set(uids(task, "甲局")) & set(uids(task, "乙局"))
    assert len(set(uids(task, "甲局"))) == len([t for t in task if t.when])


def test_own_tasks_keep_their_uid_when_another_comes_before() -> None:
    one, two = OwnTask("甲", "某处", date(2023, 3, 1)), OwnTask("乙", "", date(2023, 4, 1))

    def uids(*own: OwnTask) -> dict[str, str]:
        """UID by summary and day."""
        text = ics(*(t for t in due_tasks(2023, Events({}, own)) if t.own)).decode()
        found = {}
        for event in text.split("BEGIN:VEVENT")[1:]:
            fields = dict(line.split(":", 1) for line in event.strip().split("\r\n")[:6])
            found[fields["SUMMARY"] + fields["DTSTART;VALUE=DATE"]] = fields["UID"]
        return found

    before, after = uids(two), uids(one, two)
    assert before.items() <= after.items() and len(set(after.values())) == 2
    assert "乙20230401" in before  # nobody answers for it: no empty brackets
    again = uids(one, OwnTask("甲", "某处", date(2023, 6, 1)))
    assert len(set(again.values())) == 2  # two of one name are two


def test_control_characters_and_lone_line_ends_break_nothing() -> None:
    own = OwnTask("甲\r乙\x00丙\x0b丁\u2028戊", "某处", date(2023, 3, 1))
    data = ics(*(t for t in due_tasks(2023, Events({}, (own,))) if t.own))
    assert b"\r" not in data.replace(b"\r\n", b"") and b"\x00" not in data
    assert "SUMMARY:甲\\n乙丙\\n丁\\n戊（某处）" in data.decode()


def test_english_calendars_say_who() -> None:
    task = next(t for t in due_tasks(2023) if t.id == "monitoring")
    text = ics(task, lang="en").decode().replace("\r\n ", "")
    assert f"({task.who['en']})".replace(",", "\\,") in text


def test_read_back_by_a_calendar() -> None:
    icalendar = pytest.importorskip("icalendar")
    tasks = due_tasks(2023, Events({}, (NASTY,)))
    found = icalendar.Calendar.from_ical(ics())
    events = found.walk("VEVENT")
    assert [e.decoded("DTSTART") for e in events] == [t.when for t in tasks if t.when]
    nasty = next(e for e in events if e.decoded("DTSTART") == date(2024, 2, 29))
    assert str(nasty["SUMMARY"]) == f"{NASTY.name}（某处）"
    assert nasty.decoded("DTEND") == date(2024, 3, 1)
    alarms = nasty.walk("VALARM")
    assert [a.decoded("TRIGGER") for a in alarms] == [
        timedelta(days=-days, hours=9)  # at nine in the morning of that day
        for days in (30, 7, 1)
    ]
    assert "no day" not in str(found)


def test_units_follow_the_ledger() -> None:
    assert ledger().single
    two = replace(ledger(), entities=(Entity("甲", PLACE), Entity("乙", PLACE)))
    assert not two.single
