"""A panel with few of its figures: something is told, or what to add, and no run stops at it."""

from __future__ import annotations

from itertools import product
from pathlib import Path
from random import Random

import numpy as np
import pytest

import songhua
from choose_folders import INDUSTRIES, OWN, folder, rows
from songhua.errors import SonghuaError
from songhua.region import Region
from songhua.studies.choose.panel_levels import indicators_with_levels, spans

Cell = tuple[str, str, int]


def kept(home: Path, cells: set[Cell]) -> Path:
    """A folder whose panel of jobs has these figures alone: place, industry, year."""
    levels = np.arange(1.0, 1 + 3 * 5 * len(INDUSTRIES)).reshape(3, 5, len(INDUSTRIES))
    written = folder(home, levels)
    head, *lines = rows(levels).splitlines()
    named = {f"{place},{industry},{year}" for place, industry, year in cells}
    told = [line for line in lines if ",".join(line.split(",")[1:4]) in named]
    (written / "panels" / "jobs.csv").write_text("\n".join([head, *told]) + "\n", "utf-8")
    return written


def answer(home: Path) -> str:
    """The answer of choose: none if it can run, or the fault of a folder that lacks a panel."""
    opened = songhua.open(home, fresh=True)
    try:
        opened.run("choose")
    except SonghuaError as error:
        (fault,) = error.faults
        assert opened.lacks("choose") == "panels/*.csv"
        return fault.code
    assert opened.lacks("choose") is None
    return "told"


def test_one_industry_a_year_is_no_panel(tmp_path: Path) -> None:
    home = kept(tmp_path, {(OWN, "i00", 2018), (OWN, "i01", 2020)})
    assert answer(home) == "choose_no_panel"
    run = songhua.open(home, fresh=True).run_all()
    assert "choose" in [str(one.params["study"]) for one in run.skipped]


def test_two_industries_in_no_common_year_of_the_others_are_none(tmp_path: Path) -> None:
    others = {("p001", "i02", 2020), ("p002", "i03", 2020), ("p003", "i04", 2020)}
    home = kept(tmp_path, {(OWN, "i00", 2020), (OWN, "i01", 2020), *others})
    assert answer(home) == "choose_no_panel"


@pytest.mark.parametrize("seed", range(8))
def test_whatever_is_missing_it_is_told_or_named(seed: int, tmp_path: Path) -> None:
    chance = Random(seed)
    places = (OWN, "p001", "p002", "p003", "p004")
    share = chance.choice((0.1, 0.4, 0.8))
    every = list(product(places, INDUSTRIES[: chance.choice((2, 4, 20))], (2018, 2019, 2020)))
    cells = {one for one in every if chance.random() < share} | {(OWN, "i00", 2020)}
    home = kept(tmp_path, cells)
    assert answer(home) in ("told", "choose_no_panel")
    region: Region = songhua.open(home).region
    for step in (1, 2, 5):
        assert all(
            one.levels.size
            for name in indicators_with_levels(region)
            for one in spans(region, name, step)
        )
        try:
            songhua.open(home).run("choose", step=step)
        except SonghuaError as error:
            assert [one.code for one in error.faults] == ["choose_no_panel"]


def test_a_region_without_a_known_part_in_the_last_year_has_no_shares(tmp_path: Path) -> None:
    """The only industry that is recorded then has nobody."""
    places = ("p001", "p002", "p003", "p004")
    others = set(product(places, INDUSTRIES[:4], (2018, 2019, 2020)))
    mine = set(product((OWN,), INDUSTRIES[:4], (2018, 2019)))
    home = kept(tmp_path, others | mine | {(OWN, INDUSTRIES[0], 2020)})
    panel = home / "panels" / "jobs.csv"
    zero = f"jobs,{OWN},{INDUSTRIES[0]},2020,"
    lines = [
        f"{zero}0,persons,actual,paper,2026-01-02" if line.startswith(zero) else line
        for line in panel.read_text("utf-8").splitlines()
    ]
    panel.write_text("\n".join(lines) + "\n", "utf-8")
    candidates = songhua.open(home, fresh=True).run("choose").tables["candidates"]
    assert len(candidates)
    assert candidates["share"].isna().all()
