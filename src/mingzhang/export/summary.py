"""Summary: what was read, in a few lines, and what was not understood."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from mingzhang.catalog.dimensions import name
from mingzhang.catalog.messages import say
from mingzhang.export.words import known, word
from mingzhang.model.book import Book
from mingzhang.model.place import Place


@dataclass(frozen=True, slots=True)
class Summary:
    """What ``mingzhang read`` prints, in words.

    ``facts`` are (caption, text); ``statements`` are lines under ``columns``; ``unread`` says what
    was not understood, worst first, and ``warnings`` what was not read at all.
    """

    facts: tuple[tuple[str, str], ...]
    columns: tuple[str, ...]
    statements: tuple[tuple[str, ...], ...]
    unread: tuple[str, ...]
    warnings: tuple[str, ...]


def summarise(book: Book, lang: str = "zh") -> Summary:
    """The summary of a book in ``lang`` ("zh" or "en")."""
    unknown = word("summary", "unknown", lang)
    prose = sum(f.in_prose for f in book.figures)
    understood = sum(f.quantity is not None for f in book.figures)
    counts = {
        "figures": len(book.figures),
        "prose": prose,
        "understood": understood,
        "claims": len(book.claims),
        "paragraphs": len(book.paragraphs),
    }
    facts = (
        ("title", book.title or unknown),
        ("entity", book.entity or unknown),
        ("year", str(book.year) if book.year is not None else unknown),
        ("stage", name("stage", book.stage, lang)),
        ("layout", book.layout or unknown),
        ("files", ", ".join(d.name for d in book.documents)),
        ("counts", word("summary", "counts-text", lang, **counts)),
    )
    return Summary(
        tuple((word("summary", key, lang), text) for key, text in facts),
        tuple(word("summary", key, lang) for key in ("statement", "kind", "rows", "figures", "at")),
        tuple(_statements(book, lang)),
        tuple(_unread(book, lang)),
        book.warnings,
    )


def _statements(book: Book, lang: str) -> list[tuple[str, ...]]:
    counts = Counter(f.statement for f in book.figures if f.statement is not None)
    return [
        (
            " ".join(filter(None, (s.number, s.title))) or word("summary", "untitled", lang),
            s.kind or word("summary", "unknown", lang),
            str(len(s.rows)),
            str(counts[index]),
            _where(s.place, s.pages),
        )
        for index, s in enumerate(book.statements)
    ]


def _where(place: Place, pages: tuple[int, ...]) -> str:
    if pages:
        return f"p.{pages[0]}" + (f"–{pages[-1]}" if len(pages) > 1 else "")
    if place.cell is not None:
        return f"{place.sheet or ''}!{place.cell}"
    return f"{place.line}:" if place.line is not None else ""


def _unread(book: Book, lang: str) -> list[str]:
    """One line per kind of thing that was not understood, with a few examples."""
    examples: dict[tuple[str, str], list[str]] = {}
    for notice in book.notices:
        examples.setdefault(("notice", notice.what), []).append(notice.text)
    for figure in book.figures:
        if figure.quantity is None:
            key = ("figure", figure.unread or "subject")
            examples.setdefault(key, []).append(f"{figure.text}{figure.unit}")
    lines = []
    for (sort, what), texts in sorted(examples.items(), key=lambda item: (-len(item[1]), item[0])):
        first = list(dict.fromkeys(t for t in texts if t.strip()))[:3]
        shown = (word("summary", "joint", lang)).join(_short(t) for t in first)
        more = "…" if len(texts) > len(first) else ""
        label = word("summary", sort, lang, what=_reason(sort, what, lang))
        lines.append(
            word("summary", "unread-line", lang, label=label, n=len(texts), texts=shown + more)
        )
    return lines


def _reason(sort: str, what: str, lang: str) -> str:
    if sort == "notice":
        return known("notice", what, lang)
    try:
        return say("unread", what, lang, {})
    except KeyError:
        return what


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= 24 else flat[:23] + "…"
