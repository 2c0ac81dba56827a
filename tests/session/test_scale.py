"""Work grows as the folder does: counted in lines of songhua that run, not in seconds.

A loop counts once each time round, so that a table which is searched for each of its rows shows. A
fixed cost drops out, since what is compared is how much a step in size adds to the step before.
"""

from __future__ import annotations

import importlib
import time
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from types import ModuleType

import pytest

import songhua
from songhua import session
from songhua.session import execution
from songhua.store.folder import TICK
from work import lines_run

HOME = Path(__file__).parents[2] / "benchmarks"
SOURCE = str(Path(songhua.__file__).parent)
pytestmark = pytest.mark.skipif(not HOME.is_dir(), reason="not a checkout")

#: Of two steps, each twice the one before, linear work doubles and quadratic is four times as much.
MOST = 2.5
Work = Callable[[Path], Callable[[], object]]


@pytest.fixture(scope="module")
def folders() -> Iterator[ModuleType]:
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(HOME))
        yield importlib.import_module("_folders")


@pytest.fixture(scope="module")
def built(folders: ModuleType, tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """A folder with so much of one content, made once and written to by none."""

    @cache
    def made(build: str, size: int) -> Path:
        home = getattr(folders, build)(tmp_path_factory.mktemp(build), size)
        time.sleep(3 * TICK / 1e9)  # files changed just now are read once more
        return home

    return made


def growth(counts: list[int]) -> float:
    """The growth of the second step over that of the first."""
    few, some, many = counts
    return (many - some) / (some - few)


def check(home: Path) -> Callable[[], object]:
    return lambda: session.check(home)


def refused(home: Path) -> Callable[[], object]:
    def work() -> None:
        with pytest.raises(songhua.SonghuaError) as error:
            session.check(home)
        assert [fault.words() for fault in error.value.faults]

    return work


def study(name: str, **options: int) -> Work:
    def prepared(home: Path) -> Callable[[], object]:
        opened = session.open(home, fresh=True)
        return lambda: execution.run(opened, name, options)

    return prepared


def imported(home: Path) -> Callable[[], object]:
    file = importlib.import_module("_folders").one_row(home)
    return lambda: session.import_file(home, file)


@pytest.mark.parametrize(
    ("build", "work", "least"),
    [
        # with fewer figures than 20,000 no series is added, they only fill up
        ("figures", study("diagnose"), 20_000),
        ("figures", study("track"), 20_000),
        ("targets", check, 50),
        ("targets", study("track"), 50),
        ("projects", check, 50),
        ("projects", study("track"), 50),
        ("projects", study("simulate", draws=40), 10),
        ("tasks", check, 50),
        ("tasks", study("track"), 50),
        ("claims", check, 50),
        ("claims", study("claims"), 50),
        ("sources", check, 100),
        ("indicators", check, 100),
        ("indicators", study("diagnose"), 100),
        ("faults", refused, 50),
        ("misfits", refused, 50),
    ],
)
def test_work_grows_as_the_folder_does(
    build: str, work: Work, least: int, built: Callable[..., Path]
) -> None:
    work(built(build, 5))()  # what is read once is read
    sizes = least, least * 2, least * 4
    counts = [lines_run(work(built(build, size)), SOURCE) for size in sizes]
    assert growth(counts) < MOST, counts


@pytest.mark.parametrize("work", [check, imported])
def test_rows_without_a_fault_are_read_without_a_loop(
    work: Work, folders: ModuleType, tmp_path: Path
) -> None:
    """Twice as many figures in the same series and words: hardly a line more runs."""
    few, many = (
        lines_run(work(folders.figures(tmp_path / str(n), n)), SOURCE) for n in (60_000, 120_000)
    )
    assert many < few * 1.1


@pytest.mark.parametrize(("name", "most"), [("diagnose", 6), ("track", 3)])
def test_figures_are_studied_as_columns(
    name: str, most: float, folders: ModuleType, tmp_path: Path
) -> None:
    """No value is made for each figure, and no part loops over all: a few lines run for each."""
    rows = 10_000, 20_000
    few, many = (
        lines_run(study(name)(folders.figures(tmp_path / str(n), n)), SOURCE) for n in rows
    )
    assert (many - few) / (rows[1] - rows[0]) < most


def test_the_count_sees_a_table_that_is_searched_for_each_of_its_rows() -> None:
    code = compile("found = [[b for b in rows if b == a] for a in rows]", f"{SOURCE}/x.py", "exec")
    counts = [lines_run(lambda n=n: exec(code, {"rows": range(n)}), SOURCE) for n in (50, 100, 200)]
    assert growth(counts) > MOST
