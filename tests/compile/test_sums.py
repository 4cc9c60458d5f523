"""Sums of a table: the formulas of the workbook, and none that the ledger does not keep."""

from __future__ import annotations

from small import ledger, line, table

from mingzhang.model.edition import Sum, Table
from mingzhang.model.quantity import Quantity


def where(found: Table, **coordinates: object) -> tuple[int, int]:
    quantity = Quantity(**{"year": 2023, **coordinates})  # type: ignore[arg-type]
    return next((r, c) for r, c, cell in found.figures() if cell.quantity == quantity)


def test_codes_add_up_to_their_parent() -> None:
    found = table("summary")
    total = where(found, flow="expenditure", function="20103")
    parts = tuple(where(found, flow="expenditure", function=c) for c in ("2010301", "2010302"))
    assert Sum(total, parts, (1, 1)) in found.sums


def test_each_figure_is_a_total_once_and_every_sum_holds_in_the_amounts() -> None:
    for kind in ("summary", "expenditure", "project", "general_economic", "sangong"):
        found = table(kind)
        totals = [one.total for one in found.sums]
        assert len(totals) == len(set(totals))
        for one in found.sums:
            values = [found.rows[r].cells[c].fen or 0 for r, c in (one.total, *one.parts)]
            assert values[0] == sum(s * v for s, v in zip(one.signs, values[1:], strict=True))


def test_a_change_is_this_year_less_last() -> None:
    found = table("sangong")
    three = [one for one in found.sums if one.signs == (1, -1)]
    for one in three:
        (change, now, before) = (
            found.rows[r].cells[c].quantity for r, c in (one.total, *one.parts)
        )
        assert change is not None and now == change.level() and before == change.base()


def test_no_sum_where_a_part_is_missing_from_the_table() -> None:
    """Shenzhen's project statement lists what may be named: with a secret among them, no formula."""
    secret = line(8, nature="project", project="密", function="2010302", economic="30227", withheld=True)  # fmt: skip
    open_ = table("project")
    assert where(open_, flow="expenditure", nature="project") in {one.total for one in open_.sums}
    with_secret = table("project", ledger(lines=(*ledger().lines, secret)))
    total = where(with_secret, flow="expenditure", nature="project")
    down = [one for one in with_secret.sums if one.total == total and len({c for _, c in one.parts}) == 1]  # fmt: skip
    assert down == [] or all(len(one.parts) != 2 or one.parts[0][0] == total[0] for one in down)
