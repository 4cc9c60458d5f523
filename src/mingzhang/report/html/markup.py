"""Markup: HTML built from escaped parts. Only what is an ``Html`` goes in unescaped."""

from __future__ import annotations

import html
import json
from collections.abc import Iterable
from typing import Any

BOOK_LANG = "zh-CN"  # the language books are printed in, which a page need not be (WCAG 3.1.2)
_VOID = frozenset(("br", "hr", "input", "meta", "link", "img", "col"))


class Html(str):
    """Text that is already markup."""

    __slots__ = ()


Part = str | None | Iterable["Part"]


def join(*parts: Part) -> Html:
    """The parts one after the other; plain strings are escaped, None is left out."""
    out: list[str] = []
    for part in parts:
        if isinstance(part, Html):
            out.append(part)
        elif isinstance(part, str):
            out.append(html.escape(part))
        elif part is not None:
            out.append(join(*part))
    return Html("".join(out))


def tag(name: str, /, *parts: Part, **attributes: str | int | bool | None) -> Html:
    """``<name attributes>parts</name>``.

    In attribute names a trailing _ is dropped and other _ become -; True gives the bare attribute,
    None and False none.
    """
    given = []
    for key, value in attributes.items():
        attribute = key.rstrip("_").replace("_", "-")
        if value is True:
            given.append(f" {attribute}")
        elif value is not None and value is not False:
            given.append(f' {attribute}="{html.escape(str(value))}"')
    opened = f"<{name}{''.join(given)}>"
    if name in _VOID:
        return Html(opened)
    return Html(f"{opened}{join(*parts)}</{name}>")


def embedded_json(data: Any) -> Html:
    """``data`` as JSON that is inert inside a script element, whatever strings it holds."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return Html(text)
