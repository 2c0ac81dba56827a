"""Figures near a power of ten times what their series says, or what another source says."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd

from songhua.checks.plausibility.figures import LABELS
from songhua.errors import Fault
from songhua.maths import scale_errors

FORMS = ("level", "ratio", "share")
#: How near the ratio of two sources must be to a power of ten (log10).
NEAR = 0.15
#: How many figures beside it a warning shows.
SHOWN = 4


def off_series(figures: pd.DataFrame) -> Iterator[tuple[int, Fault]]:
    """The figures near a power of ten times what their series says: row in the table, warning."""
    rows = _in_series(figures)
    if rows.empty:
        return
    for found in scale_errors.suspects(_gathered(rows)):
        row = rows.iloc[found.at]
        near = rows.iloc[max(found.at - SHOWN // 2, 0) : found.at + SHOWN // 2 + 1]
        near = near[(near["series"] == row["series"]) & (near["year"] != row["year"])]
        beside = tuple(
            f"{period}: {np.format_float_positional(value, 6, fractional=False, trim='-')}"
            for period, value in zip(near["period"], near["value"], strict=True)
        )
        fits = float(f"{row['value'] / 10.0**found.power:.9g}")
        yield int(row["at"]), fault(
            "figure_off_series", row, factor=10.0**found.power, fits=fits, beside=beside
        )  # fmt: skip


def unseen(figures: pd.DataFrame) -> dict[str, tuple[int, int]]:
    """Of each indicator, how many series vary too much to be judged, and how many there are.

    Such is a series in which a figure ten times too large would not stand out.
    """
    rows = _in_series(figures)
    if rows.empty:
        return {}
    first = rows["indicator"].to_numpy()[~rows["series"].duplicated().to_numpy()]
    lost = scale_errors.unseen(_gathered(rows))
    return {
        str(name): (int((lost & (first == name)).sum()), int((first == name).sum()))
        for name in sorted(set(first[lost]))
    }


def sources_apart(figures: pd.DataFrame) -> Iterator[Fault]:
    """Figures for the same thing that are a power of ten apart: one has the wrong unit."""
    rows = _positive(figures)
    rows = rows.assign(thing=rows.groupby([*LABELS, "period", "panel"], sort=False).ngroup())
    first = rows.groupby("thing")["value"].transform("first")
    gap = np.log10(rows["value"].to_numpy(dtype=float) / first.to_numpy(dtype=float))
    power = np.round(gap)
    odd = (power != 0) & (np.abs(gap - power) <= NEAR)
    for (_, row), other, by in zip(
        rows[odd].iterrows(), first[odd].tolist(), power[odd].tolist(), strict=True
    ):
        yield fault("figure_off_source", row, factor=10.0**by, other=other)


def fault(code: str, row: pd.Series, **params: Any) -> Fault:
    """A warning at a figure's row, with what it is about and its number."""
    said = {
        "indicator": row["indicator"], "period": row["period"],
        "value": float(f"{row['value']:.9g}"), "unit": row["unit"], **params,
    }  # fmt: skip
    shown = {name: _plain(value) for name, value in said.items()}
    return Fault(code, str(row["file"]), int(row["row"] or 0) or None, "value", shown)


def _plain(value: Any) -> Any:
    """A number without noughts behind its point."""
    return f"{value:,.9g}" if isinstance(value, float) else value


def _positive(figures: pd.DataFrame) -> pd.DataFrame:
    """Figures above zero of the forms that have a scale."""
    return figures[figures["form"].isin(FORMS) & (figures["value"] > 0)]


def _in_series(figures: pd.DataFrame) -> pd.DataFrame:
    """The figures that stand in series, sorted; labels are numbered, `at` is the row they had."""
    rows = _positive(figures)
    rows = rows[rows["shape"] != ""]
    names = [*LABELS, "shape", "panel"]
    codes = {f"{name}_": pd.factorize(rows[name])[0] for name in names}
    rows = rows.assign(at=rows.index, **codes)
    rows = rows.assign(series=rows.groupby(list(codes), sort=False).ngroup())
    rows = rows.sort_values(["series", "year"], kind="stable")
    return rows.drop_duplicates(["series", "year"]).reset_index(drop=True)


def _gathered(rows: pd.DataFrame) -> scale_errors.Figures:
    """Series with the steps that go together: of a season, of one thing elsewhere, of a place.

    Figures of the months up to one are compared as averages of a month.
    """
    months = np.where(rows["form"] == "level", rows["months"], 1.0)
    value, place = (rows[name].to_numpy(dtype=float) / months for name in ("value", "place"))
    others = [f"{name}_" for name in (*LABELS, "shape", "panel") if name != "region"]
    step = rows[["series", "region_", "phase", "year", *others]]
    step = step.assign(phase_before=rows["phase"].shift(), year_before=rows["year"].shift())
    alike = [
        (step.groupby(keys, sort=False, dropna=False).ngroup().to_numpy(), limits)
        for keys, limits in (
            (["series", "phase_before", "phase"], scale_errors.SEASONS),
            ([*others, "year_before", "year"], scale_errors.TOGETHER),
            (["region_", "shape_", "panel_", "year_before", "year"], scale_errors.TOGETHER),
        )
    ]
    kin = rows.groupby(["indicator_", "panel_"], sort=False).ngroup().to_numpy()
    return scale_errors.Figures(
        rows["series"].to_numpy(), rows["year"].to_numpy(dtype=float), value, place, kin, alike
    )
