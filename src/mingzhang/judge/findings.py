"""Findings: what the proof located, worded for the people who have to mend it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from mingzhang.catalog.messages import both, say
from mingzhang.judge.dropped import dropped_row
from mingzhang.judge.echoes import without_echoes
from mingzhang.judge.mends import Answer, Mend, mends
from mingzhang.judge.weigh import Scale
from mingzhang.judge.words import equation, stated_by
from mingzhang.model.finding import Finding, Suspect
from mingzhang.model.place import Place
from mingzhang.model.relation import Relation
from mingzhang.prove import Cluster, Location, repairs

_CAP = 40  # suspects worded out in one finding; more than that help nobody


def findings(scale: Scale, location: Location) -> list[Finding]:
    """One finding per cluster of contradictions, those left out that only echo another."""
    return without_echoes(scale, list(_told(scale, location)))


def _told(scale: Scale, location: Location) -> Iterator[tuple[Cluster, Finding]]:
    left = repairs(scale.system, location)
    broken = frozenset(w for c in location.clusters for w in c.witnesses)
    for cluster, answers in zip(location.clusters, left, strict=True):
        alone = {
            alternative[0]: answer[alternative[0]]
            for alternative, answer in zip(cluster.alternatives, answers, strict=False)
            if len(alternative) == 1
        }
        made = dropped_row(scale, cluster) if cluster.size > 1 else None
        made = made or _finding(scale, cluster, alone, broken - cluster.witnesses)
        if made is not None and not all(_prior(f) for f in made.figures or ("",)):
            yield cluster, made


def _prior(figure: str) -> bool:
    """True for a figure of an earlier book: what is wrong within it alone is its own report's."""
    return ":" in figure


def _finding(
    scale: Scale, cluster: Cluster, alone: Mapping[int, Answer], broken: frozenset[int]
) -> Finding | None:
    relations = _relations(scale, cluster)
    ids = _evidence(scale, cluster)
    words = "；".join(equation(scale, r, ids) for r in relations[:3]) or _restated(scale, ids)
    places = _places(scale, ids, relations)
    certified = cluster.certified
    usual = [w for w in alone if isinstance(scale.witnesses[w], int)]
    found = sorted(mends(scale, alone, broken), key=lambda m: m.order)
    several = cluster.size > 1
    subject = _subject(scale, cluster, ids)
    if several or not (found or usual):
        suspects = _several(scale, cluster)
        key = "several" if cluster.alternatives else ("unlocated" if ids else "hard")
        messages = both("finding", key, {"count": cluster.size})
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
            "located" if len(found) == 1 else "ambiguous",
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
        messages,
        tuple(dict.fromkeys((*(m.place for m in found[:_CAP]), *places))),
        tuple(dict.fromkeys((*(m.id for m in found), *ids))),
        words,
        tuple(_suspect(m) for m in found[:_CAP]),
        certified,
        subject=subject,
    )


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


def _relations(scale: Scale, cluster: Cluster) -> list[Relation]:
    """The relations of the shortest conflict: what a reader has to look at."""
    if not cluster.conflicts:
        return []
    shortest = min(cluster.conflicts, key=lambda c: (len(c.rows), len(c.witnesses)))
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
    for conflict in sorted(cluster.conflicts, key=lambda c: len(c.rows))[:1]:
        for w in conflict.witnesses:
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


def _places(scale: Scale, ids: Sequence[str], relations: Sequence[Relation]) -> tuple[Place, ...]:
    out: list[Place] = []
    for key in ids:
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
