"""Plausibility: figures that are well formed and hardly right, each with the numbers beside it.

A warning is no fault. It names a figure near a power of ten times what its series says, a level
against its own published growth, a total outside its parts, an answer far from the last figure.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from songhua.checks.plausibility import answers, growth_figures, parts, series_figures
from songhua.checks.plausibility.judged_figures import figures
from songhua.errors import Fault
from songhua.region import Region

__all__ = ["Judgement", "doubts", "judge", "of_answers", "speaking_of"]


class Judgement(NamedTuple):
    """The warnings of a region, and what cannot be judged.

    `unseen` has of each indicator the series that vary too much for an error of ten times to be
    seen, and all its series.
    """

    warnings: list[Fault]
    unseen: dict[str, tuple[int, int]]


def doubts(region: Region) -> list[Fault]:
    """All warnings of a region's observations, panels and answers; none where all is plausible.

    >>> import songhua
    >>> doubts(songhua.open(songhua.example("skeleton")).region)
    []
    """
    return judge(region).warnings


def judge(region: Region) -> Judgement:
    """All warnings, and what cannot be judged, by one look at the series.

    >>> import songhua
    >>> judge(songhua.open(songhua.example("skeleton")).region)
    Judgement(warnings=[], unseen={})
    """
    judged = figures(region)
    if judged.empty:
        return Judgement([], {})
    off, unseen = series_figures.off_series(judged)
    rates, unseen_rates = series_figures.rates_off_series(judged)
    off += rates
    if off:
        flagged = np.zeros(len(judged), dtype=bool)
        flagged[[at for at, _ in off]] = True
        judged = judged[~flagged].reset_index(drop=True)
    warnings = [
        *(warning for _, warning in off),  # a figure named already is left out below
        *series_figures.sources_apart(judged),
        *growth_figures.levels_off_growth(region, judged),
        *parts.totals_off_parts(region, judged),
        *parts.growth_outside_parts(region, judged),
        *answers.off_last(region, judged),
    ]
    return Judgement(warnings, unseen | unseen_rates)


def of_answers(region: Region) -> list[Fault]:
    """The warnings of a region's answers alone."""
    return list(answers.off_last(region, figures(region)))


def speaking_of(region: Region, indicators: Collection[str]) -> Region:
    """The region with the figures of some indicators alone, and of their growth and levels."""
    names, of = set(indicators), region.relations.underlying
    names |= {id for id in region.catalogue if of(id) in indicators}
    names |= {of(id) for id in region.catalogue if id in indicators} - {""}
    figures = region.figures.where(region.figures.all_rows.have(indicator=names))
    reviews = region.reviews
    reviews = reviews[reviews.indicator.isin(names)] if len(reviews) else reviews
    return replace(region, figures=figures, reviews=reviews)
