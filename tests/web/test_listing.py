"""Lists show the requested rows, compared with rows counted by hand and by pandas."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from songhua import Session, schema, session
from songhua.document.tables import records
from songhua.errors import SonghuaError
from songhua.format.text import plain
from songhua.format.view import View
from songhua.web.listing import RowQuery, listing, matching
from songhua.web.rows import cells
from web_work import client, page

COLUMNS = schema.table("observations").columns


@pytest.fixture(scope="module")
def opened() -> Session:
    return session.open(session.example("harbin"))


@pytest.fixture(scope="module")
def view(opened: Session) -> View:
    return View(region=opened.region, plan=opened.plan, results={}, lang="zh")


def test_filters_are_those_of_the_table(opened: Session, view: View) -> None:
    frame = opened.region.figures.observations.frame
    asked = RowQuery.of({"indicator": "gdp", "region": "harbin"}, COLUMNS)
    shown = listing(frame, COLUMNS, asked, view)
    held = frame[(frame["indicator"] == "gdp") & (frame["region"] == "harbin")]
    assert shown.total == len(held) > 0
    assert shown.rows["id"].tolist() == held["id"].tolist()[: asked.size]
    # a column that is asked for offers its other values, as if it were not
    others = frame[frame["region"] == "harbin"]["indicator"].astype(str).value_counts()
    assert dict(shown.facets["indicator"]) == others[others > 0].to_dict()
    kinds = held["kind"].astype(str).value_counts()
    assert dict(shown.facets["kind"]) == kinds[kinds > 0].to_dict()


def test_a_word_is_looked_for_in_names_too(opened: Session, view: View) -> None:
    frame = opened.region.figures.observations.frame
    rows = matching(frame, COLUMNS, RowQuery(search="地区生产总值"), view)
    assert set(frame[frame["indicator"] == "gdp"]["id"]) <= set(rows["id"])
    assert 0 < len(rows) < len(frame)
    assert len(matching(frame, COLUMNS, RowQuery(search="no such words"), view)) == 0


def test_order_and_pages_lose_no_row(opened: Session, view: View) -> None:
    frame = opened.region.figures.observations.frame
    for sort in ("value", "-value", "period", "-source"):
        parts: list[str] = []
        for at in range(1, -(-len(frame) // 77) + 1):
            parts += (
                listing(frame, COLUMNS, RowQuery(sort=sort, page=at, size=77), view)
                .rows["id"]
                .tolist()
            )
        assert sorted(parts) == sorted(frame["id"])
    numbers = listing(frame, COLUMNS, RowQuery(sort="-value", size=1000), view).rows["number"]
    assert numbers.dropna().is_monotonic_decreasing


@pytest.mark.parametrize(
    "words",
    [{"_page": "0"}, {"_page": "-1"}, {"_size": "x"}, {"_page": "１"}, {"_sort": "nope"},
     {"_page": "9" * 10}],
)  # fmt: skip
def test_what_is_not_understood_is_refused(words: dict[str, str]) -> None:
    with pytest.raises(SonghuaError) as caught:
        RowQuery.of(words, COLUMNS)
    assert len(caught.value.faults) == 1


def test_all_that_is_wrong_is_said_at_once() -> None:
    with pytest.raises(SonghuaError) as caught:
        RowQuery.of({"_page": "x", "_sort": "-none"}, COLUMNS)
    assert len(caught.value.faults) == 2


@given(
    path=st.lists(st.text(st.characters(codec="utf-8"), max_size=12), max_size=4),
    query=st.dictionaries(
        st.sampled_from(["_q", "_sort", "_page", "_size", "_as_of", "_scenario", "region", "value", "observations", "x"]),
        st.text(st.characters(codec="utf-8"), max_size=12), max_size=3,
    ),
    head=st.sampled_from(["/en/figures", "/zh/tables/track/targets", "/en/cells.json", "/en/sources.csv", "/en/at/", "/en", ""]),
)  # fmt: skip
def test_no_address_breaks_the_workbench(
    bench: object, path: list[str], query: dict[str, str], head: str
) -> None:
    from urllib.parse import quote, urlencode

    tail = "/".join(quote(part, safe="") for part in path)
    address = f"{head}/{tail}" if tail else head or "/"
    answer = page(bench, f"{address}?{urlencode(query)}")  # pyright: ignore[reportArgumentType]
    assert answer.status_code < 500, address


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> object:
    from small import write

    folder: Path = write(tmp_path_factory.mktemp("bench") / "rivertown")
    return client(folder)


def test_cells_of_panels_have_their_numbers_in_the_unit_that_stands_beside(
    opened: Session, view: View
) -> None:
    shown = cells(view)
    asked = RowQuery(filters={"indicator": "city_people", "region": "harbin", "period": "2020"})
    held = matching(shown.frame, shown.columns, asked, view)
    assert "value" in [column.name for column in shown.columns]
    # panels/census.csv has 10,009,854 persons; the indicator counts ten thousands of them
    assert held[["value", "unit"]].to_numpy().tolist() == [[1000.9854, "10k persons"]]
    (row,) = records(held)
    said = shown.text(view, next(one for one in shown.columns if one.name == "value"), row)
    assert plain(said) == "1000.9854万人"
    biggest = listing(shown.frame, shown.columns, RowQuery(sort="-value"), view).rows["number"]
    assert biggest.iloc[0] == shown.frame["number"].max()
