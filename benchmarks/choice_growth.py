"""Entry as a crossing beside growth of the share with a predictive distribution.

The odds of `songhua.maths.choice` are learnt from crossings alone. Here the log quotient at the
end of a span is told instead: a regression on its start, its square with sign, relatedness and
size, with a spread by volatility, distance and size, and the empirical distribution of the
residuals. The chance that it lies beyond the line is a second score of the same candidates, told
from the same earlier transitions, and from other regions. Printed are both, on each published
panel, and how much of what came lay in the distribution's 90 % intervals.

    python benchmarks/choice_growth.py
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests")]
from panels import Panel, china, new_zealand, united_kingdom, united_states  # noqa: E402
from songhua.maths.choice import KINDS, Definition, Kind, Track, starts, state, tracks  # noqa: E402
from songhua.maths.choice.backtest import regions_left_out  # noqa: E402
from songhua.maths.choice.features import relatedness  # noqa: E402
from songhua.maths.choice.noise import prior, shrunk_quotients  # noqa: E402
from songhua.maths.choice.record import ordering  # noqa: E402
from songhua.maths.choice.volatility import Moves  # noqa: E402

FAR, ROUNDS, RIDGE = 4.0, 8, 1e-6


def sides(levels: np.ndarray, definition: Definition, kind: Kind) -> list[tuple[np.ndarray, ...]]:
    """Of each start: the log quotient, design, design of the spread, and the log quotient later.

    Later is the least (exit: the greatest) of the periods in which a crossing must hold.
    """
    moves, found = Moves(definition, 1), []
    for at, values in enumerate(levels):
        now = state(values, definition)
        k = prior(now, definition)
        moves.add(now, k)
        if at not in starts(len(levels), definition):
            continue
        log, size = np.log(shrunk_quotients(now, definition, k)), np.log(now.expected)
        one, large = np.ones_like(log), now.weight >= definition.least
        size = size - np.nanmean(size[large])
        design = np.stack([one, log, log**2 * np.sign(log), relatedness(now.quotient), size], -1)
        spread = np.stack([one, moves.volatility(), np.abs(log), size], -1)
        end = at + definition.span
        later = np.full(log.shape, np.nan)
        if end < len(levels):
            ends = [
                np.log(np.maximum(state(levels[period], definition).quotient, 1e-9))
                for period in range(end - definition.running(kind) + 1, end + 1)
            ]
            later = np.clip(np.min(ends, 0) if kind == "entry" else np.max(ends, 0), -FAR, FAR)
        eligible = large & np.isfinite(log) & np.isfinite(later)
        eligible &= now.quotient < definition.below if kind == "entry" else now.quotient >= 1
        found.append((log, design, spread, later, eligible, now.expected))
    return found


def fitted(rows: list[tuple[np.ndarray, ...]]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Coefficients of the mean and of the log spread, and the residuals in order."""
    x, z = (np.concatenate([row[at][row[4]] for row in rows]) for at in (1, 2))
    moved = np.concatenate([(row[3] - row[0])[row[4]] for row in rows])
    gamma, beta = np.zeros(z.shape[1]), np.zeros(x.shape[1])
    for _ in range(ROUNDS):
        scale = np.exp(z @ gamma)
        a = x / scale[:, np.newaxis]
        ridge = RIDGE * len(moved)
        beta = np.linalg.solve(a.T @ a + ridge * np.eye(a.shape[1]), a.T @ (moved / scale))
        apart = np.clip(np.abs(moved - x @ beta) / scale, 0, 6) - 1
        gamma = gamma + np.linalg.solve(z.T @ z + ridge * np.eye(z.shape[1]), z.T @ apart)
    return beta, gamma, np.sort((moved - x @ beta) / np.exp(z @ gamma))


def line(expected: np.ndarray, definition: Definition, kind: Kind) -> np.ndarray:
    """The log quotient to be crossed; an entry's lower bound must lie above `below`."""
    if kind == "exit":
        return np.full(len(expected), np.log(definition.below))
    needed = np.full(len(expected), definition.above)
    if definition.counted:
        base = definition.below * expected
        needed = np.maximum(needed, (base + 1.645 * np.sqrt(base)) / expected)
    return np.log(needed)


def growth_odds(track: Track, levels: np.ndarray) -> tuple[np.ndarray, list[float]]:
    """The chance of crossing by growth of the share, and coverage of each transition told."""
    definition, kind, cells = track.definition, track.kind, track.cells
    rows, odds, covered = sides(levels, definition, kind), np.full(len(track.cells), np.nan), []
    for at in range(definition.lag, len(rows)):
        tested = np.flatnonzero(cells.transition == at)
        if not len(tested):
            continue
        beta, gamma, residuals = fitted(rows[: at - definition.lag + 1])
        where = cells.region[tested], cells.industry[tested]
        log, design, spread, later, _, expected = (values[where] for values in rows[at])
        middle, scale = design @ beta, np.exp(spread @ gamma)
        crossing = (line(expected, definition, kind) - log - middle) / scale
        below = (np.searchsorted(residuals, crossing) + 0.5) / (len(residuals) + 1)
        odds[tested] = 1 - below if kind == "entry" else below
        low, high = np.quantile(residuals, [0.05, 0.95])
        apart = (later - log - middle) / scale
        covered.append(float(np.mean((low < apart) & (apart < high))))
    return odds, covered


def beside_regions(
    track: Track, levels: np.ndarray, rng: np.random.Generator
) -> dict[str, np.ndarray]:
    """Both scores of a tenth of the regions as learnt from the others, over all transitions."""
    definition, kind, cells = track.definition, track.kind, track.cells
    told, fold = regions_left_out(cells, track.shape[1:], rng)
    rows, grown = sides(levels, definition, kind), np.full(len(cells), np.nan)
    of_region = np.full(levels.shape[1], -1)
    of_region[cells.region] = fold
    for out in range(int(fold.max()) + 1):
        kept = (of_region != out)[:, np.newaxis]
        learnt = [(*row[:4], row[4] & kept, row[5]) for row in rows]
        beta, gamma, residuals = fitted([row for row in learnt if row[4].any()])
        for at, row in enumerate(rows):
            tested = np.flatnonzero((cells.transition == at) & (fold == out))
            where = cells.region[tested], cells.industry[tested]
            log, design, spread, _, _, expected = (values[where] for values in row)
            crossing = line(expected, definition, kind) - log - design @ beta
            crossing /= np.exp(spread @ gamma)
            below = (np.searchsorted(residuals, crossing) + 0.5) / (len(residuals) + 1)
            grown[tested] = 1 - below if kind == "entry" else below
    return {"crossing": told["plain"], "growth": grown}


def log_score(odds: np.ndarray, came: np.ndarray) -> float:
    """The mean logarithm of the likelihood, per event."""
    likely = np.clip(np.where(came == 1, odds, 1 - odds), 1e-9, 1)
    return float(np.log(likely).sum() / came.sum())


def compare(name: str, panel: Panel) -> None:
    """Both scores on the candidates of a panel whose odds were told."""
    panel = panel.lasting()
    found = tracks(panel.levels, panel.definition, np.random.default_rng(0), panel.grown)
    for kind in KINDS:
        track = found[kind]
        if not isinstance(track, Track):
            print(f"{name} {kind}: {track.reason}")
            continue
        grown, covered = growth_odds(track, panel.levels)
        rows = track.scored & np.isfinite(grown)
        came = track.cells.occurred[rows]
        inside = " ".join(f"{share:.2f}" for share in covered)
        scores = {"crossing": track.odds["stated"][rows], "growth": grown[rows]}
        print(f"{name} {kind}: {_line(scores, came)}; 90 % held {inside}")
        apart = beside_regions(track, panel.levels, np.random.default_rng(0))
        whole = np.isfinite(apart["growth"]) & np.isfinite(apart["crossing"])
        scores = {score: odds[whole] for score, odds in apart.items()}
        print(f"    regions left out: {_line(scores, track.cells.occurred[whole])}")


def _line(scores: dict[str, np.ndarray], came: np.ndarray) -> str:
    """What came, and the AUC, sum and log score of each score."""
    texts = [
        f"{score} AUC {ordering(odds, came)[0]:.3f}, stated {odds.sum():.0f}, log score {log_score(odds, came):.2f}"
        for score, odds in scores.items()
    ]
    return f"{came.sum():.0f} of {len(came)} came; {'; '.join(texts)}"


def main() -> None:
    """Each published panel."""
    compare("cities 2013-18", china(2013, 2018))
    compare("cities 2003-12", china(2003, 2012))
    compare("New Zealand", new_zealand())
    compare("United States", united_states())
    compare("United Kingdom", united_kingdom())


if __name__ == "__main__":
    main()
