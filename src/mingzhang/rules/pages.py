"""Pages: a rule's docstring as a Markdown page, Chinese and English."""

from __future__ import annotations

import inspect

from mingzhang.rules.rule import Rule
from mingzhang.rules.wording import bases

_ENGLISH = "\n## English\n"
_STATUS = {
    "text": ("已核对条文", "article text read"),
    "page": ("据公开页面转述，未见全文", "as quoted on public pages; full text not seen"),
    "practice": ("据已公开的预算（决算）", "as practised in published books"),
    "method": ("由本工具的证明得出", "follows from the proof itself"),
}
_SEVERITY = {
    "error": ("错误", "error"),
    "warning": ("警告", "warning"),
    "note": ("提示", "note"),
}
_STAGE = {"budget": ("预算", "budget"), "final": ("决算", "final account")}


def body_in(rule: Rule, lang: str) -> str:
    """The docstring's part in ``lang`` without its first line (which names the rule)."""
    text = inspect.cleandoc(rule.page)
    chinese, _, english = text.partition(_ENGLISH)
    if lang == "en":
        return english.strip()
    return chinese.partition("\n")[2].strip()


def facts_in(rule: Rule, lang: str) -> list[str]:
    """Severity, applicability and the bases with how far each was verified, as list items."""
    pick = 1 if lang == "en" else 0
    stages = ("、", ", ")[pick].join(_STAGE[s][pick] for s in rule.stages)
    out = [
        (f"级别：{_SEVERITY[rule.severity][0]}", f"Severity: {_SEVERITY[rule.severity][1]}")[pick],
        (f"适用：{stages}", f"Applies to: {stages}")[pick],
    ]
    first, last = rule.years
    if first is not None or last is not None:
        out.append(
            (f"年度：{first or ''}–{last or ''}", f"Years: {first or ''}–{last or ''}")[pick]
        )
    if rule.layouts:
        out.append(
            (f"版式：{'、'.join(rule.layouts)}", f"Layouts: {', '.join(rule.layouts)}")[pick]
        )
    if rule.status != "stable":
        out.append((f"状态：{rule.status}", f"Status: {rule.status}")[pick])
    for key in rule.basis:
        basis = bases().get(key)
        if basis is None:
            out.append((f"依据：{key}", f"Basis: {key}")[pick])
            continue
        how = _STATUS[basis.status][pick]
        cited = (f"依据：{basis.zh}（{how}）", f"Basis: {basis.en} ({how})")[pick]
        out.append(cited + (f" {basis.note}" if basis.note and pick == 0 else ""))
    return out


def page_in(rule: Rule, lang: str) -> str:
    """The page of ``rule`` in ``lang``: name, facts, body."""
    head = f"# {rule.id} {rule.name(lang)}"
    facts = "\n".join(f"- {line}" for line in facts_in(rule, lang))
    return f"{head}\n\n{facts}\n\n{body_in(rule, lang)}\n"


def full_page(rule: Rule) -> str:
    """The page for docs/rules: Chinese, then English."""
    english = page_in(rule, "en").replace("# ", "## ", 1)
    return f"{page_in(rule, 'zh')}\n---\n\n{english}"
