"""The period that a heading means by a part of it: 累计, 当月, 期末, 上年末."""

from __future__ import annotations

from songhua.errors import SonghuaError
from songhua.labels import parse_period


def meant_period(period: str, time: str, prior: bool) -> str | None:
    """The period that a heading means by a part of it; None where it has none.

    `time` is `month` (the stretch itself), `cumulative` (from January to its end), `end` (its last
    month), `opening` (the end of the year before) or blank; `prior` is the same a year before.

    >>> meant_period("2021-Q2", "cumulative", False), meant_period("2021-Q2", "month", False)
    ('2021-H1', '2021-Q2')
    >>> meant_period("2021-08", "cumulative", True), meant_period("2021-01..2021-08", "month", False)
    ('2020-01..2020-08', '2021-08')
    >>> meant_period("2021-06", "opening", False), meant_period("2021-01..2021-08", "end", False)
    ('2020', '2021-08')
    """  # noqa: E501
    parsed = parse_period(period)
    if parsed.open or parsed.start.year != parsed.end.year:
        return None if time or prior else period
    if prior:
        parsed = parsed.shifted(-1)
    year, end = parsed.end.year, parsed.end.month
    if time == "cumulative" and parsed.kind == "year":
        return None
    if time == "opening":
        return str(year - 1)
    if time in ("month", "end") and parsed.kind == "cumulative":
        return f"{year}-{end:02}"
    if time == "cumulative" and parsed.kind in ("month", "quarter", "half"):
        return _span(year, end)
    return str(parsed)


def _span(year: int, month: int) -> str | None:
    last = {3: "Q1", 6: "H1", 12: ""}.get(month)
    if last is not None:
        return f"{year}-{last}" if last else str(year)
    try:
        return str(parse_period(f"{year}-01..{year}-{month:02}"))
    except SonghuaError:
        return None
