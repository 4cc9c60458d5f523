"""Money 资金执行: what became of each project's money, from the ledger or from what is typed in.

Whoever knows more wins: what is typed in, then payments and adjustments, then the ledger's lines.
"""

from __future__ import annotations

from collections.abc import Iterable

from mingzhang.model.ledger import Ledger, Line
from mingzhang.perform.evaluation.nouns import Spending
from mingzhang.perform.execution import State


def spending_of_ledger(ledger: Ledger) -> tuple[Spending, ...]:
    """年初、全年、执行 of the whole department ("") and of every project, from the ledger's lines.

    The year's budget is 调整后预算数 where the ledger has any, else 年初预算数; 执行数 is the final
    account (决算数), not known where the ledger has none at all.
    """
    lines = [line for line in ledger.lines if line.flow == "expenditure"]
    known = {stage: any((0, stage) in line.amounts for line in lines) for stage in ("adjusted", "final")}  # fmt: skip

    def of(project: str, mine: Iterable[Line]) -> Spending:
        rows = list(mine)

        def total(stage: str) -> int:
            return sum(line.amounts.get((0, stage), 0) for line in rows)

        return Spending(
            project,
            total("budget"),
            total("adjusted" if known["adjusted"] else "budget"),
            total("final") if known["final"] else None,
        )

    names = [p.name for p in ledger.projects]
    return (
        of("", lines),
        *(of(n, (line for line in lines if line.project == n)) for n in names),
    )


def laid_over(base: Iterable[Spending], over: Iterable[Spending]) -> tuple[Spending, ...]:
    """``over`` upon ``base``, amount by amount: what it does not know stays as it was."""
    out = {s.project: s for s in base}
    for s in over:
        old = out.get(s.project)
        if old is None:
            out[s.project] = s
            continue
        out[s.project] = Spending(
            s.project,
            old.initial if s.initial is None else s.initial,
            old.budget if s.budget is None else s.budget,
            old.executed if s.executed is None else s.executed,
            s.document or old.document,
        )
    return tuple(out.values())


def spending_of_state(state: State) -> tuple[Spending, ...]:
    """The same from payments and adjustments (perform.execution), as they stood on the state's day."""
    whole = state.whole
    return (
        Spending("", whole.budget, whole.adjusted, whole.paid),
        *(Spending(s.name, s.budget, s.adjusted, s.paid) for s in state.projects),
    )
