"""Registers that DuckDB cannot read by itself, as streams of text columns in Arrow batches.

Only the columns that are asked for leave the register. Streams are read once.
"""

from __future__ import annotations

import sqlite3
import zipfile
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import date, datetime, time, timedelta
from itertools import chain, islice
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.csv as pc

from mingzhang.model.evidence import Source
from mingzhang.perform.evidence.csvfile import Dialect, headings
from mingzhang.perform.evidence.faults import refuse

_BATCH = 16_384
_OLE = b"\xd0\xcf\x11\xe0"
_UNPACKED_MB = 4096

Stream = Any
"""A pyarrow.RecordBatchReader of text columns."""


def _batches(names: Sequence[str], rows: Iterable[Sequence[str | None]]) -> Stream:
    schema = pa.schema([(name, pa.string()) for name in names])

    def made() -> Iterator[Any]:
        rest = iter(rows)
        while some := list(islice(rest, _BATCH)):
            columns = zip(*some, strict=True)
            yield pa.record_batch([pa.array(c, pa.string()) for c in columns], schema=schema)

    return pa.RecordBatchReader.from_batches(schema, made())


def chosen(columns: Sequence[str], wanted: Collection[str]) -> tuple[str, ...]:
    """The wanted ones of the columns; the first where none is wanted, since rows must be counted."""
    return tuple(c for c in columns if c in wanted) or tuple(columns[:1])


@contextmanager
def csv_stream(path: Path, dialect: Dialect, wanted: Collection[str]) -> Iterator[Stream]:
    """A CSV file in another encoding than UTF-8, decoded as it is read."""
    columns = chosen(dialect.columns, wanted)
    reader = pc.open_csv(
        path,
        read_options=pc.ReadOptions(
            encoding=dialect.encoding,
            column_names=dialect.columns,
            skip_rows_after_names=1,
            block_size=1 << 22,
        ),
        parse_options=pc.ParseOptions(delimiter=dialect.delimiter, newlines_in_values=True),
        convert_options=pc.ConvertOptions(
            include_columns=columns,
            column_types={c: pa.string() for c in columns},
            null_values=[""],
            strings_can_be_null=True,
            quoted_strings_can_be_null=True,
        ),
    )
    with closing(reader):
        yield reader


# ------------------------------------------------------------------ XLSX
@contextmanager
def xlsx_stream(path: Path, source: Source, wanted: Collection[str]) -> Iterator[Stream]:
    """A sheet of a workbook; its first row holds the headings. The sheet is unpacked in memory."""
    import python_calamine as calamine

    _packed(path, source)
    try:
        with closing(calamine.CalamineWorkbook.from_path(path)) as book:
            if source.table and source.table not in book.sheet_names:
                raise refuse("no-table", where=source.path, table=source.table)
            rows = iter(book.get_sheet_by_name(source.table or book.sheet_names[0]).iter_rows())
            first = next((row for row in rows if any(_shown(v) for v in row)), None)
            if first is None:
                raise refuse("empty", where=source.path)
            names = [_shown(v) or "" for v in first]
            while names and not names[-1]:
                names.pop()
            columns = headings(names, source.path)
            take = [columns.index(c) for c in chosen(columns, wanted)]
            yield _batches([columns[i] for i in take], _sheet_rows(rows, take, len(columns)))
    except calamine.PasswordError:
        raise refuse("encrypted", where=source.path) from None
    except calamine.CalamineError as error:
        raise refuse("damaged", where=source.path, kind=type(error).__name__) from None


def _sheet_rows(
    rows: Iterable[Sequence[object]], take: Sequence[int], width: int
) -> Iterator[list[str | None]]:
    for row in rows:
        if any(v is not None and v != "" for v in row[:width]):
            yield [_shown(row[i]) if i < len(row) else None for i in take]


def _shown(value: object) -> str | None:
    """A cell as text: numbers to the 15 digits that a workbook keeps, times in ISO 8601."""
    if value is None or isinstance(value, str):
        return (value or "").strip() or None
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return f"{value:.15g}"
    if isinstance(value, datetime):
        return value.isoformat(" ")
    if isinstance(value, date | time | timedelta):
        return str(value)
    return str(value)


def _packed(path: Path, source: Source) -> None:
    """Refuse what is no XLSX before anything is unpacked."""
    with path.open("rb") as stream:
        head = stream.read(1 << 16)
    if head.startswith(_OLE):
        locked = "EncryptedPackage".encode("utf-16-le") in path.read_bytes()
        raise refuse("encrypted" if locked else "old-xls", where=source.path)
    if not zipfile.is_zipfile(path):
        raise refuse("damaged", where=source.path, kind="xlsx")
    with zipfile.ZipFile(path) as packed:
        size = sum(entry.file_size for entry in packed.infolist())
    if size > _UNPACKED_MB << 20:
        raise refuse("too-large", where=source.path, limit=_UNPACKED_MB)


# ------------------------------------------------------------------ databases
def _quoted(table: str) -> str:
    return ".".join('"' + part.replace('"', '""') + '"' for part in table.split("."))


@contextmanager
def sqlite_stream(path: Path, source: Source, wanted: Collection[str]) -> Iterator[Stream]:
    """A table of an SQLite file, opened read-only."""
    try:
        address = f"{path.absolute().as_uri()}?mode=ro"
        # the engine pulls the rows from a thread of its own, one after the other
        with closing(sqlite3.connect(address, uri=True, check_same_thread=False)) as con:
            shape = con.execute("SELECT name FROM pragma_table_info(?)", [source.table]).fetchall()
            if not shape:
                raise refuse("no-table", where=source.path, table=source.table)
            columns = chosen(headings([name for (name,) in shape], source.path), wanted)
            select = ", ".join(f"CAST({_quoted_name(c)} AS TEXT)" for c in columns)
            yield _batches(columns, con.execute(f"SELECT {select} FROM {_quoted(source.table)}"))
    except sqlite3.Error as error:
        raise refuse("damaged", where=source.path, kind=type(error).__name__) from None


def _quoted_name(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


@contextmanager
def postgresql_stream(
    address: str, source: Source, wanted: Collection[str], variable: str, timezone: str
) -> Iterator[Stream]:
    """A table of a PostgreSQL server through ADBC, in a read-only transaction.

    Columns come as text, so that any type of the server will do; times with a zone in ``timezone``.
    """
    from adbc_driver_postgresql import dbapi

    try:
        connection = dbapi.connect(_patient(address))
    except dbapi.Error:
        raise refuse("server", where=source.connection, variable=variable) from None
    try:
        with closing(connection), closing(connection.cursor()) as cursor:
            run: Callable[[str], object] = cursor.execute
            run("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            run("SET LOCAL datestyle TO 'ISO, YMD'")
            name = _quoted(source.table)
            literal = name.replace("'", "''")
            run(
                "SELECT attname::text, format_type(atttypid, NULL) FROM pg_attribute WHERE attrelid"
                f" = to_regclass('{literal}') AND attnum > 0 AND NOT attisdropped ORDER BY attnum"
            )
            types = dict(cursor.fetchall())
            if not types:
                raise refuse("no-table", where=source.connection, table=source.table)
            columns = chosen(headings(list(types), source.connection), wanted)
            select = ", ".join(_as_text(c, types[c], timezone) for c in columns)
            run(f"SELECT {select} FROM {name}")
            reader = cursor.fetch_record_batch()
            yield pa.RecordBatchReader.from_batches(reader.schema, chain(reader))
    except dbapi.Error as error:
        raise refuse(
            "database", where=source.connection, kind=type(error).__name__, table=source.table
        ) from None


def _as_text(column: str, native: str, timezone: str) -> str:
    name = _quoted_name(column)
    if native == "timestamp with time zone":
        zone = timezone.replace("'", "''")
        return f"({name} AT TIME ZONE '{zone}')::text AS {name}"
    return f"{name}::text AS {name}"


def _patient(address: str) -> str:
    """The address with a limit on how long to wait for a server that does not answer."""
    if "connect_timeout" in address:
        return address
    if "://" not in address:
        return f"{address} connect_timeout=10"
    return f"{address}{'&' if '?' in address else '?'}connect_timeout=10"
