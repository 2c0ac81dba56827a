"""Made the panel of Heilongjiang's jobs by division of industry of the built-in case Harbin.

No user needs to run it; it stands here so that every figure can be followed:

    python tools/make_division_jobs.py FILE

FILE is the table that `provinces-division-jobs` in `sources.toml` of the case names: employees of
urban units by province and division, 2005 to 2016. `jobs` gives all provinces, from which
`learn_choice.py` learns; the case holds Heilongjiang alone. Before 2012 the source splits motor
vehicles and other transport equipment by a fixed share: these are estimates, and stand rounded to
a person. A blank is not known, and no row.
"""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path

import pandas as pd

CASE = Path(__file__).parents[1] / "src" / "songhua" / "examples" / "harbin"
HOME = CASE / "panels"
RECORDED = "2026-12-03"
INDICATOR, SOURCE = "province_division_jobs", "provinces-division-jobs"
PLACE = {"黑龙江": "heilongjiang"}
#: Cells that `songhua check` calls likelier to be a slip by a power of ten than right: left out.
SLIPS = {("黑龙江", 12, 2012)}
COLUMNS = [
    "indicator", "region", "industry", "period", "value", "unit", "status", "kind", "source",
    "recorded",
]  # fmt: skip


def divisions() -> dict[int, str]:
    """The industry of the case that each division of GB/T 4754 is called by (C37 and the like)."""
    entries = tomllib.loads((CASE / "industries.toml").read_text("utf-8"))
    return {
        int(code[1:]): id
        for id, entry in entries.items()
        for code in entry.get("also", [])
        if len(code) == 3 and code[0] in "BCD" and code[1:].isdigit()
    }


def jobs(file: Path) -> pd.DataFrame:
    """Rows of a panel: jobs of all provinces by division, in persons."""
    table = pd.read_csv(file).dropna(subset=["employment"])
    cells = zip(table["province"], table["gb"], table["year"], strict=True)
    table = table[[cell not in SLIPS for cell in cells]]
    whole = table["employment"].round().astype(int)
    split = (table["employment"] - whole).abs() > 1e-6
    return pd.DataFrame({
        "indicator": INDICATOR, "region": table["province"].replace(PLACE),
        "industry": table["gb"].map(divisions()), "period": table["year"].astype(str),
        "value": whole.astype(str), "unit": "persons", "status": "",
        "kind": split.map({True: "estimate", False: "actual"}), "source": SOURCE,
        "recorded": RECORDED,
    })  # fmt: skip


def main(file: Path) -> None:
    """Write the panel of the case."""
    rows = jobs(file)
    rows = rows[rows["region"] == "heilongjiang"].sort_values(["industry", "period"])
    home = HOME / "division-jobs.csv"
    rows[COLUMNS].to_csv(home, index=False, lineterminator="\n")
    print(home, len(rows))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
