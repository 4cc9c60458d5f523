"""What goes into the open data besides the printed figures: line items and code lists.

Line items are exact, so they would give away any withheld amount that a printed total contains:
a ledger that keeps something back publishes none.
"""

from __future__ import annotations

from mingzhang.catalog.dimensions import name
from mingzhang.compile.rows import names
from mingzhang.model.edition import CodeName, Edition, LineItem
from mingzhang.model.ledger import Ledger

_COORDINATES = (
    "flow",
    "entity",
    "fund",
    "function",
    "economic",
    "gov_economic",
    "nature",
    "project",
    "part",
    "procurement",
    "reserved",
)
_SCHEMES = ("fund", "nature", "procurement", "reserved", "item", "flow", "stage")


def line_items(ledger: Ledger) -> tuple[LineItem, ...]:
    """The ledger's lines of this year, added up by their public coordinates; none if any is withheld,
    or any figure of the book is kept back."""
    if ledger.protection.withhold or any(line.withheld for line in ledger.lines):
        return ()
    sums: dict[tuple[str, ...], int] = {}
    for line in ledger.lines:
        amount = line.amounts.get((0, ledger.stage), 0)
        if amount:
            key = tuple(str(getattr(line, c)) for c in _COORDINATES)
            sums[key] = sums.get(key, 0) + amount
    return tuple(
        LineItem({c: v for c, v in zip(_COORDINATES, key, strict=True) if v}, fen)
        for key, fen in sorted(sums.items())
    )


def code_names(edition: Edition, ledger: Ledger) -> tuple[CodeName, ...]:
    """Every code that the edition's figures and line items use, with its name and parent."""
    used: dict[tuple[str, str], None] = {}
    for table in edition.tables:
        for _, _, cell in table.figures():
            assert cell.quantity is not None
            _note(used, cell.quantity._asdict())
    for line in edition.lines:
        _note(used, dict(line.coordinates))
    out = []
    for scheme, code in sorted(used):
        if scheme in ("function", "economic"):
            parent = {3: "", 5: code[:3], 7: code[:5]}.get(len(code), "")
            out.append(CodeName(scheme, code, names(ledger, scheme, code), parent))
        else:
            out.append(CodeName(scheme, code, name(scheme, code)))
    return tuple(out)


def _note(used: dict[tuple[str, str], None], coordinates: dict[str, object]) -> None:
    for scheme in _SCHEMES:
        value = coordinates.get(scheme)
        if value:
            used[scheme, str(value)] = None
    for scheme, key in (
        ("function", "function"),
        ("economic", "economic"),
        ("economic", "gov_economic"),
    ):
        code = str(coordinates.get(key) or "")
        for length in (3, 5, 7):
            if len(code) >= length:
                used[scheme, code[:length]] = None
