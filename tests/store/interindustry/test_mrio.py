"""Databases of many regions through pymrio: its own, and small files laid out as each is given."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from close import assert_close
from songhua.errors import SonghuaError
from songhua.maths.input_output import accounts, technical_coefficients
from songhua.maths.interindustry import InputOutputTable
from songhua.maths.table_audit import audit
from songhua.store.interindustry import read_table

pymrio = pytest.importorskip("pymrio")
RANDOM = np.random.default_rng(7)
N = 4  # two regions of two industries
FLOWS = RANDOM.integers(5, 40, (N, N)).astype(float)
USES = RANDOM.integers(20, 90, (N, 2)).astype(float)
OUTPUT = FLOWS.sum(axis=1) + USES.sum(axis=1)
ADDED = OUTPUT - FLOWS.sum(axis=0)


def written(file: Path, values: np.ndarray, sep: str = "\t") -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    pd.DataFrame(values).to_csv(file, sep=sep, header=False, index=False)


def labelled(file: Path, rows: list[tuple[str, ...]]) -> None:
    pd.DataFrame(rows).to_csv(file, sep="\t", header=False, index=False)


def eora(home: Path) -> Path:
    """Two countries and ROW, whose one row and column hold the discrepancy and are dropped."""
    wide = np.zeros((N + 1, N + 1))
    wide[:N, :N] = FLOWS
    uses = np.zeros((N + 1, 3))
    uses[:N, :2] = USES
    for name, part in {
        "T": wide, "FD": uses, "VA": np.append(ADDED, 0)[np.newaxis], "Q": np.ones((1, N + 1)),
        "QY": np.ones((1, 3)),
    }.items():  # fmt: skip
        written(home / f"Eora26_2015_bp_{name}.txt", part)
    rows = [(k, k, "Industries", s) for k in ("CHN", "USA") for s in ("Farms", "Works")]
    labelled(home / "labels_T.txt", [*rows, ("ROW", "ROW", "TOTAL", "TOTAL")])
    uses_of = [(k, k, "Final demand", "Household final consumption P.3h") for k in ("CHN", "USA")]
    labelled(home / "labels_FD.txt", [*uses_of, ("ROW", "ROW", "TOTAL", "TOTAL")])
    labelled(home / "labels_VA.txt", [("Primary inputs", "Compensation of employees D.1")])
    labelled(home / "labels_Q.txt", [("Air", "CO2 (Gg)")])
    return home


def wiod(home: Path) -> Path:
    """The release of 2013: one sheet, marks in the fourth row and column."""
    codes = [("AtB", "Farms", "c1"), ("P", "Works", "c35")]
    heads = [(c, n, k, m) for k in ("CHN", "USA") for c, n, m in codes]
    uses = [("", "Households", k, "c37") for k in ("CHN", "USA")]
    columns = [*heads, *uses, ("", "Total", "TOT", "c62")]
    inputs = {
        "r60": ("Total intermediate consumption", FLOWS.sum(axis=0)),
        "r61": ("taxes less subsidies on products", 0.25 * ADDED),
        "r64": ("Value added at basic prices", 0.75 * ADDED),
        "r69": ("Output at basic prices", OUTPUT),
    }
    sheet: list[list[object]] = [[None] * 4 + [None] * len(columns) for _ in range(2)]
    sheet[0][0], sheet[1][0] = "World Input-Output InputOutputTable for 2009", "current prices"
    for at in range(4):
        sheet.append([None] * 4 + [column[at] for column in columns])
    sheet[2][0], sheet[3][0] = "(industry-by-industry)", "(in millions of US$)"
    for head, row, use, total in zip(heads, FLOWS, USES, OUTPUT, strict=True):
        sheet.append([*head, *row, *use, total])
    for code, (name, row) in inputs.items():
        sheet.append(["", name, "TOT", code, *row, 0.0, 0.0, row.sum()])
    file = home / "wiot09_row_sep12.xlsx"
    pd.DataFrame(sheet).to_excel(file, header=False, index=False, engine="xlsxwriter")
    return file


def gloria(home: Path) -> Path:
    """Supply and use in one table, products below industries, and its labels in a workbook."""
    main = home / "GLORIA_MRIOs_59_2015" / "20240111"
    other = home / "GLORIA_SatelliteAccounts_059_2015" / "20240111"
    industry = np.array([0, 1, 4, 5])  # region 1: industries 0-1, products 2-3; region 2: 4 to 7
    product = industry + 2
    both = np.zeros((8, 8))
    both[np.ix_(industry, product)] = np.diag(OUTPUT)
    both[np.ix_(product, industry)] = FLOWS
    uses, added = np.zeros((8, 2)), np.zeros((2, 8))
    uses[product] = USES
    added[0, industry[:2]], added[1, industry[2:]] = ADDED[:2], ADDED[2:]
    stem = "_120secMother_AllCountries_002"
    for name, values in {"T": both, "Y": uses, "V": added}.items():
        file = f"{main.name}{stem}_{name}-Results_2015_059_Markup001(full).csv"
        written(main.parent / file, values, ",")
    for name, values in {"TQ": np.ones((1, 8)), "YQ": np.ones((1, 2))}.items():
        file = f"{other.name}{stem}_{name}-Results_2015_059_Markup001(full).csv"
        written(other.parent / file, values, ",")
    sheets = {
        "Regions": {"Region_acronyms": ["CHN", "USA"], "Region_names": ["China", "America"]},
        "Sectors": {"Sector_names": ["Farms", "Works"]},
        "Value added and final demand": {
            "Value_added_names": ["Compensation of employees D.1"],
            "Final_demand_names": ["Household final consumption P.3h"],
        },
        "Satellites": {"Sat_indicator": ["co2"], "Sat_head_indicator": ["air"], "Sat_unit": ["t"]},
    }
    with pd.ExcelWriter(home / "GLORIA_ReadMe_059.xlsx", engine="xlsxwriter") as book:
        for name, columns in sheets.items():
            pd.DataFrame(columns).to_excel(book, sheet_name=name, index=False)
    return home


def exiobase(home: Path) -> Path:
    """Flows, final use, and satellite rows of which those in money are the primary inputs."""
    rows = pd.MultiIndex.from_product(
        [["CN", "US"], ["Farms", "Works"]], names=["region", "sector"]
    )
    uses = pd.MultiIndex.from_tuples(
        [("CN", "homes"), ("US", "homes")], names=["region", "category"]
    )
    names = [
        "Taxes less subsidies on products purchased: Total",
        "Operating surplus: Remaining net operating surplus",
        "Employment people: Low-skilled male",
    ]
    F = pd.DataFrame(
        [0.25 * ADDED, 0.75 * ADDED, np.ones(N)], pd.Index(names, name="stressor"), rows
    )
    money = pd.DataFrame({"unit": ["M.EUR", "M.EUR", "1000 p"]}, index=F.index)
    system = pymrio.IOSystem(
        Z=pd.DataFrame(FLOWS, rows, rows), Y=pd.DataFrame(USES, rows, uses),
        unit=pd.DataFrame({"unit": "M.EUR"}, index=rows),
        satellite={"name": "satellite", "F": F, "unit": money},
    )  # fmt: skip
    system.save_all(home / "IOT_2015_pxp")
    return home / "IOT_2015_pxp"


MAKERS = {"eora": eora, "wiod": wiod, "gloria": gloria, "exiobase": exiobase}
SAID = {"eora": "k USD", "wiod": "m USD", "gloria": "k USD", "exiobase": "m EUR"}


def grave(table: InputOutputTable, known: dict[str, float] | None = None) -> list[str]:
    return [issue.code for issue in audit(table, known) if issue.grave]


@pytest.mark.parametrize("layout", MAKERS)
def test_a_small_file_of_each_database(tmp_path: Path, layout: str) -> None:
    table = read_table(MAKERS[layout](tmp_path), layout, year=2015)
    assert (table.kind, table.unit, table.layout) == ("domestic", SAID[layout], layout)
    assert list(table.Z.index) == list(table.Z.columns)
    assert len({region for region, _ in table.Z.index}) == 2
    assert_close(table.Z, FLOWS, rtol=1e-12)
    assert_close(table.x, OUTPUT, rtol=1e-12)
    assert_close(table.f.sum(axis=1), USES.sum(axis=1))
    assert_close(table.v.sum(axis=0), ADDED)
    assert grave(table) == []
    if layout in ("wiod", "exiobase"):  # taxes on products are inputs, but no value added
        known = {"value_added": 0.75 * ADDED.sum()}
        assert grave(table, known) == []
        assert "product_taxes" in table.v.index
    note = "table_flows_from_coefficients" if layout == "gloria" else "table_output_from_use"
    assert table.notes == (note,)


def test_thousands_that_are_labelled_millions_are_named(tmp_path: Path) -> None:
    """Eora: tables said to be in million dollars are in thousands."""
    table = read_table(eora(tmp_path), "eora", year=2015, unit="m USD")
    assert table.unit == "m USD"
    (said,) = (i for i in audit(table) if i.grave)
    assert (said.code, dict(said.params)) == (
        "table_scale_unit", {"unit": "m USD", "told": "k USD", "factor": 1000},
    )  # fmt: skip
    older = replace(table, unit_in_file="m USD")  # a parser that says million itself
    assert grave(older) == []
    known = {"value_added": 1.1 * ADDED.sum() / 1000}  # in million, from another source
    (found,) = (i for i in audit(older, known) if i.grave)
    assert (found.code, found.params["factor"]) == ("table_scale_known", 1000)
    assert grave(replace(table, unit="EUR")) == ["table_unit_differs"]
    assert grave(replace(table, unit="千美元")) == []


def test_a_planted_error_in_a_database_is_found(tmp_path: Path) -> None:
    home = eora(tmp_path)
    flows = np.zeros((N + 1, N + 1))
    flows[:N, :N] = FLOWS
    flows[0, 3] *= 100
    written(home / "Eora26_2015_bp_T.txt", flows)
    codes = grave(read_table(home, "eora", year=2015))
    assert "table_unbalanced_columns" in codes  # output is what is used, so rows close


def test_accounts_from_a_table_read_are_those_of_pymrio(tmp_path: Path) -> None:
    system = pymrio.load_test()
    system.save_all(tmp_path / "mrio")
    table = read_table(tmp_path / "mrio", "pymrio", year=2000)
    assert grave(table) == ["table_unbalanced_columns"]  # its value added is not what is left
    theirs = system.calc_all()
    stressors = theirs.emissions.S.set_axis(table.Z.columns, axis=1)
    ours = accounts(technical_coefficients(table.Z, table.x), table.f, stressors)
    for name in ("D_cba", "D_pba", "D_imp", "D_exp"):
        expected = getattr(theirs.emissions, name)
        assert_close(getattr(ours, name)[list(expected.columns)], expected, rtol=1e-9, atol=1e-6)


def test_many_regions_through_pymrio(tmp_path: Path) -> None:
    system = pymrio.load_test()
    system.save_all(tmp_path / "mrio")
    table = read_table(tmp_path / "mrio", "pymrio", year=2000)
    assert (table.kind, table.unit, table.notes) == (
        "domestic",
        "m USD",
        ("table_output_from_use",),
    )
    assert table.Z.index[0] == ("reg1", "food")
    np.testing.assert_array_equal(table.Z.to_numpy(), system.Z.to_numpy())
    np.testing.assert_array_equal(table.v.to_numpy(), system.factor_inputs.F.to_numpy())
    full = system.calc_all()
    full.save_all(tmp_path / "full")
    again = read_table(tmp_path / "full", "pymrio")
    assert again.notes == ()
    assert_close(again.x.to_numpy(), full.x.to_numpy()[:, 0])


def test_without_pymrio_the_fault_names_the_extra(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "pymrio", None)
    with pytest.raises(SonghuaError) as caught:
        read_table(tmp_path, "exiobase")
    assert caught.value.faults[0].code == "mrio_library_missing"
    assert "songhua[io]" in str(caught.value)


@pytest.mark.parametrize("layout", ["exiobase", "wiod", "gloria", "eora", "pymrio"])
def test_what_a_parser_refuses_is_a_fault(tmp_path: Path, layout: str) -> None:
    with pytest.raises(SonghuaError) as caught:
        read_table(tmp_path, layout, year=2010)
    assert caught.value.faults[0].code in ("mrio_unreadable", "table_part_missing")
