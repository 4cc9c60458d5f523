"""Disclosure: nothing withheld stands in a published file, or can be worked out from what does."""

from __future__ import annotations

import html
import importlib
import io
import sys
import unicodedata
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

import mingzhang as mz
from attack import Attack
from mingzhang.check import check
from mingzhang.compile.amounts import Amounts
from mingzhang.compiling import Compiled, compile_ledger
from mingzhang.disclosure import Secret, audit, sealed
from mingzhang.ledger.checksecrets import withheld_names
from mingzhang.model.book import Book
from mingzhang.model.edition import Edition, Prose, Table
from mingzhang.model.ledger import Ledger, Line, Passage, Project, Protection, Reason
from mingzhang.model.place import Place
from random_ledger import Size, make_ledger

HERE = Place("0" * 64, "test", "")
YUAN = 100
WAN = 1_000_000


def line(now: int, before: int = 0, **more: object) -> Line:
    """A line of so many 分 this year and last."""
    amounts = {(0, "budget"): now, (1, "budget"): before}
    return Line({m: fen for m, fen in amounts.items() if fen}, HERE, **more)  # type: ignore[arg-type]


SECRET_NAME = "青鸟计划"
OPEN = (
    line(321_0000_00, 300_0000_00, nature="personnel", function="2010301", economic="30101"),
    line(45_6789_12, 40_0000_00, nature="public", function="2010301", economic="30201"),
    line(3_3000_00, 3_3000_00, nature="public", function="2010301", economic="30217"),
    line(88_1234_56, 80_0000_00, nature="project", project="河道巡护", function="2010302", economic="30227"),
)  # fmt: skip
SECRET = line(
    67_8912_34, 61_2345_67, nature="project", project=SECRET_NAME, function="2010302",
    economic="30227", withheld=True,
)  # fmt: skip


def ledger(*lines: Line, layout: str = "shenzhen", **more: object) -> Ledger:
    projects = dict.fromkeys(x.project for x in lines if x.project)
    given: dict[str, object] = {
        "name": "某局",
        "department": "某局",
        "year": 2023,
        "layout": layout,
        "lines": lines,
        "source": HERE,
        "rounding": "independent",
        "projects": tuple(
            Project(p, HERE, "做事", reason="任务变化", withheld=p == SECRET_NAME) for p in projects
        ),
        "reasons": tuple(
            Reason(s, "任务变化", HERE) for s in ("总收支", "sangong", "running_cost")
        ),
    }
    return Ledger(**{**given, **more})  # type: ignore[arg-type]


def secret_of(compiled: Compiled, item: str = "涉密项1") -> tuple[int | None, int | None, int]:
    assert compiled.audit is not None
    return compiled.audit.intervals[item]


def cured(made: Ledger, prior: tuple[Book, ...] = ()) -> tuple[Ledger, Compiled]:
    """The ledger with what the audit proposes kept back."""
    compiled = compile_ledger(made, prior)
    if compiled.audit is None or compiled.audit.safe:
        return made, compiled
    assert compiled.audit.cure is not None
    rule = replace(
        made.protection, withhold=(*made.protection.withhold, *compiled.audit.cure), signed={}
    )
    again = replace(made, protection=rule)
    return again, compile_ledger(again, prior)


# ---------------------------------------------------------------- (a) what the files hold


def publishers() -> dict[str, object]:
    """The formats that there are."""
    found = {}
    for name in ("html", "xlsx", "docx", "pdf", "data"):
        module = importlib.import_module(f"mingzhang.publish.{name}")
        if hasattr(module, f"publish_{name}"):
            found[name] = getattr(module, f"publish_{name}")
    return found


def texts(path: Path) -> Iterator[str]:
    """Everything that can be read in a file or folder: its name, its bytes, those of its members,
    and what the reading way sees."""
    yield path.name
    for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
        yield file.name
        if not file.is_file():
            continue
        data = file.read_bytes()
        yield from decoded(data)
        if zipfile.is_zipfile(io.BytesIO(data)):
            with zipfile.ZipFile(io.BytesIO(data)) as members:
                for info in members.infolist():
                    yield info.filename
                    yield from decoded(members.read(info))
        if file.suffix == ".pdf":
            read = mz.read(file)
            yield read.title
            yield "\n".join(p.place.excerpt for p in read.figures)
            yield pdf_text(file)
        if file.suffix == ".parquet":
            import pyarrow.parquet as parquet

            yield str(parquet.read_table(file).to_pylist())


def pdf_text(path: Path) -> str:
    import pypdfium2

    pdf = pypdfium2.PdfDocument(str(path))
    pages = [page.get_textpage().get_text_range() for page in pdf]
    outline = [item.get_title() for item in pdf.get_toc()]
    return "\n".join([*pages, *outline, *map(str, pdf.get_metadata_dict().values())])


def decoded(data: bytes) -> Iterator[str]:
    for encoding in ("utf-8", "utf-16-le", "utf-16-be"):
        text = data.decode(encoding, "ignore")
        yield text
        if encoding == "utf-8":
            yield html.unescape(text)


def printings(fen: int) -> set[str]:
    """How an amount is told exactly: in 分, in 元 and in 万元, with and without commas."""
    yuan = f"{fen / 100:.2f}"
    wan = f"{fen / WAN:.6f}".rstrip("0")
    out = {yuan, f"{fen / 100:,.2f}", wan}
    if fen % 100 == 0:
        out |= {str(fen // 100), f"{fen // 100:,}"}
    return {t for t in {*out, str(fen)} if len(t.replace(",", "").replace(".", "")) >= 6}


def bare(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


FILES = [(1, "shenzhen"), (2, "jiangsu-2018"), (4, "shanghai-budget"), (5, "shanghai-final")]


@pytest.mark.parametrize("seed, layout", FILES)
@pytest.mark.parametrize("totals", ["included", "excluded"])
def test_no_file_holds_a_withheld_name_or_amount(
    seed: int, layout: str, totals: str, tmp_path: Path
) -> None:
    made = make_ledger(seed, layout, Size(1, 2, 1, 3, 1), withheld=True, rounding="independent")
    made = replace(made, protection=replace(made.protection, totals=totals, signed={}))
    made, compiled = cured(made)
    assert compiled.audit is not None and compiled.audit.safe
    assert compiled.edition is not None
    secret = [x for x in made.lines if x.withheld]
    assert secret
    names = set(map(bare, withheld_names(made))) | {p.name for p in made.projects if p.withheld}
    amounts = {t for x in secret for fen in x.amounts.values() for t in printings(fen)}
    for project in {x.project for x in secret}:
        for measure in {m for x in secret for m in x.amounts}:
            whole = sum(x.amounts.get(measure, 0) for x in secret if x.project == project)
            amounts |= printings(whole)
    found = []
    assert {"html", "xlsx"} <= publishers().keys()
    for name, write in publishers().items():
        path = tmp_path / f"book.{name}"
        write(compiled.edition, path)  # type: ignore[operator]
        seen = [bare(text) for text in texts(path)]
        plain = "\n".join(seen)
        found += [(name, word) for word in names if word in plain]
        found += [
            (name, word) for word in amounts if word.replace(",", "") in plain.replace(",", "")
        ]
    assert found == []


def test_the_search_of_files_finds_what_is_there(tmp_path: Path) -> None:
    """The test above can fail: a public project and its amount are found in every format."""
    made = make_ledger(1, "shanghai-budget", Size(1, 2, 1, 3, 1), rounding="independent")
    compiled = compile_ledger(made)
    assert compiled.edition is not None
    department = bare(made.department)
    for name, write in publishers().items():
        path = tmp_path / f"book.{name}"
        write(compiled.edition, path)  # type: ignore[operator]
        assert department in "".join(map(bare, texts(path))), name


def test_what_the_edition_holds_besides_its_text_names_nothing() -> None:
    """Codes, line items, digest and quantities: publishers get them, so they count as published."""
    made, compiled = cured(ledger(*OPEN, SECRET))
    assert compiled.ok and compiled.edition is not None
    held = repr(compiled.edition)
    assert SECRET_NAME not in held
    assert compiled.edition.lines == ()
    for fen in SECRET.amounts.values():
        assert all(text not in held for text in printings(fen))
    # the digest is of nothing else: another secret of the same printed sums, the same digest
    other = replace(SECRET, project="别的计划", note="别的")
    renamed = replace(
        made,
        lines=(*OPEN, other),
        projects=tuple(
            replace(p, name="别的计划") if p.name == SECRET_NAME else p for p in made.projects
        ),
    )
    again = compile_ledger(renamed)
    assert again.edition is not None
    assert again.edition.digest == compiled.edition.digest


# ---------------------------------------------------------------- (b) the interval


def atoms_as_lines(made: Ledger, secret: Secret) -> list[tuple[int, tuple[int, str]]]:
    """The lines of a secret that spend (not the income derived from them)."""
    lines = [i for i, x in enumerate(made.lines) if x.withheld]
    if secret.project:
        lines = [i for i in lines if made.lines[i].project == secret.project]
    return [(i, secret.measure) for i in lines if made.lines[i].amounts.get(secret.measure)]


def same(mine: tuple[int | None, int | None], theirs: list[float | None]) -> bool:
    """The same whole numbers, to what a floating-point solver can tell."""
    for ours, found in zip(mine, theirs, strict=True):
        if (ours is None) != (found is None):
            return False
        if ours is not None and found is not None and abs(ours - found) > 1.5 + 1e-7 * abs(found):
            return False
    return True


LINEAR = [
    (1, "shenzhen", "included"),
    (6, "shenzhen", "excluded"),
    (2, "jiangsu-2018", "included"),
    (3, "jiangsu-2017", "included"),
    (4, "shanghai-budget", "included"),
    (7, "shanghai-final", "included"),
]


@pytest.mark.parametrize("seed, layout, totals", LINEAR)
def test_the_interval_is_that_of_an_independent_linear_program(
    seed: int, layout: str, totals: str
) -> None:
    """Before and after a figure is withheld, with percentages where the layout prints them."""
    made = make_ledger(seed, layout, Size(1, 2, 2, 3, 2), withheld=True, rounding="independent")
    made = replace(made, protection=Protection(totals=totals))
    assert not any(x.flow != "expenditure" for x in made.lines)
    finite = 0
    for _ in range(2):
        compiled = compile_ledger(made)
        assert compiled.edition is not None and compiled.audit is not None
        attack = Attack(made, compiled.edition, book=compiled.book)
        wholes = [s for s in compiled.audit.secrets if "-" not in s.id]
        answers = attack.intervals([atoms_as_lines(made, s) for s in wholes])
        for secret, answer in zip(wholes, answers, strict=True):
            low, high, _ = compiled.audit.intervals[secret.id]
            assert same((low, high), answer), (secret.id, low, high, answer)
            finite += high is not None
        if not compiled.audit.cure:
            break
        made = replace(made, protection=replace(made.protection, withhold=compiled.audit.cure[:3]))
    assert finite or totals == "excluded"


# ---------------------------------------------------------------- (c) attacks


def test_neighbours_subtracted_from_a_total() -> None:
    """The account 30227 holds one public and one withheld line; totals tell the rest."""
    compiled = compile_ledger(ledger(*OPEN, SECRET, layout="shanghai-budget"))
    low, high, needed = secret_of(compiled)
    assert low is not None and high is not None
    assert low <= SECRET.amounts[0, "budget"] <= high
    # the function 2010302 prints 156 0147 元 to the 元; nothing tells the two projects apart there,
    # so each may be all of it, and no public project table exists in this layout
    assert needed == SECRET.amounts[0, "budget"] // 5 + 1
    compiled = compile_ledger(ledger(*OPEN, SECRET))
    low, high, needed = secret_of(compiled)
    assert low is not None and high is not None
    # Shenzhen lists the projects: total of the projects less the only public one, each to 1 万元
    assert high - low <= 2 * WAN
    assert low <= SECRET.amounts[0, "budget"] <= high
    assert not compiled.ok
    assert any(f.kind == "leak" for f in compiled.faults)


def test_a_fund_that_only_the_secret_uses_is_told_by_its_income() -> None:
    """Withholding what is spent from a fund is no use while its income is printed."""
    only = replace(SECRET, fund="govfund", function="2296003")
    made, compiled = cured(ledger(*OPEN, only))
    assert compiled.audit is not None and compiled.audit.safe
    spent = "year=2023 flow=expenditure fund=govfund"
    kept = set(made.protection.withhold)
    assert any(key.startswith(spent) for key in kept)
    assert any("flow=income fund=govfund" in key for key in kept)
    assert compiled.edition is not None
    attack = Attack(made, compiled.edition)
    (answer,) = attack.intervals([[(len(OPEN), (0, "budget"))]])
    low, high = answer
    assert high is None or high - (low or 0) >= SECRET.amounts[0, "budget"] // 5


def test_a_withheld_line_left_out_of_the_totals_is_told_by_the_income() -> None:
    """收入 still counts the money, so 收入总计 less 支出总计 is the secret."""
    all_of_it = sum(x.amounts[0, "budget"] for x in (*OPEN, SECRET))
    before = sum(x.amounts[1, "budget"] for x in (*OPEN, SECRET))
    income = line(all_of_it, before, flow="income")
    rule = Protection(totals="excluded")
    compiled = compile_ledger(ledger(*OPEN, SECRET, income, protection=rule))
    low, high, needed = secret_of(compiled)
    assert low is not None and high is not None and high - low < needed
    assert not compiled.ok
    # without it in the income either, nothing is told
    income = line(all_of_it - SECRET.amounts[0, "budget"], before - SECRET.amounts[1, "budget"], flow="income")  # fmt: skip
    compiled = compile_ledger(ledger(*OPEN, SECRET, income, protection=rule))
    assert secret_of(compiled)[1] is None
    assert compiled.ok


def test_last_years_book_named_the_project() -> None:
    """What was public last year stays known; this year's change of the total tells the rest."""
    open_then = tuple(replace(x, amounts={(0, "budget"): x.amounts[1, "budget"]}, withheld=False) for x in (*OPEN, SECRET))  # fmt: skip
    then = compile_ledger(
        replace(
            ledger(*open_then), year=2022, projects=tuple(Project(p, HERE, "做事", reason="新增") for p in ("河道巡护", SECRET_NAME))
        )
    )  # fmt: skip
    assert then.ok and then.book is not None
    made = ledger(*OPEN, SECRET)
    alone = compile_ledger(made)
    beside = compile_ledger(made, [then.book])
    assert alone.audit is not None and beside.audit is not None
    last = "涉密项1·2022年年初预算"
    low, high, _ = beside.audit.intervals[last]
    assert low is not None and high is not None
    assert high - low <= WAN
    assert low <= SECRET.amounts[1, "budget"] <= high
    assert last in beside.audit.leaks
    assert beside.audit.cure is None  # nothing of this book takes it back
    assert any(f.kind == "leak-no-cure" for f in beside.faults)
    before = alone.audit.intervals[last]
    assert before[1] is None or before[0] is None or before[1] - before[0] > high - low


def test_percentages_narrow_what_a_coarse_change_leaves_open() -> None:
    """A growth rate of 0.1 % of a large base is finer than a change printed to 1 万元."""
    made = ledger(*OPEN, SECRET, layout="shenzhen")
    compiled = compile_ledger(made)
    assert compiled.edition is not None and compiled.book is not None
    blind = audit(made, compiled.edition, None)
    seeing = audit(made, compiled.edition, compiled.book)
    for item, (low, high, _) in blind.intervals.items():
        l2, h2, _ = seeing.intervals[item]
        assert low is None or (l2 is not None and l2 >= low)
        assert high is None or (h2 is not None and h2 <= high)
    changed = [i for i in blind.intervals if blind.intervals[i] != seeing.intervals[i]]
    assert changed, "no percentage told anything"


def test_an_amount_typed_into_a_passage_counts_as_published() -> None:
    """ "项目支出预算156.01469万元" tells the secret to the 元, whatever the tables print."""
    told = Passage("overview", "2023年某局项目支出预算156.01469万元。", HERE)
    without = compile_ledger(ledger(*OPEN, SECRET))
    compiled = compile_ledger(ledger(*OPEN, SECRET, passages=(told,)))
    low, high, _ = secret_of(compiled)
    l1, h1, _ = secret_of(without)
    assert None not in (low, high, l1, h1)
    assert high - low < 2 * WAN == h1 - l1  # type: ignore[operator]


def test_a_placeholder_cannot_print_the_secret() -> None:
    for text in (f'密{{{{ 金额(项目="{SECRET_NAME}") }}}}', f'{{{{ 分(项目="{SECRET_NAME}") }}}}'):
        made = ledger(*OPEN, SECRET, passages=(Passage("overview", text, HERE),))
        kinds = {f.kind for f in compile_ledger(made).faults if f.severity == "error"}
        assert kinds & {"named", "template"}, text


def test_names_in_any_text_are_found() -> None:
    spaced = " ".join(SECRET_NAME)
    for made in (
        ledger(*OPEN, SECRET, passages=(Passage("overview", f"其中{spaced}另行安排。", HERE),)),
        ledger(*OPEN, SECRET, reasons=(Reason("总收支", f"新增{SECRET_NAME}", HERE), Reason("sangong", "无", HERE), Reason("running_cost", "无", HERE))),
        ledger(*OPEN, SECRET, department=f"某局（{SECRET_NAME}）"),
        ledger(*OPEN, SECRET, facts={"名称:2010302": SECRET_NAME}),
    ):  # fmt: skip
        faults = compile_ledger(made).faults
        assert any(f.kind == "named" for f in faults)
        assert all(SECRET_NAME not in f.message() for f in faults if f.kind == "named")


def test_a_withheld_project_seals_its_lines() -> None:
    """The mark on the project is enough, and its purchases are not listed either."""
    bought = replace(SECRET, withheld=False, procurement="services", purchase="某型设备")
    made = ledger(*OPEN, bought)
    assert [x.withheld for x in sealed(made).lines] == [False] * 4 + [True]
    compiled = compile_ledger(made)
    assert compiled.edition is not None
    assert compiled.edition.lines == ()
    held = repr(compiled.edition)
    assert SECRET_NAME not in held and "某型设备" not in held
    assert compiled.audit is not None and compiled.audit.secrets


def test_a_project_with_one_withheld_line_is_listed_nowhere() -> None:
    half = replace(OPEN[3], project="半密项目", procurement="goods", purchase="桌椅")
    other = replace(SECRET, project="半密项目")
    compiled = compile_ledger(ledger(*OPEN, half, other))
    assert compiled.edition is not None
    assert "半密项目" not in repr(compiled.edition)


def test_each_line_of_a_secret_is_protected_besides_their_sum() -> None:
    """A secret of two lines in two accounts: the table by account prints each of them alone."""
    second = replace(SECRET, economic="30213", amounts={(0, "budget"): 5_4321_09})
    compiled = compile_ledger(ledger(*OPEN, SECRET, second))
    assert compiled.audit is not None
    small = compiled.audit.intervals["涉密项1-2"]
    assert small[0] is not None and small[1] is not None
    assert small[0] <= 5_4321_09 <= small[1]
    assert "涉密项1-2" in compiled.audit.leaks


# ---------------------------------------------------------------- (d) the cure


def kept_back(edition: Edition, keys: set[str]) -> list[str]:
    """Where a withheld quantity is printed all the same."""
    found = []
    for block in edition.body:
        if isinstance(block, Table):
            for row in block.rows:
                for cell in row.cells:
                    if cell.quantity is None or cell.quantity.key not in keys:
                        continue
                    if cell.text != "—" or cell.fen is not None or not cell.withheld:
                        found.append(f"{block.title} {cell.quantity.key} {cell.text}")
            positions = {
                (r, c) for r, row in enumerate(block.rows) for c, cell in enumerate(row.cells)
                if cell.withheld
            }  # fmt: skip
            for one in block.sums:
                if not positions.isdisjoint({one.total, *one.parts}):
                    found.append(f"{block.title} sum over a withheld cell")
        elif isinstance(block, Prose):
            for span in block.spans:
                quantity = span.quantity
                if quantity is not None:
                    base = quantity.with_(measure="money")
                    keyed = {base.key, base.level().key} | (
                        {base.base().key} if base.base() else set()
                    )  # type: ignore[union-attr]
                    if base.key in keys or (base.versus and keyed & keys):
                        found.append(f"{block.text} {quantity.key}")
    return found


CURES = [(8, "shenzhen", "additive"), (2, "jiangsu-2018", "independent"), (4, "shanghai-budget", "additive")]  # fmt: skip


@pytest.mark.parametrize("seed, layout, rounding", CURES)
def test_the_cure_cures(seed: int, layout: str, rounding: str, tmp_path: Path) -> None:
    made = make_ledger(seed, layout, Size(1, 2, 1, 3, 1), withheld=True, rounding=rounding)
    made = replace(made, protection=Protection(width_share=0.2))
    first = compile_ledger(made)
    assert first.audit is not None and first.audit.leaks and first.audit.cure
    assert not first.ok
    again, compiled = cured(made)
    assert compiled.audit is not None and compiled.audit.leaks == ()
    assert compiled.ok and compiled.edition is not None
    assert kept_back(compiled.edition, set(again.protection.withhold)) == []
    for low, high, needed in compiled.audit.intervals.values():
        assert high is None or low is None or high - low >= needed
    from mingzhang.publish.xlsx import publish_xlsx

    path = tmp_path / "book.xlsx"
    publish_xlsx(compiled.edition, path)
    from openpyxl import load_workbook

    sheets = load_workbook(path)
    assert all(sheet.sheet_state == "visible" for sheet in sheets)
    dashes = sum(cell.value == "—" for sheet in sheets for row in sheet.iter_rows() for cell in row)
    held = sum(
        cell.withheld for t in compiled.edition.statements for r in t.rows for cell in r.cells
    )
    assert dashes >= held > 0


# ---------------------------------------------------------------- (e), (f) signing off, line items


@pytest.mark.parametrize("who", ["id", "name"])
def test_what_someone_answers_for_passes_with_a_note(who: str) -> None:
    made = ledger(*OPEN, SECRET)
    leaks = compile_ledger(made).audit.leaks  # type: ignore[union-attr]
    assert leaks
    signed = dict.fromkeys(leaks if who == "id" else [SECRET_NAME], "主要负责人同意")
    compiled = compile_ledger(replace(made, protection=Protection(signed=signed)))
    assert compiled.ok and compiled.audit is not None and compiled.audit.safe
    notes = [f for f in compiled.faults if f.kind == "signed"]
    assert len(notes) == len(leaks) and {f.severity for f in notes} == {"note"}
    assert all(SECRET_NAME not in f.message() for f in notes)
    blank = compile_ledger(replace(made, protection=Protection(signed=dict.fromkeys(leaks, " "))))
    assert not blank.ok


def test_line_items_stand_beside_nothing_withheld() -> None:
    public = compile_ledger(ledger(*OPEN)).edition
    assert public is not None and len(public.lines) == len(OPEN)
    for made in (
        ledger(*OPEN, SECRET),
        ledger(*OPEN, protection=Protection(withhold=("year=2023 flow=expenditure",))),
        ledger(*OPEN, SECRET, protection=Protection(totals="excluded")),
    ):
        edition = compile_ledger(made).edition
        assert edition is not None and edition.lines == ()


def test_a_book_that_leaves_the_secret_out_says_so_rightly() -> None:
    said = "支出总数已包含"
    for totals, expected in (("included", True), ("excluded", False)):
        edition = compile_ledger(
            ledger(*OPEN, SECRET, protection=Protection(totals=totals))
        ).edition
        assert edition is not None
        assert (said in "".join(b.text for b in edition.body if isinstance(b, Prose))) is expected


def test_excluded_lines_are_in_no_sum() -> None:
    made = ledger(*OPEN, SECRET, protection=Protection(totals="excluded"))
    without = compile_ledger(ledger(*OPEN))
    compiled = compile_ledger(made)
    assert compiled.edition is not None and without.edition is not None
    assert compiled.book is not None and check(compiled.book).verdict == "consistent"
    assert [t.rows for t in compiled.edition.tables] == [t.rows for t in without.edition.tables]
    assert all(not atom.withheld for atom in Amounts.from_ledger(made).atoms)


def test_a_quantity_comes_back_from_its_key() -> None:
    """What the audit proposes to withhold is told in words and pasted as keys: both mean one thing."""
    from mingzhang.model.quantity import Quantity, from_key

    quantity = Quantity(year=2023, flow="expenditure", stage="final", nature="project")
    plain = quantity.with_(project="街角 图书点", versus="2022:budget", measure="percent")
    assert from_key(plain.key) == plain
    with pytest.raises(ValueError, match="key"):
        from_key("街角图书点")
