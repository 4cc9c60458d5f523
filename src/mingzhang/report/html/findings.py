"""The findings to work through: filter, sentence, evidence, suspects, each linked into the book."""

from __future__ import annotations

from collections import Counter

from mingzhang.model.finding import SEVERITIES, Finding, Suspect
from mingzhang.model.place import Place
from mingzhang.report.html.excerpts import excerpts
from mingzhang.report.html.figures import anchor, href, link
from mingzhang.report.html.gallery import Gallery, shown_beside
from mingzhang.report.html.marks import marks_of
from mingzhang.report.html.markup import BOOK_LANG, Html, Part, tag
from mingzhang.report.html.order import Order
from mingzhang.report.view import View


def statements_of(view: View, finding: Finding, order: Order) -> list[int]:
    """The statements a finding speaks of (-1: the prose), by its figures, else by its places."""
    named = (*finding.figures, *(s.figure for s in finding.suspects))
    figures = [view.figures[f] for f in named if f in view.figures]
    found = {-1 if f.statement is None else f.statement for f in figures}
    if not found:
        for place in finding.places:
            kind, _, index = (order.anchor(place) or "paragraph-").partition("-")
            found.add(int(index) if kind == "statement" else -1)
    return sorted(found)


def sections_of(view: View, finding: Finding, order: Order) -> list[int]:
    """The sections of the text (two levels of them) that a finding speaks of."""
    paragraphs = set()
    for mark in marks_of(view, finding):
        figure = view.figures.get(mark.figure)
        kind, _, number = (order.anchor(mark.place) or "").partition("-")
        if figure is not None:
            paragraphs.add(figure.paragraph)
        elif kind == "paragraph":
            paragraphs.add(int(number))
    return [
        index
        for index, section in enumerate(view.report.book.sections)
        if section.level <= 2
        and any(p is not None and section.first <= p <= section.last for p in paragraphs)
    ]


def findings_section(view: View, order: Order, gallery: Gallery) -> Html:
    """The findings with their filter; the filter works only with the script."""
    words = view.words
    items = [_finding(view, finding, order, gallery) for finding in view.findings]
    body: Part = tag("p", words("verdict", "nothing"), class_="none")
    if items:
        body = [
            _filter(view, order),
            tag("ol", items, class_="findings"),
            tag("p", words("page", "none_match"), id="none-match", class_="none", hidden=True),
        ]
    return tag(
        "section",
        tag("h2", words("page", "findings"), id="findings-title", class_="unseen"),
        body,
        id="findings",
        aria_labelledby="findings-title",
    )


def _filter(view: View, order: Order) -> Html:
    words = view.words
    severities = [
        tag(
            "label",
            tag("input", type="checkbox", name="severity", value=severity, checked=True),
            tag("span", f"{words('severity', severity)} {view.report.count(severity)}"),
            class_=f"chip {severity}",
        )
        for severity in SEVERITIES
        if view.report.count(severity)
    ]
    rules = Counter(finding.rule for finding in view.findings)
    rule_options = [tag("option", words("page", "all_rules"), value="")] + [
        tag("option", f"{rule} ({count})", value=rule) for rule, count in sorted(rules.items())
    ]
    touched = sorted({n for f in view.findings for n in statements_of(view, f, order)})
    statement_options = [tag("option", words("page", "all_statements"), value="")] + [
        tag("option", view.statement_name(n), value=n) for n in touched
    ]
    sections = sorted({n for f in view.findings for n in sections_of(view, f, order)})
    if sections:
        options = [_section_option(view, n) for n in sections]
        statement_options.append(tag("optgroup", options, label=view.statement_name(-1)))
    return tag(
        "form",
        tag("fieldset", tag("legend", words("page", "severity"), class_="unseen"), severities),
        tag("select", rule_options, name="rule", aria_label=words("page", "rule")),
        tag("select", statement_options, name="statement", aria_label=words("page", "statement")),
        tag(
            "input",
            type="search",
            name="text",
            aria_label=words("page", "search"),
            placeholder=words("page", "search_hint"),
        ),
        tag("p", id="shown", role="status"),
        id="filter",
        role="search",
        aria_label=words("page", "filter"),
    )


def _section_option(view: View, index: int) -> Html:
    section = view.report.book.sections[index]
    indent = "\u3000" * (section.level - 1)
    return tag("option", f"{indent}{section.number} {section.title}", value=f"s{index}")


def _finding(view: View, finding: Finding, order: Order, gallery: Gallery) -> Html:
    words = view.words
    element = f"finding-{finding.fingerprint}"
    sentence = tag("h3", finding.message_in(words.lang))
    badge = tag("span", words("severity", finding.severity), class_=f"badge {finding.severity}")
    rule = tag("span", finding.rule, class_="rule")
    permalink = tag(
        "a", "#", href=f"#{element}", class_="permalink", aria_label=words("page", "link_here")
    )
    shown = _shown(view, finding, order, gallery)
    evidence = _evidence(view, finding, order)
    body: Part
    if finding.severity == "note":
        one = view.at(finding, finding.places[0])
        about = None if one is None else tag("span", view.short_home(one), class_="about-what")
        summary = tag("summary", about, sentence)
        body = [
            tag(
                "details", summary, tag("p", badge, rule, permalink, class_="tags"), shown, evidence
            )
        ]
    else:
        body = [tag("p", badge, rule, permalink, class_="tags"), sentence, shown, evidence]
    return tag(
        "li",
        tag("article", body, id=element, tabindex=-1, class_=f"finding {finding.severity}"),
        data_severity=finding.severity,
        data_rule=finding.rule,
        data_statements=" ".join(str(n) for n in statements_of(view, finding, order)),
        data_sections=" ".join(f"s{n}" for n in sections_of(view, finding, order)),
    )


def _shown(view: View, finding: Finding, order: Order, gallery: Gallery) -> Html | None:
    """The page as it looks where it is pictured; the words of the book where it is not."""
    marks = marks_of(view, finding)
    unpictured = [mark for mark in marks if not gallery.shows(mark)]
    pictures = gallery.crops(finding, marks)
    if not pictures:
        return shown_beside(excerpts(view, unpictured, order))
    return shown_beside(pictures, excerpts(view, unpictured, order)[:1])


def _evidence(view: View, finding: Finding, order: Order) -> list[Part]:
    words = view.words
    rows: list[Part] = []

    def row(caption: str, *parts: Part) -> None:
        rows.append(tag("div", tag("dt", words("finding", caption)), tag("dd", parts)))

    row("place", tag("ul", [_place(view, finding, place, order) for place in finding.places]))
    if finding.equation:
        row("equation", tag("pre", finding.equation))
    if finding.suspects:
        lead = "suspects_one" if len(finding.suspects) == 1 else "suspects_many"
        suspects = [_suspect(view, suspect) for suspect in finding.suspects]
        row("suspects", tag("p", words("finding", lead)), tag("ol", suspects, class_="suspects"))
    if finding.basis:
        row("basis", finding.basis)
    if not finding.certified:
        row("proof", tag("span", words("finding", "uncertified"), class_="uncertified"))
    elif finding.suspects or finding.equation:
        row("proof", words("finding", "certified"))
    return [tag("dl", rows)]


def _place(view: View, finding: Finding, place: Place, order: Order) -> Html:
    """The excerpt as printed, what it belongs to, and where it stands, linked into the book."""
    said = " ".join(place.excerpt.split())
    excerpt = tag("q", said, lang=BOOK_LANG) if said else None
    where = tag("span", view.where(place), class_="at")
    one = view.at(finding, place)
    if one is not None:
        shown = [excerpt, " ", view.short_home(one)]
        return tag("li", tag("a", shown, href=href(anchor(one.id))), " ", where)
    found = order.anchor(place)
    if found is None:
        return tag("li", excerpt, " ", where)
    return tag("li", tag("a", excerpt or view.where(place), href=f"#{found}"), " ", where)


def _suspect(view: View, suspect: Suspect) -> Html:
    words, one = view.words, view.printing(suspect.figure)
    kind: Part = None
    if suspect.kind:
        kind = tag("span", words.known("slip", suspect.kind), class_="slip")
    if one is None:
        return tag("li", suspect.figure, " ", kind)
    return tag(
        "li",
        link(view, suspect.figure, view.short_home(one)),
        tag("br"),
        tag("del", words("finding", "printed_as", value=view.shown(one))),
        " → ",
        tag("ins", view.mended(suspect, one)),
        " ",
        kind,
    )
