"""Public 可公开部分: a ledger and its execution without what is withheld 涉密, and without what the book
keeps back for its sake ([protection] withhold).

Forms and pictures are made of this alone, so that no total of theirs contains a secret. Their totals
are sums of what they print.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from mingzhang.ledger.checksecrets import withheld_names
from mingzhang.model.execution import Adjustment, Execution
from mingzhang.model.ledger import Ledger, Line
from mingzhang.perform.execution.budget import Account, leaves, paid_from, project_of, reaches


def public(ledger: Ledger, execution: Execution) -> tuple[Ledger, Execution]:
    """Both without withheld lines and projects, and without projects whose amount the book keeps back."""
    hidden = _names(ledger)
    accounts = _accounts(line for line in ledger.lines if line.withheld)
    accounts -= _accounts(line for line in ledger.lines if not line.withheld)
    if not hidden and not accounts:
        return ledger, execution
    open_ledger = replace(
        ledger,
        lines=tuple(n for n in ledger.lines if not n.withheld and n.project not in hidden),
        projects=tuple(p for p in ledger.projects if p.name not in hidden),
        goals=tuple(g for g in ledger.goals if g.project not in hidden),
    )
    payments = (
        p for p in execution.payments if p.project not in hidden and paid_from(p) not in accounts
    )
    changes = (_seen(a, hidden, accounts) for a in execution.adjustments)
    kept = (a for a in changes if a.source or a.target)
    return open_ledger, replace(execution, payments=tuple(payments), adjustments=tuple(kept))


def _names(ledger: Ledger) -> frozenset[str]:
    """Projects that may not be seen, or whose amount may not."""
    names = {p.name for p in ledger.projects if p.withheld} | set(withheld_names(ledger))
    names |= {line.project for line in ledger.lines if line.withheld and line.project}
    for project in ledger.projects:
        said = f" project={project.name} "
        if any(said in f" {key} " for key in ledger.protection.withhold):
            names.add(project.name)
    return frozenset(names)


def _accounts(lines: Iterable[Line]) -> set[Account]:
    return {
        Account(n.project, n.function, n.economic, n.fund) for n in lines if n.flow == "expenditure"
    }


def _seen(change: Adjustment, hidden: frozenset[str], accounts: set[Account]) -> Adjustment:
    """An adjustment with its hidden end gone: seen from the open side, money came or went."""
    source, target = change.source, change.target
    if project_of(source) in hidden or leaves(change) in accounts:
        source = ""
    if project_of(target) in hidden or reaches(change) in accounts:
        target = ""
    return replace(change, source=source, target=target)
