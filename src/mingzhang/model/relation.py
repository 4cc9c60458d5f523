"""Relation: a linear statement about true amounts, with the reason why it must hold."""

from __future__ import annotations

from dataclasses import dataclass, field

from mingzhang.model.place import Place
from mingzhang.model.quantity import Quantity


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a relation holds. ``kind`` is an id of catalog/messages.toml; ``params`` fill its text."""

    kind: str
    params: tuple[tuple[str, str], ...] = ()
    places: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class Relation:
    """``low <= sum(coefficient * amount in 分) <= high``; None is no bound on that side.

    ``certain`` is False for what usually holds (an account pair with exceptions): alone it may
    warn, never call a book wrong. ``figure`` is the printed percentage that states this relation:
    free that figure and the relation is gone.
    """

    terms: tuple[tuple[Quantity, int], ...]
    reason: Reason
    low: int | None = 0
    high: int | None = 0
    certain: bool = True
    figure: str | None = None
    also: tuple[Reason, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Observation:
    """A figure (or a blank, which means zero) states ``sign`` times the amount of a quantity."""

    figure: str
    quantity: Quantity
    sign: int = 1


@dataclass(frozen=True, slots=True)
class Related:
    """What a book says as constraints: who states which quantity, and how quantities hang together."""

    observations: tuple[Observation, ...]
    relations: tuple[Relation, ...]
