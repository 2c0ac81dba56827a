"""A text that stops within its last line may be cut: it is read, and told with its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from commands import songhua
from small import FILES, HEADING, write
from songhua import session, store
from songhua.reading.sheets import Tables, open_tables

ROW = "gdp,rivertown,all,,2020,12345,bn EUR,,actual,,,bulletin-2020,,2021-03-02,"


def warned(folder: Path) -> list[tuple[str, int | None]]:
    found = session.open(folder).whole.warnings
    return [(one.file, one.row) for one in found if one.code == "line_unended"]


@pytest.mark.parametrize("name", [*FILES, "observations/new.csv"])
def test_every_text_that_stops_within_its_last_line_is_told_once(tmp_path: Path, name: str) -> None:
    folder = write(tmp_path / "town", observations__new_csv=f"{HEADING}\n")
    assert warned(folder) == []
    text = (folder / name).read_bytes().rstrip()
    (folder / name).write_bytes(text)
    assert warned(folder) == [(name, text.count(b"\n") + 1)]


def test_a_number_that_was_cut_is_told_with_what_is_left_of_it(tmp_path: Path) -> None:
    heading = "indicator,region,period,unit,kind,source,recorded,value\n"
    row = "gdp,rivertown,2020,bn EUR,actual,bulletin-2020,2021-03-02,123"
    folder = write(tmp_path, observations__new_csv=heading + row)
    done = songhua("check", folder)
    assert done.code == 0
    assert "observations/new.csv, row 2: the last line has no line end; it stops at '…" in done.out
    assert "2021-03-02,123'" in done.out
    assert "最后一行没有换行符" in songhua("check", folder, "--lang", "zh").out


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_a_file_that_is_imported_is_held_to_the_same(tmp_path: Path, encoding: str) -> None:
    folder, file = write(tmp_path / "town"), tmp_path / "sent.txt"
    file.write_bytes(f"{HEADING}\n{ROW}城".encode(encoding))
    (one,) = (
        w for w in store.add(store.at(folder, dry_run=True), file).warnings if w.file == "sent.txt"
    )
    assert (one.code, one.row) == ("line_unended", 2)
    file.write_bytes(f"{HEADING}\n{ROW}城\n".encode(encoding))
    assert not [w for w in store.add(store.at(folder), file).warnings if w.code == "line_unended"]
    assert warned(folder) == []


def test_a_table_that_is_imported_is_held_to_the_same() -> None:
    for text, told in ((b"year,gdp\n2020,12", [2]), (b"year,gdp\n2020,12\n", [])):
        opened = open_tables(text, "sent.csv")
        assert isinstance(opened, Tables)
        assert [fault.row for fault in opened.book.warnings] == told


def test_a_register_is_told_of_without_its_last_firm_or_how_many_there_are(tmp_path: Path) -> None:
    file = tmp_path / "firms.csv"
    file.write_text("firm,staff\na,12")
    done = songhua("certify", file, "--status", "cn/sci-tech-sme", "--on", "2022-06-30")
    assert done.code == 0
    assert "firms.csv: the last line has no line end. Either" in done.err
    assert "a,12" not in done.err
    assert "the last line" not in done.out
