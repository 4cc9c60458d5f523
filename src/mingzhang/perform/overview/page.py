"""The page 总览页: headline, four figures, the chart, what needs attention, the table of projects.

Renders a Monitoring and computes nothing but positions. No script, no font, no picture from
elsewhere; every picture has its words (title, desc, a table).
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from importlib.resources import files
from itertools import accumulate
from pathlib import Path

from mingzhang.catalog import performance_year as catalog
from mingzhang.files import write_beside
from mingzhang.perform.execution.risk import Reason
from mingzhang.perform.monitoring.monitor import Monitored, Monitoring
from mingzhang.perform.monitoring.remarks import Remark
from mingzhang.perform.overview.chart import month_chart, told
from mingzhang.perform.overview.markup import Html, Part, join, tag
from mingzhang.perform.overview.rows import (
    ALL_LEVELS,
    badge,
    legend,
    mark,
    money_table,
    project_rows,
)
from mingzhang.perform.overview.words import Words

_MOST_PROJECTS = 6  # rows that fit on the page
_MOST_MATTERS = 6


def publish_overview(found: Monitoring, path: Path, lang: str = "zh") -> None:
    """Write the page whole or not at all. Raises OSError."""
    write_beside(path, overview_page(found, lang).encode("utf-8"))


def overview_page(found: Monitoring, lang: str = "zh") -> str:
    """The page as text: the same monitoring gives the same page."""
    words = Words(lang)
    css = files("mingzhang.perform.overview").joinpath("page.css").read_text("utf-8")
    title = words("title", department=found.department, year=found.year)
    shown = project_rows(found.projects, _MOST_PROJECTS)
    page = tag(
        "html",
        tag(
            "head",
            tag("meta", charset="utf-8"),
            tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
            tag("title", title),
            tag("style", Html(css)),
        ),
        tag(
            "body",
            tag("header", tag("h1", title), _dated(found, words)),
            tag(
                "main",
                tag("p", headline(found, words), class_="told"),
                tag("section", *_figures(found, words), class_="figures"),
                tag(
                    "div",
                    tag(
                        "section",
                        tag("h2", words("chart")),
                        month_chart(found.state.whole, found.as_of, words),
                        class_="chart",
                        tabindex="0",  # it scrolls on a small screen, and the keyboard must reach it
                        role="group",
                        aria_label=words("chart"),
                    ),
                    tag("section", tag("h2", words("matters")), _matters(found, words)),
                    class_="middle",
                ),
                tag(
                    "section",
                    money_table(shown, found.state.basic, len(found.projects) - len(shown), words),
                    tabindex="0",
                    role="group",
                    aria_label=words("table"),
                ),
                _data(found, words),
            ),
            tag("footer", *_footer(found, words)),
        ),
        lang="zh-CN" if lang == "zh" else "en",
    )
    return f"<!DOCTYPE html>\n{page}\n"


def _dated(found: Monitoring, words: Words) -> Html:
    date = words("as_of", date=words.day(found.as_of))
    pace = f"{words('pace')} {words.share(found.state.pace)}"
    return tag("p", f"{date} · {pace}", class_="dated")


def headline(found: Monitoring, words: Words) -> str:
    """The state of things in one sentence."""
    whole = found.state.whole
    deviation = whole.deviation or Fraction(0)
    ahead = ""
    if whole.forecast.central is not None and whole.adjusted > 0 and whole.pace < 1:
        central = whole.forecast.central
        share = words.share(Fraction(central, whole.adjusted))
        ahead = words("ahead", central=words.wan(central), share=share)
    levels = [p.level for p in found.projects]
    counted = [
        words("several", count=levels.count(level), level=words.level(level))
        for level in reversed(catalog.LEVELS)
        if levels.count(level)
    ]
    return words(
        "told" if found.projects else "told_without_projects",
        paid=words.wan(whole.paid),
        rate=words.share(whole.rate),
        way=words("slow" if deviation < 0 else "fast"),
        points=words.points(deviation)[1:],
        ahead=ahead,
        count=len(found.projects),
        levels=words("and").join(counted),
    )


# ------------------------------------------------------------------ four figures
def _figures(found: Monitoring, words: Words) -> Iterator[Html]:
    whole = found.state.whole
    change = whole.adjusted - whole.budget
    sign = "+" if change >= 0 else ""
    changed = words("initial", amount=words.wan(whole.budget), change=sign + words.wan(change))
    yield _figure(words("budget"), words.wan(whole.adjusted), words("wan"), changed)
    month = words("month", amount=words.wan(whole.months[found.as_of.month - 1]))
    yield _figure(words("paid"), words.wan(whole.paid), words("wan"), month)
    deviation = whole.deviation or Fraction(0)
    against = words(
        "against",
        pace=words.share(whole.pace),
        way=words("slow" if deviation < 0 else "fast"),
        points=words.points(deviation)[1:],
    )
    yield _figure(words("rate"), words.share(whole.rate), "", against)
    projects = [p.level for p in found.projects]
    yield _counts(words("projects"), projects, words)
    yield _counts(words("goals"), [p.level for p in found.lines], words)


def _figure(name: str, value: str, unit: str, below: str) -> Html:
    number = tag("strong", value, tag("small", unit) if unit else None)
    return tag("div", tag("h2", name), number, tag("p", below), class_="figure-card")


def _counts(name: str, levels: list[str], words: Words) -> Html:
    """How many there are of each class, as a divided bar with its numbers."""
    total = max(len(levels), 1)
    parts, keys = [], []
    for level in ALL_LEVELS:
        count = levels.count(level)
        if count:
            width = f"width:{100 * count / total:.2f}%"
            parts.append(tag("span", class_=f"part {level}", style=width))
            keys.append(tag("span", mark(level), f"{words.level(level)} {count}", class_="key"))
    return tag(
        "div",
        tag("h2", name),
        tag("strong", str(len(levels))),
        tag("div", *parts, class_="parts", aria_hidden="true"),
        tag("p", *keys),
        class_="figure-card",
    )


# ------------------------------------------------------------------ what needs attention
def _matters(found: Monitoring, words: Words) -> Html:
    """Indicators and projects off track, the worst first, with what is done about them."""
    items = list(_off_track(found, words))
    if not items:
        return tag("p", words("nothing"))
    items.sort(key=lambda item: -catalog.LEVELS.index(item[0]))
    more = len(items) - _MOST_MATTERS
    return join(
        tag("ul", *(html for _, html in items[:_MOST_MATTERS]), class_="matters"),
        tag("p", words("more", count=more), class_="quiet") if more > 0 else None,
    )


def _off_track(found: Monitoring, words: Words) -> Iterator[tuple[str, Html]]:
    owners = {p.line.id: m for m in (found.whole, *found.projects) for p in m.progress}
    for item in found.lines:
        if item.level in ("attention", "warning"):
            owner = owners[item.line.id]
            remark = found.remarks.of("", item.line.id) or owner.remark
            name = f"{item.line.level3}"
            yield item.level, _matter(name, owner.project, item.level, item.reasons, remark, words)
    for one in found.projects:
        if one.risk.level != "normal":
            yield one.risk.level, _money_matter(one, words)


def _money_matter(one: Monitored, words: Words) -> Html:
    named = words("aside", text=one.project, aside=words("money"))
    return _matter(named, "", one.risk.level, one.risk.reasons[:1], one.remark, words)


def _matter(
    name: str,
    owner: str,
    level: str,
    reasons: tuple[Reason, ...],
    remark: Remark | None,
    words: Words,
) -> Html:
    why = words("then").join(reason.said(words.lang) for reason in reasons)
    measure = words("no_measure")
    if remark is not None and remark.measure:
        by = words("by", month=remark.by.month, day=remark.by.day) if remark.by else ""
        who = words("comma").join(text for text in (remark.responsible, by) if text)
        said = words("aside", text=remark.measure, aside=who) if who else remark.measure
        measure = words("measure") + said
    return tag(
        "li",
        tag(
            "p",
            badge(level, words),
            tag("b", name),
            tag("span", owner, class_="quiet") if owner else None,
        ),
        tag("p", why + words("stop"), tag("span", measure), class_="why"),
    )  # fmt: skip


# ------------------------------------------------------------------ the same in numbers
def _data(found: Monitoring, words: Words) -> Html:
    """The chart's numbers as a table, for those who cannot see it; not printed."""
    whole = found.state.whole
    rows = [
        tag(
            "tr",
            tag("th", words("month_name", month=month), scope="row"),
            tag("td", words.wan(amount, 2), class_="figure"),
            tag("td", words.wan(total, 2), class_="figure"),
        )
        for month, (amount, total) in enumerate(
            zip(whole.months, accumulate(whole.months), strict=True), 1
        )
        if month <= found.as_of.month
    ]
    heads: tuple[Part, ...] = (
        tag("th", "", scope="col"),
        tag("th", words("aside", text=words("by_month"), aside=words("wan")), scope="col"),
        tag("th", words("aside", text=words("cumulative"), aside=words("wan")), scope="col"),
    )
    return tag(
        "details",
        tag("summary", words("data")),
        tag("p", told(whole, found.as_of, words)),
        tag(
            "table",
            tag("thead", tag("tr", *heads)),
            tag("tbody", *rows),
            class_="data",
            aria_label=words("data"),
        ),
    )


def _footer(found: Monitoring, words: Words) -> Iterator[Html]:
    yield tag("p", *legend(words), class_="legend")
    seasonal = found.state.whole.forecast.seasonal
    yield tag("p", catalog.method(words.lang, seasonal))
    if found.partial:
        yield tag("p", words("partial"))
