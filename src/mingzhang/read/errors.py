"""What a reader says when a file cannot be read at all."""

from __future__ import annotations

from collections.abc import Mapping


class Unreadable(Exception):
    """A file that no document can be made of 无法读取的文件.

    ``what`` is an id of the kind of trouble (``empty``, ``not-pdf``, ``encrypted``, ``damaged`` …),
    ``where`` the file's name, ``hint`` what the user can do about it (an id of the same kind, or
    ""), ``messages`` the whole sentence for a person by language: "zh" and "en".
    """

    def __init__(self, what: str, where: str, messages: Mapping[str, str], hint: str = "") -> None:
        super().__init__(messages["en"])
        self.what = what
        self.where = where
        self.hint = hint
        self.messages = dict(messages)

    def message_in(self, lang: str) -> str:
        """The sentence in ``lang`` ("zh" or "en"; English if the language is not known)."""
        return self.messages.get(lang, self.messages["en"])


_REFUSALS: Mapping[str, tuple[str, str]] = {
    "empty": (
        "{where}：文件是空的（0 字节），请重新下载。",
        "{where}: the file is empty (0 bytes); download it again.",
    ),
    "missing": ("{where}：没有这个文件或文件夹。", "{where}: no such file or folder."),
    "no-files": ("{where}：里面没有可读的文件。", "{where}: there is no file in it to read."),
    "not-text": (
        "{where}：不是文本文件，或编码无法识别。",
        "{where}: not a text file, or its encoding is not known.",
    ),
    "damaged": (
        "{where}：文件已损坏（{detail}），请重新下载或另存一份。",
        "{where}: the file is damaged ({detail}); download it again or save a fresh copy.",
    ),
    "wrong-kind": (
        "{where}：不是 {kind} 文件，扩展名可能有误。",
        "{where}: not a file of kind {kind}; its extension may be wrong.",
    ),
    "encrypted": (
        "{where}：文件已加密，请解密后再试。",
        "{where}: the file is encrypted; remove the password first.",
    ),
    "old-word": (
        "{where}：是旧版 Word（.doc/.rtf/.wps）文件，请另存为 DOCX 或 PDF。",
        "{where}: an old Word file (.doc/.rtf/.wps); save it as DOCX or PDF.",
    ),
    "unsupported": (
        "{where}：还不能读这种文件（{kind}），请另存为 PDF、DOCX 或 XLSX。",
        "{where}: this kind of file ({kind}) cannot be read yet; save it as PDF, DOCX or XLSX.",
    ),
    "too-large": (
        "{where}：内容超过上限（{limit}），没有读取。",
        "{where}: more than the limit ({limit}); not read.",
    ),
    "bomb": (
        "{where}：压缩比异常，疑似压缩炸弹，没有读取。",
        "{where}: suspiciously compressed (a decompression bomb?); not read.",
    ),
    "timeout": (
        "{where}：读取超过 {limit} 秒，已停止。",
        "{where}: reading took longer than {limit} seconds and was stopped.",
    ),
    "memory": (
        "{where}：读取所需内存超过 {limit} MB，已停止。",
        "{where}: reading needed more than {limit} MB of memory and was stopped.",
    ),
    "crashed": (
        "{where}：读取程序异常退出（{detail}），文件可能已损坏。",
        "{where}: the reader broke down ({detail}); the file may be damaged.",
    ),
}
_HINTS = {"old-word": "save-as", "unsupported": "save-as", "encrypted": "decrypt"}
_REMARKS: Mapping[str, tuple[str, str]] = {
    "tracked": (
        "含修订痕迹，按接受修订后的文本读取",
        "tracked changes: read as if all were accepted",
    ),
    "hidden-text": ("有 {n} 处隐藏文字未读", "hidden pieces of text, not read: {n}"),
    "hidden-sheets": ("隐藏工作表未读：{names}", "hidden sheets, not read: {names}"),
    "hidden-rows": (
        "工作表“{sheet}”有 {n} 行隐藏，未读",
        "sheet {sheet}: hidden rows, not read: {n}",
    ),
    "hidden-columns": (
        "工作表“{sheet}”有 {n} 列隐藏，未读",
        "sheet {sheet}: hidden columns, not read: {n}",
    ),
    "not-calculated": (
        "工作表“{sheet}”有 {n} 个公式没有保存结果（如 {cell}），按空白读取",
        "sheet {sheet}: formulas saved without a result (such as {cell}), read as blank: {n}",
    ),
    "formula-errors": (
        "工作表“{sheet}”有 {n} 个单元格是错误值（如 {cell}）",
        "sheet {sheet}: cells with an error value (such as {cell}): {n}",
    ),
    "pictures": (
        "文件中有 {n} 幅图片，其中的文字和数字未读",
        "pictures, whose text and figures were not read: {n}",
    ),
    "embedded": ("文件中有 {n} 个嵌入对象未读", "embedded objects, not read: {n}"),
    "altered": (
        "与 datapackage.json 记录的校验和不符，发布后改动过",
        "not as datapackage.json has it: changed since it was published",
    ),
}


def refusal(what: str, where: str, **fields: object) -> Unreadable:
    """The error for one kind of trouble; raises KeyError for a kind that has no sentence."""
    zh, en = _REFUSALS[what]
    messages = {"zh": zh.format(where=where, **fields), "en": en.format(where=where, **fields)}
    return Unreadable(what, where, messages, _HINTS.get(what, ""))


def remark(what: str, where: str, **fields: object) -> str:
    """What a document's warnings say about something that was not read: Chinese / English."""
    zh, en = _REMARKS[what]
    return f"{where}：{zh.format(**fields)} / {en.format(**fields)}"
