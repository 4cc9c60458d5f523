"""Normal forms of labels, so that what is typed in many ways compares equal.

Source: REFERENCE.md part G (full-width brackets, quotes, 其它/其他, 〔〕﹝﹞[] are mixed in practice).
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# invisible: soft hyphen, zero-width characters, direction marks, byte order mark
_UNSEEN = r"\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"
_QUOTES = re.compile(r"[“”\"'‘’「」『』《》〈〉]")
_SPACE = re.compile(rf"[\s{_UNSEEN}]+")
_BRACKETS = str.maketrans({"〔": "[", "〕": "]", "﹝": "[", "﹞": "]", "【": "[", "】": "]"})
_NUMBERING = re.compile(
    r"^(?:第[一二三四五六七八九十百]+(?:部分|章|节|条)|[一二三四五六七八九十百]+[、.．,]"
    r"|[(][一二三四五六七八九十百]+[)][、.]?|[(]\d{1,2}[)][、.]?|\d{1,2}[、.．](?!\d)|[①-⑳])"
)
_OF_WHICH = re.compile(r"^(?:其中|其\s*中)[:：]?")
_YEAR = re.compile(r"^(?:19|20)\d{2}年(?:度)?")
_UNIT = re.compile(r"[(](?:单位:)?(?:元|千元|万元|亿元)[)]$")
_LEVEL = re.compile(r"[(](?:类|款|项)[)]")


@lru_cache(maxsize=65536)
def plain(text: str) -> str:
    """NFKC, nothing invisible, no quotation marks, one kind of brackets, 其他 for 其它."""
    out = unicodedata.normalize("NFKC", text)
    out = _QUOTES.sub("", _SPACE.sub("", out)).translate(_BRACKETS)
    return out.replace("其它", "其他")


@lru_cache(maxsize=65536)
def bare(text: str) -> str:
    """``plain`` without numbering (一、 （一） 1.), 其中, a leading year, a unit in brackets."""
    out = plain(text)
    for _ in range(3):
        before = out
        out = _NUMBERING.sub("", out)
        out = _OF_WHICH.sub("", out)
        out = _YEAR.sub("", out)
        out = _UNIT.sub("", out)
        if out == before:
            break
    return out.strip(":：,，、;；。")


def numbering(text: str) -> str:
    """The numbering a label begins with ("一、", "(一)", "1."), "" if none."""
    found = _NUMBERING.match(plain(text))
    return found.group() if found else ""


def numbering_level(text: str) -> int:
    """Depth by the habit of official documents: 一、→1, （一）→2, 1.→3, （1）→4; 0 for none."""
    mark = numbering(text)
    if not mark:
        return 0
    if mark.startswith("第"):
        return 1
    if mark.startswith("("):
        return 4 if mark[1].isdigit() else 2
    return 3 if mark[0].isdigit() else 1


def of_which(text: str) -> bool:
    """True for a label that begins with 其中 (after its numbering)."""
    return bool(_OF_WHICH.match(_NUMBERING.sub("", plain(text))))


def without_level_words(text: str) -> str:
    """A subject name without （类）（款）（项）."""
    return _LEVEL.sub("", plain(text))


def project_key(text: str) -> str:
    """A project's name without what is only typed around it (…项目, …预算, …项目预算)."""
    out = bare(text)
    for tail in ("预算", "支出", "项目"):
        if len(out) > len(tail) + 1:
            out = out.removesuffix(tail)
    return out
