"""Containers: a ZIP or a folder of files as one book; a guarded way into any ZIP-based format."""

from __future__ import annotations

import io
import itertools
import lzma
import posixpath
import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Container, Iterable, Iterator
from pathlib import Path, PurePosixPath

from lxml import etree

from mingzhang.read.errors import Unreadable, refusal
from mingzhang.read.limits import DEFAULT, Limits
from mingzhang.read.sniff import sniff

_MAX_MEMBERS = 5000
_MAX_RATIO = 200  # deflate reaches 1,032; sheets of a real workbook rarely 50
_FREE = 16 * 2**20  # below this size no ratio is suspicious
_UTF8_FLAG, _ENCRYPTED_FLAG = 0x800, 0x1
_JUNK = re.compile(r"^(?:__MACOSX|\..*|~\$.*|Thumbs\.db|desktop\.ini)$", re.IGNORECASE)
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    OSError,
    ValueError,
    NotImplementedError,
)


class Archive:
    """A ZIP opened with bounds on members, total size and compression ratio.

    Member names are decoded (UTF-8, else GBK, as Chinese Windows writes them) and made harmless:
    relative, with forward slashes, without "..". Reading raises Unreadable, and nothing else.
    """

    def __init__(self, data: bytes, where: str, limits: Limits = DEFAULT) -> None:
        self._where = where
        self._room = limits.max_bytes
        self._limit = f"{limits.max_bytes // 2**20} MB"
        self._allowance = max(_FREE, _MAX_RATIO * len(data))
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            infos = self._zip.infolist()
        except _BROKEN as error:
            raise refusal("damaged", where, detail=f"ZIP: {error}") from error
        if len(infos) > _MAX_MEMBERS:
            raise refusal("too-large", where, limit=f"{_MAX_MEMBERS} files")
        self._members: dict[str, zipfile.ZipInfo] = {}
        for info in infos:
            if not info.is_dir():
                self._members[_unique(_harmless(info), self._members)] = info

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self._members)

    def __contains__(self, name: str) -> bool:
        return name in self._members

    def read(self, name: str) -> bytes:
        """The bytes of a member. Raises Unreadable if it is missing, damaged, or too much."""
        info = self._members.get(name)
        if info is None:
            raise refusal("damaged", self._where, detail=f"no {name}")
        if info.flag_bits & _ENCRYPTED_FLAG:
            raise refusal("encrypted", self._where)
        most = min(self._room, self._allowance)
        try:
            with self._zip.open(info) as stream:
                data = stream.read(most + 1)  # what the header says of the size may be a lie
        except (*_BROKEN, RuntimeError) as error:
            raise refusal("damaged", self._where, detail=f"{name}: {error}") from error
        if len(data) > most:
            if most == self._room:
                raise refusal("too-large", self._where, limit=self._limit)
            raise refusal("bomb", self._where)
        self._room -= len(data)
        self._allowance -= len(data)
        return data

    def xml(self, name: str) -> etree._Element:
        """The root of an XML member, read without entities or network. Raises Unreadable."""
        parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
        try:
            return etree.fromstring(self.read(name), parser)
        except etree.XMLSyntaxError as error:
            raise refusal("damaged", self._where, detail=f"{name}: {error}") from error

    def relations(self, part: str) -> dict[str, tuple[str, str]]:
        """What a part of an Office package refers to ("" for the package itself).

        Id -> (last word of the relation's type, the part it leads to). ECMA-376 part 2, 8.3.
        """
        folder, base = posixpath.split(part)
        path = posixpath.join(folder, "_rels", f"{base}.rels")
        out: dict[str, tuple[str, str]] = {}
        for item in self.xml(path).iter("{*}Relationship") if path in self else ():
            target = item.get("Target", "").replace("\\", "/")
            full = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            out[item.get("Id", "")] = (item.get("Type", "").rpartition("/")[2], full)
        return out


def gather(paths: Iterable[str | Path], limits: Limits = DEFAULT) -> list[tuple[str, bytes]]:
    """The files of one book as (name, bytes): ``paths`` in the order given, folders and ZIPs opened.

    A folder's or ZIP's files come in natural order (表2 before 表10, 附件一 before 附件二), named
    by their path inside it; a ZIP in a ZIP is opened once more. System files (__MACOSX, .DS_Store,
    Thumbs.db, ~$…) are left out. Raises Unreadable for what is missing, encrypted, damaged, a
    decompression bomb, more than ``limits.max_bytes`` together, or for nothing at all.
    """
    out: list[tuple[str, bytes]] = []
    room = limits.max_bytes
    for path in map(Path, paths):
        for name, data in _files(path, room, limits):
            opens = sniff(data, name) == "zip"
            found = _unpacked(name, data, limits, depth=2) if opens else [(name, data)]
            out.extend(found)
            room -= sum(len(held) for _, held in found)
            if room < 0:
                raise _too_large(str(path), limits)
    if not out:
        raise refusal("no-files", ", ".join(str(p) for p in paths) or "-")
    return out


def natural(name: str) -> tuple[tuple[int, int, str], ...]:
    """A sort key by which 表2 comes before 表10 and 附件一 before 附件二."""
    parts = re.split(r"(\d+|[一二三四五六七八九十]+)", name)
    return tuple(_part(part) for part in parts if part)


def _part(text: str) -> tuple[int, int, str]:
    if re.fullmatch(r"[0-9]{1,18}", text):
        return 0, int(text), text
    value = _chinese(text)
    return (0, value, text) if value else (1, 0, text.casefold())


def _chinese(text: str) -> int:
    """1-99 in Chinese numerals; 0 for what is none."""
    digits = "一二三四五六七八九"
    found = re.fullmatch(rf"([{digits}])?(十)?([{digits}])?", text)
    if not found or (found[1] and found[3] and not found[2]):
        return 0
    high, ten, low = found.groups()
    if not ten:
        return digits.index(high or low) + 1 if high or low else 0
    return (digits.index(high) + 1 if high else 1) * 10 + (digits.index(low) + 1 if low else 0)


def _files(path: Path, room: int, limits: Limits) -> Iterator[tuple[str, bytes]]:
    if path.is_dir():
        inside = (p.relative_to(path) for p in path.rglob("*"))
        kept = [p for p in inside if not _is_junk(p.as_posix())]
        for relative in sorted(kept, key=lambda p: natural(p.as_posix())):
            file = path / relative
            if file.is_file():
                data = _bytes(file, room, limits)
                room -= len(data)
                yield relative.as_posix(), data
    else:
        yield path.name, _bytes(path, room, limits)


def _bytes(path: Path, room: int, limits: Limits) -> bytes:
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):  # a pipe or device would never end
            raise refusal("missing", str(path))
        if status.st_size > room:
            raise _too_large(str(path), limits)
        return path.read_bytes()
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        raise refusal("missing", str(path)) from error


def _unpacked(where: str, data: bytes, limits: Limits, depth: int) -> list[tuple[str, bytes]]:
    """The files of a ZIP; ``depth`` levels of ZIPs are opened."""
    archive = Archive(data, where, limits)
    out: list[tuple[str, bytes]] = []
    room = limits.max_bytes
    for name in sorted(archive.names, key=natural):
        if _is_junk(name):
            continue
        inner = archive.read(name)
        if depth > 1 and sniff(inner, name) == "zip":
            deeper = _unpacked(f"{where}/{name}", inner, limits, depth - 1)
            out.extend((f"{name}/{deep}", held) for deep, held in deeper)
            room -= sum(len(held) for _, held in deeper)
        else:
            out.append((name, inner))
            room -= len(inner)
        if room < 0:
            raise _too_large(where, limits)
    return out


def _too_large(where: str, limits: Limits) -> Unreadable:
    return refusal("too-large", where, limit=f"{limits.max_bytes // 2**20} MB")


def _harmless(info: zipfile.ZipInfo) -> str:
    name = info.filename
    if not info.flag_bits & _UTF8_FLAG:
        name = _decoded(name)
    parts = PurePosixPath(name.replace("\\", "/")).parts
    kept = [
        p for p in parts if p not in ("/", "//", "..", ".") and not re.fullmatch("[A-Za-z]:", p)
    ]
    return "/".join(kept) or "-"


def _unique(name: str, taken: Container[str]) -> str:
    if name not in taken:
        return name
    path = PurePosixPath(name)
    numbered = (str(path.with_stem(f"{path.stem} ({n})")) for n in itertools.count(2))
    return next(candidate for candidate in numbered if candidate not in taken)


def _decoded(name: str) -> str:
    try:
        raw = name.encode("cp437")
    except UnicodeEncodeError:
        return name
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return name


def _is_junk(name: str) -> bool:
    return any(_JUNK.match(part) for part in PurePosixPath(name).parts)
