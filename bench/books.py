"""The books to measure on: those of ../shared/books by name, or any files of one book."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

SHARED = Path(__file__).parents[2] / "shared" / "books"

NAMED: dict[str, tuple[str, ...]] = {
    "sz-petitions-2023": ("sz-petitions-2023.txt",),
    "js-congress-2017": ("js-congress-2017.pdf",),
    "js-congress-2018": ("js-congress-2018.pdf",),
    "js-congress-2019": ("js-congress-2019-text.pdf", "js-congress-2019-tables.pdf"),
    "js-court-2017": ("js-court-2017.pdf",),
    "js-partyoffice-2017": ("js-partyoffice-2017-text.pdf", "js-partyoffice-2017-tables.pdf"),
    "js-partyoffice-2018": ("js-partyoffice-2018-text.pdf", "js-partyoffice-2018-tables.pdf"),
    "js-partyoffice-2019": ("js-partyoffice-2019-text.pdf", "js-partyoffice-2019-tables.pdf"),
    "sh-finance-2025": ("sh-finance-2025.pdf",),
    "sh-welfare-2024": ("sh-welfare-2024.pdf",),
    "sh-putuo-finance-2024-final": ("sh-putuo-finance-2024-final.pdf",),
    "sh-putuo-finance-2024-final-doctored": ("sh-putuo-finance-2024-final-doctored.pdf",),
    "template-final-account": ("template-final-account.pdf",),
}
"""Each shared book and the files it consists of (see INDEX.md there)."""

PRIOR: dict[str, str] = {
    "js-congress-2018": "js-congress-2017",
    "js-congress-2019": "js-congress-2018",
    "js-partyoffice-2018": "js-partyoffice-2017",
    "js-partyoffice-2019": "js-partyoffice-2018",
}
"""Books of a series, and the shared book of the year before."""

EMPTY = ("template-final-account",)  # forms without figures: nothing to alter


def find(words: Sequence[str]) -> dict[str, tuple[Path, ...]]:
    """Books by what the command line says.

    Nothing or "all": every shared book; a name: that shared book; else the words are the files of
    one book. Raises FileNotFoundError for what is not there.
    """
    if not words or list(words) == ["all"]:
        words = [n for n in NAMED if n not in EMPTY]
    if all(w in NAMED for w in words):
        found = {w: tuple(SHARED / f for f in NAMED[w]) for w in words}
    else:
        paths = tuple(Path(w) for w in words)
        found = {paths[0].stem: paths}
    for files in found.values():
        for file in files:
            if not file.is_file():
                raise FileNotFoundError(file)
    return found
