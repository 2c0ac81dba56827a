"""Every fault of a folder, at its file, row and column; and all of them at once (§9)."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

import pytest

from small import FILES, HEADING, write
from songhua import store
from songhua.errors import Fault, SonghuaError

GOOD = "gdp,rivertown,food,,2018,4.0,bn EUR,,actual,,,bulletin-2020,,2026-01-02,"
CELLS = dict(zip(HEADING.split(","), GOOD.split(","), strict=True))
CLAIM = """
[c1]
source = "paper"
says = { en = "A.", zh = "甲。" }
relation = "a == b"

[c1.numbers.a]
value = "1"
unit = "%"

[c1.numbers.b]
value = "1.0"
unit = "%"
"""
PLAN = """
[plan]
name = { en = "P", zh = "规划" }
period = "plan:2021..2025"
base_year = 2020
purpose = { en = "To grow.", zh = "增长。" }
source = "paper"
"""
CROSSWALK = (
    "role,industry,scheme,code,inclusion,reason,support,basis\nleading,food,isic4,10,,,,own\n"
)
ECONOMY = "observations/economy.csv"


class Case(NamedTuple):
    code: str
    file: str
    row: int | None
    column: str
    changes: dict[str, str | bytes]


def cell(code: str, **cells: str) -> Case:
    """The good row in row 2 of the observations, with one cell changed."""
    text = f"{HEADING}\n{','.join((CELLS | cells).values())}\n"
    return Case(code, ECONOMY, 2, next(iter(cells)), {"observations__economy_csv": text})


def toml(code: str, file: str, row: int | None, column: str, old: str, new: str) -> Case:
    """A catalogue with one stretch of text changed."""
    extra = {"claims.toml": CLAIM, "plan/plan.toml": PLAN}
    whole = (extra | FILES)[file].lstrip("\n")
    assert old in whole
    return Case(code, file, row, column, {file.replace("/", "__"): whole.replace(old, new, 1)})


def table(code: str, row: int | None, column: str, text: str | bytes) -> Case:
    """Another text for the whole file of observations."""
    return Case(code, ECONOMY, row, column, {"observations__economy_csv": text})


def plan(code: str, row: int, column: str, text: str) -> Case:
    """Another crosswalk."""
    changes: dict[str, str | bytes] = {"plan__plan_toml": PLAN, "plan__industries_csv": text}
    return Case(code, "plan/industries.csv", row, column, changes)


CASES = [
    # one cell of a table
    cell("value_missing", value=""),
    cell("value_missing", indicator=""),
    cell("value_missing", recorded=""),
    cell("number_unreadable", value='"1,180"'),
    cell("number_unreadable", value="NaN"),
    cell("number_unreadable", value="1e999"),
    cell("number_unreadable", value="٣"),
    cell("number_unreadable", value="1234567890123456"),
    cell("number_unreadable", value="4.0 "),
    cell("label_unknown", indicator="gdpp"),
    cell("label_unknown", source="bulletin-2021"),
    cell("label_unknown", indicator="zzz"),
    cell("label_unknown", region="mars"),
    cell("label_unknown", entity="mill"),
    cell("label_unknown", industry="foods"),
    cell("period_unreadable", period="2020-13"),
    cell("unit_unknown", unit="yuan-ish"),
    cell("choice_unknown", kind="real"),
    cell("choice_unknown", qualifier="circa"),
    cell("when_unreadable", published="2021-Q1"),
    cell("period_unreadable", published="soon"),
    cell("date_unreadable", recorded="2026-01"),
    cell("date_unreadable", recorded="2026-02-30"),
    # named checks of observations
    cell("unit_misfit", unit="%"),
    cell("unit_misfit", unit="bn EUR@2015"),
    cell("unit_misfit", unit="bn USD"),
    cell("actual_in_future", period="2027"),
    cell("actual_in_future", period="2026-01-03"),
    Case(
        "published_after_recorded", ECONOMY, 2, "recorded",
        {"observations__economy_csv": f"{HEADING}\n{GOOD.replace(',,2026', ',2027,2026')}\n"},
    ),
    Case(
        "count_not_whole", ECONOMY, 2, "value",
        {
            "observations__economy_csv": f"{HEADING}\n{GOOD.replace('4.0,bn EUR', '4.5,count')}\n",
            "indicators_toml": FILES["indicators.toml"].replace("bn EUR", "count"),
        },
    ),
    # the table itself
    table("heading_missing", 1, "", ""),
    table("heading_missing", 1, "", "\n\n"),
    table("heading_missing", 1, "", ",,,\n"),
    table("column_unknown", 1, "", f"{HEADING},colour\n{GOOD},red\n"),
    table("column_repeats", 1, "", f"{HEADING},note\n{GOOD},x\n"),
    table("column_missing", 1, "", "indicator,region\ngdp,rivertown\n"),
    table("row_width", 3, "", f"{HEADING}\n{GOOD}\n{GOOD},\n"),
    table("row_width", 2, "", f"{HEADING}\ngdp\n{GOOD}\n"),
    table("row_repeats", 3, "", f"{HEADING}\n{GOOD}\n{GOOD}\n"),
    table("row_repeats", 4, "", f"{HEADING}\n{GOOD}\n\n{GOOD}other words\n"),
    table("quote_alone", 2, "", f'{HEADING}\n{GOOD}"abc\n{GOOD}\n'),
    table("quote_alone", 2, "", f'{HEADING}\n{GOOD}5" pipe\n'),
    table("quote_alone", 3, "", f'{HEADING}\n{GOOD}"a"\n{GOOD}"b"c\n'),
    table("cell_over_lines", 3, "", f'{HEADING}\n{GOOD}"a"\n{GOOD}"a""\nb"\n{GOOD}"b\n'),
    table("not_utf8", 3, "", f"{HEADING}\n{GOOD}\n".encode() + "粮食".encode("gb18030")),
    table("not_utf8", 1, "", f"{HEADING}\n".encode("utf-16")),
    table("character_odd", 2, "", f"{HEADING}\n{GOOD}\0\n"),
    # a catalogue
    toml("toml_unreadable", "sources.toml", 2, "", 'title = "Bulletin 2020"', "title = "),
    toml("toml_unreadable", "sources.toml", 7, "", "[paper]", "[bulletin-2020]"),
    toml("toml_unreadable", "sources.toml", None, "", "[paper]", "x = " + "[" * 5000 + "\n[paper]"),
    toml("not_utf8", "sources.toml", 7, "", "[paper]", "[paper]") ._replace(
        changes={"sources_toml": FILES["sources.toml"].lstrip().replace("[paper]", "[日]").encode("gb18030")}
    ),
    toml("entry_not_table", "sources.toml", 1, "", "[bulletin-2020]", "x = 1\n[bulletin-2020]"),
    toml("slug_unreadable", "industries.toml", 1, "", "[food]", '["Food & drink"]'),
    toml("key_unknown", "sources.toml", 3, "bulletin-2020", "publisher =", "publishr ="),
    toml("value_missing", "sources.toml", 1, "bulletin-2020.title", 'title = "Bulletin 2020"\n', ""),
    toml("not_text", "sources.toml", 2, "bulletin-2020.title", '"Bulletin 2020"', "2020"),
    toml("choice_unknown", "sources.toml", 5, "bulletin-2020.grade", '"official"', '"best"'),
    toml("when_unreadable", "sources.toml", 4, "bulletin-2020.published", "2021-03-01", "2021-H1"),
    toml("name_none", "industries.toml", 2, "food.name", 'en = "Food", zh = "食品"', 'en = " "'),
    toml("not_names", "industries.toml", 2, "food.name", '{ en = "Food", zh = "食品" }', '"Food"'),
    toml("label_unknown", "indicators.toml", 15, "gdp_growth.of", 'of = "gdp"', 'of = "gpd"'),
    toml("slug_unreadable", "indicators.toml", 5, "gdp.measure", '"value_added"', '"Value added"'),
    toml("unit_unknown", "indicators.toml", 3, "gdp.unit", '"bn EUR"', '"bn"'),
    toml("not_a_list", "indicators.toml", 5, "gdp.not_comparable", "measure", 'not_comparable = "x"\nmeasure'),
    toml("table_missing", "region.toml", None, "", "[region]", "[district]"),
    toml("key_unknown", "region.toml", 1, "", "[region]", "[district]"),
    toml("currency_unreadable", "region.toml", 4, "region.currency", '"EUR"', '"euro"'),
    toml("not_whole", "region.toml", 5, "region.base_year", "2020", "2020.5"),
    toml("not_a_table", "region.toml", None, "places", "[places.upland]", "[[places]]"),
    toml("parents_circle", "industries.toml", None, "food", 'parent = "all"', 'parent = "food"'),
    toml("partition_orphan", "industries.toml", None, "food", 'parent = "all"\n', ""),
    # claims
    toml("relation_unreadable", "claims.toml", 4, "c1.relation", "a == b", "a = b"),
    toml("relation_name_unknown", "claims.toml", 4, "c1.relation", "a == b", "a == c"),
    toml("relation_name_unknown", "claims.toml", 4, "c1.relation", '"a == b"', '"a == b"\nfrees = ["d"]'),
    toml("claim_without_relation", "claims.toml", 1, "c1.relation", 'relation = "a == b"\n', ""),
    toml("claim_unknowns", "claims.toml", 4, "c1.relation", CLAIM[CLAIM.index("[c1.numbers.a]"):].strip(),
         '[c1.numbers.a]\nunit = "%"\n[c1.numbers.b]\nunit = "%"'),
    toml("not_a_table", "claims.toml", 7, "c1.numbers.c", "[c1.numbers.a]", "[c1.numbers]\nc = 1\n[c1.numbers.a]"),
    toml("key_unknown", "claims.toml", 6, "c1.numbers.a.valu", "value", "valu"),
    toml("value_missing", "claims.toml", 6, "c1.numbers.a.unit", 'unit = "%"\n\n', "\n"),
    toml("not_text", "claims.toml", 6, "c1.numbers.a.value", 'value = "1"', "value = 1"),
    # the plan
    toml("period_unreadable", "plan/plan.toml", 3, "plan.period", "plan:2021..2025", "the 14th"),
    toml("not_whole", "plan/plan.toml", 4, "plan.base_year", "= 2020", '= "MMXX"'),
    plan("code_unknown", 2, "code", CROSSWALK.replace(",10,", ",9999,")),
    plan("code_unreadable", 2, "code", CROSSWALK.replace(",10,", ",1-0,")),
    plan("code_without_scheme", 2, "code", CROSSWALK.replace(",10,", ",,")),
    plan("row_repeats", 3, "", CROSSWALK + CROSSWALK.splitlines()[1] + "\n"),
    plan("label_unknown", 2, "industry", CROSSWALK.replace("food", "zinc")),
]  # fmt: skip


def faults(folder: Path) -> list[Fault]:
    with pytest.raises(SonghuaError) as error:
        store.read(folder)
    return list(error.value.faults)


def put(folder: Path, changes: dict[str, str | bytes]) -> Path:
    usual: dict[str, str | bytes] = {"claims_toml": CLAIM} if "claims.toml" in changes else {}
    write(folder, **usual)
    for name, content in changes.items():
        file = folder / name.replace("__", "/").replace("_toml", ".toml").replace("_csv", ".csv")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content if isinstance(content, bytes) else content.lstrip("\n").encode()
                         if not name.startswith("observations") else content.encode())  # fmt: skip
    return folder


@pytest.mark.parametrize("case", CASES, ids=[f"{n}-{c.code}" for n, c in enumerate(CASES)])
def test_a_fault_is_found_at_its_place(case: Case, tmp_path: Path) -> None:
    found = faults(put(tmp_path, case.changes))
    places = [(f.code, f.file, f.row, f.column) for f in found]
    assert (case.code, case.file, case.row, case.column) in places
    for lang in ("en", "zh"):
        for fault in found:
            assert not re.search(r"\{\w*\}", fault.words(lang)), fault


@pytest.mark.parametrize("name", ["region.toml", "sources.toml", "indicators.toml"])
def test_a_file_that_is_needed(name: str, rivertown: Path) -> None:
    (rivertown / name).unlink()
    assert [(f.code, f.file) for f in faults(rivertown)] == [("file_missing", name)]


@pytest.mark.parametrize("name", ["industries.toml", "observations/economy.csv"])
def test_a_file_that_is_not_needed(name: str, rivertown: Path) -> None:
    (rivertown / name).unlink()
    if name == "industries.toml":
        assert {f.code for f in faults(rivertown)} == {"label_unknown"}
    else:
        assert store.read(rivertown).region.figures.observations.frame.empty


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    assert [f.code for f in faults(tmp_path / "none")] == ["folder_missing"]
    (tmp_path / "file").write_text("x")
    assert [f.code for f in faults(tmp_path / "file")] == ["folder_is_file"]


def test_a_folder_in_place_of_a_file(rivertown: Path) -> None:
    (rivertown / "sources.toml").unlink()
    (rivertown / "sources.toml").mkdir()
    assert [(f.code, f.file) for f in faults(rivertown)] == [("file_not_regular", "sources.toml")]


def test_all_faults_of_all_files_at_once(tmp_path: Path) -> None:
    bad = [case for case in CASES if case.file == ECONOMY and case.row == 2 and "," in str(case)]
    rows = [str(case.changes["observations__economy_csv"]).splitlines()[1] for case in bad[:20]]
    folder = write(
        tmp_path,
        observations__economy_csv="\n".join([HEADING, *rows]),
        sources_toml=FILES["sources.toml"].replace('"press"', '"gossip"'),
        indicators_toml=FILES["indicators.toml"].replace('"level"', '"height"'),
        claims_toml=CLAIM.replace("a == b", "a ="),
        left_out_csv="what,source\n",
        plan__plan_toml=PLAN.replace("2020", '"x"'),
    )
    found = faults(folder)
    by_file = {fault.file for fault in found}
    assert by_file == {
        "sources.toml", "indicators.toml", "claims.toml", "left_out.csv", "plan/plan.toml", ECONOMY,
    }  # fmt: skip
    at = {(f.row, f.column) for f in found if f.file == ECONOMY}
    for n, case in enumerate(bad[:20]):
        assert (n + 2, case.column) in at


def test_a_fault_of_many_rows_is_told_a_hundred_times_and_counted(tmp_path: Path) -> None:
    rows = [GOOD.replace("4.0", f"{n}.0").replace("gdp,", "gpd,", 1) for n in range(1000)]
    found = faults(write(tmp_path, observations__economy_csv="\n".join([HEADING, *rows])))
    assert [f.code for f in found] == ["label_unknown"] * 100 + ["more_rows"]
    assert found[-1].params == {"n": 900, "line": 101}
    assert found[-1].row == 102


@pytest.mark.parametrize(
    ("old", "new"), [("4.0", "four{}"), ("bulletin-2020,,2026-01-02,", "x,y{}")]
)
def test_numbers_and_widths_are_counted_too(old: str, new: str, tmp_path: Path) -> None:
    rows = [GOOD.replace(old, new.format(n)) for n in range(250)]
    found = faults(write(tmp_path, observations__economy_csv="\n".join([HEADING, *rows])))
    assert len(found) == 101
    assert (found[-1].code, found[-1].row) == ("more_rows", 102)
    assert found[-1].params == {"n": 150, "line": 101}


def test_a_column_of_other_things_stops_being_judged(tmp_path: Path) -> None:
    rows = [GOOD.replace("bulletin-2020", f"s{n}") for n in range(5000)]
    found = faults(write(tmp_path, observations__economy_csv="\n".join([HEADING, *rows])))
    assert len(found) == 201
    assert next(f for f in found if f.code == "more_values").params == {"n": 200, "of": 5000}


def test_a_catalogue_that_cannot_be_read_is_one_fault(tmp_path: Path) -> None:
    folder = write(tmp_path, sources_toml="[paper\n")
    assert [f.code for f in faults(folder)] == ["toml_unreadable"]


@pytest.mark.parametrize(
    "text",
    [
        f"\ufeff{HEADING}\n{GOOD}\n",
        f"{HEADING}\r\n{GOOD}\r\n",
        f"{HEADING}\r{GOOD}\r",
        f"{HEADING}\n\n\n{GOOD}\n\n",
        f"{HEADING}\n{GOOD}",
        f"{HEADING}\n{',' * 14}\n{GOOD}\n",
        f'{HEADING}\n{GOOD}"one line, and ""quotes"""\n',
        ",".join(f'"{name}"' for name in HEADING.split(",")) + f"\n{GOOD}\n",
        "note,recorded,published,source,kind,unit,value,period,industry,region,indicator\n"
        ",2026-01-02,,bulletin-2020,actual,bn EUR,4.0,2018,food,rivertown,gdp\n",
    ],
)  # fmt: skip
def test_other_ways_to_write_the_same_table(text: str, tmp_path: Path) -> None:
    write(tmp_path)
    (tmp_path / ECONOMY).write_bytes(text.encode())
    frame = store.read(tmp_path).region.figures.observations.frame
    assert len(frame) == 1
    row = frame.iloc[0]
    wanted = ("gdp", "food", "2018", 4.0, "bn EUR", "bulletin-2020")
    assert tuple(row[["indicator", "industry", "period", "number", "unit", "source"]]) == wanted


@pytest.mark.parametrize(
    ("text", "row"),
    [
        (f"{HEADING}\n\n\n{GOOD.replace('4.0', 'x')}\n", 4),
        (f"{HEADING}\n{GOOD}\nshort\n{GOOD.replace('4.0', 'x')}\n", 4),
        (f"{HEADING}\r\n\r\n{GOOD}\r\n{GOOD.replace('4.0', 'x')}\r\n", 4),
    ],
)
def test_rows_are_numbered_as_a_spreadsheet_does(text: str, row: int, tmp_path: Path) -> None:
    write(tmp_path, observations__economy_csv=text)
    assert ("number_unreadable", row) in [(f.code, f.row) for f in faults(tmp_path)]


def test_a_cell_of_many_megabytes_is_refused(tmp_path: Path) -> None:
    text = f'{HEADING}\n{GOOD}"{"x" * 9_000_000}"\n'
    found = faults(write(tmp_path, observations__economy_csv=text))
    assert [(f.code, f.file) for f in found] == [("csv_unreadable", ECONOMY)]


@pytest.mark.parametrize("end", ["", "\n"])
def test_a_heading_alone_is_an_empty_table(end: str, tmp_path: Path) -> None:
    folder = write(tmp_path)
    (folder / ECONOMY).write_text(HEADING + end)
    assert store.read(folder).region.figures.observations.frame.empty


@pytest.mark.parametrize(
    ("cells", "form"),
    [
        ({"value": '"1,180"'}, "1180"),
        ({"value": "１２"}, "12"),
        ({"value": "−4.7"}, "-4.7"),
        ({"period": "2018年"}, "2018"),
        ({"period": "2018年1-8月"}, "2018-01..2018-08"),
        ({"period": "2018年一季度"}, "2018-Q1"),
        ({"indicator": "生产总值"}, "gdp"),
        ({"industry": "食品"}, "food"),
        ({"region": "高地"}, "upland"),
        ({"kind": "实际"}, "actual"),
        ({"recorded": "2026年1月2日"}, "2026-01-02"),
    ],
    ids=str,
)
def test_what_import_reads_is_refused_with_the_form_to_write(
    tmp_path: Path, cells: dict[str, str], form: str
) -> None:
    """And what is written so is read."""
    text = f"{HEADING}\n{','.join((CELLS | cells).values())}\n"
    with pytest.raises(SonghuaError) as caught:
        store.read(write(tmp_path / "a", observations__economy_csv=text))
    (fault,) = caught.value.faults
    assert fault.params["write"] == form
    assert f"Write {form}." in fault.words("en")
    assert form in fault.words("zh")
    (name,) = cells
    right = f"{HEADING}\n{','.join((CELLS | {name: form}).values())}\n"
    store.read(write(tmp_path / "b", observations__economy_csv=right))


def test_a_unit_is_read_in_the_folders_own_files_as_in_imports(tmp_path: Path) -> None:
    text = f"{HEADING}\n{','.join((CELLS | {'unit': '亿欧元'}).values())}\n"
    with pytest.raises(SonghuaError):
        store.read(write(tmp_path / "a", observations__economy_csv=text))
    text = f"{HEADING}\n{','.join((CELLS | {'unit': 'EUR billion'}).values())}\n"
    with pytest.raises(SonghuaError) as caught:
        store.read(write(tmp_path / "b", observations__economy_csv=text))
    assert caught.value.faults[0].params["write"] == "bn EUR"
