"""monitoring.toml: what people add to the figures: reasons, measures, grades, who serves which goal.

[serves]                      # which of the department's indicators a project answers for
"信访大厅运行" = ["g3", "g19"]

[[deviation]]                 # where something is off track
project = "信访大厅运行"       # or indicator = "g11"; neither: the whole department
reason = "…"                  # 偏差原因
measure = "…"                 # 改进措施
responsible = "接访处"         # 责任人: a post or office, no name of a person
by = 2023-10-31               # 整改期限, may be left out
expected = "…"                # 全年预计完成情况, may be left out

[[progress]]                  # what no register tells
indicator = "g9"
value = "及时"                 # a grade of the scale, or a number
document = "…"                # the paper that proves it
accumulates = false           # may be left out
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from mingzhang.catalog import performance_year as catalog
from mingzhang.catalog.normal import plain, project_key
from mingzhang.ledger.fault import Fault, Notebook
from mingzhang.model.ledger import Ledger
from mingzhang.model.place import Place
from mingzhang.perform.execution.table import NOTHING, text_of
from mingzhang.perform.telling import both, fault

FILE = "monitoring.toml"
_DEVIATION = ("project", "indicator", "reason", "measure", "responsible", "by", "expected")
_PROGRESS = ("indicator", "value", "document", "accumulates")


@dataclass(frozen=True, slots=True)
class Remark:
    """Why a project or indicator is off track 偏差原因 and what is done about it 改进措施."""

    project: str
    indicator: str
    place: Place
    reason: str = ""
    measure: str = ""
    responsible: str = ""
    by: date | None = None
    expected: str = ""

    @property
    def missing(self) -> tuple[str, ...]:
        """Which of reason, measure and responsible are blank."""
        return tuple(k for k in ("reason", "measure", "responsible") if not getattr(self, k))


@dataclass(frozen=True, slots=True)
class Noted:
    """An actual value that somebody wrote down: a grade or a number, with the document that proves it."""

    indicator: str
    value: str
    document: str
    place: Place
    accumulates: bool | None = None


@dataclass(frozen=True, slots=True)
class Remarks:
    """What monitoring.toml says. ``serves``: project -> ids of the department's indicators."""

    remarks: tuple[Remark, ...] = ()
    noted: Mapping[str, Noted] = field(default_factory=dict)
    serves: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    place: Place = field(default_factory=lambda: Place(NOTHING, FILE, ""))

    def of(self, project: str, indicator: str = "") -> Remark | None:
        """The remark on an indicator, or on a project as a whole; None if there is none."""
        for remark in self.remarks:
            if remark.indicator == indicator and (indicator or remark.project == project):
                return remark
        return None


def read_remarks(folder: Path, ledger: Ledger) -> tuple[Remarks, tuple[Fault, ...]]:
    """What monitoring.toml in a folder ``year`` says, and what is wrong with it; nothing if there is
    no such file. Raises OSError for one that cannot be opened."""
    path = folder / FILE
    name = f"{folder.name}/{FILE}"
    notes = Notebook()
    if not path.is_file():
        return Remarks(place=Place(NOTHING, name, "")), ()
    found = text_of(path, name, notes)
    if found is None:
        return Remarks(place=Place(NOTHING, name, "")), notes.faults()
    text, source = found
    try:
        raw = tomllib.loads(text.replace("\r\n", "\n"), parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        place = Place(source, name, "", line=int(line[1]) if line else None)
        notes.add("bad-toml", place, detail=str(error))
        return Remarks(place=Place(source, name, "")), notes.faults()
    reader = _Reader(ledger, Place(source, name, ""), text, notes)
    return reader.remarks(raw), notes.faults()


class _Reader:
    def __init__(self, ledger: Ledger, place: Place, text: str, notes: Notebook) -> None:
        self.place, self.notes, self.lines = place, notes, text.splitlines()
        names = {p.name for p in ledger.projects} | {n.project for n in ledger.lines if n.project}
        self.projects = {project_key(name): name for name in sorted(names)}
        self.indicators = {line.id: line.level3 for goal in ledger.goals for line in goal.lines}

    def remarks(self, raw: Mapping[str, Any]) -> Remarks:
        """Everything that can be understood."""
        self.known(raw, ("serves", "deviation", "progress"), self.place)
        deviations = [self.deviation(*entry) for entry in self.entries(raw, "deviation")]
        noted: dict[str, Noted] = {}
        for table, at in self.entries(raw, "progress"):
            found = self.progress(table, at)
            if found is not None and found.indicator in noted:
                self.note("progress-twice", at, "indicator", text=found.indicator)
            elif found is not None:
                noted[found.indicator] = found
        return Remarks(
            tuple(d for d in deviations if d is not None), noted, self.serves(raw), self.place
        )

    # -------------------------------------------------------------- parts
    def serves(self, raw: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
        table = raw.get("serves", {})
        if not isinstance(table, dict):
            self.bad("serves", self.place, "table", name="[serves]")
            return {}
        out = {}
        for key, ids in table.items():
            at = self.at(rf'\s*["\']?{re.escape(key)}["\']?\s*=')
            project = self.project(key, at)
            if not isinstance(ids, list) or not all(isinstance(i, str) for i in ids):
                self.bad(key, at, "list")
            elif project:
                out[project] = tuple(i for i in ids if self.indicator(i, at))
        return out

    def deviation(self, table: Mapping[str, Any], at: Place) -> Remark | None:
        self.known(table, _DEVIATION, at)
        texts = {k: self.text(table, k, at) for k in _DEVIATION if k != "by"}
        if texts["indicator"] and not self.indicator(texts["indicator"], at):
            return None
        project = texts["project"]
        if project and plain(project) not in catalog.words("whole"):
            project = self.project(project, at)
            if not project:
                return None
        else:
            project = ""
        by = table.get("by")
        if by is not None and (isinstance(by, datetime) or not isinstance(by, date)):
            self.bad("by", at, "date")
            by = None
        return Remark(
            project,
            texts["indicator"],
            at,
            texts["reason"],
            texts["measure"],
            texts["responsible"],
            by,
            texts["expected"],
        )

    def progress(self, table: Mapping[str, Any], at: Place) -> Noted | None:
        self.known(table, _PROGRESS, at)
        name = self.text(table, "indicator", at)
        if not self.indicator(name, at):
            return None
        value = table.get("value", "")
        if isinstance(value, int | Decimal) and not isinstance(value, bool):
            value = f"{value:f}" if isinstance(value, Decimal) else str(value)
        if not isinstance(value, str) or not value.strip():
            self.bad("value", at, "text")
            return None
        document = self.text(table, "document", at)
        if not document:
            self.note("progress-no-document", at, "document", text=name)
            return None
        grows = table.get("accumulates")
        if grows is not None and not isinstance(grows, bool):
            self.bad("accumulates", at, "yes")
            grows = None
        return Noted(name, value.strip(), document, at, grows)

    # -------------------------------------------------------------- pieces
    def entries(self, raw: Mapping[str, Any], key: str) -> list[tuple[Mapping[str, Any], Place]]:
        """The tables of a list, each with the place where it begins."""
        found = raw.get(key, [])
        if not isinstance(found, list) or not all(isinstance(e, dict) for e in found):
            self.bad(key, self.place, "table", name=f"[[{key}]]")
            return []
        head = re.compile(rf"\s*\[\[\s*{key}\s*\]\]")
        starts = [n for n, line in enumerate(self.lines, 1) if head.match(line)]
        if len(starts) != len(found):
            starts = [1] * len(found)
        return [
            (entry, Place(self.place.source, self.place.name, "", line=line))
            for entry, line in zip(found, starts, strict=True)
        ]

    def at(self, pattern: str) -> Place:
        line = next((n for n, text in enumerate(self.lines, 1) if re.match(pattern, text)), None)
        return Place(self.place.source, self.place.name, "", line=line)

    def text(self, table: Mapping[str, Any], key: str, at: Place) -> str:
        value = table.get(key, "")
        if isinstance(value, str):
            return value.strip()
        self.bad(key, at, "text")
        return ""

    def known(self, table: Mapping[str, Any], keys: Sequence[str], at: Place) -> None:
        for key in table:
            if key not in keys:
                self.note("key-unknown", at, key, name=key, known="、".join(keys))

    def project(self, text: str, at: Place) -> str:
        name = self.projects.get(project_key(text), "")
        if not name:
            close = get_close_matches(project_key(text), self.projects, 3, 0.4)
            near = tuple(self.projects[key] for key in close) or tuple(self.projects.values())[:3]
            self.notes.take([fault("project-unknown", at, nearest=near, text=text)])
        return name

    def indicator(self, name: str, at: Place) -> bool:
        base = name.partition(".")[0]
        if name in self.indicators or base in self.indicators:
            return True
        near = get_close_matches(name, self.indicators, 3, 0.5)
        self.notes.take([fault("indicator-unknown", at, "indicator", nearest=near, text=name)])
        return False

    def note(self, kind: str, at: Place, heading: str, **params: str) -> None:
        self.notes.take([fault(kind, at, heading, **params)])

    def bad(self, key: str, at: Place, wanted: str, **params: str) -> None:
        words = both("wanted", "wanted", wanted, **params)
        self.note("bad-entry", at, key, name=key, **words)
