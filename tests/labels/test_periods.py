"""Periods: what each text covers, their order, and the way there and back."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from songhua.errors import SonghuaError
from songhua.labels import Period, parse_date, parse_period, parse_when

YEARS = st.integers(1000, 2998)
MONTHS = st.integers(1, 12)


def _year(y: int) -> str:
    return f"{y:04d}"


POINTS = st.one_of(
    YEARS.map(_year),
    st.builds(lambda y, h: f"{y:04d}-H{h}", YEARS, st.integers(1, 2)),
    st.builds(lambda y, q: f"{y:04d}-Q{q}", YEARS, st.integers(1, 4)),
    st.builds(lambda y, m: f"{y:04d}-{m:02d}", YEARS, MONTHS),
    st.dates(date(1000, 1, 1), date(2999, 12, 31)).map(date.isoformat),
)
SPANS = st.builds(
    lambda y, m, n: f"{y:04d}-{min(m, n):02d}..{y:04d}-{max(m, n):02d}", YEARS, MONTHS, MONTHS
) | st.builds(lambda y, n: f"{y:04d}..{min(y + n, 2999):04d}", YEARS, st.integers(0, 20))
TEXTS = st.one_of(
    POINTS,
    SPANS,
    POINTS.map(lambda text: f"{text}.."),
    YEARS.map(lambda y: f"{y:04d}/{(y + 1) % 100:02d}"),
    st.builds(lambda y, n: f"plan:{y:04d}..{min(y + n, 2999):04d}", YEARS, st.integers(0, 15)),
)
PERIODS = TEXTS.map(parse_period)


@pytest.mark.parametrize(
    ("text", "start", "end", "kind"),
    [
        ("2020", "2020-01-01", "2020-12-31", "year"),
        ("2020-H2", "2020-07-01", "2020-12-31", "half"),
        ("2020-Q3", "2020-07-01", "2020-09-30", "quarter"),
        ("2020-02", "2020-02-01", "2020-02-29", "month"),
        ("2021-02", "2021-02-01", "2021-02-28", "month"),
        ("2021-03-09", "2021-03-09", "2021-03-09", "date"),
        ("2024-01..2024-08", "2024-01-01", "2024-08-31", "cumulative"),
        ("2024-03..2024-08", "2024-03-01", "2024-08-31", "span"),
        ("2016..2022", "2016-01-01", "2022-12-31", "span"),
        ("2024/25", "2024-07-01", "2025-06-30", "season"),
        ("1999/00", "1999-07-01", "2000-06-30", "season"),
        ("plan:2021..2025", "2021-01-01", "2025-12-31", "plan"),
        ("plan:2021..2021", "2021-01-01", "2021-12-31", "plan"),
        ("2027..", "2027-01-01", "9999-12-31", "span"),
        ("2020-12-30..2021-01-02", "2020-12-30", "2021-01-02", "span"),
    ],
)
def test_what_a_text_covers(text: str, start: str, end: str, kind: str) -> None:
    period = parse_period(text)
    assert (period.start.isoformat(), period.end.isoformat(), period.kind) == (start, end, kind)
    assert str(period) == text


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("2021-Q1..2021-Q2", "2021-H1"),
        ("2021-01..2021-06", "2021-H1"),
        ("2021-01..2021-12", "2021"),
        ("2021-H1..2021-H2", "2021"),
        ("2021..2021", "2021"),
        ("2021-02..2021-02", "2021-02"),
        ("2021-02-01..2021-02-28", "2021-02"),
        ("2021-03-09..2021-03-09", "2021-03-09"),
        ("2018-Q1..2018-Q3", "2018-01..2018-09"),
        ("2027-01..", "2027.."),
        (" 2021 ", "2021"),
    ],
)
def test_equal_days_are_one_period(one: str, other: str) -> None:
    assert parse_period(one) == parse_period(other)
    assert hash(parse_period(one)) == hash(parse_period(other))
    assert str(parse_period(one)) == other


@pytest.mark.parametrize(
    "text",
    [
        "", "20", "10000", "2020-13", "2020-00", "2020-Q5", "2020-Q0", "2020-H3",
        "2021-02-29", "2020-1", "2022..2016", "2020..2021-06", "..2020", "2020...2021", "2024/26",
        "plan:2021-03..2025", "plan:", "plan:2021..",
        "plan:plan:2021..2025", "plan:2021-01-05..2021-12-09", pytest.param("plan:" * 2000 + "2021", id="long"), "٢٠٢٠", "２０２０", "2020年", "2020 Q1", "2020-q1", "-2020", "2020\n2021",
    ],
)  # fmt: skip
def test_any_other_text_is_refused(text: str) -> None:
    with pytest.raises(SonghuaError) as error:
        parse_period(text)
    assert error.value.faults[0].code == "period_unreadable"


@pytest.mark.parametrize(
    "text",
    [
        "0000", "0001", "0999", "3000", "9999", "9999-12-31", "0001-01-01", "9999..", "0001..2020",
        "2020..9999", "2020-01-01..9999-12-31", "plan:2021..9999", "0000/01", "0999/00", "2999/00",
        "9999/00",
    ],
)  # fmt: skip
def test_a_year_of_no_figure_is_refused(text: str) -> None:
    for read in (parse_period, parse_when, parse_date):
        with pytest.raises(SonghuaError) as error:
            read(text)
        assert error.value.faults[0].code == "year_outside"


def test_a_day_of_a_document_has_such_a_year_too() -> None:
    assert parse_date(date(2999, 12, 31)) == date(2999, 12, 31)
    with pytest.raises(SonghuaError) as error:
        parse_date(date(9999, 12, 31))
    assert error.value.faults[0].code == "year_outside"


def test_a_series_of_cumulative_figures_runs_forward() -> None:
    texts = ["2021-Q1", "2021-H1", "2021-01..2021-09", "2021", "2022-Q1"]
    assert sorted(texts, key=parse_period) == texts
    assert [parse_period(text).cumulative for text in texts] == [True] * 5
    assert not parse_period("2021-Q2").cumulative
    assert not parse_period("2016..2022").cumulative


def test_the_whole_ends_after_its_parts_begin() -> None:
    year = parse_period("2021")
    assert year.contains(parse_period("2021-Q4"))
    assert not year.contains(parse_period("2020-12-30..2021-01-02"))
    assert year.overlaps(parse_period("2020-12-30..2021-01-02"))
    assert not year.overlaps(parse_period("2022"))
    assert parse_period("2027..").contains(parse_period("2500"))


def test_only_like_stretches_may_be_compared() -> None:
    assert parse_period("2024-02").like(parse_period("2023-02"))
    assert not parse_period("2021-H1").like(parse_period("2020-H2"))
    assert not parse_period("2027..").like(parse_period("2026.."))
    assert parse_period("2024/25").like(parse_period("2023/24"))


def test_a_shift_out_of_the_calendar_is_refused() -> None:
    with pytest.raises(SonghuaError):
        parse_period("2021").shifted(-2021)
    assert parse_period("2027..").shifted(1) == parse_period("2028..")


def test_publication_is_a_day_a_month_or_a_year() -> None:
    assert parse_when("2021-03").end == date(2021, 3, 31)
    for text in ("2021-Q1", "2021..2022", "2021..", "2020/21"):
        with pytest.raises(SonghuaError) as error:
            parse_when(text)
        assert error.value.faults[0].code == "when_unreadable"


@given(PERIODS)
def test_text_and_back(period: Period) -> None:
    assert parse_period(str(period)) == period
    assert str(parse_period(str(period))) == str(period)


@given(PERIODS, PERIODS, PERIODS)
def test_the_order_is_total(a: Period, b: Period, c: Period) -> None:
    assert (a < b) + (a == b) + (b < a) == 1
    assert not (a < b < c) or a < c
    assert (a <= b) == (not b < a)


@given(PERIODS, st.integers(-50, 50))
def test_a_shift_and_back_keeps_the_stretch(period: Period, years: int) -> None:
    try:
        there = period.shifted(years)
    except SonghuaError:
        return
    assert there.kind == period.kind
    assert (there.start.month, there.end.month) == (period.start.month, period.end.month)
    if period.start.day <= 28 and not (period.end.month == 2 and period.end.day >= 28):
        assert there.shifted(-years) == period


@given(st.text(max_size=30))
def test_any_text_gives_a_period_or_a_fault(text: str) -> None:
    try:
        period = parse_period(text)
    except SonghuaError as error:
        assert error.faults[0].code == "period_unreadable"
    else:
        assert parse_period(str(period)) == period
