"""Sentences as they were before they were mended: put back, each is denied."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import pandas as pd
import pytest

from sentence_audit import comparison, runner
from sentence_audit.claims import Sentence
from songhua import Run

Cells = Mapping[str, Any]


def of_kind(run: Run, code: str) -> Sentence:
    """The first sentence of a kind."""
    return next(sentence for sentence in runner.sentences(run) if sentence.code == code)


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
        (other["industry"] == "all") & (other["start"] == "2019") & (other["of"] == 17)
    ].iloc[0]
    ranks = {name: float(row[name]) for name in ("rank", "rank_low", "rank_high")}
    return saying(
        tile,
        ranked=row["indicator"],
        rank_form=row["form"],
        rank_period=row["period"],
        of=17,
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
    told = of_kind(run, "brief_growth_below")
    where = {
        "indicator": told.params["indicator"],
        "region": told.params["place"],
        "form": "growth",
    }
    return over(told, "diagnose.peers", where, low=2.2, high=3.2)


def drag_within_rounding(run: Run) -> Sentence:
    """A part that took away from growth, though rounding leaves it above nought."""
    told = of_kind(run, "brief_contributions_drag")
    where = {"industry": told.params["other_industry"], "period": told.params["period"]}
    return over(saying(told, other_high="+0.03"), "diagnose.growth_contributions", where, high=0.03)


def largest_of_another_measure(run: Run) -> Sentence:
    """The largest by output, with a size that is revenue."""
    return saying(of_kind(run, "largest_by_measure"), industry="culture-tourism", value=1362.6)


PUT_BACK: dict[Callable[[Run], Sentence], str] = {
    rank_of_another_rate: "ranked is average_growth",
    grade_of_the_level_alone: "grade is official",
    doubts_left_out: "doubts are",
    points_within_rounding: "rounding leaves open which growth is above",
    drag_within_rounding: "the least part is below nought for certain, or not",
    largest_of_another_measure: "industry is culture-tourism",
}


@pytest.mark.parametrize("old", PUT_BACK, ids=lambda old: old.__name__)
def test_an_old_sentence_put_back_is_denied(old: Callable[[Run], Sentence], harbin: Run) -> None:
    assert any(line.startswith(PUT_BACK[old]) for line in runner.denials(old(harbin)))


def test_words_of_all_industries_are_denied_where_some_went_the_other_way(
    washington: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = of_kind(washington, "brief_own_ahead")
    assert runner.denials(told) == []
    old = {"brief_own_ahead": "its industries grew faster than the same industries in {reference}."}
    zh = {
        "brief_own_ahead": "本地竞争力贡献 {regional} {unit}：各产业增长快于{reference}的同类产业。"
    }
    monkeypatch.setattr(comparison, "templates", lambda: {"en": old, "zh": zh})
    assert len(runner.denials(told)) == 2
