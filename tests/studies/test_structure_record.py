"""Effects of accounts on a simulation where the truth is known: the record, and the data again."""

from __future__ import annotations

import hashlib

import pandas as pd
import pytest

from beside import TOOLS, tool
from close import assert_close
from shared import DATA
from songhua.studies.simulate.structure_record import structure_files, structure_record

RECORD = structure_record()
OVERALL = RECORD[RECORD["region"] == "all"].set_index(["study", "test", "quantity", "fragments"])
#: What accounts are for: structure alone, and sizes.
OF_STRUCTURE = OVERALL.loc[(slice(None), ["sizes", "structure"]), :]
#: The data sets that it was learnt from and tried on.
SETS = (
    "finland_regional_io_2014", "us_state_gdp_by_industry_1997_2017", "us_cbp2018_cbsa_naics",
    "uk_itl3_industry_1998_2018", "nz_urban_industry_1976_2006", "china_cities", "china_io",
    "china_provinces", "regional_trade_canada_us", "japan_regional_inputs_2015",
)  # fmt: skip


def test_both_studies_are_tried_with_and_without_fragments() -> None:
    counts = OVERALL["n"].astype(int).to_dict()
    for study, n in (("finland", 19 * 30), ("washington", 45)):
        for quantity in ("output", "value_added", "jobs"):
            assert counts[study, "structure", quantity, 0] == n
            assert counts[study, "structure", quantity, 10] > n
            assert study != "finland" or counts[study, "table", quantity, 0] == 290


def test_intervals_of_what_structure_leaves_open_are_better_by_accounts() -> None:
    """Never worse, and nearer to the coverage that they promise."""
    scores = OF_STRUCTURE
    assert (scores["score_accounts"] < scores["score_nation"]).all()
    assert scores["covered_accounts"].between(0.8, 0.97).all()
    apart = (scores[["covered_nation", "covered_accounts"]] - 0.9).abs().mean()
    assert apart["covered_accounts"] < apart["covered_nation"] / 2


def test_whole_results_are_no_worse_by_accounts() -> None:
    """The error of tables is larger than that of structure: little is won, and little lost."""
    table = OVERALL.loc["finland"].loc["table"]
    assert (table["score_accounts"] < table["score_nation"] * 1.01).all()
    assert table["covered_accounts"].between(0.87, 0.99).all()


@pytest.mark.skipif(not TOOLS.exists(), reason="not a checkout")
@pytest.mark.shared(*SETS)
def test_scores_are_those_of_the_data() -> None:
    """One region of Finland again, with all that is learnt elsewhere."""
    for row in structure_files().itertuples():
        content = (DATA / str(row.file)).read_bytes()
        assert hashlib.sha256(content).hexdigest() == row.digest
    scores = tool("structure_scores")
    case = next(one for one in scores.finnish(DATA) if one.region == "Kainuu")
    rows = pd.concat(scores.scored(case, *scores.learnt_without("finland", DATA), 0))
    keys = ["test", "quantity", "fragments"]
    again = scores.summary(rows).set_index(keys).sort_index()
    kept = RECORD[RECORD["region"] == "Kainuu"].set_index(keys).sort_index()
    assert again.index.tolist() == kept.index.tolist()
    assert again["n"].tolist() == kept["n"].tolist()
    for name, rtol in (("nation", 1e-3), ("observed", 1e-3), ("accounts", 0.1)):
        mine, wanted = (one[f"score_{name}"].dropna() for one in (again, kept))
        assert_close(mine.to_numpy(), wanted.to_numpy(), rtol=rtol)
