"""Report → annotated PDF: real annotations 批注 at the figures, each with its note to open.

The pages themselves stay as they are: their content is not touched, and a viewer can hide or delete
every annotation (ISO 32000-1, 12.5). PDFium is not thread-safe: never beside another thread that
uses it. Evidence is outlined, and so is what is only noted; what is wrong or could be the wrong
figure is filled as well.
"""

from __future__ import annotations

import ctypes
import hashlib
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from mingzhang.catalog.messages import say as catalog_say
from mingzhang.model.finding import SEVERITIES, Finding, Report
from mingzhang.model.place import Place
from mingzhang.report.view import Say, View
from mingzhang.report.words import Words

Box = tuple[float, float, float, float]
Point = tuple[float, float]

COLORS: Mapping[str, tuple[int, int, int]] = {
    "error": (214, 28, 36),
    "warning": (230, 126, 0),
    "note": (38, 98, 196),
}
_FILL = 72  # opacity, of 255: the figure stays legible under it
_LINE = 1.2  # points
_PIN = 14.0  # points: the mark of a place of which only the page is known


@dataclass(frozen=True, slots=True)
class Mark:
    """One annotation: where (as seen, in points from the top left), its colour, and its words.

    ``over_text`` marks a stretch of a line (a highlight), otherwise the area of a cell (a square);
    without a box it is a pin at the top of the page. ``suspect`` marks are filled.
    """

    page: int
    box: Box | None
    severity: str
    over_text: bool
    suspect: bool
    title: str
    note: str
    name: str


def annotate(
    report: Report, pdfs: Mapping[str, bytes], lang: str = "zh", *, say: Say = catalog_say
) -> dict[str, bytes]:
    """Copies of ``pdfs`` (file name → bytes) with an annotation per finding and place.

    A file belongs to the report by its SHA-256; one of which the report says nothing comes back as
    it was. Raises ValueError for one that PDFium cannot open.
    """
    view = View(report, Words(lang), say)
    out: dict[str, bytes] = {}
    for name, data in pdfs.items():
        found = marks(view, hashlib.sha256(data).hexdigest())
        out[name] = _annotated(name, data, found) if found else data
    return out


def marks(view: View, source: str) -> list[Mark]:
    """What to mark in the file with the digest ``source``: notes first, so that errors lie on top."""
    out: list[Mark] = []
    for severity in reversed(SEVERITIES):
        for finding in view.findings:
            if finding.severity == severity:
                out += _marks_of(view, finding, source)
    return out


def _marks_of(view: View, finding: Finding, source: str) -> Iterator[Mark]:
    suspects = {s.figure for s in finding.suspects}
    severity = view.words("severity", finding.severity)
    for number, place in enumerate(dict.fromkeys(finding.places)):
        if place.source != source or place.page is None:
            continue
        one = view.at(finding, place)
        yield Mark(
            place.page,
            place.box,
            finding.severity,
            one is None or one.statement is None,
            finding.severity != "note"
            and (not suspects or (one is not None and one.id in suspects)),
            f"{severity} {finding.rule}",
            note(view, finding, place),
            f"{finding.fingerprint}-{number}",
        )


def note(view: View, finding: Finding, place: Place) -> str:
    """What the note says: the sentence, the equation, who could be wrong and what it should be."""
    words = view.words
    colon = words("lang", "colon")
    lines = [finding.message_in(words.lang)]
    if finding.equation:
        lines.append(words("finding", "equation") + colon + finding.equation)
    if finding.suspects:
        several = len(finding.suspects) > 1
        lines.append(words("finding", "suspects_many" if several else "suspects_one"))
    for suspect in finding.suspects:
        one = view.printing(suspect.figure)
        if one is None:
            lines.append(f"· {suspect.figure}")
            continue
        kind = words.known("slip", suspect.kind) if suspect.kind else ""
        slip = words("lang", "bracket", text=kind) if kind else ""
        where = words("lang", "bracket", text=view.where(one.place))
        home = f"{view.short_home(one)}{where}"
        printed = words("finding", "printed_as", value=view.shown(one))
        mended = view.mended(suspect, one)
        mark = "▶" if one.place == place else "·"
        lines.append(f"{mark} {home}{colon}{words.joined([printed, mended])}{slip}")
    if finding.basis:
        lines.append(words("finding", "basis") + colon + finding.basis)
    if not finding.certified:
        lines.append(words("finding", "uncertified"))
    lines.append(f"{words('finding', 'fingerprint')} {finding.fingerprint}")
    return "\n".join(lines)


def _annotated(name: str, data: bytes, found: Sequence[Mark]) -> bytes:
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        raise ValueError(f"{name}: {error}") from None
    try:
        pages = {m.page for m in found if 1 <= m.page <= len(document)}
        for number in sorted(pages):
            page = document[number - 1]
            try:
                for mark in found:
                    if mark.page == number:
                        _put(page, mark)
            finally:
                page.close()
        out = io.BytesIO()
        document.save(out)
    finally:
        document.close()
    return out.getvalue()


def _put(page: Any, mark: Mark) -> None:
    seen = Seen(page.get_bbox(), page.get_rotation() // 90 % 4)
    box = mark.box or (_LINE, _LINE, _LINE + _PIN, _LINE + _PIN)
    corners = seen.corners(box)
    left, right = sorted((corners[0][0], corners[3][0]))
    low, top = sorted((corners[0][1], corners[3][1]))
    if mark.box is None:
        kind = raw.FPDF_ANNOT_TEXT
    else:
        kind = raw.FPDF_ANNOT_HIGHLIGHT if mark.over_text else raw.FPDF_ANNOT_SQUARE
    annot = raw.FPDFPage_CreateAnnot(page.raw, kind)
    try:
        raw.FPDFAnnot_SetRect(annot, raw.FS_RECTF(left, top, right, low))
        color = COLORS[mark.severity]
        raw.FPDFAnnot_SetColor(annot, raw.FPDFANNOT_COLORTYPE_Color, *color, _FILL)
        if kind == raw.FPDF_ANNOT_HIGHLIGHT:
            points = raw.FS_QUADPOINTSF(*(v for corner in corners for v in corner))
            raw.FPDFAnnot_AppendAttachmentPoints(annot, points)
        raw.FPDFAnnot_SetFlags(annot, raw.FPDF_ANNOT_FLAG_PRINT)
        for key, text in (("T", mark.title), ("Contents", mark.note), ("NM", mark.name)):
            raw.FPDFAnnot_SetStringValue(annot, key.encode(), _wide(text))
        # an appearance of our own: every viewer shows the same, and none has to make one up
        drawn = _drawn((left, low, right, top), color, mark)
        raw.FPDFAnnot_SetAP(annot, raw.FPDF_ANNOT_APPEARANCEMODE_NORMAL, _wide(drawn))
    finally:
        raw.FPDFPage_CloseAnnot(annot)


def _drawn(box: Box, color: tuple[int, int, int], mark: Mark) -> str:
    """The content stream of the appearance. PDFium gives it the opacity of the annotation as GS."""
    left, low, right, top = box
    paint = " ".join(f"{part / 255:.3f}" for part in color)
    fill = f"q /GS gs {paint} rg {left:.2f} {low:.2f} {right - left:.2f} {top - low:.2f} re f Q "
    half = _LINE / 2
    wide, high = max(0.0, right - left - _LINE), max(0.0, top - low - _LINE)
    line = f"{paint} RG {_LINE} w {left + half:.2f} {low + half:.2f} {wide:.2f} {high:.2f} re S"
    return (fill if mark.suspect else "") + line


def _wide(text: str) -> Any:
    """A string for PDFium: UTF-16, ended by zero. Half characters of broken books become "?"."""
    clean = text.replace("\0", "").encode("utf-16-le", "replace")
    return ctypes.cast(ctypes.create_string_buffer(clean + b"\0\0"), ctypes.POINTER(raw.FPDF_WCHAR))


@dataclass(frozen=True, slots=True)
class Seen:
    """The page as seen: ``turn`` quarters clockwise of its visible box in user space."""

    bounds: Box
    turn: int

    def point(self, x: float, y: float) -> Point:
        """A point of the page as seen (from the top left, y downwards) in user space."""
        left, bottom, right, top = self.bounds
        match self.turn:
            case 0:
                return left + x, top - y
            case 1:
                return left + y, bottom + x
            case 2:
                return right - x, bottom + y
            case _:
                return right - y, top - x

    def corners(self, box: Box) -> tuple[Point, Point, Point, Point]:
        """Upper left, upper right, lower left, lower right, as seen: the order of /QuadPoints in
        practice (the standard's own differs and no viewer follows it)."""
        x0, y0, x1, y1 = box
        return self.point(x0, y0), self.point(x1, y0), self.point(x0, y1), self.point(x1, y1)
