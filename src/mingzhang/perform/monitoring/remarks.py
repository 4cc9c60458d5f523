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
date = 2023-08-31             # as of which day; may be left out. Later ones do not count yet
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from mingzhang.catalog import performance_year as catalog
from mingzhang.catalog.normal import plain, project_key
from mingzhang.ledger.fault import Fault, Notebook
from mingzhang.model.ledger import Ledger
from mingzhang.model.place import Place
from mingzhang.perform.execution.table import NOTHING
from mingzhang.perform.tomlfile import TomlFile, read_toml

FILE = "monitoring.toml"
_DEVIATION = ("project", "indicator", "reason", "measure", "responsible", "by", "expected")
_PROGRESS = ("indicator", "value", "document", "accumulates", "date")


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
    when: date | None = None


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


def read_remarks(
    folder: Path, ledger: Ledger, as_of: date | None = None
) -> tuple[Remarks, tuple[Fault, ...]]:
    """What monitoring.toml in a folder ``year`` says, and what is wrong with it; nothing if there is
    no such file.

    Of several dated values of an indicator the last one up to ``as_of`` counts. Raises OSError for
    a file that cannot be opened.
    """
    notes = Notebook()
    reader = _Reader(ledger, read_toml(folder, FILE, notes), as_of)
    return reader.remarks(), notes.faults()


class _Reader:
    def __init__(self, ledger: Ledger, file: TomlFile, as_of: date | None) -> None:
        self.file, self.as_of = file, as_of
        names = {p.name for p in ledger.projects} | {n.project for n in ledger.lines if n.project}
        self.projects = {project_key(name): name for name in sorted(names)}
        self.indicators = {line.id: line.level3 for goal in ledger.goals for line in goal.lines}

    def remarks(self) -> Remarks:
        """Everything that can be understood."""
        self.file.known(self.file.data, ("serves", "deviation", "progress"))
        remarks: dict[tuple[str, str], Remark] = {}
        for table, at in self.file.entries("deviation"):
            remark = self.deviation(table, at)
            if remark is None:
                continue
            key = (remark.project, remark.indicator)
            if remarks.setdefault(key, remark) is not remark:
                what = remark.indicator or remark.project or min(catalog.words("whole"))
                self.file.note("remark-twice", at, "", text=what)
        return Remarks(tuple(remarks.values()), self.noted(), self.serves(), self.file.place)

    # -------------------------------------------------------------- parts
    def noted(self) -> dict[str, Noted]:
        """By indicator; one without a date stands behind every one with a date."""
        out: dict[str, Noted] = {}
        days: set[tuple[str, date | None]] = set()
        for table, at in self.file.entries("progress"):
            found = self.progress(table, at)
            if found is None:
                continue
            if (found.indicator, found.when) in days:
                self.file.note("progress-twice", at, "indicator", text=found.indicator)
                continue
            days.add((found.indicator, found.when))
            if self.as_of is not None and found.when is not None and found.when > self.as_of:
                continue
            old = out.setdefault(found.indicator, found)
            if (found.when or date.min) > (old.when or date.min):
                out[found.indicator] = found
        return out

    def serves(self) -> dict[str, tuple[str, ...]]:
        out = {}
        for key, ids in self.file.table("serves").items():
            at = self.file.at(key)
            project = self.project(key, at)
            if not isinstance(ids, list) or not all(isinstance(i, str) for i in ids):
                self.file.bad(key, at, "list")
            elif project:
                out[project] = tuple(i for i in ids if self.indicator(i, at))
        return out

    def deviation(self, table: Mapping[str, Any], at: Place) -> Remark | None:
        self.file.known(table, _DEVIATION, at)
        texts = {k: self.file.text(table, k, at) for k in _DEVIATION if k != "by"}
        if texts["indicator"] and not self.indicator(texts["indicator"], at):
            return None
        project = texts["project"]
        if project and plain(project) not in catalog.words("whole"):
            project = self.project(project, at)
            if not project:
                return None
        else:
            project = ""
        return Remark(
            project,
            texts["indicator"],
            at,
            texts["reason"],
            texts["measure"],
            texts["responsible"],
            self.file.day(table, "by", at),
            texts["expected"],
        )

    def progress(self, table: Mapping[str, Any], at: Place) -> Noted | None:
        self.file.known(table, _PROGRESS, at)
        name = self.file.text(table, "indicator", at)
        if not self.indicator(name, at):
            return None
        value = table.get("value", "")
        if isinstance(value, int | Decimal) and not isinstance(value, bool):
            value = f"{value:f}" if isinstance(value, Decimal) else str(value)
        if not isinstance(value, str) or not value.strip():
            self.file.bad("value", at, "text")
            return None
        document = self.file.text(table, "document", at)
        if not document:
            self.file.note("progress-no-document", at, "document", text=name)
            return None
        grows = table.get("accumulates")
        if grows is not None and not isinstance(grows, bool):
            self.file.bad("accumulates", at, "yes")
            grows = None
        when = self.file.day(table, "date", at)
        return Noted(name, value.strip(), document, at, grows, when)

    # -------------------------------------------------------------- pieces
    def project(self, text: str, at: Place) -> str:
        name = self.projects.get(project_key(text), "")
        if not name:
            close = get_close_matches(project_key(text), self.projects, 3, 0.4)
            near = tuple(self.projects[key] for key in close) or tuple(self.projects.values())[:3]
            self.file.note("project-unknown", at, "project", nearest=near, text=text)
        return name

    def indicator(self, name: str, at: Place) -> bool:
        base = name.partition(".")[0]
        if name in self.indicators or base in self.indicators:
            return True
        near = get_close_matches(name, self.indicators, 3, 0.5)
        self.file.note("indicator-unknown", at, "indicator", nearest=near, text=name)
        return False
