"""Shift-share: it closes, plain fractions agree, and empty or missing values are as documented."""

import math
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from close import assert_close
from songhua.errors import SonghuaError
from songhua.maths.shift_share import COLUMNS, dynamic_shift_share, shift_share

ADDED = ("classic", "esteban")
EPS = np.finfo(float).eps
shapes = st.tuples(st.integers(1, 4), st.integers(1, 5))
whole = shapes.flatmap(
    lambda shape: st.tuples(
        *(arrays(np.int64, shape, elements=st.integers(0, 500)) for _ in range(2)),
        *(arrays(np.int64, shape[1], elements=st.integers(0, 5000)) for _ in range(2)),
    )
)
some = st.just(0.0) | st.floats(1e-6, 1e6)
floats = shapes.flatmap(
    lambda shape: st.tuples(
        *(arrays(float, shape, elements=some) for _ in range(2)),
        *(arrays(float, shape[1], elements=st.floats(0.01, 1e6)) for _ in range(2)),
    )
)


def _sides(values):
    b, c, before, after = values
    regions = [f"r{i}" for i in range(len(b))]
    industries = [f"i{i}" for i in range(len(before))]
    return (
        *(pd.DataFrame(side, index=regions, columns=industries) for side in (b, c)),
        *(pd.Series(side, index=industries) for side in (before, after)),
    )


def _cells(b, c, before, after, form):
    """The parts of one region's industries by definition, in fractions; None where missing."""
    b, c, before, after = ([Fraction(x) for x in side] for side in (b, c, before, after))
    total = sum(after) / sum(before) if sum(before) else None
    found = []
    for bi, ci, Bi, Ci in zip(b, c, before, after, strict=True):
        grown = Ci / Bi if Bi else None
        if total is None or (grown is None and bi > 0):
            found.append(None)
        elif form == "classic":
            parts = [0, 0, ci]
            if bi:
                parts = [bi * (total - 1), bi * (grown - total), bi * (ci / bi - grown)]
            found.append(parts)
        else:
            h = sum(b) * Bi / sum(before)
            parts = [0, 0, ci, 0]
            if bi:
                gap = ci / bi - grown
                parts = [bi * (total - 1), bi * (grown - total), h * gap, (bi - h) * gap]
            found.append(parts)
    return found


@pytest.mark.parametrize("form", ADDED)
@settings(deadline=None)
@given(whole)
def test_fractions_agree(form, values):
    b, c, before, after = _sides(values)
    cells = shift_share(b, c, before, after, form, by="industry")
    rows = shift_share(b, c, before, after, form)
    assert list(cells) == list(rows) == list(COLUMNS[form])
    scale = 1e-12 * (1 + b.to_numpy().sum() * (1 + after.sum()) + c.to_numpy().sum())
    for region in b.index:
        exact = _cells(*(side.tolist() for side in (b.loc[region], c.loc[region], before, after)),
                       form)  # fmt: skip
        for industry, parts in zip(b.columns, exact, strict=True):
            found = cells.loc[(region, industry)].tolist()
            if parts is None:
                assert any(map(math.isnan, found))
            else:
                assert found == pytest.approx([float(p) for p in parts], rel=1e-12, abs=scale)
        found = rows.loc[region].tolist()
        if any(parts is None for parts in exact):
            assert any(map(math.isnan, found))
        else:
            sums = [float(sum(column)) for column in zip(*exact, strict=True)]
            assert found == pytest.approx(sums, rel=1e-12, abs=scale)


@pytest.mark.parametrize("by", ["region", "industry"])
@pytest.mark.parametrize("form", ADDED)
@settings(deadline=None)
@given(floats)
def test_parts_close_to_the_last_digit(form, by, values):
    b, c, before, after = _sides(values)
    found = shift_share(b, c, before, after, form, by=by).to_numpy()
    start, end = b.to_numpy(), c.to_numpy()
    change = end.sum(axis=1) - start.sum(axis=1) if by == "region" else (end - start).ravel()
    for parts, whole in zip(found, change, strict=True):
        size = max(abs(whole), *np.abs(parts))
        assert abs(math.fsum(parts) - whole) <= 2 * EPS * size


@settings(deadline=None)
@given(floats)
def test_factors_multiply_to_the_growth(values):
    b, c, before, after = _sides(values)
    found = shift_share(b + 1, c + 1, before, after, "gerfin")
    growth = (c + 1).sum(axis=1) / (b + 1).sum(axis=1)
    assert_close(found.prod(axis=1), growth, rtol=1e-12)
    cells = shift_share(b + 1, c + 1, before, after, "gerfin", by="industry")
    growth = ((c + 1) / (b + 1)).to_numpy().ravel()
    assert_close(cells.prod(axis=1), growth, rtol=1e-12)


def test_an_industry_that_a_region_had_not_has_no_factors_of_its_own():
    b, c, before, after = _sides(([[90, 0]], [[100, 40]], [400, 150], [440, 210]))
    found = shift_share(b, c, before, after, "gerfin", by="industry").loc["r0"]
    assert found.loc["i0"].notna().all()
    assert found.loc["i1", ["structure_factor", "location_factor"]].isna().all()
    assert found["national_factor"].tolist() == pytest.approx([650 / 550] * 2)


def test_factors_and_sums_say_the_same():
    b, c, before, after = _sides(([[90, 20, 10, 60]], [[100, 40, 10, 55]],
                                  [400, 150, 150, 400], [440, 210, 135, 480]))  # fmt: skip
    parts = shift_share(b, c, before, after).loc["r0"]
    factors = shift_share(b, c, before, after, "gerfin").loc["r0"]
    even = 180 * factors["national_factor"]
    assert 180 + parts["national"] == pytest.approx(even)
    assert even + parts["industry_mix"] == pytest.approx(even * factors["structure_factor"])
    assert factors["location_factor"] == pytest.approx(205 / (205 - parts["regional"]))


@pytest.mark.parametrize("form", ADDED)
def test_whole_numbers_close_exactly(form):
    b, c, before, after = _sides(([[8, 4, 0]], [[9, 1, 5]], [16, 32, 16], [24, 32, 40]))
    for by in ("region", "industry"):
        found = shift_share(b, c, before, after, form, by=by)
        total = found.to_numpy().sum()
        assert total == c.to_numpy().sum() - b.to_numpy().sum()


@pytest.mark.parametrize("form", ADDED)
@settings(deadline=None)
@given(floats)
def test_the_nation_has_no_mix_and_no_regional_part_of_its_own(form, values):
    _, _, before, after = _sides(values)
    found = shift_share(before.to_frame("n").T, after.to_frame("n").T, before, after, form)
    size = before.sum() + after.sum()
    assert found.loc["n", "national"] == pytest.approx(after.sum() - before.sum(), abs=1e-12 * size)
    assert found.loc["n"].drop("national").to_numpy() == pytest.approx(0, abs=1e-11 * size)


@settings(deadline=None)
@given(floats)
def test_regional_parts_of_all_regions_cancel(values):
    b, c, _, _ = _sides(values)
    b, c = b + 1, c + 1
    found = shift_share(b, c, b.sum(), c.sum())
    size = b.to_numpy().sum() + c.to_numpy().sum()
    assert found["regional"].sum() == pytest.approx(0, abs=1e-12 * size)
    assert found["industry_mix"].sum() == pytest.approx(0, abs=1e-12 * size)


def test_a_new_industry_is_all_regional():
    sides = _sides(([[0, 10, 0]], [[7, 10, 3]], [50, 50, 0], [60, 50, 9]))
    for form in ADDED:
        found = shift_share(*sides, form, by="industry")
        assert found.loc[("r0", "i0"), "regional"] == 7
        assert found.loc[("r0", "i2"), "regional"] == 3
        assert found.drop(columns="regional").loc[[("r0", "i0"), ("r0", "i2")]].eq(0).all(axis=None)
        assert found.to_numpy().sum() == pytest.approx(10)
    assert shift_share(*sides, "gerfin").loc["r0"].prod() == pytest.approx(2)


def test_an_industry_that_only_the_region_had_is_missing():
    sides = _sides(([[5, 10], [0, 10]], [[6, 10], [1, 10]], [0, 50], [0, 60]))
    for form in COLUMNS:
        found = shift_share(*sides, form)
        assert math.isnan(found.loc["r0"].iloc[1])
        assert found.loc["r1"].notna().all()
    found = shift_share(*sides, by="industry")
    assert found.loc[("r0", "i0")].isna().tolist() == [False, True, True]
    assert found.loc[("r0", "i1")].notna().all()


def test_missing_stays_missing():
    b, c, before, after = _sides(([[5.0, 10], [1, 10]], [[6.0, 10], [1, 9]], [30, 50], [40, 60]))
    c.iat[0, 0] = np.nan
    found = shift_share(b, c, before, after)
    assert found.loc["r0"].isna().tolist() == [False, False, True]
    assert found.loc["r1"].notna().all()
    before = before.astype(float)
    before["i1"] = np.nan
    assert shift_share(b, c, before, after).isna().all(axis=None)


def test_a_series_is_one_region_and_labels_lead():
    b, c, before, after = _sides(([[5, 10]], [[6, 12]], [30, 50], [40, 60]))
    one = shift_share(b.loc["r0"], c.loc["r0"], before, after)
    assert one.index.tolist() == ["i0", "i1"]
    renamed = shift_share(b.loc["r0"], c.loc["r0"].rename("later"), before, after)
    pd.testing.assert_frame_equal(renamed, one)
    both = shift_share(b, c[["i1", "i0"]], before.iloc[::-1], after)
    assert both.loc["r0"].to_numpy() == pytest.approx(one.sum().to_numpy())
    row = shift_share(b.loc["r0"], c.loc["r0"], before, after, by="region")
    assert row.shape == (1, 3)


def test_refused():
    b, c, before, after = _sides(([[5, 10]], [[6, 12]], [30, 50], [40, 60]))
    with pytest.raises(SonghuaError, match="there is no form 'dunn'"):
        shift_share(b, c, before, after, "dunn")
    with pytest.raises(SonghuaError, match="there is no form 'period'"):
        shift_share(b, c, before, after, by="period")
    with pytest.raises(SonghuaError, match="i1, other"):
        shift_share(b, c, before, after.rename({"i1": "other"}))
    with pytest.raises(SonghuaError, match="r0, x"):
        shift_share(b, c.rename(index={"r0": "x"}), before, after)
    with pytest.raises(SonghuaError, match=r"the level -1\.0 of i0"):
        shift_share(b, c, before - 31, after)


def _panel(seed, periods=4, regions=3, industries=5):
    rng = np.random.default_rng(seed)
    labels = pd.MultiIndex.from_product(
        [range(2020, 2020 + periods), [f"r{i}" for i in range(regions)]]
    )
    names = [f"i{i}" for i in range(industries)]
    region = pd.DataFrame(rng.integers(1, 100, (len(labels), industries)), labels, names)
    return region, region.groupby(level=0).sum() + 50


@pytest.mark.parametrize("form", COLUMNS)
def test_a_dynamic_run_is_its_steps(form):
    region, nation = _panel(3)
    steps = [
        (
            shift_share(*(region.loc[y] for y in (year, year + 1)),
                        *(nation.loc[y] for y in (year, year + 1)), form),
            shift_share(*(region.loc[y] for y in (year, year + 1)),
                        *(nation.loc[y] for y in (year, year + 1)), form, by="industry"),
        )
        for year in (2020, 2021, 2022)
    ]  # fmt: skip
    join = math.prod if form == "gerfin" else sum
    found = dynamic_shift_share(region, nation, form)
    pd.testing.assert_frame_equal(found, join(step for step, _ in steps), rtol=1e-12)
    found = dynamic_shift_share(region, nation, form, by="industry")
    pd.testing.assert_frame_equal(found, join(step for _, step in steps), rtol=1e-12)
    found = dynamic_shift_share(region, nation, form, by="period")
    assert found.index.get_level_values(0).unique().tolist() == [2021, 2022, 2023]
    pd.testing.assert_frame_equal(found.loc[2022], steps[1][0], check_names=False)


@pytest.mark.parametrize("form", COLUMNS)
def test_a_dynamic_run_closes_and_goes_by_label(form):
    region, nation = _panel(4)
    found = dynamic_shift_share(region, nation, form)
    first, last = (region.loc[year].sum(axis=1) for year in (2020, 2023))
    if form == "gerfin":
        assert found.prod(axis=1).to_numpy() == pytest.approx((last / first).to_numpy(), rel=1e-12)
    else:
        assert found.sum(axis=1).to_numpy() == pytest.approx((last - first).to_numpy(), rel=1e-12)
    mixed = dynamic_shift_share(
        region.sample(frac=1, random_state=1), nation.iloc[::-1, ::-1], form
    )
    pd.testing.assert_frame_equal(mixed.loc[found.index], found, rtol=1e-12)


def test_a_dynamic_run_needs_every_region_in_every_period():
    region, nation = _panel(5)
    with pytest.raises(SonghuaError, match="2021 r1"):
        dynamic_shift_share(region.drop(index=(2021, "r1")), nation)
    with pytest.raises(SonghuaError, match="2022"):
        dynamic_shift_share(region, nation.drop(index=2022))
    with pytest.raises(SonghuaError, match="have periods"):
        dynamic_shift_share(region.loc[2020], nation)
    single = dynamic_shift_share(region.loc[[2020]], nation.loc[[2020]])
    assert single.isna().all(axis=None)
