"""The parameters that come with songhua, with the studies that made them."""

from __future__ import annotations

from dataclasses import fields
from functools import cache
from io import StringIO
from typing import Any, TypeVar

import pandas as pd

from songhua.maths.accounts.prior.covariates import Covariate, Covariates, CovariateScore
from songhua.maths.accounts.prior.model import Industries, KindSpreads, Prior, Score, Study
from songhua.maths.regional_error.industry_kinds import KINDS
from songhua.messages import Words
from songhua.shipped import installed

T = TypeVar("T", Score, CovariateScore)


@cache
def load() -> Prior:
    """The prior of regional accounts.

    >>> load().studies[0].name("en")
    'United States, states 2007-2016'
    """
    kinds = _table("kinds.csv").fillna({"country": ""})
    slopes = _table("slopes.csv").set_index("what").value
    return Prior(
        by_kind={
            str(country): _spreads(of.set_index("kind")) for country, of in kinds.groupby("country")
        },
        by_industry={
            str(scheme): _industries(part, float(slopes[f"{scheme}_share"]))
            for scheme, part in _table("industries.csv").groupby("classification")
        },
        transfer=float(slopes.transfer),
        ratios=_table("ratios.csv").set_index("measure"),
        studies=tuple(map(_study, _table("studies.csv").itertuples())),
        scores=_scores("left_out.csv", Score),
        jobs=_covariates("jobs"),
        areas=_covariates("areas"),
        seats=_covariates("seats"),
        earlier=_covariates("earlier"),
    )


def _spreads(rows: pd.DataFrame) -> KindSpreads:
    """The spreads of one country, from its rows by kind."""
    means, sds = (rows.loc[list(KINDS), name].to_numpy(float) for name in ("mean", "sd"))
    names = ("mean_part", "mean_share", "part", "share")
    ends = {name: float(rows[name].iloc[0]) for name in names}
    return KindSpreads(mean=means, sd=sds, **ends)


def _covariates(name: str) -> Covariates:
    """A covariate by country; the means of sections stand behind those of kinds."""
    rows = _table("covariates.csv").fillna({"country": ""}).set_index("covariate").loc[[name]]
    by_country = {str(country): of for country, of in rows.groupby("country")}
    factors = _table("covariates_transfer.csv").fillna({"country": ""})
    return Covariates(
        by_country={
            country: _covariate(of.set_index("class")) for country, of in by_country.items()
        },
        transfer=float(factors.set_index(["covariate", "country"]).factor[name, ""]),
        partial=by_country[""].set_index("class").loc[list(KINDS), "partial"].to_numpy(float),
        scores=tuple(
            score
            for score in _scores("covariates_left_out.csv", CovariateScore)
            if score.covariate == name
        ),
    )


def _covariate(rows: pd.DataFrame) -> Covariate:
    """The covariate of one country, from its rows by class."""
    sections = rows["mean"].drop(list(KINDS))
    numbers = rows.iloc[0]
    return Covariate(
        mean=rows.loc[list(KINDS), "mean"].to_numpy(float),
        sd=rows.loc[list(KINDS), "sd"].to_numpy(float),
        by_section={str(name): float(mean) for name, mean in sections.items()},
        **{
            name: float(numbers[name])
            for name in ("slope", "part", "share", "slope_years", "years")
        },
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
