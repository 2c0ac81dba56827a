"""The documentation is held to the code: reference, commands, examples, Python, links."""

from __future__ import annotations

import doctest
import re
import shlex
import sys
import urllib.parse
from pathlib import Path

import click
import pytest

from songhua.cli import songhua
from songhua.schema import names as table_names

ROOT = Path(__file__).resolve().parents[2]
if not (ROOT / "docs" / "build.py").exists():
    pytest.skip("the documentation is not in this copy", allow_module_level=True)
sys.path.insert(0, str(ROOT / "docs"))

import build  # noqa: E402
import worked  # noqa: E402

DOCS = ROOT / "docs"
GUIDES = sorted((DOCS / "guide").glob("*.md"))
CHINESE = sorted((DOCS / "guide" / "zh").glob("*.md"))
#: Pages whose examples are run on each change: English ones but for those that take longest, and
#: Chinese ones of a second or less. The gate and `make deep` run all.
QUICK = {"first-region", "new", "parts", "review", "track", "upgrade"}
LONG = {"accounts", "certify", "demo", "run"}
EXAMPLES = [
    page
    if page.stem in QUICK or (worked.language(page) == "en" and page.stem not in LONG)
    else pytest.param(page, marks=pytest.mark.deep)
    for page in worked.PAGES
]
WRITTEN = [
    *sorted(ROOT.glob("*.md")),
    *sorted(DOCS.rglob("*.md")),
    *sorted((ROOT / "src").rglob("*.md")),
]
LINK = re.compile(r"(?<!\\)\[[^\]]*\]\(([^)\s]+)\)")
PYTHON = re.compile(r"^```python\n.*?^```$", re.MULTILINE | re.DOTALL)
FENCE = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)


def name(path: Path) -> str:
    """A page's name in the report of the tests."""
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("page", build.PAGES)
def test_the_reference_is_current(page: str) -> None:
    written = (DOCS / "reference" / f"{page}.md").read_text("utf-8")
    assert written == build.PAGES[page](), "run `make docs`"


def test_the_reference_has_all_its_pages_and_no_other() -> None:
    assert {path.stem for path in (DOCS / "reference").glob("*.md")} == set(build.PAGES)


def test_every_table_and_column_is_in_the_reference() -> None:
    text = (DOCS / "reference" / "tables.md").read_text("utf-8")
    for table in table_names():
        for column in build.schema.table(table).columns:
            assert f"| `{column.name}` |" in text


@pytest.mark.parametrize("page", EXAMPLES, ids=name)
def test_the_examples_show_what_the_commands_print(page: Path) -> None:
    text = page.read_text("utf-8")
    assert text == worked.refreshed(text, worked.language(page)), "run `make docs`"


def test_every_page_of_the_guide_is_in_chinese_and_each_leads_to_the_other() -> None:
    assert [page.name for page in CHINESE] == [page.name for page in GUIDES]
    for english, chinese in zip(GUIDES, CHINESE, strict=True):
        assert english.read_text("utf-8").splitlines()[2] == f"[中文](zh/{english.name})"
        assert chinese.read_text("utf-8").splitlines()[2] == f"[English](../{english.name})"


@pytest.mark.parametrize("page", worked.CHINESE, ids=name)
def test_a_chinese_page_shows_the_same_commands_and_python(page: Path) -> None:
    english = DOCS / "guide" / page.name if page in CHINESE else ROOT / "README.md"
    both = [one.read_text("utf-8") for one in (page, english)]
    first, second = map(worked.commands, both)
    assert first == second
    code = worked.PRINTS if english.parent == ROOT else PYTHON
    first, second = ([found[0] for found in code.finditer(one)] for one in both)
    assert first == second


def test_every_verb_has_a_page_that_the_index_names() -> None:
    for guide in (DOCS / "guide", DOCS / "guide" / "zh"):
        index = (guide / "index.md").read_text("utf-8")
        for verb in songhua.commands:
            assert (guide / f"{verb}.md").exists(), verb
            assert f"({verb}.md)" in index, verb


def commands_in(text: str) -> list[str]:
    """Every `songhua …` of a page: in sentences, and after `$` in blocks."""
    spoken = re.findall(r"`(songhua [^`]+)`", FENCE.sub("", text))
    blocks = re.findall(r"^(?:\$ )?(songhua [^\n|]+)", "\n".join(FENCE.findall(text)), re.MULTILINE)
    return [*spoken, *blocks]


def faults_of(command: str) -> list[str]:
    """The verbs and options of a command that do not exist."""
    verb, *words = shlex.split(re.sub(r"[\[\]]", " ", command))[1:]
    if verb.startswith("-") or verb in {"STUDY", "…"}:
        return []
    if verb not in songhua.commands:
        return [verb]
    known = {"-h", "--help"}
    for param in songhua.commands[verb].params:
        known |= set(param.opts) if isinstance(param, click.Option) else set()
    return [word for word in words if word.startswith("-") and word not in known]


@pytest.mark.parametrize("page", WRITTEN, ids=name)
def test_the_commands_exist_with_their_options(page: Path) -> None:
    wrong = {c: faults_of(c) for c in commands_in(page.read_text("utf-8")) if faults_of(c)}
    assert not wrong


def test_a_command_that_does_not_exist_is_found() -> None:
    assert commands_in(
        "`songhua frob DIR` and\n```console\n$ songhua run x --odd | tail -2\n```\n"
    ) == [
        "songhua frob DIR",
        "songhua run x --odd ",
    ]
    assert faults_of("songhua frob DIR") == ["frob"]
    assert faults_of("songhua run x --odd") == ["--odd"]


@pytest.mark.parametrize("page", [ROOT / "README.md", DOCS / "conventions.md", *GUIDES], ids=name)
def test_the_python_runs(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    blocks = re.findall(
        r"^```python\n(.*?)^```$", page.read_text("utf-8"), re.MULTILINE | re.DOTALL
    )
    space: dict[str, object] = {}
    for at, block in enumerate(blocks):
        if ">>>" not in block:
            exec(compile(block, f"{page.name}:{at}", "exec"), {})
            continue
        example = doctest.DocTestParser().get_doctest(block, space, f"{page.name}:{at}", None, None)
        told: list[str] = []
        found = doctest.DocTestRunner().run(example, out=told.append, clear_globs=False)
        space = example.globs
        assert found.attempted
        assert not found.failed, "".join(told)


def anchors(text: str) -> set[str]:
    """The anchors that GitHub gives a page's headings."""
    heads = re.findall(r"^#+ (.+)$", FENCE.sub("", text), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head.lower()).strip().replace(" ", "-") for head in heads}


@pytest.mark.parametrize("page", WRITTEN, ids=name)
def test_the_links_resolve(page: Path) -> None:
    for link in LINK.findall(FENCE.sub("", page.read_text("utf-8"))):
        target, _, anchor = urllib.parse.unquote(link).partition("#")
        if re.match(r"[a-z]+:", target):
            continue
        file = (page.parent / target) if target else page
        assert file.exists(), link
        if anchor:
            assert anchor in anchors(file.read_text("utf-8")), link


@pytest.mark.parametrize(
    "page", [p for p in WRITTEN if "docs" in p.parts or p.parent == ROOT], ids=name
)
def test_the_documentation_names_no_machine(page: Path) -> None:
    text = page.read_text("utf-8")
    serving = page.name == "serve.md"  # tells that it answers to this machine alone
    for place in ("/tmp/", "/home/", *(() if serving else ("localhost", "127.0.0.1"))):
        assert place not in text
