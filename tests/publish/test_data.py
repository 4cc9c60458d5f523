"""The open data say what the edition says, validate with the reference tool, and give nothing away."""

import csv
import io
import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest
from frictionless import Package
from ledgers import LAYOUTS, ROUNDINGS, WHERE, compiled, differences, edition, ledger

from mingzhang.compiling import compile_ledger
from mingzhang.goals.targets import parse_target
from mingzhang.model.edition import (
    Edition,
    Prose,
    Span,
    Table,
    TableCell,
    TableColumn,
    TableRow,
)
from mingzhang.model.goal import Condition, GoalLine
from mingzhang.model.money import Unit
from mingzhang.model.quantity import Quantity
from mingzhang.publish.data import data_of, publish_data
from mingzhang.publish.data import folder as folders
from mingzhang.read import read_book


def rows(files: Mapping[str, bytes], name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(files[f"{name}.csv"].decode("utf-8"), newline="")))


def only(*prose: Prose) -> Edition:
    return replace(edition(), body=prose, lines=(), codes=())


@pytest.mark.parametrize("rounding", ROUNDINGS)
@pytest.mark.parametrize("layout", LAYOUTS)
def test_reads_back_as_the_same_book(layout: str, rounding: str, tmp_path: Path) -> None:
    made = compiled(layout, rounding)
    assert made.edition is not None
    publish_data(made.edition, tmp_path / "book-data")
    assert differences(made, tmp_path / "book-data") == []


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_reference_tool_finds_it_valid(layout: str, tmp_path: Path) -> None:
    publish_data(edition(layout), tmp_path / "book-data")
    report = Package(str(tmp_path / "book-data/datapackage.json")).validate()
    assert report.valid, report.flatten(["note"])
    assert {task.name for task in report.tasks} >= {
        "statements",
        "cells",
        "text",
        "claims",
        "lines",
    }


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("cells.csv", ",general,2010308,", ",general,2010309,"),  # a code that no list has
        ("cells.csv", "1,1,1,", "99,1,1,"),  # a cell of no statement
        ("codes-fund.csv", "general,", "fiscal,"),  # the same code twice
        ("claims.csv", "budget", "Budget"),  # a stage that no list has
    ],
)
def test_its_keys_bind(file: str, old: str, new: str, tmp_path: Path) -> None:
    """The reference tool finds a broken key, even where sizes and digests are not looked at."""
    publish_data(edition(), tmp_path / "d")
    path, at = tmp_path / "d" / file, tmp_path / "d/datapackage.json"
    text = path.read_text("utf-8")
    assert old in text
    path.write_bytes(text.replace(old, new, 1).encode().replace(b"\r\r", b"\r"))
    descriptor = json.loads(at.read_text("utf-8"))
    for resource in descriptor["resources"]:
        del resource["bytes"], resource["hash"]
    at.write_text(json.dumps(descriptor), "utf-8")
    assert not Package(str(at)).validate().valid


def test_a_figure_with_its_amount_and_coordinates() -> None:
    """表2, 收入总计 of the department: 3,120.89 万元 is 31,208,900.00 元."""
    files = data_of(edition())
    heads = rows(files, "statements")
    income = next(h for h in heads if h["title"] == "收入总表")
    assert (income["number"], income["unit"], income["header_rows"]) == ("表2", "万元", "3")
    cells = [c for c in rows(files, "cells") if c["statement"] == income["statement"]]
    total = next(c for c in cells if (c["row"], c["column"]) == ("4", "2"))
    assert (total["text"], total["amount"], total["decimals"]) == ("3,120.89", "31208900.00", "2")
    assert (total["year"], total["flow"], total["stage"]) == ("2023", "sources", "budget")
    head = next(c for c in cells if c["text"] == "本年收入")
    assert (head["header"], head["rows"], head["columns"], head["amount"]) == ("true", "1", "7", "")


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_claim_stands_where_it_is_said_to(layout: str) -> None:
    files = data_of(edition(layout))
    blocks = {row["block"]: row["text"] for row in rows(files, "text")}
    claims = rows(files, "claims")
    assert claims
    for claim in claims:
        start = int(claim["start"])
        assert blocks[claim["block"]][start : start + len(claim["text"])] == claim["text"]
        assert Decimal(claim["text"].replace(",", "")) == Decimal(claim["value"])
        if claim["measure"] == "money":
            times = {"万元": 10_000, "元": 1}[claim["unit"]]
            assert Decimal(claim["amount"]) == Decimal(claim["value"]) * times
        else:
            assert claim["amount"] == ""


def test_the_direction_of_a_change_is_told() -> None:
    change = Quantity(2023, "uses", versus="2022:budget")
    spans = (Span("比2022年减少"), Span("1.5", change, Unit.WAN), Span("万元。"))
    claim = rows(data_of(only(Prose(spans))), "claims")[0]
    assert (claim["start"], claim["direction"], claim["value"]) == ("8", "减少", "1.5")
    assert (claim["amount"], claim["versus"]) == ("15000.00", "2022:budget")


def test_line_items_add_up_to_the_ledger() -> None:
    exact = sum(line.amounts[0, "budget"] for line in ledger().lines)
    lines = rows(data_of(edition()), "lines")
    assert sum(Decimal(line["amount"]) for line in lines) == Decimal(exact) / 100


def test_where_no_line_items_are_public_nothing_of_them_is_there() -> None:
    files = data_of(replace(edition(), lines=()))
    assert not [name for name in files if name.startswith("lines")]
    assert "不公布明细" in files["README.md"].decode()
    descriptor = json.loads(files["datapackage.json"])
    assert "lines" not in {r["name"] for r in descriptor["resources"]}
    assert list(descriptor["model"]["measures"]) == ["printed"]


def test_of_a_figure_kept_back_only_its_mark_is_published() -> None:
    made = edition()
    at, table = next((n, b) for n, b in enumerate(made.body) if isinstance(b, Table) and b.title)
    r, c, cell = next(table.figures())
    kept = replace(cell, text="—", withheld=True)
    row = replace(
        table.rows[r], cells=(*table.rows[r].cells[:c], kept, *table.rows[r].cells[c + 1 :])
    )
    table = replace(table, rows=(*table.rows[:r], row, *table.rows[r + 1 :]))
    files = data_of(replace(made, body=(*made.body[:at], table, *made.body[at + 1 :])))
    found = [x for x in rows(files, "cells") if x["text"] == "—"]
    assert len(found) == 1
    assert not any(found[0][k] for k in ("amount", "decimals", "year", "flow", "measure"))


@pytest.mark.parametrize(
    ("layout", "phase"), [("shenzhen", "approved"), ("shanghai-final", "executed")]
)
def test_the_fiscal_model_points_at_columns_that_there_are(layout: str, phase: str) -> None:
    """The words are those of the Fiscal Data Package's JSON schema."""
    descriptor = json.loads(data_of(edition(layout))["datapackage.json"])
    columns = {
        (r["name"], f["name"]): f["type"]
        for r in descriptor["resources"]
        for f in r["schema"]["fields"]
    }
    model = descriptor["model"]
    for measure in model["measures"].values():
        assert columns[measure["resource"], measure["source"]] == "number"
        assert (measure["currency"], measure["phase"]) == ("CNY", phase)
        assert measure.get("direction", "expenditure") in ("expenditure", "revenue")
    kinds = {"datetime", "entity", "classification", "activity"}
    for dimension in model["dimensions"].values():
        assert dimension["dimensionType"] in kinds
        assert dimension.get("classificationType", "economic") in ("functional", "economic")
        assert set(dimension["primaryKey"]) <= set(dimension["attributes"])
        for attribute in dimension["attributes"].values():
            assert (attribute["resource"], attribute["source"]) in columns


@pytest.mark.parametrize("name", ["cells", "claims", "lines"])
def test_parquet_holds_what_the_csv_holds(name: str, tmp_path: Path) -> None:
    files = data_of(edition())
    path = tmp_path / "table.parquet"
    path.write_bytes(files[f"{name}.parquet"])
    with duckdb.connect(":memory:") as base:
        table = base.read_parquet(str(path))
        kinds = dict(zip(table.columns, map(str, table.types), strict=True))
        held = [dict(zip(table.columns, row, strict=True)) for row in table.fetchall()]
    assert kinds["amount"] == "DECIMAL(20,2)"
    wanted = rows(files, name)
    assert len(held) == len(wanted)
    for got, want in zip(held, wanted, strict=True):
        for column, text in want.items():
            value = got[column]
            if isinstance(value, bool):
                assert str(value).lower() == text
            elif isinstance(value, Decimal):
                assert value == Decimal(text)
            else:
                assert ("" if value is None else str(value)) == text


def test_the_same_edition_gives_the_same_bytes_and_no_clock_is_in_them() -> None:
    assert data_of(edition()) == data_of(edition())
    assert "created" not in json.loads(data_of(edition())["datapackage.json"])
    dated = json.loads(data_of(replace(edition(), published=date(2023, 2, 1)))["datapackage.json"])
    assert dated["created"] == "2023-02-01T00:00:00Z"
    assert dated["contributors"] == [{"title": "深圳市某局", "role": "publisher"}]


def test_text_stays_as_it_is_whatever_it_begins_with() -> None:
    words = ["=1+1", "+86", "-3", "@x", '引"号,逗号', "换\n行"]
    files = data_of(only(*(Prose((Span(word),)) for word in words)))
    assert not files["text.csv"].startswith(b"\xef\xbb\xbf")
    assert [r["text"] for r in rows(files, "text") if r["kind"] == "paragraph"] == words


def test_an_older_package_is_replaced_as_a_whole(tmp_path: Path) -> None:
    place = tmp_path / "book-data"
    publish_data(edition(), place)
    (place / "stale.csv").write_text("old", "utf-8")
    publish_data(replace(edition(), lines=()), place)
    names = {p.name for p in place.iterdir()}
    assert "stale.csv" not in names and "lines.csv" not in names and "cells.csv" in names
    assert [p.name for p in tmp_path.iterdir()] == ["book-data"]


def test_what_is_no_package_is_not_replaced(tmp_path: Path) -> None:
    place = tmp_path / "mine"
    place.mkdir()
    (place / "letter.txt").write_text("dear", "utf-8")
    with pytest.raises(FileExistsError):
        publish_data(edition(), place)
    assert [p.name for p in place.iterdir()] == ["letter.txt"]


def test_a_failure_leaves_the_older_package(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "book-data"
    publish_data(edition(), place)
    before = {p.name: p.read_bytes() for p in place.iterdir()}
    rename = Path.rename

    def failing(self: Path, target: Path) -> Path:
        if self.name == "new":
            raise OSError("no room")
        return rename(self, target)

    monkeypatch.setattr(folders.Path, "rename", failing)
    with pytest.raises(OSError, match="no room"):
        publish_data(replace(edition(), lines=()), place)
    assert {p.name: p.read_bytes() for p in place.iterdir()} == before
    assert [p.name for p in tmp_path.iterdir()] == ["book-data"]


# ------------------------------------------------------------------ indicators 绩效指标
def goal_lines(*targets: str) -> Edition:
    """The small department's book with indicators of these targets."""
    lines = tuple(
        GoalLine(
            f"g{n}", "", "产出指标", f"{'数量' if n < 3 else '质量'}指标", f"指标{n}", t, WHERE
        )
        for n, t in enumerate(targets, 1)
    )
    base = ledger("shenzhen")
    goal = replace(base.goals[0], lines=lines)
    made = compile_ledger(replace(base, goals=(goal,))).edition
    assert made is not None
    return made


TARGETS = ("≥100件", "5%至8%", "比上年提高2个百分点", "及时", "依法行政")


def test_indicators_with_what_their_targets_demand() -> None:
    files = data_of(goal_lines(*TARGETS))
    found = rows(files, "indicators")
    assert [i["target"] for i in found] == list(TARGETS)
    assert [(i["level1"], i["level2"], i["level3"]) for i in found] == [
        ("产出指标", f"{'数量' if n < 3 else '质量'}指标", f"指标{n}") for n in range(1, 6)
    ]
    assert [i["kind"] for i in found[:2]] == ["quantitative", "quantitative"]
    assert (found[3]["kind"], found[4]["kind"]) == ("qualitative", "described")
    assert found[0]["actual"] == found[0]["weight"] == ""  # the form has no such columns
    by = {(c["indicator"], c["condition"]): c for c in rows(files, "conditions")}
    first, second = by["1", "1"], by["2", "1"]
    assert (first["operator"], first["value"], first["unit"]) == ("≥", "100", "件")
    assert (second["operator"], second["value"], second["upper"], second["unit"]) == (
        "range", "5", "8", "%",
    )  # fmt: skip
    statement = next(t for t in rows(files, "statements") if t["kind"] == "goals")
    assert {i["statement"] for i in found} == {statement["statement"]}
    cells = {(c["statement"], c["row"]): c["text"] for c in rows(files, "cells") if c["text"] in TARGETS}  # fmt: skip
    assert [cells[i["statement"], i["row"]] for i in found] == list(TARGETS)


def test_indicators_read_back_from_the_package_are_those_it_lists(tmp_path: Path) -> None:
    """Round trip: what the package lists, the reading way finds in its statements."""
    publish_data(goal_lines(*TARGETS), tmp_path / "d")
    assert Package(str(tmp_path / "d/datapackage.json")).validate().valid
    book = read_book([tmp_path / "d"])
    files = {p.name: p.read_bytes() for p in (tmp_path / "d").iterdir()}
    listed = rows(files, "indicators")
    assert [(i.level1, i.level2, i.level3, i.target) for i in book.indicators] == [
        (i["level1"], i["level2"], i["level3"], i["target"]) for i in listed
    ]
    conditions = rows(files, "conditions")
    for number, indicator in enumerate(book.indicators, 1):
        mine = [c for c in conditions if c["indicator"] == str(number)]
        want = parse_target(indicator.target).conditions
        assert [
            Condition(c["operator"], Decimal(c["value"]), c["unit"], c["subject"],
                      Decimal(c["upper"]) if c["upper"] else None, c["change"])
            for c in mine
        ] == list(want)  # fmt: skip


def test_actual_value_weight_and_score_where_a_form_prints_them() -> None:
    """A self-evaluation in the book: levels carried down, the total is no indicator."""
    grid = (
        ("产出指标", "数量指标", "页数", "≥8000页", "8100页", "25", "25"),
        ("", "质量指标", "合格率", "≥98%", "", "20", "0"),
        ("效益指标", "", "人次", "≥900人次", "810人次", "30", "27"),
        ("总分", "", "", "", "", "75", "52"),
    )
    names = ("一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分")
    columns = tuple(TableColumn((n,), "text") for n in names)
    body = tuple(TableRow(tuple(TableCell(t) for t in line)) for line in grid)
    table = Table("goals", "", "自评表", None, 0, columns, body)
    files = data_of(replace(only(), body=(table,)))
    keys = ("row", "level1", "level2", "level3", "actual", "weight", "score")
    assert [tuple(i[k] for k in keys) for i in rows(files, "indicators")] == [
        ("2", "产出指标", "数量指标", "页数", "8100页", "25", "25"),
        ("3", "产出指标", "质量指标", "合格率", "", "20", "0"),
        ("4", "效益指标", "", "人次", "810人次", "30", "27"),
    ]


def test_a_book_without_indicators_has_no_such_resources() -> None:
    names = set(data_of(edition("jiangsu-2018")))
    assert "indicators.csv" not in names and "conditions.csv" not in names
