"""The same warnings by plain loops over figures as by whole columns of numbers."""

from __future__ import annotations

import statistics
from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

import songhua
from close import assert_close
from small_town import INDUSTRIES, town
from songhua.checks.plausibility import doubts, parts, series_figures
from songhua.maths import rate_errors, scale_errors, series_gaps
from songhua.maths.series_gaps import Figures
from songhua.region import Region

BESIDE = (-1, 1, -2, 2, -3, 3, -4, 4)
Numbers = np.ndarray


def plain_numbered(*columns: Numbers) -> Numbers:
    """A number for each different combination, in the order in which they come."""
    found: dict[tuple[int, ...], int] = {}
    rows = zip(*(column.tolist() for column in columns), strict=True)
    return np.array([found.setdefault(row, len(found)) for row in rows], dtype=np.int64)


def plain_ordered(numbers: Numbers) -> Numbers:
    """Places in rising order of their numbers."""
    return np.array(sorted(range(len(numbers)), key=lambda at: int(numbers[at])), dtype=np.int64)


def plain_polished(given: Figures, scaled: Numbers) -> Numbers:
    """Steps, less the median of each group of many, summed up again."""
    number = given.series.tolist()
    within = [at for at in range(1, len(number)) if number[at] == number[at - 1]]
    step = {at: float(scaled[at] - scaled[at - 1]) for at in within}
    for group, (fewest, most) in given.alike:
        together: dict[int, list[float]] = defaultdict(list)
        for at in within:
            together[int(group[at])].append(step[at])
        for at in within:
            own = together[int(group[at])]
            if len(own) >= fewest:
                step[at] -= max(-most, min(most, statistics.median(own)))
    total, found = 0.0, []
    for at in range(len(number)):
        total += step.get(at, 0.0)
        found.append(total)
    return np.array(found)


def plain_gaps(number: Numbers, time: Numbers, scaled: Numbers) -> Numbers:
    """Each figure against the median of the four nearest, the trend taken off."""
    rows: dict[int, list[int]] = defaultdict(list)
    for at, one in enumerate(number.tolist()):
        rows[one].append(at)
    found = np.full(len(number), np.nan)
    for own in rows.values():
        pairs = pairwise(own)
        slopes = [float((scaled[b] - scaled[a]) / (time[b] - time[a])) for a, b in pairs]
        trend = statistics.median(slopes) if len(own) >= 5 else 0.0
        flat = [float(scaled[at] - trend * time[at]) for at in own]
        for place, at in enumerate(own):
            near = [flat[place + by] for by in BESIDE if 0 <= place + by < len(own)][:4]
            if near:
                found[at] = flat[place] - statistics.median(near)
    return found


def plain_oddest(number: Numbers, gap: Numbers) -> Numbers:
    """The first of the largest gaps of each series."""
    found: dict[int, int] = {}
    for at, one in enumerate(number.tolist()):
        if one not in found or abs(gap[at]) > abs(gap[found[one]]):
            found[one] = at
    return np.array([found[one] for one in sorted(found)])


def plain_across(things: parts.Things, *industries: str) -> Numbers:
    """The rows of each thing that has all of them."""
    found: dict[int, dict[str, int]] = defaultdict(dict)
    for name in industries:
        for row in things.at[things.first.get(name, 0) : things.last.get(name, 0)].tolist():
            found[int(things.thing[row])][name] = row
    whole = [[rows[name] for name in industries]
             for _, rows in sorted(found.items()) if len(rows) == len(industries)]  # fmt: skip
    return np.array(whole, dtype=np.int64).reshape(-1, len(industries))


@pytest.fixture
def by_loops(monkeypatch: pytest.MonkeyPatch) -> Callable[[Region], list[str]]:
    """The warnings of a region when all that goes by columns goes by loops."""

    def found(region: Region) -> list[str]:
        with monkeypatch.context() as patch:
            for module in (series_figures, parts):
                patch.setattr(module, "numbered", plain_numbered)
                patch.setattr(module, "ordered", plain_ordered)
            for module in (scale_errors, rate_errors):
                patch.setattr(module, "gaps", plain_gaps)
                patch.setattr(module, "polished", plain_polished)
            patch.setattr(scale_errors, "oddest", plain_oddest)
            patch.setattr(parts.Things, "across", plain_across)
            return told(region)

    return found


def told(region: Region) -> list[str]:
    """The warnings of a region, whole."""
    return [repr(one) for one in doubts(region)]


def planted(case: Region, seed: int) -> Region:
    """A case with decimal points moved in sixty observations and two hundred cells."""
    rng, moved = np.random.default_rng(seed), {}
    for name, many in (("observations", 60), ("panels", 200)):
        frame = case.figures.folders[name].frame
        at = rng.choice(len(frame), min(many, len(frame)), replace=False)
        number = frame["number"].to_numpy(dtype=float).copy()
        number[at] *= 10.0 ** rng.integers(-3, 4, len(at))
        moved[name] = frame.assign(number=number)
    return replace(case, figures=case.figures.with_rows(**moved))


@pytest.mark.parametrize("name", ["harbin", "washington"])
@pytest.mark.parametrize("seed", range(3))
def test_errors_planted_in_the_cases(name, seed, by_loops):
    case = planted(songhua.open(songhua.example(name)).region, seed)
    found = told(case)
    assert len(found) > 30
    assert found == by_loops(case)


def test_errors_planted_in_towns_with_parts_and_growth(by_loops):
    """Totals, parts, levels and rates, each tenth a power of ten off, some missing."""
    rng, codes = np.random.default_rng(1), set()
    for _ in range(60):
        rows = []
        for year, industry in ((y, i) for y in range(2012, 2020) for i in ("all", *INDUSTRIES)):
            size = {"all": 500, "primary": 60, "secondary": 140}.get(industry, 300)
            drawn = {
                "gdp": size * 1.06 ** (year - 2012), "gdp_growth": rng.normal(6, 2),
                "firms": 10 * size * 1.03 ** (year - 2012), "firms_growth": rng.normal(3, 1),
            }  # fmt: skip
            for indicator, value in drawn.items():
                value *= 10.0 ** (rng.integers(-2, 3) if rng.random() < 0.1 else 0)
                text = f"{value:.0f}" if indicator == "firms" else f"{value:.1f}"
                if rng.random() < 0.9:
                    rows.append((indicator, industry, str(year), text))
        case = town(*rows)
        found = doubts(case)
        assert [repr(one) for one in found] == by_loops(case)
        codes |= {one.code for one in found}
    assert codes >= {
        "figure_off_series", "growth_off_series", "growth_off_levels", "total_off_parts",
        "part_above_total", "growth_outside_its_parts",
    }  # fmt: skip


def test_gaps_and_steps_of_series_of_every_length():
    rng = np.random.default_rng(2)
    for _ in range(300):
        size = rng.integers(1, 14, rng.integers(1, 9))
        number = np.repeat(np.arange(len(size)), size)
        time = np.concatenate([np.sort(rng.choice(40, n, replace=False)) for n in size]).astype(
            float
        )
        scaled = rng.normal(size=len(number)).round(1)
        assert_close(series_gaps.gaps(number, time, scaled), plain_gaps(number, time, scaled))
        alike = [(rng.integers(0, 5, len(number)), (3, np.inf)),
                 (rng.integers(0, 3, len(number)), (5, 0.3))]  # fmt: skip
        given = Figures(number, time, np.abs(scaled) + 1, np.ones(len(number)), number, alike)
        assert_close(series_gaps.polished(given, scaled), plain_polished(given, scaled), atol=1e-12)
