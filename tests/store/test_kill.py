"""Killed at any moment, an import is there whole or not at all; readers see only whole states."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from small import HEADING, write

ROWS = 200
# Both ways of killing: a folder, a file of rows to add, and what is seen after each kill.
KILLS = """
import json, os, random, signal, sys, time
from pathlib import Path
from songhua import store
from songhua.store import folder as kept, writing

folder, file, rows = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
base, whole = 8, 8 + rows
seen = {"none": 0, "all": 0, "half": 0, "left": 0, "stuck": 0, "killed": 0}

def clear():
    for one in (folder / "observations").iterdir():
        if one.name != "economy.csv":
            one.unlink()

sync = os.fsync

def child(prepare=lambda: None):
    pid = os.fork()
    if pid == 0:
        prepare()
        try:
            store.add(store.at(folder), file)
        finally:
            os._exit(0)
    return pid

def look(status):
    seen["killed"] += os.WIFSIGNALED(status)
    left = list((folder / "observations").glob(writing.TEMPORARY + "*"))
    seen["left"] += bool(left)
    held = len(store.read(folder).region.figures.observations)
    seen["none" if held == base else "all" if held == whole else "half"] += 1
    try:
        with writing.locked(folder, seconds=0):
            pass
    except kept.SonghuaError:
        seen["stuck"] += 1
    assert not list((folder / "observations").glob(writing.TEMPORARY + "*"))
    clear()

store.add(store.at(folder), file)
clear()
"""
AT_ANY_TIME = (
    KILLS
    + """
random.seed(int(sys.argv[5]))

def slow_disk():
    # the file stands there under its temporary name, written and not yet renamed
    def slow(handle):
        time.sleep(0.02)
        sync(handle)
        time.sleep(0.02)
    os.fsync = slow

took = []
for _ in range(5):
    start = time.perf_counter()
    os.waitpid(child(), 0)
    took.append(time.perf_counter() - start)
    clear()
usual = sorted(took)[2]
for n in range(int(sys.argv[4])):
    pid = child(slow_disk) if n % 2 else child()
    time.sleep(random.uniform(0.5, 1.2) * usual + 0.06 if n % 2 else random.uniform(0, 1.2) * usual)
    os.kill(pid, signal.SIGKILL)
    look(os.waitpid(pid, 0)[1])
print(json.dumps(seen))
"""
)
AT_EVERY_STEP = (
    KILLS
    + """
def killed_at(step):
    # every call to the system that Python tells of is a step, once the folder was read and is
    # written to; so is a file being made to last
    def prepare():
        steps, write, begun = iter(range(step)), kept.write, []
        def begin(*given):
            begun.append(True)
            write(*given)
        kept.write = begin
        def count(event, arguments):
            counts = event.startswith(("open", "os.", "fcntl.")) and event != "os.kill"
            if begun and counts and next(steps, None) is None:
                os.kill(os.getpid(), signal.SIGKILL)
        def told(handle):
            sys.audit("os.fsync")
            sync(handle)
            sys.audit("os.fsync")
        os.fsync = told
        sys.addaudithook(count)
    return prepare

step, alive = 0, False
while not alive:
    status = os.waitpid(child(killed_at(step)), 0)[1]
    alive = not os.WIFSIGNALED(status)
    step += 1
    look(status)
print(json.dumps(seen))
"""
)
WRITER = """
import sys
from pathlib import Path
from songhua import store
for file in sorted(Path(sys.argv[2]).glob("*.csv")):
    store.add(store.at(Path(sys.argv[1])), file)
"""
READER = """
import json, sys
from pathlib import Path
from songhua import store
folder, last = Path(sys.argv[1]), int(sys.argv[2])
seen = []
while not seen or seen[-1][0] < last:
    frame = store.read(folder).region.figures.observations.frame
    new = frame[frame["file"].astype(str) != "economy.csv"]
    seen.append((len(new), sorted(set(new.groupby("file", observed=True).size().tolist()))))
print(json.dumps(seen))
"""


def sheet(file: Path, year: int, rows: int) -> Path:
    lines = [
        f"gdp,rivertown,,,{year}-{1 + n % 12:02d},{n}.0,bn EUR,,actual,,s{n},paper,,2026-01-02,"
        for n in range(rows)
    ]
    file.write_text("\n".join([HEADING, *lines]) + "\n")
    return file


def start(script: str, *arguments: object) -> subprocess.Popen[str]:
    # from Python 3.12 on a fork beside BLAS's threads warns; the child computes nothing
    quiet = ("-W", "ignore::DeprecationWarning")
    command = [sys.executable, *quiet, "-c", script, *map(str, arguments)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


forks = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs a system with fork")


@forks
def test_killed_at_every_step(tmp_path: Path) -> None:
    file = sheet(tmp_path / "new.csv", 2018, ROWS)
    out, err = start(AT_EVERY_STEP, write(tmp_path / "here"), file, ROWS).communicate(timeout=120)
    assert not err
    seen = json.loads(out)
    assert (seen["half"], seen["stuck"]) == (0, 0), seen
    # the last one was not killed; some fell before the rename, some with the file just written
    assert seen["killed"] == seen["none"] + seen["all"] - 1 >= 15, seen
    assert min(seen["none"], seen["all"], seen["left"]) >= 2, seen


@pytest.mark.exhaustive
@forks
def test_three_hundred_kills(tmp_path: Path) -> None:
    file = sheet(tmp_path / "new.csv", 2018, ROWS)
    folders = [write(tmp_path / name) for name in ("here", "there")]  # two at a time
    runs = [start(AT_ANY_TIME, one, file, ROWS, 150, seed) for seed, one in enumerate(folders)]
    seen: Counter[str] = Counter()
    for done in runs:
        out, err = done.communicate(timeout=280)
        assert done.returncode == 0, err
        seen.update(json.loads(out))
    assert seen["half"] == 0, seen
    assert seen["stuck"] == 0, seen
    assert seen["none"] + seen["all"] == 300
    # the test has teeth only if kills fell before, while and after the file was written
    assert min(seen["none"], seen["all"], seen["killed"]) >= 20, seen
    assert seen["left"] >= 1, seen


@pytest.mark.parametrize("files", [3, pytest.param(12, marks=pytest.mark.deep)])
def test_two_readers_beside_a_writer(rivertown: Path, tmp_path: Path, files: int) -> None:
    sheets, rows = tmp_path / "sheets", 50
    sheets.mkdir()
    for n in range(files):
        sheet(sheets / f"{n:02d}.csv", 2000 + n, rows)
    readers = [start(READER, rivertown, files * rows) for _ in range(2)]
    writer = start(WRITER, rivertown, sheets)
    for process in (writer, *readers):
        out, err = process.communicate(timeout=120)
        assert process.returncode == 0, err
        if process is writer:
            continue
        seen = json.loads(out)
        counts = [count for count, _ in seen]
        assert counts == sorted(counts)
        assert all(count % rows == 0 for count in counts), counts
        assert all(sizes in ([], [rows]) for _, sizes in seen), seen
