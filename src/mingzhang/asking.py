"""What all commands share: options, languages, and saying that a file cannot be read."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from mingzhang.catalog.messages import say
from mingzhang.read.errors import Unreadable


class Lang(StrEnum):
    """Languages that the messages are written in."""

    zh = "zh"
    en = "en"


Files = Annotated[
    list[Path], typer.Argument(help="一本书的一个或多个文件 / one or several files of one book")
]
LangOption = Annotated[Lang, typer.Option("--lang", help="语言 / language")]


@contextmanager
def readable(lang: Lang) -> Iterator[None]:
    """Ends the command with status 2 and a sentence if a file cannot be read or written."""
    try:
        yield
    except Unreadable as error:
        fail(error.message_in(lang.value))
    except FileNotFoundError as error:
        fail(say("cli", "no-file", lang.value, {"file": str(error.filename)}))
    except (IsADirectoryError, NotADirectoryError, FileExistsError) as error:
        fail(say("cli", "is-folder", lang.value, {"file": str(error.filename)}))
    except PermissionError as error:
        fail(say("cli", "no-permission", lang.value, {"file": str(error.filename)}))


def fail(message: str) -> NoReturn:
    """Says why and ends the command with status 2."""
    typer.echo(message, err=True)
    raise typer.Exit(2)
