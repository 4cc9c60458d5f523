"""Report → XLSX: the issue list 问题清单 in the form that reviewers pass on and fill in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import xlsxwriter  # type: ignore[import-untyped]

from mingzhang.catalog.messages import say as catalog_say
from mingzhang.model.finding import Finding, Report
from mingzhang.report.view import Say, View, split_coverage
from mingzhang.report.words import Words

# key of [sheet] in strings.toml, width in characters
_COLUMNS = (
    ("number", 6), ("severity", 9), ("rule", 10), ("place", 34), ("excerpt", 22), ("problem", 46),
    ("equation", 34), ("proposal", 30), ("basis", 26), ("status", 12), ("remark", 28),
)  # fmt: skip
_STATUSES = ("open", "accepted", "declined", "explained", "nothing_to_do")
_FILL = {"error": "#F9DEDC", "warning": "#FCEFD4", "note": "#E6EFF7"}
_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
_CELL_LIMIT = 32_767  # characters that Excel keeps in one cell


def render_xlsx(report: Report, lang: str = "zh", *, say: Say = catalog_say) -> bytes:
    """The workbook: issue list, summary, and the figures that nothing checks."""
    view = View(report, Words(lang), say)
    buffer = BytesIO()
    # Cell text comes from books: nothing of it may become a formula or a link.
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(buffer, options) as book:
        # No clock: the same report gives the same bytes.
        book.set_properties({"title": view.heading(), "created": _EPOCH})
        formats = _Formats(book)
        _issues(view, book, formats)
        _summary(view, book, formats)
        _unchecked(view, book, formats)
    return buffer.getvalue()


class _Formats:
    """The few cell formats of the workbook."""

    def __init__(self, book: Any) -> None:
        base = {"text_wrap": True, "valign": "top", "border": 1, "border_color": "#D0D5DC"}
        head = {**base, "bold": True, "bg_color": "#E9EDF2", "valign": "vcenter"}
        self.head = book.add_format(head)
        self.cell = book.add_format(base)
        self.centre = book.add_format({**base, "align": "center"})
        self.strong = book.add_format({**base, "bold": True})
        self.title = book.add_format({"bold": True, "font_size": 14})
        self.severity = {
            name: book.add_format({**base, "align": "center", "bg_color": colour})
            for name, colour in _FILL.items()
        }


def _issues(view: View, book: Any, formats: _Formats) -> None:
    words = view.words
    sheet = book.add_worksheet(words("sheet", "name"))
    for number, (key, width) in enumerate(_COLUMNS):
        sheet.set_column(number, number, width)
        sheet.write_string(0, number, words("sheet", key), formats.head)
    for row, finding in enumerate(view.findings, start=1):
        sheet.write_number(row, 0, row, formats.centre)
        severity = words("severity", finding.severity)
        sheet.write_string(row, 1, severity, formats.severity[finding.severity])
        for column, text in enumerate(_texts(view, finding), start=2):
            sheet.write_string(row, column, text[:_CELL_LIMIT], formats.cell)
    last = len(view.findings)
    sheet.freeze_panes(1, 3)
    sheet.autofilter(0, 0, max(1, last), len(_COLUMNS) - 1)
    if last:
        status = [key for key, _ in _COLUMNS].index("status")
        choices = [words("sheet", key) for key in _STATUSES]
        sheet.data_validation(1, status, last, status, {"validate": "list", "source": choices})
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.set_footer("&C&P / &N")


def _texts(view: View, finding: Finding) -> Sequence[str]:
    """The cells of one issue, from the rule to the remarks."""
    words = view.words
    places = [_where(view, finding, number) for number in range(len(finding.places))]
    excerpts = [" ".join(place.excerpt.split()) for place in finding.places]
    proposals = []
    for suspect in finding.suspects:
        one = view.printing(suspect.figure)
        name = suspect.figure if one is None else view.short_home(one)
        value = "" if one is None else view.mended(suspect, one)
        kind = words.known("slip", suspect.kind) if suspect.kind else ""
        bracket = words("lang", "bracket", text=kind) if kind else ""
        proposals.append(f"{name}{words('lang', 'colon')}{value}{bracket}")
    remarks = [f"{words('finding', 'fingerprint')} {finding.fingerprint}"]
    if not finding.certified:
        remarks.insert(0, words("finding", "uncertified"))
    return (
        finding.rule,
        "\n".join(dict.fromkeys(places)),
        "\n".join(dict.fromkeys(filter(None, excerpts))),
        finding.message_in(words.lang),
        finding.equation,
        "\n".join(proposals),
        finding.basis,
        words("sheet", "nothing_to_do" if finding.severity == "note" else "open"),
        "\n".join(remarks),
    )


def _where(view: View, finding: Finding, number: int) -> str:
    place = finding.places[number]
    home = view.home_of(finding, place)
    where = view.where(place)
    return f"{home}{view.words('lang', 'bracket', text=where)}" if home else where


def _summary(view: View, book: Any, formats: _Formats) -> None:
    words, report = view.words, view.report
    sheet = book.add_worksheet(words("sheet", "summary"))
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, 80)
    sheet.write_string(0, 0, view.heading(), formats.title)
    proved, linked_only, unchecked = split_coverage(report)
    coverage = words(
        "coverage",
        "line",
        figures=report.coverage.figures,
        proved=proved,
        linked_only=linked_only,
        unchecked=unchecked,
    )
    lines = [
        (words("verdict", report.verdict), words("verdict", f"{report.verdict}_why")),
        (words("page", "findings"), " · ".join(view.counts()) or words("verdict", "nothing")),
        (words("coverage", "title"), coverage),
        *((words("page", "files"), f"{d.name}  SHA-256 {d.source}") for d in report.book.documents),
        *((words("page", "warnings"), warning) for warning in report.book.warnings),
    ]
    for index, how in view.roundings():
        lines.append((view.statement_name(index), words.known("rounding", how)))
    for row, (caption, text) in enumerate(lines, start=2):
        sheet.write_string(row, 0, caption, formats.strong)
        sheet.write_string(row, 1, text, formats.cell)


def _unchecked(view: View, book: Any, formats: _Formats) -> None:
    """Every figure that nothing, or not enough, checks."""
    words, coverage = view.words, view.report.coverage
    missing = [*coverage.unlinked, *coverage.unproved]
    if not missing:
        return
    sheet = book.add_worksheet(words("sheet", "unchecked"))
    heads = (("figure", 60), ("value", 18), ("place", 26), ("state", 14), ("reason", 50))
    for column, (key, width) in enumerate(heads):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, words("sheet", key), formats.head)
    for row, figure_id in enumerate(missing, start=1):
        figure = view.figures.get(figure_id)
        state = "unchecked" if figure_id in coverage.unlinked else "linked"
        cells = (
            figure_id if figure is None else view.home(figure),
            "" if figure is None else view.shown(figure),
            "" if figure is None else view.where(figure.place),
            words("state", state),
            view.unchecked_reason(figure_id),
        )
        for column, text in enumerate(cells):
            sheet.write_string(row, column, text, formats.cell)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, len(missing), len(heads) - 1)
