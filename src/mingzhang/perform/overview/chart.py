"""The chart 按月执行图: cumulative payments, the pace, the budget, and the forecast with its band."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from datetime import date
from itertools import accumulate

from mingzhang.catalog.performance_year import forecasting
from mingzhang.perform.execution.state import Standing
from mingzhang.perform.overview.markup import Html, tag
from mingzhang.perform.overview.words import Words

_WIDTH, _HEIGHT = 640.0, 300.0
_LEFT, _RIGHT, _TOP, _BOTTOM = 46.0, 88.0, 22.0, 38.0
_TICKS = (1, 2, 2.5, 5, 10)
_FEN = 1_000_000  # 分 in one 万元
_APART = 13.0  # between labels at the right
_CROWDED = 9.8  # months after which a label at the line's end would meet those at the right


class _Scale:
    """Positions of months and amounts."""

    def __init__(self, top: int) -> None:
        self.step = _step(max(top, _FEN) / _FEN)
        self.top = (int(max(top, _FEN) / _FEN / self.step) + 1) * self.step

    def x(self, months: float) -> float:
        return _LEFT + (_WIDTH - _LEFT - _RIGHT) * months / 12

    def y(self, fen: float) -> float:
        return _HEIGHT - _BOTTOM - (_HEIGHT - _TOP - _BOTTOM) * (fen / _FEN) / self.top


def _step(top: float) -> float:
    """A round step that makes four to six lines."""
    power = 1.0
    while power * 10 * 5 < top:
        power *= 10
    while power * 5 > top and power > 0.01:
        power /= 10
    return next((t * power for t in _TICKS if t * power * 6 >= top), 10 * power)


def month_chart(standing: Standing, as_of: date, words: Words) -> Html:
    """The chart as SVG with a title and a description."""
    ahead = standing.forecast
    scale = _Scale(max(standing.adjusted, standing.paid, ahead.high))
    return tag(
        "svg",
        tag("title", words("chart"), id="chart-title"),
        tag("desc", told(standing, as_of, words), id="chart-desc"),
        _grid(scale, standing, as_of, words),
        _lines(scale, standing, as_of, words),
        viewBox=f"0 0 {_WIDTH:.0f} {_HEIGHT:.0f}",
        role="img",
        aria_labelledby="chart-title chart-desc",
    )


def told(standing: Standing, as_of: date, words: Words) -> str:
    """What the chart shows, in words."""
    ahead, forecast = standing.forecast, ""
    if ahead.central is not None:
        forecast = words(
            "forecast_told",
            central=words.wan(ahead.central),
            low=words.wan(ahead.low),
            high=words.wan(ahead.high),
            confidence=forecasting()["confidence"],
        )
    return words(
        "chart_told",
        date=words.day(as_of),
        paid=words.wan(standing.paid),
        due=words.wan(round(standing.adjusted * standing.pace)),
        budget=words.wan(standing.adjusted),
        forecast=forecast,
    )


def _grid(scale: _Scale, standing: Standing, as_of: date, words: Words) -> Iterator[Html]:
    for n in range(int(scale.top / scale.step + 0.5) + 1):
        value = n * scale.step
        y = scale.y(value * _FEN)
        yield tag("line", x1=_LEFT, x2=_WIDTH - _RIGHT, y1=y, y2=y, class_="grid" if n else "axis")
        yield tag("text", f"{value:,.0f}", x=_LEFT - 6, y=y + 3.5, class_="tick end")
    yield tag("text", words("wan"), x=_LEFT - 6, y=_TOP - 11, class_="tick end")
    for month in range(1, 13):
        x = scale.x(month - 0.5)
        yield tag("text", words("month_name", month=month), x=x, y=_HEIGHT - 21, class_="tick mid")
        if month <= as_of.month:
            amount = words.wan(standing.months[month - 1], 0)
            yield tag("text", amount, x=x, y=_HEIGHT - 7, class_="month mid")
    yield tag("text", words("by_month"), x=_LEFT - 6, y=_HEIGHT - 7, class_="month end")


def _lines(scale: _Scale, standing: Standing, as_of: date, words: Words) -> Iterator[Html]:
    end, bottom = scale.x(12), scale.y(0)
    budget = scale.y(standing.adjusted)
    days = monthrange(as_of.year, as_of.month)[1]
    now = as_of.month - 1 + as_of.day / days
    here = (scale.x(now), scale.y(standing.paid))
    ahead = standing.forecast
    labels = [(budget, f"{words('line_budget')}", words.wan(standing.adjusted, 0), "budget")]
    yield tag("line", x1=scale.x(0), x2=end, y1=budget, y2=budget, class_="budget")
    yield tag("line", x1=scale.x(0), x2=end, y1=bottom, y2=budget, class_="pace")
    middle = 3.2
    yield tag(
        "text",
        words("line_pace"),
        x=scale.x(middle) - 5,
        y=scale.y(standing.adjusted * middle / 12) - 6,
        class_="label pace-text end",
    )
    if now < 12 and ahead.low < ahead.high:
        band = f"{_at(*here)} {_at(end, scale.y(ahead.high))} {_at(end, scale.y(ahead.low))}"
        yield tag("polygon", points=band, class_="band")
    if now < 12 and ahead.central is not None:
        y = scale.y(ahead.central)
        yield tag("line", x1=here[0], y1=here[1], x2=end, y2=y, class_="ahead")
        yield tag("circle", cx=end, cy=y, r=3.5, class_="ahead-dot")
        labels.append((y, words("line_forecast"), words.wan(ahead.central, 0), "ahead-text"))
    points = [(0.0, 0)]
    points += [
        (min(month, now), total)
        for month, total in enumerate(accumulate(standing.months), 1)
        if month - 1 < now
    ]
    line = " ".join(_at(scale.x(m), scale.y(total)) for m, total in points)
    yield tag("polyline", points=line, class_="paid")
    for m, total in points[1:]:
        yield tag("circle", cx=scale.x(m), cy=scale.y(total), r=2.6, class_="paid-dot")
    name, amount = words("line_paid"), words.wan(standing.paid, 0)
    if now > _CROWDED:  # no room before the labels at the right
        labels.append((here[1], name, amount, "paid-text"))
    else:
        below = here[1] + 15
        y = below if below < bottom - 4 else here[1] - 9
        yield tag("text", f"{name} {amount}", x=here[0] + 6, y=y, class_="label paid-text")
    yield from _labels(labels, end + 8)


def _labels(found: list[tuple[float, str, str, str]], x: float) -> Iterator[Html]:
    """Labels at the right end, moved apart where they would meet."""
    last = -1000.0
    for y, name, amount, kind in sorted(found):
        top = max(y - 3, last + 2 * _APART + 4)
        yield tag("text", name, x=x, y=top, class_=f"label {kind}-name {kind}")
        yield tag("text", amount, x=x, y=top + _APART, class_=f"label strong {kind}")
        last = top


def _at(x: float, y: float) -> str:
    return f"{x:.2f},{y:.2f}"
