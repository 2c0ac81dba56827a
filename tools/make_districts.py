"""Made the panel of Harbin's districts and counties of the built-in case from two censuses.

No user needs to run it; it stands here so that every figure can be followed:

    python tools/make_districts.py FOLDER

FOLDER holds the tables of both censuses by county that `county-census` in `sources.toml` of the
case names. People are counted in full; workers are those of the long form, about one person in
ten, by 19 sections of GB/T 4754. Sections of 2010 are those of 2002, so that only their total is
taken of that year.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pandas as pd

HOME = Path(__file__).parents[1] / "src" / "songhua" / "examples" / "harbin" / "panels"
RECORDED, SOURCE, CITY = "2026-12-03", "county-census", "2301"
#: Districts and counties by their names of 2020, with the earlier name of one.
PLACES = {
    "道里区": "daoli", "南岗区": "nangang", "道外区": "daowai", "平房区": "pingfang",
    "松北区": "songbei", "香坊区": "xiangfang", "呼兰区": "hulan", "阿城区": "acheng",
    "双城区": "shuangcheng", "双城市": "shuangcheng", "依兰县": "yilan", "方正县": "fangzheng",
    "宾县": "binxian", "巴彦县": "bayan", "木兰县": "mulan", "通河县": "tonghe",
    "延寿县": "yanshou", "尚志市": "shangzhi", "五常市": "wuchang",
}  # fmt: skip
SECTIONS = "ABCDEFGHIJKLMNOPQRS"


def rows(folder: Path) -> Iterator[tuple[str, str, str, str, int]]:
    """Indicator, place, industry, year and number."""
    for year in ("2010", "2020"):
        table = pd.read_csv(folder / f"county_census_{year}.csv.gz", dtype=str)
        table = table.fillna("0")  # a blank section has nobody: sections add up to the total
        table = table[table["code"].str.startswith(CITY) & table["name"].isin(list(PLACES))]
        assert len(table) == 18
        for record in table.to_dict("records"):
            place = PLACES[record["name"]]
            yield "part_people", place, "all", year, int(float(record["population"]))
            workers = "employed_long_form"
            yield "part_workers", place, "all", year, int(float(record[workers]))
            if year == "2010":
                continue
            counts = {letter: int(float(record[letter] or 0)) for letter in [*SECTIONS, "T"]}
            assert sum(counts.values()) == int(float(record[workers]))
            for letter in SECTIONS:
                id = f"section-{letter.lower()}"
                yield "part_workers", place, id, year, counts[letter]


def main(folder: Path) -> None:
    """Write the panel."""
    columns = ["indicator", "region", "industry", "period", "value"]
    panel = pd.DataFrame(rows(folder), columns=columns)
    panel = panel.assign(
        unit="persons", status="", kind="actual", source=SOURCE, recorded=RECORDED
    ).sort_values(columns[:4])
    home = HOME / "districts.csv"
    panel.to_csv(home, index=False, lineterminator="\n")
    print(home, len(panel))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
