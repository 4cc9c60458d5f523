"""The table 资金与结果: each project with its rate against the pace, its indicators, its class."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from mingzhang.catalog.performance_year import LEVELS
from mingzhang.perform.execution.state import Standing
from mingzhang.perform.monitoring.monitor import Monitored
from mingzhang.perform.overview.markup import Html, join, tag
from mingzhang.perform.overview.words import Words

_BAR = (168.0, 18.0)
_MOST_MARKS = 12  # indicators of a project shown one by one
_MOST = Fraction(105, 100)  # of the budget that the bar shows
ALL_LEVELS = (*LEVELS, "unknown")


def project_rows(projects: Sequence[Monitored], most: int) -> tuple[Monitored, ...]:
    """The projects to show: the worst first where there are too many, else in their order."""
    if len(projects) <= most:
        return tuple(projects)
    ranked = sorted(
        projects, key=lambda p: (-LEVELS.index(p.level), -p.standing.adjusted, p.project)
    )
    chosen = {p.project for p in ranked[:most]}
    return tuple(p for p in projects if p.project in chosen)


def money_table(shown: Sequence[Monitored], basic: Standing, left: int, words: Words) -> Html:
    """The table; ``left`` projects are not in it."""
    heads = ("head_project", "head_budget", "head_money", "head_goals", "head_level", "head_why")
    foot = words("others", count=left) if left else None
    return tag(
        "table",
        tag("caption", words("table")),
        tag("thead", tag("tr", *(tag("th", words(h), scope="col") for h in heads))),
        tag(
            "tbody",
            *(_row(one, words) for one in shown),
            tag(
                "tr",
                tag("th", words("basic"), scope="row"),
                tag("td", words.wan(basic.adjusted, 1), class_="figure"),
                tag("td", _money(words("basic"), basic, words), class_="bar"),
                *(tag("td", "") for _ in range(3)),
                class_="basic",
            ),
            tag("tr", tag("td", foot, colspan="6", class_="quiet")) if foot else None,
        ),
        class_="projects",
    )


def _row(one: Monitored, words: Words) -> Html:
    standing = one.standing
    return tag(
        "tr",
        tag("th", one.project, scope="row"),
        tag("td", words.wan(standing.adjusted, 1), class_="figure"),
        tag("td", _money(one.project, standing, words), class_="bar"),
        tag("td", _goals(one, words), class_="goals"),
        tag("td", badge(one.level, words)),
        tag("td", tag("span", _why(one, words)), class_="why"),
    )


def _why(one: Monitored, words: Words) -> str:
    """The reason and measure as told, or why it has its class."""
    if one.level == "normal":
        return ""
    if one.remark is not None:
        texts = (one.remark.reason, one.remark.measure)
        return words("then").join(t for t in texts if t)
    if one.risk.reasons:
        return one.risk.said(words.lang)
    return words("then").join(
        p.line.level3 for p in one.progress if p.level in ("attention", "warning")
    )


def badge(level: str, words: Words) -> Html:
    """A class as a coloured word with a mark of its own shape."""
    return tag("span", mark(level), words.level(level), class_=f"badge {level}")


def mark(level: str) -> Html:
    """A square, a triangle, a diamond, an empty circle: told apart without colours."""
    shapes = {
        "normal": tag("rect", x=1.5, y=1.5, width=9, height=9, rx=2),
        "attention": tag("path", d="M6 1 L11.4 10.8 L0.6 10.8 Z"),
        "warning": tag("path", d="M6 0.3 L11.7 6 L6 11.7 L0.3 6 Z"),
        "unknown": tag("circle", cx=6, cy=6, r=4.2),
    }
    return tag(
        "svg", shapes[level], viewBox="0 0 12 12", class_=f"mark {level}", aria_hidden="true"
    )


def _money(name: str, standing: Standing, words: Words) -> Html:
    """Rate of execution as a bar with the pace as a line and the forecast as a circle."""
    width, height = _BAR
    rate, ahead = standing.rate, standing.forecast.central
    if rate is None:
        return join(words.share(None))
    expected = None if ahead is None or standing.pace == 1 else Fraction(ahead, standing.adjusted)
    more = "" if expected is None else words("expected_told", share=words.share(expected))
    said = words(
        "amount_told",
        name=name,
        rate=words.share(rate),
        pace=words.share(standing.pace),
        forecast=more,
    )

    def x(share: Fraction) -> float:
        return 1 + (width - 8) * float(min(max(share, Fraction(0)), _MOST) / _MOST)

    full, pace = x(Fraction(1)), x(standing.pace)
    bar = tag(
        "svg",
        tag("title", said),
        tag("rect", x=1, y=5, width=full - 1, height=8, class_="track", rx=1.5),
        tag("rect", x=1, y=5, width=max(x(rate) - 1, 0), height=8, class_="done", rx=1.5),
        tag("line", x1=pace, x2=pace, y1=1, y2=height - 1, class_="tick-line"),
        None if expected is None else tag("circle", cx=x(expected), cy=9, r=3.6, class_="expected"),
        viewBox=f"0 0 {width:.0f} {height:.0f}",
        role="img",
        class_="money",
    )
    deviation = standing.deviation or Fraction(0)
    return join(
        bar,
        tag("span", words.share(rate), class_="rate"),
        tag("span", words.points(deviation), class_="points"),
    )


def _goals(one: Monitored, words: Words) -> Html:
    """Each indicator as a mark with its name behind it."""
    if not one.progress:
        return tag("span", words("none"), class_="quiet")
    if len(one.progress) > _MOST_MARKS:
        counts = [(level, one.count(level)) for level in ALL_LEVELS if one.count(level)]
        return join(*(_count(count, level, words) for level, count in counts))
    ranked = sorted(one.progress, key=lambda p: ALL_LEVELS.index(p.level))
    return join(*(_indicator(p.line.level3, p.level, words) for p in ranked))


def _count(count: int, level: str, words: Words) -> Html:
    named = tag("span", words.level(level), class_="hidden")
    return tag("span", mark(level), named, str(count), class_="key")


def _indicator(name: str, level: str, words: Words) -> Html:
    told = f"{name} {words.level(level)}"
    return tag("span", mark(level), tag("span", told, class_="hidden"), title=told, class_="dot")


def legend(words: Words) -> Iterator[Html]:
    """The marks and what they mean."""
    for level in ALL_LEVELS:
        yield tag("span", mark(level), words.level(level), class_="key")
