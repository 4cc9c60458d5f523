"""Evidence: exact over 10⁶ records in every kind of store, and what it costs beside plain DuckDB.

    python -m bench.evidence                     10⁶ rows; writes bench/figures.json
    python -m bench.evidence --rows 100000 --dry-run

Three questions. Is every indicator exact? What does a question cost in an open session, beside the
same question written by hand for plain DuckDB (CSV, Parquet; the contenders take turns in one
process)? What does a whole evidence.toml cost from start to end, with digests and key checks that
the questions by hand do not have? Peak memory is that of a child that does nothing else.
"""

from __future__ import annotations

import argparse
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
from rich.console import Console
from rich.table import Table

from bench import register, stores
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
    """Median seconds of each contender; they take turns, after one round to warm up."""
    spent: dict[str, list[float]] = {name: [] for name in contenders}
    for turn in range(rounds + 1):
        for name, work in contenders.items():
            started = time.perf_counter()
            work()
            if turn:
                spent[name].append(time.perf_counter() - started)
    return {name: statistics.median(times) for name, times in spent.items()}


def questions(path: Path, kind: str, rounds: int) -> dict[str, dict[str, float]]:
    """Seconds of each question in an open session, ours beside the one by hand."""
    definition = load(path)
    now = datetime.now(UTC)
    found = {}
    with Engine(definition, wanted(definition.evidence, definition), {}) as engine:
        for evidence in definition.evidence:
            source = evidence.sources[0]
            engine.open(source)
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


# ------------------------------------------------------------------ children
def child(work: str, path: Path, kind: str, asked: list[str]) -> None:
    """Do one thing and print its seconds and peak memory."""
    started = time.perf_counter()
    if work == "ours":
        assert all(a.fault is None for a in evaluate(load(path), asked or ()))
    elif work == "plain":
        sources = {e.indicator: e.sources[0] for e in load(path).evidence}
        with duckdb.connect() as con:
            for name in asked or sources:
                by_hand(con, path.parent, kind, name, sources[name])
    spent = time.perf_counter() - started
    # not getrusage: its peak begins with that of the parent from before exec
    status = Path("/proc/self/status").read_text("ascii")
    peak = int(re.search(r"VmHWM:\s+(\d+)", status)[1]) / 1024  # type: ignore[index]
    print(json.dumps({"seconds": spent, "peak_mb": peak}))


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
                found["whole"]["plain"] = apart("plain", path, kind, environ, asked)
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
    console = Console(width=110)
    table = Table("store", "exact", "whole s", "peak MB", "by hand s", "by hand MB", "ratio")
    for kind, found in result["kinds"].items():
        ours, plain = found["whole"]["ours"], found["whole"].get("plain")
        cells = [kind, f"{found['exact']}/{found['asked']}"]
        cells += [f"{ours['seconds']:.2f}", f"{ours['peak_mb']:.0f}"]
        if plain:
            ratio = ours["seconds"] / plain["seconds"]
            cells += [f"{plain['seconds']:.2f}", f"{plain['peak_mb']:.0f}", f"{ratio:.2f}"]
        table.add_row(*cells)
    console.print(table)
    for kind, found in result["kinds"].items():
        if "questions" not in found:
            continue
        table = Table(kind, "ours s", "plain s", "ratio", "ours MB", "plain MB", "ratio")
        for name, one in found["questions"].items():
            cells = [name, f"{one['ours']:.3f}", f"{one['plain']:.3f}"]
            cells += [f"{one['ours'] / one['plain']:.2f}", f"{one['ours_peak_mb']:.0f}"]
            cells += [f"{one['plain_peak_mb']:.0f}"]
            cells += [f"{one['ours_peak_mb'] / one['plain_peak_mb']:.2f}"]
            table.add_row(*cells)
        console.print(table)


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
