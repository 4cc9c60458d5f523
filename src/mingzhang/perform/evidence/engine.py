"""The engine: a DuckDB that sees the named registers and nothing else.

It lives in memory, spills nothing to disk (a spilled row would be a stored row), loads no extension,
and once it is locked no statement can open another file or change a setting. UTF-8 CSV and Parquet
are scanned where they lie; other registers are loaded once, with the columns asked for.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mingzhang.model.evidence import Source, SourceState
from mingzhang.perform.evidence.csvfile import Dialect, look
from mingzhang.perform.evidence.definition import Definition, variable
from mingzhang.perform.evidence.faults import Refused, engine_fault, placed, refuse
from mingzhang.perform.evidence.sql import Cell, Register, cleaned, identifier, literal, unread

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

Signature = tuple[int, int, int]
_CONFIG: Mapping[str, str | bool | int | float | list[str]] = {
    "temp_directory": "",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "allow_community_extensions": "false",
    "allow_persistent_secrets": "false",
    "python_enable_replacements": "false",
}


@dataclass(frozen=True, slots=True)
class Opened:
    """A register that is ready to be asked. ``signature`` tells whether its file was touched since."""

    source: Source
    register: Register
    state: SourceState
    signature: Signature | None


def _signature(path: Path) -> Signature:
    seen = path.stat()
    return seen.st_size, seen.st_mtime_ns, seen.st_ino


class Engine:
    """An open engine over the sources of a definition; use as a context manager.

    ``wanted`` names the columns that will be asked of each source.
    """

    def __init__(
        self,
        definition: Definition,
        wanted: Mapping[str, Collection[str]],
        environ: Mapping[str, str],
    ) -> None:
        for package in ("duckdb", "pyarrow"):
            if find_spec(package) is None:
                raise refuse("engine", package=package)
        import duckdb

        self._error: type[Exception] = duckdb.Error
        self._definition = definition
        self._wanted = wanted
        self._environ = environ
        self._opened: dict[str, Opened | Refused] = {}
        self.name = f"DuckDB {duckdb.__version__}"
        self.connection: DuckDBPyConnection = duckdb.connect(":memory:", config=dict(_CONFIG))
        paths = [
            str(definition.path(s).resolve())
            for s in definition.sources.values()
            if s.kind in ("csv", "parquet")
        ]
        allowed = ", ".join(literal(p) for p in paths)
        for setting in (
            f"memory_limit = {literal(definition.memory)}",
            f"TimeZone = {literal(definition.timezone)}",
            f"allowed_paths = [{allowed}]",
            "enable_external_access = false",
            "enable_progress_bar = false",
            "lock_configuration = true",
        ):
            try:
                self.connection.execute(f"SET {setting}")
            except duckdb.Error:
                key = "memory" if setting.startswith("memory") else "timezone"
                raise refuse(
                    "value",
                    where="[limits]",
                    key=key,
                    wanted_zh="2GB、Asia/Shanghai 这样的写法",
                    wanted_en="written like 2GB, Asia/Shanghai",
                ) from None

    def __enter__(self) -> Engine:
        return self

    def __exit__(self, *_: object) -> None:
        self.connection.close()

    def ask(self, query: str, where: str) -> list[dict[str, Any]]:
        """Rows of a query of ours by column name. Raises Refused for what the engine cannot do."""
        try:
            answer = self.connection.execute(query)
            names = [column[0] for column in answer.description or ()]
            return [dict(zip(names, row, strict=True)) for row in answer.fetchall()]
        except self._error as error:
            raise Refused(engine_fault(error, where)) from None

    def ask_expert(self, query: str, where: str) -> list[dict[str, Any]]:
        """The first two rows of an inspected query. Raises Refused, keeping only the kind of error."""
        try:
            answer = self.connection.execute(f"SELECT * FROM (\n{query}\n) LIMIT 2")
            names = [column[0] for column in answer.description or ()]
            return [dict(zip(names, row, strict=True)) for row in answer.fetchall()]
        except self._error as error:
            raise refuse("sql-failed", where=where, kind=type(error).__name__) from None

    def open(self, name: str) -> Opened:
        """The register of a source, checked: there, unchanged, not empty, no key twice.

        Raises Refused; a source that was refused once is refused the same way again.
        """
        if name not in self._opened:
            try:
                self._opened[name] = self._open(name)
            except Refused as refused:
                self._opened[name] = refused
        found = self._opened[name]
        if isinstance(found, Refused):
            raise found
        return found

    def unchanged(self, opened: Opened) -> None:
        """Raises Refused if a file was written to since it was opened."""
        if opened.signature is None:
            return
        path = self._definition.path(opened.source)
        if not path.exists() or _signature(path) != opened.signature:
            raise refuse("changed-while", where=opened.source.path)

    # -------------------------------------------------------------- opening
    def _open(self, name: str) -> Opened:
        if name in self._definition.source_faults:
            raise Refused(self._definition.source_faults[name])
        source = self._definition.sources[name]
        if source.kind == "postgresql":
            opened = self._load(source, None, self._server(source))
        else:
            opened = self._file(source)
        expected, found = source.sha256.lower(), opened.state.digest
        if expected and expected != found:
            where = source.path or source.connection
            raise refuse("changed", where=where, expected=expected[:12], found=found[:12])
        self._no_key_twice(opened)
        return opened

    def _file(self, source: Source) -> Opened:
        path = self._definition.path(source)
        try:
            signature = _signature(path)
            with path.open("rb") as stream:
                digest = hashlib.file_digest(stream, "sha256").hexdigest()
            if not signature[0]:
                raise refuse("empty", where=source.path)
            if source.kind == "csv":
                dialect = look(path, source)
                if not dialect.plain:
                    from mingzhang.perform.evidence.streams import csv_stream

                    stream_of = csv_stream(path, dialect, self._wanted.get(source.name, ()))
                    return self._load(source, signature, stream_of, digest, dialect.columns)
                return self._view(source, signature, digest, _read_csv(path, dialect))
            if source.kind == "parquet":
                scan = f"read_parquet({literal(str(path.resolve()))})"
                return self._view(source, signature, digest, scan)
            from mingzhang.perform.evidence import streams

            kind = streams.xlsx_stream if source.kind == "xlsx" else streams.sqlite_stream
            made = kind(path, source, self._wanted.get(source.name, ()))
            return self._load(source, signature, made, digest if source.kind == "xlsx" else "")
        except (FileNotFoundError, IsADirectoryError, NotADirectoryError):
            raise refuse("missing", where=source.path) from None
        except PermissionError:
            raise refuse("forbidden", where=source.path) from None

    @contextmanager
    def _server(self, source: Source) -> Iterator[Any]:
        where = variable(source.connection)
        address = self._environ.get(where)
        if not address:
            raise refuse("no-connection", where=source.connection, variable=where)
        if find_spec("adbc_driver_postgresql") is None:
            raise refuse("engine", package="adbc-driver-postgresql")
        from mingzhang.perform.evidence.streams import postgresql_stream

        wanted = self._wanted.get(source.name, ())
        zone = self._definition.timezone
        with postgresql_stream(address, source, wanted, where, zone) as stream:
            yield stream

    def _view(self, source: Source, signature: Signature, digest: str, scan: str) -> Opened:
        table = identifier(source.name)
        self.ask(f"CREATE VIEW {table} AS SELECT * FROM {scan}", source.path)
        return self._ready(source, signature, digest, "file")

    def _load(
        self,
        source: Source,
        signature: Signature | None,
        stream: AbstractContextManager[Any],
        digest: str = "",
        columns: Sequence[str] = (),
    ) -> Opened:
        table, where = identifier(source.name), source.path or source.connection
        try:
            with stream as reader:
                self.connection.register("incoming rows", reader)
                try:
                    self.ask(f'CREATE TABLE {table} AS SELECT * FROM "incoming rows"', where)
                finally:
                    self.connection.unregister("incoming rows")
        except (OSError, ValueError, MemoryError) as error:
            # Arrow's errors; files that are not there are told apart by the caller
            if isinstance(error, FileNotFoundError | PermissionError):
                raise
            raise Refused(engine_fault(error, where)) from None
        return self._ready(source, signature, digest, "file" if digest else "rows", columns)

    def _ready(
        self,
        source: Source,
        signature: Signature | None,
        digest: str,
        digest_of: str,
        columns: Sequence[str] = (),
    ) -> Opened:
        where = source.path or source.connection
        shape = self.ask(f"DESCRIBE {identifier(source.name)}", where)
        types = {str(row["column_name"]): str(row["column_type"]) for row in shape}
        by_hand = source.kind != "parquet"
        register = Register(source.name, types, source.blank, where, by_hand)
        state = SourceState(
            source.name, source.kind, digest or self._rows_digest(register), digest_of
        )
        return Opened(source, register, state, signature)

    def _rows_digest(self, register: Register) -> str:
        """A digest of the columns that were loaded, whatever the order of the rows.

        A sum of MD5 halves is no seal against forgery; it shows that a database has changed.
        """
        names = sorted(register.columns)
        cells = ", ".join(f"coalesce({identifier(n)}, chr(30))" for n in names)
        total = f"sum(md5_number_lower(concat_ws(chr(31), {cells}))::HUGEINT)"
        (row,) = self.ask(
            f"SELECT count(*) AS n, coalesce({total}, 0) AS total FROM {identifier(register.table)}",
            register.table,
        )
        seed = "\x1f".join((*names, str(row["n"]), str(row["total"])))
        return hashlib.sha256(seed.encode()).hexdigest()

    def _no_key_twice(self, opened: Opened) -> None:
        source, table = opened.source, identifier(opened.register.table)
        if not source.key:
            return
        where = source.path or source.connection
        missing = [k for k in source.key if k not in opened.register.columns]
        if missing:
            names, n = "、".join(missing), len(opened.register.columns)
            raise refuse("columns", where=where, columns=names, n=n)
        keys = ", ".join(identifier(k) for k in source.key)
        # hashes take little room; what they suspect is proved before it is said
        counts = f"SELECT count(*) AS n, count(DISTINCT hash({keys})) AS apart FROM {table}"
        (row,) = self.ask(counts, where)
        if row["n"] == row["apart"]:
            return
        numbered = f"SELECT row_number() OVER () AS r, {keys} FROM {table}"
        again = (
            f"SELECT r, row_number() OVER (PARTITION BY {keys} ORDER BY r) AS k FROM ({numbered})"
        )
        proof = f"SELECT count(*) AS n, min(r) AS first FROM ({again}) WHERE k > 1"
        (row,) = self.ask(proof, where)
        if row["n"]:
            place = self.place(opened, row["first"])
            key = "、".join(source.key)
            raise Refused(placed("duplicates", place, where=where, key=key, n=row["n"]))

    # -------------------------------------------------------------- telling where
    def first_unread(self, opened: Opened, cell: Cell) -> int | None:
        """Number of the first record whose cell cannot be read; None where records have no order."""
        native = opened.register.columns[cell.column]
        wrong, entered = unread(cell, native), cleaned([cell], opened.register)
        numbered = f"SELECT row_number() OVER () AS r, * FROM {entered}"
        found = self.ask(
            f"SELECT min(r) AS r FROM ({numbered}) WHERE {wrong}", opened.register.where
        )
        return self.place(opened, found[0]["r"])

    @staticmethod
    def place(opened: Opened, record: int | None) -> int | None:
        """The record's number if the source has an order that a person can follow."""
        return None if opened.source.kind in ("sqlite", "postgresql") else record


def _read_csv(path: Path, dialect: Dialect) -> str:
    columns = ", ".join(f"{literal(c)}: 'VARCHAR'" for c in dialect.columns)
    return (
        f"read_csv({literal(str(path.resolve()))}, auto_detect = false, header = true,"
        f" delim = {literal(dialect.delimiter)}, quote = '\"', escape = '\"',"
        f" columns = {{{columns}}})"
    )
