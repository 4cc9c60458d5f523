"""The resources of the package: which columns each has, and its rows from the edition."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from mingzhang.model.edition import Contents, Edition, Heading, LineItem, Prose, Span, Table
from mingzhang.model.money import Printed, parse_printed
from mingzhang.publish.data.codes import code_lists, linked
from mingzhang.publish.data.coordinates import SHOWN, TITLES, coordinate_fields, coordinates
from mingzhang.publish.data.indicators import indicator_resources
from mingzhang.publish.data.resource import Field, Link, Resource, Row, Value

_LINE_ORDER = (
    "entity",
    "flow",
    "fund",
    "function",
    "economic",
    "gov_economic",
    "nature",
    "project",
    "part",
    "procurement",
    "reserved",
)
_DIRECTIONS = ("增加", "减少", "增长", "下降", "上升", "降低")


def resources_of(edition: Edition) -> tuple[Resource, ...]:
    """All resources; those that would be empty, line items among them, are left out."""
    tables = [_statements(edition), _cells(edition), _text(edition), _claims(edition)]
    tables += [_lines(edition), *indicator_resources(edition)]
    codes = code_lists(edition, tables)
    joined = [linked(table, codes) for table in tables if table.rows]
    return (*joined, *codes)


def numbered_tables(edition: Edition) -> Iterator[tuple[int, Table]]:
    """Every table with its number in the package, from 1 in reading order."""
    return enumerate(edition.tables, 1)


def _statements(edition: Edition) -> Resource:
    fields = (
        Field("statement", "integer", "报表序号，按书中次序", True),
        Field("kind", "string", "报表种类", True),
        Field("number", "string", "报表编号"),
        Field("title", "string", "报表名称（空为文字中的小表）"),
        Field("entity_label", "string", "编制单位前的标签"),
        Field("entity", "string", "编制单位"),
        Field("unit", "string", "金额单位"),
        Field("decimals", "integer", "小数位数"),
        Field("header_rows", "integer", "表头行数", True),
        Field("rows", "integer", "表头和表体的总行数", True),
        Field("columns", "integer", "列数", True),
    )
    rows = tuple(
        (
            n,
            t.kind,
            t.number,
            t.title,
            t.entity_label,
            t.entity,
            t.unit.value if t.unit else "",
            t.decimals,
            t.depth,
            t.depth + len(t.rows),
            len(t.columns),
        )
        for n, t in numbered_tables(edition)
    )
    return Resource("statements", "报表", fields, rows, ("statement",))


def _cells(edition: Edition) -> Resource:
    fields = (
        Field("statement", "integer", "报表序号", True),
        Field("row", "integer", "行号，表头第一行为 1", True),
        Field("column", "integer", "列号，从 1 起", True),
        Field("rows", "integer", "合并的行数", True),
        Field("columns", "integer", "合并的列数", True),
        Field("header", "boolean", "是否表头", True),
        Field("text", "string", "单元格原文"),
        Field("amount", "number", "金额（元），即印出的数"),
        Field("decimals", "integer", "印出的小数位数"),
        *coordinate_fields(),
    )
    rows = tuple(row for n, table in numbered_tables(edition) for row in _cell_rows(n, table))
    links = (Link("statement", "statements", "statement"),)
    key = ("statement", "row", "column")
    return Resource("cells", "报表单元格", fields, rows, key, links, large=True)


def _cell_rows(number: int, table: Table) -> Iterator[Row]:
    blank = (None,) * (2 + len(SHOWN))
    heads = sorted(table.header_cells(), key=lambda h: (h.row, h.column))
    for h in heads:
        place = (h.row + 1, h.column + 1, h.rows, h.columns)
        yield (number, *place, "true", h.text, *blank)
    for r, row in enumerate(table.rows, table.depth + 1):
        for c, cell in enumerate(row.cells, 1):
            if not (cell.rows and cell.columns):
                continue
            rest: Row = blank
            # of a figure kept back, nothing but what is printed in its place
            if cell.quantity is not None and cell.fen is not None and not cell.withheld:
                decimals = len(cell.text.partition(".")[2]) if cell.text else table.decimals
                amount = _yuan(cell.fen) if cell.quantity.measure == "money" else None
                rest = (amount, decimals, *coordinates(cell.quantity))
            yield (number, r, c, cell.rows, cell.columns, "false", cell.text, *rest)


def _text(edition: Edition) -> Resource:
    fields = (
        Field("block", "integer", "次序，从 1 起", True),
        Field(
            "kind",
            "string",
            "title 书名，published 公布日期，contents 目录，contents-line 目录行，"
            "heading 标题，paragraph 段落，table 报表所在，note 表注",
            True,
        ),
        Field("level", "integer", "标题或目录行的级次"),
        Field("text", "string", "文字"),
        Field("statement", "integer", "报表序号（table、note）"),
    )
    rows = tuple((n, *row) for n, (row, _) in enumerate(_blocks(edition), 1))
    links = (Link("statement", "statements", "statement"),)
    return Resource("text", "全书文字，按阅读次序", fields, rows, ("block",), links)


def _blocks(edition: Edition) -> Iterator[tuple[tuple[Value, ...], Prose | None]]:
    """What text.csv says after the number of each block, and its prose."""
    yield ("title", None, edition.title, None), None
    if edition.published:
        dated = f"公布日期：{edition.published:%Y-%m-%d}"
        yield ("published", None, dated, None), None
    table = 0
    for block in edition.body:
        if isinstance(block, Heading):
            yield ("heading", block.level, block.text, None), None
        elif isinstance(block, Prose):
            yield ("paragraph", None, block.text, None), block
        elif isinstance(block, Contents):
            yield ("contents", None, block.title, None), None
            for level, text in edition.contents():
                yield ("contents-line", level, text, None), None
        else:
            table += 1
            yield ("table", None, "", table), None
            for note in block.notes:
                yield ("note", None, note, table), None


def _claims(edition: Edition) -> Resource:
    fields = (
        Field("block", "integer", "所在段落（text 的 block）", True),
        Field("start", "integer", "在段落中的位置，第一个字为 0", True),
        Field("text", "string", "原文中的数", True),
        Field("unit", "string", "单位", True),
        Field("direction", "string", "数前的增减用语；数本身不带正负号"),
        Field("value", "number", "以该单位计的数", True),
        Field("amount", "number", "金额（元）；不是金额的为空"),
        Field("decimals", "integer", "小数位数", True),
        *coordinate_fields(),
    )
    rows = tuple(
        row
        for n, (_, prose) in enumerate(_blocks(edition), 1)
        if prose is not None
        for row in _claim_rows(n, prose)
    )
    links = (Link("block", "text", "block"),)
    return Resource("claims", "文字中的数", fields, rows, ("block", "start"), links, large=True)


def _claim_rows(block: int, prose: Prose) -> Iterator[Row]:
    start = 0
    for span in prose.spans:
        found = _printed(span)
        if found is not None and span.quantity is not None:
            before = prose.text[:start]
            word = next((d for d in _DIRECTIONS if before.endswith(d)), "")
            amount = _yuan(found.fen) if found.unit.is_money else None
            figure = (span.text, found.unit.value, word, found.value, amount, found.decimals)
            yield (block, start, *figure, *coordinates(span.quantity))
        start += len(span.text)


def _printed(span: Span) -> Printed | None:
    if span.quantity is None or span.unit is None:
        return None
    return parse_printed(span.text, span.unit)


def _lines(edition: Edition) -> Resource:
    fields = (
        Field("line", "integer", "序号", True),
        *(Field(c, "string", TITLES.get(c, "政府支出经济分类科目编码")) for c in _LINE_ORDER),
        Field("amount", "number", "金额（元）", True),
    )
    rows = tuple(_line_row(n, item) for n, item in enumerate(edition.lines, 1))
    return Resource("lines", "明细", fields, rows, ("line",), large=True)


def _line_row(number: int, item: LineItem) -> Row:
    coordinates: Row = tuple(item.coordinates.get(c) for c in _LINE_ORDER)
    return (number, *coordinates, _yuan(item.fen))


def _yuan(fen: int) -> Decimal:
    return Decimal(fen).scaleb(-2)
