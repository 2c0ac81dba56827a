"""A folder with tables of several years says what brought about the change of output."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from close import assert_close
from songhua import messages, store
from songhua.maths.interindustry import InputOutputTable
from songhua.region import Region
from songhua.studies.diagnose.output_change import consecutive_tables, output_change
from songhua.studies.series import Figures

CODES = ["food", "tools"]


def pairs(region: Region) -> list[tuple[str, str]]:
    return [(pair.first, pair.last) for pair in consecutive_tables(region)]


def one(
    year: int, homes: tuple[float, float], kind: str = "domestic", **more: object
) -> InputOutputTable:
    A = pd.DataFrame([[0.2, 0.1], [0.3, 0.2]], CODES, CODES)
    f = pd.DataFrame({"homes": homes, "exports": (10.0, 20.0)}, CODES)
    x = pd.Series(np.linalg.solve(np.eye(2) - A, f.sum(axis=1)), CODES)
    made = InputOutputTable(
        Z=A * x, f=f, v=(x - (A * x).sum()).to_frame("pay").T, x=x, kind=kind, unit="m EUR",
        year=year, region="upland", source="office",
    )  # fmt: skip
    return replace(made, **more)  # type: ignore[arg-type]


@pytest.fixture
def region(rivertown) -> Region:
    tables = {"late": one(2020, (80.0, 30.0)), "early": one(2015, (40.0, 15.0))}
    return replace(store.read(rivertown).region, tables=tables)


def test_a_change_is_told_by_part_and_headed(region: Region) -> None:
    made, findings = output_change(Figures(region, None))
    rows = made["output_change"]
    assert set(rows["table_before"]) == {"early"}
    assert rows["unit"].unique().tolist() == ["m EUR"]
    food = rows[rows["code"] == "food"].set_index(["part", "use"])
    before, after = (region.tables[id].x["food"] for id in ("early", "late"))
    assert food.at[("total", ""), "value"] == pytest.approx(after - before)
    assert food.at[("level", "homes"), "value"] == pytest.approx(after - before)
    assert food.at[("level", "homes"), "points"] == pytest.approx((after / before - 1) * 100)
    others = food.drop(index=[("total", ""), ("level", "homes")])["value"]
    assert_close(others, 0, atol=1e-12)
    assert [f.code for f in findings] == ["table_current_prices", "output_change_parts"]
    assert {f.observations for f in findings} == {("office",)}
    assert findings[0].words("en").startswith("Current prices: includes price change")
    for finding in findings:
        for lang in messages.LANGUAGES:
            assert "{" not in finding.words(lang)


def test_each_thing_that_must_be_known_of_two_tables_has_its_sentence(region: Region) -> None:
    early, late = (replace(region.tables[id], kind="competitive") for id in ("early", "late"))
    early = replace(early, f=early.f.assign(stocks=[3.0, -3.0]))
    Z, f, x = late.Z.copy(), late.f.copy(), late.x.copy()
    for frame in (Z, Z.T, f, x):
        frame.loc["tools"] = 0.0
    tables = {"early": early, "late": replace(late, Z=Z, f=f, x=x)}
    _, findings = output_change(Figures(replace(region, tables=tables), None))
    told = {one.code: one for one in findings}
    assert list(told) == [
        "table_current_prices",
        "table_change_imports_inside",
        "table_change_use_absent",
        "table_change_without_output",
        "table_change_without_mix",
        "output_change_parts",
    ]
    assert told["table_change_use_absent"].words("en").startswith("2020: the table has no stocks")
    assert "tools" in told["table_change_without_output"].words("en")
    assert told["table_change_without_mix"].words("zh").startswith("stocks")


def test_only_tables_that_can_be_compared_are(region: Region) -> None:
    early, late = region.tables["early"], region.tables["late"]
    assert pairs(region) == [("early", "late")]
    three = {**region.tables, "middle": replace(early, year=2017)}
    assert pairs(replace(region, tables=three)) == [("early", "middle"), ("middle", "late")]
    inside = {id: replace(t, kind="competitive") for id, t in region.tables.items()}
    both = {f"all-{id}": t for id, t in inside.items()} | region.tables
    assert pairs(replace(region, tables=inside)) == [("early", "late")]
    assert pairs(replace(region, tables=both)) == [("early", "late")]  # those without imports
    for other in (
        replace(late, unit="k EUR"), replace(late, region="other"), replace(late, year=2015),
        inside["late"],
    ):  # fmt: skip
        alone = replace(region, tables={"early": early, "late": other})
        assert pairs(alone) == []
        made, findings = output_change(Figures(alone, None))
        assert (len(made["output_change"]), findings) == (0, [])
