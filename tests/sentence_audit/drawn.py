"""Folders drawn by chance: a town beside others, with figures that disagree, are rounded or old."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count, islice
from pathlib import Path
from random import Random

import later_rows
from small import FILES, HEADING, write
from songhua import session
from songhua.errors import SonghuaError
from tracked import PLAN

OTHERS = ("ashford", "birch", "cliff", "dale")
PLACES = ("rivertown", "upland", *OTHERS)
INDUSTRIES = ("food", "tools", "shops")
YEARS = range(2015, 2024)
#: The first seeds of groups of drawn folders, and the folders of each: thirty in all.
GROUPS, EACH = (0, 100, 200), 10
ROLES = ("leading", "leading", "advantageous", "future")
MORE = """
[jobs]
name = { en = "Jobs", zh = "就业" }
unit = "persons"
form = "level"
measure = "employment"
time = "stock"
definition = { en = "Persons.", zh = "人数。" }

[investment_growth]
name = { en = "Growth of investment", zh = "投资增速" }
unit = "%"
form = "growth"
measure = "investment"
definition = { en = "Nominal.", zh = "名义。" }

[town_gdp]
name = { en = "Product of towns", zh = "市镇生产总值" }
unit = "bn EUR"
form = "level"
measure = "value_added"
basis = "current"
same_as = "gdp"
definition = { en = "As the yearbook has it.", zh = "年鉴口径。" }
"""
PANEL = "indicator,region,industry,period,value,unit,status,kind,source,recorded"


def _figure(
    chance: Random, indicator: str, place: str, period: str, value: float, unit: str, **more: str
) -> str:
    """A row of observations, rounded as chance has it."""
    decimals = more.pop("decimals", "") or str(chance.choice((0, 1, 1, 2)))
    cells = {
        "indicator": indicator, "region": place, "period": period, "unit": unit, "kind": "actual",
        "value": f"{value:.{decimals}f}", "source": chance.choice(("bulletin-2020", "paper")),
        "recorded": chance.choice(("2024-01-02", "2024-06-01")), **more,
    }  # fmt: skip
    return ",".join(cells.get(name, "") for name in HEADING.split(","))


def _growths(chance: Random) -> Iterator[str]:
    """Growth of the town and of others, in years and parts of years; some rows are missing."""
    for place in PLACES:
        for year in YEARS:
            if chance.random() < 0.7:
                yield _figure(chance, "gdp_growth", place, str(year), chance.gauss(3, 3), "%")
    for part in ("2023-Q1", "2023-H1", "2022-Q3", "2021-01..2021-09"):
        if chance.random() < 0.5:
            yield _figure(chance, "gdp_growth", "rivertown", part, chance.gauss(2, 4), "%")
    for year in chance.sample(list(YEARS), 4):
        middle = chance.gauss(3, 3)
        for name in ("", *INDUSTRIES):
            rate = middle + chance.gauss(0, 0.4 if name == "" else 3)
            yield _figure(chance, "gdp_growth", "rivertown", str(year), rate, "%", industry=name)
    for year in chance.sample(list(YEARS), 3):
        yield _figure(chance, "investment_growth", "rivertown", str(year), chance.gauss(0, 9), "%")


def _levels(chance: Random) -> Iterator[str]:
    """Levels of the town by industry, some printed twice, revised, noted or preliminary."""
    size = chance.uniform(20, 90)
    for year in YEARS:
        size *= 1 + chance.gauss(0.04, 0.03)
        shares = [chance.uniform(0.5, 1.5) for _ in INDUSTRIES]
        whole = sum(shares)
        if chance.random() < 0.85:
            yield _figure(chance, "gdp", "rivertown", str(year), size, "bn EUR", decimals="2")
        for name, share in zip(INDUSTRIES, shares, strict=True):
            if chance.random() < 0.6:
                value = size * share / whole
                yield _figure(
                    chance,
                    "gdp",
                    "rivertown",
                    str(year),
                    value,
                    "bn EUR",
                    industry=name,
                    decimals="2",
                )
        if chance.random() < 0.3:
            note = chance.choice(
                ({"note": "said roughly"}, {"kind": "preliminary"}, {"vintage": "census"})
            )
            yield _figure(
                chance, "jobs", "rivertown", str(year), size * 900, "persons", decimals="0", **note
            )


def _panel(chance: Random) -> str:
    """Jobs or product of all places by industry in a panel, with gaps."""
    indicator, unit, size = chance.choice(
        (("jobs", "persons", 9000.0), ("town_gdp", "bn EUR", 30.0))
    )
    lines = [PANEL]
    years = sorted(chance.sample(list(YEARS), 4))
    for place in PLACES:
        scale = size * chance.uniform(0.5, 2) * (20 if place == "upland" else 1)
        for year in years:
            scale *= 1 + chance.gauss(0.02, 0.05)
            parts = {
                name: round(scale * chance.uniform(0.2, 0.5), 1 if unit != "persons" else 0)
                for name in INDUSTRIES
            }
            cells = {"all": sum(parts.values()), **parts}
            lines += [
                f"{indicator},{place},{name},{year},{value:.{0 if unit == 'persons' else 1}f},{unit},,actual,paper,2024-01-02"
                for name, value in cells.items()
                if chance.random() < 0.97
            ]
    return "\n".join(lines) + "\n"


def compared(home: Path, chance: Random) -> Path:
    """A town among others, with a plan in most folders and a panel in many."""
    places = "".join(
        f'\n[places.{name}]\nname = {{ en = "{name}", zh = "{name}" }}\nrole = "comparison"\n'
        for name in OTHERS
    )
    shops = (
        '\n[shops]\nname = { en = "Shops", zh = "商店" }\nparent = "all"\npartition = "sectors"\n'
    )
    rows = [*_growths(chance), *_levels(chance)]
    changes: dict[str, str] = {
        "region_toml": FILES["region.toml"] + places,
        "industries_toml": FILES["industries.toml"] + shops,
        "indicators_toml": FILES["indicators.toml"] + MORE,
        "observations__economy_csv": "\n".join([HEADING, *rows]) + "\n",
    }
    if chance.random() < 0.8:
        listed = [f"{chance.choice(ROLES)},{name},isic4,10,,,,own" for name in INDUSTRIES]
        changes["plan__plan_toml"] = PLAN
        changes["plan__industries_csv"] = (
            "\n".join(["role,industry,scheme,code,inclusion,reason,support,basis", *listed]) + "\n"
        )
    if chance.random() < 0.8:
        changes["panels__levels_csv"] = _panel(chance)
    return write(home, **changes)


def made(home: Path, seed: int) -> list[Path]:
    """The folders of a seed: a town among others, and with every second seed two of all tables."""
    folders = [compared(home / str(seed) / "compared", Random(seed))]
    if seed % 2 == 0:
        folders += later_rows.folders(home / str(seed), Random(seed))
    return folders


def folders(home: Path, n: int, first: int = 0) -> Iterator[Path]:
    """So many folders that open, in order of seed from the first."""
    opened = (path for seed in count(first) for path in made(home, seed) if _opens(path))
    return islice(opened, n)


def _opens(path: Path) -> bool:
    try:
        session.open(path)
    except SonghuaError:
        return False
    return True
