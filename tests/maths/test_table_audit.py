"""Planted errors are named, each where it stands; clean official tables give no alarm."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np
import pandas as pd
import pytest

from shared import DATA
from songhua.checks.interindustry import KINDS
from songhua.maths import table_audit
from songhua.maths.interindustry import InputOutputTable, Total
from songhua.maths.table_aggregation import aggregate_table, groups
from songhua.maths.table_issues import Issue
from songhua.maths.table_suspects import SEARCHED, hidden_sums
from songhua.results import read_finding
from songhua.store.interindustry import read_table

SETS = ("china_io", "oecd_iot_chn_jpn", "us_bea_summary_io", "iotables_examples",
        "finland_regional_io_2014")  # fmt: skip
CHINA = [f"china_{n}" for n in (
    "2002_122", "2005_42", "2007_135", "2010_41", "2012_139", "2015_42", "2017_149", "2017_42",
    "2018_153", "2018_42", "2020_153", "2020_42")]  # fmt: skip
OECD = [f"oecd {c} {y}" for c in ("CHN", "JPN") for y in range(1995, 2019)]
BEA = [f"bea {year}" for year in range(2012, 2024)]
SMALL = ["germany", "netherlands", "croatia 1700", "croatia 1800", "croatia 1800 and 1900"]
CLEAN = [*CHINA, *OECD, *BEA, *SMALL, "finland"]
PLANTED = [
    *CHINA,
    "oecd CHN 2002",
    "oecd JPN 2017",
    "bea 2012",
    "bea 2017",
    "bea 2023",
    *SMALL,
    "finland",
]
SYMMETRIC = [name for name in PLANTED if not name.startswith("bea")]
# One of each publisher and layout; all others are in the deep tier.
FEW = ["china_2002_122", "china_2017_42", "oecd JPN 2017", "oecd JPN 2010", "bea 2012", "germany",
       "netherlands", "croatia 1700", "finland"]  # fmt: skip


def some(names: list[str]) -> list[Any]:
    """Tables to try: a few in `make test`, the rest in the deep tier."""
    return [n if n in FEW else pytest.param(n, marks=pytest.mark.deep) for n in names]


@cache
def official(name: str) -> InputOutputTable:
    """A table of the shared data, as read."""
    if name.startswith("china"):
        return read_table(DATA / "china_io" / f"{name}.csv")
    if name.startswith("oecd"):
        _, country, year = name.split()
        file = DATA / "oecd_iot_chn_jpn" / f"oecd2021ed_{country}_1995_2018_wide.csv"
        return read_table(file, year=int(year))
    if name.startswith("bea"):
        file = f"Summary_Use_{name.split()[1]}_PRO_AfterRedef_17sch.csv"
        return read_table(DATA / "us_bea_summary_io" / file)
    if name == "finland":
        return finland()
    home = DATA / "iotables_examples"
    if name == "germany":
        return read_table(home / "germany_1995.csv")
    if name == "netherlands":
        return read_table(home / "netherlands_2000.csv", unit="m EUR")
    imported = home / "croatia_2010_1900.csv" if "and" in name else None
    file = home / f"croatia_2010_{name.split()[1]}.csv"
    return read_table(file, unit="k HRK", imported=imported)


def finland() -> InputOutputTable:
    """The nation of the regional tables of 2014: one source of products, two kinds of imports."""
    home = DATA / "finland_regional_io_2014"

    def wide(name: str) -> pd.DataFrame:
        with gzip.open(home / f"{name}_nation.csv.gz", "rt", encoding="utf-8") as lines:
            frame = pd.read_csv(lines)
        return frame.pivot_table(index="COM", columns="IND", values="value", sort=False)

    own = wide("io2014")
    industries = [name for name in own.index if name in own.columns]
    finals = [c for c in own.columns if c not in industries and " yhteensä" not in c
              and not c.startswith(("FUSE", "USE"))]  # fmt: skip
    from_regions, foreign = wide("io_reg2014"), wide("io_imp2014")
    named = {
        "Tuoteverot miinus tuotetukipalkkio": "product_taxes",
        "Palkansaajakorvaukset": "labour",
        "Pääomakorvaukset": "capital",
        "Maankäytön korvaukset": "land",
        "Muut tuotantoverot, netto": "production_taxes",
    }
    v = own.loc[list(named), industries].rename(index=named)
    imports = (from_regions + foreign).reindex(index=industries, columns=industries).fillna(0.0)
    return InputOutputTable(
        Z=own.loc[industries, industries].fillna(0.0), f=own.loc[industries, finals].fillna(0.0),
        v=v.fillna(0.0), x=own.loc["Tuotos perushintaan", industries], Z_imported=imports,
        kind="domestic", unit="m EUR", year=2014, digits=7,
    )  # fmt: skip


# Real errors in the publishers' own tables: true findings, not false alarms.
TRUE = {
    "germany": {("table_total_differs", True)},  # printed total use of industry is 46 too low
    "oecd JPN 2010": {("table_gap_columns", False)},  # 3.2 against 2.45, real estate
}


def audit(table: InputOutputTable, known: Mapping[str, float] | None = None) -> list[Issue]:
    """The audit of a table; each issue makes the fault or the finding of its code."""
    issues = table_audit.audit(table, known or {})
    for issue in issues:
        kind = KINDS.get(issue.code)
        made = kind(**issue.params) if kind else read_finding(issue.code, issue.params)
        assert made.words()
        assert kind or not issue.grave
    return issues


def codes(issues: list[Issue]) -> set[str]:
    return {issue.code for issue in issues}


@pytest.mark.shared(*SETS)
@pytest.mark.parametrize("name", some(CLEAN))
def test_no_alarm_on_an_official_table(name: str) -> None:
    table = official(name)
    found = {(i.code, i.grave) for i in audit(table)}
    expected = set(TRUE.get(name, set()))
    if any(
        (np.asarray(part) < 0).any() for part in (table.Z, table.Z_imported) if part is not None
    ):
        expected.add(("table_negative", False))
    if (table.x == 0).any():
        expected.add(("table_output_zero", False))
    assert found == expected


# Planted errors ----------------------------------------------------------------------------


def large_cell(part: pd.DataFrame, rng: np.random.Generator) -> tuple[int, int]:
    """One of the two hundred largest cells off the diagonal."""
    values = np.array(part, dtype=float)
    if values.shape[0] == values.shape[1]:
        np.fill_diagonal(values, 0.0)
    order = np.argsort(values, axis=None)[::-1][: max(3, min(200, values.size // 10))]
    i, j = np.unravel_index(int(rng.choice(order)), values.shape)
    return int(i), int(j)


def with_cell(
    table: InputOutputTable, block: str, i: int, j: int, change: Callable[[float], float]
) -> InputOutputTable:
    part = getattr(table, block).copy()
    part.iloc[i, j] = change(float(part.iloc[i, j]))
    return replace(table, **{block: part})


def cell_name(table: InputOutputTable, block: str, i: int, j: int) -> str:
    part = getattr(table, block)
    return f"{block}[{part.index[i]}, {part.columns[j]}]"


def generator(*seed: str) -> np.random.Generator:
    return np.random.default_rng([ord(letter) for letter in "".join(seed)])


def factor_for(name: str, block: str) -> int:
    """10, 100 and 1000 in turn over tables and blocks, so that each block meets all three."""
    return (10, 100, 1000)[(PLANTED.index(name) + len(block) + ord(block[0])) % 3]


planted = pytest.mark.parametrize("name", some(PLANTED))
symmetric = pytest.mark.parametrize("name", some(SYMMETRIC))


@pytest.mark.shared(*SETS)
class TestPlanted:
    @symmetric
    def test_transposed(self, name: str) -> None:
        table = official(name)
        beside = None if table.Z_imported is None else table.Z_imported.T
        issues = audit(replace(table, Z=table.Z.T, Z_imported=beside))
        assert "table_transposed" in codes(issues)

    @planted
    @pytest.mark.parametrize("block", ["Z", "f", "v"])
    def test_a_cell_in_another_scale(self, name: str, block: str) -> None:
        table, factor = official(name), factor_for(name, block)
        i, j = large_cell(getattr(table, block), generator(name, block))
        issues = audit(with_cell(table, block, i, j, lambda value: value * factor))
        told = {(x.params["part"], x.params["factor"]) for x in issues if x.code == "table_scale"}
        assert (cell_name(table, block, i, j), factor) in told

    @planted
    @pytest.mark.parametrize("block", ["Z", "f", "v", "x"])
    def test_a_block_in_another_scale(self, name: str, block: str) -> None:
        table, factor = official(name), factor_for(name, block)
        issues = audit(replace(table, **{block: getattr(table, block) * factor}))
        told = [(x.params["part"], x.params["factor"]) for x in issues if x.code == "table_scale"]
        assert (block, factor) in told

    @planted
    @pytest.mark.parametrize("axis", [0, 1])
    def test_a_line_of_flows_in_another_scale(self, name: str, axis: int) -> None:
        table = official(name)
        sums = np.asarray(table.Z.sum(axis=1 - axis))
        at = int(generator(name).choice(np.argsort(sums)[::-1][: max(2, len(sums) // 3)]))
        part = table.Z.copy()
        if axis == 0:
            part.iloc[at] = part.iloc[at] * 100
        else:
            part.iloc[:, at] = part.iloc[:, at] * 100
        issues = audit(replace(table, Z=part))
        told = [(x.params["part"], x.params["factor"]) for x in issues if x.code == "table_scale"]
        wanted = f"Z[{part.index[at]}, :]" if axis == 0 else f"Z[:, {part.columns[at]}]"
        assert (wanted, 100) in told

    @planted
    def test_the_whole_table_in_another_unit(self, name: str) -> None:
        table, factor = official(name), factor_for(name, "unit")
        known = {"output": float(table.x.sum()) * 1.02}
        scaled = replace(
            table, printed=(), decimals=None, digits=6,
            **{block: getattr(table, block) * factor
               for block in ("Z", "f", "v", "x", "Z_imported", "f_imported", "make")
               if getattr(table, block) is not None},
        )  # fmt: skip
        told = {x.code: x.params["factor"] for x in audit(scaled, known) if "scale" in x.code}
        assert told == {"table_scale_known": factor}
        assert "table_scale_known" not in codes(audit(table, known))

    @planted
    def test_a_cell_with_the_wrong_sign(self, name: str) -> None:
        table = official(name)
        i, j = large_cell(table.Z, generator(name, "sign"))
        issues = audit(with_cell(table, "Z", i, j, lambda value: -value))
        told = {x.params["part"] for x in issues if x.code == "table_sign"}
        assert cell_name(table, "Z", i, j) in told
        assert "table_negative" in codes(issues)

    @planted
    def test_a_missing_cell(self, name: str) -> None:
        table = official(name)
        i, j = large_cell(table.Z, generator(name, "hole"))
        issues = audit(with_cell(table, "Z", i, j, lambda _: float("nan")))
        [hole] = [x for x in issues if x.code == "table_cells_missing"]
        assert hole.params["labels"] == (cell_name(table, "Z", i, j)[1:],)

    @planted
    def test_a_cell_that_is_simply_wrong(self, name: str) -> None:
        table = official(name)
        i, j = large_cell(table.Z, generator(name, "wrong"))
        issues = audit(with_cell(table, "Z", i, j, lambda value: value * 1.37))
        for axis, label in (("rows", table.Z.index[i]), ("columns", table.Z.columns[j])):
            wrong = (f"table_unbalanced_{axis}", f"table_gap_{axis}")
            assert str(label) in {x.params["worst"] for x in issues if x.code in wrong}
        assert "table_scale" not in codes(issues)

    @planted
    def test_an_industry_without_output(self, name: str) -> None:
        table = official(name)
        x = table.x.copy()
        x.iloc[1] = 0.0
        [zero] = [i for i in audit(replace(table, x=x)) if i.code == "table_output_zero_used"]
        assert zero.params["labels"] == (str(x.index[1]),)

    @planted
    def test_negative_output(self, name: str) -> None:
        table = official(name)
        x = table.x.copy()
        x.iloc[0] = -x.iloc[0]
        assert "table_output_negative" in codes(audit(replace(table, x=x)))

    @symmetric
    def test_a_total_among_the_industries(self, name: str) -> None:
        table = official(name)
        issues = audit(widened(table, list(table.Z.index), "TOTAL"))
        told = [
            (x.params["part"], x.params["label"]) for x in issues if x.code == "table_total_inside"
        ]
        assert told == [("Z", "TOTAL")]

    @symmetric
    @pytest.mark.parametrize("together", [True, False])
    def test_a_subtotal_among_the_industries(self, name: str, together: bool) -> None:
        table = official(name)
        rng = generator(name, str(together))
        n = len(table.Z)
        size = max(2, n // 6)
        first = int(rng.integers(0, n - size))
        at = range(first, first + size) if together else sorted(rng.choice(n, size, replace=False))
        members = [table.Z.index[int(i)] for i in at]
        issues = audit(widened(table, members, "PART", after=members[-1]))
        told = {x.params["label"]: x.params["n"] for x in issues if x.code == "table_subtotal"}
        assert list(told) == ["PART"]

    @planted
    def test_a_total_among_final_uses(self, name: str) -> None:
        table = official(name)
        f = table.f.assign(TOTAL=table.f.sum(axis=1))
        told = [x.params["label"] for x in audit(replace(table, f=f, f_imported=None, Z_imported=None, kind=table.kind))
                if x.code == "table_total_inside"]  # fmt: skip
        assert told == ["TOTAL"]

    @planted
    def test_a_printed_total_that_differs(self, name: str) -> None:
        table = official(name)
        if not table.printed:
            pytest.skip("prints no totals")
        total = table.printed[0]
        values = total.values.copy()
        values.iloc[0] += 1e-3 * table.x.max()
        issues = audit(replace(table, printed=(replace(total, values=values), *table.printed[1:])))
        told = {
            x.params["total"]: x.params["worst"] for x in issues if x.code == "table_total_differs"
        }
        assert told[total.name] == str(values.index[0])


def widened(
    table: InputOutputTable, members: list, label: str, after: object = None
) -> InputOutputTable:
    """The table with the sum of some industries put in as one more industry."""
    S = pd.DataFrame(np.eye(len(table.Z)), table.Z.index, table.Z.columns)
    at = len(S) if after is None else list(S.columns).index(after) + 1
    S.insert(at, label, S[members].sum(axis=1))

    def spread(part: pd.DataFrame | None, rows: bool, columns: bool) -> pd.DataFrame | None:
        if part is None:
            return None
        part = S.T @ part if rows else part
        return part @ S if columns else part

    return replace(
        table, Z=spread(table.Z, True, True), Z_imported=spread(table.Z_imported, True, True),
        f=spread(table.f, True, False), f_imported=spread(table.f_imported, True, False),
        v=spread(table.v, False, True), memo=None, x=S.T @ table.x, printed=(),
    )  # fmt: skip


# Small cases by hand -------------------------------------------------------------------------


def by_hand(**changes: object) -> InputOutputTable:
    labels = ["food", "tools", "trade"]
    parts: dict = {
        "Z": pd.DataFrame([[10.0, 20, 5], [30, 10, 8], [6, 7, 9]], labels, labels),
        "f": pd.DataFrame({"homes": [65.0, 32, 78]}, labels),
        "v": pd.DataFrame([[54.0, 43, 78]], ["labour"], labels),
        "x": pd.Series([100.0, 80, 100], labels),
    }
    return InputOutputTable(
        **{**parts, **changes}, kind="domestic", unit="m EUR", year=2020, decimals=0
    )


def test_the_tolerance_is_half_a_unit_for_each_number() -> None:
    assert audit(by_hand()) == []
    within = pd.DataFrame({"homes": [65.0, 32, 80.5]}, ["food", "tools", "trade"])  # 5 terms: 2.5
    assert audit(by_hand(f=within)) == []
    within.loc["trade", "homes"] += 0.1
    [beyond] = audit(by_hand(f=within))
    assert beyond.code == "table_unbalanced_rows"
    assert (beyond.params["gap"], beyond.params["allowed"]) == (2.6, 2.5)


def test_a_missing_number_is_not_zero() -> None:
    table = by_hand()
    issues = audit(with_cell(table, "Z", 0, 1, lambda _: float("nan")))
    assert codes(issues) == {"table_cells_missing"}


def test_a_number_at_the_end_of_what_there_is_is_told_and_not_multiplied() -> None:
    """No factor is tried that no float holds; those that fit are."""
    found = audit(with_cell(by_hand(), "Z", 0, 1, lambda _: 1e306))
    assert "table_unbalanced_rows" in codes(found)
    assert "table_cells_missing" not in codes(found)


def test_totals_known_from_elsewhere() -> None:
    table = by_hand()
    assert audit(table, {"value_added": 175, "homes": 175}) == []
    [unit] = audit(table, {"output": 0.281})
    assert (unit.code, unit.params["factor"]) == ("table_scale_known", 1000)
    [unit] = audit(table, {"output": 2810})
    assert unit.params["factor"] == "1/10"
    [other] = audit(table, {"output": 150})
    assert other.code == "table_known_differs"


def test_aggregation_keeps_a_clean_table_clean() -> None:
    table = by_hand()
    wide = aggregate_table(table, groups(pd.Series({"food": "a", "tools": "a", "trade": "b"})))
    assert audit(wide) == []
    assert wide.x.to_dict() == {"a": 180.0, "b": 100.0}


LABELS = ["food", "tools", "trade"]
IMPORTED = pd.DataFrame([[1.0, 2, 3], [4, 5, 6], [7, 8, 9]], LABELS, LABELS)


@pytest.mark.parametrize(
    ("axis", "parts", "numbers", "imported"),
    [
        ("rows", ("Z",), [35.0, 48, 22], False),
        ("rows", ("homes",), [65.0, 32, 78], False),
        ("rows", ("Z", "homes"), [100.0, 80, 100], False),
        ("rows", ("Z", "homes"), [7.0, 17, 27], True),
        ("columns", ("Z",), [46.0, 37, 22], False),
        ("columns", ("Z_imported",), [12.0, 15, 18], False),
        ("columns", ("Z", "Z_imported", "labour"), [100.0, 80, 100], False),
    ],
)
def test_a_printed_total_is_held_to_its_parts(
    axis: str, parts: tuple[str, ...], numbers: list[float], imported: bool
) -> None:
    v = pd.DataFrame([[42.0, 28, 60]], ["labour"], LABELS)
    beside = pd.DataFrame({"homes": [1.0, 2, 3]}, LABELS)
    parted = {"Z_imported": IMPORTED, "f_imported": beside, "v": v}
    total = Total("sum", axis, parts, pd.Series(numbers, LABELS), imported)
    assert audit(by_hand(**parted, printed=(total,))) == []
    wrong = replace(total, values=total.values.add([0.0, 0.0, 9.0]))
    assert audit(by_hand(**parted, printed=(replace(wrong, parts=("gifts",)),))) == []
    [issue] = audit(by_hand(**parted, printed=(wrong,)))
    assert issue.code == "table_total_differs"
    assert (issue.params["worst"], issue.params["gap"]) == ("trade", -9)


def test_flows_turned_round_are_told_and_only_where_it_helps() -> None:
    table = by_hand()
    assert "table_transposed" in codes(audit(replace(table, Z=table.Z.T)))
    alike = table.Z + table.Z.T  # the same either way
    v = pd.DataFrame([table.x - alike.sum()], ["labour"])
    f = pd.DataFrame({"homes": table.x - alike.sum()})
    assert audit(by_hand(Z=alike, f=f, v=v)) == []
    wrong = with_cell(by_hand(Z=alike, f=f, v=v), "f", 0, 0, lambda value: value + 37)
    assert codes(audit(wrong)) == {"table_unbalanced_rows"}


def test_a_subtotal_is_found_wherever_its_rows_stand() -> None:
    """The second adds up the first and the fourth, which has none of the second good."""
    rows = {"a": [400.0, 700, 150], "a and c": [900.0, 700, 250], "b": [310.0, 90, 845],
            "c": [500.0, 0, 100], "none": [0.0, 0, 0]}  # fmt: skip
    block = pd.DataFrame.from_dict(rows, orient="index", columns=["x", "y", "z"])
    for decimals in (0, None):
        assert hidden_sums(block, decimals, 6, square=False) == [("a and c", ["a", "c"])]
    assert hidden_sums(block / 100, 2, 6, square=False) == [("a and c", ["a", "c"])]
    # numbers of one column alone add up by chance
    run = pd.DataFrame({"x": [900.0, 400, 500, 310]}, ["all", "a", "b", "c"])
    assert hidden_sums(run.assign(y=0.0), 0, 6, square=False) == []
    assert hidden_sums(run.assign(y=run["x"]), 0, 6, square=False) == [("all", ["a", "b"])]
    block.loc["a and c", "x"] = 920.0
    assert hidden_sums(block, 0, 6, square=False) == []


def test_a_cell_of_the_other_sign_and_one_ten_times_too_large_are_told_apart() -> None:
    for times, code in ((-1, "table_sign"), (10, "table_scale")):
        found = audit(with_cell(by_hand(), "Z", 1, 0, lambda value, times=times: value * times))
        assert {one.params["part"] for one in found if one.code == code} == {"Z[tools, food]"}


def test_a_subtotal_is_found_in_a_table_too_long_to_try_every_set_of() -> None:
    numbers = np.random.default_rng(3).integers(1e5, 9e5, (SEARCHED + 2, 4)) * 1.0
    numbers[0] = numbers[1:4].sum(axis=0)
    names = [f"r{n}" for n in range(len(numbers))]
    found = hidden_sums(pd.DataFrame(numbers, names), 0, 6, square=False)
    assert found == [("r0", ["r1", "r2", "r3"])]
