"""The folder ``year`` of a ledger, read as a whole for one day: payments, adjustments, last year's
pattern, remarks, and what the registers say. Each part that is missing or broken leaves the rest."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from mingzhang.ledger.fault import Fault
from mingzhang.model.execution import Execution
from mingzhang.model.ledger import Ledger
from mingzhang.perform.execution import State, read_before, read_execution, state, year_folder
from mingzhang.perform.monitoring import (
    Monitoring,
    Reached,
    Remarks,
    monitor,
    read_actuals,
    read_remarks,
)


@dataclass(frozen=True, slots=True)
class Year:
    """A ledger with everything that its year says as of a day, and all faults of the files."""

    ledger: Ledger
    when: date
    execution: Execution
    before: Execution | None
    remarks: Remarks
    reached: Reached
    faults: tuple[Fault, ...]

    def state(self) -> State:
        """Budget and payments, withheld matters included: for use inside."""
        return state(self.ledger, self.execution, self.when, self.before)

    def monitoring(self) -> Monitoring:
        """Goals and money, without what is withheld."""
        return monitor(
            self.ledger,
            self.ledger.goals,
            self.reached.actuals,
            self.execution,
            self.when,
            self.remarks,
            measures=self.reached.measures,
            before=self.before,
        )


def read_year(
    path: Path, ledger: Ledger, when: date | None = None, *, registers: bool = True
) -> Year:
    """The year of the ledger at ``path`` as of a day (else the last day of its payments).

    ``registers``: ask evidence.toml, which needs the extra ``evidence``. Raises ValueError for a
    day outside the ledger's year, OSError, and ModuleNotFoundError without the engine.
    """
    folder = year_folder(path)
    execution, faults = read_execution(folder, ledger, when)
    day = when or execution.as_of
    if day.year != ledger.year:
        raise ValueError(f"{day} is not in {ledger.year}")
    before, of_before = read_before(folder, ledger)
    remarks, of_remarks = read_remarks(folder, ledger, day)
    reached, of_evidence = read_actuals(folder, day) if registers else (Reached(), ())
    found = (*faults, *of_before, *of_remarks, *of_evidence)
    return Year(ledger, day, execution, before, remarks, reached, found)
