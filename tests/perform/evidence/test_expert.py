"""SQL by experts: one SELECT of aggregates over the named sources, in an engine that is locked."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from bench import stores

from mingzhang.model.evidence import Actual
from mingzhang.perform.evidence import evaluate, load

SOURCES = """
[source.requests]
path = "requests.csv"
[source.calls]
path = "calls.csv"
[source.duty]
path = "duty.csv"
"""


def asked(small, tmp_path: Path, sql: str, sources: str = '["requests"]') -> Actual:
    """What comes of one expert's query over the small registers."""
    text = SOURCES.replace('path = "', f'path = "{small.folder}/')
    text += f"[[indicator]]\nid = 'x'\nunit = '%'\nsources = {sources}\nsql = '''{sql}'''\n"
    (tmp_path / "evidence.toml").write_text(text, "utf-8")
    (one,) = evaluate(load(tmp_path / "evidence.toml"))
    return one


GOOD = """
with rated as (select "评价"::int as r from requests where "评价" <> '')
select 100.0 * count(*) filter (where r >= 4) / count(*) as value, count(*) as rows,
       count(*) filter (where r >= 4) as numerator, count(*) as denominator
from rated;
"""


def test_a_good_query(small, tmp_path: Path) -> None:
    one = asked(small, tmp_path, GOOD)
    assert one.fault is None
    assert one.fraction == small.answers.value("satisfied")
    assert one.value is not None
    assert abs(Fraction(one.value) - 100 * small.answers.value("satisfied")) < Fraction(1, 10**10)
    assert one.provenance is not None
    assert one.provenance.rows_in == small.answers.base["satisfied"]
    assert one.provenance.query == GOOD.strip().rstrip(";")


def test_a_join_of_registers(small, tmp_path: Path) -> None:
    sql = """select median(n) as value, sum(n) as rows from (
        select count(*) as n from duty join requests using ("姓名") group by "街道")"""
    sql = sql.replace(
        'using ("姓名")', "on duty.\"班次号\" = replace(requests.\"编号\", 'XF', 'ZB')"
    )
    one = asked(small, tmp_path, sql, '["requests", "duty"]')
    assert one.fault is None, one.fault
    assert one.provenance is not None
    assert one.provenance.rows_in == 400
    assert [s.name for s in one.provenance.sources] == ["requests", "duty"]


REFUSED = {
    "two statements": ("select 1 as value, 9 as rows; select 2 as value, 9 as rows", "sql-select"),
    "nothing": ("select", "sql-syntax"),
    "an insert": ("insert into requests values (1)", "sql-select"),
    "a drop": ("drop view requests", "sql-select"),
    "a copy": ("copy (select 1) to '{folder}/requests.csv'", "sql-select"),
    "a setting": ("set memory_limit = '100GB'", "sql-select"),
    "an attachment": ("attach '{folder}/x.db'", "sql-select"),
    "an extension": ("install httpfs", "sql-select"),
    "a pragma": ("pragma database_list", "sql-select"),
    "a call": ("call pragma_version()", "sql-select"),
    "a union": ("select 1 as value, 9 as rows union all select 2, 9", "sql-select"),
    "another file": ("select count(*) as value, count(*) as rows from '/etc/passwd'", "sql-tables"),
    "a reading function": (
        "select count(*) as value, count(*) as rows from read_text('/etc/passwd')",
        "sql-tables",
    ),
    "a listing": ("select count(*) as value, count(*) as rows from glob('/*')", "sql-tables"),
    "a file deep inside": (
        "select sum(n) as value, sum(n) as rows from (select count(*) n from read_csv('{folder}/duty.csv'))",
        "sql-tables",
    ),
    "a source not named": ("select count(*) as value, count(*) as rows from duty", "sql-tables"),
    "the catalog": (
        "select count(*) as value, count(*) as rows from information_schema.tables",
        "sql-tables",
    ),
    "a star": ("select * from requests", "sql-star"),
    "a star inside": (
        "select count(*) as value, count(*) as rows from (select distinct * from requests)",
        "sql-star",
    ),
    "a record's name": ('select "姓名" as value, 9 as rows from requests limit 1', "sql-aggregate"),
    "a record's number": (
        'select max("身份证号"[1:17]::hugeint) as value, count(*) as rows from requests',
        "sql-aggregate",
    ),
    "first": ('select first("姓名") as value, count(*) as rows from requests', "sql-aggregate"),
    "a list": (
        'select string_agg("姓名") as value, count(*) as rows from requests',
        "sql-aggregate",
    ),
    "a window": ("select sum(1) over () as value, count(*) as rows from requests", "sql-aggregate"),
    "a subquery": (
        'select (select "姓名" from requests limit 1) as value, count(*) as rows from requests',
        "sql-aggregate",
    ),
    "a hidden column": (
        'select count(*) + any_value("评价")::int as value, count(*) as rows from requests',
        "sql-aggregate",
    ),
    "no rows column": ("select count(*) as value from requests", "sql-shape"),
    "another column": (
        "select count(*) as value, count(*) as rows, 1 as more from requests",
        "sql-shape",
    ),
    "many rows": (
        'select count(*) as value, count(*) as rows from requests group by "街道"',
        "sql-shape",
    ),
    "a conversion": (
        'select sum("姓名"::int) as value, count(*) as rows from requests',
        "sql-failed",
    ),
    "no such column": (
        'select sum("金额"::int) as value, count(*) as rows from requests',
        "sql-failed",
    ),
    "no value": ("select sum(1) as value, count(*) as rows from requests where false", "no-base"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refused(name: str, small, tmp_path: Path) -> None:
    sql, code = REFUSED[name]
    before = {p: p.read_bytes() for p in small.folder.glob("*.csv")}
    one = asked(small, tmp_path, sql.replace("{folder}", str(small.folder)))
    assert one.value is None
    assert one.fault is not None
    assert one.fault.code == code
    assert before == {p: p.read_bytes() for p in small.folder.glob("*.csv")}


def test_too_few_records_are_not_told(small, tmp_path: Path) -> None:
    sql = "select sum(\"评价\"::int) as value, count(*) as rows from requests where \"编号\" in ('XF00000001', 'XF00000002', 'XF00000003', 'XF00000004')"
    sql = sql.replace('"评价"::int', 'try_cast("评价" as int)')
    one = asked(small, tmp_path, sql)
    assert one.suppressed
    assert one.value is None
    assert one.provenance is not None
    assert one.provenance.rows_in is None


def test_over_loaded_registers(small, tmp_path: Path) -> None:
    """SQLite is loaded with the columns that the query names, and may be read twice in one query."""
    for path in small.folder.glob("*.csv"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    stores.sqlite(tmp_path)
    text = '[source.duty]\npath = "hall.sqlite"\ntable = "duty"\n'
    text += "[[indicator]]\nid = 'x'\nsource = 'duty'\nsql = '''select count(*) as value, count(*) as rows"
    text += ' from duty a join duty b on a."班次号" = b."班次号"\'\'\'\n'
    (tmp_path / "evidence.toml").write_text(text, "utf-8")
    (one,) = evaluate(load(tmp_path / "evidence.toml"))
    assert one.fault is None, one.fault
    assert one.value == Decimal(400)
