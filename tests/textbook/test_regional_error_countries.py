"""Regions of several countries: the parameters come from the files, and how far they hold.

The regions' figures are estimates of their authors, and not the truth.
"""

from __future__ import annotations

from functools import cache
from types import ModuleType

import numpy as np
import pandas as pd
import pytest

from beside import TOOLS, tool
from close import assert_close
from shared import DATA
from songhua.maths.regional_error import (
    PER_OUTPUT,
    SUPPLY,
    ErrorModel,
    draw_tables,
    load,
    track_record,
)

pytestmark = [
    pytest.mark.shared(
        "finland_regional_io_2014",
        "regional_trade_canada_us",
        "china_provinces",
        "china_io",
        "japan_regional_inputs_2015",
    ),
    pytest.mark.skipif(not (TOOLS / "fit_regional_error.py").exists(), reason="not a checkout"),
]


def fitting() -> ModuleType:
    """The script that made the parameters."""
    return tool("fit_regional_error")


@cache
def studies() -> list:
    return tool("regional_studies").all_studies(DATA)


@cache
def learnt() -> ErrorModel:
    return fitting().learn(studies(), np.random.default_rng(fitting().SEED))


def study(name: str):
    return next(one for one in studies() if one.name == name)


def test_the_files_are_read_as_they_are_meant() -> None:
    finland, canada, china = (study(n) for n in ("finland_2014", "canada_2021", "china_2002"))
    assert len(finland.tables) == 10
    assert finland.A.shape == (30, 30)
    assert (finland.A.sum() < 1).all()
    for one in (finland, canada):
        for region, table in one.tables.items():
            # home inputs and value added are within output
            both = table.sum() + one.ratios["value_added"].loc[region].reindex(table.columns)
            assert (both.dropna() < 1 + 1e-6).all(), (one.name, region)
    assert canada.nation.sum() == pytest.approx(4.40e9, rel=0.01)
    # what provinces supply themselves, as the publication's own text has it
    assert canada.own.loc["Nova Scotia", "Construction"] > 0.99
    assert china.own.loc["Heilongjiang", "primary"] == pytest.approx(0.92 / 0.94, abs=0.01)


def test_what_is_assumed_or_withheld_is_not_learnt() -> None:
    for year in (2000, 2007):
        own = study(f"united_states_{year}").own
        services = [name for name in own if str(name).startswith(("Education", "Finance", "Whole"))]
        assert own[services].isna().all(axis=None)
        assert own.max().max() < 1
    rows = fitting().supply_rows([s for s in studies() if s.name not in fitting().WITHHELD])
    assert "united_states_2007" not in set(rows["study"])
    assert rows["region"].notna().all()
    assert set(rows["country"]) == {"finland", "canada", "united_states", "china"}


def test_the_parameters_shipped_are_those_of_the_files() -> None:
    new, shipped = learnt(), load()
    assert_close(new.supply.mean(axis=0), shipped.supply.mean(axis=0), rtol=1e-3, atol=1e-3)
    for name in PER_OUTPUT:
        assert_close(new.per_output[name].scale, shipped.per_output[name].scale, rtol=2e-3)
        assert new.per_output[name].slope == pytest.approx(shipped.per_output[name].slope, rel=2e-3)
        assert new.per_output[name].country == pytest.approx(
            shipped.per_output[name].country, rel=2e-3
        )
    assert (new.seller, new.cell) == pytest.approx((shipped.seller, shipped.cell), rel=2e-3)
    assert [one.source for one in new.studies] == [one.source for one in shipped.studies]
    assert_close(new.areas, shipped.areas, rtol=1e-3)


def test_area_is_the_measure_that_the_data_choose() -> None:
    """Of the measures of size it foretells own supply best where a country was left out."""
    compared = pd.read_csv(TOOLS.parent / "src/songhua/maths/regional_error/measures.csv")
    by_size = compared.groupby("size")["crps"].mean()
    assert by_size.idxmin() == "area"
    assert set(by_size.index) == set(tool("regional_scores").SIZES)
    at = SUPPLY.index("size")
    assert load().supply[:, at].mean() > 3 * load().supply[:, at].std()


def test_draws_for_every_region_are_valid_tables() -> None:
    for name in ("finland_2014", "canada_2021"):
        one, known = study(name), tool("regional_studies").places()
        kinds = one.kinds.idxmax(axis=1)
        for region in one.tables:
            x, area = one.output.loc[region], known.loc[(name, region), "area_km2"]
            rng = np.random.default_rng(1)
            drawn = draw_tables(load(), one.A, x, one.nation, kinds, 50, rng, float(area))
            assert (drawn >= 0).all()
            assert (drawn.sum(axis=1) < 1).all()
            assert (drawn @ x.to_numpy() <= x.to_numpy() * (1 + 1e-12)).all()


def test_the_rival_is_the_flq_times_the_ratios_of_the_other_country() -> None:
    """Written out for output; and a truth whose own ratio is the nation's is the rival itself."""
    rivals, finland, canada = tool("regional_scores"), study("finland_2014"), study("canada_2021")
    ratios = []
    for region, table in finland.tables.items():
        found = rivals.plain(finland, region, 0.16)["output"] - 1
        L = np.linalg.inv(np.eye(30) - table.to_numpy())
        buys = (finland.A.sum() > 0).to_numpy() & (finland.output.loc[region] > 0).to_numpy()
        ratios += ((L.sum(axis=0) - 1) / np.where(buys, found, 1.0))[buys].tolist()
    assert_close(sorted(rivals._ratios([finland], "output", 0.16)), sorted(ratios), rtol=1e-9)
    assert 0 <= rivals.tuned([canada]) <= 0.5
    flat = rivals.multipliers(np.zeros((2, 2)), {"jobs": np.array([3.0, 4.0])})
    assert flat["jobs"].tolist() == [3.0, 4.0]


@cache
def scores() -> pd.DataFrame:
    return tool("regional_scores").left_out(
        studies(), fitting().learn, np.random.default_rng(fitting().SEED)
    )


@pytest.mark.deep
def test_the_scores_shipped_are_those_of_the_files() -> None:
    found, shipped = scores(), track_record()
    assert list(found["quantity"]) == list(shipped["quantity"])
    assert_close(found["covered"], shipped["covered"], atol=0.02)
    assert_close(found["score"], shipped["score"], rtol=0.05)


@pytest.mark.deep
def test_countries_left_out_lie_in_their_intervals_and_beat_both_rivals() -> None:
    found = scores()
    whole = found[(found["level"] == 0.9) & found["score_flq"].notna()]
    assert set(whole["quantity"]) == {"output", "value_added", "income", "jobs"}
    assert 0.85 <= whole["covered"].mean() <= 0.95
    assert (whole["covered"] >= 0.85).all()
    for rival in ("nation", "flq"):
        assert (whole["score"] < whole[f"score_{rival}"]).all(), rival
