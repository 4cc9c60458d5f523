"""The terminal report."""

from __future__ import annotations

from dataclasses import replace
from io import StringIO

import pytest
from handmade import report, say, two_files, unreadable
from rich.cells import cell_len
from rich.console import Console

from mingzhang.model.finding import Report
from mingzhang.report.terminal import render


def shown(of: Report, width: int = 80, lang: str = "zh", **how: bool) -> str:
    out = StringIO()
    render(of, Console(file=out, width=width), lang, say=say, **how)
    return out.getvalue()


def joined(text: str) -> str:
    """Without line breaks and indents, to look for sentences."""
    return "".join(line.strip() for line in text.splitlines())


@pytest.mark.parametrize("width", [60, 80, 120, 200])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_line_is_wider_than_the_console(width: int, lang: str) -> None:
    lines = shown(report(), width, lang, all_notes=True).splitlines()
    assert max(cell_len(line) for line in lines) <= width


def test_the_verdict_comes_first_in_plain_words() -> None:
    text = shown(report())
    assert text.startswith("深圳市信访局 2023 年部门预算\n")
    assert "× 数字互相矛盾" in text.splitlines()[2]
    assert "错误 1 处 · 警告 1 处 · 提示 6 条" in text
    assert "√ 数字相符" in shown(report(verdict="consistent"))
    assert "没有发现问题。" in shown(report(verdict="consistent"))


def test_an_unreadable_file_gets_its_reason_and_no_figures() -> None:
    text = shown(unreadable())
    assert text.startswith("照片.txt\n")
    assert "空文件" in text
    assert "核对覆盖" not in text and "没有发现问题" not in text


def test_errors_come_before_warnings_before_notes() -> None:
    text = shown(report())
    assert text.index("MZ101") < text.index("MZ301") < text.index("MZ901")


def test_a_finding_shows_its_evidence() -> None:
    text = joined(shown(report(), 120))
    assert (
        "“2,623”  表7 一般公共预算支出表（按功能分类） > 信访事务 · 支出总计  第 41 行第 3 列"
        in text
    )
    assert "1,646 + 2,632 = 4,278 ≠ 2,623（差 1,655 万元）" in text
    assert "预算法第三十二条" in text
    assert "已用整数精确复证" in text


def test_suspects_carry_the_value_that_mends_and_the_kind_of_slip() -> None:
    text = joined(shown(report(), 120))
    assert "改其中任何一个都能使全书相符，可能性大的在前：" in text
    assert (
        "1. 表7 > 信访事务 · 支出总计  印作 2,623 万元 → "
        "应在 4,277.5 至 4,278.5 万元之间（两位数字颠倒）"
    ) in text
    assert "2. 表7 > 信访业务 · 支出总计  印作 2,632 万元 → 应为 977 万元" in text


def test_a_single_suspect_is_named_as_the_only_one() -> None:
    of = report()
    error = replace(of.findings[1], suspects=of.findings[1].suspects[:1])
    text = shown(replace(of, findings=(error,)))
    assert "只有改这个数，才能使全书相符：" in text
    assert "改其中任何一个" not in text


def test_what_is_not_certified_says_so() -> None:
    assert "未能精确复证，仅供参考" in shown(report())


def test_notes_are_folded_unless_asked_for() -> None:
    folded = shown(report())
    assert "第 2 个空单元格" in folded and "第 3 个空单元格" not in folded
    assert "另有 2 条同类" in folded
    whole = shown(report(), all_notes=True)
    assert "第 4 个空单元格" in whole and "同类" not in whole


def test_rounding_and_coverage_are_told() -> None:
    text = shown(report())
    assert "四舍五入：表1、文字部分" in text
    assert "四舍五入或截尾，看不出：表7" in text
    assert "共 25 个数：23 个已证明，1 个有勾稽但证明不足，1 个无从核对。" in joined(text)
    assert "书中没有第二处提到：1 个" in text


def test_the_file_is_named_where_there_are_two() -> None:
    assert "样本.txt 第 41 行" in joined(shown(two_files(), 120))
    assert "样本.txt 第 41 行" not in joined(shown(report(), 120))


def test_english() -> None:
    text = shown(report(), lang="en")
    assert "The figures contradict each other" in text
    assert "The codes below 20103 do not add up to it." in text
    assert "printed 2,623 万元" in text and "(two digits swapped)" in text


def test_plain_text_where_there_is_no_terminal() -> None:
    assert "\x1b" not in shown(report())


def test_no_color_keeps_the_words(monkeypatch: pytest.MonkeyPatch) -> None:
    def printed() -> str:
        out = StringIO()
        console = Console(file=out, width=80, force_terminal=True, color_system="standard")
        render(report(), console, say=say)
        return out.getvalue()

    monkeypatch.delenv("NO_COLOR", raising=False)
    assert "\x1b[1;31m" in printed()
    monkeypatch.setenv("NO_COLOR", "1")
    assert "31m" not in printed()


def test_markup_in_a_book_is_text() -> None:
    of = report()
    hostile = replace(
        of.findings[1], messages={"zh": "[red]甲[/red] [link=x]"}, equation="[b]1[/b]"
    )
    text = shown(replace(of, findings=(hostile,)))
    assert "[red]甲[/red] [link=x]" in text and "[b]1[/b]" in text


def test_our_own_words_fit_the_chinese_consoles_that_know_only_gbk() -> None:
    own = shown(report()).replace("≠", "")  # the equation is the checker's
    own.encode("gbk")


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(ValueError, match="no such language"):
        shown(report(), lang="fr")
