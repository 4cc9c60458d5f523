"""Sums of unknowns: which amounts of the ledger's lines a quantity adds up.

The unknowns are the amounts of atoms (lines with the same coordinates) by measure. A quantity is a
sum of them, found by its coordinates as ``compile.amounts`` finds its amount.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product

from mingzhang.catalog.normal import plain
from mingzhang.compile.amounts import SELECTING, SUMS, Amounts, Atom, Measure
from mingzhang.model.quantity import Quantity

Variable = tuple[int, Measure]  # an atom and one of its measures
Terms = dict[int, int]  # coefficients by number of the variable


class Sums:
    """The unknowns of a ledger (its withheld lines among them) and the sums that are told of them."""

    def __init__(self, amounts: Amounts, *, excluded: bool) -> None:
        """``excluded``: the totals of our own book leave withheld lines out."""
        self.amounts = amounts
        self._counted = [not (excluded and atom.withheld) for atom in amounts.atoms]
        self._expanded = [_with_sums(atom) for atom in amounts.atoms]
        self._tables: dict[tuple[str, ...], dict[tuple[str, ...], list[int]]] = {}
        self.variables: dict[Variable, int] = {}
        for index, atom in enumerate(amounts.atoms):
            for measure, fen in atom.amounts.items():
                if fen:
                    self.variables[index, measure] = len(self.variables)
        self.values = [amounts.atoms[i].amounts[m] for i, m in self.variables]
        place = SELECTING.index("project")
        self._projects = {name for atom in amounts.atoms for name in atom.values[place][:1]}

    def exact(self, terms: Mapping[int, int]) -> int:
        """What a sum really comes to, in 分."""
        return sum(a * self.values[v] for v, a in terms.items())

    def terms(self, quantity: Quantity, everything: bool = False) -> Terms:
        """Which amounts a quantity adds up; ``everything``: also those left out of our totals."""
        year = self.amounts.ledger.year
        base = quantity.base()
        if base is not None:
            terms = self.terms(quantity.level(), everything)
            for v, a in self.terms(base, everything).items():
                terms[v] = terms.get(v, 0) - a
            return {v: a for v, a in terms.items() if a}
        back = year - (quantity.year or year)
        named = tuple(name for name in SELECTING if getattr(quantity, name))
        members = self._table(named).get(tuple(getattr(quantity, name) for name in named), [])
        out: Terms = {}
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

    def called(self, project: str) -> str:
        """The ledger's name of a project that another book calls by a shorter or longer one."""
        theirs = plain(project)
        alike = sorted(
            n for n in self._projects if plain(n).startswith(theirs) or theirs.startswith(plain(n))
        )
        known = project in self._projects
        return alike[0] if theirs and not known and len(alike) == 1 else project


def _with_sums(atom: Atom) -> list[tuple[str, ...]]:
    values = list(atom.values)
    values[0] = (*values[0], *(w for w, parts in SUMS.items() if set(parts) & set(values[0])))
    return values
