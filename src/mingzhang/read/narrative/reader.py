"""The entry point: paragraphs → Narration (first stub, being written)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mingzhang.model.book import Notice, Section
from mingzhang.model.claim import Claim
from mingzhang.model.document import Paragraph
from mingzhang.model.figure import Figure
from mingzhang.read.lexicon import Lexicon


@dataclass(frozen=True, slots=True)
class Narration:
    """What the prose says: its figures, the claims about them, and what was not understood."""

    figures: tuple[Figure, ...]
    claims: tuple[Claim, ...]
    notices: tuple[Notice, ...]


def narrate(
    paragraphs: Sequence[Paragraph], sections: Sequence[Section], lexicon: Lexicon
) -> Narration:
    """The figures and claims of a book's prose, in reading order."""
    return Narration((), (), ())
