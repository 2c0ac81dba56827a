"""Figures near a power of ten times what their series says, or what another source says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import pandas as pd

from songhua.checks.plausibility.figures import LABELS
from songhua.errors import Fault
from songhua.labels import parse_unit
from songhua.labels.units import factor
from songhua.maths import rate_errors, scale_errors
from songhua.maths.series_gaps import Figures

FORMS = ("level", "ratio", "share")
PER_CENT = "%"
#: How near the ratio of two sources must be to a power of ten (log10).
NEAR = 0.15
#: How many figures beside it a warning shows.
SHOWN = 4


def off_series(
    figures: pd.DataFrame,
) -> tuple[list[tuple[int, Fault]], dict[str, tuple[int, int]]]:
    """The figures likelier a power of ten off than right, and what cannot be judged.

    The former as row in the table and warning; the latter as how many series of an indicator
    vary too much for a figure ten times too large to stand out, and how many it has.
    """
    rows = _in_series(_positive(figures))
    found = scale_errors.find(_gathered(rows, scale_errors.TOGETHER, scale_errors.SEASONS))
    return [_off(rows, one) for one in found.suspects], _counted(rows, found.unseen)


def rates_off_series(
    figures: pd.DataFrame,
) -> tuple[list[tuple[int, Fault]], dict[str, tuple[int, int]]]:
    """Growth rates ten times off or of the wrong sign, and what cannot be judged."""
    rows = _in_series(figures[(figures["form"] == "growth") & (figures["unit"] == PER_CENT)])
    found = rate_errors.find(_gathered(rows, rate_errors.TOGETHER, rate_errors.SEASONS))
    told = []
    for one in found.odd:
        row = rows.iloc[one.at]
        off = fault("growth_off_series", row, {"fits": one.fits}, beside=_beside(rows, one.at))
        told.append((int(row["at"]), off))
    return told, _counted(rows, found.unseen)


def _counted(rows: pd.DataFrame, unseen: np.ndarray) -> dict[str, tuple[int, int]]:
    """How many series of each indicator vary too much to be judged, and how many it has."""
    first = rows["indicator"].to_numpy()[~rows["series"].duplicated().to_numpy()]
    return {
        str(name): (int((unseen & (first == name)).sum()), int((first == name).sum()))
        for name in sorted(set(first[unseen]))
    }


def _off(rows: pd.DataFrame, found: scale_errors.Suspect) -> tuple[int, Fault]:
    row = rows.iloc[found.at]
    value = float(row["value"])
    times = short(value / float(_near(rows, found.at)["value"].median()))
    return int(row["at"]), fault(
        "figure_off_series", row, {"fits": value / 10.0**found.power},
        factor=10.0**found.power, times=times, beside=_beside(rows, found.at),
    )  # fmt: skip


def _near(rows: pd.DataFrame, at: int) -> pd.DataFrame:
    """The figures before and after one in its series."""
    near = rows.iloc[max(at - SHOWN // 2, 0) : at + SHOWN // 2 + 1]
    row = rows.iloc[at]
    return near[(near["series"] == row["series"]) & (near["year"] != row["year"])]


def _beside(rows: pd.DataFrame, at: int) -> tuple[str, ...]:
    """The figures before and after one, in the unit that its row prints."""
    near, by = _near(rows, at), in_print(rows.iloc[at])
    return tuple(
        f"{period}: {np.format_float_positional(value * by, 6, fractional=False, trim='-')}"
        for period, value in zip(near["period"], near["value"], strict=True)
    )


def sources_apart(figures: pd.DataFrame) -> Iterator[Fault]:
    """Figures for the same thing that are a power of ten apart: one has the wrong unit."""
    rows = _positive(figures)
    rows = rows.assign(thing=rows.groupby([*LABELS, "period", "panel"], sort=False).ngroup())
    first = rows.groupby("thing")["value"].transform("first")
    gap = np.log10(rows["value"].to_numpy(dtype=float) / first.to_numpy(dtype=float))
    power = np.round(gap)
    odd = (power != 0) & (np.abs(gap - power) <= NEAR)
    for (_, row), other in zip(rows[odd].iterrows(), first[odd].tolist(), strict=True):
        times = short(float(row["value"]) / other)
        yield fault("figure_off_source", row, {"other": other}, times=times)


def fault(
    code: str, row: pd.Series, amounts: Mapping[str, float] | None = None, **params: Any
) -> Fault:
    """A warning at a figure's row: what it is about, its number and amounts like it, as printed."""
    by = in_print(row)
    held = {"value": float(row["value"]), **(amounts or {})}
    said = {
        "indicator": row["indicator"],
        "period": row["period"],
        "unit": row["printed"],
        **params,
    }
    said |= {name: float(f"{value * by:.9g}") for name, value in held.items()}
    shown = {name: _plain(value) for name, value in said.items()}
    return Fault(code, str(row["file"]), int(row["row"] or 0) or None, "value", shown)


def in_print(row: pd.Series) -> float:
    """What turns the indicator's unit into the unit that stands in the row."""
    return factor(parse_unit(str(row["unit"])), parse_unit(str(row["printed"])))


def short(value: float) -> float:
    """A number with the two digits that tell how large it is."""
    return float(f"{value:.2g}")


def _plain(value: Any) -> Any:
    """A number without noughts behind its point."""
    return f"{value:,.9g}" if isinstance(value, float) else value


def _positive(figures: pd.DataFrame) -> pd.DataFrame:
    """Figures above zero of the forms that have a scale."""
    return figures[figures["form"].isin(FORMS) & (figures["value"] > 0)]


def _in_series(figures: pd.DataFrame) -> pd.DataFrame:
    """The figures that stand in series, sorted; labels are numbered, `at` is the row they had."""
    rows = figures[figures["shape"] != ""]
    names = [*LABELS, "shape", "panel"]
    codes = {f"{name}_": pd.factorize(rows[name])[0] for name in names}
    rows = rows.assign(at=rows.index, **codes)
    rows = rows.assign(series=rows.groupby(list(codes), sort=False).ngroup())
    rows = rows.sort_values(["series", "year"], kind="stable")
    return rows.drop_duplicates(["series", "year"]).reset_index(drop=True)


def _gathered(
    rows: pd.DataFrame, together: tuple[int, float], seasons: tuple[int, float]
) -> Figures:
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
            (["series", "phase_before", "phase"], seasons),
            ([*others, "year_before", "year"], together),
            (["region_", "shape_", "panel_", "year_before", "year"], together),
        )
    ]
    kin = rows.groupby(["indicator_", "panel_"], sort=False).ngroup().to_numpy()
    return Figures(
        rows["series"].to_numpy(), rows["year"].to_numpy(dtype=float), value, place, kin, alike
    )
