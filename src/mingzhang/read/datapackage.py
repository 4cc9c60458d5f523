"""A data package that Mingzhang published (datapackage.json and its CSV files) → Document.

Of the package the statements, their cells and the text in reading order are read, and what was
printed: amounts and coordinates beside them are not trusted, but found again as in any other file.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple

from mingzhang.model.document import Block, Document
from mingzhang.model.place import Place
from mingzhang.read.errors import Unreadable, refusal, remark
from mingzhang.read.packagetables import Csv, Tables, damaged, paragraph

DESCRIPTOR = "datapackage.json"
_KEY = "mingzhang"
_FORMAT = 1  # of the package; mingzhang.publish.data.descriptor writes it
_NEEDED = ("statements", "cells", "text")
_MOST_DESCRIPTOR = 16 * 2**20


class Package(NamedTuple):
    """The files of one package by their names within its folder, and the name of the whole."""

    name: str
    files: Mapping[str, bytes]


def with_resources(paths: Iterable[str | Path]) -> list[str | Path]:
    """The paths; beside a datapackage.json of ours the files that it names, from its own folder."""
    out: list[str | Path] = []
    for path in paths:
        out.append(path)
        file = Path(path)
        try:
            if file.name != DESCRIPTOR or not 0 < file.stat().st_size < _MOST_DESCRIPTOR:
                continue
            data = file.read_bytes()
        except (OSError, ValueError):  # who opens the file will tell what is wrong
            continue
        if _is_marked(data):
            try:
                names = _resource_paths(_descriptor(data, str(path)), str(path)).values()
            except Unreadable:
                continue  # told when the package is read
            beside = (file.with_name(name) for name in names)
            out.extend(p for p in beside if p.is_file() and not p.is_symlink())
    return out


def split_packages(
    files: Iterable[tuple[str, bytes]],
) -> tuple[list[Package], list[tuple[str, bytes]]]:
    """Packages of ours among the files of a book, and the files that belong to none."""
    packages: list[Package] = []
    rest: list[tuple[str, bytes]] = []
    for batch in _batches(files):
        held: dict[str, str] = {}  # file → its package
        for name, data in batch.items():
            if PurePosixPath(name).name == DESCRIPTOR and _is_ours(name, data, batch):
                held |= dict.fromkeys(_members(name, data, batch), name)
        for name in dict.fromkeys(held.values()):
            mine = (m for m, owner in held.items() if owner == name)
            packages.append(Package(name, {PurePosixPath(m).name: batch[m] for m in mine}))
        rest += [(name, data) for name, data in batch.items() if name not in held]
    return packages, rest


def read_datapackage(package: Package) -> Document:
    """The package as a Document: its text in order, each statement where it stands.

    Raises Unreadable for a descriptor or CSV that is damaged, incomplete, or of a later format.
    """
    name, files = package
    descriptor = _descriptor(files[DESCRIPTOR], name)
    paths = _resource_paths(descriptor, name)
    tables = {}
    digest = hashlib.sha256()
    warnings = []
    for resource in _NEEDED:
        path = paths.get(resource, "")
        if path not in files:
            raise damaged(name, f"no {path or resource}")
        digest.update(hashlib.sha256(files[path]).digest())
        if _is_altered(descriptor, resource, files[path]):
            warnings.append(remark("altered", str(PurePosixPath(name).with_name(path))))
        tables[resource] = Csv.read(files[path], path, name)
    origin = Place(digest.hexdigest(), name, "")
    blocks = tuple(_blocks(tables["text"], Tables.of(tables, origin), origin))
    return Document(name, origin.source, "datapackage", blocks, warnings=tuple(warnings))


def _batches(files: Iterable[tuple[str, bytes]]) -> Iterator[dict[str, bytes]]:
    """The files in order, parted where a name comes again: two folders given side by side."""
    batch: dict[str, bytes] = {}
    for name, data in files:
        if name in batch:
            yield batch
            batch = {}
        batch[name] = data
    yield batch


def _is_ours(name: str, data: bytes, batch: Mapping[str, bytes]) -> bool:
    """Marked as ours, or so damaged that only its neighbours tell."""
    folder = PurePosixPath(name).parent
    return _is_marked(data) or all(f"{folder / need}.csv" in batch for need in _NEEDED)


def _members(name: str, data: bytes, batch: Mapping[str, bytes]) -> Iterator[str]:
    """The files beside a descriptor that belong to its package: those that it lists, as CSV and in
    other formats, and the README. What a damaged one lists is not known: then all tables there."""
    try:
        listed = _listed(_descriptor(data, name))
    except Unreadable:
        listed = set()
    needed = {DESCRIPTOR, "README.md", *(f"{need}.csv" for need in _NEEDED)}
    for other in batch:
        path = PurePosixPath(other)
        wanted = path.name in listed if listed else path.suffix in (".csv", ".parquet")
        if path.parent == PurePosixPath(name).parent and (wanted or path.name in needed):
            yield other


def _listed(descriptor: Mapping[str, Any]) -> set[str]:
    out = set()
    for item in _dicts(descriptor.get("resources")):
        for place in (item, *_dicts(item.get("alternates"))):
            if isinstance(place.get("path"), str):
                out.add(place["path"])
    return out


def _dicts(value: object) -> Iterator[Mapping[str, Any]]:
    return (item for item in (value if isinstance(value, list) else ()) if isinstance(item, dict))


def _is_marked(data: bytes) -> bool:
    return f'"{_KEY}"'.encode() in data


def _descriptor(data: bytes, where: str) -> Mapping[str, Any]:
    try:
        found = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise damaged(where, f"JSON: {error}") from error
    ours = found.get(_KEY) if isinstance(found, dict) else None
    number = ours.get("format") if isinstance(ours, dict) else None
    if not isinstance(number, int):
        raise damaged(where, f'no "{_KEY}"')
    if number != _FORMAT:
        raise refusal("unsupported", where, kind=f"data package {number}")
    assert isinstance(found, dict)
    return found


def _resources(descriptor: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    return (r for r in _dicts(descriptor.get("resources")) if r.get("name") in _NEEDED)


def _resource_paths(descriptor: Mapping[str, Any], where: str) -> dict[str, str]:
    """Resource → its file's name, which leads nowhere but into the package's own folder."""
    out: dict[str, str] = {}
    for item in _resources(descriptor):
        path = item.get("path")
        if not isinstance(path, str) or path in ("", ".", "..") or set(path) & set("/\\:\0"):
            raise damaged(where, f"path {str(path)[:60]!r}")
        out[str(item["name"])] = path
    return out


def _is_altered(descriptor: Mapping[str, Any], resource: str, data: bytes) -> bool:
    told = next((r.get("hash") for r in _resources(descriptor) if r["name"] == resource), None)
    return isinstance(told, str) and told != f"sha256:{hashlib.sha256(data).hexdigest()}"


def _blocks(text: Csv, tables: Tables, origin: Place) -> Iterator[Block]:
    for record in text.records:
        if record.text("kind") == "table":
            yield from tables.blocks(record)
        else:
            is_heading = record.text("kind") == "heading"
            level = record.number("level", 1, 9) if is_heading else 0
            yield from paragraph(record.text("text"), record.line, level, origin)
