"""Influence of each figure on cells and industries, and its position beside all others."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy.special import ndtr

from songhua.maths.bounds import as_interval
from songhua.results import Estimate
from songhua.studies.accounts.account_draws import NEGLIGIBLE_WIDTH, AccountDraws
from songhua.studies.accounts.accounts import Accounts, likely
from songhua.studies.accounts.cell_rows import Ends, MeasuredIndustry, possible
from songhua.studies.accounts.left_out import WithoutFigure
from songhua.studies.accounts.readings import CELLS, Reading
from songhua.studies.accounts.rows import Influence, Tension

#: A figure is named that removes this part of the width without it, or moves the middle or an end
#: by as much; and how many are named at most.
NOTABLE, MOST_NAMED = 0.2, 5
#: The position beyond which a figure lies far from what the rest lets expect, in percent.
FAR = 95.0


@dataclass(frozen=True, eq=False)
class _Subject:
    """A cell or an industry with its possible ends and its likely size."""

    labels: tuple[str, str, str, str]
    certain: Ends
    assumed: Ends
    likely: Estimate


def influences(
    accounts: Accounts, industries: Sequence[MeasuredIndustry], without: Sequence[WithoutFigure]
) -> Iterator[Influence]:
    """For each industry and each cell the figures without which it would be least known.

    Ends are those of linear programmes without the figure; of those that do not rest on it none is
    solved again, for they stay. Likely sizes come from `maths.accounts.left_out`.
    """
    for at, industry in enumerate(industries):
        if accounts.progress is not None:
            accounts.progress(at, len(industries), "influence")
        drawn = accounts.draws and industry.drawn(accounts.draws, industry.printed_size)
        certain, assumed = (extremes.within(industry.printed_size) for extremes in industry.bounds)
        subject = _Subject(
            (industry.industry, "", "", industry.measure), certain, assumed, likely(drawn)
        )
        yield from _strongest(
            accounts, subject, [(case, _industry(case, industry)) for case in without]
        )
    apart = {("output", code) for code in accounts.system.apart}
    for k, cell in enumerate(accounts.system.cells):
        if cell in apart:
            continue
        measure, code = cell
        drawn = accounts.draws and accounts.draws.of(cell)
        labels = ("", accounts.nation.table, code, measure)
        subject = _Subject(labels, accounts.certain[k], accounts.assumed[k], likely(drawn))
        alternatives: list[tuple[WithoutFigure, _Subject]] = []
        for case in without:
            (certain, assumed), estimate = case.cells, likely(case.draws and case.draws.of(cell))
            alternatives.append((case, _Subject(labels, certain[cell], assumed[cell], estimate)))
        yield from _strongest(accounts, subject, alternatives)


def _industry(case: WithoutFigure, industry: MeasuredIndustry) -> _Subject:
    """An industry without a figure, which may be its own size."""
    own_size = industry.printed is not None and industry.printed.id == case.observation.id
    printed = None if own_size else industry.printed_size
    bounds = case.extremes(industry.measure, industry.perimeter, industry.bounds)
    certain, assumed = (bound.within(printed) for bound in bounds)
    drawn = case.draws and industry.drawn(case.draws, printed)
    labels = (industry.industry, "", "", industry.measure)
    return _Subject(labels, certain, assumed, likely(drawn))


def _strongest(
    accounts: Accounts, subject: _Subject, without: Sequence[tuple[WithoutFigure, _Subject]]
) -> Iterator[Influence]:
    """The figures that do most to a subject, the first the one that does most."""
    ranked = [(_weight(subject, reduced), case, reduced) for case, reduced in without]
    ranked = [entry for entry in ranked if entry[0] > NOTABLE]
    for _, case, reduced in sorted(ranked, key=lambda entry: -entry[0])[:MOST_NAMED]:
        figure = case.observation
        yield Influence(
            *subject.labels,
            accounts.nation.unit,
            figure.indicator,
            figure.industry,
            figure.entity,
            figure.period,
            figure.value,
            figure.unit,
            _narrows(subject, reduced) * 100,
            *possible(reduced.certain, reduced.assumed),
            reduced.likely,
            case.ids,
        )


def _weight(with_: _Subject, without: _Subject) -> float:
    """Weight of a figure: the part of a width that it removes, or its move of the middle.

    Where nothing is likely, by how much the ends move. Nothing, where the rest says it too.
    """
    width = _width(without)
    if 0 < width <= NEGLIGIBLE_WIDTH:
        return 0.0
    if width > 0:
        moved = abs(math.log(with_.likely.value / without.likely.value)) / width
        return max(_narrows(with_, without), moved)
    return max(
        _moved(full, less)
        for full, less in ((with_.certain, without.certain), (with_.assumed, without.assumed))
    )


def _width(subject: _Subject) -> float:
    """The width of the likely interval, in logarithms; nought where there is none."""
    return math.log(subject.likely.high / subject.likely.low) if subject.likely.low > 0 else 0.0


def _narrows(with_: _Subject, without: _Subject) -> float:
    """The part of the width without a figure that it takes away; no number where none is likely."""
    width = _width(without)
    return max(1 - _width(with_) / width, 0.0) if width > 0 else math.nan


def _moved(first: Ends, second: Ends) -> float:
    """The larger move of an end between two intervals, as a part of the higher value."""
    largest = 0.0
    for end, other_end in ((first.low, second.low), (first.high, second.high)):
        if end != other_end:
            most = max(end, other_end)
            largest = max(largest, 1.0 if math.isinf(most) else 1 - min(end, other_end) / most)
    return largest


def tensions(accounts: Accounts, without: Sequence[WithoutFigure]) -> Iterator[Tension]:
    """The position of each figure among its values as all others let expect them."""
    soft = {ratio.name: ratio for ratio in accounts.system.likely(accounts.share)}
    for case in without:
        if case.draws is None or accounts.draws is None:
            continue
        # what some figures make likely together is one thing to be compared
        for reading in case.readings[:1] if case.readings[0].likely else case.readings:
            ratio = reading.likely and soft[reading.likely.name]
            position = _position(replace(reading, likely=ratio), case.draws) * 100
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
                _expected(accounts, reading, accounts.draws, case.draws),
                case.ids if reading.likely else reading.ids,
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
        least = np.array([weight.low for weight in weights]) @ rows
        most = np.array([weight.high for weight in weights]) @ rows
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
    """The expected figure by all other figures: 5, 50 and 95 % of draws, in its own unit.

    A figure is proportional to its size, or to that size over its whole. A floor has no expected
    figure: it may lie far below the size.
    """
    if reading.how.startswith("floor") or reading.constraint is None:
        return Estimate()
    size, size_without = (_size_in_draws(accounts, reading, sample) for sample in (draws, without))
    if size is None or size_without is None:
        return Estimate()
    return likely(size_without).times(reading.observation.value / float(np.median(size)))


def _size_in_draws(accounts: Accounts, reading: Reading, draws: AccountDraws) -> np.ndarray | None:
    """Draws of the quantity that a figure measures: an industry's size, or share of its whole."""
    figure = reading.observation
    measure = accounts.figures.region.indicator(figure.indicator).measure
    sizes: list[np.ndarray] = []
    for name in (figure.industry, *([reading.whole] if reading.whole else [])):
        perimeter = accounts.perimeters.find(name, measure)
        if perimeter is None:
            return None
        weights = {
            code: (weight.low + weight.high) / 2 for code, weight in perimeter.assumed.items()
        }
        values = draws.measure(CELLS[measure], list(weights))
        sizes.append(np.array(list(weights.values())) @ values)
    return sizes[0] / sizes[1] if reading.whole else sizes[0]
