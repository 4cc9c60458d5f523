"""A random ledger of one department: line items in whole 分, from which every table can be summed.

Deterministic for a seed. Amounts are drawn in the printed step of the book that is to be made of
them, so that its figures have one to five digits whatever the unit.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from mingzhang.catalog.codes import economics, functions

YEAR = 2023
MAIN = "2010301"  # 行政运行
# the accounts whose money another account must repeat (REFERENCE.md C5), and a few without such a tie
_STAFF = (
    ("30101", MAIN),
    ("30102", MAIN),
    ("30103", MAIN),
    ("30199", MAIN),
    ("30108", "2080505"),
    ("30109", "2080506"),
    ("30110", "2101101"),
    ("30111", "2101103"),
    ("30113", "2210201"),
    ("30102", "2210203"),
    ("30302", "2080501"),
)
_RUNNING = (
    "30201",
    "30207",
    "30217",
    "30231",
    "30213",
    "30226",
    "30228",
    "30229",
    "30239",
    "30299",
)
_TIED = {e for e, _ in _STAFF} | {"30212", "30217", "30231", "30308", "31013"}
_WHERE = (
    "智慧",
    "综合",
    "基层",
    "公共",
    "专项",
    "日常",
    "社区",
    "应急",
    "数字",
    "外勤",
    "信息",
    "联合",
)
_WHAT = (
    "平台运维",
    "场馆维护",
    "宣传服务",
    "调研评估",
    "档案整理",
    "业务轮训",
    "物业保障",
    "热线值守",
)
_PART = (
    "设备更新",
    "外包服务",
    "材料印制",
    "人员补贴",
    "场地租用",
    "系统升级",
    "现场检查",
    "耗材购置",
)


@dataclass(frozen=True, slots=True)
class Item:
    """One line of the ledger. ``bought`` is its procurement kind, ``kept`` what is reserved of it."""

    amount: int
    function: str
    economic: str
    fund: str = "general"
    project: str = ""
    part: str = ""
    bought: str = ""
    kept: str = ""


@dataclass(frozen=True, slots=True)
class Ledger:
    """The true amounts of a department. ``before`` holds last year's by subject; ``brought`` and
    ``left`` are carried in and out, by fund."""

    items: tuple[Item, ...]
    projects: tuple[str, ...]
    before: dict[str, int]
    brought: dict[str, int] = field(default_factory=dict)
    left: dict[str, int] = field(default_factory=dict)

    def sum(self, wanted: Callable[[Item], bool] = lambda _: True) -> int:
        """分 of all items that are wanted."""
        return sum(i.amount for i in self.items if wanted(i))

    def codes(self, scheme: str, funds: Iterable[str]) -> list[str]:
        """The account codes in use, parents before children."""
        inside = set(funds)
        leaves = {getattr(i, scheme) for i in self.items if i.fund in inside}
        lengths = (3, 5, 7) if scheme == "function" else (3, 5)
        return sorted({leaf[:n] for leaf in leaves for n in lengths})


@dataclass(frozen=True, slots=True)
class Size:
    """How much there is of each: accounts beyond the fixed ones, and projects."""

    functions: int = 4
    economics: int = 8
    projects: int = 5

    def times(self, factor: int) -> Size:
        return Size(self.functions * factor, self.economics * factor, self.projects * factor)


def name(code: str) -> str:
    """The name of an account this year."""
    table = functions() if code[0] == "2" else economics()
    found = [c for c in table[code] if c.holds(YEAR) and not c.error]
    return sorted(found, key=lambda c: not c.confirmed)[0].name


def _leaves(table: Iterable[str], length: int, allowed: Callable[[str], bool]) -> list[str]:
    out = []
    for code in sorted(table):
        if len(code) == length and allowed(code):
            try:
                for n in range(3, length + 1, 2):
                    name(code[:n])
            except (KeyError, IndexError):
                continue
            out.append(code)
    return out


def _is_general(code: str) -> bool:
    """Accounts of the general budget that no department keeps for itself alone."""
    return code[:3] in (
        "201",
        "204",
        "205",
        "206",
        "207",
        "211",
        "213",
        "215",
        "217",
        "224",
    ) and not (
        code.startswith(("20610", "20707", "20709", "21160", "21161", "21169", "21366", "21367"))
        or int(code[3:5]) >= 60
    )


def make_ledger(
    seed: int, step: int, size: Size, several_funds: bool = False, carried: bool = False
) -> Ledger:
    """A ledger whose amounts are some multiples of ``step`` 分 and a remainder."""
    rng = random.Random(seed)

    def amount(digits: tuple[int, int] = (1, 4)) -> int:
        top = 10 ** rng.uniform(*digits)
        return int(rng.uniform(top / 10, top)) * step + (rng.randrange(step) if step > 1 else 0)

    items = [Item(amount((2, 4)), f, e) for e, f in _STAFF]
    items += [Item(amount((1, 3)), MAIN, e) for e in _RUNNING]
    items.append(Item(amount((1, 3)), "2050803", "30216", project="", part=""))
    pool = _leaves(functions(), 7, _is_general)
    works = rng.sample(pool, min(size.functions, len(pool)))
    kinds = _leaves(economics(), 5, lambda c: c[:3] in ("302", "310") and c not in _TIED)
    kinds = rng.sample(kinds, min(size.economics, len(kinds)))
    names = [a + b for a in _WHERE for b in _WHAT]
    rng.shuffle(names)
    if size.projects > len(names):
        names += [f"{n}{chr(0x4E00 + k)}期" for k in range(20) for n in names]
    projects = tuple(names[: size.projects])
    for k, project in enumerate(projects):
        fund, function = "general", works[k % len(works)]
        if several_funds and k % 3 == 1:
            fund, function = rng.choice(
                (("govfund", "2070702"), ("soe", "2230107"), ("business", function))
            )
        for part in rng.sample(_PART, rng.randint(1, 4)):
            bought = rng.choice(("", "", "goods", "works", "services"))
            kept = rng.choice(("", "sme", "micro")) if bought else ""
            split = fund == "business" and rng.random() < 0.5
            items.append(
                Item(
                    amount(), function, rng.choice(kinds), "general" if split else fund,
                    project, part, bought, kept,
                )
            )  # fmt: skip
    for function in works[size.projects :]:
        items.append(Item(amount((1, 3)), function, rng.choice(kinds)))
    for economic in kinds:
        items.append(Item(amount((1, 3)), MAIN, economic))
    return _with_last_year(rng, tuple(items), projects, carried)


def _with_last_year(
    rng: random.Random, items: tuple[Item, ...], projects: tuple[str, ...], carried: bool
) -> Ledger:
    funds = sorted({i.fund for i in items})
    spent = {f: sum(i.amount for i in items if i.fund == f) for f in funds}
    brought = {f: spent[f] // rng.randint(4, 30) if carried else 0 for f in funds}
    left = {f: spent[f] // rng.randint(4, 30) if carried else 0 for f in funds}

    def earlier(now: int) -> int:
        return now if rng.random() < 0.1 else int(now * rng.uniform(0.6, 1.3))

    before = {"total": earlier(sum(spent.values()) + sum(left.values()))}
    for project in projects:
        before[project] = earlier(sum(i.amount for i in items if i.project == project))
    for economic in ("30212", "30217", "30231", "31013"):
        before[economic] = earlier(sum(i.amount for i in items if i.economic == economic))
    before["running"] = earlier(
        sum(i.amount for i in items if i.economic[:3] in ("302", "310") and not i.project)
    )
    return Ledger(items, projects, before, brought, left)
