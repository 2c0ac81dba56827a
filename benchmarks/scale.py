"""Growth of the work with the folder: each task at three sizes, and the slope between them.

The slope is that of log time on log size: 1 is linear, 2 is quadratic. Each measurement is a process
of its own; times are its processor time, beside the most memory it held. Only slopes and ratios are
to be compared between machines. A study is timed without the reading of its folder, which `check`
times; `run` is the command as a whole.

Limits: a slope of 1.2 (a fixed cost makes it lower), and at a million figures diagnose and track
within ten times the time of `check`. `tests/session/test_scale.py` holds in small, by counting, that
no table is searched for each of its rows.

    python benchmarks/scale.py                         (all; about an hour)
    python benchmarks/scale.py --only check,diagnose --sizes 100000,300000,1000000
"""

from __future__ import annotations

import argparse
import gc
import json
import math
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import suppress
from pathlib import Path

import _folders as folders

from songhua import errors, session, store
from songhua.session import execution

Work = Callable[[Path], Callable[[], object]]
Build = Callable[[Path, int], Path]


def check(home: Path) -> Callable[[], object]:
    """The folder checked."""
    return lambda: session.check(home)


def refused(home: Path) -> Callable[[], object]:
    """The folder checked, and its faults in words."""

    def work() -> int:
        try:
            session.check(home)
        except errors.SonghuaError as error:
            return len([fault.words("en") for fault in error.faults])
        raise AssertionError

    return work


def taken_in(home: Path) -> Callable[[], object]:
    """One row added to the folder."""
    file = folders.one_row(home)
    return lambda: store.add(store.at(home), file)


def study(name: str) -> Work:
    """A study of the folder, which is read already."""

    def prepared(home: Path) -> Callable[[], object]:
        opened = session.open(home, fresh=True)
        return lambda: execution.run(opened, name, {})

    return prepared


def first_page(home: Path) -> Callable[[], object]:
    """The workbench's first page, from its start until nothing is computed any more."""
    sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
    from web_work import client, page

    def work() -> None:
        with client(home) as asked:
            if page(asked, "/en/").status_code != 200:
                raise SystemExit("no first page")

    return work


def whole(home: Path) -> Callable[[], object]:
    """Everything that the folder has data for, and the report."""
    from songhua.cli import main as command

    def work() -> None:
        sys.argv = ["songhua", "run", str(home), "--out", str(home.parent / "out"), "--fresh"]
        with suppress(SystemExit):
            command()

    return work


STEEPEST, DEAREST = 1.2, 10
ROWS, FEW = (100_000, 300_000, 1_000_000), (1_000, 3_000, 10_000)
PLACES = 30, 100, 300
CATALOGUE, TARGETS = (1_000, 10_000, 50_000), (300, 1_000, 3_000)
#: A measurement: the folder, the work on it, the sizes, and the task that it is compared with.
TASKS: dict[str, tuple[Build, Work, Sequence[int], str]] = {
    "check": (folders.figures, check, ROWS, ""),
    "diagnose": (folders.figures, study("diagnose"), ROWS, "check"),
    "track": (folders.figures, study("track"), ROWS, "check"),
    "page": (folders.figures, first_page, (10_000, 30_000, 100_000), ""),
    "import": (folders.figures, taken_in, (500_000, 1_000_000, 5_000_000), ""),
    "run": (folders.figures, whole, (10_000, 30_000, 100_000), ""),
    "targets-check": (folders.targets, check, TARGETS, ""),
    "targets-track": (folders.targets, study("track"), TARGETS, "targets-check"),
    "projects-check": (folders.projects, check, FEW, ""),
    "projects-simulate": (folders.projects, study("simulate"), FEW, "projects-check"),
    "projects-track": (folders.projects, study("track"), FEW, "projects-check"),
    "places-check": (folders.places, check, PLACES, ""),
    "places-choose": (folders.places, study("choose"), PLACES, "places-check"),
    "tasks-check": (folders.tasks, check, FEW, ""),
    "tasks-track": (folders.tasks, study("track"), FEW, "tasks-check"),
    "claims-check": (folders.claims, check, FEW, ""),
    "claims": (folders.claims, study("claims"), FEW, "claims-check"),
    "sources": (folders.sources, check, CATALOGUE, ""),
    "indicators": (folders.indicators, check, CATALOGUE, ""),
    "faults": (folders.faults, refused, FEW, ""),
    "misfits": (folders.misfits, refused, FEW, ""),
}

SMALL = 10


def measured(task: str, size: int) -> tuple[float, float]:
    """Processor seconds and the most memory held, in GB, of a task at a size."""
    build, prepare = TASKS[task][:2]
    with tempfile.TemporaryDirectory() as first:
        prepare(build(Path(first), SMALL))()  # what is loaded once is loaded
    with tempfile.TemporaryDirectory() as place, ProcessPoolExecutor(1) as other:
        work = prepare(other.submit(build, Path(place), size).result())  # holds memory of its own
        gc.collect()
        began = time.process_time()
        work()
        spent = time.process_time() - began
    return spent, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6


def alone(task: str, size: int) -> tuple[float, float]:
    """The same, measured in a process of its own."""
    command = [sys.executable, __file__, "--only", task, "--sizes", str(size), "--here"]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    spent, held = json.loads(done.stdout.splitlines()[-1])
    return spent, held


def main() -> None:
    """Measure each task and print times, memory, slope, and the ratio to its `check`."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", default=",".join(TASKS))
    parser.add_argument("--sizes", default="", help="in place of a task's own, after commas")
    parser.add_argument(
        "--here", action="store_true", help="in this process; for the script itself"
    )
    chosen = parser.parse_args()
    if chosen.here:
        print(json.dumps(measured(chosen.only, int(chosen.sizes))))
        return
    print(f"{os.cpu_count()} processors; processor seconds, and GB held at most")
    seconds: dict[tuple[str, int], float] = {}
    for task in chosen.only.split(","):
        _, _, usual, beside = TASKS[task]
        sizes = [int(size) for size in chosen.sizes.split(",")] if chosen.sizes else usual
        print(f"{task:<18}", end="", flush=True)
        for size in sizes:
            seconds[task, size], held = alone(task, size)
            print(f"{size:>11,}:{seconds[task, size]:>8.2f} s {held:.1f}", end="", flush=True)
        many, few = seconds[task, sizes[-1]], seconds[task, sizes[0]]
        if len(sizes) > 1:
            slope = math.log(many / few) / math.log(sizes[-1] / sizes[0])
            print(f"   slope {slope:.2f} (at most {STEEPEST})", end="")
        if (beside, sizes[-1]) in seconds:
            print(f"   {many / seconds[beside, sizes[-1]]:.1f} times {beside}", end="")
            print(f" (at most {DEAREST})" if beside == "check" else "", end="")
        print(flush=True)


if __name__ == "__main__":
    main()
