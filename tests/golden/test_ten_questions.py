"""Ten questions that a planner asks, answered from the report alone, in both languages.

Each answer is read off the page with its source and the kind of its bounds. Answers are computed
from the results where possible; answers worked out by hand are typed here as facts.
"""

from __future__ import annotations

import re

import pytest

from dom import Node
from songhua import Run
from songhua.format.labels import cited
from songhua.format.lines import plain_spaces
from songhua.format.marks import GRADES
from songhua.region import Region

LANGS = ("en", "zh")
BOUND = "±"


def _source_row(tree: Node, html_row: Node) -> str:
    """The text of the source that a row leads to."""
    link = next(a for a in html_row.all("a") if a.attrs["href"].startswith("#src-"))
    return tree.by_id(link.attrs["href"].partition("#")[2]).text


def _part(tree: Node, id: str) -> Node:
    """A section with the tables that it puts away."""
    return Node("part", inside=[tree.by_id(one) for one in (id, f"more-{id}")])


def _cited(run: Run, place: str, lang: str) -> str:
    """The words that lead to the observation in a place of the folder, and its grade's sign."""
    region = run.region
    source = region.source_of(
        next(i for i in region.figures.observations.frame["id"] if region.place_of(i) == place)
    )
    return f"{cited(region, source, lang)} {GRADES[region.grade(source)]}"


def _obs(tree: Node, region: Region, place: str) -> Node:
    """The row of the observation that stands in a place of the folder."""
    ids = region.figures.observations.frame["id"]
    return tree.by_id(f"obs-{next(id for id in ids if region.place_of(id) == place)}")


@pytest.mark.parametrize(
    ("lang", "contribution", "bounds", "word"),
    [
        ("en", "0.51", "0.49 to 0.52", "Secondary sector"),
        ("zh", "0.51", "0.49至0.52", "第二产业"),
    ],
)
def test_1_what_pulled_growth_in_2020(
    trees: dict[str, Node], harbin: Run, lang: str, contribution: str, bounds: str, word: str
) -> None:
    growth = _part(trees[lang], "growth")
    weight = {"en": "22%", "zh": "22%"}[lang]
    row = growth.row(word, weight)
    assert contribution in row
    assert f"{bounds} {BOUND}" in row
    assert _cited(harbin, "sectors.csv:10", lang) in row
    assert f"{word} {contribution}" in growth.by_id("c-contributions-d").text
    assert contribution in _chart_text(growth, "c-contributions-t")


def _chart_text(tree: Node, title: str) -> str:
    svg = next(s for s in tree.all("svg") if title in s.attrs["aria-labelledby"])
    return svg.text


@pytest.mark.parametrize("lang", LANGS)
def test_2_how_many_high_tech_firms_there_were_in_2019(trees: dict[str, Node], lang: str) -> None:
    claim = trees[lang].by_id("claim-hightech-2020")
    assert {"en": "811 to 816", "zh": "811至816"}[lang] + " " + BOUND in claim.text
    assert {"en": "press", "zh": "媒体报道"}[lang] in claim.text
    assert {"en": "not checkable", "zh": "无法核对"}[lang] in claim.text


@pytest.mark.parametrize("lang", LANGS)
def test_3_how_many_small_firms_were_listed_in_2019(trees: dict[str, Node], lang: str) -> None:
    claim = trees[lang].by_id("claim-smes-2020")
    assert {"en": "1,186", "zh": "1186"}[lang] in claim.text
    assert any(a.attrs["href"].startswith("#src-") for a in claim.all("a"))


@pytest.mark.parametrize("lang", LANGS)
def test_4_which_industry_is_the_largest(trees: dict[str, Node], harbin: Run, lang: str) -> None:
    glance = trees[lang].by_id("glance")
    for measure, industry, size in (
        ("output", "green-agri-processing", {"en": "101.95 billion yuan", "zh": "1019.5亿元"}),
        ("revenue", "culture-tourism", {"en": "136.26 billion yuan", "zh": "1362.6亿元"}),
    ):
        system = harbin.results["diagnose"].tables["system"]
        mine = system[(system["measure"] == measure) & (system["role"] != "product")]
        assert mine.loc[mine["value"].idxmax(), "industry"] == industry
        name = harbin.region.label("industries", industry, lang)
        said = [li.text for li in glance.all("li") if name in li.text and size[lang] in li.text]
        assert len(said) == 1, "a card"
        row = _part(trees[lang], "sizes").row(name, size[lang])
        assert BOUND in row
        assert re.search({"en": "press|repost", "zh": "媒体报道|转载"}[lang], row)


@pytest.mark.parametrize("lang", LANGS)
def test_5_of_which_entries_nothing_is_known(
    trees: dict[str, Node], harbin: Run, lang: str
) -> None:
    system = harbin.results["diagnose"].tables["system"]
    none = list(system.loc[system["figures"] == 0, "industry"])
    assert len(none) == 7
    assert {"finance", "modern-logistics", "deep-sea"} <= set(none)
    names = [harbin.region.label("industries", id, lang) for id in none]
    board = trees[lang].by_id("glance")
    blank = [card.text for card in board.all("li", "blank")]
    estimated = [card.text for card in board.all("li", "estimated")]
    assert all(any(name in card for card in (*blank, *estimated)) for name in names)
    said = {"en": "estimated, not published", "zh": "估计，未公布"}[lang]
    assert estimated
    assert all(said in card for card in estimated)


@pytest.mark.parametrize("lang", LANGS)
def test_6_which_product_of_2012_is_right(trees: dict[str, Node], harbin: Run, lang: str) -> None:
    first, later = {
        "en": ("455.01 billion yuan", "318.66 billion yuan"),
        "zh": ("4550.1亿元", "3186.6亿元"),
    }[lang]
    row = _part(trees[lang], "availability").row(first, later)
    assert {"en": "vintages differ", "zh": "版本不同"}[lang] in row
    assert _cited(harbin, "economy.csv:6", lang) in row
    assert _cited(harbin, "economy.csv:4", lang) in row
    claim = trees[lang].by_id("claim-vintages-2012").text
    assert {"en": "455.005 to 455.015", "zh": "4550.05至4550.15"}[lang] in claim


@pytest.mark.parametrize("lang", LANGS)
def test_7_did_growth_turn_and_was_it_better_than_expected(
    trees: dict[str, Node], lang: str
) -> None:
    turns = _part(trees[lang], "growth").row("−11.8%", "0.5%")
    assert {"en": "H1 2020", "zh": "2020年上半年"}[lang] in turns
    assert {"en": "Jan–Sep 2020", "zh": "2020年1-9月"}[lang] in turns
    said = trees[lang].by_id("growth").text
    fell = {"en": "the rest of the year together fell", "zh": "其余时段合计即为下降"}
    assert fell[lang] in said
    assert {"en": "more than 15.3%", "zh": "高于15.3%"}[lang] in said
    assert {"en": "by 0.55 to 0.72%", "zh": "下降0.55%至0.72%"}[lang] in said
    claim = trees[lang].by_id("claim-expectations-2020").text
    assert {"en": "a figure was not found", "zh": "未查到数据"}[lang] in claim


@pytest.mark.parametrize("lang", LANGS)
def test_8_which_printed_sentences_cannot_be_right(
    trees: dict[str, Node], harbin: Run, lang: str
) -> None:
    claims = harbin.results["claims"].tables["claims"]
    wrong = claims[claims["verdict"] == "inconsistent"]
    assert {"projects-53", "grain-2021", "hightech-2021-260"} <= set(wrong["claim"])
    assert len(wrong) == 7
    missed = set(claims.loc[claims["verdict"] == "missed", "claim"])
    assert missed == {
        "target-2021", "hightech-2021-expected", "gdp-2015-goal", "target-2023", "airport-2025",
        "gdp-goal-2025", "retail-goal-2025", "trade-goal-2025",
        "airport-freight-2025",
    }  # fmt: skip
    said = trees[lang].by_id("claims")
    word = {"en": "inconsistent", "zh": "不符"}[lang]
    for row in wrong.itertuples():
        item = trees[lang].by_id(f"claim-{row.claim}").text
        assert harbin.region.label("claims", str(row.claim), lang) in plain_spaces(said.text)
        assert f"≠ {word}" in item
        assert harbin.region.claims[row.claim]["says"](lang) in item


@pytest.mark.parametrize("lang", LANGS)
def test_9_may_the_size_of_the_system_be_divided_by_gross_product(
    trees: dict[str, Node], lang: str
) -> None:
    said = trees[lang].by_id("sizes").text
    assert {"en": "may not be divided by gross product", "zh": "不得除以地区生产总值"}[lang] in said
    claim = trees[lang].by_id("claim-system-not-gdp").text
    assert {"en": "621.365 to 621.375 billion yuan", "zh": "6213.65至6213.75亿元"}[lang] in claim
    assert {"en": "518.375 to 518.385 billion yuan", "zh": "5183.75至5183.85亿元"}[lang] in claim
    gross = {"en": "Gross domestic product", "zh": "地区生产总值"}[lang]
    scale = {"en": "Scale of the modern", "zh": "现代产业体系规模"}[lang]
    pairs = _part(trees[lang], "availability").row(gross, scale)
    assert "○" in pairs or "◆" in pairs


@pytest.mark.parametrize("lang", LANGS)
def test_10_how_good_and_how_recent_the_figures_are(
    trees: dict[str, Node], harbin: Run, lang: str
) -> None:
    tree = trees[lang]
    gdp = _obs(tree, harbin.region, "economy.csv:17")
    assert {"en": "518.38 billion yuan", "zh": "5183.8亿元"}[lang] in gdp.text
    assert BOUND in gdp.text
    grade = harbin.region.grade("my399-5501")
    assert grade == "press"
    assert {"en": "◆ press", "zh": "◆ 媒体报道"}[lang] in gdp.text
    assert {"en": "press", "zh": "媒体报道"}[lang] in _source_row(tree, gdp)
    stale = next(f for f in harbin.results["diagnose"].findings if f.code == "stale")
    said = tree.by_id("findings").text
    assert str(stale.params["n"]) in said
    coverage = harbin.results["diagnose"].tables["availability"]
    marked = [r for r in _part(tree, "availability").all("tr")
              if {"en": "outdated", "zh": "陈旧"}[lang] in r.text]  # fmt: skip
    assert len(marked) == int((coverage["state"] == "stale").sum())
