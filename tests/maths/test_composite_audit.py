"""The audit of the figures before they become an index."""

import numpy as np
import pandas as pd
import pytest

from songhua.errors import SonghuaError
from songhua.maths.composite import audit, availability, strengths


def test_audit_counts_gaps_and_flags_outliers():
    x = pd.DataFrame({"a": [*map(float, range(1, 11)), 30.0, 100.0], "b": [1.0] * 11 + [np.nan]})
    made = audit(x)
    assert made["outliers"].tolist() == [True, False]
    assert made["missing"].tolist() == [0, 1]
    assert made.loc["b", "same_share"] == 1


def test_strengths_stand_before_weaknesses_and_gaps_last():
    x = pd.DataFrame(
        {"worse": [1.0, 4, 6], "better": [9.0, 1, 3], "gap": [np.nan, 1, 2], "cost": [1.0, 4, 6]},
        index=["x", "y", "z"],
    )
    made = strengths(x, "x", direction={"worse": 1, "better": 1, "gap": 1, "cost": -1})
    assert made.index.tolist() == ["better", "cost", "worse", "gap"]
    assert made["rank"].tolist()[:3] == [1, 1, 3]
    assert made.loc["gap", ["value", "rank", "lead"]].isna().all()
    with pytest.raises(SonghuaError) as error:
        strengths(x, "x", ["nowhere"])
    assert [f.code for f in error.value.faults] == ["composite_unknown_unit"]


def test_a_missing_cell_counts_for_its_unit_and_its_indicator():
    x = pd.DataFrame({"a": [1.0, np.nan], "b": [1.0, 2.0]}, index=["x", "y"])
    assert availability(x)["missing"].tolist() == [0, 1]
    assert audit(x)["missing_share"].tolist() == [0.5, 0]
