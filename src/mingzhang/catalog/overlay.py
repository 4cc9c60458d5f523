"""Overlay 自己的目录数据: a folder of files named like ours, holding only what is new in them.

our-city/
  catalog.toml      name, version, mingzhang (the version it was written for)
  statements.toml   layouts.toml   dimensions.toml   headers.toml   narrative.toml …
  codes/expenditure_function.csv …
  forms/our-city.toml   forms/our-city/overview.md …
"""

from __future__ import annotations

import csv
import hashlib
import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from mingzhang.catalog.refused import CatalogRefused, refused

ABOUT = "catalog.toml"
_FORM = re.compile(r"forms/([^/.]+)\.toml")
_TEXT = re.compile(r"forms/[^/.]+/[^/.]+\.md")


@dataclass(frozen=True, slots=True)
class Overlay:
    """What a folder adds, as written; ``sha256`` is of all its files that are read."""

    folder: str
    name: str
    version: str
    written_for: str
    sha256: str
    tables: Mapping[str, Mapping[str, Any]]
    rows: Mapping[str, tuple[Mapping[str, str], ...]]
    forms: Mapping[str, Mapping[str, Any]]  # family -> what its form says
    texts: Mapping[str, str]  # "forms/our-city/overview.md" -> the Markdown

    def where(self, name: str) -> str:
        """How a file of it is called in a message."""
        return f"{self.folder}/{name}"

    def holding(
        self,
        tables: Mapping[str, Mapping[str, Any]],
        rows: Mapping[str, tuple[Mapping[str, str], ...]],
    ) -> Overlay:
        """The same overlay with its files merged into ours."""
        return replace(self, tables=tables, rows=rows)


def opened(folder: Path, ours: Sequence[str]) -> Overlay:
    """The overlay in ``folder``; ``ours`` are the names that its files can have.

    Raises CatalogRefused for a folder that is not one, and for a file that would not be read.
    """
    called = folder.resolve().name
    if not folder.is_dir() or not (folder / ABOUT).is_file():
        raise refused("no-folder", where=str(folder))
    found = {
        path.relative_to(folder).as_posix(): path
        for path in sorted(folder.rglob("*"))
        if path.is_file() and _is_read(path, folder)
    }
    strange = next((name for name in found if not _is_known(name, ours)), None)
    if strange is not None:
        raise refused("unknown-file", where=f"{called}/{strange}", known="、".join(ours))
    data = {name: path.read_bytes() for name, path in found.items()}
    about = _toml(data[ABOUT], f"{called}/{ABOUT}")
    told = [about.get(key) for key in ("name", "version", "mingzhang")]
    if not all(isinstance(t, str) and t for t in told):
        raise refused("no-name", where=called)
    name, version, written_for = map(str, told)
    return Overlay(
        called,
        name,
        version,
        written_for,
        _digest(data.items()),
        {
            n: _toml(d, f"{called}/{n}")
            for n, d in data.items()
            if n.endswith(".toml") and n != ABOUT and not _FORM.fullmatch(n)
        },
        {n: _csv(d, f"{called}/{n}") for n, d in data.items() if n.endswith(".csv")},
        {
            form.group(1): _toml(d, f"{called}/{n}")
            for n, d in data.items()
            if (form := _FORM.fullmatch(n))
        },
        {n: _text(d, f"{called}/{n}") for n, d in data.items() if n.endswith(".md")},
    )


def _is_read(path: Path, folder: Path) -> bool:
    """True for data files; of Markdown only the texts of forms (a README is nobody's business)."""
    ending = path.suffix.lower()
    below = path.relative_to(folder).parts[0] == "forms"
    return ending in (".toml", ".csv") or (ending == ".md" and below)


def _is_known(name: str, ours: Sequence[str]) -> bool:
    return name in (ABOUT, *ours) or bool(_FORM.fullmatch(name) or _TEXT.fullmatch(name))


def _digest(files: Iterable[tuple[str, bytes]]) -> str:
    """One digest of names and contents: it is the same wherever the folder lies."""
    whole = hashlib.sha256()
    for name, data in sorted(files):
        whole.update(f"{name}\0{hashlib.sha256(data).hexdigest()}\n".encode())
    return whole.hexdigest()


def _text(data: bytes, where: str) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise refused("not-utf8", where=where) from error


def _toml(data: bytes, where: str) -> dict[str, Any]:
    try:
        return tomllib.loads(_text(data, where))
    except tomllib.TOMLDecodeError as error:
        raise refused("not-toml", where=where, detail=str(error)) from error


def _csv(data: bytes, where: str) -> tuple[Mapping[str, str], ...]:
    rows = csv.DictReader(_text(data, where).splitlines(), restkey="…")
    return tuple({k: v or "" for k, v in row.items() if isinstance(v, str | None)} for row in rows)


def hinting(error: CatalogRefused, overlay: Overlay, running: str) -> CatalogRefused:
    """The refusal, with a word on the version that the overlay was written for if it is another."""
    if overlay.written_for == running:
        return error
    return error.adding("written-for", written=overlay.written_for, running=running)
