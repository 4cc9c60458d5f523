"""Marks: where a finding points, worst first, and how each such place is named."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from mingzhang.model.document import Run
from mingzhang.model.finding import Finding
from mingzhang.model.place import Place
from mingzhang.report.view import View

KINDS = ("suspect", "place", "involved")


@dataclass(frozen=True, slots=True)
class Mark:
    """One place of a finding. kind: suspect 疑点; place, what a rule of form points at; involved,
    the other figures of the relation. ``figure`` is the id of the figure or blank there, or ""."""

    place: Place
    kind: str
    figure: str = ""


def marks_of(view: View, finding: Finding) -> tuple[Mark, ...]:
    """Every place of ``finding`` once: suspects, then what it points at, then what is involved."""
    seen: dict[Place, Mark] = {}
    for mark in _given(view, finding):
        seen.setdefault(mark.place, mark)
    return tuple(sorted(seen.values(), key=lambda mark: KINDS.index(mark.kind)))


def _given(view: View, finding: Finding) -> Iterator[Mark]:
    for suspect in finding.suspects:
        one = view.printing(suspect.figure)
        if one is not None:
            yield Mark(one.place, "suspect", one.id)
    # beside an equation the places are its figures; without one they are what is meant
    kind = "involved" if finding.equation else "place"
    for place in finding.places:
        one = view.at(finding, place)
        yield Mark(place, kind, "" if one is None else one.id)
        if one is None:
            yield from (Mark(rest, kind) for rest in _continued(view, place))
    for named in finding.figures:
        one = view.printing(named)
        if one is not None:
            yield Mark(one.place, "involved", one.id)


def _continued(view: View, place: Place) -> Iterator[Place]:
    """Where the words of a place go on: on the lines below it, which its box does not hold."""
    for paragraph in view.report.book.paragraphs if place.box is not None else ():
        for number, run in enumerate(paragraph.runs):
            first = _begins(run, place)
            if first is None or not place.excerpt.startswith(run.text[first:]):
                continue
            left = len(place.excerpt) - len(run.text[first:])
            for below in paragraph.runs[number + 1 :]:
                if left <= 0:
                    return
                yield below.at(0, min(left, len(below.text)))
                left -= len(below.text)
            return


def _begins(run: Run, place: Place) -> int | None:
    """The position in a run at which a place with a box begins; None if not in this run."""
    other = run.place
    if (other.source, other.page) != (place.source, place.page) or run.edges is None:
        return None
    if other.box is None or place.box is None:
        return None
    if abs(other.box[1] - place.box[1]) > 1 or abs(other.box[3] - place.box[3]) > 1:
        return None
    near = [i for i, x in enumerate(run.edges[:-1]) if abs(x - place.box[0]) < 0.1]
    return near[0] if near else None
