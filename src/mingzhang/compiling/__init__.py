"""The spine of the compiling way: Ledger → Edition, rounded as a whole, and read before it is printed.

Draft (every figure rounded by itself) → what a reader makes of it → the relations a checker would
use → controlled rounding → the edition. So a book is additive by the very sums it will be checked by,
and a sentence that would be misunderstood is reported before anyone prints it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from mingzhang.compile import Amounts, Printer, edition_of
from mingzhang.compile.faults import CompileFault, fault
from mingzhang.compile.printing import Key
from mingzhang.compile.seen import document_of
from mingzhang.compiling.misread import misread
from mingzhang.compiling.rounding import Moves, rounded
from mingzhang.disclosure import Audit, audit, audit_faults, named_faults, sealed
from mingzhang.model.book import Book
from mingzhang.model.edition import Edition
from mingzhang.model.ledger import Ledger
from mingzhang.prove.printing import Unprintable
from mingzhang.read.recognise import recognise

__all__ = ["Compiled", "Moves", "compile_ledger"]

_PASSES = 4
"""A figure that rounds to nothing tells nothing; once it prints, there may be more to hold."""


@dataclass(frozen=True, slots=True)
class Compiled:
    """A compiled book: the edition (None where an error stopped it), the same as the reading way
    understands it, what rounding moved, and all faults."""

    edition: Edition | None
    book: Book | None
    moves: Moves | None
    faults: tuple[CompileFault, ...]
    audit: Audit | None = None

    @property
    def ok(self) -> bool:
        """True if nothing forbids publishing."""
        return self.edition is not None and not any(f.severity == "error" for f in self.faults)


def compile_ledger(ledger: Ledger, prior: Sequence[Book] = ()) -> Compiled:
    """The book of a ledger, with every fault found on the way; what it withholds is audited against
    everything it publishes and the ``prior`` years' books."""
    ledger = sealed(ledger)
    compiled = _compiled(ledger)
    if compiled.edition is None or not any(line.withheld for line in ledger.lines):
        return compiled
    result = audit(ledger, compiled.edition, compiled.book, prior)
    found = (*audit_faults(ledger, result), *named_faults(ledger, compiled.edition))
    return replace(compiled, audit=result, faults=(*compiled.faults, *found))


def _compiled(ledger: Ledger) -> Compiled:
    amounts = Amounts.from_ledger(ledger)
    withheld = frozenset(ledger.protection.withhold)
    draft, faults = edition_of(amounts, Printer(amounts, {}, withheld))
    if draft is None:
        return Compiled(None, None, None, faults)
    book = recognise([document_of(draft, ledger.name)])
    if ledger.rounding != "additive":
        wrong = misread(draft, book, ledger)
        return Compiled(draft, book, None, (*faults, *wrong))
    readings, edition = [(draft, book)], draft
    chosen: Mapping[Key, int] = {}
    for _ in range(_PASSES):
        try:
            chosen, moves, broken = rounded(readings, amounts, chosen)
        except Unprintable as error:
            why = fault("not-additive", ledger.source, why=str(error)[:200])
            return Compiled(None, book, None, (*faults, why))
        if not broken and len(readings) > 1:
            break
        again, faults = edition_of(amounts, Printer(amounts, chosen, withheld))
        assert again is not None  # the layout is the same
        edition = again
        book = recognise([document_of(edition, ledger.name)])
        readings.append((edition, book))
    return Compiled(edition, book, moves, (*faults, *misread(edition, book, ledger)))
