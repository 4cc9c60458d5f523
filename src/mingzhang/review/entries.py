"""Entries: the file of accepted findings beside a book, as people read and edit it.

[[accept]]
fingerprint = "0123456789abcdef"
rule = "MZ202"
reason = "省财政厅批复沿用旧科目"
who = "王明"
date = 2024-03-15
said = "…"          # what was reported, for people
printed = ["…"]     # what stands at its places: if that changes, the finding is told again
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from mingzhang.review.words import both, word

SUFFIX = ".mingzhang.toml"
_FINGERPRINT = re.compile(r"[0-9a-f]{16}")


class BadEntries(ValueError):
    """A file of accepted findings, or an earlier report, that cannot be used; says why."""

    def __init__(self, messages: Mapping[str, str]) -> None:
        super().__init__(messages["zh"])
        self.messages = dict(messages)

    def message_in(self, lang: str) -> str:
        """The sentence in ``lang``, Chinese if there is no other."""
        return self.messages.get(lang) or self.messages["zh"]


@dataclass(frozen=True, slots=True)
class Entry:
    """One accepted finding: which, why, by whom and when. Without ``printed`` the fingerprint rules."""

    fingerprint: str
    rule: str
    reason: str
    who: str = ""
    day: date | None = None
    said: str = ""
    printed: tuple[str, ...] = ()

    def signed(self, lang: str) -> str:
        """Reason, name and date as one phrase."""
        key = {(True, True): "signed", (True, False): "signed-who", (False, True): "signed-date"}
        one = key.get((bool(self.who), self.day is not None), "signed-nobody")
        return word("accepted", one, lang, reason=self.reason, who=self.who, date=self.day)


def beside(book: Path) -> Path:
    """Where the accepted findings of a book lie: ``budget.pdf`` → ``budget.mingzhang.toml``."""
    return book.with_name((book.name if book.is_dir() else book.stem) + SUFFIX)


def load(path: Path) -> tuple[Entry, ...]:
    """The entries of a file; of two with one fingerprint the later. Raises OSError, BadEntries."""
    try:
        raw = tomllib.loads(path.read_text("utf-8-sig"))
    except UnicodeDecodeError:
        raise BadEntries(both("bad", "text", file=path.name)) from None
    except tomllib.TOMLDecodeError as error:
        raise BadEntries(both("bad", "toml", file=path.name, detail=error)) from None
    listed = raw.get("accept", [])
    if set(raw) - {"accept"} or not isinstance(listed, list):
        raise BadEntries(both("bad", "shape", file=path.name))
    out: dict[str, Entry] = {}
    for n, one in enumerate(listed, 1):
        if not isinstance(one, dict):
            raise BadEntries(both("bad", "shape", file=path.name))
        entry = _entry(one, path.name, n)
        out[entry.fingerprint] = entry
    return tuple(out.values())


def _entry(raw: Mapping[str, Any], file: str, n: int) -> Entry:
    def text(field: str) -> str:
        value = raw.get(field, "")
        if not isinstance(value, str):
            raise BadEntries(both("bad", "field", file=file, n=n, field=field))
        return value.strip()

    fingerprint = text("fingerprint")
    if not _FINGERPRINT.fullmatch(fingerprint):
        raise BadEntries(both("bad", "fingerprint", file=file, n=n))
    if not text("reason"):
        raise BadEntries(both("bad", "reason", file=file, n=n))
    day = raw.get("date")
    if isinstance(day, str):
        try:
            day = date.fromisoformat(day)
        except ValueError:
            raise BadEntries(both("bad", "date", file=file, n=n)) from None
    if day is not None and type(day) is not date:
        raise BadEntries(both("bad", "date", file=file, n=n))
    printed = raw.get("printed", [])
    if not (isinstance(printed, list) and all(isinstance(p, str) for p in printed)):
        raise BadEntries(both("bad", "field", file=file, n=n, field="printed"))
    return Entry(
        fingerprint, text("rule"), text("reason"), text("who"), day, text("said"), tuple(printed)
    )


def written(entries: Sequence[Entry], before: str = "") -> str:
    """The text of a file with ``entries`` added to what it held ``before``, which stays as it is."""
    head = before.rstrip("\n")
    if not head:
        head = "\n".join(f"# {word('accepted', 'heading', lang)}" for lang in ("zh", "en"))
    return "\n\n".join([head, *map(_block, entries)]) + "\n"


def _block(entry: Entry) -> str:
    lines = ["[[accept]]"]
    for field in ("fingerprint", "rule", "reason", "who"):
        if getattr(entry, field):
            lines.append(f"{field} = {_quoted(getattr(entry, field))}")
    if entry.day is not None:
        lines.append(f"date = {entry.day.isoformat()}")
    if entry.said:
        lines.append(f"said = {_quoted(entry.said)}")
    if entry.printed:
        lines.append(f"printed = [{', '.join(map(_quoted, entry.printed))}]")
    return "\n".join(lines)


def _quoted(text: str) -> str:
    """A TOML basic string: JSON's escapes are among TOML's, but for DEL and half characters."""
    whole = text.encode("utf-8", "replace").decode()
    return json.dumps(whole, ensure_ascii=False).replace("\x7f", "\\u007f")
