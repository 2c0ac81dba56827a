"""Planted changes of tables come out where they were planted; every order, counted by hand."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations

import numpy as np
import pandas as pd
import pytest

from close import assert_close
from songhua import messages
from songhua.errors import SonghuaError
from songhua.maths.input_output import structural_decomposition
from songhua.maths.interindustry import InputOutputTable
from songhua.maths.table_audit import audit
from songhua.maths.table_change import output_change

CODES = ["food", "tools", "trade"]
A = pd.DataFrame([[0.1, 0.2, 0.0], [0.2, 0.1, 0.3], [0.1, 0.1, 0.1]], CODES, CODES)
F = pd.DataFrame({"homes": [50.0, 10, 40], "exports": [10.0, 60, 5], "stocks": [3.0, -2, 0]}, CODES)
OTHER = pd.DataFrame([[0.05, 0.1, 0.1], [0.3, 0.1, 0.2], [0.1, 0.2, 0.1]], CODES, CODES)

NOISE = 1e-9  # what additions in another order may leave of outputs of a few hundred


def table(A: pd.DataFrame = A, f: pd.DataFrame = F, year: int = 2015, kind: str = "domestic"):
    x = pd.Series(np.linalg.solve(np.eye(3) - A, f.sum(axis=1)), CODES)
    Z = A * x
    v = (x - Z.sum()).to_frame("pay").T
    made = InputOutputTable(Z=Z, f=f, v=v, x=x, kind=kind, unit="m EUR", year=year, decimals=6)
    assert not any(issue.grave for issue in audit(made))
    return made


def planted(f: pd.DataFrame = F, A: pd.DataFrame = A, method: str = "all") -> pd.DataFrame:
    """The columns that are not zero."""
    parts = output_change(table(), table(A, f, 2020), method).parts
    assert_close(parts.drop(columns="total", level=0).sum(axis=1), parts["total", ""], atol=NOISE)
    assert_close(parts["residual", ""], 0, atol=NOISE)
    return parts.loc[:, (np.abs(parts) > 1e-9).any()].drop(columns="total", level=0)


@pytest.mark.parametrize("method", ["polar", "all"])
def test_a_planted_change_is_found_where_it_is(method: str) -> None:
    assert list(planted(A=OTHER, method=method)) == [("technology", "")]
    assert list(planted(F.assign(homes=2 * F["homes"]), method=method)) == [("level", "homes")]
    swapped = F.assign(exports=F["exports"].to_numpy()[::-1])
    assert list(planted(swapped, method=method)) == [("mix", "exports")]
    both = F.assign(homes=F["homes"].to_numpy()[[1, 0, 2]] * 1.5)
    assert list(planted(both, method=method)) == [("mix", "homes"), ("level", "homes")]
    assert list(planted(F.assign(stocks=[-3.0, 4, 0]), method=method)) == [("change", "stocks")]


def test_prices_alone_are_a_change_only_without_deflators() -> None:
    p = pd.Series([2.0, 1.25, 0.5], CODES)
    dear = table(A.mul(p, axis=0).div(p, axis=1), F.mul(p, axis=0), 2020)
    found = output_change(table(), dear)
    assert np.abs(found.parts["technology", ""]).max() > 1
    assert found.issues[0].code == "table_current_prices"
    heading = messages.finding(found.issues[0].code, "en", found.issues[0].params)
    assert heading.startswith("Current prices: includes price change")
    real = output_change(table(), dear, prices=(pd.Series(1.0, CODES), p))
    assert_close(real.parts, 0, atol=NOISE)
    assert real.issues[0].code == "table_constant_prices"
    with pytest.raises(SonghuaError) as caught:
        output_change(table(), dear, prices=(pd.Series(1.0, CODES), p * 0))
    assert {f.code for f in caught.value.faults} == {"deflator_impossible"}


def test_every_order_of_all_factors_counted_by_hand() -> None:
    """Splitting use by use gives the mean over every order of L, mixes and levels at once."""
    f = pd.DataFrame({"homes": [80.0, 30, 60], "exports": [40.0, 50, 20]}, CODES)
    both = (F[["homes", "exports"]], f)
    ends = [
        {"technology": np.linalg.inv(np.eye(3) - a)}
        | {("mix", k): (g[k] / g[k].sum()).to_numpy() for k in g}
        | {("level", k): g[k].sum() for k in g}
        for a, g in zip((A, OTHER), both, strict=True)
    ]
    names = list(ends[0])

    def output(at: dict) -> np.ndarray:
        return at["technology"] @ sum(at["mix", k] * at["level", k] for k in f)

    sums = dict.fromkeys(names, 0.0)
    for order in permutations(names):
        now = dict(ends[0])
        for name in order:
            before = output(now)
            now[name] = ends[1][name]
            sums[name] = sums[name] + (output(now) - before) / 120
    found = structural_decomposition(A, OTHER, *both, method="all", by_use=True)
    for name in names:
        key = name if isinstance(name, tuple) else (name, "")
        assert_close(found[key], sums[name], atol=NOISE)


def test_intensity_and_a_single_use() -> None:
    v = [0.1, 0.2, 0.3], [0.2, 0.1, 0.3]
    vectors = F["homes"], 2 * F["homes"]
    found = structural_decomposition(A, OTHER, *vectors, *v, method="all", by_use=True)
    kinds = ["intensity", "technology", "mix", "level", "total"]
    assert found.columns.get_level_values(0).tolist() == kinds
    whole = structural_decomposition(A, OTHER, *vectors, *v, method="all")
    assert_close(found["total", ""], whole["total"], atol=NOISE)
    for part in ("intensity", "technology"):  # the mix did not change, and all else is the same
        assert_close(found[part, ""], whole[part], atol=NOISE)
    assert_close(found["level", "homes"], whole["demand"], atol=NOISE)


def test_what_a_reader_must_know() -> None:
    gone = F.drop(columns="stocks").assign(exports=0.0)
    found = output_change(table(kind="competitive"), table(A, gone, 2020, "competitive"))
    told = {issue.code: dict(issue.params) for issue in found.issues}
    assert told == {
        "table_current_prices": {},
        "table_change_imports_inside": {},
        "table_change_use_absent": {"year": 2020, "uses": ("stocks",)},
        "table_change_without_mix": {"uses": ("stocks",)},
    }
    assert ("level", "exports") in found.parts  # a use that ends has the mix that it had
    assert np.abs(found.parts["mix", "exports"]).max() == 0
    for issue in found.issues:
        for lang in messages.LANGUAGES:
            assert "{" not in messages.finding(issue.code, lang, issue.params)


def test_an_industry_that_begins_is_missing_and_said() -> None:
    none = F.copy()
    none.loc["trade"] = 0.0
    idle = A.copy()
    idle.loc["trade"] = 0.0
    first = table(idle, none)
    assert first.x["trade"] == 0
    found = output_change(first, table(year=2020))
    assert found.parts.loc["trade"].isna().all()
    assert found.drivers().loc["trade"].isna().all()
    assert found.parts.drop("trade").notna().all(axis=None)
    assert_close(found.parts["residual", ""].drop("trade"), 0, atol=NOISE)
    told = next(i for i in found.issues if i.code == "table_change_without_output")
    assert told.params == {"year": 2015, "labels": ("trade",)}


def test_rows_that_do_not_close_leave_a_residual() -> None:
    later = table(year=2020)
    found = output_change(table(), replace(later, x=later.x + pd.Series([1.0, 0, 0], CODES)))
    assert found.parts.loc["food", ("total", "")] == pytest.approx(1)
    assert np.abs(found.parts["residual", ""]).max() > 0.5


def test_tables_that_cannot_be_compared() -> None:
    def fault(later: InputOutputTable) -> str:
        with pytest.raises(SonghuaError) as caught:
            output_change(table(), later)
        return caught.value.faults[0].code

    later = table(year=2020)
    assert fault(replace(later, unit="k EUR")) == "table_units_apart"
    assert fault(replace(later, kind="competitive")) == "table_kinds_apart"
    names = {"food": "meals"}
    other = replace(
        later, Z=later.Z.rename(names).rename(columns=names), f=later.f.rename(names),
        v=later.v.rename(columns=names), x=later.x.rename(names),
    )  # fmt: skip
    assert fault(other) == "labels_differ"
    make = pd.DataFrame(np.diag(later.x), CODES, CODES)
    assert fault(replace(later, kind="supply_use", make=make)) == "table_kind"
