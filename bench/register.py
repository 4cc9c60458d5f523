"""A made-up service register of a petition reception hall, with the answers known beforehand.

    python -m bench.register FOLDER --rows 1000 --seed 1      writes CSV files and evidence.toml

Everything is invented, the names and ID numbers too (their check digits are wrong on purpose); they
are there so that a test can look for them where they must not be. The answers are added up in plain
Python while the rows are made, by other means than the engine that is tested against them.
"""

from __future__ import annotations

import argparse
import csv
import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

YEAR = 2023
STREETS = ("莲溪街道", "松岗街道", "海棠街道", "白鹭镇", "云山镇")
SUBJECTS = ("劳动保障", "住房物业", "交通运输", "教育医疗", "其他")
_FAMILY = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜"
_GIVEN = "瑾瑜珩琬琰沅芷澧兰昀暄晞昶旻晟朔望弦晦霁霖霏霭岚岫岑崧峤嶷"

Row = tuple[str, ...]
COLUMNS: Mapping[str, Row] = {
    "requests": (
        *("编号", "登记时间", "姓名", "身份证号", "联系电话", "街道", "类别", "受理时间"),
        *("答复时间", "办理期限", "评价"),
    ),
    "calls": ("工单号", "报修时间", "报修人", "响应时间", "到场时间", "设备"),
    "duty": ("班次号", "日期", "岗位", "值班人", "身份证号", "到岗"),
    "payments": ("凭证号", "支付日期", "收款人", "收款证件号", "项目", "金额"),
}
KEYS = {name: columns[0] for name, columns in COLUMNS.items()}


@dataclass
class Answers:
    """What the indicators must come to: numerator and denominator, or an amount over 1."""

    top: dict[str, Decimal] = field(default_factory=dict)
    base: dict[str, int | Decimal] = field(default_factory=dict)
    seen: dict[str, set[str]] = field(default_factory=dict)

    def add(self, name: str, counts: bool | Decimal = True, base: bool = True) -> None:
        """One more record that the indicator is about, and whether (how much) it counts."""
        self.top[name] = self.top.get(name, Decimal(0)) + Decimal(counts if base else 0)
        self.base[name] = self.base.get(name, 0) + int(base)

    def mark(self, name: str, who: str) -> None:
        """One more of those that are told apart."""
        self.seen.setdefault(name, set()).add(who)

    def value(self, name: str) -> Fraction:
        """The answer as a fraction; amounts have a base of 1."""
        if name in self.seen:
            return Fraction(len(self.seen[name]))
        return Fraction(self.top[name]) / Fraction(self.base[name])


@dataclass
class Person:
    """Somebody invented."""

    name: str
    number: str
    phone: str


def _people(chance: random.Random, count: int) -> list[Person]:
    made = []
    for _ in range(count):
        name = chance.choice(_FAMILY) + chance.choice(_GIVEN) + chance.choice(_GIVEN)
        born = f"{chance.randrange(1950, 2005)}{chance.randrange(1, 13):02}{chance.randrange(1, 29):02}"
        digits = f"99{chance.randrange(10**4):04}{born}{chance.randrange(1000):03}"
        weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
        right = sum(int(d) * w for d, w in zip(digits, weights, strict=True)) % 11
        wrong = "10X98765432"[(right + 1) % 11]
        made.append(Person(name, digits + wrong, f"199{chance.randrange(10**8):08}"))
    return made


def _moment(chance: random.Random) -> datetime:
    return datetime(YEAR, 1, 1) + timedelta(seconds=chance.randrange(365 * 86_400))


def _later(chance: random.Random, start: datetime, limit: int, share: float) -> datetime:
    """A time after ``start``: within ``limit`` seconds for that share, and now and then on the dot."""
    lot = chance.random()
    if lot < 0.02:
        return start + timedelta(seconds=limit)
    if lot < share:
        return start + timedelta(seconds=chance.randrange(limit))
    return start + timedelta(seconds=limit + chance.randrange(1, 3 * limit))


def requests(rows: int, chance: random.Random, known: Answers) -> Iterator[Row]:
    """Requests received, accepted, answered and rated."""
    people = _people(chance, max(20, rows // 8))
    for number in range(rows):
        who = chance.choice(people)
        street, subject = chance.choice(STREETS), chance.choice(SUBJECTS)
        received = _moment(chance)
        accepted = _later(chance, received, 15 * 86_400, 0.93) if chance.random() < 0.97 else None
        answered = due = None
        if accepted:
            due = (accepted + timedelta(days=60)).replace(hour=0, minute=0, second=0)
            if chance.random() < 0.9:
                answered = _later(chance, accepted, 58 * 86_400, 0.95)
        rating = str(chance.choices((5, 4, 3, 2, 1), (60, 25, 9, 4, 2))[0]) if answered else ""
        if chance.random() < 0.3:
            rating = ""
        known.add("received", base=True)
        known.base["received"] = 1
        known.mark("petitioners", who.number)
        days = (accepted.date() - received.date()).days if accepted else None
        known.add("accepted-15d", days is not None and days <= 15)
        if due:
            known.add("answered-in-time", bool(answered and answered.date() <= due.date()))
        known.add("answered", answered is not None, base=accepted is not None)
        if subject == "劳动保障":
            known.add("labour-answered", answered is not None)
        if rating:
            known.add("satisfied", int(rating) >= 4)
            known.add("rating", Decimal(rating))
            known.add(f"satisfied {street}", int(rating) >= 4)
        yield (
            *(f"XF{number:08}", str(received), who.name, who.number, who.phone, street, subject),
            *(str(accepted or ""), str(answered or ""), str(due.date()) if due else "", rating),
        )


def calls(rows: int, chance: random.Random, known: Answers) -> Iterator[Row]:
    """Maintenance calls: when called, when answered, when on the spot."""
    people = _people(chance, max(10, rows // 10))
    for number in range(rows):
        called = _moment(chance)
        answered = _later(chance, called, 3600, 0.96)
        there = _later(chance, called, 3 * 3600, 0.94) if chance.random() < 0.98 else None
        known.add("response-1h", answered - called <= timedelta(hours=1))
        known.add("arrival-3h", bool(there and there - called <= timedelta(hours=3)))
        who, device = chance.choice(people).name, chance.choice(("空调", "叫号机", "门禁", "网络"))
        yield (f"WX{number:08}", str(called), who, str(answered), str(there or ""), device)


def duty(rows: int, chance: random.Random, known: Answers) -> Iterator[Row]:
    """Duty rosters: who was to be there, and was."""
    people = _people(chance, max(10, rows // 50))
    known.base["took-part"] = 0
    roster, came = set(), set()
    for number in range(rows):
        who = chance.choice(people)
        present = chance.random() < 0.6
        roster.add(who.number)
        if present:
            came.add(who.number)
        known.add("on-duty", present)
        day, post = f"{_moment(chance):%Y-%m-%d}", chance.choice(("接访", "复核", "引导"))
        yield (f"ZB{number:08}", day, post, who.name, who.number, "是" if present else "否")
    known.top["took-part"], known.base["took-part"] = Decimal(len(came)), len(roster)


def payments(rows: int, chance: random.Random, known: Answers) -> Iterator[Row]:
    """Payments of the hall's projects, in 元 to the cent; two in a hundred are refunds."""
    people = _people(chance, max(10, rows // 20))
    paid = 0
    for number in range(rows):
        who = chance.choice(people)
        cents = chance.randrange(100, 5_000_000) * (-1 if chance.random() < 0.02 else 1)
        paid += cents
        text = f"{cents / 100:,.2f}" if chance.random() < 0.1 else f"{cents / 100:.2f}"
        day, project = f"{_moment(chance):%Y-%m-%d}", chance.choice(("接访大厅运行", "法律援助"))
        yield (f"ZF{number:08}", day, who.name, who.number, project, text)
    known.top["paid"], known.base["paid"] = Decimal(paid) / 100, 1
    known.top["execution"], known.base["execution"] = Decimal(paid) / 100, budget(rows)


def budget(rows: int) -> Decimal:
    """The budget of the hall in 元, such that a little of it is left."""
    return Decimal(26_000) * rows


TABLES: Mapping[str, Callable[[int, random.Random, Answers], Iterator[Row]]] = {
    "requests": requests,
    "calls": calls,
    "duty": duty,
    "payments": payments,
}


def write_csv(
    folder: Path, rows: int, seed: int = 1, only: Sequence[str] = (), others: int | None = None
) -> Answers:
    """The registers as CSV files in ``folder``, and what they must come to.

    ``rows`` of each; of ``others`` than requests so many, if given.
    """
    known = Answers()
    for name in only or TABLES:
        chance = random.Random(f"{seed} {name}")
        with (folder / f"{name}.csv").open("w", encoding="utf-8-sig", newline="") as stream:
            out = csv.writer(stream)
            out.writerow(COLUMNS[name])
            count = rows if name == "requests" or others is None else others
            out.writerows(TABLES[name](count, chance, known))
    return known


def secrets(folder: Path) -> set[str]:
    """Every name, ID and telephone number in the CSV files of a folder."""
    personal = {"姓名", "身份证号", "联系电话", "报修人", "值班人", "收款人", "收款证件号"}
    found: set[str] = set()
    for name, columns in COLUMNS.items():
        path = folder / f"{name}.csv"
        if path.exists():
            with path.open(encoding="utf-8-sig", newline="") as stream:
                for row in csv.DictReader(stream):
                    found.update(row[c] for c in columns if c in personal)
    return found


INDICATORS = """
[[indicator]]
id = "received"
source = "requests"
unit = "件"
measure = "count"
date = "登记时间"
since = 2023-01-01
until = 2023-12-31

[[indicator]]
id = "petitioners"
source = "requests"
unit = "人"
measure = "count_distinct"
column = "身份证号"

[[indicator]]
id = "accepted-15d"
source = "requests"
unit = "%"
measure = "share_within"
from = "登记时间"
to = "受理时间"
within = { days = 15 }

[[indicator]]
id = "answered-in-time"
source = "requests"
unit = "%"
measure = "timeliness"
to = "答复时间"
due = "办理期限"

[[indicator]]
id = "answered"
source = "requests"
unit = "%"
measure = "completion"
of = { "受理时间" = { present = true } }
where = { "答复时间" = { present = true } }

[[indicator]]
id = "labour-answered"
source = "requests"
unit = "%"
measure = "share"
of = { "类别" = "劳动保障" }
where = { "答复时间" = { present = true } }

[[indicator]]
id = "satisfied"
source = "requests"
unit = "%"
measure = "satisfaction"
column = "评价"
at_least = 4
by = "街道"
groups = ["莲溪街道", "松岗街道", "海棠街道", "白鹭镇", "云山镇"]

[[indicator]]
id = "rating"
source = "requests"
unit = "分"
measure = "average"
column = "评价"

[[indicator]]
id = "response-1h"
source = "calls"
unit = "%"
measure = "share_within"
from = "报修时间"
to = "响应时间"
within = { hours = 1 }

[[indicator]]
id = "arrival-3h"
source = "calls"
unit = "%"
measure = "share_within"
from = "报修时间"
to = "到场时间"
within = { hours = 3 }

[[indicator]]
id = "took-part"
source = "duty"
unit = "%"
measure = "participation"
column = "身份证号"
where = { "到岗" = "是" }

[[indicator]]
id = "on-duty"
source = "duty"
unit = "%"
measure = "participation"
where = { "到岗" = "是" }

[[indicator]]
id = "paid"
source = "payments"
unit = "元"
measure = "sum"
column = "金额"

[[indicator]]
id = "execution"
source = "payments"
unit = "%"
measure = "execution_rate"
column = "金额"
total = TOTAL
"""


def definition(kind: str, rows: int, *, keys: bool = True) -> str:
    """The text of ``evidence.toml`` for the registers in one kind of store; ``rows`` of payments."""
    suffix = {"csv": ".csv", "parquet": ".parquet", "xlsx": ".xlsx"}.get(kind, "")
    parts = []
    for name in COLUMNS:
        lines = {
            "sqlite": f'path = "hall.sqlite"\ntable = "{name}"',
            "postgresql": f'connection = "hall"\ntable = "{name}"',
        }.get(kind, f'path = "{name}{suffix}"')
        key = f'key = ["{KEYS[name]}"]\n' if keys else ""
        parts.append(f'[source.{name}]\nkind = "{kind}"\n{lines}\n{key}')
    return "\n".join(parts) + INDICATORS.replace("TOTAL", str(budget(rows)))


def main() -> None:
    """Write the registers and their evidence.toml."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("folder", type=Path)
    asked.add_argument("--rows", type=int, default=1000)
    asked.add_argument("--seed", type=int, default=1)
    given = asked.parse_args()
    given.folder.mkdir(parents=True, exist_ok=True)
    write_csv(given.folder, given.rows, given.seed)
    (given.folder / "evidence.toml").write_text(definition("csv", given.rows), "utf-8")


if __name__ == "__main__":
    main()
