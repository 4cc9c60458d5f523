"""A ZIP or a folder as one book; hostile archives."""

from __future__ import annotations

import io
import os
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mingzhang.read.container import Archive, gather, natural
from mingzhang.read.errors import Unreadable
from mingzhang.read.limits import Limits


def zipped(files: list[tuple[str, bytes]], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression) as archive:
        for name, data in files:
            archive.writestr(zipfile.ZipInfo(name), data, compression)
    return out.getvalue()


def saved(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def refused(*paths: Path, limits: Limits | None = None) -> str:
    with pytest.raises(Unreadable) as caught:
        gather(paths, limits or Limits())
    assert set(caught.value.messages) == {"zh", "en"}
    assert all(caught.value.messages.values())
    return caught.value.what


def test_files_come_in_the_order_given(tmp_path: Path) -> None:
    b, a = saved(tmp_path, "b.txt", b"2"), saved(tmp_path, "a.txt", b"1")
    assert gather([b, str(a)]) == [("b.txt", b"2"), ("a.txt", b"1")]


def test_a_folder_comes_in_natural_order_without_system_files(tmp_path: Path) -> None:
    for name in (
        *("表10.txt", "表2.txt", "附件/三.txt", "附件/十.txt", "附件/二.txt"),
        *(".DS_Store", "~$表2.docx", "Thumbs.db", ".git/config", "__MACOSX/x", "desktop.ini"),
    ):
        saved(tmp_path, name, name.encode())
    names = [name for name, _ in gather([tmp_path])]
    assert names == ["表2.txt", "表10.txt", "附件/二.txt", "附件/三.txt", "附件/十.txt"]


@pytest.mark.parametrize(
    "names",
    [
        ["附件一.pdf", "附件二.pdf", "附件三.pdf", "附件十.pdf", "附件十一.pdf", "附件二十.pdf"],
        ["1 说明.pdf", "2 表.pdf", "10 表.pdf"],
        ["表1-2.xls", "表1-10.xls", "表2-1.xls"],
    ],
)
def test_natural_order(names: list[str]) -> None:
    shuffled = [*names[1::2], *names[::2]]
    assert sorted(shuffled, key=natural) == names


def test_a_zip_is_opened_and_a_zip_in_it_once_more(tmp_path: Path) -> None:
    innermost = zipped([("z.txt", b"z")])
    inner = zipped([("y.txt", b"y"), ("deep.zip", innermost)])
    outer = zipped([("x.txt", b"x"), ("b/inner.zip", inner), ("__MACOSX/._x.txt", b"junk")])
    files = gather([saved(tmp_path, "book.zip", outer)])
    assert files == [
        ("b/inner.zip/deep.zip", innermost),
        ("b/inner.zip/y.txt", b"y"),
        ("x.txt", b"x"),
    ]


def test_a_zip_in_a_folder_is_opened(tmp_path: Path) -> None:
    saved(tmp_path, "book/a.zip", zipped([("x.txt", b"x")]))
    assert gather([tmp_path / "book"]) == [("x.txt", b"x")]


def test_office_files_are_not_opened(tmp_path: Path) -> None:
    data = zipped([("[Content_Types].xml", b""), ("word/document.xml", b"")])
    assert gather([saved(tmp_path, "book.docx", data)]) == [("book.docx", data)]


@pytest.mark.parametrize("encoding", ["gbk", "utf-8"])
def test_names_without_the_utf8_flag(tmp_path: Path, encoding: str) -> None:
    raw = "部门预算\\表2.txt".encode(encoding)
    data = zipped([("N" * len(raw), b"x")]).replace(b"N" * len(raw), raw)
    assert gather([saved(tmp_path, "a.zip", data)]) == [("部门预算/表2.txt", b"x")]


def test_names_that_climb_out_are_made_harmless(tmp_path: Path) -> None:
    names = ["../../etc/passwd", "/etc/passwd", "C:\\x\\y.txt", "a/../b.txt", "./c.txt", ".."]
    data = zipped([(name, name.encode()) for name in names])
    files = gather([saved(tmp_path, "a.zip", data)])
    assert sorted(name for name, _ in files) == [
        *("-", "a/b.txt", "c.txt", "etc/passwd", "etc/passwd (2)", "x/y.txt"),
    ]
    assert sorted(data.decode() for _, data in files) == sorted(names)


def test_nothing_to_read(tmp_path: Path) -> None:
    assert refused(tmp_path) == "no-files"
    assert refused(tmp_path / "missing.pdf") == "missing"
    assert refused(saved(tmp_path, "a.zip", zipped([]))) == "no-files"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert refused(tmp_path / "pipe") == "missing"


def test_too_much_together(tmp_path: Path) -> None:
    paths = [saved(tmp_path, f"{i}.txt", b"x" * 600) for i in range(2)]
    assert refused(*paths, limits=Limits(max_bytes=1000)) == "too-large"
    assert refused(tmp_path, limits=Limits(max_bytes=1000)) == "too-large"
    stored = saved(tmp_path, "a.zip", zipped([(f"{i}", b"x" * 400) for i in range(3)]))
    assert refused(stored, limits=Limits(max_bytes=1000)) == "too-large"
    assert len(gather(paths, Limits(max_bytes=1200))) == 2


def test_a_bomb_is_not_unpacked(tmp_path: Path) -> None:
    bomb = saved(tmp_path, "bomb.zip", zipped([("a", bytes(32 * 2**20))]))
    assert refused(bomb) == "bomb"
    several = saved(tmp_path, "b.zip", zipped([(str(i), bytes(6 * 2**20)) for i in range(5)]))
    assert refused(several) == "bomb"


def test_a_header_that_lies_about_the_size_does_not_help(tmp_path: Path) -> None:
    honest = zipped([("a", bytes(32 * 2**20))])
    size = (32 * 2**20).to_bytes(4, "little")
    lying = honest.replace(size, (10).to_bytes(4, "little"))
    assert lying != honest
    assert refused(saved(tmp_path, "a.zip", lying)) in ("bomb", "damaged")


def test_too_many_files(tmp_path: Path) -> None:
    many = zipped([(f"{i}", b"") for i in range(6000)], zipfile.ZIP_STORED)
    assert refused(saved(tmp_path, "a.zip", many)) == "too-large"


def test_encrypted_members(tmp_path: Path) -> None:
    data = bytearray(zipped([("a.txt", b"secret")]))
    data[6] |= 1  # local header
    data[data.index(b"PK\x01\x02") + 8] |= 1  # central directory
    assert refused(saved(tmp_path, "a.zip", bytes(data))) == "encrypted"


def test_a_wrong_checksum(tmp_path: Path) -> None:
    data = zipped([("a.txt", b"budget")], zipfile.ZIP_STORED).replace(b"budget", b"budgie")
    assert refused(saved(tmp_path, "a.zip", data)) == "damaged"


def test_a_zip_cut_short(tmp_path: Path) -> None:
    data = zipped([("a.txt", b"budget" * 100)])
    assert refused(saved(tmp_path, "a.zip", data[:-30])) == "damaged"


def test_entities_of_xml_are_not_expanded() -> None:
    laughs = "".join(f'<!ENTITY l{i + 1} "{f"&l{i};" * 10}">' for i in range(12))
    bomb = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "ha">{laughs}]><x>&l12;</x>'
    outside = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]><x>&e;</x>'
    archive = Archive(zipped([("a", bomb.encode()), ("b", outside.encode())]), "x")
    with pytest.raises(Unreadable) as caught:
        archive.xml("a")
    assert caught.value.what == "damaged"
    assert "".join(archive.xml("b").itertext()) in ("", "&e;")


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_a_mutated_archive_is_read_or_refused(data: st.DataObject) -> None:
    raw = bytearray(zipped([("a.txt", b"budget" * 20), ("b/c.txt", b"x")]))
    for _ in range(data.draw(st.integers(1, 6))):
        raw[data.draw(st.integers(4, len(raw) - 1))] = data.draw(st.integers(0, 255))
    try:
        archive = Archive(bytes(raw), "a.zip")
        for name in archive.names:
            archive.read(name)
    except Unreadable:
        pass
