"""Denominators, missing cells, and units with too few figures (§2)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import pandas as pd

from songhua.errors import SonghuaError
from songhua.labels import align
from songhua.maths.composite.fault_kinds import (
    CompositeGroups,
    CompositeMethod,
    CompositeUnknownColumn,
)
from songhua.maths.composite.notes import Notes, numbers, say

Filling = Literal["none", "mean", "median", "group_mean", "group_median"]


def denominate(
    frame: pd.DataFrame,
    denominators: pd.DataFrame,
    by: Mapping[str, str],
    notes: Notes = None,
) -> pd.DataFrame:
    """Divide indicators of size by a size: x / d.

    Args:
        frame: units x indicators.
        denominators: units x denominators, the same units.
        by: the denominator of each indicator that has one.
        notes: `composite_denominated`; `composite_denominator_zero`, with the number of units
            whose quotient is therefore missing.

    Raises:
        SonghuaError: `labels_differ`, for units; `composite_unknown_column`, for names.

    >>> size = pd.DataFrame({"people": [2.0, 4.0]}, index=["x", "y"])
    >>> denominate(pd.DataFrame({"a": [6.0, 6.0]}, index=["x", "y"]), size, {"a": "people"})["a"].tolist()
    [3.0, 1.5]
    """  # noqa: E501
    frame, denominators = align(numbers(frame), numbers(denominators))
    odd = [*(by.keys() - set(frame.columns)), *(set(by.values()) - set(denominators.columns))]
    if odd:
        raise SonghuaError(*(CompositeUnknownColumn(column=str(c)) for c in sorted(odd)))
    frame = frame.copy()
    for name, denominator in by.items():
        size = denominators[denominator]
        frame[name] = frame[name] / size.where(size != 0)
        say(notes, "denominate", name, "composite_denominated", by=denominator)
        if (size == 0).any():
            zero = int((size == 0).sum())
            say(notes, "denominate", name, "composite_denominator_zero", n=zero, by=denominator)
    return frame


def impute(
    frame: pd.DataFrame,
    method: Filling = "none",
    groups: pd.Series | None = None,
    notes: Notes = None,
) -> pd.DataFrame:
    """Fill missing cells with the mean or median of the indicator, or of the unit's group.

    A cell that the method cannot fill (nobody in the group has a figure) stays missing.

    Args:
        frame: units x indicators.
        method: `none` leaves every missing cell missing, and says how many there are.
        groups: the group of each unit, for the two group methods.
        notes: `composite_filled` with the number of cells; `composite_unfilled` likewise.

    Raises:
        SonghuaError: `composite_method`; `composite_groups`, when a group method lacks groups;
            `labels_differ`.

    >>> x = pd.DataFrame({"a": [1.0, None, 9.0]}, index=["x", "y", "z"])
    >>> impute(x, "mean")["a"].tolist(), impute(x, "group_mean", pd.Series({"x": 1, "y": 1, "z": 2}))["a"].tolist()
    ([1.0, 5.0, 9.0], [1.0, 1.0, 9.0])
    """  # noqa: E501
    frame = numbers(frame)
    filled = frame
    if method in ("group_mean", "group_median"):
        if groups is None:
            raise SonghuaError(CompositeGroups(method=method))
        of_unit = align(frame, groups.to_frame("group"))[1]["group"]
        parts = frame.groupby(of_unit, dropna=False)
        filled = frame.fillna(parts.transform("mean" if method == "group_mean" else "median"))
    elif method in ("mean", "median"):
        filled = frame.fillna(frame.mean() if method == "mean" else frame.median())
    elif method != "none":
        raise SonghuaError(CompositeMethod(step="impute", given=method))
    for name in frame.columns:
        gaps, unfilled = int(frame[name].isna().sum()), int(filled[name].isna().sum())
        if gaps > unfilled:
            say(notes, "impute", name, "composite_filled", n=gaps - unfilled, method=method)
        if unfilled:
            say(notes, "impute", name, "composite_unfilled", n=unfilled, method=method)
    return filled


def screen(frame: pd.DataFrame, min_share: float, notes: Notes = None) -> pd.DataFrame:
    """Keep the units that have at least this share of the figures; name the others.

    Args:
        frame: units x indicators.
        min_share: share of indicators (0 to 1) that a unit must have.
        notes: `composite_unit_screened`, with the unit's share.

    >>> screen(pd.DataFrame({"a": [1.0, None], "b": [1.0, 2.0]}, index=["x", "y"]), 0.9).index.tolist()
    ['x']
    """  # noqa: E501
    share = numbers(frame).notna().mean(axis=1)
    for unit, value in share[share < min_share].items():
        say(notes, "screen", unit, "composite_unit_screened", share=float(value), least=min_share)
    return frame[share >= min_share]
