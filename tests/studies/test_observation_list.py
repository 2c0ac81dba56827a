"""A series of columns says what the values themselves say."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from operator import attrgetter

import pytest
from hypothesis import given
from hypothesis import strategies as st

import songhua
from songhua.region import series
from songhua.region.observations import KEY, Observation, grouped
from songhua.region.series import Series
from songhua.studies.diagnose.availability import figure_table
from songhua.studies.series import Figures

PERIODS = ("2019", "2020", "2021", "2021-Q1..2021-Q2", "2021-H1", "2021-Q1")
LABELS = ("indicator", "industry", "source", "vintage")
ROWS = st.lists(
    st.builds(
        Observation.of,
        st.sampled_from(["gdp", "jobs"]),
        st.sampled_from(PERIODS),
        st.sampled_from(["1", "2.5", "3"]),
        industry=st.sampled_from(["all", "food"]),
        source=st.sampled_from(["bulletin", "paper"]),
        vintage=st.sampled_from(["", "census"]),
        ids=st.integers(0, 9).map(lambda n: (f"o{n}",)),
    ),
    max_size=12,
)
CHOSEN = st.lists(st.sampled_from([*LABELS, "period"]), min_size=1, max_size=5, unique=True)


@given(rows=ROWS, labels=CHOSEN)
def test_groups_are_those_of_values(rows: list[Observation], labels: list[str]) -> None:
    found = Series.of(rows).by(*labels)
    wanted = grouped(rows, *labels)
    assert list(found) == list(wanted)
    assert [list(group) for group in found.values()] == list(wanted.values())


@given(rows=ROWS, labels=CHOSEN)
def test_numbers_of_several_labels_stay_small_and_tell_as_much(
    rows: list[Observation], labels: list[str]
) -> None:
    """Where codes would be too large for one number they are numbered anew."""
    every, most = Series.of(rows), series.MOST
    wanted = {key: list(group) for key, group in every.by(*labels).items()}
    try:
        series.MOST = 3
        found = {key: list(group) for key, group in every.by(*labels).items()}
    finally:
        series.MOST = most
    assert found == wanted
    one, other = every.joint_with(every, *labels)
    assert one.tolist() == other.tolist()
    assert set(one.tolist()) == set(range(len(wanted)))


@given(rows=ROWS, labels=CHOSEN)
def test_the_first_and_the_shared_are_those_of_values(
    rows: list[Observation], labels: list[str]
) -> None:
    every, key = Series.of(rows), attrgetter(*labels)
    first: dict[object, Observation] = {}
    for one in rows:
        first.setdefault(key(one), one)
    counts = Counter(map(key, rows))
    assert list(every.first(*labels)) == list(first.values())
    assert list(every.shared(*labels)) == [one for one in rows if counts[key(one)] > 1]


@given(
    rows=ROWS,
    industry=st.sampled_from(["all", "food", "none"]),
    periods=st.sets(st.sampled_from(PERIODS)),
)
def test_a_choice_is_that_of_values(
    rows: list[Observation], industry: str, periods: set[str]
) -> None:
    wanted = {Observation.of("gdp", text, "1").period for text in periods}
    found = Series.of(rows).select(industry=industry, period=wanted)
    assert list(found) == [r for r in rows if r.industry == industry and r.period in wanted]


@given(rows=ROWS)
def test_order_and_numbers_are_those_of_values(rows: list[Observation]) -> None:
    every = Series.of(rows)
    assert list(every.in_order()) == sorted(rows, key=attrgetter("end", "start"))
    assert every.value.tolist() == [one.value for one in rows]
    assert every.low.tolist() == [one.bound.low for one in rows]
    assert every.high.tolist() == [one.bound.high for one in rows]
    assert every.texts("period").tolist() == [str(one.period) for one in rows]


@pytest.mark.parametrize("case", ["harbin", "washington"])
def test_a_folder_read_as_columns_gives_the_values_it_gives_one_by_one(case: str) -> None:
    """The parts of a value are in the columns: those made from values are the same."""
    read = songhua.open(songhua.example(case)).region.figures.observations
    made = Series.of([replace(one) for one in read])
    assert len(read) > 100
    for name in ("value", "low", "high", "bounded", "exact", "ids", "printed", "start", "end"):
        assert getattr(read, name).tolist() == getattr(made, name).tolist(), name
    assert list(read) == list(made)


@pytest.mark.parametrize("case", ["harbin", "washington"])
def test_the_table_of_figures_has_the_best_of_each_and_counts_its_sources(case: str) -> None:
    figures = Figures(songhua.open(songhua.example(case)).region, None).observations
    rows = figure_table(figures)
    groups = grouped(figures, *KEY, "kind", "qualifier")
    sources = {group[0].id: len({one.source for one in group}) for group in groups.values()}
    assert dict(zip(rows["observation"], rows["sources"], strict=True)) == sources
    order = attrgetter("indicator", "region", "industry", "entity", "end", "start")
    by_id = {one.id: one for one in figures}
    places = [order(by_id[id]) for id in rows["observation"]]
    assert places == sorted(places)
