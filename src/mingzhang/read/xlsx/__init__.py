"""Workbooks → Document: XLSX (.xlsm), XLS (.et) and ODS, as a person sees them.

What is hidden (sheets, rows, columns) is not read, and said so; numbers come as they are shown,
through their number format; merged cells are known; a place names sheet and cell.
"""

from __future__ import annotations

import hashlib

from mingzhang.model.document import Block, Document
from mingzhang.model.place import Place
from mingzhang.read.container import Archive
from mingzhang.read.errors import refusal, remark
from mingzhang.read.limits import DEFAULT, Limits
from mingzhang.read.sniff import sniff
from mingzhang.read.xlsx import biff, ooxml, opendocument
from mingzhang.read.xlsx.sheet import blocks, remarks

__all__ = ["read_workbook"]


def read_workbook(data: bytes, name: str, limits: Limits = DEFAULT) -> Document:
    """Read a workbook; its kind is told by its content. ``Document.format``: xlsx, xls or ods.

    Titles, 单位 lines and notes around a table are Paragraphs; tables one below the other are
    Grids of their own. Raises Unreadable for what is empty, no workbook, encrypted, damaged,
    XLSB, or more than ``limits`` allow.
    """
    if not data:
        raise refusal("empty", name)
    kind = sniff(data, name)
    warnings: list[str] = []
    if kind == "xls":
        sheets, hidden = biff.read_sheets(data, name)
    elif kind in ("xlsx", "ods"):
        if not data.startswith(b"PK"):  # an OLE file around an encrypted package
            raise refusal("encrypted", name)
        archive = Archive(data, name, limits)
        reader = ooxml if kind == "xlsx" else opendocument
        sheets, hidden = reader.read_sheets(archive, name)
        pictures = [n for n in archive.names if n.startswith(("xl/media/", "Pictures/"))]
        if pictures:
            warnings.append(remark("pictures", name, n=len(pictures)))
    else:
        raise refusal("wrong-kind", name, kind="XLSX/XLS/ODS")
    if hidden:
        warnings.append(remark("hidden-sheets", name, names="、".join(hidden)))
    digest = hashlib.sha256(data).hexdigest()
    origin = Place(digest, name, "")
    found: list[Block] = []
    for sheet in sheets:
        found.extend(blocks(sheet, origin))
        warnings.extend(remarks(sheet, name))
    return Document(name, digest, kind, tuple(found), warnings=tuple(warnings))
