"""What holds for any text."""

from __future__ import annotations

import re

from hypothesis import given, settings
from hypothesis import strategies as st
from sentences import FUNCTIONS, paragraphs, sections

from mingzhang.read.lexicon import Lexicon
from mingzhang.read.narrative import narrate
from mingzhang.read.narrative.compact import compacted
from mingzhang.read.narrative.words import unread_words

LEXICON = Lexicon(2023, "budget", "某市档案局", "万元", FUNCTIONS)
WORDS = st.sampled_from(
    [
        "某市档案局",
        "2023年",
        "2022年",
        "上年",
        "部门预算",
        "收入",
        "支出",
        "基本支出",
        "项目支出",
        "“三公”经费",
        "公务接待费",
        "行政运行",
        "（款）",
        "（项）",
        "（类）",
        "一般公共预算",
        "财政拨款",
        "其中",
        "：",
        "包括",
        "主要包括",
        "，",
        "。",
        "；",
        "、",
        "（",
        "）",
        "比",
        "较",
        "与",
        "相比",
        "增加",
        "减少",
        "（减少）",
        "增长",
        "下降",
        "持平",
        "占",
        "完成预算的",
        "主要原因是",
        "为",
        "分别为",
        "和",
        "1.",
        "（一）",
        "一、",
        "本项目",
        "涉及",
        "绩效目标",
        "用于",
        "政府采购",
        "货物",
        "车辆",
        "单价",
        "以上",
        "本级",
        "初预算",
        "调整后预算",
        "决算",
        "小于",
        "预算数",
        "中",
        "的",
        "X",
        "万元",
        "%",
        "元",
        "5辆",
        "3万元",
        "1,234.56万元",
        "7.5%",
        "0万元",
        "12名",
        "100%",
        "5亿元",
        "\n",
    ]
)
SENTENCES = st.lists(WORDS, max_size=40).map("".join)
AMOUNT = re.compile(r"(?<![\d.,])(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?:万元|亿元)")


def read(texts: list[str]):
    found = paragraphs(*(t or " " for t in texts))
    return found, narrate(found, sections(found), LEXICON)


@given(st.lists(SENTENCES, min_size=1, max_size=4))
@settings(max_examples=150, deadline=None)
def test_every_amount_becomes_exactly_one_figure(texts: list[str]) -> None:
    found, told = read(texts)
    for index, paragraph in enumerate(found):
        compact = compacted(paragraph)
        money = [f.start for f in told.figures if f.paragraph == index and f.is_money]
        assert len(money) == len(set(money))
        for amount in AMOUNT.finditer(compact.text):
            assert money.count(compact.original(amount.start())) == 1


@given(st.lists(SENTENCES, min_size=1, max_size=4))
@settings(max_examples=150, deadline=None)
def test_places_ids_and_reasons(texts: list[str]) -> None:
    found, told = read(texts)
    ids = [f.id for f in told.figures]
    assert len(ids) == len(set(ids))
    for figure in told.figures:
        assert figure.paragraph is not None and figure.start is not None
        text = found[figure.paragraph].text
        assert text[figure.start :].startswith(figure.place.excerpt)
        assert figure.text == figure.place.excerpt
        assert figure.quantity is not None or figure.unread in unread_words()
        assert figure.printing("1").value == 1
    claimed = {getattr(c, "figure", None) for c in told.claims} - {None}
    assert claimed <= set(ids)


@given(st.lists(st.text(max_size=60), min_size=1, max_size=3))
@settings(max_examples=150, deadline=None)
def test_no_text_is_too_strange(texts: list[str]) -> None:
    read(texts)


@given(st.lists(SENTENCES, min_size=1, max_size=3))
@settings(max_examples=60, deadline=None)
def test_reading_twice_says_the_same(texts: list[str]) -> None:
    assert read(texts)[1] == read(texts)[1]
