"""The case of Harbin: every collected row is in the folder or left out with a reason.

The totals and grades in its README are counted anew, and the traps that it names are tested.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from fractions import Fraction
from functools import cache
from typing import Any

import pandas as pd
import pytest

import songhua
from shared import SHARED
from songhua.labels import parse_unit
from songhua.region import AHEAD, Region

COLLECTED = SHARED / "domain"
#: The names of units in the collections, with the word before a number in parentheses.
UNITS = {
    "100m jin": "100m catties", "bn jin": "bn catties", "per mille": "‰", "ratio": "x",
    "10k tonnes": "10k t", "10k CNY": "10k CNY", "rank": "count", "percentage points": "pp",
}  # fmt: skip


@cache
def region() -> Region:
    return songhua.open(songhua.example("harbin")).region


@cache
def track() -> pd.DataFrame:
    return (
        songhua.open(songhua.example("harbin")).run("track").tables["targets"].set_index("target")
    )


@cache
def verdicts() -> dict[str, str]:
    frame = songhua.open(songhua.example("harbin")).run("claims").tables["claims"]
    return dict(zip(frame["claim"], frame["verdict"], strict=True))


def collected(name: str) -> list[dict[str, str]]:
    with (COLLECTED / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def held_by_address() -> dict[str, list[Any]]:
    """The figures of each address."""
    found: dict[str, list[Any]] = {}
    sources = region().sources
    for row in region().figures.observations.frame.itertuples():
        found.setdefault(str(sources[str(row.source)]["address"] or ""), []).append(row)
    return found


def same_value(given: dict[str, str], row: Any) -> bool:
    """True where a figure is the printed one: digits (or amount), year, and scale of its unit."""
    years = [] if given["period"].startswith("after") else re.findall(r"\d{4}", given["period"])
    if years and not any(year in str(row.period) for year in years):
        return False
    text, mine = given["unit"].partition("(")[0].strip(), parse_unit(str(row.unit))
    try:
        unit = parse_unit(UNITS.get(text, text))
    except songhua.SonghuaError:
        return str(row.value) == given["value"]
    if unit.dimension != mine.dimension:
        return str(row.value) == given["value"]
    amount = Fraction(str(row.value)) * mine.factor
    return amount == Fraction(given["value"]) * unit.factor


def left_out(given: dict[str, str]) -> bool:
    """True if a reason is given for the absence of a source's row."""
    sources = region().sources
    return any(
        sources[str(row.source)]["address"] == given["source_url"]
        and given["value"] in re.findall(r"[\d./]+", str(row.what))
        and row.reason_en and row.reason_zh
        for row in region().left_out.itertuples()
    )  # fmt: skip


@pytest.mark.shared("../domain")
@pytest.mark.parametrize(
    ("name", "rows"), [("harbin_observations.csv", 518), ("harbin_more.csv", 342)]
)
def test_every_collected_row_is_there_or_left_out_with_a_reason(name: str, rows: int) -> None:
    given = collected(name)
    assert len(given) == rows
    held = held_by_address()
    lost = []
    for row in given:
        mine = held.get(row["source_url"], [])
        found = next((at for at, one in enumerate(mine) if same_value(row, one)), None)
        if found is not None:
            del mine[found]  # a figure stands for one row
        elif not left_out(row):
            lost.append((row["indicator"], row["period"], row["value"], row["source_url"]))
    assert not lost


def counts() -> dict[str, int]:
    """The numbers of the README on the folder, counted anew."""
    rows, sources = region().figures.observations.frame, region().sources
    graded = Counter(str(one["grade"]) for one in sources.values())
    undated = {id for id, one in sources.items() if not one["published"]}
    targets = track()
    return {
        "figures": len(rows), "themes": rows["file"].nunique(), "sources": rows["source"].nunique(),
        "claims": len(region().claims), "targets": len(targets),
        "known": int(targets["latest"].notna().sum()),
        "ended": int((targets["outcome"] != "open").sum()),
        "undated": len(undated & set(rows["source"])),
        "undated_rows": int(rows["source"].isin(undated).sum()),
        **graded,
    }  # fmt: skip


def test_the_totals_and_grades_of_the_readme_are_those_of_the_folder() -> None:
    """Both languages of the case's README, and the project's own."""
    said = (songhua.example("harbin") / "README.md").read_text(encoding="utf-8")
    english, chinese = said.split("# 哈尔滨")
    plain = " ".join(english.split())
    for text, form in (
        (plain, "{figures} figures in {themes} themes, 1996 to 2030, from {sources} sources"),
        (plain, "{claims} printed sentences"),
        (plain, "{targets} targets of several plans"),
        (plain, "Of {targets} targets {known} have a figure"),
        (plain, "official {official}, press {press}, repost {repost}, weak {weak}"),
        (plain, "{undated} sources have none, and their {undated_rows} rows"),
        (chinese, "{themes} 个主题、{figures} 条数字，1996—2030 年，来自 {sources} 个来源"),
        (chinese, "{claims} 条公开表述"),
        (chinese, "{targets} 项目标中只有 {known} 项有数据，其中 {ended} 项有期末数据"),
        (chinese, "official {official}、press {press}、repost {repost}、weak {weak}"),
        (chinese, "共 {undated} 个来源无日期，其 {undated_rows} 条数据"),
    ):
        assert form.format(**counts()) in text


def test_a_projection_is_no_actual() -> None:
    """Projections of a paid release, and product printed before its year was over."""
    rows = region().figures.observations.frame
    projected = rows["indicator"].isin(["gdp", "scale_to_gdp"]) & (rows["period"] == "2024")
    early = rows["source"].isin(["dbw-2010-08", "dbw-2008-12", "dizo-2018"])
    for some in (rows[projected & (rows["source"] == "globenewswire-2025")], rows[early]):
        assert len(some) >= 2
        assert set(some["kind"]) <= set(AHEAD)
    assert region().figure("gdp", "2024") is None
    assert region().figure("gdp", "2010") is None


def test_one_page_prints_two_values_and_both_are_kept() -> None:
    rows = region().find(
        indicator="industry_value_added_growth", industry="pillar-equipment", period="2022"
    )
    twice = rows[rows["source"] == "hrbdaily-2023-equipment"]
    assert sorted(twice["value"].astype(str)) == ["-3.4", "-4.3"]
    assert verdicts()["equipment-2022-twice"] == "inconsistent"


def test_the_traps_are_kept_apart() -> None:
    people = region().series("permanent_population")
    assert set(people["period"].astype(str)) == {
        "2020",
        "2021",
        "2025",
    }  # not those before the census
    assert {"2018", "2019"} == set(
        region().series("permanent_population", vintage="before-census-2020")["period"].astype(str)
    )
    income = set(region().series("rural_income")["period"].astype(str))
    assert "2003" not in income
    assert "2012" in income
    medicine = region().series("output", industry="pillar-pharmaceutical")
    assert not {"1998", "2003"} & set(medicine["period"].astype(str))
    farms = {id for id, one in region().sources.items() if one["publisher"] == "bkwk.cn"}
    assert len(farms) == 4
    assert {region().grade(id) for id in farms} == {"weak"}


def test_targets_meet_what_came() -> None:
    """The plans' goals beside their outcomes; what no figure is known of stays open."""
    targets = track()
    plan = targets.loc["gdp-plan"]
    assert str(plan["latest_period"]) == "2021..2025"
    mean = ((1.055 * 1.025 * 1.031 * 1.043 * 1.046) ** (1 / 5) - 1) * 100
    assert float(str(plan["latest"])) == pytest.approx(mean, abs=1e-6)
    for id, came, goal in (
        ("airport-2025", 2465.1, 4200), ("airport-freight-2025", 14.9, 40),
        ("gdp-level-12fyp", 5751.2, 7400), ("gdp-2023", 3.1, 6), ("gdp-2024", 4.3, 6),
        ("gdp-2025-report", 4.6, 5.5), ("trade-2025", 4.1, 4.5), ("retail-2025", 4.0, 5),
    ):  # fmt: skip
        one = targets.loc[id]
        assert (one["latest"], one["goal"], one["outcome"]) == (came, goal, "not_met")
    assert str(targets.loc["gdp-2025", "outcome"]) == "met"  # about 5 %, by another page
    assert str(targets.loc["investment-2025", "outcome"]) == "open"
    missed = {id for id, verdict in verdicts().items() if verdict == "missed"}
    assert {
        "gdp-2015-goal",
        "airport-2025",
        "airport-freight-2025",
        "target-2023",
        "trade-goal-2025",
    } <= missed
    assert verdicts()["processing-early"] == "consistent"


def test_the_sentences_say_what_is_there_and_what_lacks() -> None:
    plan = songhua.open(songhua.example("harbin")).plan
    assert plan is not None
    rows = plan.seed_map.set_index("n")
    states = Counter(rows["state"].astype(str))
    assert states == {"partly": 11, "answered": 3, "later": 2}
    for row in rows[rows["state"] == "partly"].itertuples():
        assert "There: " in row.note_en
        assert "Lacking: " in row.note_en
        assert "有：" in row.note_zh
        assert "缺：" in row.note_zh
