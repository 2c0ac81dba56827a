"""Publishers' layouts, read unchanged: what stands where, and every fault with its place."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import xlsxwriter

from close import assert_close
from shared import DATA
from songhua.errors import SonghuaError
from songhua.maths.interindustry import InputOutputTable
from songhua.reading.interindustry import cross, long
from songhua.reading.sheets.grid import Grid
from songhua.store.interindustry import LAYOUTS, read_table, template, write_plain

CHINA, IOTABLES = DATA / "china_io", DATA / "iotables_examples"

PLAIN = """part,code,food,tools,homes,exports,output
domestic,food,10,20,50,20,100
domestic,tools,30,10,30,10,80
imported,food,5,1,4,0,
imported,tools,0,9,3,0,
value_added,labour,40,30,,,
value_added,surplus,15,10,,,
total,output,100,80,,,
memo,jobs,7,5,,,
"""


def plain(folder: Path, text: str = PLAIN, **more: object) -> InputOutputTable:
    file = folder / "table.csv"
    file.write_text(text, "utf-8")
    return read_table(file, unit="m EUR", year=2020, **more)  # type: ignore[arg-type]


def faults(folder: Path, text: str) -> list[tuple[str, int | None, str]]:
    with pytest.raises(SonghuaError) as caught:
        plain(folder, text)
    return [(f.code, f.row, f.column) for f in caught.value.faults]


def test_the_plain_layout(tmp_path: Path) -> None:
    table = plain(tmp_path)
    assert (table.kind, table.layout, table.decimals) == ("domestic", "plain", 0)
    assert table.Z.loc["food"].to_dict() == {"food": 10, "tools": 20}
    assert table.f_imported is not None
    assert table.f_imported.loc["tools", "homes"] == 3
    assert table.x.to_dict() == table.column_sums().to_dict() == table.row_sums().to_dict()
    assert table.memo is not None
    assert table.memo.loc["jobs", "tools"] == 5
    assert not table.imports_inside
    assert table.domestic_flows() is table.Z


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    table = plain(tmp_path)
    again = plain(tmp_path, write_plain(table).decode())
    for part in ("Z", "f", "v", "Z_imported", "f_imported", "memo"):
        pd.testing.assert_frame_equal(getattr(again, part), getattr(table, part))
    assert write_plain(again) == write_plain(table)


def test_a_workbook_is_read_like_a_text(tmp_path: Path) -> None:
    file = tmp_path / "table.xlsx"
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet()
        for i, row in enumerate(csv.reader(io.StringIO(PLAIN))):
            for j, cell in enumerate(row):
                sheet.write(i, j, float(cell) if cell.isdigit() else cell)
    table = read_table(file, unit="m EUR", year=2020)
    pd.testing.assert_frame_equal(table.Z, plain(tmp_path).Z)


def test_every_fault_of_a_plain_sheet_has_its_place(tmp_path: Path) -> None:
    assert faults(
        tmp_path, PLAIN.replace("10,20,50", "10,x,50").replace("value_added,l", "wages,l")
    ) == [
        ("number_unreadable", 2, "D"),
        ("table_part_unknown", 6, "part"),
    ]
    assert faults(tmp_path, PLAIN.replace("30,10,30,10,80", "30,,30,10,80")) == [
        ("table_cell_blank", 3, "tools")
    ]
    assert faults(
        tmp_path,
        PLAIN.replace("total,output", "total,x").replace("imported,tools", "imported,iron"),
    ) == [
        ("table_part_missing", None, ""),
        ("table_row_without_column", None, ""),
    ]
    assert faults(tmp_path, PLAIN.replace("food,tools,homes", "food,homes,homes")) == [
        ("column_repeats", 1, ""),
        ("table_column_missing", 1, ""),
    ]
    assert faults(tmp_path, PLAIN.replace("domestic,tools", "domestic,food"))[0] == (
        "row_repeats",
        3,
        "code",
    )


def test_a_sheet_that_is_turned_is_said_to_be(tmp_path: Path) -> None:
    turned = zip(*csv.reader(io.StringIO(PLAIN)), strict=True)
    (tmp_path / "turned.csv").write_text("\n".join(map(",".join, turned)) + "\n", "utf-8")
    with pytest.raises(SonghuaError) as caught:
        read_table(tmp_path / "turned.csv", unit="m EUR")
    assert [f.code for f in caught.value.faults] == ["table_sheet_turned"]


@pytest.mark.parametrize("imports", ["beside", "inside"])
def test_a_template_asks_for_every_number(tmp_path: Path, imports: str) -> None:
    empty = template(["food", "tools"], imports).decode()
    found = faults(tmp_path, empty)
    assert {code for code, _, _ in found} == {"table_cell_blank"}
    filled = "\n".join(
        line if line.startswith("part") else ",".join(cell or "1" for cell in line.split(","))
        for line in empty.splitlines()
    )
    table = plain(tmp_path, filled)
    assert table.imports_inside == (imports == "inside")
    assert not table.Z.isna().any(axis=None)


def test_imports_inside_keep_local_results_back(tmp_path: Path) -> None:
    text = PLAIN.replace("domestic,", "all,").replace("imported,food,5,1,4,0,\n", "")
    table = plain(tmp_path, text.replace("imported,tools,0,9,3,0,\n", ""))
    assert table.kind == "competitive"
    assert table.imports_inside
    with pytest.raises(SonghuaError) as caught:
        table.domestic_flows()
    assert caught.value.faults[0].code == "imports_inside"


def test_an_unknown_layout_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "odd.csv").write_text("a,b\n1,2\n", "utf-8")
    for layout in (None, "nbs", "quipu"):
        with pytest.raises(SonghuaError) as caught:
            read_table(tmp_path / "odd.csv", layout)
        assert caught.value.faults[0].code == "table_layout_unknown"
        for name in LAYOUTS:
            assert name in str(caught.value)
    with pytest.raises(SonghuaError) as caught:
        read_table(tmp_path / "none.csv")
    assert caught.value.faults[0].code == "file_missing"


@pytest.mark.shared("china_io")
def test_nbs_competitive_and_apart() -> None:
    fine, coarse = read_table(CHINA / "china_2020_153.csv"), read_table(CHINA / "china_2020_42.csv")
    assert (fine.kind, coarse.kind, fine.layout, fine.unit, fine.year) == (
        "competitive", "domestic", "nbs", "万元", 2020)  # fmt: skip
    assert coarse.Z_imported is not None
    links = pd.read_csv(CHINA / "concordance_china_2020_153_to_42.csv", dtype=str)
    to = links.set_index("fine_code")["coarse_code"]
    both = fine.Z.groupby(to).sum().T.groupby(to).sum().T
    assert np.abs(both - (coarse.Z + coarse.Z_imported)).to_numpy().max() < 0.11  # 10k yuan
    assert fine.industries is not None
    assert fine.industries.loc["050"].to_dict() == {
        "en": "Manufacture of medical products",
        "zh": "医药制品",
    }
    assert fine.f["imports"].sum() == pytest.approx(-1.6266e9, rel=1e-4)
    assert {t.name for t in fine.printed} >= {
        "intermediate_use",
        "final_use",
        "value_added",
        "output",
    }


@pytest.mark.shared("china_io")
def test_nbs_in_a_workbook_with_a_title_above(tmp_path: Path) -> None:
    text = (CHINA / "china_2015_42.csv").read_text("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    with xlsxwriter.Workbook(tmp_path / "nbs 2015.xlsx") as book:
        book.add_worksheet("说明").write(0, 0, "投入产出表")
        sheet = book.add_worksheet("表")
        sheet.write(0, 0, "2015年全国投入产出表")
        for i, row in enumerate(rows):
            for j, cell in enumerate(row):
                sheet.write(i + 3, j, float(cell) if i and j > 2 and cell else cell)
    again, table = read_table(tmp_path / "nbs 2015.xlsx"), read_table(CHINA / "china_2015_42.csv")
    assert_close(again.Z, table.Z, rtol=1e-14)
    assert (again.year, again.layout) == (2015, "nbs")


@pytest.mark.shared("china_io")
def test_nbs_apart_with_the_origin_in_merged_cells(tmp_path: Path) -> None:
    text = (CHINA / "china_2017_42.csv").read_text("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    with xlsxwriter.Workbook(tmp_path / "nbs 2017.xlsx") as book:
        sheet = book.add_worksheet()
        for i, row in enumerate(rows):
            for j, cell in enumerate(row):
                if not (i and j == 3):
                    sheet.write(i, j, float(cell) if i and j > 3 and cell else cell)
        sheet.merge_range(1, 3, 42, 3, "国内产品")
        sheet.merge_range(43, 3, 84, 3, "进口产品")
    again, table = read_table(tmp_path / "nbs 2017.xlsx"), read_table(CHINA / "china_2017_42.csv")
    assert again.Z_imported is not None
    assert table.Z_imported is not None
    assert_close(again.Z, table.Z, rtol=1e-14)
    assert_close(again.Z_imported, table.Z_imported, rtol=1e-14)


@pytest.mark.shared("oecd_iot_chn_jpn")
def test_oecd_needs_a_year() -> None:
    file = DATA / "oecd_iot_chn_jpn" / "oecd2021ed_CHN_1995_2018_wide.csv"
    with pytest.raises(SonghuaError) as caught:
        read_table(file)
    assert caught.value.faults[0].code == "table_year_needed"
    table = read_table(file, year=2018)
    assert (table.kind, table.unit, table.decimals) == ("competitive", "m USD", 1)
    assert table.v.loc["value_added"].sum() == pytest.approx(12.79e6, rel=1e-3)


@pytest.mark.shared("us_bea_summary_io")
def test_bea_finds_make_and_imports_beside_use() -> None:
    table = read_table(DATA / "us_bea_summary_io" / "Summary_Use_2017_PRO_AfterRedef_17sch.csv")
    assert table.make is not None
    assert table.Z_imported is not None
    assert (table.Z.shape, table.make.shape, table.kind) == ((73, 71), (71, 73), "supply_use")
    assert table.x.sum() / 1e6 == pytest.approx(34.47, abs=0.005)
    assert table.imports_inside
    rows = (table.row_sums() - table.total_output()).abs().max()
    assert rows <= 8  # as the publisher rounds
    assert table.make.loc["111CA", "113FF"] == 3720


@pytest.mark.shared("us_bea_summary_io")
def test_a_use_table_alone_is_not_enough(tmp_path: Path) -> None:
    name = "Summary_Use_2017_PRO_AfterRedef_17sch.csv"
    (tmp_path / name).write_bytes((DATA / "us_bea_summary_io" / name).read_bytes())
    with pytest.raises(SonghuaError) as caught:
        read_table(tmp_path / name)
    assert caught.value.faults[0].code == "table_make_missing"


@pytest.mark.shared("iotables_examples")
def test_eurostat_in_long_form_with_its_imports() -> None:
    germany = read_table(IOTABLES / "germany_1995.csv")
    assert (germany.unit, germany.year, germany.layout) == ("m EUR", 1995, "eurostat")
    assert germany.Z.loc["A", "B-E"] == 25480
    assert germany.memo is not None
    assert germany.memo.loc["employment"].sum() == 36428
    total = read_table(IOTABLES / "croatia_2010_1700.csv", unit="k HRK")
    domestic = read_table(
        IOTABLES / "croatia_2010_1800.csv",
        unit="k HRK",
        imported=IOTABLES / "croatia_2010_1900.csv",
    )
    assert (total.kind, domestic.kind) == ("competitive", "domestic")
    assert domestic.Z_imported is not None
    assert np.abs(total.Z - domestic.Z - domestic.Z_imported).to_numpy().max() < 1  # printed units
    assert "imports" not in domestic.v.index


@pytest.mark.shared("iotables_examples")
def test_iotables_in_wide_form() -> None:
    table = read_table(IOTABLES / "netherlands_2000.csv", unit="m EUR")
    assert (table.layout, table.year, table.kind) == ("iotables", 2000, "domestic")
    assert list(table.v.index) == ["imports", "product_taxes", "value_added"]
    assert table.memo is not None
    assert table.memo.loc["labour", "services_group"] == 151784
    with pytest.raises(SonghuaError) as caught:
        read_table(IOTABLES / "netherlands_2000.csv")
    assert caught.value.faults[0].code == "table_unit_missing"


def grid(*lines: str) -> Grid:
    return Grid([line.split(",") for line in lines])


def test_a_list_says_its_unit_and_year_and_where_it_is_wrong() -> None:
    head = "unit,prod_na,induse,time,values"
    found = long.read(grid(head, "MIO_EUR,A,CPA_A,2010-01-01,1.5", "MIO_EUR,B,CPA_A,2010,2"), "x")
    assert found is not None
    assert (found.unit, found.year, found.decimals) == ("m EUR", 2010, 1)
    assert (found.rows, found.columns, found.numbers.tolist()) == (["A", "B"], ["A"], [[1.5], [2]])
    with pytest.raises(SonghuaError) as caught:
        long.read(grid(head, "x,A,A,2010,1", "x,A,A,2010,1", "x,B,A,2010,many"), "x")
    assert [(f.code, f.row) for f in caught.value.faults] == [
        ("row_repeats", 3), ("number_unreadable", 4),
    ]  # fmt: skip


def test_a_cross_table_is_found_by_its_codes_and_told_by_its_places() -> None:
    found = grid("Table", ",name,A,B", "A,Grain,1,2", "B,Tools,3,4")
    assert cross.place(found, (["A", "B"], ["A", "B"])) == (1, 0)
    table = cross.read(found, "x", 1, 0)
    assert table.numbers.tolist() == [[1, 2], [3, 4]]
    assert table.names == {"A": {"en": "Grain"}, "B": {"en": "Tools"}}
    with pytest.raises(SonghuaError) as caught:
        cross.read(grid(",name,A,B", "A,Grain,1,2", "B,Tools,3,many"), "x", 0, 0)
    assert [(f.code, f.row, f.column) for f in caught.value.faults] == [
        ("number_unreadable", 3, "D")
    ]


def test_labels_stand_in_one_of_the_first_twelve_columns() -> None:
    for before, found in ((11, (0, 11)), (12, None)):
        gap = "," * before
        assert cross.place(
            grid(f"{gap},A,B", f"{gap}A,1,2", f"{gap}B,3,4"), [["A"], ["A", "B"]]
        ) == (found)


def test_a_column_of_names_has_letters_in_more_than_half_of_its_rows() -> None:
    for second, named in (("Tools", {"en": "Grain"}), ("7", {}), ("", {})):
        table = cross.read(grid(",name,A,B", "A,Grain,1,2", f"B,{second},3,4"), "x", 0, 0)
        assert table.names["A"] == named


def test_rows_are_imported_where_a_column_tells_them_from_domestic_ones() -> None:
    both = grid(",of,A", "A,Domestic,1", "A,Imported,2")
    assert cross.read(both, "x", 0, 0).origins == ["", "imported"]
    alone = grid(",of,A", "A,Imported machines,1", "B,Grain,2")
    assert cross.read(alone, "x", 0, 0).origins == ["", ""]
