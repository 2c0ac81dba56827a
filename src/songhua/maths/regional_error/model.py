"""The error of a region's table beside the nation's: a hierarchy learnt in several countries.

A cell of the region is a^r_ij = s_i f_j c_ij a^n_ij. The region's own share s_i in purchases of
home products of i lies between zero and one; on the logistic scale

    logit s_i = a_kind + lambda ln LQ_i + delta ln(area) + country + its kind + region + e_i

with the seller's location quotient and the region's area, since the area stands for distance, which
affects purchases at home. All four errors are drawn anew for a region: its country, the country's
kinds of industry, the region and the industry are all outside the data. f_j = (1 - v^r_j) / (1 -
v^n_j) is the ratio of the parts of output left for inputs, region to nation, c_ij the mix of
inputs. Value added on the logistic scale, income and jobs on the logarithmic one differ from the
nation's per unit of output by

    slope ln LQ_i + region + e_i

with e_i of Student's t, its scale by kind and, by a common factor, by country. Every parameter of
own supply is uncertain, delta too: `supply` holds draws of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from songhua.maths.regional_error.industry_kinds import KINDS
from songhua.messages import Words

#: Columns of the draws of parameters of own supply.
SUPPLY = (*KINDS, "quotient", "size", "country", "country_kind", "region", "industry")
#: Coefficients per unit of output with an error of their own. Income and jobs share theirs.
PER_OUTPUT = ("value_added", "labour")
#: Degrees of freedom of the error of an industry's coefficients per unit of output.
FREEDOM = 4
#: Location quotients count as if they lay within these ends; areas are in units of so many km².
QUOTIENTS, AREA = (0.05, 20.0), 1e5


@dataclass(frozen=True)
class Study:
    """Regions learnt from: `areas` in km² and `shares` of the nation, least to most."""

    name: Words
    source: str
    learnt: tuple[str, ...]
    regions: int
    areas: tuple[float, float] | None = None
    shares: tuple[float, float] | None = None


@dataclass(frozen=True)
class PerOutputError:
    """The error of amounts per unit of output: scale by kind, in the order of `KINDS`.

    `country` is the deviation of the logarithm by which scales differ from country to country.
    """

    slope: float
    region: float
    country: float
    scale: np.ndarray


@dataclass(frozen=True)
class ErrorModel:
    """The parameters and the studies that made them.

    `supply` is draws × `SUPPLY`; `per_output` by `PER_OUTPUT`; `seller` and `cell` are the
    deviations of the logarithms of the mix of inputs; `areas` are those of the regions learnt from;
    `covered` is how much of the multipliers of a country left out lay in 90 % intervals, from least
    to most.
    """

    supply: np.ndarray
    per_output: Mapping[str, PerOutputError]
    seller: float
    cell: float
    areas: np.ndarray
    studies: tuple[Study, ...]
    covered: tuple[float, float] = (0.0, 1.0)

    @property
    def study(self) -> Words:
        """The studies from which own supply was learnt, in a row."""
        names = [study.name for study in self.studies if study.areas]
        between = {"en": ", ", "zh": "、"}
        return Words({lang: sign.join(n(lang) for n in names) for lang, sign in between.items()})

    @property
    def delta(self) -> tuple[float, float]:
        """The exponent of size, in the middle, and its standard deviation."""
        drawn = self.supply[:, SUPPLY.index("size")]
        return float(np.mean(drawn)), float(np.std(drawn))

    def range(self, measure: str) -> tuple[float, float]:
        """From least to most of `areas` or `shares` of all regions learnt from."""
        ends = [getattr(study, measure) for study in self.studies if getattr(study, measure)]
        return min(low for low, _ in ends), max(high for _, high in ends)


def outside(model: ErrorModel, share: float, area: float | None) -> bool:
    """True for a region that lies outside those learnt from.

    >>> import songhua.maths.regional_error as error
    >>> outside(error.load(), 0.02, 50_000), outside(error.load(), 0.02, 50)
    (False, True)
    """
    return bool(
        area is None
        or not model.range("areas")[0] <= area <= model.range("areas")[1]
        or not model.range("shares")[0] <= share <= model.range("shares")[1]
    )


def notes(
    model: ErrorModel, share: float, area: float | None, transfer: float = 1.0
) -> list[tuple[str, dict[str, object]]]:
    """Codes and parameters of the findings that belong beside a result.

    Args:
        model: the model used.
        share: the region's share of its nation's output.
        area: the region's, in km²; None where it is not known.
        transfer: by how much errors were widened.

    >>> import songhua.maths.regional_error as error
    >>> [code for code, _ in notes(error.load(), 0.02, 50_000)]
    ['regional_error_learnt']
    >>> [code for code, _ in notes(error.load(), 0.02, None)]
    ['regional_error_untested', 'regional_error_no_area', 'regional_error_learnt']
    """
    findings: list[tuple[str, dict[str, object]]] = []
    if outside(model, share, area):
        findings.append(("regional_error_untested", {}))
    if area is None:
        findings.append(("regional_error_no_area", {}))
    else:
        findings += _beyond(model, "areas", area, "regional_error_area", "{:,.0f}", 1)
    findings += _beyond(model, "shares", share, "regional_error_size", "{:.3g}%", 100)
    low, high = model.covered
    params: dict[str, object] = {
        "n": sum(study.regions for study in model.studies if study.areas),
        "error_study": model.study,
        "low": f"{low:.0%}",
        "high": f"{high:.0%}",
        **dict.fromkeys(("home", "home_low", "home_high")),
    }
    findings.append(("regional_error_learnt", params))
    if transfer != 1:
        findings.append(("regional_error_widened", {"transfer": transfer}))
    return findings


def _beyond(
    model: ErrorModel, measure: str, value: float, code: str, form: str, times: float
) -> list[tuple[str, dict[str, object]]]:
    """The finding of a measure that lies outside, with the ends."""
    low, high = model.range(measure)
    if low <= value <= high:
        return []
    words = {"size": value, "low": low, "high": high}
    return [(code, {name: form.format(times * number) for name, number in words.items()})]
