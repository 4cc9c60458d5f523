"""Small books and reports made by hand, for the renderers to show.

A statement is written as a matrix of cell texts; every cell of a money column that is a number
becomes a figure with the id t<statement>r<row>c<column>.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from mingzhang.model.book import Announced, Book, Column, Notice, RowHead, Section, Statement
from mingzhang.model.document import Document, Grid, Paragraph, Run
from mingzhang.model.figure import Figure
from mingzhang.model.finding import Checked, Coverage, Finding, Report, Suspect
from mingzhang.model.money import Unit, parse_printed
from mingzhang.model.place import Place
from mingzhang.model.quantity import Quantity
from mingzhang.model.relation import Reason, Relation

SOURCE = "ab" * 32
NAME = "样本.txt"

SENTENCES = {
    ("relation", "parent"): {
        "zh": "{parent}等于其下级科目之和",
        "en": "{parent} is the sum of its subordinate codes",
    },
    ("relation", "row"): {"zh": "合计等于各列之和", "en": "the total is the sum of the columns"},
    ("relation", "growth"): {"zh": "增长率由两年的数算得", "en": "growth follows from both years"},
    ("unread", "alone"): {"zh": "书中没有第二处提到", "en": "told nowhere else"},
    ("unread", "subject"): {"zh": "没有看懂主语", "en": "subject unclear"},
    ("unread", "loose"): {"zh": "只有不等式约束", "en": "only bounded"},
}


def say(section: str, key: str, lang: str, params: Mapping[str, object]) -> str:
    """A catalog of five sentences, with the contract of mingzhang.catalog.messages.say."""
    return SENTENCES[section, key][lang].format(**params)


def place(line: int, column: int | None, excerpt: str) -> Place:
    return Place(SOURCE, NAME, excerpt, line=line, column=column)


def statement(
    index: int,
    number: str,
    title: str,
    headers: Sequence[tuple[str, ...]],
    rows: Sequence[Sequence[str]],
    line: int,
    roles: str,
    sides: Sequence[int] | None = None,
    unit: str = "万元",
    notes: tuple[str, ...] = (),
    entity: str = "",
    year: int | None = 2023,
) -> tuple[Statement, list[Figure]]:
    """``roles`` has a letter per column: n name, c code, a amount, t text."""
    names = {"n": "name", "c": "code", "a": "amount", "t": "text"}
    side_of = list(sides or [0] * len(headers))
    columns = tuple(
        Column(header, names[role], side=side)
        for header, role, side in zip(headers, roles, side_of, strict=True)
    )
    figures: list[Figure] = []
    cells: dict[tuple[int, int], str] = {}
    heads: list[RowHead] = []
    for r, row in enumerate(rows):
        for side in sorted(set(side_of)):
            label = next(
                (row[c] for c, k in enumerate(roles) if k == "n" and side_of[c] == side), ""
            )
            code = next(
                (row[c] for c, k in enumerate(roles) if k == "c" and side_of[c] == side), ""
            )
            heads.append(RowHead(r, side, "code" if code else "item", label, code))
            for c, kind in enumerate(roles):
                printed = parse_printed(row[c], Unit(unit)) if kind == "a" else None
                if printed is None or side_of[c] != side:
                    continue
                figure = Figure(
                    f"t{index}r{r}c{c}",
                    printed,
                    place(line + r, c + 1, row[c]),
                    f"{label} · {' / '.join(headers[c])}",
                    Quantity(2023, "expenditure", function=code, local=f"{index}.{r}.{c}"),
                    index,
                    r,
                    c,
                )
                figures.append(figure)
                cells[r, c] = figure.id
    made = Statement(
        "",
        number,
        title,
        unit,
        (),
        columns,
        tuple(tuple(row) for row in rows),
        tuple(heads),
        place(line, None, title),
        notes=notes,
        entity=entity,
        year=year,
        cells=cells,
    )
    return made, figures


def prose(
    index: int, line: int, text: str, amounts: Sequence[tuple[str, Unit, Quantity | None]] = ()
) -> tuple[Paragraph, list[Figure]]:
    """A paragraph on one line; its figures are named by their text, ids p<paragraph>n<number>."""
    paragraph = Paragraph((Run(text, place(line, 1, text)),))
    figures, start = [], 0
    for number, (printed_text, unit, quantity) in enumerate(amounts):
        start = text.index(printed_text, start)
        printed = parse_printed(printed_text, unit)
        assert printed is not None
        figures.append(
            Figure(
                f"p{index}n{number}",
                printed,
                paragraph.at(start, start + len(printed_text)),
                text[max(0, start - 8) : start],
                quantity,
                paragraph=index,
                start=start,
                unread="" if quantity else "subject",
            )
        )
        start += len(printed_text)
    return paragraph, figures


def heading(line: int, text: str, level: int = 1) -> Paragraph:
    return Paragraph((Run(text, place(line, 1, text)),), level)


TOTAL = Quantity(2023, "expenditure")
CHANGE = TOTAL.with_(versus="2022:budget")


def book(cell: str = "信访事务") -> Book:
    """A budget of 5,255 万元 with one slip: 信访事务 printed 2,623 where its parts give 2,632.

    ``cell`` is the text of one name cell, to put something hostile there.
    """
    sides, first = statement(
        0,
        "表1",
        "收支总表",
        [("收入", "项目"), ("收入", "2023年预算数"), ("支出", "项目"), ("支出", "2023年预算数")],
        [
            ["一、政府预算拨款", "5,255", "一、一般公共服务", "4,278"],
            ["二、单位资金", "0", "二、社会保障和就业", "365"],
            ["", "", "三、住房保障", "612"],
            ["收入总计", "5,255", "支出总计", "5,255"],
        ],
        line=20,
        roles="nana",
        sides=(0, 0, 1, 1),
        entity="深圳市信访局",
    )
    functions, second = statement(
        1,
        "表7",
        "一般公共预算支出表（按功能分类）",
        [
            ("科目编码",),
            ("科目名称",),
            ("支出总计",),
            ("其中", "基本支出", "人员经费"),
            ("其中", "基本支出", "公用经费"),
            ("其中", "项目支出"),
        ],
        [
            ["", "合计", "5,255", "2,384", "189", "2,682"],
            ["20103", cell, "2,623", "0", "0", "2,632"],
            ["2010301", "行政运行", "1,646", "1,457", "189", "0"],
            ["2010308", "信访业务", "2,632", "", "", "2,632"],
        ],
        line=40,
        roles="cnaaaa",
    )
    empty, _ = statement(
        2,
        "表10",
        "政府性基金预算支出表",
        [("科目编码",), ("科目名称",), ("支出总计",)],
        [],
        line=60,
        roles="cna",
        notes=("本表本年无发生额。",),
    )
    texts = [
        heading(1, "2023 年深圳市信访局部门预算"),
        heading(3, "第二部分 部门预算收支总体情况", 2),
    ]
    sentence, third = prose(
        2,
        5,
        "2023年部门预算支出5,255万元，比2022年增加169万元，增长3%，另有设备 12 台。",
        [
            ("5,255", Unit.WAN, TOTAL),
            ("169", Unit.WAN, CHANGE),
            ("3", Unit.PERCENT, CHANGE.with_(measure="percent")),
            ("12", Unit.COUNT, None),
        ],
    )
    paragraphs = (*texts, sentence, heading(70, "名词解释", 2))
    grids = tuple(Grid((), 1, 1, s.place) for s in (sides, functions, empty))
    document = Document(NAME, SOURCE, "text", (*paragraphs[:3], *grids, paragraphs[3]))
    return Book(
        "2023 年深圳市信访局部门预算",
        "深圳市信访局",
        2023,
        "budget",
        "shenzhen",
        (document,),
        (sides, functions, empty),
        paragraphs,
        (Section("部门预算收支总体情况", "第二部分", 1, 1, 2, texts[1].place),),
        (Announced("(一)", "收支总表", True, place(2, 1, "收支总表")),),
        (*third, *first, *second),
        notices=(Notice("column", "备注列没有读懂", place(41, 3, "备注")),),
        rounding_note=place(71, 1, "因单位换算可能存在尾数误差"),
    )


def checked(
    terms: Sequence[tuple[int, tuple[str, ...], str]],
    reason: Reason,
    state: str,
    residual: int | None,
    bound: int | None,
    figure: str | None = None,
) -> Checked:
    quantities = tuple((TOTAL.with_(local=key), k) for k, _, key in terms)
    relation = Relation(quantities, reason, figure=figure)
    named = tuple((k, ids, q.key) for (k, ids, _), (q, _) in zip(terms, quantities, strict=True))
    return Checked(relation, named, residual, bound, state)


RELATIONS = (
    checked(
        [(-1, ("t1r1c2",), "whole"), (1, ("t1r3c2",), "a"), (1, ("t1r2c2",), "b")],
        Reason("parent", (("parent", "20103 信访事务"),)),
        "violated",
        1_655_000_000,
        1_500_000,
    ),
    checked(
        [
            (-1, ("t1r0c2", "t0r3c3", "p2n0"), "whole"),
            (1, ("t1r0c3",), "a"),
            (1, ("t1r0c4",), "b"),
            (1, ("t1r0c5",), "c"),
        ],
        Reason("row"),
        "exact",
        0,
        2_000_000,
    ),
    checked(
        [(-1, ("t1r3c2",), "whole"), (1, ("t1r3c5",), "a"), (1, (), "b")],
        Reason("row"),
        "open",
        None,
        None,
    ),
    checked(
        [(1000, ("p2n1",), "d"), (-25, ("p2n0",), "w")],
        Reason("growth"),
        "rounding",
        40,
        50,
        figure="p2n2",
    ),
)


def findings(of: Book) -> tuple[Finding, ...]:
    wrong, rows = of.figure("t1r1c2"), of.statements[1].place
    return (
        Finding(
            "MZ901",
            "note",
            {"zh": "合计与分项差 1 万元，尾数误差可以解释。", "en": "1 万元 apart: rounding."},
            (of.figure("t1r0c2").place,),
            ("t1r0c2",),
            equation="4,277 + 365 + 612 = 5,254 ≈ 5,255",
            subject="note-1",
        ),
        Finding(
            "MZ101",
            "error",
            {
                "zh": "20103 的下级科目加起来与它本身不符。",
                "en": "The codes below 20103 do not add up to it.",
            },
            (wrong.place, of.figure("t1r3c2").place),
            ("t1r1c2", "t1r3c2", "t1r2c2"),
            equation="1,646 + 2,632 = 4,278 ≠ 2,623（差 1,655 万元）",
            suspects=(
                Suspect("t1r1c2", Decimal("4277.5"), Decimal("4278.5"), "swapped"),
                Suspect("t1r3c2", Decimal(977), Decimal(977), ""),
            ),
            basis="预算法第三十二条",
            subject="sum 20103",
        ),
        Finding(
            "MZ301",
            "warning",
            {"zh": "目录列出的收入总表在正文中没有。", "en": "收入总表 is announced but missing."},
            (place(2, 1, "(二) 收入总表"), rows),
            certified=False,
            subject="missing",
        ),
        *(
            Finding(
                "MZ902",
                "note",
                {"zh": f"第 {n} 个空单元格按零处理。", "en": f"blank cell {n} read as zero"},
                (rows,),
                subject=f"blank-{n}",
            )
            for n in range(5)
        ),
    )


def report(of: Book | None = None, verdict: str = "contradictory") -> Report:
    of = of or book()
    unlinked = {"p2n3": "alone"}
    unproved = {"p2n1": "loose"}
    return Report(
        of,
        findings(of) if verdict == "contradictory" else (),
        verdict,
        Coverage(len(of.figures), len(of.figures) - 1, len(of.figures) - 2, unlinked, unproved),
        RELATIONS,
        {1: "either"},
        {"read": 0.01},
    )


def unreadable() -> Report:
    """What comes of a file that is no budget book."""
    document = Document("照片.txt", SOURCE, "text", ())
    nothing = Book(
        "", "", None, "budget", "", (document,), (), (), (), (), (), warnings=("空文件",)
    )
    return Report(nothing, (), "unreadable", Coverage(0, 0, 0))


def two_files() -> Report:
    """The same book, its text and its tables in two files."""
    of = book()
    other = replace(of.documents[0], name="表格.txt", source="cd" * 32)
    return report(replace(of, documents=(of.documents[0], other)))
