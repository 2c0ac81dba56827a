"""China's output from 2002 to 2020 by what brought it about: the guide's code and its numbers.

The bureau's tables in the common classification, and OECD's in one that did not change.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from china_tables import COMMON, YEARS
from close import assert_close
from shared import DATA
from songhua import codes
from songhua.maths.input_output import structural_decomposition, technical_coefficients
from songhua.maths.table_change import OutputChange, output_change
from songhua.store.interindustry import common_tables, read_table

ROOT = Path(__file__).parents[2]
GUIDE = ROOT / "docs" / "guide" / "tables.md"
pytestmark = pytest.mark.shared("china_io", "oecd_iot_chn_jpn")


@pytest.fixture(scope="module")
def china() -> dict:
    tables = {y: read_table(DATA / "china_io" / f"{name}.csv") for y, (name, _) in YEARS.items()}
    return common_tables(tables, {y: v for y, (_, v) in YEARS.items()}, COMMON)[0]


def shares(change: OutputChange, some: list[str]) -> dict[str, float]:
    """Percent of the change of these industries' output, in the columns of the guide."""
    drivers = change.drivers().loc[some].sum()
    share = drivers / drivers["total"] * 100
    own = {
        "technology": share["technology"],
        "households": share["households_rural"] + share["households_urban"],
        "government": share["government"],
        "fixed capital": share["fixed_capital"],
        "exports": share["exports"],
        "imports": share["imports"],
    }
    return own | {"other": 100 - sum(own.values())}


def printed() -> tuple[list[str], list[list[str]]]:
    """Heads and rows of the guide's table."""
    text = GUIDE.read_text("utf-8")
    block = re.search(r"^\| output of .*?\n\|[-|:]+\n((?:\|.*\n)+)", text, re.MULTILINE)
    assert block
    lines = [block[0].splitlines()[0], *block[1].splitlines()]
    heads, *rows = ([cell.strip() for cell in line.strip("|").split("|")] for line in lines)
    return heads, rows


def test_the_numbers_of_the_guide_are_what_its_code_gives(monkeypatch: Any) -> None:
    block = re.search(r"^```py\n(.*?)^```$", GUIDE.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    assert block
    monkeypatch.chdir(DATA / "china_io")
    space: dict[str, Any] = {}
    exec(compile(block[1], str(GUIDE), "exec"), space)
    change, tables = space["change"], space["tables"]
    heads, rows = printed()
    assert len(rows) == 9
    for row in rows:
        some = tables[2002].codes if row[1] == "all" else row[1].split(", ")
        grown = [f"{tables[y].x[some].sum() / 1e8:.2f}" for y in (2002, 2020)]  # 10k yuan
        cells = {"2002": grown[0], "2020": grown[1]}
        cells |= {name: f"{value:.1f}" for name, value in shares(change, some).items()}
        assert dict(zip(heads[2:], row[2:], strict=True)) == cells, row[0]
    told = [issue.code for issue in change.issues]
    assert told[0] == "table_current_prices"
    assert {"table_change_imports_inside", "table_change_use_absent"} <= set(told)


def test_the_sum_of_the_steps_is_told_beside_the_whole(china: dict) -> None:
    every = china[2002].codes
    whole = output_change(china[2002], china[2020])
    steps = [output_change(china[a], china[b]) for a, b in pairwise(china)]
    for step in (whole, *steps):
        assert np.abs(step.parts["residual", ""]).max() < 1  # 10k yuan, of some 1e8
    drivers = [step.drivers() for step in steps]
    summed = sum(d["technology"] for d in drivers).sum() / sum(d["total"] for d in drivers).sum()
    once = shares(whole, every)["technology"]
    text = " ".join(GUIDE.read_text("utf-8").split())
    said = f"technology is {once:.1f} % of the change from 2002 to 2020 taken at once, but "
    said += f"{100 * summed:.1f} % when the eight steps between the nine tables are added up"
    assert said.replace("-", "−") in text
    kinds = whole.parts.T.groupby(level=0).sum().T.sum() / whole.parts["total", ""].sum() * 100
    said = f"the level is {kinds['level']:.1f} % of the change of all output, and the mix of goods "
    assert f"{said}within them {kinds['mix']:.1f} %".replace("-", "−") in text
    polar = output_change(china[2002], china[2020], "polar")
    for row in printed()[1]:
        some = every if row[1] == "all" else row[1].split(", ")
        apart = np.subtract(*[list(shares(one, some).values()) for one in (polar, whole)])
        assert np.abs(apart).max() < 0.5


def test_medicine_is_a_fifth_of_chemicals() -> None:
    table = read_table(DATA / "china_io" / "china_2020_153.csv")
    chemicals = [link.old for link in codes.concordance(YEARS[2020][1], COMMON) if link.new == "12"]
    assert table.x["050"] / table.x[chemicals].sum() == pytest.approx(0.2, abs=0.02)


def test_every_part_of_every_step_adds_up(china: dict) -> None:
    for first, last in pairwise(china):
        for method in ("polar", "all"):
            parts = output_change(china[first], china[last], method).parts
            total = parts["total", ""]
            assert_close(total, china[last].x - china[first].x)
            own = parts.drop(columns="total", level=0).sum(axis=1)
            assert_close(own, total, rtol=1e-9, atol=1e-3)


def oecd(country: str, year: int) -> Any:
    file = DATA / "oecd_iot_chn_jpn" / f"oecd2021ed_{country}_1995_2018_wide.csv"
    return read_table(file, year=year)


@pytest.mark.parametrize("country", ["CHN", "JPN"])
def test_on_a_classification_that_did_not_change(country: str) -> None:
    before, after = oecd(country, 1995), oecd(country, 2018)
    found = output_change(before, after)
    gone = [i.params["labels"] for i in found.issues if i.code == "table_change_without_output"]
    kept = found.parts.dropna()
    assert len(kept) == 45 - len(set(gone))
    assert np.abs(kept["residual", ""]).max() < 5  # million dollars: rounding to 0.1 adds up
    assert_close(kept["total", ""], (after.x - before.x)[kept.index])
    # uses apart or together: the technology part differs only as far as the orders do
    A = [technical_coefficients(t.Z, t.x) for t in (before, after)]
    whole = structural_decomposition(*A, before.f.sum(axis=1), after.f.sum(axis=1), method="all")
    gap = (kept["technology", ""] - whole["technology"][kept.index]).abs().sum()
    assert gap < 0.02 * whole["total"].abs().sum()


def test_a_change_planted_in_an_official_table_is_found_alone() -> None:
    """Exports a tenth higher in 2018: nothing else changes, and the level of exports has it all."""
    table = oecd("CHN", 2018)
    L = np.linalg.inv(np.eye(44) - (table.Z / table.x).iloc[:44, :44])
    more = 0.1 * table.f["exports"]
    x = table.x + pd.Series(np.append(L @ more[:44], 0.0), table.x.index)
    grown = replace(
        table, Z=(table.Z / table.x).fillna(0) * x, x=x, f=table.f.assign(exports=11 * more)
    )
    parts = output_change(table, grown).parts.dropna()
    assert parts["level", "exports"].sum() > 1e5
    others = parts.drop(columns=[("level", "exports"), ("total", "")])
    assert np.abs(others).max(axis=None) < 1e-6 * parts["total", ""].max()
