"""Evidence: exact over 10⁶ records in every kind of store, and what it costs beside plain DuckDB.

    python -m bench.evidence                     10⁶ rows; writes bench/figures.json
    python -m bench.evidence --rows 100000 --dry-run

Three questions. Is every indicator exact? What does a question cost in an open session, beside the
same question written by hand for plain DuckDB (CSV, Parquet; the contenders take turns in one
process)? What does a whole evidence.toml cost from start to end, beside all questions by hand, without
and with the same checks (SHA-256 of every file, no key twice)? Peak memory is that of a child that
does nothing else. Ratios are of processor time, which other work on the machine disturbs least.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path
from typing import Any

import duckdb

from bench import register
from bench.results import store
from mingzhang.perform.evidence import evaluate, load
from mingzhang.perform.evidence.engine import Engine
from mingzhang.perform.evidence.evaluate import answer, wanted

KINDS = ("csv", "parquet", "gb18030", "sqlite", "postgresql", "xlsx")
DAY = "date_diff('day', 登记时间, 受理时间) BETWEEN 0 AND 15"
RATED = "count(*) FILTER (评价 >= 4) / count(评价)"

# the same questions as an analyst writes them; {t} is the scan of the register
BY_HAND: Mapping[str, str] = {
    "received": "SELECT count(*) FROM {t} WHERE year(登记时间) = 2023",
    "petitioners": "SELECT count(DISTINCT 身份证号) FROM {t}",
    "accepted-15d": f"SELECT count(*) FILTER ({DAY}) / count(*) FROM {{t}}",
    "answered-in-time": "SELECT count(*) FILTER (答复时间 < 办理期限 + INTERVAL 1 DAY)"
    " / count(办理期限) FROM {t}",
    "answered": "SELECT count(答复时间) / count(受理时间) FROM {t}",
    "labour-answered": "SELECT count(答复时间) / count(*) FROM {t} WHERE 类别 = '劳动保障'",
    "satisfied": f"SELECT {RATED} FROM {{t}}; SELECT 街道, {RATED} FROM {{t}} GROUP BY 1",
    "rating": "SELECT avg(评价) FROM {t}",
    "response-1h": "SELECT count(*) FILTER (响应时间 - 报修时间 <= INTERVAL 1 HOUR) / count(*)"
    " FROM {t}",
    "arrival-3h": "SELECT count(*) FILTER (到场时间 - 报修时间 <= INTERVAL 3 HOUR) / count(*)"
    " FROM {t}",
    "took-part": "SELECT count(DISTINCT 身份证号) FILTER (到岗 = '是')"
    " / count(DISTINCT 身份证号) FROM {t}",
    "on-duty": "SELECT count(*) FILTER (到岗 = '是') / count(*) FROM {t}",
    "paid": "SELECT sum({amount}) FROM {t}",
    "execution": "SELECT sum({amount}) / 26000000000 FROM {t}",
}


def by_hand(con: duckdb.DuckDBPyConnection, folder: Path, kind: str, name: str, of: str) -> object:
    """The plain contender: one hand-written question to a file."""
    path = folder / f"{of}.{kind}"
    amount = "replace(金额, ',', '')::DECIMAL(18, 2)" if kind == "csv" else "金额"
    found = []
    for one in BY_HAND[name].split(";"):
        found.append(con.execute(one.format(t=f"'{path}'", amount=amount)).fetchall())
    return found


@contextmanager
def addresses(folder: Path, kinds: tuple[str, ...]) -> Iterator[dict[str, str]]:
    """All stores filled; where the server is."""
    from bench import stores  # not for children, whose memory is measured

    if "parquet" in kinds:
        stores.parquet(folder)
    if "gb18030" in kinds:
        (folder / "gb").mkdir(exist_ok=True)
        stores.gb18030(folder, folder / "gb")
    if "sqlite" in kinds and not (folder / "hall.sqlite").exists():
        stores.sqlite(folder)
    if "xlsx" in kinds and not (folder / "calls.xlsx").exists():
        stores.xlsx(folder, ["calls"])
    if "postgresql" not in kinds:
        yield {}
        return
    with stores.postgresql() as address:
        stores.fill(address, folder)
        yield {"MINGZHANG_DB_HALL": address}


def defined(folder: Path, kind: str, rows: int) -> Path:
    """The definition over one kind of store."""
    home = folder / "gb" if kind == "gb18030" else folder
    path = home / f"{kind}.toml"
    path.write_text(register.definition("csv" if kind == "gb18030" else kind, rows), "utf-8")
    return path


def names(kind: str, everything: list[str]) -> list[str]:
    """The indicators asked of a kind: of a workbook only those about calls, for the time it takes."""
    return ["response-1h", "arrival-3h"] if kind == "xlsx" else everything


def exact(path: Path, asked: list[str], known: register.Answers) -> tuple[int, float]:
    """How many indicators are exactly right, and the seconds from start to end."""
    started = time.perf_counter()
    actuals = evaluate(load(path), asked)
    spent = time.perf_counter() - started
    right = 0
    for actual in actuals:
        told = actual.fraction
        if told is None and actual.value is not None:
            told = Fraction(actual.value)
        right += told == known.value(actual.indicator)
        if actual.fault:
            print(actual.indicator, actual.fault.message_in("en"), file=sys.stderr)
    return right, spent


def turns(contenders: Mapping[str, Callable[[], object]], rounds: int) -> dict[str, float]:
    """Median seconds of each contender, by the clock and (``NAME_cpu``) of the processor; they take
    turns, after one round to warm up."""
    spent: dict[str, list[float]] = {}
    for turn in range(rounds + 1):
        for name, work in contenders.items():
            started, worked = time.perf_counter(), time.process_time()
            work()
            if turn:
                spent.setdefault(name, []).append(time.perf_counter() - started)
                spent.setdefault(f"{name}_cpu", []).append(time.process_time() - worked)
    return {name: statistics.median(times) for name, times in spent.items()}


def questions(path: Path, kind: str, rounds: int) -> dict[str, dict[str, float]]:
    """Seconds of each question in an open session, ours beside the one by hand."""
    definition = load(path)
    now = datetime.now(UTC)
    found = {}
    with Engine(definition, wanted(definition.evidence, definition), {}) as engine:
        for evidence in definition.evidence:
            source = evidence.sources[0]
            engine.no_key_twice(engine.open(source))
            con = duckdb.connect()
            found[evidence.indicator] = turns(
                {
                    "ours": lambda e=evidence: answer(engine, definition, e, now),
                    "plain": lambda e=evidence, c=con, s=source: by_hand(
                        c, path.parent, kind, e.indicator, s
                    ),
                },
                rounds,
            )
            con.close()
    return found


def checks(con: duckdb.DuckDBPyConnection, folder: Path, kind: str) -> None:
    """The plain contender's digests and key checks, one after the other."""
    for name, key in register.KEYS.items():
        path = folder / f"{name}.{kind}"
        with path.open("rb") as stream:
            hashlib.file_digest(stream, "sha256").hexdigest()
        con.execute(f"SELECT count(*), count(DISTINCT {key}) FROM '{path}'").fetchall()


# ------------------------------------------------------------------ children
def child(work: str, path: Path, kind: str, asked: list[str]) -> None:
    """Do one thing and print its seconds and peak memory."""
    started, worked = time.perf_counter(), time.process_time()
    definition = load(path)
    if (
        work == "ours" and asked
    ):  # the question and the check of its keys, as ``questions`` times it
        with Engine(definition, wanted(definition.evidence, definition), os.environ) as engine:
            now = datetime.now(UTC)
            mine = [e for e in definition.evidence if e.indicator in asked]
            assert all(answer(engine, definition, e, now).fault is None for e in mine)
    elif work == "ours":
        assert all(a.fault is None for a in evaluate(definition))
    elif work == "alone":  # asked alone, with the audit of what the register's others tell
        assert all(a.fault is None for a in evaluate(definition, asked))
    elif work in ("plain", "checked"):
        sources = {e.indicator: e.sources[0] for e in definition.evidence}
        with duckdb.connect() as con:
            for name in asked or sources:
                by_hand(con, path.parent, kind, name, sources[name])
            if work == "checked":
                checks(con, path.parent, kind)
    spent, cpu = time.perf_counter() - started, time.process_time() - worked
    # not getrusage: its peak begins with that of the parent from before exec
    status = Path("/proc/self/status").read_text("ascii")
    peak = int(re.search(r"VmHWM:\s+(\d+)", status)[1]) / 1024  # type: ignore[index]
    print(json.dumps({"seconds": spent, "cpu": cpu, "peak_mb": peak}))


def apart(work: str, path: Path, kind: str, environ: Mapping[str, str], asked: list[str]) -> Any:
    """The same in a process of its own."""
    command = [sys.executable, "-m", "bench.evidence", "--child", work, "--path", str(path)]
    command += ["--kind", kind, "--asked", ",".join(asked)]
    said = subprocess.run(
        command, env={**os.environ, **environ}, check=True, capture_output=True, text=True
    )
    return json.loads(said.stdout)


def measured(folder: Path, rows: int, rounds: int, kinds: tuple[str, ...]) -> dict[str, Any]:
    """Everything, for every kind."""
    known = register.write_csv(folder, rows)
    result: dict[str, Any] = {"rows": rows, "kinds": {}}
    with addresses(folder, kinds) as environ:
        os.environ.update(environ)
        for kind in kinds:
            path = defined(folder, kind, rows)
            asked = names(kind, [e.indicator for e in load(path).evidence])
            right, spent = exact(path, asked, known)
            found: dict[str, Any] = {"asked": len(asked), "exact": right, "first_run_s": spent}
            found["whole"] = {"ours": apart("ours", path, kind, environ, asked)}
            if kind in ("csv", "parquet"):
                for work in ("plain", "checked"):
                    found["whole"][work] = apart(work, path, kind, environ, asked)
                found["questions"] = questions(path, kind, rounds)
                for name, one in found["questions"].items():
                    for work in ("ours", "plain"):
                        peak = apart(work, path, kind, environ, [name])["peak_mb"]
                        one[f"{work}_peak_mb"] = peak
            result["kinds"][kind] = found
            print(kind, json.dumps(found, ensure_ascii=False)[:300], file=sys.stderr)
    result["bare_peak_mb"] = apart("nothing", path, kind, {}, [])["peak_mb"]
    return result


def show(result: Mapping[str, Any]) -> None:
    """Tables for a person."""
    from rich.console import Console
    from rich.table import Table

    console = Console(width=130)
    plain = ("by hand s", "cpu s", "MB", "with checks: cpu s", "MB")
    table = Table("store", "exact", "whole s", "cpu s", "MB", *plain)
    for kind, found in result["kinds"].items():
        cells = [kind, f"{found['exact']}/{found['asked']}", *_cost(found["whole"]["ours"])]
        if "plain" in found["whole"]:
            cells += [*_cost(found["whole"]["plain"]), *_cost(found["whole"]["checked"])[1:]]
        table.add_row(*cells)
    console.print(table)
    for kind, found in result["kinds"].items():
        if "questions" not in found:
            continue
        table = Table(kind, "s", "by hand", "cpu s", "by hand", "x", "MB", "by hand", "x")
        for name, one in found["questions"].items():
            cells = [name, f"{one['ours']:.3f}", f"{one['plain']:.3f}"]
            for part, form in (("cpu", ".3f"), ("peak_mb", ".0f")):
                ours, other = one[f"ours_{part}"], one[f"plain_{part}"]
                cells += [f"{ours:{form}}", f"{other:{form}}", f"{ours / other:.2f}"]
            table.add_row(*cells)
        console.print(table)


def _cost(one: Mapping[str, float]) -> list[str]:
    return [f"{one['seconds']:.2f}", f"{one['cpu']:.2f}", f"{one['peak_mb']:.0f}"]


def main() -> None:
    """Measure, show and store."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--rows", type=int, default=1_000_000)
    asked.add_argument("--rounds", type=int, default=3)
    asked.add_argument("--kinds", default=",".join(KINDS))
    asked.add_argument("--folder", type=Path)
    asked.add_argument("--dry-run", action="store_true")
    asked.add_argument("--child")
    asked.add_argument("--path", type=Path)
    asked.add_argument("--kind")
    asked.add_argument("--asked", default="")
    given = asked.parse_args()
    if given.child:
        child(given.child, given.path, given.kind, [n for n in given.asked.split(",") if n])
        return
    with tempfile.TemporaryDirectory() as made:
        folder = given.folder or Path(made)
        folder.mkdir(parents=True, exist_ok=True)
        result = measured(folder, given.rows, given.rounds, tuple(given.kinds.split(",")))
    show(result)
    if not given.dry_run:
        store("evidence", {"rows": given.rows, "duckdb": duckdb.__version__}, result)


if __name__ == "__main__":
    main()
