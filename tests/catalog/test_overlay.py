"""A catalog of one's own: what is merged, and the sentence for everything that is refused."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from mingzhang.catalog import source
from mingzhang.catalog.merge import merged_rows, merged_table
from mingzhang.catalog.overlay import Overlay
from mingzhang.catalog.refused import CatalogRefused
from mingzhang.catalog.source import VARIABLE, merged

ROOT = Path(__file__).parents[2]
KIND = (
    '[[kind]]\nid = "{id}"\nzh = "甲表"\ntitle = ["{title}"]\nrows = "{rows}"\ncoordinates = {{}}\n'
)
VALUE = 'zh = "甲"\nen = "A"\nwithin = "{within}"\nhow = "{how}"\nlabels = ["{label}"]\n'

FAMILY = """[family.city]
zh = "某市"
en = "A city"
stage = "budget"
statements = [["income", "收入表"]]
"""
FORM = """stage = "budget"
cover = "{department}{year}年"
[prose]
unit = "万元"
decimals = 2
[defaults]
unit = "万元"
decimals = 2
[[statement]]
kind = "income"
number = "表1"
title = "收入表"
columns = [{ header = ["科目"], role = "name" }, { header = ["金额"], role = "amount" }]
rows = [{ label = "一般公共预算", at = { flow = "income", fund = "general" } }]
[[part]]
id = "tables"
heading = "表"
"""

Folder = Callable[..., Path]


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """Writes a folder our-city: one argument per file, its dots written as __."""

    def made(version: str = source.__version__, **files: str) -> Path:
        room = tmp_path / "our-city"
        (room / "codes").mkdir(parents=True)
        about = f'name = "our-city"\nversion = "1"\nmingzhang = "{version}"\n'
        (room / "catalog.toml").write_text(about, "utf-8")
        for name, text in files.items():
            ending = ".csv" if name.startswith("codes__") else ".toml"
            path = room / (name.replace("__", "/") + ending)
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, "utf-8")
        return room

    return made


def refusal(room: Path) -> CatalogRefused:
    with pytest.raises(CatalogRefused) as told:
        merged(room)
    assert set(told.value.messages) == {"zh", "en"}
    assert not any("{" in text for text in told.value.messages.values())
    return told.value


# ---------------------------------------------------------------- what is added


def test_lists_of_words_come_after_ours_and_once(folder: Folder) -> None:
    ours = source.table("headers.toml")["amount"]
    overlay = merged(folder(headers=f'amount = ["批复数", "{ours[0]}", "批复数"]\n'))
    assert overlay.tables["headers.toml"]["amount"] == [*ours, "批复数"]
    assert source.table("headers.toml")["amount"] == ours, "ours is not touched"


def test_entries_with_an_id_are_tried_before_ours(folder: Folder) -> None:
    ours = [k["id"] for k in source.table("statements.toml")["kind"]]
    room = folder(statements=KIND.format(id="ferries", title="渡口.*表", rows="function"))
    merged_kinds = merged(room).tables["statements.toml"]["kind"]
    assert [k["id"] for k in merged_kinds] == ["ferries", *ours]


def test_new_keys_and_labels_of_a_known_one(folder: Folder) -> None:
    text = "[fund.ferry]\n" + VALUE.format(within="own", how="part", label="轮渡调剂")
    room = folder(dimensions=text + '[fund.own]\nlabels = ["自筹渡口资金"]\n')
    funds = merged(room).tables["dimensions.toml"]["fund"]
    assert funds["ferry"]["within"] == "own"
    ours = source.table("dimensions.toml")["fund"]["own"]
    assert funds["own"] == {**ours, "labels": [*ours["labels"], "自筹渡口资金"]}


def test_rows_come_after_ours_with_columns_left_out_empty(folder: Folder) -> None:
    name = "codes/expenditure_function.csv"
    overlay = merged(folder(codes__expenditure_function="code,name\n2149988,渡口管理\n"))
    *ours, last = overlay.rows[name]
    assert tuple(ours) == source.rows(name)
    assert (last["code"], last["name"]) == ("2149988", "渡口管理")
    assert set(last) == set(ours[0]) and last["confidence"] == ""


def test_a_code_may_have_another_name_in_other_years() -> None:
    ours = [{"code": "21499", "name": "甲", "valid_from": "2007", "valid_to": "2018"}]
    later = [{"code": "21499", "name": "乙", "valid_from": "2019", "valid_to": ""}]
    assert len(merged_rows(ours, later, "x")) == 2
    with pytest.raises(CatalogRefused) as told:
        merged_rows(ours, [{**later[0], "valid_from": "2018"}], "x")
    assert told.value.what == "code-taken"


def test_the_digest_is_of_the_contents(folder: Folder, tmp_path: Path) -> None:
    room = folder(headers='amount = ["批复数"]\n')
    first = merged(room)
    moved = room.rename(tmp_path / "elsewhere")
    assert merged(moved).sha256 == first.sha256
    (moved / "README.md").write_text("our city", "utf-8")  # not read, so not counted
    assert merged(moved).sha256 == first.sha256
    (moved / "headers.toml").write_text('amount = ["批准数"]\n', "utf-8")
    assert merged(moved).sha256 != first.sha256


# ---------------------------------------------------------------- what is refused

REFUSED: dict[str, tuple[dict[str, str], str, str]] = {
    "a single value of ours": (
        {"dimensions": '[fund.general]\nwithin = ""\n'},
        "ours",
        "our-city/dimensions.toml: fund.general.within belongs to Mingzhang",
    ),
    "a new field in a record of ours": (
        {"dimensions": '[fund.general]\nnote = "x"\n'},
        "ours",
        "fund.general.note",
    ),
    "a list in ours that is not of words": (
        {"layouts": '[family.shenzhen]\nstatements = [["goals", "目标表"]]\n'},
        "ours",
        "family.shenzhen.statements",
    ),
    "a table inside a record": (
        {"layouts": '[absent.income]\ncoordinates = { flow = "uses" }\n'},
        "ours",
        "absent.income.coordinates",
    ),
    "an id of ours": (
        {"statements": KIND.format(id="income", title="渡口表", rows="lines")},
        "id-taken",
        "the id of kind.income is taken",
    ),
    "one id twice": (
        {"statements": 2 * KIND.format(id="ferries", title="渡口表", rows="lines")},
        "id-taken",
        "kind.ferries",
    ),
    "an entry without id": ({"statements": '[[kind]]\nzh = "甲表"\n'}, "no-id", "kind needs an id"),
    "a section that nobody reads": ({"layouts": "[fmaily.x]\n"}, "top", "“fmaily”"),
    "a misspelt field": (
        {"statements": KIND.format(id="a", title="甲表", rows="lines") + "nuetral = []\n"},
        "strange",
        "no field “nuetral”",
    ),
    "a field left out": (
        {"dimensions": '[fund.ferry]\nzh = "甲"\nen = "A"\nlabels = []\n'},
        "lacks",
        "fund.ferry lacks within、how",
    ),
    "a word where a list should be": (
        {"headers": 'amount = "批复数"\n'},
        "shape",
        "amount should be a list",
    ),
    "a number among words": ({"headers": "amount = [1]\n"}, "shape", "should be text in quotes"),
    "a word of ours given to another value": (
        {"dimensions": '[fund.own]\nlabels = ["一般公共预算"]\n'},
        "label-taken",
        "already means something to Mingzhang (fund.general)",
    ),
    "a column of ours declared to hold nothing": (
        {"headers": 'none = ["项目支出"]\n'},
        "label-taken",
        "nature.project",
    ),
    "a word of sentences given to another value": (
        {"narrative": '[words.nature]\npublic = ["人员经费"]\n'},
        "label-taken",
        "nature.personnel",
    ),
    "a phrase turned round": (
        {"narrative": '[change]\nup = ["减少"]\n'},
        "label-taken",
        "“减少” already means something to Mingzhang (change.down)",
    ),
    "a title of ours taken by a wide pattern": (
        {"statements": KIND.format(id="ferries", title=".*支出总表", rows="lines")},
        "title-taken",
        "also fits “支出总表”, which is Mingzhang's expenditure",
    ),
    "a pattern that is none": (
        {"statements": KIND.format(id="ferries", title="渡口(表", rows="lines")},
        "pattern",
        "not a regular expression",
    ),
    "rows of an unknown shape": (
        {"statements": KIND.format(id="ferries", title="渡口表", rows="boats")},
        "unknown-value",
        "kind.ferries.rows is “boats”",
    ),
    "a value within one that is not": (
        {"dimensions": "[fund.a]\n" + VALUE.format(within="b", how="part", label="甲款")},
        "unknown-value",
        "fund.a.within is “b”",
    ),
    "values within each other": (
        {
            "dimensions": "[fund.a]\n"
            + VALUE.format(within="b", how="part", label="甲款")
            + "[fund.b]\n"
            + VALUE.format(within="a", how="part", label="乙款")
        },
        "circle",
        "within itself",
    ),
    "a family of unknown statements": (
        {
            "layouts": '[family.x]\nzh = "甲"\nen = "A"\nstage = "budget"\nstatements = [["ferries", "渡口表"]]\n'
        },
        "unknown-value",
        "family.x.statements is “ferries”",
    ),
    "a family of another stage": (
        {
            "layouts": '[family.x]\nzh = "甲"\nen = "A"\nstage = "draft"\nstatements = [["income", "收入表"]]\n'
        },
        "unknown-value",
        "family.x.stage is “draft”",
    ),
    "a code with another name": (
        {"codes__expenditure_function": "code,name\n201,渡口支出\n"},
        "code-taken",
        "code 201 is “一般公共服务支出” in those years; here it is “渡口支出”",
    ),
    "a code without name": (
        {"codes__expenditure_function": "code,name\n2149988,\n"},
        "no-code",
        "line 2",
    ),
    "an unknown column": (
        {"codes__expenditure_function": "code,name,colour\n2149988,渡口,red\n"},
        "columns",
        "no column “colour”",
    ),
    "a file that would not be read": (
        {"dimension": "[fund.a]\n"},
        "unknown-file",
        "our-city/dimension.toml",
    ),
    "a form of ours": ({"forms__shenzhen": FORM}, "id-taken", "the id of shenzhen is taken"),
    "a form of no family": (
        {"forms__nowhere": FORM},
        "form-family",
        "layouts.toml has no family “nowhere”",
    ),
    "a form of other statements": (
        {"forms__city": FORM, "layouts": FAMILY.replace("income", "expenditure")},
        "form-kinds",
        "those of city in layouts.toml: budget、expenditure; here they are: budget、income",
    ),
    "a form of another stage": (
        {"forms__city": FORM.replace("budget", "final"), "layouts": FAMILY},
        "form-kinds",
        "here they are: final、income",
    ),
    "a form without text": (
        {"forms__city": FORM + '[[part]]\nid = "terms"\nheading = "词"\n', "layouts": FAMILY},
        "form-text",
        "write forms/city/terms.md",
    ),
    "a form with a field that nobody reads": (
        {"forms__city": FORM.replace("number", "nummer"), "layouts": FAMILY},
        "strange",
        "has no field “nummer”",
    ),
    "a form with a fund that there is not": (
        {"forms__city": FORM.replace('"general"', '"generel"'), "layouts": FAMILY},
        "unknown-value",
        "is “generel”",
    ),
    "a form without a cover": (
        {"forms__city": FORM.replace("cover", "text_heading"), "layouts": FAMILY},
        "lacks",
        "city lacks cover",
    ),
    "a form in no unit": (
        {"forms__city": FORM.replace("万元", "两"), "layouts": FAMILY},
        "form-broken",
        "not a whole form",
    ),
    "the sentences of refusal": ({"refusals": "[ours]\n"}, "unknown-file", "refusals.toml"),
    "no TOML": ({"headers": "amount = [\n"}, "not-toml", "our-city/headers.toml: not TOML"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refused_with_its_sentence(name: str, folder: Folder) -> None:
    files, what, words = REFUSED[name]
    error = refusal(folder(**files))
    assert error.what == what
    assert words in error.message_in("en")
    assert "our-city" in error.message_in("zh") and "our-city" in error.message_in("en")


def test_a_form_and_its_texts_are_added_and_a_readme_is_not_read(folder: Folder) -> None:
    room = folder(forms__city=FORM + '[[part]]\nid = "terms"\nheading = "词"\n', layouts=FAMILY)
    (room / "README.md").write_text("about us", "utf-8")
    (room / "forms" / "city").mkdir()
    (room / "forms" / "city" / "terms.md").write_text("甲：乙。", "utf-8")
    before = merged(room)
    assert list(before.forms) == ["city"]
    assert before.texts == {"forms/city/terms.md": "甲：乙。"}
    (room / "README.md").write_text("about us, longer", "utf-8")
    assert merged(room).sha256 == before.sha256
    (room / "forms" / "city" / "terms.md").write_text("甲：丙。", "utf-8")
    assert merged(room).sha256 != before.sha256


def test_the_text_of_one_of_ours_may_be_used_but_not_replaced(folder: Folder) -> None:
    part = '[[part]]\nid = "terms"\nheading = "词"\nfrom = "shenzhen"\n'
    room = folder(forms__city=FORM + part, layouts=FAMILY)
    assert merged(room).texts == {}
    (room / "forms" / "shenzhen").mkdir()
    (room / "forms" / "shenzhen" / "terms.md").write_text("甲：乙。", "utf-8")
    assert refusal(room).what == "id-taken"


def test_every_refusal_of_the_catalog_is_tried() -> None:
    from mingzhang.catalog.refused import _sentences

    here = {what for _, what, _ in REFUSED.values()}
    below = {"no-folder", "no-name", "not-utf8", "written-for"}
    assert set(_sentences()) == here | below


def test_no_folder_no_name_no_utf8(folder: Folder, tmp_path: Path) -> None:
    assert refusal(tmp_path / "nowhere").what == "no-folder"
    room = folder()
    (room / "headers.toml").write_bytes("amount = ['批复数']".encode("gb18030"))
    assert refusal(room).what == "not-utf8"
    (room / "headers.toml").unlink()
    (room / "catalog.toml").write_text('name = "our-city"\nversion = 1\n', "utf-8")
    assert refusal(room).what == "no-name"


def test_a_refusal_tells_the_version_it_was_written_for(folder: Folder) -> None:
    error = refusal(folder("0.0.1", dimensions='[fund.general]\nwithin = ""\n'))
    assert error.what == "ours"
    assert error.message_in("en").endswith(
        f"written for Mingzhang 0.0.1; this is {source.__version__}.)"
    )


def test_our_own_files_merge_with_nothing() -> None:
    for name in source._names():
        if name.endswith(".toml"):
            assert merged_table(source.table(name), {}, name) == source.table(name)


# ---------------------------------------------------------------- the one door


def test_nothing_else_opens_the_catalog() -> None:
    door = {"source.py", "refused.py"}
    # forms are whole files of one family each, and sentences of a fault are no one's to change
    beside = {"forms.py", "faults.py"}
    found = [
        path.name
        for path in sorted((ROOT / "src" / "mingzhang").rglob("*.py"))
        if 'files("mingzhang.catalog")' in path.read_text("utf-8")
    ]
    assert set(found) - beside == door


def test_importing_everything_reads_nothing(folder: Folder) -> None:
    """--catalog can only be heeded if the catalog was not read while modules were loaded."""
    code = (
        "import mingzhang.cli, mingzhang.rules, mingzhang.read.narrative;"
        "from mingzhang.catalog import source;"
        "assert not source.table.cache_info().currsize, source.table.cache_info();"
        "assert not source._overlay.cache_info().currsize"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=120)


def test_read_once_and_never_again(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    before: Overlay | None = source._overlay()
    monkeypatch.setenv(VARIABLE, str(folder()))
    assert source._overlay() is before and source.used() == {}
