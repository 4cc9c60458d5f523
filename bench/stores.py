"""The made-up registers of ``bench.register`` in every kind of store that evidence is read from.

Each function takes the folder with the CSV files. Types are those that such a store has: dates are
dates and amounts are numbers in Parquet, XLSX and PostgreSQL.
"""

from __future__ import annotations

import os
import pwd
import shutil
import sqlite3
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import duckdb
import xlsxwriter
from adbc_driver_postgresql import dbapi

from bench.register import COLUMNS

_TIMES = ("登记时间", "受理时间", "答复时间", "报修时间", "响应时间", "到场时间")
_DATES = ("办理期限", "日期", "支付日期")


def _typed(folder: Path, name: str) -> str:
    """A SELECT of one register in its types."""
    columns = ", ".join(f"'{c}': 'VARCHAR'" for c in COLUMNS[name])
    shown = []
    for c in COLUMNS[name]:
        if c in _TIMES:
            shown.append(f'"{c}"::TIMESTAMP AS "{c}"')
        elif c in _DATES:
            shown.append(f'"{c}"::DATE AS "{c}"')
        elif c == "金额":
            shown.append(f"replace(\"{c}\", ',', '')::DECIMAL(14, 2) AS \"{c}\"")
        elif c == "评价":
            shown.append(f'"{c}"::INTEGER AS "{c}"')
        else:
            shown.append(f'"{c}"')
    path = folder / f"{name}.csv"
    return f"SELECT {', '.join(shown)} FROM read_csv('{path}', header=true, columns={{{columns}}})"


def tables(folder: Path) -> list[str]:
    """The registers whose CSV files lie in a folder."""
    return [name for name in COLUMNS if (folder / f"{name}.csv").exists()]


def parquet(folder: Path) -> None:
    """NAME.parquet beside each NAME.csv."""
    with duckdb.connect() as con:
        for name in tables(folder):
            con.execute(
                f"COPY ({_typed(folder, name)}) TO '{folder / name}.parquet' (FORMAT parquet)"
            )


def gb18030(folder: Path, into: Path) -> None:
    """The CSV files in GB18030, as spreadsheets of Chinese offices save them."""
    for name in tables(folder):
        source, target = folder / f"{name}.csv", into / f"{name}.csv"
        with (
            source.open(encoding="utf-8-sig", newline="") as text,
            target.open("w", encoding="gb18030", newline="") as out,
        ):
            shutil.copyfileobj(text, out)


def sqlite(folder: Path) -> None:
    """hall.sqlite: all registers, times as text, amounts as REAL."""
    (folder / "hall.sqlite").unlink(missing_ok=True)
    with duckdb.connect() as con, closing(sqlite3.connect(folder / "hall.sqlite")) as out:
        for name in tables(folder):
            shape = ", ".join(
                f'"{c}" {"REAL" if c == "金额" else "INTEGER" if c == "评价" else "TEXT"}'
                for c in COLUMNS[name]
            )
            out.execute(f"CREATE TABLE {name} ({shape})")
            marks = ", ".join("?" for _ in COLUMNS[name])
            rows = con.execute(f"SELECT COLUMNS(*)::VARCHAR FROM ({_typed(folder, name)})")
            while some := rows.fetchmany(20_000):
                out.executemany(f"INSERT INTO {name} VALUES ({marks})", some)
        out.commit()


def xlsx(folder: Path, only: Sequence[str] = ()) -> None:
    """NAME.xlsx beside each NAME.csv, with real dates and numbers in the cells."""
    with duckdb.connect() as con:
        for name in only or tables(folder):
            book = xlsxwriter.Workbook(
                folder / f"{name}.xlsx",
                {"constant_memory": True, "default_date_format": "yyyy-mm-dd hh:mm:ss"},
            )
            sheet = book.add_worksheet("台账")
            sheet.write_row(0, 0, COLUMNS[name])
            rows = con.execute(_typed(folder, name))
            line = 0
            while some := rows.fetchmany(20_000):
                for row in some:
                    line += 1
                    _write(sheet, line, row)
            book.close()


def _write(sheet: Any, line: int, row: Sequence[Any]) -> None:
    for column, value in enumerate(row):
        if value is None:
            continue
        if isinstance(value, str):
            sheet.write_string(line, column, value)
        elif hasattr(value, "year"):
            sheet.write_datetime(line, column, value)
        else:
            sheet.write_number(line, column, float(value))


# ------------------------------------------------------------------ PostgreSQL
def server() -> Path | None:
    """The folder of PostgreSQL's programs (Debian: apt-get install postgresql); None without."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/pg_ctl"))
    if found:
        return found[-1].parent
    named = shutil.which("pg_ctl")
    return Path(named).resolve().parent if named else None


@contextmanager
def postgresql() -> Iterator[str]:
    """A new server of our own on a socket in a folder of its own; gives its address, then is gone.

    Raises FileNotFoundError if PostgreSQL is not installed.
    """
    programs = server()
    if programs is None:
        raise FileNotFoundError("pg_ctl: apt-get install postgresql")
    # not under pytest's folders: PostgreSQL refuses to run as root, and its user may not enter them
    home = Path(tempfile.mkdtemp(prefix="mz-pg-", dir="/tmp"))
    become: list[str] = []
    if os.geteuid() == 0:
        user = pwd.getpwnam("postgres")
        os.chown(home, user.pw_uid, user.pw_gid)
        become = ["runuser", "-u", "postgres", "--"]
    data = home / "data"

    def run(*command: str) -> None:
        with (home / "said").open("ab") as said:
            # pg_ctl's server keeps standard output open, so it must not be a pipe
            subprocess.run([*become, *command], check=True, stdout=said, stderr=said, cwd=home)

    try:
        ctl = str(programs / "pg_ctl")
        run(
            str(programs / "initdb"), "-D", str(data), "-U", "postgres", "-A", "trust", "-E", "UTF8"
        )
        options = f"-k {home} -c listen_addresses= -c fsync=off -c shared_buffers=64MB"
        run(ctl, "-D", str(data), "-o", options, "-l", str(home / "log"), "-w", "start")
        try:
            yield f"postgresql://postgres@/postgres?host={home}"
        finally:
            run(ctl, "-D", str(data), "-m", "immediate", "-w", "stop")
    finally:
        shutil.rmtree(home)


def fill(address: str, folder: Path) -> None:
    """Put all registers into a server, each a table of its own."""
    with (
        duckdb.connect() as con,
        closing(dbapi.connect(address)) as out,
        closing(out.cursor()) as cursor,
    ):
        for name in tables(folder):
            reader = con.sql(_typed(folder, name)).to_arrow_reader(50_000)
            cursor.adbc_ingest(name, reader, mode="replace")
        out.commit()
