"""Every rule against its Markdown file, its page and its data."""

from __future__ import annotations

import inspect
import re
import sys
from dataclasses import replace
from pathlib import Path
from string import Formatter

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from rule_fragments import HERE, Case, all_cases, base, cases

from mingzhang.model.finding import SEVERITIES, Finding
from mingzhang.read import read_text_book
from mingzhang.rules import ALL, Rule, explain, run
from mingzhang.rules.docs import pages
from mingzhang.rules.pages import body_in
from mingzhang.rules.registry import by_id, module_names
from mingzhang.rules.rule import PAGE_PARTS, nothing
from mingzhang.rules.wording import bases, message_keys, sentence, table

ROOT = HERE.parents[1]
CASES = all_cases()
CHECKED = [rule for rule in ALL if rule.check is not nothing]


@pytest.mark.parametrize("case", CASES, ids=[f"{c.rule}-{c.name}" for c in CASES])
def test_case(case: Case) -> None:
    found = run(case.book(), [by_id()[case.rule]])
    shown = [f"{f.severity} | {f.message}" for f in found]
    assert len(found) == len(case.expected), shown
    left = list(found)
    for severity, words in case.expected:
        match = next((f for f in left if f.severity == severity and words in _said(f)), None)
        assert match is not None, (severity, words, shown)
        left.remove(match)


def _said(finding: Finding) -> str:
    return finding.message + "".join(p.excerpt for p in finding.places)


@pytest.mark.parametrize("rule", CHECKED, ids=lambda r: r.id)
def test_rule_has_firing_and_silent_cases(rule: Rule) -> None:
    mine = cases(HERE / f"{rule.id}.md")
    assert any(c.kind == "报" and c.expected for c in mine)
    assert any(c.kind == "不报" and not c.expected for c in mine)
    assert all(c.expected for c in mine if c.kind == "报")
    assert not any(c.expected for c in mine if c.kind == "不报")


def test_no_file_of_cases_without_a_rule() -> None:
    assert {p.stem for p in HERE.glob("MZ*.md")} == {r.id for r in CHECKED}


def test_clean_book_is_silent() -> None:
    assert [f.message for f in run(read_text_book(base(), "base.txt"))] == []


@pytest.mark.parametrize("rule", ALL, ids=lambda r: r.id)
def test_page_is_complete(rule: Rule) -> None:
    assert rule.page.startswith(rule.id + " "), "the docstring begins with the id"
    assert rule.page.splitlines()[0] == f"{rule.id} {rule.name_zh}"
    chinese, english = body_in(rule, "zh"), body_in(rule, "en")
    assert re.findall(r"^## (.+)$", chinese, re.M) == list(PAGE_PARTS)
    parts = [
        "What it checks",
        "Basis",
        "Example",
        "When it is silent",
        "How to mend",
    ]
    assert re.findall(r"^### (.+)$", english, re.M) == parts
    for part in re.split(r"^##+ .+$", chinese + "\n" + english, flags=re.M)[1:]:
        assert len(part.strip()) >= 4


@pytest.mark.parametrize("rule", ALL, ids=lambda r: r.id)
def test_basis_is_known_and_named_on_the_page(rule: Rule) -> None:
    assert rule.basis
    for key in rule.basis:
        basis = bases()[key]
        assert basis.status in ("text", "page", "practice", "method")
        if basis.status in ("text", "page"):
            words = re.sub(r"^《|》$", "", basis.zh.split("》第")[-1])
            assert words.split("《")[0].strip("《》") in body_in(rule, "zh"), basis.zh


@pytest.mark.parametrize("rule", CHECKED, ids=lambda r: r.id)
def test_messages_are_in_both_languages_with_the_same_facts(rule: Rule) -> None:
    source = inspect.getsource(inspect.getmodule(rule.check))  # type: ignore[arg-type]
    assert message_keys(rule.id)
    for key in message_keys(rule.id):
        assert f'"{key}"' in source, f"{rule.id}.{key} is never said"
        fields = {
            lang: {
                (field or "").removesuffix("_en")
                for _, field, _, _ in Formatter().parse(_template(rule.id, key, lang))
                if field
            }
            for lang in ("zh", "en")
        }
        assert fields["zh"] == fields["en"], f"{rule.id}.{key}"


def _template(rule: str, key: str, lang: str) -> str:
    class Keep(dict[str, object]):
        def __missing__(self, name: str) -> str:
            return "{" + name + "}"

    return sentence(rule, key, lang, Keep())


def test_no_basis_without_a_rule() -> None:
    assert set(bases()) == {key for rule in ALL for key in rule.basis}


def test_ids_are_permanent() -> None:
    ids = [rule.id for rule in ALL]
    assert ids == sorted(ids) and len(set(ids)) == len(ids)
    assert all(re.fullmatch(r"MZ\d{3}", i) and i[2] in table("themes") for i in ids)
    assert [name.split("_")[0].upper() for name in module_names()] == ids
    # an id that was ever published stays: take none out of this list, only add
    published = [
        "MZ001",
        "MZ002",
        "MZ003",
        "MZ004",
        "MZ010",
        "MZ101",
        "MZ102",
        "MZ103",
        "MZ104",
        "MZ105",
        "MZ106",
        "MZ107",
        "MZ108",
        "MZ109",
        "MZ201",
        "MZ202",
        "MZ203",
        "MZ204",
        "MZ205",
        "MZ206",
        "MZ207",
        "MZ301",
        "MZ302",
        "MZ303",
        "MZ304",
        "MZ305",
        "MZ306",
        "MZ307",
        "MZ308",
        "MZ401",
        "MZ402",
        "MZ403",
        "MZ404",
        "MZ501",
        "MZ502",
        "MZ503",
        "MZ504",
        "MZ505",
        "MZ506",
        "MZ507",
        "MZ508",
        "MZ509",
        "MZ510",
        "MZ511",
        "MZ512",
        "MZ513",
        "MZ601",
        "MZ602",
        "MZ603",
        "MZ604",
        "MZ605",
        "MZ606",
        "MZ607",
        "MZ608",
        "MZ609",
        "MZ610",
        "MZ611",
        "MZ612",
        "MZ613",
        "MZ614",
        "MZ615",
    ]
    assert set(published) <= set(ids)


def test_docs_are_up_to_date() -> None:
    folder = ROOT / "docs" / "rules"
    wanted = pages()
    assert {p.name for p in folder.glob("*.md")} == set(wanted), (
        "run python -m mingzhang.rules.docs"
    )
    stale = [n for n, text in wanted.items() if (folder / n).read_text("utf-8") != text]
    assert not stale, "run python -m mingzhang.rules.docs"


def test_explain_speaks_both_languages() -> None:
    assert explain("mz101").startswith("# MZ101 目录列有而正文没有的报表")
    assert "## 何时不报" in explain("MZ101")
    english = explain("MZ101", "en")
    assert "When it is silent" in english and "何时不报" not in english
    with pytest.raises(KeyError):
        explain("MZ999")


def test_findings_have_evidence_basis_and_two_languages() -> None:
    for case in CASES:
        rule = by_id()[case.rule]
        book = case.book()
        if not case.expected:
            continue
        found = run(book, [rule])
        assert len({f.fingerprint for f in found}) == len(found)
        for finding in found:
            assert finding.places and finding.basis and finding.subject
            assert set(finding.messages) == {"zh", "en"}
            assert "{" not in finding.messages["zh"] + finding.messages["en"]
            assert SEVERITIES.index(finding.severity) >= SEVERITIES.index(rule.severity)


@pytest.mark.parametrize("rule", CHECKED, ids=lambda r: r.id)
def test_fingerprints_survive_a_new_layout(rule: Rule) -> None:
    case = next(c for c in CASES if c.rule == rule.id and c.kind == "报")
    moved = read_text_book("\n\n" + case.text(), "another name.txt")
    found = run(case.book(), [rule])
    assert [f.fingerprint for f in found] == [f.fingerprint for f in run(moved, [rule])]


def test_run_keeps_to_what_applies() -> None:
    case = next(c for c in CASES if c.rule == "MZ103" and c.kind == "报")
    book, rule = case.book(), by_id()["MZ103"]
    assert run(book, [rule])
    assert not run(book, [replace(rule, stages=("final",))])
    assert not run(book, [replace(rule, years=(2025, None))])
    assert not run(book, [replace(rule, layouts=("elsewhere",))])
    assert not run(book, [replace(rule, status="retired")])


def test_a_preview_rule_only_notes_and_a_rule_never_exceeds_itself() -> None:
    rule = by_id()["MZ103"]
    place = CASES[0].book().paragraphs[0].place
    assert rule.found("unnumbered", [place], "x", title="a", sibling="b").severity == "warning"
    preview = replace(rule, status="preview")
    assert preview.found("unnumbered", [place], "x", title="a", sibling="b").severity == "note"
    with pytest.raises(ValueError, match="never reports above"):
        rule.found("unnumbered", [place], "x", severity="error", title="a", sibling="b")
    with pytest.raises(ValueError, match="evidence"):
        rule.found("unnumbered", [], "x", title="a", sibling="b")


def test_one_fact_met_twice_is_one_finding() -> None:
    case = next(c for c in CASES if c.rule == "MZ103" and c.kind == "报")
    rule = by_id()["MZ103"]
    twice = replace(rule, check=lambda book: [*rule.check(book), *rule.check(book)])
    assert len(run(case.book(), [twice])) == len(run(case.book(), [rule]))
