"""The plan's projects in a folder: each fault has its place."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from songhua import store
from songhua.errors import SonghuaError
from songhua.session import example


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "case"
    shutil.copytree(example("washington"), path)
    return path


def faults(folder: Path) -> list[tuple[str, str]]:
    with pytest.raises(SonghuaError) as caught:
        store.read(folder)
    return [(fault.code, fault.file) for fault in caught.value.faults]


SPENDING, OPERATION, ASSUMED = (
    f"plan/{name}.csv" for name in ("spending", "operation", "assumptions")
)


@pytest.mark.parametrize(
    ("file", "old", "new", "code"),
    [
        (SPENDING, "2016..2017", "2016-Q1", "years_wanted"),
        (SPENDING, ",200,m USD", ",200,", "value_missing"),
        (SPENDING, ",200,m USD", ",,", "assumption_missing"),
        (SPENDING, "m USD,,", "m USD,130,", "percent_outside"),
        (SPENDING, "lamb-weston-richland,total", "lamb-weston-richland,totals", "choice_unknown"),
        (OPERATION, "industry,food", "industry,foods", "label_unknown"),
        (OPERATION, "start,2017", "start,soon", "years_wanted"),
        (OPERATION, "jobs,150", "jobs,many", "number_unreadable"),
        (OPERATION, "150,persons", "150,m USD", "units_differ"),
        (OPERATION, "lamb-weston-richland,start,2017", "lamb-weston-richland,ramp,2", "field_missing"),
        (ASSUMED, "displace,,10,0,30", "displaced,,10,0,30", "label_unknown"),
        (ASSUMED, "displace,,10,0,30", "displace,,50,0,30", "ensemble_range"),
        (ASSUMED, "displace,,10,0,30", "displace,,10,0,130", "percent_outside"),
        (ASSUMED, "output,lamb-weston-richland", "output,lamb-western", "label_unknown"),
        (ASSUMED, "80,lognormal,k USD", "80,lognormal,", "value_missing"),
        (ASSUMED, "pay,,68", "productivity,x,68", "assumption_missing"),
        ("plan/scenarios/food-only.toml", "boeing-wing-centre", "boeing-wing", "label_unknown"),
        ("plan/scenarios/food-only.toml", "[scenario]", "[scenarios]", "table_missing"),
    ],
)  # fmt: skip
def test_a_fault_is_told_with_its_file(
    folder: Path, file: str, old: str, new: str, code: str
) -> None:
    path = folder / file
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    assert (code, file) in faults(folder)


def test_a_change_of_a_scenario_is_held_against_the_assumptions(folder: Path) -> None:
    path = folder / "plan/scenarios/food-only.toml"
    text = path.read_text("utf-8")
    change = '\n[changes.wider]\nname = "displase"\nvalue = 10\n'
    path.write_text(text + change, "utf-8")
    assert ("label_unknown", "plan/scenarios/food-only.toml") in faults(folder)
    path.write_text(text + change.replace("displase", "displace") + 'scope = "mill"\n', "utf-8")
    assert ("label_unknown", "plan/scenarios/food-only.toml") in faults(folder)


def test_a_change_of_a_scenario_stands_in_no_row_of_a_table(folder: Path) -> None:
    path = folder / "plan/scenarios/food-only.toml"
    change = '\n[changes.wider]\nname = "displace"\nvalue = 10\nunit = "%"\n'
    path.write_text(path.read_text("utf-8") + change, "utf-8")
    [(id, one)] = store.read(folder).plan.scenarios["food-only"].changes.items()
    assert (id, one.value, one.row) == ("wider", "10", 0)


def test_a_folder_without_projects_is_sound(folder: Path) -> None:
    for name in ("spending", "operation", "assumptions"):
        (folder / f"plan/{name}.csv").unlink()
    shutil.rmtree(folder / "plan/scenarios")
    plan = store.read(folder).plan
    assert plan is not None
    assert plan.simulated_projects() == []
