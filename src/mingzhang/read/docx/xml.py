"""WordprocessingML by local names, so that the transitional and the strict namespace read alike."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

_TRANSPARENT = {
    *("sdt", "sdtContent", "customXml", "smartTag", "hyperlink", "fldSimple", "bdo", "dir"),
    *("ins", "moveTo"),
}
_GONE = {"del", "moveFrom"}  # tracked changes, as if accepted


def local(element: etree._Element) -> str:
    """The name of an element without its namespace; "" for comments and the like."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attribute(element: etree._Element | None, name: str = "val") -> str | None:
    """The attribute of that local name; None if the element or the attribute is not there."""
    if element is None:
        return None
    return next(
        (str(v) for k, v in element.attrib.items() if str(k).rpartition("}")[2] == name), None
    )


def child(element: etree._Element | None, *path: str) -> etree._Element | None:
    """The first child of that local name; through a path of them."""
    for name in path:
        if element is None:
            return None
        element = next(element.iterchildren(f"{{*}}{name}"), None)
    return element


def number(element: etree._Element | None, name: str = "val") -> int | None:
    """The whole number in an attribute; None if there is none."""
    text = attribute(element, name)
    return int(text) if text is not None and re.fullmatch(r"-?[0-9]{1,9}", text) else None


def is_on(element: etree._Element | None) -> bool:
    """A toggle property: there, and not switched off."""
    return element is not None and attribute(element) not in ("0", "false", "off", "none")


def contents(element: etree._Element) -> Iterator[etree._Element]:
    """The children that count once wrappers are opened and tracked changes accepted."""
    for item in element:
        name = local(item)
        if name in _TRANSPARENT:
            yield from contents(item)
        elif name == "AlternateContent":
            chosen = child(item, "Choice")
            yield from contents(chosen if chosen is not None else item)
        elif name == "Fallback":
            yield from contents(item)
        elif name and name not in _GONE:
            yield item


def is_tracked(root: etree._Element) -> bool:
    """True if the text holds tracked changes."""
    return next(root.iter("{*}ins", "{*}del", "{*}moveFrom", "{*}moveTo"), None) is not None
