"""Entries and exits elsewhere, as the built-in cases know them: `learnt/` of each, made anew.

The panels of all cities and all states stand beside the checkout and are not part of it. Each is
put into the form of `panels/*.csv`, with the names that the case has for regions and industries,
and `songhua.session.learn_from` writes what it teaches. The same panels give the same bytes.

Usage: python tools/learn_choice.py [DAY]        (the day recorded; else that of the files there)
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pandas as pd

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / one) for one in ("src", "tests", "tools")]
import make_division_jobs  # noqa: E402
import make_panels  # noqa: E402

from panels import CHINA, SUMS, UNITED_STATES  # noqa: E402
from shared import DATA  # noqa: E402
from songhua import session, store  # noqa: E402
from songhua.region import Region  # noqa: E402
from songhua.store.learnt import without_learnt  # noqa: E402

CASES = ROOT / "src" / "songhua" / "examples"
COLUMNS = ["indicator", "region", "industry", "period", "value", "unit", "kind", "source"]
WASHINGTON = "Washington"
#: Jobs of provinces by division.
DIVISIONS = "china_province_industry_2digit/employment_wage_2005_2016.csv.gz"
#: What the product of states is called in a pack and in the case.
STATES = ("state_gdp", "gdp")
PACK = ROOT / "src" / "songhua" / "packs" / "us" / "like"


def cities(region: Region) -> pd.DataFrame:
    """Jobs of Chinese cities by 19 sections, without the cells that the case calls doubtful."""
    cells = make_panels.jobs(DATA / CHINA)
    texts = cells.texts.drop(columns="all")
    for out in (cells.doubtful, cells.slips):
        for at, industries in out.items():
            if at in texts.index:
                texts.loc[at, [one for one in industries if one in texts]] = ""
    long = texts.reset_index().melt(["year", "city"], var_name="industry").query("value != ''")
    assert region.code in make_panels.CITIES.values()
    return pd.DataFrame({
        "indicator": cells.indicator,
        "region": long["city"].map(make_panels.CITIES).fillna(long["city"]),
        "industry": long["industry"], "period": long["year"].astype(str), "value": long["value"],
        "unit": cells.unit, "kind": "actual", "source": cells.source,
    })  # fmt: skip


def provinces(region: Region) -> pd.DataFrame:
    """Jobs of Chinese provinces by division of industry, as `make_division_jobs` reads them."""
    assert make_division_jobs.INDICATOR in region.indicators
    return make_division_jobs.jobs(DATA / DIVISIONS)


def states(region: Region) -> pd.DataFrame:
    """Value added of American states by their finest industries, 1997 to 2016.

    An industry of the table has the name whose figures the case Washington has in every year.
    """
    indicator = next(one for one in STATES if one in region.indicators)
    file = DATA / UNITED_STATES / "us_state_gdp_by_industry_1997_2017_long.csv.gz"
    table = pd.read_csv(file)
    table = table[table["GeoFIPS"].between(1, 90999) & ~table["IndustryId"].isin(SUMS)]
    table = table[table["year"] <= 2016].dropna(subset=["value_musd"])
    case = without_learnt(store.at(CASES / "washington"))
    own = case.panel("gdp").xs(case.code, level="region") * 1000
    own.index = own.index.astype(int)
    own = own[own.index <= 2016]
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
        "indicator": indicator,
        "region": table["GeoName"].map(names).fillna(table["GeoFIPS"].astype(str)),
        "industry": table["industry"], "period": table["year"].astype(str),
        "value": table["value_musd"].map(repr_of), "unit": "m USD", "kind": "actual",
        "source": "bea-2018",
    })  # fmt: skip


def repr_of(value: float) -> str:
    """A number as the panels of a folder print it."""
    return f"{value:.10g}"


def learnt_from(
    folder: Path, panel: Callable[[Region], pd.DataFrame], told: str, step: int, home: Path
) -> None:
    """Write what a panel teaches a folder to `learnt/` of another place."""
    rows = panel(without_learnt(store.at(folder))).assign(recorded=told)
    file = folder.parent / "panel.csv"
    rows[[*COLUMNS, "recorded"]].to_csv(file, index=False)
    made = session.learn_from(folder, file, date.fromisoformat(told), step)
    target = home / "learnt" / made.name
    target.parent.mkdir(exist_ok=True)
    target.write_bytes(made.read_bytes())
    print(target)


def main(day: str | None) -> None:
    """Write the files of both cases, and of the pack."""
    there = sorted((CASES / "harbin" / "learnt").glob("*.json"))
    told = day or json.loads(there[0].read_text("utf-8"))["recorded"]
    with tempfile.TemporaryDirectory() as place:
        begun = Path(place) / "begun"
        session.begin(begun, session.FolderRequest(country="us", like="washington"))
        for case in ("harbin", "washington"):
            session.new(Path(place) / case, case)
        for folder, panel, step, home in (
            ("harbin", cities, 1, CASES / "harbin"),
            ("harbin", cities, 5, CASES / "harbin"),
            ("harbin", provinces, 3, CASES / "harbin"),
            ("washington", states, 5, CASES / "washington"),
            ("begun", states, 5, PACK),
        ):
            learnt_from(Path(place) / folder, panel, told, step, home)


if __name__ == "__main__":
    main(*(sys.argv[1:] or [None]))
