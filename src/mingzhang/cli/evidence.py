"""``mingzhang evidence``: the actual values 实际完成值 of indicators, and asking again 复算."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from mingzhang.cli.asking import Lang, LangOption, OutOption, fail, put, readable
from mingzhang.model.evidence import Actual, Fault, Reproduction
from mingzhang.perform.evidence import (
    Definition,
    Refused,
    compare,
    evaluate,
    from_record,
    load,
    to_record,
    word,
)
from mingzhang.perform.execution import year_folder

FILE = "evidence.toml"


def register(app: typer.Typer) -> None:
    """Adds this command."""
    app.command("evidence")(evidence_command)


def evidence_command(
    where: Annotated[
        Path,
        typer.Argument(help="底账或佐证定义 evidence.toml / the ledger, or an evidence.toml"),
    ],
    only: Annotated[
        list[str] | None,
        typer.Option("--only", help="只算这个指标，可多次给出 / this indicator only (repeatable)"),
    ] = None,
    again: Annotated[
        Path | None,
        typer.Option(
            "--reproduce",
            help="与先前用 -o 写出的结果对照复算 / ask again and compare with what -o once wrote",
        ),
    ] = None,
    out: OutOption = None,
    lang: LangOption = Lang.zh,
) -> None:
    """佐证：按定义向台账求各指标的实际完成值，并记下来源。Actual values from registers, with provenance.

    台账中的个人信息不写入任何结果。Nothing personal of a register is written anywhere.

    退出状态：0 都有值（复算都相同），1 有问题（不同），2 无法读取。Exit status: 0 all have a value (are the same again), 1 not all, 2 unreadable.
    """
    path = _definition_of(where)
    with readable(lang):
        try:
            definition = load(path)
        except Refused as refused:
            fail(refused.fault.message_in(lang.value))
        earlier = None if again is None else _earlier(again, lang)
    names = [e.indicator for e in definition.evidence]
    _known(only or (), names if earlier is None else [a.indicator for a in earlier], path, lang)
    if earlier is None:
        actuals = evaluate(definition, only or ())
        _show_actuals(actuals, definition, lang)
        good = all(a.fault is None for a in actuals)
    else:
        asked = [a for a in earlier if not only or a.indicator in only]
        found = _reproduced(asked, definition)
        actuals = tuple(r.again for _, r in found)
        _show_reproduced(found, lang)
        gone = [a.indicator for a in asked if a.indicator not in names]
        if gone:
            typer.echo(word("gone", lang.value, names="、".join(gone)), err=True)
        good = not gone and all(r.same for _, r in found)
    if out is not None:
        with readable(lang):
            put(_as_json(actuals), out)
    raise typer.Exit(int(not good))


def _definition_of(where: Path) -> Path:
    """The definition: the file itself, in the folder named, or of the ledger's year."""
    if where.suffix == ".toml":
        return where
    beside = where / FILE
    return beside if beside.is_file() else year_folder(where) / FILE


def _known(asked: Iterable[str], names: Sequence[str], path: Path, lang: Lang) -> None:
    missing = [name for name in asked if name not in names]
    if missing:
        fail(word("unknown", lang.value, where=path, names="、".join(missing)))


def _as_json(actuals: Iterable[Actual]) -> str:
    records = {"actuals": [to_record(a) for a in actuals]}
    return json.dumps(records, ensure_ascii=False, indent=1) + "\n"


def _earlier(path: Path, lang: Lang) -> tuple[Actual, ...]:
    """What ``-o`` once wrote."""
    try:
        return tuple(map(from_record, json.loads(path.read_bytes())["actuals"]))
    except (ValueError, KeyError, TypeError, AttributeError):
        fail(word("not-ours", lang.value, where=path))


def _reproduced(
    earlier: Sequence[Actual], definition: Definition
) -> list[tuple[Actual, Reproduction]]:
    """Earlier values that the definition still has, each with what comes of asking again; together,
    so that no register is read once for each."""
    names = {e.indicator for e in definition.evidence}
    was = {a.indicator: a for a in earlier if a.indicator in names}
    now = {a.indicator: a for a in evaluate(definition, list(was))} if was else {}
    return [(a, compare(a, now[name])) for name, a in was.items()]


# ------------------------------------------------------------------ on the terminal
def _table(columns: Sequence[str], right: Iterable[str], lang: Lang) -> Table:
    table = Table(show_edge=False, pad_edge=False)
    for column in columns:
        table.add_column(
            word(column, lang.value),
            justify="right" if column in right else "left",
            overflow="fold",
        )
    return table


def _show_actuals(actuals: Sequence[Actual], definition: Definition, lang: Lang) -> None:
    asked = {e.indicator: e for e in definition.evidence}
    columns = ("indicator", "value", "unit", "rows", "source", "fault")
    table = _table(columns, ("value", "rows"), lang)
    none = word("none", lang.value)
    for actual in actuals:
        came_from = actual.provenance
        rows = came_from.rows_in if came_from else None
        sources = "、".join(asked[actual.indicator].sources) or actual.document
        cells = (
            actual.indicator,
            actual.text.removesuffix(actual.unit) or none,
            actual.unit,
            none if rows is None else f"{rows:,}",
            sources or none,
            actual.fault.code if actual.fault else "",
        )
        table.add_row(*map(Text, cells))
    _print(table)
    _notes(((a.indicator, f) for a in actuals for f in _said(a)), lang)
    told = sum(a.fault is None for a in actuals)
    counts = {"n": len(actuals), "told": told, "faults": len(actuals) - told}
    typer.echo(word("counts", lang.value, **counts))


def _show_reproduced(found: Sequence[tuple[Actual, Reproduction]], lang: Lang) -> None:
    alike = ("same-source", "same-query", "same-value")
    table = _table(("indicator", "before", "again", *alike), ("before", "again"), lang)
    none = word("none", lang.value)
    for was, now in found:
        same = (now.same_source, now.same_query, now.same_value)
        said = (word("same" if one else "different", lang.value) for one in same)
        table.add_row(*map(Text, (was.indicator, was.text or none, now.again.text or none, *said)))
    _print(table)
    _notes(((r.again.indicator, f) for _, r in found for f in _said(r.again)), lang)
    same_ones = sum(r.same for _, r in found)
    typer.echo(word("reproduced", lang.value, n=len(found), same=same_ones))


def _said(actual: Actual) -> Iterator[Fault]:
    if actual.fault:
        yield actual.fault
    yield from actual.remarks


def _notes(said: Iterable[tuple[str, Fault]], lang: Lang) -> None:
    """What to know, each sentence once with all indicators that it concerns, on standard error."""
    about: dict[str, list[str]] = {}
    for name, fault in said:
        about.setdefault(fault.message_in(lang.value), []).append(name)
    for sentence, names in about.items():
        typer.echo(f"{'、'.join(names)}：{sentence}", err=True)


def _print(table: Table) -> None:
    if table.row_count:
        Console(highlight=False).print(table)
