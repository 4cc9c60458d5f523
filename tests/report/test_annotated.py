"""Annotations stand where the figure stands, as seen, on pages of every turn and crop."""

from __future__ import annotations

import ctypes
import hashlib
import io
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as raw
import pytest
from handmade import book, say

import mingzhang as mz
from goldbooks import paths
from mingzhang.model.finding import Coverage, Finding, Report, Suspect
from mingzhang.model.place import Place
from mingzhang.report.annotated import annotate

BOX = (60.0, 30.0, 110.0, 50.0)  # as seen, from the top left


def blank(turn: int = 0, crop: tuple[float, float, float, float] | None = None) -> bytes:
    pdf = pdfium.PdfDocument.new()
    page = pdf.new_page(300, 400)
    page.set_rotation(turn)
    if crop is not None:
        page.set_cropbox(*crop)
    out = io.BytesIO()
    pdf.save(out)
    return out.getvalue()


def report(data: bytes, *findings: Finding) -> Report:
    return Report(book(), findings, "contradictory", Coverage(0, 0, 0))


def finding(data: bytes, *boxes: tuple[float, float, float, float] | None, **facts: Any) -> Finding:
    source = hashlib.sha256(data).hexdigest()
    places = tuple(
        Place(source, "a.pdf", f"{n}", page=1, box=b) for n, b in enumerate(boxes or (BOX,))
    )
    told = {
        "rule": "MZ900",
        "severity": "error",
        "messages": {"zh": "甲乙不符。", "en": "A is not B."},
        "subject": "x",
    }
    return Finding(**{**told, "places": places, **facts})


def annotations(data: bytes) -> Iterator[tuple[int, int, dict[str, str], tuple[int, ...], Any]]:
    """(page, subtype, words, colour, rectangle in user space) of every annotation, read back."""
    pdf = pdfium.PdfDocument(data)
    for number in range(len(pdf)):
        page = pdf[number]
        for k in range(raw.FPDFPage_GetAnnotCount(page.raw)):
            annot = raw.FPDFPage_GetAnnot(page.raw, k)
            words = {key: string(annot, key) for key in ("T", "Contents", "NM")}
            parts = [ctypes.c_uint() for _ in range(4)]
            color: tuple[int, ...] = ()
            rect = raw.FS_RECTF()
            raw.FPDFAnnot_GetRect(annot, rect)
            raw.FPDFAnnot_SetAP(annot, raw.FPDF_ANNOT_APPEARANCEMODE_NORMAL, None)
            if raw.FPDFAnnot_GetColor(annot, raw.FPDFANNOT_COLORTYPE_Color, *parts):
                color = tuple(p.value for p in parts[:3])
            yield number + 1, raw.FPDFAnnot_GetSubtype(annot), words, color, rect
            raw.FPDFPage_CloseAnnot(annot)


def string(annot: Any, key: str) -> str:
    size = raw.FPDFAnnot_GetStringValue(annot, key.encode(), None, 0)
    buffer = ctypes.create_string_buffer(size)
    wide = ctypes.cast(buffer, ctypes.POINTER(raw.FPDF_WCHAR))
    raw.FPDFAnnot_GetStringValue(annot, key.encode(), wide, size)
    return buffer.raw.decode("utf-16-le").rstrip("\0")


def picture(data: bytes, annots: bool = True, page: int = 0) -> np.ndarray[Any, Any]:
    bitmap = pdfium.PdfDocument(data)[page].render(draw_annots=annots, rev_byteorder=True)
    return np.array(bitmap.to_numpy()[:, :, :3]).astype(int)


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
@pytest.mark.parametrize("crop", [None, (20.0, 40.0, 280.0, 350.0)])
def test_it_is_drawn_where_the_figure_is_seen(
    turn: int, crop: tuple[float, float, float, float] | None
) -> None:
    data = blank(turn, crop)
    made = annotate(report(data, finding(data)), {"a.pdf": data})["a.pdf"]
    seen = picture(made)
    reddish = seen[:, :, 0] - seen[:, :, 1] > 20
    ys, xs = np.nonzero(reddish)
    assert (xs.min(), ys.min(), xs.max() + 1, ys.max() + 1) == pytest.approx(BOX, abs=1.01)
    assert reddish[30:50, 60:110].mean() > 0.95  # filled: this is what is wrong


@pytest.mark.parametrize(
    ("severity", "strong", "weak"), [("error", 0, 2), ("warning", 0, 2), ("note", 2, 0)]
)
def test_severity_gives_the_colour(severity: str, strong: int, weak: int) -> None:
    data = blank()
    made = annotate(report(data, finding(data, severity=severity)), {"a.pdf": data})["a.pdf"]
    (one,) = annotations(made)
    assert one[3][strong] > 150 > one[3][weak]
    assert (one[3][1] > 100) == (severity == "warning")  # orange, not red
    middle = picture(made)[40, 85]
    assert (middle.tolist() == [255, 255, 255]) == (severity == "note")  # a note is only outlined


def test_one_annotation_for_each_finding_and_place() -> None:
    data = blank()
    other = (10.0, 100.0, 40.0, 120.0)
    found = (finding(data, BOX, other), finding(data, BOX, severity="note", subject="y"))
    made = annotate(report(data, *found), {"a.pdf": data})["a.pdf"]
    listed = list(annotations(made))
    assert len(listed) == 3
    assert len({words["NM"] for _, _, words, _, _ in listed}) == 3
    assert [words["T"] for _, _, words, _, _ in listed] == [
        "提示 MZ900",
        "错误 MZ900",
        "错误 MZ900",
    ]
    assert {kind for _, kind, *_ in listed} == {raw.FPDF_ANNOT_HIGHLIGHT}


def test_the_note_tells_sentence_equation_and_values() -> None:
    data, of = blank(), book()
    wrong = of.figure("t1r1c2")
    place = Place(hashlib.sha256(data).hexdigest(), "a.pdf", "2,623", page=1, box=BOX)
    moved = tuple(
        f if f.id != wrong.id else type(f)(f.id, f.printed, place, f.label, f.quantity, 1, 1, 2)
        for f in of.figures
    )
    one = Finding(
        "MZ001", "error", {"zh": "不符。", "en": "It does not add up."}, (place,), (wrong.id,),
        "1,646 + 2,632 = 4,278 ≠ 2,623",
        (
            Suspect(wrong.id, Decimal(4278), Decimal(4278), "swapped"),
            Suspect("t1r3c2", Decimal(977), Decimal(977), ""),
        ),
        basis="预算法第三十二条",
    )  # fmt: skip
    told = replace(report(data, one), book=replace(of, figures=moved))
    for lang, expected in (
        (
            "zh",
            ("不符。", "勾稽：1,646 + 2,632 = 4,278 ≠ 2,623", "印作 2,623 万元", "应为 4,278 万元"),
        ),
        ("en", ("It does not add up.", "should be 4,278 万元", "should be 977 万元")),
    ):
        made = annotate(told, {"a.pdf": data}, lang, say=say)["a.pdf"]
        ((_, kind, words, _, _),) = annotations(made)
        assert kind == raw.FPDF_ANNOT_SQUARE  # a cell
        for text in (*expected, one.equation, "预算法第三十二条", one.fingerprint):
            assert text in words["Contents"]
        marked = [x for x in words["Contents"].splitlines() if x.startswith("▶")]
        assert len(marked) == 1
        assert "4,278" in marked[0]


def test_evidence_that_could_not_be_wrong_is_only_outlined() -> None:
    data = blank()
    suspect = Suspect("somebody else", Decimal(1), Decimal(1), "")
    made = annotate(report(data, finding(data, suspects=(suspect,))), {"a.pdf": data})["a.pdf"]
    assert picture(made)[40, 85].tolist() == [255, 255, 255]
    assert picture(made)[31, 85].tolist() != [255, 255, 255]


def test_a_place_without_a_box_is_a_pin() -> None:
    data = blank()
    made = annotate(report(data, finding(data, None)), {"a.pdf": data})["a.pdf"]
    assert [kind for _, kind, *_ in annotations(made)] == [raw.FPDF_ANNOT_TEXT]


def test_broken_characters_cost_nobody_the_report() -> None:
    data = blank()
    told = finding(data, messages={"zh": "坏\ud800字\0。"})
    made = annotate(report(data, told), {"a.pdf": data})["a.pdf"]
    ((_, _, words, _, _),) = annotations(made)
    assert words["Contents"].startswith("坏?字。")


def test_files_that_nothing_is_said_about_stay_as_they_are() -> None:
    data, other = blank(), blank(90)
    told = report(data, finding(data))
    assert annotate(told, {"b.pdf": other, "c.pdf": b"no PDF"}) == {
        "b.pdf": other,
        "c.pdf": b"no PDF",
    }
    beyond = finding(data)
    lost = Place(beyond.places[0].source, "a.pdf", "9", page=7, box=BOX)
    made = annotate(report(data, finding(data, places=(lost,))), {"a.pdf": data})["a.pdf"]
    assert list(annotations(made)) == []


def test_a_file_that_cannot_be_opened_is_named() -> None:
    data = b"%PDF-1.7 and then nothing"
    with pytest.raises(ValueError, match=r"broken\.pdf"):
        annotate(report(data, finding(data)), {"broken.pdf": data})


# ------------------------------------------------------------------ published books
@pytest.mark.parametrize("name", ["js-congress-2018", "js-partyoffice-2018"])
def test_published_books_keep_their_pages(name: str) -> None:
    """PDFium's own text under each annotation is the excerpt; without them nothing has changed."""
    files = {p.name: p.read_bytes() for p in paths(name)}
    told = mz.check(mz.read(*paths(name)))
    wanted = sum(len(set(f.places)) for f in told.findings)
    count = 0
    for file, made in annotate(told, files).items():
        pdf = pdfium.PdfDocument(made)
        excerpts = {
            f"{f.fingerprint}-{n}": p.excerpt
            for f in told.findings
            for n, p in enumerate(dict.fromkeys(f.places))
        }
        before = pdfium.PdfDocument(files[file])
        assert len(pdf) == len(before)
        for page, kind, words, _, rect in annotations(made):
            count += 1
            if kind != raw.FPDF_ANNOT_HIGHLIGHT:
                continue
            text = pdf[page - 1].get_textpage()
            under = text.get_text_bounded(rect.left, rect.bottom, rect.right, rect.top)
            if excerpts[words["NM"]].replace(".", "").isdigit():
                assert excerpts[words["NM"]] in under.replace(" ", "")
        for number in {p.page for f in told.findings for p in f.places if p.name == file}:
            assert number is not None
            plain = picture(made, annots=False, page=number - 1)
            assert (plain == picture(files[file], annots=False, page=number - 1)).all()
    assert count == wanted > 0
