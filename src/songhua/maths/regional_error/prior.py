"""A prior of unpublished output by industry of a region, as an assumption."""

from __future__ import annotations

import numpy as np
import pandas as pd

from songhua.errors import SonghuaError
from songhua.labels import align
from songhua.maths.ensemble import dirichlet
from songhua.maths.fault_kinds import PriorAboveTotal
from songhua.maths.levels import ROUNDING, sizes


def output_prior(
    totals: pd.Series,
    national_output: pd.Series,
    sectors: pd.Series,
    concentration: float,
    count: int,
    seed: int,
    observed: pd.Series | None = None,
) -> pd.DataFrame:
    """Draws of output by industry: the nation's structure within each observed sector total.

    Within a sector the shares follow a Dirichlet distribution whose means are the nation's.
    Observed output of an industry is kept as it is, and the rest of its sector is spread over the
    others in the same way, which is the conditional Dirichlet distribution.

    Every result that rests on these draws is driven by assumption, and must say so.

    Args:
        totals: the region's output by sector.
        national_output: the nation's output by industry.
        sectors: the sector of each industry.
        concentration: how close to the nation's structure, above zero: the variance of a share s
            is s (1 - s) / (concentration + 1).
        count: how many draws.
        seed: as in `ensemble.draws`; each industry has its own stream.
        observed: the region's output of some industries, if comparable figures exist: the same
            unit, year, concept and coverage as the totals.

    Returns:
        Draw × industry, adding up to the totals.

    Raises:
        SonghuaError: `prior_above_total`, one for each sector whose observed industries pass its
            total, or are all there are and do not fill it; `labels_differ`; `level_impossible`;
            `ensemble_shares`, for a sector without output in the nation.

    >>> totals, nation = pd.Series({"industry": 100}), pd.Series({"food": 30, "steel": 70})
    >>> sectors = pd.Series({"food": "industry", "steel": "industry"})
    >>> output_prior(totals, nation, sectors, 50, 2000, 1).mean().round(0).to_dict()
    {'food': 30.0, 'steel': 70.0}
    >>> output_prior(totals, nation, sectors, 50, 1, 1, pd.Series({"food": 45})).to_dict("list")
    {'food': [45.0], 'steel': [55.0]}
    """
    nation, sector = align(national_output, sectors)
    published = pd.Series(dtype=float) if observed is None else observed
    for table in (totals, nation, published):
        sizes(table)
    align(pd.Series(0, index=totals.index), pd.Series(0, index=pd.Index(sector.unique())))
    align(published, pd.Series(0, index=nation.index.intersection(published.index)))
    columns: dict[object, pd.Series | np.ndarray | float] = {}
    faults = []
    for name in totals.index:
        members = nation.index[sector == name]
        fixed = published[published.index.intersection(members)]
        free, open_ = float(totals[name] - fixed.sum()), members.difference(fixed.index, sort=False)
        # what the order of additions leaves of nothing is nothing
        free = 0.0 if abs(free) <= ROUNDING * float(totals[name]) else free
        if free < 0 or (free > 0 and not len(open_)):
            faults.append(
                PriorAboveTotal(sector=str(name), total=float(totals[name]), sum=float(fixed.sum()))
            )
            continue
        columns |= {label: float(fixed[label]) for label in fixed.index}
        if len(open_):
            # among the open industries as sure as their part of the sector makes it
            part = nation[open_].sum() / max(nation[members].sum(), np.finfo(float).tiny)
            shares = dirichlet(nation[open_], concentration * part, count, seed, f"output {name}")
            columns |= {label: shares[label] * free for label in open_}
    if faults:
        raise SonghuaError(*faults)
    index = pd.RangeIndex(count, name="draw")
    return pd.DataFrame(columns, index)[list(nation.index)].astype(float)
