"""Disclosure audit 披露审计: can a withheld (涉密) amount be worked out from what is published?

The reader is taken to know more than anyone does: which lines the ledger has, withheld ones among
them, and that none is negative; not their amounts. Every published figure, and every figure of last
year's book if it is given, says in which interval a sum of lines lies. What such a reader can derive
for a withheld amount, everyone else derives less of.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product

from mingzhang.compile.amounts import SELECTING, SUMS, Amounts, Atom
from mingzhang.compile.faults import CompileFault, fault
from mingzhang.model.book import Book
from mingzhang.model.claim import Ratio
from mingzhang.model.edition import Edition, Prose, Table
from mingzhang.model.ledger import Ledger
from mingzhang.model.quantity import Quantity
from mingzhang.prove.protect import (
    Exposure,
    Protected,
    Unprotectable,
    exposures,
    withholding,
)
from mingzhang.prove.system import Row, System

Measure = tuple[int, str]
Variable = tuple[int, Measure]  # an atom and one of its measures


@dataclass(frozen=True, slots=True)
class Secret:
    """A withheld item: an id that names nothing (涉密项1 …), its measure, the lines it is made of."""

    id: str
    measure: Measure
    atoms: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Audit:
    """What readers can derive for each withheld amount, and what would cure it.

    ``intervals``: secret → (low, high, needed width) in 分, None where there is no bound. ``leaks``:
    the secrets left too narrow; ``signed``: those of them that someone answers for. ``cure``:
    quantities (as keys) to withhold besides, so that all are wide enough; None if nothing helps.
    """

    secrets: tuple[Secret, ...]
    intervals: Mapping[str, tuple[int | None, int | None, int]]
    leaks: tuple[str, ...]
    signed: tuple[str, ...]
    cure: tuple[str, ...] | None

    @property
    def safe(self) -> bool:
        """True if every withheld amount is wide enough or answered for."""
        return set(self.leaks) <= set(self.signed)


def audit(
    ledger: Ledger, edition: Edition, book: Book | None = None, prior: Sequence[Book] = ()
) -> Audit:
    """The audit of one edition (``book``: the same as read, for its percentages) with books of
    earlier years that readers have."""
    amounts = Amounts.from_ledger(ledger)
    secrets = tuple(_secrets(amounts))
    if not secrets:
        return Audit((), {}, (), (), ())
    public = _Public(ledger, amounts, edition, book, prior)
    protected = [_protected(public, s, ledger) for s in secrets]
    found = exposures(public.system, public.values, protected)
    intervals = {s.id: _interval(e) for s, e in zip(secrets, found, strict=True)}
    leaks = tuple(s.id for s, e in zip(secrets, found, strict=True) if not e.safe)
    signed = tuple(i for i in leaks if ledger.protection.signed.get(i, "").strip())
    return Audit(secrets, intervals, leaks, signed, _cure(public, protected) if leaks else ())


def audit_faults(ledger: Ledger, result: Audit) -> tuple[CompileFault, ...]:
    """What the audit says to the officer: an error for each leak nobody answers for."""
    out = []
    for leak in result.leaks:
        if leak in result.signed:
            out.append(fault("signed", ledger.source, item=leak))
            continue
        low, high, needed = result.intervals[leak]
        words = {
            "item": leak,
            "low": _yuan(low),
            "high": _yuan(high),
            "needed": _yuan(needed),
            "cure": "；".join(result.cure or ()) or "—",
        }
        out.append(
            fault("leak" if result.cure is not None else "leak-no-cure", ledger.source, **words)
        )
    return tuple(out)


def named_faults(ledger: Ledger, edition: Edition) -> tuple[CompileFault, ...]:
    """Where public text contains the name of a withheld project, its parts or purchases."""
    names = {
        name.strip()
        for line in ledger.lines
        if line.withheld
        for name in (line.project, line.part, line.purchase)
        if name.strip()
    }
    names |= {p.name for p in ledger.projects if p.withheld}
    names -= {line.project for line in ledger.lines if not line.withheld}
    out = []
    for index, block in enumerate(edition.body):
        texts = _texts(block)
        if any(name in text for name in names for text in texts):
            where = block.title if isinstance(block, Table) else f"{index + 1}"
            out.append(fault("named", ledger.source, where=where))
    return tuple(out)


def _texts(block: object) -> list[str]:
    if isinstance(block, Prose):
        return [block.text]
    if isinstance(block, Table):
        cells = [cell.text for row in block.rows for cell in row.cells]
        return [block.title, *block.notes, *cells]
    return [str(getattr(block, "text", ""))]


def _secrets(amounts: Amounts) -> Iterator[Secret]:
    """Withheld lines by project (or by their codes, where they belong to none), each measure apart."""
    groups: dict[tuple[str, ...], list[int]] = {}
    project = SELECTING.index("project")
    flow = SELECTING.index("flow")
    for index, atom in enumerate(amounts.atoms):
        if atom.withheld and "expenditure" in atom.values[flow]:
            groups.setdefault(atom.values[project] or ("", str(index)), []).append(index)
    for count, members in enumerate(groups.values(), 1):
        measures = {m for i in members for m, fen in amounts.atoms[i].amounts.items() if fen}
        for measure in sorted(measures):
            suffix = "" if measure[0] == 0 and measure[1] == amounts.ledger.stage else f"·{measure}"
            yield Secret(f"涉密项{count}{suffix}", measure, tuple(members))


def _protected(public: _Public, secret: Secret, ledger: Ledger) -> Protected:
    rule = ledger.protection
    form = {
        public.variables[i, secret.measure]: 1
        for i in secret.atoms
        if (i, secret.measure) in public.variables
    }
    share = Fraction(str(rule.width_share))
    return Protected(form, max(1, rule.width_fen), share)


def _interval(exposure: Exposure) -> tuple[int | None, int | None, int]:
    return exposure.derived.low, exposure.derived.high, exposure.needs


def _cure(public: _Public, protected: Sequence[Protected]) -> tuple[str, ...] | None:
    try:
        answer = withholding(public.system, public.values, protected, public.weights, public.fixed)
    except Unprotectable:
        return None
    return tuple(sorted({public.keys[w] for w in answer.witnesses}))


def _yuan(fen: int | None) -> str:
    return "∞" if fen is None else f"{fen / 100:,.2f}元"


class _Public:
    """Everything published, as a system over the ledger's lines."""

    def __init__(
        self,
        ledger: Ledger,
        amounts: Amounts,
        edition: Edition,
        book: Book | None,
        prior: Sequence[Book],
    ) -> None:
        self._ledger = ledger
        self._amounts = amounts
        self._expanded = [_with_sums(atom) for atom in amounts.atoms]
        self._tables: dict[tuple[str, ...], dict[tuple[str, ...], list[int]]] = {}
        self.variables: dict[Variable, int] = {}
        for index, atom in enumerate(amounts.atoms):
            for measure, fen in atom.amounts.items():
                if fen:
                    self.variables[index, measure] = len(self.variables)
        self.values = [amounts.atoms[i].amounts[m] for i, m in self.variables]
        self.keys: dict[int, str] = {}
        self._witness: dict[str, int] = {}
        self.fixed: set[int] = set()
        rows = [*self._printed(edition), *self._ratios(book)]
        for other in prior:
            rows += self._prior(other)
        negative = [v for v, fen in enumerate(self.values) if fen < 0]
        nonnegative = frozenset(range(len(self.values))) - frozenset(negative)
        self.system = System(len(self.values), tuple(rows), nonnegative)
        self.weights = {w: self._weight(key) for w, key in self.keys.items()}

    def _printed(self, edition: Edition) -> Iterator[Row]:
        for block in edition.body:
            if isinstance(block, Table):
                assert block.unit is not None
                for _, _, cell in block.figures():
                    if cell.quantity is not None and cell.fen is not None:
                        step = block.unit.step(block.decimals)
                        yield from self._row(cell.quantity, cell.fen, step)
            elif isinstance(block, Prose):
                for span in block.spans:
                    if span.quantity is not None and span.unit is not None and span.unit.is_money:
                        step = span.unit.step(len(span.text.partition(".")[2]))
                        exact = self._amounts.of(span.quantity)
                        size = round(float(span.text.replace(",", "")) * span.unit.fen)
                        yield from self._row(span.quantity, size if exact >= 0 else -size, step)
        for line in edition.lines:
            raise ValueError(f"line items are published beside withheld ones: {line.coordinates}")

    def _row(self, quantity: Quantity, fen: int, step: int, fixed: bool = False) -> Iterator[Row]:
        """A printed figure: its amount lies within half a step, or as far as it was moved."""
        terms = self._terms(quantity)
        if not terms:
            return
        exact = sum(a * self.values[v] for v, a in terms.items())
        reach = max(step // 2, abs(exact - fen))
        witness = self._witness_of(quantity.key, fixed)
        yield Row(tuple(terms.items()), fen - reach, fen + reach, witness)

    def _witness_of(self, key: str, fixed: bool = False) -> int:
        if fixed:
            key = f"prior {key}"
        found = self._witness.setdefault(key, len(self._witness))
        self.keys[found] = key
        if fixed:
            self.fixed.add(found)
        return found

    def _ratios(self, book: Book | None) -> Iterator[Row]:
        """A printed percentage ties its numerator to its denominator."""
        for claim in book.claims if book is not None else ():
            if not isinstance(claim, Ratio):
                continue
            assert book is not None
            printed = book.figure(claim.figure).printed
            above, below = self._terms(claim.numerator), self._terms(claim.denominator)
            if not above or not below:
                continue
            scale = 2 * 100 * 10**printed.decimals
            middle = int(printed.value * scale / 50) * claim.sign  # twice the value, in last digits
            for low, end in ((True, middle - 2), (False, middle + 2)):
                terms = {v: a * scale for v, a in above.items()}
                for v, a in below.items():
                    terms[v] = terms.get(v, 0) - a * end
                total = sum(a * self.values[v] for v, a in terms.items())
                if (total >= 0) if low else (total <= 0):
                    witness = self._witness_of(claim.numerator.key)
                    ends = (0, None) if low else (None, 0)
                    yield Row(tuple(terms.items()), ends[0], ends[1], witness)

    def _prior(self, book: Book) -> Iterator[Row]:
        """An earlier book's figures that speak of sums of these lines; they stay published."""
        for figure in book.figures:
            quantity = figure.quantity
            if quantity is None or not figure.is_money or quantity.local or figure.unread:
                continue
            if quantity.year is None or quantity.year >= self._ledger.year or quantity.versus:
                continue
            terms = self._terms(quantity)
            exact = sum(a * self.values[v] for v, a in terms.items())
            step = figure.printed.step_fen
            if terms and abs(exact - figure.printed.fen) <= step:
                yield from self._row(quantity, figure.printed.fen, step, fixed=True)

    def _terms(self, quantity: Quantity) -> dict[int, int]:
        base = quantity.base()
        if base is not None:
            terms = self._terms(quantity.level())
            for variable, a in self._terms(base).items():
                terms[variable] = terms.get(variable, 0) - a
            return {v: a for v, a in terms.items() if a}
        back = self._ledger.year - (quantity.year or self._ledger.year)
        named = tuple(name for name in SELECTING if getattr(quantity, name))
        members = self._table(named).get(tuple(getattr(quantity, name) for name in named), [])
        out: dict[int, int] = {}
        for index in members:
            variable = self.variables.get((index, (back, quantity.stage)))
            if variable is not None:
                out[variable] = 1
        return out

    def _table(self, named: tuple[str, ...]) -> Mapping[tuple[str, ...], list[int]]:
        found = self._tables.get(named)
        if found is None:
            found = {}
            places = [SELECTING.index(name) for name in named]
            for index, values in enumerate(self._expanded):
                for key in product(*(dict.fromkeys(values[p]) for p in places)):
                    found.setdefault(key, []).append(index)
            self._tables[named] = found
        return found

    @staticmethod
    def _weight(key: str) -> int:
        """What a figure is worth to readers: totals most, details least."""
        return max(1, 24 - 4 * key.count("="))


def _with_sums(atom: Atom) -> list[tuple[str, ...]]:
    values = list(atom.values)
    values[0] = (*values[0], *(w for w, parts in SUMS.items() if set(parts) & set(values[0])))
    return values
