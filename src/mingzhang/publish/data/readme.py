"""The README of the package, in Chinese: what is in it and how to use it."""

from __future__ import annotations

from collections.abc import Sequence

from mingzhang.model.edition import Edition
from mingzhang.publish.data.resource import Resource

_ROUNDING = {
    "additive": "各表金额按合计平衡取整：每张表的分项之和等于合计，表与表之间的同一金额相同。",
    "independent": "各数分别四舍五入，分项之和与合计可能有尾数误差。",
}


def readme_of(edition: Edition, resources: Sequence[Resource]) -> str:
    """The whole text, Markdown."""
    out = [f"# {edition.title}：开放数据", "", f"发布单位：{edition.department}"]
    if edition.published:
        out.append(f"公布日期：{edition.published:%Y-%m-%d}")
    out += ["", _WHAT, "", "## 文件", "", "| 文件 | 内容 | 行数 |", "| --- | --- | ---: |"]
    out += [
        f"| {r.name}.csv{f'、{r.name}.parquet' if r.large else ''} | {r.title} | {len(r.rows)} |"
        for r in resources
    ]
    out += [
        "",
        "datapackage.json 说明各列的含义、类型、主键和外键，以及预算数据的度量与维度（model）。",
    ]
    out += ["", _LINES if edition.lines else "本数据包不公布明细（lines）。"]
    out += [
        "",
        "## 说明",
        "",
        *(f"- {line}" for line in (_ROUNDING.get(edition.rounding, ""), *_NOTES) if line),
    ]
    for resource in resources:
        out += ["", f"## {resource.name}.csv", "", "| 列 | 类型 | 含义 |", "| --- | --- | --- |"]
        out += [f"| {f.name} | {f.type} | {f.title} |" for f in resource.fields]
    return "\n".join(out) + "\n"


_WHAT = (
    "本文件夹是一个 Frictionless 表格数据包（Tabular Data Package），并带有财政数据包（Fiscal Data "
    "Package）的 model。内容与本书其他格式的文件一致。"
)
_LINES = "明细（lines.csv）是本年度的明细，金额精确到分，没有取整。"
_NOTES = (
    "金额（amount）以元计，是书中印出的数换算而来；text 列是书中的原文，单位见 statements.csv。",
    "坐标列（year、flow、fund、function 等）为空，表示对该项不分。两个坐标完全相同的数是同一个量。",
    "versus 不为空的数是与该年度、阶段相比的变化；claims.csv 中的数按原文不带正负号，方向见 direction。",
    "CSV 为 UTF-8 编码（无 BOM）、逗号分隔。科目编码是文本，用电子表格打开时请以“导入文本”方式指定为"
    "文本列。",
    "为使数据与原文一致，以“=”“+”“-”“@”开头的文字没有改写。请勿把 CSV 中的文字当作公式执行；"
    "需要直接在表格软件中使用的，请用本书的 XLSX，其中这类文字一律是文本。",
    "数据包可用 frictionless 工具校验：frictionless validate datapackage.json。",
)
