"""Tables: cells from forms, figures kept back, moved by hand, notes, labels across columns."""

from __future__ import annotations

from small import SMALL, WAN, cells, ledger, table

from mingzhang.catalog.forms import layout
from mingzhang.compile.printing import Style
from mingzhang.compile.tables import styles_by_kind
from mingzhang.model.edition import COVERED
from mingzhang.model.money import Unit


def test_the_summary_by_hand() -> None:
    rows = cells(table("summary"))
    assert rows[0] == ["一、政府预算拨款", "500", "一、一般公共服务支出", "500"]
    assert ["3.国有资本经营预算拨款", "0", "一般行政管理事务", "155"] in rows
    assert rows[-1] == ["收入总计", "500", "支出总计", "500"]
    assert len({len(row) for row in rows}) == 1


def test_every_figure_of_a_table_is_its_amount_in_the_table_s_unit() -> None:
    found = table("summary")
    for _, _, cell in found.figures():
        assert cell.fen is not None and cell.fen % WAN == 0
        assert cell.text == f"{cell.fen // WAN:,}"


def test_a_figure_kept_back_prints_the_mark_and_no_amount() -> None:
    key = "year=2023 flow=expenditure"
    found = table("summary", withhold=frozenset({key}))
    held = [c for row in found.rows for c in row.cells if c.withheld]
    assert held and all((c.text, c.fen) == ("—", None) for c in held)
    assert all(c.quantity is not None and c.quantity.key == key for c in held)
    # no formula may give it away
    places = {(r, c) for r, row in enumerate(found.rows) for c, x in enumerate(row.cells) if x.withheld}  # fmt: skip
    assert all(places.isdisjoint({one.total, *one.parts}) for one in found.sums)


def test_a_figure_moved_by_hand_moves_by_one_unit() -> None:
    key = "summary year=2023 flow=sources"
    for moved, shown in ((501 * WAN, "501"), (502 * WAN, "500"), (500 * WAN + 1, "500")):
        rows = cells(table("summary", ledger(adjusted={key: moved})))
        assert rows[-1][1] == shown


def test_an_empty_statement_says_that_it_is_empty() -> None:
    assert "注：本表本年无发生额。" in table("govfund").notes
    assert "注：本表本年无发生额。" not in table("summary").notes


def test_only_a_book_of_independent_figures_speaks_of_rounding() -> None:
    said = "尾数误差"
    assert any(said in note for note in table("summary").notes)
    assert not any(said in note for note in table("summary", ledger(rounding="additive")).notes)


def test_curly_brackets_in_a_department_s_name_are_only_text() -> None:
    """A title is filled from the form, not from what the ledger says."""
    made = ledger(department="{year}局{x}")
    found = table("summary", made)
    assert found.entity == "{year}局{x}"
    rows = cells(table("expenditure", made))
    assert any("{year}局{x}" in row for row in rows)


def test_covered_cells_stay_covered() -> None:
    for kind in ("summary", "expenditure", "project", "sangong"):
        for row in table(kind).rows:
            for at, cell in enumerate(row.cells):
                if cell.columns > 1:
                    assert all(c == COVERED for c in row.cells[at + 1 : at + cell.columns])


def test_styles_by_kind() -> None:
    styles = styles_by_kind(layout(SMALL.layout))
    assert styles["summary"] == Style(Unit.WAN, 0, styles["summary"].zero)
    assert styles["sangong"].decimals == 2
