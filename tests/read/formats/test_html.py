"""HTML: what a browser shows, in reading order."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from mingzhang.model.document import Document
from mingzhang.read.errors import Unreadable
from mingzhang.read.html import read_html
from mingzhang.read.limits import Limits

Told = Callable[[Document], list[Any]]


def read(text: str, encoding: str = "utf-8") -> Document:
    return read_html(text.encode(encoding), "a.html")


def test_paragraphs_headings_and_breaks(told: Told) -> None:
    document = read(
        "<title>不读</title><h1>某局2024年<b>部门预算</b></h1><div>一、概况<p>第一句，\n  第二句。</p>"
        "尾<br>行</div><hr><span>a</span><span>b</span>"
    )
    assert told(document) == [
        "某局2024年部门预算",
        "一、概况",
        "第一句， 第二句。",
        "尾",
        "行",
        "ab",
    ]
    assert [p.level for p in document.paragraphs()] == [1, 0, 0, 0, 0, 0]
    assert [p.place.line for p in document.paragraphs()] == [1, 2, 3, 4, 5, 6]
    assert document.blocks[2].place.excerpt == "第一句， 第二句。"


def test_spans(told: Told) -> None:
    """The example of the HTML table model: cells slide past those that reach down from above."""
    document = read(
        "<table><tr><th rowspan=2>项目<th colspan=2>金额<tr><td>基本<td>项目"
        "<tr><td>甲<td rowspan=0>1<td>2<tr><td>乙<td>3</table>"
    )
    (grid,) = document.grids()
    assert told(document) == [
        [["项目", "金额", "金额"], ["项目", "基本", "项目"], ["甲", "1", "2"], ["乙", "1", "3"]]
    ]
    assert grid.spans_known
    places = {c.text: c.place.cell for c in grid.cells}
    assert (places["项目"], places["3"], places["甲"]) == ("C2", "C4", "A3")
    assert len({c.place.line for c in grid.cells}) == len(grid.cells)


def test_spans_that_overrun_the_table_are_cut(told: Told) -> None:
    assert told(read("<table><tr><td rowspan=99>a<td>b<tr><td>c</table>")) == [
        [["a", "b"], ["a", "c"]]
    ]
    assert told(read("<table><tr><td colspan=x>a<td rowspan=-1>b<tr><td>c<td>d</table>")) == [
        [["a", "b"], ["c", "d"]]
    ]


def test_parts_of_a_table_in_the_order_shown(told: Told) -> None:
    assert told(
        read(
            "<table><caption>收支总表</caption><tfoot><tr><td>合计<td>3</tfoot>"
            "<tbody><tr><td>甲<td>3</tbody><thead><tr><th>项目<th>金额</thead></table>"
        )
    ) == ["收支总表", [["项目", "金额"], ["甲", "3"], ["合计", "3"]]]


def test_what_is_hidden_is_not_read_but_told(told: Told) -> None:
    document = read(
        "<script>var a='1'</script><style>p{}</style><p style='color:red; DISPLAY : none'>旧稿</p>"
        "<p hidden>藏</p><p style='visibility:hidden'>隐</p><p>见<!-- 注释 --></p><div hidden></div>"
        "<table><tr><td>a<td style='display:none'>x<td>b<tr style='display:none'><td>y<td>z"
        "<tr><td>c<td>d</table>"
    )
    assert told(document) == ["见", [["a", "b"], ["c", "d"]]]
    assert "5 处隐藏" in document.warnings[0]


def test_a_table_that_an_office_system_exported(told: Told) -> None:
    """Title, unit line and note stand inside the table, as in the sheet it came from."""
    document = read(
        "<table><tr><td colspan=3>2024年收支总表</td></tr>"
        "<tr><td>部门：某局</td><td></td><td>单位：万元</td></tr>"
        "<tr><td>项目</td><td>基本</td><td>项目</td></tr><tr><td>甲</td><td>1</td><td></td></tr>"
        "<tr><td></td><td></td><td></td></tr><tr><td>合计</td><td>1</td><td>0</td></tr>"
        "<tr><td colspan=3>注：本表存在尾数误差。</td></tr></table>"
    )
    assert told(document) == [
        *("2024年收支总表", "部门：某局", "单位：万元"),
        [["项目", "基本", "项目"], ["甲", "1", ""], ["", "", ""], ["合计", "1", "0"]],
        "注：本表存在尾数误差。",
    ]


def test_tables_that_only_lay_out_are_taken_apart(told: Told) -> None:
    document = read(
        "<table><tr><td>导航</td><td><h2>正文</h2><table><tr><td>a<td>b<tr><td>1<td>2</table>"
        "</td></tr></table><table><tr><td>框</td></tr></table>"
        "<table role=presentation><tr><td>x<td>y</table>"
    )
    assert told(document) == ["导航", "正文", [["a", "b"], ["1", "2"]], "框", "x", "y"]


def test_lines_and_indents_in_a_cell(told: Told) -> None:
    document = read(
        "<table><tr><td>&nbsp;&nbsp;公务<br>接待费<td><p>1,234</p><p> .50</p><tr><td>a<td>b</table>"
    )
    assert told(document)[0][0] == ["公务\n接待费", "1,234\n.50"]


def test_numbered_lists(told: Told) -> None:
    document = read(
        "<ol start=3><li>甲<li>乙</ol><ul><li>丙</ul><ol style='list-style:none'><li>丁</ol>"
    )
    assert told(document) == ["3. 甲", "4. 乙", "丙", "丁"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize(
    "declared", ["", "utf-8", "gb2312", "GBK", "iso-8859-77", "gb18030"], ids=lambda d: d or "none"
)
def test_encodings_declared_rightly_wrongly_or_not(
    told: Told, encoding: str, declared: str
) -> None:
    meta = f'<meta http-equiv="Content-Type" content="text/html; charset={declared}">'
    page = (
        f"<html><head>{meta if declared else ''}</head><body>一般公共预算，单位：万元</body></html>"
    )
    assert told(read(page, encoding)) == ["一般公共预算，单位：万元"]


def test_pictures_are_told() -> None:
    document = read("<p>见图<img src=a.png><img src=dot.gif width=1 height=1></p>")
    assert "1 幅图片" in document.warnings[0]


@pytest.mark.parametrize(
    ("data", "what"),
    [(b"", "empty"), (bytes(range(256)), "not-text"), (b"<b>" * 100_000, "damaged")],
)
def test_what_cannot_be_read_is_refused(data: bytes, what: str) -> None:
    with pytest.raises(Unreadable) as caught:
        read_html(data, "a.html")
    assert caught.value.what == what


def test_spans_as_a_bomb_are_refused() -> None:
    row = "<tr>" + "<td colspan=1000>x" * 200 + "</tr>"
    with pytest.raises(Unreadable) as caught:
        read_html(f"<table>{row * 20}</table>".encode(), "a")
    assert caught.value.what == "too-large"
    with pytest.raises(Unreadable):
        read_html(b"x" * 1001, "a", Limits(max_bytes=1000))
