"""Wording: the sentences, word lists and legal bases of the rules, as data (catalog/rules.toml)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from string import Formatter
from typing import Any

from mingzhang.catalog import source


@dataclass(frozen=True, slots=True)
class Basis:
    """A legal or format basis 依据. status: text (article read), page (seen quoted on public pages),
    practice (what published books do), method (follows from this tool's own proof)."""

    id: str
    zh: str
    en: str
    status: str
    note: str


def _raw() -> Mapping[str, Any]:
    return source.table("rules.toml")


@cache
def bases() -> Mapping[str, Basis]:
    """id -> basis."""
    return {
        key: Basis(key, row["zh"], row["en"], row["status"], row.get("note", ""))
        for key, row in _raw()["basis"].items()
    }


def basis_text(basis: str, lang: str) -> str:
    """The citation in ``lang``; a basis that is not in the catalog (a project's own) is its own text."""
    found = bases().get(basis)
    if found is None:
        return basis
    return found.en if lang == "en" else found.zh


def sentence(rule: str, message: str, lang: str, words: Mapping[str, object]) -> str:
    """The sentence [message.RULE.message] in ``lang`` with its {fields} filled.

    Raises KeyError for a sentence that is not in the catalog, and for a field without a value.
    """
    template = _raw()["message"][rule][message][lang]
    return Formatter().vformat(template, (), words)


def message_keys(rule: str) -> tuple[str, ...]:
    """All messages the catalog has for a rule."""
    return tuple(_raw()["message"].get(rule, {}))


@cache
def words(name: str) -> tuple[str, ...]:
    """The word list [words] ``name``. Raises KeyError for an unknown list."""
    return tuple(_raw()["words"][name])


@cache
def table(name: str) -> Mapping[str, Any]:
    """The table [table.NAME] of the catalog. Raises KeyError for an unknown one."""
    found: Mapping[str, Any] = _raw()["table"][name]
    return found
