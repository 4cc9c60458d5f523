"""The engine: a DuckDB that sees the named registers and nothing else.

It lives in memory, spills nothing to disk (a spilled row would be a stored row), loads no extension,
and once it is locked no statement can open another file or change a setting. UTF-8 CSV and Parquet
are scanned where they lie; other registers are loaded once, with the columns asked for. The digest of
a file is taken in a thread of its own while the engine counts.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from io import BufferedReader
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mingzhang.model.evidence import Fault, Source, SourceState
from mingzhang.perform.evidence.csvfile import Dialect, look
from mingzhang.perform.evidence.definition import Definition, variable
from mingzhang.perform.evidence.faults import Refused, default, engine_fault, placed, refuse
from mingzhang.perform.evidence.queries import HASHES
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
    """A register that is ready to be asked. ``signature`` tells whether its file was touched since.

    ``digest`` may still be in the making; ``digest_of`` is "file" or "rows".
    """

    source: Source
    register: Register
    signature: Signature | None
    digest: Future[str]
    digest_of: str

    @property
    def where(self) -> str:
        """What to call it to a user."""
        return self.register.where


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
        self._keys: dict[str, Fault | None] = {}
        self._beside = ThreadPoolExecutor(1, "digest")
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
                    wanted_zh=f"{default('memory')}、{default('timezone')} 这样的写法",
                    wanted_en=f"written like {default('memory')}, {default('timezone')}",
                ) from None

    def __enter__(self) -> Engine:
        return self

    def __exit__(self, *_: object) -> None:
        self.connection.close()
        self._beside.shutdown()

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
        """The register of a source: there, with its key columns, and the one that was declared.

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

    def state(self, opened: Opened) -> SourceState:
        """What the source was when it was asked. Raises Refused if it was written to meanwhile."""
        source = opened.source
        try:
            digest = opened.digest.result()
        except OSError as error:
            raise refuse("damaged", where=opened.where, kind=type(error).__name__) from None
        if opened.signature is not None:
            path = self._definition.path(source)
            if not path.exists() or _signature(path) != opened.signature:
                raise refuse("changed-while", where=source.path)
        return SourceState(source.name, source.kind, digest, opened.digest_of)

    # -------------------------------------------------------------- opening
    def _open(self, name: str) -> Opened:
        if name in self._definition.source_faults:
            raise Refused(self._definition.source_faults[name])
        source = self._definition.sources[name]
        if source.kind == "postgresql":
            opened = self._load(source, None, self._server(source))
        else:
            opened = self._file(source)
        missing = [k for k in source.key if k not in opened.register.columns]
        if missing:
            names, n = "、".join(missing), len(opened.register.columns)
            raise refuse("columns", where=opened.where, columns=names, n=n)
        expected = source.sha256.lower()
        if expected:  # first of all, for nothing else is worth saying of another file
            found = self.state(opened).digest
            if expected != found:
                told = {"expected": expected[:12], "found": found[:12]}
                raise refuse("changed", where=opened.where, **told)
        return opened

    def _file(self, source: Source) -> Opened:
        path = self._definition.path(source)
        try:
            signature = _signature(path)
            stream = path.open("rb")
            if not signature[0]:
                stream.close()
                raise refuse("empty", where=source.path)
            if source.kind == "sqlite":  # its rows are asked for their digest, not its pages
                stream.close()
                from mingzhang.perform.evidence.streams import sqlite_stream

                wanted = self._wanted.get(source.name, ())
                return self._load(source, signature, sqlite_stream(path, source, wanted))
            return self._digested(source, path, signature, self._beside.submit(_sha256, stream))
        except (FileNotFoundError, IsADirectoryError, NotADirectoryError):
            raise refuse("missing", where=source.path) from None
        except PermissionError:
            raise refuse("forbidden", where=source.path) from None

    def _digested(
        self, source: Source, path: Path, signature: Signature, digest: Future[str]
    ) -> Opened:
        """A file whose bytes are being digested."""
        if source.kind == "parquet":
            scan = f"read_parquet({literal(str(path.resolve()))})"
            return self._view(source, signature, digest, scan)
        wanted = self._wanted.get(source.name, ())
        if source.kind == "xlsx":
            if find_spec("python_calamine") is None:
                raise refuse("engine", package="python-calamine")
            from mingzhang.perform.evidence.streams import xlsx_stream

            return self._load(source, signature, xlsx_stream(path, source, wanted), digest)
        dialect = look(path, source)
        if dialect.plain:
            return self._view(source, signature, digest, _read_csv(path, dialect))
        from mingzhang.perform.evidence.streams import csv_stream

        return self._load(source, signature, csv_stream(path, dialect, wanted), digest)

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

    def _view(self, source: Source, signature: Signature, digest: Future[str], scan: str) -> Opened:
        table = identifier(source.name)
        self.ask(f"CREATE VIEW {table} AS SELECT * FROM {scan}", source.path)
        return Opened(source, self._register(source), signature, digest, "file")

    def _load(
        self,
        source: Source,
        signature: Signature | None,
        stream: AbstractContextManager[Any],
        digest: Future[str] | None = None,
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
        register = self._register(source)
        if digest is not None:
            return Opened(source, register, signature, digest, "file")
        digest = Future()
        digest.set_result(self._rows_digest(register))
        return Opened(source, register, signature, digest, "rows")

    def _register(self, source: Source) -> Register:
        where = source.path or source.connection
        shape = self.ask(f"DESCRIBE {identifier(source.name)}", where)
        types = {str(row["column_name"]): str(row["column_type"]) for row in shape}
        return Register(source.name, types, source.blank, where, source.kind != "parquet")

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

    # -------------------------------------------------------------- keys
    def no_key_twice(self, opened: Opened) -> None:
        """Raises Refused if two records have the same key; looks once."""
        source = opened.source
        if source.key and source.name not in self._keys:
            hashes = f"SELECT hash({_keys(source)}) AS h FROM {identifier(source.name)}"
            try:
                self._keys[source.name] = self._repeated(opened, hashes)
            except Refused as refused:
                self._keys[source.name] = refused.fault
        known = self._keys.get(source.name)
        if known:
            raise Refused(known)

    def ask_with_keys(self, query: str, opened: Opened) -> list[dict[str, Any]]:
        """Rows of a query that also lists the hashes of the keys, so that a second look is saved."""
        kept, hashes = identifier("answer with keys"), identifier(HASHES)
        self.ask(f"CREATE TEMP TABLE {kept} AS {query}", opened.where)
        try:
            rows = self.ask(f"SELECT * EXCLUDE ({hashes}) FROM {kept}", opened.where)
            found = self._repeated(opened, f"SELECT unnest({hashes}) AS h FROM {kept}")
            self._keys[opened.source.name] = found
        finally:
            self.ask(f"DROP TABLE {kept}", opened.where)
        return rows

    def takes_keys_along(self, opened: Opened) -> bool:
        """True if the keys should be asked for with the first question: the source has keys, nobody
        has looked at them yet, and to look apart would mean to parse every line again. Parquet lies in
        columns, so its keys are cheaper to read by themselves than to hold beside an answer."""
        source = opened.source
        return bool(source.key) and source.kind != "parquet" and source.name not in self._keys

    def _repeated(self, opened: Opened, hashes: str) -> Fault | None:
        """The fault of keys that occur twice. To sort hashes is four times as fast as to count them
        apart, and takes eight bytes a record; what they suspect is proved before it is said."""
        source = opened.source
        try:
            found = self.connection.execute(hashes).fetchnumpy()["h"]
        except self._error as error:
            raise Refused(engine_fault(error, opened.where)) from None
        found.sort()
        if not (found[1:] == found[:-1]).any():
            return None
        keys, table = _keys(source), identifier(source.name)
        numbered = f"SELECT row_number() OVER () AS r, {keys} FROM {table}"
        again = (
            f"SELECT r, row_number() OVER (PARTITION BY {keys} ORDER BY r) AS k FROM ({numbered})"
        )
        proof = f"SELECT count(*) AS n, min(r) AS first FROM ({again}) WHERE k > 1"
        (row,) = self.ask(proof, opened.where)
        if not row["n"]:
            return None
        place, key = self.place(opened, row["first"]), "、".join(source.key)
        return placed("duplicates", place, where=opened.where, key=key, n=row["n"])

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


def _sha256(stream: BufferedReader) -> str:
    with stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _keys(source: Source) -> str:
    return ", ".join(identifier(k) for k in source.key)


def _read_csv(path: Path, dialect: Dialect) -> str:
    columns = ", ".join(f"{literal(c)}: 'VARCHAR'" for c in dialect.columns)
    return (
        f"read_csv({literal(str(path.resolve()))}, auto_detect = false, header = true,"
        f" delim = {literal(dialect.delimiter)}, quote = '\"', escape = '\"',"
        f" columns = {{{columns}}})"
    )
