"""The house itself: who may know whom, one purpose a file, data where data belongs (ARCHITECTURE.md)."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Iterable
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from importlinter.cli import lint_imports

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "mingzhang"
MODULES = sorted(SOURCE.rglob("*.py"))
CONFIG = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
ROOMS = sorted(
    {p.relative_to(SOURCE).parts[0].removesuffix(".py") for p in MODULES} - {"__init__", "_version"}
)


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"), str(path))


def names(paths: list[Path]) -> list[str]:
    return [str(p.relative_to(ROOT)) for p in paths]


def test_who_may_know_whom(capsys: pytest.CaptureFixture[str]) -> None:
    """The contracts of pyproject.toml, in this process (`make rooms` prints them)."""
    status = lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True)
    said = capsys.readouterr().out
    assert status == 0, said
    assert "5 kept, 0 broken" in said


def test_every_room_stands_in_the_architecture() -> None:
    page = (ROOT / "ARCHITECTURE.md").read_text("utf-8")
    missing = [room for room in ROOMS if f"`{room}" not in page]
    assert missing == []


def test_the_architecture_is_one_page() -> None:
    assert len((ROOT / "ARCHITECTURE.md").read_text("utf-8").splitlines()) <= 120


def test_files_named_in_the_architecture_exist() -> None:
    page = (ROOT / "ARCHITECTURE.md").read_text("utf-8")
    linked = re.findall(r"\]\(([^)#:]+)\)", page)
    assert linked
    assert [name for name in linked if not (ROOT / name).exists()] == []


def test_modules_are_short() -> None:
    """One module, one purpose: about 300 lines, with room to breathe."""
    long = {n: len((ROOT / n).read_text("utf-8").splitlines()) for n in names(MODULES)}
    assert {n: lines for n, lines in long.items() if lines > 450} == {}


def test_no_bare_except() -> None:
    found = [
        path
        for path in MODULES
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ExceptHandler) and node.type is None
    ]
    assert names(found) == []


def test_nouns_are_frozen() -> None:
    """Every dataclass of model/ is frozen."""
    loose = []
    for path in sorted((SOURCE / "model").glob("*.py")):
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.ClassDef):
                for mark in map(ast.unparse, node.decorator_list):
                    if mark.startswith("dataclass") and "frozen=True" not in mark:
                        loose.append(node.name)
    assert loose == []


def test_no_tolerance_parameter_anywhere() -> None:
    """Slack is the interval that a figure carries, never a number somebody chose."""
    found = [
        path
        for path in MODULES
        for node in ast.walk(tree(path))
        if isinstance(node, ast.arg) and re.search(r"toleran|epsilon|^eps$", node.arg)
    ]
    assert names(found) == []


def test_rules_open_no_file() -> None:
    """A rule is a pure function of a book; what it needs to know lies in the catalog."""
    opening = {"open", "read_text", "read_bytes", "write_text", "write_bytes", "urlopen"}
    found = []
    for path in sorted((SOURCE / "rules").glob("mz*.py")):
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Call):
                called = node.func
                name = called.attr if isinstance(called, ast.Attribute) else ast.unparse(called)
                if name in opening:
                    found.append(path)
    assert names(found) == []


def test_no_place_of_china_in_code() -> None:
    """Provinces and cities are data of the catalog; docstrings and comments may cite books."""
    places = ("深圳", "江苏", "上海", "shenzhen", "jiangsu", "shanghai")
    found = []
    for path in MODULES:
        module = tree(path)
        said = {
            id(node.body[0].value)
            for node in ast.walk(module)
            if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
            and node.body
            and isinstance(node.body[0], ast.Expr)
        }
        for node in ast.walk(module):
            if not (isinstance(node, ast.Constant) and isinstance(node.value, str)):
                continue
            if id(node) not in said and any(p in node.value.lower() for p in places):
                found.append(path)
    assert names(found) == []


def _distributions(requirements: list[str]) -> set[str]:
    return {re.split(r"[<>=~!\[; ]", r)[0].lower() for r in requirements}


def _foreign(paths: Iterable[Path]) -> set[str]:
    """Distributions that files import and that are neither Python's own nor ours."""
    found = set()
    for path in paths:
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Import):
                found |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                found.add(node.module.partition(".")[0])
    own = {p.stem for folder in ("tests", "scripts") for p in (ROOT / folder).rglob("*.py")}
    own |= {p.parent.name for p in (ROOT / "tests").rglob("__init__.py")}
    found -= {*sys.stdlib_module_names, *own, "bench", "mingzhang", "__future__"}
    known = packages_distributions()
    return {known[name][0].lower() if name in known else name for name in found}


def test_imports_are_declared() -> None:
    """Everything that src/ imports from elsewhere is a dependency, or stands in an extra."""
    declared = _distributions(CONFIG["project"]["dependencies"])
    extras = CONFIG["project"]["optional-dependencies"]
    optional = {"pikepdf"}  # mends damaged PDF where it happens to be installed
    for extra in extras.keys() - {"dev"}:
        optional |= _distributions(extras[extra])
    foreign = _foreign(MODULES)
    assert foreign - optional <= declared
    assert declared <= foreign, "declared, imported nowhere"


def test_imports_of_tests_are_declared() -> None:
    """`make test` on a clean checkout has what the tests import; what needs an extra skips."""
    declared = _distributions(CONFIG["project"]["dependencies"])
    for extra in CONFIG["project"]["optional-dependencies"].values():
        declared |= _distributions(extra)
    paths = [*(ROOT / "tests").rglob("*.py"), *(ROOT / "bench").rglob("*.py")]
    assert _foreign(paths) <= declared


def test_catalog_data_travels_with_the_package() -> None:
    """Data lies beside the code that reads it, inside the package."""
    data = [p for p in SOURCE.rglob("*") if p.suffix in (".toml", ".csv", ".json")]
    assert len(data) > 10
    assert CONFIG["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"] == ["src/mingzhang"]
