"""Panels: a cell has a number or a reason, in the indicator's unit, and fits its catalogues."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pytest

from small import write
from songhua import store
from songhua.errors import Fault, SonghuaError

HEADING = "indicator,region,industry,period,value,unit,status,kind,source,recorded"
CELL = "gdp,rivertown,food,2019,4.0,bn EUR,,actual,bulletin-2020,2026-01-02"


def put(folder: Path, *cells: str, heading: str = HEADING) -> Path:
    return write(folder, panels__gdp_csv="\n".join([heading, *cells, ""]))


def faults(folder: Path) -> list[Fault]:
    with pytest.raises(SonghuaError) as error:
        store.read(folder)
    return list(error.value.faults)


@pytest.mark.parametrize(
    ("cell", "code", "column"),
    [
        (CELL.replace("4.0", ""), "cell_without_reason", "status"),
        (CELL.replace("EUR,,", "EUR,suppressed,"), "cell_with_reason", "status"),
        (CELL.replace("EUR,,", "EUR,secret,"), "choice_unknown", "status"),
        (CELL.replace("4.0", "four"), "number_unreadable", "value"),
        (CELL.replace("bn EUR", "%"), "unit_misfit", "unit"),
        (CELL.replace("food", "zinc"), "label_unknown", "industry"),
        (CELL.replace("2019", "soon"), "period_unreadable", "period"),
        (CELL + ",x", "row_width", ""),
    ],
)
def test_a_fault_is_found_at_its_place(cell: str, code: str, column: str, tmp_path: Path) -> None:
    good = CELL.replace("food", "tools")
    found = [(f.code, f.file, f.row, f.column) for f in faults(put(tmp_path, good, cell))]
    assert found == [(code, "panels/gdp.csv", 3, column)]


def test_a_cell_that_stands_twice(tmp_path: Path) -> None:
    found = faults(put(tmp_path, CELL, CELL.replace("4.0", "4.1")))
    assert [(f.code, f.row) for f in found] == [("row_repeats", 3)]


def test_cells_are_read_in_the_indicators_unit(tmp_path: Path) -> None:
    folder = put(
        tmp_path,
        CELL,
        CELL.replace("food", "tools").replace("4.0,bn EUR", "6000,m EUR"),
        CELL.replace("rivertown", "upland").replace("4.0,bn EUR,", ",bn EUR,suppressed"),
        "",
        CELL.replace("2019", "2020-01..2020-12").replace("bulletin-2020", "paper"),
    )
    region = store.read(folder).region
    wide = region.panel("gdp")
    assert wide.loc[("2019", "rivertown")].to_dict() == {"food": 4.0, "tools": 6.0}
    assert wide.loc[("2019", "upland")].isna().all()
    assert wide.loc[("2020", "rivertown"), "food"] == 4.0
    low, high = (region.panel("gdp", end).loc[("2019", "rivertown")] for end in ("low", "high"))
    assert np.allclose(low, [3.95, 5.9995])
    assert np.allclose(high, [4.05, 6.0005])
    assert region.figures.cells.frame["row"].tolist() == [2, 3, 4, 6]


def test_as_of_a_day_only_what_was_published(tmp_path: Path) -> None:
    cells = (CELL, CELL.replace("2019", "2018").replace("bulletin-2020", "paper"))
    region = store.read(put(tmp_path, *cells)).region
    assert len(region.view(date(2021, 2, 28)).figures.cells) == 0
    assert region.view(date(2021, 3, 1)).figures.cells.frame["period"].tolist() == ["2019"]


def test_a_folder_without_panels_has_none(rivertown: Path) -> None:
    region = store.read(rivertown).region
    assert region.figures.cells.frame.empty
    assert not region.view(date(2021, 3, 1)).figures.cells
