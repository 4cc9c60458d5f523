"""A folder written whole or not at all."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

_SIGN = "datapackage.json"  # a folder with it is a data package, and may be replaced by a newer one


def write_whole(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write the files into a new folder beside, then put it in the place of an older one.

    Raises FileExistsError if something else stands there, OSError if it cannot be written; then all
    is as before.
    """
    if folder.exists() and not _replaceable(folder):
        raise FileExistsError(f"{folder}: not a data package; nothing written")
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=f".{folder.name}.") as beside:
        new, old = Path(beside, "new"), Path(beside, "old")
        new.mkdir()
        for name, data in files.items():
            (new / name).write_bytes(data)
            (new / name).chmod(0o644)
        if not folder.exists():
            new.rename(folder)
            return
        folder.rename(old)
        try:
            new.rename(folder)
        except OSError:
            old.rename(folder)
            raise
        shutil.rmtree(old, ignore_errors=True)


def _replaceable(folder: Path) -> bool:
    """True for an older data package, and for an empty folder."""
    if not folder.is_dir() or folder.is_symlink():
        return False
    names = {entry.name for entry in folder.iterdir()}
    return not names or _SIGN in names
