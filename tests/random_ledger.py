"""Random ledgers as Hypothesis strategies, for every room that takes a Ledger.

``ledgers()`` draws a right ledger: every code holds in its year, every project has its entry, sources
equal uses, withheld names stand in no public text. It draws a seed and a size, and the rest follows
from them with ``random``: so examples are cheap, and shrink towards small ledgers.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from hypothesis import strategies as st

from mingzhang.catalog.layouts import families
from mingzhang.model.goal import Goal, GoalLine
from mingzhang.model.ledger import (
    Asset,
    Entity,
    Ledger,
    Line,
    Part,
    Passage,
    Project,
    Protection,
    Reason,
)
from mingzhang.model.place import Place

WHERE = Place("0" * 64, "random", "")
# years in which a family's books were published (REFERENCE.md B)
YEARS = {
    "shenzhen": (2021, 2022, 2023, 2024),
    "jiangsu-2017": (2017,),
    "jiangsu-2018": (2018, 2019),
    "shanghai-budget": (2023, 2024, 2025),
    "shanghai-final": (2023, 2024),
}
_STAFF = {"30101": "2010301", "30102": "2010301", "30108": "2080505", "30113": "2210201"}
_STAFF_2017 = {"30101": "2010301", "30102": "2010301", "30311": "2210201"}
_RUNNING = ("30201", "30207", "30215", "30216", "30217", "30231", "30239", "30299")
_WORKS = ("30226", "30227", "31002", "30213", "30209", "30201", "30216")
_FUNDS = {
    "general": "2010302",
    "govfund": "2296003",
    "soe": "2230107",
    "business": "2019999",
    "special": "2019999",
    "other": "2019999",
}
_OTHER_FUNCTIONS = ("2010302", "2019999", "2070104", "2130199")
_NAMES = (
    "街角图书点",
    "河道巡护",
    "夜间照明",
    "老楼加梯",
    "社区食堂",
    "数据归集",
    "政务热线",
    "桥梁检测",
    "绿道养护",
    "档案修复",
)
_SECRET = ("甲字工程", "乙字专项", "丙字保障")
_PARTS = ("设备购置", "外包服务", "材料印制", "场地租用", "系统运维")
_UNITS = ("某局本级", "某局服务中心", "某局监测站")
_WORDS = (
    "便民利企，按期完成",
    "工作量有变",
    "厉行节约\n\n并入日常经费",
    "说明：“其他”含零星事项",
    "A&B <测试> 100%",
    "=不是公式",
    "首行\n- 条目一\n- 条目二",
)


@dataclass(frozen=True, slots=True)
class Size:
    """How much there is of each."""

    entities: int = 1
    projects: int = 2
    parts: int = 2
    running: int = 4
    funds: int = 1


def make_ledger(
    seed: int,
    layout: str = "shenzhen",
    size: Size | None = None,
    *,
    withheld: bool = False,
    before: bool = True,
    carried: bool = False,
    incomes: bool = False,
    rounding: str = "additive",
) -> Ledger:
    """The ledger of a seed; see the module for what it promises."""
    return _Maker(random.Random(seed), layout, size or Size(), withheld, before, carried, incomes).make(rounding)  # fmt: skip


@st.composite
def ledgers(
    draw: st.DrawFn,
    layouts: tuple[str, ...] = tuple(YEARS),
    most: int = 4,
) -> Ledger:
    """A right ledger of one of ``layouts``, of at most ``most`` of each thing."""
    size = Size(
        draw(st.integers(1, min(most, len(_UNITS)))),
        draw(st.integers(0, most)),
        draw(st.integers(0, most)),
        draw(st.integers(0, min(most, len(_RUNNING)))),
        draw(st.integers(1, len(_FUNDS))),
    )
    return make_ledger(
        draw(st.integers(0, 2**32)),
        draw(st.sampled_from(layouts)),
        size,
        withheld=draw(st.booleans()),
        before=draw(st.booleans()),
        carried=draw(st.booleans()),
        incomes=draw(st.booleans()),
        rounding=draw(st.sampled_from(("additive", "independent"))),
    )


def placeless(ledger: Ledger) -> Ledger:
    """The ledger with every place forgotten, so that two can be compared."""
    return replace(
        ledger,
        source=WHERE,
        lines=tuple(replace(x, place=WHERE, amounts=dict(x.amounts)) for x in ledger.lines),
        entities=tuple(replace(x, place=WHERE) for x in ledger.entities),
        projects=tuple(replace(x, place=WHERE) for x in ledger.projects),
        assets=tuple(replace(x, place=WHERE) for x in ledger.assets),
        reasons=tuple(replace(x, place=WHERE) for x in ledger.reasons),
        passages=tuple(replace(x, place=WHERE) for x in ledger.passages),
        goals=tuple(
            replace(x, place=WHERE, lines=tuple(replace(i, place=WHERE) for i in x.lines))
            for x in ledger.goals
        ),
    )


class _Maker:
    def __init__(
        self,
        rng: random.Random,
        layout: str,
        size: Size,
        withheld: bool,
        before: bool,
        carried: bool,
        incomes: bool,
    ) -> None:
        self.rng, self.layout, self.size = rng, layout, size
        self.withheld, self.before, self.carried, self.incomes = withheld, before, carried, incomes
        self.stage = families()[layout].stage
        self.year = rng.choice(YEARS[layout])
        self.entities = (
            [""] if size.entities == 1 and rng.random() < 0.3 else list(_UNITS[: size.entities])
        )
        self.funds = ["general", *rng.sample([f for f in _FUNDS if f != "general"], size.funds - 1)]

    def fen(self, top: int = 9) -> int:
        """An amount of some size, often not in whole 元."""
        return max(
            1,
            int(10 ** self.rng.uniform(4, top))
            // self.rng.choice((1, 100))
            * self.rng.choice((1, 100)),
        )

    def amounts(self, top: int = 9) -> dict[tuple[int, str], int]:
        """This year's amount, the adjusted and final ones where the stage has them, and last year's."""
        fen = self.fen(top)
        out = {(0, "budget"): fen}
        if self.stage == "final":
            out |= {
                (0, "adjusted"): fen + self.fen(6),
                (0, "final"): fen - fen // self.rng.randint(3, 90),
            }
        if self.before and self.rng.random() < 0.8:
            old = fen if self.rng.random() < 0.1 else max(1, int(fen * self.rng.uniform(0.6, 1.4)))
            out[1, "budget"] = old
            if self.stage == "final" or self.rng.random() < 0.2:
                out |= {(1, "adjusted"): old, (1, "final"): old - old // 7}
        return dict(
            sorted(
                out.items(),
                key=lambda kv: (kv[0][0], ("budget", "adjusted", "final").index(kv[0][1])),
            )
        )

    def make(self, rounding: str) -> Ledger:
        """The whole ledger."""
        rng = self.rng
        lines: list[Line] = []
        for entity in self.entities:
            lines += self.basic(entity)
        projects, work = self.projects()
        lines += work
        lines += self.flows(lines)
        return Ledger(
            name=f"某局{self.year}年部门预算",
            department="某局",
            year=self.year,
            layout=self.layout,
            lines=tuple(lines),
            source=WHERE,
            stage=self.stage,
            rounding=rounding,
            published=rng.choice((None, date(self.year, 2, rng.randint(1, 28)))),
            supervisor=rng.choice(("", "某市人民政府")),
            entities=tuple(self.entity(name) for name in self.entities if name),
            projects=tuple(projects),
            assets=tuple(Asset(n, u, rng.randint(0, 40), rng.randint(0, 3), WHERE) for n, u in (("公务用车", "辆"), ("单价100万元以上设备", "台"))[: rng.randint(0, 2)]),
            assets_as_of=rng.choice(("", f"{self.year - 1}年10月")),
            goals=self.goals(projects),
            reasons=tuple(Reason(s, self.words(), WHERE) for s in ("总收支", "sangong", "running_cost", *rng.choice(((), ("reception", "2010301", "project"))))),
            passages=(Passage("overview", self.words(), WHERE), Passage("terms", "一、" + self.words(), WHERE))[: rng.randint(0, 2)],
            facts={"领导职数": str(rng.randint(1, 9)), "内设机构": "综合处、业务处"} if rng.random() < 0.5 else {},
            protection=self.protection(),
        )  # fmt: skip

    def words(self) -> str:
        return self.rng.choice(_WORDS)

    def entity(self, name: str) -> Entity:
        posts = self.rng.randint(5, 80)
        staff = {
            "行政编制": posts,
            "行政在编": posts - self.rng.randint(0, 4),
            "退休": self.rng.randint(0, 30),
        }
        kind = "行政" if name.endswith("本级") else self.rng.choice(("事业", "参公"))
        return Entity(name, WHERE, kind, staff if self.rng.random() < 0.8 else {})

    def protection(self) -> Protection:
        if not self.withheld:
            return Protection()
        return Protection(
            self.rng.choice(("included", "excluded")),
            self.rng.choice((0, 1_000_000, 12_345)),
            self.rng.choice((0.2, 0.5, 0.05)),
            ("flow=expenditure function=2010308",) if self.rng.random() < 0.5 else (),
            {_SECRET[0]: "主要负责人签字承担"} if self.rng.random() < 0.3 else {},
        )

    def basic(self, entity: str) -> list[Line]:
        """Personnel and running costs of one entity."""
        staff = _STAFF_2017 if self.year < 2018 else _STAFF
        out = [
            Line(
                self.amounts(), WHERE, entity=entity,
                nature="subsidy" if economic.startswith("303") else "personnel",
                function=function, economic=economic,
                gov_economic="50101" if economic == "30101" and self.year >= 2018 else "",
            )
            for economic, function in staff.items()
        ]  # fmt: skip
        for economic in self.rng.sample(_RUNNING, self.size.running):
            out.append(
                Line(
                    self.amounts(7), WHERE, entity=entity, nature="public", function="2010301",
                    economic=economic,
                    items=frozenset({"-running_cost"}) if self.rng.random() < 0.1 else frozenset(),
                )
            )  # fmt: skip
        return out

    def projects(self) -> tuple[list[Project], list[Line]]:
        """Projects with their parts, and the lines of them; some withheld."""
        rng, projects, lines = self.rng, [], []
        names = rng.sample(_NAMES, min(self.size.projects, len(_NAMES)))
        secret = list(_SECRET[: rng.randint(1, 2)]) if self.withheld else []
        for name in [*names, *secret]:
            hidden = name in secret
            entity = rng.choice(self.entities)
            fund = "general" if hidden else rng.choice(self.funds)
            function = _FUNDS[fund] if fund != "general" else rng.choice(_OTHER_FUNCTIONS)
            parts = rng.sample(_PARTS, min(self.size.parts, len(_PARTS)))
            for part in parts or [""]:
                bought = rng.choice(("", "", "goods", "works", "services"))
                lines.append(
                    Line(
                        self.amounts(), WHERE, entity=entity, nature="project", project=name,
                        part=part, function=function, economic=rng.choice(_WORKS), fund=fund,
                        procurement=bought,
                        purchase="A02 办公设备" if bought else "",
                        organised=rng.choice(("集中采购", "分散采购")) if bought else "",
                        reserved=rng.choice(("", "sme", "micro")) if bought else "",
                        withheld=hidden,
                        note="" if hidden else rng.choice(("", "第一批", self.words())),
                    )
                )  # fmt: skip
            projects.append(
                Project(
                    name, WHERE, self.words(), rng.choice(("", "某规〔2020〕1号")),
                    tuple(Part(p, rng.choice(("", "用于" + p))) for p in parts),
                    self.words(), rng.random() < 0.8, hidden,
                    rng.choice((None, self.year)), rng.choice((None, self.year + 2)),
                )
            )  # fmt: skip
        return projects, lines

    def flows(self, lines: list[Line]) -> list[Line]:
        """What is carried in and out, and the income, by fund and entity, so that all balances."""
        if not (self.carried or self.incomes):
            return []
        spent: dict[tuple[str, str], dict[tuple[int, str], int]] = {}
        for line in lines:
            sums = spent.setdefault((line.entity, line.fund), {})
            for measure, fen in line.amounts.items():
                sums[measure] = sums.get(measure, 0) + fen
        out = []
        for (entity, fund), sums in spent.items():
            carried = {m: fen // 9 for m, fen in sums.items()} if self.carried else {}
            left = {m: fen // 11 for m, fen in sums.items()} if self.carried else {}
            income = {m: fen - carried.get(m, 0) + left.get(m, 0) for m, fen in sums.items()}
            for flow, amounts in (
                ("carry_in", carried),
                ("carry_out", left),
                ("income", income if self.incomes else {}),
            ):
                if any(amounts.values()):
                    out.append(Line(amounts, WHERE, flow, entity, fund=fund))
        return out

    def goals(self, projects: list[Project]) -> tuple[Goal, ...]:
        """Goals of some projects and of the whole department."""
        rng, out = self.rng, []
        owners = ["", *(p.name for p in projects if not p.withheld)]
        for owner in owners if rng.random() < 0.7 else ():
            lines = tuple(
                GoalLine(
                    f"{owner or '整体'}#{n}", owner, "产出指标", rng.choice(("数量指标", "质量指标")),
                    rng.choice(("完成场次", "验收合格率")), rng.choice(("≥12次", "=100%", "及时", "")), WHERE,
                    rng.choice(("", "次")), rng.choice((None, Decimal(50))),
                    rng.choice((None, Decimal("12.5"))), rng.choice((None, self.year - 1)),
                    rng.choice((None, Decimal(97))), rng.choice(("", "up", "down")),
                )
                for n in range(2)
            )  # fmt: skip
            lines = tuple(replace(x, weight=Decimal(50)) for x in lines)
            out.append(
                Goal(
                    owner,
                    WHERE,
                    self.words(),
                    rng.choice(("", self.words())),
                    rng.choice((None, self.year)),
                    lines=lines,
                )
            )
        return tuple(out)
