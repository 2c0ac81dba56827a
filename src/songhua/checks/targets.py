"""Checks of a plan's targets: a number of the indicator's sort."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from songhua.checks.plan_fault_kinds import (
    TargetAdditionMisfit,
    TargetCurrency,
    TargetPaceOpen,
    TargetPercentMisfit,
    TargetPointsOpen,
    TargetPricesMisfit,
    TargetRankMisfit,
    TargetTimeMisfit,
    TargetUnitMisfit,
)
from songhua.errors import Fault
from songhua.grammar.units import has_sign, unit_for, unit_meant
from songhua.labels import Unit, parse_period, parse_unit
from songhua.plan import PlanTarget, Target
from songhua.plan.vocabulary import Pace, Prices, Quantity
from songhua.region.indicators import RANK, Indicator

#: The prices of an indicator whose growth is not that of the words.
OTHER_PRICES = {
    Prices.REAL: ("current",),
    Prices.NOMINAL: ("", "constant", "comparable"),
}


def targets_fit(
    targets: Iterable[PlanTarget], indicators: Mapping[str, Indicator]
) -> Iterator[Fault]:
    """A target's number must be of the indicator's sort.

    >>> more = PlanTarget.read({"id": "more", "indicator": "gdp", "period": "2024", "text": "9 %"})
    >>> wrong = targets_fit([more], {"gdp": Indicator("gdp", "bn EUR")})
    >>> [(fault.code, fault.column) for fault in wrong]
    [('target_percent_misfit', 'text')]
    """
    for entry in targets:
        indicator = indicators[entry.indicator]
        if entry.target.quantity == Quantity.RANK:
            if (indicator.unit, indicator.direction) != RANK:
                yield TargetRankMisfit(*entry.where("text"), indicator=entry.indicator)
        elif _points_open(entry.target, indicator):
            low = entry.target.low
            yield TargetPointsOpen(*entry.where("text"), low=low, indicator=entry.indicator)
        elif indicator.basis in OTHER_PRICES.get(entry.target.prices, ()):
            yield TargetPricesMisfit(*entry.where("text"), indicator=entry.indicator)
        elif not fits(entry.target, indicator):
            percent = (entry.target.quantity, entry.target.unit) == (Quantity.LEVEL, "%")
            kind = TargetPercentMisfit if percent else TargetUnitMisfit
            kind = TargetCurrency if has_sign(entry.target.unit) else kind
            yield kind(
                *entry.where("text"),
                unit=_printed_unit(entry.target),
                other=indicator.unit,
                indicator=entry.indicator,
                low=entry.target.low,
            )


def _points_open(target: Target, indicator: Indicator) -> bool:
    """True where growth in percent is asked of a percentage: of it, or in points?"""
    percentage = indicator.unit == "%" and indicator.form in ("ratio", "share")
    return percentage and (target.quantity, target.unit) == (Quantity.GROWTH, "%")


def targets_timed(targets: Iterable[PlanTarget]) -> Iterator[Fault]:
    """A target's words and its row must speak of the same time, and say how growth is counted.

    >>> text = "到2030年达到80%"
    >>> row = {"id": "t", "indicator": "share", "period": "plan:2021..2025", "text": text}
    >>> [(fault.code, fault.params) for fault in targets_timed([PlanTarget.read(row)])]
    [('target_time_misfit', {'text': '2030', 'period': 'plan:2021..2025'})]
    >>> grow = PlanTarget.read({**row, "text": "增长30%"})
    >>> [fault.code for fault in targets_timed([grow])]
    ['target_pace_open']
    """
    for entry in targets:
        where, period = entry.where("text"), str(entry.period)
        if words := _other_time(entry):
            yield TargetTimeMisfit(*where, text=words, period=period)
        elif _pace_open(entry):
            yield TargetPaceOpen(*where, period=period)


def _other_time(entry: PlanTarget) -> str:
    """The horizon in the words that is not that of the row; blank if there is none."""
    target, period = entry.target, entry.period
    first, last = period.start.year, period.end.year
    if target.by.startswith("FY"):
        return "" if target.by == f"FY{last}" else target.by
    if any(mark in target.by for mark in "QH/"):  # a part of a year, or one over its turn
        return "" if parse_period(target.by).end == period.end else target.by
    if target.by[:4].isdigit() and int(target.by[:4]) != last:
        return target.by
    if target.base.isdigit() and int(target.base) >= last:  # 提高到2025年的95% in a plan to 2025
        return target.base
    if target.span.endswith("y"):
        base = entry.base_period.end.year if entry.base_period else first - 1
        return "" if int(target.span[:-1]) in (last - first + 1, last - base) else target.span
    if ".." not in target.span:
        return ""
    span = parse_period(target.span)
    months = "-" in target.span and (span.start, span.end) != (period.start, period.end)
    return target.span if months or (span.start.year, span.end.year) != (first, last) else ""


def _pace_open(entry: PlanTarget) -> bool:
    """True where growth over several years is neither said to be each year's nor in all."""
    target, period = entry.target, entry.period
    several = period.start.year < period.end.year and entry.path is None
    timed = target.pace or target.by or target.span or target.held
    based = target.base not in ("", "previous")
    return several and target.quantity == Quantity.GROWTH and not timed and not based


def additions_fit(
    targets: Iterable[PlanTarget], indicators: Mapping[str, Indicator]
) -> Iterator[Fault]:
    """Only of a level can something be added: a share or a rate has no additions.

    >>> row = {"id": "t", "indicator": "share", "period": "2024", "text": "新增500家"}
    >>> wrong = additions_fit([PlanTarget.read(row)], {"share": Indicator("share", form="ratio")})
    >>> [fault.code for fault in wrong]
    ['target_addition_misfit']
    """
    for entry in targets:
        level = indicators[entry.indicator].form == "level"
        if entry.target.quantity == Quantity.ADDITION and not level:
            yield TargetAdditionMisfit(*entry.where("text"), indicator=entry.indicator)


def fits(target: Target, indicator: Indicator) -> bool:
    """True where a target's number can be set beside an indicator's figures (§4).

    Words without a number, growth of a level, and multiples always can; a bare number or a bare
    count word (个) is taken in the indicator's own unit.

    >>> from songhua.plan import parse_target
    >>> fits(parse_target("at least 6 %"), Indicator("gdp", "bn EUR"))
    False
    >>> fits(parse_target("6 % a year"), Indicator("gdp", "bn EUR"))
    True
    """
    indicator_unit = parse_unit(indicator.unit)
    if target.quantity in (Quantity.COURSE, Quantity.MULTIPLE) or target.unit == "":
        return True
    if target.quantity == Quantity.RELATION:
        ratio = indicator_unit.dimension == ("ratio", "")
        return target.unit != "pp" or ratio or bool(target.sense)
    if target.quantity == Quantity.GROWTH:
        return indicator.form in ("growth", "average_growth", "level", "ratio", "share")
    if _yearly(target) and indicator.time == "stock":
        return False
    unit = unit_meant(target.unit)
    if target.unit == "pp":
        return indicator_unit.dimension == ("ratio", "")
    return (not has_sign(target.unit) and _same(unit, indicator_unit)) or unit_for(
        target.unit, indicator.unit
    ) is not None


def _yearly(target: Target) -> bool:
    """True where a level is one of each year: "raise planting to 10,000 ha a year"."""
    return (target.quantity, target.pace, target.held) == (Quantity.LEVEL, Pace.A_YEAR, "")


def _printed_unit(target: Target) -> str:
    return f"{target.unit} per year" if _yearly(target) else target.unit


def _same(unit: Unit, to: Unit) -> bool:
    """The same sort of number; "a year" in the indicator's unit is the target's pace."""
    yearly = (unit.dimension[0], "year")
    return (unit.dimension, unit.prices) == (to.dimension, to.prices) or to.dimension == yearly
