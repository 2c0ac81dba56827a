"""Importing rows: all of a file or none, the same rows once, faults where they came from."""

from __future__ import annotations

import re
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from filelock import FileLock

from small import FILES, HEADING, write
from songhua import session, store
from songhua.errors import SonghuaError
from songhua.store import folder as folders
from songhua.store import steps, user_home, writing

ROWS = [f"gdp,rivertown,food,,{year},4.{n},bn EUR,,actual,,,paper,,2026-01-02,"
        for n, year in enumerate(range(2010, 2016))]  # fmt: skip


def sheet(folder: Path, *rows: str, name: str = "new rows.csv") -> Path:
    file = folder / name
    file.write_text("\n".join([HEADING, *rows]) + "\n", "utf-8")
    return file


def content(folder: Path) -> dict[str, bytes]:
    return {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in folder.rglob("*")
        if file.is_file()
    }


def codes(folder: Path, file: Path) -> list[tuple[str, str, str]]:
    with pytest.raises(SonghuaError) as error:
        store.add(store.at(folder), file)
    places = ((f, f"row {f.row}, " if f.row else "") for f in error.value.faults)
    return [(f.code, f.file, f"{row}{f.column}") for f, row in places]


def test_rows_are_added_as_one_new_file(rivertown: Path, tmp_path: Path) -> None:
    before = content(rivertown)
    done = store.add(store.at(rivertown), sheet(tmp_path, *ROWS))
    after = content(rivertown)
    assert set(after) - set(before) == {done.file}
    assert all(after[name] == data for name, data in before.items())
    assert done.file.startswith("observations/new-rows-")
    assert (len(done.rows), done.repeated) == (6, 0)
    frame = store.read(rivertown).region.figures.observations.frame
    added = frame[frame["file"] == Path(done.file).name]
    assert added["number"].tolist() == [4.0, 4.1, 4.2, 4.3, 4.4, 4.5]
    assert added["row"].tolist() == [2, 3, 4, 5, 6, 7]


def test_what_is_said_of_rows_that_have_their_own_is_refused(
    rivertown: Path, tmp_path: Path
) -> None:
    before = content(rivertown)
    with pytest.raises(SonghuaError) as error:
        session.import_file(rivertown, sheet(tmp_path, *ROWS), source="paper")
    assert [one.code for one in error.value.faults] == ["import_said"]
    assert content(rivertown) == before
    assert len(session.import_file(rivertown, sheet(tmp_path, *ROWS)).rows) == 6


def test_tables_are_added_with_their_answers_which_the_folder_keeps(
    rivertown: Path, tmp_path: Path
) -> None:
    file = tmp_path / "table.csv"
    file.write_text('"Gross product, bn EUR",,\nIndustry,2010,2011\nFood,4.0,4.1\nTools,1.0,1.5\n')
    given = {"source": "paper", "recorded": "2026-01-02"}
    with pytest.raises(SonghuaError) as error:
        store.add(store.at(rivertown), file, defaults=given)
    assert [fault.code for fault in error.value.faults] == ["ask_place"]
    answers = {"place": "rivertown"}
    assert len(store.add(store.at(rivertown), file, answers, given).rows) == 4
    (kept,) = (rivertown / "imports").glob("table-*.toml")
    assert store.parsed_answers(kept.read_bytes(), kept.name) == answers
    file.write_text(file.read_text().replace("2010,2011", "2012,2013"))
    later = store.add(store.at(rivertown), file, defaults=given)  # nothing is asked again
    assert sorted(later.rows["period"].unique()) == ["2012", "2013"]


def test_the_same_rows_again_add_nothing(rivertown: Path, tmp_path: Path) -> None:
    store.add(store.at(rivertown), sheet(tmp_path, *ROWS))
    before = content(rivertown)
    done = store.add(store.at(rivertown), sheet(tmp_path, *ROWS, name="other.csv"))
    assert (len(done.rows), done.repeated) == (0, 6)
    assert content(rivertown) == before


def test_of_rows_half_known_the_other_half_is_added(rivertown: Path, tmp_path: Path) -> None:
    store.add(store.at(rivertown), sheet(tmp_path, *ROWS[:4]))
    done = store.add(store.at(rivertown), sheet(tmp_path, *ROWS[2:], ROWS[5]))
    assert (done.rows["period"].tolist(), done.repeated) == (["2014", "2015"], 3)
    assert len(store.read(rivertown).region.figures.observations) == 8 + 6


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("2010,4.0", "2010,4.00"),
        ("actual", "preliminary"),
        ("paper,,", "bulletin-2020,,"),
        ("paper,,", "paper,2021,"),
        (",food,", ",tools,"),
        ("bn EUR,,", "bn EUR,about,"),
    ],
)
def test_what_differs_in_its_identity_is_another_row(
    old: str, new: str, rivertown: Path, tmp_path: Path
) -> None:
    store.add(store.at(rivertown), sheet(tmp_path, ROWS[0]))
    assert len(store.add(store.at(rivertown), sheet(tmp_path, ROWS[0].replace(old, new))).rows) == 1


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("2026-01-02,", "2026-03-04,"),
        ("2026-01-02,", "2026-01-02,a word"),
        (",2010,", ",2010-01..2010-12,"),
        (",food,", ",food,"),
    ],
)
def test_what_differs_elsewhere_is_the_same_row(
    old: str, new: str, rivertown: Path, tmp_path: Path
) -> None:
    store.add(store.at(rivertown), sheet(tmp_path, ROWS[0]))
    assert store.add(store.at(rivertown), sheet(tmp_path, ROWS[0].replace(old, new))).repeated == 1


def test_words_for_units_and_blank_industries_are_the_same_row(tmp_path: Path) -> None:
    indicators = FILES["indicators.toml"].replace("bn EUR", "100m CNY")
    row = "gdp,rivertown,all,,2010,4.0,亿元,,actual,,,paper,,2026-01-02,"
    folder = write(
        tmp_path / "f", indicators_toml=indicators, observations__economy_csv=f"{HEADING}\n{row}\n"
    )
    same = row.replace("亿元", "100m CNY").replace(",all,", ",,")
    assert store.add(store.at(folder), sheet(tmp_path, same)).repeated == 1


def test_one_fault_and_nothing_is_written(rivertown: Path, tmp_path: Path) -> None:
    before = content(rivertown)
    bad = ROWS[2].replace("gdp,", "gdpp,")
    file = sheet(tmp_path, *ROWS[:2], bad, ROWS[3].replace("paper", "x"), name="Bad 表.csv")
    found = codes(rivertown, file)
    assert found == [
        ("label_unknown", "Bad 表.csv", "row 4, indicator"),
        ("label_unknown", "Bad 表.csv", "row 5, source"),
    ]
    assert content(rivertown) == before


def test_named_checks_hold_for_new_rows_too(rivertown: Path, tmp_path: Path) -> None:
    file = sheet(tmp_path, ROWS[0].replace("bn EUR", "%"), ROWS[1].replace("2011", "2031"))
    assert codes(rivertown, file) == [
        ("unit_misfit", "new rows.csv", "row 2, unit"),
        ("actual_in_future", "new rows.csv", "row 3, period"),
    ]


def test_what_cannot_be_is_refused_at_its_row(rivertown: Path, tmp_path: Path) -> None:
    """Growth below -100 %, and a part that with those of the folder is more than their whole."""
    said = "actual,,,bulletin-2020,,2026-02-02,"
    growth = f"gdp_growth,rivertown,,,2018,-250,%,,{said}"
    assert codes(rivertown, sheet(tmp_path, growth)) == [
        ("figure_below", "new rows.csv", "row 2, value")
    ]
    part = f"gdp,rivertown,food,,2019,8.0,bn EUR,,{said}"
    assert codes(rivertown, sheet(tmp_path, part)) == [
        ("parts_above_whole", "new rows.csv", "row 2, value")
    ]
    whole = f"gdp,rivertown,,,2019,14.0,bn EUR,,{said}"
    assert len(store.add(store.at(rivertown), sheet(tmp_path, part, whole)).rows) == 2


def test_a_dry_run_writes_nothing(rivertown: Path, tmp_path: Path) -> None:
    before = content(rivertown)
    file = sheet(tmp_path, *ROWS)
    would = store.add(store.at(rivertown, dry_run=True), file)
    assert content(rivertown) == before
    assert store.add(store.at(rivertown), file).file == would.file


def test_a_folder_with_faults_is_refused(rivertown: Path, tmp_path: Path) -> None:
    (rivertown / "sources.toml").write_text("[x", "utf-8")
    before = content(rivertown)
    assert codes(rivertown, sheet(tmp_path, *ROWS))[0][:2] == ("toml_unreadable", "sources.toml")
    assert content(rivertown) == before


def test_files_that_are_not_there(rivertown: Path, tmp_path: Path) -> None:
    assert codes(rivertown, tmp_path / "none.csv")[0][0] == "file_unreadable"
    assert codes(rivertown, tmp_path)[0][0] == "file_not_regular"
    assert codes(tmp_path / "none", sheet(tmp_path, *ROWS))[0][0] == "folder_missing"


def test_a_file_edited_by_hand_is_never_written_over(rivertown: Path, tmp_path: Path) -> None:
    file = sheet(tmp_path, ROWS[0])
    first = store.add(store.at(rivertown), file).file
    (rivertown / first).write_text(f"{HEADING}\n{ROWS[0].replace('4.0', '4.7')}\n")
    second = store.add(store.at(rivertown), file).file
    assert second != first
    assert "4.7" in (rivertown / first).read_text()
    assert (
        store.read(rivertown).region.figures.observations.frame["number"].isin([4.0, 4.7]).sum()
        == 3
    )


def test_another_writer_holds_the_lock(
    rivertown: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    impatient = writing.locked
    monkeypatch.setattr(folders, "locked", lambda folder: impatient(folder, seconds=0.05))
    file = sheet(tmp_path, *ROWS)
    with FileLock(user_home.room("locks") / steps.about(rivertown)):
        assert codes(rivertown, file)[0][0] == "lock_held"
        assert len(store.read(rivertown).region.figures.observations) == 8
    assert len(store.add(store.at(rivertown), file).rows) == 6


def test_parquet_and_csv_give_the_same_rows(rivertown: Path, tmp_path: Path) -> None:
    cells = [row.split(",") for row in ROWS]
    columns = dict(zip(HEADING.split(","), map(list, zip(*cells, strict=True)), strict=True))
    file = tmp_path / "new.parquet"
    pq.write_table(pa.table(columns), file)
    one = store.add(store.at(rivertown, dry_run=True), sheet(tmp_path, *ROWS))
    other = store.add(store.at(rivertown, dry_run=True), file)
    assert one.rows.equals(other.rows)
    assert one.file.rpartition("-")[2] == other.file.rpartition("-")[2]


@pytest.mark.parametrize("text", ['a, "b"\nc, 备注', "a\rb", "a\r\nb", '"', '""', ",", "'", "a"])
def test_cells_with_commas_and_quotes_come_back_in_one_line(
    text: str, rivertown: Path, tmp_path: Path
) -> None:
    columns = dict(zip(HEADING.split(","), ([cell] for cell in ROWS[0].split(",")), strict=True))
    file = tmp_path / "new.parquet"
    pq.write_table(pa.table(columns | {"note": [text]}), file)
    done = store.add(store.at(rivertown), file)
    frame = store.read(rivertown).region.figures.observations.frame
    assert frame["note"].iloc[-1] == re.sub(r"[\r\n]+", " ", text)
    assert (rivertown / done.file).read_text().splitlines()[0] == HEADING
    assert store.add(store.at(rivertown), file).repeated == 1


def test_nothing_is_quoted_that_need_not_be(rivertown: Path, tmp_path: Path) -> None:
    done = store.add(store.at(rivertown), sheet(tmp_path, *ROWS))
    assert (rivertown / done.file).read_text() == "\n".join([HEADING, *ROWS, ""])
    done = store.add(store.at(rivertown), sheet(tmp_path, ROWS[0].replace("4.0", "9.0") + '"a,b"'))
    assert (rivertown / done.file).read_text().count('"') == 2
