"""View: a report indexed for showing. Looks up, counts and names; judges nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property

from mingzhang.catalog.messages import say as catalog_say
from mingzhang.model.book import Blank
from mingzhang.model.figure import Figure
from mingzhang.model.finding import SEVERITIES, Checked, Finding, Report, Suspect
from mingzhang.model.money import Rounding
from mingzhang.model.place import Place
from mingzhang.model.relation import Reason
from mingzhang.report.amounts import mended, printed, style_of
from mingzhang.report.words import Words

STATES = ("suspect", "unchecked", "linked", "proved")

Say = Callable[[str, str, str, Mapping[str, object]], str]


@dataclass(frozen=True)
class View:
    """A report with what every renderer asks of it. ``say`` fills the catalog's sentences."""

    report: Report
    words: Words
    say: Say = catalog_say

    @cached_property
    def figures(self) -> Mapping[str, Figure]:
        return {figure.id: figure for figure in self.report.book.figures}

    @cached_property
    def blanks(self) -> Mapping[str, Blank]:
        """Empty cells that stand for zero: relations and suspects may name them too."""
        return {blank.id: blank for s in self.report.book.statements for blank in s.blanks}

    def printing(self, figure_id: str) -> Figure | Blank | None:
        """The figure or blank with this id; None for one of another book."""
        return self.figures.get(figure_id) or self.blanks.get(figure_id)

    def shown(self, one: Figure | Blank) -> str:
        """A figure as printed with its unit; 空白 for a blank."""
        if isinstance(one, Figure):
            return printed(one)
        return self.words("relation", "empty_cell")

    def mended(self, suspect: Suspect, one: Figure | Blank) -> str:
        """The value that would mend the book, the way ``one`` is printed."""
        unit = "" if one.statement is None else self.report.book.statements[one.statement].unit
        return mended(suspect, style_of(one, unit), self.words)

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """Errors, then warnings, then notes; within one severity as they came."""
        return tuple(
            finding
            for severity in SEVERITIES
            for finding in self.report.findings
            if finding.severity == severity
        )

    @cached_property
    def findings_of(self) -> Mapping[str, tuple[Finding, ...]]:
        """figure id -> the findings that name it."""
        out: dict[str, list[Finding]] = {}
        for finding in self.findings:
            named = dict.fromkeys((*finding.figures, *(s.figure for s in finding.suspects)))
            for figure in named:
                out.setdefault(figure, []).append(finding)
        return {figure: tuple(found) for figure, found in out.items()}

    @cached_property
    def relations_of(self) -> Mapping[str, tuple[int, ...]]:
        """figure id -> indexes into ``report.relations`` of those it takes part in."""
        out: dict[str, dict[int, None]] = {}
        for index, checked in enumerate(self.report.relations):
            for _, figures, _ in checked.terms:
                for figure in figures:
                    out.setdefault(figure, {})[index] = None
            if checked.relation.figure is not None:
                out.setdefault(checked.relation.figure, {})[index] = None
        return {figure: tuple(indexes) for figure, indexes in out.items()}

    @cached_property
    def _suspects(self) -> frozenset[str]:
        return frozenset(
            suspect.figure
            for finding in self.findings
            if finding.severity != "note"
            for suspect in finding.suspects
        )

    def state(self, figure_id: str) -> str:
        """suspect, unchecked, linked (in a relation, but not proved) or proved."""
        coverage = self.report.coverage
        if figure_id in self._suspects:
            return "suspect"
        if figure_id in coverage.unlinked:
            return "unchecked"
        return "linked" if figure_id in coverage.unproved else "proved"

    def unchecked_reason(self, figure_id: str) -> str:
        """Why nothing (or not enough) checks a figure; "" for a proved one."""
        coverage = self.report.coverage
        reason = coverage.unlinked.get(figure_id) or coverage.unproved.get(figure_id)
        return "" if reason is None else self.unread(reason)

    def unread(self, key: str) -> str:
        """Why a figure was not understood or not checked, in words."""
        return self._sentence("unread", key, {}) if key else ""

    def reason(self, reason: Reason) -> str:
        """Why a relation must hold, in words."""
        return self._sentence("relation", reason.kind, dict(reason.params))

    def reasons(self, checked: Checked) -> list[str]:
        """All the reasons of one relation, each once."""
        given = (checked.relation.reason, *checked.relation.also)
        return list(dict.fromkeys(self.reason(reason) for reason in given))

    def _sentence(self, section: str, key: str, params: Mapping[str, object]) -> str:
        try:
            return self.say(section, key, self.words.lang, params)
        except KeyError:  # not in the catalog: show what is known rather than nothing
            return " ".join((key, *(f"{name}={value}" for name, value in params.items())))

    def statement_name(self, index: int) -> str:
        """Number and title as printed; the prose is statement -1."""
        if index < 0:
            return self.words("book", "prose")
        statement = self.report.book.statements[index]
        number, title = statement.number.strip(), statement.title.strip()
        if not title:
            return number or self.words("book", "statement_n", n=index + 1)
        return title if title.startswith(number) else f"{number} {title}"

    def rounding_of(self, index: int | None) -> str:
        """How a statement (None: the prose) rounds; half up unless the report says otherwise."""
        return self.report.rounding.get(-1 if index is None else index, Rounding.HALF_UP.value)

    def where(self, place: Place) -> str:
        """A place in words; the file is named only where the book has more than one."""
        words = self.words
        parts = [] if len(self.report.book.documents) == 1 else [place.name]
        if place.page is not None:
            parts.append(words("place", "page", page=place.page))
        if place.sheet is not None:
            parts.append(words("place", "sheet", sheet=place.sheet))
        if place.cell is not None:
            parts.append(words("place", "cell", cell=place.cell))
        if place.line is not None and place.column is not None:
            parts.append(words("place", "line_column", line=place.line, column=place.column))
        elif place.line is not None:
            parts.append(words("place", "line", line=place.line))
        return " ".join(parts) or place.name

    def home(self, figure: Figure | Blank) -> str:
        """Statement and row of a figure: 表7 一般公共预算支出表 > 信访事务 · 项目支出."""
        name = self.statement_name(-1 if figure.statement is None else figure.statement)
        return f"{name} > {figure.label}" if figure.label else name

    def short_home(self, figure: Figure | Blank) -> str:
        """The same with the number of the statement alone, where it has one: 表7 > 信访事务."""
        number = ""
        if figure.statement is not None:
            number = self.report.book.statements[figure.statement].number.strip()
        return f"{number} > {figure.label}" if number and figure.label else self.home(figure)

    def home_of(self, finding: Finding, place: Place) -> str:
        """``home`` of the figure or blank of ``finding`` that is printed at ``place``; "" if none."""
        one = self.at(finding, place)
        return "" if one is None else self.home(one)

    def at(self, finding: Finding, place: Place) -> Figure | Blank | None:
        """The figure or blank of ``finding`` that is printed at ``place``."""
        for figure_id in (*finding.figures, *(s.figure for s in finding.suspects)):
            one = self.printing(figure_id)
            if one is not None and one.place == place:
                return one
        return None

    def roundings(self) -> list[tuple[int, str]]:
        """(statement, how it rounds) for each that prints figures; the prose (-1) comes last."""
        indexes = [n for n, statement in enumerate(self.report.book.statements) if statement.cells]
        if any(figure.in_prose for figure in self.report.book.figures):
            indexes.append(-1)
        return [(index, self.rounding_of(index)) for index in indexes]

    def heading(self) -> str:
        """深圳市信访局 2023 年部门预算."""
        book, words = self.report.book, self.words
        if self.report.verdict == "unreadable":
            return words.joined([document.name for document in book.documents])
        stage = words.known("stage", book.stage)
        entity = book.entity or words("book", "nameless")
        if book.year is None:
            return words("book", "heading_no_year", entity=entity, stage=stage)
        return words("book", "heading", entity=entity, year=book.year, stage=stage)

    def counts(self) -> list[str]:
        """错误 3 处, 警告 1 处, … for the severities that occur."""
        return [
            self.words("severity", f"count_{severity}", n=self.report.count(severity))
            for severity in SEVERITIES
            if self.report.count(severity)
        ]


def split_coverage(report: Report) -> tuple[int, int, int]:
    """How many figures are proved, only linked, and unchecked."""
    coverage = report.coverage
    return coverage.proved, coverage.linked - coverage.proved, coverage.figures - coverage.linked
