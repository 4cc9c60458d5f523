"""What is said when a catalog of one's own cannot be used: a sentence in both languages."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files


class CatalogRefused(Exception):
    """A catalog of one's own that cannot be used 自己的目录数据不能用.

    ``what`` is the kind of trouble (a key of refusals.toml), ``messages`` the sentence by language.
    """

    def __init__(self, what: str, messages: Mapping[str, str]) -> None:
        super().__init__(messages["en"])
        self.what = what
        self.messages = dict(messages)

    def message_in(self, lang: str) -> str:
        """The sentence in ``lang`` ("zh" or "en"; English if the language is not known)."""
        return self.messages.get(lang, self.messages["en"])

    def adding(self, what: str, **words: object) -> CatalogRefused:
        """The same refusal with a second sentence after the first."""
        more = refused(what, **words).messages
        return CatalogRefused(self.what, {k: text + more[k] for k, text in self.messages.items()})


@cache
def _sentences() -> Mapping[str, Mapping[str, str]]:
    # not through catalog.source: these are wanted when that has failed
    text = files("mingzhang.catalog").joinpath("refusals.toml").read_text("utf-8")
    return tomllib.loads(text)


def refused(what: str, **words: object) -> CatalogRefused:
    """The refusal ``what`` with its {fields} filled. Raises KeyError for one without a sentence."""
    return CatalogRefused(what, {k: t.format_map(words) for k, t in _sentences()[what].items()})
