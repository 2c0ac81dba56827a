"""Input-output accounts, footprints and balancing: songhua beside pymrio and ipfn.

Synthetic tables of several regions, half of the cells empty, columns of A between 0.3 and 0.85.
pymrio's calc_all starts from Z, Y and F and gives x, A, L, S, M and the four accounts; songhua
starts from the same and gives x, A, S, M and the same four accounts, without L. The footprint
of ten stressors is S L Y alone; pymrio has no shorter way to it by one call, so beside calc_all it
is set against pymrio's own functions strung together (calc_x, calc_A, calc_L, calc_S, S L Y).
The limit is 2/3 n^3 operations for the factors and 2 n^2 for each right side, at the speed of
matrix products measured in the same run. All results are compared before a ratio is printed. All
figures are processor seconds of one run on one thread, each the median of some interleaved
goes; memory is the peak of a process of its own.

    python benchmarks/interindustry.py
    python benchmarks/interindustry.py --large      9,800 industries, too
    python benchmarks/interindustry.py --small
"""

from __future__ import annotations

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import argparse
import importlib
import subprocess
import sys
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from _timing import interleaved

from songhua.maths.balancing import gras, ras
from songhua.maths.input_output import accounts, footprints, technical_coefficients
from songhua.maths.input_output.solver import Solver

KINDS = 10
LEAST = {"accounts": 3.0, "footprint, lu": 5.0, "footprint, best": 5.0, "ras": 40.0}
AIMS = {"accounts": 4.0, "footprint, lu": 5.0, "footprint, best": 10.0, "ras": 60.0}
LIMIT = 1.3


def peer(name: str) -> Any:
    """A package, or None where it is not installed."""
    try:
        return importlib.import_module(name)
    except ImportError:
        return None


def table(regions: int, sectors: int, seed: int) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Flows, final demand and stressors that balance."""
    rng = np.random.default_rng(seed)
    n = regions * sectors
    A = rng.random((n, n)) * (rng.random((n, n)) < 0.5)
    A *= rng.uniform(0.3, 0.85, n) / np.maximum(A.sum(axis=0), 1e-9)
    names = [f"r{i}" for i in range(regions)]
    rows = pd.MultiIndex.from_product(
        [names, [f"s{i}" for i in range(sectors)]], names=["region", "sector"]
    )
    uses = pd.MultiIndex.from_product([names, ["final"]], names=["region", "category"])
    Y = rng.random((n, regions)) + 0.1
    x = Solver(A, np.ones(n, dtype=bool)).right(Y.sum(axis=1)[:, np.newaxis])[:, 0]
    A *= x
    F = rng.random((KINDS, n)) * x
    kinds = pd.Index([f"k{i}" for i in range(KINDS)], name="stressor")
    return (
        pd.DataFrame(A, rows, rows, copy=False),
        pd.DataFrame(Y, rows, uses),
        pd.DataFrame(F, kinds, rows),
    )


def same(found: Any, expected: Any, what: str) -> None:
    """Stop where two results differ by more than rounding beside the largest number."""
    found, expected = np.asarray(found), np.asarray(expected)
    scale = np.abs(expected).max()
    np.testing.assert_allclose(found, expected, rtol=0, atol=1e-11 * scale, err_msg=what)


def their_accounts(pymrio: Any, Z: pd.DataFrame, Y: pd.DataFrame, F: pd.DataFrame) -> Any:
    """The results of pymrio for the table in one call."""
    system = pymrio.IOSystem(Z=Z, Y=Y)
    system.stressors = pymrio.Extension(name="stressors", F=F)
    return system.calc_all()


def their_footprint(pymrio: Any, Z: pd.DataFrame, Y: pd.DataFrame, F: pd.DataFrame) -> Any:
    """The footprint alone, by pymrio's own functions."""
    x = pymrio.calc_x(Z, Y)
    L = pymrio.calc_L(pymrio.calc_A(Z, x))
    return pymrio.calc_M(pymrio.calc_S(F, x), L) @ Y


def start(Z: pd.DataFrame, Y: pd.DataFrame, F: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Coefficients of inputs and of stressors."""
    x = Z.to_numpy().sum(axis=1) + Y.to_numpy().sum(axis=1)
    return technical_coefficients(Z, x), F / x


def our_accounts(Z: pd.DataFrame, Y: pd.DataFrame, F: pd.DataFrame) -> Any:
    """The same accounts by songhua."""
    A, S = start(Z, Y, F)
    return accounts(A, Y, S)


def our_footprint(Z: pd.DataFrame, Y: pd.DataFrame, F: pd.DataFrame, method: Any) -> Any:
    """The same footprint by songhua."""
    A, S = start(Z, Y, F)
    return footprints(A, Y, S, method)


def compare(found: dict[str, Any]) -> None:
    """All accounts and footprints are the same."""
    theirs, ours = found["pymrio calc_all"].stressors, found["accounts"]
    for name in ("M", "D_cba", "D_pba", "D_imp", "D_exp"):
        same(getattr(ours, name), getattr(theirs, name), name)
    for name, value in found.items():
        if name.startswith("footprint"):
            same(value, found["pymrio footprint"], name)


def by_pymrio(pymrio: Any, regions: int, sectors: int, goes: int, seed: int) -> dict[str, float]:
    """Accounts and footprints of one size; the ratios."""
    Z, Y, F = table(regions, sectors, seed)
    works: dict[str, Callable[[], Any]] = {
        "pymrio calc_all": lambda: their_accounts(pymrio, Z, Y, F),
        "accounts": lambda: our_accounts(Z, Y, F),
        "pymrio footprint": lambda: their_footprint(pymrio, Z, Y, F),
        "footprint, lu": lambda: our_footprint(Z, Y, F, "lu"),
        "footprint, mixed": lambda: our_footprint(Z, Y, F, "mixed"),
        "footprint, krylov": lambda: our_footprint(Z, Y, F, "krylov"),
        "footprint, auto": lambda: our_footprint(Z, Y, F, "auto"),
    }
    spent, found = interleaved(works, goes)
    compare(found)
    whole, short = spent["pymrio calc_all"], spent["pymrio footprint"]
    print(f"\nn = {regions * sectors:,} ({regions} regions), {KINDS} stressors")
    for name, seconds in spent.items():
        ratios = "" if name.startswith("pymrio") else f"{whole / seconds:9.1f} x"
        if name.startswith("footprint"):
            ratios += f"{short / seconds:9.1f} x"
        print(f"  {name:22}{seconds:10.3f}{ratios}")
    best = min(v for k, v in spent.items() if k in ("footprint, mixed", "footprint, krylov"))
    return {
        "accounts": whole / spent["accounts"],
        "footprint, lu": whole / spent["footprint, lu"],
        "footprint, best": whole / best,
    }


def to_the_limit(n: int, goes: int, seed: int) -> float:
    """Factors and ten right sides beside the time that their operations take at least."""
    rng = np.random.default_rng(seed)
    A = rng.random((n, n)) * 0.6 / n * 2
    S, known = rng.random((KINDS, n)), np.ones(n, dtype=bool)
    B = rng.random((min(n, 2000),) * 2)
    works = {"lu": lambda: Solver(A, known).left(S), "gemm": lambda: B @ B}
    spent, _ = interleaved(works, goes)
    speed = 2 * len(B) ** 3 / spent["gemm"]
    least = (2 / 3 * n**3 + 2 * n**2 * KINDS) / speed
    print(f"  n = {n:,}: {spent['lu'] / least:5.2f} of the limit "
          f"({speed / 1e9:.0f} thousand million operations a second)")  # fmt: skip
    return spent["lu"] / least


def balance(n: int, share: float, spread: float, goes: int, seed: int, ipfn: Any) -> float:
    """RAS beside ipfn, both ended at about the same gap to the totals; the ratio.

    `share` of the cells are full, and the new table's are off the old by factors of this spread.
    """
    rng = np.random.default_rng(seed)
    Z = rng.lognormal(3, 1.5, (n, n)) * (rng.random((n, n)) < share)
    Z[np.arange(n), np.arange(n)] += 1
    target = Z * rng.lognormal(0, spread, (n, n))
    u, v = target.sum(axis=1), target.sum(axis=0)
    inside = ipfn.ipfn

    def theirs() -> np.ndarray:
        rounds = inside.ipfn(
            Z.copy(), [u, v], [[0], [1]], convergence_rate=1e-9, rate_tolerance=0.0
        )
        return rounds.iteration()

    first = theirs()
    gap = max(np.abs(first.sum(axis=1) - u).max(), np.abs(first.sum(axis=0) - v).max())
    tolerance = gap / max(u.max(), v.max())
    signed = Z * np.where(rng.random((n, n)) < 0.05, -1, 1)
    near = signed * rng.lognormal(0, 0.1, (n, n))
    works: dict[str, Callable[[], Any]] = {
        "ipfn": theirs,
        "ras": lambda: ras(Z, u, v, tolerance=tolerance),
        "gras": lambda: gras(signed, near.sum(axis=1), near.sum(axis=0)),
    }
    spent, found = interleaved(works, goes)
    ours = found["ras"].to_numpy()
    reached = max(np.abs(ours.sum(axis=1) - u).max(), np.abs(ours.sum(axis=0) - v).max())
    np.testing.assert_allclose(ours, found["ipfn"], rtol=0, atol=1e-7 * ours.max())
    print(f"  n = {n:,}, spread {spread}: ipfn {spent['ipfn']:8.4f}, ras {spent['ras']:8.4f}, "
          f"{spent['ipfn'] / spent['ras']:6.0f} x; gaps {gap:.1e} and {reached:.1e}; "
          f"gras {spent['gras']:8.4f}")  # fmt: skip
    return spent["ipfn"] / spent["ras"]


def memory(regions: int, sectors: int) -> float:
    """Peak memory of the accounts by either, each in a process of its own; the ratio."""
    peaks = {}
    for work in ("nothing", "songhua", "pymrio"):
        command = [sys.executable, __file__, "--peak", work, str(regions), str(sectors)]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        peaks[work] = float(done.stdout)
    print(f"  n = {regions * sectors:,}: songhua {peaks['songhua']:,.0f} MB, pymrio "
          f"{peaks['pymrio']:,.0f} MB; making the table {peaks['nothing']:,.0f} MB")  # fmt: skip
    return peaks["songhua"] / peaks["pymrio"]


def peak(work: str, regions: int, sectors: int) -> None:
    """Print the peak of this process after one piece of work."""
    Z, Y, F = table(regions, sectors, 1)
    if work == "songhua":
        our_accounts(Z, Y, F)
    elif work == "pymrio":
        their_accounts(peer("pymrio"), Z, Y, F)
    status = Path("/proc/self/status").read_text("ascii")
    kept = next(line for line in status.splitlines() if line.startswith("VmHWM"))
    print(int(kept.split()[1]) / 1024)


def main() -> None:
    """Time everything in one run."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--small", action="store_true", help="small tables, for a test")
    parser.add_argument("--large", action="store_true", help="9,800 industries, too")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--peak", nargs=3, help=argparse.SUPPRESS)
    given = parser.parse_args()
    warnings.simplefilter("ignore")
    if given.peak:
        peak(given.peak[0], int(given.peak[1]), int(given.peak[2]))
        return
    sizes = [(10, 100, 5), (30, 100, 3), (50, 100, 3)] + [(49, 200, 1)] * given.large
    limits = [3000, 5000]
    balanced = [(149, 1.0, 0.3, 15), (149, 1.0, 1.0, 9), (1300, 0.35, 0.3, 5), (1300, 0.35, 1.0, 5)]
    if given.small:
        sizes, limits, balanced = [(4, 12, 1)], [200], [(20, 1.0, 0.3, 1)]
    pymrio, ipfn = peer("pymrio"), peer("ipfn")
    reached: dict[str, float] = {}
    if pymrio is None:
        print("pymrio: not installed, skipped")
    else:
        print("processor seconds; against pymrio's calc_all, and its functions for S L Y alone")
        for regions, sectors, goes in sizes:
            ratios = by_pymrio(pymrio, regions, sectors, goes, given.seed)
            for name, ratio in ratios.items():
                least = name == "accounts"
                reached[name] = min(reached.get(name, ratio), ratio) if least else ratio
        print("\npeak memory of the accounts")
        reached["memory"] = max(memory(r, s) for r, s, _ in sizes)
    print("\nfactors and ten right sides beside the operations they take")
    reached["limit"] = max(to_the_limit(n, 3, given.seed) for n in limits)
    if ipfn is None:
        print("ipfn: not installed, skipped")
    else:
        print("\nbalancing")
        reached["ras"] = min(balance(*size, given.seed, ipfn) for size in balanced)
    verdict(reached, given.small)


def verdict(reached: dict[str, float], small: bool) -> None:
    """Compare with the requirements; a shortfall ends with 1."""
    print()
    short = False
    for name, ratio in reached.items():
        if name in LEAST:
            short |= ratio < LEAST[name]
            print(f"{name:18}{ratio:7.1f} x (asked {LEAST[name]:.0f}, aim {AIMS[name]:.0f})")
        else:
            asked = LIMIT if name == "limit" else 1.0
            short |= ratio > asked
            print(f"{name:18}{ratio:7.2f}   (asked at most {asked:.1f})")
    if short and not small:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
