"""A workbench killed while it writes what a form says: all of it is there or nothing, and no rest."""

from __future__ import annotations

import os
import random
import re
import threading
import time
from contextlib import suppress
from html import unescape
from pathlib import Path
from typing import Any

import httpx2 as httpx
import pytest

from form_work import held, typed
from served import Served, served
from small import write
from songhua import session
from songhua.store.writing import TEMPORARY
from tracked import aim, figure
from tracked import folder as tracked_folder

pytestmark = [
    pytest.mark.exhaustive,
    pytest.mark.skipif(not os.path.isdir("/proc/self"), reason="no processes are told"),
]
FIGURE = {
    "indicator": "gdp", "region": "rivertown", "period": "2021", "value": "11.20",
    "unit": "bn EUR", "kind": "actual", "source": "bulletin-2020", "recorded": "2026-01-05",
}  # fmt: skip
SOURCE = {"title": "Another bulletin", "publisher": "Statistics office", "grade": "official"}
PLAN = '[plan]\nname = { en = "Plan" }\nperiod = "plan:2021..2025"\nbase_year = 2020\npurpose = { en = "To grow." }\nsource = "paper"\n'
ROWS = "指标\t单位\t2020年\t2025年\t年均增速[累计]\t属性\n实际增速\t%\t2.0\t—\t＞6\t预期性\n"
Step = tuple[str, dict[str, str]]


def looked(asked: httpx.Client, bench: Served, address: str, cells: dict[str, str]) -> Step:
    """The form as it stands once it was looked at, ready to be taken."""
    shown = asked.post(address, headers=bench.may, data=typed(asked.get(address)) | cells)
    return address, typed(shown) | {"_what": "take"}


def a_figure(asked: httpx.Client, bench: Served, folder: Path) -> Step:
    del folder
    return looked(asked, bench, "/en/write/figure", FIGURE | {"_what": "look"})


def a_source(asked: httpx.Client, bench: Served, folder: Path) -> Step:
    del folder
    return looked(asked, bench, "/zh/write/sources", SOURCE | {"_what": "look"})


def a_correction(asked: httpx.Client, bench: Served, folder: Path) -> Step:
    id = session.open(folder).region.figures.observations.frame["id"].iloc[0]
    said = {"value": "10.1", "_what": "look"}
    return looked(asked, bench, f"/en/figures/{id}/correct", said)


def targets(asked: httpx.Client, bench: Served, folder: Path) -> Step:
    del folder
    sent = {"text": ROWS, "to": "targets"}
    place = asked.post("/zh/import/paste", headers=bench.may, data=sent).headers["location"]
    return place, {"what": "take", "to": "targets"}


def answers(asked: httpx.Client, bench: Served, folder: Path) -> Step:
    del folder
    address = "/en/departments/Works?period=2021"
    text = asked.get(address).text
    own = re.findall(r'name="([0-9a-f]{10})\.value"', text)
    said = {"reporter": "A. Person", "_what": "look"}
    said |= {f"{one}.value": "830" for one in own} | {f"{one}.kind": "actual" for one in own}
    return looked(asked, bench, address, said)


def tracked(folder: Path) -> Path:
    return tracked_folder(
        folder, [aim("reach 900", "firms", id="d", owner="Works")],
        [figure("firms", "2020", "810", "count")],
    )  # fmt: skip


WRITES: dict[str, tuple[Any, Any]] = {
    "figure": (write, a_figure),
    "source": (write, a_source),
    "correction": (write, a_correction),
    "targets": (lambda folder: write(folder, plan__plan_toml=PLAN), targets),
    "answers": (tracked, answers),
}


def changed(before: dict[str, bytes], folder: Path) -> set[str]:
    after = held(folder)
    return {name for name in before | after if before.get(name) != after.get(name)}


def killed(folder: Path, prepare: Any, after: float) -> set[str]:
    """The files that are another once a workbench was killed some time after it was to write."""
    before = held(folder)
    with served(folder) as bench:
        with bench.client() as asked:
            address, said = prepare(asked, bench, folder)
        assert not changed(before, folder)

        def take() -> None:
            with suppress(httpx.HTTPError), bench.client() as asked:
                answer = asked.post(address, headers=bench.may, data=said)
                assert answer.status_code == 200, unescape(answer.text)

        asking = threading.Thread(target=take)
        asking.start()
        time.sleep(after)
        bench.process.kill()
        bench.process.wait()
        asking.join()
    time.sleep(0.5)  # what reads a file apart ends with the workbench
    found = changed(before, folder)
    session.check(folder)
    left = [one for one in found if TEMPORARY in one]
    assert len(found - {*left}) <= 1
    if left:  # what was begun is no file of the folder, and goes with the next writing
        assert found == {*left}
    return found - {*left}


@pytest.mark.parametrize("seed", range(1, 9))
@pytest.mark.parametrize("kind", WRITES)
def test_a_form_is_written_or_not(tmp_path: Path, kind: str, seed: int) -> None:
    make, prepare = WRITES[kind]
    folder = make(tmp_path / "region")
    killed(folder, prepare, random.Random(f"{kind} {seed}").uniform(0, 1.2))


@pytest.mark.parametrize("kind", WRITES)
def test_one_that_had_the_time_has_written_all(tmp_path: Path, kind: str) -> None:
    make, prepare = WRITES[kind]
    assert len(killed(make(tmp_path / "region"), prepare, 15)) == 1
