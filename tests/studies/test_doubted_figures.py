"""A figure with a doubt carries it where it is used: beside a target, in a claim, in the brief."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

import songhua
from small import FILES
from songhua import render
from songhua.document import targets
from songhua.document.blocks import Figure
from songhua.document.charts import growth
from songhua.document.studies.brief import screen
from songhua.document.studies.claims import claim, every_line
from songhua.document.studies.growth import economy
from songhua.format.text import plain
from songhua.format.view import View
from songhua.region import Region
from songhua.region.doubts import Doubt, DoubtKind
from songhua.results import Result
from songhua.studies.claims.claim_findings import findings
from songhua.studies.claims.rows import CheckedClaim, CheckedNumber
from songhua.studies.claims.study import claims
from songhua.studies.track.brief import sentences
from songhua.studies.track.rows import TargetRow
from tracked import aim, figure, folder

WORDS = (("en", "※ see its note"), ("zh", "※ 见附注"))


@pytest.mark.parametrize("note", ["", "of the year before"])
def test_a_target_carries_the_doubt_of_its_figure(tmp_path: Path, note: str) -> None:
    figures = [figure("gdp_growth", "2021", "3.0", "%", note=note)]
    session = songhua.open(folder(tmp_path, [aim("6 % or more", "gdp_growth", "2021")], figures))
    result = session.run("track")
    (row,) = result.rows(TargetRow)
    assert row.doubts == (("noted",) if note else ())
    assert result.tables["targets"].at[0, "doubts"] == ("noted" if note else "")
    for lang, words in WORDS:
        view = View.of(result, lang)
        assert (words in plain(targets.latest(view, row))) is bool(note)
        told = view.sentence(next(sentences(result, session.region)).finding)
        assert (words in told) is bool(note)


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("note", ["", "of the year before"])
def test_a_chart_marks_a_doubtful_figure_and_explains_the_mark(
    tmp_path: Path, note: str, lang: str
) -> None:
    figures = [
        figure("gdp_growth", "2020", "2.0", "%"),
        figure("gdp_growth", "2021", "3.0", "%", note=note),
    ]
    session = songhua.open(folder(tmp_path, [], figures))
    view = View.of(session.run("diagnose"), lang)
    chart = growth.growth(view, economy(view))
    assert chart is not None
    points = (row for rows in chart.spec["datasets"].values() for row in rows if "doubt" in row)
    assert [(point["label"], point["doubt"]) for point in points] == [
        ("2.0", ""), ("3.0", "※" if note else ""),
    ]  # fmt: skip
    explained = view.say("chart_doubts")
    assert (explained in Figure("Growth", chart, "Rates.").note) is bool(note)


@pytest.mark.parametrize("note", ["", "The nation's own target."])
def test_the_first_screen_has_the_notes_of_the_targets_that_it_names(
    tmp_path: Path, note: str
) -> None:
    figures = [figure("gdp_growth", "2021", "3.0", "%")]
    target = aim("6 % or more", "gdp_growth", "2021", note=note)
    run = songhua.open(folder(tmp_path, [target], figures)).run_all()
    shown = " ".join(render.fragment(View.of(run), list(screen(View.of(run))), "text").split())
    assert "Missed: Real growth, 2021." in shown
    assert (f"Real growth, 2021: {note}" in shown) is bool(note)


def test_an_index_on_the_year_before_judges_a_target_of_growth_with_its_doubt(
    tmp_path: Path,
) -> None:
    index = (
        FILES["indicators.toml"]
        + """
[gdp_index]
name = { en = "Index of product", zh = "生产总值指数" }
unit = "%"
form = "ratio"
measure = "volume_index"
of = "gdp_growth"
definition = { en = "The year before is 100.", zh = "上年=100。" }
"""
    )
    figures = [figure("gdp_index", "2021", "103.0", "%", note="first release")]
    targets = [aim("6 % or more", "gdp_growth", "2021")]
    session = songhua.open(folder(tmp_path, targets, figures, indicators_toml=index))
    (row,) = session.run("track").rows(TargetRow)
    (id,) = session.region.figures.observations.ids
    assert (row.latest.value, row.latest.low, row.latest.high) == (3.0, 2.95, 3.05)
    assert (row.doubts, tuple(row.observations)) == (("noted",), (id,))


def checked(*kinds: DoubtKind) -> Result:
    """A claim on two figures, of which one has such doubts."""
    jobs = {"indicator": "jobs", "region": "here", "unit": "persons", "kind": "actual"}
    rows = [
        {**jobs, "id": str(year), "period": str(year), "value": "10", "source": "paper"}
        for year in (2020, 2021)
    ]
    entry = {
        "says": {"en": "More jobs.", "zh": "岗位增加。"},
        "source": "paper",
        "relation": "now > then",
        "numbers": {
            "now": {"indicator": "jobs", "region": "here", "period": "2021"},
            "then": {"indicator": "jobs", "region": "here", "period": "2020"},
        },
    }
    region = Region.of(
        "here",
        observations=pd.DataFrame(rows),
        indicators={"jobs": {"unit": "persons"}},
        sources={"paper": {"title": "Paper", "publisher": "Office", "grade": "press"}},
        claims={"more": entry},
    )
    found = {"2021": tuple(map(Doubt, kinds))}
    region = replace(region, figures=region.figures.doubted(lambda: found))
    return replace(claims(region), region=region)


def test_a_claim_and_its_number_carry_the_doubt_of_a_figure() -> None:
    result = checked(DoubtKind.NOTED, DoubtKind.REPEATED)
    (row,), numbers = result.rows(CheckedClaim), result.rows(CheckedNumber)
    assert (row.verdict, row.doubts) == ("inconsistent", ("repeated", "noted"))
    assert {number.name: number.doubts for number in numbers} == {
        "now": ("repeated", "noted"), "then": (),
    }  # fmt: skip
    wrong = list(findings([row]))[-1]
    for lang, words in (
        ("en", "※ an earlier number, printed again, see its note"),
        ("zh", "※ 沿用以前的数字、见附注"),
    ):
        view = View.of(result, lang)
        assert words in str(list(every_line(view))[-1])
        assert words in str(claim(view, row, numbers))
        assert words in view.sentence(wrong)


def test_a_claim_on_figures_without_doubt_says_nothing_of_any() -> None:
    result = checked()
    (row,) = result.rows(CheckedClaim)
    assert row.doubts == ()
    for lang in ("en", "zh"):
        assert not {"!", "！"} & set(View.of(result, lang).sentence(list(findings([row]))[-1]))
