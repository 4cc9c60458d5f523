"""Candidates: every line that the ledger behind a book could have had.

Codes, funds, projects and kinds of purchase come from the book; where it does not say how two of
them meet (which account a project is spent on), each meeting is a candidate. A ``cost`` says how
far-fetched one is; the plainest that fits wins.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from mingzhang.catalog.codes import codes_named
from mingzhang.catalog.derived import item_accounts, likely_together
from mingzhang.catalog.dimensions import values
from mingzhang.catalog.pairs import pairs
from mingzhang.frombook.told import Told
from mingzhang.model.ledger import Line
from mingzhang.model.place import Place
from mingzhang.model.quantity import Quantity

_PERSONNEL = ("301", "303")
_OTHER_NATURES = ("superior_payment", "operation", "aid")
_KINDS = ("goods", "works", "services")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A line that may have been, without amounts, and what it costs to believe in it."""

    line: Line
    cost: float = 0.0


@dataclass(frozen=True, slots=True)
class Seen:
    """The values of each coordinate that the book prints with money, at their finest."""

    functions: tuple[str, ...]
    basic_functions: tuple[
        str, ...
    ]  # those with basic expenditure, where the book tells them apart
    project_functions: tuple[str, ...]
    basic: tuple[str, ...]  # economic codes of basic expenditure
    project: tuple[str, ...]  # and of project expenditure, where the book tells them
    running: tuple[str, ...]  # and of 机关运行经费
    funds: tuple[str, ...]
    projects: tuple[tuple[str, str], ...]  # (project, part)
    kinds: tuple[str, ...]
    reserved: tuple[str, ...]
    purchases: tuple[Quantity, ...]
    items: tuple[str, ...]
    natures: frozenset[str]
    flows: frozenset[str]
    income_by_function: bool


def seen(found: Collection[Told], year: int, stage: str) -> Seen:
    """What the book prints with money this year."""
    now = [
        t.quantity
        for t in found
        if t.fen and t.quantity.year == year and t.quantity.stage == stage and not t.quantity.versus
    ]
    spent = [q for q in now if q.flow == "expenditure"]
    accounts = [q for q in spent if q.economic and not q.item]
    functions = _leaves(q.function for q in spent) or ("",)
    bought = [q for q in spent if q.procurement and q.project]
    return Seen(
        functions=functions,
        basic_functions=_of(spent, functions, ("basic", "personnel", "public")),
        project_functions=_of(spent, functions, ("project",)),
        basic=_leaves(q.economic for q in accounts if q.nature in ("basic", "personnel", "public")),
        project=_leaves(q.economic for q in accounts if q.nature == "project"),
        running=_leaves(q.economic for q in spent if q.item == "running_cost"),
        funds=_finest("fund", (q.fund for q in now)) or ("general",),
        projects=_projects(spent),
        kinds=tuple(k for k in _KINDS if any(q.procurement == k for q in spent)),
        reserved=tuple(sorted({q.reserved for q in spent if q.reserved})),
        purchases=_deepest(bought),
        items=_finest("item", (q.item for q in spent if q.item != "running_cost")),
        natures=frozenset(q.nature for q in spent),
        flows=frozenset(q.flow for q in now),
        income_by_function=any(q.flow == "income" and q.function for q in now),
    )


def candidates(book: Seen, place: Place) -> tuple[Candidate, ...]:
    """All of them, each once."""
    found: dict[tuple[object, ...], Candidate] = {}
    for one in (*_basic(book, place), *_spent(book, place), *_flows(book, place)):
        key = tuple(getattr(one.line, n) for n in Line.__dataclass_fields__ if n != "amounts")
        found.setdefault(key, one)
    return tuple(found.values())


def _line(place: Place, **coordinates: object) -> Line:
    return Line({}, place, **coordinates)  # type: ignore[arg-type]


def _basic(book: Seen, place: Place) -> Iterator[Candidate]:
    for fund in book.funds:
        for function in book.basic_functions:
            for economic in book.basic or ("",):
                nature = "personnel" if economic.startswith(_PERSONNEL) else "public"
                here = {"function": function, "economic": economic, "fund": fund, "nature": nature}
                yield Candidate(_line(place, **here), _cost(fund) + _unlikely(function, economic))
                if nature == "public":
                    left_out = frozenset(f"-{i}" for i in item_accounts(economic))
                    if left_out:
                        yield Candidate(_line(place, **here, items=left_out), 0.2)
                    if "running_cost" in left_out:
                        items = frozenset({"-running_cost"})
                        yield Candidate(_line(place, **here, items=items), 0.1)
                    for item in book.items:  # an account by another number than the catalog's
                        if item not in item_accounts(economic):
                            yield Candidate(_line(place, **here, items=frozenset({item})), 0.3)


def _spent(book: Seen, place: Place) -> Iterator[Candidate]:
    """Projects, reserves and what else is not basic expenditure."""
    accounts = book.project or ("", *item_accounts())
    for fund in book.funds:
        for function in book.project_functions:
            here = {"function": function, "fund": fund}
            for project, part in (*book.projects, *((("", ""),) if not book.projects else ())):
                named = {**here, "nature": "project", "project": project, "part": part}
                for economic in accounts:
                    cost = _cost(fund) + (0.01 if economic and not book.project else 0.0)
                    yield Candidate(_line(place, **named, economic=economic), cost)
                    yield from _bought(book, place, {**named, "economic": economic}, cost)
                if not part:
                    for economic in book.running:
                        items = frozenset({"running_cost"})
                        yield Candidate(_line(place, **named, economic=economic, items=items), 0.1)
            yield from _purchases(book, place, here)
        for function in book.functions:
            here = {"function": function, "fund": fund}
            for nature in ("reserve", *_OTHER_NATURES):
                if nature in book.natures:
                    yield Candidate(_line(place, **here, nature=nature), _cost(fund))
            if not {"project", "basic", "personnel", "public"} & book.natures:
                yield Candidate(_line(place, **here), 0.5)


def _bought(
    book: Seen, place: Place, here: Mapping[str, object], cost: float
) -> Iterator[Candidate]:
    """The same line as a purchase, where the book tells of purchases but not of each."""
    if book.purchases:
        return
    for kind in book.kinds:
        for reserved in ("", *book.reserved):
            yield Candidate(_line(place, **here, procurement=kind, reserved=reserved), cost + 0.001)


def _purchases(book: Seen, place: Place, here: Mapping[str, object]) -> Iterator[Candidate]:
    """The purchases that the book lists one by one."""
    for quantity in book.purchases:
        project = quantity.project.lstrip("▸")
        account, _, what = quantity.part.lstrip("▸").partition("▸")
        codes = [c for c in codes_named("economic", account) if c.startswith("3")]
        economic = codes[0] if codes else account
        options = [("project", frozenset[str](), 0.0), ("public", frozenset[str](), 0.3)]
        if economic in book.running:
            options.append(("project", frozenset({"running_cost"}), 0.05))
        for nature, items, cost in options:
            line = _line(
                place,
                **here,
                nature=nature,
                project=project,
                economic=economic,
                procurement=quantity.procurement,
                purchase=what,
                items=items,
            )
            yield Candidate(line, cost)


def _flows(book: Seen, place: Place) -> Iterator[Candidate]:
    """Income, and what is carried in and out."""
    for fund in book.funds:
        for function in book.functions if book.income_by_function else ("",):
            yield Candidate(_line(place, flow="income", fund=fund, function=function))
        for flow in ("carry_in", "carry_out", "reserve_used", "distribution"):
            if flow in book.flows:
                yield Candidate(_line(place, flow=flow, fund=fund), 0.01)


def _unlikely(function: str, economic: str) -> float:
    """More for a function and an account that do not go together (pairs.toml): pensions are paid
    from the function of pensions, and from nowhere else."""
    cost = 0.0
    for functions, accounts in _pairs():
        cost += 0.03 * (function.startswith(functions) != economic.startswith(accounts))
    return cost


@cache
def _pairs() -> tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]:
    out = []
    for pair in pairs():
        functions = tuple(
            t.coordinates["function"] for t in pair.left if "function" in t.coordinates
        )
        accounts = tuple(
            t.coordinates["economic"] for t in pair.right if "economic" in t.coordinates
        )
        if functions and accounts:
            out.append((functions, accounts))
    return (*out, *likely_together())


def _cost(fund: str) -> float:
    return 0.0 if fund.startswith("general") else 0.05


def _leaves(codes: Iterator[str]) -> tuple[str, ...]:
    """The codes that no other code lies below, sorted."""
    known = sorted({c for c in codes if c})
    return tuple(c for c in known if not any(o != c and o.startswith(c) for o in known))


def _of(
    spent: list[Quantity], functions: tuple[str, ...], natures: tuple[str, ...]
) -> tuple[str, ...]:
    """The functions printed with money of these natures; all, where the book does not divide them."""
    divided = any(q.function and q.nature for q in spent)
    named = {q.function for q in spent if q.nature in natures}
    return tuple(f for f in functions if f in named) if divided else functions


def _finest(dimension: str, printed: Iterator[str]) -> tuple[str, ...]:
    """The values that no other printed value lies within."""
    known = {v for v in printed if v}
    tree = values()
    wholes = {tree[dimension, v].within for v in known if (dimension, v) in tree}
    return tuple(v for (d, v) in tree if d == dimension and v in known and v not in wholes)


def _projects(spent: list[Quantity]) -> tuple[tuple[str, str], ...]:
    """(project, part) with parts where the book tells them; a project also stands by itself."""
    named = {(q.project, q.part): None for q in spent if q.project and not q.procurement}
    whole = {(project, ""): None for project, _ in named}
    return tuple({**whole, **named})


def _deepest(bought: list[Quantity]) -> tuple[Quantity, ...]:
    """The rows of a procurement statement below which there is no further row."""
    keys = dict.fromkeys(q.with_(fund="") for q in bought)
    return tuple(
        q
        for q in keys
        if not any(
            o.procurement == q.procurement
            and o.project == q.project
            and o.part.startswith(f"{q.part}▸" if q.part else "▸")
            for o in keys
            if o != q
        )
    )
