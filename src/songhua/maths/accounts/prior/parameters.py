"""The parameters that come with songhua, with the studies that made them."""

from __future__ import annotations

from dataclasses import fields
from functools import cache
from io import StringIO
from typing import Any, TypeVar

import pandas as pd

from songhua.maths.accounts.prior.jobs import JobQuotients, JobScore, JobsPrior
from songhua.maths.accounts.prior.model import Drift, Industries, KindSpreads, Prior, Score, Study
from songhua.maths.regional_error.industry_kinds import KINDS
from songhua.messages import Words
from songhua.shipped import installed

T = TypeVar("T", Score, JobScore)


@cache
def load() -> Prior:
    """The prior of regional accounts.

    >>> load().studies[0].name("en")
    'United States, states 2007-2016'
    """
    kinds = _table("kinds.csv").set_index("kind")
    slopes = _table("slopes.csv").set_index("what").value
    return Prior(
        by_kind=KindSpreads(
            mean=kinds.loc[list(KINDS), "mean"].to_numpy(float),
            mean_part=float(slopes.mean_part),
            mean_share=float(slopes.mean_share),
            sd=kinds.loc[list(KINDS), "sd"].to_numpy(float),
            part=float(slopes.sd_part),
            share=float(slopes.sd_share),
        ),
        by_industry={
            str(scheme): _industries(part, float(slopes[f"{scheme}_share"]))
            for scheme, part in _table("industries.csv").groupby("classification")
        },
        transfer=float(slopes.transfer),
        ratios=_table("ratios.csv").set_index("measure"),
        drift=Drift(float(slopes.drift_level), float(slopes.drift_exponent)),
        studies=tuple(map(_study, _table("studies.csv").itertuples())),
        scores=_scores("left_out.csv", Score),
        jobs=_jobs(),
    )


def _jobs() -> JobsPrior:
    """The prior of value added from jobs."""
    rows = _table("jobs.csv").fillna({"country": ""}).set_index(["country", "kind"])
    models = dict[str, JobQuotients]()
    for country in rows.index.unique("country"):
        country_rows = rows.loc[country].loc[list(KINDS)]
        slope, part, share = (
            float(country_rows[name].iloc[0]) for name in ("slope", "part", "share")
        )
        mean, sd = (country_rows[name].to_numpy(float) for name in ("mean", "sd"))
        models[str(country)] = JobQuotients(mean, slope, sd, part, share)
    return JobsPrior(
        by_country=models,
        transfer=float(_table("jobs_transfer.csv").factor.max()),
        partial=rows.loc[""].loc[list(KINDS), "partial"].to_numpy(float),
        scores=_scores("jobs_left_out.csv", JobScore),
    )


def _industries(rows: pd.DataFrame, share: float) -> Industries:
    """Industries of one classification, from rows of the table of industries."""
    means, sds = (rows[name].to_numpy(float).tolist() for name in ("mean", "sd"))
    pairs = zip(means, sds, strict=True)
    return Industries(dict(zip(rows.code.astype(str), pairs, strict=True)), share)


def _study(row: Any) -> Study:
    """A study, from a row of the table of studies."""
    name, codes = Words({"en": row.name_en, "zh": row.name_zh}), tuple(row.codes.split())
    about = (row.measure, row.regions, row.file, row.digest)
    return Study(row.study, name, row.source, row.country, codes, *about)


def _scores(file: str, kind: type[T]) -> tuple[T, ...]:
    """The rows of a table of scores, whose columns are the fields of its class."""
    columns = [field.name for field in fields(kind)]
    return tuple(kind(*row) for row in _table(file)[columns].itertuples(index=False))


def _table(name: str) -> pd.DataFrame:
    """A table that lies beside this file; codes stay texts."""
    text = installed.text("maths", "accounts", "prior", name)
    return pd.read_csv(StringIO(text), dtype={"code": str})
