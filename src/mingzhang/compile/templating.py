"""Templating 填文字: passages as templates that can do little and do not run on.

A ledger may come from anywhere, so its passages may loop over what there is, but every turn of a
loop is counted, and nothing in them can make a large text or a large number. What the language
leaves out (macros, blocks of set, imports, powers) is refused by name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from itertools import count
from typing import Any

from jinja2 import StrictUndefined, TemplateError, nodes
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.visitor import NodeTransformer

_TEXT = 200_000  # characters of one passage, before and after filling
_TURNS = 50_000  # turns of all loops of one passage
_NUMBER = 10**18
_LEFT_OUT = (
    nodes.Macro,
    nodes.CallBlock,
    nodes.AssignBlock,
    nodes.FilterBlock,
    nodes.Import,
    nodes.FromImport,
    nodes.Include,
    nodes.Extends,
    nodes.Block,
    nodes.Pow,
)
_FILTERS = ("default", "d", "first", "last", "length", "count", "round", "trim", "int", "abs")
_METHODS = ("strip", "rstrip", "lstrip", "startswith", "endswith", "removesuffix", "removeprefix")
_TESTS = ("defined", "undefined", "none", "odd", "even", "number", "string", "eq", "in")
_DEEP = re.compile(r"[(\[{]{60}|(?:(?:not|-|\+|~)\s*){60}")


class Unfillable(ValueError):
    """A passage that cannot be filled; the message says why."""


def fill(text: str, words: Mapping[str, Any]) -> str:
    """The passage filled with these words.

    Raises Unfillable for a mistake in the language or for one that asks too much; what the words
    themselves raise passes through.
    """
    if len(text) > _TEXT:
        raise Unfillable(f"a passage has at most {_TEXT} characters")
    if _DEEP.search(text):
        raise Unfillable("nested too deeply")
    turns = count(1)
    environment = _Small(
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        autoescape=False,
        optimized=False,
    )
    environment.globals = dict(words)
    known, environment.filters = environment.filters, {}
    environment.filters = {name: known[name] for name in _FILTERS}
    environment.filters |= {"turns": partial(_counted, turns), "join": _join, "glued": _glued}
    environment.tests = {name: environment.tests[name] for name in _TESTS}
    try:
        out, size = [], 0
        for piece in environment.from_string(text).generate():
            size += len(piece)
            if size > _TEXT:
                raise Unfillable(f"filled, a passage has at most {_TEXT} characters")
            out.append(piece)
    except (
        TemplateError,
        TypeError,
        KeyError,
        IndexError,
        AttributeError,
        ArithmeticError,
        SyntaxError,
    ) as error:
        raise Unfillable(str(error)[:200] or type(error).__name__) from error
    except (RecursionError, MemoryError) as error:
        raise Unfillable("nested too deeply") from error
    return "".join(out)


class _Small(ImmutableSandboxedEnvironment):
    """The sandbox of Jinja with a smaller language."""

    intercepted_binops = frozenset({"+", "-", "*", "/", "//", "%", "**"})

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(source, name, filename)
        for left_out in _LEFT_OUT:
            if tree.find(left_out) is not None:
                raise Unfillable(f"{left_out.__name__} is not part of the language of passages")
        for loop in tree.find_all(nodes.For):
            if loop.recursive:
                raise Unfillable("recursive loops are not part of the language of passages")
            loop.iter = _filtered(loop.iter, "turns")
        return _Gluing().visit(tree)  # type: ignore[no-any-return]

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """Arithmetic on small numbers; text is joined, nothing else."""
        if operator == "+" and isinstance(left, str) and isinstance(right, str):
            return _glued([left, right])
        if not all(isinstance(x, int | float) and abs(x) <= _NUMBER for x in (left, right)):
            raise SecurityError(f"{operator} is for numbers")
        return super().call_binop(context, operator, left, right)

    def wrap_str_format(self, value: Any) -> None:
        """``"{:999999999}".format(1)`` fills the memory: formatting is no method like another."""

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Text and numbers have few methods here: others can be made to fill the memory."""
        if isinstance(obj, str | bytes | int | float | list | tuple):
            return isinstance(obj, str) and attr in _METHODS
        return super().is_safe_attribute(obj, attr, value)


class _Gluing(NodeTransformer):
    """Puts a limit on what ``a ~ b`` makes."""

    def visit_Concat(self, node: nodes.Concat) -> nodes.Expr:
        pieces = nodes.List([self.visit(n) for n in node.nodes], lineno=node.lineno)
        return _filtered(pieces, "glued")


def _filtered(node: nodes.Node, name: str) -> nodes.Filter:
    return nodes.Filter(node, name, [], [], None, None, lineno=node.lineno)


def _counted(turns: Iterator[int], items: Iterable[Any]) -> Iterator[Any]:
    for item in items:
        if next(turns) > _TURNS:
            raise Unfillable(f"the loops of a passage make at most {_TURNS} turns in all")
        yield item


def _glued(pieces: Iterable[Any]) -> str:
    return _join(pieces)


def _join(pieces: Iterable[Any], between: str = "") -> str:
    """The pieces in one text, if it is not too long."""
    out, size = [], 0
    for piece in pieces:
        text = str(piece)
        size += len(text) + len(between)
        if size > _TEXT:
            raise Unfillable(f"a text has at most {_TEXT} characters")
        out.append(text)
    return between.join(out)
