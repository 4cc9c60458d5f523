"""Targets as officers of many places write them: what each should mean was written down by hand first.

One line a text: its conditions (subject operator value unit), the scale or trend, or 不懂 where the
text is not certain and has to stay as it is.
"""

from __future__ import annotations

import pytest

from mingzhang.catalog.performance import alike, unit_of
from mingzhang.goals.targets import parse_target
from mingzhang.model.goal import Target

SAID = """
≥９５％ | ≥ 95 %
＝100％ | = 100 %
大于等于95% | ≥ 95 %
=>80% | ≥ 80 %
=<80% | ≤ 80 %
≯5% | ≤ 5 %
95%及以上 | ≥ 95 %
90％（含）以上 | ≥ 90 %
80%-90% | range 80..90 %
80%≤满意度≤100% | 满意度 range 80..100 %
0≤X≤5% | range 0..5 %
≥80%且≤100% | ≥ 80 % ; ≤ 100 %
百分之九十五以上 | ≥ 95 %
群众满意度不低于百分之九十 | 群众满意度 ≥ 90 %
满意度达90%以上 | 满意度 ≥ 90 %
八成以上 | ≥ 80 %
九成五以上 | ≥ 95 %
9成 | = 90 %
0.5‰以内 | ≤ 0.5 ‰
控制在50万元以内 | ≤ 50 万元
2万元/人 | = 2 万元/人
2万元/人次 | = 2 万元/人次
≤1.5万元/人·年 | ≤ 1.5 万元/人/年
≤500元/人·天 | ≤ 500 元/人/日
每人不超过200元 | ≤ 200 元/人
每亩补助不低于100元 | 补助 ≥ 100 元/亩
1.2万人次 | = 12000 人次
50人·次 | = 50 人次
≥1,200人次 | ≥ 1200 人次
日均1000人次 | = 1000 人次/日
2次/日 | = 2 次/日
每日巡查2次 | 巡查 = 2 次/日
月均不少于3次 | ≥ 3 次/月
每季度1次 | = 1 次/季度
1次/季 | = 1 次/季度
每学期1次 | = 1 次/学期
每年一次 | = 1 次/年
每月至少开展2次 | 开展 ≥ 2 次/月
至少覆盖10个街道 | 覆盖街道 ≥ 10 个
不少于全年3次 | ≥ 3 次
最少5人 | ≥ 5 人
至多超支3次 | 超支 ≤ 3 次
培训≥3期，每期≥40人 | 培训 ≥ 3 期 ; ≥ 40 人/期
三十二人 | = 32 人
2名社工、3名律师 | 社工 = 2 名 ; 律师 = 3 名
1～3个工作日 | range 1..3 个工作日
三个工作日内 | ≤ 3 个工作日
15日内 | ≤ 15 天
提前3天完成 | 提前完成 = 3 天
零事故 | 事故 = 0
0起 | = 0 起
安全事故0起 | 安全事故 = 0 起
事故零发生 | 事故 = 0
无人员伤亡 | 人员伤亡 = 0
无重大责任事故发生 | 重大责任事故 = 0
未发生重大安全事故 | 重大安全事故 = 0
不发生较大及以上安全事故 | 较大及以上安全事故 = 0
安全责任事故发生数为0 | 安全责任事故发生数 = 0
差错率为0 | 差错率 = 0
2023年12月底前完成 | 完成 ≤ 20231231 年月日
2023.12.31前 | ≤ 20231231 年月日
2023/6/30前完成 | 完成 ≤ 20230630 年月日
2023年完成 | 完成 ≤ 20231231 年月日
2023年内完成 | 完成 ≤ 20231231 年月日
当年完成 | 完成 ≤ 1231 月日
预算年度内完成 | 完成 ≤ 1231 月日
11月完成 | 完成 ≤ 1130 月日
6月30日之前 | ≤ 630 月日
较上年下降5%以上 | last ≥ 5 % -
在上年基础上提高5% | last ≥ 5 % +
比去年同期减少10起以上 | last ≥ 10 起 -
较上年至少提高2个百分点 | last ≥ 2 个百分点 +
由85%提升到90% | ≥ 90 %
投诉率从3%降低到1%以下 | 投诉率 ≤ 1 %
持平 | last = 0  +
保持上年水平 | last = 0  +
不低于上年水平的95% | 上年水平的 ≥ 95 %
有所提升 | +
稳步增长 | +
逐步降低 | -
较上年有所提高 | last +
优 | grade
良好以上 | grade
合格及以上 | reached
长期 | state
及时足额发放 | timely
真实准确完整 | order
有序规范 | order
不超过预算 | reached
≤预算数 | reached
控制在预算范围内 | reached
每月10日前 | 不懂
次月5日前 | 不懂
每月25日前发放 | 不懂
2023年12月前完成 | 不懂
2023年前完成 | 不懂
2023年12月 | 不懂
2023年1月-12月 | 不懂
12月完成率 | 不懂
约100人 | 不懂
100人左右 | 不懂
八成左右 | 不懂
数十家 | 不懂
前3名 | 不懂
80%↑ | 不懂
3000万 | 不懂
群众不满0起 | 不懂
不高于市场价的设备5台 | 不懂
大于5小于10 | 不懂
±5% | 不懂
5*8小时 | 不懂
1或2次 | 不懂
两成本 | 不懂
""".strip().splitlines()


def meaning(target: Target) -> str:
    """What a target means, as the lines above say it."""
    if target.kind in ("qualitative", "described", "none"):
        return target.scale or "不懂"
    parts = []
    for c in target.conditions:
        upper = "" if c.upper is None else f"..{c.upper:f}"
        parts.append(
            f"{c.subject} {c.operator} {c.value.normalize():f}{upper} {c.unit} {c.change}".strip()
        )
    said = " ; ".join(parts) or target.change
    return f"{target.against} {said}".strip()


@pytest.mark.parametrize("line", SAID)
def test_an_officers_words_mean_what_they_say(line: str) -> None:
    text, _, wanted = (part.strip() for part in line.partition("|"))
    target = parse_target(text)
    assert meaning(target) == wanted
    assert target.rest == ""


def test_a_multiplier_that_the_column_repeats_counts_once() -> None:
    """3000万 in a column of 万元 is 3000 万元, in one of 元 thirty million."""
    assert meaning(parse_target("≤3000万", "万元")) == "≤ 3000 万元"
    assert meaning(parse_target("≤3000万", "元")) == "≤ 30000000 元"


def test_units_of_each_in_any_order_and_wording_are_one() -> None:
    """每人每月, /人/月 and /月/人; 次/日 and 次/天 were two units, and the actual value was refused."""
    assert alike(parse_target("每人每月800元").conditions[0].unit, unit_of("元/月/人"))
    assert alike(parse_target("每日巡查2次").conditions[0].unit, unit_of("次/天"))
    assert alike("名/月", "人/月")
    assert not alike("人/月", "人/日")
    assert not alike("人", "人/日")
