"""Certainty of the order of candidates: their places when coefficients are drawn anew."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

import numpy as np

from songhua.maths.choice import Chances
from songhua.maths.choice.backtest import REGRESSIONS
from songhua.maths.choice.learnt import Taught
from songhua.results import QUANTILES
from songhua.results.columns import Estimate, IndustryId, choice, estimate, number
from songhua.studies.choose.definition import rules

#: The number of candidates that count as the first.
FIRST = 10


@dataclass(frozen=True, slots=True)
class OrderRow:
    """A row of `order`: the place of a candidate, and how often it is among the first ten.

    Drift of the level moves all candidates of a kind alike, and no place.
    """

    kind: Annotated[str, choice("choice_kind")]
    industry: IndustryId
    rank: int
    places: Annotated[
        Estimate,
        estimate(kind="interval", decimals=0, names=("rank_middle", "rank_low", "rank_high")),
    ]
    first_ten: Annotated[float, number(unit="%", decimals=0)]


def order_rows(
    taught: Taught, chances: Chances, industries: tuple[str, ...], rng: np.random.Generator
) -> list[OrderRow]:
    """The order of one kind under the doubt of the fit, the likeliest first.

    Coefficients are drawn 1,000 times as normal, with the fit's covariance; the ends are those of
    90 % of a candidate's places.

    Args:
        taught: what was learnt of the kind.
        chances: the odds of its candidates.
        industries: of the panel.
        rng: draws coefficients.

    >>> from songhua.maths.choice.learnt import chances_of
    >>> from songhua.studies.choose.example import town_basis
    >>> basis, rng = town_basis(), np.random.default_rng(0)
    >>> entry = basis.kinds["entry"]
    >>> chances = chances_of(basis.learnt, entry, basis.place)
    >>> (row,) = order_rows(entry, chances, basis.learnt.industries, rng)
    >>> row.industry, row.rank, row.places.low, row.places.high, row.first_ten
    ('food', 1, 1.0, 1.0, 100.0)
    """
    n = len(chances.industry)
    if not n:
        return []
    design = taught.odds.design(chances.columns[:, [*REGRESSIONS[taught.score]]])
    values, vectors = np.linalg.eigh(np.array(taught.odds.covariance))
    root = vectors * np.sqrt(np.maximum(values, 0.0))
    draws = rng.standard_normal((rules().draws, len(values)))
    weights = np.array(taught.odds.weights) + draws @ root.T
    places = _places(design @ weights.T)
    ranks = _places(chances.chance[:, np.newaxis])[:, 0]
    drawn = np.quantile(places, QUANTILES, axis=1)
    often = (places <= FIRST).mean(axis=1) * 100
    rows = [
        OrderRow(
            taught.kind,
            industries[int(at)],
            int(ranks[row]),
            Estimate.drawn(*drawn[:, row]),
            float(often[row]),
        )
        for row, at in enumerate(chances.industry)
    ]
    return sorted(rows, key=lambda row: row.rank)


def _places(odds: np.ndarray) -> np.ndarray:
    """Places down each column, 1 for the greatest; of equal ones the first stands first.

    >>> _places(np.array([[0.1], [0.3], [0.2]])).ravel().tolist()
    [3, 1, 2]
    """
    return np.argsort(np.argsort(-odds, axis=0, kind="stable"), axis=0, kind="stable") + 1
