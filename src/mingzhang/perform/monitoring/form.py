"""The form 绩效运行监控表 as an Edition: a summary of the money, then every project, then the department.

What is withheld 涉密 has been left out by ``monitor``; totals are sums of what is printed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from mingzhang.catalog import performance_year as catalog
from mingzhang.model.edition import (
    COVERED,
    Block,
    Contents,
    Edition,
    Heading,
    Prose,
    Span,
    Sum,
    Table,
    TableCell,
    TableColumn,
    TableRow,
)
from mingzhang.perform.execution.risk import percent
from mingzhang.perform.execution.state import Standing
from mingzhang.perform.monitoring.cells import DECIMALS, UNIT, Words, money_cells, share_text
from mingzhang.perform.monitoring.monitor import Monitored, Monitoring
from mingzhang.perform.monitoring.progress import Progress
from mingzhang.perform.monitoring.remarks import Remark
from mingzhang.perform.telling import wan

_AMOUNTS = 3  # 年初预算数, 调整后预算数, 执行数
_WIDTH = 9  # columns of a project's form
_SUMMARY_WIDTHS = (2.3, 1.2, 1.2, 1.2, 0.9, 0.9, 0.9, 2.6, 1.1, 0.8)
_INDICATOR_WIDTHS = (0.9, 1.0, 1.4, 1.5, 1.3, 1.8, 1.1, 1.6, 1.9)
_MONEY_WIDTHS = (1.6, 1.2, 1.2, 1.2, 0.9, 0.9, 0.9, 2.6, 0.9)


def monitoring_edition(found: Monitoring) -> Edition:
    """The form, ready for every publisher; the same monitoring gives the same edition."""
    words = Words(found)
    body: tuple[Block, ...] = (
        Contents(),
        Heading(2, words("heading")),
        _prose(_told(found, words)),
        _prose(words("classes", **_bounds())),
        _summary(found, words),
        *(_own(one.project, one, found, words) for one in found.projects),
        _own(words("department"), found.whole, found, words),
    )
    return Edition(
        title=words("title", department=found.department, year=found.year, period=words.period),
        department=found.department,
        year=found.year,
        stage="final",
        layout=words("layout"),
        body=body,
        unit=UNIT,
        rounding="independent",
    )


def _prose(text: str) -> Prose:
    return Prose((Span(text),))


def _bounds() -> dict[str, str]:
    """The bounds of the classes, for the reader of the form: those of indicators begin with i_."""
    return {
        f"{prefix}{key}": f"{Decimal(str(value)):f}"
        for prefix, name in (("", "money"), ("i_", "indicator"))
        for key, value in catalog.section(name).items()
    }


def _told(found: Monitoring, words: Words) -> str:
    whole, shown = found.whole.standing, found.projects
    seen = {p.line.id: p for m in (found.whole, *shown) for p in m.progress}
    levels = [p.level for p in seen.values()]
    return words(
        "told",
        year=found.year,
        date=words.date,
        department=found.department,
        budget=wan(whole.budget),
        adjusted=wan(whole.adjusted),
        paid=wan(whole.paid),
        rate=share_text(whole.rate),
        pace=percent(found.state.pace),
        count=len(shown),
        **{level: sum(p.level == level for p in shown) for level in catalog.LEVELS},
        lines=len(levels),
        on=levels.count("normal"),
        off=levels.count("attention") + levels.count("warning"),
        unknown=levels.count("unknown"),
    )


# ------------------------------------------------------------------ the summary
def _summary(found: Monitoring, words: Words) -> Table:
    state = found.state
    rows = [
        _line(words("total"), state.whole, found.whole, found, words, "total"),
        _line(words("basic"), state.basic, None, found, words, "item"),
        _line(words("projects"), state.together, None, found, words, "subtotal"),
        *(_line(p.project, p.standing, p, found, words, "project") for p in found.projects),
    ]
    heads = words.list("columns")
    roles = ("name", "amount", "amount", "amount", *("text",) * 6)
    return Table(
        kind="monitoring",
        number="",
        title=words("table"),
        unit=UNIT,
        decimals=DECIMALS,
        columns=tuple(
            TableColumn((head,), role, width)
            for head, role, width in zip(heads, roles, _SUMMARY_WIDTHS, strict=True)
        ),
        rows=tuple(rows),
        entity=found.department,
        notes=(
            words("note", method=catalog.method("zh", state.whole.forecast.seasonal)),
            *((words("partial"),) if found.partial else ()),
            words("made", department=found.department, year=found.year, date=words.date),
            words("signed"),  # by hand
        ),
        landscape=True,
        coordinates={"flow": "expenditure"},
        sums=tuple(_sums(len(rows))),
    )


def _sums(rows: int) -> Iterator[Sum]:
    for column in range(1, _AMOUNTS + 1):
        yield Sum((0, column), ((1, column), (2, column)), (1, 1))
        if rows > 3:
            parts = tuple((row, column) for row in range(3, rows))
            yield Sum((2, column), parts, (1,) * len(parts))


def _line(
    label: str,
    standing: Standing,
    one: Monitored | None,
    found: Monitoring,
    words: Words,
    kind: str,
) -> TableRow:
    counts, level = words("none"), words("none")
    if one is not None:
        if one.progress:
            off = one.count("attention", "warning")
            counts = f"{one.count('normal')}/{off}/{one.count('unknown')}"
        level = catalog.level_name(one.level)
    cells = (*money_cells(standing, found, words), TableCell(counts), TableCell(level))
    depth = 1 if kind == "project" else 0
    return TableRow((TableCell(label), *cells), kind, depth, bold=kind in ("total", "subtotal"))


# ------------------------------------------------------------------ one project, or the department
def _texts(one: Monitored, words: Words) -> Iterator[TableRow]:
    """The goal in words, why the money is off track, and what was said about it: one row each."""
    remark = one.remark
    found = (
        ("goal", one.overall),
        ("why", one.risk.said()),
        ("reason", remark.reason if remark else ""),
        ("measure", _measure(remark, words)),
    )
    for key, text in found:
        if text:
            cells = (TableCell(words(key)), TableCell(text, columns=_WIDTH - 1))
            yield TableRow((*cells, *[COVERED] * (_WIDTH - 2)), "text")


def _own(name: str, one: Monitored, found: Monitoring, words: Words) -> Table:
    """The money first, then the goals, as finance bureaus have it; each under a header of its own."""
    of_money = words.list("money")
    money = (
        TableCell(name),
        *money_cells(one.standing, found, words),
        TableCell(catalog.level_name(one.level)),
    )
    rows = [TableRow(money, "project"), *_texts(one, words)]
    indicators = list(_indicators(one, found, words))
    if indicators:
        heads = tuple(TableCell(head) for head in words.list("indicators"))
        rows += [TableRow(heads, "header", bold=True), *indicators]
    widths = _INDICATOR_WIDTHS if indicators else _MONEY_WIDTHS
    return Table(
        kind="monitoring",
        number="",
        title=words("own", name=name),
        unit=UNIT,
        decimals=DECIMALS,
        columns=tuple(
            TableColumn((head,), "text", width)
            for head, width in zip(of_money, widths, strict=True)
        ),
        rows=tuple(rows),
        entity=found.department,
        notes=(words("signed"),),
        landscape=True,
        coordinates={"flow": "expenditure"},
    )


def _indicators(one: Monitored, found: Monitoring, words: Words) -> Iterator[TableRow]:
    for item in one.progress:
        line = item.line
        remark = None
        if item.level in ("attention", "warning"):
            remark = found.remarks.of("", line.id) or _owner(item, found, one).remark
        texts = (
            line.level1,  # in every row: a form goes over pages
            line.level2,
            line.level3,
            _target(item),
            item.text or words("none"),
            _standing(item),
            (remark.expected if remark else "") or item.expected or words("none"),
            remark.reason if remark else "",
            _measure(remark, words),
        )
        yield TableRow(tuple(TableCell(text) for text in texts), "goal")


def _owner(item: Progress, found: Monitoring, one: Monitored) -> Monitored:
    """The project that answers for an indicator; the department where none does."""
    mine = (p for p in found.projects if any(q.line.id == item.line.id for q in p.progress))
    return next(mine, one)


def _target(item: Progress) -> str:
    line = item.line
    return line.target if not line.unit or line.unit in line.target else line.target + line.unit


def _standing(item: Progress) -> str:
    """正常, 关注, 预警 with why; or what is lacking."""
    if item.level == "normal":
        return catalog.level_name("normal")
    return f"{catalog.level_name(item.level)}：{item.why()}"


def _measure(remark: Remark | None, words: Words) -> str:
    """The measure, who answers for it and until when."""
    if remark is None:
        return ""
    who = words("responsible", who=remark.responsible) if remark.responsible else ""
    by = words("by", month=remark.by.month, day=remark.by.day) if remark.by else ""
    tail = "，".join(_filled((who, by)))
    return f"{remark.measure}（{tail}）" if tail else remark.measure


def _filled(texts: Iterable[str]) -> list[str]:
    return [text for text in texts if text]
