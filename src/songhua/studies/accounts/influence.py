"""What each figure does to cells and industries, and how it lies beside all the rest."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy.special import ndtr

from songhua.maths.bounds import as_interval
from songhua.results import Estimate
from songhua.studies.accounts.account_draws import KNOWN, AccountDraws
from songhua.studies.accounts.accounts import Accounts, likely
from songhua.studies.accounts.cell_rows import Ends, IndustryOf, possible
from songhua.studies.accounts.left_out import WithoutFigure
from songhua.studies.accounts.readings import CELLS, Reading
from songhua.studies.accounts.rows import Influence, Tension

#: A figure is named that takes this part of the width without it, or moves the middle or an end by
#: as much; and how many are named at most.
NOTABLE, NAMED = 0.2, 5
#: The position beyond which a figure lies far from what the rest lets expect, in percent.
FAR = 95.0


@dataclass(frozen=True, eq=False)
class _Subject:
    """A cell or an industry with what is possible and likely of it; `without` each figure."""

    labels: tuple[str, str, str, str]
    certain: Ends
    assumed: Ends
    likely: Estimate


def influences(
    accounts: Accounts, industries: Sequence[IndustryOf], without: Sequence[WithoutFigure]
) -> Iterator[Influence]:
    """For each industry and each cell the figures without which it would be least known.

    Ends are those of linear programmes without the figure; of those that do not rest on it none is
    solved again, for they stay. What is likely comes from `maths.accounts.left_out`.
    """
    for at, industry in enumerate(industries):
        if accounts.progress is not None:
            accounts.progress(at, len(industries), "influence")
        drawn = accounts.draws and industry.drawn(accounts.draws, industry.told)
        certain, assumed = (one.within(industry.told) for one in industry.bounds)
        subject = _Subject(
            (industry.industry, "", "", industry.measure), certain, assumed, likely(drawn)
        )
        yield from _named(accounts, subject, [(one, _industry(one, industry)) for one in without])
    apart = {("output", code) for code in accounts.system.apart}
    for k, cell in enumerate(accounts.system.cells):
        if cell in apart:
            continue
        measure, code = cell
        drawn = accounts.draws and accounts.draws.of(cell)
        labels = ("", accounts.nation.table, code, measure)
        subject = _Subject(labels, accounts.certain[k], accounts.assumed[k], likely(drawn))
        others: list[tuple[WithoutFigure, _Subject]] = []
        for one in without:
            (certain, assumed), rest = one.cells, likely(one.draws and one.draws.of(cell))
            others.append((one, _Subject(labels, certain[cell], assumed[cell], rest)))
        yield from _named(accounts, subject, others)


def _industry(one: WithoutFigure, industry: IndustryOf) -> _Subject:
    """An industry without a figure, which may be its own size."""
    own = industry.printed is not None and industry.printed.id == one.observation.id
    told = None if own else industry.told
    bounds = one.extremes(industry.measure, industry.perimeter, industry.bounds)
    certain, assumed = (bound.within(told) for bound in bounds)
    drawn = one.draws and industry.drawn(one.draws, told)
    labels = (industry.industry, "", "", industry.measure)
    return _Subject(labels, certain, assumed, likely(drawn))


def _named(
    accounts: Accounts, subject: _Subject, without: Sequence[tuple[WithoutFigure, _Subject]]
) -> Iterator[Influence]:
    """The figures that do most to a subject, the first the one that does most."""
    found = [(_weight(subject, other), one, other) for one, other in without]
    found = [each for each in found if each[0] > NOTABLE]
    for _, one, other in sorted(found, key=lambda each: -each[0])[:NAMED]:
        figure = one.observation
        yield Influence(
            *subject.labels,
            accounts.nation.unit,
            figure.indicator,
            figure.industry,
            figure.entity,
            figure.period,
            figure.value,
            figure.unit,
            _narrows(subject, other) * 100,
            *possible(other.certain, other.assumed),
            other.likely,
            one.ids,
        )


def _weight(with_: _Subject, without: _Subject) -> float:
    """What a figure does: the part of a width that it takes, or how far it moves the middle in it.

    Where nothing is likely, by how much the ends move. Nothing, where the rest says it too.
    """
    width = _width(without)
    if 0 < width <= KNOWN:
        return 0.0
    if width > 0:
        moved = abs(math.log(with_.likely.value / without.likely.value)) / width
        return max(_narrows(with_, without), moved)
    return max(
        _moved(one, other)
        for one, other in ((with_.certain, without.certain), (with_.assumed, without.assumed))
    )


def _width(one: _Subject) -> float:
    """The width of what is likely, in logarithms; nought where nothing is."""
    return math.log(one.likely.high / one.likely.low) if one.likely.low > 0 else 0.0


def _narrows(with_: _Subject, without: _Subject) -> float:
    """The part of the width without a figure that it takes away; no number where none is likely."""
    width = _width(without)
    return max(1 - _width(with_) / width, 0.0) if width > 0 else math.nan


def _moved(one: Ends, other: Ends) -> float:
    """By what part of the higher of two an end of an interval moves."""
    found = 0.0
    for here, there in ((one.low, other.low), (one.high, other.high)):
        if here != there:
            most = max(here, there)
            found = max(found, 1.0 if math.isinf(most) else 1 - min(here, there) / most)
    return found


def tensions(accounts: Accounts, without: Sequence[WithoutFigure]) -> Iterator[Tension]:
    """Where each figure lies among what the rest lets expect of it."""
    soft = {one.name: one for one in accounts.system.likely(accounts.share)}
    for one in without:
        if one.draws is None or accounts.draws is None:
            continue
        # what some figures make likely together is one thing to be compared
        for reading in one.readings[:1] if one.readings[0].likely else one.readings:
            said = reading.likely and soft[reading.likely.name]
            position = _position(replace(reading, likely=said), one.draws) * 100
            figure = reading.observation
            yield Tension(
                figure.indicator,
                figure.industry,
                figure.entity,
                figure.period,
                figure.value,
                figure.unit,
                position,
                max(position, 100 - position) > (100 + FAR) / 2,
                _expected(accounts, reading, accounts.draws, one.draws),
                one.ids if reading.likely else reading.ids,
            )


def _position(reading: Reading, draws: AccountDraws) -> float:
    """The part of draws that lie below a figure; those that it allows count half.

    >>> from songhua.maths.accounts import Constraint
    >>> from songhua.region.observations import Observation
    >>> cell = ("output", "food")
    >>> draws = AccountDraws((cell,), np.array([[1.0, 2.0, 3.0, 4.0]]), 1.0, 400.0)
    >>> rule = Constraint("food", {cell: 1}, 2.9, 3.1)
    >>> _position(Reading(Observation.of("output", "2021", "3"), "level", rule), draws)
    0.625
    """
    rule, soft = reading.constraint, reading.likely
    if rule is not None:
        rows = np.array([draws.of(cell) for cell in rule.terms])
        weights = [as_interval(weight) for weight in rule.terms.values()]
        least = np.array([one.low for one in weights]) @ rows
        most = np.array([one.high for one in weights]) @ rows
        below, above = most < rule.low, least > rule.high
        return float((below + (1 - (below | above)) / 2).mean())
    if soft is None:
        return math.nan
    sums = [
        np.array([draws.of(cell) * weight for cell, weight in of.items()]).sum(axis=0)
        for of in (soft.of, soft.per)
        if of
    ]
    logs = np.log(sums[0]) - (np.log(sums[1]) if len(sums) > 1 else 0.0)
    return float(ndtr((soft.mean - logs) / soft.sd).mean())


def _expected(
    accounts: Accounts, reading: Reading, draws: AccountDraws, without: AccountDraws
) -> Estimate:
    """5, 50 and 95 % of what the rest lets expect of a figure, in its own unit.

    A figure is in proportion to the size that it tells of, or to that over its whole. Of a floor
    nothing is told: it may lie far below.
    """
    if reading.how.startswith("floor") or reading.constraint is None:
        return Estimate()
    told, rest = (_told(accounts, reading, one) for one in (draws, without))
    if told is None or rest is None:
        return Estimate()
    return likely(rest).times(reading.observation.value / float(np.median(told)))


def _told(accounts: Accounts, reading: Reading, draws: AccountDraws) -> np.ndarray | None:
    """What a figure tells in each draw: the size of its industry, or its share of its whole."""
    figure = reading.observation
    measure = accounts.figures.region.indicator(figure.indicator).measure
    sizes: list[np.ndarray] = []
    for name in (figure.industry, *([reading.whole] if reading.whole else [])):
        perimeter = accounts.perimeters.find(name, measure)
        if perimeter is None:
            return None
        weights = {code: (one.low + one.high) / 2 for code, one in perimeter.assumed.items()}
        values = draws.measure(CELLS[measure], list(weights))
        sizes.append(np.array(list(weights.values())) @ values)
    return sizes[0] / sizes[1] if reading.whole else sizes[0]
