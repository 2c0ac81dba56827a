"""From printed text to numbers, bounds, days and scales."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from small import FILES, HEADING, write
from songhua import store
from songhua.reading import rows


def row(**cells: str) -> str:
    usual = {"indicator": "gdp", "region": "rivertown", "period": "2018", "value": "4.0"}
    usual |= {"unit": "bn EUR", "kind": "actual", "source": "paper", "recorded": "2026-01-02"}
    return ",".join((dict.fromkeys(HEADING.split(","), "") | usual | cells).values())


def frame(folder: Path, *rows: str, **changes: str) -> pd.DataFrame:
    text = "\n".join([HEADING, *rows]) + "\n"
    return store.read(
        write(folder, observations__economy_csv=text, **changes)
    ).region.figures.observations.frame


@pytest.mark.parametrize(
    ("value", "qualifier", "low", "high"),
    [
        ("4.0", "", 3.95, 4.05),
        ("4", "", 3.5, 4.5),
        ("-4.70", "", -4.705, -4.695),
        ("4.0", "more_than", 4.0, np.inf),
        ("4.0", "at_least", 4.0, np.inf),
        ("4.0", "nearly", 3.5, 4.0),
        ("-4.0", "nearly", -4.0, -3.5),
        ("4.0", "less_than", -np.inf, 4.0),
        ("4.0", "at_most", -np.inf, 4.0),
        ("4.0", "about", np.nan, np.nan),
    ],
)
def test_bounds_of_what_is_printed(
    value: str, qualifier: str, low: float, high: float, tmp_path: Path
) -> None:
    rate = {"indicator": "gdp_growth", "unit": "%"}
    one = frame(tmp_path, row(value=value, qualifier=qualifier, **rate)).iloc[0]
    assert one["number"] == float(value)
    assert [one["low"], one["high"]] == pytest.approx([low, high], nan_ok=True)


def test_a_full_count_is_exact_and_a_scaled_one_is_not(tmp_path: Path) -> None:
    indicators = FILES["indicators.toml"].replace("bn EUR", "persons")
    rows = [row(value="12", unit="persons"), row(value="12", unit="10k persons", period="2017")]
    got = frame(tmp_path, *rows, indicators_toml=indicators)
    assert got[["low", "high"]].to_numpy().tolist() == [[12, 12], [11.5, 12.5]]
    assert got["scale"].tolist() == [1, 10_000]


def test_units_are_turned_into_the_indicators(tmp_path: Path) -> None:
    got = frame(tmp_path, row(unit="m EUR", value="5"), row(unit="100m EUR", value="6"))
    assert got["scale"].tolist() == [0.001, 0.1]


def test_a_row_is_known_by_its_own_date_or_its_sources(tmp_path: Path) -> None:
    got = frame(
        tmp_path,
        row(source="bulletin-2020"),
        row(source="bulletin-2020", published="2022-04", period="2017"),
        row(source="paper"),
        row(source="paper", published="2020", period="2017"),
    )
    days = [None if pd.isna(day) else str(day.date()) for day in got["known"]]
    assert days == ["2021-03-01", "2022-04-30", None, "2020-12-31"]


def test_labels_are_in_one_spelling(tmp_path: Path) -> None:
    got = frame(
        tmp_path,
        row(period="2020-Q1..2020-Q2", unit=" bn EUR "),
        row(period=" 2020-H2", value="5", recorded=" 2026-01-02 ", published=" 2021 "),
    )
    assert got["period"].tolist() == ["2020-H1", "2020-H2"]
    assert got["unit"].tolist() == ["bn EUR", "bn EUR"]
    assert got["recorded"].tolist() == ["2026-01-02", "2026-01-02"]
    assert got["industry"].tolist() == ["all", "all"]
    assert got["published"].tolist() == ["", "2021"]


def test_faults_of_rows_in_memory_have_their_places_from_one_on(tmp_path: Path) -> None:
    region = store.read(write(tmp_path)).region
    usual = dict(zip(HEADING.split(","), row().split(","), strict=True))
    given = [usual, {**usual, "value": "many"}]
    told, faults = rows.figures(region, given, "mine")
    assert told is region
    assert [(one.code, one.row) for one in faults] == [("number_unreadable", 2)]
    many = [{**usual, "indicator": f"none{n}"} for n in range(300)]
    faults = rows.figures(region, many, "mine")[1]
    assert {one.row for one in faults if one.code == "label_unknown"} == set(range(1, 201))
    assert [one.row for one in faults if one.code == "more_values"] == [None]


def test_an_empty_folder_has_the_same_columns(tmp_path: Path) -> None:
    full = frame(tmp_path / "a", row())
    none = store.read(
        write(tmp_path / "b", observations__economy_csv=None)
    ).region.figures.observations.frame
    assert list(none.columns) == list(full.columns)
    assert none.empty
    assert store.read(write(tmp_path / "c", observations__economy_csv=HEADING)).region.find().empty


def test_a_correction_supersedes_the_row_of_the_same_source_only(tmp_path: Path) -> None:
    got = frame(
        tmp_path,
        row(value="4.0"),
        row(value="4.1", recorded="2026-02-02"),
        row(value="4.2", recorded="2026-03-02"),
        row(value="4.3", source="bulletin-2020"),
        row(value="4.4", vintage="revised", recorded="2026-03-02"),
        row(value="4.5", period="2017"),
    )
    assert got["superseded"].tolist() == [True, True, False, False, False, False]
