"""Any panel of sizes gives odds between 0 and 1 with bands, or a refusal; never anything else."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from examples import examples
from panels import made
from songhua.maths.choice import (
    KINDS,
    SCORES,
    VALUE,
    Definition,
    Refusal,
    odds,
    tracks,
)


@st.composite
def panels(draw: st.DrawFn) -> tuple[np.ndarray, Definition]:
    """Made panels with holes: cells, regions, industries or a period empty or missing."""
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    shape = draw(st.integers(1, 5)), draw(st.integers(1, 60)), draw(st.integers(1, 12))
    size = draw(st.sampled_from([3.0, 100.0, 1e7]))
    levels = made(rng, *shape, size=size, change=draw(st.sampled_from([0.0, 0.3, 1.5])))
    for _ in range(draw(st.integers(0, 3))):
        hole = [slice(None), slice(None), slice(None)]
        axis = draw(st.integers(0, 2))
        hole[axis] = slice(0, draw(st.integers(0, 2)))
        hole[(axis + 1) % 3] = slice(0, draw(st.integers(0, 60)))
        levels[tuple(hole)] = draw(st.sampled_from([0.0, np.nan, 5.0]))
    if draw(st.booleans()):
        levels[rng.random(levels.shape) < 0.1] = np.nan
    if not np.isnan(levels).any() and draw(st.booleans()):
        levels = levels.astype(int)
    floors = st.sampled_from([0.0, 30.0])
    counted = Definition(floor=draw(floors), rounded=draw(st.sampled_from([1.0, 3.0])))
    running = {name: draw(st.integers(1, 3)) for name in ("held", "gone")}
    return levels, replace(draw(st.sampled_from([VALUE, counted])), **running)


@examples(2.0)
@given(panels())
def test_any_panel_gives_odds_or_a_refusal(given: tuple[np.ndarray, Definition]) -> None:
    levels, definition = given
    found = tracks(levels, definition, np.random.default_rng(1))
    assert list(found) == list(KINDS)
    for track in found.values():
        if isinstance(track, Refusal):
            assert track.reason in {"one_period", "not_known", "noise", "few_events"}
            continue
        for score in SCORES:
            told = track.odds[score][track.scored]
            assert np.all((told > 0) & (told < 1))
            track.record(score)
        for one in track.told:
            assert 0 <= one.low <= one.expected <= one.high < np.inf
        last = odds(track, np.random.default_rng(1))
        assert np.all((last.low > 0) & (last.low <= last.chance) & (last.chance <= last.high))
        assert np.all(last.high < 1)
