"""Counts of firms with a certificate, and of certificates that lapse, as they may be published."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, TypeAlias

import pandas as pd

from songhua.errors import Fault, SonghuaError
from songhua.maths.disclosure import BASE, REACH, PublishedCounts
from songhua.results.columns import Column, choice, label, number


@dataclass(frozen=True, slots=True)
class Count:
    """A number of firms as it is shown, and its ends: `Counter` alone makes one of firms."""

    firms: float
    low: float
    high: float


#: How a set of firms becomes a number; every number of firms in a result comes from one.
Counter: TypeAlias = Callable[[Iterable[str]], Count]


def counter(secret: bytes, small_cells: bool = False) -> Counter:
    """How firms are counted: exactly where that was asked for, else as may be published.

    Raises:
        SonghuaError: `register_secret`, where counts are to be published without a secret.

    >>> counter(b"", small_cells=True)(["a", "b"])
    Count(firms=2.0, low=2.0, high=2.0)
    >>> counter(b"of the folder")(f"{k}" for k in range(30)).firms % 3
    0.0
    """
    if small_cells:
        return _exact
    if not secret:
        raise SonghuaError(Fault("register_secret"))
    published = PublishedCounts(secret)

    def about(firms: Iterable[str]) -> Count:
        n = published.of(firms)
        return Count(float(n), float(max(0, n - REACH)), float(n + REACH))

    return about


def all_firms(count: Counter, firms: Collection[str]) -> int:
    """How many firms a register has, as `count` shows it: where there are any, never none.

    >>> all_firms(counter(b"", small_cells=True), ["a", "b"]), all_firms(counter(b"of it"), [])
    (2, 0)
    >>> all_firms(counter(b"of the folder"), ["a"]) % 3
    0
    """
    if not firms:
        return 0
    shown = count(firms)
    return int(shown.firms if shown.low == shown.high else max(shown.firms, BASE))


def _exact(firms: Iterable[str]) -> Count:
    n = float(len(set(firms)))
    return Count(n, n, n)


@dataclass(frozen=True, slots=True)
class FirmVerdict:
    """A row of `verdicts`: a firm by a status. They are made as columns, for there may be many."""

    firm: str
    status: Annotated[str, label("rulebooks")]
    outcome: Annotated[str, choice("standing")]
    stage: Annotated[str, choice("stage")]
    deciding: Annotated[str, label("clauses", within="status")]
    score_low: float
    score_high: float
    holds: bool
    invented: bool


@dataclass(frozen=True, slots=True)
class StageCount:
    """A row of `pipeline`: how many firms are at a stage of a status."""

    status: Annotated[str, label("rulebooks")]
    stage: Annotated[str, choice("stage")]
    firms: Annotated[float, number(unit="count", low="low", high="high", estimate="=interval")]
    low: Annotated[float, number(unit="count", end_of="firms")]
    high: Annotated[float, number(unit="count", end_of="firms")]
    invented: bool = False


@dataclass(frozen=True, slots=True)
class ExpiringCertificate:
    """A row of `expiring_certificates`: a firm's certificate, and how the firm stands today."""

    firm: str
    status: Annotated[str, label("rulebooks")]
    until: date
    days: int
    outcome: Annotated[str, choice("standing")]
    invented: bool = False


@dataclass(frozen=True, slots=True)
class ExpiryCount:
    """A row of `expiry_counts`: certificates that lapse in a month, or would be given again."""

    status: Annotated[str, label("rulebooks")]
    month: Annotated[str, Column("", "period", blank="lapse_again")]
    firms: Annotated[float, number(unit="count", low="low", high="high", estimate="=interval")]
    low: Annotated[float, number(unit="count", end_of="firms")]
    high: Annotated[float, number(unit="count", end_of="firms")]
    invented: bool = False


@dataclass(frozen=True, slots=True)
class FirmCount:
    """A row of `counts`: firms with a certificate by year, district or industry."""

    status: Annotated[str, label("rulebooks")]
    by: Annotated[str, choice("by")]
    group: Annotated[str, Column("", "label", of_in="by", of_each=(("industry", "firm_industry"),))]
    firms: Annotated[float, number(unit="count", low="low", high="high", estimate="=interval")]
    low: Annotated[float, number(unit="count", end_of="firms")]
    high: Annotated[float, number(unit="count", end_of="firms")]
    growth: Annotated[
        float,
        number(
            unit="%",
            decimals=1,
            signed=True,
            low="growth_low",
            high="growth_high",
            estimate="=interval",
        ),
    ] = math.nan
    growth_low: Annotated[float, number(unit="%", end_of="growth")] = math.nan
    growth_high: Annotated[float, number(unit="%", end_of="growth")] = math.nan
    invented: bool = False


def firm_counts(
    firms: pd.DataFrame, held: pd.DataFrame, status: str, on: date, count: Counter
) -> Iterator[FirmCount]:
    """Firms with a certificate at the end of every year up to the day, and by group on the day.

    Growth is against the year before and follows from the two numbers that are shown; it is blank
    where the earlier one may be nought. The year of the day counts on the day. A group, or a first
    year, that shows nought has no row.

    >>> firms = pd.DataFrame({"firm": list("abc"), "district": ["north"] * 3})
    >>> held = pd.DataFrame({"firm": list("abc"), "since": pd.to_datetime(["2020-05-01"] * 3),
    ...                      "until": pd.to_datetime(["2023-04-30"] * 3)})
    >>> rows = firm_counts(firms, held, "small", date(2021, 6, 30), counter(b"", True))
    >>> [(row.group, row.firms, row.growth) for row in rows]
    [('2020', 3.0, nan), ('2021', 3.0, 0.0), ('north', 3.0, nan)]
    """
    if not len(held):
        return
    yield from _years(held, status, on, count)
    now = firms[firms["firm"].astype(str).isin(valid_certificates(held, on)["firm"].astype(str))]
    for by in ("district", "industry"):
        if by in firms.columns:
            for group, rows in now.groupby(by, observed=True):
                found = count(rows["firm"].astype(str))
                if found.firms:
                    yield FirmCount(status, by, str(group), found.firms, found.low, found.high)


def _years(held: pd.DataFrame, status: str, on: date, count: Counter) -> Iterator[FirmCount]:
    """A row a year, the first that of the first certificates."""
    before = Count(0, 0, 0)
    begun = False
    for year in range(held["since"].min().year, on.year + 1):
        valid = valid_certificates(held, min(date(year, 12, 31), on))
        found = count(valid["firm"].astype(str))
        begun = begun or found.firms > 0
        if begun:
            yield FirmCount(
                status, "year", str(year), found.firms, found.low, found.high,
                *_growth(before, found),
            )  # fmt: skip
        before = found


def _growth(before: Count, now: Count) -> tuple[float, float, float]:
    """Growth in percent, with its ends, from two numbers that are shown."""
    if before.low <= 0:
        return math.nan, math.nan, math.nan
    pairs = ((now.firms, before.firms), (now.low, before.high), (now.high, before.low))
    found = [(end - start) / start * 100 for end, start in pairs]
    return found[0], found[1], found[2]


def expiry_counts(
    certificates: Sequence[ExpiringCertificate], status: str, count: Counter
) -> Iterator[ExpiryCount]:
    """How many certificates lapse by month, and how many of those firms would qualify again.

    >>> one = [ExpiringCertificate(f, "small", date(2024, 7, 31), 31, "met") for f in "abc"]
    >>> [(row.month, row.firms) for row in expiry_counts(one, "small", counter(b"", True))]
    [('2024-07', 3.0), ('', 3.0)]
    """
    months: dict[str, list[str]] = {}
    for one in sorted(certificates, key=lambda one: one.until):
        months.setdefault(f"{one.until:%Y-%m}", []).append(one.firm)
    counted = {month: count(firms) for month, firms in months.items()}
    if not any(found.firms for found in counted.values()):
        return
    counted[""] = count(one.firm for one in certificates if one.outcome == "met")
    for month, found in counted.items():
        if found.firms or not month:
            yield ExpiryCount(status, month, found.firms, found.low, found.high)


def valid_certificates(held: pd.DataFrame, on: date) -> pd.DataFrame:
    """The certificates that hold on a day.

    >>> days = {"since": pd.to_datetime(["2020-05-01"]), "until": pd.to_datetime(["2023-04-30"])}
    >>> held = pd.DataFrame(days)
    >>> [len(valid_certificates(held, date(year, 1, 1))) for year in (2020, 2021, 2024)]
    [0, 1, 0]
    """
    day = pd.Timestamp(on)
    return held[(held["since"] <= day) & (day <= held["until"])]
