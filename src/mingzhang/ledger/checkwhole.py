"""Checks across tables: projects and their lines, people and posts, goals and amounts."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from difflib import get_close_matches

from mingzhang.catalog.dimensions import ancestors
from mingzhang.catalog.ledger import tables, words
from mingzhang.ledger.checklines import heading
from mingzhang.ledger.fault import Notebook
from mingzhang.ledger.values import amount_text, number_text
from mingzhang.model.goal import Goal
from mingzhang.model.ledger import Entity, Ledger

_POSTS, _PEOPLE = "编制", "在编"  # 编制 are posts, 在编 people in them
_FULL_WEIGHTS = (Decimal(100), Decimal(90), Decimal(1))


def check_projects(ledger: Ledger, notes: Notebook) -> None:
    """Projects named by lines and projects described must be the same ones."""
    named = {p.name: p for p in ledger.projects}
    used: set[str] = set()
    told: set[tuple[str, str]] = set()
    parts = {(p.name, part.name) for p in ledger.projects for part in p.parts}
    for line in ledger.lines:
        name = line.project
        if not name:
            continue
        used.add(name)
        project = named.get(name)
        if project is None:
            if (name, "") not in told:
                told.add((name, ""))
                notes.add(
                    "project-unknown", line.place, heading("project"), project=name,
                    nearest=get_close_matches(name, named, 2, 0.5),
                )  # fmt: skip
            continue
        if project.withheld and not line.withheld:
            notes.add("withheld-line", line.place, heading("withheld"), project=name)
        pair = (name, line.part)
        if line.part and project.parts and pair not in parts and pair not in told:
            told.add(pair)
            notes.add(
                "part-unknown", line.place, heading("part"), part=line.part, project=name,
                nearest=get_close_matches(line.part, [p.name for p in project.parts], 2, 0.5),
            )  # fmt: skip
    for project in ledger.projects:
        if project.name not in used:
            close = get_close_matches(project.name, sorted(used - named.keys()), 2, 0.5)
            notes.add("project-unused", project.place, project=project.name, nearest=close)


def check_people(ledger: Ledger, notes: Notebook) -> None:
    """People in posts are no more than the posts, by kind of post and in all."""
    for entity in ledger.entities:
        posts = {k.replace(_POSTS, ""): v for k, v in entity.staff.items() if _is_post(k)}
        people = {k.replace(_PEOPLE, ""): v for k, v in entity.staff.items() if _PEOPLE in k}
        for kind, number in people.items():
            if kind in posts and number > posts[kind]:
                _too_many(entity, number, posts[kind], notes)
                break
        else:
            total = sum(posts.values())
            if posts and sum(people.values()) > total:
                _too_many(entity, sum(people.values()), total, notes)


def _is_post(name: str) -> bool:
    return _POSTS in name and _PEOPLE not in name


def _too_many(entity: Entity, people: int, posts: int, notes: Notebook) -> None:
    notes.add("people", entity.place, entity=entity.name, people=people, posts=posts)


def check_goals(ledger: Ledger, notes: Notebook) -> None:
    """Goals belong to projects, say the amounts of their lines, and weigh what they should."""
    sums = _project_sums(ledger)
    names = {p.name for p in ledger.projects} | {k for k in sums if k}
    seen: set[str] = set()
    for goal in ledger.goals:
        if goal.project and goal.project not in names:
            close = get_close_matches(goal.project, sorted(names), 2, 0.5)
            notes.add("goal-unknown", goal.place, project=goal.project, nearest=close)
        elif goal.year in (None, ledger.year):
            _check_amounts(goal, sums.get(goal.project, {}), notes)
        for line in goal.lines:
            if line.id in seen:
                notes.add("same-id", line.place, id=line.id)
            seen.add(line.id)
        weights = [line.weight for line in goal.lines if line.weight is not None]
        if weights and sum(weights) not in _FULL_WEIGHTS:
            total = number_text(sum(weights, Decimal(0)))
            notes.add(
                "goal-weights", goal.place, project=_called(goal), told=total, wanted="100（或 90、1）",
                en={"wanted": "100 (or 90, or 1)"},
            )  # fmt: skip
    with_goal = {goal.project for goal in ledger.goals}
    for project in ledger.projects:
        if ledger.goals and project.name not in with_goal and project.key and not project.withheld:
            notes.add("goal-missing", project.place, project=project.name)


def _called(goal: Goal) -> str:
    return goal.project or words("whole")[0]


def _project_sums(ledger: Ledger) -> dict[str, dict[str, int]]:
    """Project ("" for all) -> total, fiscal and other money of this year in 分."""
    out: dict[str, dict[str, int]] = {}
    for line in ledger.lines:
        if line.flow != "expenditure":
            continue
        fen = line.amounts.get((0, ledger.stage), 0)
        kind = "fiscal" if "fiscal" in ancestors("fund", line.fund) else "other"
        for project in {"", line.project}:
            sums = out.setdefault(project, {"total": 0, "fiscal": 0, "other": 0})
            sums["total"] += fen
            sums[kind] += fen
    return out


def _check_amounts(goal: Goal, sums: Mapping[str, int], notes: Notebook) -> None:
    table = tables()["goals"]
    for field in ("total", "fiscal", "other"):
        told: int | None = getattr(goal, field)
        if told is not None and told != sums.get(field, 0):
            column = table.column(field)
            notes.add(
                "goal-total", goal.place, column.zh, project=_called(goal), field=column.zh,
                field_en=column.en, told=amount_text(told), amount=amount_text(sums.get(field, 0)),
                difference=amount_text(told - sums.get(field, 0)),
            )  # fmt: skip
    if None not in (goal.total, goal.fiscal, goal.other):
        parts = (goal.fiscal or 0) + (goal.other or 0)
        if parts != goal.total:
            notes.add(
                "goal-parts", goal.place, project=_called(goal), parts=amount_text(parts),
                told=amount_text(goal.total),
            )  # fmt: skip
