"""Around the lines: the rest of a ledger that a book tells: projects, goals, assets, people, reasons."""

from __future__ import annotations

from collections.abc import Iterator

from mingzhang.frombook.told import printed_names, told
from mingzhang.model.book import Book
from mingzhang.model.claim import Direction
from mingzhang.model.goal import Goal, GoalLine
from mingzhang.model.ledger import Asset, Entity, Ledger, Part, Project, Reason
from mingzhang.model.place import Place

_STAFF = ("编制", "在编", "退休", "离休", "雇员")
_ASSETS = ("车辆", "设备")


def around(book: Book, family: str, place: Place) -> Ledger:
    """A ledger of everything but lines."""
    assert book.year is not None
    counts = dict(_counts(book))
    staff = {name: n for name, n in counts.items() if any(s in name for s in _STAFF)}
    name = book.entity or book.title
    facts = {f"名称:{code}": text for code, text in printed_names(book, book.year).items()}
    return Ledger(
        name=f"{name}{book.year}",
        department=name,
        year=book.year,
        layout=family,
        lines=(),
        source=place,
        stage=book.stage or "budget",
        rounding="independent",
        entities=(Entity(name, place, _kind(book), staff),),
        projects=tuple(_projects(book, place)),
        assets=tuple(_assets(counts, place)),
        goals=tuple(_goals(book, place)),
        reasons=tuple(_reasons(book, place)),
        facts=facts,
    )


def _kind(book: Book) -> str:
    """A unit that prints no 机关运行经费 is no administrative one (机关事务管理条例 art. 3)."""
    printed = [t.fen for t in told(book) if t.quantity.item == "running_cost"]
    return "事业" if printed and not any(printed) else "行政"


def _counts(book: Book) -> Iterator[tuple[str, int]]:
    for figure in book.figures:
        quantity = figure.quantity
        if quantity is not None and quantity.measure == "count" and quantity.item:
            yield quantity.item, int(figure.value)


def _assets(counts: dict[str, int], place: Place) -> Iterator[Asset]:
    for name, count in counts.items():
        if name.endswith(_ASSETS) and not name.startswith("新增"):
            unit = "辆" if "车" in name else "台（套）"
            yield Asset(name, unit, count, counts.get(f"新增{name}", 0), place)


def _projects(book: Book, place: Place) -> Iterator[Project]:
    parts: dict[str, dict[str, None]] = {}
    for one in told(book):
        q = one.quantity
        if q.project and not q.procurement and not q.versus:
            found = parts.setdefault(q.project, {})
            if q.part:
                found[q.part] = None
    texts = {task.name.strip(): task.content.strip() for task in book.tasks}
    reasons = {
        c.quantity.project: c.reason
        for c in book.claims
        if isinstance(c, Direction) and c.quantity.project and c.reason
    }
    for name, listed in parts.items():
        reason = next((r for p, r in reasons.items() if name.startswith(p)), "")
        purpose = texts.get(name, "")
        yield Project(name, place, purpose, parts=tuple(Part(p) for p in listed), reason=reason)


def _goals(book: Book, place: Place) -> Iterator[Goal]:
    whole = [i for i in book.indicators if book.statements[i.statement].kind == "goals"]
    if whole:
        lines = tuple(
            GoalLine(f"g{n}", "", i.level1, i.level2, i.level3, i.target, i.place)
            for n, i in enumerate(whole, 1)
        )
        yield Goal("", place, year=book.year, lines=lines)


def _reasons(book: Book, place: Place) -> Iterator[Reason]:
    """Reasons of changes by the subject that templates ask for."""
    seen: set[str] = set()
    for claim in book.claims:
        if isinstance(claim, Direction) and claim.reason:
            q = claim.quantity
            subject = q.item or q.function or ("总收支" if q.flow in ("sources", "uses") else "")
            if subject and not q.project and subject not in seen:
                seen.add(subject)
                yield Reason(subject, claim.reason, place)
