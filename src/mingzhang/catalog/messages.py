"""Messages: every sentence said to a user, in Chinese and English, as data (messages.toml)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from string import Formatter

from mingzhang.catalog.source import table


@cache
def _messages() -> Mapping[str, Mapping[str, Mapping[str, str]]]:
    loaded = table("messages.toml")
    # why a figure in a sentence was not understood is kept with the words of sentences
    return {**loaded, "unread": {**table("narrative.toml")["unread"], **loaded["unread"]}}


def say(section: str, key: str, lang: str, params: Mapping[str, object]) -> str:
    """The sentence ``section.key`` in ``lang`` with its {fields} filled.

    Raises KeyError for a sentence that is not in the catalog, and for a field without a value.
    """
    template = _messages()[section][key][lang]
    return Formatter().vformat(template, (), params)


def both(section: str, key: str, params: Mapping[str, object]) -> dict[str, str]:
    """The sentence in every language of the catalog."""
    return {lang: say(section, key, lang, params) for lang in ("zh", "en")}
