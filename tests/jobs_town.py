"""A town with no figures but jobs by industry, made from a published table."""

from __future__ import annotations

import csv
import gzip
from collections import Counter
from pathlib import Path

from shared import DATA

NAME = "nz_urban_industry_1976_2006"
AREA = "Whangarei"
HEADS = {
    "region.toml": """
[region]
code = "town"
name = { en = "Whangarei", zh = "旺阿雷" }
currency = "NZD"
[places.land]
name = { en = "All urban areas", zh = "全部城区" }
role = "parent"
""",
    "sources.toml": """
[census]
title = "Census of population"
publisher = "Statistics office"
published = "2007-01-01"
grade = "official"
""",
    "indicators.toml": """
[jobs]
name = { en = "Jobs", zh = "就业" }
unit = "persons"
form = "level"
measure = "employment"
time = "stock"
direction = "higher"
definition = { en = "Usual residents employed.", zh = "常住就业人口。" }
""",
}
GROUP = """
[group-{code}]
name = {{ en = "Group {name}", zh = "{name} 类" }}
parent = "all"
partition = "groups"
"""


def write(folder: Path) -> Path:
    """The folder: jobs of the town and of all urban areas by group of industries, in a panel."""
    own: Counter[tuple[str, str]] = Counter()
    land: Counter[tuple[str, str]] = Counter()
    with gzip.open(DATA / NAME / "employment.csv.gz", "rt", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            key = (row["industry_code"][0].lower(), row["year"])
            land[key] += int(float(row["employment"]))
            own[key] += int(float(row["employment"])) * (row["area"] == AREA)
    groups, years = (sorted({key[at] for key in land}) for at in (0, 1))
    lines = ["indicator,region,industry,period,value,unit,status,kind,source,recorded"]
    for place, counts in (("town", own), ("land", land)):
        for year in years:
            total = sum(counts[group, year] for group in groups)
            cells = {"all": total} | {f"group-{one}": counts[one, year] for one in groups}
            lines += [
                f"jobs,{place},{name},{year},{n},persons,,actual,census,2026-01-02"
                for name, n in cells.items()
            ]
    files = {**HEADS, "panels/jobs.csv": "\n".join(lines) + "\n"}
    files["industries.toml"] = "".join(GROUP.format(code=one, name=one.upper()) for one in groups)
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text.lstrip("\n"), "utf-8")
    return folder
