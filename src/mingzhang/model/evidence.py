"""Evidence: where the actual value 实际完成值 of an indicator comes from, and what came out of it.

A ``Source`` is a register of records; ``Evidence`` says what to ask of it (or gives a typed-in value
with its document); an ``Actual`` is the answer with its provenance. Nothing here ever holds a row,
a cell or a group label of a register: aggregates only. Source: 《个人信息保护法》 art. 6 (no more
than is needed), 项目支出绩效评价管理办法 (财预〔2020〕10号: 评价 must rest on evidence).
"""

from __future__ import annotations

import datetime as days
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from fractions import Fraction

SOURCE_KINDS = ("csv", "parquet", "xlsx", "sqlite", "postgresql")
FILE_KINDS = ("csv", "parquet", "xlsx")


@dataclass(frozen=True, slots=True)
class Source:
    """A register of records 业务台账: a file, or a table of a database.

    path        file of csv, parquet, xlsx, sqlite; as written in the definition
    connection  name of a PostgreSQL connection; its address (with any password) stands in the
                environment variable ``MINGZHANG_DB_<NAME>`` and never in a file
    table       table of a database (``schema.table`` allowed), or sheet of a workbook ("" = first)
    encoding    of csv: ``auto`` (UTF-8, else GB18030), or a Python codec name
    key         columns that tell records apart; repeated keys are a fault
    blank       cell texts that mean "nothing entered" (``-``, ``未评价`` …)
    sha256      the digest this source must have; "" = any
    """

    name: str
    kind: str
    path: str = ""
    connection: str = ""
    table: str = ""
    encoding: str = "auto"
    delimiter: str = ""
    key: tuple[str, ...] = ()
    blank: tuple[str, ...] = ()
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class Condition:
    """One test on a column. test: equals (any of values), not, at_least, at_most, above, below, present.

    Values are texts, numbers or times; ``present`` has the value True or False.
    """

    column: str
    test: str
    values: tuple[str | Decimal | datetime | bool, ...]


@dataclass(frozen=True, slots=True)
class Measure:
    """What to work out over a register, without SQL 指标计算方式.

    kind      count, count_distinct, sum, average, share, share_within, timeliness, completion,
              participation, satisfaction, execution_rate
    column    what is summed, averaged, told apart or rated
    of        which records the measure is about (the base); where: which of these count
    begin     times between which ``within`` (a number of ``within_unit``) is counted;
    end       for timeliness ``end`` may be held against ``due`` instead
    at_least  the rating from which one is satisfied; ``among`` the words that say so
    total     the planned number, the people expected or the budget, where it is a given number
    total_source, total_column  the register and column whose sum is the budget
    data_unit unit of the amounts in the register 元 …
    groups    values of column ``by`` to break the result down to (labels come from here, never
              from the records; other records are one remainder)
    """

    kind: str
    column: str = ""
    of: tuple[Condition, ...] = ()
    where: tuple[Condition, ...] = ()
    begin: str = ""
    end: str = ""
    due: str = ""
    within: int | None = None
    within_unit: str = ""
    at_least: Decimal | None = None
    among: tuple[str, ...] = ()
    total: Decimal | None = None
    total_source: str = ""
    total_column: str = ""
    data_unit: str = ""
    by: str = ""
    groups: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Evidence:
    """How the actual value of one indicator is found: exactly one of measure, sql, value.

    ``since``/``until`` are the first and last day counted, by column ``date``. ``threshold`` is the
    least number of records that may stand behind a published figure (None = the file's). A typed-in
    ``value`` needs the ``document`` that proves it.
    """

    indicator: str
    unit: str = ""
    sources: tuple[str, ...] = ()
    measure: Measure | None = None
    sql: str = ""
    value: str = ""
    document: str = ""
    date: str = ""
    since: days.date | None = None
    until: days.date | None = None
    threshold: int | None = None


@dataclass(frozen=True, slots=True)
class Fault:
    """Why there is no value, or what to know about one: what, where, what to do (zh, en)."""

    code: str
    messages: Mapping[str, str]

    @property
    def message(self) -> str:
        return self.messages["zh"]

    def message_in(self, lang: str) -> str:
        """The sentence in ``lang``, Chinese if there is no other."""
        return self.messages.get(lang) or self.messages["zh"]


@dataclass(frozen=True, slots=True)
class SourceState:
    """A source as it was when it was asked. digest_of: "file" (its bytes) or "rows" (the columns used)."""

    name: str
    kind: str
    digest: str
    digest_of: str


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a value came from 数据来源: enough to ask again and to see whether anything changed.

    ``rows_read`` records looked at, ``rows_in`` those the measure is about.
    """

    sources: tuple[SourceState, ...]
    query: str
    rows_read: int | None
    rows_in: int | None
    when: datetime
    engine: str


@dataclass(frozen=True, slots=True)
class Group:
    """One cell of a breakdown 分组; everything but the label is None when it is suppressed."""

    label: str
    value: Decimal | None
    numerator: Decimal | None
    denominator: Decimal | None
    rows: int | None
    suppressed: bool = False


@dataclass(frozen=True, slots=True)
class Actual:
    """The actual value of an indicator 实际完成值, or the fault for which there is none.

    ``value`` is in ``unit`` (a ratio in % is ×100, cut at 28 digits; ``fraction`` is exact).
    ``suppressed``: too few records stand behind it to be told. ``remarks`` do not void the value.
    """

    indicator: str
    unit: str
    value: Decimal | None
    text: str = ""
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    provenance: Provenance | None = None
    document: str = ""
    suppressed: bool = False
    fault: Fault | None = None
    remarks: tuple[Fault, ...] = ()
    groups: tuple[Group, ...] = ()

    @property
    def fraction(self) -> Fraction | None:
        """Numerator over denominator, exactly; None where the value is no ratio."""
        if self.numerator is None or not self.denominator:
            return None
        return Fraction(self.numerator) / Fraction(self.denominator)


@dataclass(frozen=True, slots=True)
class Reproduction:
    """What came of asking again 复算: whether source, question and value are the same."""

    again: Actual
    same_source: bool
    same_query: bool
    same_value: bool

    @property
    def same(self) -> bool:
        return self.same_source and self.same_query and self.same_value
