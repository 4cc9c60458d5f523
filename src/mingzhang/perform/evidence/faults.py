"""Faults: what goes wrong with evidence, said in both languages and without a cell's content."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from mingzhang.model.evidence import Fault


class Refused(Exception):
    """An indicator's evidence cannot be used; ``fault`` says why. The other indicators stand."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.messages["en"])
        self.fault = fault


@cache
def _catalog() -> Mapping[str, Any]:
    room = files("mingzhang.catalog")
    return tomllib.loads(room.joinpath("evidence.toml").read_text("utf-8"))


def default(key: str) -> str:
    """What holds where the definition does not say ([defaults] of catalog/evidence.toml)."""
    return str(_catalog()["defaults"][key])


def word(key: str, lang: str, **fields: object) -> str:
    """A word or sentence ``say`` of catalog/evidence.toml. Raises KeyError if there is none."""
    return str(_catalog()["say"][key][lang].format_map(fields))


def fault(code: str, **fields: object) -> Fault:
    """The fault ``code`` of catalog/evidence.toml with its {fields} filled. Raises KeyError if unknown."""
    said = _catalog()["fault"][code]
    return Fault(code, {lang: text.format_map(fields) for lang, text in said.items()})


def refuse(code: str, **fields: object) -> Refused:
    """The exception to raise for fault ``code``."""
    return Refused(fault(code, **fields))


def placed(code: str, record: int | None, **fields: object) -> Fault:
    """The fault ``code``, telling the number of the first record concerned where there is one."""
    words = fault("place", row=record).messages if record else {"zh": "", "en": ""}
    said = _catalog()["fault"][code]
    messages = {
        lang: text.format_map({**fields, "place": words[lang]}) for lang, text in said.items()
    }
    return Fault(code, messages)


_LINE = re.compile(r"(?:CSV Error on Line|Row #|Line):? ?(\d+)")


def engine_fault(error: Exception, where: str) -> Fault:
    """A fault for what an engine (DuckDB, Arrow, SQLite) said, keeping nothing of its words.

    Engines quote cells in their messages; only the kind of error and a line number are taken.
    """
    text = str(error)
    kind = type(error).__name__
    line = _LINE.search(text)
    if kind == "OutOfMemoryException" or isinstance(error, MemoryError):
        return fault("memory", where=where)
    if "unicode" in text.lower() or "utf-8" in text.lower() or "utf8" in text.lower():
        return fault("encoding", where=where)
    if line:
        return fault("ragged", where=where, row=line[1])
    return fault("damaged", where=where, kind=kind)
