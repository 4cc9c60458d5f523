"""Broken evidence: one clear message per indicator in both languages, and the rest stands."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from bench import register, stores

from mingzhang.model.evidence import Actual
from mingzhang.perform.evidence import Refused, evaluate, load

ABOUT_CALLS = {"response-1h", "arrival-3h"}
Harm = Callable[[Path], object]


def rewrite(path: Path, change: Callable[[list[str]], list[str]]) -> None:
    """Change a CSV file line by line."""
    lines = path.read_text("utf-8-sig").splitlines()
    path.write_text("\n".join(change(lines)) + "\n", "utf-8-sig")


def broken(small, folder: Path, kind: str, harm: Harm) -> dict[str, Actual]:
    """What comes of the small registers when harm is done to that of the calls."""
    for name in register.COLUMNS:
        shutil.copy(small.folder / f"{name}.csv", folder)
    if kind == "parquet":
        stores.parquet(folder)
    if kind == "xlsx":
        stores.xlsx(folder)
    if kind == "sqlite":
        stores.sqlite(folder)
    (folder / "evidence.toml").write_text(register.definition(kind, small.rows), "utf-8")
    harm(folder)
    return {a.indicator: a for a in evaluate(load(folder / "evidence.toml"))}


def told(
    actuals: dict[str, Actual], code: str, *words: str, harmed: set[str] = ABOUT_CALLS
) -> None:
    """Exactly the harmed indicators have this fault; every other has its value."""
    for name, actual in actuals.items():
        if name not in harmed:
            assert actual.fault is None, (name, actual.fault)
            assert actual.value is not None
            continue
        assert actual.value is None
        assert actual.fault is not None, name
        assert actual.fault.code == code
        for lang in ("zh", "en"):
            said = actual.fault.message_in(lang)
            assert all(word in said for word in words), said
            assert "{" not in said
        assert actual.fault.message_in("zh") != actual.fault.message_in("en")


def in_calls(change: Callable[[list[str]], list[str]]) -> Harm:
    return lambda folder: rewrite(folder / "calls.csv", change)


def cell(line: int, column: int, text: str) -> Callable[[list[str]], list[str]]:
    """Put a text into one cell (line 0 is the heading)."""

    def change(lines: list[str]) -> list[str]:
        cells = lines[line].split(",")
        cells[column] = text
        return [*lines[:line], ",".join(cells), *lines[line + 1 :]]

    return change


CSV: dict[str, tuple[Harm, str, tuple[str, ...]]] = {
    "missing": (lambda f: (f / "calls.csv").unlink(), "missing", ("calls.csv",)),
    "a folder": (
        lambda f: ((f / "calls.csv").unlink(), (f / "calls.csv").mkdir()),
        "missing",
        ("calls.csv",),
    ),
    "no byte": (lambda f: (f / "calls.csv").write_bytes(b""), "empty", ("calls.csv",)),
    "headings only": (in_calls(lambda lines: lines[:1]), "empty", ("calls.csv",)),
    "wrong columns": (in_calls(cell(0, 1, "时间")), "columns", ("calls.csv", "报修时间", "6")),
    "text in times": (
        in_calls(cell(7, 1, "上午十点")),
        "not-time",
        ("calls.csv", "报修时间", "1", "7"),
    ),
    "a row twice": (in_calls(lambda s: [*s, s[3], s[5]]), "duplicates", ("工单号", "2", "401")),
    "a cell too many": (
        in_calls(lambda s: [*s[:9], s[9] + ",x", *s[10:]]),
        "ragged",
        ("calls.csv", "10"),
    ),
    "a cell too few": (
        in_calls(lambda s: [*s[:9], s[9].rpartition(",")[0], *s[10:]]),
        "ragged",
        ("calls.csv", "10"),
    ),
    "an open quote": (in_calls(cell(9, 2, '"张')), "ragged", ("calls.csv",)),
    "a heading twice": (in_calls(cell(0, 2, "报修时间")), "header", ("calls.csv", "3")),
    "no known encoding": (
        lambda f: (f / "calls.csv").write_bytes(
            (f / "calls.csv").read_bytes() + b"WX1,\xff\xff,\xff,,,\n"
        ),
        "encoding",
        ("calls.csv", "utf-8", "gb18030"),
    ),
}


@pytest.mark.parametrize("name", CSV)
def test_csv(name: str, small, tmp_path: Path) -> None:
    harm, code, words = CSV[name]
    told(broken(small, tmp_path, "csv", harm), code, *words)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_no_permission(small, tmp_path: Path) -> None:
    told(broken(small, tmp_path, "csv", lambda f: (f / "calls.csv").chmod(0)), "forbidden")


def test_text_in_numbers_is_told_with_its_record(small, tmp_path: Path) -> None:
    def harm(folder: Path) -> None:
        rewrite(folder / "payments.csv", cell(5, 5, "壹佰元"))

    actuals = broken(small, tmp_path, "csv", harm)
    told(actuals, "not-number", "payments.csv", "金额", "5", harmed={"paid", "execution"})
    assert "壹佰" not in repr(actuals)


def test_words_for_nothing_entered(small, tmp_path: Path) -> None:
    def harm(folder: Path) -> None:
        rewrite(
            folder / "requests.csv",
            lambda s: [line + "未评" if line.endswith(",") else line for line in s],
        )

    actuals = broken(small, tmp_path, "csv", harm)
    told(actuals, "not-number", "评价", harmed={"satisfied", "rating"})
    text = (tmp_path / "evidence.toml").read_text("utf-8")
    text = text.replace('key = ["编号"]', 'key = ["编号"]\nblank = ["未评", "-"]')
    (tmp_path / "evidence.toml").write_text(text, "utf-8")
    actuals = {a.indicator: a for a in evaluate(load(tmp_path / "evidence.toml"))}
    assert actuals["rating"].fraction == small.answers.value("rating")


def test_changed_since_it_was_put_on_record(small, tmp_path: Path) -> None:
    def harm(folder: Path) -> None:
        text = (folder / "evidence.toml").read_text("utf-8")
        changed = text.replace('key = ["工单号"]', f'key = ["工单号"]\nsha256 = "{"ab" * 32}"')
        (folder / "evidence.toml").write_text(changed, "utf-8")

    told(broken(small, tmp_path, "csv", harm), "changed", "calls.csv", "abababababab")


def test_another_year(small, tmp_path: Path) -> None:
    def harm(folder: Path) -> None:
        text = (folder / "evidence.toml").read_text("utf-8")
        changed = text.replace("since = 2023", "since = 2022").replace(
            "until = 2023", "until = 2022"
        )
        (folder / "evidence.toml").write_text(changed, "utf-8")

    actuals = broken(small, tmp_path, "csv", harm)
    told(actuals, "outside", "登记时间", "400", "2022-01-01", harmed={"received"})


def test_some_of_another_year_are_not_counted(small, tmp_path: Path) -> None:
    def harm(folder: Path) -> None:
        rewrite(folder / "requests.csv", cell(3, 1, "2022-12-31 23:59:59"))
        rewrite(folder / "requests.csv", cell(4, 1, "2024-01-01 00:00:00"))
        rewrite(folder / "requests.csv", cell(5, 1, ""))
        rewrite(folder / "requests.csv", cell(6, 1, "2023年12月31日 23:59"))
        rewrite(folder / "requests.csv", cell(7, 1, "2023/1/1"))

    received = broken(small, tmp_path, "csv", harm)["received"]
    assert received.fault is None
    assert received.value == 397
    assert [r.code for r in received.remarks] == ["some-outside", "undated"]
    assert "2 record" in received.remarks[0].message_in("en")
    assert "1 record" in received.remarks[1].message_in("en")


def test_truncated_parquet(small, tmp_path: Path) -> None:
    def harm(folder: Path) -> None:
        path = folder / "calls.parquet"
        path.write_bytes(path.read_bytes()[:-300])

    told(broken(small, tmp_path, "parquet", harm), "damaged", "calls.parquet")


def test_parquet_whose_pages_are_torn(small, tmp_path: Path) -> None:
    """The footer is whole, so it opens; the harm shows when it is read."""

    def harm(folder: Path) -> None:
        path = folder / "calls.parquet"
        data = bytearray(path.read_bytes())
        data[4:2000] = b"\xff" * 1996
        path.write_bytes(bytes(data))

    told(broken(small, tmp_path, "parquet", harm), "damaged", "calls.parquet")


WORKBOOKS: dict[str, tuple[bytes, str]] = {
    "encrypted": (
        b"\xd0\xcf\x11\xe0" + bytes(600) + "EncryptedPackage".encode("utf-16-le") + bytes(600),
        "encrypted",
    ),
    "old": (b"\xd0\xcf\x11\xe0" + bytes(2000), "old-xls"),
    "no workbook": (b"just words", "damaged"),
}


@pytest.mark.parametrize("name", WORKBOOKS)
def test_workbooks(name: str, small, tmp_path: Path) -> None:
    data, code = WORKBOOKS[name]
    told(
        broken(small, tmp_path, "xlsx", lambda f: (f / "calls.xlsx").write_bytes(data)),
        code,
        "calls.xlsx",
    )


def test_truncated_workbook(small, tmp_path: Path) -> None:
    def harm(folder: Path) -> None:
        path = folder / "calls.xlsx"
        path.write_bytes(path.read_bytes()[:-200])

    told(broken(small, tmp_path, "xlsx", harm), "damaged", "calls.xlsx")


def with_table(folder: Path, table: str) -> None:
    """Have the calls looked for in another sheet or table."""
    text = (folder / "evidence.toml").read_text("utf-8")
    text = text.replace('table = "calls"', f'table = "{table}"')
    text = text.replace('path = "calls.xlsx"', f'path = "calls.xlsx"\ntable = "{table}"')
    (folder / "evidence.toml").write_text(text, "utf-8")


def test_no_such_sheet(small, tmp_path: Path) -> None:
    actuals = broken(small, tmp_path, "xlsx", lambda f: with_table(f, "维保"))
    told(actuals, "no-table", "calls.xlsx", "维保")


def test_no_such_table(small, tmp_path: Path) -> None:
    told(
        broken(small, tmp_path, "sqlite", lambda f: with_table(f, "nothing")), "no-table", "nothing"
    )


def test_a_column_gone_from_sqlite(small, tmp_path: Path) -> None:
    def harm(folder: Path) -> None:
        with closing(sqlite3.connect(folder / "hall.sqlite")) as con:
            con.execute('ALTER TABLE calls RENAME COLUMN "报修时间" TO "时间"')
            con.commit()

    told(broken(small, tmp_path, "sqlite", harm), "columns", "报修时间")


def test_no_database_in_the_file(small, tmp_path: Path) -> None:
    everything = {a.indicator for a in evaluate(load(small.define("csv")))}

    def harm(folder: Path) -> None:
        (folder / "hall.sqlite").write_bytes(b"not a database, to be sure" * 100)

    told(broken(small, tmp_path, "sqlite", harm), "damaged", "hall.sqlite", harmed=everything)


def test_too_much_for_the_memory(hall, tmp_path: Path) -> None:
    """What does not fit is refused; nothing is spilled to disk."""
    text = register.definition("csv", hall.rows).replace(
        "[source.requests]", '[limits]\nmemory = "8MB"\n\n[source.requests]'
    )
    path = hall.folder / "tight.toml"
    path.write_text(text, "utf-8")
    before = sorted(p for p in Path.cwd().iterdir())
    (one,) = evaluate(load(path), ["petitioners"])
    assert one.fault is not None
    assert one.fault.code == "memory"
    assert before == sorted(p for p in Path.cwd().iterdir())


def test_server_down_or_unknown(tmp_path: Path) -> None:
    text = register.definition("postgresql", 1)
    (tmp_path / "evidence.toml").write_text(text, "utf-8")
    definition = load(tmp_path / "evidence.toml")
    (one,) = evaluate(definition, ["paid"], environ={})
    assert one.fault is not None
    assert one.fault.code == "no-connection"
    assert "MINGZHANG_DB_HALL" in one.fault.message
    secret = "postgresql://clerk:s3cret@127.0.0.1:1/hall"
    (one,) = evaluate(definition, ["paid"], environ={"MINGZHANG_DB_HALL": secret})
    assert one.fault is not None
    assert one.fault.code == "server"
    assert "s3cret" not in repr(one)
    assert "clerk" not in repr(one)


def test_wrong_table_and_columns_on_a_server(small, postgresql: str, tmp_path: Path) -> None:
    stores.fill(postgresql, small.folder)
    text = register.definition("postgresql", small.rows)
    text = text.replace('table = "duty"', 'table = "rosters"').replace(
        'from = "报修时间"', 'from = "时间"'
    )
    (tmp_path / "evidence.toml").write_text(text, "utf-8")
    environ = {"MINGZHANG_DB_HALL": postgresql}
    found = {a.indicator: a for a in evaluate(load(tmp_path / "evidence.toml"), environ=environ)}
    assert {n for n, a in found.items() if a.fault and a.fault.code == "no-table"} == {
        "took-part",
        "on-duty",
    }
    assert {n for n, a in found.items() if a.fault and a.fault.code == "columns"} == ABOUT_CALLS
    assert found["paid"].value is not None


def test_a_file_written_to_while_it_is_read(
    small, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from mingzhang.perform.evidence.engine import Engine

    ask = Engine.ask

    def meddling(self: Engine, query: str, where: str) -> list[dict[str, object]]:
        found = ask(self, query, where)
        if where == "calls.csv" and "rows_in" in query:
            os.utime(tmp_path / "calls.csv", ns=(1, 1))
        return found

    monkeypatch.setattr(Engine, "ask", meddling)
    told(broken(small, tmp_path, "csv", lambda f: None), "changed-while", "calls.csv")


def test_no_definition(tmp_path: Path) -> None:
    with pytest.raises(Refused) as caught:
        load(tmp_path / "evidence.toml")
    assert caught.value.fault.code == "definition-missing"
    (tmp_path / "evidence.toml").write_text("[[indicator", "utf-8")
    with pytest.raises(Refused) as caught:
        load(tmp_path / "evidence.toml")
    assert caught.value.fault.code == "toml"
