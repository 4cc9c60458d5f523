"""Telling: what is wrong or missing in an evaluation, worded by the catalog (zh, en)."""

from __future__ import annotations

from mingzhang.catalog.source import table
from mingzhang.model.evidence import Fault

_FILES = ("scoring.toml", "evaluation.toml")
LANGUAGES = ("zh", "en")


def told(code: str, section: str = "fault", /, **fields: object) -> Fault:
    """What [fault] (or another ``section``) of catalog/scoring.toml or evaluation.toml has under
    ``code``, its {fields} filled. Raises KeyError for an unknown code.
    """
    for name in _FILES:
        row = table(name).get(section, {}).get(code)
        if row is not None:
            return Fault(code, {lang: row[lang].format_map(fields) for lang in LANGUAGES})
    raise KeyError(code)


def phrase(name: str, section: str, key: str, /, **fields: object) -> dict[str, str]:
    """The phrase [section].key of a catalog file by language, its {fields} filled. Raises KeyError."""
    row = table(name)[section][key]
    return {lang: row[lang].format_map(fields) for lang in LANGUAGES}
