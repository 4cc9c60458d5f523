"""Monitor 绩效运行监控: per project and for the department, goals and money on one day, and what is
demanded where they are off track (偏差原因, 改进措施, 责任人).

Source: 《预算法实施条例》 art. 53 (units monitor performance 绩效监控); REFERENCE.md parts E and F.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from mingzhang.catalog import performance_year as catalog
from mingzhang.ledger.fault import Fault, in_order
from mingzhang.model.evidence import Actual
from mingzhang.model.execution import Execution
from mingzhang.model.goal import Goal, GoalLine
from mingzhang.model.ledger import Ledger
from mingzhang.model.place import Place
from mingzhang.perform.execution.public import public
from mingzhang.perform.execution.risk import Risk, money_risk, worst
from mingzhang.perform.execution.state import Standing, State, state
from mingzhang.perform.monitoring.progress import Known, Progress, progress
from mingzhang.perform.monitoring.remarks import Remark, Remarks
from mingzhang.perform.telling import fault


@dataclass(frozen=True, slots=True)
class Monitored:
    """A project (or the department, ``project`` "") on one day.

    ``progress`` are its own indicators, then those of the department that it serves. ``level`` is
    the worst of money and indicators; indicators without data do not count, and are counted.
    """

    project: str
    overall: str
    standing: Standing
    risk: Risk
    progress: tuple[Progress, ...]
    remark: Remark | None = None

    @property
    def level(self) -> str:
        """正常, 关注 or 预警."""
        return worst((self.risk.level, self.goals))

    @property
    def goals(self) -> str:
        """The class of the goals alone; "unknown" if nothing is known of any."""
        known = [p.level for p in self.progress if p.level != "unknown"]
        return worst(known) if known else "unknown"

    def count(self, *levels: str) -> int:
        """How many indicators have one of these classes."""
        return sum(p.level in levels for p in self.progress)


@dataclass(frozen=True, slots=True)
class Monitoring:
    """The whole department and every project on one day; ``faults``: what is still to be filled in.

    ``partial``: what is withheld 涉密 has been left out, of the totals too.
    """

    department: str
    year: int
    as_of: date
    state: State
    whole: Monitored
    projects: tuple[Monitored, ...]
    remarks: Remarks
    faults: tuple[Fault, ...]
    partial: bool = False

    @property
    def lines(self) -> tuple[Progress, ...]:
        """Every indicator once: the department's, then the projects' own."""
        seen = {p.line.id: p for m in (self.whole, *self.projects) for p in m.progress}
        return tuple(seen.values())


def monitor(
    ledger: Ledger,
    goals: Sequence[Goal],
    actuals: Iterable[Actual],
    execution: Execution,
    when: date,
    remarks: Remarks = Remarks(),  # noqa: B008 - frozen
    *,
    measures: Mapping[str, str] | None = None,
    before: Execution | None = None,
    withheld: bool = False,
) -> Monitoring:
    """How goals and money stand on a day.

    ``actuals`` are the answers of evidence.toml as of that day; their ids are those of indicators
    ("g12"), or of the conditions of one with several ("g3.1", "g3.2"). ``measures`` gives the kind
    of measure behind each (count, share …), which tells what accumulates. ``before`` is last
    year's execution, for the forecast. What is withheld 涉密 is left out of everything, unless ``withheld``
    (for use inside). Raises ValueError for a day outside the ledger's year.
    """
    whole_ledger = ledger
    if not withheld:
        ledger, execution = public(ledger, execution)
        names = {p.name for p in whole_ledger.projects} - {p.name for p in ledger.projects}
        goals = [goal for goal in goals if goal.project not in names]
    found = state(ledger, execution, when, before)
    known = Known({a.indicator: a for a in actuals}, remarks.noted, measures or {})
    lines = {line.id: progress(line, known, when, found.pace) for g in goals for line in g.lines}
    own = {goal.project: goal for goal in goals}
    whole = _monitored("", own.get(""), found.whole, lines, (), remarks)
    projects = tuple(
        _monitored(s.name, own.get(s.name), s, lines, remarks.serves.get(s.name, ()), remarks)
        for s in found.projects
        if s.budget or s.adjusted or s.paid or s.name in own
    )
    return Monitoring(
        ledger.department,
        ledger.year,
        when,
        found,
        whole,
        projects,
        remarks,
        in_order(_demands(whole, projects, remarks)),
        partial=ledger is not whole_ledger,
    )


def _monitored(
    project: str,
    goal: Goal | None,
    standing: Standing,
    lines: Mapping[str, Progress],
    served: Sequence[str],
    remarks: Remarks,
) -> Monitored:
    mine: tuple[GoalLine, ...] = goal.lines if goal else ()
    ids = dict.fromkeys([*(line.id for line in mine), *(i for i in served if i in lines)])
    return Monitored(
        project,
        goal.overall if goal else "",
        standing,
        money_risk(standing),
        tuple(lines[i] for i in ids),
        remarks.of(project),
    )


# ------------------------------------------------------------------ what is demanded
def _demands(whole: Monitored, projects: Sequence[Monitored], remarks: Remarks) -> Iterator[Fault]:
    """A fault for each remark that is missing, incomplete or not needed."""
    owners = {
        p.line.id: m for m in (whole, *projects) for p in m.progress
    }  # the project comes last
    off: set[tuple[str, str]] = set()
    for one in (whole, *projects):
        if one.risk.level != "normal":
            off.add((one.project, ""))
            yield from _demand(one.project, "", one.risk.level, one.risk, one.remark, remarks)
        for item in one.progress:
            if item.level not in ("attention", "warning"):
                continue
            off.add((one.project, ""))
            off.add(("", item.line.id))
            if owners[item.line.id] is one:
                own = remarks.of("", item.line.id) or one.remark
                yield from _demand(one.project, item.line.level3, item.level, item, own, remarks)
    for remark in remarks.remarks:
        key = ("", remark.indicator) if remark.indicator else (remark.project, "")
        if key not in off:
            words = _what(remark.project, "", remark.indicator)
            yield fault("remark-unneeded", remark.place, **words)


def _demand(
    project: str,
    indicator: str,
    level: str,
    why: Risk | Progress,
    remark: Remark | None,
    remarks: Remarks,
) -> Iterator[Fault]:
    missing = remark.missing if remark else ("reason", "measure", "responsible")
    if not missing:
        return
    place: Place = remark.place if remark else remarks.place
    said = why.said if isinstance(why, Risk) else why.why
    yield fault(
        "remark-incomplete",
        place,
        level=catalog.level_name(level, "zh"),
        level_en=catalog.level_name(level, "en"),
        why=said("zh"),
        why_en=said("en"),
        **_joined(missing),
        **_what(project, indicator),
    )


def _joined(missing: Sequence[str]) -> dict[str, str]:
    return {
        name: catalog.phrase("say", "and", lang).join(
            catalog.phrase("wanted", key, lang) for key in missing
        )
        for name, lang in (("missing", "zh"), ("missing_en", "en"))
    }


def _what(project: str, indicator: str, name: str = "") -> dict[str, str]:
    """{what} and {what_en}: an indicator, a project or the department."""
    shown = indicator or name or project
    key = "indicator" if indicator or name else "project" if project else "whole"
    return {
        "what": catalog.phrase("say", key, "zh", name=shown),
        "what_en": catalog.phrase("say", key, "en", name=shown),
    }
