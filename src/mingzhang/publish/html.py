"""Edition → one self-contained HTML page, accessible (WCAG 2.2 AA) and fit to print.

Headers carry scopes; where a scope cannot say which figures it heads (several header rows, two sides,
merged cells), each figure names its header cells by id, so that a screen reader says what it is.
Needs no network; contains nothing but what the edition does.
"""

from __future__ import annotations

import html
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from importlib.resources import files
from pathlib import Path

from mingzhang.catalog.source import table as catalog
from mingzhang.files import write_beside
from mingzhang.model.edition import Contents, Edition, Heading, Prose, Table, TableRow
from mingzhang.publish.characters import writable

_LABELS = ("name", "code", "entity", "year")
_DEEPEST = 6  # HTML has no further heading
_LONG = 40  # rows from which on a table scrolls by itself and keeps its header in sight
_WORDS = 10  # characters from which on a text must not stand in a narrow column
_LEVELS = 6  # of indentation in html.css
_NUMBER = re.compile(r"[+\-−]?[\d,]+(?:\.\d+)?[%％]?")


def publish_html(edition: Edition, path: Path) -> None:
    """Write the page whole or not at all. Raises OSError."""
    write_beside(path, html_of(edition).encode("utf-8"))


def html_of(edition: Edition) -> str:
    """The page as text: the same edition gives the same text."""
    css = files("mingzhang.publish").joinpath("html.css").read_text("utf-8")
    words = catalog("publish.toml")["html"]
    title = _escaped(edition.title)
    dated = (
        f"<p>{words['updated']}：<time>{edition.published:%Y-%m-%d}</time></p>"
        if edition.published
        else ""
    )
    parts = [
        "<!DOCTYPE html>",
        f'<html lang="{_escaped(edition.language)}">',
        "<head>",
        '<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{title}</title>",
        f'<meta name="author" content="{_escaped(edition.department)}">',
        f"<style>\n{css}</style>",
        "</head>",
        "<body>",
        f'<a class="skip" href="#main">{words["skip"]}</a>',
        f'<header class="cover"><h1>{title}</h1>{dated}</header>',
        '<main id="main" tabindex="-1">',
        *_body(edition),
        "</main>",
        "</body>",
        "</html>",
    ]
    return "\n".join(parts) + "\n"


def _escaped(text: str) -> str:
    return html.escape(writable(text))


def _body(edition: Edition) -> Iterator[str]:
    above = 1  # the level of the heading that what follows stands under
    for index, block in enumerate(edition.body):
        if isinstance(block, Heading):
            # a passage may leave a level out; what reads headings aloud must not
            above = min(block.level + 1, above + 1, _DEEPEST)
            yield f'<h{above} id="b{index}" class="at-{block.level}">{_escaped(block.text)}</h{above}>'
        elif isinstance(block, Prose):
            css = ' class="body"' if block.indent else ""
            yield f"<p{css}>{_escaped(block.text)}</p>"
        elif isinstance(block, Contents):
            yield from _contents(edition, block)
        else:
            yield from _table(block, index, min(above + 1, _DEEPEST))


def _contents(edition: Edition, block: Contents) -> Iterator[str]:
    title = _escaped(block.title)
    yield f'<nav aria-labelledby="contents"><h2 id="contents">{title}</h2><ol>'
    for index, other in enumerate(edition.body):
        if isinstance(other, Heading) and other.level <= 2:
            css = "whole" if other.level == 1 else "part"
            yield f'<li class="{css}"><a href="#b{index}">{_escaped(other.text)}</a></li>'
        elif isinstance(other, Table) and other.title:
            text = _escaped(f"{other.number}　{other.title}".strip("　"))
            yield f'<li class="part"><a href="#b{index}">{text}</a></li>'
    yield "</ol></nav>"


def _table(table: Table, index: int, level: int) -> Iterator[str]:
    side = " landscape" if table.landscape else ""
    label = f'aria-label="{_escaped("、".join(c.header[-1] for c in table.columns))}"'
    yield f'<section class="statement{side}">' if table.title else "<div>"
    if table.title:
        # what a statement is and in which unit stands before it as text, so that any reader finds it
        label = f'aria-labelledby="b{index}"'
        if table.number:
            label = f'aria-labelledby="b{index}n b{index}"'
            yield f'<p class="number" id="b{index}n">{_escaped(table.number)}</p>'
        yield f'<h{level} id="b{index}">{_escaped(table.title)}</h{level}>'
        yield f'<div class="line"><p>{_escaped(table.entity_label)}：{_escaped(table.entity)}</p>'
        if table.unit is not None:
            unit = catalog("publish.toml")["words"]["unit"]
            yield f"<p>{unit}：{_escaped(table.unit.value)}</p>"
        yield "</div>"
    long = " long" if len(table.rows) > _LONG else ""
    # what scrolls sideways on a small screen must be reached by the keyboard, and have a name
    yield f'<div class="wide{long}" tabindex="0" role="group" {label}><table {label}>'
    yield from _groups(table)
    yield from _head(table, index)
    yield "<tbody>"
    yield from _rows(table, index)
    yield "</tbody></table></div>"
    for note in table.notes:
        yield f'<p class="note">{_escaped(note)}</p>'
    yield "</section>" if table.title else "</div>"


def _groups(table: Table) -> Iterator[str]:
    """The groups of columns, without which no header may have the scope of one."""
    spans = [cell.columns for cell in table.header_cells() if cell.row == 0]
    if any(span > 1 for span in spans):
        for span in spans:
            yield (
                "<colgroup><col></colgroup>"
                if span == 1
                else f'<colgroup span="{span}"></colgroup>'
            )


def _head(table: Table, index: int) -> Iterator[str]:
    yield "<thead>"
    cells = table.header_cells()
    for row in range(table.depth):
        out = []
        for cell in (c for c in cells if c.row == row):
            scope = "colgroup" if cell.columns > 1 else "col"
            out.append(
                f'<th id="b{index}h{cell.row}-{cell.column}" scope="{scope}"'
                f"{_spans(cell.rows, cell.columns)}>{_escaped(cell.text)}</th>"
            )
        yield f"<tr>{''.join(out)}</tr>"
    yield "</thead>"


def _rows(table: Table, index: int) -> Iterator[str]:
    above = _headers_of_columns(table, index)
    sides = len({column.side for column in table.columns}) > 1
    told = table.depth > 1 or sides or any(row.kind == "header" for row in table.rows)
    numbers = _columns_of_numbers(table)
    entity: list[str] = []  # a unit is named in its first row, and stands for those below
    for r, row in enumerate(table.rows):
        if row.kind == "header":  # what follows is headed by this row, whatever heads the table
            above = {**above}
            for c, cell in enumerate(row.cells):
                heads = f"b{index}r{r}-{c}" if cell.text else above[c]
                above.update(dict.fromkeys(range(c, c + cell.columns), heads))
        units = [c for c, column in enumerate(table.columns) if column.role == "entity"]
        if row.kind == "total" or any(row.cells[c].text for c in units):
            entity = []
        named = above if told or units else {}
        yield _row(table, row, f"b{index}r{r}", named, entity, numbers[r])
        entity = [f"b{index}r{r}-{c}" for c in units if row.cells[c].text] or entity


def _columns_of_numbers(table: Table) -> Sequence[frozenset[int]]:
    """For each row the columns that hold mostly numbers as far as one head row reaches."""
    out: list[frozenset[int]] = []
    parts: list[list[TableRow]] = [[]]
    for row in table.rows:
        if row.kind == "header":
            parts.append([])
        parts[-1].append(row)
    for part in parts:
        said: dict[int, list[str]] = {}
        for row in part:
            for c, cell in enumerate(row.cells):
                if row.kind != "header" and cell.text and cell.columns == 1:
                    said.setdefault(c, []).append(cell.text.strip())
        numeric = frozenset(
            c for c, texts in said.items() if 2 * sum(map(_is_number, texts)) >= len(texts)
        )
        out += [numeric] * len(part)
    return out


def _is_number(text: str) -> bool:
    return _NUMBER.fullmatch(text.strip()) is not None


def _headers_of_columns(table: Table, index: int) -> Mapping[int, str]:
    """For each column the ids of its header cells, from the top."""
    out: dict[int, list[str]] = {c: [] for c in range(len(table.columns))}
    for head in table.header_cells():
        for c in range(head.column, head.column + head.columns):
            out[c].append(f"b{index}h{head.row}-{head.column}")
    return {c: " ".join(ids) for c, ids in out.items()}


def _row(
    table: Table,
    row: TableRow,
    key: str,
    above: Mapping[int, str],
    entity: Sequence[str],
    numbers: Collection[int],
) -> str:
    """A row; ``above`` are the ids of the header cells of each column, if figures must name them.

    ``entity`` is that of a unit named further up, which this row belongs to; ``numbers`` are the
    columns that hold mostly numbers here: these are lined up like figures.
    """
    css = {"header": ' class="head"'}.get(row.kind, ' class="total"' if row.bold else "")
    labels = [c for c, cell in enumerate(row.cells) if cell.text and _is_label(table, row, c)]
    out = []
    for c, cell in enumerate(row.cells):
        if not (cell.rows and cell.columns):
            continue
        spans, text = _spans(cell.rows, cell.columns), _escaped(cell.text)
        if row.kind == "header" and cell.text:
            out.append(f'<th scope="col" id="{key}-{c}"{spans}>{text}</th>')
        elif c in labels:
            name = table.columns[c].role == "name"
            level = f" level-{min(row.level, _LEVELS)}" if row.level else ""
            look = f' class="name{level}"' if name else ""
            scope = "rowgroup" if cell.rows > 1 else "row"
            out.append(f'<th scope="{scope}" id="{key}-{c}"{look}{spans}>{text}</th>')
        else:
            words = ' class="words"' if len(cell.text) > _WORDS and cell.columns == 1 else ""
            figure = cell.quantity is not None or (c in numbers and _is_number(cell.text))
            look = ' class="figure"' if figure else words
            side = table.columns[c].side
            beside = [f"{key}-{n}" for n in labels if table.columns[n].side == side]
            ids = " ".join([above[c], *entity, *beside]) if above and cell.text else ""
            named = f' headers="{ids}"' if ids else ""
            out.append(f"<td{look}{named}{spans}>{text}</td>")
    return f"<tr{css}>{''.join(out)}</tr>"


def _is_label(table: Table, row: TableRow, c: int) -> bool:
    cell = row.cells[c]
    return cell.quantity is None and table.columns[c].role in _LABELS and bool(cell.columns)


def _spans(rows: int, columns: int) -> str:
    return (f' rowspan="{rows}"' if rows > 1 else "") + (
        f' colspan="{columns}"' if columns > 1 else ""
    )
