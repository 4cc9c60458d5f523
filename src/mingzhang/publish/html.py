"""Edition → one self-contained HTML page, accessible (WCAG 2.1 AA) and fit to print.

Headers carry scopes and ids; each figure names its header cells, so that a screen reader says what
it is. Needs no network; contains nothing but what the edition does.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from importlib.resources import files
from pathlib import Path

from mingzhang.files import write_beside
from mingzhang.model.edition import Contents, Edition, Heading, Prose, Table, TableCell, TableRow

_WORDS = {"skip": "跳到正文", "unit": "单位", "contents": "目录", "updated": "公布日期"}
_LABELS = ("name", "code", "entity", "year")


def publish_html(edition: Edition, path: Path) -> None:
    """Write the page whole or not at all. Raises OSError."""
    write_beside(path, html_of(edition).encode("utf-8"))


def html_of(edition: Edition) -> str:
    """The page as text: the same edition gives the same text."""
    css = files("mingzhang.publish").joinpath("html.css").read_text("utf-8")
    title = escape(edition.title)
    dated = (
        f"<p>{_WORDS['updated']}：<time>{edition.published:%Y-%m-%d}</time></p>"
        if edition.published
        else ""
    )
    parts = [
        "<!DOCTYPE html>",
        f'<html lang="{escape(edition.language)}">',
        "<head>",
        '<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{title}</title>",
        f'<meta name="author" content="{escape(edition.department)}">',
        f"<style>\n{css}</style>",
        "</head>",
        "<body>",
        f'<a class="skip" href="#main">{_WORDS["skip"]}</a>',
        f'<header class="cover"><h1>{title}</h1>{dated}</header>',
        '<main id="main">',
        *_body(edition),
        "</main>",
        "</body>",
        "</html>",
    ]
    return "\n".join(parts) + "\n"


def _body(edition: Edition) -> Iterator[str]:
    for index, block in enumerate(edition.body):
        if isinstance(block, Heading):
            level = min(block.level + 1, 5)
            yield f'<h{level} id="b{index}">{escape(block.text)}</h{level}>'
        elif isinstance(block, Prose):
            css = ' class="body"' if block.indent else ""
            yield f"<p{css}>{escape(block.text)}</p>"
        elif isinstance(block, Contents):
            yield from _contents(edition, block)
        else:
            yield from _table(block, index)


def _contents(edition: Edition, block: Contents) -> Iterator[str]:
    yield f'<nav aria-label="{escape(block.title)}"><h2>{escape(block.title)}</h2><ol>'
    for index, other in enumerate(edition.body):
        if isinstance(other, Heading) and other.level <= 2:
            css = "whole" if other.level == 1 else "part"
            yield f'<li class="{css}"><a href="#b{index}">{escape(other.text)}</a></li>'
        elif isinstance(other, Table) and other.title:
            text = escape(f"{other.number}　{other.title}".strip("　"))
            yield f'<li class="part"><a href="#b{index}">{text}</a></li>'
    yield "</ol></nav>"


def _table(table: Table, index: int) -> Iterator[str]:
    side = " landscape" if table.landscape else ""
    named = f' aria-labelledby="b{index}"' if table.title else ""
    yield f'<section class="statement{side}"{named}>' if table.title else "<div>"
    if table.title:
        # what a statement is and in which unit stands before it as text, so that any reader finds it
        if table.number:
            yield f"<p>{escape(table.number)}</p>"
        yield f'<h4 id="b{index}">{escape(table.title)}</h4>'
        yield f"<p>{escape(table.entity_label)}：{escape(table.entity)}</p>"
        if table.unit is not None:
            yield f"<p>{_WORDS['unit']}：{escape(table.unit.value)}</p>"
    label = escape(table.title or "、".join(c.header[-1] for c in table.columns))
    yield f'<div class="wide" tabindex="0" role="region" aria-label="{label}"><table>'
    yield from _head(table, index)
    yield "<tbody>"
    for r, row in enumerate(table.rows):
        yield _row(table, row, r, index)
    yield "</tbody></table></div>"
    for note in table.notes:
        yield f'<p class="note">{escape(note)}</p>'
    yield "</section>" if table.title else "</div>"


def _head(table: Table, index: int) -> Iterator[str]:
    yield "<thead>"
    cells = table.header_cells()
    for row in range(table.depth):
        out = []
        for cell in (c for c in cells if c.row == row):
            scope = "colgroup" if cell.columns > 1 else "col"
            out.append(
                f'<th id="b{index}h{cell.row}-{cell.column}" scope="{scope}"'
                f"{_spans(cell.rows, cell.columns)}>{escape(cell.text)}</th>"
            )
        yield f"<tr>{''.join(out)}</tr>"
    yield "</thead>"


def _row(table: Table, row: TableRow, r: int, index: int) -> str:
    css = ' class="total"' if row.bold else ""
    out = []
    for c, cell in enumerate(row.cells):
        if cell.rows and cell.columns:
            out.append(_cell(table, row, cell, r, c, index))
    return f"<tr{css}>{''.join(out)}</tr>"


def _cell(table: Table, row: TableRow, cell: TableCell, r: int, c: int, index: int) -> str:
    spans = _spans(cell.rows, cell.columns)
    text = escape(cell.text)
    if cell.quantity is not None:
        return f'<td class="figure"{spans}>{text}</td>'
    role = table.columns[c].role
    if role in _LABELS and text:
        css = f' class="level-{min(row.level, 2)}"' if role == "name" and row.level else ""
        return f'<th scope="row" id="b{index}r{r}-{c}"{css}{spans}>{text}</th>'
    return f"<td{spans}>{text}</td>"


def _spans(rows: int, columns: int) -> str:
    return (f' rowspan="{rows}"' if rows > 1 else "") + (
        f' colspan="{columns}"' if columns > 1 else ""
    )
