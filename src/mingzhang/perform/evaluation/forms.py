"""Forms 自评表 and 部门评价表: tables of an edition, scores printed so that they add up to the total.

Columns as on published forms 【页】 (REFERENCE.md part E), and one more: where each value comes from.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from mingzhang.catalog.source import table
from mingzhang.model.edition import COVERED, Table, TableCell, TableColumn, TableRow
from mingzhang.model.ledger import Ledger
from mingzhang.model.money import Unit
from mingzhang.model.quantity import Quantity
from mingzhang.perform.evaluation.department import Comparison, Difference
from mingzhang.perform.evaluation.nouns import Evaluation, Paper, Row
from mingzhang.perform.scoring.printed import half_up, printed_parts, short, text
from mingzhang.perform.scoring.scheme import Scheme

_WIDTH = 9
_UNIT, _DECIMALS = Unit.WAN, 2


def words() -> Mapping[str, str]:
    """The words of the forms, [form] of catalog/evaluation.toml."""
    found: Mapping[str, str] = table("evaluation.toml")["form"]
    return found


@dataclass(frozen=True, slots=True)
class Scores:
    """The scores of one paper as printed: of the rate of execution, of each row, and their total."""

    execution: str
    rows: tuple[str, ...]
    total: str


def printed_scores(paper: Paper, scheme: Scheme) -> Scores:
    """The scores as printed: the printed parts add up to the printed total; 未评分 where there is none."""
    scores = [paper.execution, *(row.score for row in paper.rows)]
    parts, total = printed_parts([s for s in scores if s is not None], scheme.print_step)
    left = iter(parts)
    shown = [
        words()["unscored"] if s is None else text(next(left), scheme.print_step) for s in scores
    ]
    return Scores(shown[0], tuple(shown[1:]), text(total, scheme.print_step))


def total_text(paper: Paper, scheme: Scheme, lang: str = "zh") -> str:
    """The total 总分 as printed; what was not scored is said, never counted as nothing."""
    score = printed_scores(paper, scheme).total
    left = scheme.total - paper.out_of
    if not left:
        return score
    facts = {"out_of": short(paper.out_of, 2), "score": score, "missing": short(left, 2)}
    return words()["partly" if lang == "zh" else "partly_en"].format(**facts)


def band_text(paper: Paper, scheme: Scheme, lang: str = "zh") -> str:
    """The band 等级 as printed: one, or from which to which, as long as points are open."""
    bands = paper.bands(scheme)
    if bands is None:
        return words()["none"]
    low, high = (band.zh if lang == "zh" else band.en for band in bands)
    if low == high:
        return low
    between = words()["between" if lang == "zh" else "between_en"]
    return between.format(low=low, high=high, missing=short(paper.missing, 2))


def self_table(evaluation: Evaluation, paper: Paper, ledger: Ledger, number: str = "") -> Table:
    """The self-evaluation form of one paper 项目支出绩效自评表 / 部门整体支出绩效自评表."""
    w = words()
    title = f"{evaluation.year}年度" + (
        f"{w['self_project']}（{paper.project}）" if paper.project else w["self_whole"]
    )
    scores = printed_scores(paper, evaluation.scheme)
    rows = [_money_row(evaluation, paper, ledger, scores), *_overall(paper), _header()]
    rows += [_indicator(r, score) for r, score in zip(paper.rows, scores.rows, strict=True)]
    rows.append(_total(paper, evaluation.scheme, scores))
    rows.append(_wide(w["band"], band_text(paper, evaluation.scheme), bold=True))
    return Table(
        "self_evaluation",
        number,
        title,
        _UNIT,
        _DECIMALS,
        _columns(w["money"] if paper.project else w["money_whole"]),
        tuple(rows),
        evaluation.department,
        _notes(paper),
        landscape=True,
        coordinates={"flow": "expenditure"},
    )


def _columns(money: str) -> tuple[TableColumn, ...]:
    w = words()
    return (
        TableColumn((money,), "text", 1.3),
        TableColumn((w["funds"],), "text", 1.2),
        TableColumn((w["initial"],), "text", 2),
        TableColumn((w["budget"],), "text", 1.8),
        TableColumn((w["executed"],), "text", 1.8),
        TableColumn((w["weight"],), "text", 0.8),
        TableColumn((w["score"],), "text", 0.8),
        TableColumn((w["rate"],), "text", 2.6),
        TableColumn((w["reason"],), "text", 2.6),
    )


def hidden(ledger: Ledger, project: str) -> bool:
    """True if the amounts of a paper would tell of a withheld item 涉密."""
    kept = {p.name for p in ledger.projects if p.withheld}
    lines = [line for line in ledger.lines if line.withheld or line.project in kept]
    return any(not project or line.project == project for line in lines)


def _money_row(evaluation: Evaluation, paper: Paper, ledger: Ledger, scores: Scores) -> TableRow:
    w, money = words(), paper.spending
    rate = money.rate
    secret = hidden(ledger, paper.project)
    amounts = zip(
        ("budget", "adjusted", "final"), (money.initial, money.budget, money.executed), strict=True
    )
    cells = (
        TableCell(w["year_total"]),
        TableCell(w["all_funds"]),
        *(_amount(paper.project, ledger.year, stage, fen, secret) for stage, fen in amounts),
        TableCell(short(paper.execution_weight)),
        TableCell(scores.execution),
        TableCell(w["none"] if rate is None else f"{text(rate * 100)}%"),
        TableCell(paper.explained),
    )
    return TableRow(cells, "item")


def _amount(project: str, year: int, stage: str, fen: int | None, secret: bool) -> TableCell:
    if fen is None or secret:
        return TableCell(words()["none"])
    nature = "project" if project else ""
    quantity = Quantity(year=year, flow="expenditure", stage=stage, nature=nature, project=project)
    printed = half_up(Fraction(fen), Fraction(_UNIT.step(_DECIMALS)))
    return TableCell(wan(int(printed)), quantity, int(printed))


def wan(fen: int) -> str:
    """An amount in 万元 with two decimals, half up: 1,043.00."""
    cents = int(half_up(Fraction(fen, _UNIT.step(_DECIMALS)), Fraction(1)))
    sign = "-" if cents < 0 else ""
    return f"{sign}{abs(cents) // 100:,}.{abs(cents) % 100:02}"


def _overall(paper: Paper) -> list[TableRow]:
    """年度总体目标, and how far it was reached as its indicators tell."""
    w, said = words(), paper.goal.overall.strip()
    rows = [_wide(w["overall"], said)] if said else []
    if paper.rows:
        counts = reached(paper)
        rows.append(_wide(w["overall_done"], w["reached"].format_map(counts)))
    return rows


def reached(paper: Paper) -> Mapping[str, int]:
    """How many indicators there are, and how many were met, missed and not scored."""
    met = [row.met for row in paper.rows if row.score is not None]
    return {
        "count": len(paper.rows),
        "met": sum(m is True for m in met),
        "missed": sum(m is not True for m in met),
        "unscored": len(paper.rows) - len(met),
    }


def _wide(label: str, said: str, bold: bool = False) -> TableRow:
    cells = (
        TableCell(label, columns=2),
        COVERED,
        TableCell(said, columns=_WIDTH - 2),
        *[COVERED] * (_WIDTH - 3),
    )
    return TableRow(cells, "text", 0, bold)


def _header() -> TableRow:
    keys = ("level1", "level2", "level3", "target", "actual", "weight", "score", "reason", "source")
    return TableRow(tuple(TableCell(words()[k]) for k in keys), "header", 0, True)


def _indicator(row: Row, score: str) -> TableRow:
    """Levels stand in every row: a form goes over pages, and a row by itself has to say what it is."""
    line = row.line
    target = line.target.strip()
    if line.unit and line.unit not in target and target[-1:].isdigit():
        target += line.unit
    texts = (
        line.level1.strip(),
        line.level2.strip(),
        line.level3.strip(),
        target,
        row.actual,
        short(row.weight),
        score,
        row.explained,
        row.source,
    )
    return TableRow(tuple(TableCell(t) for t in texts), "goal")


def _total(paper: Paper, scheme: Scheme, scores: Scores) -> TableRow:
    """总分: of all points, or of those that could be given (then a note says so)."""
    cells = (
        TableCell(words()["total"], columns=5),
        *[COVERED] * 4,
        TableCell(short(scheme.total if not scheme.total - paper.out_of else paper.out_of, 2)),
        TableCell(scores.total),
        TableCell("" if paper.out_of == scheme.total else total_text(paper, scheme), columns=2),
        COVERED,
    )
    return TableRow(cells, "total", 0, True)


def _notes(paper: Paper) -> tuple[str, ...]:
    """What every row lacks, below the table: nothing is hidden by an empty cell; and who signs."""
    lacking = (
        f"{row.line.level3.strip()}：{fault.message}"
        for row in paper.rows
        if row.score is None
        for fault in row.faults[:1]
    )
    return (*(f.message for f in paper.remarks), *lacking, words()["signed"])


# ------------------------------------------------------------------ 部门评价表
def department_table(found: Comparison, evaluation: Evaluation, number: str = "") -> Table:
    """The departmental evaluation of one key project beside its self-evaluation 部门评价表."""
    w = words()
    mine = printed_scores(found.self_paper, evaluation.scheme)
    own = printed_scores(found.own_paper, evaluation.scheme)
    texts = zip(found.rows, (mine.execution, *mine.rows), (own.execution, *own.rows), strict=True)
    rows = [_compared(row, a, b) for row, a, b in texts]
    gap = _gap(mine.total, own.total)
    total = (w["total"], "", short(evaluation.scheme.total), "", mine.total, "", own.total, gap, "")
    rows.append(TableRow(tuple(TableCell(t) for t in total), "total", 0, True))
    for label, paper in ((w["self_score"], found.self_paper), (w["own_score"], found.own_paper)):
        said = f"{total_text(paper, evaluation.scheme)}，{band_text(paper, evaluation.scheme)}"
        cells = (TableCell(label), TableCell(said, columns=8), *[COVERED] * 7)
        rows.append(TableRow(cells, "text", 0, True))
    headers = (
        (w["level3"],),
        (w["target"],),
        (w["weight"],),
        (w["self_part"], w["actual"]),
        (w["self_part"], w["score"]),
        (w["own_part"], w["actual"]),
        (w["own_part"], w["score"]),
        (w["difference"],),
        (w["why"],),
    )
    widths = (2.2, 1.8, 0.9, 1.6, 1, 1.6, 1, 1, 4)
    return Table(
        "",
        number,
        f"{evaluation.year}年度{w['department']}（{found.project or w['whole']}）",
        None,
        _DECIMALS,
        tuple(TableColumn(h, "text", width) for h, width in zip(headers, widths, strict=True)),
        tuple(rows),
        evaluation.department,
        (*(f.message for row in found.rows for f in row.faults), w["signed_department"]),
        landscape=True,
    )


def _compared(row: Difference, mine: str, own: str) -> TableRow:
    w = words()
    said = row.why["zh"]
    if row.said and row.said not in said:
        said += f"{row.said}。"
    texts = (
        row.line.level3.strip() if row.line else w["execution"],
        row.line.target.strip() if row.line else "",
        short(row.weight),
        row.self_actual,
        mine,
        row.own_actual,
        own,
        w["none"] if row.difference is None else _gap(mine, own),
        said,
    )
    return TableRow(tuple(TableCell(t) for t in texts), "goal")


def _gap(mine: str, own: str) -> str:
    """The difference of two printed scores: what stands in the table can be worked out from it."""
    gap = Fraction(own) - Fraction(mine)
    shown = text(gap)
    return f"+{shown}" if gap > 0 else shown
