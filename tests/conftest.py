"""Common ground of tests: the tier they run in, runs made once, a small folder without faults."""

from __future__ import annotations

import atexit
import gc
import os
import shutil
import sys
import tempfile
from collections.abc import Generator, Iterator
from pathlib import Path

# Two workers fill the machine, and the order of additions is then the same each time.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
# A process that a test begins finds compiled what another has compiled.
if os.environ.pop("PYTHONDONTWRITEBYTECODE", None):
    sys.dont_write_bytecode = False
# Long preparations are made once for all workers of a run, and nothing is kept in a user's home.
if "PYTEST_XDIST_WORKER" not in os.environ:
    cache = tempfile.mkdtemp(prefix="songhua-tests-")
    atexit.register(shutil.rmtree, cache, ignore_errors=True)
    os.environ["LOCALAPPDATA" if os.name == "nt" else "XDG_CACHE_HOME"] = cache

import pytest
from hypothesis import HealthCheck, settings

from dom import Node, parse
from kernel import in_force
from repository import git
from shared import MISSING, skip_without_data
from small import write
from songhua import Run, render, session
from songhua.format.view import View

# A clock judges the machine, not the code. What everyone runs draws the same examples each time;
# `make deep` draws many, and new ones.
NO_CLOCK = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}
settings.register_profile("songhua", max_examples=20, derandomize=True, **NO_CLOCK)
settings.register_profile("deep", max_examples=400, print_blob=True, **NO_CLOCK)
settings.load_profile("songhua")

# What runs whole cases and draws their pages; their charts, fonts and results are kept in a process.
OF_CASES = {"docs", "document", "golden", "render"}
RUNS = {"harbin", "washington", "books", "pages", "trees", "western"}


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """No cycle of what is collected is garbage: none is looked for among it, now or later."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.set_threshold(700, 10, 1_000)  # what a test leaves is little beside what is kept
        gc.enable()


@pytest.hookimpl(tryfirst=True)  # before xdist reads the groups
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests that need the runs of whole cases go to one worker, which makes them once."""
    for item in items:
        if OF_CASES & set(item.path.parts) or RUNS & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.xdist_group("cases"))
        elif "architecture" in item.path.parts:
            item.add_marker(pytest.mark.xdist_group("architecture"))  # the source is parsed once


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """A test whose data set is not here is skipped."""
    skip_without_data(item)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_sessionfinish(session: pytest.Session) -> Iterator[None]:
    """The last lines say what was not tested, and under which kernel the rest was."""
    yield
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if reporter is None or hasattr(session.config, "workerinput"):
        return
    if chosen := os.environ.get("OPENBLAS_CORETYPE"):
        reporter.write_line(f"BLAS kernel: {in_force() or chosen} (asked for: {chosen})")
    skipped = [one for one in reporter.stats.get("skipped", ()) if MISSING in str(one.longrepr)]
    if skipped:
        tests = "1 test was" if len(skipped) == 1 else f"{len(skipped)} tests were"
        why = "the shared data is not beside the checkout (CONTRIBUTING.md says where it goes)"
        reporter.write_line(f"{tests} skipped: {why}")


@pytest.fixture
def rivertown(tmp_path: Path) -> Path:
    """A small folder without faults."""
    return write(tmp_path / "rivertown")


@pytest.fixture
def recorded(rivertown: Path) -> Path:
    """The small folder, committed."""
    git(rivertown, "init", "-q")
    git(rivertown, "add", ".")
    git(rivertown, "commit", "-q", "-m", "figures")
    return rivertown


@pytest.fixture
def users_place(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder where songhua keeps its own files, for a user without any yet."""
    cache = tmp_path_factory.mktemp("cache")
    monkeypatch.setenv("LOCALAPPDATA" if os.name == "nt" else "XDG_CACHE_HOME", str(cache))
    return cache / "songhua"


@pytest.fixture(scope="session")
def harbin() -> Run:
    """All studies of the first built-in case, made once; no test may change it."""
    return session.open(session.example("harbin")).run_all()


@pytest.fixture(scope="session")
def washington() -> Run:
    """All studies of the second built-in case, made once; no test may change it."""
    return session.open(session.example("washington")).run_all()


@pytest.fixture(scope="session")
def books(harbin: Run) -> dict[str, dict[str, str]]:
    """The report of the first case in each language, page by page."""
    return {lang: render.book(View.of(harbin, lang)) for lang in ("en", "zh")}


@pytest.fixture(scope="session")
def western(washington: Run) -> dict[str, dict[str, str]]:
    """The same of the second case."""
    return {lang: render.book(View.of(washington, lang)) for lang in ("en", "zh")}


@pytest.fixture(scope="session")
def pages(books: dict[str, dict[str, str]]) -> dict[str, str]:
    """The first page of each."""
    return {lang: next(iter(book.values())) for lang, book in books.items()}


@pytest.fixture(scope="session")
def trees(books: dict[str, dict[str, str]]) -> dict[str, Node]:
    """All pages in each language as a tree, to be read as a person reads them."""
    return {lang: Node("book", inside=[*map(parse, book.values())]) for lang, book in books.items()}
