"""The command line: ``mingzhang COMMAND …``. Each module here brings a group of commands.

A new group is a module with ``register(app)``, which adds commands (``app.command()``) or a Typer
of its own (``app.add_typer(its, name="ledger")``); it is listed in ``GROUPS`` below, and the guide
learns of it by itself (``COMMANDS``, scripts/docs.py). A command's docstring and its help strings
are written ``中文。English`` and ``中文 / English``.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Annotated

import typer

from mingzhang import __version__
from mingzhang.catalog import source
from mingzhang.catalog.refused import CatalogRefused
from mingzhang.cli import (
    checking,
    comparing,
    compiling,
    evidence,
    filing,
    ledger,
    perform_goals,
    perform_results,
    perform_year,
    questions,
    reading,
    reviewing,
)

GROUPS = (
    checking,
    reading,
    questions,
    comparing,
    reviewing,
    ledger,
    compiling,
    perform_results,
    filing,
    perform_year,
    perform_goals,
    evidence,
)

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="明账：读懂、证明并说清部门预算。Reads, proves and explains departmental budgets.",
)
for group in GROUPS:
    group.register(app)


@app.callback(invoke_without_command=True)
def version(
    show: Annotated[bool, typer.Option("--version", help="版本 / version")] = False,
    catalog: Annotated[
        Path | None,
        typer.Option(
            "--catalog", help="自己的目录数据（文件夹）/ a catalog of your own (a folder)"
        ),
    ] = None,
) -> None:
    """明账 Mingzhang."""
    if show:
        typer.echo(__version__)
        raise typer.Exit
    if catalog is not None:  # nothing of the catalog has been read yet (decision 0004)
        os.environ[source.VARIABLE] = str(catalog.absolute())
    try:
        source.used()
    except CatalogRefused as refusal:  # the language is an option of the command, not known yet
        for sentence in refusal.messages.values():
            typer.echo(sentence, err=True)
        raise typer.Exit(2) from None


def main() -> None:
    """Entry point. Output is UTF-8 whatever the locale says."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    app()


def commands_of(typed: typer.Typer, before: str = "") -> Iterator[tuple[str, Callable[..., None]]]:
    """(name as typed after ``mingzhang``, function) of every command, those of groups included."""
    for command in typed.registered_commands:
        if command.callback is not None and not command.hidden:
            yield before + (command.name or command.callback.__name__), command.callback
    for sub in typed.registered_groups:
        if sub.typer_instance is not None and not sub.hidden:
            yield from commands_of(sub.typer_instance, f"{before}{sub.name} ")


COMMANDS = dict(sorted(commands_of(app)))
"""Every command by its name: what the guide is generated from."""
