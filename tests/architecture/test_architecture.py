"""The house stands as it was drawn: layers, quick start, no case in the code."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from importlib.resources import files
from pathlib import Path

import pytest

import package_source

SOURCE = Path(str(files("songhua")))
ROOT = SOURCE.parent.parent
#: Packages in which every public function has an example.
EXAMPLES = (
    "plan", "rules", "labels", "codes", "studies/claims", "studies/diagnose",
    "studies/month", "studies/simulate", "studies/certify", "studies/track", "studies/choose",
    "maths", "maths/complexity", "maths/choice", "maths/composite", "maths/ensemble",
    "maths/input_output", "maths/regional_tables",
)  # fmt: skip
#: Bytes that a wheel may have.
MOST_IN_A_WHEEL = 40_000_000
HEAVY = {"numpy", "pandas", "pyarrow", "altair", "vl_convert", "duckdb", "scipy", "highspy"}


def test_imports_go_down_only() -> None:
    from importlinter.cli import lint_imports

    config = ROOT / "pyproject.toml"
    if not config.exists():
        pytest.skip("not a checkout")
    assert lint_imports(config_filename=str(config), no_cache=True) == 0


@pytest.mark.parametrize(
    "arguments", [["--help"], ["check", "--help"], ["run", "--help"], ["--version"]]
)
def test_help_loads_nothing_heavy(arguments: list[str]) -> None:
    code = (
        "import sys\nfrom songhua.cli import songhua\n"
        f"try: songhua({arguments!r})\nexcept SystemExit: pass\n"
        "print('\\nLOADED', *sorted({name.split('.')[0] for name in sys.modules}))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(done.stdout.rsplit("LOADED", 1)[1].split())
    assert loaded & HEAVY == set()
    assert "click" in loaded


def test_import_is_silent_and_light() -> None:
    code = "import sys, songhua; print(*sorted({n.split('.')[0] for n in sys.modules}))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert set(done.stdout.split()) & HEAVY == set()
    assert done.stderr == ""


def test_check_loads_no_library_of_estimators() -> None:
    code = "import sys\nfrom songhua import session\nsession.check(session.example('washington'))\n"
    code += "print('scipy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"


def test_the_workbench_begins_without_statistics() -> None:
    code = "import sys\nimport songhua.web.app\nprint('scipy.stats' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"


def test_no_case_stands_in_the_code() -> None:
    allowed = ("examples", "packs", "rulebooks", "codes", "messages", "shipped")
    literal = re.compile(
        r"harbin|哈尔滨|heilongjiang|china|chinese city|中国|\bCNY\b|人民币|washington", re.I
    )
    found = []
    for file in SOURCE.rglob("*"):
        inner = file.relative_to(SOURCE)
        words = inner.parts[0] == "grammar" and file.suffix == ".toml"  # of languages, as messages
        if (
            words
            or inner.parts[0] in allowed
            or file.suffix not in {".py", ".toml", ".html", ".css"}
        ):
            continue
        text = _code(file) if file.suffix == ".py" else file.read_text("utf-8")
        if inner.parts[0] == "schema":
            text = re.sub(r'(?m)^.*\b(en|zh) = ".*$', "", text)  # documentation of a column
        found += [f"{inner}: {hit[0]}" for hit in literal.finditer(text)]
    assert found == []


@pytest.mark.parametrize("room", ["session", "web", "cli"])
def test_whoever_asks_the_store_knows_no_module_and_no_file_of_it(room: str) -> None:
    """They take what `songhua.store` offers, and call tables by the names of the schema."""
    from songhua import store
    from songhua.store.source import FILES, FOLDERS, MAPS

    folders = {*FOLDERS, MAPS} - {"tables"}  # the first part of an address as well
    of_tables = re.compile("|".join([*map(re.escape, FILES), *(f"{one}/.*" for one in folders)]))
    found = []
    for file in (SOURCE / room).rglob("*.py"):
        for node in ast.walk(ast.parse(_code(file))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("songhua.store"):
                found += [f"{file.name}: {node.module}"] * (node.module != "songhua.store")
                found += [
                    f"{file.name}: {one.name}" for one in node.names if one.name not in dir(store)
                ]
            elif isinstance(node, ast.Constant) and of_tables.fullmatch(str(node.value)):
                found.append(f"{file.name}: {node.value}")
    assert found == []


def _code(file: Path) -> str:
    """A module without its docstrings: examples there may name what they like."""
    tree = ast.parse(file.read_text("utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef)) and ast.get_docstring(
            node
        ):
            node.body = node.body[1:] or [ast.Pass()]
    return ast.unparse(tree)


def test_files_and_functions_stay_small() -> None:
    """300 lines a file; 60 a function beside its docstring, which has formula and example."""
    sizes = {name: len(text.splitlines()) for name, text in package_source.texts().items()}
    assert {name: size for name, size in sizes.items() if size > 300} == {}
    lengths = {
        (name, node.name): _lines(node)
        for name, tree in package_source.trees().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef)
    }
    assert {place: length for place, length in lengths.items() if length > 60} == {}


def _lines(node: ast.FunctionDef) -> int:
    """The lines of a function, its docstring left out."""
    first = node.body[0]
    said = (first.end_lineno or 0) - first.lineno + 1 if ast.get_docstring(node) else 0
    return (node.end_lineno or 0) - node.lineno + 1 - said


def test_the_package_weighs_less_than_a_wheel_may() -> None:
    """A wheel is packed, so that it weighs less than its files do (a quarter, as a rule)."""
    files = (one for one in SOURCE.rglob("*") if one.is_file() and "__pycache__" not in one.parts)
    assert sum(one.stat().st_size for one in files) < MOST_IN_A_WHEEL


@pytest.mark.parametrize("study", ["claims", "diagnose", "month", "simulate", "track"])
def test_rows_are_values_and_no_dictionaries(study: str) -> None:
    """Cells are read by attribute: 20 names in brackets in a thousand lines are left for frames."""
    text = "".join(one.read_text("utf-8") for one in (SOURCE / "studies" / study).rglob("*.py"))
    names = re.findall(r"""\[["'][a-z_]+["']\]""", text)
    assert len(names) < 20 * len(text.splitlines()) / 1000


def test_public_names_are_documented_with_an_example() -> None:
    import songhua

    for name in songhua.__dir__():
        if name.startswith("__"):
            continue
        doc = getattr(songhua, name).__doc__ or ""
        assert len(doc) > 20, name
        if callable(getattr(songhua, name)) and name[0].islower():
            assert ">>>" in doc or name == "new", name


def _without_example(file: Path) -> list[str]:
    """The public functions of a module whose docstring has no example."""
    return [
        f"{file.relative_to(SOURCE)}: {node.name}"
        for node in ast.parse(file.read_text("utf-8")).body
        if isinstance(node, ast.FunctionDef)
        and not node.name.startswith("_")
        and ">>>" not in (ast.get_docstring(node) or "")
    ]


@pytest.mark.parametrize("folder", EXAMPLES)
def test_every_function_of_a_package_has_an_example(folder: str) -> None:
    files = sorted((SOURCE / folder).glob("*.py"))
    files = [file for file in files if "@study(" not in file.read_text("utf-8")]  # asked by name
    assert [line for file in files for line in _without_example(file)] == []


def test_no_test_holds_a_zero_to_a_relative_tolerance() -> None:
    """`close.assert_close` has an absolute tolerance, as numpy's own comparison has not (§15)."""
    tests, name = Path(__file__).parents[1], "assert_" + "allclose("
    files = [file for file in tests.rglob("*.py") if name in file.read_text("utf-8")]
    assert [file.name for file in files] == ["close.py"]


def test_no_list_is_joined_by_the_marks_of_one_language() -> None:
    """A list in a fault or a finding stays a list, and the reader's language joins it."""
    joined = [
        f"{name}:{call.lineno}"
        for name, tree in package_source.trees().items()
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef)
        and not {function.name, f"{Path(name).stem}.{function.name}"} & PROGRAMMERS
        for call in ast.walk(function)
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Attribute)
        and call.func.attr == "join"
        and isinstance(call.func.value, ast.Constant)
        and call.func.value.value in (", ", "; ", "、", "，", "；")
    ]
    assert joined == []


#: Texts for programmers, texts that are read again, and notes in the folder's own language.
PROGRAMMERS = {
    "__repr__", "refusals.no_page", "expressions.unparse", "firms._toml", "notes.explain",
    "written._settings", "context.note", "book._note", "join.joint", "naming.indicator",
}  # fmt: skip
