"""The form 绩效运行监控表 as an Edition: a summary of the money, then every project, then the department.

What is withheld 涉密 has been left out by ``monitor``; totals are sums of what is printed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from fractions import Fraction

from mingzhang.catalog import performance_year as catalog
from mingzhang.model.edition import (
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
from mingzhang.model.money import Unit
from mingzhang.model.quantity import Quantity
from mingzhang.perform.execution.risk import percent
from mingzhang.perform.execution.state import Standing
from mingzhang.perform.monitoring.monitor import Monitored, Monitoring
from mingzhang.perform.monitoring.progress import Progress
from mingzhang.perform.monitoring.remarks import Remark

_UNIT = Unit.WAN
_DECIMALS = 2
_AMOUNTS = 3  # 年初预算数, 调整后预算数, 执行数


def monitoring_edition(found: Monitoring) -> Edition:
    """The form, ready for every publisher; the same monitoring gives the same edition."""
    words = _Words(found)
    body: list[Block] = [Contents()]
    body.append(Heading(2, words("summary")))
    body.append(_prose(_told(found, words)))
    body.append(_summary(found, words))
    body.append(_prose(words("classes")))
    body.append(Heading(2, words("each")))
    for one in found.projects:
        body += _blocks(one, found, words)
    body.append(Heading(2, words("whole")))
    body += _blocks(found.whole, found, words)
    return Edition(
        title=words("title", department=found.department, year=found.year, date=words.date),
        department=found.department,
        year=found.year,
        stage="final",
        layout=words("layout"),
        body=tuple(body),
        unit=_UNIT,
        rounding="independent",
    )


class _Words:
    """The words of [form], and how the period is called on this day."""

    def __init__(self, found: Monitoring) -> None:
        day = found.as_of
        self._texts = catalog.section("form")
        self.date = self("date", month=day.month, day=day.day)
        ends = date.fromordinal(day.toordinal() + 1).day == 1
        self.period = self("month_end" if ends else "day", month=day.month, day=day.day)

    def __call__(self, key: str, **params: object) -> str:
        return str(self._texts[key]).format(**params)

    def list(self, key: str) -> list[str]:
        """The headings of a table."""
        return [str(text).format(period=self.period) for text in self._texts[key]]


def _prose(text: str) -> Prose:
    return Prose((Span(text),))


def _told(found: Monitoring, words: _Words) -> str:
    whole, shown = found.whole.standing, found.projects
    seen = {p.line.id: p for m in (found.whole, *shown) for p in m.progress}
    levels = [p.level for p in seen.values()]
    return words(
        "told",
        year=found.year,
        date=words.date,
        department=found.department,
        budget=_wan(whole.budget),
        adjusted=_wan(whole.adjusted),
        paid=_wan(whole.paid),
        rate=_share(whole.rate),
        pace=percent(found.state.pace),
        count=len(shown),
        **{level: sum(p.level == level for p in shown) for level in catalog.LEVELS},
        lines=len(levels),
        on=levels.count("normal"),
        off=levels.count("attention") + levels.count("warning"),
        unknown=levels.count("unknown"),
    )


# ------------------------------------------------------------------ the summary
def _summary(found: Monitoring, words: _Words) -> Table:
    state = found.state
    rows = [
        _line(words("total"), state.whole, found.whole, found, words, "total"),
        _line(words("basic"), state.basic, None, found, words, "item"),
        _line(words("projects"), state.together, None, found, words, "subtotal"),
        *(_line(p.project, p.standing, p, found, words, "project") for p in found.projects),
    ]
    widths = (2.6, 1.2, 1.2, 1.2, 0.9, 0.9, 0.9, 1.9, 1.3, 0.8)
    heads = words.list("columns")
    roles = ("name", "amount", "amount", "amount", *("text",) * 6)
    return Table(
        kind="monitoring",
        number="",
        title=words("table"),
        unit=_UNIT,
        decimals=_DECIMALS,
        columns=tuple(
            TableColumn((head,), role, width)
            for head, role, width in zip(heads, roles, widths, strict=True)
        ),
        rows=tuple(rows),
        entity=found.department,
        notes=(
            words("note", method=catalog.method("zh", state.whole.forecast.seasonal)),
            *((words("partial"),) if found.partial else ()),
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
    words: _Words,
    kind: str,
) -> TableRow:
    counts, level = words("none"), words("none")
    if one is not None:
        off = one.count("attention", "warning")
        counts = f"{one.count('normal')}/{off}/{one.count('unknown')}"
        level = catalog.level_name(one.level)
    cells = (*_money(standing, found, words), TableCell(counts), TableCell(level))
    depth = 1 if kind == "project" else 0
    return TableRow((TableCell(label), *cells), kind, depth, bold=kind in ("total", "subtotal"))


def _money(standing: Standing, found: Monitoring, words: _Words) -> tuple[TableCell, ...]:
    """年初预算数, 调整后预算数, 执行数, 执行率, 序时进度, 偏差, 全年预计: seven cells."""
    at = _quantity(standing, found.year)
    paid = at.with_(stage="final", local=f"paid {found.as_of:%Y-%m-%d}")
    amounts = (
        (at, standing.budget),
        (at.with_(stage="adjusted"), standing.adjusted),
        (paid, standing.paid),
    )
    deviation = standing.deviation
    return (
        *(TableCell(_wan(fen), quantity, _rounded(fen)) for quantity, fen in amounts),
        TableCell(_share(standing.rate)),
        TableCell(percent(standing.pace)),
        TableCell(words("none") if deviation is None else _signed(deviation)),
        TableCell(_expected(standing, words)),
    )


def _expected(standing: Standing, words: _Words) -> str:
    ahead = standing.forecast
    if ahead.central is None:
        return words("none")
    if ahead.low == ahead.high:
        return _wan(ahead.central)
    return words("range", central=_wan(ahead.central), low=_wan(ahead.low), high=_wan(ahead.high))


def _quantity(standing: Standing, year: int) -> Quantity:
    natures = {"basic": "basic", "projects": "project", "project": "project"}
    return Quantity(
        year=year,
        flow="expenditure",
        nature=natures.get(standing.kind, ""),
        project=standing.name if standing.kind == "project" else "",
        fund=standing.name if standing.kind == "fund" else "",
    )


# ------------------------------------------------------------------ one project, or the department
def _blocks(one: Monitored, found: Monitoring, words: _Words) -> Iterator[Block]:
    name = one.project or words("department")
    yield Heading(3, name)
    if one.overall:
        yield _prose(words("goal", text=one.overall))
    for lines in (one.risk.said(), _answer(one.remark, words)):
        if lines:
            yield _prose(lines)
    yield _own(name, one, found, words)


def _answer(remark: Remark | None, words: _Words) -> str:
    """What was said about a project as a whole, as one paragraph."""
    if remark is None:
        return ""
    heads = words.list("indicators")
    parts = [f"{heads[7]}：{remark.reason}"] if remark.reason else []
    measure = _measure(remark, words)
    return "；".join([*parts, *([f"{heads[8]}：{measure}"] if measure else [])])


def _own(name: str, one: Monitored, found: Monitoring, words: _Words) -> Table:
    heads = words.list("money")
    widths = (1.0, 1.1, 1.5, 1.5, 1.3, 0.9, 1.2, 1.9, 2.1)
    roles = ("text", "amount", "amount", "amount", *("text",) * 5)
    money = (
        TableCell(name),
        *_money(one.standing, found, words),
        TableCell(catalog.level_name(one.level)),
    )
    rows = [TableRow(money, "project")]
    if one.progress:
        titles = tuple(TableCell(head) for head in words.list("indicators"))
        rows.append(TableRow(titles, "header", bold=True))
        rows += _indicators(one, found, words)
    return Table(
        kind="monitoring",
        number="",
        title=words("own", name=name),
        unit=_UNIT,
        decimals=_DECIMALS,
        columns=tuple(
            TableColumn((head,), role, width)
            for head, role, width in zip(heads, roles, widths, strict=True)
        ),
        rows=tuple(rows),
        entity=found.department,
        landscape=True,
        coordinates={"flow": "expenditure"},
    )


def _indicators(one: Monitored, found: Monitoring, words: _Words) -> Iterator[TableRow]:
    before = ("", "")
    for item in one.progress:
        line = item.line
        first = "" if line.level1 == before[0] else line.level1
        second = "" if (line.level1, line.level2) == before else line.level2
        before = (line.level1, line.level2)
        remark = None
        if item.level in ("attention", "warning"):
            remark = found.remarks.of("", line.id) or _owner(item, found, one).remark
        texts = (
            first,
            second,
            line.level3,
            _target(item),
            item.text or words("none"),
            _standing(item),
            (remark.expected if remark else "") or item.expected or words("none"),
            _reason(item, remark),
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


def _reason(item: Progress, remark: Remark | None) -> str:
    return remark.reason if remark else ""


def _measure(remark: Remark | None, words: _Words) -> str:
    """The measure, who answers for it and until when."""
    if remark is None:
        return ""
    who = words("responsible", who=remark.responsible) if remark.responsible else ""
    by = words("by", month=remark.by.month, day=remark.by.day) if remark.by else ""
    tail = "，".join(_filled((who, by)))
    return f"{remark.measure}（{tail}）" if tail else remark.measure


def _filled(texts: Iterable[str]) -> list[str]:
    return [text for text in texts if text]


# ------------------------------------------------------------------ numbers
def _rounded(fen: int) -> int:
    """To the printed step, half away from zero, in 分."""
    step = _UNIT.step(_DECIMALS)
    return (abs(fen) + step // 2) // step * step * (-1 if fen < 0 else 1)


def _wan(fen: int) -> str:
    value = _rounded(fen)
    whole, rest = divmod(abs(value), _UNIT.fen)
    return f"{'-' if value < 0 else ''}{whole:,}.{rest // _UNIT.step(_DECIMALS):02}"


def _share(rate: Fraction | None) -> str:
    return str(catalog.section("form")["none"]) if rate is None else percent(rate)


def _signed(share: Fraction) -> str:
    text = percent(share).removesuffix("%")
    return text if share < 0 else f"+{text}"
