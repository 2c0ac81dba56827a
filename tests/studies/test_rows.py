"""The rows of every study are dataclasses whose fields are the columns of their tables."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import pandas as pd
import pytest

from songhua import Run, results, schema
from songhua.errors import SonghuaError
from songhua.format.cells import cell
from songhua.format.view import View
from songhua.labels import parse_period
from songhua.plan.delivery_vocabulary import DeliveryState
from songhua.results import read_rows, table
from songhua.studies import registry
from songhua.studies.diagnose.system import IndustrySize
from songhua.studies.track.programmes import RungState
from songhua.studies.track.projects import MilestoneState


@pytest.mark.parametrize("case", ["harbin", "washington"])
def test_rows_that_are_read_back_make_the_same_table(
    case: str, request: pytest.FixtureRequest
) -> None:
    view = View.of(request.getfixturevalue(case))
    for study, result in view.results.items():
        for name, frame in result.tables.items():
            rows = view.rows(study, name, results.rows_of(study)[name])
            assert len(rows) == len(frame)
            pd.testing.assert_frame_equal(table(study, name, rows), frame)


def test_rows_are_read_by_the_types_of_their_fields() -> None:
    cells = {"project": "mill", "item": "start", "planned": "2021-06", "actual": "",
             "slip_days": 3.0, "state": "done", "evidence": "", "reported_by": "Li",
             "reported_on": "2021-07-01", "source": "paper"}  # fmt: skip
    (row,) = read_rows(pd.DataFrame([cells]), MilestoneState)
    assert row.state is DeliveryState.DONE
    assert row.actual is None
    assert row.reported_on == date(2021, 7, 1)
    assert row.planned == parse_period("2021-06")


def test_a_word_that_a_closed_list_lacks_is_no_row() -> None:
    cells = {"product": "wheel", "rung": "flying", "step": 1, "state": "reached", "reached": "",
             "place": "", "source": "paper"}  # fmt: skip
    with pytest.raises(ValueError, match="flying"):
        read_rows(pd.DataFrame([cells]), RungState)


def test_rows_are_read_once_and_there_are_none_of_a_study_that_was_not_run(harbin: Run) -> None:
    view = View.of(harbin)
    rows = view.rows("diagnose", "system", IndustrySize)
    assert view.rows("diagnose", "system", IndustrySize) is rows
    assert rows
    assert View.of(replace(harbin, results={})).rows("diagnose", "system", IndustrySize) == ()


@dataclass(frozen=True)
class Odd:
    indicator: str
    place: str


def test_rows_of_other_fields_are_refused() -> None:
    with pytest.raises(SonghuaError, match="place"):
        table("diagnose", "sums", [Odd("gdp", "here")])


def test_what_has_words_in_the_folder_has_them_in_results() -> None:
    """A tag of a folder (an owner, a coverage) is a tag of results, so that its words are shown."""
    tables = map(schema.table, schema.names())
    tags = {one.name for table in tables for one in table.columns if one.type == "tag"}
    lost = [
        (study, name, column.name)
        for study in registry.studies() for name, table in results.tables(study).items()
        for column in table.columns if column.name in tags and column.type == "text"
    ]  # fmt: skip
    assert {column for *_, column in lost} <= {"firm"}  # a firm's number is its own word


def test_the_owner_of_a_target_has_its_words(washington: Run) -> None:
    for lang, said in (("en", "Governor"), ("zh", "州长")):
        view = View.of(washington, lang)
        rows = washington.results["track"].tables["calendar"]
        column = results.tables("track")["calendar"].column("owner")
        shown = {cell(view, column, row).text for row in rows.to_dict("records")}
        assert any(said in str(one) for one in shown)
        assert "governor" not in shown
