"""Forms of data that describe themselves: Eurostat's keys, JSON-stat, PC-Axis."""

from __future__ import annotations

import json

import pytest

from shared import DATA
from songhua.errors import SonghuaError
from songhua.reading.sheets import open_book

DATASET = {
    "version": "2.0", "class": "dataset", "label": "Unemployment", "id": ["geo", "time"], "size": [2, 2],
    "dimension": {
        "geo": {"label": "Region", "category": {"index": {"B": 1, "A": 0}, "label": {"A": "Aland"}}},
        "time": {"category": {"index": ["2019", "2020"]}},
    },
    "value": [1.50, 2, None, 4.0],
}  # fmt: skip


def cells(dataset: object) -> list:
    return list(open_book(json.dumps(dataset).encode(), "x.json").grid().cells)


def why(data: bytes) -> str:
    with pytest.raises(SonghuaError) as told:
        open_book(data, "x")
    return told.value.faults[0].code


def test_keys_of_one_column_become_columns() -> None:
    data = b"freq,unit,geo\\TIME_PERIOD\t2014 \t2013 \nA,PC,AT\t5.2 u\t: u\nA,PC,BE\t: \t1\n"
    grid = open_book(data, "x.tsv").grid()
    assert [grid.text(0, at) for at in range(5)] == ["freq", "unit", "geo", "2014", "2013"]
    assert [grid.text(1, at) for at in range(5)] == ["A", "PC", "AT", "5.2 u", ": u"]


@pytest.mark.parametrize(
    "text", ["unit,geo\\time\t2014\nPC\t1\n", "a,b\t2014\nx,y\t1\n", "C:\\x\t1\ny\t2\n"]
)
def test_other_columns_stay(text: str) -> None:
    assert (
        open_book(text.encode(), "x.tsv").grid().cells[1][0]
        == text.split("\n")[1].split("\t", maxsplit=1)[0]
    )


def test_a_dataset_becomes_a_list() -> None:
    assert cells(DATASET) == [
        ["Region", "time", "value"],
        ["Aland", "2019", "1.5"], ["Aland", "2020", "2"], ["B", "2019", ""], ["B", "2020", "4.0"],
    ]  # fmt: skip
    assert open_book(json.dumps(DATASET).encode(), "x.json").grid().title == "Unemployment"


def test_sparse_values_their_status_and_units() -> None:
    dimension = json.loads(json.dumps(DATASET["dimension"]))
    dimension["geo"]["category"]["unit"] = {"A": {"label": "%"}}
    changed = DATASET | {"value": {"1": 7}, "status": {"1": "p"}, "dimension": dimension}
    assert cells(changed)[0] == ["Region", "time", "value", "unit", "status"]
    assert cells(changed)[2] == ["Aland", "2020", "7", "%", "p"]
    assert cells(changed)[3] == ["B", "2019", "", "", ""]
    assert cells(DATASET | {"status": "e"})[4][-1] == "e"


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"class": "collection"}, "import_other_kind"), ({"version": "1.0"}, "import_other_kind"),
        ({"size": [2, 3]}, "import_unreadable"), ({"id": ["geo"]}, "import_unreadable"),
        ({"value": [[1]]}, "import_unreadable"), ({"dimension": 3}, "import_unreadable"),
    ],
)  # fmt: skip
def test_what_is_no_such_dataset_is_refused(changed: dict, code: str) -> None:
    assert why(json.dumps(DATASET | changed).encode()) == code


def test_a_dataset_beyond_a_bound_is_refused() -> None:
    codes = [str(at) for at in range(4_000)]
    dimension = {name: {"category": {"index": codes}} for name in ("a", "b")}
    large = {"id": ["a", "b"], "size": [4_000, 4_000], "dimension": dimension, "value": {}}
    assert why(json.dumps(DATASET | large).encode()) == "import_too_large"
    assert why(b'{"a":' + b"[" * 100_000) == "import_unreadable"


def test_pc_axis_is_named() -> None:
    assert why(b'AXIS-VERSION="2000";\nTITLE="Matrimonios"') == "import_pc_axis"
    assert why(b'CHARSET="ANSI";\nTITLE="Matrim\xf3nios"') == "import_pc_axis"


@pytest.mark.shared("spreadsheets")
def test_published_keys() -> None:
    folder = DATA / "spreadsheets" / "files"
    for name, keys in (
        ("eurostat_employment_nace_nuts2", ["unit", "nace_r2", "age", "geo"]),
        ("eurostat_gva_growth_nuts2", ["unit", "geo"]),
        ("eurostat_unemployment_nuts2_old", ["age", "sex", "geo"]),
    ):
        grid = open_book((folder / f"{name}.tsv").read_bytes(), name).grid()
        assert grid.cells[0][: len(keys)] == keys
        assert all(len(line) == grid.width for line in grid.cells)


def test_a_note_whose_quotes_do_not_fit_is_kept_and_a_line_of_figures_refused() -> None:
    table = b'"a","b"\n"x","5"\n'
    grid = open_book(
        table + b'1,"See <a href="https://a.org">the notes, page two</a>."\n', "x"
    ).grid()
    assert grid.cells[2] == ["1", 'See <a href="https://a.org">the notes, page two</a>.']
    for line in (b'1,"Region "North"","5"\n', b'"x"y,"5"\n'):
        with pytest.raises(SonghuaError) as told:
            open_book(table + line, "x").grid()
        assert told.value.faults[0].code == "import_unreadable"
