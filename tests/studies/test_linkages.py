"""Linkages and chains of a table of three industries, and of the nation's of the first case."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from songhua import example, store
from songhua.maths.interindustry import InputOutputTable
from songhua.messages import Words
from songhua.region import Region
from songhua.studies.diagnose.linkages import linkages, preferred_tables
from songhua.studies.diagnose.supply_chains import GAP, supply_chains
from songhua.studies.series import Figures

CODES = ["a", "b", "c"]
Z = pd.DataFrame([[10.0, 20, 0], [30, 10, 10], [0, 40, 20]], CODES, CODES)
ABROAD = pd.DataFrame([[0.0, 0, 0], [20, 0, 0], [0, 5, 5]], CODES, CODES)
X = pd.Series([100.0, 200, 100], CODES)
NAMES = pd.DataFrame(
    {"en": ["Ay", "Bee", "Sea"], "zh": ["甲", "乙", "丙"], "industry": ["food", "", "tools"],
     "inclusion": ["whole", "", "partial"]},
    CODES,
)  # fmt: skip


def domestic() -> InputOutputTable:
    inputs = Z.sum(axis=0) + ABROAD.sum(axis=0)
    return InputOutputTable(
        Z=Z, f=(X - Z.sum(axis=1)).to_frame("households"), v=(X - inputs).to_frame("labour").T,
        x=X, kind="domestic", unit="m EUR", year=2020, Z_imported=ABROAD, region="upland",
        industries=NAMES, name=Words({"en": "Upland 2020", "zh": "高地 2020"}),
    )  # fmt: skip


@pytest.fixture
def region(rivertown) -> Region:
    found = store.read(rivertown).region
    return replace(found, tables={"upland": domestic()})


def test_linkages_by_hand(region: Region) -> None:
    made, findings = linkages(Figures(region, None))
    rows = made["linkages"].set_index("code")
    A = (Z / X).to_numpy()
    L = np.linalg.inv(np.eye(3) - A)
    assert rows["multiplier"].to_numpy() == pytest.approx(L.sum(axis=0))
    assert rows["backward"].to_numpy() == pytest.approx(L.sum(axis=0) / L.sum(axis=0).mean())
    G = np.linalg.inv(np.eye(3) - Z.to_numpy() / X.to_numpy()[:, None])
    assert rows["forward"].to_numpy() == pytest.approx(G.sum(axis=1) / G.sum(axis=1).mean())
    assert rows.at["a", "imported"] == pytest.approx(20 / 60 * 100)
    assert rows["industry"].tolist() == ["food", "", "tools"]
    assert rows["digital_low"].isna().all()  # nothing says what the industries are made of
    codes = [f.code for f in findings]
    assert codes == ["table_of_a_larger_area", "key_industries"]


def test_a_chain_by_hand(region: Region) -> None:
    made, findings = supply_chains(Figures(region, None))
    rows = made["supply_chains"]
    food = rows[(rows["industry"] == "food") & (rows["direction"] == "upstream")]
    first = food[food["round"] == 1].set_index("destination")
    # 100 units of a: 10 of itself, 30 of b at home and 20 abroad
    assert first["flow"].to_dict() == pytest.approx({"a": 10.0, "b": 50.0})
    assert first.at["b", "imported"] == pytest.approx(40.0)
    assert first["gap"].to_dict() == {"a": False, "b": True}
    # what is made at home asks on: 10 of a and 30 of b
    second = food[(food["round"] == 2) & (food["destination"] == "b")].set_index("origin")["flow"]
    assert second.to_dict() == pytest.approx({"a": 10 * 0.5, "b": 30 * 0.05})
    down = rows[(rows["industry"] == "food") & (rows["direction"] == "downstream")]
    first = down[down["round"] == 1].set_index("destination")["flow"]
    assert first.to_dict() == pytest.approx({"a": 10.0, "b": 20.0})
    tools = rows[rows["industry"] == "tools"]
    assert tools["members_in_part"].all()
    gaps = {f.params["industry"]: f.params for f in findings}
    assert gaps["food"]["table_industries"] == ["b"]
    assert gaps["food"]["gap"] == GAP


def test_a_domestic_table_is_taken_rather_than_one_with_imports(region: Region) -> None:
    both = {
        "all": replace(domestic(), kind="competitive", Z=Z + ABROAD, Z_imported=None),
        **region.tables,
    }
    assert list(preferred_tables(replace(region, tables=both))) == ["upland"]
    made, findings = linkages(Figures(replace(region, tables={"all": both["all"]}), None))
    assert made["linkages"]["imported"].isna().all()
    assert "table_holds_imports" in {f.code for f in findings}


def test_an_industry_without_output_is_named(region: Region) -> None:
    idle = domestic()
    z = Z.copy()
    z.loc["c"], z["c"] = 0.0, 0.0
    idle = replace(idle, Z=z, Z_imported=ABROAD * 0, x=pd.Series([100.0, 200, 0], CODES))
    made, findings = linkages(Figures(replace(region, tables={"upland": idle}), None))
    rows = made["linkages"].set_index("code")
    assert np.isnan(rows.at["c", "multiplier"])
    assert rows.at["c", "kind"] == ""
    assert {"industries_without_output"} <= {f.code for f in findings}


def test_no_table_no_rows(rivertown) -> None:
    facts = Figures(store.read(rivertown).region, None)
    for part in (linkages, supply_chains):
        made, findings = part(facts)
        assert findings == []
        assert all(frame.empty for frame in made.values())


def test_the_nation_of_the_first_case() -> None:
    folder = store.read(example("harbin"), history=False)
    facts = Figures(folder.region, folder.plan)
    rows = supply_chains(facts)[0]["supply_chains"]
    assert {"advanced-equipment", "finance"} <= set(rows["industry"])
    oil = rows[(rows["industry"] == "new-materials") & (rows["destination"] == "other-mining")]
    assert oil["gap"].any()
    key = linkages(facts)[0]["linkages"]
    assert key.loc[key["kind"] == "key", "backward"].min() > 1
