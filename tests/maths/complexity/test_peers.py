"""Each peer's numbers under its convention's name, by the peer itself or its published formulae."""

from __future__ import annotations

import warnings
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy.stats import spearmanr

from close import assert_close
from songhua.maths import complexity as cx

from .tables import TABLES, labelled

tables = pytest.mark.parametrize("name", TABLES)


def _same(found, expected, atol=None) -> None:
    found, expected = (np.asarray(one, dtype=float) for one in (found, expected))
    assert_close(found, expected, rtol=1e-9, atol=atol)


def _ecomplexity(frame: pd.DataFrame, **options) -> pd.DataFrame:
    ecomplexity = pytest.importorskip("ecomplexity").ecomplexity
    long = frame.stack().rename("value").reset_index().assign(year=2000)
    columns = {"time": "year", "loc": "region", "prod": "industry", "val": "value"}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        options = {"check_logsupermodularity": False, "verbose": False} | options
        return ecomplexity(long, columns, **options)


@tables
def test_ecomplexity(name):
    frame = TABLES[name]
    long, ours = _ecomplexity(frame), cx.measures(frame, "ecomplexity")
    for column, found in {
        "rca": ours.quotients,
        "mcp": ours.presence,
        "density": ours.density,
        "cog": ours.gain,
    }.items():
        wide = long.pivot_table(index="region", columns="industry", values=column)
        _same(found, wide.loc[frame.index, frame.columns])
    for column, found in {
        "diversity": ours.diversity,
        "eci": ours.regions,
        "coi": ours.outlook,
    }.items():
        _same(found, long.groupby("region")[column].first()[frame.index])
    for column, found in {"ubiquity": ours.ubiquity, "pci": ours.industries}.items():
        _same(found, long.groupby("industry")[column].first()[frame.columns])


@pytest.mark.parametrize("name", ["random", "sparse"])
def test_ecomplexity_by_levels_a_head(name):
    frame = TABLES[name]
    people = pd.Series(np.round(frame.sum(axis=1) ** 0.9), index=frame.index)
    pop = pd.DataFrame({"year": 2000, "region": frame.index, "people": people.to_numpy()})
    long = _ecomplexity(frame, presence_test="rpop", pop=pop)
    ours = cx.measures(frame, "ecomplexity", population=people)
    for column, found in {
        "rpop": ours.quotients, "mcp": ours.presence, "density": ours.density, "cog": ours.gain
    }.items():  # fmt: skip
        wide = long.pivot_table(index="region", columns="industry", values=column)
        _same(found, wide.loc[frame.index, frame.columns])
    _same(ours.regions, long.groupby("region")["eci"].first()[frame.index])


@tables
def test_continuous_proximities(name):
    """ecomplexity's of quotients, and that of the logarithms as similarity of regions elsewhere."""
    frame = TABLES[name]
    quotients = cx.location_quotients(frame)
    ecomplexity = pytest.importorskip("ecomplexity.calc_proximity")
    if (quotients.std() > 0).all():
        near = ecomplexity.calc_continuous_proximity(quotients.to_numpy(), None)
        _same(cx.quotient_proximity(quotients, "correlation", diagonal=True), near)
    present = cx.presence(quotients, rounding=0)
    m = present.to_numpy()
    near = ecomplexity.calc_discrete_proximity(m, m.sum(axis=0), asymmetric=True)
    _same(cx.proximity(present, "conditional", diagonal=True), near)
    peer = pytest.importorskip("economic_complexity")
    alike = 2 * cx.quotient_proximity(quotients.T, diagonal=True) - 1
    _same(alike, peer.similarity(quotients))


@tables
def test_econcomplex(name):
    econcomplex = pytest.importorskip("econcomplex")
    frame = TABLES[name]
    ours = cx.measures(frame, "econcomplex")
    _same(ours.quotients, econcomplex.rca(frame))
    _same(ours.presence, econcomplex.mcp(frame))
    _same(ours.diversity, econcomplex.diversity(frame))
    _same(ours.ubiquity, econcomplex.ubiquity(frame))
    regions, industries = econcomplex.eci_pci(frame)
    _same(ours.regions, regions)
    _same(ours.industries, industries)
    near = econcomplex.proximity(frame, compute="product")["product"]
    _same(ours.proximity, near)
    _same(ours.density, econcomplex.density(frame, phi=near))
    _same(ours.outlook, econcomplex.coi(frame, industries, phi=near))
    _same(ours.gain, econcomplex.cog(frame, industries, phi=near))


@tables
def test_econcomplex_beside_its_convention(name):
    econcomplex = pytest.importorskip("econcomplex")
    frame = TABLES[name]
    quotients = cx.location_quotients(frame)
    presence = cx.presence(quotients, rounding=0)
    people = pd.Series(np.arange(len(frame)) + 5.0, index=frame.index)
    _same(cx.population_quotients(frame, people), econcomplex.rpop(frame, people))
    near = econcomplex.proximity(frame, compute="product", method="sqrt")["product"]
    _same(cx.proximity(presence, "cosine"), near)
    _same(cx.co_occurrence(presence), econcomplex.co_occurrence(presence, diagonal=True))
    for method in ("cosine", "jaccard"):
        with_itself = econcomplex.relatedness_index(presence, method)
        _same(cx.proximity(presence, method), with_itself)
    _same(cx.quotient_proximity(quotients, "cosine"), econcomplex.cosine_proximity(frame))
    _same(cx.quotient_proximity(quotients, "correlation"), econcomplex.correlation_proximity(frame))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)
        theirs = econcomplex.fitness_complexity(frame)
    for found, expected in zip(
        cx.fitness(presence, tolerance=1e-10, together=False), theirs, strict=True
    ):
        _same(found, expected)
    for steps in (0, 1, 2, 7):
        regions, industries = cx.reflections(presence, steps)
        theirs = (
            econcomplex.mor_regions(frame, steps=steps),
            econcomplex.mor_activities(frame, steps=steps),
        )
        for found, expected in zip((regions, industries), theirs, strict=True):
            _same(_hundred(found) if steps > 1 else found, expected)


@tables
def test_py_economic_complexity(name, monkeypatch):
    peer = pytest.importorskip("economic_complexity")
    # It writes zeros onto a diagonal that pandas 3 hands out for reading only.
    monkeypatch.setattr(np, "fill_diagonal", _fill)
    frame = TABLES[name]
    ours = cx.measures(frame, "py-economic-complexity")
    quotients = peer.rca(frame)
    _same(ours.quotients, quotients)
    near = peer.proximity(quotients)
    _same(ours.proximity, near)
    _same(ours.density, peer.relatedness(quotients, proximities=near))
    regions, industries = peer.complexity(quotients)
    _same(ours.regions, regions)
    _same(ours.industries, industries)
    gain = peer.opportunity_gain(quotients, pci=industries, proximities=near)
    _same(ours.gain, gain)


def _fill(values, number, fill=np.fill_diagonal):
    values.flags.writeable = True
    fill(values, number)


def _hundred(values):
    return (values - values.min()) / (values.max() - values.min()) * 100


@np.vectorize
def _rounded(number, decimals):
    """R's rule from 4.0 on: the nearer of the two candidates, the even one of two as near."""
    unit = 10.0**decimals
    candidates = [np.floor(number * unit) / unit, np.ceil(number * unit) / unit]
    return min(candidates, key=lambda one: (abs(number - one), round(one * unit) % 2))


def _second(square):
    values, vectors = np.linalg.eig(square)
    vector = vectors[:, np.argsort(-np.abs(values))[1]].real
    return vector / vector.sum()


def _econgeo(frame):
    """RCA, relatedness of co-occurrence, relatedness density, KCI, TCI: as EconGeo 1.3 has them."""
    levels = frame.to_numpy()
    total = levels.sum()
    quotients = levels * total / levels.sum(1)[:, None] / levels.sum(0)
    m = np.where(quotients < 1, 0.0, 1.0)
    counts = m.T @ m
    np.fill_diagonal(counts, 0)
    s, t = counts.sum(0), counts.sum()
    near = np.zeros_like(counts)
    for i in range(len(s)):
        for j in range(len(s)):
            if i != j:
                chance = s[j] / t * (s[i] / (t - s[j])) + s[i] / t * (s[j] / (t - s[i]))
                near[i, j] = counts[i, j] / (chance * t / 2)
    density = np.array([[row @ near[:, i] / near[:, i].sum() for i in range(len(s))] for row in m])
    by_region, by_industry = m / m.sum(1)[:, None], (m / m.sum(0)).T
    kci = _second(_rounded(by_region @ by_industry, 4))
    tci = _second(_rounded(by_industry @ by_region, 4))
    regions, industries = m.sum(1), m.sum(0)
    for _ in range(20):
        regions, industries = by_region @ industries, by_industry @ regions
    if np.corrcoef(kci, regions)[0, 1] < 0:
        kci = -kci
    if spearmanr(tci, m.sum(0)).statistic > 0:
        tci = -tci
    return _rounded(quotients, 2), m, near, _rounded(100 * density, 2), kci, tci


@tables
def test_econgeo_by_its_published_formulae(name):
    ours = cx.measures(TABLES[name], "EconGeo")
    expected = _econgeo(TABLES[name])
    found = (
        ours.quotients, ours.presence, ours.proximity, ours.density, ours.regions, ours.industries
    )  # fmt: skip
    for one, other in zip(found, expected, strict=True):
        _same(one, other)
    assert ours.outlook is None
    assert ours.gain is None


@pytest.mark.parametrize("name", ["counted", "small 0", "small 1", "small 2"])
def test_econgeo_by_its_own_answers(name):
    """`tools/econgeo_answers.R` wrote them, with EconGeo 1.3 and R 4.5."""
    answers = pd.read_csv(Path(__file__).with_name("econgeo.csv"), keep_default_na=False)
    answers = answers[answers["table"] == name].set_index("measure")["value"].astype(float)
    ours = cx.measures(TABLES[name], "EconGeo")
    reflections = [cx.reflections(ours.presence, steps, rescaled=True) for steps in (20, 19)]
    for measure, found in {
        "RCA": ours.quotients,
        "relatedness": ours.proximity,
        "relatedness.density": ours.density,
        "KCI": ours.regions,
        "TCI": ours.industries,
        "MORc": reflections[0].regions,
        "MORt": reflections[1].industries,
        "diversity": ours.diversity,
        "ubiquity": ours.ubiquity,
    }.items():
        _same(np.ravel(found), answers.loc[[measure]])


def test_a_convention_of_ones_own():
    from dataclasses import replace

    frame = TABLES["random"]
    exact = replace(cx.CONVENTIONS["EconGeo"], decimals=None)
    _same(cx.measures(frame, exact).quotients, cx.location_quotients(frame))
    nearest = np.abs(cx.measures(frame, exact).density - cx.measures(frame, "EconGeo").density)
    assert 0 < nearest.to_numpy().max() <= 0.005 + 1e-12


@pytest.mark.parametrize("convention", cx.CONVENTIONS)
def test_what_is_empty_is_left_out_and_named(convention):
    """Beside an empty region and an empty industry the others' numbers are as without them."""
    frame = TABLES["nested"]
    wide = frame.reindex([*frame.index, "none"], fill_value=0.0)
    wide = wide.reindex(columns=[*frame.columns, "nowhere"], fill_value=0.0)
    found, alone = cx.measures(wide, convention), cx.measures(frame, convention)
    assert found.gaps.missing_regions == ("none",)
    assert found.gaps.missing_industries == ("nowhere",)
    for name in ("quotients", "density", "gain"):
        table, other = getattr(found, name), getattr(alone, name)
        if table is not None:
            _same(table.loc[frame.index, frame.columns], other, atol=1e-9)
            assert table.loc["none"].isna().all()
    for name, label in (("regions", "none"), ("industries", "nowhere"), ("outlook", "none")):
        series, other = getattr(found, name), getattr(alone, name)
        if series is not None:
            _same(series[other.index], other, atol=1e-9)
            assert np.isnan(series[label])


@pytest.mark.parametrize("convention", cx.CONVENTIONS)
def test_where_no_index_is_determined_the_rest_stands(convention):
    found = cx.measures(labelled([[6, 0, 5], [0, 9, 0], [5, 0, 4]]), convention)
    if found.convention.index == "eigenvector":
        assert found.undetermined is not None
        assert found.undetermined.code == "complexity_groups"
        assert found.regions.isna().all()
        assert found.industries.isna().all()
        assert found.outlook is None or found.outlook.isna().all()
        assert found.gain is None or found.gain.isna().all(axis=None)
    assert found.diversity.tolist() == [2, 1, 2]
    assert found.density.notna().any(axis=None)


@pytest.mark.parametrize("convention", cx.CONVENTIONS)
def test_units_and_sizes_of_regions_mean_nothing(convention):
    """Beside a reference, a region's or all levels times a number leave everything as it is."""
    frame = TABLES["nested"]
    nation, total = frame.sum() * 3, frame.to_numpy().sum() * 3.0
    one = cx.measures(frame, convention, nation, reference_total=total)
    factors = pd.Series(2.0 ** (np.arange(len(frame)) % 7), index=frame.index)
    other = cx.measures(frame.mul(factors, axis=0), convention, nation * 8, None, total * 8)
    for name in ("quotients", "presence", "proximity", "density"):
        pd.testing.assert_frame_equal(getattr(one, name), getattr(other, name))
    for name in ("diversity", "ubiquity", "regions", "industries"):
        _same(getattr(one, name), getattr(other, name))


def test_levels_that_are_missing_leave_the_rest():
    """With totals and a nation, a hole leaves its cell open; proximity and density go on."""
    frame = TABLES["nested"]
    holed = frame.copy()
    holed.iat[3, 4] = np.nan
    totals, nation = frame.sum(axis=1), frame.sum()
    found = cx.measures(holed, "songhua", nation, totals, nation.sum())
    assert found.gaps.missing_cells == 1
    assert found.presence.isna().sum().sum() == 1
    assert np.isnan(found.presence.iat[3, 4])
    assert np.isnan(found.diversity.iat[3])
    assert np.isnan(found.ubiquity.iat[4])
    assert found.density.notna().all(axis=None)
    assert found.undetermined is not None
    assert found.undetermined.code == "presence_incomplete"
    assert found.undetermined.params == {"label": ("r003", "i004"), "n": 1}
    whole = cx.measures(frame)
    assert np.abs(found.density - whole.density).to_numpy().max() < 0.05
    # Without totals and a nation all sums of the hole are open.
    assert cx.measures(holed).quotients.isna().all(axis=None)
