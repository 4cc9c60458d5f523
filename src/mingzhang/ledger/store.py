"""Store: several files of a folder replaced together, so that a folder is never half new."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path


def replace_files(folder: Path, files: Mapping[str, bytes], stale: Iterable[str] = ()) -> None:
    """Write ``files`` (by relative path) into ``folder`` and remove ``stale`` ones: all or nothing.

    Everything is first written beside its place; only then are files exchanged, and if one cannot
    be, those exchanged before come back. Raises OSError, the folder being as it was.
    """
    staged: list[tuple[Path, Path]] = []
    try:
        for name, data in files.items():
            target = folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            handle, beside = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
            staged.append((Path(beside), target))
            with os.fdopen(handle, "wb") as stream:
                stream.write(data)
            Path(beside).chmod(0o644)
        _exchange(staged, [folder / name for name in stale])
    finally:
        for beside_path, _ in staged:
            beside_path.unlink(missing_ok=True)


def _exchange(staged: list[tuple[Path, Path]], stale: list[Path]) -> None:
    """Move every staged file into place, keeping the old ones until all is done."""
    kept: list[tuple[Path, Path]] = []  # (where the old file waits, where it belongs)
    made: list[Path] = []
    try:
        for target in [target for _, target in staged] + stale:
            if target.is_file():
                old = target.with_name(f".{target.name}.old")
                target.replace(old)
                kept.append((old, target))
        for beside, target in staged:
            beside.replace(target)
            made.append(target)
    except BaseException:
        for target in made:
            target.unlink(missing_ok=True)
        for old, target in kept:
            old.replace(target)
        raise
    for old, _ in kept:
        old.unlink(missing_ok=True)
