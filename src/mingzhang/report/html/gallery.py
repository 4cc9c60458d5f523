"""Pictures of pages in the report: a crop beside each finding, and every page whole with its boxes.

A picture is in the file once, in the whole page; crops show it again (SVG ``use``).
"""

from __future__ import annotations

import base64
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from mingzhang.model.figure import Figure
from mingzhang.model.finding import Finding
from mingzhang.report.html.figures import anchor, href
from mingzhang.report.html.marks import KINDS, Mark, marks_of
from mingzhang.report.html.markup import Html, Part, join, tag
from mingzhang.report.pictures import PageKey, Picture, Pictures
from mingzhang.report.view import View

Box = tuple[float, float, float, float]

# Points. A crop is wide enough to show the words around a figure, and no wider than can be read in
# a column of the report; marks further apart than GAP get crops of their own.
AROUND = (96.0, 30.0)
LEAST = (390.0, 84.0)
GAP = 110.0
CROPS = 4


@dataclass(frozen=True)
class Gallery:
    """The pictures of a report, by page, and what is marked on each."""

    view: View
    pictures: Pictures

    @cached_property
    def _files(self) -> Mapping[str, int]:
        return {d.source: n for n, d in enumerate(self.view.report.book.documents)}

    @cached_property
    def keys(self) -> Sequence[PageKey]:
        """The pages that have a picture, in the order of the book."""
        known = (key for key in self.pictures if key[0] in self._files)
        return sorted(known, key=lambda key: (self._files[key[0]], key[1]))

    def page_id(self, key: PageKey) -> str:
        """The element id of a page: page-18, of the second file page-2-18."""
        file = self._files.get(key[0], 0)
        return f"page-{key[1]}" if file == 0 else f"page-{file + 1}-{key[1]}"

    @cached_property
    def marked(self) -> Mapping[PageKey, Mapping[Box, list[tuple[Finding, Mark]]]]:
        """page -> box -> the findings that mark it."""
        out: dict[PageKey, dict[Box, list[tuple[Finding, Mark]]]] = {}
        for finding in self.view.findings:
            for mark in marks_of(self.view, finding):
                key = _key(mark)
                if key in self.pictures and mark.place.box is not None:
                    out.setdefault(key, {}).setdefault(mark.place.box, []).append((finding, mark))
        return out

    @cached_property
    def _figures_of(self) -> Mapping[PageKey, list[Figure]]:
        out: dict[PageKey, list[Figure]] = {}
        for figure in self.view.figures.values():
            if figure.place.page is not None:
                out.setdefault((figure.place.source, figure.place.page), []).append(figure)
        return out

    def shows(self, mark: Mark) -> bool:
        """Whether there is a picture of the place."""
        return mark.place.box is not None and _key(mark) in self.pictures

    def crops(self, finding: Finding, marks: Sequence[Mark]) -> list[Html]:
        """Pictures of the places of ``finding``, those with a suspect first."""
        groups = [group for group in _groups(marks) if self.shows(group[0])]
        return [self._crop(finding, group) for group in groups[:CROPS]]

    def _crop(self, finding: Finding, marks: Sequence[Mark]) -> Html:
        view, key = self.view, _key(marks[0])
        picture = self.pictures[key]
        x0, y0, x1, y1 = _window([_box(m) for m in marks], picture)
        page = view.where(marks[0].place)
        told = view.words.joined(
            [m.place.excerpt.strip() or view.words("relation", "empty_cell") for m in marks]
        )
        drawn = tag(
            "svg",
            tag("use", href=f"#picture-{self.page_id(key)}"),
            [_frame(_box(m), m.kind) for m in reversed(marks)],
            viewBox=f"{x0:.0f} {y0:.0f} {x1 - x0:.0f} {y1 - y0:.0f}",
            role="img",
            aria_label=view.words("page", "picture_of", page=page, text=told),
        )
        return tag(
            "a",
            drawn,
            tag("span", page, tag("i", " · ", view.words("page", "whole_page"))),
            href=f"#{self.page_id(key)}",
            class_="crop",
            data_finding=finding.fingerprint,
        )

    def section(self) -> Html:
        """Every pictured page whole, with boxes that lead to the findings and to the figures."""
        words = self.view.words
        return tag(
            "section",
            tag("h2", words("page", "pages_title"), id="pages-title", class_="unseen"),
            tag("p", words("page", "pages_hint"), class_="hint"),
            [self._page(key) for key in self.keys],
            id="pages",
            aria_labelledby="pages-title",
        )

    def _page(self, key: PageKey) -> Html:
        view, picture, page = self.view, self.pictures[key], self.page_id(key)
        marked = self.marked.get(key, {})
        data = base64.b64encode(picture.data).decode("ascii")
        size = {"width": f"{picture.width:.2f}", "height": f"{picture.height:.2f}"}
        image = tag(
            "image", id=f"picture-{page}", href=f"data:{picture.media};base64,{data}", **size
        )
        files = view.report.book.documents
        name = view.words("place", "page", page=key[1])
        if len(files) > 1:
            name = f"{files[self._files[key[0]]].name} {name}"
        drawn = tag(
            "svg",
            image,
            list(self._figures(key, marked)),
            [self._box(box, found) for box, found in _worst_last(marked)],
            viewBox=f"0 0 {picture.width:.2f} {picture.height:.2f}",
            role="group",
            aria_label=name,
        )
        listed: dict[str, Finding] = {
            f.fingerprint: f for found in marked.values() for f, _ in found
        }
        items = [
            _listed(view, finding) for finding in view.findings if finding.fingerprint in listed
        ]
        return tag(
            "figure",
            tag("figcaption", tag("h3", name), tag("ul", items)),
            drawn,
            id=page,
            tabindex=-1,
            class_="page",
        )

    def _figures(self, key: PageKey, marked: Mapping[Box, object]) -> Iterator[Html]:
        """Every other figure of the page, by its state."""
        view = self.view
        for figure in self._figures_of.get(key, ()):
            place = figure.place
            if place.box is None or place.box in marked:
                continue
            state = view.state(figure.id)
            told = f"{figure.text} · {view.words('state', state)}"
            frame = tag("rect", tag("title", told), **_sides(place.box, 0.0))
            # one stop of the Tab key is a finding; the figures are reached in the book as read
            link = href(anchor(figure.id))
            yield tag("a", frame, href=link, class_=f"fig {state}", tabindex=-1, aria_label=told)

    def _box(self, box: Box, found: Sequence[tuple[Finding, Mark]]) -> Html:
        finding, mark = found[0]
        told = self.view.words.joined(
            [f"{f.rule} {f.message_in(self.view.words.lang)}" for f, _ in found]
        )
        prints = " ".join(dict.fromkeys(f.fingerprint for f, _ in found))
        return tag(
            "a",
            tag("title", told),
            _frame(box, mark.kind),
            href=f"#finding-{finding.fingerprint}",
            class_=f"box {finding.severity}",
            data_findings=prints,
            aria_label=f"{mark.place.excerpt.strip()}: {told}",
        )


def _listed(view: View, finding: Finding) -> Html:
    badge = tag("span", finding.rule, class_=f"badge {finding.severity}")
    link = tag("a", finding.message_in(view.words.lang), href=f"#finding-{finding.fingerprint}")
    return tag("li", badge, " ", link)


def _worst_last(
    marked: Mapping[Box, list[tuple[Finding, Mark]]],
) -> list[tuple[Box, list[tuple[Finding, Mark]]]]:
    """In the order to draw them: what is drawn last lies on top and is what a click meets."""
    out = [
        (box, sorted(found, key=lambda pair: KINDS.index(pair[1].kind)))
        for box, found in marked.items()
    ]
    return sorted(out, key=lambda pair: -KINDS.index(pair[1][0][1].kind))


def _key(mark: Mark) -> PageKey:
    return mark.place.source, mark.place.page or 0


def _box(mark: Mark) -> Box:
    assert mark.place.box is not None
    return mark.place.box


def _groups(marks: Sequence[Mark]) -> list[list[Mark]]:
    """Marks that one crop can show: on one page and near each other; in the order of their worst."""
    out: list[list[Mark]] = []
    for mark in marks:
        if mark.place.box is None:
            continue
        near = [group for group in out if any(_near(mark, other) for other in group)]
        joined = [*(m for group in near for m in group), mark]
        position = min((out.index(group) for group in near), default=len(out))
        out = [group for group in out if group not in near]
        out.insert(position, joined)
    return out


def _near(one: Mark, other: Mark) -> bool:
    if _key(one) != _key(other):
        return False
    a, b = _box(one), _box(other)
    return max(a[1], b[1]) - min(a[3], b[3]) < GAP


def _window(boxes: Sequence[Box], picture: Picture) -> Box:
    """What of the page a crop shows: the boxes, the words around them, never beyond the page."""
    spans = []
    for low, full in ((0, picture.width), (1, picture.height)):
        first = min(box[low] for box in boxes) - AROUND[low]
        last = max(box[low + 2] for box in boxes) + AROUND[low]
        lacking = max(0.0, LEAST[low] - (last - first)) / 2
        first, last = first - lacking, last + lacking
        first, last = first + max(0.0, -first), last + max(0.0, -first)
        over = max(0.0, last - full)
        spans.append((max(0.0, first - over), min(full, last - over)))
    (x0, x1), (y0, y1) = spans
    return x0, y0, max(x1, x0 + 1), max(y1, y0 + 1)


def _frame(box: Box, kind: str) -> Html:
    return tag("rect", class_=kind, **_sides(box, 1.5))


def _sides(box: Box, out: float) -> dict[str, str]:
    x0, y0, x1, y1 = box
    return {
        "x": f"{x0 - out:.1f}",
        "y": f"{y0 - out:.1f}",
        "width": f"{x1 - x0 + 2 * out:.1f}",
        "height": f"{y1 - y0 + 2 * out:.1f}",
    }


def shown_beside(*parts: Part) -> Html | None:
    """What stands beside a finding, if anything does."""
    content = join(*parts)
    return tag("div", content, class_="shown") if content else None
