"""Tables from 2002 to 2020 in one classification."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from china_tables import COMMON, YEARS
from shared import DATA
from songhua import codes
from songhua.errors import SonghuaError
from songhua.maths.table_audit import audit
from songhua.store.interindustry import common_tables, read_table

FOLDER = DATA / "china_io"
pytestmark = pytest.mark.shared("china_io")


def read(*years: int) -> tuple[dict, dict]:
    tables = {year: read_table(FOLDER / f"{YEARS[year][0]}.csv") for year in years}
    return tables, {year: YEARS[year][1] for year in years}


def test_nine_years_in_thirty_eight_industries() -> None:
    tables, vocabularies = read(*YEARS)
    made, issues = common_tables(tables, vocabularies, COMMON)
    for year, table in made.items():
        assert table.codes == list(codes.children(COMMON))
        assert audit(table) == []
        assert table.x.sum() == pytest.approx(tables[year].x.sum(), rel=1e-12)
        assert table.Z.to_numpy().sum() == pytest.approx(tables[year].Z.to_numpy().sum(), rel=1e-12)
    assert [i.code for i in issues].count("table_current_prices") == 1
    breaks = {i.params["year"]: i.params["codes"] for i in issues if "break" in i.code}
    assert breaks == {
        2012: ("10", "20"), 2015: ("10", "20", "38"), 2017: ("20",), 2018: ("20",), 2020: ("20",),
    }  # fmt: skip
    assert not any(i.grave for i in issues)


def test_deflated_tables_are_not_headed_current_prices() -> None:
    tables, vocabularies = read(2002, 2007)
    assert common_tables(tables, vocabularies, COMMON, constant_prices=True)[1] == []


@pytest.mark.parametrize(
    ("year", "fine"), [(2017, "2017_149"), (2018, "2018_153"), (2020, "2020_153")]
)
def test_fine_and_coarse_tables_meet_in_the_common_industries(year: int, fine: str) -> None:
    """All but the two documented moves: arts and crafts, social security."""
    links = pd.read_csv(FOLDER / f"concordance_china_{fine}_to_42.csv", dtype=str)
    direct = {link.old: link.new for link in codes.concordance(YEARS[year][1], COMMON)}
    over = {link.old: link.new for link in codes.concordance("china-io42-2017", COMMON)}
    apart = {
        row.fine_name: (direct[row.fine_code], over[row.coarse_code])
        for row in links.itertuples()
        if direct[str(row.fine_code)] != over[str(row.coarse_code)]
    }
    assert apart == {
        "Manufacture of arts and crafts": ("20", "10"),
        "Social security": ("36", "38"),
    }
    coarse = read_table(FOLDER / f"china_{year}_42.csv")
    tables, vocabularies = read(year)
    ours = common_tables(tables, vocabularies, COMMON)[0][year]
    theirs = common_tables({year: coarse}, {year: "china-io42-2017"}, COMMON)[0][year]
    same = [code for code in ours.codes if code not in ("10", "20", "36", "38")]
    assert theirs.Z_imported is not None
    gap = ours.Z.loc[same, same] - (theirs.Z + theirs.Z_imported).loc[same, same]
    assert np.abs(gap).to_numpy().max() < 0.11  # 10k yuan


def test_kinds_are_not_mixed() -> None:
    tables, vocabularies = read(2015)
    tables[2017] = read_table(FOLDER / "china_2017_42.csv")
    vocabularies[2017] = "china-io42-2017"
    with pytest.raises(SonghuaError) as caught:
        common_tables(tables, vocabularies, COMMON)
    assert caught.value.faults[0].code == "table_kinds_apart"
