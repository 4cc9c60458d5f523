"""Narrative 文字说明: the sentences of a budget book → figures and claims.

A small explicit grammar; its vocabulary is catalog/narrative.toml (``words``). From the bottom up:

``compact``    the text without white space, every character with its place; numbered items
``numbers``    amounts, percentages and counts, limits that state nothing, template leftovers
``clauses``    a segment cut into steps of at most one figure
``phrase``     what the words of a noun phrase say; ``accounts`` codes of account paths
``composing``, ``naming``, ``subject``   a phrase in its ``scope`` → candidate quantities
``movement``   compared with what, which way
``frames``     headings, numbered items and open ``lists`` around a sentence
``telling``    the state of one segment; ``amounts``, ``percentages``, ``counts``, ``listing`` and
               ``reasons`` turn its steps into figures and claims (``draft``)
``reader``     the entry point
"""

from mingzhang.read.narrative.reader import Narration, narrate

__all__ = ["Narration", "narrate"]
