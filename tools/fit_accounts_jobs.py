"""Learn what jobs by industry tell of value added, and score it with each country left out.

Usage: python tools/fit_accounts_jobs.py FOLDER [TARGET]

FOLDER holds the data sets that `accounts_jobs` and `accounts_regions` name, each in a folder of its
own. Written are TARGET/jobs.csv (parameters by country; without a country, of all together),
jobs_transfer.csv (how much wider each would have needed its deviations), jobs_left_out.csv
(scores) and jobs_studies.csv (digests); TARGET is the package, if not given. No figure of the data
sets is written.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import numpy as np
import pandas as pd
from accounts_jobs import FILES, OF_SECTOR, chinese_cities, digest, rows, sector_spreads
from accounts_learning import (
    NORMAL,
    fit_jobs,
    fit_jobs_transfer,
    fit_kinds,
    fit_transfer,
    jobs_apart,
    left_out,
    level_of,
    parts,
)
from accounts_regions import STUDIES, cells
from accounts_scores import intervals, naive_error, scored
from fit_accounts_prior import halves, own, write

from songhua.maths.accounts.prior.jobs import JobQuotients
from songhua.maths.regional_error import KINDS

#: English and Chinese name, and source, of each study.
NAMES = {
    "us_states": (
        "United States, states 2007", "美国各州2007年",
        "employment as in the replication files of Caliendo, Parro, Rossi-Hansberg and Sarte, "
        "github.com/twedl/qge, commit 702d630; value added as in the prior",
    ),
    "canada": (
        "Canada, provinces 2021", "加拿大各省2021年",
        "Statistics Canada, provincial symmetric tables, SEPH and LFS, as in "
        "github.com/twedl/qge, commit 702d630",
    ),
    "japan": (
        "Japan, prefectures 2015", "日本都道府县2015年",
        "Economic Census 2014 and tables of prefectures 2015, as in "
        "github.com/sfukui/ReagionalIOTables, commit 5f72c37",
    ),
    "china": (
        "China, cities 2005-2019 (three sectors, urban units)",
        "中国城市2005—2019年（三次产业，城镇单位）",
        "National Bureau of Statistics, China City Statistical Yearbook, as in "
        "github.com/yangxisilence/Z, commit 3538dcf; product by sector as in "
        "github.com/biechouwo-coder/G-P, commit 620eba9",
    ),
}  # fmt: skip

#: Washington is a case that comes with songhua, as in the prior.
KEPT_OUT = "Washington"


def at_home(rows: pd.DataFrame) -> JobQuotients:
    """One country's own: as wide as covers 90 % of the cells of regions that are left out."""
    z = np.concatenate(
        [jobs_apart(left, fit_jobs(known)) for _, known, left in left_out(rows, parts(rows))]
    )
    found = fit_jobs(rows)
    wider = level_of(z, np.ones(len(z))) / NORMAL
    return JobQuotients(found.mean, found.slope, found.sd * wider, found.part, found.share)


def joined(
    rows: pd.DataFrame, mean: np.ndarray, sd: np.ndarray, model: JobQuotients, wider: float = 1.0
) -> tuple[np.ndarray, np.ndarray]:
    """Means and deviations of log quotients when the prior and jobs are put together."""
    places = np.array([KINDS.index(kind) for kind in rows["kind"]])
    part, share, jobs = (rows[name].to_numpy() for name in ("part", "share", "log_jobs"))
    told, apart = model.value_added(places, jobs, part, share)
    weights = 1 / sd**2, 1 / (wider * apart) ** 2
    return (weights[0] * mean + weights[1] * told) / sum(weights), sum(weights) ** -0.5


def score(
    country: str, classes: str, without: pd.DataFrame, with_: pd.DataFrame
) -> dict[str, object]:
    """Both scores of the same cells."""
    plain, told = scored(without), scored(with_)
    return {
        "country": country, "classes": classes, "n": told["n"],
        "coverage": told["coverage"], "score": told["score"],
        "coverage_without": plain["coverage"], "score_without": plain["score"],
    }  # fmt: skip


def within(rows: pd.DataFrame, country: str) -> dict[str, object]:
    """Half of a country's regions left out, industries learnt one by one in the others."""
    plain, told = list[pd.DataFrame](), list[pd.DataFrame]()
    for known, left in halves(rows):
        left, mean, sd = own(known, left)
        error = naive_error(known)
        plain.append(intervals(left, mean, sd).assign(error=error))
        told.append(intervals(left, *joined(left, mean, sd, at_home(known))).assign(error=error))
    return score(country, "industry", pd.concat(plain), pd.concat(told))


def across(rows: pd.DataFrame, every: pd.DataFrame) -> Iterator[dict[str, object]]:
    """Each country left out, of the prior as of what jobs say."""
    for country, others, left in left_out(rows, rows["country"]):
        left, learnt = left.reset_index(drop=True), every[every["country"] != country]
        places = np.array([KINDS.index(kind) for kind in left["kind"]])
        mean, sd = fit_kinds(learnt).at(places, left["part"].to_numpy(), left["share"].to_numpy())
        sd = sd * fit_transfer(learnt)[0]
        error = naive_error(learnt)
        both = joined(left, mean, sd, fit_jobs(others), fit_jobs_transfer(others).max())
        plain, told = intervals(left, mean, sd), intervals(left, *both)
        yield score(country, "kind", plain.assign(error=error), told.assign(error=error))


def partial(folder: Path, rows: pd.DataFrame, model: JobQuotients) -> np.ndarray:
    """By kind, the deviation that counting jobs in part adds, where part and share are 1 %.

    Of Chinese cities value added is known by sector alone. So it is learnt of sectors: what their
    jobs of urban units lie further from value added than all jobs do, in variance.
    """
    spreads = sector_spreads(rows, model)
    whole = (spreads**2).groupby("sector").mean()
    counted = sector_spreads(chinese_cities(folder), model).loc["china"]
    added = np.maximum(counted**2 - whole, 0.0) ** 0.5
    sectors = {kind: sector for sector, kinds in OF_SECTOR.items() for kind in kinds}
    return np.array([added[sectors[kind]] for kind in KINDS])


def main(folder: Path, target: Path) -> None:
    """Learn, score, write, print."""
    known = rows(folder)
    models = {"": fit_jobs(known)}
    states = known[known["country"] == "united_states"].reset_index(drop=True)
    learnt = states[states["region"] != KEPT_OUT].reset_index(drop=True)
    models["united_states"] = at_home(learnt)
    added = partial(folder, known, models[""])
    table = [
        {"country": country, "kind": kind, "mean": one.mean[k], "sd": one.sd[k],
         "partial": added[k], "slope": one.slope, "part": one.part, "share": one.share}
        for country, one in models.items() for k, kind in enumerate(KINDS)
    ]  # fmt: skip
    write("jobs.csv", pd.DataFrame(table), target)
    wider = fit_jobs_transfer(known).rename_axis("country").rename("factor").reset_index()
    write("jobs_transfer.csv", wider, target)
    studies = [
        {"study": study, "name_en": NAMES[study][0], "name_zh": NAMES[study][1],
         "file": file, "digest": digest(folder, study), "source": NAMES[study][2]}
        for study, file in FILES.items()
    ]  # fmt: skip
    write("jobs_studies.csv", pd.DataFrame(studies), target)
    every = pd.concat([cells(folder, study) for study in STUDIES], ignore_index=True)
    scores = [within(states, "united_states"), *across(known, every)]
    write("jobs_left_out.csv", pd.DataFrame(scores), target)
    print(pd.DataFrame(scores).to_string())


if __name__ == "__main__":
    package = Path(str(files("songhua.maths.accounts"))) / "prior"
    main(Path(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) > 2 else package)
