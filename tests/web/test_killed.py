"""A workbench killed while it takes a file: all rows or none, and it says which when it is back."""

from __future__ import annotations

import os
import random
import threading
import time
from contextlib import suppress
from pathlib import Path

import httpx2 as httpx
import pytest

from served import Served, served
from small import write
from songhua import messages, session

ROWS = 3_000
HEAD = "indicator,region,period,value,unit,kind,vintage,source,recorded\n"
LINES = "".join(
    f"gdp,rivertown,2019,{at}.5,bn EUR,actual,v{at},bulletin-2020,2026-01-02\n"
    for at in range(ROWS)
)


def held(folder: Path) -> int:
    """The rows of the folder, which has no fault."""
    session.check(folder)
    return len(session.open(folder).region.figures.observations)


def taken(bench: Served, place: str) -> None:
    with suppress(httpx.HTTPError), bench.client() as asked:
        asked.post(place, headers=bench.may, data={"what": "take"})


def killed(folder: Path, after: float | None) -> bool:
    """Kill a workbench some time after it was asked to take a file, or once it has answered.

    Whether the rows are there.
    """
    before = held(folder)
    with served(folder) as bench:
        with bench.client() as asked:
            sent = {"file": ("more.csv", (HEAD + LINES).encode())}
            place = asked.post("/en/import", headers=bench.may, files=sent).headers["location"]
            assert 'value="take"' in asked.get(place).text  # and all that takes it is loaded
        asking = threading.Thread(target=taken, args=(bench, place))
        asking.start()
        asking.join(60) if after is None else time.sleep(after)
        children = _children(bench.process.pid)
        bench.process.kill()
        bench.process.wait()
        asking.join()
        for _ in range(200):
            if not any(map(_runs, children)):
                break
            time.sleep(0.05)
        assert not any(map(_runs, children))
    rows = held(folder) - before
    assert rows in (0, ROWS)
    with served(
        folder
    ) as bench:  # it is back: the sent file is there, and the remaining work on it
        text = bench.page(place).text
        gone = messages.word("web_no_page", "en") in text
        would = messages.word("import_would", "en", n=ROWS, file="more.csv")[:20]
        assert gone or (would in text) == (rows == 0)
        assert rows or not gone
    return rows == ROWS


def _children(process: int) -> list[int]:
    found: list[int] = []
    with suppress(OSError):
        for task in Path(f"/proc/{process}/task").iterdir():
            for child in (task / "children").read_text("ascii").split():
                found += [int(child), *_children(int(child))]
    return found


def _runs(process: int) -> bool:
    with suppress(OSError):
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    return False


@pytest.mark.skipif(not os.path.isdir("/proc/self"), reason="no processes are told")
@pytest.mark.parametrize(
    ("seed", "most"),
    [(1, 0.5), *(pytest.param(n, 1.5, marks=pytest.mark.exhaustive) for n in range(2, 30))],
)
def test_all_or_nothing(tmp_path: Path, seed: int, most: float) -> None:
    killed(write(tmp_path / "rivertown"), random.Random(seed).uniform(0, most))


@pytest.mark.skipif(not os.path.isdir("/proc/self"), reason="no processes are told")
def test_one_that_had_the_time_has_taken_all(tmp_path: Path) -> None:
    assert killed(write(tmp_path / "rivertown"), None)
