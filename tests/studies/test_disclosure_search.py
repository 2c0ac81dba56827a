"""A search by integer programming through all counts that agree with everything published.

Unknown are the counts of every cell of a register on two days; known are the sums that hold among
them, whatever the firms are, and the possible counts of each cell by its published number.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import numpy as np
import pytest
from scipy.optimize import Bounds, LinearConstraint, milp

from songhua.examples import register as invented
from songhua.results import Result
from songhua.rules.register import Register
from songhua.store.rulebooks import load
from songhua.studies.certify.study import certify

BOOKS = [load(name) for name in ("cn/sci-tech-sme", "cn/high-tech-enterprise")]
DAYS = date(2024, 3, 31), date(2024, 6, 30)
MANY = 10_000
Cell = tuple[str, ...]
Ends = Mapping[Cell, tuple[float, float]]


def register(n: int, seed: int) -> Register:
    """Invented firms and certificates."""
    firms = invented.enterprises(np.random.default_rng((seed, 0)), n)
    held = invented.certificates(np.random.default_rng((seed, 1)), firms)
    return Register(firms, held, secret=f"{seed}".encode)


def numbers(given: Register, exact: bool) -> dict[Cell, float]:
    """Every number of firms that is shown on either day."""
    found: dict[Cell, float] = {}
    for on in DAYS:
        result = certify(
            None, register=given, rulebooks=BOOKS, on=on, firm_tables=False, small_cells=exact
        )
        for name, by in (("pipeline", "stage"), ("counts", "group"), ("expiry_counts", "month")):
            for row in result.tables[name].to_dict("records"):
                kind = row.get("by", name)
                found[str(on), row["status"], kind, str(row[by])] = row["firms"]
        found[str(on), "", "all", ""] = _judged(result)
    return found


def _judged(result: Result) -> float:
    said = {one.code: one.params for one in result.findings}
    told = said["register_judged"] if "register_judged" in said else said["register_judged_about"]
    return float(str(told["n"]))


def system(cells: list[Cell]) -> list[LinearConstraint]:
    """The sums: stages to all firms, districts and industries to the year, lapses within it."""
    at = {cell: k for k, cell in enumerate(cells)}
    rows: list[np.ndarray] = []
    most: Any = []
    for on in map(str, DAYS):
        for book in BOOKS:
            mine = [cell for cell in cells if cell[:2] == (on, book.id)]
            year = (on, book.id, "year", on[:4])
            whole = {"pipeline": (on, "", "all", ""), "district": year, "industry": year}
            for kind, total in (*whole.items(), ("expiry_counts", year)):
                row = np.zeros(len(cells))
                row[at[total]] = 1
                for cell in mine:
                    row[at[cell]] -= cell[2] == kind and cell[3] != ""
                rows.append(row)
                most.append(np.inf if kind == "expiry_counts" else 0.0)
    one_register = np.zeros(len(cells))
    one_register[[at[str(on), "", "all", ""] for on in DAYS]] = 1, -1
    most.append(0.0)
    return [LinearConstraint(np.array([*rows, one_register]), 0, most)]


def recovered(truth: Mapping[Cell, float], ends: Ends) -> int:
    """The number of cells of one or two firms with a single possible count."""
    cells = list(truth)
    known: Any = np.array([ends[cell] for cell in cells])
    rules, bounds = system(cells), Bounds(known[:, 0], known[:, 1])
    told = 0
    for k, cell in enumerate(cells):
        if truth[cell] not in (1, 2):
            continue
        least, most = (
            milp(sign * np.eye(len(cells))[k], constraints=rules, bounds=bounds, integrality=1)
            for sign in (1, -1)
        )
        assert least.success
        assert most.success
        told += round(least.fun) == round(-most.fun)
    return told


def shown(truth: Mapping[Cell, float], seen: Mapping[Cell, float]) -> Ends:
    """The possible counts with coins: a number above nought comes from one or more firms."""
    return {cell: (float(seen.get(cell, 0) > 0), MANY) for cell in truth}


def blank(truth: Mapping[Cell, float]) -> Ends:
    """The possible counts with blanks: the exact counts, but for one or two."""
    return {cell: (1, 2) if n in (1, 2) else (n, n) for cell, n in truth.items()}


@pytest.mark.parametrize("n", [40, pytest.param(3000, marks=pytest.mark.exhaustive)])
def test_no_small_count_is_the_only_one_that_agrees(n: int) -> None:
    given = register(n, 1)
    truth, seen = numbers(given, exact=True), numbers(given, exact=False)
    assert set(seen) <= set(truth)
    assert recovered(truth, shown(truth, seen)) == 0
    if n == 40:
        assert sum(one in (1, 2) for one in truth.values()) > 10
        assert recovered(truth, blank(truth)) > 0  # the search would find a leak
