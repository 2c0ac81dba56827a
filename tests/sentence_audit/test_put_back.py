"""Sentences as they were before they were mended: put back, each is denied."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from itertools import chain
from typing import Any

import pandas as pd
import pytest

from sentence_audit import comparison, runner, samples
from sentence_audit.claims import Sentence
from sentence_audit.rows import WHOLE, records
from songhua import Run
from songhua.region.doubts import Doubt, DoubtKind

Cells = Mapping[str, Any]


def of_kind(run: Run, code: str) -> Sentence:
    """The first sentence of a kind."""
    return next(sentence for sentence in runner.sentences(run) if sentence.code == code)


def of_other_kind(sentence: Sentence, code: str, *without: str, **params: Any) -> Sentence:
    """The sentence as one of another kind, without some fields and with other words."""
    fields = {name: value for name, value in sentence.params.items() if name not in without}
    return replace(sentence, code=code, params={**fields, **params})


def saying(sentence: Sentence, **params: Any) -> Sentence:
    """The sentence with other words."""
    return replace(sentence, params={**sentence.params, **params})


def over(sentence: Sentence, table: str, where: Cells, **cells: Any) -> Sentence:
    """The sentence over other cells in those rows of a table."""
    frame = sentence.tables[table].copy()
    mask = pd.concat([frame[name] == cell for name, cell in where.items()], axis=1).all(axis=1)
    assert mask.any()
    for name, cell in cells.items():
        frame.loc[mask, name] = cell
    return replace(sentence, tables={**sentence.tables, table: frame})


def rank_of_another_rate(run: Run) -> Sentence:
    """The place by a growth over other years than the tile shows."""
    tile = of_kind(run, "tile_product")
    peers = tile.tables["diagnose.peers"]
    other = peers[(peers["region"] == "harbin") & (peers["form"] == "average_growth")]
    row = other[
        (other["industry"] == "all") & (other["start"] == "2019") & (other["of"] > 10)
    ].iloc[0]
    ranks = {name: float(row[name]) for name in ("rank", "rank_low", "rank_high")}
    return saying(
        tile,
        ranked=row["indicator"],
        rank_form=row["form"],
        rank_period=row["period"],
        of=int(row["of"]),
        **ranks,
    )


def grade_of_the_level_alone(run: Run) -> Sentence:
    """A better grade than that of the growth shown."""
    return saying(of_kind(run, "tile_product"), grade="official")


def doubts_left_out(run: Run) -> Sentence:
    """A tile without the doubts of its figure."""
    tile = saying(of_kind(run, "tile_innovation"), doubts="")
    heads = tile.tables["brief.headlines"].assign(doubts="")
    return replace(tile, tables={**tile.tables, "brief.headlines": heads})


def points_within_rounding(run: Run) -> Sentence:
    """Below a larger area whose growth is rounded to a whole number."""
    below = of_kind(run, "brief_growth_below")
    where = {
        "indicator": below.params["indicator"],
        "region": below.params["place"],
        "form": "growth",
    }
    low, high = below.params["growth"] - 0.3, below.params["other_growth"] + 0.5
    return over(below, "diagnose.peers", where, low=low, high=high)


def drag_within_rounding(run: Run) -> Sentence:
    """A part that took away from growth, though rounding leaves it above nought."""
    drag = of_kind(run, "brief_contributions_drag")
    where = {"industry": drag.params["other_industry"], "period": drag.params["period"]}
    return over(saying(drag, other_high="+0.03"), "diagnose.growth_contributions", where, high=0.03)


def largest_of_another_measure(run: Run) -> Sentence:
    """The largest by output, with a size that is revenue."""
    return saying(of_kind(run, "largest_by_measure"), industry="culture-tourism", value=1362.6)


def _with_level(tile: Sentence, **cells: Any) -> Sentence:
    """A tile that shows a figure of the region as its level, and no growth and no rank."""
    table = "diagnose.peers" if "form" in cells else "diagnose.figures"
    labels = {"region": tile.region.code, "industry": WHOLE, **cells}
    row = max(records(tile, table, **labels), key=lambda row: row["period"])
    columns = ("indicator", "industry", "period", "value", "low", "high", "estimate", "unit")
    growth = dict.fromkeys(("growth", "growth_low", "growth_high", "rank", "rank_low", "rank_high"))
    names = dict.fromkeys(("rate", "rate_start", "rate_period", "growth_basis", "ranked"), "")
    ids = [row["observation"]] if "observation" in row else []
    level = {**{name: row[name] for name in columns}, "of": 0, "rank_form": "", "rank_period": ""}
    return replace(saying(tile, **growth, **names, **level), observations=ids)


def bank_loans_as_investment(run: Run) -> Sentence:
    """Loans of banks in the place of investment."""
    return _with_level(of_kind(run, "tile_investment"), indicator="city_loans", form="level")


def foreign_investment_as_investment(run: Run) -> Sentence:
    """Foreign investment in the place of all investment."""
    return _with_level(of_kind(run, "tile_investment"), indicator="fdi_utilised")


def exports_as_innovation(run: Run) -> Sentence:
    """Exports of goods in the place of innovation."""
    return _with_level(of_kind(run, "tile_innovation"), indicator="exports")


def share_beside_the_rank_of_a_growth(run: Run) -> Sentence:
    """The share of an industry, with the place of the growth of its level."""
    cells = {"indicator": "city_product", "industry": "secondary", "form": "share"}
    tile = _with_level(of_kind(run, "tile_industry"), **cells)
    labels = {"region": tile.region.code, **cells, "form": "average_growth", "start": "2019"}
    (row,) = records(tile, "diagnose.peers", **labels)
    ranks = {name: row[name] for name in ("rank", "rank_low", "rank_high", "of")}
    return saying(
        tile, **ranks, ranked=row["indicator"], rank_form=row["form"], rank_period=row["period"]
    )


def growth_of_other_places(run: Run) -> Sentence:
    """The growth of the region, told as that of all cities."""
    return saying(of_kind(run, "brief_growth_below"), region="cities-product")


def figure_far_out_without_doubt(run: Run) -> Sentence:
    """A target judged by a figure that is far from its series, as if nothing were known of it."""
    missed = of_kind(run, "brief_target_missed")
    figures = missed.region.figures
    doubts = {**figures.doubts, missed.observations[0]: (Doubt(DoubtKind.SCALE),)}
    return saying(
        replace(missed, region=replace(missed.region, figures=figures.doubted(lambda: doubts))),
        doubts=[],
    )


def _likeliest(run: Run, code: str, kind: str) -> Sentence:
    """The likeliest candidates of a kind, whatever years their odds are of."""
    order = of_kind(run, "choose_no_growth")
    learnt, *_ = records(order, "choose.learnt", kind=kind)
    candidates = records(order, "choose.candidates", kind=kind)
    likelier = [row for row in candidates if row["odds"] >= row["base_rate"]]
    first, *_ = likelier = sorted(likelier, key=lambda row: -row["odds"])
    ends = ("base_rate", "odds_low", "odds_high")
    rate, left, right = (float(f"{first[name]:.2g}") for name in ends)
    return saying(
        replace(order, code=code),
        n=len(likelier),
        industries=[row["industry"] for row in likelier[:2]],
        industry=first["industry"],
        times=float(f"{first['times']:.2g}"),
        years=learnt["years"],
        period=learnt["after"],
        rate=rate,
        left=left,
        right=right,
    )


def losses_of_years_that_are_over(run: Run) -> Sentence:
    """Odds of losses, of years that are over."""
    return _likeliest(run, "brief_choose_lose", "exit")


def entries_of_years_that_are_over(run: Run) -> Sentence:
    """Odds of entries, of years that are over."""
    return _likeliest(run, "brief_choose_enter", "entry")


def contributions_of_an_earlier_year(run: Run) -> Sentence:
    """Contributions of industries to growth three years before the last that is known by industry."""
    drag = of_kind(run, "brief_contributions_drag")
    labels = {"indicator": "gdp_growth_real", "period": "2020", "region": drag.region.code}
    parts = records(drag, "diagnose.growth_contributions", **labels, verdict="")
    most, least = (pick(parts, key=lambda row: row["contribution_pp"]) for pick in (max, min))
    names = ("contribution_pp", "low", "high")
    value, low, high = (f"{most[name]:+.2f}" for name in names)
    other, other_low, other_high = (f"{least[name]:+.2f}" for name in names)
    ids = [*most["observations"].split(), *least["observations"].split()]
    return saying(
        replace(drag, observations=ids),
        basis="constant",
        period="2020",
        industry=most["industry"],
        value_pp=value,
        low_pp=low,
        high_pp=high,
        other_industry=least["industry"],
        other_pp=other,
        other_low=other_low,
        other_high=other_high,
    )


def assumptions_called_an_interval(run: Run) -> Sentence:
    """A range that assumptions make, called an interval of 90 %."""
    return saying(of_kind(run, "simulate_operation_both"), estimate="interval")


def losses_that_do_not_occur(run: Run) -> Sentence:
    """Net of three losses, of which one occurs."""
    steps = ["displaced", "crowded", "capacity"]
    return saying(of_kind(run, "brief_projects_net_both"), steps=steps)


def expectation_called_a_target(run: Run) -> Sentence:
    """An expectation of somebody, called a target that was missed."""
    return of_other_kind(of_kind(run, "expectation_otherwise_undated"), "expectation_missed")


def expectation_among_missed_targets(run: Run) -> Sentence:
    """An expectation of somebody, named with the targets that were missed."""
    missed = of_kind(run, "brief_target_missed")
    return saying(missed, other_targets=["airport-2025", *missed.params["other_targets"][:2]])


def specialisation_without_its_series(run: Run) -> Sentence:
    """Specialisations by jobs, without the series that has urban units only."""
    return saying(of_kind(run, "choose_none_exit"), indicator="")


def part_of_a_change_without_ends(run: Run) -> Sentence:
    """The part of the mix of industries, without the ends that rounding gives it."""
    return saying(of_kind(run, "brief_mix"), industry_mix_ends="")


def behind_within_rounding(run: Run) -> Sentence:
    """A residual below nought, though rounding leaves it above."""
    behind = of_kind(run, "brief_own_behind")
    where = {name: behind.params[name] for name in ("indicator", "start", "end")}
    where |= {"industry": WHOLE, "region": run.region.code}
    return over(behind, "diagnose.shift_share", where, regional_high=0.1)


def sizes_in_another_city(run: Run) -> Sentence:
    """The statistics office asked for industries of another city."""
    lacking = of_kind(run, "industries_without_size")
    return of_other_kind(lacking, "brief_ask_sizes", of=8, region="changchun")


def missing_figure_of_another_city(run: Run) -> Sentence:
    """The statistics office asked for the missing figure, of another city."""
    missing = of_kind(run, "accounts_missing_figure")
    return of_other_kind(missing, "brief_missing_figure", region="changchun")


def _asked_too(run: Run, target: str) -> Sentence:
    """Departments asked for the figures of one more target."""
    request = of_kind(run, "brief_ask_figures_unnamed")
    n, more = request.params["n"] + 1, request.params["more"] + 1
    return saying(request, n=n, more=more, targets=[target, *request.params["targets"][:2]])


def figures_of_the_nation(run: Run) -> Sentence:
    """A department asked for a figure of the whole nation."""
    return _asked_too(run, "childcare-2025-china")


def figures_of_a_plan_that_is_over(run: Run) -> Sentence:
    """A department asked for a target of an earlier plan."""
    return _asked_too(run, "jobs-12fyp")


def growth_without_prices(run: Run) -> Sentence:
    """A growth without its prices."""
    return saying(of_kind(run, "tile_investment"), growth_basis="")


def real_growth_as_nominal(run: Run) -> Sentence:
    """Real growth, shown as one at current prices."""
    return saying(of_kind(run, "tile_product"), growth_basis="current")


def contributions_without_prices(run: Run) -> Sentence:
    """Points of a growth without its prices."""
    return saying(of_kind(run, "brief_contributions_drag"), basis="")


def nominal_growth_as_real(run: Run) -> Sentence:
    """Points of a growth at current prices, called real."""
    return saying(of_kind(run, "brief_contributions_drag"), basis="constant")


def nominal_change_as_real(run: Run) -> Sentence:
    """Parts of a change at current prices, called real."""
    return saying(of_kind(run, "brief_own_behind"), basis="constant")


def growth_of_another_indicator(run: Run) -> Sentence:
    """The growth of a level, under the name of another growth."""
    return saying(of_kind(run, "tile_product"), rate="gdp_growth_nominal")


def contributions_to_another_indicator(run: Run) -> Sentence:
    """Points of the growth of the gross product, as those of revenue."""
    return saying(of_kind(run, "brief_contributions_drag"), indicator="revenue")


def growth_beside_under_another_name(run: Run) -> Sentence:
    """The growth of the region beside the province's, under the name of another growth."""
    return saying(of_kind(run, "brief_growth_below"), indicator="gdp_growth_nominal")


def _judged_as(sentence: Sentence, target: str, progress_class: str) -> Sentence:
    """A sentence over the class of a target that no figure decides."""
    cells = {"progress_class": progress_class, "missing": ""}
    return over(sentence, "track.targets", {"target": target}, **cells)


def target_on_course_by_an_old_figure(run: Run) -> Sentence:
    """A target on its course, by a figure five years old."""
    return _judged_as(of_kind(run, "brief_targets_open"), "gases-2030", "in_line")


def target_on_course_without_figure(run: Run) -> Sentence:
    """A target on its course, without any figure."""
    return _judged_as(of_kind(run, "brief_targets_open"), "income-2020", "on_schedule")


def target_behind_by_an_old_figure(run: Run) -> Sentence:
    """A target that is behind, by a figure five years old."""
    unproven = of_kind(run, "brief_target_unproven")
    fields = ("since", "required", "best", "chance")
    behind = of_other_kind(
        unproven, "brief_target_behind", *fields,
        other_targets=[], doubted_targets=[], weak_targets=[],
    )  # fmt: skip
    return _judged_as(behind, "gases-2030", "lagging")


def probably_missed_without_odds(run: Run) -> Sentence:
    """A target that is probably missed, though there are no odds of it."""
    return of_other_kind(of_kind(run, "brief_target_unproven"), "brief_target_probably_missed")


#: Old sentences over the tables of the first case, each with the beginning of what denies it.
PUT_BACK: dict[Callable[[Run], Sentence], str] = {
    rank_of_another_rate: "ranked is average_growth",
    grade_of_the_level_alone: "grade is official",
    doubts_left_out: "doubts are",
    points_within_rounding: "rounding leaves open which growth is above",
    drag_within_rounding: "the least part is below nought for certain, or not",
    largest_of_another_measure: "industry is culture-tourism",
    bank_loans_as_investment: "held: of ['loans'] in all",
    foreign_investment_as_investment: "held: of ['foreign_investment'] in all",
    exports_as_innovation: "held: of ['exports'] in all",
    share_beside_the_rank_of_a_growth: "ranked is average_growth of city_product in 2023, which",
    growth_of_other_places: "region is cities-product",
    figure_far_out_without_doubt: "doubts are ['lead', 'noted', 'scale'], and [] are shown",
    losses_of_years_that_are_over: "the odds are of years until 2020",
    contributions_of_an_earlier_year: "a later growth has parts",
    assumptions_called_an_interval: "the ends are of the kind assumption",
    losses_that_do_not_occur: "the losses of the last year are ['displaced']",
    expectation_called_a_target: "no target of it was missed",
    expectation_among_missed_targets: "the others are",
    specialisation_without_its_series: "indicator is '', and rows give 'city_jobs'",
    part_of_a_change_without_ends: "industry_mix_ends is , by the rows 40",
    behind_within_rounding: "regional is -1",
    sizes_in_another_city: "region is changchun",
    missing_figure_of_another_city: "region is changchun",
    figures_of_the_nation: "named are ['childcare-2025-china'",
    figures_of_a_plan_that_is_over: "named are ['jobs-12fyp'",
    growth_without_prices: "growth_basis is , by the rows comparable",
    real_growth_as_nominal: "growth_basis is current, by the rows constant",
    contributions_without_prices: "basis is , by the rows current",
    nominal_growth_as_real: "basis is constant, by the rows current",
    nominal_change_as_real: "basis is constant, by the rows current",
    growth_of_another_indicator: "no figure of gdp_growth_nominal is as the tile shows",
    contributions_to_another_indicator: "no such growth has parts",
    growth_beside_under_another_name: "peers have no such growth",
}
#: Old sentences over the tables of the second case.
PUT_BACK_WASHINGTON: dict[Callable[[Run], Sentence], str] = {
    entries_of_years_that_are_over: "the odds are of years until 2021",
    target_on_course_by_an_old_figure: "gases-2030 is in_line by a figure of 2021",
    target_on_course_without_figure: "income-2020 is on_schedule by a figure of ",
    target_behind_by_an_old_figure: "gases-2030 is lagging by a figure of 2021",
    probably_missed_without_odds: "the odds are nan",
}
#: Old words of kinds, each with what denies them.
OLD_WORDS: dict[str, tuple[str, str]] = {
    "brief_growth_below": (
        "{indicator} was {growth}% in {period}, {points} points below {place} ({other_growth}%).",
        "leave out region",
    ),
    "brief_projects_net_both": (
        "The plan's projects bring {value} {unit} of value added a year in {period} ({left~right: to }; {estimate}); net of {steps} {actual} {unit}.",
        "leave out n",
    ),
    "simulate_net_both": (
        "Net of displacement, crowding out and capacity, {value} {unit} ({left~right: to }; {estimate}) would remain in {period}.",
        "leave out steps",
    ),
    "simulate_operation_both": (
        "In operation ({period}) they bring {value} {unit} of value added a year (90 % interval {left~right: to }).",
        "leave out estimate",
    ),
    "brief_own_behind": (
        "Of its own the region brought {regional} {unit}{regional_ends} of the change ({indicator}, {basis}). In sum its industries grew less than those in {reference}.",
        "do not call the regional part a residual",
    ),
    "shift_share_parts": (
        "By {indicator} ({basis}) {region} changed by {change} {unit}: as {reference} {national}, industry mix {industry_mix}, and a residual {regional}.",
        "leave out regional_ends",
    ),
    "brief_contributions_drag": (
        "By industry, growth of {indicator} in {period}: {industry} contributed most, {value_pp} points; {other_industry} took from it, {other_pp} points.",
        "leave out basis",
    ),
    "choose_none_exit": (
        "By jobs none of {n:specialisation|specialisations} stood likelier to be lost than usual ({rate}%).",
        "leave out indicator",
    ),
    "brief_target_probably_missed": (
        "Probably missed: {targets}. By {seen} it came to {value} {unit} against {expected} {unit} aimed at.",
        "leave out chance",
    ),
}


@pytest.mark.parametrize("old", PUT_BACK, ids=lambda old: old.__name__)
def test_an_old_sentence_put_back_is_denied(old: Callable[[Run], Sentence], harbin: Run) -> None:
    assert any(line.startswith(PUT_BACK[old]) for line in runner.denials(old(harbin)))


@pytest.mark.parametrize("old", PUT_BACK_WASHINGTON, ids=lambda old: old.__name__)
def test_an_old_sentence_of_the_second_case_is_denied(
    old: Callable[[Run], Sentence], washington: Run
) -> None:
    beginning = PUT_BACK_WASHINGTON[old]
    assert any(line.startswith(beginning) for line in runner.denials(old(washington)))


def _put_back(monkeypatch: pytest.MonkeyPatch, code: str, **texts: str) -> None:
    """Old words of a kind in some languages, among the words of today."""
    today = comparison.templates()
    old = {lang: today[lang] | ({code: texts[lang]} if lang in texts else {}) for lang in today}
    monkeypatch.setattr(comparison, "templates", lambda: old)


def _of_case_or_sample(run: Run, code: str) -> Sentence:
    """The first sentence of a kind, of a case or, where it has none, of the samples."""
    every = chain(runner.sentences(run), samples.targets())
    return next(sentence for sentence in every if sentence.code == code)


@pytest.mark.parametrize("code", OLD_WORDS)
def test_old_words_put_back_are_denied(
    code: str, harbin: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    sentence, (text, denial) = _of_case_or_sample(harbin, code), OLD_WORDS[code]
    # names of a sample stand in no catalogue; all else that it says must hold
    assert not [
        line
        for line in runner.denials(sentence)
        if " stand in no " not in line and "in no file" not in line
    ]
    _put_back(monkeypatch, code, en=text)
    assert f"the words (en) {denial}" in runner.denials(sentence)


def test_words_of_all_industries_are_denied_where_some_went_the_other_way(
    washington: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    ahead = of_kind(washington, "brief_own_ahead")
    assert runner.denials(ahead) == []
    old = "its industries grew faster than the same industries in {reference}."
    zh = "本地竞争力贡献 {regional} {unit}：各产业增长快于{reference}的同类产业。"
    _put_back(monkeypatch, ahead.code, en=old, zh=zh)
    lines = [line for line in runner.denials(ahead) if line.startswith("industries went both ways")]
    assert len(lines) == 2
