"""Numbers, periods and findings as people write them, in both languages."""

from __future__ import annotations

import math
import re
from importlib.resources import files
from pathlib import Path

import pytest

from songhua import Run, messages
from songhua.format.numbers import bare, ends, places, show, span
from songhua.format.sentences import sentence
from songhua.labels import parse_period
from songhua.studies.claims.finding_kinds import ClaimInconsistent
from songhua.studies.diagnose.finding_kinds import LargestByMeasure
from songhua.wording import periods


@pytest.mark.parametrize(
    ("value", "unit", "bound", "en", "zh"),
    [
        (5183.8, "100m CNY", 0.05, "518.38 billion yuan", "5183.8亿元"),
        (621.37, "bn CNY", 0.005, "621.37 billion yuan", "6213.7亿元"),
        (773.0, "100m CNY", 0.5, "77.3 billion yuan", "773亿元"),
        (5.3, "m CNY", 0.05, "5.3 million yuan", "530万元"),
        (1.02, "tn CNY", 0.005, "1.02 trillion yuan", "10200亿元"),
        (1180.0, "count", 0, "1,180", "1180"),
        (948.5, "10k persons", 0.05, "9.485 million people", "948.5万人"),
        (3.28, "places per 1000 persons", 0.005, "3.28 places per 1,000 people", "3.28个托位/千人"),
        (54570.0, "CNY per persons", 0.5, "54,570 yuan per person", "54570元/人"),
        (0.6, "%", 0.05, "0.6%", "0.6%"),
        (-0.2676, "pp", 0.0337, "−0.27 percentage points", "−0.27个百分点"),
        (10.5, "bn EUR", 0.05, "10.5 billion euros", "105亿欧元"),
    ],
)
def test_a_figure_in_both_languages(
    value: float, unit: str, bound: float, en: str, zh: str
) -> None:
    low, high = value - bound, value + bound
    assert show(value, unit, "en", low, high) == en
    assert show(value, unit, "zh", low, high) == zh


def test_printed_decimals_are_kept_and_computed_ones_are_not_invented() -> None:
    assert show(10.0, "%", "en", 9.95, 10.05) == "10.0%"
    assert show(10.0, "%", "en", 9.5, 10.5) == "10%"
    assert bare(7.227694773, "%", "en", 7.225253, 7.230137) == "7.23"
    assert bare(84.333, "%", "en", 75.98, 94.21) == "84"
    assert places(48.38983051, 48.38983051, 48.38983051, ratio=True) == 2


def test_missing_is_a_dash_and_never_zero() -> None:
    assert show(math.nan, "%", "en") == show(None, "%", "zh") == "–"
    assert span(None, math.nan, "%", "en") == "–"
    assert show(-0.0, "%", "en") == "0%"


def test_ends_have_the_decimals_that_they_need() -> None:
    assert ends(0.6, 0.55, 0.65, "%", "en") == "0.55 to 0.65"
    assert ends(5183.8, 5183.75, 5183.85, "100m CNY", "zh") == "5183.75至5183.85"
    assert span(811, 816, "count", "zh") == "811至816"
    assert span(-math.inf, 62, "%", "en") == "at most 62%"


@pytest.mark.parametrize(
    ("text", "en", "zh"),
    [
        ("2020", "2020", "2020年"),
        ("2014-H1", "H1 2014", "2014年上半年"),
        ("2020-Q3", "Q3 2020", "2020年三季度"),
        ("2020-12", "Dec 2020", "2020年12月"),
        ("2021-03-09", "9 Mar 2021", "2021年3月9日"),
        ("2024-01..2024-08", "Jan–Aug 2024", "2024年1-8月"),
        ("2016..2022", "2016–2022", "2016—2022年"),
        ("2020-05..2021-12", "May 2020 to Dec 2021", "2020年5月至2021年12月"),
        ("2027..", "from 2027", "2027年起"),
        ("2024/25", "2024/25 season", "2024/25年度"),
        ("plan:2021..2025", "2021–2025 plan", "2021—2025年规划期"),
        ("", "", ""),
    ],
)
def test_a_period_in_both_languages(text: str, en: str, zh: str) -> None:
    assert periods.period(text, "en") == en
    assert periods.period(text, "zh") == zh


def test_every_finding_is_a_whole_sentence_in_both_languages(harbin: Run) -> None:
    for result in harbin.results.values():
        for found in result.findings:
            for lang in messages.LANGUAGES:
                said = sentence(found, harbin.region, lang)
                assert not re.search(r"[{}]|\bnan\b|np\.|  ", said), said
                assert not re.search(r"\d\.\d{5}", said), said


def test_a_finding_names_things_and_scales_money(harbin: Run) -> None:
    found = LargestByMeasure(
        measure="output", industry="green-agri-processing", period=parse_period("2020"),
        value=1019.5, unit="100m CNY", n=2, core=8,
    )  # fmt: skip
    assert "101.95 billion yuan in 2020" in sentence(found, harbin.region, "en")
    zh = sentence(found, harbin.region, "zh")
    assert "绿色农产品精深加工" in zh
    assert "1019.5亿元" in zh


def test_names_keep_their_own_spaces_in_a_chinese_sentence(harbin: Run) -> None:
    source = next(id for id, s in harbin.region.sources.items() if "六次会议 政府" in s["title"])
    claim = next(iter(harbin.region.claims))
    found = ClaimInconsistent(claim=claim, source=source, unit="%", left="1..2", right="3")
    said = sentence(found, harbin.region, "zh")
    assert "六次会议 政府" in said
    assert "1至2%" in said


def test_every_word_that_the_report_asks_for_stands_in_both_catalogues() -> None:
    parts = [Path(str(files(f"songhua.{name}"))) for name in ("document", "format", "render")]
    text = "\n".join(
        file.read_text("utf-8")
        for part in parts
        for file in sorted(part.rglob("*"))
        if file.suffix in (".py", ".html") and file.name not in ("words.py", "periods.py")
    )
    asked = set(re.findall(r'\bsay\(\s*"([a-z_]+)"', text))
    assert len(asked) > 40
    for lang in messages.LANGUAGES:
        assert asked <= messages.catalogue(lang)["report"].keys()
    one, two = (messages.catalogue(lang) for lang in messages.LANGUAGES)
    for section in ("report", "columns", "periods"):
        assert one[section].keys() == two[section].keys()
