"""Firms by law on a page: the register's section, the published counts, one firm's page."""

from __future__ import annotations

import itertools
import re
from datetime import date
from pathlib import Path

import pytest

from dom import Node, parse
from firm_facts import FACTS
from small import write
from songhua import Run, messages, render, session
from songhua.document.firm import firm as firm_page
from songhua.format import reasons, words
from songhua.format.language import Language
from songhua.format.sentences import sentence
from songhua.format.view import View
from songhua.render.html.document import page
from songhua.rules import evaluate
from songhua.store.rulebooks import load

LANGS = ("en", "zh")
DAY = "2024-06-30"
STATUSES = ("cn/sci-tech-sme", "cn/high-tech-enterprise", "cn/size-class", "cn/little-giant")
FIRM = f"""
name = "Xylo & <Sons>"
{FACTS}national_award = false
rd_institution = false
led_standard = false
registered = 2020-01-01
taxable_income = 300
tax_industry = "other"
"""


def firm_html(made: session.Firm, lang: str) -> str:
    """The page of a firm."""
    document = firm_page(made.name, made.books, made.plans, lang, made.invented)
    return page(Language(lang), document)


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return session.new(tmp_path_factory.mktemp("made") / "city", "register")


@pytest.fixture(scope="module")
def done(city: Path) -> Run:
    return session.open(city).run_all()


def _section(done: Run, lang: str) -> Node:
    page = render.report(View.of(done, lang))
    return parse(page).by_id("certify")


@pytest.mark.parametrize("lang", LANGS)
def test_every_table_and_picture_of_an_invented_register_says_so(done: Run, lang: str) -> None:
    section = _section(done, lang)
    word = {"en": "(invented)", "zh": "（虚构）"}[lang]
    mark = messages.catalogue(lang)["report"]["invented_mark"]
    captions = [node.text for tag in ("caption", "figcaption") for node in section.all(tag)]
    assert len(captions) == 7
    assert all(word in text for text in captions), captions
    pictures = list(section.all("svg"))
    assert {svg.attrs["aria-labelledby"].split()[0] for svg in pictures} == {
        "c-pipeline-t", "c-certificates-t",
    }  # fmt: skip
    for svg in pictures:
        drawn = "".join(node.text for node in svg.all("text"))
        assert mark in drawn
    for svg in section.all("svg", "plot"):
        assert word in next(svg.all("title")).text
        assert mark in next(svg.all("desc")).text
    assert sentence(done.results["certify"].findings[0], done.region, lang) in section.text


def test_no_single_firm_is_in_the_report(done: Run) -> None:
    for lang in LANGS:
        page = render.report(View.of(done, lang))
        assert re.findall(r"\bX\d{5}\b|Invented firm", page) == []


def test_counts_and_growth_stand_as_they_were_counted(done: Run) -> None:
    section, counts = _section(done, "en"), done.results["certify"].tables["counts"]
    years = counts[(counts["by"] == "year") & (counts["status"] == "cn/high-tech-enterprise")]
    shown = [row.text for row in section.all("tr") if "High-tech enterprise" in row.text]
    last = years.iloc[-1]
    ends = f"{last['low']:.0f}to{last['high']:.0f}I"
    said = f"{last['group']}{last['firms']:.0f}{ends}{last['growth']:+.1f}%"
    assert any(said in re.sub(r"\s", "", text) for text in shown)


@pytest.mark.parametrize("lang", LANGS)
def test_each_table_says_that_its_numbers_are_about_right(done: Run, lang: str) -> None:
    note = View.of(done, lang).say("counts_about_note", base=3, most=4)
    bare, text = (re.sub(r"[\s\u2060]", "", one) for one in (note, _section(done, lang).text))
    assert text.count(bare) == 7  # two charts, and tables by stage, year, district, industry, month


@pytest.mark.parametrize("lang", LANGS)
def test_without_a_register_the_published_counts_and_their_claims_stand(
    harbin: Run, pages: dict[str, str], lang: str
) -> None:
    done = harbin
    assert list(done.results["certify"].tables) == ["published"]
    odd = done.results["certify"].tables["published"].query("not follows")
    assert odd[["region", "period", "growth"]].to_numpy().tolist() == [["harbin", "2021", 260.0]]
    assert odd["counted_low"].item() == odd["counted_high"].item() == 100 * (1751 / 1180 - 1)
    section, region = parse(pages[lang]).by_id("certify"), done.region
    text = re.sub(r"\s+", " ", section.text)
    assert sentence(done.results["certify"].findings[0], region, lang) in text
    growth = {"high_tech_enterprises": "high_tech_enterprises_growth"}
    for indicator in ("high_tech_enterprises", "sci_tech_smes"):
        count = region.figure(indicator, "2020")
        assert count is not None
        assert words.show(count["number"], "count", lang) in text
        rise = region.figure(growth.get(indicator, "sci_tech_smes_growth"), "2020")
        assert rise is not None
        assert f"{rise['number']:+g}%" in text
    claims = done.results["claims"].tables["claims"].set_index("claim")
    for id in ("hightech-2020", "smes-2020", "smes-2021", "hightech-2021-260"):
        verdict = messages.choice("verdict", claims.loc[id, "verdict"], lang)
        row = next(
            row for row in section.all("tr") if done.region.claims[id]["says"](lang) in row.text
        )
        assert verdict in row.text
    assert list(section.all("svg")) == []


def test_nothing_about_firms_leaves_no_section(tmp_path: Path) -> None:
    done = session.open(write(tmp_path)).run_all()
    assert [f.params["lacks"] for f in done.skipped if f.params["study"] == "certify"] == [
        "register/enterprises.csv"
    ]
    page = render.report(View.of(done))
    assert '<section id="certify"' not in page


@pytest.fixture(scope="module")
def firm(tmp_path_factory: pytest.TempPathFactory) -> session.Firm:
    file = tmp_path_factory.mktemp("firm") / "firm.toml"
    file.write_text(FIRM, "utf-8")
    return session.firm(file, statuses=STATUSES, on=DAY)


@pytest.fixture(scope="module")
def trees(firm: session.Firm) -> dict[str, Node]:
    return {lang: parse(firm_html(firm, lang)) for lang in LANGS}


@pytest.mark.parametrize("lang", LANGS)
def test_a_firms_page_tells_every_clause_with_its_reference_and_numbers(
    firm: session.Firm, trees: dict[str, Node], lang: str
) -> None:
    tree = trees[lang]
    for id, way in firm.plans.items():
        section, book = tree.by_id(f"status-{id.replace('/', '-')}"), firm.books[id]
        rows = {row.text for row in section.all("tr")}
        for told in way.verdict.clauses.values():
            outcome = messages.choice("standing", told.outcome, lang)
            assert any(
                told.clause.ref in row and told.clause.words(lang) in row and outcome in row
                for row in rows
            ), told.clause.id
        missing = [book.facts[fact].words(lang) for fact in way.verdict.missing]
        listed = [item.text for ol in section.all("ol") for item in ol.all("li")]
        assert listed == missing
    text = re.sub(r"\s", "", tree.by_id("status-cn-sci-tech-sme").text)
    assert "100people≤500people" in text or "100人≤500人" in text
    assert "32≥60" in text
    assert "8%" in text
    assert "annualaccounts" in text


@pytest.mark.parametrize("lang", LANGS)
def test_the_cost_stands_beside_the_worth(
    firm: session.Firm, trees: dict[str, Node], lang: str
) -> None:
    way = firm.plans["cn/sci-tech-sme"]
    section = trees[lang].by_id("status-cn-sci-tech-sme")
    pair = next(node for node in section.all("dl"))
    cost = {"en": f"{way.cost * 10_000:,.0f} yuan", "zh": f"{way.cost:.0f}万元"}[lang]
    assert cost in pair.text
    assert len(list(pair.all("dd"))) == 2
    assert firm.books["cn/sci-tech-sme"].values["tax_saved"].words(lang) in pair.text
    for id, n in way.steps.items():
        row = next(row for row in section.all("tr") if way.actions[id].words(lang) in row.text)
        assert str(n) in [cell.text for cell in row.all("td")]


@pytest.mark.parametrize("lang", LANGS)
def test_a_firms_page_reads_without_eyes_or_mouse(trees: dict[str, Node], lang: str) -> None:
    tree = trees[lang]
    assert next(tree.all("html")).attrs["lang"] == {"en": "en", "zh": "zh-Hans"}[lang]
    levels = [int(n.tag[1]) for n in tree.all() if re.fullmatch(r"h[1-6]", n.tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(b <= a + 1 for a, b in itertools.pairwise(levels))
    for table in tree.all("table"):
        assert next(table.all("caption")).text.strip()
        for row in table.all("tr"):
            heads = list(row.all("th"))
            assert heads
            assert all(head.attrs["scope"] in ("col", "row") for head in heads)
    assert {n.attrs["href"] for n in tree.all("a")} <= {
        f"#{n.attrs['id']}" for n in tree.all() if "id" in n.attrs
    }
    assert not any(n.tag in ("link", "img") or "src" in n.attrs for n in tree.all())
    if lang == "en":
        for cell in tree.all("th"):
            if re.search("[\u4e00-\u9fff]", cell.text):
                assert next(cell.all("span")).attrs["lang"] == "zh-Hans"


def test_what_a_user_wrote_stays_text(trees: dict[str, Node]) -> None:
    assert "Xylo & <Sons>" in next(trees["en"].all("h1")).text


def test_a_version_that_is_refused_says_why(tmp_path: Path) -> None:
    (tmp_path / "firm.toml").write_text("staff = 3\n", "utf-8")
    made = session.firm(tmp_path / "firm.toml", statuses=["cn/little-giant"], on="2026-04-01")
    assert "2026-04-01" in firm_html(made, "zh")


def test_the_page_of_an_invented_firm_says_so_in_every_table(city: Path) -> None:
    made = session.firm(city, "X00007", statuses=["cn/sci-tech-sme"])
    tree = parse(firm_html(made, "en"))
    assert made.plans["cn/sci-tech-sme"].verdict.on == date(2024, 6, 30)
    captions = [node.text for node in tree.all("caption")]
    assert len(captions) >= 2
    assert all("(invented)" in text for text in captions)
    assert "(invented)" in next(tree.all("h1")).text


@pytest.mark.parametrize(
    ("name", "facts", "clause", "shown"),
    [
        ("cn/high-tech-enterprise", {"registered": "2020-01-01"}, "age", "1,642 ≥ 365"),
        ("cn/sci-tech-sme", {"rd": 3, "sales": 200}, "by_score", "0 to 100 ≥ 60"),
        ("cn/size-class", {"staff": 5, "industry": "industry"}, "large", "5 people ≥ 1,000 people"),
        ("cn/harbin-young-eagle", {"registered": "2019-05-01"}, "new_firm", "1 May 2019 ≥ 1 Jan 2019"),
        ("cn/reduced-rate", {"resident": True}, "resident_firm", ""),
        ("cn/little-giant", {"national_share": 12}, "distinctive", "12% ≥ 10%"),
    ],
)  # fmt: skip
def test_numbers_stand_in_the_units_of_the_law(
    name: str, facts: dict[str, object], clause: str, shown: str
) -> None:
    book, day = load(name), "2019-06-30" if "eagle" in name else DAY
    reason = evaluate(book, facts, day).clauses[clause].reasons[0]
    assert reasons.numbers(book, reason, "en") == shown
    for lang in LANGS:
        told = reasons.words(book, reason.text, lang)
        assert "_" not in told, told
