"""The region's economy from the nation's table: its output by industry, and draws of its table.

What is observed of the region's industries is used; where only a sector's total is, the nation's
structure within it is a prior, spread by a Dirichlet. Neither makes a table of the region: the
table is drawn, with the error that such tables have.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np
import pandas as pd

from songhua.errors import Fault, SonghuaError
from songhua.interindustry import InputOutputTable
from songhua.labels import convert
from songhua.maths import regional_error
from songhua.maths.ensemble import generator, run
from songhua.maths.input_output import technical_coefficients
from songhua.plan import Plan
from songhua.region import Region

Progress = Callable[[int, int, str], None]
NOT_ADDED = ("product_taxes", "imports", "used_goods")


@dataclass(frozen=True)
class Base:
    """What is known before anything is drawn; money in `unit`.

    `output` is the region's by industry, in the middle; `basis` says where it comes from:
    `observed`, `wider` (the share of a wider industry), `prior` or `own` (its own table);
    `sectors` are the totals that a prior is spread over.
    """

    id: str
    table: InputOutputTable
    unit: str
    A: pd.DataFrame
    national: pd.Series
    kinds: pd.Series
    output: pd.Series
    basis: pd.Series
    sectors: dict[str, tuple[list[str], float]]

    @property
    def codes(self) -> list[str]:
        """The industries."""
        return [str(code) for code in self.A.index]

    def held(self, row: str) -> pd.Series:
        """A primary input per unit of output; zero where there is no output."""
        x, held = self.table.x, self.table.v.T[row]
        return (held / x.where(x > 0)).fillna(0.0)

    @property
    def value_added(self) -> pd.Series:
        """Value added per unit of output."""
        rows = [str(r) for r in self.table.v.index if not str(r).startswith(NOT_ADDED)]
        return sum((self.held(row) for row in rows), pd.Series(0.0, self.A.index))

    @property
    def size(self) -> float:
        """The region's share of the nation's output."""
        return float(self.output.sum() / self.national.sum())


def chosen(region: Region) -> str | None:
    """The table to use: one without imports inside, the region's own before a larger area's."""
    fit = [id for id, one in region.tables.items() if one.kind == "domestic"]
    fit.sort(key=lambda id: region.tables[id].region != region.code)
    return next(iter(fit), None)


def lacks(region: Region, plan: Plan | None) -> str | None:
    """Which file a simulation needs and the folder does not have, if there is one."""
    if plan is None or not plan.simulated_projects():
        return "plan/spending.csv"
    try:
        base(region, plan.base_year)
    except SonghuaError as error:
        unsized = error.faults[0].code == "simulate_no_output"
        return "panels/*.csv" if unsized else "tables.toml"
    return None


def base(region: Region, year: int) -> Base:
    """The table and the region's output by industry in a year.

    Raises:
        SonghuaError: `simulate_no_table`; `simulate_part_missing`, when the table lacks labour
            income, households or fixed investment; `simulate_no_output`, for industries of
            whose size in the region nothing is known.
    """
    id = chosen(region)
    if id is None:
        raise SonghuaError(Fault("simulate_no_table"))
    one = region.tables[id]
    _complete(id, one)
    unit = f"m {region.currency}"
    factor = convert(1, one.unit, unit)
    national = one.x * factor
    A = technical_coefficients(one.Z, one.x).fillna(0.0)
    described = one.industries if one.industries is not None else pd.DataFrame(index=A.index)
    kinds = column(described, "kind", A.index).replace("", "services")
    if one.region == region.code:
        basis = pd.Series("own", A.index)
        return Base(id, one, unit, A, national, kinds, national, basis, {})
    found = Base(id, one, unit, A, national, kinds, national * np.nan, _blank(A.index), {})
    return _sized(found, region, described, year)


def _complete(id: str, one: InputOutputTable) -> None:
    """Raise for each part of the table that is needed and not there."""
    there = [*map(str, one.v.index), *map(str, one.f.columns)]
    needed = ("labour", "households", "fixed_capital")
    gone = [part for part in needed if not any(name.startswith(part) for name in there)]
    if gone:
        params = {"table": id, "list": ", ".join(gone)}
        raise SonghuaError(Fault("simulate_part_missing", params=params))


def _sized(found: Base, region: Region, described: pd.DataFrame, year: int) -> Base:
    """The region's output: observed shares first, then sectors' totals spread by the prior."""
    shares, basis = _observed(found, region, described, year)
    output = found.national * shares
    sectors: dict[str, tuple[list[str], float]] = {}
    added = found.value_added
    within = column(described, "within", found.A.index)
    for sector in dict.fromkeys(within[(within != "") & output.isna()]):
        total = _total(region, sector, year, found.unit)
        if total is None:
            continue
        codes = [code for code in found.codes if within[code] == sector]
        open_ = [code for code in codes if np.isnan(output[code])]
        left = total - float((output * added)[codes].sum())
        national = (found.national * added)[open_]
        spread = left * national / national.sum()
        output[open_] = (spread / added[open_].where(added[open_] > 0)).fillna(0.0)
        basis[open_] = "prior"
        sectors[sector] = (codes, total)
    gone = [c for c in found.codes if np.isnan(output[c])]
    if gone:
        params = {"list": ", ".join(gone), "year": year}
        raise SonghuaError(Fault("simulate_no_output", params=params))
    return Base(
        found.id, found.table, found.unit, found.A, found.national, found.kinds,
        output.clip(upper=found.national), basis, sectors,
    )  # fmt: skip


def _observed(
    found: Base, region: Region, described: pd.DataFrame, year: int
) -> tuple[pd.Series, pd.Series]:
    """The region's share of the nation in each industry's value added, from panels.

    Only shares of one panel and year are taken: levels of another vintage are never compared with
    the table's (§3).
    """
    shares, basis = pd.Series(np.nan, found.A.index), _blank(found.A.index)
    for id, indicator in region.indicators.items():
        if indicator["measure"] != "value_added" or indicator["form"] != "level":
            continue
        wide = region.panel(id) if len(region.panels) else pd.DataFrame()
        here, there = (str(year), region.code), (str(year), found.table.region)
        if here not in wide.index or there not in wide.index:
            continue
        both = wide.loc[[here, there]].to_numpy(float)
        ratio = pd.Series(both[0] / both[1], wide.columns).dropna()
        owner = column(described, "industry", found.A.index)
        inclusion = column(described, "inclusion", found.A.index)
        for code in found.codes:
            industry, depth = owner[code], 0
            while industry and industry not in ratio.index:
                industry = str(region.industries[industry]["parent"])
                depth += 1
            if industry:
                shares[code] = min(float(ratio[industry]), 1.0)
                whole = depth == 0 and inclusion[code] != "partial"
                basis[code] = "observed" if whole else "wider"
        break
    return shares, basis


def _total(region: Region, sector: str, year: int, unit: str) -> float | None:
    """A sector's published value added."""
    for id, indicator in region.indicators.items():
        if indicator["measure"] == "value_added" and indicator["form"] == "level":
            row = region.figure(id, str(year), industry=sector)
            if row is not None:
                return convert(float(row["number"]), str(row["unit"]), unit)
    return None


def column(described: pd.DataFrame, name: str, codes: pd.Index) -> pd.Series:
    """A column of the table's industries, blank where there is none."""
    if name not in described:
        return _blank(codes)
    return described[name].reindex(codes).fillna("").astype(str)


def _blank(codes: pd.Index) -> pd.Series:
    return pd.Series("", codes, dtype=object)


def draw_outputs(known: Base, concentration: float, count: int, seed: int) -> np.ndarray:
    """Draws × n: the region's output by industry; what is observed is the same in every draw."""
    found = np.tile(known.output.to_numpy(float), (count, 1))
    if not known.sectors:
        return found
    added = known.value_added
    sector = {code: name for name, (codes, _) in known.sectors.items() for code in codes}
    codes = list(sector)
    fixed = [code for code in codes if known.basis[code] != "prior"]
    drawn = regional_error.output_prior(
        pd.Series({name: total for name, (_, total) in known.sectors.items()}),
        (known.national * added)[codes], pd.Series(sector), concentration, count, seed,
        (known.output * added)[fixed],
    )  # fmt: skip
    places = [known.codes.index(code) for code in codes]
    found[:, places] = (drawn[codes] / added[codes].where(added[codes] > 0)).fillna(0.0)
    return np.minimum(found, known.national.to_numpy(float))


def draw_tables(
    known: Base,
    outputs: np.ndarray,
    transfer: np.ndarray,
    seed: int,
    workers: int = 1,
    progress: Progress | None = None,
) -> np.ndarray:
    """Draws × n × n: the region's coefficients, each draw with its own output and its own error.

    Every draw has its own stream of chance, so the number of workers changes nothing.
    """
    n = len(known.codes)
    if (known.basis == "own").all():
        return known.A.to_numpy(float)[np.newaxis]
    table = pd.DataFrame(outputs).assign(transfer=np.broadcast_to(transfer, len(outputs)))
    model = regional_error.load()
    work = partial(_table, model, known.A, known.national, known.kinds, seed)
    return run(work, table, workers, progress, "tables").reshape(len(outputs), n, n)


def _table(
    model: regional_error.ErrorModel,
    A: pd.DataFrame,
    national: pd.Series,
    kinds: pd.Series,
    seed: int,
    piece: pd.DataFrame,
) -> np.ndarray:
    """The tables of some draws, a row each."""
    words = kinds.reindex(A.index).tolist()
    known = A.to_numpy(float), national.reindex(A.index).to_numpy(float)
    rows = []
    for draw, row in zip(piece.index, piece.to_numpy(float), strict=True):
        rng = generator(seed, "table", int(draw))
        table = regional_error.draw_tables(
            model, known[0], row[:-1], known[1], words, 1, rng, row[-1]
        )
        rows.append(table[0].ravel())
    return np.array(rows)


def bought_here(known: Base, tables: np.ndarray, outputs: np.ndarray) -> np.ndarray:
    """Draws × n: what share of a product, bought at home, is bought in the region.

    rho_i = sum_j a^r_ij x_j / sum_j a^n_ij x_j, the region's industries being the buyers; final
    users are taken to buy as industries do.
    """
    own = (tables @ outputs[..., np.newaxis])[..., 0]
    every = outputs @ known.A.to_numpy(float).T
    return np.minimum(np.where(every > 0, own / np.where(every > 0, every, 1), 1.0), 1.0)
