"""Figures carry the doubts of checks and comparison, which are computed on first use."""

from __future__ import annotations

import songhua
from songhua.region import Region
from songhua.region.doubts import Doubt, DoubtKind
from songhua.session.doubts import with_doubts


def test_the_figures_of_harbin_carry_their_doubts() -> None:
    region = songhua.open(songhua.example()).region
    assert "doubts" not in vars(region.figures)  # opening looks for none
    of = {region.place_of(one.id): one for one in region.figures.observations}
    growth = of["innovation.csv:7"]  # 260 %, where its levels grew by 48 %
    assert (growth.indicator, growth.doubts[0]) == (
        "high_tech_enterprises_growth", Doubt(DoubtKind.DISPUTED),
    )  # fmt: skip
    states = songhua.open(songhua.example("washington")).region
    slipped = [
        id for id, doubts in states.figures.doubts.items() if Doubt(DoubtKind.SCALE) in doubts
    ]
    assert [*map(states.place_of, slipped)] == ["panels/gdp.csv:6362"]
    grain = region.figures.observations.select(indicator="grain_output", kind="actual")
    apart = {
        other.with_figure for one in grain for other in one.doubts
        if other.kind == DoubtKind.DISPUTED
    }  # fmt: skip
    assert len(apart) == 3
    assert {region.source_of(id) for id in apart} == {
        one.source for one in grain if one.id in apart
    }
    (again,) = (one for one in of.values() if any(d.kind == DoubtKind.REPEATED for d in one.doubts))
    (before,) = (d.with_figure for d in again.doubts if d.kind == DoubtKind.REPEATED)
    first = region.figures.observations[region.figures.places[before]]
    assert (again.indicator, again.value) == ("high_tech_enterprises", first.value)
    assert first.period < again.period
    jobs = region.figures.cells.select(indicator="city_jobs", region="harbin", industry="all")
    begun = {
        str(one.period) for one in jobs if any(d.kind == DoubtKind.BREAK_BEFORE for d in one.doubts)
    }
    assert begun <= {"2013", "2014", "2019"}
    assert begun
    changchun = region.figures.cells.select(indicator="city_loans", region="changchun")
    assert [
        str(cell.period)
        for cell in changchun
        if any(d.kind == DoubtKind.BREAK_BEFORE for d in cell.doubts)
    ] == ["2020"]


def test_figures_of_weak_sources_are_leads_and_a_newer_one_stands_beside_the_last_better_one() -> (
    None
):
    region = songhua.open(songhua.example()).region
    rows = region.figures.observations.select(kind="actual", industry="industry-above-size")
    growth = rows.select(indicator="industry_value_added_growth", region="harbin")
    marked = {
        kind: [one for one in growth if any(d.kind == kind for d in one.doubts)]
        for kind in (DoubtKind.LEAD, DoubtKind.NEWER_LEAD)
    }
    assert {region.grade(one.source) for one in marked[DoubtKind.LEAD]} == {"weak"}
    (last,) = marked[DoubtKind.NEWER_LEAD]
    (lead,) = (d.with_figure for d in last.doubts if d.kind == DoubtKind.NEWER_LEAD)
    newest = region.figures.observations[region.figures.places[lead]]
    assert (str(last.period), str(newest.period)) == ("2024-01..2024-08", "2025")
    assert newest in marked[DoubtKind.LEAD]


def test_a_figure_without_a_folder_has_no_doubt() -> None:
    assert dict(with_doubts(Region.of("here")).figures.doubts) == {}
