"""Documents that cannot lie: code is run, help is generated, links lead somewhere, slips are found."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest

import mingzhang as mz

ROOT = Path(__file__).parents[1]
CLEAN = ROOT / "examples" / "clean" / "budget.txt"
SLIPS = ROOT / "examples" / "slips" / "budget.txt"
ENGLISH = ("README.md", "docs/guide.md")
PAGES = ("README.md", "README.zh-CN.md", "docs/guide.md", "docs/guide.zh-CN.md")
WRITTEN = sorted(
    p.relative_to(ROOT)
    for p in (*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), ROOT / "examples" / "README.md")
    if "rules" not in p.parts
)


def blocks(page: str, language: str) -> list[str]:
    text = (ROOT / page).read_text("utf-8")
    return re.findall(rf"^```{language}\n(.*?)^```", text, re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("page", ENGLISH)
def test_python_blocks_run(page: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """All Python blocks of a page, one after the other in one namespace, from the root of the repo."""
    monkeypatch.chdir(ROOT)
    found = blocks(page, "python")
    assert found, "a page about a library shows some code"
    space: dict[str, object] = {}
    for number, code in enumerate(found, 1):
        exec(compile(code, f"{page} block {number}", "exec"), space)


@pytest.mark.parametrize("page", ENGLISH)
def test_both_languages_show_the_same_code(page: str) -> None:
    """The Chinese page differs in words and comments only, so that one run stands for both."""

    def bare(name: str) -> list[str]:
        lines = [line.split("  # ")[0] for b in blocks(name, "python") for line in b.splitlines()]
        return [re.sub(r'"[^"]*"', "", line) for line in lines]

    assert bare(page) == bare(page.replace(".md", ".zh-CN.md"))


@pytest.mark.parametrize("page", PAGES)
def test_commands_shown_exist(page: str) -> None:
    """Every `mingzhang WORD` of a page is a command, and every option it shows is one of it."""
    from mingzhang.cli import COMMANDS

    sys.path.insert(0, str(ROOT / "scripts"))
    try:
        import docs
    finally:
        sys.path.pop(0)
    lines = [line for block in blocks(page, "(?:sh|console)") for line in block.splitlines()]
    shown = [line.removeprefix("$ ").split("#")[0].split() for line in lines]
    shown = [words for words in shown if words and words[0].endswith("mingzhang")]
    assert shown
    for words in shown:
        if words[1].startswith("-"):
            continue
        group = " ".join(words[1:3])  # "ledger check"
        command = group if group in COMMANDS else words[1]
        assert command in COMMANDS, words
        known = " ".join(name for name, _ in docs.parameters(COMMANDS[command], "en"))
        for word in words[2:]:
            if word.startswith("-"):
                assert word in re.split(r"[ ,]+", known), words


@pytest.mark.parametrize("page", WRITTEN, ids=str)
def test_links_lead_somewhere(page: Path) -> None:
    text = (ROOT / page).read_text("utf-8")
    targets = re.findall(r"\]\(([^)\s]+)\)", text) + re.findall(r'src="([^"]+)"', text)
    here = [t.partition("#")[0] for t in targets if not re.match(r"https?:|#|mailto:", t)]
    missing = [t for t in here if not ((ROOT / page).parent / t).exists()]
    assert missing == []


def test_generated_pages_are_up_to_date() -> None:
    done = subprocess.run(
        [sys.executable, "scripts/docs.py", "--check"], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_readmes_hold_the_same_measurements() -> None:
    """The measured table stands between its markers in both languages."""
    for page in ("README.md", "README.zh-CN.md"):
        text = (ROOT / page).read_text("utf-8")
        assert text.count("<!-- bench:begin -->") == 1
        assert text.index("<!-- bench:begin -->") < text.index("<!-- bench:end -->")


def test_the_picture_is_small_and_real() -> None:
    for picture in (ROOT / "docs" / "img").glob("*.png"):
        data = picture.read_bytes()
        assert data.startswith(b"\x89PNG")
        assert 10_000 < len(data) < 300_000


def test_changelog_knows_this_version() -> None:
    text = (ROOT / "CHANGELOG.md").read_text("utf-8")
    assert f"## [{mz.__version__}]" in text or "## [Unreleased]" in text


# ------------------------------------------------------------------ examples/README.md
def _slips() -> list[dict[str, str]]:
    text = (ROOT / "examples" / "README.md").read_text("utf-8")
    block = text.partition("<!-- slips:begin -->")[2].partition("<!-- slips:end -->")[0]
    rows = [
        [c.strip(" `") for c in line.strip("|").split("|")] for line in block.split("\n") if line
    ]
    names = ("slip", "line", "printed", "should", "rule", "verdict")
    return [dict(zip(names, row, strict=True)) for row in rows[2:]]


def test_the_two_examples_differ_in_the_slips_alone() -> None:
    import difflib

    a, b = (p.read_text("utf-8").splitlines() for p in (CLEAN, SLIPS))
    changes = [d for d in difflib.ndiff(a, b) if d[0] in "+-"]
    assert sum(d[0] == "-" for d in changes) == len(_slips()) == 8
    assert sum(d[0] == "+" for d in changes) == 7  # one row was dropped
    for slip in _slips():
        assert slip["printed"] in b[int(slip["line"]) - 1]


def test_every_planted_slip_is_found_as_documented() -> None:
    report = mz.check(mz.read(SLIPS))
    assert report.verdict == "contradictory"
    used = set()
    for slip in _slips():
        line = int(slip["line"])
        about = [
            f
            for f in report.findings
            if f.rule == slip["rule"]
            and f.severity != "note"
            and any(p.line == line and p.excerpt == slip["printed"] for p in f.places)
        ]
        assert about, slip
        if "dropped" in slip["verdict"]:
            assert any("漏列了一行" in f.message and "73万元" in f.message for f in about)
        elif slip["should"]:
            (finding,) = [f for f in about if len(f.suspects) == 1]
            (suspect,) = finding.suspects
            figure = report.book.figure(suspect.figure)
            assert (figure.text, figure.place.line) == (slip["printed"], line)
            right = Decimal(slip["should"].replace(",", ""))
            assert suspect.low is not None
            assert suspect.high is not None
            assert suspect.low <= right <= suspect.high
            assert finding.certified
        used |= {f.fingerprint for f in about}
    missing = {f.fingerprint for f in report.findings if f.rule == "MZ101"}
    above = {f.fingerprint for f in report.findings if f.severity != "note"}
    assert above == used | missing  # nothing else is blamed


# ------------------------------------------------------------------ commands and what they print
def _sessions(page: str) -> list[tuple[list[str], list[str]]]:
    """(words of the command, lines shown under it) of every console block that uses examples/."""
    out = []
    for block in blocks(page, "console"):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, *shown = part.splitlines()
            words = command.split("#")[0].split()
            if any(w.startswith("examples/") for w in words):
                out.append((words[1:], [line.strip() for line in shown if line.strip()]))
    return out


@pytest.mark.parametrize("page", PAGES[2:])
def test_shown_output_is_what_comes_out(
    page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each line shown under a command stands in its output (white space and line ends aside)."""
    from typer.testing import CliRunner

    from mingzhang.cli import app

    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    monkeypatch.chdir(tmp_path)
    printed: dict[str, str] = {}
    found = _sessions(page)
    assert len(found) >= 6
    for words, shown in found:
        key = " ".join(words)
        if key not in printed:
            done = CliRunner().invoke(app, words)
            assert done.exit_code in (0, 1), done.output
            printed[key] = "".join(done.output.split())
        for line in shown:
            assert "".join(line.split()) in printed[key], (key, line)
