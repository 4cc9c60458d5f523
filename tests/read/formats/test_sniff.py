"""What a file is, by its content; and the encodings of Chinese text."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mingzhang.read.errors import Unreadable
from mingzhang.read.sniff import decode, sniff

TEXT = "2024年部门预算\n单位：万元\n合计\t1,234.50\n"
PAGE = "<!DOCTYPE html><html><body><table><tr><td>合计</td></tr></table></body></html>"


def zipped(*names: str, **contents: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in names:
            archive.writestr(name, b"<x/>")
        for name, content in contents.items():
            archive.writestr(name, content)
    return out.getvalue()


def compound(*streams: str, inside: tuple[str, ...] = ()) -> bytes:
    """An OLE compound file: a FAT sector and a directory; the streams in its root are chained to
    the right, those ``inside`` belong to a storage of the root."""

    def entry(name: str, right: int, child: int = -1) -> bytes:
        raw = name.encode("utf-16-le") + b"\0\0"
        head = raw.ljust(64, b"\0") + len(raw).to_bytes(2, "little") + b"\x02\x01"
        links = b"".join(i.to_bytes(4, "little", signed=True) for i in (-1, right, child))
        return (head + links).ljust(128, b"\0")

    root_names = [*streams, *(["Storage"] if inside else [])]
    entries = [entry("Root Entry", -1, 1)]
    for i, name in enumerate(root_names, start=1):
        right = i + 1 if i < len(root_names) else -1
        child = len(root_names) + 1 if name == "Storage" else -1
        entries.append(entry(name, right, child))
    for i, name in enumerate(inside):
        entries.append(entry(name, len(entries) + 1 if i + 1 < len(inside) else -1))
    directory = b"".join(entries).ljust(-(-len(entries) // 4) * 512, b"\0")
    count = len(directory) // 512
    chain = [-3, *range(2, count + 1), -2]
    fat = b"".join(i.to_bytes(4, "little", signed=True) for i in chain).ljust(512, b"\xff")
    header = bytearray(512)
    header[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    header[30:32] = (9).to_bytes(2, "little")
    header[48:52] = (1).to_bytes(4, "little")
    header[76:512] = (b"\0\0\0\0").ljust(436, b"\xff")
    return bytes(header) + fat + directory


@pytest.mark.parametrize(
    ("data", "name", "kind"),
    [
        (b"%PDF-1.7\n...", "a.doc", "pdf"),
        (b"\r\n\r\n%PDF-1.4", "a", "pdf"),
        (PAGE.encode(), "a.pdf", "html"),
        (PAGE.encode("gb18030"), "a.xls", "html"),
        (PAGE.encode("utf-16"), "a.xls", "html"),
        ("<table><tr><td>合计</td></tr></table>".encode(), "a.xls", "html"),
        (b"<?xml version='1.0'?>\n<html xmlns='http://www.w3.org/1999/xhtml'>", "a", "html"),
        (TEXT.encode(), "a.pdf", "text"),
        (TEXT.encode("gb18030"), "a.txt", "text"),
        (TEXT.encode("utf-16-le"), "a.txt", "text"),
        ("# 标题\n\n<table><tr><td>合计</td></tr></table>".encode(), "a.md", "text"),
        ("<table><tr><td>合计</td></tr></table>\n\n正文".encode(), "a.md", "text"),
        (PAGE.encode(), "a.txt", "html"),
        (zipped("[Content_Types].xml", "word/document.xml"), "a.zip", "docx"),
        (zipped("[Content_Types].xml", "xl/workbook.xml"), "a", "xlsx"),
        (zipped("[Content_Types].xml", "xl/workbook.bin"), "a", "xlsx"),
        (zipped("[Content_Types].xml", "ppt/presentation.xml"), "a.docx", "unknown"),
        (zipped("OFD.xml", "Doc_0/Document.xml"), "a.pdf", "ofd"),
        (zipped(mimetype=b"application/vnd.oasis.opendocument.spreadsheet"), "a", "ods"),
        (zipped(mimetype=b"application/vnd.oasis.opendocument.text"), "a.ods", "unknown"),
        (zipped("a.pdf", "b.pdf"), "a.docx", "zip"),
        (zipped("x/[Content_Types].xml", "x/word/document.xml"), "a", "zip"),
        (zipped("a.pdf")[:40], "a.zip", "zip"),
        (compound("Workbook"), "a.et", "xls"),
        (compound("Book", "x"), "a", "xls"),
        (compound("WordDocument"), "a.xls", "doc"),
        (compound("WordDocument", inside=("Workbook",)), "a", "doc"),
        (compound("a", "b", "c", "d", "Workbook", inside=("x", "WordDocument")), "a", "xls"),
        (compound("EncryptedPackage", "EncryptionInfo"), "a.xlsx", "xlsx"),
        (compound("EncryptedPackage"), "a.DOCX", "docx"),
        (compound("EncryptedPackage"), "a.bin", "unknown"),
        (compound("PowerPoint Document"), "a", "unknown"),
        (compound("Workbook")[:100], "a.xls", "unknown"),
        (rb"{\rtf1\ansi hello}", "a.doc", "doc"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\x01\x02", "a.pdf", "image"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF\0\x01", "a.pdf", "image"),
        (b"BMW and other cars were bought", "a.txt", "text"),
        (
            b"<?xml version='1.0'?><?mso-application progid='Excel.Sheet'?><Workbook/>",
            "a",
            "unknown",
        ),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related", "a.xls", "unknown"),
        (b"", "a.pdf", "unknown"),
        (b"\0" * 17, "a.pdf", "unknown"),
        (bytes(range(256)), "a.txt", "unknown"),
    ],
)
def test_kind(data: bytes, name: str, kind: str) -> None:
    assert sniff(data, name) == kind


@pytest.mark.parametrize(
    ("encoding", "found"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8"),
        ("gbk", "gb18030"),
        ("gb18030", "gb18030"),
        ("utf-16", "utf-16-le"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("utf-32", "utf-32-le"),
    ],
)
def test_encoding(encoding: str, found: str) -> None:
    assert decode(TEXT.encode(encoding)) == (TEXT, found)


def test_ascii_is_utf8() -> None:
    assert decode(b"1234.50") == ("1234.50", "utf-8")


def test_rare_characters_of_gb18030() -> None:
    rare = "㑇㐂𠀀" + TEXT
    assert decode(rare.encode("gb18030")) == (rare, "gb18030")


def test_a_single_wrong_byte_is_borne_and_shown() -> None:
    raw = bytearray((TEXT * 20).encode())
    raw[raw.index("算".encode()) + 1] = 0x20
    text, encoding = decode(bytes(raw))
    assert encoding == "utf-8"
    assert "�" in text
    assert text.count("合计\t1,234.50") == 20


@pytest.mark.parametrize("data", [b"", b"\0\0\0", bytes(range(256)) * 4, b"\x1f\x8b\x08\0\0"])
def test_what_is_no_text_is_refused(data: bytes) -> None:
    with pytest.raises(Unreadable) as caught:
        decode(data, "a.txt")
    assert caught.value.what == ("not-text" if data else "empty")
    assert caught.value.where == "a.txt"


def test_a_character_cut_off_at_the_end_of_the_sample_does_not_matter() -> None:
    for shift in range(4):
        data = ("x" * shift + "预算" * 40_000).encode()
        assert sniff(data, "a.txt") == "text"


@settings(max_examples=150, deadline=None)
@given(
    st.text(
        st.characters(codec="gb18030", categories=("L", "N", "P", "Zs")) | st.just("\n"),
        min_size=20,
    ),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-32"]),
)
def test_text_comes_back_from_encodings_that_say_what_they_are(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding))[0] == text.removeprefix("\ufeff")


@settings(max_examples=300, deadline=None)
@given(
    st.sampled_from(
        [b"", b"PK\x03\x04", compound("Workbook"), b"\xff\xfe", b"{\\rtf", b"%PDF-", b"<html"]
    ),
    st.binary(max_size=600),
)
def test_sniffing_never_fails(start: bytes, rest: bytes) -> None:
    assert sniff(start + rest, "x") in (
        *("pdf", "docx", "xlsx", "xls", "ods", "html", "text", "zip", "ofd", "doc", "image"),
        "unknown",
    )
