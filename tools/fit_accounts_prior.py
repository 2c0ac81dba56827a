"""Learn the prior of regional accounts from several countries, and score it with each left out.

Usage: python tools/fit_accounts_prior.py FOLDER [TARGET]

FOLDER holds the data sets that `accounts_regions` and, for ratios, `regional_studies` name, each in
a folder of its own. Written are TARGET/kinds.csv, slopes.csv, industries.csv, ratios.csv,
studies.csv (parameters, and the digests of their data), transfer.csv (how much wider each country
would have needed its intervals) and left_out.csv (scores); TARGET is the package, if not given. No
figure of the data sets is written.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from importlib.resources import files
from itertools import chain
from pathlib import Path

import numpy as np
import pandas as pd
from accounts_fragments import with_printed
from accounts_learning import (
    NORMAL,
    fit_industries,
    fit_kinds,
    fit_transfer,
    kinds_at_home,
    left_out,
    moments_of,
    parts,
)
from accounts_regions import (
    STUDIES,
    UNTOUCHED,
    cells,
    digest,
    industries,
    united_states,
)
from accounts_scores import intervals, naive_error, scored
from regional_studies import Study, canada, japan
from regional_studies import finland as finnish_tables

from songhua.maths.regional_error import KINDS

SEED = 2026
#: Splits of regions into halves; fragments of each state and year.
SPLITS, FRAGMENTS = 3, 10
#: English and Chinese name, measure and source of each study.
NAMES = {
    "us_states": (
        "United States, states 2007-2016", "美国各州2007—2016年", "value_added",
        "Bureau of Economic Analysis, GDP by state, as in github.com/ericngg/US-GDP-Analysis, "
        "commit a3c2fdf",
    ),
    "us_metros": (
        "United States, metropolitan areas 2018", "美国都市区2018年", "jobs",
        "Census Bureau, County Business Patterns 2018, as in "
        "github.com/fansi-sifan/metro-datasets, commit 1c3c916",
    ),
    "finland": (
        "Finland 2014", "芬兰2014年", "value_added",
        "Honkatukia and others, ALTA: Regional economic database for Finland, Prime Minister's "
        "Office 41/2019, estimated by their authors; github.com/pttry/alta, commit 5a2f91d",
    ),
    "united_kingdom": (
        "United Kingdom 1998-2018", "英国1998—2018年", "value_added",
        "Office for National Statistics, regional gross value added (balanced) by industry",
    ),
    "new_zealand": (
        "New Zealand 1986-2006", "新西兰1986—2006年", "jobs",
        "Statistics New Zealand, censuses, as allocated by B. Davies and D. C. Maré, Motu",
    ),
    "china": (
        "China, cities 2005-2016", "中国城市2005—2016年", "jobs",
        "National Bureau of Statistics, China City Statistical Yearbook (urban units), as in "
        "github.com/yangxisilence/Z, commit 3538dcf",
    ),
    "china_provinces": (
        "China, provinces 2002-2017", "中国各省2002—2017年", "value_added",
        "statistics bureaus of the provinces, input-output tables of 42 sectors (six provinces "
        "left out), from a public replication package",
    ),
}  # fmt: skip
#: What the area of a country may be called: a slug, and its ISO 3166 codes.
CODES = {
    "united_states": "united-states us usa", "finland": "finland fi fin",
    "united_kingdom": "united-kingdom gb gbr", "new_zealand": "new-zealand nz nzl",
    "china": "china cn chn",
}  # fmt: skip
#: Washington is a case that comes with songhua: its industries are not judged by what they taught.
KEPT_OUT = 53_000
#: Countries whose kinds are learnt by themselves. Nineteen regions of Finland are too few: there
#: all countries together score better.
OWN_KINDS = ("united_kingdom", "china")


def ratios(folder: Path) -> pd.DataFrame:
    """Measure × kind: the deviation of a ratio's logarithm about the nation's, countries alike."""
    trade = folder / "regional_trade_canada_us"
    studies = [
        finnish_tables(folder / "finland_regional_io_2014"),
        canada(trade),
        japan(folder / "japan_regional_inputs_2015"),
    ]
    rows = pd.concat([part for one in studies for part in _ratio_rows(one)], ignore_index=True)
    ends = rows.groupby(["measure", "country", "kind"])["apart"].quantile(0.9) / NORMAL
    means = ((ends**2).groupby(["measure", "kind"]).mean() ** 0.5).unstack()
    return means[list(KINDS)].rename_axis(columns=None)


def _ratio_rows(one: Study) -> Iterator[pd.DataFrame]:
    """The distance of each region's ratio from the nation's, by measure."""
    added = one.ratios["value_added"], one.means["value_added"]
    pairs = {"output": added}
    for measure, name in (("pay", "income"), ("jobs", "jobs")):
        if name in one.ratios:
            region, nation = one.ratios[name] / added[0], one.means[name] / added[1]
            pairs[measure] = region, nation
    kinds = one.kinds.idxmax(axis=1)
    for measure, (region, nation) in pairs.items():
        apart = np.abs(np.log(region.where(region > 0) / nation)).stack().dropna()
        yield pd.DataFrame(
            {
                "apart": apart.to_numpy(),
                "kind": kinds.loc[apart.index.get_level_values(1)].to_numpy(),
                "measure": measure,
                "country": one.country,
            }
        )


def halves(rows: pd.DataFrame) -> Iterator[tuple[pd.DataFrame, pd.DataFrame]]:
    """Half of the regions and the others, then the other way round; `SPLITS` times."""
    regions, chance = np.sort(rows["region"].unique()), np.random.default_rng(SEED)
    for _ in range(SPLITS):
        inside = rows["region"].isin(chance.permutation(regions)[: len(regions) // 2])
        for known in (inside, ~inside):
            yield rows[known].reset_index(drop=True), rows[~known].reset_index(drop=True)


def own(known: pd.DataFrame, left: pd.DataFrame) -> tuple[pd.DataFrame, np.ndarray, np.ndarray]:
    """Cells of industries that were learnt in other regions, with mean and deviation of each."""
    learnt = fit_industries(known, fit_kinds(known))
    left = left[left["industry"].isin(list(learnt.values))]
    pairs = zip(left["industry"], left["share"], strict=True)
    mean, sd = np.array([learnt.at(code, share) for code, share in pairs], dtype=float).T
    return left, mean, sd


def within(rows: pd.DataFrame) -> pd.DataFrame:
    """Intervals of regions left out, each industry learnt by itself, with the naive error."""
    found = [
        intervals(*own(known, left)).assign(error=naive_error(known))
        for known, left in halves(rows)
    ]
    return pd.concat(found)


def across(rows: pd.DataFrame, left: pd.DataFrame) -> pd.DataFrame:
    """Intervals of a study, all of its country left out, with the naive error of the others."""
    others = rows[rows["country"] != left["country"].iloc[0]]
    mean, sd = moments_of(left, fit_kinds(others))
    found = intervals(left, mean, sd * fit_transfer(others)[0])
    return found.assign(error=naive_error(others))


def of_country(rows: pd.DataFrame) -> pd.DataFrame:
    """Intervals of parts of a country's regions left out, its kinds learnt in the others."""
    found = list[pd.DataFrame]()
    for _, known, left in left_out(rows, parts(rows)):
        known, left = (some.reset_index(drop=True) for some in (known, left))
        moments = moments_of(left, kinds_at_home(known))
        found.append(intervals(left, *moments).assign(error=naive_error(known)))
    return pd.concat(found)


def records(folder: Path, rows: pd.DataFrame) -> Iterator[dict[str, object]]:
    """Scores of every study: its country left out and, in the USA, half its regions left out."""
    for study in (*STUDIES, *UNTOUCHED):
        left = cells(folder, study)
        if study.startswith("us_"):
            yield {"country": study, "classes": "industry", "fragments": 0, **scored(within(left))}
        labels = {"country": study, "fragments": 0}
        yield {**labels, "classes": "kind", **scored(across(rows, left))}
        if NAMES.get(study, ("",) * 3)[2] == "value_added" and left["country"].iloc[0] in OWN_KINDS:
            yield {**labels, "classes": "own_kind", **scored(of_country(left))}


def with_fragments(folder: Path, rows: pd.DataFrame) -> dict[str, object]:
    """Scores of states left out of which some figures are known beside the sectors; one split."""
    chance = np.random.default_rng(SEED)
    later = united_states(folder / STUDIES["us_states"][0], (2008, 2013, 2017))
    sizes = pd.concat([one.sizes.stack().rename(one.year - 1) for one in later], axis=1)
    columns = industries("bea").reset_index().set_index("code")["column"]
    found = list[pd.DataFrame]()
    for known, left in list(halves(rows))[:2]:
        printed = [
            with_printed(
                one,
                sizes.loc[pd.MultiIndex.from_product([[key[0]], columns[one["industry"]]]), key[1]]
                .to_numpy(),
                FRAGMENTS,
                chance,
            )
            for key, one in left.groupby(["region", "year"])
        ]  # fmt: skip
        cells_ = own(known, pd.concat(printed, ignore_index=True))
        found.append(intervals(*cells_).assign(error=naive_error(known)))
    every = pd.concat(found)
    return {
        "country": "us_states", "classes": "industry", "fragments": FRAGMENTS, **scored(every)
    }  # fmt: skip


def write(name: str, table: pd.DataFrame, target: Path, digits: str = "%.4g") -> None:
    """A table as text."""
    text = table.to_csv(index=False, float_format=digits, lineterminator="\n")
    target.joinpath(name).write_text(text, "utf-8")


def others(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows of states without the one that is kept out."""
    return rows[rows["region"] != KEPT_OUT].reset_index(drop=True)


def write_parameters(folder: Path, rows: pd.DataFrame, target: Path) -> None:
    """All but the scores."""
    kinds = fit_kinds(rows)
    transfer, own = fit_transfer(rows)
    slopes = {"transfer": transfer}
    models = {"": kinds} | {
        country: kinds_at_home(rows[rows["country"] == country].reset_index(drop=True))
        for country in OWN_KINDS
    }
    by_kind = [
        {"country": country, "kind": kind, "mean": model.mean[k], "sd": model.sd[k],
         "mean_part": model.mean_part, "mean_share": model.mean_share,
         "part": model.part, "share": model.share}
        for country, model in models.items() for k, kind in enumerate(KINDS)
    ]  # fmt: skip
    write("kinds.csv", pd.DataFrame(by_kind), target)
    write("transfer.csv", own.rename_axis("country").rename("factor").reset_index(), target)
    write("ratios.csv", ratios(folder).reset_index(), target)
    states = united_states(folder / STUDIES["us_states"][0], (2007, 2012, 2016), leaf=False)
    tables = {
        "bea": others(pd.concat([one.rows() for one in states], ignore_index=True)),
        "naics3": rows[rows["study"] == "us_metros"].reset_index(drop=True),
    }
    learnt = {name: fit_industries(table, kinds) for name, table in tables.items()}
    every = [
        {"classification": name, "code": code, "mean": mean, "sd": sd}
        for name, one in learnt.items()
        for code, (mean, sd) in one.values.items()
    ]
    write("industries.csv", pd.DataFrame(every), target)
    slopes |= {f"{name}_share": one.share for name, one in learnt.items()}
    write("slopes.csv", pd.DataFrame({"what": [*slopes], "value": [*slopes.values()]}), target)
    studies = [
        {
            "study": study, "name_en": NAMES[study][0], "name_zh": NAMES[study][1],
            "country": (country := rows.loc[rows["study"] == study, "country"].iloc[0]),
            "codes": CODES[country],
            "measure": NAMES[study][2],
            "regions": rows.loc[rows["study"] == study, "region"].nunique(),
            "file": (file := STUDIES[study][0]), "digest": digest(folder / file),
            "source": NAMES[study][3],
        }
        for study in STUDIES
    ]  # fmt: skip
    write("studies.csv", pd.DataFrame(studies), target)


def main(folder: Path, target: Path) -> None:
    """Learn, score, write, print."""
    rows = pd.concat([cells(folder, study) for study in STUDIES], ignore_index=True)
    write_parameters(folder, rows, target)
    scores = list[dict[str, object]]()
    steps = chain(
        records(folder, rows),
        (with_fragments(folder, rows[rows["study"] == "us_states"]) for _ in range(1)),
    )
    for score in steps:
        scores.append(score)
        print(" ".join(str(value) for value in score.values()), flush=True)
    write("left_out.csv", pd.DataFrame(scores), target)


if __name__ == "__main__":
    package = Path(str(files("songhua.maths.accounts"))) / "prior"
    main(Path(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) > 2 else package)
