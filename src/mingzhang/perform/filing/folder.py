"""Folder 归档文件夹: a new version beside the old ones, written whole, never over anything."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from mingzhang.perform.filing.canonical import canonical, digest_of
from mingzhang.perform.filing.verify import FORMAT, Verification, sealed, verify


class NotSound(Exception):
    """The folder's versions are not sound: nothing is filed upon them; ``found`` says what is wrong."""

    def __init__(self, found: Verification) -> None:
        super().__init__("; ".join(p.messages["en"] for p in found.problems))
        self.found = found


class Backdated(ValueError):
    """A version said to be filed before the one that it follows (``last``): a clock that is wrong."""

    def __init__(self, last: datetime) -> None:
        super().__init__(f"the version before was filed at {last.isoformat()}")
        self.last = last


@dataclass(frozen=True, slots=True)
class Filed:
    """What filing did: the version's number, digest and path; ``new`` False where the last version
    holds the same content already."""

    number: int
    digest: str
    path: Path
    new: bool


def file_version(content: Mapping[str, Any], who: str, when: datetime, folder: Path) -> Filed:
    """Freeze ``content`` as the next version in ``folder``: canonical JSON with digest, the digest of
    the version before, ``who`` filed it and ``when`` (with its time zone).

    The same content as the last version makes none. Raises ValueError for a blank ``who`` or a time
    without zone, Backdated for one before the last version's, NotSound for a folder that does not verify, FileExistsError if someone else filed at
    the same moment, OSError if it cannot be written.
    """
    if not who.strip():
        raise ValueError("who files it has to be said")
    if when.tzinfo is None:
        raise ValueError("the time needs its zone")
    found = verify(folder)
    if any(problem.code != "empty" for problem in found.problems):
        raise NotSound(found)
    if found.versions:
        last = found.versions[-1]
        if last.content_digest == digest_of(content):
            return Filed(last.number, last.digest, last.path, new=False)
        if when < datetime.fromisoformat(last.when):
            raise Backdated(datetime.fromisoformat(last.when))
    number = len(found.versions) + 1
    version: dict[str, Any] = {
        "format": FORMAT,
        "version": number,
        "previous": found.digest,
        "who": who.strip(),
        "when": when.isoformat(),
        "content": content,
        "content_digest": digest_of(content),
    }
    version["digest"] = sealed(version)
    path = folder / f"v{number:04d}.json"
    _write_new(path, canonical(version))
    return Filed(number, version["digest"], path, new=True)


def _write_new(path: Path, data: bytes) -> None:
    """A file that was not there before, whole or not at all. Raises FileExistsError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, beside = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
        Path(beside).chmod(0o444)
        os.link(beside, path)  # unlike a rename, never replaces what is there
    finally:
        Path(beside).unlink(missing_ok=True)
