"""Growth of a whole beside that of its parts and their shares of the year before.

Growth is real, so it changes no level of this year. Its constraints are separate from the cells,
and serve only to find contradictions. Sizes are those of the year before at the prices of growth;
sizes printed in other prices may differ by the assumed movement of prices.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from songhua.labels import parse_period
from songhua.maths.accounts import Constraint, Constraints
from songhua.maths.bounds import Interval
from songhua.region import Region
from songhua.region.observations import Observation
from songhua.studies.accounts.readings import ends, prices_between

UNITY = Interval(1, 1)


def growth_mixes(
    region: Region, figures: Sequence[Observation], year: int
) -> Iterator[Constraints]:
    """For each whole with the growth of all its parts: shares add up, and growth is their mean.

    The cells are the parts and the whole in the year before; what was printed of their shares or
    levels then and of growth since then are the constraints.

    >>> from songhua.studies.diagnose import town
    >>> from songhua.maths.accounts import contradictions
    >>> rows = [
    ...     Observation.of("growth", "2021", text, industry=name, form="growth", ids=(name,))
    ...     for name, text in (("all", "5"), ("food", "1"), ("tools", "2"))
    ... ]
    >>> [mix] = growth_mixes(town.region(), rows, 2021)
    >>> len(mix), [len(conflict.names) for conflict in contradictions(mix)]
    (5, [5])
    """
    rates = _of(figures, year, "growth")
    for (indicator, name), total in rates.items():
        for parts in region.partitions().get(name, []):
            part_rates = [rates.get((indicator, part)) for part in parts]
            if all(rate is not None for rate in part_rates):
                level = region.relations.level_of(indicator)
                sizes = _sizes(region, figures, year - 1, level, indicator, name, parts)
                yield _mix(total, [rate for rate in part_rates if rate is not None], sizes)


def _of(figures: Sequence[Observation], year: int, form: str) -> dict[tuple[str, str], Observation]:
    """The figures of a form and year by indicator and industry."""
    period = parse_period(str(year))
    first_figures: dict[tuple[str, str], Observation] = {}
    for figure in figures:
        if figure.form == form and figure.period == period and figure.usual:
            first_figures.setdefault((figure.indicator, figure.industry), figure)
    return first_figures


def _sizes(
    region: Region,
    figures: Sequence[Observation],
    year: int,
    level: str,
    rate: str,
    whole: str,
    parts: Sequence[str],
) -> Iterator[Constraint]:
    """The print of the year before: levels of the whole and its parts, and shares of parts."""
    prices = prices_between(region, level, rate)
    kind = "print" if prices.point else "assumed"
    levels = _of(figures, year, "level")
    for (indicator, name), figure in levels.items():
        if indicator == level and name in (whole, *parts):
            size = ends(figure) if name == whole else ends(figure) * prices
            by = "print" if name == whole else kind
            yield Constraint(figure.id, {name: 1}, max(size.low, 0), size.high, by, figure.ids)
    of_all = {indicator for indicator, name in levels if name == "all"}
    relations = region.relations
    shares = relations.shares_of(level)
    for (indicator, name), figure in _of(figures, year, "share").items():
        is_part = indicator in shares and name in parts
        if is_part and relations.whole(indicator, name, of_all) == whole:
            share = ends(figure) / 100 * prices
            yield Constraint(figure.id, {name: 1, whole: -share}, 0, 0, kind, figure.ids)


def _mix(
    total: Observation, parts: Sequence[Observation], sizes: Iterator[Constraint]
) -> Constraints:
    """Parts add up; grown by their own rates they add up to the whole grown by its rate."""
    whole, names = total.industry, [part.industry for part in parts]
    up = Constraint("parts add up", {**dict.fromkeys(names, 1), whole: -1}, 0, 0, "identity")
    some = Constraint("there is a whole", {whole: 1}, 1, float("inf"), "identity")
    rules = [up, some, *sizes]
    # a rate of its own for each part: the grown part is a cell that lies within its rate
    for part in parts:
        terms = {(part.industry, "grown"): 1, part.industry: -(ends(part) / 100 + UNITY)}
        rules.append(Constraint(part.id, terms, 0, 0, "print", part.ids))
    grown: dict[object, int | Interval] = {(name, "grown"): 1 for name in names}
    mean = Constraint(
        total.id, {**grown, whole: -(ends(total) / 100 + UNITY)}, 0, 0, "print", total.ids
    )
    cells = (*names, whole, *grown)
    return Constraints(cells, (*rules, mean))
