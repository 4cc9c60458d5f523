"""How the officer is told: what can be worked out, and where a withheld name stands in public."""

from __future__ import annotations

from collections.abc import Iterator

from mingzhang.catalog.codenames import code_name
from mingzhang.catalog.naming import short_name
from mingzhang.catalog.normal import plain
from mingzhang.compile.faults import CompileFault, fault
from mingzhang.disclosure.auditing import Audit
from mingzhang.ledger.checksecrets import withheld_names
from mingzhang.model.edition import Edition, Prose, Table
from mingzhang.model.ledger import Ledger
from mingzhang.model.quantity import from_key


def audit_faults(ledger: Ledger, result: Audit) -> tuple[CompileFault, ...]:
    """What the audit says to the officer: an error for each leak nobody answers for."""
    out = []
    for leak in result.leaks:
        if leak in result.signed:
            out.append(fault("signed", ledger.source, item=leak))
            continue
        low, high, needed = result.intervals[leak]
        words = {
            "item": leak,
            "low": _yuan(low),
            "high": _yuan(high),
            "needed": _yuan(needed),
            "cure": "；".join(short_name(from_key(key)) for key in result.cure or ()) or "—",
        }
        out.append(
            fault("leak" if result.cure is not None else "leak-no-cure", ledger.source, **words)
        )
    return tuple(out)


def named_faults(ledger: Ledger, edition: Edition) -> tuple[CompileFault, ...]:
    """Where public text contains the name of a withheld project, its parts or purchases."""
    listed = (code_name(code.scheme, code.code, ledger.year) for code in edition.codes)
    official = " ".join(plain(name) for name in listed if name)
    names = [n for n in map(plain, withheld_names(ledger)) if n not in official]
    out = []
    for where, texts in _public_texts(edition):
        if any(name in plain(text) for text in texts for name in names):
            secret = any(name in plain(where) for name in names)
            out.append(fault("named", ledger.source, where="…" if secret else where))
    return tuple(out)


def _public_texts(edition: Edition) -> Iterator[tuple[str, list[str]]]:
    """Every text that goes into a file, by where it stands."""
    yield edition.title, [edition.title, edition.department]
    for index, block in enumerate(edition.body):
        if isinstance(block, Prose):
            told = [f"{s.quantity.project} {s.quantity.part}" for s in block.spans if s.quantity]
            yield f"{index + 1}", [block.text, *told]
        elif isinstance(block, Table):
            cells = [cell for row in block.rows for cell in row.cells]
            told = [f"{c.quantity.project} {c.quantity.part}" for c in cells if c.quantity]
            heads = [h for column in block.columns for h in column.header]
            texts = [block.title, block.entity, *block.notes, *heads, *(c.text for c in cells)]
            yield block.title or f"{index + 1}", texts + told
        else:
            yield f"{index + 1}", [str(getattr(block, "text", ""))]
    yield "codes", [code.name for code in edition.codes]


def _yuan(fen: int | None) -> str:
    return "∞" if fen is None else f"{fen / 100:,.2f}元"
