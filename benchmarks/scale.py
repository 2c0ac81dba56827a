"""How the work grows with the folder: each task at three sizes, and the slope between them.

The slope is that of log time on log size: 1 is linear, 2 is quadratic. Times are processor time of
this process; only slopes and ratios are to be compared between machines.

    python benchmarks/scale.py --rows 1000000 --only diagnose,track
"""

from __future__ import annotations

import argparse
import gc
import math
import os
import re
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
from _figures import INDICATORS, NAMES, catalogues, observations, write

from songhua import session, store
from songhua.session import execution


def folder(root: Path, rows: int) -> Path:
    """A folder of figures."""
    home = root / f"rows-{rows}"
    catalogues(home)
    write(observations(rows), home / "observations" / "rows.csv")
    return home


def one_row(home: Path) -> Path:
    """A file with one row that a folder of figures lacks."""
    table = observations(1, seed=2).to_pydict() | {"period": ["1999"], "indicator": ["i3"]}
    file = home.parent / "one.csv"
    write(pa.table({name: table[name] for name in NAMES} | {"unit": ["persons"]}), file)
    return file


def with_claims(root: Path, rows: int) -> Path:
    """A small folder with as many claims as asked for."""
    home = folder(root / "claims", 2_000)
    claim = '[c{0}]\nsource = "s1"\nsays = {{ en = "Over nine.", zh = "超过九。" }}\n'
    form = 'relation = "a > b"\n[c{0}.numbers.a]\nindicator = "i{1}"\nperiod = "2020-01"\n'
    other = '[c{0}.numbers.b]\nvalue = "9"\nunit = "m EUR"\n\n'
    text = "".join((claim + form + other).format(at, 4 * (at % 50)) for at in range(rows))
    (home / "claims.toml").write_text(text, "utf-8")
    return home


def with_projects(root: Path, rows: int) -> Path:
    """The second case with as many further projects as asked for: its own, under other names."""
    home = session.new(root / "projects", "washington")
    own = {"lamb-weston-richland", "boeing-wing-centre"}
    with (home / "entities.toml").open("a", encoding="utf-8") as entities:
        for at in range(rows):
            entities.write(
                f'\n[p{at}]\nname = {{ en = "P{at}", zh = "甲{at}" }}\ntype = "project"\n'
            )
    for name in ("spending", "operation", "assumptions"):
        file = home / "plan" / f"{name}.csv"
        lines = file.read_text("utf-8").splitlines()
        of = {one: [line for line in lines if one in line] for one in own}
        first = max(of.values(), key=len) if name != "assumptions" else of["lamb-weston-richland"]
        for at in range(rows):
            for line in first:
                lines.append(re.sub("|".join(own), f"p{at}", line, count=1))
        file.write_text("\n".join(lines) + "\n", "utf-8")
    return home


def with_targets(root: Path, rows: int) -> Path:
    """A folder of figures, with a plan of a target for each of its forty-odd indicators."""
    home = folder(root / "targets", rows)
    (home / "plan").mkdir()
    plan = '[plan]\nname = { en = "Plan", zh = "规划" }\nperiod = "plan:2021..2025"\n'
    more = 'base_year = 2020\npurpose = { en = "P", zh = "目的" }\nsource = "s1"\n'
    (home / "plan" / "plan.toml").write_text(plan + more, "utf-8")
    heads = "id,indicator,industry,period,text,source,recorded\n"
    line = "t{0},i{0},n1,2025,reach 900 m EUR by 2025,s1,2026-01-02\n"
    lines = (line.format(at) for at in range(0, INDICATORS, 4))
    (home / "plan" / "targets.csv").write_text(heads + "".join(lines), "utf-8")
    return home


def clocked(work: Callable[[], object]) -> float:
    """Processor seconds of one run."""
    gc.collect()
    began = time.process_time()
    work()
    return time.process_time() - began


def _study(name: str, home: Path) -> Callable[[], object]:
    opened = session.open(home, fresh=True)
    return lambda: execution.run(opened, name, {})


def main() -> None:
    """Measure each task at three sizes and print times, slope and times of `check`."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--only", default="check,diagnose,import,claims,projects,track")
    chosen = parser.parse_args()
    sizes = [chosen.rows // 4, chosen.rows // 2, chosen.rows]
    print(f"{os.cpu_count()} processors; processor time in seconds")
    print(f"{'task':<28}" + "".join(f"{size:>12,}" for size in sizes) + f"{'slope':>8}")
    for task in chosen.only.split(","):
        taken: list[float] = []
        for size in sizes:
            with tempfile.TemporaryDirectory() as place:
                make = {
                    "claims": with_claims,
                    "projects": with_projects,
                    "simulate": with_projects,
                    "track": with_targets,
                }
                home = make.get(task, folder)(Path(place), size)
                works: dict[str, Callable[[], Callable[[], object]]] = {
                    "check": lambda home=home: lambda: session.check(home),
                    "projects": lambda home=home: lambda: session.check(home),
                    "import": lambda home=home: lambda: store.add(home, one_row(home)),
                }
                work = works[task]() if task in works else _study(task, home)
                taken.append(clocked(work))
        slope = math.log(taken[-1] / taken[0]) / math.log(sizes[-1] / sizes[0])
        print(f"{task:<28}" + "".join(f"{one:>12.2f}" for one in taken) + f"{slope:>8.2f}")


if __name__ == "__main__":
    main()
