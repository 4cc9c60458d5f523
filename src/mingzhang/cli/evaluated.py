"""What the commands on results share: a ledger with its year, evaluated by itself or the department."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

import typer

from mingzhang.cli.asking import Lang, fail
from mingzhang.ledger import NoLedger, read_ledger
from mingzhang.ledger.fault import Fault
from mingzhang.model.evidence import Actual
from mingzhang.model.ledger import Ledger
from mingzhang.perform.evaluation import (
    Answers,
    Departmental,
    Evaluation,
    Spending,
    Unusable,
    by_department,
    evaluate,
    laid_over,
    load_answers,
    spending_of_ledger,
    spending_of_state,
)
from mingzhang.perform.execution import read_execution, state, year_folder
from mingzhang.perform.scoring import BadScheme
from mingzhang.perform.scoring.telling import phrase

RECORD = "evaluation.json"
DEPARTMENT_RECORD = f"department-{RECORD}"
DEPARTMENT = "department.toml"


@dataclass(frozen=True, slots=True)
class LedgerYear:
    """A ledger with its year: actual values, money, answers."""

    ledger: Ledger
    folder: Path
    actuals: tuple[Actual, ...]
    spending: tuple[Spending, ...]
    answers: Answers

    def evaluation(self, only: Sequence[str] | None = None) -> Evaluation:
        """The self-evaluation, of some projects or all."""
        chosen = None if not only else tuple(only)
        return evaluate(
            self.ledger, self.ledger.goals, self.actuals, self.spending, self.answers, only=chosen
        )

    def by_department(self, lang: Lang, only: Sequence[str] | None = None) -> Departmental:
        """The department's evaluation of its key projects, or of ``only`` some; ends the command where
        department.toml cannot be used."""
        try:
            own = load_answers(self.folder / DEPARTMENT)
            own = replace(own, projects=tuple(only)) if only else own
            goals = self.ledger.goals
            return by_department(self.ledger, goals, self.actuals, self.spending, self.answers, own)
        except (Unusable, BadScheme) as refused:
            fail(refused.fault.message_in(lang.value))


def ledger_year(path: Path, lang: Lang, now: datetime | None = None) -> LedgerYear:
    """The ledger and everything in its folder ``year``; what is missing there is simply not known.
    ``now`` is the time at which the registers are said to be asked (the clock's if None)."""
    try:
        ledger, faults = read_ledger(path)
    except NoLedger as error:
        fail(error.fault.message_in(lang.value))
    _tell(faults, lang)
    if not ledger.lines and not ledger.goals:
        fail(say("cli", "no-ledger", lang, path=path))
    folder = year_folder(path)
    try:
        answers = _answers(folder / "evaluation.toml")
        actuals = _asked(folder / "evidence.toml", lang, now)
        spending = laid_over(spending_of_ledger(ledger), _paid(folder, ledger, lang))
        evaluate(ledger, (), (), (), answers, only=())  # the scheme holds, or it is said at once
    except (Unusable, BadScheme) as refused:
        fail(refused.fault.message_in(lang.value))
    return LedgerYear(ledger, folder, actuals, spending, answers)


def _asked(path: Path, lang: Lang, now: datetime | None) -> tuple[Actual, ...]:
    """The actual values that the registers give; none where there is no evidence.toml."""
    if not path.is_file():
        return ()
    try:  # the engine is an extra: without it everything else still works
        from mingzhang.perform import evidence
    except ModuleNotFoundError as absent:
        typer.echo(say("cli", "no-engine", lang, name=absent.name or ""), err=True)
        return ()
    try:
        return evidence.evaluate(evidence.load(path), now=now)
    except evidence.Refused as refused:
        fail(refused.fault.message_in(lang.value))


def _answers(path: Path) -> Answers:
    return load_answers(path) if path.is_file() else Answers()


def _paid(folder: Path, ledger: Ledger, lang: Lang) -> Iterable[Spending]:
    if not any((folder / f"payments{ending}").is_file() for ending in (".csv", ".xlsx")):
        return ()
    execution, faults = read_execution(folder, ledger, date(ledger.year, 12, 31))
    _tell(faults, lang)
    return spending_of_state(state(ledger, execution, date(ledger.year, 12, 31)))


def _tell(faults: Iterable[Fault], lang: Lang) -> None:
    for one in faults:
        if one.severity != "note":
            typer.echo(f"{one.where(lang.value)} {one.message_in(lang.value)}", err=True)


def say(section: str, key: str, lang: Lang, /, **fields: object) -> str:
    """A sentence of catalog/evaluation.toml. Raises KeyError."""
    return phrase("evaluation.toml", section, key, **fields)[lang.value]
