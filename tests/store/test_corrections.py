"""One figure is corrected: beside its recorded row, or in it while it is not yet committed."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

import songhua
from commands import songhua as verb
from repository import git
from small import FILES, HEADING, write
from songhua import session, store
from songhua.errors import SonghuaError
from songhua.session import Named

NAME, ADDED = "observations/economy.csv", "observations/corrections.csv"
NOW = datetime(2026, 3, 1, tzinfo=UTC)
CELLS = "indicator,region,industry,period,value,unit,status,kind,source,recorded"
PANEL = f"""{CELLS}
gdp,upland,food,2020,4.0,bn EUR,,actual,paper,2026-01-02
gdp,upland,tools,2020,,bn EUR,suppressed,actual,paper,2026-01-02
"""


def correct(
    folder: Path, *names: str, value: str, published: str = "", note: str = "",
    recorded: str = "", **more: str,
) -> store.Correction:  # fmt: skip
    return session.correct(
        folder, Named(*names, **more), value, published=published, note=note, recorded=recorded,
        now=NOW,
    )  # fmt: skip


def codes(folder: Path, *names: str, value: str, **more: str) -> list[str]:
    before = {file: file.read_bytes() for file in folder.rglob("*.csv")}
    with pytest.raises(SonghuaError) as told:
        correct(folder, *names, value=value, **more)
    assert {file: file.read_bytes() for file in folder.rglob("*.csv")} == before
    return [fault.code for fault in told.value.faults]


def test_a_committed_figure_stays_and_the_correction_is_a_new_row(recorded: Path) -> None:
    done = correct(recorded, "生产总值", "2019年", value="10.25", note="printed again, later")
    assert (done.file, done.row, done.over) == (ADDED, 2, False)
    assert (recorded / NAME).read_text("utf-8") == FILES[NAME].lstrip("\n")
    row = 'gdp,rivertown,,,2019,10.25,bn EUR,,actual,,,bulletin-2020,,2026-03-01,"printed again, later"'
    assert (recorded / ADDED).read_text("utf-8") == f"{HEADING}\n{row}\n"
    opened = songhua.open(recorded)
    figure = opened.region.figure("gdp", "2019")
    assert figure is not None
    assert figure["value"] == "10.25"
    assert [one.code for one in opened.whole.warnings] == []


def test_a_second_correction_is_added_below_the_first(recorded: Path) -> None:
    correct(recorded, "gdp", "2019", value="10.2")
    git(recorded, "add", ".")
    git(recorded, "commit", "-q", "-m", "correction")
    assert codes(recorded, "gdp", "2019", value="10.3") == ["correct_same_day"]
    done = correct(recorded, "gdp", "2019", value="10.3", recorded="2026-03-02")
    assert (done.file, done.row) == (ADDED, 3)
    figure = songhua.open(recorded).region.figure("gdp", "2019")
    assert figure is not None
    assert figure["value"] == "10.3"


def test_what_is_not_committed_is_written_over_and_nothing_else(recorded: Path) -> None:
    rows = ["gdp,rivertown,,,2018,9.1,bn EUR,,actual,,,bulletin-2020,,2026-01-02,",
            'gdp,rivertown,,,2017,8.1,bn EUR,,actual,,,bulletin-2020,,2026-01-02,"a, b"']  # fmt: skip
    text = "\r\n".join(["\ufeff" + HEADING, *rows, ""])
    file = recorded / "observations/new.csv"
    file.write_bytes(text.encode())
    done = correct(recorded, "Gross product", "2018", value="9.3")
    assert (done.file, done.row, done.over) == ("observations/new.csv", 2, True)
    assert file.read_bytes().decode() == text.replace("9.1", "9.3").replace(
        "2026-01-02", "2026-03-01", 1
    )


def test_a_committed_row_that_moved_to_a_new_file_is_no_new_row(recorded: Path) -> None:
    (recorded / NAME).rename(recorded / "observations/moved.csv")
    assert not correct(recorded, "gdp", "2019", value="10.2").over


def test_a_committed_row_of_a_changed_file_is_known(recorded: Path) -> None:
    row = "gdp,rivertown,,,2018,9.1,bn EUR,,actual,,,bulletin-2020,,2026-01-02,\n"
    file = recorded / NAME
    file.write_text(file.read_text("utf-8") + row, "utf-8")
    assert not correct(recorded, "gdp", "2019", value="10.2").over
    assert correct(recorded, "gdp", "2018", value="9.2").over


def test_without_git_only_a_row_of_the_same_day_is_written_over(rivertown: Path) -> None:
    assert not correct(rivertown, "gdp", "2019", value="10.2").over
    done = correct(rivertown, "gdp", "2019", value="10.4")
    assert (done.file, done.row, done.over) == (ADDED, 2, True)
    assert len((rivertown / ADDED).read_text("utf-8").splitlines()) == 2


def test_a_value_carries_its_unit_and_the_day_it_was_printed(recorded: Path) -> None:
    done = correct(
        recorded, "gdp", "2019", value="4,050 m EUR", industry="食品", published="2022-05"
    )
    assert "Food · 2019 · 4050 m EUR" in done.after("en")
    assert (recorded / ADDED).read_text("utf-8").splitlines()[1] == (
        "gdp,rivertown,food,,2019,4050,m EUR,,actual,,,bulletin-2020,2022-05,2026-03-01,"
    )


def test_a_cell_of_a_panel_is_corrected_beside_its_panel(recorded: Path) -> None:
    folder = recorded / "panels"
    folder.mkdir()
    (folder / "value.csv").write_text(PANEL, "utf-8")
    git(recorded, "add", ".")
    git(recorded, "commit", "-q", "-m", "panel")
    done = correct(recorded, "gdp", "2020", value="4.4", place="高地", industry="tools")
    assert (done.file, done.over) == ("panels/corrections.csv", False)
    assert songhua.open(recorded).region.panel("gdp").loc[("2020", "upland"), "tools"] == 4.4
    names = ("gdp", "2020", "upland", "food")
    assert codes(recorded, *names, value="4", published="2022") == ["correct_column"]


def test_a_name_that_there_is_not_is_refused_with_names_near_it(recorded: Path) -> None:
    with pytest.raises(SonghuaError) as told:
        correct(recorded, "生产总", "2019", value="1", place="hochland", industry="foot")
    found = [(one.code, one.params["option"], one.params["near"]) for one in told.value.faults]
    assert found == [
        ("correct_unknown", "INDICATOR", ("生产总值",)),
        ("correct_unknown", "--place", ("Upland",)),
        ("correct_unknown", "--industry", ("Food",)),
    ]


def test_several_figures_are_named_and_a_row_tells_them_apart(recorded: Path) -> None:
    with pytest.raises(SonghuaError) as told:
        correct(recorded, "gdp", "2020", value="10.6")
    assert [(one.code, one.row) for one in told.value.faults] == [
        ("correct_several", 3), ("correct_several", 9),
    ]  # fmt: skip
    assert "约 11 bn EUR · A paper" in told.value.faults[1].words("zh")
    done = correct(recorded, "gdp", "2020", value="10.6", row="economy.csv:3")
    assert done.before("en") == "Gross product · Rivertown · 2020 · 10.5 bn EUR · Bulletin 2020"
    assert not correct(recorded, "gdp", "2020", value="约12", source="A paper").over


def test_what_is_no_correction_is_refused_and_nothing_is_written(recorded: Path) -> None:
    assert codes(recorded, "gdp", "2019", value="10.0") == ["correct_same"]
    assert codes(recorded, "gdp", "2019", value="about 11") == ["correct_qualifier"]
    assert codes(recorded, "gdp", "2031", value="1") == ["correct_none"]
    assert codes(recorded, "gdp", "soon", value="1") == ["period_unreadable"]
    assert codes(recorded, "gdp", "2019", value="many") == ["number_unreadable"]
    assert codes(recorded, "gdp", "2019", value="11 fathoms") == ["unit_unknown"]
    assert codes(recorded, "gdp", "2019", value="11 %") == ["unit_misfit"]
    assert codes(recorded, "gdp", "2019", value="11", recorded="2026-01-01") == ["correct_same_day"]
    assert codes(recorded, "gdp", "2019", value="11", recorded="2026") == ["date_unreadable"]


def test_what_a_correction_makes_hardly_right_is_said(recorded: Path) -> None:
    done = correct(recorded, "gdp", "2019", value="100")
    assert "figure_off_series" in {one.code for one in done.warnings}


def test_the_verb_shows_what_was_and_what_is(recorded: Path) -> None:
    asked = ("correct", recorded, "gdp_growth", "2020", "-0.2", "--recorded", "2026-03-01")
    shown = verb(*asked, "--dry-run")
    assert (shown.code, shown.err) == (0, "")
    assert shown.out.splitlines()[:3] == [
        "was: Real growth · Rivertown · 2020 · 2.0 % · Bulletin 2020",
        "is:  Real growth · Rivertown · 2020 · -0.2 % · Bulletin 2020",
        f"The correction would be a new row: {ADDED}, row 2. Nothing was written.",
    ]
    assert not (recorded / ADDED).exists()
    assert "更正已作为新行写入" in verb(*asked, "--lang", "zh").out
    assert (recorded / ADDED).exists()
    wrong = verb("correct", recorded, "gdp", "2019", "10", "--plaec", "x")
    assert (wrong.code, "--plaec" in wrong.err) == (2, True)


def test_a_file_of_corrections_with_other_columns_is_not_touched(recorded: Path) -> None:
    (recorded / ADDED).write_text(
        "indicator,region,period,value,unit,kind,source,recorded\n", "utf-8"
    )
    done = correct(recorded, "gdp", "2019", value="10.2", note="why")
    assert done.file == "observations/corrections-1.csv"


def test_the_row_of_a_file_without_a_column_gets_it(tmp_path: Path) -> None:
    short = "indicator,region,period,value,unit,kind,source,recorded"
    rows = [f"gdp,rivertown,{year},1.0,bn EUR,actual,paper,2026-03-01" for year in (2001, 2002)]
    folder = write(tmp_path, observations__new_csv="\n".join([short, *rows, ""]))
    correct(folder, "gdp", "2002", value="1.2", note="x")
    text = (folder / "observations/new.csv").read_text("utf-8").splitlines()
    assert text == [f"{short},note", f"{rows[0]},", f"{rows[1].replace('1.0', '1.2')},x"]
