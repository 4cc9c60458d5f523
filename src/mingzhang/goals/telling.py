"""Telling: a fault of a goal or a line, worded by the catalog."""

from __future__ import annotations

import re
from collections.abc import Mapping

from mingzhang.catalog import performance
from mingzhang.catalog.normal import project_key
from mingzhang.model.goal import Goal, GoalFault, GoalLine
from mingzhang.model.place import Place

_WAN = 1_000_000  # 分 in a 万元


def fault(kind: str, about: Goal | GoalLine, **facts: str) -> GoalFault:
    """The fault ``kind`` of [fault] in catalog/performance.toml. Raises KeyError for an unknown one."""
    line = about.id if isinstance(about, GoalLine) else ""
    return fault_at(kind, about.project, line, about.place, facts)


def fault_at(
    kind: str, project: str, line: str, place: Place, facts: Mapping[str, str]
) -> GoalFault:
    """The fault ``kind`` at a place of its own. Raises KeyError for an unknown one."""
    message, suggestion = performance.said(kind, facts)
    return GoalFault(
        kind, performance.severity(kind), project_key(project), line, message, suggestion, place
    )


def called(project: str) -> dict[str, str]:
    """How a goal is called in a message: fields ``project`` and ``project_en``."""
    if project:
        return {"project": f"“{project}”", "project_en": f"“{project}”"}
    return {
        "project": performance.word("whole", "zh"),
        "project_en": performance.word("whole", "en"),
    }


def short(text: str, limit: int = 30) -> str:
    """Text short enough to stand in a message."""
    shown = re.sub(r"</?[a-zA-Z]+\s*/?>|\s+", "", text)
    return shown if len(shown) <= limit else shown[: limit - 1] + "…"


def wan(fen: int) -> str:
    """An amount in 万元, to the 分."""
    whole, rest = divmod(abs(fen), _WAN)
    decimals = f".{rest:06d}".rstrip("0").rstrip(".")
    return f"{'-' if fen < 0 else ''}{whole}{decimals}"
