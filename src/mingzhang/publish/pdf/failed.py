"""Why a PDF could not be made, in both languages (catalog/publish.toml)."""

from __future__ import annotations

from collections.abc import Mapping

from mingzhang.catalog.source import table


class PublishFailed(Exception):
    """A file that could not be made 生成失败; nothing of it was written.

    ``what`` is the kind of trouble (a key of ``failed`` in catalog/publish.toml), ``messages`` the
    sentence by language.
    """

    def __init__(self, what: str, messages: Mapping[str, str]) -> None:
        super().__init__(messages["en"])
        self.what = what
        self.messages = dict(messages)

    def message_in(self, lang: str) -> str:
        """The sentence in ``lang`` ("zh" or "en"; English if the language is not known)."""
        return self.messages.get(lang, self.messages["en"])


def failed(what: str, **words: object) -> PublishFailed:
    """The failure ``what`` with its {fields} filled. Raises KeyError for one without a sentence."""
    sentences = table("publish.toml")["failed"][what]
    return PublishFailed(what, {lang: str(t).format(**words) for lang, t in sentences.items()})
