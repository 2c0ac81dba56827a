"""Made the panel of value added by sector of Heilongjiang and China of the case Harbin.

No user needs to run it; it stands here so that every figure can be followed:

    python tools/make_sector_product.py FOLDER

FOLDER holds `china_provincial_io` and `china_io`. The sectors of the tables of 42 are joined to
groups that are whole industries of the table in use, and rounded to 10,000 yuan.
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path

import pandas as pd

HOME = Path(__file__).parents[1] / "src" / "songhua" / "examples" / "harbin" / "panels"
RECORDED, YEAR = "2026-12-02", 2017
COLUMNS = (
    "indicator", "region", "industry", "period", "value", "unit", "status", "kind", "source",
    "recorded",
)  # fmt: skip
#: The sectors of the 42 that each industry joins.
SECTORS = {
    "farming": "01",
    "coal": "02",
    "other-mining": "03 04 05",
    "food-tobacco": "06",
    "textiles-clothing": "07 08",
    "wood-paper": "09 10",
    "petroleum": "11",
    "chemicals": "12",
    "minerals": "13",
    "metals": "14",
    "metal-goods": "15",
    "general-machines": "16",
    "special-machines": "17",
    "transport-equipment": "18",
    "electrical-machines": "19",
    "electronic-goods": "20",
    "measuring": "21",
    "other-goods": "22 23",
    "power-heat": "24",
    "gas-and-water": "25 26",
    "building": "27",
    "trading": "28",
    "transport-post": "29",
    "hotels-catering": "30",
    "information-software": "31",
    "financial": "32",
    "property": "33",
    "business": "34",
    "science-technology": "35 36",
    "education-and-health": "39 40",
    "culture-and-sport": "41",
    "public-and-other": "37 38 42",
}


def main(folder: Path) -> None:
    """Write the panel."""
    table = pd.read_csv(
        folder / "china_provincial_io" / f"provincial_io_{YEAR}_42.csv.gz",
        dtype={"row": str, "col": str},
    )
    own = table[(table["province"] == "Heilongjiang") & (table["row"] == "TVA")]
    nation = pd.read_csv(folder / "china_io" / f"china_{YEAR}_42.csv", dtype={"Code": str})
    added = {
        "heilongjiang": own.set_index("col")["value"],
        "china": nation.set_index("Code").loc["TVA"],
    }
    groups = {"all": " ".join(f"{at:02}" for at in range(1, 43))}
    groups |= {f"sector-{name}": codes for name, codes in SECTORS.items()}
    with (HOME / "sector-product.csv").open("w", encoding="utf-8", newline="") as file:
        write = csv.writer(file, lineterminator="\n")
        write.writerow(COLUMNS)
        for place, source in (("heilongjiang", "heilongjiang-io-2017"), ("china", "nbs-io-2017")):
            for name, codes in groups.items():
                size = round(sum(float(added[place].get(code, 0.0)) for code in codes.split()))
                write.writerow(
                    ["sector_product", place, name, YEAR, size, "10k CNY", "", "actual", source,
                     RECORDED]
                )  # fmt: skip


if __name__ == "__main__":
    main(Path(sys.argv[1]))
