"""Columns of growth beside the columns of the levels that they are of."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from songhua.labels import parse_period
from songhua.reading.crosstabs.join import Joint
from songhua.reading.crosstabs.vocabulary import speaks_of

#: From a month to a month, as a heading prints it.
_SPAN = re.compile(r"\d\s*[-–—~至]\s*\d")


def _of_month(joint: Joint) -> Joint:
    """A column of a month that stands beside the sums from January: the month itself."""
    period, (text, *_) = joint.sets.get("period", ""), joint.open_period or ("",)
    is_span = ".." in period or _SPAN.search(text)
    return joint if is_span or not (period or text) else replace(joint, time="month")


def _end(joint: Joint) -> date | None:
    """The last day of the period of a column; None where it has none."""
    period = joint.sets.get("period")
    return parse_period(period).end if period else None


def _is_growth(joint: Joint) -> bool:
    """True for a column of growth, or of changes since some other time."""
    return joint.form == "growth" or _is_change(joint)


def _is_change(joint: Joint) -> bool:
    return bool(joint.names) and all(speaks_of("change", name) for name in joint.names)


def beside_levels(columns: Mapping[int, Joint], in_rows: bool) -> dict[int, Joint]:
    """Columns of growth with the indicator and the period of the column at their left.

    `in_rows` is whether the rows name the indicators. A growth beside the latest of several periods
    is of that one, and so is one behind the latest and the one before; beside another its period
    is open.
    """
    result: dict[int, Joint] = {}
    if any(
        joint.time == "cumulative" or joint.sets.get("period", "")[7:8] == "."
        for joint in columns.values()
    ):
        columns = {c: joint if joint.time else _of_month(joint) for c, joint in columns.items()}
    ends = {end for joint in columns.values() if (end := _end(joint))}
    left, run = Joint(), list[Joint]()
    for column, joint in columns.items():
        timed = "period" in joint.sets or joint.open_period or joint.part or joint.time
        if _is_growth(joint) and not timed:
            sets, is_open = dict(joint.sets), left.open_period
            if len(run) == 2 and _end(run[0]) == max(ends, default=None) != _end(run[1]):
                left = run[0]  # 2023, 2022, growth: of the latest, over the year before
            if (period := left.sets.get("period", "")) and not left.prior:
                of_last = parse_period(period).end == max(ends)
                is_open = None if of_last else (period, "growth")
                sets |= {"period": period} if of_last else {}
            joint = replace(
                joint, sets=sets, open_period=is_open, part=left.part, time=left.time,
                frequency=joint.frequency or left.frequency,
            )  # fmt: skip
            clear = not joint.unknown or _is_change(joint)
            alone = clear and not in_rows and "indicator" not in sets
            if alone and (left.names or "indicator" in left.sets):
                subject = {k: v for k, v in left.sets.items() if k != "period"}
                names = (*left.names, *joint.names)
                unknown = left.unknown or joint.unknown
                joint = replace(joint, sets={**subject, **sets}, names=names, unknown=unknown)
        elif not _is_growth(joint) and not joint.is_aside:
            run = [left, joint] if _end(left) and left is result.get(column - 1) else [joint]
            left = joint
        result[column] = joint
    return result
