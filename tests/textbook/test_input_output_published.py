"""Input-output analysis against published numbers.

Miller and Blair, Input-Output Analysis (2009), restated. Germany 1995 and the Netherlands 2000 are
the examples of the Eurostat Manual of Supply, Use and Input-Output Tables (2008), and the numbers
are those which the R package iotables asserts; the tables and Croatia 2010 are read from there.
"""

import json

import numpy as np
import pandas as pd
import pytest

from close import assert_close
from shared import DATA
from songhua.maths.constructs import aggregate, symmetric_table
from songhua.maths.input_output import (
    backward_linkages,
    close_households,
    forward_linkages,
    ghosh_inverse,
    hypothetical_extraction,
    key_sectors,
    leontief_inverse,
    mixed_model,
    multiplier_decomposition,
    multipliers,
    output_multipliers,
    structural_decomposition,
    technical_coefficients,
    upstreamness,
    without_output,
)
from textbook.published import (
    GERMANY,
    GERMANY_PRINTED,
    GROUPS,
    NETHERLANDS,
    NETHERLANDS_PRINTED,
    PRODUCTS,
)

EXAMPLES = DATA / "iotables_examples"
OECD = DATA / "oecd_iot_chn_jpn"
CHINA, BEA = DATA / "china_io", DATA / "us_bea_summary_io"

Z = pd.DataFrame([[150, 500], [200, 100]], index=["a", "b"], columns=["a", "b"])
X = pd.Series({"a": 1000, "b": 2000})


def test_miller_and_blair_open():
    """Tables 2.3 and 2.4: new demand of 600 and 1500; jobs from labour of 0.3 and 0.25."""
    A = technical_coefficients(Z, X)
    assert A.to_numpy().tolist() == [[0.15, 0.25], [0.2, 0.05]]
    L = leontief_inverse(A)
    expected = [[1.25412541, 0.33003300], [0.26402640, 1.12211221]]
    assert_close(L, expected, atol=5e-9)
    x = L @ pd.Series({"a": 600, "b": 1500})
    assert_close(x, [1247.5248, 1841.5842], atol=5e-5)
    jobs = x * [0.3, 0.25]
    assert_close(jobs, [374.25, 460.4], atol=0.01)


def test_miller_and_blair_closed():
    """The model closed by households, and its type I and type II income multipliers."""
    A = technical_coefficients(Z, X)
    closed = close_households(A, [0.3, 0.25], [0.05, 0.4], household=0.05)
    expected = [[1.365, 0.425, 0.251], [0.527, 1.348, 0.595], [0.570, 0.489, 1.289]]
    assert_close(leontief_inverse(closed), expected, atol=5.1e-4)
    found = multipliers(A, [0.3, 0.25], closed=True, consumption=[0.05, 0.4], household=0.05)
    assert_close(found["effect_closed"], leontief_inverse(closed).iloc[2, :2])
    pd.testing.assert_frame_equal(multipliers(closed, [0.3, 0.25], closed=True), found)
    ratio = found["type_ii"] / found["type_i"]
    assert ratio["a"] == pytest.approx(ratio["b"])  # the same for all, as the book shows
    assert ratio["a"] == pytest.approx(leontief_inverse(closed).iloc[2, 2])


def _two_regions():
    flows = [
        [150, 500, 50, 25, 75],
        [200, 100, 400, 200, 100],
        [300, 500, 50, 60, 40],
        [75, 100, 60, 200, 250],
        [50, 25, 25, 150, 100],
    ]
    labels = pd.MultiIndex.from_tuples(
        [("L", 1), ("L", 2), ("L", 3), ("M", 1), ("M", 2)], names=["region", "sector"]
    )
    x = pd.Series([1000, 2000, 1000, 1200, 800], index=labels)
    return technical_coefficients(pd.DataFrame(flows, index=labels, columns=labels), x)


def test_miller_and_blair_two_regions():
    """A new demand of 100 in the first region's first sector: all, and without feedback."""
    A = _two_regions()
    L = leontief_inverse(A)
    full = [142.3409, 63.4613, 63.8291, 26.7195, 14.6811]
    assert_close(100 * L.iloc[:, 0], full, atol=5e-5)
    alone = [136.5086, 52.7323, 56.9849]
    assert_close(100 * leontief_inverse(A.iloc[:3, :3]).iloc[:, 0], alone, atol=5e-5)
    parts = 100 * multiplier_decomposition(A).iloc[0]
    assert parts["intra"] == pytest.approx(sum(alone), abs=2e-4)
    assert parts["feedback"] == pytest.approx(sum(full[:3]) - sum(alone), abs=4e-4)
    assert parts["spillover"] == pytest.approx(sum(full[3:]), abs=2e-4)
    assert_close(multiplier_decomposition(A)["total"], L.sum())


def test_a_limit_of_capacity():
    A = technical_coefficients(Z, X)
    found = mixed_model(A, pd.Series({"a": 600, "b": 1500}), capacity=pd.Series({"a": 1100}))
    assert_close(found["output"], [1100, 1810.5263], atol=5e-5)
    assert_close(found["unmet"], [117.6316, 0], atol=5e-5)


def test_germany_1995():
    flows, x = GERMANY.loc[GROUPS], GERMANY.loc["output"]
    A = technical_coefficients(flows, x)
    found = backward_linkages(A)
    assert_close(found, GERMANY_PRINTED["backward_linkages"], atol=5.1e-5)
    assert_close(found, output_multipliers(A))
    forward = forward_linkages(flows, x)
    right = [k for k in range(6) if k != 1]  # 1.6691 is printed where 1.6910 comes out
    expected = np.array(GERMANY_PRINTED["forward_linkages"])
    assert_close(forward.iloc[right], expected[right], atol=5.1e-5)
    assert forward["industry"] == pytest.approx(1.6910, abs=5.1e-5)
    assert forward["industry"] != pytest.approx(expected[1], abs=0.01)
    L, G = leontief_inverse(A), ghosh_inverse(flows, x)
    diagonal = GERMANY_PRINTED["leontief_diagonal_first3"]
    assert_close(np.diag(L)[:3], diagonal, atol=5.1e-5)
    column = GERMANY_PRINTED["ghosh_inverse_column_agriculture"]
    assert_close(G["agriculture"], column, atol=5.1e-5)


def test_germany_1995_value_added_and_jobs():
    x = GERMANY.loc["output"]
    A = technical_coefficients(GERMANY.loc[GROUPS], x)
    value_added = multipliers(A, GERMANY.loc["value_added"] / x)
    assert_close(value_added["direct"], GERMANY_PRINTED["gva_input_indicator"], atol=5.1e-5)
    assert_close(value_added["effect"], GERMANY_PRINTED["gva_multipliers"], atol=5.1e-5)
    jobs = multipliers(A, GERMANY.loc["jobs"] / x)
    assert_close(jobs["effect"], GERMANY_PRINTED["employment_multipliers"], atol=5.1e-5)


def test_netherlands_2000():
    x = NETHERLANDS.loc["output"]
    A = technical_coefficients(NETHERLANDS.loc[PRODUCTS], x)
    found = multipliers(A, NETHERLANDS.loc["pay"] / x)
    effect = NETHERLANDS_PRINTED["compensation_direct_and_indirect_effects"]
    assert_close(found["effect"], effect, atol=5.1e-4)
    ratio = NETHERLANDS_PRINTED["compensation_input_multipliers"]
    assert_close(found["type_i"], ratio, atol=5.1e-4)


@pytest.mark.shared("iotables_examples")
def test_figures_that_stand_here_are_those_of_the_files():
    long = pd.read_csv(EXAMPLES / "germany_1995.csv")
    germany = long.pivot_table(
        index="iotables_row", columns="iotables_col", values="values", sort=False
    )
    netherlands = pd.read_csv(EXAMPLES / "netherlands_2000.csv", index_col=0)
    text = (EXAMPLES / "published_results_de_nl.json").read_text("utf-8")
    for place, table, mine, printed, rows in (
        ("germany_1995", germany, GERMANY, GERMANY_PRINTED,
         ["gva", "output", "employment_domestic_total"]),
        ("netherlands_2000", netherlands, NETHERLANDS, NETHERLANDS_PRINTED,
         ["compensation_employees", "output_bp"]),
    ):  # fmt: skip
        published = json.loads(text)[place]
        names = published["sectors"]
        assert table.loc[[*names, *rows], names].to_numpy().tolist() == mine.to_numpy().tolist()
        assert {name: published[name] for name in printed} == printed


def _croatia():
    long = pd.read_csv(EXAMPLES / "croatia_2010_1800.csv")
    table = long.pivot_table(index="t_rows2", columns="t_cols2", values="values", sort=False)
    goods = [name for name in table.index if name.startswith("CPA_") and name != "CPA_TOTAL"]
    order = [name.removeprefix("CPA_") for name in goods]
    flows = table.loc[goods, order].set_axis(goods, axis=1)
    # extra-territorial bodies make nothing, but for a rounding residue of 1e-7
    return table, flows, table.loc["P1", order].set_axis(goods).round(2)


@pytest.mark.shared("iotables_examples")
def test_croatia_2010():
    """Home flows: the output of final uses, and all that one unit of them pays for, is one."""
    table, flows, x = _croatia()
    gone = without_output(x)
    assert gone == ["CPA_U"]
    A = technical_coefficients(flows, x)
    L = leontief_inverse(A)
    assert L[gone].isna().all().all()
    assert L.loc[gone].isna().all().all()
    kept = x.index.drop(gone)
    uses = (x - flows.sum(axis=1))[kept]
    assert_close(L.loc[kept, kept] @ uses, x[kept], rtol=1e-10)
    paid = 1 - A.loc[kept].sum()
    assert_close(multipliers(A, paid)["effect"][kept], 1, rtol=1e-12)
    value_added = table.loc["B1G"].rename("CPA_{}".format)[x.index] / x.replace(0, np.nan)
    found = multipliers(A, value_added.fillna(0))
    assert (found["effect"][kept] >= found["direct"][kept]).all()
    assert found["effect"][kept].max() <= 1
    assert key_sectors(flows, x)["kind"].isna().sum() == 1
    lost = hypothetical_extraction(flows, x)
    assert (lost.loc[kept, "share"] <= 1).all()
    assert_close(upstreamness(flows, x), forward_linkages(flows, x))


def _oecd(country, year):
    table = pd.read_csv(OECD / f"oecd2021ed_{country}_1995_2018_wide.csv", dtype={"Code": str})
    table = table[table["Year"] == year].set_index("Code").drop(columns=["Year", "Description"])
    names = [name for name in table.columns if name.isdigit()]
    uses = [name for name in table.columns if not name.isdigit()]
    return table.loc[names, names], table.loc["OUTPUT", names], table.loc[names, uses]


@pytest.mark.shared("oecd_iot_chn_jpn")
@pytest.mark.parametrize("country", ["CHN", "JPN"])
def test_decomposition_on_a_constant_classification(country):
    """1995 to 2018: the parts add up to the change of output, whichever way they are averaged."""
    years = [_oecd(country, year) for year in (1995, 2018)]
    A = [technical_coefficients(flows, x) for flows, x, _ in years]
    # rows of the source differ from its outputs by rounding, and so does L f
    rounding = [
        leontief_inverse(a).fillna(0) @ (x - flows.sum(axis=1) - f.sum(axis=1))
        for a, (flows, x, f) in zip(A, years, strict=True)
    ]
    assert max(gap.abs().max() for gap in rounding) < 5
    gone = sorted({label for _, x, _ in years for label in without_output(x)})
    change = years[1][1] - years[0][1] - (rounding[1] - rounding[0])
    uses = [f for _, _, f in years]
    for method in ("polar", "all"):
        found = structural_decomposition(A[0], A[1], uses[0], uses[1], method=method)
        assert list(found) == ["technology", "mix", "uses", "level", "total"]
        kept = found.index.drop(gone)
        assert found.loc[gone].isna().all().all()
        assert_close(found.loc[kept, "total"], change[kept], rtol=1e-7, atol=1e-6)
        parts = found.loc[kept].drop(columns="total").sum(axis=1)
        assert_close(parts, found.loc[kept, "total"], rtol=1e-9)
    grown = uses[1].sum().sum() > uses[0].sum().sum()
    assert (found["level"].sum() > 0) == grown


def _china(year, size):
    table = pd.read_csv(
        CHINA / f"china_{year}_{size}.csv", index_col=0, dtype={"Code": str}, keep_default_na=False
    )
    numbers = table.columns.difference(["Description", "DescriptionInChinese", "Origin"])
    return table, table[numbers].apply(pd.to_numeric, errors="coerce")


def _to_42(year, size):
    pairs = pd.read_csv(CHINA / f"concordance_china_{year}_{size}_to_42.csv", dtype=str)
    return pd.crosstab(pairs["fine_code"], pairs["coarse_code"]).astype(float)


@pytest.mark.shared("china_io")
@pytest.mark.parametrize(("year", "size"), [(2017, 149), (2018, 153), (2020, 153)])
def test_the_fine_table_gives_the_coarse_one(year, size):
    """Home and imported uses of the 42-sector table are the fine table aggregated."""
    _, fine = _china(year, size)
    C = _to_42(year, size)
    whole, numbers = _china(year, 42)
    coarse = sum(
        numbers[(whole["Origin"] == origin).to_numpy()] for origin in ("Domestic", "Imports")
    ).loc[C.columns, C.columns]
    found = aggregate(fine.loc[C.index, C.index], C)
    # in units of 10,000 yuan: to the rounding of the sums themselves
    assert_close(found, coarse, rtol=0, atol=1e-5)
    gross = aggregate(fine.loc["TI", C.index], C)
    assert_close(gross, numbers.loc["TI", C.columns], rtol=0, atol=1e-5)


@pytest.mark.shared("china_io")
def test_imports_inside_a_competitive_table_raise_multipliers():
    """2017: 4.08 at most in the fine table with imports inside; 3.13 with home inputs alone."""
    _, fine = _china(2017, 149)
    all_names = _to_42(2017, 149).index
    fine_x = fine.loc["TI", all_names]
    most = output_multipliers(technical_coefficients(fine.loc[all_names, all_names], fine_x)).max()
    assert round(most, 2) == 4.08
    whole, numbers = _china(2017, 42)
    names = [name for name in numbers.columns if name.isdigit()]
    home, abroad = (
        numbers[(whole["Origin"] == origin).to_numpy()].loc[names, names]
        for origin in ("Domestic", "Imports")
    )
    x = numbers.loc["TI", names]
    inside = output_multipliers(technical_coefficients(home + abroad, x))
    alone = output_multipliers(technical_coefficients(home, x))
    assert round(alone.max(), 2) == 3.13
    assert (inside > alone).all()


def _bea(name):
    return pd.read_csv(BEA / f"Summary_{name}_AfterRedef_17sch.csv", index_col=0)


@pytest.mark.shared("us_bea_summary_io")
@pytest.mark.parametrize("model", ["B", "D"])
def test_make_and_use_of_2017(model):
    """Both constructs keep output, inputs and final uses; what nobody makes is named."""
    make, use = _bea("Make_2017"), _bea("Use_2017_PRO")
    trades = [name for name in make.index if not name.startswith("Total")]
    goods = [name for name in make.columns if not name.startswith("Total")]
    supply = make.loc[trades, goods].T
    final = use.loc[goods, [name for name in use.columns if name.startswith("F")]]
    found = symmetric_table(supply, use.loc[goods, trades], model, final)
    assert found.negatives.empty or (use.loc[goods, trades] < 0).any().any()
    uses = found.Z.to_numpy().sum() + found.final.to_numpy().sum()
    given = use.loc[goods, trades].to_numpy().sum() + final.to_numpy().sum()
    lost = found.unassigned.sum() if model == "D" else 0
    assert uses + lost == pytest.approx(given, rel=1e-12)
    rows = found.Z.sum(axis=1) + found.final.sum(axis=1)
    # a product's uses and make agree to 8 in the source
    assert (rows - found.output).abs().max() < 9
    A = technical_coefficients(found.Z, found.output)
    multipliers_ = output_multipliers(A).dropna()
    assert multipliers_.between(1, 4).all()
