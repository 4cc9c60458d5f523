"""Summary: bench/figures.json → the few lines that the READMEs show of all measurements."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bench.tables import against, share, table, worst

Line = tuple[str, str]
HEAD = {"en": ("measured", "result"), "zh": ("测量", "结果")}


def summary(found: Mapping[str, Any], lang: str) -> str:
    """One table; "" if nothing was measured."""
    lines = [line for part in _PARTS for line in part(found, lang)]
    return table(HEAD[lang], lines) if lines else ""


def _say(lang: str, en: str, zh: str) -> str:
    return en if lang == "en" else zh


def _results(found: Mapping[str, Any], name: str) -> Any:
    return found.get(name, {}).get("results", {})


def _range(values: Sequence[float], form: str = ".1f") -> str:
    low, high = f"{min(values):{form}}", f"{max(values):{form}}"
    return low if low == high else f"{low}–{high}"


def _accuracy(found: Mapping[str, Any], lang: str) -> Iterator[Line]:
    results = _results(found, "accuracy")
    reading, claims = results.get("reading", []), results.get("claims", [])
    if reading:
        right, cells = (sum(r[k] for r in reading) for k in ("cells_right", "cells"))
        yield (
            _say(
                lang,
                f"Table cells read right, {len(reading)} books against hand-made gold",
                f"表格单元读对：{len(reading)} 本书与手工标准答案比较",
            ),
            f"{right:,} / {cells:,}",
        )
    if claims:
        right, said = (sum(r[k] for r in claims) for k in ("right", "claims"))
        yield (
            _say(
                lang,
                f"Sentences understood (subject, value, unit, relation), {len(claims)} books",
                f"句子理解对（主语、数值、单位、关系）：{len(claims)} 本书",
            ),
            f"{right} / {said}",
        )
    linked = [r["linked_percent"] for r in results.get("coverage", [])]
    if linked:
        yield (
            _say(
                lang, "Money figures that take part in a relation, by book", "参与勾稽的金额，各书"
            ),
            f"{_range(linked)} %",
        )


def _mutation(found: Mapping[str, Any], lang: str) -> Iterator[Line]:
    scopes = [s for r in _results(found, "mutation").values() for s in r["scopes"].items()]
    if not scopes:
        return

    def total(key: str, tables: bool | None = None) -> int:
        return sum(c[key] for s, c in scopes if tables is None or (s == "table") is tables)

    def of(part: str, whole: str, tables: bool | None = None) -> str:
        least, most = total(part, tables), total(whole, tables)
        return f"{least:,} / {most:,} ({share(least, most)})"

    yield (
        _say(lang, "Slips in tables caught, one altered figure at a time", "表格错一个数，抓到"),
        of("caught", "slips", True),
    )
    prose = of("caught", "slips_checkable", False)
    yield (
        _say(
            lang, "Slips in sentences caught, of checkable ones", "文字错一个数，抓到（可核对的）"
        ),
        prose,
    )
    yield (
        _say(lang, "Right figure named, where only one could be wrong", "只有一个数可能错时，指对"),
        of("first", "identifiable"),
    )
    yield (
        _say(
            lang,
            "Altered figure among the suspects, where several could be",
            "几个数都可能错时，列入嫌疑",
        ),
        of("listed", "ties"),
    )


def _speed(found: Mapping[str, Any], lang: str) -> Iterator[Line]:
    reading = _results(found, "speed").get("reading", []) if _results(found, "speed") else []
    if reading:
        times = [r["check_x"] for r in reading]
        yield (
            _say(
                lang,
                f"Reading and proving a PDF book, × PDFium's bare text extraction, {len(times)} books",
                f"读完并证明一本 PDF 书，是 PDFium 单纯取字的倍数，{len(times)} 本书",
            ),
            f"{_range(times)}×",
        )
        faster = [r["faster_than_pdfplumber"] for r in reading if r.get("pdfplumber_x")]
        if faster:
            yield (
                _say(lang, "Reading, faster than pdfplumber's tables", "读表，比 pdfplumber 快"),
                f"{_range(faster)}×",
            )


def _unseen(found: Mapping[str, Any], lang: str) -> Iterator[Line]:
    made = list((_results(found, "layouts") or {}).values())
    if made:
        meant, figures, false = (sum(r[k] for r in made) for k in ("meant", "figures", "false"))
        yield (
            _say(
                lang,
                f"Random books in layouts of other regions, made by us ({len(made)} layouts × formats): "
                "figures understood; false findings",
                f"其他地区版式的随机书，自制（{len(made)} 种版式×格式）：数字理解对；误报",
            ),
            f"{share(meant, figures)}; {false}",
        )
    scans = _results(found, "scans") or []
    if scans:
        right = sum(r["cells_right"] + r["prose_right"] for r in scans)
        whole = sum(r["cells"] + r["prose"] for r in scans)
        yield (
            _say(
                lang,
                f"Scanned books ({len(scans)}, made): figures read right; time a page",
                f"扫描件（{len(scans)} 本，自制）：数字读对；每页",
            ),
            f"{right} / {whole}; {_range([r['s_per_page'] for r in scans])} s",
        )


def _making(found: Mapping[str, Any], lang: str) -> Iterator[Line]:
    compiled = _results(found, "compile")
    if compiled:
        most = max(compiled, key=lambda r: r["lines"])
        yield (
            _say(
                lang,
                f"A book from a ledger of {most['lines']:,} lines",
                f"由 {most['lines']:,} 行底账编成一本书",
            ),
            f"{most['seconds']:.1f} s, {most['peak_mb']} MB",
        )
    peers = (_results(found, "publish") or {}).get("peers", [])
    if peers:
        yield (
            _say(
                lang,
                "A book as PDF; faster than WeasyPrint, than LibreOffice",
                "一本书的 PDF；比 WeasyPrint 快、比 LibreOffice 快",
            ),
            f"{_range([r['pdf_s'] for r in peers], '.2f')} s; "
            f"{_range([r['weasyprint_x'] for r in peers])}×, "
            f"{_range([r['libreoffice_x'] for r in peers])}×",
        )


def _evidence(found: Mapping[str, Any], lang: str) -> Iterator[Line]:
    kinds = (_results(found, "evidence") or {}).get("kinds", {})
    if not kinds:
        return
    exact, asked = (sum(r[k] for r in kinds.values()) for k in ("exact", "asked"))
    yield (
        _say(
            lang,
            f"Indicators exact over registers of a million rows, {len(kinds)} kinds of store",
            f"百万行台账，指标算得分毫不差，{len(kinds)} 种存储",
        ),
        f"{exact} / {asked}",
    )
    for kind, name in (("csv", "CSV"), ("parquet", "Parquet")):
        store = kinds.get(kind)
        if not store or worst(store, "cpu") is None:
            continue
        parts = [worst(store, "cpu"), worst(store, "peak_mb")]
        parts += [against(store["whole"], "cpu"), against(store["whole"], "peak_mb")]
        told = [f"{ratio:.2f}×" for ratio in parts if ratio is not None]
        yield (
            _say(
                lang,
                f"{name}: the dearest question, and all together with digests and keys checked, "
                "× plain DuckDB (processor, memory)",
                f"{name}：最贵的一问；全部一起（含校验值、查重），是直接用 DuckDB 的倍数（处理器、内存）",
            ),
            f"{', '.join(told[:2])}; {', '.join(told[2:])}",
        )


_PARTS = (_accuracy, _mutation, _unseen, _speed, _making, _evidence)
