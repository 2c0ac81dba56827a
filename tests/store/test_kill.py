"""Killed at any moment, an import is there whole or not at all; readers see only whole states."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from small import HEADING, write
from songhua import store

KILLS = 300
ROWS = 400
pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")

SERVER = """
import os, random, signal, sys, time
from pathlib import Path
from songhua import store

folder, kills = Path(sys.argv[1]), int(sys.argv[2])
rng = random.Random(7)
files = sorted(Path(sys.argv[3]).glob("*.csv"))
store.add(folder, files[0], dry_run=True)
begun = time.monotonic()
store.add(folder, files[0])
usual = time.monotonic() - begun
for n in range(1, kills + 1):
    child = os.fork()
    if child == 0:
        store.add(folder, files[n])
        os._exit(0)
    time.sleep(rng.uniform(0, 1.3 * usual))
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    print("killed" if os.WIFSIGNALED(status) else "done", flush=True)
"""


def _file(target: Path, n: int) -> None:
    """A file of rows that no other file holds."""
    tail = f"bn EUR,,actual,,batch-{n},bulletin-2020,,2026-01-02,"
    lines = [f"gdp,rivertown,,,{year},{n}.{year},{tail}"
             for year in range(1600, 1600 + ROWS)]  # fmt: skip
    target.write_text("\n".join([HEADING, *lines]) + "\n", encoding="utf-8")


def _counts(folder: Path) -> dict[str, int]:
    """How many rows of each batch the folder holds."""
    scopes = store.read(folder, check_history=False).region.observations["scope"].astype(str)
    return scopes[scopes != ""].value_counts().to_dict()


def test_three_hundred_kills_leave_all_or_nothing(tmp_path: Path) -> None:
    folder = write(tmp_path / "region")
    given = tmp_path / "given"
    given.mkdir()
    for n in range(KILLS + 1):
        _file(given / f"batch-{n:04d}.csv", n)
    command = [sys.executable, "-c", SERVER, str(folder), str(KILLS), str(given)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=280)
    outcomes = done.stdout.split()
    assert len(outcomes) == KILLS
    killed = outcomes.count("killed")
    assert killed > KILLS / 4
    counts = _counts(folder)
    assert set(counts.values()) == {ROWS}  # never a part of a batch
    assert KILLS - killed + 1 <= len(counts) <= KILLS + 1
    _file(tmp_path / "last.csv", KILLS + 1)
    assert len(store.add(folder, tmp_path / "last.csv").rows) == ROWS  # the lock is free again
    left = [p.name for p in (folder / "observations").iterdir() if not p.name.endswith(".csv")]
    assert left == []


def test_two_readers_see_whole_states_while_one_writes(tmp_path: Path) -> None:
    folder = write(tmp_path / "region")
    for n in range(12):
        _file(tmp_path / f"batch-{n:04d}.csv", n)
    writer = os.fork()
    if writer == 0:
        for n in range(12):
            store.add(folder, tmp_path / f"batch-{n:04d}.csv")
        os._exit(0)
    readers = []
    for _ in range(2):
        child = os.fork()
        if child == 0:
            code = 0
            until = time.monotonic() + 4
            while time.monotonic() < until:
                if not set(_counts(folder).values()) <= {ROWS}:
                    code = 3
            os._exit(code)
        readers.append(child)
    codes = [os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) for pid in (writer, *readers)]
    assert codes == [0, 0, 0]
    assert len(_counts(folder)) == 12


def test_a_second_writer_waits_or_says_so(tmp_path: Path) -> None:
    from songhua.errors import SonghuaError
    from songhua.store.writing import locked

    folder = write(tmp_path / "region")
    (folder / ".songhua").mkdir()
    code = f"""
import time
from pathlib import Path
from songhua.store.writing import locked
with locked(Path({str(folder)!r})):
    print("held", flush=True)
    time.sleep(30)
"""
    holder = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    try:
        assert holder.stdout is not None
        assert holder.stdout.readline().strip() == "held"
        with pytest.raises(SonghuaError, match="another process"), locked(folder, seconds=0.2):
            pass
    finally:
        holder.send_signal(signal.SIGKILL)
        holder.wait()
        if holder.stdout:
            holder.stdout.close()
    _file(tmp_path / "after.csv", 1)
    assert len(store.add(folder, tmp_path / "after.csv").rows) == ROWS
