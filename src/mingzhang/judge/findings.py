"""Findings: what the proof located, worded for the people who have to mend it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from mingzhang.catalog.messages import both, say
from mingzhang.judge.dropped import dropped_row
from mingzhang.judge.echoes import without_echoes
from mingzhang.judge.mends import Answer, Mend, mends
from mingzhang.judge.others import JOINS, join_of, of_another, sentence
from mingzhang.judge.others import equation as equation_of
from mingzhang.judge.others import places as places_of
from mingzhang.judge.weigh import Scale
from mingzhang.judge.words import equation, stated_by
from mingzhang.model.finding import Finding, Suspect
from mingzhang.model.place import Place
from mingzhang.model.relation import Relation
from mingzhang.prove import Cluster, Conflict, Location, repairs

_CAP = 40  # suspects worded out in one finding; more than that help nobody


def findings(scale: Scale, location: Location) -> list[Finding]:
    """One finding per cluster of contradictions, those left out that only echo another."""
    return without_echoes(scale, list(_told(scale, location)))


def _told(scale: Scale, location: Location) -> Iterator[tuple[Cluster, Finding]]:
    left = repairs(scale.system, location)
    broken = frozenset(w for c in location.clusters for w in c.witnesses)
    for cluster, answers in zip(location.clusters, left, strict=True):
        if of_another(scale, cluster):
            continue
        alone = {
            alternative[0]: answer[alternative[0]]
            for alternative, answer in zip(cluster.alternatives, answers, strict=False)
            if len(alternative) == 1
        }
        made = dropped_row(scale, cluster) if cluster.size > 1 else None
        made = made or _finding(scale, cluster, alone, broken - cluster.witnesses)
        if made is not None:
            yield cluster, made


def _prior(figure: str) -> bool:
    """True for a figure of another book."""
    return ":" in figure


def _finding(
    scale: Scale, cluster: Cluster, alone: Mapping[int, Answer], broken: frozenset[int]
) -> Finding | None:
    relations = _relations(scale, cluster)
    ids = _evidence(scale, cluster)
    certified = cluster.certified
    usual = [w for w in alone if isinstance(scale.witnesses[w], int)]
    freed = [i for w in usual if isinstance(i := scale.witnesses[w], int)]
    join = join_of(scale, relations, freed)
    places = _places(scale, ids, relations, join)
    words = _equations(scale, relations, ids, join)
    # of two books that disagree, this one is looked at first
    found = sorted(mends(scale, alone, broken), key=lambda m: (_prior(m.id), m.order))
    several = cluster.size > 1
    subject = _subject(scale, cluster, ids)
    if several or not (found or usual):
        suspects = _several(scale, cluster)
        key = "several" if cluster.alternatives else ("unlocated" if ids else "hard")
        key += "-two" if key == "several" and join is not None else ""
        messages = _beside(scale, join, both("finding", key, {"count": cluster.size}))
        severity = "error" if not _only_usual(scale, cluster) else "warning"
        return Finding(
            "MZ001",
            severity,
            messages,
            places,
            tuple(ids),
            words,
            suspects,
            certified,
            subject=subject,
        )
    if usual and join is not None:
        return Finding(
            "MZ004",
            "note" if ("confidence", "memory") in join.reason.params else "warning",
            {lang: sentence(scale, join, lang) for lang in ("zh", "en")},
            places,
            tuple(ids),
            words,
            tuple(_suspect(m) for m in found[:_CAP]),
            certified,
            subject=subject,
        )
    if usual:
        relation = scale.relations[int(scale.witnesses[usual[0]])]
        if not found and relation.certain:
            return (
                None  # our reading of a list was wrong, not the book (see weigh._READ_FROM_WORDS)
            )
        messages = {
            lang: say(
                "finding",
                "usual",
                lang,
                {
                    "relation": say(
                        "relation", relation.reason.kind, lang, dict(relation.reason.params)
                    )
                },
            )
            for lang in ("zh", "en")
        }
        return Finding(
            "MZ003",
            "warning",
            messages,
            places,
            tuple(ids),
            words,
            tuple(_suspect(m) for m in found[:_CAP]),
            certified,
            subject=subject,
        )
    first = found[0]
    messages = {
        lang: say(
            "finding",
            ("located" if len(found) == 1 else "ambiguous") + ("" if join is None else "-two"),
            lang,
            {
                "text": first.printed.text,
                "label": first.label,
                "count": len(found),
                "range": _range(first, lang),
                "slip": say("slip", first.kind or "none", lang, {}),
            },
        )
        for lang in ("zh", "en")
    }
    return Finding(
        "MZ001",
        "error",
        _beside(scale, join, messages),
        tuple(dict.fromkeys((*(m.place for m in found[:_CAP]), *places))),
        tuple(dict.fromkeys((*(m.id for m in found), *ids))),
        words,
        tuple(_suspect(m) for m in found[:_CAP]),
        certified,
        subject=subject,
    )


def _beside(scale: Scale, join: Relation | None, messages: Mapping[str, str]) -> dict[str, str]:
    """The messages, with what the other book prints where the contradiction is between two."""
    if join is None:
        return dict(messages)
    return {
        lang: say(
            "finding", "beside", lang, {"first": words, "second": sentence(scale, join, lang)}
        )
        for lang, words in messages.items()
    }


def _subject(scale: Scale, cluster: Cluster, ids: Sequence[str]) -> str:
    """What the finding is about, in words that the next draft keeps: quantities and printed texts."""
    single = [scale.witnesses[a[0]] for a in cluster.alternatives if len(a) == 1]
    keys = [k for k in single if isinstance(k, str)] or list(ids)
    out = set()
    for key in keys:
        one = scale.printings[key].figure
        quantity = None if one is None else one.quantity
        key_of = "" if quantity is None else quantity.key
        out.add("" if one is None else f"{one.text} {one.label} {key_of}")
    return "; ".join(sorted(out))


def _only_usual(scale: Scale, cluster: Cluster) -> bool:
    """True if freeing uncertain relations alone would do."""
    return any(
        all(isinstance(scale.witnesses[w], int) for w in alternative)
        for alternative in cluster.alternatives
    )


def _equations(
    scale: Scale, relations: Sequence[Relation], ids: Sequence[str], join: Relation | None
) -> str:
    """The equations that do not hold, the one between two books first."""
    between = "" if join is None else equation_of(scale, join)
    shown = [r for r in relations[:3] if not (between and r.reason.kind in JOINS)]
    words = [w for w in (between, *(equation(scale, r, ids) for r in shown)) if w]
    return "；".join(words) or _restated(scale, ids)


def _shortest(scale: Scale, cluster: Cluster) -> Conflict:
    """The conflict that is easiest to follow: inside one book if it can be, and with few relations."""

    def order(conflict: Conflict) -> tuple[bool, int, int]:
        indices = [i for r in conflict.rows if (i := scale.row_relation[r]) is not None]
        joined = any(scale.relations[i].reason.kind in JOINS for i in indices)
        return joined, len(conflict.rows), len(conflict.witnesses)

    return min(cluster.conflicts, key=order)


def _relations(scale: Scale, cluster: Cluster) -> list[Relation]:
    """The relations of the shortest conflict: what a reader has to look at."""
    if not cluster.conflicts:
        return []
    shortest = _shortest(scale, cluster)
    out = []
    for row in shortest.rows:
        index = scale.row_relation[row]
        if index is not None and scale.relations[index].reason.kind != "difference":
            out.append(scale.relations[index])
    if not out:
        out = [
            scale.relations[i] for r in shortest.rows if (i := scale.row_relation[r]) is not None
        ]
    return out


def _evidence(scale: Scale, cluster: Cluster) -> list[str]:
    """Ids of the printings in the shortest conflict and in all single alternatives."""
    out: dict[str, None] = {}
    for alternative in cluster.alternatives:
        for w in alternative:
            key = scale.witnesses[w]
            if isinstance(key, str):
                out[key] = None
    if cluster.conflicts:
        for w in _shortest(scale, cluster).witnesses:
            key = scale.witnesses[w]
            if isinstance(key, str):
                out[key] = None
    return list(out)


def _restated(scale: Scale, ids: Sequence[str]) -> str:
    """One quantity printed with different values."""
    shown = []
    for key in ids:
        figure = scale.printings[key].figure
        if figure is not None:
            shown.append(f"{figure.text}{figure.unit}")
    return " ≠ ".join(dict.fromkeys(shown))


def _places(
    scale: Scale, ids: Sequence[str], relations: Sequence[Relation], join: Relation | None
) -> tuple[Place, ...]:
    out: list[Place] = [] if join is None else list(places_of(scale, join))
    for key in sorted(ids, key=_prior):
        printing = scale.printings[key]
        one = printing.figure or printing.blank
        assert one is not None
        out.append(one.place)
    for relation in relations:
        out.extend(relation.reason.places)
        for quantity, _ in relation.terms:
            figure = stated_by(scale, quantity)
            if figure is not None:
                out.append(figure.place)
    return tuple(dict.fromkeys(out))


def _several(scale: Scale, cluster: Cluster) -> tuple[Suspect, ...]:
    """Where no single change mends the book: the figures that every smallest set has (with no value,
    for one depends on the other); none if the sets have none in common."""
    common = (
        set.intersection(*(set(a) for a in cluster.alternatives)) if cluster.alternatives else ()
    )
    keys = [scale.witnesses[w] for w in sorted(common)]
    return tuple(Suspect(k, None, None, "") for k in keys if isinstance(k, str))


def _suspect(mend: Mend) -> Suspect:
    low, high = mend.in_unit()
    return Suspect(mend.id, low, high, mend.kind)


def _range(mend: Mend, lang: str) -> str:
    low, high = mend.in_unit()
    facts = {
        "unit": mend.printed.unit.value,
        "low": "" if low is None else f"{low:,f}",
        "high": "" if high is None else f"{high:,f}",
    }
    if low is None and high is None:
        key = "any"
    elif low == high:
        key = "exact"
    elif low is None:
        key = "most"
    elif high is None:
        key = "least"
    else:
        key = "between"
    return say("range", key, lang, facts)
