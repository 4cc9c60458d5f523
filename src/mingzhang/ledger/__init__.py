"""The ledger 预算底账: read from a folder or a workbook, checked, written; and a new one to start with."""

from __future__ import annotations

import hashlib
from pathlib import Path

from mingzhang.ledger.check import check_ledger
from mingzhang.ledger.fault import Fault, NoLedger, fault
from mingzhang.ledger.folder import ledger_files, read_folder, write_ledger
from mingzhang.ledger.new import new_ledger
from mingzhang.ledger.xlsxread import read_xlsx
from mingzhang.ledger.xlsxwrite import export_xlsx, xlsx_bytes
from mingzhang.model.ledger import Ledger
from mingzhang.model.place import Place

__all__ = [
    "Fault",
    "NoLedger",
    "check_ledger",
    "export_xlsx",
    "ledger_files",
    "new_ledger",
    "read_ledger",
    "write_ledger",
    "xlsx_bytes",
]

_MOST_BYTES = 256 * 2**20


def read_ledger(path: str | Path) -> tuple[Ledger, tuple[Fault, ...]]:
    """The ledger in a folder or an XLSX workbook, and everything in it that cannot be understood.

    What cannot be understood is left out, the rest is there: half a ledger is a ledger. What the
    lines mean together is asked by ``check_ledger``. Raises NoLedger (with its fault) where there is
    no ledger at all, OSError for a file that cannot be opened.
    """
    path = Path(path)
    if path.is_dir():
        return read_folder(path)
    where = Place(hashlib.sha256(str(path).encode()).hexdigest(), path.name, "")
    if not path.is_file() or path.suffix.lower() not in (".xlsx", ".xlsm"):
        raise NoLedger(fault("not-a-ledger", where, path=str(path)))
    if path.stat().st_size > _MOST_BYTES:
        limit = f"{_MOST_BYTES // 2**20} MB"
        raise NoLedger(fault("too-large", where, path=path.name, limit=limit))
    return read_xlsx(path)
