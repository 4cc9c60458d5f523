"""Sentences as books outside the known families word them; the wording is our own."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from layouts.sheet import FEN, Amount, Style
from layouts.tables import basic, both, fresh, fund, nature, spent_on
from layouts.truth import ECONOMICS, FUNCTIONS, YEAR, Item, Truth

Part = str | Amount
LAST = YEAR - 1


@dataclass(frozen=True, slots=True)
class Voice:
    """How the sentences of one book print numbers and put changes."""

    unit: str
    decimals: int
    commas: bool
    space: str  # between number and unit
    places: int  # of percentages
    final: bool
    rng: random.Random

    def said(self, fen: int) -> list[Part]:
        """An amount with its unit."""
        value = abs(Decimal(fen) / FEN[self.unit]).quantize(
            Decimal(1).scaleb(-self.decimals), ROUND_HALF_UP
        )
        text = f"{value:,f}" if self.commas else f"{value:f}"
        return [
            Amount(text, value, self.unit),
            self.space + self.space.join(self.unit) if self.space else self.unit,
        ]

    def percent(self, part: int, whole: int) -> list[Part]:
        shown = abs(Decimal(part) * 100 / whole).quantize(
            Decimal(1).scaleb(-self.places), ROUND_HALF_UP
        )
        return [Amount(f"{shown:f}", shown, "%"), "%"]

    def moved(self, now: int, before: int, than: str) -> list[Part]:
        """A change against ``than``; the same with equal amounts."""
        opening = self.rng.choice((f"比{than}", f"较{than}", f"与{than}相比"))
        if now == before:
            same = (f"与{than}持平", f"与{than}一致", f"{opening}无变化", f"{opening}无增减变化")
            return [self.rng.choice(same)]
        up = now > before
        word = "增加" if up else "减少"
        if not before:
            return [f"{opening}，{word}", *self.said(now - before)]
        ratio = "增长" if up else "下降"
        return [
            f"{opening}{word}",
            *self.said(now - before),
            f"，{ratio}",
            *self.percent(now - before, before),
        ]


def sentences(truth: Truth, style: Style, final: bool, seed: int) -> list[list[Part]]:
    """The text of a book: headings as plain lines, paragraphs with their figures."""
    rng = random.Random(f"prose {seed}")
    unit = "万元" if style.unit in ("元", "千元", "万元") else style.unit
    places = style.decimals if unit == style.unit else 2
    voice = Voice(
        unit, places, rng.random() < 0.5, rng.choice(("", "", " ")), rng.choice((1, 2)), final, rng
    )
    return _final(truth, voice) if final else _budget(truth, voice)


def _reason(voice: Voice) -> str:
    return voice.rng.choice(
        (
            "，主要原因是工作任务有所调整。",
            "。主要是人员变动和专项工作安排变化。",
            "，主要是按照厉行节约要求安排经费。",
            "，主要是因为上年有一次性支出。",
        )
    )


def _shares(
    voice: Voice, parts: Sequence[tuple[str, int]], whole: int, stop: str = "；"
) -> list[Part]:
    out: list[Part] = []
    for k, (word, fen) in enumerate(parts):
        out += [stop if k else "", word, *voice.said(fen), "，占", *voice.percent(fen, whole)]
    return out


_FUNDS = (
    ("一般公共预算财政拨款收入", ("general",)),
    ("政府性基金预算财政拨款收入", ("govfund",)),
    ("国有资本经营预算财政拨款收入", ("soe",)),
    ("事业收入", ("business",)),
    ("其他收入", ("other",)),
)


def _income(truth: Truth, voice: Voice) -> list[Part]:
    def came(names: tuple[str, ...]) -> int:
        fen = truth.sum(both(fresh, fund(*names)))
        return fen + sum(a for _, f, a in truth.left if f in names)

    whole = truth.sum(fresh) + truth.kept()
    parts = [(word, came(names)) for word, names in _FUNDS]
    if voice.rng.random() < 0.5:
        parts = [p for p in parts if p[1]]
    return ["本年收入合计", *voice.said(whole), "，其中：", *_shares(voice, parts, whole), "。"]


def _spending(truth: Truth, voice: Voice) -> list[Part]:
    whole = truth.sum()
    parts = [("基本支出", truth.sum(basic)), ("项目支出", truth.sum(nature("project")))]
    return ["本年支出合计", *voice.said(whole), "，其中：", *_shares(voice, parts, whole), "。"]


def _accounts(truth: Truth, kind: str) -> str:
    """The names of the first accounts of that nature."""
    codes = sorted({i.economic for i in truth.items if i.nature == kind and i.fund == "general"})
    return "、".join(ECONOMICS[c] for c in codes[:3])


def _named(code: str, levels: bool) -> str:
    if levels:
        return f"{FUNCTIONS[code[:3]]}（类）{FUNCTIONS[code[:5]]}（款）{FUNCTIONS[code]}（项）"
    return FUNCTIONS[code]


def _final(truth: Truth, voice: Voice) -> list[list[Part]]:
    general = fund("general")
    total = truth.sum() + truth.kept()
    before = truth.sum(version="before") + truth.kept()
    out: list[list[Part]] = [
        ["一、收入支出决算总体情况说明"],
        [
            f"{YEAR}年度收、支总计均为",
            *voice.said(total),
            "。",
            *voice.moved(total, before, f"{LAST}年度"),
            _reason(voice),
        ],
        ["二、收入决算情况说明"],
        _income(truth, voice),
        ["三、支出决算情况说明"],
        _spending(truth, voice),
        ["四、一般公共预算财政拨款支出决算情况说明"],
    ]
    spent, planned = truth.sum(general), truth.sum(general, "budget")
    out.append(
        [
            f"{YEAR}年度一般公共预算财政拨款支出年初预算为", *voice.said(planned), "，支出决算为",
            *voice.said(spent), "，完成年初预算的", *voice.percent(spent, planned), "。其中：",
        ]
    )  # fmt: skip
    levels = voice.rng.random() < 0.7
    for k, code in enumerate(c for c in truth.codes("function", general) if len(c) == 7):

        def mine(i: Item, code: str = code) -> bool:
            return general(i) and i.function == code

        now, plan = truth.sum(mine), truth.sum(mine, "budget")
        line: list[Part] = [
            f"{k + 1}．{_named(code, levels)}。年初预算为", *voice.said(plan), "，支出决算为",
            *voice.said(now), "，完成年初预算的", *voice.percent(now, plan),
        ]  # fmt: skip
        if now == plan:
            line.append("，决算数与年初预算数持平。")
        else:
            line.append(
                f"，决算数{'大于' if now > plan else '小于'}年初预算数的主要原因是年中追加或压减了经费。"
            )
        out.append(line)
    people, running = (truth.sum(both(general, nature(n))) for n in ("personnel", "public"))
    out += [
        ["五、一般公共预算财政拨款基本支出决算情况说明"],
        [
            f"{YEAR}年度一般公共预算财政拨款基本支出", *voice.said(people + running), "，其中：人员经费",
            *voice.said(people), f"，主要包括：{_accounts(truth, 'personnel')}；公用经费",
            *voice.said(running), f"，主要包括：{_accounts(truth, 'public')}。",
        ],
        ["六、财政拨款“三公”经费支出决算情况说明"],
    ]  # fmt: skip
    for word, key in (
        ("“三公”经费", "sangong"), ("因公出国（境）费", "abroad"),
        ("公务用车购置及运行维护费", "vehicle"), ("公务接待费", "reception"),
    ):  # fmt: skip
        now, plan, last = (truth.sum(spent_on(key), v) for v in ("now", "budget", "before"))
        line = [f"{word}支出预算为", *voice.said(plan), "，支出决算为", *voice.said(now)]
        if plan:
            line += ["，完成预算的", *voice.percent(now, plan)]
        line += ["，决算数", *voice.moved(now, last, "上年"), _reason(voice)]
        out.append(line)
    out += _others(truth, voice, "支出")
    return out


def _budget(truth: Truth, voice: Voice) -> list[list[Part]]:
    general = fund("general")
    total, before = truth.sum(), truth.sum(version="before")
    out: list[list[Part]] = [
        ["一、收支预算总体情况"],
        [
            f"{YEAR}年收支总预算",
            *voice.said(total),
            "，",
            *voice.moved(total, before, f"{LAST}年"),
            _reason(voice),
        ],
        ["二、收入预算情况"],
        _income(truth, voice),
        ["三、支出预算情况"],
        _spending(truth, voice),
        ["四、一般公共预算支出情况"],
    ]
    now, last = truth.sum(general), truth.sum(general, "before")
    out.append(
        [
            f"{YEAR}年一般公共预算拨款支出预算",
            *voice.said(now),
            "，",
            *voice.moved(now, last, f"{LAST}年预算"),
            _reason(voice),
        ]
    )
    levels = voice.rng.random() < 0.7
    for k, code in enumerate(c for c in truth.codes("function", general) if len(c) == 7):

        def mine(i: Item, code: str = code) -> bool:
            return general(i) and i.function == code

        now, last = truth.sum(mine), truth.sum(mine, "before")
        out.append(
            [
                f"（{k + 1}）{_named(code, levels)}{YEAR}年预算数为", *voice.said(now), "，",
                *voice.moved(now, last, f"{LAST}年预算数"), _reason(voice),
            ]
        )  # fmt: skip
    people, running = (truth.sum(both(general, nature(n))) for n in ("personnel", "public"))
    out += [
        ["五、一般公共预算基本支出情况"],
        [
            f"{YEAR}年一般公共预算基本支出", *voice.said(people + running), "，其中：人员经费",
            *voice.said(people), "，公用经费", *voice.said(running), "。",
        ],
        ["六、“三公”经费预算情况"],
    ]  # fmt: skip
    whole, past = (truth.sum(spent_on("sangong"), v) for v in ("now", "before"))
    line: list[Part] = [f"{YEAR}年“三公”经费预算", *voice.said(whole), "，其中："]
    for k, (word, key) in enumerate(
        (
            ("因公出国（境）费", "abroad"),
            ("公务用车购置及运行维护费", "vehicle"),
            ("公务接待费", "reception"),
        )
    ):
        line += ["，" if k else "", word, *voice.said(truth.sum(spent_on(key)))]
    out.append([*line, "。", *voice.moved(whole, past, f"{LAST}年预算"), _reason(voice)])
    for word, key in (("公务接待费", "reception"), ("公务用车运行维护费", "vehicle_running")):
        now, last = (truth.sum(spent_on(key), v) for v in ("now", "before"))
        out.append(
            [
                f"{YEAR}年{word}预算",
                *voice.said(now),
                "，",
                *voice.moved(now, last, "上年"),
                _reason(voice),
            ]
        )
    out += _others(truth, voice, "预算")
    return out


def _others(truth: Truth, voice: Voice, word: str) -> list[list[Part]]:
    rng = voice.rng
    goods, works, services = (rng.randint(1_000, 300_000) * 100 for _ in range(3))
    bought = goods + works + services
    small = int(bought * rng.uniform(0.3, 0.9))
    public = both(fund("general"), nature("public"))
    now, last = truth.sum(public), truth.sum(public, "before")
    out: list[list[Part]] = [
        ["七、其他重要事项"],
        [f"{YEAR}年机关运行经费{word}", *voice.said(now), "，", *voice.moved(now, last, f"{LAST}年{word}"), _reason(voice)],
        [
            f"{YEAR}年政府采购{word}总额", *voice.said(bought), "，其中：政府采购货物", word, *voice.said(goods),
            "、政府采购工程", word, *voice.said(works), "、政府采购服务", word, *voice.said(services), "。",
        ],
    ]  # fmt: skip
    if word == "支出":
        out[-1] += [
            "授予中小企业合同金额",
            *voice.said(small),
            "，占政府采购支出总额的",
            *voice.percent(small, bought),
            "。",
        ]
    for which, name in (("govfund", "政府性基金预算"), ("soe", "国有资本经营预算")):
        if not truth.codes("function", fund(which)):
            out.append(
                [
                    rng.choice(
                        (f"本部门{YEAR}年无{name}支出。", f"本单位没有使用{name}拨款安排的支出。")
                    )
                ]
            )
    return out
