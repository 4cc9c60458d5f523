"""Disclosure audit 披露审计: can a withheld (涉密) amount be worked out from what is published?

The reader is taken to know more than anyone does: which lines the ledger has, withheld ones among
them, and that none is negative; not their amounts. Every published figure, and every figure of last
year's book if it is given, says in which interval a sum of lines lies. What such a reader can derive
for a withheld amount, everyone else derives less of.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from itertools import product

from mingzhang.catalog.codenames import code_name
from mingzhang.catalog.dimensions import name as called
from mingzhang.catalog.forms import Layout, layout
from mingzhang.catalog.naming import short_name
from mingzhang.catalog.normal import plain
from mingzhang.compile.amounts import SELECTING, SUMS, Amounts, Atom
from mingzhang.compile.faults import CompileFault, fault
from mingzhang.compile.phrases import prose_style
from mingzhang.ledger.checksecrets import withheld_names
from mingzhang.model.book import Book
from mingzhang.model.claim import Ratio
from mingzhang.model.edition import Edition, Prose, Table
from mingzhang.model.figure import Figure
from mingzhang.model.ledger import Ledger
from mingzhang.model.quantity import Quantity, from_key
from mingzhang.prove.protect import (
    Exposure,
    Protected,
    Unprotectable,
    exposures,
    withholding,
)
from mingzhang.prove.system import Row, System

_BALANCED = ("flow", "fund", "entity", "function")
Measure = tuple[int, str]
Variable = tuple[int, Measure]  # an atom and one of its measures


@dataclass(frozen=True, slots=True)
class Secret:
    """A withheld item: an id that names nothing (涉密项1 …), its measure, the lines it is made of, and
    the name of its project, for whoever signs it off (it is printed nowhere)."""

    id: str
    measure: Measure
    atoms: tuple[int, ...]
    project: str = ""


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
    ledger = sealed(ledger)
    whole = replace(ledger, protection=replace(ledger.protection, totals="included"))
    amounts = Amounts.from_ledger(whole)
    secrets = tuple(_secrets(amounts))
    if not secrets:
        return Audit((), {}, (), (), ())
    public = _Public(ledger, amounts, edition, book, prior)
    protected = [_protected(public, s, ledger) for s in secrets]
    found = exposures(public.system, public.values, protected)
    intervals = {s.id: _interval(e) for s, e in zip(secrets, found, strict=True)}
    leaks = tuple(s.id for s, e in zip(secrets, found, strict=True) if not e.safe)
    answered = {who for who, why in ledger.protection.signed.items() if why.strip()}
    signed = tuple(
        s.id for s in secrets if s.id in leaks and not answered.isdisjoint({s.id, s.project})
    )
    return Audit(secrets, intervals, leaks, signed, _cure(public, protected) if leaks else ())


def sealed(ledger: Ledger) -> Ledger:
    """The ledger with every line of a withheld project withheld, whether its own mark says so or not."""
    secret = {project.name for project in ledger.projects if project.withheld}
    lines = tuple(
        replace(line, withheld=True) if line.project in secret and not line.withheld else line
        for line in ledger.lines
    )
    return replace(ledger, lines=lines)


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
            "cure": "；".join(short_name(from_key(key)) for key in result.cure or ()) or "—",
        }
        out.append(
            fault("leak" if result.cure is not None else "leak-no-cure", ledger.source, **words)
        )
    return tuple(out)


def named_faults(ledger: Ledger, edition: Edition) -> tuple[CompileFault, ...]:
    """Where public text contains the name of a withheld project, its parts or purchases."""
    listed = (code_name(code.scheme, code.code, ledger.year) for code in edition.codes)
    official = " ".join(plain(name) for name in listed if name)
    names = [n for n in map(plain, withheld_names(ledger)) if n not in official]
    out = []
    for where, texts in _public_texts(edition):
        if any(name in plain(text) for text in texts for name in names):
            secret = any(name in plain(where) for name in names)
            out.append(fault("named", ledger.source, where="…" if secret else where))
    return tuple(out)


def _public_texts(edition: Edition) -> Iterator[tuple[str, list[str]]]:
    """Every text that goes into a file, by where it stands."""
    yield edition.title, [edition.title, edition.department]
    for index, block in enumerate(edition.body):
        if isinstance(block, Prose):
            told = [f"{s.quantity.project} {s.quantity.part}" for s in block.spans if s.quantity]
            yield f"{index + 1}", [block.text, *told]
        elif isinstance(block, Table):
            cells = [cell for row in block.rows for cell in row.cells]
            told = [f"{c.quantity.project} {c.quantity.part}" for c in cells if c.quantity]
            heads = [h for column in block.columns for h in column.header]
            texts = [block.title, block.entity, *block.notes, *heads, *(c.text for c in cells)]
            yield block.title or f"{index + 1}", texts + told
        else:
            yield f"{index + 1}", [str(getattr(block, "text", ""))]
    yield "codes", [code.name for code in edition.codes]


def _secrets(amounts: Amounts) -> Iterator[Secret]:
    """What is withheld: each project with withheld lines (or each such line, where it belongs to
    none), and if it has several lines each of them besides; each measure apart."""
    groups: dict[tuple[str, ...], list[int]] = {}
    project, flow = SELECTING.index("project"), SELECTING.index("flow")
    for index, atom in enumerate(amounts.atoms):
        if atom.withheld and "expenditure" in atom.values[flow]:
            named = [name for name in atom.values[project] if not name.startswith("▸")]
            groups.setdefault((named[0],) if named else ("", str(index)), []).append(index)
    for count, ((name, *_), members) in enumerate(groups.items(), 1):
        yield from _measured(amounts, f"涉密项{count}", tuple(members), name)
        for part, member in enumerate(members if len(members) > 1 else (), 1):
            yield from _measured(amounts, f"涉密项{count}-{part}", (member,), name)


def _measured(
    amounts: Amounts, item: str, members: tuple[int, ...], project: str
) -> Iterator[Secret]:
    ledger = amounts.ledger
    measures = {m for i in members for m, fen in amounts.atoms[i].amounts.items() if fen}
    for back, stage in sorted(measures):
        mine = (back, stage) == (0, ledger.stage)
        suffix = "" if mine else f"·{ledger.year - back}年{called('stage', stage)}"
        yield Secret(f"{item}{suffix}", (back, stage), members, project)


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
        self._layout: Layout = layout(ledger.layout)
        excluded = ledger.protection.totals == "excluded"
        self._counted = [not (excluded and atom.withheld) for atom in amounts.atoms]
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
        rows = [*self._balances(), *self._printed(edition), *self._ratios(book)]
        rows += self._typed(edition, book)
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
                        if self._layout.prose.trim:  # who knows the layout knows what was trimmed
                            step = min(step, prose_style(self._layout.prose, span.quantity).step)
                        size = round(Decimal(span.text.replace(",", "")) * span.unit.fen)
                        exact = self._exact(self._terms(span.quantity))
                        yield from self._row(span.quantity, size if exact >= 0 else -size, step)
        for line in edition.lines:
            raise ValueError(f"line items are published beside withheld ones: {line.coordinates}")

    def _exact(self, terms: Mapping[int, int]) -> int:
        return sum(a * self.values[v] for v, a in terms.items())

    def _balances(self) -> Iterator[Row]:
        """What comes in goes out (收入总计 = 支出总计), by fund, by entity, by function, wherever the
        ledger keeps to it: no figure says so, and withholding none undoes it."""
        flow, fund, entity, function = map(SELECTING.index, _BALANCED)
        sums: dict[tuple[object, ...], dict[int, int]] = {}
        for (index, measure), variable in self.variables.items():
            values = self._amounts.atoms[index].values
            sign = 1 if values[flow][0] in SUMS["sources"] else -1
            where = values[fund][:1], values[entity][:1], values[function][-1:]
            for depth in range(len(where) + 1):
                sums.setdefault((measure, *where[:depth]), {})[variable] = sign
        for terms in sums.values():
            if len(set(terms.values())) > 1 and not self._exact(terms):
                yield Row(tuple(terms.items()), 0, 0)

    def _typed(self, edition: Edition, book: Book | None) -> Iterator[Row]:
        """Amounts that stand in a passage as digits, not as placeholders: they stay published."""
        spans = [s for b in edition.body if isinstance(b, Prose) for s in b.spans if s.quantity]
        known = {(s.quantity.with_(project="", part=""), s.text) for s in spans if s.quantity}
        for figure in book.figures if book is not None else ():
            quantity = figure.quantity
            if quantity is None or not figure.in_prose or quantity.versus or quantity.local:
                continue
            if (quantity.with_(project="", part=""), figure.text) not in known:
                yield from self._told(figure, quantity)

    def _told(self, figure: Figure, quantity: Quantity) -> Iterator[Row]:
        """A figure that another hand wrote, if it speaks of these lines."""
        if not figure.is_money or figure.unread:
            return
        fen, step = figure.printed.fen, figure.printed.step_fen
        for everything in (True, False):
            terms = self._terms(quantity, everything)
            if terms and abs(self._exact(terms) - fen) <= step:
                yield from self._row(quantity, fen, step, True, terms)
                return

    def _row(
        self,
        quantity: Quantity,
        fen: int,
        step: int,
        fixed: bool = False,
        terms: dict[int, int] | None = None,
    ) -> Iterator[Row]:
        """A printed figure: its amount lies within half a step, or as far as it was moved."""
        terms = self._terms(quantity) if terms is None else terms
        if not terms:
            return
        reach = max(step // 2, abs(self._exact(terms) - fen))
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
            decimals = printed.decimals
            if self._layout.prose.trim:
                decimals = max(decimals, self._layout.prose.percent_decimals)
            scale = 2 * 100 * 10**decimals
            middle = int(printed.value * 2 * 10**decimals) * claim.sign  # twice, in last digits
            for low, way in ((True, -1), (False, 1)):
                for reach in (1, 2, 4, 8):  # it may come from printed figures: as far as it takes
                    terms = {v: a * scale for v, a in above.items()}
                    for v, a in below.items():
                        terms[v] = terms.get(v, 0) - a * (middle + way * reach)
                    total = self._exact(terms)
                    if (total >= 0) if low else (total <= 0):
                        witness = self._witness_of(claim.numerator.key)
                        ends = (0, None) if low else (None, 0)
                        yield Row(tuple(terms.items()), ends[0], ends[1], witness)
                        break

    def _prior(self, book: Book) -> Iterator[Row]:
        """An earlier book's figures that speak of sums of these lines; they stay published."""
        for figure in book.figures:
            quantity = figure.quantity
            if quantity is None or quantity.local:
                continue
            if quantity.year is None or quantity.year >= self._ledger.year or quantity.versus:
                continue
            project = self._called(quantity.project)
            yield from self._told(figure, quantity.with_(project=project))

    def _called(self, project: str) -> str:
        """The ledger's name of a project that another book calls by a shorter or longer one."""
        theirs = plain(project)
        place = SELECTING.index("project")
        known = {name for atom in self._amounts.atoms for name in atom.values[place][:1]}
        alike = sorted(
            n for n in known if plain(n).startswith(theirs) or theirs.startswith(plain(n))
        )
        return alike[0] if theirs and project not in known and len(alike) == 1 else project

    def _terms(self, quantity: Quantity, everything: bool = False) -> dict[int, int]:
        """Which amounts a quantity adds up; ``everything``: also those left out of our totals."""
        base = quantity.base()
        if base is not None:
            terms = self._terms(quantity.level(), everything)
            for v, a in self._terms(base, everything).items():
                terms[v] = terms.get(v, 0) - a
            return {v: a for v, a in terms.items() if a}
        back = self._ledger.year - (quantity.year or self._ledger.year)
        named = tuple(name for name in SELECTING if getattr(quantity, name))
        members = self._table(named).get(tuple(getattr(quantity, name) for name in named), [])
        out: dict[int, int] = {}
        for index in members:
            variable = self.variables.get((index, (back, quantity.stage)))
            if variable is not None and (everything or self._counted[index]):
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
