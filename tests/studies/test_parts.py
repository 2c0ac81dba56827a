"""Districts and counties of Harbin, recomputed from the file of the case."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

import songhua
from close import assert_close


def test_districts_of_harbin_add_up_and_change_as_their_file_says() -> None:
    panel = pd.read_csv(Path(str(songhua.example())) / "panels" / "districts.csv")
    whole = panel[panel["industry"] == "all"]
    wide = whole.pivot_table(index=["indicator", "region"], columns="period", values="value")
    people = wide.loc["part_people"]
    assert people.sum().tolist() == [10_635_971, 10_009_854]  # both censuses, as printed
    rows = songhua.open(songhua.example()).run("diagnose").tables["parts"]
    rows = rows.set_index(["indicator", "place"])
    change = 100 * (wide[2020] / wide[2010] - 1)
    change = change.reindex(rows.index)
    assert_close(rows.change["part_people"], change["part_people"].to_numpy(), rtol=1e-9)
    assert rows.change["part_workers"].isna().all()  # another share of the people was asked
    assert (rows.loc["part_workers", ["level_before", "level"]] > 0).all(axis=None)
    findings = songhua.open(songhua.example()).run("diagnose").findings
    told = {found.indicator for found in findings if found.code == "parts_change"}
    assert told == {"part_people"}
    assert_close(rows["share"].groupby("indicator").sum().to_numpy(), [100.0, 100.0])
    workers = panel[(panel["indicator"] == "part_workers") & (panel["period"] == 2020)]
    cells = workers.pivot_table(index="region", columns="industry", values="value")
    shares = cells["section-c"] / cells["all"]
    times = shares["pingfang"] / (cells["section-c"].sum() / cells["all"].sum())
    assert rows.loc[("part_workers", "pingfang"), "special"] == "section-c"
    assert_close(rows.loc[("part_workers", "pingfang"), "quotient"], times, rtol=1e-9)
