"""Levels of a place are compared only while its territory is the same."""

from __future__ import annotations

from dataclasses import replace

import pytest

from songhua.region.observations import Observation
from songhua.studies.diagnose import town
from songhua.studies.diagnose.index_definitions import Member, member_series
from songhua.studies.diagnose.level_changes import level_changes
from songhua.studies.diagnose.location_quotients import average_panel_growth
from songhua.studies.diagnose.peers import panel_growth
from songhua.studies.diagnose.shift_share import panel_shift_share, shift_share
from songhua.studies.panels import Panel
from songhua.studies.series import Figures


def panel(breaks: list[str]) -> Panel:
    """Jobs of 2019 and 2021, of places of which one has `breaks`."""
    region = town.region()
    places = {**region.places, "there": {**region.places["there"], "breaks": breaks}}
    return replace(town.panel(), region=replace(region, places=places))


@pytest.mark.parametrize(("breaks", "compared"), [([], True), (["2020"], False), (["2022"], True)])
def test_growth_shift_share_and_members_stop_at_another_territory(
    breaks: list[str], compared: bool
) -> None:
    wide = panel(breaks)
    growth = average_panel_growth(wide, "there", "tools", "2021")
    assert growth.known == compared
    assert ("there" in panel_growth(wide, "tools", "2019", "2021").figures) == compared
    assert ("there" in {row.region for row in panel_shift_share(wide)}) == compared
    assert "here" in {row.region for row in panel_shift_share(wide)}
    _, findings = shift_share(Figures(wide.region, None))
    moved = [x.params["places"] for x in findings if x.code == "territory_breaks"]
    assert moved == ([] if compared else [["there"]])
    members = member_series(wide.region, Member("a", "jobs", "food", "growth", years=2))
    assert members.notna()["2021", "there"] == compared
    assert members.notna()["2021", "here"]


def test_levels_of_two_territories_have_no_change_and_their_growths_stay() -> None:
    years = ("2018", "2019", "2020", "2021")
    levels = [
        Observation.of("jobs", year, "50", region=place, unit="persons")
        for place in ("here", "there")
        for year in years
    ]
    region = panel(["2020"]).region
    changed = level_changes(Figures.of(region, levels))
    assert {*zip(changed["region"], changed["period"].map(str), strict=True)} == {
        *(("here", year) for year in years[1:]),
        *(("there", year) for year in ("2019", "2021")),
    }
    assert region.indicator("growth", "there") == region.indicator("growth")
