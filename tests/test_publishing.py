"""The contract of the compiling way: whatever is written is read back as it was compiled, and proved.

Random ledgers × layouts × roundings × formats; what a withheld item asks for is in test_disclosure.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

import mingzhang as mz
from mingzhang.compiling import compile_ledger
from mingzhang.publishing import PUBLISHERS, file_name, prove, publish
from random_ledger import make_ledger

LAYOUTS = ("shenzhen", "jiangsu-2017", "jiangsu-2018", "shanghai-budget", "shanghai-final")
EXAMPLE = Path(__file__).parents[1] / "examples" / "ledger-shenzhen-2023"


@pytest.mark.parametrize("seed", range(10))
def test_every_format_says_what_was_compiled(seed: int, tmp_path: Path) -> None:
    rounding = ("additive", "independent")[seed % 2]
    ledger = replace(make_ledger(100 + seed, LAYOUTS[seed % 5]), rounding=rounding)
    compiled = compile_ledger(ledger)
    if not compiled.ok:  # money that this layout has no place for: refused, and said
        assert {f.kind for f in compiled.faults if f.severity == "error"} == {"no-place"}
        return
    assert compiled.edition is not None and compiled.book is not None
    for name, path in publish(compiled.edition, tmp_path).items():
        proof = prove(path, compiled.book)
        assert proof.different == (), name
        assert proof.report.verdict == "consistent", name
        if rounding == "additive":
            assert [f.equation for f in proof.report.findings if f.rule == "MZ010"] == [], name


def test_the_example_in_every_format(tmp_path: Path) -> None:
    compiled = mz.compile_book(EXAMPLE)
    assert compiled.ok and compiled.edition is not None and compiled.book is not None
    paths = mz.publish(compiled.edition, tmp_path)
    assert list(paths) == list(PUBLISHERS)
    for path in paths.values():
        assert path.name.startswith(file_name(compiled.edition))
        proof = prove(path, compiled.book)
        assert proof.ok and proof.different == ()
        assert [f.rule for f in proof.report.findings if f.severity != "note"] == []


def test_a_changed_figure_in_a_published_file_is_seen(tmp_path: Path) -> None:
    """The proof of a file can fail: one figure altered by hand in the web page."""
    compiled = mz.compile_book(EXAMPLE)
    assert compiled.edition is not None and compiled.book is not None
    path = mz.publish(compiled.edition, tmp_path, ["html"])["html"]
    page = path.read_text("utf-8")
    assert page.count(">1,036<") >= 2
    path.write_text(page.replace(">1,036<", ">1,063<", 1), "utf-8")
    proof = prove(path, compiled.book)
    assert not proof.ok
    assert any("30102" in line for line in proof.different)


def test_an_unknown_format_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    compiled = mz.compile_book(EXAMPLE)
    assert compiled.edition is not None
    with pytest.raises(KeyError):
        mz.publish(compiled.edition, tmp_path / "out", ["html", "ofd"])
    assert not (tmp_path / "out").exists()
