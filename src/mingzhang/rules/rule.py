"""Rule 规则: one thing to look for that no sum can tell, with its page, its basis and its check."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from mingzhang.model.book import Book
from mingzhang.model.finding import SEVERITIES, Finding
from mingzhang.model.place import Place
from mingzhang.rules.wording import basis_text, sentence

Check = Callable[[Book], Iterable[Finding]]

STATUSES = ("stable", "preview", "retired")
PAGE_PARTS = ("检查什么", "依据", "例", "何时不报", "怎么改")


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule with an id for life.

    id         "MZ101": never given to another rule, also when this one is retired
    severity   the highest that its findings have; ``found`` may lower it, never raise it
    check      pure function from a book to findings; it opens no file and changes nothing
    page       the docstring of its module: what is checked, basis, example, when silent, how to mend
    basis      ids of [basis] in catalog/rules.toml
    layouts    layout families it applies to (() = all); ``stages`` budget and/or final;
               ``years`` first and last year (None = open). A book of unknown year always applies
    status     stable, preview (reports notes only until it has proved itself), retired (never runs)
    messages   sentences of a project's own rule: key -> language -> text with {fields}; those of this
               package's rules are in catalog/rules.toml
    """

    id: str
    name_zh: str
    name_en: str
    severity: str
    check: Check
    page: str
    basis: tuple[str, ...] = ()
    layouts: tuple[str, ...] = ()
    stages: tuple[str, ...] = ("budget", "final")
    years: tuple[int | None, int | None] = (None, None)
    status: str = "stable"
    messages: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.severity not in SEVERITIES:
            raise ValueError(f"{self.id}: no such severity: {self.severity}")
        if self.status not in STATUSES:
            raise ValueError(f"{self.id}: no such status: {self.status}")

    def name(self, lang: str) -> str:
        return self.name_en if lang == "en" else self.name_zh

    def applies(self, book: Book) -> bool:
        """True if this rule has anything to say about a book of that layout, stage and year."""
        if self.status == "retired":
            return False
        if self.layouts and book.layout not in self.layouts:
            return False
        if book.stage not in self.stages:
            return False
        first, last = self.years
        if book.year is None:
            return True
        return (first is None or first <= book.year) and (last is None or book.year <= last)

    def found(
        self,
        message: str,
        places: Sequence[Place],
        subject: str,
        *,
        severity: str = "",
        figures: Sequence[str] = (),
        facts: Mapping[str, Any] | None = None,
        **words: object,
    ) -> Finding:
        """A finding of this rule: the sentence ``message`` of catalog/rules.toml, filled with ``words``.

        ``subject`` is what stays the same in the next draft (a title, a code, a project), never a
        page or a line. Raises ValueError for a severity above the rule's own or without a place,
        KeyError for a sentence that is not in the catalog.
        """
        level = severity or ("note" if self.status == "preview" else self.severity)
        if SEVERITIES.index(level) < SEVERITIES.index(self.severity):
            raise ValueError(f"{self.id} never reports above {self.severity}")
        return Finding(
            rule=self.id,
            severity=level,
            messages=self._said(message, words),
            places=tuple(places),
            figures=tuple(figures),
            basis="；".join(basis_text(b, "zh") for b in self.basis),
            subject=f"{message}:{subject}",
            facts=dict(facts or {}),
        )

    def _said(self, message: str, words: Mapping[str, object]) -> dict[str, str]:
        own = self.messages.get(message)
        if own is not None:
            return {lang: text.format_map(words) for lang, text in own.items()}
        return {lang: sentence(self.id, message, lang, words) for lang in ("zh", "en")}


def nothing(book: Book) -> Iterable[Finding]:
    """The check of a rule whose findings come from the proof (mingzhang.check), not from here."""
    return ()
