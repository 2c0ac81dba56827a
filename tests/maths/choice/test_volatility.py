"""Movement of quotients: by hand, for known cells alone, and its use in prediction."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from close import assert_close
from panels import made
from songhua.errors import SonghuaError
from songhua.maths.choice import (
    KINDS,
    VALUE,
    Cells,
    Definition,
    Kind,
    Refusal,
    State,
    Track,
    cells,
    odds,
    starts,
    state,
    tracks,
)
from songhua.maths.choice.learning import learn
from songhua.maths.choice.learnt import chances_of, place_of
from songhua.maths.choice.volatility import Moves, means, volatility

COUNTED = Definition(floor=10.0)


def test_moves_are_absolute_changes_of_logarithms_of_known_cells() -> None:
    """Of three periods; a cell that is once missing has moved in no pair of periods with it."""
    levels = np.full((3, 2, 2), 100.0)
    levels[1, 0, 0], levels[2, 1, 1] = np.nan, 400.0
    definition = Definition(counted=False, floor=0.0)
    moves = Moves(definition, 1)
    quotients = []
    for one in levels:
        now = state(one, definition)
        quotients.append(now.quotient)
        moves.add(now, 0.0)
    apart = np.abs(np.diff(np.log(quotients), axis=0))
    n = np.array([[0.0, 2.0], [2.0, 2.0]])
    total = np.nansum(apart, axis=0)
    assert_close(moves.volatility(), volatility(total, n, means(total, n)))
    assert moves.volatility()[0, 0] != 0  # what its industry and its region let expect


def test_cells_below_the_floor_have_no_say() -> None:
    rng, found = np.random.default_rng(1), []
    expected = np.where(np.arange(6)[:, np.newaxis] == 0, 5.0, np.full((6, 4), 50.0))
    levels = rng.poisson(expected, (3, 6, 4)).astype(float)
    for factor in (1.0, 7.0):
        moves = Moves(COUNTED, 1)
        for one in levels:
            one[0] *= factor
            moves.add(State(one, expected, one / expected, expected), 2.0)
        found.append(moves.volatility())
    assert np.array_equal(found[0], found[1])


def test_before_anything_moved_all_are_alike() -> None:
    moves = Moves(COUNTED, 1)
    moves.add(state(np.full((3, 2), 50.0), COUNTED), 2.0)
    assert_close(moves.volatility(), np.zeros((3, 2)))


def test_regions_that_are_asked_for_are_those_of_all() -> None:
    rng = np.random.default_rng(3)
    moves = Moves(COUNTED, 1)
    for _ in range(4):
        moves.add(state(rng.poisson(60, (9, 4)).astype(float), COUNTED), 2.0)
    assert_close(moves.volatility(4), moves.volatility()[::4])


def of(levels: np.ndarray, every: int) -> dict[Kind, tuple[Cells, Cells]]:
    return cells(levels, dict.fromkeys(KINDS, replace(COUNTED, every=every)))


def test_years_within_a_transition_tell_of_moves_alone() -> None:
    """Candidates and outcomes are those of the years at which transitions begin and end."""
    levels = made(np.random.default_rng(4), periods=8, regions=40, industries=10)
    kept = levels[starts(len(levels), Definition(every=3))]
    assert np.array_equal(kept, levels[[1, 4, 7]])
    for kind, whole in of(levels, 3).items():
        for one, alone in zip(whole, of(kept, 1)[kind], strict=True):
            for name in ("transition", "region", "industry", "start", "occurred", "relatedness"):
                assert np.array_equal(getattr(one, name), getattr(alone, name), equal_nan=True)
            assert not np.array_equal(one.volatility, alone.volatility)
    first = of(levels, 3)["entry"][0]
    assert first.volatility[first.transition == 0].any()  # from the year before the first start


def test_later_years_change_nothing_within_transitions_either() -> None:
    levels = made(np.random.default_rng(5), periods=9, regions=40, industries=10)
    other = levels.copy()
    other[6:] = other[6:, ::-1]
    for kind, (past, _) in of(levels, 4).items():
        same, known = of(other, 4)[kind][0], past.transition == 0
        assert np.array_equal(past.volatility[known], same.volatility[same.transition == 0])


def restless(seed: int) -> np.ndarray:
    """Counts of which every other industry's quotients wander by 0.4 a period, the rest by 0.1."""
    rng = np.random.default_rng(seed)
    place = rng.lognormal(0, 0.8, (120, 1)) * rng.lognormal(0, 0.5, (1, 30)) * 400
    log, levels = rng.normal(0, 0.6, (120, 30)), []
    for _ in range(7):
        levels.append(rng.poisson(place * np.exp(log)))
        log = 0.97 * log + rng.normal(0, 1, log.shape) * np.where(np.arange(30) % 2, 0.4, 0.1)
    return np.array(levels, dtype=float)


def test_what_moves_much_crosses_lines_sooner() -> None:
    found = tracks(restless(6), Definition(), np.random.default_rng(1))
    track = found["entry"]
    assert isinstance(track, Track)
    past, chance = track.cells, track.odds["plain"]
    moving = past.industry % 2 == 1
    last = past.transition == 5
    assert past.volatility[last & moving].mean() > 0.3 + past.volatility[last & ~moving].mean()
    for rows in (last & moving, last & ~moving):
        assert 0.7 < past.occurred[rows].sum() / chance[rows].sum() < 1.4
    assert chance[last & moving].mean() > 2 * chance[last & ~moving].mean()


def test_a_transition_spans_a_period_or_more() -> None:
    with pytest.raises(SonghuaError) as caught:
        Definition(every=0)
    assert caught.value.faults[0].code == "choice_definition"


def test_too_few_years_for_a_transition_are_refused() -> None:
    levels = made(np.random.default_rng(1), periods=5)
    for one in tracks(levels, Definition(every=5), np.random.default_rng(1)).values():
        assert isinstance(one, Refusal)
        assert one.reason == "one_period"


@pytest.mark.parametrize("definition", [Definition(), VALUE])
def test_a_region_alone_has_the_odds_that_the_whole_panel_gives(definition: Definition) -> None:
    """Odds from its own levels and the learnt model, without any other region's figures."""
    levels, names = restless(7)[1:], [f"i{at}" for at in range(30)]
    levels[2, 5, :4] = np.nan
    found = tracks(levels, definition, np.random.default_rng(1))
    learnt = learn(levels, definition, names, list("abcdef"), np.random.default_rng(1))
    assert len(learnt.kinds) == 2
    for taught in learnt.kinds:
        track = found[taught.kind]
        assert isinstance(track, Track)
        told_and_sealed = [(one.score, one.sealed) for one in taught.records]
        assert told_and_sealed == [(s, sealed) for sealed in (False, True) for s in track.odds]
        whole = odds(track, np.random.default_rng(2))
        for region in (0, 5, 60):
            place = place_of(learnt, levels[:, region], taught.definition)
            told, rows = chances_of(learnt, taught, place), whole.region == region
            assert np.array_equal(told.industry, whole.industry[rows])
            assert_close(told.chance, whole.chance[rows], rtol=1e-9)
            assert_close(told.columns[:, 4], track.still_open.volatility[rows], rtol=1e-9)
            assert_close(told.parts, whole.parts[rows], rtol=1e-7)
    unknown = place_of(learnt, np.full_like(levels[:, 0], np.nan), definition)
    assert np.isnan(unknown.quotient).all()
    assert not unknown.relatedness.any()
