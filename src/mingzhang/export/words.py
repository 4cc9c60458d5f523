"""Words: captions of the exported tables and the summary, in Chinese and English (words.toml)."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files


@cache
def _words() -> Mapping[str, Mapping[str, Mapping[str, str]]]:
    text = files("mingzhang.export").joinpath("words.toml").read_text("utf-8")
    loaded: Mapping[str, Mapping[str, Mapping[str, str]]] = tomllib.loads(text)
    return loaded


def word(section: str, key: str, lang: str, **fields: object) -> str:
    """The words ``section.key`` in ``lang`` ("zh", "en"), {fields} filled. Raises KeyError."""
    return _words()[section][key][lang].format(**fields)


def known(section: str, key: str, lang: str) -> str:
    """The words ``section.key``, or the key itself where nobody wrote any."""
    found = _words()[section].get(key)
    return key if found is None else found[lang]
