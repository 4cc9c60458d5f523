"""What is said about scans, in Chinese and English."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from mingzhang.read.pdf.remarks import ranges

_REMARKS: Mapping[str, tuple[str, str]] = {
    "missing": (
        "第 {pages} 页是扫描图片，没有读取；安装文字识别组件后可读："
        "pip install 'mingzhang[ocr]'（模型随包安装，不联网）",
        "pages that are scans, not read: {pages}; to read them: pip install 'mingzhang[ocr]' "
        "(its models come with it, nothing is downloaded later)",
    ),
    "seen": (
        "第 {pages} 页是扫描图片，由文字识别读取，数字带有可信度",
        "pages that are scans, read by OCR, with a confidence for each figure: {pages}",
    ),
    "broken": (
        "第 {pages} 页是扫描图片，文字识别失败",
        "pages that are scans and that OCR failed on: {pages}",
    ),
}


def remark(what: str, name: str, pages: Iterable[int]) -> str:
    """What a document's warnings say about its scans: "missing" extra, "seen", or "broken"."""
    chinese, english = _REMARKS[what]
    shown = ranges(pages)
    return f"{name}：{chinese.format(pages=shown)} / {english.format(pages=shown)}"
