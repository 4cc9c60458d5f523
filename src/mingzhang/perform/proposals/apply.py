"""Apply 落实: this year's ledger and its proposals -> the ledger that next year's budget begins with.

This year's amounts become last year's; nothing is dropped silently: an ended project stays with last
year's amounts, none for the new year, and the reason.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from mingzhang.catalog.source import table
from mingzhang.model.goal import Goal, GoalLine
from mingzhang.model.ledger import MEASURES, Ledger, Line
from mingzhang.perform.evaluation.nouns import Evaluation
from mingzhang.perform.proposals.accounts import with_next_codes
from mingzhang.perform.proposals.propose import Proposal
from mingzhang.perform.scoring.printed import short
from mingzhang.perform.scoring.weights import scaled


def apply(
    ledger: Ledger, proposals: Iterable[Proposal], evaluation: Evaluation | None = None
) -> Ledger:
    """The ledger for the next year, a draft to be worked on.

    Each project's lines share its proposed total in the proportion of this year's; lines of no
    project are carried over (their note says so). Goals go on without amounts, with this year's
    actual values as 上年实际值 where ``evaluation`` has them; the reason of a proposal becomes the
    project's 增减变化原因. Codes that the new year does not use are replaced where one code took over
    (``accounts``). Reasons, hand-made rounding and the date of publication are the new year's
    own and are left blank. Raises KeyError for a proposal of a project that is not in the ledger.
    """
    wanted = {p.project: p for p in proposals}
    for name in wanted:
        ledger.project(name)
    lines = with_next_codes(replace(ledger, lines=tuple(_lines(ledger.lines, wanted)))).lines
    year = ledger.year + 1
    actuals = _actuals(evaluation)
    ended = {name for name, p in wanted.items() if p.action == "end"}
    return replace(
        ledger,
        name=_next(ledger.name, ledger.year),
        year=year,
        stage="budget",
        published=None,
        lines=lines,
        projects=tuple(
            replace(p, reason=wanted[p.name].reasons["zh"]) if p.name in wanted else p
            for p in ledger.projects
        ),
        goals=tuple(_goal(g, year, actuals) for g in ledger.goals if g.project not in ended),
        reasons=(),
        adjusted={},
        assets_as_of=_next(ledger.assets_as_of, ledger.year - 1),
    )


def _next(text: str, year: int) -> str:
    return text.replace(str(year), str(year + 1))


def _lines(lines: Sequence[Line], wanted: dict[str, Proposal]) -> Iterable[Line]:
    shares = _shares(lines, wanted)
    note = table("proposals.toml")["basic"]["zh"]
    for index, line in enumerate(lines):
        amounts = {
            (1, stage): line.amounts[0, stage] for back, stage in MEASURES if not back and (0, stage) in line.amounts
        }  # fmt: skip
        now = shares.get(index, line.amounts.get((0, "budget"), 0))
        if now:
            amounts[0, "budget"] = now
        carried = line.flow == "expenditure" and not line.project
        yield replace(line, amounts=amounts, note=note if carried else line.note)


def _shares(lines: Sequence[Line], wanted: dict[str, Proposal]) -> dict[int, int]:
    """Index of a line -> its share of what is proposed for its project, in 分, adding up exactly."""
    out: dict[int, int] = {}
    for proposal in wanted.values():
        mine = [
            (i, line.amounts.get((0, "budget"), 0))
            for i, line in enumerate(lines)
            if line.flow == "expenditure" and line.project == proposal.project
        ]
        carrying = [(i, fen) for i, fen in mine if fen > 0]
        fixed = sum(fen for _, fen in mine if fen < 0)
        if proposal.action == "end" or not carrying:
            out |= {i: 0 for i, _ in mine}
            continue
        total = Fraction(proposal.after - fixed)
        parts = scaled(total, [Fraction(fen) for _, fen in carrying], Fraction(1))
        out |= {i: int(part) for (i, _), part in zip(carrying, parts, strict=True)}
    return out


def _actuals(evaluation: Evaluation | None) -> dict[str, Decimal]:
    """Indicator id -> this year's actual value, where it is one number that evidence or a document
    gave."""
    out: dict[str, Decimal] = {}
    for paper in evaluation.papers if evaluation else ():
        for row in paper.rows:
            if row.value is not None:
                out[row.line.id] = _four_decimals(row.value)
    return out


def _four_decimals(value: Decimal) -> Decimal:
    """At most four decimals, half up, without needless zeros: what a ledger's cell takes."""
    return Decimal(short(Fraction(value), 4))


def _goal(goal: Goal, year: int, actuals: dict[str, Decimal]) -> Goal:
    lines = tuple(_line(line, actuals.get(line.id)) for line in goal.lines)
    return replace(goal, year=year, total=None, fiscal=None, other=None, lines=lines)


def _line(line: GoalLine, actual: Decimal | None) -> GoalLine:
    return line if actual is None else replace(line, last_actual=actual)
