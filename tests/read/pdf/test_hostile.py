"""Files that are no PDF, are broken, or mean harm: a clear word, never a crash or a hang."""

from __future__ import annotations

import re
import time
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from minipdf import Page, only_grid, pdf, rows, texts

from mingzhang.model.document import Document
from mingzhang.read.errors import Unreadable
from mingzhang.read.pdf import page as read_page_module
from mingzhang.read.pdf import read_pdf

ROWS = [["项目", "金额"], ["合计", "2,961.68"]]
GOOD = pdf(Page().text(60, 60, "总表").table([60, 300, 540], [100, 120, 140], ROWS))


def refused(data: bytes, **options: str) -> Unreadable:
    with pytest.raises(Unreadable) as caught:
        read_pdf(data, "某局.pdf", **options)  # type: ignore[arg-type]
    error = caught.value
    assert error.where == "某局.pdf"
    assert all("某局.pdf" in error.message_in(lang) for lang in ("zh", "en"))
    return error


def test_the_good_file_is_good() -> None:
    assert rows(only_grid(read_pdf(GOOD, "a.pdf"))) == ROWS


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"", "empty"),
        (b"17 bytes of text.", "not-pdf"),
        (b"<!DOCTYPE html><html><body>404</body></html>", "not-pdf"),
        (b"PK\x03\x04" + bytes(40), "not-pdf"),
        (b"%PDF-1.7\n", "damaged"),
        (b"%PDF-1.4\n" + bytes(range(256)) * 20, "damaged"),
        (GOOD[:200], "damaged"),
    ],
)
def test_what_is_no_pdf_is_refused(data: bytes, what: str) -> None:
    assert refused(data).what == what


def test_a_web_page_is_named_as_such() -> None:
    error = refused(b"\n<html><head></head></html>")
    assert "HTML" in error.messages["zh"] and "HTML" in error.messages["en"]


def test_junk_before_the_header_is_borne() -> None:
    assert rows(only_grid(read_pdf(b"\r\n\r\n" + GOOD, "a.pdf"))) == ROWS


def test_a_missing_cross_reference_table_is_borne() -> None:
    cut = GOOD[: GOOD.rindex(b"xref\n0")]
    document = read_pdf(cut + b"trailer\n<< /Root 1 0 R >>\n", "a.pdf")
    assert rows(only_grid(document)) == ROWS


def test_a_file_cut_off_gives_what_is_left_or_is_refused() -> None:
    for share in range(1, 20):
        try:
            document = read_pdf(GOOD[: len(GOOD) * share // 20], "a.pdf")
        except Unreadable as error:
            assert error.what in {"damaged", "not-pdf", "no-pages"}
        else:
            assert isinstance(document, Document)


def test_encrypted_files_ask_for_the_password() -> None:
    pikepdf = pytest.importorskip("pikepdf")
    import io

    with pikepdf.open(io.BytesIO(GOOD)) as good:
        out = io.BytesIO()
        good.save(out, encryption=pikepdf.Encryption(user="开门", owner="主人", R=6))
    locked = out.getvalue()
    assert refused(locked).what == "encrypted"
    assert refused(locked, password="猜错").what == "password"
    assert rows(only_grid(read_pdf(locked, "a.pdf", password="开门"))) == ROWS


def test_no_pages_is_told() -> None:
    empty = GOOD.replace(b"/Count 1", b"/Count 0")
    kids = empty.index(b"/Kids [")
    assert refused(empty[:kids] + b"/Kids [     ]" + empty[kids + 13 :]).what in {
        "no-pages",
        "damaged",
    }


def test_pages_that_contain_themselves_end() -> None:
    looped = re.sub(rb"/Kids \[\d+ 0 R\]", b"/Kids [2 0 R]", GOOD)
    assert looped != GOOD
    start = time.monotonic()
    try:
        assert not list(read_pdf(looped, "a.pdf").grids())
    except Unreadable as error:
        assert error.what in {"damaged", "no-pages"}
    assert time.monotonic() - start < 5


def test_a_form_that_draws_itself_ends() -> None:
    page = Page().text(60, 60, "正文").form("1 0 0 1 0 0", "/X0 Do 0 0 m 100 0 l S")
    data = pdf(page)
    number = re.search(rb"/XObject << (/X0 \d+ 0 R) >>", data)
    assert number is not None
    head, tail = data.split(b"/Matrix [1 0 0 1 0 0] /Resources << ")
    looped = head + b"/Matrix [1 0 0 1 0 0] /Resources << /XObject << %b >> " % number[1] + tail
    start = time.monotonic()
    assert texts(read_pdf(looped, "a.pdf")) == ["正文"]
    assert time.monotonic() - start < 5


def test_a_page_that_is_missing_is_told_and_the_others_are_read() -> None:
    data = pdf(Page().text(60, 60, "第一页"), Page().text(60, 60, "第二页"))
    kids = data.index(b"/Kids [") + 7
    broken = data[:kids] + b"9" + data[kids + 1 :]
    document = read_pdf(broken, "a.pdf")
    assert "第二页" in texts(document)


def test_a_decompression_bomb_ends() -> None:
    page = Page().text(60, 160, "正文").raw("% " + " " * 20_000_000)
    start = time.monotonic()
    assert texts(read_pdf(pdf(page, compress=True), "a.pdf")) == ["正文"]
    assert time.monotonic() - start < 10


def test_thousands_of_pages_stop_at_the_limit() -> None:
    data = pdf(*[Page().text(60, 160, "正文")] * 2000)
    start = time.monotonic()
    document = read_pdf(data, "a.pdf", max_pages=3)
    assert document.pages == 2000 and len(texts(document)) == 3
    assert time.monotonic() - start < 5


def test_a_drawing_of_very_many_lines_is_no_table_and_ends() -> None:
    page = Page().text(60, 60, "正文")
    for k in range(6000):
        page.line(50 + k % 83 * 6, 100 + k // 83 * 9, 54 + k % 83 * 6, 107 + k // 83 * 9)
        page.line(50 + k % 83 * 6, 100 + k // 83 * 9, 50 + k % 83 * 6, 107 + k // 83 * 9)
    start = time.monotonic()
    assert texts(read_pdf(pdf(page), "a.pdf")) == ["正文"]
    assert time.monotonic() - start < 5


def test_a_page_without_anything_is_a_page() -> None:
    document = read_pdf(pdf(Page(), Page().text(60, 60, "正文")), "a.pdf")
    assert document.pages == 2 and texts(document) == ["正文"]


def test_a_scan_is_told() -> None:
    page = Page().raw("q 595 0 0 842 0 0 cm BI /W 1 /H 1 /BPC 8 /CS /G /F /AHx ID 80> EI Q")
    document = read_pdf(pdf(page, Page().text(60, 60, "正文")), "扫描.pdf")
    (warning,) = document.warnings
    assert "第 1 页" in warning and "扫描" in warning and "scanned" in warning


def test_another_reader_of_pages_may_stand_in() -> None:
    """As OCR does for pages that are pictures."""

    def second_page_twice(document: Any, number: int) -> read_page_module.Page:
        return replace(read_page_module.read_page(document, 2), number=number)

    data = pdf(Page().text(60, 160, "甲"), Page().text(60, 160, "乙"))
    assert texts(read_pdf(data, "a.pdf", page_reader=second_page_twice)) == ["乙", "乙"]


def test_a_font_without_a_unicode_map_is_told() -> None:
    data = GOOD.replace(b"/UniGB-UCS2-H ", b"/Identity-H   ").replace(b"(GB1)", b"(Identity)")
    document = read_pdf(data, "a.pdf")
    (warning,) = document.warnings
    assert "Unicode" in warning and "8" in warning  # 总表 项目 金额 合计
    assert rows(only_grid(document))[1][1] == "2,961.68"


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_flipped_bytes_never_crash(data: st.DataObject) -> None:
    broken = bytearray(GOOD)
    for _ in range(data.draw(st.integers(1, 12))):
        broken[data.draw(st.integers(0, len(GOOD) - 1))] = data.draw(st.integers(0, 255))
    try:
        document = read_pdf(bytes(broken), "a.pdf")
    except Unreadable:
        return
    assert isinstance(document, Document)
