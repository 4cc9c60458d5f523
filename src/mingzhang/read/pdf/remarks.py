"""What the PDF reader says to people, in Chinese and English: why not, and what it left out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from mingzhang.read.errors import Unreadable

_REFUSALS: Mapping[str, tuple[str, str]] = {
    "empty": (
        "{name}：文件是空的（0 字节），请重新下载。",
        "{name}: the file is empty (0 bytes); download it again.",
    ),
    "not-pdf": (
        "{name}：不是 PDF 文件{zh}，扩展名可能有误，或下载到的是网页。",
        "{name}: not a PDF file{en}; the extension may be wrong, or a web page was saved.",
    ),
    "encrypted": (
        "{name}：文件已加密，需要打开密码（password）。",
        "{name}: the file is encrypted; give the password to open it.",
    ),
    "password": ("{name}：密码不对。", "{name}: the password is wrong."),
    "security": (
        "{name}：文件使用了无法识别的加密方式，请另存为不加密的 PDF。",
        "{name}: the file uses a security scheme that cannot be opened; save it unencrypted.",
    ),
    "damaged": (
        "{name}：PDF 已损坏，无法修复（可能没有下载完整），请重新下载。",
        "{name}: the PDF is damaged beyond repair (a cut-off download?); download it again.",
    ),
    "no-pages": ("{name}：PDF 中一页也没有。", "{name}: the PDF has no pages."),
}
_HINTS = {"encrypted": "password", "password": "password", "security": "save-as"}
_REMARKS: Mapping[str, tuple[str, str]] = {
    "repaired": ("PDF 已损坏，修复后读取", "the PDF was damaged and was mended before reading"),
    "limit": (
        "共 {total} 页，按上限只读取前 {count} 页",
        "only the first {count} of {total} pages were read (the limit)",
    ),
    "broken-page": ("第 {pages} 页损坏，未读取", "damaged pages, not read: {pages}"),
    "scanned": (
        "第 {pages} 页没有文字（可能是扫描件），未读取",
        "pages without text (scanned pictures?), not read: {pages}",
    ),
    "hidden-layer": (
        "第 {pages} 页是图片，文字取自其隐藏文字层",
        "pages that are pictures, read from their hidden layer of text: {pages}",
    ),
    "guessed": (
        "第 {pages} 页有 {count} 个字符的字体没有 Unicode 对照，按字符代码推测，可能有误",
        "characters whose font does not tell what they are, guessed from their codes: {count}, "
        "on pages {pages}",
    ),
    "drawing": (
        "第 {pages} 页线条过多，未按表格读取",
        "pages with too many lines to be tables, their tables not read: {pages}",
    ),
}


def refusal(what: str, name: str, zh: str = "", en: str = "") -> Unreadable:
    """The error for one kind of trouble with the file ``name``; ``zh`` and ``en`` say more."""
    chinese, english = _REFUSALS[what]
    fields = {"name": name, "zh": zh, "en": en}
    messages = {"zh": chinese.format(**fields), "en": english.format(**fields)}
    return Unreadable(what, name, messages, _HINTS.get(what, ""))


def remark(what: str, name: str, pages: Iterable[int] = (), **fields: object) -> str:
    """What a document's warnings say about something that was not read: Chinese / English."""
    chinese, english = _REMARKS[what]
    fields["pages"] = ranges(pages)
    return f"{name}：{chinese.format(**fields)} / {english.format(**fields)}"


def ranges(pages: Iterable[int]) -> str:
    """Page numbers with runs drawn together: "1, 3-5"."""
    parts: list[list[int]] = []
    for page in sorted(pages):
        if parts and page == parts[-1][-1] + 1:
            parts[-1][1:] = [page]
        else:
            parts.append([page])
    return ", ".join("-".join(map(str, part)) for part in parts)
