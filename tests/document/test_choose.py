"""Choices on a page: as many marks as the odds say, the space of industries, evidence in words."""

from __future__ import annotations

import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import songhua
from close import assert_close
from songhua import Run, session
from songhua.document import choices
from songhua.document.blocks import Figure, Fold, Table, walk
from songhua.document.charts.choose import Chance, marks
from songhua.document.charts.specification import BLUE
from songhua.document.charts.spread import spread
from songhua.document.studies import of_study, sections
from songhua.format.text import plain
from songhua.format.view import View
from songhua.maths.complexity import backbone
from songhua.render.charts.drawing import svg
from songhua.results import Estimate
from songhua.studies.choose.brief import sentences


@pytest.fixture(scope="module")
def chosen() -> songhua.Result:
    """The result of choose for the second built-in case."""
    return session.open(session.example("washington")).run("choose")


@given(st.integers(2, 30), st.integers(0, 2**31))
def test_the_links_reach_every_industry_by_the_closest_pairs(count: int, seed: int) -> None:
    draws = np.random.default_rng(seed).random((count, count))
    near = (draws + draws.T) / 2
    pairs = backbone(near)
    assert pairs == sorted(set(pairs))
    group = list(range(count))
    for a, b in pairs:
        group = [group[a] if one == group[b] else one for one in group]
    assert len(set(group)) == 1
    first, second = max(
        ((a, b) for a in range(count) for b in range(a + 1, count)), key=lambda p: near[p]
    )
    assert (first, second) in pairs


def test_places_are_the_same_each_time_and_apart() -> None:
    ring = [(at, (at + 1) % 6, 0.5) for at in range(6)]
    places = spread(6, ring)
    assert_close(places, spread(6, ring))
    assert places.min() == 0.0
    assert places.max() == 1.0
    apart = np.linalg.norm(places[:, None] - places[None], axis=2) + np.eye(6)
    assert apart.min() > 0.1
    near = np.mean([apart[a, b] for a, b, _ in ring])
    far = np.mean([apart[at, (at + 3) % 6] for at in range(6)])
    assert near < far


def test_there_are_as_many_dark_marks_as_the_odds_say(harbin: Run) -> None:
    view = View.of(harbin, "en")
    rows = [
        Chance("one", Estimate(7.2, 3.0, 12.4), "1 in 14"),
        Chance("two", Estimate(0.3, 0.1, 0.9), "1 in 333"),
    ]
    chart = marks(view, rows, "c-m", "Marks")
    assert chart is not None
    page = svg(chart).split('<svg class="narrow"')[0]
    assert len(re.findall(rf'<path[^>]*fill="{BLUE}"', page)) == 7
    assert "one 1 in 14" in page


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_section_shows_each_likely_industry_with_its_evidence(
    chosen: songhua.Result, lang: str
) -> None:
    view = View.of(chosen, lang)
    made = sections()["choose"].section(view)
    assert made is not None
    likely = choices.listed(view, *choices.LISTED)
    assert likely
    folds = [one for one in walk(made.blocks) if isinstance(one, Fold)]
    assert [plain(one.summary) for one in folds] == [choices.headed(view, row) for row in likely]
    tables = {one.name for one in walk(made.blocks) if isinstance(one, Table)}
    assert {"candidates", "plan_choices", "record", "folds", "learnt"} <= tables
    assert all(one.chart for one in walk(made.blocks) if isinstance(one, Figure))
    for row in likely:
        sides = [side for side, _ in choices.evidence(view, row.industry)]
        assert sides == [side for side in choices.SIDES if side in sides]
        assert "{" not in " ".join(map(plain, choices.lines(view, row)))


def test_a_terminal_says_what_came_out_before_what_it_rests_on(chosen: songhua.Result) -> None:
    view = View.of(chosen, "en")
    texts = [plain(item) for block in of_study(view, "choose") for item in _items(block)]
    first = next(at for at, text in enumerate(texts) if "likelier to enter" in text)
    record = next(at for at, text in enumerate(texts) if text.startswith("Record of entry"))
    assert first < record
    for one in chosen.findings:
        assert texts.count(plain(view.sentence(one))) == 1


def _items(block: object) -> list:
    return list(getattr(block, "items", []))


def test_the_brief_asks_for_a_newer_panel_once_the_odds_are_of_the_past(
    chosen: songhua.Result,
) -> None:
    assert chosen.region is not None
    (one,) = sentences(chosen, chosen.region)
    sentence = View.of(chosen, "en").sentence(one.finding)
    assert "start at 2016" in sentence
