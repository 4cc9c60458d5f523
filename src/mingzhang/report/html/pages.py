"""The book as read: every paragraph and statement in reading order, every figure a link."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from mingzhang.model.book import Statement
from mingzhang.model.figure import Figure
from mingzhang.report.html.figures import in_place
from mingzhang.report.html.gallery import Gallery
from mingzhang.report.html.markup import BOOK_LANG, Html, Part, tag
from mingzhang.report.html.order import Order
from mingzhang.report.html.tables import table
from mingzhang.report.pictures import PageKey
from mingzhang.report.view import View

_NUMBER = re.compile(r"[+\-−(（]?[\d,，.．０-９]+[)）]?")


def book_pane(view: View, order: Order, gallery: Gallery) -> Html:
    """All that was read, in order, then what was not understood."""
    in_prose = _by_paragraph(view)
    loose = _loose(view)
    parts: list[Part] = []
    page: tuple[str, int] | None = None
    outline: list[int] = []  # levels of the headings that enclose this point
    for item in order.items:
        here = (item.place.source, item.place.page) if item.place.page is not None else None
        if here is not None and here != page:
            page = here
            parts.append(_break(view, here, gallery))
        if item.is_statement:
            outline.clear()
            statement = view.report.book.statements[item.index]
            parts.append(_statement(view, item.index, statement, loose.get(item.index, ())))
        else:
            paragraph = view.report.book.paragraphs[item.index]
            figures = in_prose.get(item.index, ())
            sentence = _sentence(view, paragraph.text, figures)
            if paragraph.level:
                parts.append(_heading(item.anchor, paragraph.level, sentence, outline))
            else:
                parts.append(tag("p", sentence, id=item.anchor))
    if loose.get(-1):
        parts.append(_chips(view, loose[-1]))
    parts.append(_not_understood(view, order))
    return tag("div", parts, class_="sheet", id="as-read", lang=BOOK_LANG)


def _break(view: View, page: PageKey, gallery: Gallery) -> Html:
    """Where a page begins: its number, which carries its id or leads to its picture."""
    label, name = view.words("place", "page", page=page[1]), gallery.page_id(page)
    lang = view.words("lang", "tag")
    if page in gallery.pictures:
        return tag("p", tag("a", label, href=f"#{name}"), class_="break", lang=lang)
    return tag("p", label, class_="break", id=name, lang=lang)


def _by_paragraph(view: View) -> Mapping[int, Sequence[Figure]]:
    out: dict[int, list[Figure]] = {}
    for figure in view.report.book.figures:
        if figure.statement is None and figure.paragraph is not None and figure.start is not None:
            out.setdefault(figure.paragraph, []).append(figure)
    for figures in out.values():
        figures.sort(key=lambda figure: figure.start or 0)
    return out


def _loose(view: View) -> Mapping[int, Sequence[Figure]]:
    """Figures that no cell and no paragraph shows, by statement (-1: of the book)."""
    book = view.report.book
    in_cells = {f for s in book.statements for f in s.cells.values()}
    out: dict[int, list[Figure]] = {}
    for figure in book.figures:
        in_paragraph = figure.paragraph is not None and figure.start is not None
        if figure.statement is None and in_paragraph:
            continue
        if figure.id not in in_cells:
            out.setdefault(-1 if figure.statement is None else figure.statement, []).append(figure)
    return out


def _chips(view: View, figures: Sequence[Figure]) -> Html | None:
    if not figures:
        return None
    chips = [
        tag("li", f"{figure.label} ", in_place(view, figure, figure.text)) for figure in figures
    ]
    return tag(
        "div", tag("p", view.words("page", "elsewhere")), tag("ul", chips), class_="elsewhere"
    )


def _heading(anchor: str, level: int, parts: list[Part], outline: list[int]) -> Html:
    """A heading, one deeper than what encloses it: books skip levels, pages must not (WCAG)."""
    while outline and outline[-1] >= level:
        outline.pop()
    outline.append(level)
    name = f"h{min(6, 2 + len(outline))}"
    return tag(name, parts, id=anchor, class_=f"heading level-{level}")


def _sentence(view: View, text: str, figures: Sequence[Figure]) -> list[Part]:
    """The text with its figures as links. A figure altered for an experiment shows as altered."""
    parts: list[Part] = []
    done = 0
    for figure in figures:
        start = figure.start or 0
        if start < done or start >= len(text):
            continue
        end = start + len(figure.text)
        if text[start:end] != figure.text:
            original = _NUMBER.match(text, start)
            end = original.end() if original else start
        parts += [text[done:start], in_place(view, figure, figure.text)]
        done = end
    return [*parts, text[done:]]


def _statement(view: View, index: int, statement: Statement, loose: Sequence[Figure]) -> Html:
    words = view.words
    facts = []
    if statement.entity:
        facts.append(statement.entity)
    if statement.unit:
        facts.append(words("page", "unit", unit=statement.unit))
    if statement.pages:
        first, last = statement.pages[0], statement.pages[-1]
        pages = str(first) if first == last else f"{first}–{last}"
        facts.append(words("page", "pages", pages=pages))
    if statement.cells:
        facts.append(words.known("rounding", view.rounding_of(index)))
    name, lang = view.statement_name(index), words("lang", "tag")
    empty = (
        None
        if statement.rows
        else tag("p", words("page", "empty_statement"), class_="empty", lang=lang)
    )
    return tag(
        "section",
        tag("h3", name, id=f"title-{index}"),
        tag("p", [tag("span", fact) for fact in facts], class_="facts", lang=lang)
        if facts
        else None,
        table(view, index, statement) if statement.rows or statement.columns else None,
        empty,
        [tag("p", note, class_="remark") for note in statement.notes],
        _chips(view, loose),
        id=f"statement-{index}",
        class_="statement",
        aria_labelledby=f"title-{index}",
    )


def _not_understood(view: View, order: Order) -> Html | None:
    """What the reader did not understand and did not guess."""
    words, book = view.words, view.report.book
    if not book.notices and not book.warnings:
        return None
    items: list[Part] = [tag("li", warning) for warning in book.warnings]
    for notice in book.notices:
        where: Part = None
        if notice.place is not None:
            shown = view.where(notice.place)
            target = order.anchor(notice.place)
            where = tag("a", shown, href=f"#{target}") if target else shown
        items.append(tag("li", notice.text, " ", where))
    return tag(
        "section",
        tag("h3", words("page", "notices"), id="notices-title"),
        tag("ul", items),
        id="notices",
        lang=words("lang", "tag"),
        aria_labelledby="notices-title",
    )
