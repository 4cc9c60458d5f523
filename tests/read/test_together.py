"""Several files of one prior book are one book, by their names or by what they say; others are not."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

import mingzhang as mz
from goldbooks import paths
from mingzhang.cli import app
from mingzhang.model.book import Book
from mingzhang.read.together import named_together, parts_of_one

TEXT = """# 云州市民生服务局2023年部门预算

# 第一部分 部门概况

一、主要职能

# 第二部分 2023年部门预算情况说明

2023年部门预算收入4,196万元，支出预算4,196万元，其中财政拨款4,183万元；基本支出3,000万元，项目支出1,196万元。
"""
TABLE = """# 云州市民生服务局2023年部门预算

表 2

## 收入总表

部门名称：云州市民生服务局

单位：万元

项 目\t2023 年预算数
收入总计\t4,196
一、政府预算拨款\t4,183
1. 一般公共预算拨款\t4,183
三、单位资金\t13
"""


def book(text: str) -> Book:
    return mz.read_text(text, "book.txt")


def grouped(*texts: str) -> list[list[int]]:
    return parts_of_one([book(t) for t in texts])


def test_text_and_tables_of_one_year_are_one_book() -> None:
    assert grouped(TEXT, TABLE) == [[0, 1]]
    assert grouped(TABLE, TEXT) == [[0, 1]]
    last = TEXT.replace("2023", "2022")
    assert grouped(TEXT, last, TABLE) == [[0, 2], [1]]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (TEXT, TABLE.replace("2023", "2022")),  # another year
        (TEXT, TABLE.replace("云州市民生服务局", "云州市档案馆")),  # another department
        (TEXT, TABLE.replace("预算", "决算")),  # the final account
        (TABLE, TABLE.replace("4,196", "4,197")),  # two drafts of the same statement
        (TEXT, TEXT.replace("3,000", "3,001")),  # two drafts of the text
        (TEXT + TABLE, TABLE),  # a book that prints it already
    ],
)
def test_what_is_no_part(one: str, other: str) -> None:
    assert grouped(one, other) == [[0], [1]]


def test_a_short_form_of_the_name_is_the_same_department() -> None:
    long = TABLE.replace("云州市民生服务局", "云州市人民政府民生服务局")
    assert grouped(TEXT, long) == [[0, 1]]


def test_names_alike_but_for_text_and_tables(tmp_path: Path) -> None:
    names = ["a局2023文字.pdf", "b.pdf", "a局2023表格.pdf", "c-text.pdf", "x/c-tables.pdf"]
    files = [tmp_path / n for n in names]
    assert named_together(files) == [
        ("a局2023", (files[0], files[2])),
        ("b.pdf", (files[1],)),
        ("c-text.pdf", (files[3],)),
        ("c-tables.pdf", (files[4],)),  # in another folder
    ]


def checked(*words: str | Path) -> tuple[list[dict[str, object]], str]:
    result = CliRunner().invoke(app, [*map(str, ["check", *words]), "--format", "json"])
    assert result.exit_code in (0, 1), result.output
    return json.loads(result.stdout)["findings"], result.stderr


def test_two_files_of_last_years_book_on_the_command_line(tmp_path: Path) -> None:
    """As one book however they are given: by name, by what they say, or as a folder."""
    this, last = paths("js-partyoffice-2019"), paths("js-partyoffice-2018")
    folder = tmp_path / "last"
    folder.mkdir()
    renamed = []
    for name, path in zip(("one.pdf", "two.pdf"), last, strict=True):
        shutil.copy(path, folder / path.name)
        renamed.append(tmp_path / name)
        shutil.copy(path, renamed[-1])
    whole, _ = checked(*this, "--prior", folder)
    by_name, said = checked(*this, "--prior", last[0], "--prior", last[1])
    by_content, told = checked(*this, "--prior", renamed[0], "--prior", renamed[1])

    def prints(findings: list[dict[str, object]]) -> list[object]:
        return sorted(str(f["fingerprint"]) for f in findings)

    assert prints(by_name) == prints(whole)
    assert prints(by_content) == prints(whole)
    assert said == ""  # the names say it
    assert "one.pdf, two.pdf" in told and "合为一本" in told
