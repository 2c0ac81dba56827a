"""Work that a session does not repeat: a second run, and a simulation after a change.

For both built-in cases, CPU time in turns, the median of the ratios: `songhua run` of an unchanged
folder, each in a process of its own, beside the first; and simulate (300 draws, one worker) after a
change in the same process beside simulate in a fresh process with nothing kept, by itself and with
all that such a process must do first.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from shutil import rmtree
from statistics import median
from time import process_time
from typing import Any

import songhua
from songhua.session import Session

CASES, TIMES, DRAWS = ("harbin", "washington"), 3, 300
Changes = dict[str, dict[str, Any]]


def main() -> None:
    """Time all and print the ratios."""
    if sys.argv[1:]:
        print(json.dumps(simulated(Path(sys.argv[1]))))
        return
    for case in CASES:
        with tempfile.TemporaryDirectory() as home:
            folder = songhua.new(Path(home) / case, case)
            runs(case, folder)
            simulations(case, folder)


def runs(case: str, folder: Path) -> None:
    """The first run with nothing kept, and the second."""
    firsts, seconds = [], []
    command = ["-m", "songhua", "run", str(folder), "--out", str(folder.parent / "out")]
    for _ in range(TIMES):
        rmtree(cache_of(folder), ignore_errors=True)
        firsts.append(spent(command, folder)[0])
        seconds.append(spent(command, folder)[0])
    ratio = median(b / a for a, b in zip(firsts, seconds, strict=True))
    print(
        f"{case}: first run {median(firsts):.2f} s, second {median(seconds):.2f} s of CPU: "
        f"ratio {ratio:.3f} (at most 0.1)"
    )


def simulations(case: str, folder: Path) -> None:
    """Simulate in a fresh process, and after each change."""
    found, wholes = [], []
    for _ in range(TIMES):
        rmtree(cache_of(folder), ignore_errors=True)
        whole, text = spent([__file__, str(folder)], folder)
        found.append(json.loads(text))
        wholes.append(whole - sum(found[-1][what] for what in found[-1] if what != "first"))
    first = median(one["first"] for one in found)
    print(
        f"{case}: simulate with nothing kept {first:.2f} s, its whole process {median(wholes):.2f}"
    )
    for what in found[0]:
        if what != "first":
            alone = median(one[what] / one["first"] for one in found)
            ratio = median(o[what] / w for o, w in zip(found, wholes, strict=True))
            print(
                f"  after a change of {what}: ratio {alone:.2f}, to the whole process {ratio:.2f}"
            )


def cache_of(folder: Path) -> Path:
    """Where all is kept that is computed of a folder."""
    return folder.parent / "cache"


def spent(arguments: list[str], folder: Path) -> tuple[float, str]:
    """CPU seconds of a Python process from its start to its end, and what it printed."""
    before, env = os.times(), {**os.environ, "XDG_CACHE_HOME": str(cache_of(folder))}
    command = [sys.executable, *arguments]
    done = subprocess.run(command, check=True, capture_output=True, text=True, env=env)
    after = os.times()
    user, system = after.children_user - before.children_user, after.children_system
    return user + system - before.children_system, done.stdout


def simulated(folder: Path) -> dict[str, float]:
    """CPU seconds of simulate with nothing kept, and of each change with simulate after it."""
    session = songhua.open(folder)
    seconds = {"first": timed(session)}
    for what, change in changes(session).items():
        before = process_time()
        changed = session.change(**change)
        seconds[what] = process_time() - before + timed(changed)
    return seconds


def timed(session: Session) -> float:
    """CPU seconds of simulate."""
    before = process_time()
    session.run("simulate", draws=DRAWS)
    return process_time() - before


def changes(session: Session) -> Changes:
    """A project's assumption, one of the region, and what redraws tables; each moves by 5 %."""
    assert session.plan is not None
    project = session.plan.simulated_projects()[0]
    rows = {row.name: row for row in session.plan.assumption_rows if not row.scope}

    def moved(name: str) -> dict[str, str]:
        ends = {end: getattr(rows[name], end) for end in ("value", "low", "high")}
        return {end: f"{float(text) * 0.95:.6g}" for end, text in ends.items() if text}

    found: Changes = {
        "a project's ramp": {"assumptions": {("ramp", project): moved("ramp")}},
        "a project's realisation": {"assumptions": {("realised", project): moved("realised")}},
        "pay": {"assumptions": {"pay": moved("pay")}},
        "the error of tables": {"assumptions": {"area": moved("area")}},
    }
    sector = figure(session, session.plan.base_year)
    return found | ({"a sector's total": {"figures": [sector]}} if sector else {})


def figure(session: Session, year: int) -> dict[str, str]:
    """A total that a prior is spread over, recorded anew and 1 % less; empty without one."""
    sectors = {
        name for table in session.region.tables.values()
        if table.industries is not None and "within" in table.industries
        for name in table.industries["within"] if name
    }  # fmt: skip
    frame = session.region.figures.observations.frame
    mine = frame["industry"].isin(sectors) & (frame["region"] == session.region.code)
    frame = frame[mine & (frame["period"] == str(year)) & (frame["kind"] == "actual")]
    levels = [
        one.id for one in session.region.catalogue.values()
        if one.measure == "value_added" and one.form == "level"
    ]  # fmt: skip
    frame = frame[frame["indicator"].isin(levels)]
    if frame.empty:
        return {}
    columns = ("indicator", "region", "industry", "entity", "period", "unit", "kind", "source")
    value = f"{float(frame['value'].iloc[0]) * 0.99:.2f}"
    row = {name: str(frame[name].iloc[0]) for name in columns}
    return row | {"value": value, "recorded": "2099-01-01"}


if __name__ == "__main__":
    main()
