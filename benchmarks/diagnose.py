"""Specialisation and shift-share: songhua, plain pandas, econcomplex and PySAL's inequality.

Synthetic levels of many regions, industries and years. songhua takes the whole panel in one call.
The pandas loop goes from region to region with pandas' own column arithmetic, as a script would;
it is timed on some regions of some years, and its figure is scaled up to all of them. econcomplex
and inequality take one year at a time and are skipped where they are not installed; they give no
standard errors, and songhua's Gini coefficients come with them. All results are compared before a
ratio is printed; all figures are processor seconds of one run, songhua's and the peers' the median
of three goes.

    python benchmarks/diagnose.py
    python benchmarks/diagnose.py --small
"""

from __future__ import annotations

import argparse
import importlib
import statistics
import time
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd

from songhua.maths import specialisation as sp
from songhua.maths.shift_share import dynamic_shift_share

LEAST = 20.0
FIRST = 2001


def panel(regions: int, industries: int, years: int, seed: int) -> pd.DataFrame:
    """Levels that grow at random, three in ten cells empty: (year, region) by industry."""
    rng = np.random.default_rng(seed)
    base = rng.lognormal(4, 1.5, (regions, industries)) * (rng.random((regions, industries)) < 0.7)
    base[:, 0] += 1
    steps = rng.normal(0.01, 0.05, (years, regions, industries)).cumsum(axis=0)
    labels = pd.MultiIndex.from_product(
        [range(FIRST, FIRST + years), [f"r{i}" for i in range(regions)]], names=["year", "region"]
    )
    values = (base * np.exp(steps)).reshape(-1, industries)
    return pd.DataFrame(values, index=labels, columns=[f"i{i}" for i in range(industries)])


def timed(work: Callable[[], Any], times: int = 1) -> tuple[float, Any]:
    """Processor seconds, the median of some runs, and what came out."""
    spent, found = [], None
    for _ in range(times):
        found = None
        begin = time.process_time()
        found = work()
        spent.append(time.process_time() - begin)
    return statistics.median(spent), found


def peer(name: str) -> Any:
    """A package, or None where it is not installed."""
    try:
        return importlib.import_module(name)
    except ImportError:
        return None


def same(found: Any, expected: Any, what: str) -> None:
    """Stop where two results differ by more than rounding."""
    np.testing.assert_allclose(found, expected, rtol=1e-8, atol=1e-8, err_msg=what)


def loop_shift(frame: pd.DataFrame, nation: pd.DataFrame, names: list[str]) -> pd.DataFrame:
    """Classic shift-share of some regions, year by year and region by region in pandas."""
    rows = {}
    levels = [table.droplevel(0) for _, table in frame.groupby(level=0)]
    for name in names:
        total = pd.Series(0.0, index=["national", "industry_mix", "regional"])
        for k in range(len(levels) - 1):
            b, c = levels[k].loc[name], levels[k + 1].loc[name]
            before, after = nation.iloc[k], nation.iloc[k + 1]
            every, grown = after.sum() / before.sum(), after / before
            total["national"] += (b * (every - 1)).sum()
            total["industry_mix"] += (b * (grown - every)).sum()
            total["regional"] += (c - b * grown).sum()
        rows[name] = total
    return pd.DataFrame(rows).T


LOOPS: dict[str, Callable[[pd.Series, pd.Series], Any]] = {
    "location_quotients": lambda own, nation: (own / own.sum()) / (nation / nation.sum()),
    "krugman": lambda own, nation: (own / own.sum() - nation / nation.sum()).abs().sum(),
    "herfindahl": lambda own, _: ((own / own.sum()) ** 2).sum(),
    "shannon_entropy": lambda own, _: (
        -((own / own.sum()) * np.log((own / own.sum()).where(own > 0, 1.0))).sum()
    ),
    "hachman": lambda own, nation: 1 / ((own / own.sum()) ** 2 / (nation / nation.sum())).sum(),
}


def loop_gini(e: pd.Series, x: pd.Series) -> float:
    """The locational Gini coefficient of one industry in pandas, by the Lorenz curve."""
    order = (e / x).sort_values().index
    s, p = (e / e.sum())[order].cumsum(), (x / x.sum())[order].cumsum()
    width = p.diff().fillna(p.iloc[0])
    return float(1 - (width * (s + s.shift(fill_value=0.0))).sum())


def loop_glaeser(e: pd.Series, x: pd.Series, h: float) -> float:
    """Ellison and Glaeser's gamma of one industry in pandas."""
    s, p = e / e.sum(), x / x.sum()
    free = 1 - (p**2).sum()
    return float((((s - p) ** 2).sum() - free * h) / (free * (1 - h)))


def shift(frame: pd.DataFrame, regions: int) -> float:
    """Shift-share of the whole panel beside the loop; the ratio."""
    nation = frame.groupby(level=0).sum()
    names = [f"r{i}" for i in range(regions)]
    total = len(frame.loc[FIRST])
    once, found = timed(lambda: dynamic_shift_share(frame, nation), 3)
    spent, expected = timed(lambda: loop_shift(frame, nation, names))
    same(found.loc[names], expected, "shift-share")
    loop = spent * total / regions
    print(f"{'shift_share, classic':24}{once:10.3f}{loop:12.1f}{loop / once:9.0f} x")
    for form in ("esteban", "gerfin"):
        taken, _ = timed(lambda form=form: dynamic_shift_share(frame, nation, form), 3)
        print(f"{'shift_share, ' + form:24}{taken:10.3f}")
    return loop / once


def by_region(frame: pd.DataFrame, regions: int, complexity: Any) -> list[float]:
    """Each index of regions beside the loop and econcomplex; the ratios to the loop."""
    first = pd.DataFrame(frame.loc[FIRST])
    nation, names = first.sum(), list(first.index[:regions])
    rows: dict[str, pd.Series] = {name: pd.Series(first.loc[name]) for name in names}
    theirs = {} if complexity is None else {
        "location_quotients": complexity.location_quotient,
        "krugman": complexity.krugman_index,
        "herfindahl": lambda mat: complexity.herfindahl(mat, normalize=False),
        "shannon_entropy": lambda mat: complexity.shannon_entropy(mat, base=np.e),
        "hachman": complexity.hachman_index,
    }  # fmt: skip
    ratios = []
    for name, one in LOOPS.items():
        once, found = timed(lambda name=name: getattr(sp, name)(frame), 3)
        spent, expected = timed(lambda one=one: [one(rows[n], nation) for n in names])
        same(found.loc[FIRST].loc[names], expected, name)
        loop = spent * len(frame) / regions
        line = f"{name:24}{once:10.3f}{loop:12.1f}{loop / once:9.0f} x"
        if name in theirs:
            taken, their = timed(lambda name=name: by_year(frame, theirs[name]), 3)
            same(found.loc[FIRST], their[0], name)
            line += f"{taken:14.3f}{taken / once:8.1f} x"
        print(line)
        ratios.append(loop / once)
    return ratios


def by_year(frame: pd.DataFrame, work: Callable[[pd.DataFrame], Any]) -> list[Any]:
    """The tables of a peer from each year's table, which it is handed ready."""
    return [work(table) for _, table in frame.groupby(level=0)]


def by_industry(frame: pd.DataFrame, few: int, complexity: Any, inequality: Any) -> list[float]:
    """Concentration of industries beside the loop, econcomplex and PySAL; the loop's ratios."""
    first = pd.DataFrame(frame.loc[FIRST])
    size, names = first.sum(axis=1), list(first.columns[:few])
    cells = len(frame.columns) * len(frame) / len(first)
    years = frame.index.get_level_values(0).unique()
    h = pd.Series(0.01, pd.MultiIndex.from_product([years, frame.columns]))
    ratios = []

    once, found = timed(lambda: sp.locational_gini(frame), 3)
    spent, expected = timed(lambda: [loop_gini(first[n], size) for n in names])
    same(found["gini"].loc[FIRST][names], expected, "locational_gini")
    alone = spent * cells / few
    left = list(first.index[:few])
    spent, _ = timed(lambda: [loop_gini(first[names[0]].drop(r), size.drop(r)) for r in left])
    loop = alone + spent * cells * len(first) / few
    line = f"{'locational_gini, with se':24}{once:10.3f}{loop:12.1f}{loop / once:9.0f} x"
    if complexity is not None:
        taken, their = timed(lambda: by_year(frame, complexity.hoover_gini), 3)
        same(found["gini"].loc[FIRST], their[0], "locational_gini")
        line += f"{taken:14.3f}{taken / once:8.1f} x"
    print(line)
    print(f"{'  the loop without se':24}{'':10}{alone:12.1f}{alone / once:9.1f} x")
    ratios.append(loop / once)

    once, found = timed(lambda: sp.ellison_glaeser(frame, plant_herfindahl=h), 3)
    spent, expected = timed(lambda: [loop_glaeser(first[n], size, 0.01) for n in names])
    same(found["gamma"].loc[FIRST][names], expected, "ellison_glaeser")
    loop = spent * cells / few
    print(f"{'ellison_glaeser':24}{once:10.3f}{loop:12.1f}{loop / once:9.0f} x")
    ratios.append(loop / once)

    if inequality is not None:
        once, found = timed(lambda: sp.locational_gini(frame, form="quotients"), 3)
        quotients = [table.div(table.sum(axis=1), axis=0) for _, table in frame.groupby(level=0)]
        taken, their = timed(
            lambda: [[inequality.Gini(t[n].to_numpy()).g for n in t] for t in quotients], 3
        )
        same(found["gini"].loc[FIRST], their[0], "gini of quotients")
        print(f"{'gini of quotients, se':24}{once:10.3f}{'':22}   inequality:{taken:8.3f}"
              f"{taken / once:8.1f} x")  # fmt: skip
    return ratios


def main() -> None:
    """Time everything in one run."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--small", action="store_true", help="a few regions, for a test")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    regions, industries, years = (40, 12, 4) if given.small else (3000, 400, 20)
    few = 10 if given.small else 30
    frame = panel(regions, industries, years, given.seed)
    complexity, inequality = peer("econcomplex"), peer("inequality.gini")
    print(f"{regions} regions x {industries} industries x {years} years, seed {given.seed}")
    for name, found in (("econcomplex", complexity), ("inequality", inequality)):
        print(f"{name}: {'here' if found else 'not installed, skipped'}")
    print(f"\n{'processor seconds':24}{'songhua':>10}{'pandas loop':>12}{'ratio':>11}"
          f"{'econcomplex':>14}{'ratio':>10}")  # fmt: skip
    sp.krugman(frame.loc[[FIRST]])
    ratios = [shift(frame, few), *by_region(frame, few, complexity)]
    ratios += by_industry(frame, min(few, industries), complexity, inequality)
    print(f"\nleast ratio to a loop that gives the same: {min(ratios):.0f} (asked: {LEAST:.0f})")
    if not given.small and min(ratios) < LEAST:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
