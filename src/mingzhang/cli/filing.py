"""``mingzhang file``, ``verify``: evaluations frozen as versions, and whether they still are."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from mingzhang.cli.asking import Lang, LangOption, fail, readable
from mingzhang.cli.evaluated import DEPARTMENT_RECORD, RECORD, ledger_year, say
from mingzhang.perform.evaluation import record_of
from mingzhang.perform.evaluation.records import is_record, open_matters
from mingzhang.perform.filing import Backdated, NotSound, file_version, verify

_FILED = "filed"


def register(app: typer.Typer) -> None:
    """Adds these commands."""
    app.command("file")(file_command)
    app.command("verify")(verify_command)


def file_command(
    what: Annotated[
        Path,
        typer.Argument(
            help="evaluate 写的文件夹或 evaluation.json，或底账 / what evaluate wrote, or a ledger"
        ),
    ],
    who: Annotated[str, typer.Option("--who", help="归档人 / who files it")],
    when: Annotated[
        str, typer.Option("--when", help="时间，含时区 / time with zone: 2024-01-20T09:30:00+08:00")
    ],
    folder: Annotated[
        Path | None, typer.Option("--folder", help="归档文件夹 / folder of the filed versions")
    ] = None,
    lang: LangOption = Lang.zh,
) -> None:
    """把评价冻结为一个版本，不覆盖以前的版本。Freezes an evaluation as a version; overwrites nothing."""
    try:
        moment = datetime.fromisoformat(when)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        fail(say("cli", "bad-when", lang, when=when))
    if not who.strip():
        fail(say("cli", "no-who", lang))
    with readable(lang):
        content, beside = _content(what, moment, lang)
        target = folder or beside / _FILED
        try:
            filed = file_version(content, who, moment, target)
        except NotSound as refused:
            for problem in refused.found.problems:
                typer.echo(problem.message_in(lang.value), err=True)
            fail(say("filing", "refused", lang))
        except Backdated as early:
            fail(say("filing", "backdated", lang, when=when, last=early.last.isoformat()))
        except FileExistsError as taken:
            key = "at-once" if target.is_dir() else "no-folder"
            fail(say("filing", key, lang, name=Path(str(taken.filename2 or taken.filename)).name))
    count = open_matters(content)
    if count and filed.new:
        typer.echo(say("filing", "not-ready", lang, count=count), err=True)
    key = "filed" if filed.new else "same"
    facts = {"number": filed.number, "path": filed.path, "digest": filed.digest}
    typer.echo(say("filing", key, lang, **facts))


def verify_command(
    folder: Annotated[Path, typer.Argument(help="归档文件夹 / folder of the filed versions")],
    digest: Annotated[
        str,
        typer.Option("--digest", help="登记的末版校验值 / digest on record of the last version"),
    ] = "",
    lang: LangOption = Lang.zh,
) -> None:
    """核验归档：改动、缺失、换序都会指出。Verifies filed versions: changed, removed, reordered.

    退出状态：0 完整，1 有问题。Exit status: 0 sound, 1 not.
    """
    with readable(lang):
        found = verify(folder, digest)
    for version in found.versions:
        typer.echo(f"v{version.number}  {version.when}  {version.who}  {version.digest}")
    for problem in found.problems:
        typer.echo(problem.message_in(lang.value), err=True)
    if found.sound:
        typer.echo(say("filing", "sound", lang, count=len(found.versions), digest=found.digest))
    raise typer.Exit(int(not found.sound))


def _content(what: Path, when: datetime, lang: Lang) -> tuple[Mapping[str, Any], Path]:
    """The data to file and the folder beside which to file it."""
    paths = [what / RECORD, what / DEPARTMENT_RECORD] if what.is_dir() else [what]
    path = next((p for p in paths if p.is_file() and p.suffix == ".json"), None)
    if path is None:
        year = ledger_year(what, lang, when)
        return record_of(year.evaluation()), year.folder
    try:
        content = json.loads(path.read_bytes())
    except (ValueError, RecursionError):
        content = None
    if not is_record(content):
        fail(say("cli", "not-evaluation", lang, file=path))
    return content, path.parent
