"""Documents → Book: which statement each table is, what every column, row and figure means."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from mingzhang.catalog.layouts import family_of
from mingzhang.catalog.normal import plain
from mingzhang.model.book import Book, Indicator, Notice, Statement, Task
from mingzhang.model.claim import Claim
from mingzhang.model.document import Document
from mingzhang.model.figure import Figure
from mingzhang.model.place import Place
from mingzhang.model.quantity import Quantity
from mingzhang.read.captions import is_rounding_note
from mingzhang.read.errors import Unreadable
from mingzhang.read.goalform import goal_statement
from mingzhang.read.goals import is_goal_form, take_apart
from mingzhang.read.header import columns as read_columns
from mingzhang.read.lexicon import Lexicon
from mingzhang.read.names import Names, gather, scheme_of
from mingzhang.read.narrative import narrate
from mingzhang.read.outline import Outline, outline
from mingzhang.read.rows import side_of
from mingzhang.read.statement import Setting, printed_rows, table_kind, understand
from mingzhang.read.stitch import Table, stitch


def recognise(documents: Sequence[Document]) -> Book:
    """The book in ``documents`` (one book, in one or several files).

    Raises Unreadable if nothing in them looks like a budget book.
    """
    stitched = stitch(documents)
    plan, where = outline(stitched.paragraphs)
    setting = _setting(stitched.tables, plan)
    if not _is_book(stitched.tables, plan):
        raise not_a_book(documents[0].name if documents else "")
    statements: list[Statement] = []
    figures: list[Figure] = []
    claims: list[Claim] = []
    notices: list[Notice] = []
    tasks: list[Task] = []
    indicators: list[Indicator] = []
    for table in stitched.tables:
        index = len(statements)
        title = _section_title(plan, where, table)
        if is_goal_form(table):
            form = take_apart(table, index)
            made, mine = goal_statement(table, form, index, setting, title)
            indicators.extend(form.indicators)
            tasks.extend(mine)
        else:
            made = understand(table, index, setting, title)
        if not (made.statement.kind or made.statement.cells or table.caption.unit):
            continue  # a table of words (units, abbreviations): no statement
        statements.append(made.statement)
        figures.extend(made.figures)
        claims.extend(made.claims)
        notices.extend(made.notices)
    lexicon = _lexicon(setting, figures, tasks)
    told = narrate(plan.paragraphs, plan.sections, lexicon)
    return Book(
        title=plan.title,
        entity=setting.entity,
        year=setting.year,
        stage=setting.stage,
        layout=family_of([(s.kind, s.title) for s in statements], setting.stage),
        documents=tuple(documents),
        statements=tuple(statements),
        paragraphs=plan.paragraphs,
        sections=plan.sections,
        contents=plan.contents,
        figures=(*figures, *told.figures),
        claims=(*claims, *told.claims),
        indicators=tuple(indicators),
        tasks=tuple(tasks),
        notices=(*notices, *told.notices),
        rounding_note=_rounding_note(stitched.tables, plan),
        warnings=tuple(w for d in documents for w in d.warnings),
    )


def not_a_book(name: str) -> Unreadable:
    """Nothing in the file looks like a budget book."""
    return Unreadable(
        "not-a-book",
        name,
        {
            "zh": f"{name}：没有找到部门预算或决算的报表和文字，请确认文件是否为部门预算（决算）公开文本",
            "en": f"{name}: no statements or text of a departmental budget were found; "
            "is this a published 部门预算/部门决算?",
        },
        "check-file",
    )


def _is_book(tables: Sequence[Table], plan: Outline) -> bool:
    known = sum(table_kind(t) is not None for t in tables)
    words = "".join(plain(p.text) for p in plan.paragraphs[:400])
    said = sum(w in words for w in ("预算", "决算", "支出", "收入", "财政拨款", "部门"))
    return known >= 1 or (plan.year is not None and said >= 4)


def _setting(tables: Sequence[Table], plan: Outline) -> Setting:
    entities = Counter(t.caption.entity for t in tables if t.caption.entity)
    entity = entities.most_common(1)[0][0] if entities else plan.entity
    units = Counter(t.caption.unit for t in tables if t.caption.unit)
    unit = units.most_common(1)[0][0] if units else "万元"
    year = plan.year or _year_of(tables)
    stage = plan.stage
    if not plan.title and any("决算" in t.caption.title for t in tables):
        stage = "final"
    return Setting(entity, year, stage, unit, gather(_pairs(tables)))


def _year_of(tables: Sequence[Table]) -> int | None:
    years: Counter[int] = Counter()
    for table in tables:
        if table.caption.year:
            years[table.caption.year] += 2
        words = plain(table.caption.title) + "".join(
            plain(c.text) for row in table.rows[: table.header] for c in row if c
        )
        years.update(int(y) for y in re.findall(r"((?:19|20)\d{2})年", words))
    return years.most_common(1)[0][0] if years else None


def _pairs(tables: Sequence[Table]) -> Iterator[tuple[str, str]]:
    """(code, name) as printed side by side in any table."""
    for table in tables:
        fields = read_columns(table, table_kind(table), None)
        rows = printed_rows(table)
        for index in sorted({c.side for c in fields}):
            side = side_of(index, "", fields)
            codes, labels = side.labels.get("code", ()), side.labels.get("name", ())
            if not codes or not labels:
                continue
            for row in rows:
                code = "".join(plain(row[c]) for c in codes)
                name = "".join(row[c] for c in labels)
                if scheme_of(code) and name.strip():
                    yield code, name


def _section_title(plan: Outline, where: Sequence[int], table: Table) -> str:
    """The heading of the section a table without title stands in."""
    index = where[table.after] if 0 <= table.after < len(where) else -1
    inside = [s for s in plan.sections if s.first <= index <= s.last]
    return inside[-1].title if inside else ""


def _lexicon(setting: Setting, figures: Sequence[Figure], tasks: Sequence[Task]) -> Lexicon:
    stated: dict[Quantity, list[Figure]] = {}
    projects: dict[str, str] = {}
    for figure in figures:
        if figure.quantity is not None:
            stated.setdefault(figure.quantity, []).append(figure)
            if figure.quantity.project:
                key = figure.quantity.project
                projects.update({key: key, key + "项目": key})
    names: Names = setting.names
    return Lexicon(
        setting.year,
        setting.stage,
        setting.entity,
        setting.unit,
        names.function,
        names.economic,
        projects,
        {q: tuple(f) for q, f in stated.items()},
    )


def _rounding_note(tables: Sequence[Table], plan: Outline) -> Place | None:
    for table in tables:
        for note in table.notes:
            if is_rounding_note(note.text):
                return note.place
    for paragraph in plan.paragraphs:
        if is_rounding_note(paragraph.text):
            return paragraph.place
    return None
