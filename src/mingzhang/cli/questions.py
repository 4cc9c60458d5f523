"""``mingzhang why``, ``mingzhang reconstruct``, ``mingzhang explain``: questions about a figure, a
missing statement, a rule."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table
from rich.text import Text

import mingzhang as mz
from mingzhang.catalog.messages import say
from mingzhang.cli.asking import Files, Lang, LangOption, PriorOption, fail, readable, where
from mingzhang.cli.priors import prior_books
from mingzhang.rules import explain as explain_rule


def register(app: typer.Typer) -> None:
    """Adds these commands."""
    for command in (why, reconstruct, explain):
        app.command()(command)


def why(
    file: Annotated[Path, typer.Argument(help="书 / the book")],
    figure: Annotated[
        str, typer.Argument(help="数字的编号（见 figures） / the figure's id (see figures)")
    ],
    prior: PriorOption = None,
    lang: LangOption = Lang.zh,
) -> None:
    """一个数字参与的关系和它的可能取值。The relations of one figure and the interval left for it."""
    with readable(lang):
        book = mz.read(file, isolated=True)
        earlier = prior_books(prior or (), lang)
    try:
        found = mz.why(book, figure, earlier)
    except KeyError:
        fail(say("cli", "no-figure", lang.value, {"id": figure, "file": file.name}))
    console = Console(highlight=False)
    one = found.figure
    console.print(
        Text.assemble((f"{one.text}{one.unit}", "bold"), f"  {one.label} ({where(one.place)})")
    )
    if one.quantity is not None:
        console.print(Text(one.quantity.key, style="dim"))
    low = "−∞" if found.low is None else f"{found.low:,f}"
    high = "+∞" if found.high is None else f"{found.high:,f}"
    facts = {"low": low, "high": high, "unit": one.unit}
    console.print(Text(say("cli", "exactly" if low == high else "interval", lang.value, facts)))
    for other in found.same:
        facts = {"text": f"{other.text}{other.unit}", "where": where(other.place)}
        told = say("cli", "same", lang.value, {**facts, "label": other.label})
        console.print(Text(f"  = {told}"))
    for test, words in found.relations:
        reason = say(
            "relation", test.relation.reason.kind, lang.value, dict(test.relation.reason.params)
        )
        console.print(Text(f"  {words}", style="bold" if test.state == "violated" else ""))
        console.print(Text(f"      {reason}", style="dim"))


def reconstruct(files: Files, prior: PriorOption = None, lang: LangOption = Lang.zh) -> None:
    """由全书推出目录列出而正文缺少的报表。Rebuild statements that are announced but missing."""
    with readable(lang):
        book = mz.read(*files, isolated=True)
        earlier = prior_books(prior or (), lang)
    rebuilt = mz.reconstruct(book, earlier)
    console = Console(highlight=False)
    if not rebuilt:
        console.print(say("cli", "nothing-missing", lang.value, {}))
    for statement in rebuilt:
        mark = say("cli", "rebuilt" if statement.verified else "rebuilt-unverified", lang.value, {})
        title = Text(f"{statement.title} {mark}")
        table = Table("", *map(escape, statement.columns), title=title, caption=statement.unit)
        for label, cells in statement.rows:
            table.add_row(Text(label), *(Text(c.text or between(c.low, c.high)) for c in cells))
        console.print(table)


def explain(
    rule: Annotated[str, typer.Argument(help="规则编号，如 MZ001 / a rule id, as MZ001")],
    lang: LangOption = Lang.zh,
) -> None:
    """说明一条规则。Explain a rule: what it checks, its basis, an example, when it is silent."""
    try:
        typer.echo(explain_rule(rule.upper(), lang.value))
    except KeyError:
        fail(say("cli", "no-rule", lang.value, {"rule": rule}))


def between(low: Decimal | None, high: Decimal | None) -> str:
    """An interval as shown in a cell: nothing where nothing is known."""
    if low is None and high is None:
        return ""
    return f"[{'−∞' if low is None else f'{low:,f}'}, {'+∞' if high is None else f'{high:,f}'}]"
