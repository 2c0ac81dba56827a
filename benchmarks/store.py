"""A million observations: songhua reads, checks, dates and imports them; DuckDB reads the same CSV.

DuckDB reads with all types given, into a table in memory, on as many threads as the machine has.
It checks types and no more; songhua also holds every label, unit and period against its
catalogue, refuses repeated rows, and computes bounds and scales. All figures are of one run.

    python benchmarks/store.py --rows 1000000
"""

from __future__ import annotations

import argparse
import gc
import os
import resource
import shutil
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pyarrow.parquet as pq
from _figures import NAMES, catalogues, observations, write

from songhua import store

DAY = date(2015, 6, 30)
TYPES = {"value": "DOUBLE", "published": "DATE", "recorded": "DATE"}


def peer_read(con: Any, file: Path) -> None:
    """DuckDB: the same CSV, typed, into a table in memory."""
    columns = ", ".join(f"'{name}': '{TYPES.get(name, 'VARCHAR')}'" for name in NAMES)
    con.execute(
        f"create or replace table rows as select * from read_csv('{file}', header=true, "
        f"auto_detect=false, delim=',', quote='\"', escape='\"', columns={{{columns}}})"
    )


def peer_view(con: Any) -> None:
    """DuckDB: the rows published by a day, as a table."""
    con.execute(f"create or replace table seen as select * from rows where published <= '{DAY}'")


def timed(work: Callable[[], Any], before: Callable[[], Any] = gc.collect, times: int = 3) -> float:
    """Seconds of the quickest of a few runs."""
    best = float("inf")
    for _ in range(times):
        before()
        start = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - start)
    return best


def peak() -> float:
    """The most memory held so far, in GB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6


def measure(rows: int, times: int = 3) -> list[tuple[str, float, float]]:
    """Every task: its name, songhua's seconds, DuckDB's seconds."""
    with tempfile.TemporaryDirectory() as place:
        root = Path(place)
        full, empty = root / "full", root / "empty"
        catalogues(full)
        catalogues(empty)
        table = observations(rows)
        file, parquet = full / "observations" / "rows.csv", root / "rows.parquet"
        write(table, file)
        pq.write_table(table, parquet)
        del table
        con = duckdb.connect()
        began = peak()
        read = timed(lambda: store.read(full), times=times)
        print(f"peak memory: {began:.2f} GB before, {peak():.2f} GB after songhua's read")
        region = store.read(full).region
        view = timed(lambda: region.view(DAY), times=times)
        whole = timed(lambda: store.read(full).region.view(DAY), times=times)
        one = timed(lambda: peer_read(con, file), times=times)
        two = timed(lambda: peer_view(con), times=times)
        both = timed(lambda: (peer_read(con, file), peer_view(con)), times=times)
        out, peer_parquet = root / "out.csv", root / "peer.parquet"

        def clear() -> None:
            shutil.rmtree(empty / "observations")
            (empty / "observations").mkdir()
            gc.collect()

        def peer_import(source: str) -> None:
            con.execute(f"create or replace table new as select * from {source}")
            con.execute(f"copy new to '{out}' (header)")

        def peer_csv() -> None:
            peer_read(con, file)
            con.execute(f"copy rows to '{out}' (header)")

        del peer_parquet
        csv = timed(lambda: store.add(store.at(empty), file), clear, times)
        csv_peer = timed(peer_csv, times=times)
        pqt = timed(lambda: store.add(store.at(empty), parquet), clear, times)
        pqt_peer = timed(lambda: peer_import(f"read_parquet('{parquet}')"), times=times)
        print(f"peak memory: {peak():.2f} GB after the imports and DuckDB")
    return [
        ("read and check the folder", read, one),
        ("as of a date, already read", view, two),
        ("read, check, as of a date", whole, both),
        ("import CSV (read, check, write)", csv, csv_peer),
        ("import Parquet (read, check, write)", pqt, pqt_peer),
    ]


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--times", type=int, default=3)
    chosen = parser.parse_args()
    print(f"{chosen.rows} rows, {os.cpu_count()} processors, quickest of {chosen.times}")
    done = measure(chosen.rows, chosen.times)
    print(f"{'task':<38}{'songhua s':>10}{'DuckDB s':>10}{'ratio':>8}")
    for name, mine, peer in done:
        print(f"{name:<38}{mine:>10.2f}{peer:>10.2f}{mine / peer:>8.2f}")


if __name__ == "__main__":
    main()
