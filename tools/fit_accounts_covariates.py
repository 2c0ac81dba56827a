"""Learn what other log quotients tell of value added, and score each with regions left out.

Usage: python tools/fit_accounts_covariates.py FOLDER [TARGET]

FOLDER holds the data sets that `accounts_jobs`, `accounts_covariates` and `accounts_regions` name,
each in a folder of its own. Covariates are jobs by industry (`jobs`), the area that a region lies
in (`areas`; `seats` for the seat of its government), and the region itself in another year
(`earlier`). Written are TARGET/covariates.csv (parameters by country; without a country, of all
together), covariates_transfer.csv (how much wider each would have needed its deviations),
covariates_left_out.csv (scores) and covariates_studies.csv (digests); TARGET is the package, if not
given. No figure of the data sets is written.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from importlib.resources import files
from pathlib import Path

import numpy as np
import pandas as pd
from accounts_covariates import (
    CENSUS,
    british_regions,
    chinese_cities,
    earlier,
)
from accounts_jobs import FILES, OF_SECTOR, rows, sector_spreads
from accounts_jobs import chinese_cities as cities_by_sector
from accounts_learning import (
    at_home,
    fit_covariate,
    fit_covariate_transfer,
    fit_kinds,
    fit_transfer,
    kinds_at_home,
    left_out,
    moments_of,
    of_rows,
    parts,
)
from accounts_regions import STUDIES, cells, digest
from accounts_scores import intervals, naive_error, scored
from fit_accounts_prior import halves, own, write

from songhua.maths.accounts.prior.covariates import Covariate
from songhua.maths.regional_error import KINDS

#: English and Chinese name, and source, of each study.
NAMES = {
    "jobs_us_states": (
        "United States, states 2007", "美国各州2007年",
        "employment as in the replication files of Caliendo, Parro, Rossi-Hansberg and Sarte, "
        "github.com/twedl/qge, commit 702d630; value added as in the prior",
    ),
    "jobs_canada": (
        "Canada, provinces 2021", "加拿大各省2021年",
        "Statistics Canada, provincial symmetric tables, SEPH and LFS, as in "
        "github.com/twedl/qge, commit 702d630",
    ),
    "jobs_japan": (
        "Japan, prefectures 2015", "日本都道府县2015年",
        "Economic Census 2014 and tables of prefectures 2015, as in "
        "github.com/sfukui/ReagionalIOTables, commit 5f72c37",
    ),
    "jobs_china": (
        "China, cities 2005-2019 (three sectors, urban units)",
        "中国城市2005—2019年（三次产业，城镇单位）",
        "National Bureau of Statistics, China City Statistical Yearbook, as in "
        "github.com/yangxisilence/Z, commit 3538dcf; product by sector as in "
        "github.com/biechouwo-coder/G-P, commit 620eba9",
    ),
    "areas_china": (
        "China, cities in their provinces 2020 (19 sections, jobs)",
        "中国城市与所在省2020年（19个门类，就业）",
        "National Bureau of Statistics, census of 2020 by county, as in github.com/leiii/census, "
        "commit 0ba0f1e",
    ),
    "earlier_china": (
        "China, provinces 2002-2017", "中国各省2002—2017年",
        "statistics bureaus of the provinces, input-output tables of 42 sectors (six provinces "
        "left out), from a public replication package",
    ),
}  # fmt: skip

#: Cases that come with songhua, as in the prior, with the area that one lies in.
KEPT_OUT = ("Washington", "53000", "230100", "Heilongjiang")


def joined(
    rows: pd.DataFrame, mean: np.ndarray, sd: np.ndarray, model: Covariate, wider: float = 1.0
) -> tuple[np.ndarray, np.ndarray]:
    """Means and deviations of log quotients when the prior and a covariate are put together."""
    likely, apart = of_rows(rows, model)
    weights = 1 / sd**2, 1 / (wider * apart) ** 2
    return (weights[0] * mean + weights[1] * likely) / sum(weights), sum(weights) ** -0.5


def score(
    labels: Mapping[str, str], without: pd.DataFrame, with_: pd.DataFrame
) -> dict[str, object]:
    """Both scores of the same cells."""
    plain, beside = scored(without), scored(with_)
    return {
        **labels, "n": beside["n"],
        "coverage": beside["coverage"], "score": beside["score"], "small": beside["small"],
        "coverage_without": plain["coverage"], "score_without": plain["score"],
        "naive": plain["naive"],
    }  # fmt: skip


def by_industry(rows: pd.DataFrame, country: str) -> dict[str, object]:
    """Half of a country's regions left out, industries learnt one by one in the others."""
    plain, beside = list[pd.DataFrame](), list[pd.DataFrame]()
    for known, left in halves(rows):
        left, mean, sd = own(known, left)
        error = naive_error(known)
        plain.append(intervals(left, mean, sd).assign(error=error))
        beside.append(intervals(left, *joined(left, mean, sd, at_home(known))).assign(error=error))
    labels = {"covariate": "jobs", "country": country, "classes": "industry"}
    return score(labels, pd.concat(plain), pd.concat(beside))


def within(name: str, rows: pd.DataFrame, every: pd.DataFrame) -> dict[str, object]:
    """Parts of a country's regions left out, of its own kinds as of the covariate."""
    country = str(rows["country"].iloc[0])
    of_country = every[every["country"] == country]
    plain, beside = list[pd.DataFrame](), list[pd.DataFrame]()
    for _, known, left in left_out(rows, parts(rows)):
        others = of_country[~of_country["region"].isin(left["region"])].reset_index(drop=True)
        known, left = (some.reset_index(drop=True) for some in (known, left))
        error, prior = naive_error(known), moments_of(left, kinds_at_home(others))
        plain.append(intervals(left, *prior).assign(error=error))
        beside.append(intervals(left, *joined(left, *prior, at_home(known))).assign(error=error))
    labels = {"covariate": name, "country": country, "classes": "own_kind"}
    return score(labels, pd.concat(plain), pd.concat(beside))


def across(name: str, rows: pd.DataFrame, every: pd.DataFrame) -> Iterator[dict[str, object]]:
    """Each country left out, of the prior as of the covariate."""
    for country, others, left in left_out(rows, rows["country"]):
        left, learnt = left.reset_index(drop=True), every[every["country"] != country]
        mean, sd = moments_of(left, fit_kinds(learnt))
        sd, error = sd * fit_transfer(learnt)[0], naive_error(learnt)
        others = others.reset_index(drop=True)
        wider = fit_covariate_transfer(others)[""] if others["country"].nunique() > 1 else 1.0
        both = joined(left, mean, sd, fit_covariate(others), wider)
        plain, beside = intervals(left, mean, sd), intervals(left, *both)
        labels = {"covariate": name, "country": country, "classes": "kind"}
        yield score(labels, plain.assign(error=error), beside.assign(error=error))


def taught(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows to learn from: without the cases that come with songhua."""
    return rows[~rows["region"].astype(str).isin(KEPT_OUT)].reset_index(drop=True)


def partial(folder: Path, rows: pd.DataFrame, model: Covariate) -> np.ndarray:
    """By kind, the deviation that counting jobs in part adds, where part and share are 1 %.

    Of Chinese cities value added is known by sector alone. So it is learnt of sectors: what their
    jobs of urban units lie further from value added than all jobs do, in variance.
    """
    spreads = sector_spreads(rows, model)
    whole = (spreads**2).groupby("sector").mean()
    counted = sector_spreads(cities_by_sector(folder), model).loc["china"]
    added = np.maximum(counted**2 - whole, 0.0) ** 0.5
    sectors = {kind: sector for sector, kinds in OF_SECTOR.items() for kind in kinds}
    return np.array([added[sectors[kind]] for kind in KINDS])


def parameters(
    name: str, models: Mapping[str, Covariate], added: np.ndarray
) -> Iterator[dict[str, object]]:
    """A row for each kind of each country, then one for each section that was learnt."""
    for country, model in models.items():
        over = {n: getattr(model, n) for n in ("slope", "slope_years", "part", "share", "years")}
        of = {"covariate": name, "country": country}
        for k, kind in enumerate(KINDS):
            row = {"class": kind, "mean": model.mean[k], "sd": model.sd[k], "partial": added[k]}
            yield {**of, **row, **over}
        for section, mean in model.by_section.items():
            yield {**of, "class": section, "mean": mean, **over}


def learn(
    folder: Path, every: pd.DataFrame
) -> tuple[list[dict[str, object]], pd.DataFrame, list[dict[str, object]]]:
    """Parameters, factors and scores of all covariates."""
    known = rows(folder)
    states = known[known["country"] == "united_states"].reset_index(drop=True)
    cities, british = chinese_cities(folder), british_regions(folder)
    seats, others = (
        of.reset_index(drop=True) for of in (cities[cities.seat], cities[~cities.seat])
    )
    plain = pd.concat([others.drop(columns="section"), british], ignore_index=True)
    before, none = earlier(folder), np.zeros(len(KINDS))
    jobs = fit_covariate(known)
    models = {
        "jobs": {"": jobs, "united_states": at_home(taught(states))},
        "areas": {"": fit_covariate(plain), "china": at_home(others),
                  "united_kingdom": at_home(british)},
        "seats": {"": fit_covariate(taught(seats).drop(columns="section")),
                  "china": at_home(taught(seats))},
        "earlier": {"": fit_covariate(before)} | {
            str(country): at_home(taught(of)) for country, of in before.groupby("country")
        },
    }  # fmt: skip
    partials = {"jobs": partial(folder, known, jobs)}
    table = [
        row for name, of in models.items() for row in parameters(name, of, partials.get(name, none))
    ]
    factors = {
        name: fit_covariate_transfer(some)
        for name, some in (("jobs", known), ("areas", plain), ("earlier", before))
    }
    factors["seats"] = factors["areas"]  # of seats one country was learnt
    wider = pd.concat(
        [of.rename_axis("country").rename("factor").reset_index().assign(covariate=name)
         for name, of in factors.items()]
    )  # fmt: skip
    last = before[before["year"] == before.groupby("country")["year"].transform("max")]
    scores = [
        by_industry(states, "united_states"),
        *across("jobs", known, every),
        within("areas", others, every),
        within("areas", british, every),
        within("seats", seats, every),
        *(within("earlier", of.reset_index(drop=True), every)
          for _, of in last.groupby("country")),
        *across("earlier", last.reset_index(drop=True), every),
    ]  # fmt: skip
    return table, wider[["covariate", "country", "factor"]], scores


def main(folder: Path, target: Path) -> None:
    """Learn, score, write, print."""
    every = pd.concat([cells(folder, study) for study in STUDIES], ignore_index=True)
    table, wider, scores = learn(folder, every)
    write("covariates.csv", pd.DataFrame(table), target)
    write("covariates_transfer.csv", wider, target)
    places = {f"jobs_{study}": file for study, file in FILES.items()}
    places |= {"areas_china": CENSUS, "earlier_china": STUDIES["china_provinces"][0]}
    studies = [
        {"study": study, "name_en": NAMES[study][0], "name_zh": NAMES[study][1],
         "file": file, "digest": digest(folder / file), "source": NAMES[study][2]}
        for study, file in places.items()
    ]  # fmt: skip
    write("covariates_studies.csv", pd.DataFrame(studies), target)
    write("covariates_left_out.csv", pd.DataFrame(scores), target)
    print(pd.DataFrame(scores).to_string())


if __name__ == "__main__":
    package = Path(str(files("songhua.maths.accounts"))) / "prior"
    main(Path(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) > 2 else package)
