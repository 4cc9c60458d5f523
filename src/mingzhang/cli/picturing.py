"""Reports that need the files of the book again: the annotated PDF, the pictures of its pages."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import typer

from mingzhang.cli.asking import Lang, fail, readable
from mingzhang.draw import photos
from mingzhang.files import write_beside
from mingzhang.model.finding import Report
from mingzhang.read import DEFAULT
from mingzhang.read.container import gather
from mingzhang.read.errors import Unreadable
from mingzhang.read.limits import in_child
from mingzhang.report import EMITTERS
from mingzhang.report.annotated import annotate
from mingzhang.report.pictures import PageKey, Picture, Pictures, wanted
from mingzhang.review.words import word

ROOM = 4_200_000  # bytes of all pictures together: as base64 in a page, five and a half million
PATIENCE = replace(
    DEFAULT, seconds=40.0
)  # pictures are a help, not the report: half of it to begin


def emitted(form: str, report: Report, files: Sequence[Path], lang: Lang) -> bytes:
    """``report`` in ``form``; the page of a PDF book with pictures of the pages it speaks of."""
    if form != "html":
        return EMITTERS[form](report, lang.value)
    from mingzhang.report.html import render_html  # only who wants the page pays for it

    page = render_html(report, lang.value, pictures=pictures_of(report, files))
    return page.encode("utf-8", "replace")


def pictures_of(report: Report, files: Sequence[Path]) -> Pictures:
    """The pages that findings speak of, made in a child process that cannot hang or take this one
    down; whatever cannot be pictured is left out."""
    pages: dict[str, list[int]] = {}
    for source, page in wanted(report):
        pages.setdefault(source, []).append(page)
    out: dict[PageKey, Picture] = {}
    room = ROOM
    try:
        pdfs = _pdfs(report, files) if pages else {}
    except (Unreadable, OSError):
        return {}  # the file went away since it was read
    for source, (name, data) in pdfs.items():
        if source not in pages:
            continue
        arguments = (data, name, pages[source], room, PATIENCE.seconds / 2)
        try:
            made = in_child(photos, arguments, PATIENCE, name)
        except Unreadable:
            continue  # the report shows the words of the book instead
        for page, photo in made.items():
            out[source, page] = Picture(photo.data, "image/png", photo.width, photo.height)
            room -= len(photo.data)
    return out


def _pdfs(report: Report, files: Sequence[Path]) -> Mapping[str, tuple[str, bytes]]:
    """source -> name and bytes of each PDF of the book. Raises Unreadable."""
    sources = {d.source for d in report.book.documents if d.format == "pdf"}
    if not sources:
        return {}
    found = {
        hashlib.sha256(data).hexdigest(): (name, data) for name, data in gather(files, DEFAULT)
    }
    return {source: found[source] for source in found if source in sources}


def write_annotated(report: Report, files: Sequence[Path], out: Path, lang: Lang) -> None:
    """Every PDF of the book with its annotations; of several, each into a file of its own."""
    with readable(lang):
        pdfs = dict(_pdfs(report, files).values())
        if not pdfs:
            named = ", ".join(d.name for d in report.book.documents)
            fail(word("annotate", "not-pdf", lang.value, files=named))
        for name, data in pdfs.items():
            made = in_child(annotate, (report, {name: data}, lang.value), DEFAULT, name)
            path = out if len(pdfs) == 1 else out.with_stem(f"{out.stem}-{Path(name).stem}")
            write_beside(path, made[name])
            typer.echo(word("annotate", "done", lang.value, file=path), err=True)
