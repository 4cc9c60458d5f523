"""Verify 核验: is a folder of versions whole, in order and unchanged?

Every version holds its own digest and that of the one before, so that a changed, exchanged, removed
or moved version shows. Whoever keeps the last digest elsewhere (in the letter that hands the report
in) also sees the last version cut off, or the whole chain written anew: ``verify(folder, digest)``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from mingzhang.model.evidence import Fault
from mingzhang.perform.filing.canonical import canonical, digest_of
from mingzhang.perform.scoring.telling import told

FORMAT = "mingzhang-filed-1"
NAME = re.compile(r"v(\d{4,})\.json")
_KEYS = {"format", "version", "previous", "who", "when", "content", "content_digest", "digest"}


@dataclass(frozen=True, slots=True)
class Version:
    """One filed version 版本: its number, who filed it and when (as handed in), digests, content."""

    number: int
    who: str
    when: str
    digest: str
    previous: str
    content_digest: str
    content: Mapping[str, Any]
    path: Path


@dataclass(frozen=True, slots=True)
class Verification:
    """What came of verifying a folder: the versions that could be read, and every problem."""

    versions: tuple[Version, ...]
    problems: tuple[Fault, ...]

    @property
    def sound(self) -> bool:
        return not self.problems

    @property
    def digest(self) -> str:
        """The digest of the last version, "" if there is none: what to keep elsewhere."""
        return self.versions[-1].digest if self.versions else ""


def sealed(version: Mapping[str, Any]) -> str:
    """The digest of a version: of everything in it but the digest itself."""
    return digest_of({k: v for k, v in version.items() if k != "digest"})


def verify(folder: Path, digest: str = "") -> Verification:
    """Every version of a folder against its own digest and its neighbour's, and against the
    ``digest`` on record for the last one, if it is given. Raises OSError."""
    versions: list[Version] = []
    problems: list[Fault] = []
    for path in sorted(folder.iterdir(), key=_order) if folder.is_dir() else ():
        if path.name.startswith("."):
            continue
        if not NAME.fullmatch(path.name):
            problems.append(told("stray", "filing", name=path.name))
            continue
        version = _read(path)
        if version is None:
            problems.append(told("unreadable", "filing", name=path.name))
            continue
        found, right = version
        versions.append(found)
        if not right:
            problems.append(told("changed", "filing", number=found.number))
    problems += _chain(versions, folder)
    if digest and versions and versions[-1].digest != digest.strip().lower():
        facts = {"found": versions[-1].digest, "wanted": digest}
        problems.append(told("head", "filing", **facts))
    return Verification(tuple(versions), tuple(problems))


def _order(path: Path) -> tuple[int, str]:
    found = NAME.fullmatch(path.name)
    return (int(found[1]) if found else -1, path.name)


def _read(path: Path) -> tuple[Version, bool] | None:
    """A version and whether its digests are right; None if it is no version at all."""
    data = path.read_bytes()
    try:
        raw = json.loads(data)
        if not isinstance(raw, dict) or set(raw) != _KEYS or raw["format"] != FORMAT:
            return None
        version = Version(
            int(raw["version"]),
            str(raw["who"]),
            str(raw["when"]),
            str(raw["digest"]),
            str(raw["previous"]),
            str(raw["content_digest"]),
            raw["content"],
            path,
        )
        if datetime.fromisoformat(version.when).tzinfo is None:
            return None
        right = (
            canonical(raw) == data
            and sealed(raw) == version.digest
            and digest_of(raw["content"]) == version.content_digest
        )
    except (ValueError, TypeError, RecursionError):  # no JSON, or a number with a fraction
        return None
    return version, right


def _chain(versions: list[Version], folder: Path) -> list[Fault]:
    """Numbers without gaps, each version following the one before, and no clock running back."""
    problems = [] if versions else [told("empty", "filing", folder=folder)]
    before, expected, latest = "", 1, datetime.min.replace(tzinfo=UTC)
    for version in versions:
        number = int(NAME.fullmatch(version.path.name)[1])  # type: ignore[index]
        problems += [told("removed", "filing", number=n) for n in range(expected, number)]
        gap = number > expected
        if version.number != number or (not gap and version.previous != before):
            problems.append(told("order", "filing", number=number, before=number - 1))
        when = datetime.fromisoformat(version.when)
        if when < latest:
            problems.append(told("clock", "filing", number=number, before=number - 1))
        before, expected, latest = version.digest, number + 1, max(when, latest)
    return problems
