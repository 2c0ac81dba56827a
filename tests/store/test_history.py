"""Nothing recorded is changed or removed, seen against git."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

import evaluated
import songhua
from repository import git
from small import FILES, HEADING
from songhua import plan, session, store
from songhua.errors import Fault, SonghuaError
from songhua.reading.file_fault_kinds import HistoryBroken, HistorySlow
from songhua.store import history
from songhua.store.repository import Repository, UnknownError
from songhua.studies import registry
from tracked import aim, figure, folder

NAME = "observations/economy.csv"
TEXT = FILES[NAME]
ROWS = TEXT.strip().splitlines()[1:]


def faults(folder: Path) -> list[Fault]:
    try:
        store.read(folder)
    except SonghuaError as error:
        return list(error.faults)
    return []


def untold(folder: Path) -> list[tuple[str, str]]:
    """The reason for an unknown history, which `check` reports as a fault."""
    opened = [(one.code, one.file) for one in store.read(folder).untold]
    with pytest.raises(SonghuaError) as error:
        session.check(folder)
    assert [(one.code, one.file) for one in error.value.faults] == opened
    assert not [
        one for one in session.check(folder, history=False).warnings if "history" in one.code
    ]
    return opened


def edit(folder: Path, change: Callable[[str], str], name: str = NAME) -> None:
    file = folder / name
    file.write_text(change(file.read_text("utf-8")), "utf-8")


def test_an_untouched_folder_is_clean(recorded: Path) -> None:
    assert faults(recorded) == []


def test_a_file_that_git_keeps_out_of_the_folder_is_told_and_nobody_accused(
    recorded: Path,
) -> None:
    git(recorded, "sparse-checkout", "set", "--no-cone", "/*", f"!/{NAME}")
    assert not (recorded / NAME).exists()
    assert faults(recorded) == []
    assert untold(recorded) == [("history_sparse", NAME)]
    git(recorded, "sparse-checkout", "disable")
    assert session.check(recorded).warnings == []
    (recorded / NAME).unlink()
    assert {one.code for one in faults(recorded)} == {"recorded_row_changed"}


def test_a_git_that_cannot_say_what_is_left_out_is_told(
    recorded: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (recorded / NAME).unlink()
    asks = Repository.ask

    def damaged(home: Repository, head: str, *arguments: str, **named: bytes | bool) -> bytes:
        if arguments[0] == "ls-files":
            raise UnknownError(HistoryBroken())
        return asks(home, head, *arguments, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(Repository, "ask", damaged)
    assert faults(recorded) == []
    assert untold(recorded) == [("history_broken", str(recorded))]


def test_a_changed_row_is_named(recorded: Path) -> None:
    edit(recorded, lambda text: text.replace("2019,10.0,", "2019,10.1,"))
    found = faults(recorded)
    assert [(f.code, f.file) for f in found] == [("recorded_row_changed", NAME)]
    assert found[0].params["line"] == "gdp rivertown 2019 10.0 bn EUR bulletin-2020"


@pytest.mark.parametrize("at", range(len(ROWS)))
def test_each_removed_row_is_named(recorded: Path, at: int) -> None:
    edit(recorded, lambda text: text.replace(ROWS[at] + "\n", ""))
    assert [f.code for f in faults(recorded)] == ["recorded_row_changed"]


def test_a_removed_file_is_all_its_rows(recorded: Path) -> None:
    (recorded / NAME).unlink()
    assert [f.code for f in faults(recorded)] == ["recorded_row_changed"] * len(ROWS)


def test_a_last_row_without_an_end_of_line_is_no_beginning_of_another(recorded: Path) -> None:
    last = ROWS[-2]  # its note is blank, so that a text behind it is a note
    edit(recorded, lambda text: "\n".join([HEADING, *ROWS[:-1]]))
    git(recorded, "commit", "-q", "-a", "-m", "no end")
    assert faults(recorded) == []
    edit(recorded, lambda text: text + "and more")
    found = faults(recorded)
    assert [(f.code, f.file) for f in found] == [("recorded_row_changed", NAME)]
    assert found[0].params["line"] == "gdp_growth rivertown tools 2020 0.0 % bulletin-2020"
    edit(recorded, lambda text: "\n".join([HEADING, *ROWS[:-1], last.replace("2020,0", "2018,1")]))
    assert faults(recorded) == []


def test_even_a_note_is_kept(recorded: Path) -> None:
    edit(recorded, lambda text: text.replace("said, roughly", "said"))
    assert [f.code for f in faults(recorded)] == ["recorded_row_changed"]


def test_rows_may_change_their_order(recorded: Path) -> None:
    edit(recorded, lambda text: "\n".join([HEADING, *reversed(ROWS)]) + "\n")
    assert faults(recorded) == []


def test_a_row_may_move_to_a_new_file(recorded: Path) -> None:
    edit(recorded, lambda text: text.replace(ROWS[0] + "\n", ""))
    (recorded / "observations/more.csv").write_text(f"{HEADING}\n{ROWS[0]}\n")
    assert faults(recorded) == []


def test_a_row_may_move_to_the_end_of_an_old_file(recorded: Path) -> None:
    more = recorded / "observations/more.csv"
    more.write_text(f"{HEADING}\n{ROWS[0].replace('2019', '2015')}\n")
    git(recorded, "add", ".")
    git(recorded, "commit", "-q", "-m", "more")
    edit(recorded, lambda text: text.replace(ROWS[0] + "\n", ""))
    edit(recorded, lambda text: text + ROWS[0] + "\n", "observations/more.csv")
    assert faults(recorded) == []
    edit(recorded, lambda text: text.replace(ROWS[0], "").rstrip() + "\n", "observations/more.csv")
    assert [f.code for f in faults(recorded)] == ["recorded_row_changed"]


def test_new_rows_and_files_and_columns_are_no_change(recorded: Path) -> None:
    edit(recorded, lambda text: text + ROWS[0].replace("2019", "2018") + "\n")
    assert faults(recorded) == []
    names = [name for name in HEADING.split(",") if name != "scope"]
    bare = "gdp,rivertown,,,2017,9.0,bn EUR,,actual,,bulletin-2020,,2026-01-02,"
    (recorded / "observations/new.csv").write_text(f"{','.join(names)}\n{bare}\n")
    git(recorded, "add", ".")
    git(recorded, "commit", "-q", "-m", "new")
    (recorded / "observations/new.csv").write_text(
        f"{','.join([*names, 'scope'])}\n{bare},\n{bare.replace('2017', '2016')},\n"
    )
    assert faults(recorded) == []


def test_a_correction_is_a_new_row(recorded: Path) -> None:
    new = ROWS[0].replace("10.0", "10.2").replace("2026-01-02", "2026-02-02")
    edit(recorded, lambda text: text + new + "\n")
    region = store.read(recorded).region
    assert region.figures.observations.frame["superseded"].sum() == 1
    figure = region.figure("gdp", "2019")
    assert figure is not None
    assert figure["number"] == 10.2


def test_line_ends_and_a_mark_are_no_change(recorded: Path) -> None:
    file = recorded / NAME
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes().replace(b"\n", b"\r\n"))
    assert faults(recorded) == []


def test_it_works_from_a_folder_inside_the_repository(tmp_path: Path) -> None:
    from small import write

    inner = write(tmp_path / "data 数据" / "rivertown")
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-q", "-m", "figures")
    assert faults(inner) == []
    edit(inner, lambda text: text.replace("2019,10.0,", "2019,10.1,"))
    assert [f.file for f in faults(inner)] == [NAME]


def test_without_git_or_commit_nothing_is_compared(
    rivertown: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert faults(rivertown) == []
    git(rivertown, "init", "-q")
    edit(rivertown, lambda text: text.replace("2019,10.0,", "2019,10.1,"))
    assert faults(rivertown) == []
    git(rivertown, "add", ".")
    git(rivertown, "commit", "-q", "-m", "figures")
    edit(rivertown, lambda text: text.replace("2019,10.1,", "2019,10.0,"))
    assert len(faults(rivertown)) == 1
    monkeypatch.setenv("PATH", str(rivertown))
    assert faults(rivertown) == []


PANEL = "panels/gdp.csv"
CELL = "gdp,rivertown,food,2019,4.0,bn EUR,,actual,bulletin-2020,2026-01-02"
CELLS = f"indicator,region,industry,period,value,unit,status,kind,source,recorded\n{CELL}\n"


def test_a_cell_of_a_panel_is_kept_and_corrected_by_a_later_one(rivertown: Path) -> None:
    (rivertown / "panels").mkdir()
    (rivertown / PANEL).write_text(CELLS, "utf-8")
    git(rivertown, "init", "-q")
    git(rivertown, "add", ".")
    git(rivertown, "commit", "-q", "-m", "figures")
    edit(rivertown, lambda text: text.replace(",4.0,", ",4.1,"), PANEL)
    assert [(f.code, f.file) for f in faults(rivertown)] == [("recorded_row_changed", PANEL)]
    later = CELL.replace(",4.0,", ",4.1,").replace("2026-01-02", "2026-02-01")
    (rivertown / PANEL).write_text(CELLS.replace(CELL, f"{later}\n{CELL}"), "utf-8")
    assert faults(rivertown) == []
    assert store.read(rivertown).region.panel("gdp").at[("2019", "rivertown"), "food"] == 4.1


AIMS = "plan/targets.csv"


@pytest.fixture
def planned(tmp_path: Path) -> Path:
    """A folder with a target and a revision of it, committed."""
    figures = [figure("firms", "2022", "700", "count"), figure("firms", "2020", "500", "count")]
    at = folder(tmp_path, [aim("reach 1000", "firms", id="firms")], figures)
    (at / "plan/changes.csv").write_text(
        "table,entry,column,value,source,recorded,note\n"
        "targets,firms,text,reach 900,paper,2024-03-01,\n",
        "utf-8",
    )
    git(at, "init", "-q")
    git(at, "add", ".")
    git(at, "commit", "-q", "-m", "plan")
    return at


def test_a_rewritten_target_is_a_fault_and_a_revision_is_a_row(planned: Path) -> None:
    assert faults(planned) == []
    edit(planned, lambda text: text.replace("reach 1000", "reach 950"), AIMS)
    assert [(f.code, f.file) for f in faults(planned)] == [("promise_rewritten", AIMS)]
    edit(planned, lambda text: text.replace("reach 950", "reach 1000"), AIMS)
    changes = "plan/changes.csv"
    edit(planned, lambda text: text + "targets,firms,text,reach 800,paper,2024-09-01,\n", changes)
    assert faults(planned) == []
    edit(planned, lambda text: text.replace("reach 900", "reach 850"), changes)
    assert [(f.code, f.file) for f in faults(planned)] == [("recorded_row_changed", changes)]


def test_a_revision_counts_from_its_day_on(planned: Path) -> None:
    read = songhua.open(planned)
    assert read.run("track").tables["targets"]["text"].tolist() == ["reach 900"]
    before = read.run("track", until="2022").tables["targets"].iloc[0]
    assert (before["text"], before["gap"]) == ("reach 1000", 300.0)
    changed = read.change(targets={"firms": "reach 750"})
    assert changed.run("track").tables["targets"]["text"].tolist() == ["reach 750"]


@pytest.mark.parametrize(
    ("row", "code", "column"),
    [
        ("targets,jobs,text,reach 9,paper,2024-03-01,", "change_of_nothing", "entry"),
        ("targets,firm,text,reach 9,paper,2024-03-01,", "change_of_nothing_near", "entry"),
        ("target,firms,text,reach 9,paper,2024-03-01,", "choice_unknown", "table"),
        ("targets,firms,text,more or less,paper,2024-05-01,", "target_unread", "value"),
        ("targets,firms,id,other,paper,2024-03-01,", "choice_unknown", "column"),
        ("targets,firms,recorded,2024-03-01,paper,2024-03-01,", "choice_unknown", "column"),
        ("targets,firms,period,soon,paper,2024-03-01,", "period_unreadable", "value"),
        ("measures,road,due,soon,paper,2024-03-01,", "change_of_nothing", "entry"),
    ],
)
def test_a_faulty_revision_is_named(planned: Path, row: str, code: str, column: str) -> None:
    edit(planned, lambda text: f"{text}{row}\n", "plan/changes.csv")
    [fault] = faults(planned)
    assert (fault.code, fault.file, fault.row, fault.column) == (
        code,
        "plan/changes.csv",
        3,
        column,
    )


def _said(*days: tuple[str, str]) -> str:
    row = "gdp,rivertown,food,,2018,{0},bn EUR,,actual,,,bulletin-2020,,{1},"
    return "\n".join([HEADING, *(row.format(value, day) for value, day in days)]) + "\n"


def test_a_correction_is_taken_back(rivertown: Path) -> None:
    """The source said 4.0, then 4.2, then 4.0 again: the last counts, and none is a repeat."""
    days = (("4.0", "2026-01-02"), ("4.2", "2026-02-02"), ("4.0", "2026-02-02"))
    (rivertown / "observations" / "back.csv").write_text(_said(*days), "utf-8")
    assert faults(rivertown) == []
    days = (*days[:2], ("4.0", "2026-03-02"))
    (rivertown / "observations" / "back.csv").write_text(_said(*days), "utf-8")
    rows = store.read(rivertown).region.figures.observations.frame
    rows = rows[rows["file"].astype(str).str.contains("back")]
    assert list(rows["superseded"]) == [True, True, False]
    assert rows["id"].is_unique


@pytest.mark.parametrize(
    "days",
    [
        (("4.0", "2026-01-02"), ("4.0", "2026-03-02")),
        (("4.0", "2026-01-02"), ("4.2", "2026-02-02"), ("4.2", "2026-03-02")),
        (("4.0", "2026-01-02"), ("4.0", "2026-01-02")),
    ],
)
def test_the_same_said_twice_is_a_repeat(
    rivertown: Path, days: tuple[tuple[str, str], ...]
) -> None:
    (rivertown / "observations" / "back.csv").write_text(_said(*days), "utf-8")
    assert {fault.code for fault in faults(rivertown)} == {"row_repeats"}


@pytest.fixture
def works(tmp_path: Path) -> Path:
    """A folder with works of all sorts, committed."""
    at = evaluated.case(tmp_path)
    cohort = "eagle,2022,money_promised,5,m EUR,,2024,paper,2023-06-01,"
    edit(at, lambda text: f"{text}{cohort}\n", "plan/programmes.csv")
    git(at, "init", "-q")
    git(at, "add", ".")
    git(at, "commit", "-q", "-m", "plan")
    return at


@pytest.mark.parametrize(
    ("table", "old", "new"),
    [
        ("measures", "road,Build the road,", "road,Build a road,"),
        ("measures", ",Works,,2022,", ",Works,,2023,"),
        ("measures", ",Works,,2022,", ",Trade,,2022,"),
        ("measures", "2024,,planned,,,law,", "2024,,planned,,,,"),
        ("projects", ",2021-06,2021-09,", ",2021-12,2021-09,"),
        ("projects", ",Start,", ",Begin,"),
        ("projects", ",100,80,", ",90,80,"),
        ("projects", ",100,80,", ",100,70,"),
        ("products", "wheel,certified,,not_reached,,,,paper,2023-06-01,\n", ""),
        ("programmes", "money_promised,5,m EUR,,2024", "money_promised,4,m EUR,,2024"),
        ("programmes", "money_promised,5,m EUR,,2024", "money_promised,5,m EUR,,2025"),
    ],
)
def test_what_was_promised_is_not_rewritten(works: Path, table: str, old: str, new: str) -> None:
    assert faults(works) == []
    edit(works, lambda text: text.replace(old, new, 1), f"plan/{table}.csv")
    found = faults(works)
    assert [(f.code, f.file) for f in found] == [("promise_rewritten", f"plan/{table}.csv")]


@pytest.mark.parametrize(
    ("table", "old", "new"),
    [
        ("measures", "2022,,under_way,,,,paper,2023-06-01,", "2022,,done,2023,Letter,,paper,2023-09-01,Told"),
        ("projects", "2023-06,,,", "2023-06,2023-07,done,"),
        ("projects", ",80,60,70,", ",80,65,75,"),
        ("products", "wheel,certified,,not_reached,,,,", "wheel,certified,2023,reached,Test,试验,,"),
        ("programmes", "firms,40,", "firms,42,"),
    ],
)  # fmt: skip
def test_progress_is_written_anew(works: Path, table: str, old: str, new: str) -> None:
    before = (works / f"plan/{table}.csv").read_text("utf-8")
    edit(works, lambda text: text.replace(old, new, 1), f"plan/{table}.csv")
    assert (works / f"plan/{table}.csv").read_text("utf-8") != before
    assert faults(works) == []
    rows = (works / f"plan/{table}.csv").read_text("utf-8").splitlines()
    (changed,) = (at for at, row in enumerate(rows, 1) if row not in before.splitlines())
    (one,) = store.read(works).warnings
    assert (one.code, one.file, one.row) == ("progress_rewritten", f"plan/{table}.csv", changed)


def test_works_are_revised_by_rows_of_the_one_table(works: Path) -> None:
    head = "table,entry,column,value,source,recorded,note"
    rows = [
        "measures,law,due,2024,paper,2023-03-01,",
        "measures,park,lead,Works,paper,2023-03-01,",
        "projects,mill milestone complete,planned,2025-06,paper,2023-03-01,",
        "programmes,eagle 2022 money_promised,value,7,paper,2023-03-01,",
        "products,wheel certified,state,reached,paper,2023-03-01,",
        "products,wheel certified,reached,2023-02,paper,2023-03-01,",
    ]
    (works / "plan/changes.csv").write_text("\n".join([head, *rows]) + "\n", "utf-8")
    assert faults(works) == []
    for until, revised in (("2022", False), ("2023", True)):
        tables = songhua.open(works).run("track", until=until).tables
        tasks = tables["measures"].set_index("measure")
        assert (tasks.at["law", "due"], tasks.at["park", "lead"]) == (
            ("2024", "Works") if revised else ("2022", "Trade")
        )
        steps = tables["milestones"].set_index("item")
        assert steps.at["complete", "planned"] == ("2025-06" if revised else "2023-06")
        money = tables["programmes"].set_index("measure").at["money_promised", "value"]
        assert money == (7.0 if revised else 5.0)
        rung = tables["products"].set_index("rung").at["certified", "state"]
        assert rung == ("reached" if revised else "not_reached")


def test_progress_told_by_a_revision_is_the_last_word(works: Path) -> None:
    """A department had reported the road as done in January 2024."""
    rows = "measures,road,status,under_way,paper,2024-03-01,The report was wrong"
    (works / "plan/changes.csv").write_text(
        f"table,entry,column,value,source,recorded,note\n{rows}\n", "utf-8"
    )
    tasks = songhua.open(works).run("track").tables["measures"].set_index("measure")
    assert (tasks.at["road", "status"], tasks.at["road", "reported_by"]) == ("under_way", "")


@pytest.mark.parametrize(
    ("file", "old", "new", "column"),
    [
        ("sources.toml", 'published = "2021-03-01"', 'published = "2021-02-01"', "published"),
        ("sources.toml", 'published = "2021-03-01"\n', "", "published"),
        ("sources.toml", 'grade = "press"', 'grade = "official"', "grade"),
        ("indicators.toml", 'unit = "bn EUR"', 'unit = "m EUR"', "unit"),
    ],
)
def test_what_tells_how_figures_are_read_stays(
    recorded: Path, file: str, old: str, new: str, column: str
) -> None:
    edit(recorded, lambda text: text.replace(old, new), file)
    assert [(f.code, f.file, f.column) for f in faults(recorded)] == [
        ("recorded_entry_changed", file, column)
    ]


def test_words_of_an_entry_and_new_entries_may_change(recorded: Path) -> None:
    edit(recorded, lambda text: text.replace('title = "A paper"', 'title = "The paper"'))
    more = '\n[late]\ntitle = "L"\npublisher = "P"\ngrade = "press"\n'
    edit(recorded, lambda text: text.replace("A paper", "The paper") + more, "sources.toml")
    assert faults(recorded) == []


def test_check_says_that_it_cannot_tell(recorded: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert session.check(recorded).warnings == []
    edit(recorded, lambda text: text.replace("2019,10.0,", "2019,10.1,"))
    with monkeypatch.context() as no_git:
        no_git.setenv("PATH", "")
        assert untold(recorded) == [("history_missing", str(recorded))]
    assert [fault.code for fault in faults(recorded)] == ["recorded_row_changed"]


def test_a_blob_that_git_lacks_is_named(recorded: Path) -> None:
    digest = history.recorded(recorded).files[NAME]
    edit(recorded, lambda text: text.replace("2019,10.0,", "2019,10.1,"))
    (recorded / ".git" / "objects" / digest[:2] / digest[2:]).unlink()
    assert untold(recorded) == [("history_blob", NAME)]


def test_a_git_that_stops_answering_is_not_asked_of_every_file(
    recorded: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[str, ...]] = []
    asks = Repository.ask

    def silent(home: Repository, head: str, *arguments: str, **named: bytes | bool) -> bytes:
        if arguments[0] == "cat-file":
            asked.append(arguments)
            raise UnknownError(HistorySlow())
        return asks(home, head, *arguments, **named)  # type: ignore[arg-type]

    edit(recorded, lambda text: text.replace("2019,10.0,", "2019,10.1,"))
    edit(recorded, lambda text: text + "\n", "sources.toml")
    monkeypatch.setattr(Repository, "ask", silent)
    assert [fault.code for fault in store.read(recorded).untold] == ["history_slow"]
    assert len(asked) == 1


POINTER = "version https://git-lfs.github.com/spec/v1\noid sha256:" + "a" * 64 + "\nsize 12345\n"


def test_a_pointer_of_git_lfs_is_no_recorded_row(recorded: Path) -> None:
    text = (recorded / NAME).read_text("utf-8")
    edit(recorded, lambda _: POINTER)
    assert [(f.code, f.file) for f in faults(recorded)] == [("file_pointer", NAME)]
    git(recorded, "commit", "-q", "-a", "-m", "by Git LFS")
    edit(recorded, lambda _: text)
    assert untold(recorded) == [("history_blob", NAME)]


def test_every_table_of_the_plan_that_can_be_revised_is_kept() -> None:
    kept = {kind.layout().where for name, kind in plan.ENTRIES.items() if name != "changes"}
    assert set(history.promised()) == kept | {"plan/spending.csv", "plan/operation.csv"}


CHANGES = "table,entry,column,value,source,recorded,note\n"


def test_progress_that_was_written_over_is_told_with_what_was_recorded(works: Path) -> None:
    name, old = "plan/measures.csv", "2022,,under_way,,,,paper,2023-06-01,"
    edit(
        works, lambda text: text.replace(old, "2022,,done,2023,Letter,,paper,2023-09-01,Told"), name
    )
    (one,) = session.check(works).warnings
    assert one.params["before"] == ("status = under_way", "done_on = –", "evidence = –")
    assert one.words("en").startswith(
        "plan/measures.csv, row 2: the recorded progress of 'road' was "
    )
    assert "it was status = under_way, done_on = –" in one.words("en")
    assert "plan/changes.csv" in one.words("zh")
    git(works, "checkout", "-q", ".")
    text = (
        CHANGES
        + "measures,road,status,done,paper,2023-09-01,\nmeasures,road,done_on,2023,paper,2023-09-01,\n"
    )
    (works / "plan/changes.csv").write_text(text)
    assert not session.check(works).warnings


@pytest.mark.parametrize("edit_of", ["2023-06-01,", "new row", "order"])
def test_what_is_no_progress_is_not_told(works: Path, edit_of: str) -> None:
    name = "plan/measures.csv"
    head, *rows = (works / name).read_text("utf-8").splitlines()
    if edit_of == "order":
        rows.reverse()
    elif edit_of == "new row":
        rows.append(rows[0].replace("road", "rail"))
    else:
        rows[0] = rows[0].replace("2023-06-01,", "2023-06-02,A note")
    (works / name).write_text("\n".join([head, *rows]) + "\n", "utf-8")
    assert faults(works) == []
    assert not store.read(works).warnings


SPENT, RUN, ASSUMED = "plan/spending.csv", "plan/operation.csv", "plan/assumptions.csv"


@pytest.fixture
def built(tmp_path: Path) -> Path:
    """The case of Harbin, whose projects spend and run, committed."""
    at = session.new(tmp_path / "harbin", "harbin")
    git(at, "init", "-q")
    git(at, "add", ".")
    git(at, "commit", "-q", "-m", "plan")
    return at


@pytest.mark.parametrize(
    ("name", "old", "new", "kept"),
    [
        (SPENT, "2024..2027,25,", "2024..2027,30,", False),
        (SPENT, "2024..2027,25,100m CNY,,gmw-2024,", "2024..2027,30,100m CNY,,,", False),
        (SPENT, "Printed as the total", "Said to be the total", False),
        (SPENT, "Years from the capacity", "The years of the capacity", True),
        (RUN, "start,2027,,gmw-2024,", "start,2028,,gmw-2024,", False),
        (RUN, "aircraft-ships,,,", "aircraft-ships,,gmw-2024,", True),
        (ASSUMED, "concentration,,50,", "concentration,,60,", True),
    ],
)
def test_what_a_source_says_of_projects_stays_and_what_is_assumed_may_change(
    built: Path, name: str, old: str, new: str, kept: bool
) -> None:
    edit(built, lambda text: text.replace(old, new, 1), name)
    assert new in (built / name).read_text("utf-8")
    found = [(one.code, one.file) for one in faults(built)]
    assert found == ([] if kept else [("promise_rewritten", name)])


def test_spending_and_operation_are_revised_by_rows_of_the_one_table(built: Path) -> None:
    project = "united-aircraft-base"
    rows = [
        f"spending,{project} total 2024..2027,value,30,gmw-2024,2026-12-01,",
        f"operation,{project} start,value,2028,gmw-2024,2026-12-01,",
    ]
    file = built / "plan/changes.csv"
    file.write_text(file.read_text("utf-8") + "\n".join(rows) + "\n", "utf-8")
    opened = songhua.open(built)
    assert opened.plan is not None
    now = opened.plan.in_force(opened.region.sources)
    for read, value, start in ((opened.plan, "25", "2027"), (now, "30", "2028")):
        assert [r.value for r in read.spending_rows if r.project == project] == [value]
        fields = {r.field: r.value for r in read.operation_rows if r.project == project}
        assert fields["start"] == start
    changed = opened.change(projects={project: {"start": 2029}})
    assert changed.plan is not None
    held = changed.plan.in_force(opened.region.sources)
    assert {r.value for r in held.operation_rows if (r.project, r.field) == (project, "start")} == {
        "2029"
    }
    assert [r.value for r in held.spending_rows if r.project == project] == ["30"]
    assert "plan.changes" in registry.get("simulate").needs


@pytest.mark.parametrize(
    ("row", "code", "column"),
    [
        ("spending,mill total 2024,value,3", "change_of_nothing_near", "entry"),
        ("spending,united-aircraft-base total 2024..2027,value,many", "number_unreadable", "value"),
        ("spending,united-aircraft-base total 2024..2027,period,2024", "choice_unknown", "column"),
        ("operation,united-aircraft-base start,value,", "value_missing", "value"),
        ("operation,united-aircraft-base start,unit,km2x", "unit_unknown", "value"),
    ],
)
def test_a_faulty_revision_of_a_project_is_named(
    built: Path, row: str, code: str, column: str
) -> None:
    file = built / "plan/changes.csv"
    file.write_text(f"{file.read_text('utf-8')}{row},gmw-2024,2026-12-01,\n", "utf-8")
    (one,) = faults(built)
    assert (one.code, one.file, one.row, one.column) == (code, "plan/changes.csv", 3, column)
