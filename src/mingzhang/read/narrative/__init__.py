"""Narrative 文字说明: the sentences of a budget book → figures and claims.

A small explicit grammar with its vocabulary in catalog/narrative.toml, in this order: ``compact``
(the text without white space, every character with its place) → ``numbers`` (amounts, percentages,
counts) → ``clauses`` → ``phrase`` and ``accounts`` (what a subject names) → ``movement`` (compared
with what, which way) → ``scope`` (headings, lists and the subject in hand) → ``reader`` (claims).
"""

from mingzhang.read.narrative.reader import Narration, narrate

__all__ = ["Narration", "narrate"]
