"""Writes docs/rules/*.md from the rules' docstrings: ``python -m mingzhang.rules.docs [FOLDER]``."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

from mingzhang.rules.pages import full_page
from mingzhang.rules.registry import ALL
from mingzhang.rules.wording import table

_SEVERITY = {"error": "错误 error", "warning": "警告 warning", "note": "提示 note"}

_OWN = [
    "## 自定规则 Rules of your own",
    "",
    "一个文件、一条规则：模块里定义 `RULE = Rule(...)`，编号不以 MZ 开头，句子写在 `messages` 里；",
    "`mingzhang.rules.load(文件)` 读入，`mingzhang.rules.run(book, [*ALL, 规则])` 一并运行。",
    "One file, one rule: a module that defines `RULE = Rule(...)` with an id that does not begin with MZ and",
    "its sentences in `messages`; `mingzhang.rules.load(file)` reads it, `run(book, [*ALL, rule])` runs it too.",
    "",
]


def pages() -> Mapping[str, str]:
    """File name -> text: one page per rule, and the index."""
    out = {f"{rule.id}.md": full_page(rule) for rule in ALL}
    return {"index.md": index(), **out}


def index() -> str:
    """The list of all rules by theme, with what the ids mean."""
    lines = [
        "# 规则 Rules",
        "",
        "由 `python -m mingzhang.rules.docs` 从规则的文档字符串生成，请勿手改。",
        "Generated from the docstrings of the rules; do not edit.",
        "",
        "规则编号终身不变：停用的编号不再给别的规则。首位数字是主题：",
        "An id is for life; a retired one is never given to another rule. The first digit is the theme:",
        "",
    ]
    for digit, theme in table("themes").items():
        lines += [f"## MZ{digit}xx {theme['zh']} · {theme['en']}", ""]
        mine = [r for r in ALL if r.id[2] == digit]
        if mine:
            lines += ["| id | 名称 | name | 级别 |", "|---|---|---|---|"]
            lines += [
                f"| [{r.id}]({r.id}.md) | {r.name_zh} | {r.name_en} | {_SEVERITY[r.severity]} |"
                for r in mine
            ]
            lines.append("")
    return "\n".join(lines + _OWN)


def write(folder: Path) -> list[Path]:
    """Writes what changed, removes pages of rules that are gone; returns what it touched."""
    folder.mkdir(parents=True, exist_ok=True)
    wanted = pages()
    touched = []
    for name, text in wanted.items():
        path = folder / name
        if not path.exists() or path.read_text("utf-8") != text:
            path.write_text(text, "utf-8")
            touched.append(path)
    for path in sorted(folder.glob("*.md")):
        if path.name not in wanted:
            path.unlink()
            touched.append(path)
    return touched


if __name__ == "__main__":
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else Path("docs/rules")
    for path in write(target):
        print(path)
