"""Report → terminal: what a person needs to know first, then each finding with its evidence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from mingzhang.catalog.messages import say as catalog_say
from mingzhang.model.finding import SEVERITIES, Finding, Report, Suspect
from mingzhang.model.place import Place
from mingzhang.report.linebreak import breaks, clip
from mingzhang.report.view import Say, View, split_coverage
from mingzhang.report.words import Words

_COLOUR = {"error": "bold red", "warning": "bold yellow", "note": "cyan"}
_VERDICT = {"consistent": ("√", "bold green"), "contradictory": ("×", "bold red")}
_MARGIN = 2
_PLACES_SHOWN = 6
_NOTES_PER_RULE = 3
_REASONS_SHOWN = 6
_NOTE_CELLS = 160
_EXCERPT_CELLS = 240  # a whole paragraph as evidence is cut to about this many cells


def render(
    report: Report,
    console: Console,
    lang: str = "zh",
    *,
    all_notes: bool = False,
    say: Say = catalog_say,
) -> None:
    """Print ``report`` to ``console``. ``all_notes`` lists every note instead of a few per rule."""
    view = View(report, Words(lang), say)
    page = _Page(console)
    _verdict(view, page)
    if report.verdict == "unreadable":
        return
    for severity in SEVERITIES[:2]:
        found = [f for f in view.findings if f.severity == severity]
        if found:
            _section(view, page, severity, found)
    _notes(view, page, None if all_notes else _NOTES_PER_RULE)
    _rounding(view, page)
    _coverage(view, page)


class _Page:
    """A console that breaks lines as Chinese is broken and hangs the indent."""

    def __init__(self, console: Console) -> None:
        self.console = console
        self.width = max(40, console.width)

    def line(self, text: Text | str, indent: int = 0, hang: Text | str = "") -> None:
        """Print ``text`` indented; ``hang`` (a caption) stands before its first line."""
        body = text if isinstance(text, Text) else Text(text)
        caption = hang if isinstance(hang, Text) else Text(hang)
        pad = " " * (indent + caption.cell_len)
        lines = body.divide(breaks(body.plain, max(10, self.width - len(pad))))
        for number, part in enumerate(lines):
            part.rstrip()
            start = Text(" " * indent) + caption if number == 0 else Text(pad)
            self.console.print(start + part, soft_wrap=True, highlight=False)

    def blank(self) -> None:
        self.console.print()

    def rule(self, title: str, style: str) -> None:
        fill = self.width - cell_len(title) - 4
        line = Text.assemble(("── ", "dim"), (title, style), (" " + "─" * max(0, fill), "dim"))
        self.console.print(line, soft_wrap=True, highlight=False)


def _verdict(view: View, page: _Page) -> None:
    words, report = view.words, view.report
    mark, style = _VERDICT.get(report.verdict, ("?", "bold yellow"))
    page.line(Text(view.heading(), "bold"))
    if report.verdict != "unreadable":
        page.line(Text(words.joined([d.name for d in report.book.documents]), "dim"), _MARGIN)
        if report.catalog:
            told = dict(report.catalog, sha256=report.catalog["sha256"][:12])
            page.line(Text(words("book", "catalog", **told), "dim"), _MARGIN)
    page.line(Text(f"{mark} {words('verdict', report.verdict)}", style))
    page.line(words("verdict", f"{report.verdict}_why"), _MARGIN)
    for warning in report.book.warnings:
        page.line(Text(warning, "yellow"), _MARGIN)
    if report.verdict != "unreadable":
        page.line(" · ".join(view.counts()) or words("verdict", "nothing"), _MARGIN)
    page.blank()


def _section(view: View, page: _Page, severity: str, found: list[Finding]) -> None:
    title = view.words("severity", f"{severity}s")
    page.rule(f"{title} {len(found)}", _COLOUR[severity])
    for number, finding in enumerate(found, start=1):
        page.blank()
        _finding(view, page, number, finding)
    page.blank()


def _finding(view: View, page: _Page, number: int, finding: Finding) -> None:
    words = view.words
    caption = Text(f"{number:>2}  ", _COLOUR[finding.severity])
    sentence = Text.assemble((finding.message_in(words.lang), "bold"), (f"  {finding.rule}", "dim"))
    page.line(sentence, 0, caption)
    captions = _Captions(words)
    places = _places(view, finding)
    for index, place in enumerate(places[:_PLACES_SHOWN]):
        page.line(place, 4, captions("place", index))
    if len(places) > _PLACES_SHOWN:
        more = words("finding", "more_places", n=len(places) - _PLACES_SHOWN)
        page.line(Text(more, "dim"), 4, captions("place", 1))
    for index, line in enumerate(finding.equation.splitlines()):
        page.line(Text(line, "cyan"), 4, captions("equation", index))
    _suspects(view, page, finding.suspects, captions)
    if finding.basis:
        page.line(finding.basis, 4, captions("basis", 0))
    if not finding.certified:
        page.line(Text(words("finding", "uncertified"), "yellow"), 4, captions("proof", 0))
    elif finding.suspects or finding.equation:
        page.line(Text(words("finding", "certified"), "dim"), 4, captions("proof", 0))


class _Captions:
    """The left-hand captions of a finding, all of one width; blank after the first line."""

    def __init__(self, words: Words) -> None:
        names = ("place", "equation", "suspects", "basis", "proof")
        self._words = {name: words("finding", name) for name in names}
        self._width = max(cell_len(word) for word in self._words.values()) + 2

    def __call__(self, name: str, index: int) -> Text:
        word = self._words[name] if index == 0 else ""
        return Text(word + " " * (self._width - cell_len(word)), "dim")


def _places(view: View, finding: Finding) -> list[Text]:
    """A line for each place; places that read alike (one page, one phrase) are counted."""
    alike = Counter(_place(view, finding, place) for place in finding.places)
    lines = []
    for (excerpt, home, where), count in alike.items():
        text = Text()
        if excerpt:
            quote = view.words("lang", "open_quote"), view.words("lang", "close_quote")
            text.append(f"{quote[0]}{excerpt}{quote[1]}  ", "bold")
        if home:
            text.append(f"{home}  ")
        text.append(where, "dim")
        if count > 1:
            text.append(f"  ×{count}", "dim")
        lines.append(text)
    return lines


def _place(view: View, finding: Finding, place: Place) -> tuple[str, str, str]:
    """What is printed, in which statement and row, and where that stands."""
    return clip(place.excerpt, _EXCERPT_CELLS), view.home_of(finding, place), view.where(place)


def _suspects(view: View, page: _Page, suspects: tuple[Suspect, ...], captions: _Captions) -> None:
    if not suspects:
        return
    words = view.words
    lead = "suspects_one" if len(suspects) == 1 else "suspects_many"
    page.line(words("finding", lead), 4, captions("suspects", 0))
    for number, suspect in enumerate(suspects, start=1):
        one = view.printing(suspect.figure)
        text = Text(suspect.figure if one is None else view.short_home(one))
        if one is not None:
            text.append("  " + words("finding", "printed_as", value=view.shown(one)), "red")
            text.append(" → ", "dim")
            text.append(view.mended(suspect, one), "bold green")
        if suspect.kind:
            text.append(words("lang", "bracket", text=words.known("slip", suspect.kind)), "dim")
        mark = Text("· " if len(suspects) == 1 else f"{number}. ", "dim")
        page.line(text, 4, captions("suspects", 1) + mark)


def _notes(view: View, page: _Page, limit: int | None) -> None:
    """Notes folded: by rule, one line each, a few of each rule."""
    notes = [f for f in view.findings if f.severity == "note"]
    if not notes:
        return
    page.rule(f"{view.words('severity', 'notes')} {len(notes)}", _COLOUR["note"])
    for rule, group in _by_rule(notes).items():
        page.line(Text.assemble((rule, "cyan"), (f"  {len(group)}", "dim")), _MARGIN)
        for note in group[:limit]:
            one = view.at(note, note.places[0])
            about = "" if one is None else view.short_home(one) + view.words("lang", "colon")
            message = about + note.message_in(view.words.lang)
            where = view.where(note.places[0])
            text = Text.assemble(clip(message, _NOTE_CELLS), (f"  {where}", "dim"))
            page.line(text, _MARGIN, Text("  · ", "dim"))
        if limit is not None and len(group) > limit:
            more = view.words("finding", "more", n=len(group) - limit)
            page.line(Text(more, "dim"), _MARGIN + 4)
    page.blank()


def _by_rule(findings: Iterable[Finding]) -> Mapping[str, list[Finding]]:
    groups: dict[str, list[Finding]] = {}
    for finding in findings:
        groups.setdefault(finding.rule, []).append(finding)
    return groups


def _rounding(view: View, page: _Page) -> None:
    """How each statement rounds, statements of one habit on one line."""
    words, report = view.words, view.report
    roundings = view.roundings()
    if not roundings:
        return
    page.rule(words("rounding", "title"), "bold")
    habits: dict[str, list[str]] = {}
    for index, how in roundings:
        number = report.book.statements[index].number if index >= 0 else ""
        habits.setdefault(how, []).append(number or view.statement_name(index))
    for how, names in habits.items():
        caption = Text(f"{words.known('rounding', how)}{words('lang', 'colon')}", "bold")
        shown = words("rounding", "everywhere") if len(habits) == 1 else words.joined(names)
        page.line(shown, _MARGIN, caption)
    if report.book.rounding_note is not None:
        note = words("rounding", "note")
        page.line(Text(f"{note}  {view.where(report.book.rounding_note)}", "dim"), _MARGIN)
    page.blank()


def _coverage(view: View, page: _Page) -> None:
    """How much was checked, and why the rest was not."""
    words, coverage = view.words, view.report.coverage
    proved, linked_only, unchecked = split_coverage(view.report)
    page.rule(words("coverage", "title"), "bold")
    line = words(
        "coverage",
        "line",
        figures=coverage.figures,
        proved=proved,
        linked_only=linked_only,
        unchecked=unchecked,
    )
    page.line(line, _MARGIN)
    for key, missing in (
        ("unchecked_title", coverage.unlinked),
        ("unproved_title", coverage.unproved),
    ):
        if not missing:
            continue
        page.line(Text(words("coverage", key, n=len(missing)), "bold"), _MARGIN)
        reasons = Counter(view.unchecked_reason(figure) for figure in missing)
        for reason, count in reasons.most_common(_REASONS_SHOWN):
            text = reason or words("coverage", "no_reason")
            page.line(words("coverage", "reason_count", reason=text, n=count), _MARGIN + 2)
    if coverage.unlinked or coverage.unproved:
        page.line(Text(words("coverage", "listed_elsewhere"), "dim"), _MARGIN)
