"""The part of an input-output table that explains why it does not close, or counts twice."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np
import pandas as pd

from songhua.maths.interindustry import InputOutputTable

FACTORS = (10, 100, 1000)
FEW = 4
SEARCHED = 400
Gaps = Callable[[InputOutputTable], list[tuple[pd.Series, np.ndarray, pd.Series]]]
Part = tuple[str, str, int | None, int | None]


def scaled_parts(table: InputOutputTable, gaps: Gaps) -> list[tuple[str, int | str]]:
    """Parts that make all rows and columns they touch close, when divided by a factor.

    Tried are whole blocks, then rows, columns and cells that stand where something does not
    close. The factor is 10, 100, 1000, `1/10` and so on, or -1 for a cell of the other sign.
    For each part the first factor that closes all that it touches is given.

    Args:
        table: the table.
        gaps: of a table, for its rows and for its columns: what sums are above output, how far they
            may be, and output.

    Returns:
        Each part by its name, with the factor.

    >>> from songhua.maths import example
    >>> sound = example.table()
    >>> table = replace(sound, Z=sound.Z + np.array([[0, 0], [270, 0]]))  # 300 in place of 30
    >>> def gaps(table):
    ...     return [(sums - table.x, np.full(2, 0.5), table.x)
    ...             for sums in (table.row_sums(), table.column_sums())]
    >>> scaled_parts(table, gaps)
    [('Z[tools, food]', 10)]
    """
    broken = [np.abs(np.asarray(gap)) > may for gap, may, _ in gaps(table)]
    for level in (_blocks, _lines, _cells):
        scaled = [
            (_name(table, part), factor)
            for part in level(table, broken)
            if (factor := _factor(table, part, broken, gaps)) is not None
        ]
        if scaled:
            return scaled
    return []


def _blocks(table: InputOutputTable, broken: list[np.ndarray]) -> Iterator[Part]:
    """Whole blocks, where most rows or most columns do not close."""
    if any(axis.mean() > 0.5 for axis in broken):
        for block in ("Z", "f", "v", "x", "Z_imported", "make"):
            if getattr(table, block) is not None:
                yield block, "all", None, None


def _lines(table: InputOutputTable, broken: list[np.ndarray]) -> Iterator[Part]:
    """Rows or columns of blocks, where few do not close."""
    rows, columns = (np.flatnonzero(axis) for axis in broken)
    if 0 < len(rows) <= FEW and len(columns) > 1:
        for row in rows:
            yield "Z", "row", int(row), None
    if 0 < len(columns) <= FEW and len(rows) > 1:
        for column in columns:
            yield "Z", "column", None, int(column)
    if not len(columns) and 0 < len(rows) <= FEW:
        for row in rows:
            yield "f", "row", int(row), None
    if not len(rows) and 0 < len(columns) <= FEW:
        for column in columns:
            yield "v", "column", None, int(column)
            if table.Z_imported is not None:
                yield "Z_imported", "column", None, int(column)


def _cells(table: InputOutputTable, broken: list[np.ndarray]) -> Iterator[Part]:
    """Cells, where few rows and columns do not close."""
    rows, columns = (np.flatnonzero(axis) for axis in broken)
    if len(rows) > FEW or len(columns) > FEW:
        return
    for row in rows:
        for column in columns:
            yield "Z", "cell", int(row), int(column)
    for row in rows if not len(columns) else ():
        for column in range(table.f.shape[1]):
            yield "f", "cell", int(row), column
    for column in columns if not len(rows) else ():
        for row in range(table.v.shape[0]):
            yield "v", "cell", row, int(column)
        for row in range(0 if table.Z_imported is None else len(table.Z_imported)):
            yield "Z_imported", "cell", row, int(column)
    for column in columns:
        if table.make is None and column in rows:
            yield "x", "cell", int(column), None


def _factor(
    table: InputOutputTable, part: Part, broken: list[np.ndarray], gaps: Gaps
) -> int | str | None:
    """The factor by which the part must be divided to close all that it touches."""
    tried: list[tuple[int | str, float]] = [(k, 1 / k) for k in FACTORS]
    tried += [(f"1/{k}", float(k)) for k in FACTORS]
    tried += [(-1, -1.0)] if part[1] == "cell" else []
    for factor, times in tried:
        changed = _times(table, part, times)
        if changed is None:
            continue
        unclosed = [np.abs(np.asarray(gap)) > may for gap, may, _ in gaps(changed)]
        better = sum(int(axis.sum()) for axis in broken) - sum(int(axis.sum()) for axis in unclosed)
        worse = any((after & ~before).any() for after, before in zip(unclosed, broken, strict=True))
        if better > 0 and not worse and _closed(part, unclosed, broken):
            return factor
    return None


def _closed(part: Part, unclosed: list[np.ndarray], broken: list[np.ndarray]) -> bool:
    """True where all that the part touches closes."""
    block, extent, row, column = part
    if extent == "all":
        return not any(axis.any() for axis in unclosed)
    if block == "x":
        return not (unclosed[0][row] or unclosed[1][row])
    touched = [] if row is None or block in ("v", "Z_imported") else [bool(unclosed[0][row])]
    touched += [] if column is None or block == "f" else [bool(unclosed[1][column])]
    if extent == "row" and block == "Z":
        touched += [bool((unclosed[1] & broken[1]).any())]
    if extent == "column" and block == "Z":
        touched += [bool((unclosed[0] & broken[0]).any())]
    return not any(touched)


def _times(table: InputOutputTable, part: Part, times: float) -> InputOutputTable | None:
    """The table with one part multiplied; None where that changes nothing, or no float holds it."""
    block, _, row, column = part
    original = getattr(table, block)
    values = np.array(original, dtype=float)
    rows = slice(None) if row is None else row
    place = rows if values.ndim == 1 else (rows, slice(None) if column is None else column)
    with np.errstate(over="ignore"):
        values[place] = values[place] * times
    if not (np.any(values[place]) and np.isfinite(values[place]).all()):
        return None
    if isinstance(original, pd.Series):
        return replace(table, x=pd.Series(values, index=original.index))
    changed = pd.DataFrame(values, index=original.index, columns=original.columns)
    return replace(table, **{block: changed})


def _name(table: InputOutputTable, part: Part) -> str:
    """A part as a reader finds it: `Z`, `Z[food, :]`, `v[labour, food]`, `x[food]`."""
    block, extent, row, column = part
    labelled = getattr(table, block)
    if extent == "all":
        return block
    if block == "x":
        return f"x[{labelled.index[row]}]"
    down = ":" if row is None else labelled.index[row]
    across = ":" if column is None else labelled.columns[column]
    return f"{block}[{down}, {across}]"


def hidden_sums(
    block: pd.DataFrame, decimals: int | None, digits: int, square: bool
) -> list[tuple[str, list[str]]]:
    """Rows that are the sum of two or more other rows, with those rows.

    Looked for are the sum of all others, the sum of a run of rows just before or after, and (up to
    400 rows) any set of others. In a square block the cell on the diagonal is not compared.
    A row that rounding alone could make is passed over.

    >>> block = pd.DataFrame([[1.0, 2], [3, 4], [4, 6]], ["food", "tools", "both"])
    >>> hidden_sums(block, decimals=None, digits=15, square=False)
    [('both', ['food', 'tools'])]
    """
    values = np.nan_to_num(np.asarray(block, dtype=float))
    n = len(values)
    if n < 3:
        return []
    half = 0.0 if decimals is None else 0.5 * 10.0**-decimals
    relative_error = 0.5 * 10.0 ** (1 - digits)
    gross = np.abs(values)
    sums: list[tuple[str, list[str]]] = []
    for row in range(n):
        compare = np.ones(values.shape[1], dtype=bool)
        if square and row < len(compare):
            compare[row] = False
        if (gross[row][compare] > 100 * half * n).sum() < 2:
            continue
        members = _members(values, row, compare, half, relative_error)
        if members is not None and len(members) >= 2:
            sums.append((str(block.index[row]), [str(block.index[i]) for i in members]))
    return sums


def _members(
    values: np.ndarray, row: int, compare: np.ndarray, half: float, relative_error: float
) -> np.ndarray | None:
    """The rows that add up to one row, by all ways of looking."""
    target = values[row][compare]
    candidates = np.arange(len(values)) != row

    def fits(chosen: np.ndarray) -> bool:
        picked = values[chosen][:, compare]
        size = np.abs(picked).sum(axis=0) + np.abs(target)
        may = half * (len(chosen) + 1) + (relative_error + 1e-15 * len(chosen)) * size
        gap = np.abs(picked.sum(axis=0) - target)
        adds = (np.abs(picked).sum(axis=1) > half * picked.shape[1]).sum()
        return bool((gap <= may).all()) and adds >= 2

    everything = np.flatnonzero(candidates)
    twice, sums = 2 * target.sum(), values[:, compare].sum()
    if abs(sums - twice) <= 1e-3 * (abs(sums) + abs(twice)) and fits(everything):
        return everything
    for run in _runs(values, row, compare):
        if fits(run):
            return run
    if len(values) > SEARCHED:
        return None
    chosen = _any_set(values[:, compare], row, half)
    return chosen if chosen is not None and fits(chosen) else None


def _runs(values: np.ndarray, row: int, compare: np.ndarray) -> Iterator[np.ndarray]:
    """Runs of rows just after and just before whose grand total is that of the row."""
    sums = values[:, compare].sum(axis=1)
    size = np.abs(values[:, compare]).sum(axis=1)
    for steps in (np.arange(row + 1, len(values)), np.arange(row - 1, -1, -1)):
        running, gross = np.cumsum(sums[steps]), np.cumsum(size[steps])
        near = np.abs(running - sums[row]) <= 1e-3 * (gross + size[row])
        for end in np.flatnonzero(near):
            if end >= 1:
                yield np.sort(steps[: end + 1])


def _any_set(values: np.ndarray, row: int, half: float) -> np.ndarray | None:
    """Other rows, none above the row anywhere, that least squares counts once each."""
    target = values[row]
    slack = half * len(values) + 1e-9 * np.abs(target)
    inside = (values <= target + slack).all(axis=1)
    inside[row] = False
    chosen = np.flatnonzero(inside)
    if len(chosen) < 2 or (values[chosen].sum(axis=0) < target - slack).any():
        return None
    weights = np.linalg.lstsq(values[chosen].T, target, rcond=None)[0]
    members = chosen[weights > 0.5]
    return members if len(members) >= 2 else None
