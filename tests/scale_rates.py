"""The numbers of scale errors named, and of series warned of wrongly, set by set."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from planted_errors import POWERS, SEED
from scale_series import named, planted, region
from songhua.checks.plausibility import series_figures as by_series
from songhua.checks.plausibility.judged_figures import figures
from songhua.maths import scale_errors

#: Out and back: the figures on both sides differ by at most this factor, and it by more from both.
SIDES, OUT = 2.0, 4.0
#: Years of a break: those that the README of a set tells of (another classification, other units
#: counted), and beside them 2003, the first year of a classification, and 2020, found by eye.
BREAKS = {
    "china_cities/employment": (2000, 2002, 2003, 2012, 2013, 2018, 2019, 2020),
    "china_cities/fdi": (2018, 2019),
    "china_cities/gdp": (2018, 2019),
}


@dataclass(frozen=True)
class Rates:
    """Of a half of the series of a set, those of three figures and more; shares in per cent.

    `warned` as they stand; `wrong` without the figures that go out and come back at once, and
    without breaks that the set tells of; `named` of one error planted in each series; `unseen`
    the series that the check itself calls too erratic, `sure` what is named of the others.
    """

    series: int
    warned: float
    wrong: float
    named: float
    unseen: float
    sure: float


def rates(name: str, rows: pd.DataFrame, half: int) -> Rates:
    """The rates of the series with an even number (0) or an odd one (1), in order of their names."""
    code = pd.factorize(rows["series"], sort=True)[0]
    size = np.bincount(code)
    judged = (size >= 3) & (np.arange(len(size)) % 2 == half)
    told = np.array(sorted(named(rows)), dtype=int)
    right = _out_and_back(rows) | rows["year"].isin(BREAKS.get(name, ())).to_numpy()
    warned = judged & np.isin(np.arange(len(size)), code[told])
    wrong = judged & np.isin(np.arange(len(size)), code[told[~right[told]]])
    rng = np.random.default_rng(SEED)
    at = pd.Series(np.arange(len(rows))).groupby(code).sample(1, random_state=SEED).to_numpy()
    seen = named(planted(rows, at, rng.choice(POWERS, len(at)).astype(float)))
    hit = np.isin(at, sorted(seen))
    blind = _unseen(rows, code)
    shares = (warned, wrong, judged & hit, judged & blind)
    n = int(judged.sum())
    found = [round(100 * float(one.sum()) / n, 2) for one in shares]
    sure = round(100 * float(hit[judged & ~blind].mean()), 2)
    return Rates(n, found[0], found[1], found[2], found[3], sure)


def _unseen(rows: pd.DataFrame, code: np.ndarray) -> np.ndarray:
    """Which series the check calls too erratic."""
    table = figures(region(rows))
    held = by_series._in_series(table, by_series._positive(table))
    limits = scale_errors.TOGETHER, scale_errors.SEASONS
    blind = scale_errors.find(by_series._gathered(held, *limits)).unseen[held.number]
    found = np.zeros(code.max() + 1, dtype=bool)
    found[code[held.of("row").astype(int) - 2]] = blind
    return found


def _out_and_back(rows: pd.DataFrame) -> np.ndarray:
    """Figures that the series leaves for and comes back from: a person sees that they are odd."""
    value = rows["value"]
    before, after = (value.groupby(rows["series"]).shift(by) for by in (1, -1))
    most, least = before.where(before > after, after), before.where(before < after, after)
    out = (value > OUT * most) | (value < least / OUT)
    return ((most / least <= SIDES) & out).to_numpy()
