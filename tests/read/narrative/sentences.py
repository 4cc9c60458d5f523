"""Helpers of the narrative tests: sentences in, what they were understood to say out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from mingzhang.model.book import Section
from mingzhang.model.claim import Direction, Parts, Ratio
from mingzhang.model.document import Paragraph, Run
from mingzhang.model.figure import Figure
from mingzhang.model.money import Unit, parse_printed
from mingzhang.model.place import Place
from mingzhang.model.quantity import Quantity
from mingzhang.read.lexicon import Lexicon
from mingzhang.read.narrative import Narration, narrate

FUNCTIONS = {
    "一般公共服务支出": ("201",),
    "档案事务": ("20126",),
    "行政运行": ("2012601",),
    "一般行政管理事务": ("2012602",),
    "档案馆": ("2012604",),
    "社会保障和就业支出": ("208",),
    "行政事业单位养老支出": ("20805",),
    "行政单位离退休": ("2080501",),
    "住房保障支出": ("221",),
    "住房改革支出": ("22102",),
    "住房公积金": ("2210201",),
}
ECONOMICS = {"工资福利支出": ("301",), "基本工资": ("30101",), "商品和服务支出": ("302",)}


@dataclass(frozen=True)
class Told:
    """A narration with its claims sorted out."""

    narration: Narration

    @property
    def figures(self) -> tuple[Figure, ...]:
        return self.narration.figures

    def figure(self, text: str, nth: int = 0) -> Figure:
        """The ``nth`` figure that prints ``text``."""
        return [f for f in self.figures if f.text == text][nth]

    def key(self, text: str, nth: int = 0) -> str | None:
        """The quantity of that figure as one line; None if it was not understood."""
        quantity = self.figure(text, nth).quantity
        return None if quantity is None else quantity.key

    def listed(self) -> list[tuple[str, str | None]]:
        """(text, quantity) of every figure, in order."""
        return [(f.text, f.quantity.key if f.quantity else None) for f in self.figures]

    def sign(self, text: str, nth: int = 0) -> int | None:
        """The sign of the direction that a figure's word gives; None without one."""
        figure = self.figure(text, nth)
        found = [c.sign for c in self.directions if c.figure == figure.id]
        return found[0] if found else None

    def ratio(self, text: str, nth: int = 0) -> tuple[str, str, str, int]:
        """(kind, numerator, denominator, sign) of a percentage."""
        figure = self.figure(text, nth)
        found = next(
            c for c in self.narration.claims if isinstance(c, Ratio) and c.figure == figure.id
        )
        return found.kind, found.numerator.key, found.denominator.key, found.sign

    @property
    def directions(self) -> list[Direction]:
        return [c for c in self.narration.claims if isinstance(c, Direction)]

    @property
    def parts(self) -> list[tuple[str, list[str], bool]]:
        """(whole, parts, complete) of every division."""
        return [
            (c.whole.key, [p.key for p in c.parts], c.complete)
            for c in self.narration.claims
            if isinstance(c, Parts)
        ]

    @property
    def notices(self) -> list[tuple[str, str]]:
        return [(n.what, n.text) for n in self.narration.notices]


def paragraphs(*texts: str) -> list[Paragraph]:
    """One paragraph per text; a text that begins with # is a heading."""
    out = []
    for number, text in enumerate(texts, start=1):
        body = text.lstrip("# ")
        place = Place("0" * 64, "book.txt", body, line=number, column=1)
        out.append(Paragraph((Run(body, place),), 1 if text.startswith("#") else 0))
    return out


def sections(found: list[Paragraph]) -> list[Section]:
    """Flat sections: each heading up to the next."""
    starts = [i for i, p in enumerate(found) if p.level]
    ends = [*(i - 1 for i in starts[1:]), len(found) - 1]
    return [
        Section(found[a].text, "", 1, a, b, found[a].place)
        for a, b in zip(starts, ends, strict=False)
    ]


def stated_figure(number: int, key: Quantity, text: str, unit: Unit) -> Figure:
    """A table figure that states ``key``."""
    printed = parse_printed(text, unit)
    assert printed is not None
    return Figure(f"t{number}", printed, Place("0" * 64, "book.txt", text), "", key, statement=0)


Tell = Callable[..., Told]


def teller() -> Tell:
    """tell(*texts, year=2023, stage="budget", entity=…, stated={Quantity: "1,234"}, …) -> Told."""

    def run(
        *texts: str,
        year: int | None = 2023,
        stage: str = "budget",
        entity: str = "某市档案局",
        unit: str = "万元",
        projects: Mapping[str, str] | None = None,
        stated: Mapping[Quantity, str] | None = None,
    ) -> Told:
        tables = {
            q: (stated_figure(i, q, text, Unit(unit)),)
            for i, (q, text) in enumerate((stated or {}).items())
        }
        lexicon = Lexicon(
            year, stage, entity, unit, FUNCTIONS, ECONOMICS, dict(projects or {}), tables
        )
        found = paragraphs(*texts)
        return Told(narrate(found, sections(found), lexicon))

    return run
