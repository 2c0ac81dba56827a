"""Each country by what was learnt from the others, beside two rivals; measures of size compared."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import pandas as pd
from interval_scores import crps, score
from regional_learning import fit_supply
from regional_studies import KINDS, Study, places
from scipy.special import expit

from songhua.maths.regional_error import (
    SUPPLY,
    DrawnRegion,
    ErrorModel,
    Nation,
    draw_region,
)
from songhua.maths.regional_tables import flq

LEVELS = (0.5, 0.8, 0.9)
COUNT = 800
DELTAS = tuple(np.round(np.arange(0.0, 0.505, 0.02), 2).tolist())
MEASURES = ("output", "value_added", "income", "jobs")
SIZES = ("none", "area", "people", "output", "share of the nation")
Learn = Callable[[Sequence[Study], np.random.Generator], ErrorModel]


def left_out(studies: Sequence[Study], learn: Learn, rng: np.random.Generator) -> pd.DataFrame:
    """A row for each country, quantity and level: coverage, width and scores, with the rivals'."""
    rows = []
    for country in dict.fromkeys(one.country for one in studies):
        others = [one for one in studies if one.country != country]
        model = learn(others, rng)
        for one in (s for s in studies if s.country == country):
            rows += _own_supply(one, model, rng)
            rows += _held(one, model, rng)
            if one.tables:
                rows += _multipliers(one, others, model, rng)
    return pd.DataFrame(rows)


def _row(
    one: Study, quantity: str, drawn: np.ndarray, wanted: np.ndarray
) -> list[dict[str, object]]:
    """The scores of draws at every level."""
    found = []
    for level in LEVELS:
        ends = np.quantile(drawn, [(1 - level) / 2, (1 + level) / 2], axis=0)
        head = {"country": one.country, "year": one.year, "quantity": quantity, "level": level}
        some: dict[str, object] = {"n": len(wanted), **score(ends[0], ends[1], wanted, level)}
        found.append({**head, **some, "crps": float(crps(drawn, wanted).mean())})
    return found


def drawn_region(
    one: Study, region: object, model: ErrorModel, rng: np.random.Generator
) -> DrawnRegion:
    """Draws of one region; its table, where the study has no coefficients, is nought."""
    n = len(one.nation)
    A = np.zeros((n, n)) if one.A is None else one.A.to_numpy()
    kinds = one.kinds.idxmax(axis=1).tolist()
    means = {
        name: one.means[name].to_numpy() if name in one.means else None for name in MEASURES[1:]
    }
    nation = Nation(A, one.nation.to_numpy(), kinds, **means)
    known = places()
    at = (one.name, str(region))
    area = float(known.loc[at, "area_km2"]) if at in known.index else None
    return draw_region(model, nation, one.output.loc[region].to_numpy(), COUNT, rng, area)


def _own_supply(one: Study, model: ErrorModel, rng: np.random.Generator) -> list[dict[str, object]]:
    """The share of own supply itself."""
    if one.own is None:
        return []
    drawn, wanted = [], []
    for region in one.own.index:
        there = (one.own.loc[region].notna() & (one.output.loc[region] > 0)).to_numpy()
        own = mixed_own(one, region, model, rng)
        drawn.append(own[:, there])
        wanted.append(one.own.loc[region].to_numpy()[there])
    return _row(one, "own_supply", np.hstack(drawn), np.concatenate(wanted))


def mixed_own(
    one: Study, region: object, model: ErrorModel, rng: np.random.Generator
) -> np.ndarray:
    """Own supply where an industry may join several kinds: their mean on the logistic scale."""
    known = places().loc[(one.name, str(region))]
    x = one.output.loc[region]
    quotients = (x / x.sum() / (one.nation / one.nation.sum())).clip(0.05, 20).to_numpy()
    rows = model.supply[rng.integers(0, len(model.supply), COUNT)]
    at = {name: rows[:, [place]] for place, name in enumerate(SUPPLY)}
    K = one.kinds[list(KINDS)].to_numpy()
    found = rows[:, : len(KINDS)] @ K.T + at["quotient"] * np.log(quotients)
    found += at["size"] * np.log(known["area_km2"] / 1e5)
    found += at["country"] * rng.standard_normal((COUNT, 1))
    found += at["region"] * rng.standard_normal((COUNT, 1))
    found += at["country_kind"] * rng.standard_normal((COUNT, len(KINDS)))[:, K.argmax(axis=1)]
    found += at["industry"] * rng.standard_normal((COUNT, len(x)))
    return expit(found)


def _held(one: Study, model: ErrorModel, rng: np.random.Generator) -> list[dict[str, object]]:
    """The coefficients per unit of output."""
    rows = []
    for name, ratio in one.ratios.items():
        drawn, wanted = [], []
        for region in ratio.index:
            there = (ratio.loc[region].notna() & (one.output.loc[region] > 0)).to_numpy()
            there = there & (one.means[name] > 0).to_numpy()
            scale = one.means[name].to_numpy()[there]
            made = getattr(drawn_region(one, region, model, rng), name)
            drawn.append(made[:, there] / scale)
            wanted.append(ratio.loc[region].to_numpy()[there] / scale)
        rows += _row(one, f"{name}_per_output", np.hstack(drawn), np.concatenate(wanted))
    return rows


def multipliers(A: np.ndarray, held: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """Multipliers of a table, by measure."""
    L = np.linalg.inv(np.eye(len(A)) - np.nan_to_num(A))
    return {name: row @ L for name, row in {"output": np.ones(len(A)), **held}.items()}


def truth(one: Study, region: object) -> dict[str, np.ndarray]:
    """Multipliers of the region's own table and ratios; missing where its own ratio is."""
    held, missing = {}, {}
    for name, ratio in one.ratios.items():
        own = ratio.loc[region]
        held[name], missing[name] = own.fillna(one.means[name]).to_numpy(), own.isna().to_numpy()
    found = multipliers(one.tables[str(region)].to_numpy(), held)
    x = one.output.loc[region].to_numpy()
    gone = (x <= 0) | ~(one.A.to_numpy().sum(axis=0) > 0)
    return {name: np.where(gone | missing.get(name, False), np.nan, m) for name, m in found.items()}


def plain(one: Study, region: object, delta: float | None) -> dict[str, np.ndarray]:
    """Multipliers of the nation, or of FLQ with the nation's ratios."""
    assert one.A is not None
    A = one.A if delta is None else flq(one.A, one.output.loc[region], one.nation, delta)
    return multipliers(A.to_numpy(), {name: one.means[name].to_numpy() for name in one.ratios})


def tuned(studies: Sequence[Study]) -> float:
    """The delta whose output multipliers are nearest to the tables', in squares."""
    gaps = []
    for delta in DELTAS:
        squares = [
            np.nanmean((plain(one, r, delta)["output"] - truth(one, r)["output"]) ** 2)
            for one in studies
            for r in one.tables
        ]
        gaps.append(np.mean(squares))
    return float(DELTAS[int(np.argmin(gaps))])


def _base(name: str) -> float:
    """A multiplier without any input of its own."""
    return 1.0 if name == "output" else 0.0


def _ratios(studies: Sequence[Study], name: str, delta: float | None) -> np.ndarray:
    """The tables' multipliers against a rival's, pooled; income and jobs for one another."""
    pooled = []
    for one in studies:
        for region in one.tables:
            found, made = truth(one, region), plain(one, region, delta)
            for word in found:
                if word == name or {word, name} == {"income", "jobs"}:
                    pooled.append((found[word] - _base(name)) / (made[word] - _base(name)))
    ratios = np.concatenate(pooled)
    return ratios[np.isfinite(ratios)]


def _multipliers(
    one: Study, others: Sequence[Study], model: ErrorModel, rng: np.random.Generator
) -> list[dict[str, object]]:
    """Multipliers by measure, with the nation's and FLQ's times the others' ratios as rivals."""
    whole = [other for other in others if other.tables]
    delta = tuned(whole)
    regions = list(one.tables)
    drawn = {region: drawn_region(one, region, model, rng).multipliers() for region in regions}
    wanted = {region: truth(one, region) for region in regions}
    rows = []
    for place, name in enumerate(MEASURES):
        if name not in wanted[regions[0]]:
            continue
        y = np.concatenate([wanted[region][name] for region in regions])
        known = np.isfinite(y)
        scale = np.concatenate([plain(one, region, None)[name] for region in regions])[known]
        scale = np.ones(len(scale)) if name == "output" else scale
        made = np.hstack([drawn[region][:, place] for region in regions])[:, known]
        found = _row(one, name, made / scale, y[known] / scale)
        for word, exponent in (("nation", None), ("flq", delta)):
            rival = np.concatenate([plain(one, region, exponent)[name] for region in regions])[
                known
            ]
            for row in found:
                level = float(str(row["level"]))
                tails = [(1 - level) / 2, (1 + level) / 2]
                ratio = np.quantile(_ratios(whole, name, exponent), tails)
                base = _base(name)
                ends = np.array([base + (rival - base) * q for q in ratio])
                scored = score(
                    ends.min(axis=0) / scale, ends.max(axis=0) / scale, y[known] / scale, level
                )
                row.update({f"{key}_{word}": value for key, value in scored.items()})
        rows += found
    return rows


def measures(rows_by: Callable[[str], pd.DataFrame], seed: int) -> pd.DataFrame:
    """Own supply with each country left out, by the measure that stands for size: mean CRPS."""
    rows = []
    for size in SIZES:
        table = rows_by(size)
        for country in table["country"].unique():
            rng = np.random.default_rng(seed)
            out = table["country"] == country
            drawn = fit_supply(table[~out].reset_index(drop=True), rng)
            wanted = table[out].reset_index(drop=True)
            own = _predicted(drawn, wanted, rng)
            y = wanted["own"].to_numpy(float)
            ends = np.quantile(own, [0.05, 0.95], axis=0)
            covered = score(ends[0], ends[1], y, 0.9)["covered"]
            rows.append(
                {
                    "size": size,
                    "country": country,
                    "crps": float(crps(own, y).mean()),
                    "covered": covered,
                }
            )
    return pd.DataFrame(rows)


def _predicted(drawn: np.ndarray, rows: pd.DataFrame, rng: np.random.Generator) -> np.ndarray:
    """Draws × row of own supply of a country that nobody has seen."""
    K = rows[list(KINDS)].to_numpy(float)
    X = np.column_stack([K, np.log(rows["quotient"].clip(0.05, 20)), np.log(rows["area"] / 1e5)])
    found = drawn[:, : X.shape[1]] @ X.T
    deviations = drawn[:, X.shape[1] :]
    keys = [
        np.zeros(len(rows), int),
        K.argmax(axis=1),
        pd.factorize(rows["region"])[0],
        np.arange(len(rows)),
    ]
    for place, key in enumerate(keys):
        noise = rng.standard_normal((len(drawn), int(key.max()) + 1))
        found += deviations[:, [place]] * noise[:, key]
    return expit(found)
