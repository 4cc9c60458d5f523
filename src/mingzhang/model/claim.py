"""Claims: what sentences say about quantities beyond their bare amounts."""

from __future__ import annotations

from dataclasses import dataclass

from mingzhang.model.place import Place
from mingzhang.model.quantity import Quantity


@dataclass(frozen=True, slots=True)
class Ratio:
    """A percentage: ``numerator / denominator`` prints as the figure ``figure``.

    kind: growth (a change over its base), share (占比), execution (完成预算的 x %).
    ``sign`` is -1 where the words say 下降/减少 and the printed percentage is positive.
    """

    figure: str
    kind: str
    numerator: Quantity
    denominator: Quantity
    sign: int = 1


@dataclass(frozen=True, slots=True)
class Parts:
    """A sentence divides a whole into parts (包括 / 其中 / 主要包括).

    ``complete`` is True where the words list all parts (包括, 具体包括, 分别为, 其中 with all
    natures), False where they name some of them (其中, 主要是): then parts ≤ whole.
    """

    whole: Quantity
    parts: tuple[Quantity, ...]
    complete: bool
    place: Place
    words: str


@dataclass(frozen=True, slots=True)
class Direction:
    """The words about a change: 增加 +1, 减少 -1, 持平 0, with the reason given (or "")."""

    quantity: Quantity
    sign: int
    word: str
    place: Place
    figure: str | None = None
    reason: str = ""


Claim = Ratio | Parts | Direction
