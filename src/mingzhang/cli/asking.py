"""What all commands share: options, languages, writing, and saying that a file cannot be used."""

from __future__ import annotations

import errno
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from mingzhang.catalog.messages import say
from mingzhang.files import write_beside
from mingzhang.model.place import Place
from mingzhang.read.errors import Unreadable
from mingzhang.review import BadEntries

_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


class Lang(StrEnum):
    """Languages that the messages are written in."""

    zh = "zh"
    en = "en"


Files = Annotated[
    list[Path], typer.Argument(help="一本书的一个或多个文件 / one or several files of one book")
]
LangOption = Annotated[Lang, typer.Option("--lang", help="输出语言 / language of what is said")]
OutOption = Annotated[
    Path | None, typer.Option("--out", "-o", help="写入文件 / write to this file")
]
PriorOption = Annotated[
    list[Path] | None,
    typer.Option(
        "--prior",
        help="上年的书，可多次给出；一本书的几个文件自动合为一本"
        " / last year's book (repeatable); several files of one book are joined",
    ),
]


@contextmanager
def readable(lang: Lang) -> Iterator[None]:
    """Ends the command with status 2 and a sentence if a file cannot be read or written, or is no
    list of accepted findings or earlier report."""
    try:
        yield
    except (Unreadable, BadEntries) as error:
        fail(error.message_in(lang.value))
    except FileNotFoundError as error:
        fail(say("cli", "no-file", lang.value, {"file": str(error.filename)}))
    except (IsADirectoryError, NotADirectoryError, FileExistsError) as error:
        fail(say("cli", "is-folder", lang.value, {"file": str(error.filename)}))
    except PermissionError as error:
        fail(say("cli", "no-permission", lang.value, {"file": str(error.filename)}))
    except OSError as error:
        if error.errno in _NO_ROOM:
            fail(say("cli", "no-space", lang.value, {}))
        words = {"file": str(error.filename or "?"), "why": error.strerror or str(error)}
        fail(say("cli", "not-written", lang.value, words))


def fail(message: str) -> NoReturn:
    """Says why and ends the command with status 2."""
    typer.echo(message, err=True)
    raise typer.Exit(2)


def put(data: str | bytes, out: Path | None) -> None:
    """To the file ``out``, or as UTF-8 to standard output, with a line end."""
    content = data.encode("utf-8", "replace") if isinstance(data, str) else data
    if out is not None:
        write_beside(out, content)
        return
    sys.stdout.buffer.write(content if content.endswith(b"\n") else content + b"\n")
    sys.stdout.buffer.flush()


def where(place: Place) -> str:
    """A place in a few characters: page, sheet and cell, or line and column."""
    if place.page is not None:
        return f"p.{place.page}"
    if place.cell is not None:
        return f"{place.sheet or ''}!{place.cell}"
    return f"{place.line}:{place.column}"
