"""The overview: self-contained, in words too, nothing withheld, one page however many projects."""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from mingzhang.model.evidence import Actual
from mingzhang.model.ledger import Line, Project
from mingzhang.perform.monitoring import Monitoring, Remark, Remarks, monitor
from mingzhang.perform.overview import overview_page
from smallyear import PLACE, execution, goal, ledger, line, paid

AUGUST = date(2023, 8, 31)
GOALS = (goal("", ("接待", "≥100次")), goal("大厅", ("开放", "≥200次"), ("满意度", "≥90%")))


def seen(*more: Line, when: date = AUGUST, projects: tuple[Project, ...] = ()) -> Monitoring:
    run = execution(*(paid(m, 2_000 + 100 * m) for m in range(1, 9)), paid(3, 900, "", "30201"))
    remark = Remark("大厅", "", PLACE, "<原因>&", "措施", "某处", date(2023, 9, 30))
    books = ledger(*more, goals=GOALS, projects=projects)
    return monitor(books, GOALS, (), run, when, Remarks((remark,)))


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_page_is_whole_and_needs_nothing(lang: str) -> None:
    page = overview_page(seen(), lang)
    assert page == overview_page(seen(), lang)
    assert not re.search(r"(?:src|href)=|url\(|@import|<script|http", page)
    assert "{" not in re.sub(r"<style>.*?</style>", "", page, flags=re.DOTALL)
    tree = etree.fromstring(page.replace("<!DOCTYPE html>", "").replace('charset="utf-8">', 'charset="utf-8"/>').replace('initial-scale=1">', 'initial-scale=1"/>').encode())  # fmt: skip
    for picture in tree.iter("svg"):
        hidden = picture.get("aria-hidden") == "true"
        assert hidden or picture.findtext("title"), etree.tostring(picture)
    chart = next(s for s in tree.iter("svg") if s.get("aria-labelledby"))
    assert chart.findtext("desc")
    assert tree.find(".//table[@class='data']") is not None
    assert "<原因>" not in page


def test_what_it_says() -> None:
    """2,100 + … + 2,800 = 19,600 元 of 大厅 and 900 of basic: 20,500 of 60,000 元, 34.2 %."""
    page = overview_page(seen())
    assert "执行率34.2%，比序时进度慢32.5个百分点" in page
    assert "2个项目中1个预警、1个正常" in page
    assert "大厅：执行率65.3%，序时进度66.7%" in page


def test_english_has_its_own_punctuation() -> None:
    assert not re.search("[，。；（）：]", overview_page(seen(), "en"))


def test_a_department_without_projects() -> None:
    books = replace(ledger(), projects=(), lines=(line("", "30201", 12_000),))
    page = overview_page(monitor(books, (), (), execution(), AUGUST))
    assert "没有项目支出" in page and "项目中" not in page


def test_withheld_is_nowhere() -> None:
    secret = Project("绝密", PLACE, withheld=True)
    page = overview_page(seen(line("绝密", "30213", 9_000), projects=(secret,)))
    assert "绝密" not in page and "不含涉密事项" in page
    # all money is as it was without the secret
    numbers = re.compile(r"<strong>.*?</strong>")
    assert numbers.findall(page) == numbers.findall(overview_page(seen()))


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.integers(-500, 40_000), min_size=12, max_size=12),
    st.dates(date(2023, 1, 1), date(2023, 12, 31)),
)
def test_any_year_can_be_drawn(months: list[int], when: date) -> None:
    run = execution(*(paid(m, yuan) for m, yuan in enumerate(months, 1)))
    page = overview_page(monitor(ledger(), (), (), run, when))
    coordinates = [float(n) for n in re.findall(r'(?:x|y|x1|x2|y1|y2|cx|cy)="(-?[\d.]+)"', page)]
    assert coordinates and all(-700 < n < 700 for n in coordinates)
    assert "nan" not in page.lower().replace("resonan", "")


@pytest.mark.parametrize("day", [date(2023, 1, 2), date(2023, 8, 31), date(2023, 12, 31)])
def test_labels_of_the_chart_do_not_meet(day: date) -> None:
    """On 2 January the line lies on the axis, on 31 December it ends at the budget's label."""
    page = overview_page(seen(when=day))
    found = re.findall(
        r'<text x="([\d.]+)" y="([\d.]+)" class="(label|tick|month)[^"]*">([^<]*)<', page
    )
    boxes = [(float(x), float(y), len(text) * 11.0) for x, y, _, text in found if text]
    at = next(i for i, box in enumerate(found) if "累计执行" in box[3])
    x, y, wide = boxes[at]
    for other, (x2, y2, wide2) in enumerate(boxes):
        if other != at and abs(y2 - y) < 10:
            assert x2 - wide2 / 2 > x + wide or x2 + wide2 < x, found[other]


def test_it_prints_on_one_page(tmp_path: Path) -> None:
    """Thirty projects with long names and reasons: the worst are shown, and one A4 page is enough."""
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.skip("no chromium")
    import pypdfium2

    more = [
        line(f"项目名称比较长的第{n}个专项业务经费项目", "30227", 10_000 + n) for n in range(30)
    ]
    names = tuple(Project(m.project, PLACE) for m in more)
    goals = tuple(goal(n.name, *[("开放", "≥100次")] * 9) for n in names)
    actuals = [
        Actual(ind.id, "次", Decimal(7 * n % 100))
        for n, ind in enumerate(i for g in goals for i in g.lines)
    ]
    long = "合同约定验收合格后一次付清，验收安排在第四季度，上半年因场地改造推迟" * 3
    remarks = Remarks(tuple(Remark(n.name, "", PLACE, long, long, "某处") for n in names))
    books = ledger(*more, projects=names, goals=goals)
    found = monitor(books, goals, actuals, execution(), AUGUST, remarks)
    page = tmp_path / "page.html"
    page.write_text(overview_page(found), "utf-8")
    pdf = tmp_path / "page.pdf"
    subprocess.run(
        [
            chromium, "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic",
            "--no-first-run", "--disable-background-networking", "--disable-component-update",
            "--disable-sync", f"--user-data-dir={tmp_path / 'profile'}", "--no-pdf-header-footer",
            f"--print-to-pdf={pdf}", page.as_uri(),
        ],
        check=True, capture_output=True, timeout=90,
    )  # fmt: skip
    printed = pypdfium2.PdfDocument(pdf)
    assert len(printed) == 1
    assert [round(n) for n in printed[0].get_size()] == [842, 595]
