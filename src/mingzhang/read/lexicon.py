"""Lexicon: the names one book uses, and the coordinates they stand for.

Built from the book's own statements first (a code printed beside its name), then the catalog;
the narrative reader looks every subject of a sentence up here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from mingzhang.model.figure import Figure
from mingzhang.model.quantity import Quantity


@dataclass(frozen=True, slots=True)
class Lexicon:
    """``functions``/``economics``: bare name -> codes printed in this book (several if ambiguous).

    ``projects``: bare name -> canonical name. ``year``, ``stage``, ``entity``, ``unit`` of the
    book ("" / None where not known). ``stated``: what the tables already say, for choosing
    between readings of an ambiguous subject.
    """

    year: int | None
    stage: str
    entity: str
    unit: str
    functions: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    economics: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    projects: Mapping[str, str] = field(default_factory=dict)
    stated: Mapping[Quantity, tuple[Figure, ...]] = field(default_factory=dict)
