"""DOCX → Document: headings, paragraphs with their automatic numbers, tables, notes, text boxes.

A DOCX has no pages: a place's ``line`` counts its paragraphs, ``cell`` names a table's cell.
"""

from __future__ import annotations

import hashlib

from lxml import etree

from mingzhang.model.document import Document
from mingzhang.model.place import Place
from mingzhang.read.container import Archive
from mingzhang.read.docx.body import Reader
from mingzhang.read.docx.numbering import read_numbering
from mingzhang.read.docx.styles import read_styles
from mingzhang.read.docx.xml import attribute, child, is_tracked, local
from mingzhang.read.errors import refusal, remark
from mingzhang.read.limits import DEFAULT, Limits
from mingzhang.read.sniff import sniff

__all__ = ["read_docx"]


def read_docx(data: bytes, name: str, limits: Limits = DEFAULT) -> Document:
    """Read a DOCX as it stands with all tracked changes accepted (and said so in ``warnings``).

    Hidden text and rows are left out; footnotes follow the paragraph or table that refers to them.
    Raises Unreadable for what is empty, no DOCX, encrypted, damaged, or more than ``limits`` allow.
    """
    if not data:
        raise refusal("empty", name)
    if sniff(data, name) != "docx":
        raise refusal("wrong-kind", name, kind="DOCX")
    if not data.startswith(b"PK"):  # an OLE file around an encrypted package
        raise refusal("encrypted", name)
    archive = Archive(data, name, limits)
    parts = _parts(archive, name)
    root = archive.xml(parts["document"])
    body = child(root, "body")
    if body is None:
        raise refusal("damaged", name, detail="no body")
    notes = {
        (kind, attribute(note, "id") or ""): note
        for kind in ("footnote", "endnote")
        for note in _part(archive, parts, f"{kind}s", kind)
        if attribute(note, "type") in (None, "normal")
    }
    digest = hashlib.sha256(data).hexdigest()
    reader = Reader(
        Place(digest, name, ""),
        read_styles(_root(archive, parts, "styles")),
        read_numbering(_root(archive, parts, "numbering")),
        notes,
    )
    try:
        blocks = tuple(reader.blocks(body))
    except RecursionError as error:
        raise refusal("damaged", name, detail="nested too deeply") from error
    warnings = _warnings(reader, name)
    if is_tracked(root):
        warnings.insert(0, remark("tracked", name))
    return Document(name, digest, "docx", blocks, warnings=tuple(warnings))


def _warnings(reader: Reader, name: str) -> list[str]:
    counts = {
        "hidden-text": reader.hidden,
        "pictures": reader.pictures,
        "embedded": reader.embedded,
    }
    return [remark(what, name, n=count) for what, count in counts.items() if count]


def _parts(archive: Archive, name: str) -> dict[str, str]:
    """Kind of part ("document", "styles", …) -> its name in the package."""
    top = dict(archive.relations("").values())
    main = top.get("officeDocument")
    if main is None:
        raise refusal("damaged", name, detail="no document")
    return {**dict(archive.relations(main).values()), "document": main}


def _root(archive: Archive, parts: dict[str, str], kind: str) -> etree._Element | None:
    part = parts.get(kind)
    return archive.xml(part) if part is not None and part in archive else None


def _part(archive: Archive, parts: dict[str, str], kind: str, item: str) -> list[etree._Element]:
    root = _root(archive, parts, kind)
    return [] if root is None else [e for e in root if local(e) == item]
