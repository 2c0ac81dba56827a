"""Work on a folder besides asking studies: count it, add to it, ask departments."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from songhua import store
from songhua.checks.names import asked_for, unfilled_sources
from songhua.checks.plausibility import doubts, judge, speaking_of
from songhua.errors import Fault
from songhua.labels import parse_period
from songhua.reading.figure_names import Named
from songhua.session.session import open, session_of

#: Where the rows of a sheet may be sent, in place of where its form sends them.
TARGETS = "targets"


@dataclass(frozen=True)
class Checked:
    """A folder without faults: the counts of its contents, and warnings of implausible figures.

    The number of firms is the publishable number, or the true number on request; none before there
    is one. `unseen` has of each indicator how many series cannot be judged, and how many there are.
    """

    holds: Mapping[str, int | None]
    warnings: Sequence[Fault]
    unseen: Mapping[str, tuple[int, int]]


@dataclass(frozen=True)
class Issued:
    """The review sheets written, and warnings of implausible figures in them."""

    files: Sequence[Path]
    warnings: Sequence[Fault]


def check(path: str | Path, small_cells: bool = False, history: bool = True) -> Checked:
    """Check a folder, count its contents and list implausible figures.

    With `small_cells` firms are counted exactly. If it is under git, an unknown history is a fault.
    Without `history` it is not looked at.

    Raises:
        SonghuaError: with all faults of the folder.

    >>> from songhua.session import example
    >>> found = check(example())
    >>> found.holds["plan"], len(found.warnings)
    (1, 1)
    """
    home = Path(path)
    session = session_of(home, store.read(home, history, demanded=True))
    judgement = judge(session.region)
    unnamed = asked_for(session.region, session.plan)
    leftovers = store.leftover(home)
    unnamed += unfilled_sources(session.region)
    warnings = [*leftovers, *session.whole.warnings, *judgement.warnings, *unnamed]
    return Checked(session.counts(small_cells), warnings, judgement.unseen)


def import_file(
    path: str | Path,
    file: str | Path,
    answers: Mapping[str, str] | None = None,
    dry_run: bool = False,
    now: datetime | None = None,
    source: str = "",
    recorded: str = "",
    to: str = "",
    forget: bool = False,
) -> store.Import:
    """Add the rows of a CSV, XLSX, XLS or Parquet file to a folder: all or none.

    Of a file of tables `answers` settle questions by their keys, before those that the folder keeps
    for its layout, which it may `forget`. Its rows are of `source`, or of the source that the sheet
    or the file's name tells, and recorded on the day `recorded`, or of `now`. A filled review sheet
    is known by its hidden sheet and goes to `reviews/`, marked with the time `now` (the clock's, if
    none is given). A plan's table of indicators, known by its heading or where `to` is `targets`,
    goes to the plan's targets.

    Raises:
        SonghuaError: every fault of the folder and the file, or every open question; nothing is
            written then.
    """
    store.refuse_no_folder(Path(path))
    place, content = store.at(path, dry_run), store.content_of(Path(file))
    if store.reviews.recognised(content):
        store.refuse_defaults(_row_defaults(source, recorded), Path(file))
        received = now or datetime.now(UTC)
        return store.reviews.take(place, content, Path(file).name, received)
    defaults = _row_defaults(source, recorded)
    if to == TARGETS or (not to and store.plan_tables.recognised(content, Path(file).name)):
        columns = {"recorded": _today(now)} | defaults
        return store.plan_tables.take(place, Path(file), columns)
    return store.add(place, Path(file), answers, defaults, _today(now), forget)


def read_tables(
    path: str | Path,
    file: str | Path,
    answers: Mapping[str, str] | None = None,
    now: datetime | None = None,
    source: str = "",
    recorded: str = "",
    forget: bool = False,
) -> store.TablesRead:
    """A file of tables as it is read with the answers so far: what it holds, and its questions.

    Raises:
        SonghuaError: the faults of the folder and the file; `table_list`, for a list.
    """
    store.refuse_no_folder(Path(path))
    columns = {"recorded": _today(now)} | _row_defaults(source, recorded)
    return store.read_file(store.at(path), Path(file), answers, columns, forget)


def correct(
    path: str | Path,
    figure: Named,
    value: str,
    *,
    published: str = "",
    note: str = "",
    recorded: str = "",
    dry_run: bool = False,
    now: datetime | None = None,
) -> store.Correction:
    """Correct one figure: by a new row, or in its own row while that is not yet committed.

    `value` is the number as printed, with its unit where that is another. The row is recorded
    on the day `recorded`, or of `now` (the clock's, if none is given).

    Raises:
        SonghuaError: the faults of the folder and of the request; where no figure or several match
            the names, with the figures that there are. Nothing is written then.
    """
    new = store.New(value, recorded or _today(now), published, note)
    return store.correct(store.at(path, dry_run), figure, new)


def add_figure(
    path: str | Path, cells: Mapping[str, str], dry_run: bool = False, now: datetime | None = None
) -> store.Entered:
    """Add one observation, of texts by column: recorded today, where they name no day.

    Raises:
        SonghuaError: all faults of the folder with the row; nothing is written then.
    """
    filled = {name: text for name, text in cells.items() if text.strip()}
    return store.add_figure(store.at(path, dry_run), {"recorded": _today(now)} | filled)


def add_entry(
    path: str | Path, catalogue: str, id: str, cells: Mapping[str, str], dry_run: bool = False
) -> store.Entered:
    """Add one entry to a catalogue: `sources`, `indicators`, `industries` or `places`.

    It has the given id, or an id made from its title or name.

    Raises:
        SonghuaError: `entry_held`; all faults of the folder with the entry; nothing is written
            then.
    """
    return store.add_entry(store.at(path, dry_run), catalogue, id.strip(), cells)


def change_plan_row(
    path: str | Path, table: str, id: str, cells: Mapping[str, str], dry_run: bool = False
) -> store.Entered:
    """Write one row of a plan's table (`targets`, `measures`, `projects`) otherwise.

    Raises:
        SonghuaError: all faults of the folder with the row; nothing is written then.
    """
    return store.change_plan_row(store.at(path, dry_run), table, id, cells)


def answer(
    path: str | Path,
    answers: store.reviews.Answers,
    lang: str,
    dry_run: bool = False,
    now: datetime | None = None,
) -> store.Import:
    """Append what a department answered in a form to `reviews/`, marked with the time `now`.

    Raises:
        SonghuaError: every fault of the folder and of the answers; nothing is written then.
    """
    return store.reviews.answer(store.at(path, dry_run), answers, lang, now or datetime.now(UTC))


def _row_defaults(source: str, recorded: str) -> dict[str, str]:
    """Columns for all rows of a cross table: their source, and the day they are recorded."""
    return {name: text for name, text in (("source", source), ("recorded", recorded)) if text}


def _today(moment: datetime | None) -> str:
    """The day of a time, the clock's if none is given."""
    return (moment or datetime.now().astimezone()).date().isoformat()


def review(
    path: str | Path, period: str, target: str | Path, lang: str = "en", replace: bool = False
) -> Issued:
    """Write a sheet a department to `target`: what it is asked to report for a period.

    The warnings speak of the indicators on the sheets. A sheet there that was filled in is kept,
    unless it is to be replaced.

    Raises:
        SonghuaError: the folder's faults; `review_no_plan`, `review_nothing_asked`,
            `output_kept`, `period_unreadable`, or `extra_missing` without the extra `excel`.
    """
    session = open(path)
    region, plan = session.region, session.plan
    files = store.reviews.issue(region, plan, period, Path(target), lang, replace)
    targets = [] if plan is None else plan.targets
    indicators = {t.indicator for t in targets if t.period.overlaps(parse_period(period))}
    return Issued(files, doubts(speaking_of(region, indicators)))
