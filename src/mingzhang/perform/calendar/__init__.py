"""Calendar 日程: what is due when, for whom and on what legal basis; as a table and as an .ics file.

events, faults = read_events(year_folder(path))
tasks = due_tasks(2023, events)
calendar_edition(ledger, tasks); calendar_ics(ledger, tasks)
"""

from mingzhang.perform.calendar.events import Events, OwnTask, read_events
from mingzhang.perform.calendar.form import calendar_edition
from mingzhang.perform.calendar.ics import calendar_ics
from mingzhang.perform.calendar.tasks import Due, due_tasks

__all__ = [
    "Due",
    "Events",
    "OwnTask",
    "calendar_edition",
    "calendar_ics",
    "due_tasks",
    "read_events",
]
