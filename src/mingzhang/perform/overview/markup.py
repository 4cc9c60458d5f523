"""Markup 标记: HTML and SVG elements from escaped parts. Only what is ``Html`` goes in as it is."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape


class Html(str):
    """Text that is already markup."""

    __slots__ = ()


Part = str | None | Iterable["Part"]
_EMPTY = frozenset(("meta", "line", "rect", "circle", "path", "polyline", "polygon"))


def join(*parts: Part) -> Html:
    """The parts one after the other; plain text is escaped, None is left out."""
    out: list[str] = []
    for part in parts:
        if isinstance(part, Html):
            out.append(part)
        elif isinstance(part, str):
            out.append(escape(part))
        elif part is not None:
            out.append(join(*part))
    return Html("".join(out))


def tag(name: str, /, *parts: Part, **attributes: str | float | None) -> Html:
    """``<name attributes>parts</name>``; a trailing _ of an attribute's name is dropped, other _
    become -; None leaves it out. Numbers are written with at most two decimals."""
    given = []
    for key, value in attributes.items():
        if value is not None:
            text = value if isinstance(value, str) else number(value)
            given.append(f' {key.rstrip("_").replace("_", "-")}="{escape(text)}"')
    opened = f"<{name}{''.join(given)}"
    if name in _EMPTY:
        return Html(f"{opened}>" if name == "meta" else f"{opened}/>")
    return Html(f"{opened}>{join(*parts)}</{name}>")


def number(value: float) -> str:
    """A coordinate, the same on every machine."""
    return f"{value:.2f}".rstrip("0").rstrip(".")
