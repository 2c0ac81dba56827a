"""The space of industries: their moves in the region, and pairs that the same regions have."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Annotated

import numpy as np

from songhua.maths.complexity import backbone
from songhua.maths.levels import ratio
from songhua.results.columns import IndustryId, number
from songhua.studies.choose.basis import Basis
from songhua.studies.choose.candidates import Candidate


@dataclass(frozen=True, slots=True)
class SpaceLink:
    """A row of `links`: two industries that are linked in the space, and their proximity."""

    industry: IndustryId
    neighbour: IndustryId
    proximity: Annotated[float, number(decimals=2)]


def links(basis: Basis) -> Iterator[SpaceLink]:
    """The pairs of the panel's industries that are linked.

    >>> from songhua.studies.choose.example import town_basis
    >>> [*links(town_basis())]
    [SpaceLink(industry='food', neighbour='tools', proximity=0.5)]
    """
    names, near = basis.learnt.industries, np.array(basis.learnt.proximity)
    for a, b in backbone(near):
        yield SpaceLink(names[a], names[b], float(near[a, b]))


def with_quotients_before(rows: Sequence[Candidate], basis: Basis) -> Iterator[Candidate]:
    """The candidates, in the order of the panel's industries, with quotients of the first period.

    The quotient is the industry's share in the region over its share in all regions.

    >>> from songhua.studies.choose.example import town_basis
    >>> basis, rows = town_basis(), [Candidate("food", "enter"), Candidate("tools", "secure")]
    >>> [row.quotient_before for row in with_quotients_before(rows, basis)]  # 1/4, 3/4 by 1/2
    [0.5, 1.5]
    """
    levels, shares = basis.place.history[0], np.array(basis.learnt.before)
    quotients = ratio(ratio(levels, np.nansum(levels)), shares)
    for row, quotient in zip(rows, quotients.tolist(), strict=True):
        yield replace(row, quotient_before=quotient)
