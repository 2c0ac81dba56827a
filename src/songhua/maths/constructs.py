"""From published tables to the one that is needed: constructs, imports, classes, prices.

Everything here keeps totals and repairs nothing: what a method cannot place, and the negative
cells that it brings, stand in the result.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from songhua.errors import SonghuaError
from songhua.labels import align
from songhua.maths.concordances import aggregate, disaggregate
from songhua.maths.fault_kinds import (
    ConstructSingular,
    ConstructSquare,
    DeflatorImpossible,
    ImportsAboveUse,
    IoNegative,
)
from songhua.maths.input_output.arrays import choice, floats, refuse_missing, vector
from songhua.maths.levels import ROUNDING, ratio

__all__ = [
    "Deflated",
    "Separated",
    "SymmetricTable",
    "aggregate",
    "deflate",
    "disaggregate",
    "separate_imports",
    "symmetric_table",
]
Model = Literal["A", "B", "C", "D"]


@dataclass(frozen=True)
class SymmetricTable:
    """A symmetric table made of supply and use.

    Attributes:
        Z: flows, product by product (models A, B) or industry by industry (C, D).
        output: output of the same products or industries.
        final: final uses, by product (A, B) or industry (C, D); None where none was given.
        value_added: kinds of value added × product or industry; None where none was given.
        negatives: the cells below zero in Z, by (row, column); they are not repaired.
        unassigned: by label, what could not be placed: uses of products that nobody makes (C, D),
            or inputs of industries that make nothing (A, B). It is missing from Z.
    """

    Z: pd.DataFrame
    output: pd.Series
    final: pd.DataFrame | None
    value_added: pd.DataFrame | None
    negatives: pd.Series
    unassigned: pd.Series


def symmetric_table(
    supply: pd.DataFrame,
    use: pd.DataFrame,
    model: Model,
    final: pd.DataFrame | None = None,
    value_added: pd.DataFrame | None = None,
) -> SymmetricTable:
    """A symmetric table of supply V and use U, by one of the four models of Eurostat's manual.

    With q the output of products and g that of industries:

    - A, product technology, Z = U V^-1 diag(q): a product is made in one way, whoever makes it.
      Needs as many products as industries, and can bring negative cells.
    - B, industry technology, Z = U diag(g)^-1 V': an industry makes all its products in one way.
    - C, fixed industry sales structure, Z = diag(g) V^-1 U. Needs as many products as industries,
      and can bring negative cells.
    - D, fixed product sales structure, Z = V' diag(q)^-1 U: a product is sold in the same
      way, whoever makes it.

    A and B are product by product, C and D industry by industry.

    Args:
        supply: product × industry, at basic prices; a make table is its transpose.
        use: product × industry, at basic prices.
        model: `A`, `B`, `C` or `D`.
        final: product × final use.
        value_added: kind × industry.

    Raises:
        SonghuaError: `construct_square`; `construct_singular`; `io_choice`; `io_missing`;
            `labels_differ`, `labels_repeat`.

    Source: Eurostat Manual of Supply, Use and Input-Output Tables, 2008, chapter 11.

    >>> supply = pd.DataFrame({"farms": [90, 10], "mills": [0, 100]}, index=["corn", "flour"])
    >>> use = pd.DataFrame({"farms": [10, 5], "mills": [60, 0]}, index=["corn", "flour"])
    >>> symmetric_table(supply, use, "B").Z
           corn  flour
    corn    9.0   61.0
    flour   4.5    0.5
    >>> symmetric_table(supply, use, "D").Z.round(2)
           farms  mills
    farms  10.45   60.0
    mills   4.55    0.0
    """
    choice("model", model, ("A", "B", "C", "D"))
    V, U, products, industries = _supply_and_use(supply, use)
    T, stranded = _transformation(V, model, products, industries)
    Y = None if final is None else align(supply, final)[1]
    W = None if value_added is None else align(supply.T, value_added.T)[1].T
    by_product = model in ("A", "B")
    if by_product:
        Z, labels, lost = U @ T, products, pd.Series(U.sum(axis=0), industries)
        W = None if W is None else pd.DataFrame(floats(W) @ T, W.index, products)
    else:
        Z, labels, lost = T @ U, industries, pd.Series(U.sum(axis=1), products)
        if Y is not None:
            lost = lost + Y.sum(axis=1)
            Y = pd.DataFrame(T @ floats(Y), industries, Y.columns)
    table = pd.DataFrame(Z, labels, labels)
    low = pd.Series(table.to_numpy().ravel(), pd.MultiIndex.from_product([labels, labels]))
    zero = ROUNDING * float(np.abs(Z).max(initial=0))  # what solving leaves of an empty cell
    output = pd.Series(V.sum(axis=1) if by_product else V.sum(axis=0), labels, name="output")
    lost = lost[stranded & (lost != 0).to_numpy()]
    return SymmetricTable(table, output, Y, W, low[low < -zero], lost)


def _supply_and_use(
    supply: pd.DataFrame, use: pd.DataFrame
) -> tuple[np.ndarray, np.ndarray, pd.Index, pd.Index]:
    """Both as arrays in the order of the supply table, nothing missing."""
    use = align(supply, use)[1]
    use = align(supply.T, use.T)[1].T
    V, U = floats(supply), floats(use)
    for values in (V, U):
        refuse_missing(~np.isfinite(values), supply.index, supply.columns)
    return V, U, supply.index, supply.columns


def _transformation(
    V: np.ndarray, model: Model, products: pd.Index, industries: pd.Index
) -> tuple[np.ndarray, np.ndarray]:
    """The matrix that U is multiplied by, and whose uses or inputs cannot be placed."""
    q, g = V.sum(axis=1), V.sum(axis=0)
    if model == "B":
        return np.nan_to_num(ratio(V, g)).T, g == 0
    if model == "D":
        return np.nan_to_num(ratio(V.T, q)), q == 0
    if len(products) != len(industries):
        raise SonghuaError(
            ConstructSquare(model=model, products=len(products), industries=len(industries))
        )
    if np.linalg.cond(V) > 1 / np.finfo(float).eps:
        raise SonghuaError(ConstructSingular(model=model))
    none = np.zeros(len(products), dtype=bool)
    if model == "A":
        return np.linalg.solve(V, np.diag(q)), none
    return np.linalg.solve(V.T, np.diag(g)).T, none


@dataclass(frozen=True)
class Separated:
    """A table with home and imported uses apart; `share` is that of imports in use, by product."""

    home: pd.DataFrame
    imported: pd.DataFrame
    final_home: pd.DataFrame
    final_imported: pd.DataFrame
    share: pd.Series


def separate_imports(Z: pd.DataFrame, final: pd.DataFrame, imports: pd.Series) -> Separated:
    """Home and imported uses of a table that mixes them, by each product's share of imports.

    Every use of a product is taken to be imported in the same share m_i / (sum_j z_ij + sum
    f_i): an assumption, and a strong one, which makes the home results an estimate.

    Args:
        Z: flows that hold imports.
        final: final uses that hold imports, product × use. Leave exports out, unless goods are
            exported again as they came.
        imports: by product, not below zero.

    Raises:
        SonghuaError: `imports_above_use`, one for each product with more imports than use;
            `io_negative`, for imports below zero; `io_missing`, `labels_differ`, `labels_repeat`.

    >>> Z = pd.DataFrame({"a": [20, 10], "b": [30, 0]}, index=["a", "b"])
    >>> homes = pd.DataFrame({"homes": [50, 10]}, index=["a", "b"])
    >>> separated = separate_imports(Z, homes, pd.Series({"a": 10, "b": 0}))
    >>> separated.home["a"].tolist(), separated.final_imported["homes"].tolist()
    ([18.0, 10.0], [5.0, 0.0])
    """
    align(Z, Z.T)
    final = align(Z, final)[1]
    m = vector(imports, Z.index)
    use = floats(Z).sum(axis=1) + floats(final).sum(axis=1)
    refuse_missing(~np.isfinite(use + m), Z.index)
    if (m < 0).any():
        raise SonghuaError(IoNegative())
    over = m > use * (1 + ROUNDING)
    if over.any():
        odd = zip(Z.index[over], m[over], use[over], strict=True)
        raise SonghuaError(
            *(ImportsAboveUse(label=str(k), imports=float(a), use=float(b)) for k, a, b in odd)
        )
    share = pd.Series(np.where(m > 0, np.minimum(ratio(m, use), 1.0), 0.0), Z.index, name="share")
    imported, final_imported = Z.mul(share, axis=0), final.mul(share, axis=0)
    return Separated(Z - imported, imported, final - final_imported, final_imported, share)


@dataclass(frozen=True)
class Deflated:
    """A table at constant prices; value added is output less inputs."""

    Z: pd.DataFrame
    output: pd.Series
    value_added: pd.Series
    final: pd.DataFrame | None


def deflate(
    Z: pd.DataFrame,
    output: pd.Series,
    prices: pd.Series,
    final: pd.DataFrame | None = None,
    imported: pd.DataFrame | None = None,
    import_prices: pd.Series | None = None,
) -> Deflated:
    """A table at constant prices by double deflation.

    Each row is divided by its product's price index, inputs as well as output, and value added is
    the difference v_j = x_j / p_j - sum_i z_ij / p_i - sum_i m_ij / p^m_i. It may come out below
    zero where input prices rose much less than those of output.

    Args:
        Z: flows at current prices; home inputs only, if `imported` is given.
        output: by industry.
        prices: index by product, the base year being one.
        final: final uses at current prices.
        imported: imported inputs at current prices, by product and industry.
        import_prices: index of imports by product; `prices`, if not given.

    Raises:
        SonghuaError: `deflator_impossible`, one for each index that is not above zero;
            `labels_differ`, `labels_repeat`, `levels_not_numbers`.

    Source: United Nations, Handbook on Supply and Use Tables and Input-Output Tables, 2018,
    chapter 9.

    >>> Z = pd.DataFrame({"a": [20, 10], "b": [30, 0]}, index=["a", "b"])
    >>> deflated = deflate(Z, pd.Series({"a": 100, "b": 60}), pd.Series({"a": 2, "b": 1}))
    >>> deflated.Z["b"].tolist(), deflated.value_added.to_dict()
    ([15.0, 0.0], {'a': 30.0, 'b': 45.0})
    """
    p = _index(prices, Z.index)
    real = Z.div(p, axis=0)
    x = align(output, p)[0] / align(output, p)[1]
    inputs = real.sum(axis=0, skipna=False)
    if imported is not None:
        outside = p if import_prices is None else _index(import_prices, imported.index)
        inputs = inputs + align(Z.T, align(Z, imported.div(outside, axis=0))[1].T)[1].T.sum(
            axis=0, skipna=False
        )
    added = align(inputs, x)[1] - inputs
    uses = None if final is None else align(Z, final)[1].div(p, axis=0)
    return Deflated(real, x.rename("output"), added.rename("value_added"), uses)


def _index(prices: pd.Series, labels: pd.Index) -> pd.Series:
    """The price index in the order of the labels; all above zero."""
    values = pd.Series(vector(prices, labels), labels)
    odd = values[~(values > 0)]
    if len(odd):
        faults = ((str(label), float(value)) for label, value in odd.items())
        raise SonghuaError(*(DeflatorImpossible(label=k, value=v) for k, v in faults))
    return values
