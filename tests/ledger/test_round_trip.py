"""Folder → ledger → workbook → ledger → folder changes nothing, for random ledgers of every layout."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mingzhang.ledger import (
    check_ledger,
    export_xlsx,
    ledger_files,
    read_ledger,
    write_ledger,
    xlsx_bytes,
)
from mingzhang.ledger.csvfile import guarded, unguarded
from mingzhang.model.goal import Goal, GoalLine
from mingzhang.model.ledger import Asset, Entity, Ledger, Line, Part, Passage, Project, Reason
from random_ledger import WHERE, YEARS, ledgers, make_ledger, placeless

few = settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
# what a ledger's texts are made of: anything that can be typed, white space inside, never around
TEXT = st.text(
    st.characters(exclude_categories=("Cc", "Cs", "Co", "Cn", "Zl", "Zp")), min_size=1, max_size=12
).map(str.strip).filter(bool)  # fmt: skip
LONG = st.lists(TEXT, min_size=1, max_size=3).map("\n".join)


def content(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


@few
@given(ledger=ledgers())
def test_every_form_gives_the_ledger_back(
    ledger: Ledger, tmp_path_factory: pytest.TempPathFactory
) -> None:
    room = tmp_path_factory.mktemp("ledger")
    write_ledger(ledger, room / "folder")
    from_folder, faults = read_ledger(room / "folder")
    assert faults == ()
    assert placeless(from_folder) == placeless(ledger)
    export_xlsx(from_folder, room / "ledger.xlsx")
    from_workbook, faults = read_ledger(room / "ledger.xlsx")
    assert faults == ()
    assert placeless(from_workbook) == placeless(ledger)
    write_ledger(from_workbook, room / "again")
    assert content(room / "again") == content(room / "folder")


@few
@given(ledger=ledgers(most=2))
def test_a_right_ledger_has_no_fault(ledger: Ledger) -> None:
    """The strategy promises right ledgers; the hints may hint."""
    assert [f for f in check_ledger(ledger) if f.severity != "note"] == []


@few
@given(
    texts=st.lists(TEXT, min_size=9, max_size=9, unique=True), long=LONG,
    fen=st.integers(-(10**15) + 1, 10**15 - 1), number=st.decimals(-1000, 1000, places=3),
    day=st.dates(date(1990, 1, 1), date(2099, 1, 1)),
)  # fmt: skip
def test_any_text_goes_through_both_forms(
    texts: list[str], long: str, fen: int, number: Decimal, day: date,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:  # fmt: skip
    """Quotation marks, commas, formulas, markup, newlines: texts are only texts."""
    room = tmp_path_factory.mktemp("ledger")
    a, b, c, d, e, f, g, h, i = texts
    line = Line(
        {(0, "budget"): fen, (1, "final"): 0}, WHERE, nature="project", project=a, part=b,
        function="2010302", economic="30201", purchase=c, organised=d, note=long,
    )  # fmt: skip
    goal = Goal(a, WHERE, long, e, lines=(GoalLine(f, a, g, h, i, b, WHERE, weight=number),))
    ledger = Ledger(
        d, e, 2024, "shenzhen", (line,), WHERE, published=day, supervisor=f,
        entities=(Entity(g, WHERE, "行政", {"行政编制": 3}),),
        projects=(Project(a, WHERE, long, parts=(Part(b, c),), reason=d),),
        assets=(Asset(h, i, 1, 0, WHERE),), reasons=(Reason(f"={a}", long, WHERE),),
        passages=(Passage("overview", long, WHERE),), facts={b: c}, goals=(goal,),
    )  # fmt: skip
    write_ledger(ledger, room / "folder")
    export_xlsx(ledger, room / "ledger.xlsx")
    for form in (room / "folder", room / "ledger.xlsx"):
        back, faults = read_ledger(form)
        assert faults == ()
        assert placeless(back) == placeless(ledger)


def test_the_same_ledger_gives_the_same_bytes(tmp_path: Path) -> None:
    ledger = make_ledger(7, withheld=True, carried=True)
    assert ledger_files(ledger) == ledger_files(ledger)
    assert xlsx_bytes(ledger) == xlsx_bytes(ledger)


@pytest.mark.parametrize("layout", YEARS)
def test_every_layout_has_random_ledgers(layout: str) -> None:
    ledger = make_ledger(3, layout)
    assert ledger.layout == layout
    assert ledger.lines


def test_passages_that_are_no_more_are_removed_and_other_files_stay(tmp_path: Path) -> None:
    one = replace(
        make_ledger(1), passages=(Passage("overview", "甲", WHERE), Passage("terms", "乙", WHERE))
    )
    write_ledger(one, tmp_path)
    (tmp_path / "notes.txt").write_text("mine", "utf-8")
    (tmp_path / "prose" / "draft.md").write_text("mine too", "utf-8")
    write_ledger(replace(one, passages=(Passage("terms", "乙", WHERE),)), tmp_path)
    assert sorted(p.name for p in (tmp_path / "prose").iterdir()) == ["01-terms.md", "draft.md"]
    assert (tmp_path / "notes.txt").read_text("utf-8") == "mine"
    back, faults = read_ledger(tmp_path)
    assert [p.text for p in back.passages] == ["乙"]
    assert [f.kind for f in faults] == ["stray-prose"]


def test_nothing_is_half_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When one of the files cannot be put in its place, all are as before."""
    write_ledger(make_ledger(1), tmp_path)
    before = content(tmp_path)
    replace_path = Path.replace

    def failing(self: Path, target: Path) -> Path:
        if Path(target).name == "goals.toml" and not self.name.endswith(".old"):
            raise OSError("disk full")
        return replace_path(self, target)

    monkeypatch.setattr(Path, "replace", failing)
    with pytest.raises(OSError, match="disk full"):
        write_ledger(make_ledger(2), tmp_path)
    assert content(tmp_path) == before


def test_a_long_passage_goes_through_cells(tmp_path: Path) -> None:
    text = "\n\n".join(f"第{n}段" + "文字" * 400 for n in range(60))
    ledger = replace(make_ledger(1), passages=(Passage("overview", text, WHERE),))
    export_xlsx(ledger, tmp_path / "a.xlsx")
    back, faults = read_ledger(tmp_path / "a.xlsx")
    assert faults == ()
    assert back.passages[0].text == text
    too_long = replace(ledger, passages=(Passage("overview", "长" * 40_000, WHERE),))
    with pytest.raises(ValueError, match="40000 characters"):
        export_xlsx(too_long, tmp_path / "b.xlsx")
    assert not (tmp_path / "b.xlsx").exists()


@given(st.text(max_size=6))
def test_the_guard_against_formulas_can_be_undone(text: str) -> None:
    assert unguarded(guarded(text)) == text
    assert guarded(text)[:1] not in tuple("=+-@")


# ------------------------------------------------------------------ what the workbook offers
def test_the_workbook_helps_to_fill_it_in() -> None:
    """Seen by another reader (openpyxl): drop-down lists, frozen headings, comments, formats."""
    ledger = make_ledger(5)
    book = openpyxl.load_workbook(io.BytesIO(xlsx_bytes(ledger)))
    assert book.sheetnames[:3] == ["填写说明", "基本信息", "明细"]
    sheet = book["明细"]
    assert sheet.freeze_panes == "A2"
    heads = {cell.value: cell for cell in sheet[1]}
    assert heads["归入"].comment is not None
    lists = {str(v.sqref).split(":")[0]: v.formula1 for v in sheet.data_validations.dataValidation}
    column = heads["功能科目"].column_letter
    source = lists[f"{column}2"]
    codes = book["代码表"]
    area = source.lstrip("=").split("!")[1].replace("$", "")
    offered = [row[0].value for row in codes[area]]
    assert "2010302 一般行政管理事务" in offered
    assert all(len(text.split(" ")[0]) == 7 for text in offered)
    assert f"{heads['项目'].column_letter}2" in lists
    amounts = [c for c in sheet[heads["本年预算数"].column_letter][1:] if c.value is not None]
    assert {c.number_format for c in amounts} == {"#,##0.00"}
    assert sum(round(c.value * 100) for c in amounts) == sum(
        line.amounts.get((0, "budget"), 0) for line in ledger.lines
    )


def test_hostile_texts_are_texts(tmp_path: Path) -> None:
    """What begins like a formula is a string in the workbook and guarded in the CSV."""
    line = replace(make_ledger(1).lines[0], note="=cmd|' /C calc'!A0", entity="@SUM(1)")
    ledger = replace(make_ledger(1), lines=(line,), name="http://example.org")
    data = xlsx_bytes(ledger)
    parts = zipfile.ZipFile(io.BytesIO(data))
    sheets = [parts.read(n) for n in parts.namelist() if "/sheet" in n]
    assert not any(b"<f>" in s or b"<f " in s or b"hyperlink" in s for s in sheets)
    assert not any("external" in name.lower() for name in parts.namelist())
    csv = ledger_files(ledger)["lines.csv"].decode("utf-8-sig")
    assert "'=cmd|" in csv
    assert "'@SUM" in csv
    assert not any(
        cell[:1] in tuple("=+-@") for row in csv.splitlines()[1:] for cell in row.split(",")
    )
