"""Workbooks spoiled on purpose: each change with what may still be read of the workbook after it.

The answer after a change is what the sheet then says. A reader may refuse the sheet or leave
figures out; it may not read one otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from random import Random

from published_layouts import Key, Table

Answer = dict[tuple[int, int], Key]
_UNIT = re.compile(
    r"亿元|万元|万人|元/人|%|[Mm]illions of (?:current )?dollars|[Tt]housand persons|[Tt]housands? of persons|persons|Number\b|number\b|000\b"
)
_SCALED = {
    "亿元": ("万元", "10k CNY"),
    "万人": ("人", "persons"),
    "Thousand persons": ("Persons", "persons"),
    "thousand persons": ("million persons", "m persons"),
}


def _cells(table: Table) -> list[list[object]]:
    return [list(row) for row in table.cells]


def _other_rows(table: Table) -> range:
    return range(min((r for r, _ in table.answer), default=0))


def drop_units(table: Table, rng: Random) -> Table:
    """Every word of a unit goes: nothing may be read with another unit."""
    cells = [
        [
            _UNIT.sub("", c) if isinstance(c, str) and (r, n) not in table.answer else c
            for n, c in enumerate(row)
        ]
        for r, row in enumerate(_cells(table))
    ]
    return replace(table, cells=cells)


def change_scale(table: Table, rng: Random) -> Table:
    """Another unit of the same kind is printed: figures are read with it, or not at all."""
    cells, answer = _cells(table), dict(table.answer)
    for r, row in enumerate(cells):
        for c, cell in enumerate(row):
            for old, (new, unit) in _SCALED.items():
                if isinstance(cell, str) and old in cell and (r, c) not in answer:
                    cells[r][c] = cell = cell.replace(old, new)
                    was = {"亿元": "100m CNY", "万人": "10k persons"}.get(old, "k persons")
                    answer = {
                        at: (*key[:5], unit) if key[5] == was else key for at, key in answer.items()
                    }
    return replace(table, cells=cells, answer=answer)


def swap_columns(table: Table, rng: Random) -> Table:
    """Two columns of figures change their places with all that stands over them."""
    if table.merged:
        return table
    columns = sorted({c for _, c in table.answer})
    if len(columns) < 2:
        return table
    one, other = rng.sample(columns, 2)
    width = max(map(len, table.cells))
    place = {one: other, other: one}
    cells = []
    for row in _cells(table):
        full = [*row, *[""] * (width - len(row))]
        cells.append([full[place.get(c, c)] for c in range(width)])
    answer = {(r, place.get(c, c)): key for (r, c), key in table.answer.items()}
    borrowed = any(
        "增" in str(c) and not re.search(r"\d", str(c))
        for row in cells
        for c in row
        if c != cells[0][0]
    )
    return table if borrowed else replace(table, cells=cells, answer=answer)


def shift_heading(table: Table, rng: Random) -> Table:
    """The heading slips by one column: nothing may be read, for all of it would be wrong."""
    cells, by = _cells(table), rng.choice((-1, 1))
    held = [sum(cell != "" for cell in row) for row in cells]
    heading = next(r for r, n in enumerate(held) if n >= min(3, max(held)))
    below = min(r for r, _ in table.answer)
    if rng.random() < 0.5 and table.merged and heading + 1 < below:
        heading += 1
    moved = cells[heading]
    cells[heading] = ["", *moved] if by > 0 else [*moved[1:], ""]
    return replace(table, cells=cells, merged=(), answer={})


def change_year(table: Table, rng: Random) -> Table:
    """A year of the heading or of a label becomes another: its figures are of that year."""
    years = sorted({key[3] for key in table.answer.values() if re.fullmatch(r"\d{4}", key[3])})
    if not years:
        return table
    old = rng.choice(years)
    new = str(int(old) + 40)
    cells = _cells(table)
    changed = 0
    for r, row in enumerate(cells):
        for c, cell in enumerate(row):
            if (r, c) not in table.answer and re.search(rf"(?<!\d){old}(?!\d)", str(cell)):
                cells[r][c] = re.sub(rf"(?<!\d){old}(?!\d)", new, str(cell))
                changed += 1
    answer = {
        at: (*key[:3], re.sub(rf"\b{old}\b", new, key[3]), *key[4:])
        for at, key in table.answer.items()
    }
    return replace(table, cells=cells, answer=answer) if changed else table


def misspell(table: Table, rng: Random) -> Table:
    """A letter of a label is lost: its figures are left out, or asked about."""
    cells = _cells(table)
    labels = [(r, c) for r, row in enumerate(cells) for c, cell in enumerate(row)
              if isinstance(cell, str) and (r, c) not in table.answer and len(cell) > 3 and not _UNIT.search(cell) and not re.search(r"\d", cell)]  # fmt: skip
    if labels:
        r, c = rng.choice(labels)
        text = str(cells[r][c])
        at = rng.randrange(len(text) - 1)
        cells[r][c] = text[:at] + text[at + 1 :]
    return replace(table, cells=cells)


def drop_title(table: Table, rng: Random) -> Table:
    """The title is lost: what only it said is not made up."""
    return replace(
        table,
        cells=[["" for _ in table.cells[0]], *_cells(table)[1:]],
        merged=tuple(m for m in table.merged if m[0] > 0),
    )


def other_place(table: Table, rng: Random) -> Table:
    """The title names a place that the folder does not have: the figures are not of this one."""
    title = str(table.cells[0][0])
    places = ("黑龙江省", "哈尔滨市", "Alabama", "Germany", "Heilongjiang")
    named = next((p for p in places if p in title), "")
    if not named or (table.delimiter and table.cells[0][0] in ("地区",)):
        return table
    cells = _cells(table)
    cells[0][0] = title.replace(named, "云南省" if named >= "一" else "Wyoming")
    return replace(table, cells=cells, answer={})


def section(table: Table, rng: Random) -> Table:
    """A line of its own comes between the rows: what stands below it is asked about."""
    rows = sorted({r for r, _ in table.answer})
    at = rows[len(rows) // 2]
    cells = _cells(table)
    cells.insert(at, [rng.choice(("城镇", "Women", "规模以上工业", "Of which: exports"))])
    answer = {(r + (r >= at), c): key for (r, c), key in table.answer.items() if r < at}
    return (
        replace(table, cells=cells, answer=answer, merged=table.merged, formats={})
        if not table.formats
        else table
    )


def twice(table: Table, rng: Random) -> Table:
    """A row stands there twice with other figures: neither is taken."""
    rows = sorted({r for r, _ in table.answer})
    at = rng.choice(rows)
    cells = _cells(table)
    again = [
        f"{float(c) + 1}" if (at, n) in table.answer and re.fullmatch(r"[\d.]+", str(c)) else c
        for n, c in enumerate(cells[at])
    ]
    cells.append(again)
    if (
        table.formats
        or cells[len(cells) - 2][0] == ""
        or not all(r in rows for r in range(rows[0], len(cells) - 1))
    ):
        return table
    return replace(table, cells=cells, answer={})


def plan_column(table: Table, rng: Random) -> Table:
    """A heading says that its figures are of a plan: they are no actual ones."""
    cells = _cells(table)
    first = min(r for r, _ in table.answer)
    columns = sorted({c for r, c in table.answer if r == first})
    column = rng.choice(columns)
    texts = [r for r in range(first) if sum(cell != "" for cell in cells[r]) > 2]
    row = next(
        (
            r
            for r in texts
            if re.search(r"[^\d\s]", "".join(map(str, cells[r][column : column + 1])))
        ),
        -1,
    )
    if row < 0:
        return table
    cells[row][column] = f"{cells[row][column]}{rng.choice(('计划', '预计', ' (forecast)'))}"
    answer = {at: key for at, key in table.answer.items() if at[1] != column}
    return (
        replace(table, cells=cells, answer=answer, formats={} if table.formats else table.formats)
        if not table.formats
        else table
    )


def fall_as_positive(table: Table, rng: Random) -> Table:
    """A rate of growth becomes one of decline."""
    cells = _cells(table)
    changed = False
    for r in _other_rows(table):
        for c, cell in enumerate(cells[r]):
            if isinstance(cell, str) and "增长" in cell:
                cells[r][c], changed = cell.replace("增长", "下降"), True
    answer = {at: key for at, key in table.answer.items() if key[0] != "gdp_growth"}
    return replace(table, cells=cells, answer=answer) if changed else table


MUTATIONS: tuple[Callable[[Table, Random], Table], ...] = (
    drop_units, change_scale, swap_columns, shift_heading, change_year, misspell, drop_title, other_place, section, twice,
    plan_column, fall_as_positive,
)  # fmt: skip
