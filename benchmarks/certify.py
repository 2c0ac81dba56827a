"""The sci-tech SME rule on ten million firms: songhua beside SQL by hand, polars and pandas.

Every way gives outcome, deciding clause, score and its parts as (low, high, known), missing facts
being unknown, and each is a process of its own, one thread, over the same Parquet file. CPU time
is compared, in rounds one after the other; the results must be the same to the last firm.

    python benchmarks/certify.py [firms]        (10,000,000 if not said; 200,000 takes seconds)
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

HAND = Path(__file__).with_name("_certify.sql")
SPANS = ("score", "staff_score", "rd_score", "ip_score")
OUTS = ["outcome", "deciding", *(f"{s}_{end}" for s in SPANS for end in ("low", "high", "known"))]
WAYS = ("songhua", "sql", "polars", "pandas")
ROUNDS = 3
GIB = 2**30


def firms(path: Path, n: int) -> None:
    """Invented firms; about one fact in twenty is missing."""
    import duckdb

    whole = {"staff": 6.5, "tech_staff": 4.0, "sales": 10.2, "assets": 10.2, "total_cost": 10.2}
    flags = {"prohibited_products": 0.03, "serious_violation": 0.03, "on_abnormal_list": 0.03,
             "hnte_certificate": 0.05, "national_award": 0.01, "rd_institution": 0.01, "led_standard": 0.01}  # fmt: skip
    columns = ["i AS id", "CASE WHEN random() < .98 THEN random() < .97 END AS resident"]
    columns += [
        f"CASE WHEN random() < .96 THEN floor(exp(random() * {e})) END::DOUBLE AS {c}"
        for c, e in whole.items()
    ]
    columns += ["CASE WHEN random() < .93 THEN round(exp(random() * 7), 2) END::DOUBLE AS rd"]
    columns += [
        f"CASE WHEN random() < .93 THEN floor(random() * random() * {k}) END::INT AS {c}"
        for c, k in (("class1_ip", 3), ("class2_ip", 9))
    ]
    columns += [
        f"CASE WHEN random() < .85 THEN random() < {p} END AS {c}" for c, p in flags.items()
    ]
    with duckdb.connect() as connection:
        connection.execute("SET threads = 1")
        connection.execute("SELECT setseed(0.4)")
        connection.execute(
            f"COPY (SELECT {', '.join(columns)} FROM range({n}) t(i)) TO '{path}' (FORMAT parquet)"
        )


def summary(inner: str) -> str:
    sums = ", ".join(f"sum({name}::DOUBLE) AS {name}" for name in OUTS[2:])
    return f"SELECT outcome, deciding, count(*) AS n, {sums} FROM ({inner}) GROUP BY 1, 2 ORDER BY 1, 2"


def built(path: Path) -> str:
    """songhua's rule as SQL."""
    import ibis

    from songhua.rules.ibis_verdicts import judge
    from songhua.store.rulebooks import load

    connection = ibis.duckdb.connect()
    judged = judge(connection.read_parquet(str(path)), load("cn/sci-tech-sme"), "2024-06-30")
    inner = str(ibis.to_sql(judged.select(*OUTS), dialect="duckdb"))
    table = judged.op().find(ibis.expr.operations.DatabaseTable)[0].name
    return inner.replace(f'"{table}"', f"'{path}'")


def query(sql: str) -> list:
    import duckdb

    with duckdb.connect() as connection:
        connection.execute("SET threads = 1")
        return connection.sql(summary(f"SELECT {', '.join(OUTS)} FROM ({sql})")).fetchall()


def one(way: str, path: Path) -> None:
    """One way in this process: CPU time without imports, peak memory and results.

    The time in which songhua writes its SQL is told beside: it is the same for one firm as for
    ten million.
    """
    import duckdb
    import ibis
    import pandas as pd
    import polars as pl
    from _certify_frames import pandas_way, polars_way

    del duckdb, ibis, pd, pl
    started = time.process_time()
    sql = {
        "songhua": lambda: built(path),
        "sql": lambda: HAND.read_text("utf-8").replace("FIRMS", f"'{path}'"),
    }
    text = sql[way]() if way in sql else ""
    building, started = time.process_time() - started, time.process_time()
    rows = query(text) if text else {"polars": polars_way, "pandas": pandas_way}[way](path, OUTS)
    spent = time.process_time() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    told = {"cpu": spent, "building": building, "peak": peak, "rows": [list(row) for row in rows]}
    print(json.dumps(told))


def main() -> None:
    n = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000_000
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "firms.parquet"
        firms(path, n)
        runs: dict[str, list[dict]] = {way: [] for way in WAYS}
        single = {**os.environ, "OPENBLAS_NUM_THREADS": "1", "POLARS_MAX_THREADS": "1"}
        for _ in range(ROUNDS):
            for way in WAYS:
                done = subprocess.run(
                    [sys.executable, __file__, "--one", way, str(path)],
                    capture_output=True, text=True, check=False, env=single,
                )  # fmt: skip
                if done.returncode:
                    sys.exit(done.stderr)
                runs[way].append(json.loads(done.stdout))
    reference = runs["sql"][0]["rows"]
    assert all(run["rows"] == reference for way in WAYS for run in runs[way]), "results differ"
    print(f"{n:,} firms, {len(reference)} kinds of verdict, the same by every way")
    for way in WAYS:
        ratios = [r["cpu"] / s["cpu"] for r, s in zip(runs[way], runs["songhua"], strict=True)]
        peak = max(run["peak"] for run in runs[way]) / GIB
        print(f"{way:8} {median(ratios):5.2f} x songhua's CPU time, peak memory {peak:.2f} GiB")
    shares = [a["cpu"] / b["cpu"] for a, b in zip(runs["songhua"], runs["sql"], strict=True)]
    written = median(run["building"] / run["cpu"] for run in runs["songhua"])
    print(f"writing the SQL takes {written:.2f} of that time, for any number of firms")
    print(
        f"songhua against SQL by hand: {median(shares):.2f} ({min(shares):.2f} to {max(shares):.2f})"
    )


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        one(sys.argv[2], Path(sys.argv[3]))
    else:
        main()
