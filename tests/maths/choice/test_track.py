"""Track records: refusals, the sealed last transition, and the accuracy of odds on made panels."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from close import assert_close
from panels import made
from songhua.errors import SonghuaError
from songhua.maths.choice import (
    FEATURES,
    KINDS,
    VALUE,
    Definition,
    Kind,
    Refusal,
    Track,
    fate,
    odds,
    one_in,
    tracks,
)
from songhua.maths.choice.odds import in_other_regions


def records(
    levels: np.ndarray, definition: Definition | None = None, seed: int = 1
) -> dict[Kind, Track]:
    """Both records; a refusal fails."""
    found = tracks(levels, definition or Definition(), np.random.default_rng(seed))
    kept: dict[Kind, Track] = {kind: one for kind, one in found.items() if isinstance(one, Track)}
    assert set(kept) == set(KINDS)
    return kept


@pytest.fixture(scope="module")
def wandering() -> np.ndarray:
    return made(np.random.default_rng(11), periods=6, regions=200, industries=40)


@pytest.fixture(scope="module")
def whole(wandering: np.ndarray) -> dict[Kind, Track]:
    return records(wandering)


def reasons(levels: np.ndarray, definition: Definition | None = None) -> list[str]:
    found = tracks(levels, definition or Definition(), np.random.default_rng(1))
    assert list(found) == list(KINDS)
    return [one.reason for one in found.values() if isinstance(one, Refusal)]


def test_one_period_has_no_odds() -> None:
    assert reasons(made(np.random.default_rng(1), periods=1)) == ["one_period"] * 2
    assert reasons(np.ones((1, 1, 1))) == ["one_period"] * 2


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("periods", [2, 4])
def test_noise_is_refused(seed: int, periods: int) -> None:
    levels = made(np.random.default_rng(seed), periods, 300, 30, size=60, change=0.0)
    assert reasons(levels) == ["noise"] * 2


def test_few_events_are_refused() -> None:
    levels = made(np.random.default_rng(1), periods=4, regions=8, industries=5)
    assert reasons(levels, VALUE) == ["few_events"] * 2


def test_what_is_no_panel_is_refused() -> None:
    good = made(np.random.default_rng(1), periods=3, regions=8, industries=5)
    bad = [good[0], good - 1e6, good[:0], np.where(good > 5, np.inf, good), good.astype(str)]
    for levels in bad:
        with pytest.raises(SonghuaError) as caught:
            tracks(levels, Definition(), np.random.default_rng(1))
        assert caught.value.faults[0].code == "choice_levels"
    with pytest.raises(SonghuaError):
        tracks(good, Definition(), np.random.default_rng(1), grown=good > 1)


def test_two_periods_are_told_across_regions(wandering: np.ndarray) -> None:
    for track in records(wandering[-2:]).values():
        assert track.scheme == "regions"
        assert track.told == ()
        assert track.drift.seen == 0
        assert track.scored.all()
        assert np.array_equal(track.sealed, track.scored)
        assert np.isnan(track.lasted)


def test_the_last_transition_has_no_say_in_its_own_odds(
    wandering: np.ndarray, whole: dict[Kind, Track]
) -> None:
    """Its levels are shuffled among regions: floors and all odds stand, only the record moves."""
    other = wandering.copy()
    other[-1] = np.random.default_rng(2).permutation(other[-1])
    for kind, track in records(other).items():
        assert track.definition == whole[kind].definition
        assert track.noise == whole[kind].noise
        assert track.told[:-1] == whole[kind].told[:-1]
        assert (track.told[-1].low, track.told[-1].high) != (0, 0)
        for name, chance in track.odds.items():
            assert_close(chance[track.scored], whole[kind].odds[name][whole[kind].scored])
        assert track.record(rows=track.sealed) != whole[kind].record(rows=whole[kind].sealed)


def test_what_lasts_is_told_from_what_was_known_by_then(wandering: np.ndarray) -> None:
    """Shuffled from a start's next period on, later levels change no odds that are told at it."""
    definition = Definition(held=2, gone=2)
    whole = records(wandering, definition)
    for kind, track in whole.items():
        assert [one.transition for one in track.told] == [2, 3]
        assert track.sealed.sum() == track.told[-1].n
        assert np.nanmean(track.lasted) > np.nanmean(records(wandering)[kind].lasted)
        other = wandering.copy()
        other[4:] = np.random.default_rng(2).permutation(other[4:], axis=1)
        again = records(other, replace(definition, floor=track.definition.floor))[kind]
        rows = track.cells.transition == 3
        for name in ("start", "plain", "full"):
            assert_close(
                track.odds[name][rows & track.scored],
                again.odds[name][(again.cells.transition == 3) & again.scored],
            )
        assert track.told[-1].expected == pytest.approx(again.told[-1].expected)


def test_of_what_cannot_have_lasted_yet_nothing_is_told(wandering: np.ndarray) -> None:
    assert reasons(wandering[:2], Definition(held=2)) == ["not_known"] * 2
    for track in records(wandering[:4], Definition(held=2, gone=2)).values():
        assert track.scheme == "regions"  # two transitions, of which neither was known at the other


def test_odds_of_made_panels_come_true(whole: dict[Kind, Track]) -> None:
    for track in whole.values():
        found, start = track.record(), track.record("start")
        assert 0.85 < found.events / found.expected < 1.15
        assert 0.7 < found.slope < 1.4
        assert found.auc > 0.7
        assert found.precision > start.rate
        assert track.noise is not None
        assert track.noise <= 0.25
        assert [one.transition for one in track.told] == [1, 2, 3, 4]
        assert sum(one.covered for one in track.told) >= 3
        assert track.sealed.sum() == track.told[-1].n
        assert 0.3 < track.lasted < 1


def test_bands_cover_events_of_many_made_panels() -> None:
    covered = []
    for seed in range(8):
        levels = made(np.random.default_rng(100 + seed), 5, 100, 25)
        covered += [one.covered for track in records(levels).values() for one in track.told]
    assert len(covered) == 48
    assert np.mean(covered) >= 0.8


def test_odds_of_the_last_period(whole: dict[Kind, Track]) -> None:
    for track in whole.values():
        found = odds(track, np.random.default_rng(4))
        assert len(found.chance) == len(track.still_open)
        assert np.all((found.low < found.chance) & (found.chance < found.high))
        assert np.all((found.low > 0) & (found.high < 1))
        assert abs(found.chance.mean() / found.rate - 1) < 0.3
        line = np.log(found.chance / (1 - found.chance)) - found.parts.sum(axis=1)
        assert_close(line, np.full(len(line), line[0]), rtol=1e-6)
        assert found.parts.shape[1] == len(FEATURES)
        assert found.score == "full" or not found.parts[:, 3].any()
        assert track.drift.seen == 4


def test_odds_after_two_periods_bear_the_assumed_drift(wandering: np.ndarray) -> None:
    for track in records(wandering[:2]).values():
        found = odds(track, np.random.default_rng(4))
        assert track.drift.seen == 0
        assert track.drift.spread == 0.35
        assert np.isfinite(found.chance).all()


def test_odds_come_true_at_the_next_period(wandering: np.ndarray, whole: dict[Kind, Track]) -> None:
    """Odds at the fifth period, compared with the sixth, which played no part."""
    for kind, track in records(wandering[:5]).items():
        found = odds(track, np.random.default_rng(4))
        later = whole[kind].cells
        last = later.transition == 4
        assert np.array_equal(later.region[last], found.region)
        assert np.array_equal(later.industry[last], found.industry)
        assert abs(np.log(later.occurred[last].sum() / found.chance.sum())) < 0.3
        again = whole[kind]
        assert_close(found.chance, again.odds[found.score][again.sealed], rtol=1e-6)


def test_past_candidates_of_like_odds_fared_as_they_were_told(whole: dict[Kind, Track]) -> None:
    for track in whole.values():
        found = odds(track, np.random.default_rng(4))
        past = fate(track).alike(found.chance)
        classes = np.unique(past.came)
        assert len(classes) == 5
        for share in classes.tolist():
            rows = past.came == share
            assert abs(np.log(share / found.chance[rows].mean())) < 0.5
            assert len(set(past.n[rows].tolist())) == 1
        events = np.unique(np.round(past.n * past.came))
        assert events.max() - events.min() <= 2  # a fifth of them each
        assert np.all((past.lasted > 0) & (past.lasted < 1))


def test_after_two_periods_nothing_is_known_to_last(wandering: np.ndarray) -> None:
    for track in records(wandering[:2]).values():
        past = fate(track).alike(odds(track, np.random.default_rng(4)).chance)
        assert np.isnan(past.lasted).all()


def test_the_same_seed_tells_the_same(wandering: np.ndarray, whole: dict[Kind, Track]) -> None:
    for kind, track in records(wandering).items():
        for name, chance in track.odds.items():
            assert np.array_equal(chance, whole[kind].odds[name], equal_nan=True)


def test_what_grew_may_be_judged_by_other_figures(wandering: np.ndarray) -> None:
    grown = wandering[1:] > wandering[:-1]
    same = tracks(wandering, VALUE, np.random.default_rng(1), grown)
    for kind, track in records(wandering, VALUE).items():
        assert np.array_equal(same[kind].cells.occurred, track.cells.occurred)  # pyright: ignore
    none = tracks(wandering, VALUE, np.random.default_rng(1), np.zeros_like(grown))
    assert none["entry"] == Refusal("entry", "few_events")
    assert isinstance(none["exit"], Track)


def test_frequencies_after_two_periods_are_those_of_other_regions(wandering: np.ndarray) -> None:
    """Events in a region move its own odds only by the fit, not by its own frequency."""
    track = records(wandering[:2])["exit"]
    cells = track.cells
    found = in_other_regions(track)
    region, industry = 3, int(cells.industry[cells.region == 3][0])
    other = (cells.region != region) & np.isfinite(cells.occurred)
    events = np.bincount(cells.industry[other], cells.occurred[other], found.shape[1])
    n = np.bincount(cells.industry[other], minlength=found.shape[1])
    usual = n * events.sum() / n.sum()
    assert_close(found[region], np.log((events + 2) / (usual + 2)))
    flipped = replace(
        cells, occurred=np.where(cells.region == region, 1 - cells.occurred, cells.occurred)
    )
    assert_close(in_other_regions(replace(track, cells=flipped))[region], found[region])
    assert np.isfinite(found[region, industry])
    told = odds(track, np.random.default_rng(1))
    again = in_other_regions(track)
    assert np.std(told.parts[:, 2]) > 0.05 * np.std(again)


def test_placebos_say_what_relatedness_gains_by_noise(whole: dict[Kind, Track]) -> None:
    assert all(track.noise_gain != 0 for track in whole.values())


def test_value_has_no_placebo(wandering: np.ndarray) -> None:
    for track in records(wandering, VALUE).values():
        assert track.noise is None
        assert track.noise_gain == 0.0
        assert track.definition == VALUE


@pytest.mark.parametrize(("chance", "n"), [(1.0, 1), (0.5, 2), (0.34, 3), (0.01, 100)])
def test_one_in_n(chance: float, n: int) -> None:
    assert one_in(chance) == n
