"""Faults found while compiling: what is wrong, where in the ledger, what to do (compile.toml)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from mingzhang.catalog.ledger import where
from mingzhang.catalog.source import table
from mingzhang.model.place import Place


@dataclass(frozen=True, slots=True)
class CompileFault:
    """One fault; severity error (nothing is published), warning or note."""

    kind: str
    place: Place
    words: Mapping[str, str] = field(default_factory=dict)

    @property
    def severity(self) -> str:
        return str(table("compile.toml")["fault"][self.kind]["severity"])

    def message(self, lang: str = "zh") -> str:
        """What is wrong and what to do, in Chinese ("zh") or English ("en")."""
        return str(table("compile.toml")["fault"][self.kind][lang]).format(**self.words)

    def where(self, lang: str = "zh") -> str:
        """Where in the ledger: file and row, or sheet and cell; "" if it is the ledger as a whole."""
        told = self.place.line is not None or self.place.sheet is not None
        return where(self.place, lang) if told else ""


def fault(kind: str, place: Place, **words: str) -> CompileFault:
    """A fault of compile.toml with the words of its message."""
    return CompileFault(kind, place, words)
