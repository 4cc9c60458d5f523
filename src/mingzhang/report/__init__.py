"""Report → terminal and files. Renderers show; they judge nothing and compute nothing of budgets."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from types import MappingProxyType

from mingzhang.model.finding import Report

Emitter = Callable[[Report, str], bytes]


def _emitter(name: str) -> Emitter:
    """The renderer ``report/<name>`` as bytes; imported when first used, so that a check that
    prints to the terminal pays for none of them."""

    def emit(report: Report, lang: str) -> bytes:
        module = import_module(f"mingzhang.report.{name}")
        rendered: str | bytes = getattr(module, f"render_{name}")(report, lang)
        # "replace": a broken character in a book must not cost its reader the report.
        return rendered if isinstance(rendered, bytes) else rendered.encode("utf-8", "replace")

    return emit


EMITTERS: Mapping[str, Emitter] = MappingProxyType(
    {name: _emitter(name) for name in ("html", "json", "junit", "sarif", "xlsx")}
)
"""Every file format by name, sorted: ``EMITTERS["html"](report, "zh")`` gives the bytes to write."""
