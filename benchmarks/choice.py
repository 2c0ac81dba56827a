"""Odds of entry and exit: what they came to on published panels, and what a back-test costs.

The record of each panel's last transition (of all regions in turn, for Australia), pooled and by
panel: area under the curve, average precision over the base rate, precision in the top tenth and
in the top three of a region, best F1, Brier score over that of the base rate, slope of
reliability; beside the start quotient alone, and random (0.5; 1; the base rate). Then all
transitions with their bands. The data are looked for beside the checkout.

Then the back-test of 7 periods beside one period from quotients to double-demeaned density, in
processor seconds of the same run.

Usage: python benchmarks/choice.py [regions] [industries]        (3,000 and 1,000, if not given)
"""

from __future__ import annotations

import sys
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
from panels import (
    CHINA,
    Pool,
    china,
    made,
    new_zealand,
    pool,
    published,
    told,
    united_kingdom,
    united_states,
    windows,
)
from shared import DATA
from songhua.maths import complexity
from songhua.maths.choice import (
    KINDS,
    SCORES,
    Definition,
    Record,
    Track,
    band_of_count,
    drift,
    tracks,
)


def line(name: str, one: Record) -> str:
    """A record in one line."""
    parts = (
        one.auc,
        one.precision / one.rate if one.rate else np.nan,
        one.top_tenth,
        one.top_three,
    )
    last = (one.best_f1, one.brier / one.brier_rate if one.brier_rate else np.nan, one.slope)
    numbers = " ".join(f"{value:6.3f}" for value in (*parts, *last))
    return f"  {name:8} {one.n:6} {one.events:5} {one.expected:7.1f} {one.rate:6.4f} {numbers}"


def heading() -> str:
    """The names of the columns."""
    return (
        "  score         n   came  stated   rate    AUC  AP/rate  tenth top 3     F1  Brier  slope"
    )


def by_panel(name: str, tracks: list[Track]) -> None:
    """Each kind's record on what was sealed."""
    for track in tracks:
        noise = "not known" if track.noise is None else f"{track.noise:.2f}"
        print(
            f"{name} {track.kind}: told by {track.scheme}, floor {track.definition.least:g}, noise {noise},"
        )
        print(
            f"  relatedness adds {track.gain.value:+.3f} (at least {track.gain.low:+.3f}, placebo {track.noise_gain:+.3f}), lasted {track.lasted:.2f}"
        )
        print(heading())
        for score in SCORES:
            print(line(score, track.record(score, track.sealed)))


def pooled(kind: str, heap: Pool) -> None:
    """The record of all panels in one heap, with intervals over regions."""
    print(f"pooled {kind}")
    print(heading())
    for score in SCORES:
        print(line(score, heap.record(score)))
    stated, start = heap.record("stated"), heap.record("start")
    auc, precision = heap.intervals("stated")
    print(
        f"  AUC {auc[0]:.3f} to {auc[1]:.3f}; precision {precision[0]:.3f} to {precision[1]:.3f}; {stated.precision / start.precision:.2f} times that of the start quotient"
    )


def panels() -> None:
    """The results of published panels."""
    found = {name: told(panel) for name, panel in published().items()}
    for name, kinds in found.items():
        by_panel(name, [*kinds.values()])
    for kind in KINDS:
        each = [kinds[kind] for kinds in found.values()]
        pooled(kind, pool(each))
        both = [(one.record("stated", one.sealed), one.record("start", one.sealed)) for one in each]
        print(
            f"  mean of panels: AUC {np.mean([a.auc for a, _ in both]):.3f}, {np.mean([a.precision / b.precision for a, b in both]):.2f} times the start quotient's precision"
        )
    cities = [told(china(2003, 2012)), told(china(2013, 2018))] if (DATA / CHINA).exists() else []
    for name, kinds in (
        {**found, "china 2003-2012": cities[0], "china 2013-2018": cities[1]}.items()
        if cities
        else found.items()
    ):
        for track in kinds.values():
            for one in track.told:
                print(
                    f"{name} {track.kind} {one.transition}: {one.events} came, {one.expected:.1f} stated, {one.low:.0f} to {one.high:.0f}{'' if one.covered else '  outside'}"
                )
    spans()
    sensitivity()
    every = windows([*found.values(), *cities])
    kinds = [track for one in (*found.values(), *cities) for track in one.values()]
    classes = [one for track in kinds for one in quarters(track)]
    print(f"{sum(classes)} of {len(classes)} quarters of transitions within theirs")
    print(
        f"{sum(one.covered for one in every)} of {len(every)} transitions within their bands of 90 %"
    )


def quarters(track: Track) -> list[bool]:
    """Calibration by odds: events of candidates at long, middling and short odds, beside their bands.

    Each transition's candidates in four classes, in which the odds stated as many events each.
    """
    covered = []
    for at, one in enumerate(track.told):
        before, rows = track.told[:at], track.cells.transition == one.transition
        chance, came = track.odds["stated"][rows], track.cells.occurred[rows]
        order = np.argsort(chance)
        classes = np.minimum(np.cumsum(chance[order]) / chance.sum() * 4, 3).astype(int)
        pairs = np.array([(old.events, old.expected) for old in before], float).reshape(-1, 2)
        learnt = drift(pairs[:, 0], pairs[:, 1])
        known = track.cells.occurred[track.cells.transition < one.transition].sum()
        for each in range(4):
            inside = order[classes == each]
            low, high = band_of_count(chance[inside].sum(), learnt, 2 / np.sqrt(max(known, 1.0)))
            covered.append(bool(low <= came[inside].sum() <= high))
    return covered


def sensitivity() -> None:
    """Other definitions, on the transitions before the last of New Zealand."""
    whole = new_zealand()
    known = whole.sealed()
    print("New Zealand by other definitions: base rate, AUC (start quotient), times its precision")
    for change in (
        {}, {"below": 0.7}, {"below": 0.9}, {"above": 1.2}, {"level": 0.8}, {"level": 0.99},
        {"floor": 100.0}, {"floor": 200.0},
    ):  # fmt: skip
        definition = replace(known.definition, **change)
        for kind, track in told(known._replace(definition=definition)).items():
            best, start = track.record("stated"), track.record("start")
            print(
                f"  {change or 'as used'} {kind}: floor {track.definition.least:g}, noise {track.noise:.2f}, {best.events} came, {best.rate:.4f}, {best.auc:.3f} ({start.auc:.3f}), {best.precision / start.precision:.2f}"
            )


def spans() -> None:
    """Odds of one to three years from the yearly panels, which no choice of the form rests on."""
    covered: list[bool] = []
    for name, panel in (("united kingdom", united_kingdom), ("united states", united_states)):
        for every in (1, 2, 3):
            for kind, track in told(panel(every)).items():
                best, start = track.record("stated"), track.record("start")
                inside = [one.covered for one in track.told]
                covered += inside
                print(
                    f"{name} {kind} of {every} years: {best.events} came, {best.expected:.0f} stated, AUC {best.auc:.3f} ({start.auc:.3f}), {best.precision / start.precision:.2f} times, slope {best.slope:.2f}, {sum(inside)} of {len(inside)} covered"
                )
    print(f"{sum(covered)} of {len(covered)} within their bands")


def cost(regions: int, industries: int) -> None:
    """Processor seconds of a back-test beside those of one period's density."""
    levels = made(np.random.default_rng(0), 7, regions, industries)
    frame = pd.DataFrame(levels[0])

    def density() -> pd.DataFrame:
        presence = complexity.presence(complexity.location_quotients(frame))
        return complexity.demeaned(complexity.density(presence, complexity.proximity(presence)))

    def whole() -> list[Record]:
        found = tracks(levels, Definition(), np.random.default_rng(1))
        return [
            one.record(score)
            for one in found.values()
            if isinstance(one, Track)
            for score in SCORES
        ]

    spent = []
    for work in (density, density, density, whole):
        begin = time.process_time()
        work()
        spent.append(time.process_time() - begin)
    one = min(spent[:3])
    print(
        f"7 periods of {regions} × {industries}: one density {one:.3f} s, the back-test {spent[3]:.2f} s, {spent[3] / one:.1f} times"
    )


if __name__ == "__main__":
    given = [int(one) for one in sys.argv[1:]]
    if all(
        (DATA / name).exists()
        for name in ("nz_urban_industry_1976_2006", "uk_itl3_industry_1998_2018")
    ):
        panels()
    cost(*(given or [3000, 1000]))
