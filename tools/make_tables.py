"""Made the aggregated input-output tables of the two built-in cases from the official files.

No user needs to run it; it stands here so that every figure can be followed:

    python tools/make_tables.py harbin 153-PRODUCTS.csv 42-SECTORS.csv 153-TO-42.csv
    python tools/make_tables.py washington USE.csv

Which code went into which industry stands in the case, in `tables/*_concordance.csv`; the
numbers are worked out here and written beside it. The make and import tables are found beside USE.
"""

from __future__ import annotations

import csv
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd

from songhua.maths.interindustry import InputOutputTable
from songhua.maths.table_aggregation import aggregate_table, groups
from songhua.maths.table_audit import audit
from songhua.store.interindustry import read_table, write_plain

EXAMPLES = Path(__file__).parents[1] / "src" / "songhua" / "examples"
CONSUMPTION = ("households_rural", "households_urban", "government")


def concordance(file: Path, old: str = "old", new: str = "new") -> pd.DataFrame:
    """A concordance of whole codes from a list of pairs."""
    with file.open(encoding="utf-8-sig", newline="") as lines:
        return groups(pd.Series({row[old]: row[new] for row in csv.DictReader(lines)}))


def imported_part(
    fine: InputOutputTable, coarse: InputOutputTable, to_coarse: pd.DataFrame
) -> tuple[pd.DataFrame, ...]:
    """Imports in each cell of the fine table: flows, then final use.

    In each product's row, cells have the import shares of the coarse cell that holds them, moved
    by one factor so that the row adds up to the product's imports; no cell is above its total.
    """
    assert coarse.Z_imported is not None
    assert coarse.f_imported is not None
    shares = coarse.Z_imported / (coarse.Z + coarse.Z_imported).where(lambda cell: cell != 0)
    spread = to_coarse @ shares.fillna(0.0) @ to_coarse.T
    final = coarse.f_imported / (coarse.f + coarse.f_imported).where(lambda cell: cell != 0)
    final = to_coarse @ final.fillna(0.0).clip(0.0, 1.0)  # stocks of both signs leave the range
    final = pd.DataFrame({
        name: final["consumption" if name in CONSUMPTION else name]
        for name in fine.f.columns if name != "imports"
    })  # fmt: skip
    whole = pd.concat([fine.Z, fine.f[final.columns]], axis=1)
    cells = np.maximum(whole.to_numpy(), 0.0)
    prior = cells * pd.concat([spread[fine.Z.columns], final], axis=1).to_numpy()
    part = moved(cells, prior, -fine.f["imports"].to_numpy())
    frame = pd.DataFrame(part, index=whole.index, columns=whole.columns)
    return frame[list(fine.Z.columns)], frame[list(final.columns)]


def moved(cells: np.ndarray, prior: np.ndarray, wanted: np.ndarray) -> np.ndarray:
    """Rows of min(cell, factor × prior) that add up to what is wanted; the factor by halving.

    No cell may be above its ceiling, which binds in some rows of both cases; RAS knows none.
    """
    low, high = np.zeros(len(cells)), np.full(len(cells), 1e6)
    for _ in range(200):
        middle = (low + high) / 2
        under = np.minimum(cells, middle[:, None] * prior).sum(axis=1) < wanted
        low, high = np.where(under, middle, low), np.where(under, high, middle)
    part = np.minimum(cells, high[:, None] * prior)
    part[wanted == 0] = 0.0
    assert np.abs(part.sum(axis=1) - wanted).max() < 1e-6 * np.abs(wanted).max()
    return part


def within(whole: pd.DataFrame, part: pd.DataFrame) -> pd.DataFrame:
    """A part that is nowhere above the whole, with the same row sums.

    The import table is published before redefinitions and the use table after them, so that a
    few cells of the former are larger.
    """
    cells = np.maximum(whole.to_numpy(), 0.0)
    found = moved(cells, np.maximum(part.to_numpy(), 0.0), part.sum(axis=1).to_numpy())
    print(f"imported flows moved: {np.abs(found - part.to_numpy()).sum() / 2:.0f}")
    return pd.DataFrame(found, index=part.index, columns=part.columns)


def domestic(table: InputOutputTable, flows: pd.DataFrame, final: pd.DataFrame) -> InputOutputTable:
    """A competitive table with imports beside instead of inside."""
    f = table.f.drop(columns="imports")
    return replace(table, Z=table.Z - flows, f=f - final, Z_imported=flows, f_imported=final,
                   kind="domestic", printed=())  # fmt: skip


def industry_by_industry(table: InputOutputTable) -> InputOutputTable:
    """A domestic industry table from a use table with imports and a make table (model D).

    Each product is sold by the industries that make it, in fixed shares. Scrap, used goods and
    what no industry makes are no industry's product: their purchases are primary inputs, their
    sale is a final use.
    """
    assert table.make is not None
    assert table.Z_imported is not None
    assert table.f_imported is not None
    own = [code for code in table.Z.index if code in table.Z.columns]
    foreign = within(table.Z.loc[own], table.Z_imported.loc[own])
    rest = table.make.drop(columns=own).sum(axis=1)
    part = table.make[own] / table.make[own].sum()
    final = table.f.drop(columns="imports") - table.f_imported.reindex(
        columns=table.f.columns.drop("imports"), fill_value=0.0)  # fmt: skip
    imports = table.Z_imported.sum(axis=1) + table.f_imported.sum(axis=1)
    final = final.assign(import_adjustment=table.f["imports"] + imports)
    bought = table.Z.loc[["Used", "Other"]].set_axis(["used_goods", "imports_noncomparable"])
    return InputOutputTable(
        Z=part @ (table.Z.loc[own] - foreign), Z_imported=foreign,
        f=(part @ final.loc[own]).assign(scrap_and_used=rest),
        f_imported=table.f_imported.loc[own], v=pd.concat([table.v, bought]), x=table.x,
        kind="domestic", unit=table.unit, year=table.year, decimals=table.decimals,
    )  # fmt: skip


def put(table: InputOutputTable, file: Path) -> None:
    """Write a table, and say what the audit finds in it."""
    file.write_bytes(write_plain(table))
    print(file.name, table.Z.shape, *[(i.code, dict(i.params)) for i in audit(table)])


def harbin(fine_file: str, coarse_file: str, links: str) -> None:
    """China 2020: the competitive table, and the one with imports beside."""
    home = EXAMPLES / "harbin" / "tables"
    fine, coarse = read_table(fine_file), read_table(coarse_file)
    to_coarse = concordance(Path(links), "fine_code", "coarse_code")
    flows, final = imported_part(fine, coarse, to_coarse)
    new = concordance(home / "china-2020_concordance.csv")
    back = (to_coarse.T @ flows @ to_coarse).loc[coarse.Z.index, coarse.Z.columns]
    gap = (back - coarse.Z_imported).abs().sum().sum() / coarse.Z_imported.sum().sum()
    print(f"imported flows of the 42 sectors misplaced: {gap / 2:.2%}")
    order = pd.read_csv(home / "china-2020_industries.csv", dtype=str)["code"]
    put(aggregate_table(fine, new[list(order)]), home / "china-2020.csv")
    table = aggregate_table(domestic(fine, flows, final), new[list(order)])
    put(table, home / "china-2020-domestic.csv")


def washington(use_file: str) -> None:
    """The United States 2017: a domestic industry table with imports beside."""
    home = EXAMPLES / "washington" / "tables"
    new = concordance(home / "united-states-2017_concordance.csv")
    table = industry_by_industry(read_table(use_file))
    put(aggregate_table(simpler(table), new), home / "united-states-2017.csv")


def simpler(table: InputOutputTable) -> InputOutputTable:
    """Final use in fewer categories: investment and government each in one."""

    def name(category: str) -> str:
        if category.startswith("fixed"):
            return "fixed_capital"
        return "government" if category.startswith(("defense", "federal", "state")) else category

    assert table.f_imported is not None
    f, foreign = (part.T.groupby(name, sort=False).sum().T for part in (table.f, table.f_imported))
    return replace(table, f=f, f_imported=foreign)


if __name__ == "__main__":
    {"harbin": harbin, "washington": washington}[sys.argv[1]](*sys.argv[2:])
