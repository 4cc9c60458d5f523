"""What is withheld: each 涉密 item of a ledger, under an id that names nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from mingzhang.catalog.dimensions import name as called
from mingzhang.compile.amounts import SELECTING, Amounts, Measure
from mingzhang.model.ledger import Ledger


@dataclass(frozen=True, slots=True)
class Secret:
    """A withheld item: an id that names nothing (涉密项1 …), its measure, the lines it is made of, and
    the name of its project, for whoever signs it off (it is printed nowhere)."""

    id: str
    measure: Measure
    atoms: tuple[int, ...]
    project: str = ""


def sealed(ledger: Ledger) -> Ledger:
    """The ledger with every line of a withheld project withheld, whether its own mark says so or not."""
    secret = {project.name for project in ledger.projects if project.withheld}
    lines = tuple(
        replace(line, withheld=True) if line.project in secret and not line.withheld else line
        for line in ledger.lines
    )
    return replace(ledger, lines=lines)


def secrets_of(amounts: Amounts) -> Iterator[Secret]:
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
