"""Promises 不许拿走: what an overlay may not do though it only adds.

A word or a title that Mingzhang understands keeps its meaning: given to something else, it would
silently take away relations that a book is checked by. And what is added has to hold together.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from mingzhang.catalog.normal import bare
from mingzhang.catalog.refused import refused

Tables = Mapping[str, Mapping[str, Any]]

_DIMENSIONS, _HEADERS = "dimensions.toml", "headers.toml"
_STATEMENTS, _LAYOUTS, _NARRATIVE = "statements.toml", "layouts.toml", "narrative.toml"


def keep(ours: Tables, theirs: Tables, folder: str) -> None:
    """Raises CatalogRefused for the first promise that ``theirs`` (merged with ours already, file by
    file, without a refusal) would break."""
    _words(ours, theirs, folder)
    _within(ours, theirs, f"{folder}/{_DIMENSIONS}")
    _titles(ours, theirs, f"{folder}/{_STATEMENTS}")
    _families(ours, theirs, f"{folder}/{_LAYOUTS}")
    phrases = theirs.get(_NARRATIVE, {}).get("template", {}).get("phrases", ())
    for pattern in phrases:
        _pattern(pattern, f"{folder}/{_NARRATIVE}", "template.phrases")


def _words(ours: Tables, theirs: Tables, folder: str) -> None:
    """A label, header word, word or phrase of a sentence of ours means what it means."""
    phrases = [f"{_NARRATIVE}:{section}" for section in theirs.get(_NARRATIVE, {})]
    for spaces in (
        (_DIMENSIONS, _HEADERS),
        (_DIMENSIONS, f"{_NARRATIVE}:words"),
        *((p,) for p in phrases),
    ):
        owners: dict[str, dict[str, None]] = {}
        for space in spaces:
            for key, words in _lists(ours, space):
                for word in words:
                    owners.setdefault(bare(word), {})[key] = None
        for space in spaces:
            for key, words in _lists(theirs, space):
                for word in words:
                    mine = owners.get(bare(word), {key: None})
                    if key not in mine:
                        where = f"{folder}/{space.partition(':')[0]}"
                        owner = "、".join(mine)
                        raise refused("label-taken", where=where, word=word, owner=owner, key=key)


def _lists(tables: Tables, space: str) -> Iterator[tuple[str, Sequence[str]]]:
    """(what they mean, words) of a file or a section of one. A fund has one name in tables and in
    sentences."""
    name, _, section = space.partition(":")
    held = tables.get(name, {})
    if name == _DIMENSIONS:
        for dimension, values in held.items():
            for value, node in values.items():
                yield f"{dimension}.{value}", node.get("labels", ())
    elif section == "words":
        for kind, lists in held.get("words", {}).items():
            for key, words in lists.items():
                yield f"{kind}.{key}", words
    else:
        before = f"{section}." if section else ""
        for key, words in (held.get(section, {}) if section else held).items():
            if isinstance(words, list) and all(isinstance(w, str) for w in words):
                yield f"{before}{key}", words


def _within(ours: Tables, theirs: Tables, where: str) -> None:
    """A new value is a part or a subset of one that there is, or of the whole."""
    for dimension, added in theirs.get(_DIMENSIONS, {}).items():
        known = {**added, **ours[_DIMENSIONS][dimension]}
        hows = sorted({v["how"] for v in ours[_DIMENSIONS][dimension].values()} | {"part"})
        for value, node in added.items():
            if value in ours[_DIMENSIONS][dimension]:
                continue
            key = f"{dimension}.{value}"
            _one_of(node["how"], hows, where, f"{key}.how")
            _one_of(node["within"], ["", *known], where, f"{key}.within")
            above, seen = node["within"], {value}
            while above:
                if above in seen:
                    raise refused("circle", where=where, key=key)
                seen.add(above)
                above = known[above]["within"] if above in known else ""


def _titles(ours: Tables, theirs: Tables, where: str) -> None:
    """A title that Mingzhang's own layouts have stays what it is."""
    rows = sorted({kind["rows"] for kind in ours[_STATEMENTS]["kind"]})
    titles = {
        title: kind
        for family in ours[_LAYOUTS]["family"].values()
        for kind, title in family["statements"]
    }
    for kind in theirs.get(_STATEMENTS, {}).get("kind", ()):
        key = f"kind.{kind['id']}"
        _one_of(kind["rows"], rows, where, f"{key}.rows")
        for pattern in kind["title"]:
            compiled = _pattern(pattern, where, key)
            taken = next((t for t in titles if compiled.fullmatch(t)), None)
            if taken is not None:
                raise refused(
                    "title-taken",
                    where=where,
                    key=key,
                    pattern=pattern,
                    title=taken,
                    owner=titles[taken],
                )


def _families(ours: Tables, theirs: Tables, where: str) -> None:
    """A family lists statements of known kinds, for a stage that there is."""
    kinds = [
        kind["id"] for half in (ours, theirs) for kind in half.get(_STATEMENTS, {}).get("kind", ())
    ]
    stages = sorted({f["stage"] for f in ours[_LAYOUTS]["family"].values()})
    for name, family in theirs.get(_LAYOUTS, {}).get("family", {}).items():
        key = f"family.{name}"
        _one_of(family["stage"], stages, where, f"{key}.stage")
        for statement in family["statements"]:
            if len(statement) != 2:
                _one_of("、".join(statement), ["[kind, title]"], where, f"{key}.statements")
            _one_of(statement[0], kinds, where, f"{key}.statements")


def _one_of(value: str, known: Sequence[str], where: str, key: str) -> None:
    if value not in known:
        listed = "、".join(k or repr(k) for k in known)
        raise refused("unknown-value", where=where, key=key, value=value, known=listed)


def _pattern(pattern: str, where: str, key: str) -> re.Pattern[str]:
    try:
        return re.compile(pattern)
    except re.error as error:
        raise refused(
            "pattern", where=where, key=key, pattern=pattern, detail=str(error)
        ) from error
