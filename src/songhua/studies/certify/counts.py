"""Counts of firms with a certificate, and of certificates that lapse, as they may be published."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, TypeAlias

import pandas as pd

from songhua.errors import SonghuaError
from songhua.maths.disclosure import BASE, REACH, PublishedCounts
from songhua.results.columns import Column, Estimate, choice, estimate, label
from songhua.studies.fault_kinds import RegisterSecret

#: The published number of a set of firms; every such number in a result comes from here.
Counter: TypeAlias = Callable[[Iterable[str]], Estimate]
#: The columns of a number of firms.
Firms = Annotated[Estimate, estimate(kind="interval", unit="count", names=("firms", "low", "high"))]


def counter(secret: bytes, small_cells: bool = False) -> Counter:
    """A counter of firms: exact where that was asked for, else as may be published.

    Raises:
        SonghuaError: `register_secret`, where counts are to be published without a secret.

    >>> counter(b"", small_cells=True)(["a", "b"])
    Estimate(value=2.0, low=2.0, high=2.0, kind='interval')
    >>> counter(b"of the folder")(f"{k}" for k in range(30)).value % 3
    0.0
    """
    if small_cells:
        return _exact
    if not secret:
        raise SonghuaError(RegisterSecret())
    published = PublishedCounts(secret)

    def about(firms: Iterable[str]) -> Estimate:
        n = published.of(firms)
        return Estimate(float(n), float(max(0, n - REACH)), float(n + REACH), "interval")

    return about


def all_firms(count: Counter, firms: Collection[str]) -> int:
    """The number of firms in a register, as `count` shows it: where there are any, never none.

    >>> all_firms(counter(b"", small_cells=True), ["a", "b"]), all_firms(counter(b"of it"), [])
    (2, 0)
    >>> all_firms(counter(b"of the folder"), ["a"]) % 3
    0
    """
    if not firms:
        return 0
    number = count(firms)
    return int(number.value if number.low == number.high else max(number.value, BASE))


def _exact(firms: Iterable[str]) -> Estimate:
    n = float(len(set(firms)))
    return Estimate(n, n, n, "interval")


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
    """A row of `pipeline`: the number of firms at a stage of a status."""

    status: Annotated[str, label("rulebooks")]
    stage: Annotated[str, choice("stage")]
    firms: Firms
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
    firms: Firms
    invented: bool = False


@dataclass(frozen=True, slots=True)
class FirmCount:
    """A row of `counts`: firms with a certificate by year, district or industry."""

    status: Annotated[str, label("rulebooks")]
    by: Annotated[str, choice("by")]
    group: Annotated[str, Column("", "label", of_in="by", of_each=(("industry", "firm_industry"),))]
    firms: Firms
    growth: Annotated[Estimate, estimate(kind="interval", unit="%", decimals=1, signed=True)] = (
        Estimate(kind="interval")
    )
    invented: bool = False


def firm_counts(
    firms: pd.DataFrame, certificates: pd.DataFrame, status: str, on: date, count: Counter
) -> Iterator[FirmCount]:
    """Firms with a certificate at the end of every year up to the day, and by group on the day.

    Growth is against the year before and follows from the two numbers that are shown; it is blank
    where the earlier one may be nought. The year of the day counts on the day. A group, or a first
    year, that shows nought has no row.

    >>> firms = pd.DataFrame({"firm": list("abc"), "district": ["north"] * 3})
    >>> days = {"since": pd.to_datetime(["2020-05-01"] * 3),
    ...         "until": pd.to_datetime(["2023-04-30"] * 3)}
    >>> certificates = pd.DataFrame({"firm": list("abc"), **days})
    >>> rows = firm_counts(firms, certificates, "small", date(2021, 6, 30), counter(b"", True))
    >>> [(row.group, row.firms.value, row.growth.value) for row in rows]
    [('2020', 3.0, nan), ('2021', 3.0, 0.0), ('north', 3.0, nan)]
    """
    if not len(certificates):
        return
    yield from _years(certificates, status, on, count)
    holders = firms[
        firms.firm.astype(str).isin(valid_certificates(certificates, on).firm.astype(str))
    ]
    for by in ("district", "industry"):
        if by in firms.columns:
            for group, rows in holders.groupby(by, observed=True):
                firm_count = count(rows.firm.astype(str))
                if firm_count.value:
                    yield FirmCount(status, by, str(group), firm_count)


def _years(
    certificates: pd.DataFrame, status: str, on: date, count: Counter
) -> Iterator[FirmCount]:
    """A row a year, the first that of the first certificates."""
    before = Estimate(0, 0, 0, "interval")
    begun = False
    for year in range(certificates.since.min().year, on.year + 1):
        valid = valid_certificates(certificates, min(date(year, 12, 31), on))
        firm_count = count(valid.firm.astype(str))
        begun = begun or firm_count.value > 0
        if begun:
            yield FirmCount(status, "year", str(year), firm_count, _growth(before, firm_count))
        before = firm_count


def _growth(before: Estimate, current: Estimate) -> Estimate:
    """Growth in percent, with its ends, from two numbers that are shown."""
    if before.low <= 0:
        return Estimate(kind="interval")
    pairs = ((current.value, before.value), (current.low, before.high), (current.high, before.low))
    return Estimate(*((end - start) / start * 100 for end, start in pairs), kind="interval")


def expiry_counts(
    certificates: Sequence[ExpiringCertificate], status: str, count: Counter
) -> Iterator[ExpiryCount]:
    """Certificates that lapse by month, and those whose firms would qualify again.

    >>> ends = [ExpiringCertificate(f, "small", date(2024, 7, 31), 31, "met") for f in "abc"]
    >>> [(row.month, row.firms.value) for row in expiry_counts(ends, "small", counter(b"", True))]
    [('2024-07', 3.0), ('', 3.0)]
    """
    months: dict[str, list[str]] = {}
    for certificate in sorted(certificates, key=lambda certificate: certificate.until):
        months.setdefault(f"{certificate.until:%Y-%m}", []).append(certificate.firm)
    counted = {month: count(firms) for month, firms in months.items()}
    if not any(firm_count.value for firm_count in counted.values()):
        return
    counted[""] = count(
        certificate.firm for certificate in certificates if certificate.outcome == "met"
    )
    for month, firm_count in counted.items():
        if firm_count.value or not month:
            yield ExpiryCount(status, month, firm_count)


def valid_certificates(certificates: pd.DataFrame, on: date) -> pd.DataFrame:
    """The certificates that hold on a day.

    >>> days = {"since": pd.to_datetime(["2020-05-01"]), "until": pd.to_datetime(["2023-04-30"])}
    >>> certificates = pd.DataFrame(days)
    >>> [len(valid_certificates(certificates, date(year, 1, 1))) for year in (2020, 2021, 2024)]
    [0, 1, 0]
    """
    day = pd.Timestamp(on)
    return certificates[(certificates.since <= day) & (day <= certificates.until)]
