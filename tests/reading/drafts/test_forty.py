"""Forty published layouts, without a map: readings are right, and doubtful sheets are refused."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from random import Random

import pytest

from layout_mutations import MUTATIONS
from layouts_china import CHINA
from layouts_west import WEST
from published_layouts import CASES, NEEDED, Key, Table
from songhua import store
from songhua.errors import Fault, SonghuaError
from songhua.reading.sheets import cross_table, read_map, read_mapped
from songhua.region import Region
from songhua.store import drafted

pytestmark = pytest.mark.shared(*NEEDED)
LAYOUTS = (*CHINA, *WEST)
#: Layouts that do not say all that must be known: a person is asked.
ASKED = {
    "business_patterns": "draft_missing", "financial_years": "draft_many",
    "month_alone": "draft_month",
}  # fmt: skip
COLUMNS = ("indicator", "region", "industry", "period", "value", "unit")
GIVEN = {"recorded": "2026-01-01"}


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, tuple[Path, Region]]:
    root = tmp_path_factory.mktemp("cases")
    for case, files in CASES.items():
        for name, text in files.items():
            file = root / case / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, "utf-8")
    return {case: (root / case, store.read(root / case).region) for case in CASES}


@pytest.fixture(scope="module")
def tables() -> list[Table]:
    return [make() for make in LAYOUTS]


def read(
    folders: Mapping[str, tuple[Path, Region]], table: Table
) -> tuple[set[Key] | None, list[Fault]]:
    """The figures that are read of a table without a map; None where it is refused."""
    folder, region = folders[table.case]
    sheet, faults = cross_table(table.data(), table.file)
    if sheet is None:
        return None, faults
    made = drafted.drafted(store.at(folder), region, sheet, Path(table.file), GIVEN)
    candidates = made.candidates
    if made.doubts or candidates is None or candidates.faults:
        return None, [*made.doubts, *(candidates.faults if candidates else ())]
    rows = ({**row, "industry": row["industry"].removeprefix("all")} for row in candidates.rows)
    return {tuple(row[name] for name in COLUMNS) for row in rows}, []  # type: ignore[misc]


def test_all_but_four_of_forty_need_no_line_and_none_is_misread(
    folders: Mapping[str, tuple[Path, Region]], tables: list[Table]
) -> None:
    outcome = {table.name: (read(folders, table), set(table.answer.values())) for table in tables}
    assert len(outcome) >= 40
    refused = {name: faults for name, ((got, faults), _) in outcome.items() if got is None}
    assert {name: faults[0].code for name, faults in refused.items()} == ASKED
    for name, ((got, _), answer) in outcome.items():
        assert got is None or got == answer, name


def test_a_map_that_was_drafted_reads_the_same(
    folders: Mapping[str, tuple[Path, Region]], tables: list[Table]
) -> None:
    for table in [one for one in tables if one.name not in ASKED]:
        sheet, _ = cross_table(table.data(), table.file)
        assert sheet is not None
        folder, region = folders[table.case]
        made = drafted.drafted(store.at(folder), region, sheet, Path(table.file), GIVEN)
        mapping, faults = read_map(made.toml.encode())
        assert mapping is not None, (table.name, faults)
        again = read_mapped(sheet, table.file, mapping)
        assert made.candidates is not None
        assert again.rows == made.candidates.rows, table.name
        assert len(again.rows) == len(table.answer), table.name


@pytest.mark.deep
@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda one: one.__name__)
def test_a_spoiled_workbook_is_never_misread(
    folders: Mapping[str, tuple[Path, Region]], tables: list[Table], mutation: object
) -> None:
    changed = 0
    for table in tables:
        spoiled = mutation(table, Random(table.name))  # type: ignore[operator]
        if spoiled is table:
            continue
        changed += 1
        got, _ = read(folders, spoiled)
        assert got is None or got <= set(spoiled.answer.values()), (table.name, spoiled.cells[:4])
    assert changed > 3


def test_what_is_doubtful_is_refused_with_the_line_to_write(
    folders: Mapping[str, tuple[Path, Region]], tables: list[Table], tmp_path: Path
) -> None:
    table = next(one for one in tables if one.name == "business_patterns")
    file = tmp_path / table.file
    file.write_bytes(table.data())
    with pytest.raises(SonghuaError) as error:
        store.add(store.at(folders["us"][0]), file, defaults=GIVEN)
    for lang, unit in (("en", "people"), ("zh", "人")):
        assert {fault.words(lang).rpartition("\n")[2] for fault in error.value.faults} == {
            'unit = "count"',
            f'unit = "{unit}"',
        }
