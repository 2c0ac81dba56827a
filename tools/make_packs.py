"""Made the larger tables of the packs from published ones; small ones were written by hand.

No user needs to run it; it stands here so that every figure can be followed:

    python tools/make_packs.py FOLDER

FOLDER holds `us_state_gdp_by_industry_1997_2017`. The panel of states keeps the twenty sectors of
each year from 2007 on, and finer industries of 2014 to 2016, the last years that have them. Which
industries of the national table belong to which divisions of the national classification follows
from the concordances beside the classifications.
"""

from __future__ import annotations

import csv
import re
import sys
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import pandas as pd

SOURCE = Path(__file__).parents[1] / "src" / "songhua"
PACKS, CASES, CODES = SOURCE / "packs", SOURCE / "examples", SOURCE / "codes"
RECORDED = "2026-11-27"
COLUMNS = (
    "indicator", "region", "industry", "period", "value", "unit", "status", "kind", "source",
    "recorded",
)  # fmt: skip
YEARS, DETAILED = range(2007, 2018), (2014, 2015, 2016)
STATUS = {"(NA)": "not_available", "(L)": "below_limit", "(D)": "suppressed"}
#: Industries without a code of their own in the source, by their line there.
LINES = {"all": 1, "government": 82, "federal-civilian": 83, "military": 84, "state-local": 85}
STATES = {
    "Alabama": "亚拉巴马州", "Alaska": "阿拉斯加州", "Arizona": "亚利桑那州",
    "Arkansas": "阿肯色州",
    "California": "加利福尼亚州", "Colorado": "科罗拉多州", "Connecticut": "康涅狄格州",
    "Delaware": "特拉华州", "District of Columbia": "哥伦比亚特区", "Florida": "佛罗里达州",
    "Georgia": "佐治亚州", "Hawaii": "夏威夷州", "Idaho": "爱达荷州", "Illinois": "伊利诺伊州",
    "Indiana": "印第安纳州", "Iowa": "艾奥瓦州", "Kansas": "堪萨斯州", "Kentucky": "肯塔基州",
    "Louisiana": "路易斯安那州", "Maine": "缅因州", "Maryland": "马里兰州",
    "Massachusetts": "马萨诸塞州", "Michigan": "密歇根州", "Minnesota": "明尼苏达州",
    "Mississippi": "密西西比州", "Missouri": "密苏里州", "Montana": "蒙大拿州",
    "Nebraska": "内布拉斯加州", "Nevada": "内华达州", "New Hampshire": "新罕布什尔州",
    "New Jersey": "新泽西州", "New Mexico": "新墨西哥州", "New York": "纽约州",
    "North Carolina": "北卡罗来纳州", "North Dakota": "北达科他州", "Ohio": "俄亥俄州",
    "Oklahoma": "俄克拉何马州", "Oregon": "俄勒冈州", "Pennsylvania": "宾夕法尼亚州",
    "Rhode Island": "罗得岛州", "South Carolina": "南卡罗来纳州", "South Dakota": "南达科他州",
    "Tennessee": "田纳西州", "Texas": "得克萨斯州", "Utah": "犹他州", "Vermont": "佛蒙特州",
    "Virginia": "弗吉尼亚州", "Washington": "华盛顿州", "West Virginia": "西弗吉尼亚州",
    "Wisconsin": "威斯康星州", "Wyoming": "怀俄明州",
}  # fmt: skip
NATION = "United States"
#: The sections of which yearbooks print output and revenue of firms above designated size, by the
#: industry of those firms in the built-in case.
ABOVE_SIZE = {"mining": "section-b", "manufacturing": "section-c", "utilities": "section-d"}


def slug(name: str) -> str:
    """A name as an id."""
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")


def write(file: Path, rows: Iterable[Sequence[object]]) -> None:
    """Rows as CSV."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out, lineterminator="\n").writerows(rows)


def rows_of(file: Path) -> list[dict[str, str]]:
    """The rows of a CSV."""
    with file.open(encoding="utf-8", newline="") as text:
        return list(csv.DictReader(text))


def states(folder: Path) -> None:
    """The panel of states, and the states as places."""
    long = pd.read_csv(
        next((folder / "us_state_gdp_by_industry_1997_2017").glob("*long.csv.gz")), dtype=str
    )
    industries = tomllib.loads((PACKS / "us/folder/industries.toml").read_text("utf-8"))
    by_code = dict(zip(long["IndustryClassification"], long["IndustryId"], strict=True))
    lines = {str(line): id for id, line in LINES.items()}
    for id, entry in industries.items():
        if found := re.match(r"NAICS ([\d, -]*\d)\.", entry.get("note", "")):
            code = found[1] if found[1] in by_code else found[1].replace(", ", ",")
            lines[by_code[code]] = id
    kept = long[
        long["GeoName"].isin([NATION, *STATES])
        & long["IndustryId"].isin(list(lines))
        & long["year"].astype(int).isin(YEARS)
    ]
    rows: list[Sequence[object]] = [
        [
            "indicator",
            "region",
            "industry",
            "period",
            "value",
            "unit",
            "status",
            "kind",
            "source",
            "recorded",
        ]
    ]
    for row in kept.itertuples():
        id = lines[row.IndustryId]
        sector = id == "all" or industries[id].get("partition") == "sectors"
        if not sector and int(row.year) not in DETAILED:
            continue
        status = STATUS[row.note] if isinstance(row.note, str) else ""
        value = "" if status else str(round(float(row.value_musd)))
        rows.append(
            ("state_gdp", slug(row.GeoName), id, row.year, value, "m USD", status,
             "preliminary" if row.year == "2017" else "actual", "bea-2018", RECORDED)
        )  # fmt: skip
    write(PACKS / "us/like/panels/states.csv", rows)
    entries = [
        f'[{slug(en)}]\nname = {{ en = "{en}", zh = "{zh}" }}\nrole = "comparison"\n'
        for en, zh in STATES.items()
    ]
    head = (
        "# The states, each of which `--like` may name; the others are what it is compared with.\n"
    )
    (PACKS / "us/places.toml").write_text("\n".join([head, *entries]), "utf-8")


def divisions(codes: Sequence[Mapping[str, str]]) -> list[Mapping[str, str]]:
    """The divisions of industry, in order: sections B, C and D."""
    return [one for one in codes if one["level"] == "division" and one["parent"] in "BCD"]


def national_table() -> None:
    """Write the national table's industries in the classification."""
    home, out = CASES / "harbin/tables", PACKS / "cn/folder/tables"
    codes = rows_of(CODES / "gbt4754-2017.csv")
    of = {one["old"]: one["new"] for one in rows_of(home / "china-2020_concordance.csv")}
    held: dict[str, set[str]] = {}
    for one in rows_of(CODES / "china-io153-2020_to_gbt4754-2017.csv"):
        held.setdefault(of[one["old"]], set()).add(one["new"][:2])
    industrial = {one["code"] for one in divisions(codes)}
    known = {*tomllib.loads((PACKS / "cn/folder/industries.toml").read_text("utf-8"))}
    parts = [one for one in rows_of(home / "china-2020_parts.csv") if one["industry"] in known]
    rows = [list(parts[0]), *(list(one.values()) for one in parts)]
    for one in rows_of(home / "china-2020_parts.csv"):
        if one["industry"] in ABOVE_SIZE and one["basis"] == "definition":
            for measure in ("output", "revenue"):
                changed = one | {"industry": ABOVE_SIZE[one["industry"]], "measure": measure}
                rows.append(list(changed.values()))
    for code, found in held.items():
        rows += [
            (f"division-{one}", code, "", "0", "1", "definition", "",
             "Firms above designated size in the division.")
            for one in sorted(found & industrial)
        ]  # fmt: skip
    write(out / "china-2020_parts.csv", rows)
    named = rows_of(home / "china-2020_industries.csv")
    for one in named:
        found = held.get(one["code"], set())
        single = len(found) == 1 and found <= industrial
        one["industry"] = f"division-{min(found)}" if single else ""
        one["inclusion"] = "partial" if single else ""
        one["note"] = ""
    write(out / "china-2020_industries.csv", [list(named[0]), *(list(n.values()) for n in named)])


if __name__ == "__main__":
    states(Path(sys.argv[1]))
    national_table()
