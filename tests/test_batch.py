"""A folder of books of every sort: one record each, all of which keep to the published schema."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from mingzhang import batch
from mingzhang.batch import Checked, books_in, check_folder
from mingzhang.read import DEFAULT
from mingzhang.report.json import schema

GOOD = Path(__file__).parents[1] / "examples" / "clean" / "budget.txt"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def zipped(**files: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name.replace("__", "/"), data)
    return stream.getvalue()


# an OpenDocument whose manifest says that its parts are encrypted (OpenDocument 1.2 part 3, 4.8)
LOCKED = zipped(
    mimetype=b"application/vnd.oasis.opendocument.spreadsheet",
    **{"META-INF__manifest.xml": b"<manifest><encryption-data/></manifest>", "content.xml": b"x"},
)
# what each file is refused for, by its name
BAD: dict[str, tuple[bytes, str]] = {
    "cut.pdf": (b"%PDF-1.7\n1 0 obj\n<<", ""),
    "empty.txt": (b"", "空"),
    "half.xlsx": (zipped(**{"xl__workbook.xml": b"<workbook>"})[:60], ""),
    "huge.txt": (b"a" * 2_000_000, "MB"),
    "letter.txt": ("尊敬的领导：\n您好。".encode(), ""),
    "locked.ods": (LOCKED, "加密"),
    "noise.bin": (bytes(range(200, 255)) + bytes(range(256)) * 8, ""),
    "ole.doc": (_OLE + bytes(1000), ""),
    "picture.png": (b"\x89PNG\r\n\x1a\n" + bytes(40), ""),
}


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Checked]:
    folder = tmp_path_factory.mktemp("books")
    for name, (data, _) in BAD.items():
        (folder / name).write_bytes(data)
    (folder / "good.txt").write_bytes(GOOD.read_bytes())
    (folder / "sub").mkdir()
    (folder / "nothing").mkdir()
    (folder / "sub" / "budget.txt").write_bytes(GOOD.read_bytes())
    limits = replace(DEFAULT, max_bytes=1_000_000, seconds=60)
    return {one.name: one for one in check_folder(books_in(folder), 2, "zh", limits)}


def test_every_book_has_its_record(done: dict[str, Checked]) -> None:
    assert sorted(done) == sorted([*BAD, "good.txt", "sub", "nothing"])
    for name in ("good.txt", "sub"):
        assert done[name].verdict != "unreadable"
    for name in (*BAD, "nothing"):
        assert done[name].verdict == "unreadable", name


@pytest.mark.parametrize("name", [*BAD, "good.txt", "sub", "nothing"])
def test_every_record_keeps_to_the_schema(done: dict[str, Checked], name: str) -> None:
    record: dict[str, Any] = done[name].record
    Draft202012Validator(schema()).validate(record)
    line = {"name": name, "files": list(done[name].files), **record}  # as the command prints it
    Draft202012Validator(schema()).validate(line)
    assert (record["book"] is None) == ("message" in record) == (done[name].verdict == "unreadable")


@pytest.mark.parametrize("name", [name for name, (_, said) in BAD.items() if said])
def test_each_says_what_is_wrong(done: dict[str, Checked], name: str) -> None:
    assert BAD[name][1] in done[name].record["message"]


def test_what_a_program_error_leaves_keeps_to_the_schema_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever goes wrong in a worker becomes a record, and the other books are checked."""
    monkeypatch.setattr(batch, "_one", "no function")
    (tmp_path / "good.txt").write_bytes(GOOD.read_bytes())
    (one,) = check_folder(books_in(tmp_path))
    assert one.verdict == "unreadable"
    Draft202012Validator(schema()).validate(one.record)


def test_the_schema_allows_no_book_only_with_a_reason(done: dict[str, Checked]) -> None:
    check = Draft202012Validator(schema())
    bad = done["empty.txt"].record
    assert not check.is_valid({k: v for k, v in bad.items() if k != "message"})
    assert not check.is_valid({**bad, "verdict": "consistent"})
    assert not check.is_valid({**done["good.txt"].record, "book": None})
