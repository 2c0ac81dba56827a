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
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pandas as pd
import psutil

from songhua import schema, session
from songhua.format.view import View
from songhua.web.guard import HEADER
from songhua.web.listing import RowQuery, listing

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


def all_of(process: subprocess.Popen[bytes]) -> list[psutil.Process]:
    """A workbench and the processes that it began."""
    first = psutil.Process(process.pid)
    return [first, *first.children(recursive=True)]


def spent(process: subprocess.Popen[bytes]) -> float:
    """Processor seconds of a workbench so far, with the processes that it began."""
    return sum(one.cpu_times().user + one.cpu_times().system for one in all_of(process))


def memory(process: subprocess.Popen[bytes]) -> float:
    """Megabytes that a workbench and the processes that it began hold for themselves."""
    return sum(one.memory_full_info().uss for one in all_of(process)) / 1e6


def get(address: str, token: str) -> str:
    request = urllib.request.Request(HOME + address, headers={HEADER: token})
    with urllib.request.urlopen(request) as answer:
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


@dataclass(frozen=True)
class Serving:
    """A workbench that runs, and its token."""

    process: subprocess.Popen[bytes]
    token: str


def serving(folder: Path, env: dict[str, str]) -> Serving:
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
    process = subprocess.Popen(command, env=env | {"PYTHONUNBUFFERED": "1"}, stdout=subprocess.PIPE)
    assert process.stdout
    return Serving(process, process.stdout.readline().decode().strip().rpartition("token=")[2])


def of_folder(place: Path, readers: int, seconds: float) -> None:
    folder, env = place / "harbin", {**os.environ, "XDG_CACHE_HOME": str(place / "cache")}
    (place / "cache").mkdir()
    session.new(folder, "harbin")
    songhua = [sys.executable, "-m", "songhua"]
    checked = statistics.median(cpu([*songhua, "check", str(folder)], env) for _ in range(3))
    cold = cpu([*songhua, "run", str(folder), "--out", str(place / "out")], env)
    shutil.rmtree(place / "cache" / "songhua")
    server = serving(folder, env)
    try:
        until(lambda: "main" in get("/en/", server.token))
        first = spent(server.process)
        print(
            f"first page {first:.2f} CPU s, check {checked:.2f}: {first / checked:.2f} (at most 1.5)"
        )
        until(lambda: "data-events" not in get("/en/", server.token))
        for page in PAGES:
            get(f"/en/{page}", server.token)
        costs: list[float] = []
        for at in range(20):
            before = spent(server.process)
            for _ in range(25):
                get(f"/en/{PAGES[at % len(PAGES)]}", server.token)
            costs.append((spent(server.process) - before) / 25)
        warm = statistics.median(costs)
        print(
            f"warm page {warm * 1000:.1f} CPU ms, cold run {cold:.1f} CPU s: 1/{cold / warm:.0f} (at most 1/50)"
        )
        made = anew(server)
        print(f"the same for lists that were never asked for: {made * 1000:.1f} CPU ms")
        flat(server, 10_000)
        at_once(server, readers, seconds)
    finally:
        server.process.terminate()
        server.process.wait()


#: Of each case a project whose start is put off.
MOVED = {"harbin": "united-aircraft-base", "washington": "lamb-weston-richland"}


def of_what_if(place: Path, case: str) -> None:
    """The part of the page that a slider changes, beside a fresh simulation of the same folder.

    The inputs of the simulation are kept for both; one draw fewer, so that its result is not.
    """
    folder, env = place / f"what-if-{case}", {**os.environ, "XDG_CACHE_HOME": str(place / "kept")}
    (place / "kept").mkdir(exist_ok=True)
    session.new(folder, case)
    simulate = [sys.executable, "-m", "songhua", "simulate", str(folder)]
    whole = cpu(simulate, env)
    fresh = cpu([*simulate, "--draws", "299"], env)
    server = serving(folder, env)
    try:
        until(lambda: 'class="levers"' in get("/en/what-if", server.token))
        word = f"_set.delay.{MOVED[case]}"
        get(f"/en/what-if/answer?{word}=1.5", server.token)
        costs: list[float] = []
        for at in range(20):
            before = spent(server.process)
            get(f"/en/what-if/answer?{word}={1 + at / 50:.2f}", server.token)
            costs.append(spent(server.process) - before)
        moved = statistics.median(costs)
        print(
            f"{case}: slider moved {moved:.2f} CPU s, simulate in a fresh process {fresh:.2f}"
            f" (with nothing kept {whole:.1f}): 1/{fresh / moved:.1f} (at most 1/5)"
        )
    finally:
        server.process.terminate()
        server.process.wait()


def at_once(server: Serving, readers: int, seconds: float) -> None:
    """Many readers for a while, one of them bringing a file in: answers, errors, memory.

    The lone page is what one reader costs who asks in the same way. Where others use the machine
    too, the wall clock says little: so the rate on all cores is computed from processor time.
    """
    asked, cores = [f"/en/{page}" for page in PAGES], os.cpu_count() or 1
    busy = spent(server.process)
    answers, errors, own, *_ = reading(server, 1, seconds / 6, asked)
    lone = (spent(server.process) - busy) / answers
    print(
        f"lone page, its connection kept: {lone * 1000:.2f} CPU ms; asking {own / answers * 1e6:.0f} CPU µs"
    )
    before = memory(server.process)
    importing = threading.Timer(seconds / 4, lambda: bring_in(server))
    importing.start()
    began, busy = time.monotonic(), spent(server.process)
    answers, errors, own, longest, *rates = reading(server, readers, seconds, asked)
    lasted = time.monotonic() - began
    importing.join()
    rate, busy = answers / lasted, spent(server.process) - busy
    parts = [one.cpu_times().user + one.cpu_times().system for one in all_of(server.process)]
    print(
        f"{readers} readers for {lasted:.0f} s while one brings a file in: {answers:.0f} answers, {errors:.0f} errors, the longest"
        f" {longest:.1f} s; {rate * lone / cores:.2f} of what {cores} cores would give (at least 0.7), by processor time alone"
        f" {answers * lone / (busy + own):.2f}; asking {own / answers * 1e6:.0f} CPU µs an answer, answering {busy / answers * 1e6:.0f};"
        f" answers a second by quarter {', '.join(f'{one:.0f}' for one in rates)}; the workbench had {busy / lasted:.2f} cores;"
        f" memory {before:.0f} to {memory(server.process):.0f} MB"
    )
    print(
        f"processor seconds by process: {', '.join(f'{one:.1f}' for one in parts)}; load average {os.getloadavg()[0]:.1f}"
    )


def anew(server: Serving) -> float:
    """Processor seconds of a list that is not held."""
    before = spent(server.process)
    for at in range(50):
        get(f"/en/figures?_size={300 + at}&indicator=gdp", server.token)
    return (spent(server.process) - before) / 50


def reading(
    server: Serving, readers: int, seconds: float, addresses: list[str]
) -> tuple[float, ...]:
    """Answers, errors, processor seconds of the readers, and the longest wait of one."""
    script = str(Path(__file__).with_name("_readers.py"))
    command = [sys.executable, script, str(PORT), server.token, str(readers), str(seconds)]
    told = subprocess.run([*command, *addresses], check=True, capture_output=True, text=True).stdout
    return tuple(map(float, told.split()))


def bring_in(server: Serving) -> None:
    """Send a list of one figure and take it, as a form of the workbench does."""
    row = "gdp,harbin,2035,1500,bn CNY,target,,hitusa,2026-11-26"
    head = "indicator,region,period,value,unit,kind,vintage,source,recorded"
    part = 'content-disposition: form-data; name="file"; filename="a.csv"'
    body = f"--b\r\n{part}\r\n\r\n{head}\n{row}\n\r\n--b--\r\n"
    place = post(server, "/en/import", body, "multipart/form-data; boundary=b")
    post(server, place.removeprefix(HOME), "what=take", "application/x-www-form-urlencoded")


def post(server: Serving, address: str, body: str, kind: str) -> str:
    """Send a form; the address that is led to."""
    told = {"origin": HOME, HEADER: server.token, "content-type": kind}
    request = urllib.request.Request(HOME + address, body.encode(), told)
    with urllib.request.urlopen(request) as answer:
        return answer.url


def flat(server: Serving, requests: int) -> None:
    """Memory over many requests, lists that were never asked for among them."""
    told = [memory(server.process)]
    for part in range(10):
        asked = [f"/en/figures?_size={20 + part}&_page={page}" for page in range(1, 11)]
        asked += [f"/en/{page}" for page in PAGES] * 11
        for at in range(requests // 10):
            get(asked[at % len(asked)], server.token)
        told.append(memory(server.process))
    shown = ", ".join(f"{one:.0f}" for one in told)
    print(f"memory over {requests:,} requests, a tenth each: {shown} MB")


def of_rows(rows: int) -> None:
    """A filter and its facets over many rows, against DuckDB's."""
    opened = session.open(session.example("harbin"))
    columns = schema.table("observations").columns
    held = opened.region.figures.observations.frame
    drawn = np.random.default_rng(1).integers(0, len(held), rows)
    frame = held.iloc[drawn].reset_index(drop=True)
    view = View(region=opened.region, plan=None, results={}, lang="en")
    asked = RowQuery(
        filters={"kind": "actual", "source": str(held["source"].iloc[0])}, sort="-value"
    )
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


def ask(con: Any, asked: RowQuery, names: list[str]) -> int:
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
