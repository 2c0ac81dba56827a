"""The tables of a folder: read with the region, audited, and every fault told at once."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from small import write
from songhua import schema, store
from songhua.errors import SonghuaError
from songhua.maths.table_audit import audit
from songhua.session import example

TABLE = """part,code,food,tools,homes,exports,output
domestic,food,10,20,50,20,100
domestic,tools,30,10,30,10,80
value_added,labour,60,50,,,
total,output,100,80,,,
"""
ENTRY = """
[rivers-2020]
name = { en = "Rivers", zh = "河" }
region = "upland"
year = 2020
unit = "m EUR"
source = "bulletin-2020"
kind = "domestic"
"""
NAMES = "code,zh,en,industry,inclusion\nfood,食品,Food,food,whole\ntools,工具,Tools,,\n"


def folder(
    path: Path, table: str = TABLE, entry: str = ENTRY, names: str | None = NAMES, **more: str
) -> Path:
    files: dict[str, str | None] = {
        "tables_toml": entry, "tables/rivers-2020.csv": table,
        "tables/rivers-2020_industries.csv": names, **more,
    }  # fmt: skip
    return write(path / "rivertown", **files)


def codes(path: Path) -> list[str]:
    with pytest.raises(SonghuaError) as caught:
        store.read(path)
    return [fault.code for fault in caught.value.faults]


def test_a_table_is_read_with_its_names(tmp_path: Path) -> None:
    region = store.read(folder(tmp_path)).region
    table = region.tables["rivers-2020"]
    assert (table.region, table.year, table.unit, table.source) == (
        "upland",
        2020,
        "m EUR",
        "bulletin-2020",
    )
    assert table.industries is not None
    assert table.industries.loc["food", ["zh", "industry"]].tolist() == ["食品", "food"]
    assert list(region.view(date(2021, 3, 1)).tables) == ["rivers-2020"]
    assert not region.view(date(2021, 2, 28)).tables


def test_its_files_are_among_the_digests(tmp_path: Path) -> None:
    digests = store.read(folder(tmp_path)).digests
    assert {"tables.toml", "tables/rivers-2020.csv", "tables/rivers-2020_industries.csv"} <= set(
        digests
    )


def test_the_audit_refuses_and_names_the_place(tmp_path: Path) -> None:
    with pytest.raises(SonghuaError) as caught:
        store.read(folder(tmp_path, TABLE.replace("30,10,30,10,80", "300,10,30,10,80")))
    told = {f.code: f for f in caught.value.faults}
    assert set(told) == {"table_unbalanced_rows", "table_unbalanced_columns", "table_scale"}
    assert told["table_scale"].file == "tables/rivers-2020.csv"
    for lang in ("en", "zh"):
        assert "Z[tools, food]" in told["table_scale"].words(lang)


def test_what_is_accepted_is_let_through_and_nothing_else_hides(tmp_path: Path) -> None:
    wrong = TABLE.replace("50,20,100", "50,27,100")
    assert codes(folder(tmp_path / "a", wrong)) == ["table_unbalanced_rows"]
    entry = ENTRY + 'accepted = ["table_unbalanced_rows"]\n'
    assert store.read(folder(tmp_path / "b", wrong, entry)).region.tables
    assert codes(folder(tmp_path / "c", TABLE, entry)) == ["table_accepted_absent"]


def test_known_totals_find_a_wrong_unit(tmp_path: Path) -> None:
    entry = ENTRY + "known = { value_added = 0.111 }\n"
    assert codes(folder(tmp_path / "a", entry=entry)) == ["table_scale_known"]
    entry = ENTRY + 'known = { value_added = 111, cows = 3, output = "many" }\n'
    assert codes(folder(tmp_path / "b", entry=entry)) == [
        "table_known_unknown",
        "number_unreadable",
    ]


def test_all_faults_of_all_files_at_once(tmp_path: Path) -> None:
    entry = ENTRY.replace('"upland"', '"moon"') + '\n[second]\nyear = "x"\n'
    found = codes(folder(tmp_path / "a", entry=entry))
    assert sorted(found) == ["label_unknown", "not_whole", *["value_missing"] * 5]
    names = NAMES.replace("tools,", "tolls,")
    more = {"tables/stray.csv": "part,code\n"}
    assert codes(folder(tmp_path / "b", names=names, **more)) == [
        "table_industries_differ",
        "table_file_unused",
    ]
    assert codes(folder(tmp_path / "c", table="a,b\n1,2\n", names=None)) == ["table_not_plain"]
    assert codes(folder(tmp_path / "d", **{"tables/rivers-2020.csv": ""}, names=None)) == [
        "table_not_plain"
    ]


def test_a_concordance_divides_each_code_whole(tmp_path: Path) -> None:
    rows = "old,new,share\n01,food,0.6\n01,tools,0.4\n02,tools,\n"
    name = "tables/rivers-2020_concordance.csv"
    table = store.read(folder(tmp_path / "a", **{name: rows})).region.tables["rivers-2020"]
    assert table.concordance is not None
    assert table.concordance.loc["01"].to_dict() == {"food": 0.6, "tools": 0.4}
    assert codes(folder(tmp_path / "b", **{name: rows.replace("0.4", "0.5")})) == ["table_shares"]
    assert codes(folder(tmp_path / "c", **{name: rows.replace("02,tools", "02,iron")})) == [
        "table_industries_differ"
    ]


PARTS = "industry,code,measure,low,high,basis,source,note\n"
OF_RIVERS = "tables/rivers-2020_parts.csv"


def test_parts_are_handed_on_with_numbers(tmp_path: Path) -> None:
    rows = "tools,food,,0,0.5,definition,,Some.\ntools,food,output,0.1,0.2,assumed,bulletin-2020,\n"
    read = store.read(folder(tmp_path, **{OF_RIVERS: PARTS + rows}))
    parts = read.region.tables["rivers-2020"].parts
    assert parts is not None
    assert list(parts.columns) == schema.table("table_parts").names
    assert parts[["low", "high"]].to_numpy().tolist() == [[0.0, 0.5], [0.1, 0.2]]
    assert parts["source"].tolist() == ["", "bulletin-2020"]
    assert OF_RIVERS in read.digests
    assert store.read(folder(tmp_path / "b")).region.tables["rivers-2020"].parts is None


@pytest.mark.parametrize(
    ("row", "code", "column"),
    [
        ("tols,tools,,0,1,definition,,", "label_unknown", "industry"),
        ("tools,foods,,0,1,definition,,", "part_code_unknown", "code"),
        ("tools,food,,0.5,0.4,definition,,", "part_range", "low"),
        ("tools,food,,-0.1,1,definition,,", "below_least", "low"),
        ("tools,food,output,0,1.2,definition,,", "above_most", "high"),
        ("tools,food,revenue,0,101,definition,,", "above_most", "high"),
        ("tools,food,,0,1,guess,,", "choice_unknown", "basis"),
        ("tools,food,jobs,0,1,assumed,,", "choice_unknown", "measure"),
        ("tools,food,,,1,assumed,,", "value_missing", "low"),
        ("tools,food,,1,many,assumed,,", "number_unreadable", "high"),
        ("tools,food,,0,1,assumed,moon,", "label_unknown", "source"),
        ("food,food,,0.5,1,assumed,,", "part_outside_list", "low"),
    ],
)
def test_a_part_that_cannot_be_is_refused_at_its_cell(
    tmp_path: Path, row: str, code: str, column: str
) -> None:
    with pytest.raises(SonghuaError) as caught:
        store.read(folder(tmp_path, **{OF_RIVERS: f"{PARTS}{row}\n"}))
    assert [(f.code, f.file, f.row, f.column) for f in caught.value.faults] == [
        (code, OF_RIVERS, 2, column)
    ]
    for lang in ("en", "zh"):
        assert "{" not in caught.value.faults[0].words(lang)


def test_what_is_assumed_lies_inside_what_is_so_by_definition(tmp_path: Path) -> None:
    rows = (
        "tools,food,,0.2,0.5,definition,,\ntools,food,,0.1,0.3,assumed,,\n"
        "tools,food,output,0.3,0.6,assumed,,\ntools,food,revenue,3,9,assumed,,\n"
        "tools,tools,revenue,1,4,definition,,\ntools,tools,revenue,3,5,assumed,,\n"
        "tools,tools,revenue,3,4,assumed,,\n"
    )
    with pytest.raises(SonghuaError) as caught:
        store.read(folder(tmp_path, **{OF_RIVERS: PARTS + rows}))
    assert [(f.code, f.row, f.column) for f in caught.value.faults] == [("row_repeats", 8, "")]
    rows = rows.replace("tools,tools,revenue,3,4,assumed,,\n", "")
    with pytest.raises(SonghuaError) as caught:
        store.read(folder(tmp_path, **{OF_RIVERS: PARTS + rows}))
    assert [(f.code, f.row, f.column, f.params["place"]) for f in caught.value.faults] == [
        ("part_outside", 3, "low", 2), ("part_outside", 4, "high", 2), ("part_outside", 7, "high", 6),
    ]  # fmt: skip


def test_a_file_that_is_named_is_read_or_missed(tmp_path: Path) -> None:
    entry = ENTRY + 'parts = "tables/cuts.csv"\n'
    rows = {"tables/cuts.csv": PARTS + "tools,food,,0,0.5,definition,,\n"}
    parts = store.read(folder(tmp_path / "a", entry=entry, **rows)).region.tables["rivers-2020"]
    assert parts.parts is not None
    assert codes(folder(tmp_path / "b", entry=entry)) == ["file_missing"]
    again = ENTRY.replace("rivers-2020", "rivers-2020_parts")
    both = folder(tmp_path / "c", entry=ENTRY + again, **{OF_RIVERS: TABLE})
    assert {id: one.parts for id, one in store.read(both).region.tables.items()} == {
        "rivers-2020": None, "rivers-2020_parts": None,
    }  # fmt: skip


@pytest.mark.parametrize("case", ["harbin", "washington"])
def test_the_built_in_tables_are_clean_and_speak_of_the_plan(case: str) -> None:
    found = store.read(example(case))
    assert found.region.tables
    wanted = set(found.plan.roles()) if found.plan else set()
    for table in found.region.tables.values():
        assert audit(table) == []
        assert 30 <= len(table.codes) <= 45
        assert table.industries is not None
        assert table.concordance is not None
        names = table.industries
        assert (names[["en", "zh"]] != "").all(axis=None)
        named = set(names["industry"]) - {""}
        assert (names["inclusion"] != "").equals(names["industry"] != "")
        main = {
            i for i in wanted if found.plan and found.plan.roles()[i] in ("leading", "advantageous")
        }
        assert main <= named


#: Figures of value added, output, revenue or jobs whose industry no codes can tell.
UNTOLD = {
    "all", "private-economy", "non-public-economy", "high-tech", "strategic-emerging", "sei-bio-industry",
    "sei-information-technology", "sei-new-energy-vehicles", "sei-new-materials", "four-key-industries",
    "creative-design", "ice-snow",
}  # fmt: skip
MEASURES = ("value_added", "output", "revenue", "employment")


def test_every_industry_of_harbin_with_a_size_or_its_growth_has_its_codes() -> None:
    region = store.read(example("harbin")).region
    table = region.tables["china-2020-domestic"]
    assert table.parts is not None
    assert table.industries is not None
    told = {*table.parts["industry"], *table.industries["industry"], *table.industries["within"]}
    measured = {one.id for one in region.catalogue.values() if one.measure in MEASURES}
    own = region.figures.observations.frame[
        region.figures.observations.frame["region"] == region.code
    ]
    sized = set(own.loc[own["indicator"].isin(measured), "industry"]) | {
        id for id in region.industries if id.startswith("section-")
    }
    assert sized - told == UNTOLD & sized
    assert set(table.parts.loc[table.parts["basis"] == "assumed", "note"]) & {""} == set()


def test_a_whole_code_inside_a_wider_industry_is_told_from_a_part_of_a_code() -> None:
    table = store.read(example("washington")).region.tables["united-states-2017"]
    assert table.industries is not None
    assert table.industries["inclusion"].value_counts().to_dict() == {"whole": 39, "inside": 6}
