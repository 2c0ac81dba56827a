"""The named checks of a region."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from small import FILES, HEADING, write
from songhua import checks, store
from songhua.checks import industries
from songhua.errors import SonghuaError
from songhua.region import Region


@pytest.fixture
def region(rivertown: Path) -> Region:
    return store.read(rivertown).region


def test_a_clean_region_has_no_fault(region: Region) -> None:
    assert checks.check(region) == []
    assert (
        checks.check(
            replace(
                region, figures=region.figures.with_rows(region.figures.observations.frame.iloc[:0])
            )
        )
        == []
    )


@pytest.mark.parametrize(
    ("parents", "circle"),
    [
        ({"food": "tools", "tools": "food"}, ["food", "tools"]),
        ({"food": "tools", "tools": "all"}, []),
        ({"food": "food"}, ["food"]),
    ],
)
def test_parents(parents: dict[str, str], circle: list[str], region: Region) -> None:
    entries = {id: {**entry} for id, entry in region.industries.items()}
    for id, parent in parents.items():
        entries[id]["parent"] = parent
    found = industries.parents_form_a_tree(replace(region, industries=entries))
    assert [fault.column for fault in found if fault.code == "parents_circle"] == circle


def test_every_check_reports_every_row(tmp_path: Path) -> None:
    rows = [f"gdp,rivertown,,,{2030 + n},1.0,%,,actual,,,paper,2029,2026-01-02," for n in range(20)]
    with pytest.raises(SonghuaError) as error:
        store.read(write(tmp_path, observations__economy_csv="\n".join([HEADING, *rows])))
    codes = [fault.code for fault in error.value.faults]
    assert {code: codes.count(code) for code in set(codes)} == dict.fromkeys(
        ("unit_misfit", "actual_in_future", "published_after_recorded"), 20
    )


def test_a_target_may_lie_ahead_and_a_year_may_run(tmp_path: Path) -> None:
    rows = [
        "gdp,rivertown,,,2030,1.0,bn EUR,,target,,,paper,,2026-01-02,",
        "gdp,rivertown,,,2026,1.0,bn EUR,,preliminary,,,paper,2026,2026-01-02,",
    ]
    store.read(write(tmp_path, observations__economy_csv="\n".join([HEADING, *rows])))


def test_whole_counts(tmp_path: Path) -> None:
    indicators = FILES["indicators.toml"].replace("bn EUR", "persons")
    rows = [
        f"gdp,rivertown,,,20{10 + n},{value},{unit},,actual,,,paper,,2026-01-02,"
        for n, (value, unit) in enumerate(
            [("12", "persons"), ("12.0", "persons"), ("1.2", "10k persons"), ("0.5", "persons")]
        )
    ]
    with pytest.raises(SonghuaError) as error:
        store.read(
            write(
                tmp_path,
                indicators_toml=indicators,
                observations__economy_csv="\n".join([HEADING, *rows]),
            )
        )
    assert [(f.code, f.row) for f in error.value.faults] == [
        ("count_not_whole", 3),
        ("count_not_whole", 5),
    ]


def test_codes_of_the_crosswalk() -> None:
    rows = pd.DataFrame(
        {
            "scheme": ["isic4", "isic4", "", "gbt4754-2017", ""],
            "code": ["10", "9999", "10", "01", ""],
            "row": [2, 3, 4, 5, 6],
        }
    )
    found = [(fault.code, fault.row) for fault in industries.codes_exist(rows)]
    assert found == [("code_unknown", 3), ("code_without_scheme", 4)]
