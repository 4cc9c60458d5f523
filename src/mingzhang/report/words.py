"""Words: what renderers say in their own name, by language, as data (strings.toml)."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

LANGUAGES = ("zh", "en")


@cache
def _strings() -> Mapping[str, Mapping[str, Mapping[str, str]]]:
    text = files("mingzhang.report").joinpath("strings.toml").read_text("utf-8")
    loaded: Mapping[str, Mapping[str, Mapping[str, str]]] = tomllib.loads(text)
    return loaded


@dataclass(frozen=True, slots=True)
class Words:
    """The strings of one language. Raises ValueError for a language that nobody wrote."""

    lang: str = "zh"

    def __post_init__(self) -> None:
        if self.lang not in LANGUAGES:
            raise ValueError(f"no such language: {self.lang!r} (there are {', '.join(LANGUAGES)})")

    def __call__(self, section: str, key: str, **fields: object) -> str:
        """The string ``section.key`` with its {fields} filled. Raises KeyError if there is none."""
        return _strings()[section][key][self.lang].format(**fields)

    def known(self, section: str, key: str) -> str:
        """The string ``section.key``, or the key itself where nobody wrote one."""
        found = _strings()[section].get(key)
        return key if found is None else found[self.lang]

    def joined(self, parts: list[str]) -> str:
        """A list inside a sentence: 甲、乙、丙 / a, b, c."""
        return self("lang", "joint").join(parts)
