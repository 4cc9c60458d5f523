"""Prose: passages into headings and sentences; what is hostile stays text or is refused."""

from __future__ import annotations

import pytest
from small import HERE, PROJECTS, SMALL, edition, ledger, line, told

from mingzhang.compile.prose import one_line, quantity_stage
from mingzhang.model.edition import Edition, Heading, Prose, Table
from mingzhang.model.ledger import Ledger, Part, Project, Reason


def blocks(text: str, **more: object) -> tuple[Edition, set[str]]:
    found, faults = edition(ledger(passages=told(text), **more))
    return found, {fault.kind for fault in faults}


def overview(text: str, **more: object) -> list[str]:
    """The headings and sentences of the part, from its own heading to the next part's."""
    found, _ = blocks(text, **more)
    out: list[str] = []
    inside = False
    for block in found.body:
        if isinstance(block, Heading) and block.level == 2:
            inside = not inside and not out
            continue
        if inside and isinstance(block, Heading | Prose):
            out.append(block.text)
    return out


def test_paragraphs_headings_and_lists() -> None:
    text = "# 一、总额\n\n全年支出{{ 金额() }}。\n续一行。\n\n1. 第一\n2. 第二\n（一）第三"
    assert overview(text) == [
        "一、总额",
        "全年支出500万元。续一行。",
        "1. 第一",
        "2. 第二",
        "（一）第三",
    ]


def test_figures_keep_their_quantities() -> None:
    found, _ = blocks("支出{{ 金额(性质='项目支出') }}，{{ 占比({'性质': '项目支出'}, {}) }}。")
    prose = next(b for b in found.body if isinstance(b, Prose) and b.text.startswith("支出155"))
    assert prose.text == "支出155万元，占31%。"
    assert [s.text for s in prose.spans if s.quantity is not None] == ["155", "31"]


def test_a_table_stands_where_the_passage_wants_it() -> None:
    found, _ = blocks("前\n\n{{ 表('key_projects') }}\n\n后")
    at = next(i for i, b in enumerate(found.body) if isinstance(b, Prose) and b.text == "前")
    table = found.body[at + 1]
    assert isinstance(table, Table) and table.kind == "key_projects"
    assert blocks("{{ 表('nothing') }}")[1] >= {"no-such-table"}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("{{ 金额(颜色='红') }}", "unknown-word"),
        ("{{ 金额(性质='紫') }}", "unknown-word"),
        ("{{ 不存在 }}", "template"),
        ("{{ 金额( }}", "template"),
        ("{% import 'os' as os %}", "template"),
        ("{{ ''.__class__.__mro__ }}", "template"),
        ("{{ 9 ** 9 }}", "template"),
        ("{% for a in 项目 %}{% for b in '长' * 99999 %}x{% endfor %}{% endfor %}", "template"),
        ("# 支出{{ 金额() }}", "figure-in-heading"),
    ],
)
def test_what_a_passage_may_not_say(text: str, kind: str) -> None:
    assert kind in blocks(text)[1]


def test_a_change_asks_for_its_reason() -> None:
    assert "no-reason" in blocks("{{ 变化() }}")[1]
    said = overview("{{ 变化(原因='任务增加。') }}，{{ 变化(须有原因=False) }}")
    assert said == [
        "比2022年增加70万元，增长16.3%，主要原因是任务增加，比2022年增加70万元，增长16.3%"
    ]


HOSTILE = (
    "{{ 7*7 }}", "{% import 'os' %}", "{# 注 #}", "#set page(width: 1pt)", "$x^2$ @ref *粗* _斜_",
    "<script>alert(1)</script>", "=HYPERLINK(1)", "+cmd", "@SUM(1)", "笑😀", "𠮷野", "{year}{0}%s",
    "\\n\\u0041",
)  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_names_and_reasons_are_text_whatever_they_look_like(name: str) -> None:
    """Nothing of a name is run or lost: it stands in the sentence as it is."""
    work = line(
        9, 3, nature="project", project=name, part=name, function="2010302", economic="30227"
    )
    made = ledger(
        lines=(*SMALL.lines, work),
        projects=(*PROJECTS, Project(name, HERE, name, parts=(Part(name, name),), reason=name)),
        reasons=(*SMALL.reasons, Reason("说明", name, HERE)),
        facts={"事": name},
        passages=told(
            "{% for p in 项目 %}\n\n【{{ p.名称 }}】【{{ p.用途 }}】{{ p.金额 }}{% for m in p.明细 %}【{{ m.名称 }}】{% endfor %}"
            "\n\n{% endfor %}\n\n【{{ 理由('说明') }}】【{{ 事实('事') }}】"
        ),
    )
    found, faults = edition(made)
    assert not [f.kind for f in faults if f.severity == "error"]
    text = [b.text for b in found.body if isinstance(b, Prose)]
    assert f"【{name}】【{name}】9万元【{name}】" in text
    assert f"【{name}】【{name}】" in text
    names = [
        c.text for t in found.statements if t.kind == "project" for r in t.rows for c in r.cells
    ]
    assert name in names


def test_a_ledger_cannot_speak_in_marks() -> None:
    """The marks that stand for figures while a passage is filled cannot come from the ledger."""
    for text in ("\ufdd00\ufdd1", "\ufdd2goals\ufdd3"):
        made: Ledger = ledger(facts={"事": text}, passages=told("甲{{ 金额() }}{{ 事实('事') }}"))
        assert "name-unprintable" in {f.kind for f in edition(made)[1]}
    # what fonts call their own is text like any other here
    assert overview("甲{{ 金额() }}\ue0000\ue001") == ["甲500万元\ue0000\ue001"]


def test_texts_of_several_lines_within_a_sentence() -> None:
    assert one_line("首行\n- 甲\n• 乙") == "首行；甲；乙"
    assert one_line("首行：\n\n甲。\n乙") == "首行：甲。乙"
    assert one_line("") == ""


@pytest.mark.parametrize(
    ("word", "stage"),
    [("年初预算", "budget"), ("调整后预算", "adjusted"), ("决算", "final"), ("决算数", "final"), ("", "budget")],
)  # fmt: skip
def test_stages(word: str, stage: str) -> None:
    assert quantity_stage(word) == stage
