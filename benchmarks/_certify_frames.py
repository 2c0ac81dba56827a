"""The sci-tech SME rule by hand in pandas and polars, with the same outputs as songhua's."""

from __future__ import annotations

from pathlib import Path

STAFF = ((0.30, 20), (0.25, 16), (0.20, 12), (0.15, 8), (0.10, 4))
SALES = ((0.06, 50), (0.05, 40), (0.04, 30), (0.03, 20), (0.02, 10))
COST = ((0.30, 50), (0.25, 40), (0.20, 30), (0.15, 20), (0.10, 10))
GATES = ("resident_firm", "size", "products", "conduct", "by_score")
ROUTES = {
    "hnte_certificate": "certificate",
    "national_award": "award",
    "rd_institution": "institution",
    "led_standard": "standard",
}
OUTCOMES = {0: "not_met", 1: "unknown", 3: "met"}


def pandas_way(path: Path, outs: list[str]) -> list:
    import numpy as np
    import pandas as pd

    f = pd.read_parquet(path)

    def flag(name: str, good: bool) -> np.ndarray:
        value, gone = f[name].eq(True).to_numpy(dtype=bool), f[name].isna().to_numpy()
        return np.where(gone, 1, np.where(value == good, 3, 0)).astype("int8")

    def banded(top: str, bottom: str, bands: tuple, most: int) -> tuple:
        a, b = f[top].to_numpy(dtype=float), f[bottom].to_numpy(dtype=float)
        share = np.divide(a, b, out=np.where(np.isnan(a) | np.isnan(b), np.nan, 0.0), where=b > 0)
        edges = [share >= edge * (1 - 1e-9) for edge, _ in bands]
        low = np.select(edges, [score for _, score in bands], 0)
        known = ~np.isnan(share)
        return low, np.where(known, low, np.where((b == 0) | (a == 0), 0, most)), known

    staff_low, staff_high, staff_known = banded("tech_staff", "staff", STAFF, 20)
    s_low, s_high, s_known = banded("rd", "sales", SALES, 50)
    c_low, c_high, c_known = banded("rd", "total_cost", COST, 50)
    rd_low, rd_high, rd_known = (
        np.maximum(s_low, c_low),
        np.maximum(s_high, c_high),
        s_known & c_known,
    )
    one, two = f["class1_ip"].to_numpy(dtype=float), f["class2_ip"].to_numpy(dtype=float)
    ip_low = np.where(one >= 1, 30, np.nan_to_num(np.clip(two, 0, 4)) * 6).astype(int)
    ip_high = np.where(~(one < 1), 30, np.where(np.isnan(two), 24, ip_low))
    ip_known = ~np.isnan(one) & ~np.isnan(two)
    score_low, score_high = staff_low + rd_low + ip_low, staff_high + rd_high + ip_high
    known = staff_known & rd_known & ip_known
    caps = [(f["staff"], 500), (f["sales"], 20000), (f["assets"], 20000)]
    over = np.logical_or.reduce([(c > cap).to_numpy() for c, cap in caps])
    within = np.logical_and.reduce([(c <= cap).to_numpy() for c, cap in caps])
    by_score = np.where(
        (score_low >= 60) & (staff_low > 0),
        3,
        np.where((score_high < 60) | (staff_high <= 0), 0, 1),
    )
    gates = [flag("resident", True), np.where(over, 0, np.where(within, 3, 1)), flag("prohibited_products", False),
             np.minimum(flag("serious_violation", False), flag("on_abnormal_list", False)), by_score]  # fmt: skip
    routes = [flag(name, True) for name in ROUTES]
    direct = np.maximum.reduce(routes)
    grade = np.minimum.reduce([*gates[:4], np.maximum(by_score, direct)])
    same = [(gate == grade) & (grade < 3) for gate in gates[:4]] + [
        by_score == np.maximum(by_score, direct)
    ]
    same += [route == direct for route in routes]
    deciding = np.select(same, [*GATES, *ROUTES.values()], "")
    spans = {"score": (score_low, score_high, known), "staff_score": (staff_low, staff_high, staff_known),
             "rd_score": (rd_low, rd_high, rd_known), "ip_score": (ip_low, ip_high, ip_known)}  # fmt: skip
    found = {"outcome": pd.Series(grade).map(OUTCOMES), "deciding": deciding}
    for name, (low, high, sure) in spans.items():
        found |= {f"{name}_low": low, f"{name}_high": high, f"{name}_known": sure | (low == high)}
    grouped = pd.DataFrame(found)[outs].groupby(["outcome", "deciding"], sort=True)
    sums = grouped.sum().astype(float)
    sums.insert(0, "n", grouped.size())
    return [
        (*keys, int(row[0]), *row[1:])
        for keys, row in zip(sums.index, sums.itertuples(index=False), strict=True)
    ]


def polars_way(path: Path, outs: list[str]) -> list:
    import polars as pl

    def flag(name: str, good: bool) -> pl.Expr:
        met = pl.col(name) if good else ~pl.col(name)
        return pl.when(met).then(3).when(met.is_null()).then(1).otherwise(0).cast(pl.Int8)

    def share(top: str, bottom: str) -> pl.Expr:
        a, b = pl.col(top), pl.col(bottom)
        return pl.when(b > 0).then(a / b).when((b == 0) & a.is_not_null()).then(0.0)

    def low(name: str, bands: tuple) -> pl.Expr:
        found = pl.lit(0)
        for edge, score in reversed(bands):
            found = pl.when(pl.col(name) >= edge * (1 - 1e-9)).then(score).otherwise(found)
        return found

    def high(name: str, sure: str, top: str, bottom: str, most: int) -> pl.Expr:
        nothing = (pl.col(top) == 0).fill_null(False) | (pl.col(bottom) == 0).fill_null(False)
        return (
            pl.when(pl.col(sure).is_not_null())
            .then(pl.col(name))
            .when(nothing)
            .then(0)
            .otherwise(most)
        )

    one, two = pl.col("class1_ip"), pl.col("class2_ip")
    size = pl.any_horizontal(
        *(
            (pl.col(c) > cap).fill_null(False)
            for c, cap in (("staff", 500), ("sales", 20000), ("assets", 20000))
        )
    )
    within = pl.all_horizontal(
        *(
            (pl.col(c) <= cap).fill_null(False)
            for c, cap in (("staff", 500), ("sales", 20000), ("assets", 20000))
        )
    )
    f = pl.scan_parquet(path).with_columns(
        staff_r=share("tech_staff", "staff"), s_r=share("rd", "sales"), c_r=share("rd", "total_cost"),
        resident_firm=flag("resident", True), products=flag("prohibited_products", False),
        conduct=pl.min_horizontal(flag("serious_violation", False), flag("on_abnormal_list", False)),
        size=pl.when(size).then(0).when(within).then(3).otherwise(1),
        **{f"route_{name}": flag(name, True) for name in ROUTES},
        ip_score_low=pl.when((one >= 1).fill_null(False)).then(30).otherwise(two.clip(0, 4).fill_null(0) * 6),
    )  # fmt: skip
    f = f.with_columns(
        staff_score_low=low("staff_r", STAFF), s_low=low("s_r", SALES), c_low=low("c_r", COST)
    )
    f = f.with_columns(
        staff_score_high=high("staff_score_low", "staff_r", "tech_staff", "staff", 20),
        rd_score_low=pl.max_horizontal("s_low", "c_low"),
        rd_score_high=pl.max_horizontal(
            high("s_low", "s_r", "rd", "sales", 50), high("c_low", "c_r", "rd", "total_cost", 50)
        ),
        ip_score_high=pl.when(one.is_null() | (one >= 1))
        .then(30)
        .when(two.is_null())
        .then(24)
        .otherwise(pl.col("ip_score_low")),
        direct=pl.max_horizontal(*(f"route_{name}" for name in ROUTES)),
    )
    parts = ("staff_score", "rd_score", "ip_score")
    f = f.with_columns(
        **{f"score_{e}": pl.sum_horizontal(*(f"{p}_{e}" for p in parts)) for e in ("low", "high")}
    )
    sure = {"staff_score": pl.col("staff_r").is_not_null(), "rd_score": pl.col("s_r").is_not_null() & pl.col("c_r").is_not_null(),
            "ip_score": one.is_not_null() & two.is_not_null()}  # fmt: skip
    sure["score"] = sure["staff_score"] & sure["rd_score"] & sure["ip_score"]
    f = f.with_columns(
        **{f"{n}_known": k | (pl.col(f"{n}_low") == pl.col(f"{n}_high")) for n, k in sure.items()},
        by_score=pl.when((pl.col("score_low") >= 60) & (pl.col("staff_score_low") > 0)).then(3)
        .when((pl.col("score_high") < 60) | (pl.col("staff_score_high") <= 0)).then(0).otherwise(1),
    )  # fmt: skip
    f = f.with_columns(either=pl.max_horizontal("by_score", "direct"))
    f = f.with_columns(grade=pl.min_horizontal(*GATES[:4], "either"))
    deciding = pl.lit("standard")
    for name, word in reversed(list(ROUTES.items())[:3]):
        deciding = (
            pl.when(pl.col(f"route_{name}") == pl.col("direct"))
            .then(pl.lit(word))
            .otherwise(deciding)
        )
    deciding = (
        pl.when(pl.col("by_score") == pl.col("either")).then(pl.lit("by_score")).otherwise(deciding)
    )
    for gate in reversed(GATES[:4]):
        here = (pl.col(gate) == pl.col("grade")) & (pl.col("grade") < 3)
        deciding = pl.when(here).then(pl.lit(gate)).otherwise(deciding)
    f = f.with_columns(
        deciding=deciding, outcome=pl.col("grade").replace_strict(OUTCOMES, return_dtype=pl.String)
    )
    sums = [pl.col(name).cast(pl.Float64).sum() for name in outs[2:]]
    done = (
        f.group_by("outcome", "deciding")
        .agg(pl.len().alias("n"), *sums)
        .sort("outcome", "deciding")
    )
    return done.collect(engine="streaming").rows()
