"""From nothing to a report as a newcomer goes: packs, one import, three targets, and no TOML."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pandas as pd
import pytest

import songhua as library
from close import assert_close
from commands import songhua
from shared import DATA
from songhua.store import packs

BULLETIN = """长春市2025年主要经济指标,,,,
指标,单位,2024年,2025年,比上年增长（%）
地区生产总值,亿元,7132.2,7500.5,5.6
第一产业增加值,亿元,460.2,480.1,4.9
第二产业增加值,亿元,2650.9,2800.2,6.1
第三产业增加值,亿元,4021.1,4220.2,5.3
规模以上工业增加值,亿元,,,7.2
固定资产投资,亿元,,,3.4
社会消费品零售总额,亿元,2010.0,2100.4,4.5
城镇居民人均可支配收入,元,45800,48000,4.8
常住人口,万人,908.72,910.19,
"""
SCRIPT, TAG = re.compile(r"(?s)<(script|style).*?</\1>"), re.compile(r"<[^>]+>")
PLAN = """“十五五”时期经济社会发展主要指标,,,,,
指标,单位,2025年,2030年,年均增速[累计],属性
地区生产总值增长,%,5.6,,5.5左右,预期性
常住人口,万人,910.19,920,,预期性
全社会研发经费投入强度,%,2.6,3.0,,预期性
"""


def begun(at: Path, *options: str) -> Path:
    done = songhua("new", at, *options)
    assert (done.code, done.err) == (0, "")
    checked = songhua("check", at)
    assert checked.code == 0
    assert "no faults" in checked.out
    return at


def imported(at: Path, name: str, text: str, source: str = "bulletin") -> str:
    file = at.parent / name
    file.write_text(text, "utf-8")
    answers = at.parent / "answers.toml"
    answers.write_text('[answers]\nentries = "leave"\n', "utf-8")
    done = songhua(
        "import", at, file, "--source", source, "--recorded", "2026-04-01", "--answers", answers
    )
    assert (done.code, done.err) == (0, "")
    return done.out


def reported(at: Path) -> str:
    """The text of the English report; there is one in Chinese too."""
    out = at.parent / "out"
    assert songhua("run", at, "--out", out).code == 0
    assert (out / "report-zh.html").stat().st_size > 10_000
    page = SCRIPT.sub("", (out / "report-en.html").read_text("utf-8"))
    return " ".join(TAG.sub(" ", page).split())


def of(table: pd.DataFrame, **labels: str) -> pd.DataFrame:
    for name, label in labels.items():
        table = table[table[name].astype(str) == label]
    return table


@pytest.fixture
def changchun(tmp_path: Path) -> Path:
    """A folder with one import of a bulletin and one of a plan's table."""
    at = begun(tmp_path / "changchun", "--country", "cn", "--like", "changchun")
    assert "22 rows" in imported(at, "bulletin.csv", BULLETIN)
    assert "3 rows" in imported(at, "plan.csv", PLAN, "plan-text")
    return at


def test_changchun_has_peers_quotients_growth_and_targets(changchun: Path) -> None:
    session = library.open(changchun)
    found = session.run("diagnose").tables
    peers = of(found["peers"], indicator="city_product", form="level", region="changchun")
    assert (peers["rank"].iloc[0], peers["of"].iloc[0]) == (14, 17)
    quotients = of(
        found["location_quotients"], indicator="city_jobs", period="2019", industry="section-d"
    )
    assert_close(float(of(quotients, region="changchun")["value"].iloc[0]), 2.54, rtol=0.002)
    growth = of(found["growth_contributions"], period="2025")
    assert {"primary", "secondary", "tertiary", "all"} <= set(growth["industry"])
    assert len(session.run("track").tables["targets"]) == 3


@pytest.mark.deep
def test_changchun_has_a_report(changchun: Path) -> None:
    report = reported(changchun)
    for words in ("location quotient", "920"):
        assert words in report


def test_a_state_from_its_pack_to_a_report(tmp_path: Path) -> None:
    at = begun(tmp_path / "or", "--country", "us", "--like", "oregon")
    found = library.open(at).run("diagnose").tables
    peers = of(found["peers"], region="oregon", industry="all")
    assert set(peers["form"]) == {"level", "average_growth"}
    assert set(peers["of"]) == {51}
    quotients = of(
        found["location_quotients"], region="oregon", industry="electronics", period="2016"
    )
    assert 5 < float(quotients["value"].iloc[0]) < 12
    said = songhua("brief", at)
    assert (said.code, "place 14 of 51" in " ".join(said.out.split())) == (0, True)


TABLE = """Sozialversicherungspflichtig Beschäftigte am Arbeitsort nach Wirtschaftszweigen (Anzahl),,,,
Wirtschaftszweig,Musterstadt,,Deutschland,
,2022,2023,2022,2023
Insgesamt,1000,1100,100000,104000
C Verarbeitendes Gewerbe,300,310,20000,20200
G,200,220,15000,15500
Baugewerbe,100,105,6000,6100
B+D+E Bergbau und Energie,10,11,1500,1500
"""


def test_a_region_from_a_table_of_jobs_alone(tmp_path: Path) -> None:
    at = begun(tmp_path / "m", "--country", "Deutschland", "--name", "Musterstadt")
    said = imported(at, "jobs.csv", TABLE)
    assert "4 figures of names that were not added were left out, the first at B8." in said
    assert "16 rows" in said
    found = library.open(at).run("diagnose").tables["location_quotients"]
    quotients = of(found, region="musterstadt", period="2023", industry="section-c")
    assert_close(float(quotients["value"].iloc[0]), (310 / 1100) / (20200 / 104000))
    assert "Musterstadt" in songhua("brief", at).out


@pytest.mark.shared("reat_germany")
def test_goettingen_from_the_published_table_alone(tmp_path: Path) -> None:
    """The quotients that were published with the table: C 0.5369, P 2.7779, Q 1.6746."""
    with (DATA / "reat_germany" / "Goettingen.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    years = range(2008, 2018)
    text = "Sozialversicherungspflichtig Beschäftigte am Arbeitsort (Anzahl)\n"
    text += "Wirtschaftszweig,Göttingen," + "," * 9 + "Deutschland" + "," * 9 + "\n"
    text += "," + ",".join(str(year) for year in [*years, *years]) + "\n"
    for row in rows:
        label = "Insgesamt" if row["WZ2008_Code"] == "A-R" else row["WZ2008_Name"]
        cells = [
            int(float(row[f"{place}{year}"])) for place in ("Goettingen", "BRD") for year in years
        ]
        text += f'"{label}",' + ",".join(map(str, cells)) + "\n"
    at = begun(tmp_path / "goettingen", "--country", "de", "--name", "Göttingen")
    assert "300 rows" in imported(at, "jobs.csv", text)
    found = of(
        library.open(at).run("diagnose").tables["location_quotients"],
        region="gottingen",
        period="2017",
    )
    for section, printed in (("c", 0.5369), ("p", 2.7779), ("q", 1.6746)):
        one = of(found, industry=f"section-{section}")["value"].iloc[0]
        assert_close(float(one), printed, rtol=0.0001)


@pytest.mark.exhaustive
@pytest.mark.parametrize("id", [one.id for one in packs.packs() if one.places])
def test_each_place_of_each_pack_has_no_fault(id: str, tmp_path: Path) -> None:
    for place in packs.places_of(packs.pack(id)):
        begun(tmp_path / place, "--country", id, "--like", place)
