"""Names → codes: the codes a book prints beside names, for tables and sentences that print none."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from mingzhang.catalog.codes import codes_named, functions
from mingzhang.catalog.normal import bare, plain

FUNCTION = re.compile(r"2\d{2}(?:\d\d){0,2}")
ECONOMIC = re.compile(r"[35]\d{2}(?:\d\d)?")


def scheme_of(code: str) -> str:
    """function (2xx…), economic (3xx, 5xx …) or "" for what is no account code."""
    if FUNCTION.fullmatch(code):
        return "function"
    if ECONOMIC.fullmatch(code):
        return "economic"
    return ""


@dataclass(frozen=True, slots=True)
class Names:
    """bare name -> codes printed beside it in this book, by scheme, in order of appearance."""

    function: Mapping[str, tuple[str, ...]]
    economic: Mapping[str, tuple[str, ...]]

    def codes(self, scheme: str, name: str) -> tuple[str, ...]:
        """Codes of that name: the book's own, else the catalog's."""
        own = (self.function if scheme == "function" else self.economic).get(bare(name), ())
        return own or codes_named(scheme, name)


def gather(pairs: Iterable[tuple[str, str]]) -> Names:
    """Names from (code, name) pairs as printed."""
    found: dict[str, dict[str, dict[str, None]]] = {"function": {}, "economic": {}}
    for code, name in pairs:
        scheme = scheme_of(code)
        if scheme and bare(name):
            found[scheme].setdefault(bare(name), {})[code] = None
    return Names(
        {name: tuple(codes) for name, codes in found["function"].items()},
        {name: tuple(codes) for name, codes in found["economic"].items()},
    )


def follow(labels: Sequence[str], names: Names) -> list[str]:
    """The function codes of a column of names without codes (类 → 款 → 项 in printed order).

    A numbered line (一、) or one whose only reading is a 类 starts a class; the lines below are
    read inside it. "" where no reading fits: never guessed.
    """
    out: list[str] = []
    current = ""
    for label in labels:
        found = names.codes("function", label) if bare(label) else ()
        code = _inside(found, current)
        classes = [c for c in found if len(c) == 3]
        if classes and (not code or re.match(r"[一二三四五六七八九十]+、", plain(label))):
            code = classes[0]
        if code:
            current = code
        out.append(code)
    return out


def _inside(codes: Sequence[str], current: str) -> str:
    """The one code that continues ``current``: a child, a sibling, or a sibling of an ancestor."""
    for prefix in (current, current[:5], current[:3]):
        if len(prefix) < 3:
            continue
        fitting = [c for c in codes if c.startswith(prefix) and len(c) > len(prefix)]
        if fitting:
            nearest = min(len(c) for c in fitting)
            fitting = [c for c in fitting if len(c) == nearest]
            return fitting[0] if len(fitting) == 1 else _later(fitting, current)
    return ""


def _later(codes: Sequence[str], current: str) -> str:
    after = sorted(c for c in codes if c > current)
    return after[0] if after else ""


def known_class(code: str) -> bool:
    """True if the catalog knows the 类 of this function code."""
    return code[:3] in functions()
