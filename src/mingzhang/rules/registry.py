"""Registry: every rule of this package, found by its file name and kept in the order of ids."""

from __future__ import annotations

import importlib
import importlib.util
import pkgutil
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path

from mingzhang.model.book import Book
from mingzhang.model.finding import SEVERITIES, Finding
from mingzhang.rules.pages import page_in
from mingzhang.rules.rule import Rule

_MODULE = re.compile(r"mz\d{3}_[a-z0-9_]+")


def module_names() -> tuple[str, ...]:
    """The modules of this package that hold a rule, sorted: mz101_… before mz102_…"""
    found = (m.name for m in pkgutil.iter_modules([str(Path(__file__).parent)]))
    return tuple(sorted(name for name in found if _MODULE.fullmatch(name)))


@cache
def all_rules() -> tuple[Rule, ...]:
    """Every rule, sorted by id. Raises ValueError for a file whose rule has another id."""
    out: list[Rule] = []
    for name in module_names():
        rule: Rule = importlib.import_module(f"mingzhang.rules.{name}").RULE
        if not name.upper().startswith(rule.id + "_"):
            raise ValueError(f"{name}.py holds {rule.id}")
        if any(other.id == rule.id for other in out):
            raise ValueError(f"two files hold {rule.id}")
        out.append(rule)
    return tuple(out)


ALL: tuple[Rule, ...] = all_rules()


def by_id() -> Mapping[str, Rule]:
    """id -> rule."""
    return {rule.id: rule for rule in ALL}


def load(path: str | Path) -> Rule:
    """The rule of a project's own, from its file: a module that defines ``RULE``, like those here.

    Its id must not begin with MZ, which is this package's; its sentences are in ``Rule.messages``.
    Raises FileNotFoundError, and ValueError for a file without such a rule.
    """
    file = Path(path)
    if not file.is_file():
        raise FileNotFoundError(file)
    spec = importlib.util.spec_from_file_location(f"mingzhang_rule_{file.stem}", file)
    if spec is None or spec.loader is None:
        raise ValueError(f"{file}: not a Python file")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    rule = getattr(module, "RULE", None)
    if not isinstance(rule, Rule):
        raise ValueError(f"{file}: defines no RULE")
    if rule.id.startswith("MZ"):
        raise ValueError(f"{file}: ids that begin with MZ belong to Mingzhang")
    return rule


def run(book: Book, rules: Iterable[Rule] = ALL) -> tuple[Finding, ...]:
    """What ``rules`` find in ``book``, by rule, then in the order of the book.

    A fact met twice (same fingerprint) is one finding with all its places. ``rules`` may hold
    rules of a project's own: anything that is a ``Rule``.
    """
    out: dict[str, Finding] = {}
    for rule in rules:
        if not rule.applies(book):
            continue
        for finding in rule.check(book):
            if finding.rule != rule.id:
                raise ValueError(f"{rule.id} reported as {finding.rule}")
            known = out.get(finding.fingerprint)
            out[finding.fingerprint] = finding if known is None else _merged(known, finding)
    return tuple(out.values())


def _merged(first: Finding, second: Finding) -> Finding:
    return replace(
        first,
        severity=min(first.severity, second.severity, key=SEVERITIES.index),
        places=tuple(dict.fromkeys(first.places + second.places)),
        figures=tuple(dict.fromkeys(first.figures + second.figures)),
    )


def explain(rule_id: str, lang: str = "zh") -> str:
    """The page of a rule in ``lang`` as Markdown. Raises KeyError for an id nobody has."""
    rule = by_id()[rule_id.strip().upper()]
    return page_in(rule, lang)
