"""What a reader knows: everything published, as a system over the ledger's lines.

The reader is taken to know more than anyone does: which lines the ledger has, withheld ones among
them, and that none is negative; not their amounts. Every published figure, and every figure of last
year's book if it is given, says in which interval a sum of lines lies. What such a reader can derive
for a withheld amount, everyone else derives less of.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from mingzhang.catalog.forms import Layout, layout
from mingzhang.compile.amounts import SELECTING, SUMS, Amounts
from mingzhang.compile.phrases import prose_style
from mingzhang.compile.seen import spans_at, where
from mingzhang.disclosure.sums import Sums, Terms
from mingzhang.model.book import Book
from mingzhang.model.claim import Ratio
from mingzhang.model.edition import Edition, Prose, Span, Table
from mingzhang.model.figure import Figure
from mingzhang.model.ledger import Ledger
from mingzhang.model.quantity import Quantity
from mingzhang.prove.system import Row, System

_BALANCED = ("flow", "fund", "entity", "function")
_HALVES = (1, 2, 4, 8)  # half last digits that a percentage of printed figures may be off


class Public:
    """``system`` over the unknowns of ``sums``; what says each row, by number of its witness.

    ``keys`` are the keys of the quantities, ``weights`` what each is worth to readers; those in
    ``fixed`` cannot be kept back: earlier books told them, or a passage as digits.
    """

    def __init__(
        self,
        ledger: Ledger,
        amounts: Amounts,
        edition: Edition,
        book: Book | None,
        prior: Sequence[Book],
    ) -> None:
        self._ledger = ledger
        self._layout: Layout = layout(ledger.layout)
        self.sums = Sums(amounts, excluded=ledger.protection.totals == "excluded")
        self.keys: dict[int, str] = {}
        self._witness: dict[str, int] = {}
        self.fixed: set[int] = set()
        rows = [*self._balances(), *self._printed(edition)]
        if book is not None:
            placed = dict(spans_at(edition))
            rows += self._ratios(book, placed)
            rows += self._typed(book, placed)
        for other in prior:
            rows += self._prior(other)
        values = self.sums.values
        nonnegative = frozenset(v for v, fen in enumerate(values) if fen >= 0)
        self.system = System(len(values), tuple(rows), nonnegative)
        self.weights = {w: _worth(key) for w, key in self.keys.items()}

    def _balances(self) -> Iterator[Row]:
        """What comes in goes out (收入总计 = 支出总计), by fund, by entity, by function, wherever the
        ledger keeps to it: no figure says so, and withholding none undoes it."""
        flow, fund, entity, function = map(SELECTING.index, _BALANCED)
        told: dict[tuple[object, ...], Terms] = {}
        for (index, measure), variable in self.sums.variables.items():
            values = self.sums.amounts.atoms[index].values
            sign = 1 if values[flow][0] in SUMS["sources"] else -1
            at = values[fund][:1], values[entity][:1], values[function][-1:]
            for depth in range(len(at) + 1):
                told.setdefault((measure, *at[:depth]), {})[variable] = sign
        for terms in told.values():
            if len(set(terms.values())) > 1 and not self.sums.exact(terms):
                yield Row(tuple(terms.items()), 0, 0)

    def _printed(self, edition: Edition) -> Iterator[Row]:
        """Every figure of the edition, in tables and in sentences."""
        for block in edition.body:
            if isinstance(block, Table):
                for _, _, cell in block.figures():
                    if cell.quantity is not None and cell.fen is not None:
                        assert block.unit is not None
                        step = block.unit.step(block.decimals)
                        yield from self._row(cell.quantity, cell.fen, step)
            elif isinstance(block, Prose):
                for span in block.spans:
                    yield from self._said(span)
        for line in edition.lines:
            raise ValueError(f"line items are published beside withheld ones: {line.coordinates}")

    def _said(self, span: Span) -> Iterator[Row]:
        """A compiled figure of the prose."""
        quantity, unit = span.quantity, span.unit
        if quantity is None or unit is None or not unit.is_money:
            return
        step = unit.step(len(span.text.partition(".")[2]))
        if self._layout.prose.trim:  # who knows the layout knows what was trimmed
            step = min(step, prose_style(self._layout.prose, quantity).step)
        size = round(Decimal(span.text.replace(",", "")) * unit.fen)
        exact = self.sums.exact(self.sums.terms(quantity))
        yield from self._row(quantity, size if exact >= 0 else -size, step)

    def _row(
        self,
        quantity: Quantity,
        fen: int,
        step: int,
        fixed: bool = False,
        terms: Terms | None = None,
    ) -> Iterator[Row]:
        """A printed figure: its amount lies within half a step, or as far as it was moved."""
        terms = self.sums.terms(quantity) if terms is None else terms
        if not terms:
            return
        reach = max(step // 2, abs(self.sums.exact(terms) - fen))
        witness = self._witness_of(quantity.key, fixed)
        yield Row(tuple(terms.items()), fen - reach, fen + reach, witness)

    def _witness_of(self, key: str, fixed: bool) -> int:
        if fixed:
            key = f"prior {key}"
        found = self._witness.setdefault(key, len(self._witness))
        self.keys[found] = key
        if fixed:
            self.fixed.add(found)
        return found

    def _ratios(self, book: Book, placed: Mapping[tuple[str, str], Span]) -> Iterator[Row]:
        """A printed percentage ties its numerator to its denominator; one that stands in a passage as
        digits stays, whatever is kept back."""
        for claim in book.claims:
            if isinstance(claim, Ratio):
                figure = book.figure(claim.figure)
                typed = figure.in_prose and where(figure.place) not in placed
                above, below = map(self.sums.terms, (claim.numerator, claim.denominator))
                yield from self._tied(figure, claim, above, below, typed)

    def _tied(
        self, figure: Figure, claim: Ratio, above: Terms, below: Terms, fixed: bool
    ) -> Iterator[Row]:
        """``above`` is so many percent of ``below``, as exactly as it was printed."""
        if not above or not below:
            return
        printed = figure.printed
        decimals = printed.decimals
        if self._layout.prose.trim:
            decimals = max(decimals, self._layout.prose.percent_decimals)
        scale = 2 * 100 * 10**decimals
        middle = int(printed.value * 2 * 10**decimals) * claim.sign  # twice, in last digits
        for way in (-1, 1):
            for reach in _HALVES:  # it may come from printed figures: as far as it takes
                terms = {v: a * scale for v, a in above.items()}
                for v, a in below.items():
                    terms[v] = terms.get(v, 0) - a * (middle + way * reach)
                total = self.sums.exact(terms)
                if (total >= 0) if way < 0 else (total <= 0):
                    witness = self._witness_of(claim.numerator.key, fixed)
                    low, high = (0, None) if way < 0 else (None, 0)
                    yield Row(tuple(terms.items()), low, high, witness)
                    break

    def _typed(self, book: Book, placed: Mapping[tuple[str, str], Span]) -> Iterator[Row]:
        """Amounts that stand in a passage as digits, not as placeholders: they stay published."""
        for figure in book.figures:
            quantity = figure.quantity
            if quantity is None or not figure.in_prose or quantity.versus or quantity.local:
                continue
            if where(figure.place) not in placed:
                yield from self._told(figure, quantity)

    def _told(self, figure: Figure, quantity: Quantity) -> Iterator[Row]:
        """A figure that another hand wrote, if it speaks of these lines."""
        if not figure.is_money or figure.unread:
            return
        fen, step = figure.printed.fen, figure.printed.step_fen
        for everything in (True, False):
            terms = self.sums.terms(quantity, everything)
            if terms and abs(self.sums.exact(terms) - fen) <= step:
                yield from self._row(quantity, fen, step, True, terms)
                return

    def _prior(self, book: Book) -> Iterator[Row]:
        """An earlier book's figures and shares that speak of sums of these lines; they stay published."""
        for figure in book.figures:
            quantity = self._earlier(figure.quantity)
            if quantity is not None:
                yield from self._told(figure, quantity)
        for claim in book.claims:
            if not isinstance(claim, Ratio):
                continue
            part, whole = self._earlier(claim.numerator), self._earlier(claim.denominator)
            if part is not None and whole is not None:
                terms = self.sums.terms(part, True), self.sums.terms(whole, True)
                yield from self._tied(book.figure(claim.figure), claim, *terms, fixed=True)

    def _earlier(self, quantity: Quantity | None) -> Quantity | None:
        """What an earlier book calls a quantity, as this ledger does; None if it is of no earlier year
        or a change against a year before that."""
        if quantity is None or quantity.local or quantity.versus:
            return None
        if quantity.year is None or quantity.year >= self._ledger.year:
            return None
        return quantity.with_(project=self.sums.called(quantity.project))


def _worth(key: str) -> int:
    """What a figure is worth to readers: totals most, details least."""
    return max(1, 24 - 4 * key.count("="))
