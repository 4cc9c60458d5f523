"""The book the project began with: every figure of its prose, listed by hand."""

from __future__ import annotations

from functools import cache

from goldbooks import paths
from mingzhang.model.book import Book
from mingzhang.model.claim import Direction, Parts, Ratio
from mingzhang.read import read_book

# line | text | coordinates beside year=2023 (and, for money, flow=expenditure) | sign | unread.
# "project" stands for nature=project; "own" for the key of the paragraph itself.
EXPECTED = """
46|5|-||count
46|41|item=行政编制 count||
46|1|item=市单列编制 count own||
46|1|item=军转干部专项编制 count own||
46|40|item=在编人员 count||
46|12|item=退休人员 count||
46|9|item=雇员 count||
74|5,255|flow=sources||
74|169|flow=sources versus=2022:budget|+|
74|3|flow=sources versus=2022:budget percent|+|
74|5,255|flow=uses||
74|169|flow=uses versus=2022:budget|+|
74|3|flow=uses versus=2022:budget percent|+|
84|5,255|flow=uses||
84|2,230|nature=wages||
84|189|nature=public||
84|154|nature=subsidy||
84|2,682|nature=project||
86|2,230|nature=wages||
88|189|nature=public||
90|154|nature=subsidy||
92|2,682|nature=project||
94|639|project=信访大厅运行||
94|224|project=信访大厅运行 part=大厅安检、保安项目支出||
94|317|project=信访大厅运行 part=大厅日常运维支出||
96|98|project=信访大厅运行 part=大厅律师服务支出||
96|143|project=信访大厅运行 versus=2022:budget|+|
98|23|project=预算准备金||
100|530|project=信息化运维||
100|377|project=信息化运维 part=电子政务、信息化建设等运维支出||
100|40|project=信息化运维 part=省一体化系统运维支出||
100|78|project=信息化运维 part=局网络与信息化建设维保||
100|35|project=信息化运维 part=门户网站运维及改造||
100|68|project=信息化运维 versus=2022:budget|+|
102|167|project=综合管理||
102|150|project=综合管理 part=B座办公楼物业管理项目||
102|17|project=综合管理 part=B座办公楼水电费支出||
102|9|project=综合管理 versus=2022:budget|+|
108|523|project=社工服务||
108|24|project=社工服务 item=大厅纠纷调解社工 count||
108|396|project=社工服务 part=采购大厅纠纷调解社工支出||
108|8|project=社工服务 item=大厅社区建设社工 count||
108|127|project=社工服务 part=采购大厅社区建设社工支出||
108|13|project=社工服务 versus=2022:budget|-|
110|801|project=信访专项||
110|283|project=信访专项 part=信访工作经费||
110|168|project=信访专项 part=信访专项经费||
110|50|project=信访专项 part=综合业务培训经费||
110|300|project=信访专项 part=信访备用金||
110|110|project=信访专项 versus=2022:adjusted|+|
110|279|year=2022 stage=adjusted project=信访专项 versus=2022:budget|-|
110|970|year=2022 project=信访专项||
110|169|project=信访专项 versus=2022:budget|-|
114|941|procurement=all||
114|72|procurement=goods||
114|0|procurement=works||
114|870|procurement=services||
118|6.5|item=sangong||
118|2.39|item=sangong versus=2022:budget|-|
118|26.9|item=sangong versus=2022:budget percent|-|
120|0|item=abroad||
120|0|item=abroad||
122|3|item=reception||
122|0.39|item=reception versus=2022:budget|-|
124|3.5|item=vehicle||
126|0|item=vehicle_purchase||
126|0|item=vehicle_purchase versus=2022:budget|+|
128|3.5|item=vehicle_running||
128|2|item=vehicle_running versus=2022:budget|-|
138|2,682|nature=project||
138|6|item=绩效目标项目 count||
160|189|item=running_cost||
160|1|item=running_cost versus=2022:budget|+|
160|1|item=running_cost versus=2022:budget percent|+|
164|1|year=2022 item=车辆 count||
164|50|-||threshold
164|0|year=2022 item=单价50万元以上通用设备 count own||
164|100|-||threshold
164|0|year=2022 item=单价100万元以上专用设备 count own||
166|0|item=新增车辆 count||
166|50|-||threshold
166|0|item=新增单价50万元以上通用设备 count own||
166|100|-||threshold
166|0|item=新增单价100万元以上专用设备 count own||
""".strip().splitlines()

# line, whole, number of parts, complete
DIVISIONS = [
    (46, "item=行政编制 count", 2, False),
    (84, "flow=uses", 4, True),
    (92, "nature=project", 6, True),
    (94, "project=信访大厅运行", 3, True),
    (100, "project=信息化运维", 4, True),
    (102, "project=综合管理", 2, True),
    (108, "project=社工服务", 2, True),
    (110, "project=信访专项", 4, True),
    (114, "procurement=all", 3, True),
    (124, "item=vehicle", 2, True),
]


@cache
def book() -> Book:
    return read_book(paths("sz-petitions-2023"))


def short(key: str, paragraph: int | None = None) -> str:
    """A quantity's key as it is written in this list."""
    out = f" {key} ".replace(" year=2023 ", " ").replace(" flow=expenditure ", " ")
    out = out.replace(" nature=project project=", " project=").replace(" measure=", " ")
    return out.replace(f" local=p{paragraph} ", " own ").strip()


def test_every_figure_of_the_prose() -> None:
    claims = book().claims
    signs = {c.figure: c.sign for c in claims if isinstance(c, (Direction, Ratio)) and c.figure}
    told = []
    for figure in book().figures:
        if figure.in_prose:
            key = short(figure.quantity.key, figure.paragraph) if figure.quantity else "-"
            sign = {1: "+", -1: "-"}.get(signs.get(figure.id, 0), "")
            told.append(f"{figure.place.line}|{figure.text}|{key}|{sign}|{figure.unread}")
    assert told == EXPECTED


def test_every_division() -> None:
    told = [
        (c.place.line, short(c.whole.key), len(c.parts), c.complete)
        for c in book().claims
        if isinstance(c, Parts)
    ]
    assert sorted(told) == DIVISIONS


def test_reasons_stand_with_their_changes() -> None:
    reasons = {
        (c.place.line, short(c.quantity.key)): c.reason[:4]
        for c in book().claims
        if isinstance(c, Direction)
    }
    assert reasons[74, "flow=sources versus=2022:budget"] == "一是因市"
    assert reasons[96, "project=信访大厅运行 versus=2022:budget"] == "随市人民"
    assert reasons[110, "project=信访专项 versus=2022:adjusted"] == "根据预算"
    assert reasons[110, "project=信访专项 versus=2022:budget"] == "落实中央"
    assert reasons[122, "item=reception versus=2022:budget"] == "落实中央"


def test_a_project_without_change_says_so() -> None:
    flat = [c for c in book().claims if isinstance(c, Direction) and c.sign == 0]
    assert [short(c.quantity.key) for c in flat] == ["project=预算准备金 versus=2022:budget"]
