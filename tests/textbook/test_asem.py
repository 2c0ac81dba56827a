"""The ASEM index of sustainable connectivity, stage by stage, as COINr built it.

The stored stages were made from raw figures of eleven characters, as a spreadsheet's cells show
them; the raw figures at hand have all their digits. From figures of eleven characters every stage
is the stored one to the last bits; from all digits it differs by that rounding and no more.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from shared import DATA
from songhua.maths.composite import Composite, Recipe, aggregate_tree, build, denominate

FOLDER = DATA / "coinr_asem"
STAGES = {
    "Denominated": "screened",
    "Imputed": "imputed",
    "Treated": "treated",
    "Normalised": "normalised",
}
pytestmark = pytest.mark.shared("coinr_asem")


def _meta() -> pd.DataFrame:
    return pd.read_csv(FOLDER / "ASEM_iMeta.csv", index_col="iCode")


def _eleven(value: float) -> float:
    """The number that a cell of eleven characters shows."""
    if np.isnan(value):
        return value
    whole = len(str(int(abs(value))))
    return round(value, max(0, 11 - 1 - whole))


def asem(eleven: bool) -> Composite:
    """The whole index: denominate, impute by group, treat, min-max 0 to 100, mean by level."""
    raw = pd.read_csv(FOLDER / "ASEM_iData.csv", index_col="uCode")
    meta = _meta()
    indicators = meta.index[meta["Type"] == "Indicator"]
    sizes = meta.index[meta["Type"] == "Denominator"]
    figures = raw[[*indicators, *sizes]].astype(float)
    if eleven:
        figures = figures.map(_eleven)
    per = meta.loc[indicators, "Denominator"].dropna().to_dict()
    inside = meta["Parent"].dropna()
    recipe = Recipe(
        impute="group_mean",
        treat="winsorise_or_log",
        normalise="minmax",
        weight="given",
        tree=inside.to_dict(),
        weights=meta.loc[inside.index, "Weight"].to_dict(),
    )
    frame = denominate(figures[indicators], figures[sizes], per)
    return build(frame, recipe, meta.loc[indicators, "Direction"], raw["EurAsia_group"])


def _expected(stage: str) -> pd.DataFrame:
    found = pd.read_csv(FOLDER / f"ASEM_expected_{stage}.csv", index_col="UnitCode")
    return found.rename_axis("uCode")


@pytest.mark.parametrize("stage", STAGES)
def test_every_stage_from_figures_of_eleven_characters(stage):
    ours = asem(eleven=True).stages[STAGES[stage]]
    theirs = _expected(stage).loc[ours.index, ours.columns].astype(float)
    pd.testing.assert_frame_equal(ours, theirs, rtol=1e-12, atol=0)


@pytest.mark.parametrize("stage", STAGES)
def test_every_stage_from_all_digits_within_that_rounding(stage):
    ours, rounded = (asem(eleven).stages[STAGES[stage]] for eleven in (False, True))
    theirs = _expected(stage).loc[ours.index, ours.columns].astype(float)
    gap = ((ours - theirs).abs() / theirs.abs().max()).max().max()
    moved = ((ours - rounded).abs() / rounded.abs().max()).max().max()
    assert gap < 2e-9
    assert abs(gap - moved) < 1e-14


def test_the_same_points_are_winsorised():
    theirs = pd.read_csv(FOLDER / "ASEM_expected_TreatSummary.csv", index_col="IndCode")
    theirs = theirs[(theirs["Low"] > 0) | (theirs["High"] > 0)]
    for eleven in (False, True):
        moved = {
            note.indicator: (note.params["low"], note.params["high"])
            for note in asem(eleven).notes
            if note.code == "composite_winsorised"
        }
        assert moved == {c: (r["Low"], r["High"]) for c, r in theirs.iterrows()}


def test_the_last_stages_are_the_mean_of_the_stored_scores_by_level():
    made = asem(eleven=True)
    meta = _meta()
    inside = meta["Parent"].dropna()
    stored = _expected("Normalised").loc[made.scores.index]
    stored = stored[made.stages["normalised"].columns].astype(float)
    weights = meta.loc[inside.index, "Weight"]
    again = aggregate_tree(stored, inside.to_dict(), weights)
    pd.testing.assert_frame_equal(made.stages["aggregated"], again, rtol=1e-12)
    by_hand = stored.T.groupby(inside[stored.columns]).mean().T
    pd.testing.assert_frame_equal(again[by_hand.columns], by_hand, rtol=1e-12, check_names=False)
    assert again.columns[-3:].tolist() == ["Conn", "Sust", "Index"]
    assert made.scores.notna().all()


def test_the_ranks_do_not_hang_on_the_rounding():
    all_digits, eleven = asem(eleven=False), asem(eleven=True)
    assert all_digits.ranks.tolist() == eleven.ranks.tolist()
    assert (all_digits.scores - eleven.scores).abs().max() < 1e-8
    assert sorted(all_digits.ranks) == list(range(1, 52))
