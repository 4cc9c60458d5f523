"""The true accounts of a made-up department, in whole 分: what every table and sentence is worked
out from. Deterministic for a seed."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass

YEAR = 2024
VERSIONS = ("now", "before", "budget", "adjusted")

FUNCTIONS: Mapping[str, str] = {
    "201": "一般公共服务支出",
    "20103": "政府办公厅（室）及相关机构事务",
    "2010301": "行政运行",
    "2010302": "一般行政管理事务",
    "2010350": "事业运行",
    "205": "教育支出",
    "20508": "进修及培训",
    "2050803": "培训支出",
    "206": "科学技术支出",
    "20605": "科技条件与服务",
    "2060502": "技术创新服务体系",
    "208": "社会保障和就业支出",
    "20805": "行政事业单位养老支出",
    "2080501": "行政单位离退休",
    "2080505": "机关事业单位基本养老保险缴费支出",
    "2080506": "机关事业单位职业年金缴费支出",
    "210": "卫生健康支出",
    "21011": "行政事业单位医疗",
    "2101101": "行政单位医疗",
    "2101103": "公务员医疗补助",
    "212": "城乡社区支出",
    "21208": "国有土地使用权出让收入安排的支出",
    "2120899": "其他国有土地使用权出让收入安排的支出",
    "221": "住房保障支出",
    "22102": "住房改革支出",
    "2210201": "住房公积金",
    "2210203": "购房补贴",
    "223": "国有资本经营预算支出",
    "22301": "解决历史遗留问题及改革成本支出",
    "2230105": "国有企业退休人员社会化管理补助支出",
}
ECONOMICS: Mapping[str, str] = {
    "301": "工资福利支出",
    "30101": "基本工资",
    "30102": "津贴补贴",
    "30103": "奖金",
    "30108": "机关事业单位基本养老保险缴费",
    "30109": "职业年金缴费",
    "30110": "职工基本医疗保险缴费",
    "30111": "公务员医疗补助缴费",
    "30113": "住房公积金",
    "302": "商品和服务支出",
    "30201": "办公费",
    "30202": "印刷费",
    "30206": "电费",
    "30207": "邮电费",
    "30211": "差旅费",
    "30212": "因公出国（境）费用",
    "30215": "会议费",
    "30216": "培训费",
    "30217": "公务接待费",
    "30227": "委托业务费",
    "30228": "工会经费",
    "30231": "公务用车运行维护费",
    "30299": "其他商品和服务支出",
    "303": "对个人和家庭的补助",
    "30302": "退休费",
    "310": "资本性支出",
    "31002": "办公设备购置",
    "31013": "公务用车购置",
}
# every class that a complete list of classes names, in its order
CLASSES = (
    "201", "205", "206", "208", "210", "212", "221", "223",
)  # fmt: skip
MORE_CLASSES: Mapping[str, str] = {
    "203": "国防支出",
    "204": "公共安全支出",
    "207": "文化旅游体育与传媒支出",
    "211": "节能环保支出",
    "213": "农林水支出",
    "229": "其他支出",
}
ITEMS = {"abroad": "30212", "reception": "30217", "purchase": "31013", "running": "30231"}

_STAFF = (
    ("2010301", "30101"),
    ("2010301", "30102"),
    ("2010301", "30103"),
    ("2080505", "30108"),
    ("2080506", "30109"),
    ("2101101", "30110"),
    ("2101103", "30111"),
    ("2210201", "30113"),
    ("2210203", "30102"),
    ("2080501", "30302"),
)
_PUBLIC = ("30201", "30206", "30207", "30211", "30217", "30228", "30231", "30299", "31002")
_PROJECTS = ("2010302", "2050803", "2060502", "2010350")


@dataclass(frozen=True, slots=True)
class Item:
    """One line: ``nature`` personnel, public or project; ``carried`` if last year's money pays it."""

    function: str
    economic: str
    nature: str
    fund: str
    carried: bool
    amounts: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Truth:
    """All items, and what is left at the end of the year as (function, fund, 分)."""

    items: tuple[Item, ...]
    left: tuple[tuple[str, str, int], ...]

    def sum(self, wanted: Callable[[Item], bool] = lambda _: True, version: str = "now") -> int:
        return sum(i.amounts[version] for i in self.items if wanted(i))

    def kept(self, prefix: str = "", fund: str = "") -> int:
        """分 left over for functions of that prefix and that fund ("" for all)."""
        return sum(a for f, g, a in self.left if f.startswith(prefix) and g.startswith(fund))

    def codes(self, scheme: str, wanted: Callable[[Item], bool] = lambda _: True) -> list[str]:
        """Codes in use, parents before children."""
        lengths = (3, 5, 7) if scheme == "function" else (3, 5)
        leaves = {getattr(i, scheme) for i in self.items if wanted(i)}
        return sorted({leaf[:n] for leaf in leaves for n in lengths})


def make_truth(seed: int, final: bool, funds: bool, own: bool, carried: bool) -> Truth:
    """Random accounts. ``funds``: also government funds and state capital; ``own``: also 事业收入
    and 其他收入; ``carried``: money of last year, and money left (in final accounts)."""
    rng = random.Random(f"truth {seed}")
    items: list[Item] = []

    def add(function: str, economic: str, nature: str, fund: str, late: bool = False) -> None:
        now = (
            rng.randint(20_000_00, 900_000_00)
            if nature != "public"
            else rng.randint(900_00, 90_000_00)
        )
        if nature == "project":
            now = rng.randint(50_000_00, 4_000_000_00)
        amounts = {"now": now}
        for version in VERSIONS[1:]:
            keep = rng.random() < 0.15
            amounts[version] = now if keep else int(now * rng.uniform(0.6, 1.4))
        items.append(Item(function, economic, nature, fund, late, amounts))

    for function, economic in _STAFF:
        add(function, economic, "personnel", "general")
    for economic in _PUBLIC:
        if economic in ("30217", "30231") or rng.random() < 0.8:
            add("2010301", economic, "public", "general")
    if rng.random() < 0.6:
        add("2010301", "30212", "public", "general")
    for function in _PROJECTS:
        if function == "2010302" or rng.random() < 0.7:
            add(function, rng.choice(("30227", "30202", "31002")), "project", "general")
    if rng.random() < 0.4:
        add("2010302", "31013", "project", "general")
    if carried:
        add("2010302", "30227", "project", "general", True)
    if funds:
        add("2120899", "30227", "project", "govfund")
        if rng.random() < 0.6:
            add("2230105", "30227", "project", "soe")
    if own:
        add("2010350", "30227", "project", "business")
        if rng.random() < 0.5:
            add("2010302", "30227", "project", "other")
    left = []
    if carried and final:
        left.append(("2010302", "general", rng.randint(1_000_00, 400_000_00)))
        if funds:
            left.append(("2120899", "govfund", rng.randint(1_000_00, 400_000_00)))
    return Truth(tuple(items), tuple(left))
