"""Complexity and relatedness: songhua beside ecomplexity and econcomplex.

From levels to density, 3,000 regions by 1,000 industries: quotients, presence, the eigenvectors of
both sides, proximity and density, all in float64. ecomplexity has one call for all of it, so that
its own functions are strung together; econcomplex has functions. Then the whole call of each, from
a long table to a long table, with outlook and gains; and without eigenvectors, where the peers too
spend their time in matrix products. The limit is one product of the size (regions by industries
times industries by industries), measured in the same run. All results are compared before a ratio
is printed, to 1e-9. All figures are processor seconds of one run on one thread: the median of some
interleaved goes, and one go of a peer that takes long. Memory is what Python and numpy hold at most;
that of the peers without eigenvectors, whose tables of work come on top.

    python benchmarks/complexity.py
    python benchmarks/complexity.py --small     600 by 200
"""

from __future__ import annotations

import os

os.environ["OPENBLAS_NUM_THREADS"] = "1"

import argparse
import importlib
import sys
import tracemalloc
import warnings
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
from _timing import interleaved

from songhua.maths import complexity as cx

LEAST, AIM = 50.0, 100.0
PEERS = ("ecomplexity", "econcomplex")
WHOLE, SMALL = (3000, 1000), (600, 200)
LEAN = replace(cx.CONVENTIONS["songhua"], outlook="none", gain="none")


def peer(name: str) -> Any:
    """A package, or None where it is not installed."""
    try:
        return importlib.import_module(name)
    except ImportError:
        return None


def levels(regions: int, industries: int) -> pd.DataFrame:
    """The able have nearly all industries, the others what is everywhere; sizes differ widely."""
    rng = np.random.default_rng(regions)
    gap = np.linspace(1, 0.1, regions)[:, np.newaxis] - np.linspace(0, 0.9, industries)
    there = rng.random(gap.shape) < 1 / (1 + np.exp(-10 * gap))
    there[:, 0] = there[0] = True
    size = rng.lognormal(3, 1, gap.shape) * rng.lognormal(0, 1, (regions, 1))
    rows = pd.Index([f"r{k:05}" for k in range(regions)], name="region")
    columns = pd.Index([f"i{k:05}" for k in range(industries)], name="industry")
    return pd.DataFrame(np.round(100 * size * there), rows, columns)


def ours(frame: pd.DataFrame, eigenvectors: bool = True) -> dict[str, np.ndarray]:
    """Levels to density, by one call or, without eigenvectors, by the functions in turn."""
    if eigenvectors:
        found = cx.measures(frame, LEAN)
        pairs = {"density": found.density, "eci": found.regions, "pci": found.industries}
        return {name: one.to_numpy() for name, one in pairs.items()}
    presence = cx.presence(cx.location_quotients(frame))
    return {"density": cx.density(presence, cx.proximity(presence)).to_numpy()}


def by_ecomplexity(tall: pd.DataFrame, eigenvectors: bool = True) -> dict[str, np.ndarray]:
    """The same by ecomplexity's functions, from a table with a row a cell."""
    inner = importlib.import_module("ecomplexity.ecomplexity")
    data = inner.ComplexityData.__new__(inner.ComplexityData)
    data.t, data.data_t = 0, tall
    data.calculate_rca()
    data.calculate_mcp(1, 1, "rca", None, 0)
    data.diversity_t, data.ubiquity_t = data.mcp_t.sum(axis=1), data.mcp_t.sum(axis=0)
    near = inner.calc_discrete_proximity(data.mcp_t, data.ubiquity_t)
    found = {"density": inner.calc_density(data.mcp_t, near)}
    if eigenvectors:
        eci, pci = inner.calc_eci_pci(data)
        found |= {"eci": (eci - eci.mean()) / eci.std(), "pci": (pci - eci.mean()) / eci.std()}
    return found


def by_econcomplex(frame: pd.DataFrame, eigenvectors: bool = True) -> dict[str, np.ndarray]:
    """The same by econcomplex's functions."""
    package = peer("econcomplex")
    presence = package.mcp(frame)
    near = package.proximity(presence, use_rca=False, compute="product")["product"]
    density = package.density(presence, phi=near, use_rca=False)
    found = {"density": density.to_numpy() / 100}
    if eigenvectors:
        eci, pci = package.eci_pci(frame)
        found |= {"eci": eci.to_numpy(), "pci": pci.to_numpy()}
    return found


def our_call(long: pd.DataFrame, convention: str) -> pd.DataFrame:
    """A long table of all measures from a long table of levels."""
    frame = long.pivot(index="region", columns="industry", values="value")
    all_of = cx.measures(frame, convention)
    n, m = frame.shape
    cells = ("quotients", "presence", "density", "gain")
    columns = {name: getattr(all_of, name).to_numpy().ravel() for name in cells}
    for name in ("diversity", "regions", "outlook"):
        columns[name] = np.repeat(getattr(all_of, name).to_numpy(), m)
    for name in ("ubiquity", "industries"):
        columns[name] = np.tile(getattr(all_of, name).to_numpy(), n)
    keys = pd.MultiIndex.from_product([frame.index, frame.columns])
    return pd.DataFrame(columns, index=keys, copy=False).reset_index()


def their_call(long: pd.DataFrame, name: str) -> pd.DataFrame:
    """The same by a peer's one call."""
    if name == "ecomplexity":
        columns = {"time": "year", "loc": "region", "prod": "industry", "val": "value"}
        return peer(name).ecomplexity(long, columns, check_logsupermodularity=False, verbose=False)
    return peer(name).compute_complexity(long, {"loc": "region", "act": "industry", "val": "value"})


def compare(name: str, frame: pd.DataFrame, theirs: dict[str, np.ndarray]) -> None:
    """Stop where a number differs by more than 1e-9."""
    all_of = cx.measures(frame, name)
    share = all_of.density.to_numpy() / all_of.convention.whole
    pairs = {"density": share, "eci": all_of.regions, "pci": all_of.industries}
    for what, found in pairs.items():
        if what in theirs:
            np.testing.assert_allclose(found, theirs[what], rtol=1e-9, atol=1e-9, err_msg=what)


def show(name: str, seconds: dict[str, float], asked: bool) -> bool:
    """Print one line a peer; True if all reach the required factor."""
    own, good = seconds["songhua"], True
    print(f"{name}: songhua {own * 1e3:,.0f} ms")
    for other in PEERS:
        if other in seconds:
            ratio = seconds[other] / own
            wanted = f" (asked {LEAST:.0f}, aim {AIM:.0f})" if asked else ""
            print(f"  {other:12}{seconds[other] * 1e3:12,.0f} ms{ratio:9.1f} x{wanted}")
            good &= ratio >= LEAST or not asked
    return good


def memory(start: dict[str, pd.DataFrame], names: list[str]) -> None:
    """The most memory that each holds at once, above the table that it is given."""
    said = []
    for work in ("songhua", *names):
        tracemalloc.start()
        WORKS[work](start[work], work == "songhua")
        said.append(f"{work} {tracemalloc.get_traced_memory()[1] / 2**20:,.0f} MB")
        tracemalloc.stop()
    table = start["songhua"].to_numpy().nbytes / 2**20
    print(f"memory above the table of {table:,.0f} MB: {', '.join(said)}")


WORKS = {"songhua": ours, "ecomplexity": by_ecomplexity, "econcomplex": by_econcomplex}


def inputs(frame: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """The table in the form that each starts from."""
    tall = pd.DataFrame({"val": frame.rename_axis(index="loc", columns="prod").stack()})
    return {"songhua": frame, "ecomplexity": tall, "econcomplex": frame}


def main() -> int:
    """Print all; fail where a ratio falls short."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--small", action="store_true")
    given = parser.parse_args()
    warnings.simplefilter("ignore")
    shape = SMALL if given.small else WHOLE
    frame = levels(*shape)
    start = inputs(frame)
    names = [name for name in PEERS if peer(name)]
    print(f"{shape[0]:,} regions by {shape[1]:,} industries; peers: {names or 'none installed'}")

    presence = cx.presence(cx.location_quotients(frame))
    m, near = presence.to_numpy(), cx.proximity(presence).to_numpy()
    own = {"songhua": lambda: ours(frame), "product": lambda: m @ near}
    seconds, _ = interleaved(own, 7)
    limit = seconds.pop("product")
    for name in names:
        spent, found = interleaved({name: lambda name=name: WORKS[name](start[name])}, 1)
        compare(name, frame, found[name])
        seconds |= spent
    good = show("levels to density, with eigenvectors", seconds, not given.small)
    print(
        f"  one product of the size {limit * 1e3:,.0f} ms: {seconds['songhua'] / limit:.1f} times it"
    )

    works = {
        name: lambda name=name: WORKS[name](start[name], False) for name in ("songhua", *names)
    }
    seconds, found = interleaved(works, 3)
    for name in names:
        compare(name, frame, found[name])
    show("levels to density, without eigenvectors", seconds, False)

    long = pd.DataFrame({"value": frame.stack(), "year": 0}).reset_index()
    for name in names:
        seconds, _ = interleaved({"songhua": lambda name=name: our_call(long, name)}, 3)
        seconds |= interleaved({name: lambda name=name: their_call(long, name)}, 1)[0]
        show("one call from a long table to a long table", seconds, False)
    memory(start, names)
    return int(not good)


if __name__ == "__main__":
    sys.exit(main())
