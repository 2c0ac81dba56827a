"""A town of a few figures, and what is hardly right in them."""

from __future__ import annotations

import numpy as np
import pandas as pd

from songhua.errors import Fault
from songhua.region import Region

INDICATORS = {
    "gdp": {"unit": "bn EUR", "form": "level", "basis": "current"},
    "gdp_growth": {"unit": "%", "form": "growth", "of": "gdp", "basis": "constant"},
    "firms": {"unit": "count", "form": "level"},
    "firms_growth": {"unit": "%", "form": "growth", "of": "firms"},
}
INDUSTRIES = {
    name: {"parent": "all", "partition": "sectors"} for name in ("primary", "secondary", "tertiary")
}


def town(*rows: tuple[str, str, str, str], reviews: pd.DataFrame | None = None) -> Region:
    """A region with observations: indicator, industry, period, value."""
    frame = pd.DataFrame(rows, columns=["indicator", "industry", "period", "value"])
    decimals = frame["value"].str.partition(".")[2].str.len()
    blank = dict.fromkeys(("entity", "vintage", "scope", "qualifier"), "")
    frame = frame.assign(
        region="town", kind="actual", superseded=False, scale=1.0, file="rows.csv",
        number=frame["value"].astype(float), decimals=decimals, row=np.arange(len(frame)) + 2,
        unit=frame["indicator"].map({name: one["unit"] for name, one in INDICATORS.items()}),
        **blank,
    )  # fmt: skip
    told = pd.DataFrame() if reviews is None else reviews
    return Region.of(
        "town", indicators=INDICATORS, industries=INDUSTRIES, observations=frame, reviews=told
    )


def codes(found: list[Fault]) -> list[tuple[str, int | None]]:
    return [(one.code, one.row) for one in found]


def yearly(indicator: str, *values: str, industry: str = "all") -> list[tuple[str, str, str, str]]:
    return [(indicator, industry, str(2016 + n), value) for n, value in enumerate(values)]


def sectors(year: str, *values: str) -> list[tuple[str, str, str, str]]:
    return [("gdp", *pair) for pair in zip(("all", *INDUSTRIES), [year] * 4, values, strict=True)]
