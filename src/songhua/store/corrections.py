"""Correction of a figure: a later row beside a recorded one, or a row not yet recorded anew."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from itertools import count

from songhua import schema
from songhua.checks.plausibility import doubts, speaking_of
from songhua.errors import Fault, SonghuaError
from songhua.fault_kinds import NumberUnreadable, RowRepeats, UnitUnknown
from songhua.labels import parse_date
from songhua.messages import Words
from songhua.reading.change_fault_kinds import (
    CorrectColumn,
    CorrectQualifier,
    CorrectSame,
    CorrectSameDay,
)
from songhua.reading.csv_lines import cells_of, heading, plain, with_cells, with_row, without_row
from songhua.reading.figure_names import (
    LABELS,
    Named,
    RecordedFigure,
    figure_line,
    figures_of,
    one_of,
    usual,
)
from songhua.reading.sheets.numbers import Number, read_number
from songhua.reading.sheets.units import spoken_unit
from songhua.region import Region
from songhua.store.case import Case, assembled
from songhua.store.port import Store
from songhua.store.source import CORRECTIONS, Raw, files_behind

_PRINTED = re.compile(r"(.*[\d)])\s*([^\d\s)].*)")


@dataclass(frozen=True)
class Correction:
    """A figure before and after, and its place: a row of its own, or one written over.

    If the row before has the value already, the row to be overwritten is removed (`back`), and the
    earlier row holds again.
    """

    before: Words
    after: Words
    file: str
    row: int
    over: bool
    warnings: tuple[Fault, ...] = ()
    back: bool = False

    @property
    def how(self) -> str:
        """The way it was written: a `row` of its own, `over` another, or by taking one `back`."""
        return "back" if self.back else "over" if self.over else "row"


@dataclass(frozen=True)
class New:
    """A figure to be: its number as printed, and the other cells of its row that change.

    A word before the number and a unit behind it are read. `recorded` is the day of the
    correction, `published` the day on which its source printed it.
    """

    value: str
    recorded: str
    published: str = ""
    note: str = ""

    def number(self) -> Number:
        """The number, its unit and the word before it.

        Raises:
            SonghuaError: `number_unreadable`, `unit_unknown`.

        >>> New("约5185.2亿元", "2026-11-27").number()
        Number(value='5185.2', qualifier='about', unit='100m CNY', marks='', blank=None, status='')
        """
        number, unit = read_number(self.value), ""
        if number is None and (parts := _PRINTED.fullmatch(self.value.strip())):
            number, unit = read_number(parts[1]), spoken_unit(parts[2]) or ""
            if number is not None and not unit:
                raise SonghuaError(UnitUnknown(text=parts[2][:80]))
        if number is None or not number.value or number.status:
            raise SonghuaError(NumberUnreadable(text=self.value[:80]))
        return replace(number, unit=unit or number.unit, marks="")


def correct(store: Store, wanted: Named, new: New) -> Correction:
    """Correct one figure of a region: an observation, or a cell of a panel.

    A row that is recorded (the last commit has it, or, without git, it is of an earlier day)
    stays, and a later one is added to `corrections.csv` beside its file; another is written over.
    Where several figures are named so, that of the region itself and of the whole economy is
    meant.

    Raises:
        SonghuaError: the faults of the region, with the correction and without it; what `Named`
            and `New` raise; `correct_none`, `correct_several`, `correct_same`,
            `correct_same_day`, `correct_qualifier`; nothing is written then.
    """
    parse_date(new.recorded)
    with store.alone():
        raw = store.read()
        whole = assembled(raw, store)
        labels = wanted.labels(whole.region)
        figures = usual(whole.region, figures_of(whole.region, labels, wanted.row))
        row = one_of(whole.region, figures, labels)
        file, content, place, over = _written(store, raw, row, new)
        try:
            after, back = assembled_with(store, raw, file, content, place), False
        except SonghuaError as error:
            if not over or not all(isinstance(fault, RowRepeats) for fault in error.faults):
                raise
            content, back = without_row(raw.files[file], place), True
            after = assembled_with(store, raw, file, content, 0)
        store.revise(raw, {file: content}, reason=new.note)
    figure = _of_same(after.region, row) if back else _at(after.region, (file, place))
    fresh = fresh_doubts(whole, after, row.indicator)
    was, is_ = figure_line(whole.region, row), figure_line(after.region, figure)
    return Correction(was, is_, figure.where()[0], figure.row, over, fresh, back)


def _written(store: Store, raw: Raw, row: RecordedFigure, new: New) -> tuple[str, bytes, int, bool]:
    """The file that changes, its new content, the row in it, and whether one is written over."""
    file, at, recorded = row.where()[0], row.row, row.recorded
    before = raw.files[file]
    line = before.splitlines()[at - 1].decode("utf-8")
    texts = [plain(text) for _, _, text, _ in cells_of(line)]
    cells = dict(zip(heading(before), [*texts, ""], strict=False))
    table = schema.table(file.partition("/")[0])
    changed = {**cells, **_changes(table, row, cells, new)}
    if all(cells.get(name, "") == text for name, text in changed.items() if name != "recorded"):
        raise SonghuaError(CorrectSame(file, at))
    if not store.is_recorded(raw, file, at, recorded >= new.recorded):
        return file, with_cells(before, at, changed), at, True
    if recorded >= new.recorded:
        raise SonghuaError(CorrectSameDay(file, at, day=recorded))
    if changed.get("qualifier", "") != cells.get("qualifier", ""):
        raise SonghuaError(CorrectQualifier(file, at))
    target = file_for(raw, table, changed, CORRECTIONS)
    held_there = raw.files.get(target, (",".join(table.names) + "\n").encode())
    content = with_row(held_there, changed)
    return target, content, len(content.splitlines()), False


def _changes(
    table: schema.TableSchema, row: RecordedFigure, cells: Mapping[str, str], new: New
) -> dict[str, str]:
    """The cells that are said anew."""
    number = new.number()
    changed = {"value": number.value, "recorded": new.recorded}
    if number.unit and number.unit != row.unit:
        changed["unit"] = number.unit
    if number.qualifier:
        changed["qualifier"] = number.qualifier
    if cells.get("status"):  # why a cell has no number
        changed["status"] = ""
    changed |= {name: text for name in ("published", "note") if (text := getattr(new, name))}
    if strange := [name for name in changed if name not in table.names]:
        raise SonghuaError(CorrectColumn(names=tuple(strange), where=table.where))
    return changed


def file_for(
    raw: Raw, table: schema.TableSchema, cells: Mapping[str, str], stem: str, behind: str = ""
) -> str:
    """The file of a table for rows like this, or a next one where its columns do not hold it.

    `behind` is a file behind which the row must stand, as it corrects one there of the same day.
    """
    part, filled = table.where.partition("/")[0], {name for name, text in cells.items() if text}
    names = (f"{part}/{stem}{f'-{n}' if n else ''}.csv" for n in count())
    return next(
        name
        for name in (files_behind(behind) if behind else names)
        if name not in raw.files or filled <= set(heading(raw.files[name]))
    )


def assembled_with(store: Store, raw: Raw, file: str, content: bytes, place: int) -> Case:
    """The case with the file's new content, checked whole.

    Raises:
        SonghuaError: all faults; those of the row that is written stand at its columns alone.
    """
    try:
        return assembled(raw.with_files({file: content}), store)
    except SonghuaError as error:
        at = file, place
        raise SonghuaError(
            *(
                replace(fault, file="", row=None) if (fault.file, fault.row) == at else fault
                for fault in error.faults
            )
        ) from None


def fresh_doubts(whole: Case, after: Case, indicator: str) -> tuple[Fault, ...]:
    """Doubts about an indicator in one state of a folder that another did not have."""
    old, new = (doubts(speaking_of(case.region, {indicator})) for case in (whole, after))
    return tuple(doubt for doubt in new if doubt not in old)


def _of_same(region: Region, row: RecordedFigure) -> RecordedFigure:
    """The figure that holds of the same thing and source as another."""
    names = {*LABELS, *schema.table("observations").key}
    figures = figures_of(region, {k: v for k, v in asdict(row).items() if k in names})
    return max(reversed(figures), key=lambda figure: figure.recorded)


def _at(region: Region, at: tuple[str, int]) -> RecordedFigure:
    """The figure in a row of a file."""
    return figures_of(region, {}, f"{at[0]}:{at[1]}")[0]
