"""Rows of a procurement statement 政府采购预算表: kind → project and account → what is bought."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from mingzhang.catalog.forms import Form
from mingzhang.compile.amounts import Amounts, purchase_keys
from mingzhang.compile.rows import Drawn, hidden_projects, ordinal, quantity_at

_KINDS = (("goods", "货物A"), ("works", "工程B"), ("services", "服务C"))


def drawn_purchases(form: Form, amounts: Amounts, at: Mapping[str, str | int]) -> Iterator[Drawn]:
    """A row for each kind, below it one for each project and account, below that each purchase."""
    ledger = amounts.ledger
    hidden = hidden_projects(ledger)
    lines = [x for x in ledger.lines if not x.withheld and x.project not in hidden]
    measure = (0, ledger.stage)
    for count, (kind, label) in enumerate(_KINDS, 1):
        where = {**at, "procurement": kind}
        if not amounts.of(quantity_at(ledger, form.at, where)):
            continue
        yield Drawn(
            f"{ordinal(count)}、{label}",
            "item",
            0,
            True,
            where,
            texts={"kind": f"{ordinal(count)}、{label}"},
        )
        groups: dict[tuple[str, str], dict[str, tuple[str, str]]] = {}
        for line in lines:
            if line.procurement == kind and line.amounts.get(measure):
                project, account, purchase = purchase_keys(ledger, line)
                bought = groups.setdefault((project, account), {})
                if purchase:
                    bought[purchase] = line.purchase, line.organised
        for (project, account), bought in groups.items():
            below = {**where, "project": project, "part": account}
            texts = {"project": project[1:], "account": account[1:]}
            yield Drawn(project[1:], "item", 1, False, below, texts=texts)
            for purchase, (what, organised) in bought.items():
                deepest = {**below, "part": purchase}
                texts = {"what": what, "organised": organised}
                yield Drawn(what, "item", 2, False, deepest, texts=texts)
