"""The summary says what was read and what was not understood."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mingzhang.export import summarise
from mingzhang.model.book import Book, Notice


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_facts_and_counts(made: Book, lang: str) -> None:
    summary = summarise(made, lang)
    told = " ".join(text for _, text in summary.facts)
    assert made.entity in told
    assert str(made.year) in told
    assert len(summary.statements) == len(made.statements)
    assert [int(s[2]) for s in summary.statements] == [len(s.rows) for s in made.statements]
    assert sum(int(s[3]) for s in summary.statements) == sum(not f.in_prose for f in made.figures)


def test_what_was_not_understood_is_said(made: Book) -> None:
    figures = tuple(replace(f, quantity=None, unread="row") for f in made.figures[:5])
    notice = Notice("column", "神秘的列", made.figures[0].place)
    book = replace(made, figures=(*figures, *made.figures[5:]), notices=(notice,))
    unread = "\n".join(summarise(book).unread)
    assert "5 处" in unread
    assert "神秘的列" in unread
    assert made.figures[0].text in unread
