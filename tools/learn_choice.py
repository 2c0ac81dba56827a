"""What the built-in cases know of entries and exits elsewhere: `learnt/` of each, made anew.

The panels of all cities and all states stand beside the checkout and are not part of it. Each is
put into the form of `panels/*.csv`, with the names that the case has for regions and industries,
and `songhua.session.learn_from` writes what it teaches. The same panels give the same bytes.

Usage: python tools/learn_choice.py [DAY]        (the day recorded; else that of the files there)
"""

from __future__ import annotations

import json
import sys
import tempfile
from datetime import date
from pathlib import Path

import pandas as pd

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests")]
from panels import CHINA, SUMS, UNITED_STATES  # noqa: E402
from shared import DATA  # noqa: E402
from songhua import session  # noqa: E402
from songhua.region import Region  # noqa: E402

CASES = ROOT / "src" / "songhua" / "examples"
COLUMNS = ["indicator", "region", "industry", "period", "value", "unit", "kind", "source"]
WASHINGTON = "Washington"
#: Sections of a city that miss its total by more than this are no figures of it.
MISSED = 0.1


def cities(region: Region) -> pd.DataFrame:
    """Jobs of Chinese cities by 19 sections, without cells that look exchanged."""
    home = DATA / CHINA
    table = pd.read_csv(home / "city_employment_sections_2000_2022.csv")
    sections = [n for n in table.columns if n[1] == "_" and n[0] in "ABCDEFGHIJKLMNOPQRS"]
    flags = pd.read_csv(home / "city_employment_flags.csv")
    for row in flags.to_dict("records"):
        at = (table["year"] == row["year"]) & (table["city"] == row["city"])
        if row["column_a"] in sections:
            table.loc[at, [row["column_a"], row["column_b"]]] = float("nan")
        elif abs(row["size"]) > MISSED:
            table.loc[at, sections] = float("nan")
    table = table[table["year"].between(2003, 2019)]
    long = table.melt(["year", "code", "city"], sections, "section").dropna(subset=["value"])
    ids = {str(one["name"].texts["zh"]): id for id, one in region.places.items()}
    ids[region.name.texts["zh"]] = region.code
    # the table's order is the letters' own but for trade, which stands behind information there
    letter = {name: LETTERS[name.partition("_")[2]] for name in sections}
    return pd.DataFrame({
        "indicator": "city_jobs",
        "region": long["city"].map(ids).fillna(long["code"].astype(str)),
        "industry": "section-" + long["section"].map(letter),
        "period": long["year"].astype(str), "value": long["value"].map(repr_of),
        "unit": "10k persons", "kind": "actual", "source": "city-yearbook-jobs",
    })  # fmt: skip


#: The letter of each section in GB/T 4754.
LETTERS = {
    "agriculture": "a", "mining": "b", "manufacturing": "c", "utilities": "d", "construction": "e",
    "wholesale_retail": "f", "transport_storage_post": "g", "accommodation_catering": "h",
    "information_software": "i", "finance": "j", "real_estate": "k",
    "leasing_business_services": "l", "research_technical": "m",
    "water_environment_public_facilities": "n", "resident_services": "o", "education": "p",
    "health_social": "q", "culture_sports": "r", "public_administration": "s",
}  # fmt: skip


def states(region: Region) -> pd.DataFrame:
    """Value added of American states by their finest industries, 1997 to 2016.

    An industry of the table has the case's name whose figures it has in every year.
    """
    file = DATA / UNITED_STATES / "us_state_gdp_by_industry_1997_2017_long.csv.gz"
    table = pd.read_csv(file)
    table = table[table["GeoFIPS"].between(1, 90999) & ~table["IndustryId"].isin(SUMS)]
    table = table[table["year"] <= 2016].dropna(subset=["value_musd"])
    own = region.panel("gdp").xs(region.code, level="region") * 1000
    own.index = own.index.astype(int)
    here = table[table["GeoName"] == WASHINGTON]
    ids: dict[int, str] = {}
    for number, rows in here.groupby("IndustryId"):
        series = rows.set_index("year")["value_musd"]
        like = [n for n in own if (own[n].reindex(series.index) - series).abs().max() < 0.5]
        ids[int(str(number))] = str(like[0]) if len(like) == 1 else ""
    names = {str(one["name"].texts["en"]): id for id, one in region.places.items()}
    names[WASHINGTON] = region.code
    table = table.assign(industry=table["IndustryId"].map(ids).fillna(""))
    table = table[table["industry"] != ""]
    return pd.DataFrame({
        "indicator": "gdp",
        "region": table["GeoName"].map(names).fillna(table["GeoFIPS"].astype(str)),
        "industry": table["industry"], "period": table["year"].astype(str),
        "value": table["value_musd"].map(repr_of), "unit": "m USD", "kind": "actual",
        "source": "bea-2018",
    })  # fmt: skip


def repr_of(value: float) -> str:
    """A number as the panels of a folder print it."""
    return f"{value:.10g}"


def main(day: str | None) -> None:
    """Write the files of both cases."""
    wanted = {"harbin": (cities, (1, 5)), "washington": (states, (5,))}
    for case, (panel, steps) in wanted.items():
        folder = CASES / case
        there = sorted((folder / "learnt").glob("*.json"))
        told = day or json.loads(there[0].read_text("utf-8"))["recorded"]
        rows = panel(session.open(folder).region).assign(recorded=told)
        with tempfile.TemporaryDirectory() as place:
            file = Path(place) / "panel.csv"
            rows[[*COLUMNS, "recorded"]].to_csv(file, index=False)
            for step in steps:
                print(session.learn_from(folder, file, date.fromisoformat(told), step))


if __name__ == "__main__":
    main(*(sys.argv[1:] or [None]))
