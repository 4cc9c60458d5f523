"""Book → JSON text after ``schema.json``, which is versioned and published with the package."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any

from mingzhang.export.records import book_record
from mingzhang.model.book import Book


def to_json(book: Book, indent: int | None = 2) -> str:
    """The book as JSON text: statements as printed, figures with quantity and place, claims.

    The same book gives the same text.
    """
    return json.dumps(book_record(book), ensure_ascii=False, indent=indent) + "\n"


def schema() -> dict[str, Any]:
    """The JSON schema (draft 2020-12) that ``to_json`` keeps to."""
    loaded: dict[str, Any] = json.loads(
        files("mingzhang.export").joinpath("schema.json").read_text("utf-8")
    )
    return loaded
