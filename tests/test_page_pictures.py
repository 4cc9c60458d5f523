"""Pictures for the HTML report, as the command line makes them: of a PDF, and when that goes wrong."""

from __future__ import annotations

import time
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import mingzhang as mz
from goldbooks import paths
from mingzhang.cli import picturing
from mingzhang.cli.asking import Lang
from mingzhang.model.finding import Report
from mingzhang.read.errors import refusal
from mingzhang.report.pictures import wanted

BOOK = "sh-putuo-finance-2024-final-doctored"


@cache
def checked(path: Path) -> Report:
    return mz.check(mz.read(path))


def told() -> tuple[Report, list[Path]]:
    files = paths(BOOK)
    return checked(files[0]), files


def hangs(*_: Any) -> dict[int, Any]:
    time.sleep(60)
    return {}


def test_every_page_that_a_finding_speaks_of_is_pictured_and_the_report_stays_small() -> None:
    report, files = told()
    pictures = picturing.pictures_of(report, files)
    assert list(pictures) == wanted(report) != []
    html = picturing.emitted("html", report, files, Lang.zh)
    assert html.count(b"data:image/png;base64,") == len(pictures)
    assert len(html) < 6_000_000


def test_a_file_that_hangs_costs_the_pictures_and_not_the_report(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    report, files = told()
    monkeypatch.setattr(picturing, "photos", hangs)
    monkeypatch.setattr(picturing, "PATIENCE", replace(picturing.PATIENCE, seconds=0.3))
    started = time.monotonic()
    html = picturing.emitted("html", report, files, Lang.zh)
    assert time.monotonic() - started < 20
    assert b"data:image" not in html and b'class="excerpt"' in html


def test_a_file_that_cannot_be_drawn_costs_the_pictures_and_not_the_report(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    report, files = told()

    def refuses(*_: Any) -> None:
        raise refusal("damaged", "a.pdf")

    monkeypatch.setattr(picturing, "photos", refuses)
    assert picturing.pictures_of(report, files) == {}


def test_a_file_that_went_away_costs_the_pictures_and_not_the_report(tmp_path: Path) -> None:
    report, _ = told()
    assert picturing.pictures_of(report, [tmp_path / "gone.pdf"]) == {}


def test_a_text_has_no_pictures() -> None:
    text = Path(__file__).parents[1] / "examples" / "slips" / "budget.txt"
    assert picturing.pictures_of(checked(text), [text]) == {}


def test_pages_beyond_the_room_are_shown_as_words(monkeypatch: pytest.MonkeyPatch) -> None:
    report, files = told()
    monkeypatch.setattr(picturing, "ROOM", 100_000)
    pictures = picturing.pictures_of(report, files)
    assert 0 < len(pictures) < len(wanted(report))
    assert sum(len(p.data) for p in pictures.values()) <= 100_000
