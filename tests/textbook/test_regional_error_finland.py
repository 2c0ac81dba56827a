"""The Finnish study of 2014: the parameters come from the files, and how far they may be trusted.

The regions' tables are references, estimated by their authors, and not the truth.
"""

from __future__ import annotations

import importlib.util
from functools import cache
from pathlib import Path
from types import ModuleType

import numpy as np
import pandas as pd
import pytest

from close import assert_close
from shared import DATA
from songhua.maths.regional_error import (
    ErrorModel,
    References,
    as_data,
    draw_tables,
    fit,
    leave_one_out,
    load,
    region_bootstrap,
    track_record,
    tuned_delta,
)

FOLDER = DATA / "finland_regional_io_2014"
TOOL = Path(__file__).parents[2] / "tools" / "fit_regional_error.py"
pytestmark = [
    pytest.mark.shared("finland_regional_io_2014"),
    pytest.mark.skipif(not TOOL.exists(), reason="not a checkout"),
]


@cache
def tool() -> ModuleType:
    """The script that made the parameters."""
    spec = importlib.util.spec_from_file_location("fit_regional_error", TOOL)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@cache
def references() -> References:
    return tool().references(FOLDER)


@cache
def fitted() -> ErrorModel:
    given = references()
    return fit(given, tool().STUDY, tool().SOURCE, np.random.default_rng(tool().SEED))


@cache
def scores() -> pd.DataFrame:
    return leave_one_out(references(), np.random.default_rng(tool().SEED))


def test_the_files_are_read_as_they_are_meant() -> None:
    given = references()
    assert len(given.tables) == 10
    assert given.A.shape == (30, 30)
    # own supply and that of other regions; foreign inputs and value added make up the rest
    assert 0.2 < given.A.sum().mean() < 0.6
    assert (given.A.sum() < 1).all()
    for region, table in given.tables.items():
        delivered = table @ given.output(region)
        assert (delivered <= given.output(region) * (1 + 1e-3)).all(), region
    # the smallest region buys a smaller part at home than the capital's
    means = {name: table.sum().mean() for name, table in given.tables.items()}
    assert means["Ahvenanmaa"] < means["Uusimaa"] < given.A.sum().mean()


def test_the_parameters_shipped_are_those_of_the_files() -> None:
    new, shipped = as_data(fitted()), as_data(load())
    assert new["study"] == shipped["study"]
    assert new["source"] == shipped["source"]
    for name in ("delta", "ceiling", "widening", "regions"):
        assert new[name] == pytest.approx(shipped[name], rel=1e-5), name
    for part in ("b", "deviations"):
        assert new[part] == pytest.approx(shipped[part], rel=1e-5), part
    assert_close(new["covariance"], shipped["covariance"], rtol=1e-4, atol=1e-9)


@pytest.mark.deep
def test_the_scores_shipped_are_those_of_the_files() -> None:
    assert_close(scores(), track_record(), atol=6e-5)
    assert list(scores().index) == list(track_record().index)


@pytest.mark.deep
def test_regions_left_out_lie_in_their_intervals_as_often_as_is_said() -> None:
    covered = scores()["covered"]
    low, high = region_bootstrap(covered, np.random.default_rng(1))
    assert low <= 0.9 <= high
    assert 0.85 <= covered.mean() <= 0.95


@pytest.mark.deep
def test_the_model_beats_the_rival_that_needs_none() -> None:
    found = scores()
    assert found["score"].mean() < found["score_rival"].mean()
    assert found["width"].mean() < found["width_rival"].mean()


@pytest.mark.deep
def test_biases_side_by_side() -> None:
    """Simple and cross-industry quotients overstate small regions; Flegg's does so less."""
    found = scores()[["simple_lq", "cilq", "flq", "aflq"]].mean()
    assert found["simple_lq"] > 0.05
    assert found["cilq"] > 0.05
    assert abs(found["flq"]) < 0.02
    assert found["flq"] < found["aflq"] < found["simple_lq"]


@pytest.mark.deep
def test_delta_is_tuned_inside_the_fold() -> None:
    given = references()
    for region, delta in scores()["delta"].items():
        assert tuned_delta(given.without(str(region))) == delta
    assert scores()["delta"].nunique() > 1


def test_draws_for_every_region_are_valid_tables() -> None:
    given = references()
    for region in given.tables:
        x = given.output(region)
        drawn = draw_tables(
            load(), given.A, x, given.national_output, given.kinds, 50, np.random.default_rng(1)
        )
        assert (drawn >= 0).all()
        assert (drawn.sum(axis=1) < 1).all()
        assert (drawn @ x.to_numpy() <= x.to_numpy()).all()
