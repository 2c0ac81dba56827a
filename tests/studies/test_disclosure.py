"""Who knows the method and all that was published cannot tell a count of one or two firms.

The attacker knows the rules, the tables and the days, all that a firm may be, and the distribution
of the coins; the secret alone is unknown. Every register of up to four firms is weighed by how
likely it would have been published as it was.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from itertools import combinations_with_replacement, product

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from examples import examples
from songhua.maths.disclosure import PublishedCounts, chance
from songhua.rules.register import Register
from songhua.store.rulebooks import load
from songhua.studies.certify.study import certify

BOOK = load("cn/sci-tech-sme")
DAYS = date(2024, 6, 30), date(2024, 12, 31)
SPANS = {"none": (), "long": ("2024-01-01", "2026-01-01"), "short": ("2023-03-01", "2024-09-30")}
TYPES = list(product(("near", "far"), "xy", "pq", SPANS))
MOST = 4


def _cells() -> dict[tuple[str, ...], np.ndarray]:
    """Which types of firms count in which cell, over both days: by what they are, not by code."""
    stage, district, industry, span = (np.array(one) for one in zip(*TYPES, strict=True))
    valid = {0: span != "none", 1: span == "long"}
    found = {("all",): np.ones(len(TYPES), dtype=bool)}
    for day in (0, 1):
        found |= {(str(day), "stage", one): stage == one for one in ("near", "far")}
        found |= {(str(day), "district", one): valid[day] & (district == one) for one in "xy"}
        found |= {(str(day), "industry", one): valid[day] & (industry == one) for one in "pq"}
        found[str(day), "year", "2023"] = span == "short"
        found[str(day), "year", "2024"] = valid[day]
    found["0", "month", "2024-09"] = span == "short"
    return found


CELLS = _cells()
MEMBERS = np.array(list(CELLS.values()))
CHANCES = np.array([[chance(number, n) for n in range(MOST + 1)] for number in range(400)])


@cache
def worlds() -> tuple[np.ndarray, np.ndarray]:
    """Of every register of up to four firms: the counts of its cells, and which are one cell.

    The second is the first of the cells that hold the very same firms: they show one number.
    """
    types = range(len(TYPES))
    every = np.array([
        np.bincount(np.array(one, dtype=int), minlength=len(TYPES))
        for n in range(MOST + 1) for one in combinations_with_replacement(types, n)
    ])  # fmt: skip
    there = (every > 0).astype(int)
    apart = [(there @ (MEMBERS ^ one).T.astype(int)) > 0 for one in MEMBERS]
    return every @ MEMBERS.T, np.stack([one.argmin(axis=1) for one in apart], axis=1)


def register(types: list[int], secret: bytes = b"") -> Register:
    """Firms of these types, with their certificates."""
    rows, held = [], []
    for at, one in enumerate(types):
        stage, district, industry, span = TYPES[one]
        rows.append((f"f{at}", 501.0, stage == "near", district, industry))
        if SPANS[span]:
            held.append((f"f{at}", BOOK.id, *SPANS[span]))
    firms = pd.DataFrame(rows, columns=["firm", "staff", "resident", "district", "industry"])
    certificates = pd.DataFrame(held, columns=["firm", "status", "since", "until"])
    return Register(firms, certificates, secret=lambda: secret)


def published(types: list[int], secret: bytes) -> np.ndarray:
    """The numbers of all cells as certify shows them on both days; nought where it has no row."""
    shown: dict[tuple[str, ...], int] = {}
    for day, on in enumerate(DAYS):
        given = register(types, secret)
        tables = certify(None, register=given, rulebooks=[BOOK], on=on, each=False).tables
        for row in tables["pipeline"].to_dict("records"):
            shown[str(day), "stage", row["stage"]] = int(row["firms"])
        for row in tables["counts"].to_dict("records"):
            shown[str(day), row["by"], row["group"]] = int(row["firms"])
        for row in tables["expiry_counts"].to_dict("records"):
            if row["month"]:
                shown[str(day), "month", str(row["month"])] = int(row["firms"])
    # the number of all firms is shown as three at least: here the attacker is told more
    shown["all",] = PublishedCounts(secret).of(f"f{at}" for at in range(len(types)))
    assert set(shown) <= set(CELLS)
    return np.array([shown.get(cell, 0) for cell in CELLS])


def weights(numbers: np.ndarray, chances: np.ndarray = CHANCES) -> np.ndarray:
    """How likely each register is to be published in this way, whatever the secret."""
    counts, first = worlds()
    same = (numbers[first] == numbers).all(axis=1)
    each = chances[numbers, counts]
    return same * np.where(np.arange(len(CELLS)) == first, each, 1.0).prod(axis=1)


def told(weight: np.ndarray, truth: np.ndarray) -> list[tuple[int, float]]:
    """For each cell of one or two firms: how many values are possible, and the odds of the best."""
    found = []
    for cell in np.flatnonzero((truth == 1) | (truth == 2)):
        by = np.bincount(worlds()[0][:, cell], weight)
        found.append((int((by > 0).sum()), float(by.max() / by.sum())))
    return found


FIRMS = st.lists(st.integers(0, len(TYPES) - 1), min_size=1, max_size=MOST - 1)


@examples(2)
@given(FIRMS, st.binary(min_size=16, max_size=16))
def test_no_count_is_told_by_all_tables_and_two_days(types: list[int], secret: bytes) -> None:
    truth = np.bincount(types, minlength=len(TYPES)) @ MEMBERS.T
    weight = weights(published(types, secret))
    assert weight[(worlds()[0] == truth).all(axis=1)].max() > 0  # what happened is possible
    for values, best in told(weight, truth):
        assert values >= 2
        assert best < 0.997  # a firm counts in eight cells at most: 256 to 1


def _recovered(chances: np.ndarray) -> int:
    """In how many registers of up to three firms a method without coins gives a count away."""
    shown, counts = chances.argmax(axis=0), worlds()[0]
    some = counts[(counts[:, 0] > 0) & (counts[:, 0] < MOST)][::97]
    return sum(
        any(values == 1 for values, _ in told(weights(shown[truth], chances), truth))
        for truth in some
    )


def test_the_attack_finds_what_blanks_and_plain_rounding_give_away() -> None:
    """It would see a leak: both methods, which toss nothing, leave counts that are certain."""
    sizes = np.arange(MOST + 1)
    blank = np.where((sizes == 1) | (sizes == 2), 1, sizes)  # shown as the same blank
    nearest = (sizes + 1) // 3 * 3
    for shown in (blank, nearest):
        assert _recovered((np.arange(400)[:, None] == shown).astype(float)) > 0
