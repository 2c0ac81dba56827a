"""Figures that are too old to judge by: the verdict, the levels inferred, and odds of the past."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest

import songhua
from small import FILES
from songhua.document import odds
from songhua.document.blocks import Points
from songhua.document.verdict import beside, verdict
from songhua.format.view import View
from songhua.session import Session
from songhua.studies.track.asked_otherwise import levels
from songhua.studies.track.inferences import TargetInference
from songhua.studies.track.rows import TargetRow
from tracked import MORE, figure, folder
from tracked import aim as undated

aim = partial(undated, source="bulletin-2020")
RESEARCH = """
[research]
name = { en = "Research spending", zh = "研发经费" }
unit = "m EUR"
form = "level"
measure = "research"
basis = "current"
definition = { en = "In the period.", zh = "期内。" }

[intensity]
name = { en = "Research in gross product", zh = "研发投入强度" }
unit = "%"
form = "ratio"
of = "research"
per = "gdp"
measure = "intensity"
definition = { en = "Share.", zh = "占比。" }

[firms_growth]
name = { en = "Growth of firms", zh = "企业数增速" }
unit = "%"
form = "growth"
of = "firms"
measure = "firms"
definition = { en = "Against the year before.", zh = "比上年。" }
"""
SPENT = [figure("research", "2023", "240", "m EUR"), figure("intensity", "2023", "2.0", "%")]
PRODUCT = [figure("gdp", "2020", "10", "bn EUR"), figure("gdp", "2022", "11.3", "bn EUR")]
BEFORE = [figure("research", "2022", "226", "m EUR"), figure("intensity", "2022", "2.0", "%")]


def town(at: Path, target: str, figures: list[str], day: str) -> Session:
    more = FILES["indicators.toml"] + MORE + RESEARCH
    at.mkdir(exist_ok=True)
    return songhua.open(folder(at, [target], figures, indicators_toml=more), day)


def row_of(session: Session) -> TargetRow:
    (row,) = session.run("track").rows(TargetRow)
    return row


@pytest.mark.parametrize(
    ("day", "missing", "words"),
    [
        ("2024-12-01", "", ("lagging", "滞后")),
        ("2025-06-30", "outdated", ("not known since 2022", "2022年以后情况不明")),
        ("2026-06-30", "no_outcome", ("not known since 2022", "2022年以后情况不明")),
    ],
)
def test_a_verdict_is_as_old_as_its_figure(
    tmp_path: Path, day: str, missing: str, words: tuple[str, str]
) -> None:
    session = town(tmp_path, aim("reach 20bn EUR", "gdp"), PRODUCT, day)
    row = row_of(session)
    assert (row.missing, row.progress_class) == (missing, "no_data" if missing else "lagging")
    for lang, said in zip(("en", "zh"), words, strict=True):
        assert verdict(View.of(session.run("track"), lang), row) == said


def test_a_ratio_and_its_upper_term_give_a_newer_level(tmp_path: Path) -> None:
    target = aim("reach 20bn EUR", "gdp")
    session = town(tmp_path, target, [*PRODUCT, *BEFORE, *SPENT], "2026-01-31")
    (inferred,) = session.run("track").rows(TargetInference)
    assert (str(inferred.period), inferred.inference, inferred.agreed) == ("2023", "ratio", 1)
    # 239.5 to 240.5 m over 1.95 to 2.05 %
    value = inferred.value
    assert (value.low, value.value, value.high) == pytest.approx(
        (0.2395 / 0.0205, 12.0, 0.2405 / 0.0195)
    )
    assert len(inferred.observations) == 2
    row = row_of(session)
    assert (row.latest.value, str(row.latest_period)) == (11.3, "2022")  # no verdict rests on it
    (said,) = beside(View.of(session.run("track"), "zh"), "t")
    assert said == "由研发经费、研发投入强度推算，2023年为120亿欧元 （117至123±）；结论不依据此值"


def test_a_ratio_that_a_published_level_contradicts_gives_none(tmp_path: Path) -> None:
    other = [figure("gdp", "2020", "10", "bn EUR"), figure("gdp", "2022", "13.0", "bn EUR")]
    session = town(tmp_path, aim("reach 20bn EUR", "gdp"), [*other, *BEFORE, *SPENT], "2026-01-31")
    assert session.run("track").rows(TargetInference) == []


def test_growth_carries_a_count_from_year_to_year(tmp_path: Path) -> None:
    figures = [
        figure("firms", "2021", "500", "count"),
        figure("firms_growth", "2022", "10", "%"),
        figure("firms_growth", "2023", "-2.0", "%"),
        figure("firms_growth", "2025", "3", "%"),  # the year before it has no level
    ]
    session = town(tmp_path, aim("reach 900", "firms"), figures, "2026-06-30")
    (inferred,) = session.run("track").rows(TargetInference)
    assert (str(inferred.period), inferred.inference) == ("2023", "growth")
    assert inferred.value.value == pytest.approx(500 * 1.1 * 0.98)
    ends = (500 * 1.095 * 0.9795, 500 * 1.105 * 0.9805)
    assert (inferred.value.low, inferred.value.high) == pytest.approx(ends)


@pytest.mark.parametrize(("industry", "level"), [("food", 3.0), ("", 7.5)])
def test_a_share_and_its_whole_or_its_part_give_the_other(
    tmp_path: Path, industry: str, level: float
) -> None:
    share = """
[gdp_share]
name = { en = "Share", zh = "占比" }
unit = "%"
form = "share"
of = "gdp"
whole = "all"
measure = "value_added"
basis = "current"
definition = { en = "Share.", zh = "占比。" }
"""
    known = {"industry": "" if industry else "food"}
    figures = [
        figure("gdp_share", "2023", "40", "%", industry="food"),
        figure("gdp", "2023", "7.5" if industry else "3.0", "bn EUR", **known),
    ]
    target = aim("reach 20bn EUR", "gdp", industry=industry)
    more = FILES["indicators.toml"] + MORE + share
    at = folder(tmp_path, [target], figures, indicators_toml=more)
    (inferred,) = songhua.open(at, "2026-06-30").run("track").rows(TargetInference)
    assert (str(inferred.period), inferred.inference) == ("2023", "share")
    assert inferred.value.value == pytest.approx(level)


def test_odds_of_a_time_that_is_over_are_told_as_history(tmp_path: Path) -> None:
    figures = [
        figure("gdp_growth", str(year), str(5 + year % 3), "%") for year in range(2010, 2024)
    ]
    for day, past in (("2025-06-30", False), ("2026-06-30", True)):
        session = town(tmp_path / day, aim("年均增长5.5%", "gdp_growth"), figures, day)
        row = row_of(session)
        assert row.probability == row.probability  # there are odds, and they stay in the record
        assert row.past is past
        view = View.of(session.run("track"), "en")
        _, told = odds.lines(view, [(row, "growth")])
        assert isinstance(told, Points)
        began = "growth: The time is over, and this is how it stood with the figures up to 2023."
        assert str(told.items[0]).startswith(began) is past
        assert session.plan is not None
        assert bool(levels(session.plan, [row])) is not past
