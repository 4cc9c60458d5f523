"""The edition: order of parts, statements, digest, faults."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from small import SMALL, edition, ledger, told

from mingzhang.compile import Amounts, Printer, edition_of
from mingzhang.model.edition import Contents, Heading
from mingzhang.model.place import Place


def test_contents_first_then_the_parts_in_the_layout_s_order() -> None:
    found, faults = edition()
    assert faults == ()
    assert isinstance(found.body[0], Contents)
    numbers = [t.number for t in found.statements]
    assert numbers == [f"表{n}" for n in range(1, len(numbers) + 1)]
    parts = [b.text for b in found.body if isinstance(b, Heading) and b.level == 2]
    assert len(parts) == len(set(parts)) and parts[0].startswith("第一部分")


def test_the_digest_is_of_what_is_public() -> None:
    one, _ = edition()
    assert edition(ledger(source=Place("1" * 64, "elsewhere", "")))[0].digest == one.digest
    assert edition(ledger(published=date(2023, 2, 1)))[0].digest != one.digest
    noted = replace(SMALL.lines[0], note="内部备注")
    assert edition(ledger(lines=(noted, *SMALL.lines[1:])))[0].digest == one.digest


def test_no_such_layout() -> None:
    made = ledger(layout="nowhere")
    amounts = Amounts.from_ledger(made)
    found, (fault,) = edition_of(amounts, Printer(amounts))
    assert found is None and fault.kind == "unknown-layout"


def test_a_fault_says_which_row_of_the_ledger() -> None:
    place = Place("0" * 64, "projects.toml", "", line=7)
    made = ledger(
        projects=tuple(replace(p, name="长" * 300, place=place) for p in SMALL.projects[:1])
    )
    fault = next(f for f in edition(made)[1] if f.kind == "name-too-long")
    assert (
        fault.where("zh") == "projects.toml 第 7 行" and fault.where("en") == "projects.toml row 7"
    )
    assert "300" in fault.message("zh") and len(fault.message("zh")) < 200


def test_passages_of_the_ledger_take_the_place_of_the_layout_s() -> None:
    found, _ = edition(ledger(passages=told("只此一句。")))
    text = [getattr(b, "text", "") for b in found.body]
    assert "只此一句。" in text
    plain, _ = edition()
    assert len(found.body) < len(plain.body)
    # a passage without a word is none
    assert edition(ledger(passages=told("  \n ")))[0].digest == plain.digest
