"""Lessons of a panel of many regions: margins, coefficients, record, without its figures."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from songhua.errors import SonghuaError
from songhua.maths.choice.events import Array, Definition, State
from songhua.maths.choice.events import state as state_of
from songhua.maths.choice.features import beside_all, present
from songhua.maths.choice.learnt import Learnt, Scored, Taught
from songhua.maths.choice.noise import prior
from songhua.maths.choice.odds import fate, fitted
from songhua.maths.choice.record import intervals
from songhua.maths.choice.scores import fit
from songhua.maths.choice.track import Refusal, Track, tracks
from songhua.maths.choice.volatility import Means, Moves
from songhua.maths.complexity import complexity_indices, kernels
from songhua.maths.fault_kinds import ChoiceNothing
from songhua.maths.levels import ratio
from songhua.maths.scoring import reliability


def learn(
    levels: Array,
    definition: Definition,
    industries: Sequence[str],
    periods: Sequence[str],
    rng: np.random.Generator,
) -> Learnt:
    """The margins, coefficients and records of a panel.

    Args:
        levels: period × region × industry, jobs or value; missing where not known.
        definition: what an entry and an exit are.
        industries: their names.
        periods: their names.
        rng: draws placebos and regions.

    Raises:
        SonghuaError: `choice_levels`, when the levels are no such array of numbers from zero up;
            `choice_nothing`, where all of them are zero in a period.

    >>> counts = np.random.default_rng(1).poisson(200, (1, 40, 6)).astype(float)
    >>> panel = learn(counts, Definition(), list("abcdef"), ["2020"], np.random.default_rng(0))
    >>> [(refusal.kind, refusal.reason) for refusal in panel.refused]
    [('entry', 'one_period'), ('exit', 'one_period')]
    """
    records = tracks(levels, definition, rng)
    blank = [name for name, values in zip(periods, levels, strict=True) if not np.nansum(values)]
    if blank:
        raise SonghuaError(ChoiceNothing(periods=tuple(blank)))
    states = [state_of(values, definition) for values in levels]
    priors = tuple(prior(state, definition) for state in states)
    kinds: list[Taught] = []
    for record in records.values():
        if isinstance(record, Track):
            kinds.append(_taught(record, _moves_of(states, priors, record.definition), rng))
    near, effects, scale = related(states[-1].quotient)
    return Learnt(
        levels.shape[1],
        tuple(industries),
        tuple(periods),
        tuple(map(_shares, states)),
        priors,
        tuple(map(tuple, near.tolist())),
        tuple(effects.tolist()),
        scale,
        tuple(_complexities(states[-1].quotient).tolist()),
        tuple(kinds),
        tuple(record for record in records.values() if isinstance(record, Refusal)),
    )


def _moves_of(states: list[State], priors: tuple[float, ...], definition: Definition) -> Means:
    """The mean moves of quotients in all periods."""
    moves = Moves(definition, 1)
    for state, k in zip(states, priors, strict=True):
        moves.add(state, k)
    return moves.means()


def _shares(period: State) -> tuple[float, ...]:
    """The share of each industry in the sum of all."""
    columns = np.nansum(period.level, axis=0)
    return tuple((columns / columns.sum()).tolist())


def related(quotients: Array) -> tuple[Array, Array, float]:
    """Proximity, the industries' effects on density, and the scale of the residuals.

    So that the relatedness of `features` is (d - c - mean of (d - c) over industries) / scale for
    a region's densities d and the effects c.

    >>> near, effects, scale = related(np.array([[2.0, 2.0, 0], [2, 0, 2], [0, 0, 2]]))
    >>> near.round(2).tolist()
    [[0.0, 0.5, 0.5], [0.5, 0.0, 0.0], [0.5, 0.0, 0.0]]
    """
    presence = present(quotients)
    joint, single = kernels.pair_counts(presence)
    near = ratio(joint, np.maximum(single, single.T))
    np.fill_diagonal(near, 0)
    density = kernels.related_share(presence, near)
    residual = kernels.double_demeaned(density)
    whole = np.flatnonzero(~np.isnan(residual).any(axis=1))
    effects = density[whole[0]] - residual[whole[0]] if len(whole) else np.full(len(near), np.nan)
    finite = residual[~np.isnan(residual)]
    scale = float(finite.std()) if finite.size else 0.0
    return np.nan_to_num(near), effects, scale if scale > 0 else 1.0


def _complexities(quotients: Array) -> Array:
    """The industries' complexity (PCI) by regions without a gap; empty where there is none."""
    presence = present(quotients)
    try:
        indices = complexity_indices(pd.DataFrame(presence[~np.isnan(presence).any(axis=1)]))
    except SonghuaError:
        return np.zeros(0)
    return indices.industries.to_numpy()


def _taught(track: Track, moves: Means, rng: np.random.Generator) -> Taught:
    """The lesson of a record, as `odds` would use it."""
    score, past, _, regression = fitted(track, rng)
    outcomes = track.cells.occurred
    alone, two = fit(past[:, :1], outcomes), fit(past[:, :2], outcomes)
    events, chances = np.zeros((2, track.shape[2]))
    np.add.at(events, track.cells.industry, outcomes)
    np.add.at(chances, track.cells.industry, 1.0)
    tested = track.scored
    return Taught(
        track.kind,
        track.definition,
        track.noise,
        track.scheme,
        len(outcomes),
        int(outcomes.sum()),
        score,
        regression,
        alone,
        two.weights[1:],
        tuple(beside_all(events, chances).tolist()),
        track.drift,
        track.lasted,
        track.gain,
        track.noise_gain,
        moves,
        track.told,
        tuple(_records(track, rng)),
        reliability(track.odds["stated"][tested], outcomes[tested]),
        fate(track),
    )


def _records(track: Track, rng: np.random.Generator) -> list[Scored]:
    """The record of each score, on all stated odds and on the last transition."""
    records = []
    for sealed in (False, True) if track.scheme == "periods" else (False,):
        rows = track.sealed if sealed else track.scored
        for score in track.odds:
            chance = track.odds[score][rows]
            ends = intervals(chance, track.cells.occurred[rows], track.cells.region[rows], rng)
            records.append(Scored(score, sealed, track.record(score, rows), *ends))
    return records
