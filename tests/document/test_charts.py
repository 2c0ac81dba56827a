"""Charts: letters that can be read on a page and on a phone, and what the peers' chart says."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from typing import Any

import pytest
from fontTools.ttLib import TTFont

from songhua import Run
from songhua.document.charts import contributions, standing
from songhua.document.studies.growth import base_contributions, yearly_contributions
from songhua.format.view import View
from songhua.labels import parse_period
from songhua.render.charts.drawing import COLUMN_MOST, PHONE_MOST, svg
from songhua.render.font import _place, ruler
from songhua.studies.diagnose.peer_figures import PeerFigure

LEAST = 11.0
#: How much a page and a phone leave a chart, in pixels; a broad one has the page to itself.
ROOM = {"plot": float(COLUMN_MOST), "plot broad": 1000.0, "narrow": float(PHONE_MOST)}
MOST = 1_600_000


def _svgs(page: str) -> list[tuple[str, float, list[float]]]:
    """The look, the width and the sizes of the letters of each chart."""
    found = re.findall(r'<svg class="([\w ]+)"[^>]*? width="([\d.]+)"(.*?)</svg>', page, re.DOTALL)
    return [
        (look, float(wide), [float(one) for one in re.findall(r'font-size="([\d.]+)px"', body)])
        for look, wide, body in found if look in ROOM
    ]  # fmt: skip


def test_the_ruler_has_a_colour_and_a_width_for_every_letter() -> None:
    font: Any = TTFont(io.BytesIO(ruler("Ruler")))
    whole: Any
    with TTFont(_place(), lazy=True) as whole:
        wide = {code: whole["hmtx"][glyph][0] for code, glyph in whole.getBestCmap().items()}
    glyphs = font.getBestCmap()
    assert {code: font["hmtx"][glyph][0] for code, glyph in glyphs.items()} == wide
    assert set(glyphs.values()) <= set(font["COLR"].ColorLayers)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_no_letter_of_a_chart_is_too_small_on_a_page_or_a_phone(
    books: dict[str, dict[str, str]], lang: str
) -> None:
    looks: set[str] = set()
    for page in books[lang].values():
        for look, wide, sizes in _svgs(page):
            looks.add(look)
            assert min(sizes) * min(1.0, ROOM[look] / wide) >= LEAST
            assert wide <= ROOM[look]
    assert looks == set(ROOM)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_chart_is_drawn_for_a_phone_too_under_the_same_name(
    books: dict[str, dict[str, str]], lang: str
) -> None:
    for page in books[lang].values():
        assert len(page.encode()) < MOST
        named = re.findall(r'<svg class="(plot|narrow)[^>]*aria-labelledby="([^"]+)"', page)
        wide, slim = ([name for look, name in named if look == one] for one in ("plot", "narrow"))
        assert wide == slim
        # it is seen by style alone: where there is none, a chart stands once
        assert page.count('<svg class="narrow" display="none"') == len(slim)


def test_a_rank_counts_from_the_good_end(harbin: Run) -> None:
    view = View.of(harbin, "en")
    shown = standing.standings(view, view.rows("diagnose", "peers", PeerFigure))
    by_name = {(one.region.indicator, one.region.form): one for one in shown}
    carbon = by_name["city_co2", "level"]  # less is better
    values = [row.value.value for row in carbon.rows]
    assert carbon.best.value.value == min(values)
    assert carbon.rank_low == 1 + sum(value < carbon.region.value.value for value in values)
    product = by_name["city_product", "level"]
    assert product.best.value.value == max(row.value.value for row in product.rows)
    assert product.rank_low == product.region.rank.low
    assert (product.share(product.best), min(map(product.share, product.rows))) == (100.0, 0.0)
    places = {row.region for one in shown for row in one.rows}
    assert places <= {"harbin", *harbin.region.places_of("comparison")}
    shares = [one.share(one.region) for one in shown]
    assert shares == sorted(shares)
    assert not {"city_people", "birth_rate"} & {
        one.region.indicator for one in shown
    }  # no good end


def test_contributions_over_years_have_a_bar_a_period_and_the_published_growth(
    harbin: Run,
) -> None:
    view = View.of(harbin, "en")
    total, parts = base_contributions(view)
    assert total is not None
    assert (
        contributions.over_years(view, [(total, parts)]) is None
    )  # one period has a chart of its own
    before = [replace(row, period=parse_period("2019")) for row in (total, *parts)]
    chart = contributions.over_years(view, [(before[0], before[1:]), (total, parts)])
    assert chart is not None
    for drawn in svg(chart).split("</svg>")[:2]:
        texts = re.findall(r"<text[^>]*>([^<]*)</text>", drawn)
        assert {"2019", "2020", "Primary sector", "percentage points"} <= set(texts)
    assert "2019 Tertiary sector −0.27" in chart.description
    held = yearly_contributions(view, total)
    assert [(str(one.period), len(rows)) for one, rows in held] == [("2020", 3)]
