"""What a finding points at, where there is no picture of the page: a few rows of the statement with
the cells marked, or the sentence with the figure marked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from mingzhang.model.book import Column, Statement
from mingzhang.report.html.figures import anchor, href
from mingzhang.report.html.marks import KINDS, Mark
from mingzhang.report.html.markup import BOOK_LANG, Html, Part, tag
from mingzhang.report.html.order import Order
from mingzhang.report.html.tables import label_columns
from mingzhang.report.view import View

ROWS, COLUMNS = 7, 5  # of a few rows: those with a suspect come first, then as they stand
TABLES, SENTENCES = 3, 4
SHORT = 24
AROUND = 60  # characters kept beside a mark, where a sentence is longer than can be shown
_STOPS = re.compile(r"[。；;！？\n]")

_NUMBER = re.compile(r"[-−+]?[\d,，.]+%?")
_NUMERIC = frozenset(("amount", "percent", "count"))

Spans = list[tuple[int, int, Mark]]


def excerpts(view: View, marks: Sequence[Mark], order: Order) -> list[Html]:
    """The rows and sentences that ``marks`` stand in, worst first."""
    cells: dict[int, dict[tuple[int, int], Mark]] = {}
    sentences: dict[int, Spans] = {}
    for mark in marks:
        one = view.printing(mark.figure) if mark.figure else None
        if one is not None and one.statement is not None:
            if one.row is not None and one.column is not None:
                cells.setdefault(one.statement, {})[one.row, one.column] = mark
            continue
        kind, _, number = (order.anchor(mark.place) or "").partition("-")
        if one is None and kind == "statement":
            position = _quoted(view.report.book.statements[int(number)], mark.place.excerpt)
            if position is not None:
                cells.setdefault(int(number), {})[position] = mark
            continue
        found = _in_prose(view, mark, order)
        if found is not None:
            paragraph, start, end = found
            sentences.setdefault(paragraph, []).append((start, end, mark))
    tables = [_rows(view, index, marked) for index, marked in list(cells.items())[:TABLES]]
    said = [_sentence(view, n, spans) for n, spans in list(sentences.items())[:SENTENCES]]
    worst = next((mark for mark in marks), None)
    first_in_prose = worst is not None and any(
        s[2] is worst for spans in sentences.values() for s in spans
    )
    return [*said, *tables] if first_in_prose else [*tables, *said]


def _quoted(statement: Statement, excerpt: str) -> tuple[int, int] | None:
    """The cell that a mark quotes; None if no cell says that, or several do."""
    wanted = "".join(excerpt.split())
    found = [
        (r, c)
        for r, row in enumerate(statement.rows)
        for c, text in enumerate(row)
        if wanted and "".join(text.split()) == wanted
    ]
    return found[0] if len(found) == 1 else None


def _in_prose(view: View, mark: Mark, order: Order) -> tuple[int, int, int] | None:
    """(paragraph, start, end) of a mark: by its figure, else by the words it quotes."""
    figure = view.figures.get(mark.figure)
    if figure is not None and figure.paragraph is not None and figure.start is not None:
        return figure.paragraph, figure.start, figure.start + len(figure.text)
    kind, _, number = (order.anchor(mark.place) or "").partition("-")
    if kind != "paragraph":
        return None
    text, quoted = view.report.book.paragraphs[int(number)].text, mark.place.excerpt.strip()
    start = text.find(quoted) if quoted else -1
    return None if start < 0 else (int(number), start, start + len(quoted))


def _sentence(view: View, paragraph: int, spans: Spans) -> Html:
    text = view.report.book.paragraphs[paragraph].text
    spans = sorted(_apart(spans))
    first, last = _bounds(text, spans)
    parts: list[Part] = ["…" if first else ""]
    done = first
    for start, end, mark in spans:
        if start >= last or start < done:
            continue
        parts += [_shortened(text[done:start]), _marked(mark, text[start:end])]
        done = end
    parts += [text[done:last], "…" if last < len(text) else ""]
    where = tag(
        "a",
        view.where(view.report.book.paragraphs[paragraph].place),
        href=f"#paragraph-{paragraph}",
    )
    lines = [tag("p", parts, lang=BOOK_LANG)]
    if len(text) <= SHORT:  # a heading or a line of a list says little without its neighbours
        lines = [*_beside(view, paragraph - 1), *lines, *_beside(view, paragraph + 1)]
    return tag("blockquote", lines, tag("footer", where), class_="excerpt")


def _beside(view: View, paragraph: int) -> list[Html]:
    paragraphs = view.report.book.paragraphs
    if not 0 <= paragraph < len(paragraphs):
        return []
    text = paragraphs[paragraph].text
    shown = text if len(text) <= AROUND else f"{text[:AROUND]}…"
    return [tag("p", shown, class_="beside", lang=BOOK_LANG)]


def _apart(spans: Spans) -> Iterator[tuple[int, int, Mark]]:
    """Of spans that overlap (a figure in a quoted sentence) the shorter."""
    taken: Spans = []
    for span in sorted(spans, key=lambda s: (s[1] - s[0], KINDS.index(s[2].kind))):
        if all(span[1] <= other[0] or span[0] >= other[1] for other in taken):
            taken.append(span)
            yield span


def _bounds(text: str, spans: Spans) -> tuple[int, int]:
    """The sentences around the spans; of long ones what stands near."""
    low, high = spans[0][0], max(end for _, end, _ in spans)
    stops = [m.end() for m in _STOPS.finditer(text)]
    first = max((s for s in stops if s <= low), default=0)
    last = min((s for s in stops if s >= high), default=len(text))
    first = first if low - first <= 2 * AROUND else low - AROUND
    last = last if last - high <= 2 * AROUND else high + AROUND
    return first, last


def _shortened(text: str) -> str:
    return text if len(text) <= 4 * AROUND else f"{text[:AROUND]} … {text[-AROUND:]}"


def _marked(mark: Mark, shown: str) -> Html:
    marked = tag("mark", shown, class_=mark.kind)
    return tag("a", marked, href=href(anchor(mark.figure))) if mark.figure else marked


def _rows(view: View, index: int, marked: Mapping[tuple[int, int], Mark]) -> Html:
    statement = view.report.book.statements[index]
    rows = _chosen([r for r, _ in marked], ROWS)
    columns = _columns(statement, list(marked))
    body: list[Part] = []
    before = -1
    for r in rows:
        if r > before + 1:
            body.append(tag("tr", tag("td", "⋮", colspan=len(columns)), class_="gap"))
        body.append(tag("tr", [_cell(statement, r, c, marked.get((r, c))) for c in columns]))
        before = r
    if before + 1 < len(statement.rows):
        body.append(tag("tr", tag("td", "⋮", colspan=len(columns)), class_="gap"))
    head = tag("tr", [tag("th", _header(statement.columns[c]), scope="col") for c in columns])
    left_out = len({r for r, _ in marked} - set(rows))
    caption: list[Part] = [tag("a", view.statement_name(index), href=f"#statement-{index}")]
    if statement.unit:
        caption.append(" " + view.words("page", "unit", unit=statement.unit))
    if left_out:
        caption.append(" " + view.words("page", "rows_left_out", n=left_out))
    return tag(
        "table",
        tag("caption", caption),
        tag("thead", head, lang=BOOK_LANG),
        tag("tbody", body, lang=BOOK_LANG),
        class_="excerpt",
    )


def _chosen(given: Sequence[int], room: int) -> list[int]:
    """The first ``room`` of the numbers (worst first), in ascending order."""
    return sorted(list(dict.fromkeys(given))[:room])


def _columns(statement: Statement, marked: Sequence[tuple[int, int]]) -> list[int]:
    """Marked columns and those that name their rows; beside words also what else is in the row."""
    known = range(len(statement.columns))
    chosen = _chosen([c for _, c in marked], COLUMNS)
    sides = {statement.columns[c].side for c in chosen if c in known}
    labels = label_columns(statement.columns)
    wanted = set(chosen)
    for c in known:
        column = statement.columns[c]
        if column.side in sides and (c in labels or column.role == "code"):
            wanted.add(c)
    for row, c in marked:
        if c in known and statement.columns[c].role not in _NUMERIC:
            wanted.update(k for k, text in enumerate(statement.rows[row]) if text.strip())
    return sorted(c for c in wanted if c in known)


def _header(column: Column) -> str:
    path = [part.strip() for part in column.header if part.strip()]
    return " / ".join(dict.fromkeys(path[-2:]))


def _cell(statement: Statement, row: int, column: int, mark: Mark | None) -> Html:
    text = statement.rows[row][column] if column < len(statement.rows[row]) else ""
    numeric = statement.columns[column].role in _NUMERIC and _NUMBER.fullmatch(text.strip())
    shown = text if mark is None else _marked(mark, text.strip() or "□")
    if mark is None and text.strip() and column in label_columns(statement.columns):
        return tag("th", shown, scope="row")
    return tag("td", shown, class_="n" if numeric else None)
