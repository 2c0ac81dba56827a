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


def off_series(figures: pd.DataFrame) -> Iterator[Fault]:
    """The figures that are near a power of ten times what their series says."""
    rows = _positive(figures)
    rows = rows[rows["shape"] != ""]
    rows = rows.assign(series=_series(rows)).sort_values(["series", "year"], kind="stable")
    rows = rows.drop_duplicates(["series", "year"]).reset_index(drop=True)
    columns = (rows[name].to_numpy(dtype=float) for name in ("year", "value", "place"))
    for found in scale_errors.suspects(_numbered(rows["series"]), *columns):
        row = rows.iloc[found.at]
        near = rows.iloc[max(found.at - SHOWN // 2, 0) : found.at + SHOWN // 2 + 1]
        near = near[(near["series"] == row["series"]) & (near["year"] != row["year"])]
        beside = "; ".join(
            f"{period}: {value:.6g}"
            for period, value in zip(near["period"], near["value"], strict=True)
        )
        fits = float(f"{row['value'] / 10.0**found.power:.9g}")
        yield fault("figure_off_series", row, factor=10.0**found.power,
                    fits=fits, beside=beside)  # fmt: skip


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


def _series(rows: pd.DataFrame) -> np.ndarray:
    """A whole number a series."""
    names = [*LABELS, "shape", "panel"]
    return rows.groupby(names, sort=False, dropna=False).ngroup().to_numpy()


def _numbered(series: pd.Series) -> np.ndarray:
    """The series numbered from 0 on, in order."""
    return np.asarray(pd.factorize(series)[0])
