"""The files ``evaluation.toml`` and ``department.toml`` 自评填报、部门评价填报: what people add to data.

    [scheme.points]             # what differs from catalog/scoring.toml
    [[indicator]]
    id = "g3"
    values = [1, 5]             # or value = "32"; one for each condition
    document = "…"              # proves value, grade or points
    grade = "达成"               # within = 0.9: where in its band
    points = 4.5                # by hand (or share = 0.9 of the weight); basis = "…" says why
    reason = "…"                # 偏差原因; measure = "…" 改进措施
    [serves]                    # indicators of the whole department that a project answers for
    "社工服务项目" = ["g1"]
    [[execution]]
    project = "社工服务项目"       # 部门整体 is the whole; amounts in 元
    executed = 3950000.00

A slip in one entry is that entry's fault; only a file that is no TOML is refused as a whole.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from pathlib import Path
from typing import Any

from mingzhang.catalog.ledger import words
from mingzhang.model.evidence import Fault
from mingzhang.perform.evaluation.nouns import Answer, Answers, Spending
from mingzhang.perform.scoring.scheme import SEVERAL
from mingzhang.perform.scoring.telling import told

_TEXTS = ("unit", "shown", "document", "grade", "basis", "several", "reason", "measure")
_NUMBERS = ("within", "points", "share", "baseline")
_KEYS = ("id", "project", "value", "values", "justified", *_TEXTS, *_NUMBERS)
_AMOUNTS = ("initial", "budget", "executed")
_TOP = ("scheme", "indicator", "execution", "projects", "evaluator", "serves")


class Unusable(Exception):
    """A file that cannot be read at all; ``fault`` says why."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.messages["en"])
        self.fault = fault


class _Slip(Exception):
    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.messages["en"])
        self.fault = fault


def load_answers(path: Path) -> Answers:
    """What a file says. Raises Unusable if there is no such file or it is no TOML."""
    try:
        data = tomllib.loads(path.read_text("utf-8-sig"), parse_float=Decimal)
    except FileNotFoundError:
        raise Unusable(told("file-missing", where=path.name)) from None
    except UnicodeDecodeError:
        raise Unusable(told("file-toml", where=path.name, detail="UTF-8")) from None
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise Unusable(told("file-toml", where=path.name, detail=str(error))) from None
    return parse_answers(data, path.name)


def parse_answers(data: Mapping[str, Any], where: str) -> Answers:
    """Answers from TOML data. Raises Unusable for what concerns the file as a whole."""
    try:
        _known(data, _TOP, where)
        scheme = _table(data.get("scheme", {}), f"{where} [scheme]")
        projects = _texts(data.get("projects", []), "projects", where)
        evaluator = _text(data.get("evaluator", ""), "evaluator", where)
        named = _table(data.get("serves", {}), f"{where} [serves]")
        serves = {owner(k): _texts(v, k, f"{where} [serves]") for k, v in named.items()}
        rows = _list(data.get("indicator", []), f"{where} [[indicator]]")
        money = _list(data.get("execution", []), f"{where} [[execution]]")
    except _Slip as slip:
        raise Unusable(slip.fault) from None
    reader = _Reader(where)
    answers = reader.answers(rows)
    spending = reader.spending(money)
    return Answers(
        answers, reader.execution, spending, scheme, projects, evaluator, reader.told(), serves
    )


def merged(base: Answers, over: Answers) -> Answers:
    """``over`` laid upon ``base``: where it says what an indicator earns, that counts alone; reason and
    measure stay those of ``base`` where it gives none."""
    answers = dict(base.answers)
    for key, given in over.answers.items():
        old = base.answers.get(key, Answer(key))
        judged = given if answers_judge(given) else old
        answers[key] = replace(
            judged, reason=given.reason or old.reason, measure=given.measure or old.measure
        )
    own = {s.project for s in over.spending}
    kept = tuple(s for s in base.spending if s.project not in own)
    return Answers(
        answers,
        {**base.execution, **over.execution},
        (*kept, *over.spending),
        over.scheme or base.scheme,
        over.projects,
        over.evaluator,
        {**base.faults, **over.faults},
        over.serves or base.serves,
    )


def answers_judge(answer: Answer | None) -> bool:
    """True if there is an answer that says what the indicator earns, and not only why."""
    if answer is None:
        return False
    given = (answer.values, answer.grade, answer.justified, answer.several)
    return any(given) or answer.points is not None or answer.share is not None


def owner(text: str) -> str:
    """A project as named in a file; "" for the whole department (部门整体)."""
    return "" if text.strip() in words("whole") else text.strip()


class _Reader:
    def __init__(self, where: str) -> None:
        self.where = where
        self.faults: dict[str, list[Fault]] = {}
        self.execution: dict[str, Answer] = {}

    def told(self) -> dict[str, tuple[Fault, ...]]:
        return {key: tuple(found) for key, found in self.faults.items()}

    def bad(self, key: str, fault: Fault) -> None:
        self.faults.setdefault(key, []).append(fault)

    def answers(self, rows: Iterable[Mapping[str, Any]]) -> dict[str, Answer]:
        out: dict[str, Answer] = {}
        for number, row in enumerate(rows, 1):
            key = str(row.get("id", "")).strip()
            where = f"{self.where} [[indicator]] {key or number}"
            if not key:
                self.bad("", told("file-lacking", where=where, key="id"))
            elif key in out:
                self.bad(key, told("file-twice", where=where, key=key))
            else:
                out[key] = Answer(key)
                try:
                    out[key] = _answer(key, row, where)
                except _Slip as slip:
                    self.bad(key, slip.fault)
        return out

    def spending(self, rows: Iterable[Mapping[str, Any]]) -> tuple[Spending, ...]:
        out: dict[str, Spending] = {}
        for number, row in enumerate(rows, 1):
            named = str(row.get("project", "")).strip()
            where = f"{self.where} [[execution]] {named or number}"
            project = owner(named)
            try:
                _known(row, ("project", "document", "reason", "measure", *_AMOUNTS), where)
                if not named:
                    raise _Slip(told("file-lacking", where=where, key="project"))
                if project in self.execution:
                    raise _Slip(told("file-twice", where=where, key=named))
                document, reason, measure = (
                    _text(row.get(k, ""), k, where) for k in ("document", "reason", "measure")
                )
                self.execution[project] = Answer("", project, reason=reason, measure=measure)
                amounts = {k: _fen(row[k], k, where) for k in _AMOUNTS if k in row}
            except _Slip as slip:
                self.bad("", slip.fault)
                continue
            if amounts:
                given = {k: amounts.get(k) for k in _AMOUNTS}
                out[project] = Spending(project, document=document, **given)
        return tuple(out.values())


def _answer(key: str, row: Mapping[str, Any], where: str) -> Answer:
    _known(row, _KEYS, where)
    if "value" in row and "values" in row:
        raise _Slip(told("file-twice", where=where, key="value"))
    typed = row["values"] if "values" in row else [row["value"]] if "value" in row else []
    if not isinstance(typed, list):
        raise _wrong(where, "values", "数的列表", "a list of numbers")
    texts = {k: _text(row[k], k, where).strip() for k in _TEXTS if k in row}
    numbers = {k: _number(row[k], k, where) for k in _NUMBERS if k in row}
    if texts.get("several") and texts["several"] not in SEVERAL:
        raise _wrong(where, "several", "、".join(SEVERAL), ", ".join(SEVERAL))
    if not isinstance(row.get("justified", False), bool):
        raise _wrong(where, "justified", "true 或 false", "true or false")
    exact = {k: Fraction(numbers[k]) for k in ("within", "points", "share") if k in numbers}
    if "points" in exact and "share" in exact:
        raise _Slip(told("file-twice", where=where, key="points"))
    answer = Answer(
        key,
        values=tuple(_number(v, "value", where) for v in typed),
        within=exact.get("within"),
        points=exact.get("points"),
        share=exact.get("share"),
        baseline=numbers.get("baseline"),
        justified=row.get("justified", False),
    )
    changed: Answer = replace(answer, **texts)  # type: ignore[arg-type]
    return changed


def _known(row: Mapping[str, Any], known: Iterable[str], where: str) -> None:
    for key in row:
        if key not in known:
            raise _Slip(told("file-key", where=where, key=key, known="、".join(known)))


def _wrong(where: str, key: str, zh: str, en: str) -> _Slip:
    return _Slip(told("file-value", where=where, key=key, wanted_zh=zh, wanted_en=en))


def _table(value: object, where: str) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise _wrong(where, "scheme", "一个表", "a table")
    return value


def _list(value: object, where: str) -> list[Mapping[str, Any]]:
    if not isinstance(value, list) or not all(isinstance(v, Mapping) for v in value):
        raise _wrong(where, "[[ ]]", "表的列表", "a list of tables")
    return value


def _text(value: object, key: str, where: str) -> str:
    if not isinstance(value, str):
        raise _wrong(where, key, "文字", "a text")
    return value


def _texts(value: object, key: str, where: str) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(v, str) for v in value):
        raise _wrong(where, key, "文字列表", "a list of texts")
    return tuple(value)


def _number(value: object, key: str, where: str) -> Decimal:
    try:
        found = Decimal(str(value).strip())
    except InvalidOperation:
        found = Decimal("NaN")
    if isinstance(value, bool) or not found.is_finite():
        raise _wrong(where, key, "一个数", "a number")
    return found


def _fen(value: object, key: str, where: str) -> int:
    fen = _number(value, key, where) * 100
    if fen != int(fen):
        raise _wrong(where, key, "元，至多两位小数", "元, two decimals at the most")
    return int(fen)
