"""The region beside others: a panel small enough to work out by hand, and the second case."""

from __future__ import annotations

from pathlib import Path

import pytest

import songhua
from small import write
from songhua import store
from songhua.errors import SonghuaError
from songhua.studies.diagnose.brief import sentences
from songhua.studies.diagnose.study import diagnose

HEAD = "indicator,region,industry,period,value,unit,status,kind,source,recorded"
CELLS = {
    ("rivertown", "2010"): ("100", "40", "60"),
    ("rivertown", "2020"): ("150", "80", "70"),
    ("upland", "2010"): ("1000", "200", "800"),
    ("upland", "2020"): ("1200", "300", "900"),
}


def panel(**changes: str) -> str:
    lines = [HEAD]
    for (place, period), values in CELLS.items():
        for industry, value in zip(("all", "food", "tools"), values, strict=True):
            shown = changes.get(f"{place}_{industry}_{period}", f"{value},bn EUR,")
            lines.append(f"gdp,{place},{industry},{period},{shown},actual,bulletin-2020,2026-01-02")
    return "\n".join(lines) + "\n"


def folder(path: Path, text: str) -> Path:
    return write(path, panels__gdp_csv=text)


def test_quotients_and_shifts_by_hand(tmp_path: Path) -> None:
    region = store.read(folder(tmp_path, panel())).region
    tables = diagnose(region).tables
    quotients = tables["location_quotients"].set_index("industry")
    food = quotients.loc["food"]
    assert food["value"] == pytest.approx((80 / 150) / (300 / 1200))
    assert food["low"] == pytest.approx((79.5 / 150.5) / (300.5 / 1199.5))
    assert food["high"] == pytest.approx((80.5 / 149.5) / (299.5 / 1200.5))
    assert food["growth"] == pytest.approx((2 ** (1 / 10) - 1) * 100)
    shifts = tables["shift_share"].set_index("industry")
    assert shifts.loc["food", "national"] == pytest.approx(40 * 0.2)
    assert shifts.loc["food", "industry_mix"] == pytest.approx(40 * (0.5 - 0.2))
    assert shifts.loc["food", "regional"] == pytest.approx(80 - 40 * 1.5)
    whole = shifts.loc["all"]
    assert whole["national"] + whole["industry_mix"] + whole["regional"] == pytest.approx(50)


def test_shares_and_parts_carry_the_rounding_of_their_levels(tmp_path: Path) -> None:
    tables = diagnose(store.read(folder(tmp_path, panel())).region).tables
    food = tables["location_quotients"].set_index("industry").loc["food"]
    assert food["share_low"] == pytest.approx(100 * 79.5 / 150.5)
    assert food["share_high"] == pytest.approx(100 * 80.5 / 149.5)
    assert food["symmetric_low"] == pytest.approx((food["low"] - 1) / (food["low"] + 1))
    assert food["growth_low"] == pytest.approx(((79.5 / 40.5) ** 0.1 - 1) * 100)
    assert food["growth_high"] == pytest.approx(((80.5 / 39.5) ** 0.1 - 1) * 100)
    shifts = tables["shift_share"].set_index("industry")
    row = shifts.loc["food"]
    assert row["regional_low"] == pytest.approx(79.5 - 40.5 * 300.5 / 199.5)
    assert row["regional_high"] == pytest.approx(80.5 - 39.5 * 299.5 / 200.5)
    assert row["change_low"] == pytest.approx(79.5 - 40.5)
    whole = shifts.loc["all"]
    for part in ("change", "national", "industry_mix", "regional"):
        assert (shifts[f"{part}_low"] <= shifts[part]).all()
        assert (shifts[part] <= shifts[f"{part}_high"]).all()
        assert whole[f"{part}_low"] < whole[f"{part}_high"]


def test_a_residual_whose_sign_rounding_leaves_open_is_called_neither(tmp_path: Path) -> None:
    cells = {"rivertown_food_2020": "60,bn EUR,", "rivertown_tools_2020": "67,bn EUR,",
             "rivertown_all_2020": "127,bn EUR,"}  # fmt: skip
    region = store.read(folder(tmp_path, panel(**cells))).region
    result = diagnose(region)
    whole = result.tables["shift_share"].set_index("industry").loc["all"]
    assert whole["regional_low"] < 0 < whole["regional_high"]
    codes = {one.finding.code: one.finding for one in sentences(result, region)}
    assert "brief_own_open" in codes
    assert not {"brief_own_ahead", "brief_own_behind", "brief_industry_behind"} & codes.keys()
    assert "rounding leaves the sign open" in codes["brief_own_open"].words("en")


def test_a_suppressed_cell_stays_missing(tmp_path: Path) -> None:
    text = panel(rivertown_food_2020=",bn EUR,suppressed")
    region = store.read(folder(tmp_path, text)).region
    assert region.panel("gdp").loc[("2020", "rivertown")].isna().to_dict()["food"]
    quotients = diagnose(region).tables["location_quotients"].set_index("industry")
    assert quotients.loc["food", "period"] == "2010"
    assert quotients.loc["tools", "period"] == "2020"


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        (",bn EUR,", "cell_without_reason"),
        ("80,bn EUR,suppressed", "cell_with_reason"),
        ("80,bn USD,", "unit_misfit"),
        ("80,bn EUR,lost", "choice_unknown"),
    ],
)
def test_a_faulty_cell_is_told(tmp_path: Path, cell: str, code: str) -> None:
    with pytest.raises(SonghuaError) as told:
        store.read(folder(tmp_path, panel(rivertown_food_2020=cell)))
    (fault,) = told.value.faults
    assert (fault.code, fault.file, fault.row) == (code, "panels/gdp.csv", 6)


def test_a_cell_may_stand_once(tmp_path: Path) -> None:
    text = panel() + "gdp,upland,food,2020,301,bn EUR,,actual,bulletin-2020,2026-01-02\n"
    with pytest.raises(SonghuaError, match="there already"):
        store.read(folder(tmp_path, text))


def test_a_view_hides_a_panel_that_was_not_yet_published(tmp_path: Path) -> None:
    folder(tmp_path, panel())
    region = songhua.open(tmp_path, as_of="2021-02-01").region
    assert region.figures.cells.frame.empty
    assert diagnose(region).tables["location_quotients"].empty


def test_the_second_case_is_an_aircraft_region() -> None:
    region = store.read(songhua.example("washington"), history=False).region
    tables = {
        name: rows[(rows["region"] == region.code) & (rows["indicator"] == "gdp")]
        for name, rows in diagnose(region).tables.items()
        if name in ("location_quotients", "shift_share")
    }
    mine = tables["location_quotients"].set_index("industry")
    aircraft = mine.loc["other-transport-equipment"]
    assert aircraft["value"] == pytest.approx(9.7221, abs=5e-5)
    assert aircraft["low"] < 9.7221 < aircraft["high"]
    assert mine.loc["food", "value"] == pytest.approx(0.7209, abs=5e-5)
    sectors = tables["shift_share"].set_index("industry")
    whole, parts = sectors.loc["all"], sectors.drop("all")
    for name in ("change", "national", "industry_mix", "regional"):
        assert parts[name].sum() == pytest.approx(whole[name], abs=1e-9)
