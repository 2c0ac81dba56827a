"""Regions' purchases at home, in one form for every country with published data.

Each study gives, by region and industry, the region's own supply as a share of purchases of home
products; outputs; and value added, pay and jobs per unit of output. Where whole tables can be set
up, the nation's and the regions' are given, too. Nothing is kept of the files beyond the run;
`regional_places.csv` beside this script holds people.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pandas as pd

PLACES = Path(__file__).with_name("regional_places.csv")
KINDS = ("primary", "manufacturing", "utilities", "services", "public")
#: The last division of NACE 2 that belongs to each kind.
LAST = {"primary": 9, "manufacturing": 33, "utilities": 43, "services": 82, "public": 99}
#: Words with which the names of industries of Canada and the USA begin, by kind.
BEGIN = {
    "primary": ("Agriculture", "Mining"),
    "utilities": ("Utilities", "Construction"),
    "services": (
        "Wholesale", "Transportation Services", "Transport Services", "Information", "Finance",
        "Real Estate", "Professional", "Arts", "Accom",
    ),
    "public": ("Education", "Health", "Public", "Other Services"),
}  # fmt: skip
#: Industries of the Japanese tables by kind.
JAPAN = (
    "primary", "primary", "manufacturing", "utilities", "utilities", "services", "services",
    "services", "services", "public", "services", "public",
)  # fmt: skip
#: First and last division of the Japanese classification that make one of the twelve industries.
DIVISIONS = {
    3: [(9, 32)], 4: [(6, 8)], 5: [(33, 36)], 6: [(50, 61)], 7: [(62, 70)], 8: [(42, 49), (86, 86)],
    9: [(37, 41)], 11: [(71, 85), (88, 96)],
}  # fmt: skip
#: What the output of a study is worth in US dollars of the year (mean rates of the year).
DOLLARS = {"finland": 1.33, "canada": 0.80, "united_states": 1.0, "china": 1 / 8.28}


@dataclass(frozen=True)
class Study:
    """One country and year.

    Args:
        country: what is left out as one.
        year: of the tables.
        kinds: industry × kind, each row adding up to one (more than one kind only where an
            industry of the study joins several).
        output: region × industry.
        nation: output by industry.
        own: region × industry, own supply over own supply and that of other regions; missing
            where it was not observed.
        ratios: value_added, income or jobs: region × industry per unit of output.
        means: the same of the nation, by industry.
        A: coefficients of home inputs of the nation.
        tables: each region's coefficients of own inputs.
        inputs: the nation's, then each region's coefficients of all inputs, where only they are.
        money: what a unit of output is in millions of the currency.
    """

    country: str
    year: int
    kinds: pd.DataFrame
    output: pd.DataFrame
    nation: pd.Series
    own: pd.DataFrame | None = None
    ratios: Mapping[str, pd.DataFrame] = field(default_factory=dict)
    means: Mapping[str, pd.Series] = field(default_factory=dict)
    A: pd.DataFrame | None = None
    tables: Mapping[str, pd.DataFrame] = field(default_factory=dict)
    inputs: Sequence[pd.DataFrame] = ()
    money: float = 1.0

    @property
    def name(self) -> str:
        """Country and year."""
        return f"{self.country}_{self.year}"

    @property
    def dollars(self) -> float:
        """Millions of US dollars to a unit of output."""
        return self.money * DOLLARS[self.country]


def all_studies(folder: Path) -> list[Study]:
    """Every study whose data lie in the folder of data sets."""
    trade = folder / "regional_trade_canada_us"
    return [
        finland(folder / "finland_regional_io_2014"),
        canada(trade),
        united_states(trade, 2000),
        united_states(trade, 2007),
        china(folder / "china_provinces", folder / "china_io"),
        japan(folder / "japan_regional_inputs_2015"),
    ]


def finland(folder: Path) -> Study:
    """Whole tables of ten regions of 2014; value added and pay of all nineteen."""
    accounts = pd.read_csv(folder / "accounts_all_regions.csv.gz")
    wide = accounts.pivot(index=["ACCOUNT", "REG"], columns="IND", values="value")
    output = wide.loc["Tuotos perushintaan"]
    industries = sorted(output.columns)
    output = output[industries]
    nation = output.sum()
    rows = {
        "value_added": wide.loc["Arvonlisäys, brutto perushintaan"][industries],
        "income": wide.loc["Palkansaajakorvaukset"][industries],
    }
    own = _flows(folder / "io2014_long.csv.gz", industries)
    others = _flows(folder / "io_reg2014_long.csv.gz", industries)
    names = list(own.index.get_level_values(0).unique())
    whole = _flows(folder / "io2014_nation.csv.gz", industries).loc[industries]
    whole += _flows(folder / "io_reg2014_nation.csv.gz", industries).loc[industries]
    used, all_ = own.sum(axis=1).unstack(0), (own + others).sum(axis=1).unstack(0)
    kinds = pd.Series({name: _of_division(int(name[:2])) for name in industries})
    return Study(
        "finland",
        2014,
        dummies(kinds),
        output,
        nation,
        (used / all_.where(all_ > 0)).T[industries],
        {name: one / output.where(output > 0) for name, one in rows.items()},
        {name: one.sum() / nation for name, one in rows.items()},
        whole / nation,
        {n: (own.loc[n].loc[industries] / output.loc[n]).fillna(0.0) for n in names},
    )


def _of_division(division: int) -> str:
    """The kind of a division of NACE 2."""
    return next(word for word, last in LAST.items() if division <= last)


def _flows(file: Path, industries: list[str]) -> pd.DataFrame:
    """Products bought by industries, from the long form; with regions as a first row level."""
    table = pd.read_csv(file)
    table = table[table["COM"].isin(industries) & table["IND"].isin(industries)]
    rows = ["REG", "COM"] if "REG" in table else ["COM"]
    wide = table.pivot(index=rows, columns="IND", values="value")
    if wide.isna().any(axis=None):
        raise ValueError(f"{file.name}: cells are missing")
    return wide[industries]


def canada(folder: Path) -> Study:
    """Ten provinces of 2021.

    A province's table has the nation's mix of inputs, its own share of value added, and what
    all its buyers buy of each product at home, in other provinces and abroad.
    """
    wide = _summary(folder / "canada_2021_summary.csv")
    output, nation = wide["output"], wide["output"].sum()
    added = wide["value_added_share"]
    mean_added = (added * output).sum() / nation
    shares = pd.read_csv(folder / "canada_2021_input_shares.csv").pivot(
        index="source_sector", columns="dest_sector", values="share_of_intermediate_inputs"
    )
    shares = shares.loc[output.columns, output.columns]
    bought = wide["own_supply"] + wide["from_other_regions"]
    home = (bought.sum() / (bought + wide["from_abroad"]).sum()).to_numpy()[:, np.newaxis]
    tables = {
        str(region): shares
        * wide["own_share"].loc[region].to_numpy()[:, np.newaxis]
        * (1 - added.loc[region]).to_numpy()
        for region in output.index
    }
    jobs = wide["employment"].where(wide["employment"] > 0)
    return Study(
        "canada", 2021, _by_name(output.columns), output, nation, wide["own_supply"] / bought,
        {"value_added": added, "jobs": jobs / output},
        {"value_added": mean_added, "jobs": jobs.sum() / output.where(jobs > 0).sum()},
        shares * home * (1 - mean_added).to_numpy(), tables, money=1e-3,
    )  # fmt: skip


def united_states(folder: Path, year: int) -> Study:
    """Fifty states of 2000 or 2007: goods only, since of services all is set to be own supply."""
    wide = _summary(folder / f"us_states_{year}_summary.csv")
    output, nation = wide["output"], wide["output"].sum()
    bought = wide["own_supply"] + wide["from_other_regions"]
    own = wide["own_supply"] / bought.where(bought > 0)
    # nowhere a purchase from elsewhere: assumed; a state that reported nothing has one or nought
    own = own.loc[:, own.min() < 1]
    # traded by construction in 2000
    own = own[[name for name in own if not str(name).startswith("Wholesale")]]
    own = own.where((own > 0) & (own < 1)).reindex(columns=output.columns)
    found, means = {}, {}
    if "employment" in wide:
        jobs = wide["employment"].where(wide["employment"] > 0)
        found = {"jobs": jobs / output.where(output > 0)}
        means = {"jobs": jobs.sum() / output.where(jobs > 0).sum()}
    kinds = _by_name(output.columns)
    return Study("united_states", year, kinds, output, nation, own, found, means)


def china(folder: Path, tables: Path) -> Study:
    """Thirty provinces of 2002 and two industries, farming and all else."""
    own = pd.read_csv(folder / "province_own_supply_share_2002.csv", index_col="province")
    shares = pd.DataFrame(
        {
            name: own[f"{short}_own"] / (1 - own[f"{short}_abroad"])
            for name, short in (("primary", "agri"), ("all else", "nonagri"))
        }
    )
    called = pd.read_csv(PLACES).dropna(subset=["also"]).set_index("also")["region"]
    products = pd.read_csv(folder / "province_gdp_1978_2024.csv")
    products = products[products["year"] == 2002]
    products.index = products["province"].str[:2].map(called)
    products = products.loc[shares.index]
    first = products["primary_100m_cny"]
    output = pd.DataFrame({"primary": first, "all else": products["gdp_100m_cny"] - first})
    # what all else consists of: the nation's output by the codes of its table
    made = pd.read_csv(tables / "china_2002_122.csv", index_col="Code").loc["001":"122", "GO"]
    code = made.index.astype(int)
    ends = {"primary": 12, "manufacturing": 83, "utilities": 88, "services": 112, "public": 122}
    sums = pd.Series({kind: made[(code > 5) & (code <= end)].sum() for kind, end in ends.items()})
    kinds = pd.DataFrame(0.0, shares.columns, list(KINDS))
    kinds.loc["primary", "primary"] = 1.0
    kinds.loc["all else"] = sums.diff().fillna(sums) / sums.iloc[-1]
    return Study("china", 2002, kinds, output, output.sum(), shares, money=100.0)


def japan(folder: Path) -> Study:
    """42 prefectures of 2015 and twelve industries: value added and jobs, no trade."""
    cells = pd.read_csv(folder / "inputs_12x12.csv")
    output = pd.read_csv(folder / "output_12.csv").pivot(
        index="area_id", columns="industry", values="output_million_jpy"
    )
    inputs = cells.pivot_table(
        index="area_id", columns="to_industry", values="input_million_jpy", aggfunc="sum"
    )
    added = 1 - inputs / output.where(output > 0)
    census = pd.read_csv(folder / "census_3digit_2014.csv.gz")
    census["industry"] = (census["jsic3"].str[:2]).map(_division)
    jobs = census.dropna().pivot_table(
        index="area_id", columns="industry", values="employees", aggfunc="sum"
    )
    per = jobs.reindex(columns=output.columns).loc[output.index] / output.where(output > 0)
    places = [area for area in output.index if area % 1000 == 0 and area > 0]
    kinds = dummies(pd.Series(JAPAN, output.columns))
    rows = {"value_added": added, "jobs": per}
    # the last two industries are zero or folded into others in some tables
    kept = [i for i in output.columns if i not in (10, 12)]
    cube = cells.pivot(
        index=["area_id", "from_industry"], columns="to_industry", values="input_million_jpy"
    )
    parts = [cube.loc[area].loc[kept, kept] / output.loc[area, kept] for area in (0, *places)]
    return Study(
        "japan", 2015, kinds.loc[kept], output.loc[places, kept], output.loc[0, kept],
        ratios={name: one.loc[places, kept] for name, one in rows.items()},
        means={name: one.loc[0, kept] for name, one in rows.items()}, inputs=parts,
    )  # fmt: skip


def _division(division: str) -> float:
    """The industry of a division of the Japanese classification, if its jobs are all counted."""
    for industry, ranges in DIVISIONS.items() if division.isdigit() else ():
        if any(first <= int(division) <= last for first, last in ranges):
            return industry
    return np.nan


def _summary(file: Path) -> pd.DataFrame:
    """A summary as columns of (figure, industry) by region."""
    table = pd.read_csv(file)
    wide = table.set_index(["region", "sector"]).unstack()
    if wide.isna().any(axis=None):
        raise ValueError(f"{file.name}: cells are missing")
    return wide


def _by_name(industries: pd.Index) -> pd.DataFrame:
    """Kinds by the words with which names begin; what else there is, is made."""
    found = {
        name: next(
            (kind for kind, words in BEGIN.items() if str(name).startswith(words)), "manufacturing"
        )
        for name in industries
    }
    return dummies(pd.Series(found))


def dummies(kinds: pd.Series) -> pd.DataFrame:
    """Industry × kind, one where an industry is of a kind."""
    return pd.DataFrame({kind: (kinds == kind) * 1.0 for kind in KINDS})


def places() -> pd.DataFrame:
    """People (thousands) and area (km²) by study and region; the file names the sources."""
    table = pd.read_csv(PLACES)
    table["study"] = table["country"] + "_" + table["year"].astype(str)
    return table.set_index(["study", "region"])
