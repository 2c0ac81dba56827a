"""The parameters that come with songhua, each set with the study that made it."""

from __future__ import annotations

import tomllib
from dataclasses import asdict
from functools import cache
from importlib.resources import files
from io import StringIO

import numpy as np
import pandas as pd

from songhua.maths.regional_error.cells import FEATURES
from songhua.maths.regional_error.model import Deviations, ErrorModel
from songhua.messages import Words


@cache
def load(study: str = "finland_2014") -> ErrorModel:
    """The error model that a study made.

    >>> load().study("en")
    'Finland 2014'
    """
    return from_data(tomllib.loads(_text(f"{study}.toml")))


def track_record(study: str = "finland_2014") -> pd.DataFrame:
    """How the study's intervals did on regions left out: region × scores, see `leave_one_out`.

    >>> record = track_record()
    >>> len(record), float(record["covered"].mean()) > 0.8
    (10, True)
    """
    return pd.read_csv(StringIO(_text(f"{study}_scores.csv")), index_col=0)


def from_data(data: dict) -> ErrorModel:
    """A model from plain data, as `as_data` gives it."""
    low, high = data["sizes"]
    return ErrorModel(
        study=Words(data["study"]),
        source=data["source"],
        delta=data["delta"],
        ceiling=data["ceiling"],
        b=np.array([data["b"][name] for name in FEATURES]),
        covariance=np.array(data["covariance"]),
        deviations=Deviations(**data["deviations"]),
        widening=data["widening"],
        regions=data["regions"],
        sizes=(low, high),
    )


def as_data(model: ErrorModel) -> dict:
    """A model as plain data.

    >>> from_data(as_data(load())).delta == load().delta
    True
    """
    return {
        "source": model.source,
        "delta": model.delta,
        "ceiling": model.ceiling,
        "widening": model.widening,
        "regions": model.regions,
        "sizes": list(model.sizes),
        "covariance": model.covariance.tolist(),
        "study": dict(model.study.texts),
        "b": dict(zip(FEATURES, model.b.tolist(), strict=True)),
        "deviations": asdict(model.deviations),
    }


def _text(name: str) -> str:
    """A file that lies beside this one."""
    return files(__package__ or "").joinpath(name).read_text("utf-8")
