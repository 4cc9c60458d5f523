"""The HTML page: what it says, that it is whole, and that nothing in a book can act on it."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections import Counter
from dataclasses import replace
from typing import Any
from urllib.parse import unquote

import pytest
from handmade import book, findings, report, say, two_files, unreadable
from selectolax.lexbor import LexborHTMLParser, LexborNode

from mingzhang.model.finding import Report
from mingzhang.report.html import render_html

HOSTILE = "</script><img src=x onerror=alert(1)><b>&amp;\u2028'\""


def page(of: Report | None = None, lang: str = "zh") -> LexborHTMLParser:
    return LexborHTMLParser(render_html(of or report(), lang, say=say))


def data(of: LexborHTMLParser) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(one(of, "#data").text())
    return loaded


def one(of: LexborHTMLParser | LexborNode, selector: str) -> LexborNode:
    found = of.css(selector)
    assert len(found) == 1, f"{selector}: {len(found)}"
    return found[0]


def words(node: LexborNode) -> str:
    return " ".join(node.text().split())


def altogether(of: LexborHTMLParser) -> str:
    assert of.body is not None
    return words(of.body)


PAGE = page()


def test_the_head_tells_whose_book_and_the_verdict() -> None:
    assert words(one(PAGE, "h1")) == "深圳市信访局 2023 年部门预算"
    assert words(one(PAGE, ".stamp")) == "数字互相矛盾"
    counts = {words(one(d, "dt")): words(one(d, "dd")) for d in PAGE.css(".counts > div")}
    assert counts == {"错误": "1", "警告": "1", "提示": "6"}
    legend = [words(button) for button in PAGE.css(".legend button")]
    assert legend == ["已证明 21 84.0%", "证明不足 1 4.0%", "无从核对 1 4.0%", "有疑点 2 8.0%"]


def test_every_figure_stands_in_the_book_once_and_links_to_itself() -> None:
    for figure in book().figures:
        link = one(PAGE, f"#book [id='figure-{figure.id}']")
        assert link.tag == "a"
        assert link.attributes["href"] == f"#figure-{figure.id}"
        assert link.text() == figure.text


def test_ids_are_unique_and_every_link_leads_somewhere() -> None:
    ids = [node.attributes["id"] for node in PAGE.css("[id]")]
    assert [i for i, n in Counter(ids).items() if n > 1] == []
    targets = {unquote((a.attributes["href"] or "")[1:]) for a in PAGE.css("a")}
    assert targets <= set(ids)


def test_figures_carry_their_state_in_more_than_colour() -> None:
    classes = {f.id: one(PAGE, f"[id='figure-{f.id}']").attributes for f in book().figures}
    assert classes["t1r1c2"]["class"] == "f suspect" and classes["t1r1c2"]["title"] == "有疑点"
    assert classes["p2n3"]["class"] == "f unchecked"
    assert classes["p2n1"]["class"] == "f linked"
    assert classes["t0r0c1"]["class"] == "f proved" and "title" not in classes["t0r0c1"]


def test_statements_are_tables_with_the_text_as_printed() -> None:
    for index, statement in enumerate(book().statements):
        section = one(PAGE, f"#statement-{index}")
        rows = [[c.text() for c in row.css("td, th")] for row in section.css("tbody tr")]
        assert rows == [list(row) for row in statement.rows]
        assert all(th.attributes.get("scope") for th in section.css("th"))
    empty = one(PAGE, "#statement-2")
    assert "（空表）" in words(empty) and "本表本年无发生额。" in words(empty)


def test_header_paths_become_spanning_headers() -> None:
    rows = [
        [(c.text(), c.attributes.get("colspan"), c.attributes.get("rowspan")) for c in tr.css("th")]
        for tr in one(PAGE, "#statement-1").css("thead tr")
    ]
    assert rows == [
        [
            ("科目编码", None, "3"),
            ("科目名称", None, "3"),
            ("支出总计", None, "3"),
            ("其中", "3", None),
        ],
        [("基本支出", "2", None), ("项目支出", None, "2")],
        [("人员经费", None, None), ("公用经费", None, None)],
    ]


def test_rows_are_named_by_a_header_cell_on_each_side() -> None:
    heads = [[th.text() for th in tr.css("th")] for tr in one(PAGE, "#statement-0").css("tbody tr")]
    assert heads[0] == ["一、政府预算拨款", "一、一般公共服务"]
    assert heads[2] == ["三、住房保障"]


def test_paragraphs_and_statements_follow_the_order_of_the_file() -> None:
    wanted = "[id^=paragraph-], [id^=statement-]"
    order = [node.attributes["id"] for node in one(PAGE, ".sheet").css(wanted)]
    assert order == [
        "paragraph-0", "paragraph-1", "paragraph-2",
        "statement-0", "statement-1", "statement-2", "paragraph-3",
    ]  # fmt: skip


def test_prose_keeps_every_character() -> None:
    assert one(PAGE, "#paragraph-2").text() == book().paragraphs[2].text


def test_a_figure_altered_for_an_experiment_shows_as_altered() -> None:
    altered = page(report(book().with_figure("p2n0", "5,525")))
    assert one(altered, "#paragraph-2").text().startswith("2023年部门预算支出5,525万元，比")


def test_findings_show_evidence_suspects_and_certificate() -> None:
    error = findings(book())[1]
    article = one(PAGE, f"#finding-{error.fingerprint}")
    text = words(article)
    assert "20103 的下级科目加起来与它本身不符。" in text
    assert "1,646 + 2,632 = 4,278 ≠ 2,623（差 1,655 万元）" in text
    assert "预算法第三十二条" in text and "已用整数精确复证" in text
    suspects = [words(li) for li in article.css(".suspects li")]
    assert suspects == [
        "表7 > 信访事务 · 支出总计印作 2,623 万元 → 应在 4,277.5 至 4,278.5 万元之间 两位数字颠倒",
        "表7 > 信访业务 · 支出总计印作 2,632 万元 → 应为 977 万元",
    ]
    links = {a.attributes["href"] for a in article.css("a")}
    assert {"#figure-t1r1c2", "#figure-t1r3c2"} <= links


def test_a_place_without_a_figure_links_to_what_stands_there() -> None:
    missing = findings(book())[2]
    article = one(PAGE, f"#finding-{missing.fingerprint}")
    targets = [a.attributes["href"] for a in article.css("dd a")]
    assert targets == ["#paragraph-0", "#statement-1"]


def test_findings_carry_what_the_filter_needs() -> None:
    items = PAGE.css(".findings > li")
    assert [li.attributes["data-severity"] for li in items[:3]] == ["error", "warning", "note"]
    assert items[0].attributes["data-statements"] == "1"
    assert items[1].attributes["data-statements"] == "-1 1"
    rules = [option.attributes["value"] for option in PAGE.css("[name=rule] option")]
    assert rules == ["", "MZ101", "MZ301", "MZ901", "MZ902"]


def test_what_nobody_checks_is_listed_with_its_reason() -> None:
    text = words(one(PAGE, "#unchecked"))
    assert "书中没有第二处提到：1 个12 文字部分" in text
    assert "只有不等式约束：1 个169 万元" in text


def test_the_data_words_everything_the_panel_shows() -> None:
    loaded = data(PAGE)
    total = loaded["figures"]["figure-t1r1c2"]
    assert total["home"] == "表7 > 信访事务 · 支出总计"
    assert total["text"] == "2,623 万元"
    assert total["state"] == "suspect"
    assert total["interval"] == "印成 2,623，真实金额在 2,622.5 至 2,623.999999 万元之间"
    assert total["relations"] == [0] and len(total["findings"]) == 1
    assert ["功能科目", "20103 政府办公厅（室）及相关机构事务"] in total["quantity"]
    relation = loaded["relations"][0]
    assert relation["why"] == ["20103 信访事务等于其下级科目之和"]
    assert relation["left"] == [{"figures": ["figure-t1r1c2"]}]
    assert (relation["sign"], relation["state"]) == ("=", "violated")
    assert loaded["figures"]["figure-p2n3"]["unread"] == "没有看懂主语"
    assert loaded["relations"][3]["percentage"] == "figure-p2n2"


def test_relations_that_fail_come_first() -> None:
    assert data(PAGE)["figures"]["figure-t1r3c2"]["relations"] == [0, 2]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_nothing_in_a_book_can_become_markup_or_script(lang: str) -> None:
    of = book(cell=HOSTILE)
    bad = replace(of, title=HOSTILE, entity=HOSTILE, warnings=(HOSTILE,))
    told = [
        replace(f, messages={"zh": HOSTILE}, equation=HOSTILE, basis=HOSTILE, rule=HOSTILE)
        for f in findings(of)
    ]
    hostile = page(replace(report(bad), findings=tuple(told)), lang)
    assert hostile.css("img") == [] and hostile.css("b:not(.legend b)") == []
    assert len(hostile.css("script")) == 2
    handlers = [n for n in hostile.css("*") if any(k.startswith("on") for k in n.attributes)]
    assert handlers == []
    cell = one(hostile, "#statement-1 tbody tr:nth-child(2) th")
    assert cell.text() == HOSTILE
    assert data(hostile)["figures"]["figure-t1r1c2"]["home"].startswith(f"表7 > {HOSTILE}")


def test_the_page_needs_no_network_and_lets_one_script_run() -> None:
    html = render_html(report(), say=say)
    parsed = LexborHTMLParser(html)
    assert parsed.css("link, iframe, object, embed, [src], script[src]") == []
    assert not re.search(r"https?:", html)
    assert "@import" not in html and "url(" not in html
    policy = one(parsed, "meta[http-equiv]").attributes["content"] or ""
    script = parsed.css("script")[1].text()
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert f"script-src 'sha256-{digest}'" in policy and "default-src 'none'" in policy


def test_english_has_no_chinese_of_our_own() -> None:
    english = page(lang="en")
    assert one(english, "html").attributes["lang"] == "en"
    head = words(one(english, "header")).replace("深圳市信访局", "").replace("样本.txt", "")
    own = head + words(one(english, ".tabs")) + words(one(english, "footer"))
    assert not re.search(r"[\u4e00-\u9fff]", own)
    assert "two digits swapped" in altogether(english)


def test_an_unreadable_file_makes_a_page_too() -> None:
    of = page(unreadable())
    assert words(one(of, ".stamp")) == "未能读成一本预算或决算"
    assert "空文件" in words(one(of, "header"))
    assert of.css(".coverage") == []


def test_two_files_are_both_named() -> None:
    files = [words(li) for li in page(two_files()).css(".files li")]
    assert files == ["样本.txt abababababab", "表格.txt cdcdcdcdcdcd"]


def test_what_was_not_understood_is_said() -> None:
    assert words(one(PAGE, "#notices li")) == "备注列没有读懂 第 41 行第 3 列"


def test_a_finding_about_a_figure_of_another_book_is_shown_by_its_id() -> None:
    of = report()
    other = of.findings[1].suspects[0]._replace(figure="1:t9")
    foreign = replace(of.findings[1], suspects=(other,), figures=("1:t9",))
    shown = page(replace(of, findings=(foreign,)))
    assert "1:t9" in words(one(shown, ".suspects"))
