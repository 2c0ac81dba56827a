"""The workbench in the browser, in ratios of processor time, all in one run.

- from the start of `songhua serve` to the first page, with nothing kept of the folder, beside `songhua check`;
- a warm page (the median of twenty) beside a cold `songhua run` of the same folder;
- a filter over a million figures, with what may be chosen beside, against DuckDB's count of the same rows and groups;
- readers at once: answers a second over what one page alone would allow on all cores;
- a slider of one project moved, beside `songhua simulate` of 300 draws in a fresh process.

    python benchmarks/web.py --rows 1000000
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pandas as pd

from songhua import schema, session
from songhua.format.view import View
from songhua.web.listing import Asked, listing

PORT = 8399
HOME = f"http://127.0.0.1:{PORT}"
PAGES = (
    "",
    "industries",
    "plan",
    "projects",
    "comparison",
    "figures",
    "figures?indicator=gdp",
    "sources",
)


def cpu(command: list[str], env: dict[str, str]) -> float:
    """Processor seconds of a command, its children with it."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(
        command, env=env, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def spent(process: subprocess.Popen[bytes]) -> float:
    """Processor seconds of a process so far, its threads with it."""
    fields = Path(f"/proc/{process.pid}/stat").read_text("ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def memory(process: subprocess.Popen[bytes]) -> float:
    """Megabytes that a process holds."""
    for line in Path(f"/proc/{process.pid}/status").read_text("ascii").splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1000
    return 0.0


def get(address: str) -> str:
    with urllib.request.urlopen(HOME + address) as answer:
        return answer.read().decode()


def until(done: Callable[[], bool]) -> None:
    for _ in range(6000):
        try:
            if done():
                return
        except OSError:
            pass
        time.sleep(0.05)
    raise SystemExit("the workbench does not answer")


def serving(folder: Path, env: dict[str, str]) -> subprocess.Popen[bytes]:
    command = [
        sys.executable,
        "-m",
        "songhua",
        "serve",
        str(folder),
        "--port",
        str(PORT),
        "--no-open",
    ]
    return subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL)


def of_folder(place: Path, readers: int, seconds: float) -> None:
    folder, env = place / "harbin", {**os.environ, "XDG_CACHE_HOME": str(place / "cache")}
    (place / "cache").mkdir()
    session.new(folder, "harbin")
    songhua = [sys.executable, "-m", "songhua"]
    checked = statistics.median(cpu([*songhua, "check", str(folder)], env) for _ in range(3))
    cold = cpu([*songhua, "run", str(folder), "--out", str(place / "out")], env)
    shutil.rmtree(folder / ".songhua")
    server = serving(folder, env)
    try:
        until(lambda: "main" in get("/en/"))
        first = spent(server)
        print(
            f"first page {first:.2f} CPU s, check {checked:.2f}: {first / checked:.2f} (at most 1.5)"
        )
        until(lambda: "data-events" not in get("/en/"))
        for page in PAGES:
            get(f"/en/{page}")
        costs: list[float] = []
        for at in range(20):
            before = spent(server)
            for _ in range(25):
                get(f"/en/{PAGES[at % len(PAGES)]}")
            costs.append((spent(server) - before) / 25)
        warm = statistics.median(costs)
        print(
            f"warm page {warm * 1000:.1f} CPU ms, cold run {cold:.1f} CPU s: 1/{cold / warm:.0f} (at most 1/50)"
        )
        at_once(server, warm, readers, seconds)
    finally:
        server.terminate()
        server.wait()


#: Of each case a project whose start is put off.
MOVED = {"harbin": "united-aircraft-base", "washington": "lamb-weston-richland"}


def of_what_if(place: Path, case: str) -> None:
    """The part of the page that a slider changes, beside a fresh simulation of the same folder.

    What the simulation rests on is kept for both; one draw fewer, so that it is not kept itself.
    """
    folder, env = place / f"what-if-{case}", {**os.environ, "XDG_CACHE_HOME": str(place / "kept")}
    (place / "kept").mkdir(exist_ok=True)
    session.new(folder, case)
    simulate = [sys.executable, "-m", "songhua", "simulate", str(folder)]
    whole = cpu(simulate, env)
    fresh = cpu([*simulate, "--draws", "299"], env)
    server = serving(folder, env)
    try:
        until(lambda: 'class="levers"' in get("/en/what-if"))
        word = f"_set.delay.{MOVED[case]}"
        get(f"/en/what-if/answer?{word}=1.5")
        costs: list[float] = []
        for at in range(20):
            before = spent(server)
            get(f"/en/what-if/answer?{word}={1 + at / 50:.2f}")
            costs.append(spent(server) - before)
        moved = statistics.median(costs)
        print(
            f"{case}: slider moved {moved:.2f} CPU s, simulate in a fresh process {fresh:.2f}"
            f" (with nothing kept {whole:.1f}): 1/{fresh / moved:.1f} (at most 1/5)"
        )
    finally:
        server.terminate()
        server.wait()


def at_once(server: subprocess.Popen[bytes], warm: float, readers: int, seconds: float) -> None:
    """Many readers for a while: answers, errors, and memory before and after."""
    end, answers, errors = time.monotonic() + seconds, [0] * readers, [0] * readers
    before = memory(server)

    def read(reader: int) -> None:
        while time.monotonic() < end:
            try:
                get(f"/en/{PAGES[(reader + answers[reader]) % len(PAGES)]}")
                answers[reader] += 1
            except OSError:
                errors[reader] += 1

    threads = [threading.Thread(target=read, args=(reader,)) for reader in range(readers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    rate, cores = sum(answers) / seconds, os.cpu_count() or 1
    print(
        f"{readers} readers for {seconds:.0f} s: {sum(answers)} answers, {sum(errors)} errors; {rate * warm / cores:.2f} of what"
        f" {cores} cores would give; memory {before:.0f} to {memory(server):.0f} MB"
    )


def of_rows(rows: int) -> None:
    """A filter and its facets over many rows, against DuckDB's."""
    opened = session.open(session.example("harbin"))
    columns = schema.table("observations").columns
    held = opened.region.observations
    drawn = np.random.default_rng(1).integers(0, len(held), rows)
    frame = held.iloc[drawn].reset_index(drop=True)
    view = View(region=opened.region, plan=None, results={}, lang="en")
    asked = Asked(filters={"kind": "actual", "source": str(held["source"].iloc[0])}, sort="-value")
    con = duckdb.connect()
    plain = pd.DataFrame(
        {name: frame[name].astype(str) for name in [c.name for c in columns] if name in frame}
    )
    plain["number"] = frame["number"].to_numpy()
    con.register("held", plain)
    con.execute("create table rows as select * from held")
    names = [
        one.name
        for one in columns
        if one.type in ("label", "choice", "period", "tag", "flag", "when", "date")
    ]
    ours = timed(lambda: listing(frame, columns, asked, view))
    theirs = timed(lambda: ask(con, asked, names))
    found = listing(frame, columns, asked, view)
    assert found.total == ask(con, asked, names)
    print(
        f"filter, order and {len(names)} facets over {rows:,} rows: {ours / theirs:.1f} × DuckDB (at most 5)"
    )


def ask(con: Any, asked: Asked, names: list[str]) -> int:
    """The same of DuckDB: a page of rows in order, their number, and each column's values."""

    def where(but: str) -> str:
        held = [f"{name} = '{value}'" for name, value in asked.filters.items() if name != but]
        return " and ".join(held) or "true"

    con.execute(
        f"select * from rows where {where('')} order by number desc nulls last limit {asked.size}"
    ).fetchall()
    for name in names:
        con.execute(
            f"select {name}, count(*) from rows where {where(name)} group by 1 order by 2 desc"
        ).fetchall()
    return con.execute(f"select count(*) from rows where {where('')}").fetchone()[0]


def timed(work: Callable[[], object]) -> float:
    """Processor seconds of the quickest of five."""
    best = float("inf")
    for _ in range(5):
        start = time.process_time()
        work()
        best = min(best, time.process_time() - start)
    return best


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--rows", type=int, default=1_000_000)
    asked.add_argument("--readers", type=int, default=50)
    asked.add_argument("--seconds", type=float, default=60)
    given = asked.parse_args()
    of_rows(given.rows)
    with tempfile.TemporaryDirectory() as place:
        for case in MOVED:
            of_what_if(Path(place), case)
        of_folder(Path(place), given.readers, given.seconds)


if __name__ == "__main__":
    main()
