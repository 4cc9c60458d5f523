"""Seen: the edition as a Document, everything placed by block, cell and column."""

from __future__ import annotations

from small import edition, ledger, told

from mingzhang.compile.seen import document_of, spans_at, where
from mingzhang.model.document import Grid, Paragraph
from mingzhang.model.edition import Prose, Table


def test_every_cell_and_sentence_is_there_once_and_knows_its_block() -> None:
    found, _ = edition()
    seen = document_of(found, "甲")
    grids = [b for b in seen.blocks if isinstance(b, Grid)]
    assert len(grids) == len(found.tables)
    for grid, table in zip(grids, found.tables, strict=True):
        assert (grid.height, grid.width) == (table.depth + len(table.rows), len(table.columns))
        body = {c.place.cell: c.text for c in grid.cells if c.place.cell}
        for r, c, cell in table.figures():
            assert body[f"{r},{c}"] == cell.text
    prose = [b.text for b in found.body if isinstance(b, Prose)]
    paragraphs = [b.text for b in seen.blocks if isinstance(b, Paragraph)]
    assert [p for p in paragraphs if p in set(prose)] == prose
    assert seen.name == "甲" and seen.source == found.digest


def test_places_of_figures_in_sentences() -> None:
    found, _ = edition(
        ledger(passages=told("支出{{ 金额() }}，其中项目{{ 金额(性质='项目支出') }}。"))
    )
    index = next(
        i for i, b in enumerate(found.body) if isinstance(b, Prose) and b.text.startswith("支出500")
    )
    mine = {at: span.text for (block, at), span in spans_at(found) if block == str(index)}
    # 支出500万元，其中项目155万元。: the first figure is at column 3, the second at column 13
    assert mine == {"3": "500", "13": "155"}
    paragraph = next(b for b in document_of(found, "").paragraphs() if b.text.startswith("支出500"))
    assert where(paragraph.at(12, 15)) == (str(index), "13")
    assert paragraph.at(12, 15).excerpt == "155"


def test_a_statement_is_announced_with_number_title_entity_and_unit() -> None:
    found, _ = edition()
    blocks = document_of(found, "").blocks
    at = next(
        i
        for i, b in enumerate(blocks)
        if isinstance(b, Grid) and getattr(blocks[i - 4], "text", "") == "表1"
    )
    assert [b.text for b in blocks[at - 4 : at] if isinstance(b, Paragraph)] == [
        "表1", "收支总表", "部门名称：某局", "单位：万元",
    ]  # fmt: skip
    assert any(isinstance(b, Table) for b in found.body)
