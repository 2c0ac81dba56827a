"""Industries that a region could enter or lose: odds that were tested, or a refusal.

`Definition` says what entries and exits are. `tracks` states the odds of each past transition from
earlier ones, sets the outcomes beside them, and refuses panels whose events are mostly noise of
counting. `odds` are those of the last period. Arrays are period × region × industry.
"""

from songhua.maths.choice.backtest import SCORES, Gain
from songhua.maths.choice.bands import TestedTransition
from songhua.maths.choice.drift import BAND, Drift, assumed, band_of_count, band_of_odds, drift
from songhua.maths.choice.events import (
    KINDS,
    VALUE,
    Definition,
    Kind,
    State,
    candidates,
    crossed,
    happened,
    lower_bound,
    state,
)
from songhua.maths.choice.features import FEATURES, Cells, cells, past_frequency
from songhua.maths.choice.noise import FLOORS, Noise, noise, placebo, raised
from songhua.maths.choice.odds import Alike, Chances, Fate, Odds, fate, odds, one_in
from songhua.maths.choice.record import Record, intervals, record
from songhua.maths.choice.scores import Logistic, fit
from songhua.maths.choice.spans import starts
from songhua.maths.choice.track import Refusal, Track, tracks
from songhua.maths.scoring import reliability

__all__ = [
    "BAND",
    "FEATURES",
    "FLOORS",
    "KINDS",
    "SCORES",
    "VALUE",
    "Alike",
    "Cells",
    "Chances",
    "Definition",
    "Drift",
    "Fate",
    "Gain",
    "Kind",
    "Logistic",
    "Noise",
    "Odds",
    "Record",
    "Refusal",
    "State",
    "TestedTransition",
    "Track",
    "assumed",
    "band_of_count",
    "band_of_odds",
    "candidates",
    "cells",
    "crossed",
    "drift",
    "fate",
    "fit",
    "happened",
    "intervals",
    "lower_bound",
    "noise",
    "odds",
    "one_in",
    "past_frequency",
    "placebo",
    "raised",
    "record",
    "reliability",
    "starts",
    "state",
    "tracks",
]
