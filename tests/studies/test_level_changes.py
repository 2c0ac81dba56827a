"""Level changes made of columns are those made one by one."""

from __future__ import annotations

import math
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from songhua.labels import parse_period, parse_unit
from songhua.region import Region
from songhua.region.observations import SERIES, Observation, grouped
from songhua.studies.diagnose.level_changes import level_changes
from songhua.studies.diagnose.turning_points import UNEVEN
from songhua.studies.series import Figures

CATALOGUE = {
    "gdp": {"unit": "bn EUR", "form": "level", "breaks": ["2021"]},
    "jobs": {"unit": "persons", "form": "level"},
    "growth": {"unit": "%", "form": "growth", "of": "gdp", "basis": "constant"},
    "nominal": {"unit": "%", "form": "growth", "of": "gdp", "basis": "current"},
    "rise": {"unit": "%", "form": "growth", "of": "jobs"},
}
PERIODS = (
    "2018",
    "2019",
    "2020",
    "2020-H1",
    "2021",
    "2021-Q1..2021-Q2",
    "2022",
    "2019/20",
    "2020..",
)


def observed(name: str, period: str, text: str, industry: str, scope: str) -> Observation:
    entry = CATALOGUE[name]
    return Observation.of(
        name, period, text, region="here", industry=industry, scope=scope, unit=entry["unit"],
        form=entry["form"], ids=(f"{name}-{period}-{industry}-{scope}",),
    )  # fmt: skip


FIGURES = st.lists(
    st.builds(
        observed, st.sampled_from(list(CATALOGUE)), st.sampled_from(PERIODS),
        st.sampled_from(["0", "1", "7", "12.5", "40"]), st.sampled_from(["all", "food"]),
        st.sampled_from(["", "urban"]),
    ),
    max_size=24,
)  # fmt: skip


def by_hand(figures: Figures) -> list[tuple[object, ...]]:
    """The changes one after the other, by the arithmetic of single intervals."""
    settled, region = list(figures.settled), figures.region
    found: list[tuple[object, ...]] = []
    for series in grouped([one for one in settled if one.form == "level"], *SERIES).values():
        for level in series:
            if level.period.kind in UNEVEN:
                continue
            year = level.period.shifted(-1)
            before = next((one for one in series if one.period == year), None)
            measured = region.catalogue[level.indicator]
            if before is None or before.value <= 0:
                continue
            if measured.series(before.period) != measured.series(level.period):
                continue
            change = (level.bound / before.bound - 1) * 100
            rates = [
                one for rate in region.relations.growth_of(level.indicator) for one in settled
                if one.indicator == rate and one.period == level.period
                and (one.industry, one.scope) == (level.industry, level.scope)
            ]  # fmt: skip
            rate = rates[0] if rates else None
            basis = region.catalogue[rate.indicator].basis if rate else ""
            alike = basis == "current" or not parse_unit(level.unit).money
            ids = [before.id, level.id, *([rate.id] if rate else [])]
            found.append((
                level.indicator, str(level.period), (level.value / before.value - 1) * 100,
                change.low, change.high, rate.value if rate else None, basis,
                rate is not None and alike and not change.overlaps(rate.bound), " ".join(ids),
            ))  # fmt: skip
    return found


@given(rows=FIGURES)
def test_columns_give_what_single_figures_give(rows: list[Observation]) -> None:
    region = Region.of("here", indicators=CATALOGUE)
    figures = Figures.of(region, rows)
    found = level_changes(figures)
    names = ["indicator", "period", "value", "low", "high", "published", "basis", "disagrees"]
    made = [
        tuple(None if isinstance(v, float) and math.isnan(v) else v for v in row)
        for row in found[[*names, "observations"]].itertuples(index=False, name=None)
    ]
    assert made == by_hand(figures)


def test_a_current_rate_of_money_may_be_held_against_its_levels_a_constant_one_not() -> None:
    levels = [observed("gdp", "2018", "40", "all", ""), observed("gdp", "2019", "50", "all", "")]
    region = Region.of("here", indicators=CATALOGUE)
    for name, apart in (("growth", False), ("nominal", True)):
        rows = level_changes(Figures.of(region, [*levels, observed(name, "2019", "3", "all", "")]))
        assert rows["disagrees"].tolist() == [apart]
    unknown = [replace(one, period=parse_period("2015")) for one in levels[:1]]
    assert level_changes(Figures.of(region, [*unknown, levels[1]])).empty
