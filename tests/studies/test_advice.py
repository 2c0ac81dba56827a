"""The brief's words on targets that no figure decides, and what it asks of whom."""

from __future__ import annotations

from pathlib import Path

import pytest

import songhua
from songhua.format.view import View
from songhua.results import Finding
from songhua.studies.track.brief import sentences
from tracked import aim, figure, folder


def said(at: Path, targets: list[str], figures: list[str], lang: str = "en") -> dict[str, str]:
    """The sentences of track in the brief, by the code of the finding."""
    session = songhua.open(folder(at, targets, figures))
    view = View.of(session.run("track"), lang)
    found: list[Finding] = [one.finding for one in sentences(session.run("track"), session.region)]
    return {finding.code: view.sentence(finding) for finding in found}


def growth(first: int, last: int, value: str, **more: str) -> list[str]:
    """Growth of each year but the last, in which it is the value."""
    rates = {year: str(5 + year % 3) for year in range(first, last)} | {last: value}
    return [figure("gdp_growth", str(year), rate, "%", **more) for year, rate in rates.items()]


PLAN = aim("年均增长5.5%", "gdp_growth", owner="Works", recorded="2026-06-30")


def test_probably_missed_follows_from_the_odds_alone(tmp_path: Path) -> None:
    poor = said(tmp_path / "a", [PLAN], growth(2008, 2023, "-6.0"))
    assert "brief_target_unproven" not in poor
    assert poor["brief_target_probably_missed"].startswith(
        "Probably missed: Real growth, 2021–2025 plan. By 2021–2023 it came to "
    )
    assert (
        "it had a chance of at most 2%; nothing held of later years decides it."
        in (poor["brief_target_probably_missed"])
    )
    even = said(tmp_path / "b", [PLAN], growth(2008, 2023, "4.0"))
    assert "brief_target_probably_missed" not in even
    assert even["brief_target_unproven"].startswith("Not known since 2023: Real growth")
    assert "From there it had a chance of " in even["brief_target_unproven"]


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("en", "Not known since 2022: Real growth, 2021–2025 plan. By 2021–2022 it came to 3% "
               "(2.95 to 3.05, rounding) against 5.5% aimed at, 22% of the way after 40% of the time; "
               "nothing held of later years decides it. The rest of the time needed 7.2% a year. The best pace "
               "known before was 3.0% a year. Responsible: Works."),
        ("zh", "2022年以后情况不明：实际增速，2021—2025年规划期。截至2021—2022年为3%（2.95至3.05，取整），"
               "目标5.5%，完成基期至目标增量的22%，序时进度40%；此后没有足以判定的数据。其余时间需年均7.2%。以往已知最好为"
               "年均3.0%。责任单位：Works。"),
    ],
)  # fmt: skip
def test_without_odds_what_is_known_is_told(tmp_path: Path, lang: str, words: str) -> None:
    figures = [figure("gdp_growth", str(year), "3.0", "%") for year in (2021, 2022)]
    assert said(tmp_path, [PLAN], figures, lang)["brief_target_unproven"] == words


def test_a_department_is_asked_for_what_is_open_and_its_own(tmp_path: Path) -> None:
    targets = [
        aim("reach 900", "firms", id="a", owner="Works", recorded="2026-06-30"),
        aim("reach 20", "gdp", "2030", id="b", owner="Works"),
        aim("reach 5", "places", id="c", owner="Health"),
        aim("reach 9000", "jobs", "2022", id="d", owner="Works"),  # over for too long
        aim("reach 80", "sales", "plan:2016..2020", id="e", owner="Works"),  # of an earlier plan
        aim("reach 20", "gdp", id="f", region="upland"),  # of a larger area
    ]
    told = said(tmp_path, targets, [])
    assert told["brief_ask_figures"] == (
        "Ask Works for the figures of 1 of the targets that cannot be judged, first of Firms, "
        "2021–2025 plan: with these, and those of the base year where that is lacking, "
        "at most 1 of 3 targets can be judged once their time is over, instead of 0."
    )
    assert told["brief_targets_open"].startswith(
        "All 3 targets of Rivertown (2021–2025 plan) cannot be judged: of 3 no figure of their time is held"
    )
    assert "Of targets of other places or plans 3 cannot be judged" in told["brief_targets_open"]


def test_nobody_is_named_once(tmp_path: Path) -> None:
    targets = [
        aim("reach 900", "firms", id="a", recorded="2026-06-30"),
        aim("6 % or more", "gdp_growth", "2021", id="b"),
    ]
    told = said(tmp_path, targets, [figure("gdp_growth", "2021", "3.0", "%")])
    assert told["brief_target_missed"] == (
        "Missed: Real growth, 2021. 3% (2.95 to 3.05, rounding) against 6% aimed at."
    )
    named = [code for code, text in told.items() if "department" in text or "esponsible" in text]
    assert named == ["brief_ask_figures_unnamed"]
