"""The brief: what it chooses and how it ranks, on the cases, on jobs alone, and on nothing."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path

import pytest

import jobs_town
import small
import songhua
from close import assert_close
from dom import Node
from songhua import Result, Run, messages, render
from songhua.document.blocks import Cards
from songhua.document.studies.brief import brief as blocks
from songhua.format.text import marks, plain
from songhua.format.view import View
from songhua.labels import parse_period
from songhua.plan.delivery_vocabulary import DeliveryState, DueKind
from songhua.region import Region
from songhua.results import Estimate, Finding, read_finding
from songhua.schema.closed_lists import vocabularies
from songhua.studies.brief import headlines, rules
from songhua.studies.brief.changes import changes
from songhua.studies.brief.headlines import HeadlineRow
from songhua.studies.brief.sentence import Sentence
from songhua.studies.diagnose.system import IndustrySize
from songhua.studies.track.brief_due import falling_due
from songhua.studies.track.due_items import DueItem

LANGS = ("en", "zh")
DAY = date(2026, 6, 30)


def words(result: Result, lang: str) -> list[str]:
    """The sentences of a brief, in order."""
    view = View.of(result, lang)
    rows = result.tables["points"].itertuples()
    return [view.sentence(read_finding(row.sentence, json.loads(row.params))) for row in rows]


def of_weight(weight: str) -> Finding:
    class Weighed(Finding, weight=weight): ...

    return Weighed()


def worry(weight: str, **more: object) -> Sentence:
    return Sentence(of_weight(weight), **more)  # pyright: ignore[reportArgumentType]


def test_a_worry_weighs_severity_times_nearness_times_certainty() -> None:
    # a target of no stated nature (0.75), missed by half, 1.5 years ago, of a reposted figure
    one = worry("target_missed", extent=0.5, when=date(2024, 12, 31), grade="repost")
    weight = rules.weighed(one, DAY)
    assert_close(weight.severity, 1.0 * 0.75 * (1 + 0.5) / 2)
    assert (weight.nearness, weight.certainty) == (0.8, 0.8)
    assert_close(weight.score, 0.36)
    sure = rules.weighed(worry("stale", extent=1.0, grade="official"), DAY)
    assert_close(sure.score, 0.7)


def test_the_heaviest_come_first_and_one_of_a_kind() -> None:
    near, far = date(2026, 1, 1), date(2012, 1, 1)
    given = [
        worry("claims_inconsistent"), worry("target_missed", when=far),
        worry("target_missed", when=near), worry("stale"),
    ]  # fmt: skip
    ranked = rules.worries(given, DAY)
    assert [one.kind for one, _ in ranked] == [
        "target_missed",
        "stale",
        "claims_inconsistent",
    ]
    assert ranked[0][0].when == near


def test_steps_fill_each_slot_before_a_second_of_one() -> None:
    kinds = ("ask_figures", "ask_reports", "ask_sizes", "driver")
    given = [Sentence(of_weight(kind), extent=0.1) for kind in kinds]
    assert [one.kind for one, _ in rules.steps(given)] == [
        "ask_figures",
        "ask_sizes",
        "driver",
    ]
    given = [Sentence(of_weight(kind)) for kind in ("ask_figures", "ask_reports")]
    assert [one.kind for one, _ in rules.steps(given)] == [
        "ask_figures",
        "ask_reports",
    ]


def test_every_kind_has_a_weight_and_words() -> None:
    told = rules.rules()
    kinds = {*told.severity, *told.step_weight}
    assert kinds == {kind for slot in told.slots for kind in slot} | {*told.severity}
    for lang in LANGS:
        assert kinds == set(messages.catalogue(lang)["choices"]["brief_kind"])
    assert kinds == set(vocabularies()["brief_kind"])


@pytest.mark.parametrize("case", ["harbin", "washington"])
def test_the_points_are_ranked_and_few(case: str, request: pytest.FixtureRequest) -> None:
    run: Run = request.getfixturevalue(case)
    points = run.results["brief"].tables["points"]
    worries = points[points["part"] == "worry"]
    assert 3 <= len(worries) <= 5
    assert list(worries["score"]) == sorted(worries["score"], reverse=True)
    product = worries["severity"] * worries["nearness"] * worries["certainty"]
    assert_close(worries["score"].to_numpy(), product.to_numpy())
    assert (points["part"] == "step").sum() == 3
    assert set(points.loc[points["part"].isin(["worry", "step"]), "section"]) <= {
        section.id for section in _sections(run)
    }


def _sections(run: Run) -> list:
    from songhua.document.report import report

    return list(report(View.of(run)).blocks)


@pytest.mark.parametrize("case", ["harbin", "washington"])
def test_every_number_of_a_headline_is_one_of_another_study(
    case: str, request: pytest.FixtureRequest
) -> None:
    run: Run = request.getfixturevalue(case)
    diagnosed = run.results["diagnose"].tables
    held = {*diagnosed["figures"]["value"], *diagnosed["peers"]["value"]}
    held |= {*diagnosed["system"]["value"], *diagnosed["system"]["growth"]}
    held |= {*diagnosed["changes"]["value"]}
    heads = run.results["brief"].tables["headlines"]
    for name in ("value", "growth"):
        assert set(heads[name].dropna()) <= held
    assert set(heads["rank"].dropna()) <= {*diagnosed["peers"]["rank"]}


def test_a_whole_year_stands_before_a_first_quarter_that_is_not_much_later(harbin: Run) -> None:
    shown = harbin.results["brief"].tables["headlines"].set_index("headline").loc["investment"]
    # the folder holds 5.22 bn for the first quarter of 2022, and +2.8 % for the year 2020
    assert (shown["rate"], str(shown["rate_period"])) == ("fixed_asset_investment_growth", "2020")
    assert_close(shown["growth"], 2.8)
    assert shown["indicator"] == ""  # the level of nine months stands beside no year
    assert 5 < shown["age"] < 8


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("case", ["harbin", "washington"])
def test_no_sentence_names_an_id_or_leaves_a_gap(
    case: str, lang: str, request: pytest.FixtureRequest
) -> None:
    run: Run = request.getfixturevalue(case)
    assert run.plan is not None
    ids = {*run.plan.target_by_id, *run.region.entities, *run.region.claims, *run.region.sources}
    ids = {one for one in ids if "-" in one or "_" in one}
    for said in words(run.results["brief"], lang):
        assert not {one for one in ids if re.search(rf"(?<![\w-]){re.escape(one)}(?![\w-])", said)}
        assert not re.search(r"[{}]|\bnan\b|None|  ", said), said


@pytest.mark.parametrize("lang", LANGS)
def test_the_brief_opens_the_page_before_all_tables_and_is_not_repeated(
    pages: dict[str, str], trees: dict[str, Node], harbin: Run, lang: str
) -> None:
    page = pages[lang]
    assert page.index('<section id="brief"') < page.index("<table")
    assert page.index('<section id="brief"') == page.index("<section ")
    said = [li.text for li in trees[lang].by_id("brief").all("li")]
    others = [li.text for li in trees[lang].all("li")]
    assert len(said) == len(set(said))
    for one in words(harbin.results["brief"], lang):
        assert sum(one in text for text in others) <= 1


@pytest.mark.parametrize("case", ["harbin", "washington"])
def test_a_rank_is_that_of_a_figure_that_the_tile_shows(
    case: str, request: pytest.FixtureRequest
) -> None:
    run: Run = request.getfixturevalue(case)
    rows = run.results["brief"].rows(HeadlineRow)
    assert any(row.rank.known for row in rows) == (case == "washington")
    for row in rows:
        if row.rank.known:
            shown = {(row.indicator, row.period), (row.rate, row.rate_period)}
            assert (row.ranked, row.rank_period) in shown


def _tiles(folder: Path, lang: str = "en") -> list[str]:
    """The lines of the tiles of a folder's first screen."""
    view = View.of(songhua.open(folder).run("brief"), lang)
    cards = next(block for block in blocks(view, cited=False) if isinstance(block, Cards))
    return [" · ".join(map(plain, (c.name, c.size, *c.lines))) for c in cards.cards]


def test_a_tile_shows_its_indicator_or_nothing_and_its_doubts(tmp_path: Path) -> None:
    folder = small.write(tmp_path / "town")
    with (folder / "indicators.toml").open("a", encoding="utf-8") as file:
        for name in ("loans", "exports"):
            file.write(f'[{name}]\nname = {{ en = "{name.title()}", zh = "{name}" }}\n')
            file.write(f'unit = "bn EUR"\nform = "level"\nmeasure = "{name}"\n')
            file.write(f'definition = {{ en = "{name.title()}.", zh = "{name}" }}\n')
    with (folder / "observations/economy.csv").open("a", encoding="utf-8") as file:
        file.write("loans,rivertown,,,2021,3,bn EUR,,actual,,,paper,,2026-03-02,\n")
        file.write("exports,rivertown,,,2021,4,bn EUR,,actual,,,paper,,2026-03-02,\n")
        file.write("gdp,rivertown,,,2021,107000,bn EUR,,actual,,,paper,,2026-03-02,\n")
    product, _, investment, _, innovation = _tiles(folder)
    assert product.startswith("Gross product · 107.000 trillion euros · 2021")
    assert "scale doubtful" in product
    assert investment == "Investment · – · no figure held"
    assert innovation == "Innovation · – · no figure held"


#: A word of a tile, and how many make up twelve: two Chinese letters count as a word.
WORDS = {"en": (r"[^\W\d_][\w’–-]*", 12), "zh": (r"[\u4e00-\u9fff]", 24)}


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("case", ["harbin", "washington"])
def test_a_tile_has_twelve_words_at_most(
    case: str, lang: str, request: pytest.FixtureRequest
) -> None:
    """Doubts are not counted, nor units, the picture of the years, and what a name has in brackets."""
    view = View.of(request.getfixturevalue(case).results["brief"], lang)
    cards = next(block for block in blocks(view, cited=False) if isinstance(block, Cards))
    for card in cards.cards:
        lines = [plain(line) for line in card.lines if not marks(line)]
        tile = " · ".join([re.sub("（.*）", "", card.name), *lines])
        pattern, most = WORDS[lang]
        assert len(re.findall(pattern, tile)) <= most, tile


@pytest.mark.shared(jobs_town.NAME)
@pytest.mark.parametrize(
    ("lang", "expected"),
    [
        ("en", ("19,665 people", "Jobs · 19,665 people",
                "explains −2,795 people of the change (Jobs, no prices in it): a residual", "lies Group M: from",
                "Add figures of Product", "Add plan/targets.csv")),
        ("zh", ("19665人", "就业 · 19665人", "余−2795人（就业，实物量），为残差",
                "M 类落后金额最多", "请补充以下核心指标的数据", "请补充plan/targets.csv")),
    ],
)  # fmt: skip
def test_of_a_region_with_jobs_alone_the_nearest_is_said(
    tmp_path: Path, lang: str, expected: tuple[str, ...]
) -> None:
    result = songhua.open(jobs_town.write(tmp_path / "town")).run("brief")
    assert list(result.tables["headlines"]["held"]) == ["nearest", *["missing"] * 4]
    view = View.of(result, lang)
    text = render.fragment(view, list(blocks(view)), "text")
    said = " ".join(text.split())
    bare = said.replace(" ", "")
    for one in expected:
        assert one in said or one.replace(" ", "") in bare


def test_of_an_empty_folder_it_says_what_to_add_first() -> None:
    result = songhua.open(songhua.example("skeleton")).run("brief")
    points = result.tables["points"]
    assert set(points["part"]) == {"add"}
    first, *more = words(result, "en")
    assert first.startswith("Add observations/*.csv first: sizes, growth")
    assert [one.split(":")[0] for one in more] == [
        "Add tables.toml", "Add panels/*.csv", "Add plan/spending.csv", "Add claims.toml",
        "Add plan/targets.csv",
    ]  # fmt: skip
    assert words(result, "zh")[0].startswith("请先补充observations/*.csv：可得规模")


def test_what_was_recorded_last_and_corrected_is_new(tmp_path: Path) -> None:
    folder = small.write(tmp_path / "town")
    with (folder / "observations/economy.csv").open("a", encoding="utf-8") as file:
        file.write("gdp,rivertown,,,2020,10.8,bn EUR,,actual,,,bulletin-2020,,2026-03-02,\n")
        file.write("gdp,upland,,,2021,90,bn EUR,,actual,,,paper,,2026-03-02,\n")
    region = songhua.open(folder).region
    view = View(region=region, plan=None, results={}, lang="en")
    told = changes(region, date(2026, 3, 2))
    said = [view.sentence(one.finding) for one in told]
    assert said == [
        "Recorded last, on 2 Mar 2026: 2 figures from 2 sources, the newest of the region: "
        "Gross product, 2020, 10.8 billion euros.",
        "1 figure of the region was corrected or revised since 2 Dec 2025, the last of them "
        "Gross product, 2020: 10.8 billion euros, not 10.5.",
    ]
    later = [one.finding.code for one in changes(region, date(2026, 9, 1))]
    assert later == ["brief_recorded"]  # what changed half a year ago is no news


def test_what_falls_due_next_is_told_by_its_day() -> None:
    first, then, last = date(2026, 12, 31), date(2027, 6, 30), date(2030, 12, 31)
    items = [
        DueItem(date(2025, 12, 31), DueKind.TARGET, target="past"),
        DueItem(first, DueKind.MEASURE, measure="done", state=DeliveryState.DONE),
        DueItem(first, DueKind.TARGET, target="b"), DueItem(first, DueKind.TARGET, target="a"),
        DueItem(then, DueKind.MILESTONE, entity="base", item="open", state=DeliveryState.OPEN),
        DueItem(last, DueKind.TARGET, target="far"),
    ]  # fmt: skip
    places = {"a": "here", "b": "here", "far": "here", "past": "here"}
    here = Region.of("here")
    told = list(falling_due(items, places, here, DAY))
    assert [one.finding.code for one in told] == ["brief_due_targets", "brief_due_milestones"]
    assert told[0].finding.params == {"n": 2, "day": "2026-12-31", "targets": ["a", "b"]}
    assert told[1].finding.params == {"n": 1, "day": "2027-06-30", "projects": ["base"]}
    # the nearest day is told however far it is, another within a year alone
    far = list(falling_due(items, places, here, date(2027, 6, 30)))
    assert [one.finding.params["targets"] for one in far] == [["far"]]
    near = list(falling_due(items, places, here, date(2026, 1, 31)))
    assert [one.finding.code for one in near] == ["brief_due_targets"]
    # targets that a plan sets for other places stand apart, with whose they are
    first_of_two = list(falling_due(items, places | {"b": "land"}, here, DAY))[:2]
    assert first_of_two[0].finding.params == {"n": 1, "day": "2026-12-31", "targets": ["a"]}
    assert first_of_two[1].finding.params == {"n": 1, "day": "2026-12-31", "places": ["land"]}


WEAK = '\n[lead]\ntitle = "A page"\npublisher = "Somebody"\ngrade = "weak"\n'
OUTLAY = """
[outlay]
name = { en = "Investment", zh = "投资" }
unit = "bn EUR"
form = "level"
measure = "investment"
definition = { en = "Investment.", zh = "投资。" }
"""
LEADS = (
    "gdp,rivertown,,,2023,12.5,bn EUR,,actual,,,lead",
    "gdp_growth,rivertown,,,2023,9.0,%,,actual,,,lead",
    "outlay,rivertown,,,2023,3,bn EUR,,actual,,,lead",
)


def _product_and_investment(folder: Path, *rows: str) -> tuple[HeadlineRow, HeadlineRow]:
    """Two headlines of the small folder with figures of a weak source, and of others, added."""
    files = small.FILES
    small.write(
        folder,
        sources_toml=files["sources.toml"] + WEAK,
        indicators_toml=files["indicators.toml"] + OUTLAY,
        observations__economy_csv=files["observations/economy.csv"]
        + "".join(f"{row},,2026-03-02,\n" for row in (*LEADS, *rows)),
    )
    shown = {row.headline: row for row in songhua.open(folder).run("brief").rows(HeadlineRow)}
    return shown["product"], shown["investment"]


def test_the_growth_beside_a_level_is_of_its_measure(tmp_path: Path) -> None:
    kinds = {"high_tech_enterprises": "level", "sci_tech_smes": "level", "smes_growth": "growth"}
    entries = "".join(
        f'[{id}]\nname = {{ en = "{id.title()}", zh = "{id}" }}\nform = "{form}"\n'
        f'unit = "{"%" if form == "growth" else "count"}"\ndefinition = {{ en = "A count.", zh = "数" }}\n'
        f'measure = "{"sci_tech_smes" if form == "growth" else id}"\n'
        + ('of = "sci_tech_smes"\n' if form == "growth" else "")
        for id, form in kinds.items()
    )
    more = (
        "high_tech_enterprises,rivertown,,,2021,70,count,,actual,,,paper",
        "smes_growth,rivertown,,,2021,9,%,,actual,,,paper",
    )
    files = small.FILES
    folder = small.write(
        tmp_path / "town",
        indicators_toml=files["indicators.toml"] + entries,
        observations__economy_csv=files["observations/economy.csv"]
        + "".join(f"{row},,2026-03-02,\n" for row in more),
    )
    shown = {row.headline: row for row in songhua.open(folder).run("brief").rows(HeadlineRow)}
    assert shown["innovation"].value.value == 70
    assert not shown["innovation"].growth.known


def test_a_lead_is_a_headline_only_where_nothing_better_is_held(tmp_path: Path) -> None:
    product, investment = _product_and_investment(tmp_path / "town")
    assert (str(product.period), product.value.value, product.grade) == ("2020", 10.5, "official")
    assert (str(product.rate_period), product.growth.value) == ("2020", 2.0)
    assert (str(investment.period), investment.value.value, investment.grade) == ("2023", 3, "weak")
    better = (
        "gdp,rivertown,,,2023,12.4,bn EUR,,actual,,,paper",
        "outlay,rivertown,,,2019,2,bn EUR,,actual,,,paper",
    )
    product, investment = _product_and_investment(tmp_path / "better", *better)
    assert (str(product.period), product.value.value, product.grade) == ("2023", 12.4, "press")
    assert not product.growth.known  # that of 2023 is a lead
    assert (str(investment.period), investment.grade) == ("2019", "press")


def test_of_the_plans_industries_leads_stand_apart() -> None:
    def size(industry: str, value: float, grade: str, year: str) -> IndustrySize:
        return IndustrySize(
            "leading", industry, state="known", value=Estimate(value), period=parse_period(year),
            indicator="output", measure="output", unit="bn EUR", grade=grade,
        )  # fmt: skip

    leads = [size("ships", 9, "weak", "2023"), size("steel", 8, "weak", "2023")]
    held = [*leads, size("food", 2, "press", "2020")]
    rows = headlines._system(held, DAY), headlines._system(leads, DAY)
    assert [(row.industry, row.known, row.members, row.grade) for row in rows] == [
        ("food", 1, 3, "press"), ("ships", 2, 2, "weak"),
    ]  # fmt: skip


def test_no_rank_rests_on_leads(harbin: Run) -> None:
    """Of 2025 the growth of other cities is known from weak sources alone."""
    assert not any(row.rank.known for row in harbin.results["brief"].rows(HeadlineRow))
    peers = harbin.results["diagnose"].tables["peers"]
    peers = peers[(peers["indicator"] == "gdp_growth_real") & (peers["period"] == "2025")]
    assert {"harbin", "changchun", "shenyang"} <= {*peers["region"]}
