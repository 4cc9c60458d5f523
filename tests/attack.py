"""An attacker of a published book: a linear program of our own, solved by GLOP in another process.

It knows the ledger's lines, not their amounts; it adds up lines by rules of its own, never by
mingzhang.compile.amounts, and takes every printed figure of the edition as an interval.
"""

from __future__ import annotations

import json
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

from mingzhang.catalog.codenames import code_name
from mingzhang.catalog.derived import items_of
from mingzhang.catalog.dimensions import ancestors
from mingzhang.model.book import Book
from mingzhang.model.claim import Ratio
from mingzhang.model.edition import Edition, Prose, Table
from mingzhang.model.ledger import Ledger, Line
from mingzhang.model.money import Unit
from mingzhang.model.quantity import Quantity

_PROCESS = Path(__file__).parent / "prove" / "ortools_process.py"
_NONE = ("carry_in", "carry_out", "reserve_used", "distribution")
_SCALE = 100_000  # 分: GLOP reckons in 千元
Terms = dict[int, int]


class Attack:
    """What is printed, as rows over one unknown for each line and measure."""

    def __init__(self, ledger: Ledger, *editions: Edition, book: Book | None = None) -> None:
        self.ledger = ledger
        self.measures = sorted({m for line in ledger.lines for m, v in line.amounts.items() if v})
        self.at = {
            (i, m): n
            for n, (i, m) in enumerate(
                (i, m)
                for i, line in enumerate(ledger.lines)
                for m in line.amounts
                if line.amounts[m]
            )
        }
        self.rows: list[tuple[list[list[float]], int, int | None]] = []
        for edition in editions:
            self.read(edition)
        for claim in book.claims if book is not None else ():
            if isinstance(claim, Ratio) and claim.kind != "growth":
                printed = book.figure(claim.figure).printed  # type: ignore[union-attr]
                self.ratio(claim.numerator, claim.denominator, printed.value, printed.text)

    def counts(self, line: Line, q: Quantity) -> bool:
        """True if the line counts for an expenditure quantity; each coordinate by itself."""
        fund = {line.fund, *ancestors("fund", line.fund)}
        nature = {line.nature, *ancestors("nature", line.nature)}
        if line.nature == "personnel":
            nature.add("subsidy" if line.economic.startswith("303") else "wages")
        items = {up for i in items_of(line, self.ledger) for up in (i, *ancestors("item", i))}
        bought = {line.procurement, *ancestors("procurement", line.procurement)}
        kept = {line.reserved, *ancestors("reserved", line.reserved)}
        account = code_name("economic", line.economic, self.ledger.year) or line.economic
        projects, parts = {line.project}, {line.part}
        if line.procurement:
            projects.add(f"▸{line.project or '公用经费'}")
            parts |= {f"▸{account}", f"▸{account}▸{line.purchase}"}
        return (
            q.entity in ("", line.entity)
            and (not q.fund or q.fund in fund)
            and line.function.startswith(q.function)
            and (line.economic.startswith(q.economic) or line.gov_economic.startswith(q.economic))
            and (not q.nature or q.nature in nature)
            and (not q.project or q.project in projects)
            and (not q.part or q.part in parts)
            and (not q.procurement or q.procurement in bought)
            and (not q.reserved or q.reserved in kept)
            and (not q.item or q.item in items)
        )

    def terms(self, q: Quantity) -> Terms:
        """A quantity as a sum of unknowns; income is what is spent (no ledger here tells income)."""
        base = q.base()
        if base is not None:
            out = self.terms(q.level())
            for j, a in self.terms(base).items():
                out[j] = out.get(j, 0) - a
            return {j: a for j, a in out.items() if a}
        measure = (self.ledger.year - (q.year or 0), q.stage)
        spent = q.flow in ("expenditure", "uses")
        out = {}
        for i, line in enumerate(self.ledger.lines):
            if line.withheld and self.ledger.protection.totals == "excluded":
                continue
            if q.flow in _NONE or (i, measure) not in self.at:
                continue
            if not spent and (q.economic or q.nature or q.project or q.item or q.procurement):
                continue
            if self.counts(line, q):
                out[self.at[i, measure]] = 1
        return out

    def read(self, edition: Edition) -> None:
        """Add every figure of an edition, in tables and sentences, and the growth rates."""
        for block in edition.body:
            if isinstance(block, Table):
                assert block.unit is not None
                half = block.unit.fen // 10**block.decimals // 2
                for row in block.rows:
                    for cell in row.cells:
                        if cell.quantity is not None and cell.fen is not None:
                            self.said(cell.quantity, cell.fen, half)
            elif isinstance(block, Prose):
                before = ""
                for span in block.spans:
                    q = span.quantity
                    value = Decimal(span.text.replace(",", "")) if q is not None else Decimal(0)
                    sign = -1 if before.endswith(("减少", "下降")) else 1
                    if q is not None and span.unit is Unit.PERCENT:
                        base = q.base()
                        if base is not None:
                            change, level = q.with_(measure="money"), base.with_(measure="money")
                            self.ratio(change, level, sign * value, span.text)
                    elif q is not None and span.unit is not None:
                        digits = len(span.text.partition(".")[2])
                        fen = int(value * span.unit.fen)
                        self.said(q, sign * fen, span.unit.fen // 10**digits // 2)
                    before = span.text

    def said(self, q: Quantity, fen: int, half: int) -> None:
        terms = self.terms(q)
        if terms:
            self.rows.append(([[j, a] for j, a in terms.items()], fen - half, fen + half))

    def ratio(self, part: Quantity, whole: Quantity, percent: Decimal, text: str) -> None:
        """part / whole lies within half a digit of the printed percentage."""
        unit = 10 ** len(text.partition(".")[2])
        change, before = self.terms(part), self.terms(whole)
        for sign, end in ((1, 2 * percent * unit - 1), (-1, 2 * percent * unit + 1)):
            terms = {j: sign * 200 * unit * a for j, a in change.items()}
            for j, a in before.items():
                terms[j] = terms.get(j, 0) - sign * int(end) * a
            size = 200 * unit
            self.rows.append(([[j, a / size] for j, a in terms.items() if a], 0, None))

    def intervals(self, asked: list[list[tuple[int, tuple[int, str]]]]) -> list[list[float | None]]:
        """For each list of (line, measure): the least and greatest value of its sum (None: no end)."""
        known = {
            "n": len(self.at),
            "nonnegative": sorted(
                n for (i, m), n in self.at.items() if self.ledger.lines[i].amounts[m] >= 0
            ),
            "rows": [
                (terms, low / _SCALE, None if high is None else high / _SCALE)
                for terms, low, high in self.rows
            ],
        }
        lines = [
            json.dumps(["interval", [known, [[self.at[key], 1] for key in form]]]) for form in asked
        ]
        done = subprocess.run(
            [sys.executable, str(_PROCESS)],
            input="\n".join(lines),
            capture_output=True,
            text=True,
            check=True,
            timeout=120,
        )
        answers = [json.loads(line) for line in done.stdout.splitlines()]
        return [[None if x is None else x * _SCALE for x in answer] for answer in answers]
