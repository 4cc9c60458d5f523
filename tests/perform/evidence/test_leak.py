"""Nothing personal leaves a register: every byte that is written, printed or kept is searched.

A process of its own asks everything of registers whole and broken, with its working, home and
temporary folders inside one folder; then all of that folder is searched for any name, ID or
telephone number of the registers.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest
from bench import register, stores

ROOT = Path(__file__).parents[3]
PROGRAM = """
import json, logging, pickle, sys
from pathlib import Path
from mingzhang.perform.evidence import evaluate, from_record, load, reproduce, to_record
logging.basicConfig(level=logging.DEBUG, filename="log.txt")
for path in sys.argv[1:]:
    definition = load(path)
    actuals = evaluate(definition)
    records = [to_record(a) for a in actuals]
    print(json.dumps(records, ensure_ascii=False))
    print(actuals, repr(definition), file=sys.stderr)
    Path("kept.json").open("a").write(json.dumps(records))
    Path("kept.pickle").open("ab").write(pickle.dumps(actuals))
    print(reproduce(from_record(records[0]), definition))
    assert any(a.fault is None for a in actuals), path
"""


def searched(folder: Path) -> bytes:
    """All bytes below a folder, the names of its files too."""
    found = list(folder.rglob("*"))
    return b"\0".join(
        [p.name.encode() for p in found] + [p.read_bytes() for p in found if p.is_file()]
    )


def leaks(secrets: Iterable[str], data: bytes) -> list[str]:
    """The secrets that stand in some bytes, in any encoding that they might have got there in."""
    escaped = lambda s: s.encode("ascii", "backslashreplace")  # noqa: E731  as JSON and repr write
    ways = [str.encode, lambda s: s.encode("gb18030"), lambda s: s.encode("utf-16-le"), escaped]
    return [s for s in secrets if any(way(s) in data for way in ways)]


def harm(text: str, line: int, column: int, value: str) -> str:
    lines = text.splitlines()
    cells = lines[line].split(",")
    cells[column] = value
    lines[line] = ",".join(cells)
    return "\n".join(lines) + "\n"


def spoil(folder: Path) -> None:
    """Put people's data where it does not belong, in the ways in which engines quote cells."""
    rows = (folder / "requests.csv").read_text("utf-8-sig").splitlines()
    person = rows[4].split(",")
    name, number = person[2], person[3]
    requests = "\n".join(rows) + "\n"
    requests = harm(requests, 8, 1, name)  # a name among the times
    requests = harm(requests, 9, 10, number)  # an ID among the ratings
    (folder / "requests.csv").write_text(requests, "utf-8")
    calls = (folder / "calls.csv").read_text("utf-8-sig").splitlines()
    (folder / "calls.csv").write_text("\n".join([calls[5], *calls]) + "\n", "utf-8")  # no headings
    duty = (folder / "duty.csv").read_text("utf-8-sig").splitlines()
    duty[6] += f",{name},{number}"  # too many cells
    (folder / "duty.csv").write_text("\n".join(duty) + "\n", "utf-8")


EXTRA = """
[[indicator]]
id = "by a person"
source = "payments"
measure = "average"
column = "收款人"

[[indicator]]
id = "sql conversion"
source = "payments"
sql = '''select sum("收款人"::int) as value, count(*) as rows from payments'''

[[indicator]]
id = "sql text"
source = "payments"
sql = '''select max("收款证件号") as value, count(*) as rows from payments'''

[[indicator]]
id = "one person"
source = "payments"
measure = "share"
where = { "项目" = "法律援助" }
by = "收款人"
groups = ["某某"]
"""


@pytest.fixture
def places(small, tmp_path: Path, postgresql: str) -> tuple[Path, list[str], set[str]]:
    """Registers of every kind, whole and spoilt; the definitions over them; their secrets."""
    whole, spoilt = tmp_path / "whole", tmp_path / "spoilt"
    for folder in (whole, spoilt):
        folder.mkdir()
        for name in register.COLUMNS:
            shutil.copy(small.folder / f"{name}.csv", folder)
    secrets = register.secrets(whole)
    stores.parquet(whole)
    stores.sqlite(whole)
    stores.xlsx(whole)
    stores.fill(postgresql, whole)
    (tmp_path / "gb").mkdir()
    stores.gb18030(whole, tmp_path / "gb")
    spoil(spoilt)
    (tmp_path / "spoilt-gb").mkdir()
    stores.gb18030(spoilt, tmp_path / "spoilt-gb")
    asked = []
    for folder, kind in [
        *((whole, kind) for kind in ("csv", "parquet", "xlsx", "sqlite", "postgresql")),
        *((tmp_path / f, "csv") for f in ("gb", "spoilt", "spoilt-gb")),
    ]:
        path = folder / f"{kind}.toml"
        path.write_text(register.definition(kind, small.rows) + EXTRA, "utf-8")
        asked.append(str(path))
    # a key that is personal, and columns that a store cannot turn into text without trouble
    path = whole / "key.toml"
    text = register.definition("csv", small.rows).replace(
        'key = ["凭证号"]', 'key = ["收款证件号"]'
    )
    path.write_text(text, "utf-8")
    return tmp_path, [*asked, str(path)], secrets


def test_no_trace(places: tuple[Path, list[str], set[str]], postgresql: str) -> None:
    folder, asked, secrets = places
    assert len(secrets) > 100
    assert set(leaks(secrets, searched(folder / "whole"))) == secrets  # the search does find them
    assert leaks(secrets, searched(folder / "gb"))
    work = folder / "work"
    for name in ("home", "tmp", "cwd"):
        (work / name).mkdir(parents=True)
    environ = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT / "src"),
        "HOME": str(work / "home"),
        "TMPDIR": str(work / "tmp"),
        "MINGZHANG_DB_HALL": postgresql,
        "PYTHONUTF8": "1",
    }
    with (work / "out").open("wb") as out, (work / "err").open("wb") as err:
        subprocess.run(
            [sys.executable, "-c", PROGRAM, *asked],
            env=environ,
            cwd=work / "cwd",
            stdout=out,
            stderr=err,
            check=True,
        )
    data = searched(work)
    for code in ("not-time", "not-number", "columns", "ragged", "duplicates", "sql-failed"):
        assert code.encode() in data
    assert leaks(secrets, data) == []
    assert sorted(p.name for p in (work / "cwd").iterdir()) == [
        "kept.json",
        "kept.pickle",
        "log.txt",
    ]
    assert list((work / "home").iterdir()) == []
    assert list((work / "tmp").iterdir()) == []
