"""Data packages as a stranger may hand them in: written by hand here, whole and broken."""

import json
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mingzhang.model.document import Document, Grid, Paragraph
from mingzhang.read import read_documents
from mingzhang.read.datapackage import Package, read_datapackage
from mingzhang.read.errors import Unreadable

TEXT = """block,kind,level,text,statement
1,title,,2023年某局部门预算,
2,heading,2,第一部分 概况,
3,paragraph,,"本年收入12,345.67万元。",
4,table,,,1
5,note,,注：空表。,1
"""
STATEMENTS = """statement,kind,number,title,entity_label,entity,unit,header_rows
1,income,表1,收入总表,部门名称,某局,万元,2
"""
CELLS = """statement,row,column,rows,columns,header,text,amount
1,1,1,2,1,true,项目,
1,1,2,1,2,true,本年收入,
1,2,2,1,1,true,小计,
1,2,3,1,1,true,拨款,
1,3,1,1,1,false,合计,
1,3,2,1,1,false,"12,345.67",999.00
1,3,3,1,1,false,5,50000.00
"""


def package(**changed: Any) -> dict[str, bytes]:
    """The files of a small package; ``changed`` replaces texts by file stem."""
    descriptor = {
        "mingzhang": {"format": 1},
        "resources": [{"name": n, "path": f"{n}.csv"} for n in ("statements", "cells", "text")],
    }
    texts = {"text.csv": TEXT, "statements.csv": STATEMENTS, "cells.csv": CELLS}
    texts["datapackage.json"] = json.dumps(descriptor | changed.pop("descriptor", {}))
    texts |= {("datapackage.json" if k == "json" else f"{k}.csv"): v for k, v in changed.items()}
    return {k: v if isinstance(v, bytes) else v.encode() for k, v in texts.items()}


def written(folder: Path, files: Mapping[str, bytes]) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return folder


def parts(document: Document) -> list[str]:
    return [b.text if isinstance(b, Paragraph) else "grid" for b in document.blocks]


def test_paragraphs_and_grids_in_reading_order() -> None:
    document = read_datapackage(Package("datapackage.json", package()))
    assert parts(document) == [
        "2023年某局部门预算",
        "第一部分 概况",
        "本年收入12,345.67万元。",
        "表1",
        "收入总表",
        "部门名称：某局",
        "单位：万元",
        "grid",
        "注：空表。",
    ]
    assert [p.level for p in document.paragraphs()][:3] == [0, 2, 0]
    grid = next(document.grids())
    assert [[c.text if c else None for c in row] for row in grid.matrix()] == [
        ["项目", "本年收入", "本年收入"],
        ["项目", "小计", "拨款"],
        ["合计", "12,345.67", "5"],
    ]
    figure = grid.cells[5]
    assert (figure.place.cell, figure.place.line, figure.place.excerpt) == ("B3", 7, "12,345.67")


def test_as_folder_zip_and_descriptor(tmp_path: Path) -> None:
    folder = written(tmp_path / "d", package())
    archive = tmp_path / "d.zip"
    with zipfile.ZipFile(archive, "w") as out:
        for file in folder.iterdir():
            out.write(file, f"d/{file.name}")
    (folder / "README.md").write_text("# 说明", "utf-8")
    found = [read_documents([p]) for p in (folder, archive, folder / "datapackage.json")]
    assert [len(documents) for documents in found] == [1, 1, 1]
    assert len({documents[0].source for documents in found}) == 1
    assert {documents[0].format for documents in found} == {"datapackage"}


def test_two_packages_and_another_file_side_by_side(tmp_path: Path) -> None:
    one = written(tmp_path / "a", package())
    two = written(tmp_path / "b", package(text=TEXT.replace("2023", "2024")))
    (tmp_path / "note.txt").write_text("说明文字", "utf-8")
    documents = read_documents([one, two, tmp_path / "note.txt"])
    assert [d.format for d in documents] == ["datapackage", "datapackage", "text"]
    assert [parts(d)[0][:4] for d in documents[:2]] == ["2023", "2024"]


def test_somebody_elses_package_is_left_to_the_other_readers(tmp_path: Path) -> None:
    folder = written(
        tmp_path / "d", {"datapackage.json": b'{"name": "x"}', "a.txt": "文字".encode()}
    )
    assert {d.format for d in read_documents([folder])} == {"text"}


def test_what_was_changed_after_publication_is_told() -> None:
    listed = [{"name": n, "path": f"{n}.csv", "hash": "sha256:00"} for n in ("cells",)]
    listed += [{"name": n, "path": f"{n}.csv"} for n in ("statements", "text")]
    files = package(descriptor={"resources": listed})
    warnings = read_datapackage(Package("d/datapackage.json", files)).warnings
    assert len(warnings) == 1 and warnings[0].startswith("d/cells.csv：")


def _listed(path: str) -> dict[str, Any]:
    names = ("statements", "text")
    return {
        "resources": [{"name": n, "path": f"{n}.csv"} for n in names]
        + [{"name": "cells", "path": path}]
    }


@pytest.mark.parametrize(
    ("changed", "what"),
    [
        ({"json": '{"mingzhang": {"format": 1}, "resources": ['}, "damaged"),
        ({"json": "[" * 100_000}, "damaged"),
        ({"json": b"\xff\xfe\x00"}, "damaged"),
        ({"json": '["mingzhang"]'}, "damaged"),
        ({"json": "{}"}, "damaged"),  # not marked, but its neighbours tell what it is
        ({"descriptor": {"mingzhang": {"format": 2}}}, "unsupported"),
        ({"descriptor": {"resources": 7}}, "damaged"),
        ({"descriptor": _listed("../cells.csv")}, "damaged"),
        ({"descriptor": _listed("/etc/passwd")}, "damaged"),
        ({"descriptor": _listed("https://example.org/cells.csv")}, "damaged"),
        ({"descriptor": _listed("..")}, "damaged"),
        ({"descriptor": {"resources": [{"name": "cells", "path": ["cells.csv"]}]}}, "damaged"),
        ({"descriptor": {"resources": [{"name": ["cells"], "path": "cells.csv"}]}}, "damaged"),
        ({"cells": b"\xff\xfe,"}, "damaged"),
        ({"cells": CELLS + '1,9,1,1,1,false,"never closed'}, "damaged"),
        ({"cells": CELLS.replace("1,3,1,1,1,false", "1,x,1,1,1,false")}, "damaged"),
        ({"cells": CELLS.replace("1,3,1,1,1,false", "1,-3,1,1,1,false")}, "damaged"),
        ({"cells": CELLS.replace("1,3,1,1,1,false", "1,٣,1,1,1,false")}, "damaged"),
        ({"cells": CELLS.replace("1,3,1,1,1,false", "1,3,1,0,1,false")}, "damaged"),
        ({"cells": CELLS.replace("1,3,1,1,1,false", "1,3,1,4000000,1000,false")}, "too-large"),
        ({"cells": CELLS.replace("1,3,1,1,1,false", "1,3999999,1,1,1,false")}, "too-large"),
        ({"cells": CELLS.replace(",column,", ",c,")}, "damaged"),
        ({"text": TEXT.replace("4,table,,,1", "4,table,,,2")}, "damaged"),
        ({"text": TEXT.replace("2,heading,2", "2,heading,99")}, "damaged"),
        ({"text": "block,text\n1"}, "damaged"),
    ],
)
def test_what_is_broken_is_refused_with_a_sentence(
    changed: dict[str, Any], what: str, tmp_path: Path
) -> None:
    folder = written(tmp_path / "d", package(**changed))
    with pytest.raises(Unreadable) as caught:
        read_documents([folder])
    assert caught.value.what == what
    assert "datapackage.json" in caught.value.messages["zh"]


def test_a_missing_table_is_named(tmp_path: Path) -> None:
    folder = written(tmp_path / "d", package())
    (folder / "cells.csv").unlink()
    for path in (folder, folder / "datapackage.json"):
        with pytest.raises(Unreadable, match=r"cells\.csv"):
            read_documents([path])


def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    folder = written(tmp_path / "d", package())
    secret = tmp_path / "secret.csv"
    secret.write_text(CELLS, "utf-8")
    (folder / "cells.csv").unlink()
    (folder / "cells.csv").symlink_to(secret)
    with pytest.raises(Unreadable):
        read_documents([folder / "datapackage.json"])


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(sorted(package())),
    st.integers(0, 400),
    st.integers(0, 6),
    st.binary(max_size=6) | st.sampled_from([b"99999999999", b'"', b",", b"\n", b"-1", b"{", b"]"]),
)
def test_any_change_gives_a_document_or_a_refusal(file: str, at: int, cut: int, put: bytes) -> None:
    files = package()
    data = files[file]
    files[file] = data[:at] + put + data[at + cut :]
    try:
        document = read_datapackage(Package("datapackage.json", files))
    except Unreadable as error:
        assert error.messages["zh"] and error.messages["en"]
    else:
        assert all(isinstance(b, (Paragraph, Grid)) for b in document.blocks)
        for grid in document.grids():
            assert len(grid.matrix()) == grid.height
