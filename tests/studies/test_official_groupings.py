"""Sizes of official groupings, by hand and for the nation's table of the first case."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from songhua import example, store
from songhua.codes.classes import GROUPINGS, inclusion, members
from songhua.errors import SonghuaError
from songhua.maths.interindustry import InputOutputTable
from songhua.studies.diagnose.official_groupings import industry_codes, official_groupings
from songhua.studies.series import Figures

HIGH_TECH, DIGITAL = GROUPINGS


def test_whole_partial_and_none() -> None:
    assert inclusion(HIGH_TECH, ["2710", "2720"]) == "whole"
    assert inclusion(HIGH_TECH, ["27", "13"]) == "partial"
    assert inclusion(HIGH_TECH, ["13"]) == "none"
    assert inclusion(DIGITAL, ["391"]) == "whole"
    with pytest.raises(SonghuaError):
        inclusion("low-tech", ["27"])
    with pytest.raises(SonghuaError):
        inclusion(HIGH_TECH, ["9999"])


def test_a_grouping_holds_the_classes_that_it_lists() -> None:
    found, unknown = members(HIGH_TECH)
    assert (len(found), unknown) == (85, 0)
    assert members(DIGITAL)[1] == 19


def table(concordance: pd.DataFrame) -> InputOutputTable:
    codes = list(concordance.columns)
    n = len(codes)
    return InputOutputTable(
        Z=pd.DataFrame(np.zeros((n, n)), codes, codes),
        f=pd.DataFrame({"households": [10.0, 20, 70]}, codes),
        v=pd.DataFrame([[10.0, 20, 70]], ["labour"], codes),
        x=pd.Series([10.0, 20, 70], codes),
        kind="domestic", unit="m CNY", year=2020, region="land", concordance=concordance,
    )  # fmt: skip


def test_a_table_is_described_by_its_concordance() -> None:
    # products of the 2020 table: 001 crops, 048 medicine
    one = table(pd.DataFrame(np.eye(3), ["001", "002", "003"], ["a", "b", "c"]))
    assert industry_codes(one) == {"a": ["01"], "b": ["02"], "c": ["03"]}
    other = table(pd.DataFrame(np.eye(3), ["x", "y", "z"], ["a", "b", "c"]))
    assert industry_codes(other) == {}


def test_the_nation_of_the_first_case() -> None:
    folder = store.read(example("harbin"), history=False)
    made, findings = official_groupings(Figures(folder.region, folder.plan))
    rows = made["groupings"].set_index("grouping")
    assert 0 < rows.at[HIGH_TECH, "share_low"] < rows.at[HIGH_TECH, "share_high"] < 100
    assert "medicine" in rows.at[HIGH_TECH, "whole"].split(", ")
    assert np.isnan(rows.at[DIGITAL, "share_high"])
    assert [f.code for f in findings] == ["grouping_range"]
    plan = made["grouping_members"].set_index(["industry", "grouping"])["inclusion"]
    assert plan["biomedicine", HIGH_TECH] == "partial"
    assert plan["finance", HIGH_TECH] == "none"
