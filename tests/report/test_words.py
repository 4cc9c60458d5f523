"""The strings of the renderers: every one in both languages, with the same fields."""

from __future__ import annotations

import re
import tomllib
from importlib.resources import files
from pathlib import Path
from string import Formatter

import pytest

import mingzhang.report
from mingzhang.model.money import Rounding
from mingzhang.model.quantity import COORDINATES
from mingzhang.report.json import schema
from mingzhang.report.view import STATES
from mingzhang.report.words import Words

STRINGS = tomllib.loads(files("mingzhang.report").joinpath("strings.toml").read_text("utf-8"))
ENTRIES = [(section, key) for section, entries in STRINGS.items() for key in entries]
# Sections whose keys are ids of the model, looked up by the id at hand.
BY_ID = {"verdict", "severity", "slip", "rounding", "state", "coordinate", "measure", "stage"}


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


@pytest.mark.parametrize(("section", "key"), ENTRIES)
def test_both_languages_with_the_same_fields(section: str, key: str) -> None:
    entry = STRINGS[section][key]
    assert set(entry) == {"zh", "en"}
    assert entry["zh"] and entry["en"]
    assert fields(entry["zh"]) == fields(entry["en"])


def test_every_id_of_the_model_has_its_words() -> None:
    kinds = schema()["$defs"]["finding"]["properties"]["suspects"]["items"]["properties"]["kind"]
    assert set(kinds["enum"]) - {""} == set(STRINGS["slip"])
    assert {r.value for r in Rounding} <= set(STRINGS["rounding"])
    assert set(COORDINATES) == set(STRINGS["coordinate"])
    assert set(STATES) <= set(STRINGS["state"])
    assert set(schema()["properties"]["verdict"]["enum"]) <= set(STRINGS["verdict"])


def test_no_string_lies_unused() -> None:
    root = Path(next(iter(mingzhang.report.__path__)))
    code = "\n".join(path.read_text("utf-8") for path in root.rglob("*.py"))
    quoted = set(re.findall(r"""["'](\w+)["']""", code))
    assert [f"{s}.{k}" for s, k in ENTRIES if s not in BY_ID and k not in quoted] == []


def test_unknown_ids_are_shown_as_they_are() -> None:
    assert Words("zh").known("slip", "new-kind") == "new-kind"
    with pytest.raises(KeyError):
        Words("zh")("slip", "new-kind")
