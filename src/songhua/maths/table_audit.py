"""Faults and oddities of an input-output table, as findings; nothing is repaired (§2, §5, §7).

An identity is held to the decimals that the publisher prints: half a unit in the last place of
each number in the sum, and half of the last digit that the file keeps. A gap beyond that is
named, whatever its size.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pandas as pd

from songhua.maths.interindustry import InputOutputTable, Total
from songhua.maths.table_issues import MOST_LABELS, Issue, first_labels, short
from songhua.maths.table_suspects import hidden_sums, scaled_parts
from songhua.maths.table_totals import against, against_file

SMALL = 1e-5
GAPS = {
    "rows": ("table_unbalanced_rows", "table_gap_rows"),
    "columns": ("table_unbalanced_columns", "table_gap_columns"),
}


def audit(table: InputOutputTable, known_totals: Mapping[str, float] | None = None) -> list[Issue]:
    """All that is wrong or odd in a table, each by its code.

    `table_cells_missing` cells without a number; `table_unbalanced_rows` and
    `table_unbalanced_columns` what does not add up to output, and `table_gap_rows` and
    `table_gap_columns` the same where the gap is below a hundred-thousandth of it;
    `table_total_differs` printed totals that their parts do not give; `table_transposed`;
    `table_scale` a part that fits when divided by 10, 100 or 1,000; `table_sign` a cell that fits
    with the other sign; `table_scale_unit` and `table_unit_differs` where the file says another
    unit; `table_scale_known` and `table_known_differs` against totals known from
    elsewhere; `table_total_inside` and `table_subtotal` double counting; `table_negative` and
    `table_output_negative`; `table_output_zero` and `table_output_zero_used`.

    Args:
        table: the table as read.
        known_totals: totals known from elsewhere in the table's unit, by name: `output`,
            `value_added`, or a category of final use. A table that is larger or smaller by about
            10, 100 or 1,000 is in another unit than it says.

    Returns:
        The findings; empty if there is nothing to say.

    >>> from songhua.maths import example
    >>> sound = example.table()
    >>> table = replace(sound, Z=sound.Z + np.array([[0, 0], [270, 0]]), decimals=0)  # 300 for 30
    >>> [(i.code, i.params.get("part"), i.params.get("factor")) for i in audit(table)][-1]
    ('table_scale', 'Z[tools, food]', 10)
    """
    issues = _missing(table)
    gaps = [_gaps(table, "rows"), _gaps(table, "columns")]
    issues += [
        issue
        for axis, gap in zip(("rows", "columns"), gaps, strict=True)
        for issue in _gap_issues("", axis, *gap)
    ]
    for total in table.printed:
        issues += _printed(table, total)
    if {issue.code for issue in issues} & {GAPS["rows"][0], GAPS["columns"][0]}:
        turned = _transposed(table, gaps)
        issues += _scaled(table) if turned is None else [turned]
    issues += against(table, known_totals or {}) + against_file(table)
    return issues + _inside(table) + _signs(table) + _zeros(table)


def _tolerance(parts: np.ndarray, terms: int, table: InputOutputTable) -> np.ndarray:
    """The most that a sum may be off: `parts` holds sums of absolute numbers, `terms` their count.

    Half a unit in the last printed place for each term, and half a unit in the last digit that
    the file keeps of each number.
    """
    printed = 0.0 if table.decimals is None else 0.5 * 10.0**-table.decimals * terms
    return printed + 0.5 * 10.0 ** (1 - table.digits) * parts


def _gaps(table: InputOutputTable, axis: str) -> tuple[pd.Series, np.ndarray, pd.Series]:
    """The sums less the total, how far they may be off, and the total."""
    if axis == "rows":
        blocks, total, sums = [table.Z, table.f], table.total_output(), table.row_sums()
        pieces = [np.abs(np.asarray(block)).sum(axis=1) for block in blocks]
        terms = sum(block.shape[1] for block in blocks) + 1
        if table.make is not None:
            terms += len(table.make)
    else:
        blocks = [table.Z, table.v]
        beside = table.Z_imported if table.kind == "domestic" else None
        blocks += [] if beside is None else [beside]
        total, sums = table.x, table.column_sums()
        pieces = [np.abs(np.asarray(block)).sum(axis=0) for block in blocks]
        terms = sum(len(block) for block in blocks) + 1
    gross = sum(pieces) + np.abs(np.asarray(total))
    return sums - total, _tolerance(np.asarray(gross), terms, table), total


def _gap_issues(
    name: str, axis: str, gap: pd.Series, may: np.ndarray, total: pd.Series
) -> list[Issue]:
    """Findings for the gaps beyond rounding: large ones together, small ones together."""
    size = np.abs(np.asarray(gap))
    beyond = size > may
    small = beyond & (size <= SMALL * np.abs(np.asarray(total)))
    codes = ("table_total_differs",) * 2 if name else GAPS[axis]
    issues: list[Issue] = []
    for code, where in zip(codes, (beyond & ~small, small), strict=True):
        if where.any():
            worst = int(np.where(where, size, -1.0).argmax())
            params = {
                "axis": axis,
                "total": name,
                "n": int(where.sum()),
                "of": len(gap),
                "labels": first_labels(gap.index[where]),
                "worst": str(gap.index[worst]),
                "gap": short(gap.iloc[worst]),
                "allowed": short(may[worst]),
            }
            issues.append(Issue(code, params, grave=bool((where & ~small).any())))
    return issues


def _printed(table: InputOutputTable, total: Total) -> list[Issue]:
    """A printed total against the sum of its finest parts; output itself is checked elsewhere."""
    if total.name == "output" and total.values.equals(table.total_output()):
        return []
    axis = 1 if total.axis == "rows" else 0
    blocks: list[pd.DataFrame] = []
    beside = table.f_imported if total.imported else table.f
    flows = table.Z_imported if total.imported else table.Z
    for part in total.parts:
        if part == "Z" and flows is not None:
            blocks.append(flows)
        elif part == "Z_imported" and table.Z_imported is not None:
            blocks.append(table.Z_imported)
        elif total.axis == "rows" and beside is not None and part in beside.columns:
            blocks.append(beside[[part]])
        elif total.axis == "columns" and part in table.v.index:
            blocks.append(table.v.loc[[part]])
    arrays = [np.asarray(block, dtype=float) for block in blocks]
    if not arrays:
        return []
    sums = sum(array.sum(axis=axis) for array in arrays)
    gross = sum(np.abs(array).sum(axis=axis) for array in arrays)
    terms = sum(array.shape[axis] for array in arrays) + 1
    values = total.values.reindex(table.Z.index if axis else table.Z.columns)
    may = _tolerance(np.asarray(gross) + np.abs(np.asarray(values)), terms, table)
    name = f"{total.name} (imported)" if total.imported else total.name
    return _gap_issues(name, total.axis, pd.Series(sums, index=values.index) - values, may, values)


def _missing(table: InputOutputTable) -> list[Issue]:
    issues: list[Issue] = []
    for name in ("Z", "Z_imported", "f", "f_imported", "v", "make"):
        part = getattr(table, name)
        if part is not None and (holes := np.argwhere(np.isnan(np.asarray(part)))).size:
            cells = [f"[{part.index[i]}, {part.columns[j]}]" for i, j in holes[:MOST_LABELS]]
            issues.append(_holes(name, len(holes), tuple(cells)))
    if len(empty := table.x.index[table.x.isna()]):
        issues.append(_holes("x", len(empty), first_labels(empty)))
    return issues


def _holes(part: str, n: int, cells: tuple[str, ...]) -> Issue:
    return Issue("table_cells_missing", {"part": part, "n": n, "labels": cells})


def _fits(table: InputOutputTable) -> float:
    """Share of rows and columns that close."""
    ends = [_gaps(table, axis) for axis in ("rows", "columns")]
    return float(np.mean(np.concatenate([np.abs(np.asarray(g)) <= may for g, may, _ in ends])))


def _transposed(
    table: InputOutputTable, gaps: list[tuple[pd.Series, np.ndarray, pd.Series]]
) -> Issue | None:
    """An issue where the table closes better with its flows turned round (rows are origins, §7)."""
    if table.kind == "supply_use":
        return None
    closing = float(np.mean(np.concatenate([np.abs(np.asarray(g)) <= may for g, may, _ in gaps])))
    beside = table.Z_imported if table.kind == "domestic" else None
    imported = None if beside is None else beside.T
    turned = _fits(replace(table, Z=table.Z.T, Z_imported=imported))
    if turned > closing and turned >= 0.5:
        return Issue("table_transposed", {"share": round(turned, 3), "now": round(closing, 3)})
    return None


def _scaled(table: InputOutputTable) -> list[Issue]:
    """The parts that make rows and columns close when divided, or with the other sign."""
    issues: list[Issue] = []
    for part, factor in scaled_parts(
        table, lambda changed: [_gaps(changed, "rows"), _gaps(changed, "columns")]
    ):
        if factor == -1:
            issues.append(Issue("table_sign", {"part": part}))
        else:
            issues.append(Issue("table_scale", {"part": part, "factor": factor}))
    return issues


def _inside(table: InputOutputTable) -> list[Issue]:
    """Industries and categories that are sums of others: double counting."""
    issues: list[Issue] = []
    blocks = [("Z", "rows", table.Z), ("Z", "columns", table.Z.T)]
    blocks += [("f", "columns", table.f.T), ("v", "rows", table.v)]
    reported: set[tuple[str, str]] = set()
    for name, axis, block in blocks:
        for label, members in hidden_sums(block, table.decimals, table.digits, name == "Z"):
            if (name, label) in reported:
                continue
            reported.add((name, label))
            whole = len(members) == len(block) - 1
            params = {
                "part": name,
                "axis": axis,
                "label": label,
                "n": len(members),
                "labels": first_labels(pd.Index(members)),
            }
            issues.append(Issue("table_total_inside" if whole else "table_subtotal", params))
    return issues


def _signs(table: InputOutputTable) -> list[Issue]:
    """Negative cells where they are unusual: flows and output. Publishers print some."""
    issues: list[Issue] = []
    for name in ("Z", "Z_imported", "make"):
        part = getattr(table, name)
        if part is None:
            continue
        cells = np.argwhere(np.asarray(part) < 0)
        if len(cells):
            labels = [f"[{part.index[i]}, {part.columns[j]}]" for i, j in cells[:MOST_LABELS]]
            least = float(np.nanmin(np.asarray(part)))
            params = {
                "part": name,
                "n": len(cells),
                "labels": tuple(labels),
                "least": short(least),
            }
            issues.append(Issue("table_negative", params, grave=False))
    if len(below := table.x.index[table.x < 0]):
        issues.append(
            Issue("table_output_negative", {"n": len(below), "labels": first_labels(below)})
        )
    return issues


def _zeros(table: InputOutputTable) -> list[Issue]:
    """Industries without output: harmless when nothing flows, an error when something does."""
    none = np.asarray(table.x) == 0
    flows = np.nansum(np.abs(np.asarray(table.Z)), axis=0)
    flows = flows + np.nansum(np.abs(np.asarray(table.v)), axis=0)
    if table.kind != "supply_use":
        flows = flows + np.nansum(np.abs(np.asarray(table.Z)), axis=1)
    issues: list[Issue] = []
    for code, where in (("table_output_zero", flows == 0), ("table_output_zero_used", flows > 0)):
        labels = table.x.index[none & where]
        if len(labels):
            params = {"n": len(labels), "labels": first_labels(labels)}
            issues.append(Issue(code, params, grave=code.endswith("used")))
    return issues
