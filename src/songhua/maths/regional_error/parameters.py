"""The parameters that come with songhua, with the studies that made them."""

from __future__ import annotations

from functools import cache
from io import StringIO
from typing import Any

import numpy as np
import pandas as pd

from songhua.maths.regional_error.industry_kinds import KINDS
from songhua.maths.regional_error.model import PER_OUTPUT, SUPPLY, ErrorModel, PerOutputError, Study
from songhua.messages import Words
from songhua.shipped import installed


@cache
def load() -> ErrorModel:
    """The error model of regional tables.

    >>> load().studies[0].name("en")
    'Finland 2014'
    """
    per_output = _table("held.csv").set_index("what")
    inputs = _table("inputs.csv").set_index("part").deviation
    return ErrorModel(
        supply=_table("supply.csv")[list(SUPPLY)].to_numpy(float),
        per_output={name: _from_row(per_output.T[name]) for name in PER_OUTPUT},
        seller=float(inputs.seller),
        cell=float(inputs.cell),
        areas=_table("areas.csv").area.to_numpy(float),
        studies=tuple(map(_study, _table("studies.csv").itertuples())),
        covered=_covered(track_record()),
    )


def _study(row: Any) -> Study:
    """A study, from a row of the table of studies."""
    names = Words({"en": row.name_en, "zh": row.name_zh})
    areas, shares = (row.area_low, row.area_high), (row.share_low, row.share_high)
    ends = (None if np.isnan(pair[0]) else pair for pair in (areas, shares))
    return Study(names, row.source, tuple(row.learnt.split()), row.regions, *ends)


def _from_row(row: pd.Series) -> PerOutputError:
    """The error of an amount per unit of output, from a row of the table of parameters."""
    slope, region, country = (float(row[name]) for name in ("slope", "region", "country"))
    return PerOutputError(slope, region, country, row[list(KINDS)].to_numpy(float))


def track_record() -> pd.DataFrame:
    """The record of the intervals on countries left out: country × quantity × level × scores.

    >>> record = track_record()
    >>> sorted(record["country"].unique())[:2]
    ['canada', 'china']
    """
    return _table("left_out.csv")


def tested_at_home(currency: str) -> dict[str, Any]:
    """Coverage of 90 % intervals measured on regions of one country; empty where on none.

    >>> tested_at_home("CNY")["home_low"], tested_at_home("EUR")
    ('68%', {})
    """
    rows = _table("home.csv").set_index("currency")
    if currency not in rows.index:
        return {}
    row = rows.loc[currency]
    ends = {f"home_{end}": f"{row[end]:.0%}" for end in ("low", "high")}
    return {"home": Words({lang: str(row[f"name_{lang}"]) for lang in ("en", "zh")}), **ends}


def _covered(record: pd.DataFrame) -> tuple[float, float]:
    """Coverage of multipliers at 90 %, from least to most."""
    rows = record[(record.level == 0.9) & record.covered_flq.notna()]
    return float(rows.covered.min()), float(rows.covered.max())


def _table(name: str) -> pd.DataFrame:
    """A table that lies beside this file."""
    text = installed.text("maths", "regional_error", name)
    return pd.read_csv(StringIO(text))
