"""Tables: bench/figures.json → every measurement book by book, in Markdown (docs/measured.md)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

WORDS: dict[str, dict[str, str]] = {
    "reading": {
        "en": "**Read right**, against hand-made gold (tests/corpus)",
        "zh": "**读得对不对**：与手工制作的标准答案（tests/corpus）逐格比较",
    },
    "coverage": {
        "en": "**Held by the proof**: money figures that take part in a relation, and those so "
        "tightly bound that a slip of five units shows whatever the others are",
        "zh": "**证明管住多少**：参与勾稽的金额，以及被管得足够紧、错五个末位单位必然暴露的金额",
    },
    "mutation": {
        "en": "**Slips caught and located**: one printed figure altered at a time by a slip of the "
        "hand (a digit, two swapped, ×10, ÷10, lost, doubled, sign, the neighbour's), by at least "
        "five units of its last digit. *Of checkable*: without figures that nothing else in the "
        "book tells of. *Named*: of slips that one figure alone could mend, that figure is named; "
        "*listed*: of the others, it is among the suspects",
        "zh": "**错了抓不抓得到、指不指得准**：每次只把一个数字改错（改一位、相邻颠倒、多一位、少一位、"
        "漏写、重写、正负号、抄成邻格），幅度不少于末位五个单位。“可核对”不含书中别处没有任何依据的数字；"
        "“指名”指只有一个数字能单独改正全书的情形中指对的比例；“在列”指其余情形中它列在嫌疑之内的比例",
    },
    "speed": {
        "en": "**Speed** of PDF books: multiples of PDFium's bare text extraction of the same files",
        "zh": "**速度**：PDF 书各步用时，以 PDFium 单纯提取同一文件文字的用时为 1",
    },
    "growth": {
        "en": "**Growth** with random books of 1×, 4× and 16× the figures",
        "zh": "**规模**：数字个数为 1、4、16 倍的随机书",
    },
}
WORDS |= {
    "claims": {
        "en": "**Sentences read right** (subject, value, unit, relation), against lists made by hand",
        "zh": "**句子读得对不对**（主语、数值、单位、关系）：与手工清单比较",
    },
    "peers": {
        "en": "**A book as PDF**, beside WeasyPrint and LibreOffice on the same book in one run",
        "zh": "**编成 PDF**：与 WeasyPrint、LibreOffice 同场编同一本书",
    },
    "formats": {
        "en": "**Publishing** by format, for 1×, 10× and 100× line items",
        "zh": "**发布**：各格式，明细为 1、10、100 倍",
    },
    "layouts": {
        "en": "**Layouts of no book here**: random books, right by construction, in layouts of other "
        "regions (tests/layouts), in five formats. *Placed*: at the right row and column; *meant*: "
        "understood rightly; *false*: findings above note on an unaltered book",
        "zh": "**没有见过的版式**：随机生成、必然正确的书，用其他地区的版式（tests/layouts），五种格式。"
        "“位置对”指行列正确，“含义对”指理解正确，“误报”指原样的书上高于提示的发现",
    },
    "scans": {
        "en": "**Scans**: published books made into pictures, askew, grey and compressed, and read back",
        "zh": "**扫描件**：公开的书变成图片（歪斜、灰底、压缩）后再读",
    },
    "compile": {
        "en": "**Compiling** a ledger into a book",
        "zh": "**编书**：由底账编成一本书",
    },
    "evidence": {
        "en": "**Evidence** over registers of a million rows, beside the same questions in plain "
        "DuckDB (processor time, which the machine's other work disturbs least)",
        "zh": "**佐证**：一百万行台账，与直接用 DuckDB 问同样的问题相比（处理器时间）",
    },
}

HEADS: dict[str, dict[str, Sequence[str]]] = {
    "reading": {
        "en": ("book", "cells", "right", "prose figures", "right", "meaning right"),
        "zh": ("书", "表格单元", "正确", "文字中的数字", "正确", "含义正确"),
    },
    "coverage": {
        "en": ("book", "verdict", "money figures", "linked", "proved"),
        "zh": ("书", "结论", "金额个数", "参与勾稽", "管紧"),
    },
    "mutation": {
        "en": ("book", "slips", "tables caught", "prose caught (of checkable)", "identifiable",
               "named", "listed", "wrongly named", "crashes"),
        "zh": ("书", "改错次数", "表格抓到", "文字抓到（可核对）", "可指名", "指名", "在列", "错指", "崩溃"),
    },
    "speed": {
        "en": ("book", "pages", "bare text", "to Document", "to Book", "with proof", "pdfplumber",
               "Document against pdfplumber", "peak memory"),
        "zh": ("书", "页数", "单纯取字", "到 Document", "到 Book", "含证明", "pdfplumber",
               "比 pdfplumber 快", "内存峰值"),
    },
    "growth": {
        "en": ("figures", "read", "check", "µs per figure", "check grows with figures to the power"),
        "zh": ("数字个数", "读", "核对", "每个数字（微秒）", "核对用时随个数的幂次"),
    },
    "claims": {
        "en": ("book", "claims", "right"),
        "zh": ("书", "断言", "正确"),
    },
    "peers": {
        "en": ("book", "figures", "PDF", "WeasyPrint", "LibreOffice"),
        "zh": ("书", "数字", "PDF", "WeasyPrint", "LibreOffice"),
    },
    "formats": {
        "en": ("format", "line items", "time", "size", "peak memory"),
        "zh": ("格式", "明细行", "用时", "大小", "内存峰值"),
    },
    "layouts": {
        "en": ("layout, format", "figures", "placed", "meant", "linked", "slips caught", "named",
               "false", "crashed"),
        "zh": ("版式、格式", "数字", "位置对", "含义对", "参与勾稽", "抓到的错", "指名", "误报", "崩溃"),
    },
    "scans": {
        "en": ("book", "pages", "a page", "cells right", "prose figures right"),
        "zh": ("书", "页数", "每页", "表格单元正确", "文字中的数字正确"),
    },
    "compile": {
        "en": ("line items", "figures", "time", "peak memory"),
        "zh": ("明细行", "数字", "用时", "内存峰值"),
    },
    "evidence": {
        "en": ("store", "questions", "exact", "all together", "against DuckDB", "memory",
               "slowest question", "hungriest question"),
        "zh": ("存储", "问题", "精确", "全部一起", "比 DuckDB", "内存", "最慢的一问", "最费内存的一问"),
    },
}  # fmt: skip


def tables(found: Mapping[str, Any], lang: str) -> str:
    """All tables in Markdown; "" if nothing was measured."""
    parts = []
    accuracy = found.get("accuracy", {}).get("results", {})
    speed = found.get("speed", {}).get("results", {})
    publish = found.get("publish", {}).get("results", {})
    kinds = found.get("evidence", {}).get("results", {}).get("kinds", {})
    for key, rows in (
        ("reading", [_reading(r) for r in accuracy.get("reading", [])]),
        ("coverage", [_coverage(r) for r in accuracy.get("coverage", [])]),
        ("mutation", _mutation(found.get("mutation", {}).get("results", {}))),
        ("speed", [_speed(r) for r in speed.get("reading", [])]),
        ("growth", [_growth(r) for r in speed.get("growth", [])]),
        ("claims", [_claims(r) for r in accuracy.get("claims", [])]),
        ("peers", [_peers(r) for r in publish.get("peers", [])]),
        ("formats", [_formats(r) for r in publish.get("formats", [])]),
        (
            "layouts",
            [_layout(n, r) for n, r in found.get("layouts", {}).get("results", {}).items()],
        ),
        ("scans", [_scan(r) for r in found.get("scans", {}).get("results", [])]),
        ("compile", [_compile(r) for r in found.get("compile", {}).get("results", [])]),
        ("evidence", [_evidence(k, r) for k, r in sorted(kinds.items())]),
    ):
        if rows:
            parts.append(f"{WORDS[key][lang]}\n\n{table(HEADS[key][lang], rows)}")
    return "\n\n".join(parts)


def _reading(r: Mapping[str, Any]) -> list[str]:
    return [
        r["book"], str(r["cells"]), share(r["cells_right"], r["cells"]), str(r["prose"]),
        share(r["prose_right"], r["prose"]), share(r["meaning_right"], r["meaning"]),
    ]  # fmt: skip


def _claims(r: Mapping[str, Any]) -> list[str]:
    return [r["book"], str(r["claims"]), f"{r['right_percent']} %"]


def _peers(r: Mapping[str, Any]) -> list[str]:
    return [
        r["book"], str(r["figures"]), f"{r['pdf_s']:.2f} s", f"{r['weasyprint_x']}×",
        f"{r['libreoffice_x']}×",
    ]  # fmt: skip


def _formats(r: Mapping[str, Any]) -> list[str]:
    return [
        r["book"], str(r["lines"]), f"{r['ms']:.0f} ms", f"{r['kb']:.0f} kB",
        f"{r['peak_mb']:.0f} MB",
    ]  # fmt: skip


def _layout(name: str, r: Mapping[str, Any]) -> list[str]:
    return [
        name, str(r["figures"]), share(r["placed"], r["figures"]), share(r["meant"], r["figures"]),
        share(r["linked"], r["read"]), share(r["caught"], r["slips"]),
        share(r["named"], r["slips"]), str(r["false"]), str(r["crashed"]),
    ]  # fmt: skip


def _scan(r: Mapping[str, Any]) -> list[str]:
    return [
        r["book"], str(r["pages"]), f"{r['s_per_page']:.1f} s",
        f"{r['cells_right']} / {r['cells']}", f"{r['prose_right']} / {r['prose']}",
    ]  # fmt: skip


def _compile(r: Mapping[str, Any]) -> list[str]:
    return [f"{r['lines']:,}", str(r["figures"]), f"{r['seconds']:.1f} s", f"{r['peak_mb']} MB"]


def _evidence(kind: str, r: Mapping[str, Any]) -> list[str]:
    """One store: processor time and memory of all questions, beside plain DuckDB where it was asked."""
    whole = r["whole"]
    return [
        kind, str(r["asked"]), str(r["exact"]), f"{whole['ours']['cpu']:.1f} s",
        _times(against(whole, "cpu")), _times(against(whole, "peak_mb")),
        _times(worst(r, "cpu")), _times(worst(r, "peak_mb")),
    ]  # fmt: skip


def against(whole: Mapping[str, Any], part: str) -> float | None:
    """How many times what plain DuckDB takes for the same questions; None if it was not asked."""
    return whole["ours"][part] / whole["plain"][part] if "plain" in whole else None


def worst(store: Mapping[str, Any], part: str) -> float | None:
    """The same of the single question for which it is most."""
    asked = store.get("questions", {}).values()
    return max((q[f"ours_{part}"] / q[f"plain_{part}"] for q in asked), default=None)


def _times(ratio: float | None) -> str:
    return "–" if ratio is None else f"{ratio:.2f}×"


def _coverage(r: Mapping[str, Any]) -> list[str]:
    return [
        r["book"], r["verdict"], str(r["money"]), f"{r['linked_percent']} %",
        f"{r['proved_percent']} %",
    ]  # fmt: skip


def _mutation(results: Mapping[str, Any]) -> list[list[str]]:
    """One row a book, and the sum of all."""
    rows = []
    everything: dict[str, dict[str, int]] = {}
    for name, result in sorted(results.items()):
        scopes = result["scopes"]
        rows.append(_slips(name, scopes))
        for scope, counts in scopes.items():
            into = everything.setdefault(scope, {})
            for key, value in counts.items():
                if isinstance(value, int):
                    into[key] = into.get(key, 0) + value
    if len(rows) > 1:
        rows.append([f"**{cell}**" for cell in _slips("Σ", everything)])
    return rows


def _slips(name: str, scopes: Mapping[str, Mapping[str, Any]]) -> list[str]:
    def total(key: str, *which: str) -> int:
        return sum(c[key] for s, c in scopes.items() if s in which or not which)

    prose = ("prose", "percent")
    return [
        name,
        str(total("slips")),
        share(total("caught", "table"), total("slips", "table")),
        share(total("caught", *prose), total("slips_checkable", *prose)),
        share(total("identifiable"), total("caught")),
        share(total("first"), total("identifiable")),
        share(total("listed"), total("ties")),
        str(total("wrong")),
        str(total("crashed")),
    ]


def _speed(r: Mapping[str, Any]) -> list[str]:
    plumber = r.get("pdfplumber_x")
    return [
        r["book"], str(r["pages"]), f"{r['bare_ms']:.0f} ms", f"{r['document_x']}×",
        f"{r['book_x']}×", f"{r['check_x']}×", f"{plumber}×" if plumber else "–",
        f"{r['faster_than_pdfplumber']}×" if plumber else "–", f"{r['peak_mb']['check']:.0f} MB",
    ]  # fmt: skip


def _growth(r: Mapping[str, Any]) -> list[str]:
    return [
        str(r["figures"]), f"{r['read']:.2f} s", f"{r['check']:.2f} s",
        f"{r['check_us_per_figure']:.0f}", str(r.get("check_power", "–")),
    ]  # fmt: skip


def share(part: int, whole: int) -> str:
    """Percent with two decimals, cut off: 99.999 is not 100."""
    if not whole:
        return "–"
    hundredths = 10_000 * part // whole
    return "100 %" if part == whole else f"{hundredths // 100}.{hundredths % 100:02} %"


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = ["| " + " | ".join(head) + " |", "|---|" + "---:|" * (len(head) - 1)]
    lines += ["| " + " | ".join(row) + " |" for row in rows]
    return "\n".join(lines)
