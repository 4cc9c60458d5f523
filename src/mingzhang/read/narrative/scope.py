"""Scope: what surrounds a phrase; Subject: what a phrase was understood to name in it."""

from __future__ import annotations

from dataclasses import dataclass

from mingzhang.model.quantity import Quantity
from mingzhang.read.lexicon import Lexicon


@dataclass(frozen=True, slots=True)
class Scope:
    """What surrounds a phrase.

    ``base`` holds entity, year and stage; ``names`` are the department's, ``units`` those of its
    units that the tables name. ``subject`` is the quantity in hand; ``wholes`` are the
    wholes of the open lists, innermost first; ``fund``, ``side`` (in/out), ``procurement`` come
    from the section; ``account`` is the function code of the heading or item above. ``apart`` is
    True where the book keeps 对个人和家庭的补助 apart from 人员支出; ``going_on`` inside a sentence
    that has named its subject.
    """

    lexicon: Lexicon
    base: Quantity
    names: tuple[str, ...] = ()
    units: frozenset[str] = frozenset()
    subject: Quantity | None = None
    wholes: tuple[Quantity, ...] = ()
    fund: str = ""
    side: str = ""
    procurement: bool = False
    account: str = ""
    apart: bool = False
    going_on: bool = False

    @property
    def whole(self) -> Quantity | None:
        return self.wholes[0] if self.wholes else None


@dataclass(frozen=True, slots=True)
class Subject:
    """``candidates`` in the surroundings' year and stage; () if not understood.

    ``year`` and ``stage`` only where the phrase says them. ``twin`` is True where the words name
    income and expenditure at once. ``words`` are for a person; ``own`` is False where the phrase
    only repeats the subject in hand; ``unknown`` is the part nobody knows;
    ``coined`` is True for a project or part that only this phrase names.
    """

    candidates: tuple[Quantity, ...]
    words: str
    year: int | None = None
    stage: str = ""
    own: bool = True
    twin: bool = False
    unknown: str = ""
    coined: bool = False


def at_time(quantity: Quantity, year: int | None, stage: str) -> Quantity:
    """``quantity`` in the year and stage that the words say, where they say one."""
    return quantity.with_(year=year or quantity.year, stage=stage or quantity.stage)
