"""Words: what reviewing and comparing say, in Chinese and English (words.toml)."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

LANGUAGES = ("zh", "en")


@cache
def _words() -> Mapping[str, Mapping[str, Mapping[str, str]]]:
    text = files("mingzhang.review").joinpath("words.toml").read_text("utf-8")
    loaded: Mapping[str, Mapping[str, Mapping[str, str]]] = tomllib.loads(text)
    return loaded


def word(section: str, key: str, lang: str, **fields: object) -> str:
    """The words ``section.key`` in ``lang`` ("zh", "en"), {fields} filled. Raises KeyError."""
    return _words()[section][key][lang].format(**fields)


def both(section: str, key: str, **fields: object) -> dict[str, str]:
    """The words in every language."""
    return {lang: word(section, key, lang, **fields) for lang in LANGUAGES}
