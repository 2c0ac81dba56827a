"""Twelve results, each reckoned twice: in plain numpy from the numbers below, and by songhua's study.

The numbers are few and round, so that each can be followed with a pencil. The numpy side calls
nothing of songhua: it is the definition, and the study's table must agree.
"""

from __future__ import annotations

import tomllib
import zlib
from collections.abc import Sequence
from importlib.resources import files
from io import StringIO
from itertools import product
from typing import Any

import numpy as np
import pandas as pd
import pytest
from scipy.optimize import linprog
from scipy.special import ndtri, stdtr

from close import assert_close
from small import FILES, HEADING, write
from songhua import session
from tracked import PLAN, aim, figure, folder

PLACES = """
[places.hill]
name = { en = "Hill", zh = "山城" }
role = "comparison"

[places.lake]
name = { en = "Lake", zh = "湖城" }
role = "comparison"
"""
#: Real growth from January to May 2023, in percent as printed.
RATES = {"rivertown": "5.0", "hill": "5.0", "lake": "5.2"}
#: Firms at the end of 2010 to 2023.
FIRMS = (500, 520, 515, 548, 570, 566, 600, 611, 640, 655, 652, 690, 720, 731)
OBSERVED = [
    figure("gdp", "2020", "120", "bn EUR"), figure("gdp", "2021", "130", "bn EUR"),
    figure("gdp_growth", "2021", "5.5", "%"), figure("gdp_growth", "2022", "3.0", "%"),
    figure("gdp", "2022-01..2022-04", "40.0", "bn EUR"),
    figure("gdp", "2022-01..2022-05", "50.0", "bn EUR"),
    figure("gdp_growth", "2023-01..2023-04", "4.0", "%"),
    *(figure("gdp_growth", "2023-01..2023-05", g, "%", region=r) for r, g in RATES.items()),
    figure("places", "2020", "3.0", "places per 1000 persons"),
    figure("places", "2022", "3.5", "places per 1000 persons"),
    figure("sales", "2020", "500", "m EUR"), figure("sales", "2022", "600", "m EUR"),
    *(figure("firms", str(2010 + n), str(count), "count") for n, count in enumerate(FIRMS)),
]  # fmt: skip
TARGETS = [
    aim("reach 4.5 places per 1000 persons", "places", id="places"),
    aim("reach 900 m EUR", "sales", id="sales", path="steady"),
    aim("grow by 6 % a year", "gdp_growth", id="average"),
    aim("grow by 30 % in all", "gdp_growth", id="in-all"),
    aim("reach 800", "firms", id="firms"),
]
CLAIM = """
[prices]
source = "paper"
says = { en = "What prices did in 2021.", zh = "2021年价格变动。" }
relation = "now / before / (1 + growth) - 1 == prices"
numbers.now = { indicator = "gdp", period = "2021" }
numbers.before = { indicator = "gdp", period = "2020" }
numbers.growth = { indicator = "gdp_growth", period = "2021" }
numbers.prices = { unit = "%" }
"""
#: Jobs in food and in tools, in 2018 and in 2020.
JOBS = {"rivertown": ((10, 30), (12, 38)), "upland": ((100, 100), (80, 130))}
#: The firms of the register; money in 10k CNY.
REGISTER = """
firm,staff,tech_staff,sales,assets,rd,total_cost,class1_ip,class2_ip,resident,hnte_certificate
plain,100,30,1000,800,60,900,0,2,yes,no
at every edge,500,50,20000,20000,800,8000,1,0,yes,no
one too many,501,100,1000,800,60,900,1,0,yes,no
two points short,100,10,1000,800,40,900,0,4,yes,no
no researcher,100,9,1000,800,60,900,1,0,yes,no
certified,100,9,1000,800,60,900,1,0,yes,yes
abroad and large,100,30,20001,800,1300,19000,1,0,no,no
""".strip()
#: Of none of them is any of this so.
NONE = (
    ",prohibited_products,serious_violation,on_abnormal_list,national_award,rd_institution"
    ",led_standard"
)


@pytest.fixture(scope="module")
def rivertown(tmp_path_factory: pytest.TempPathFactory) -> session.Session:
    """The folder that most results are read from."""
    panel = ["indicator,region,industry,period,value,unit,kind,source,recorded"]
    for place, (first, last) in JOBS.items():
        for year, pair in ((2018, first), (2020, last)):
            for industry, jobs in zip(("food", "tools", "all"), (*pair, sum(pair)), strict=True):
                panel.append(
                    f"jobs,{place},{industry},{year},{jobs},persons,actual,paper,2021-03-02"
                )
    heads, *firms = REGISTER.splitlines()
    register = [heads + NONE, *(firm + ",no" * NONE.count(",") for firm in firms), ""]
    changes = {
        "region_toml": FILES["region.toml"] + PLACES, "claims_toml": CLAIM,
        "panels/jobs.csv": "\n".join(panel) + "\n",
        "register/enterprises.csv": "\n".join(register),
        "register/register.toml": '[register]\non = 2024-06-30\nstatuses = ["cn/sci-tech-sme"]\n',
    }  # fmt: skip
    return session.open(folder(tmp_path_factory.mktemp("twelve"), TARGETS, OBSERVED, **changes))


def rows(of: session.Session, study: str, name: str, *keys: str, **asked: Any) -> pd.DataFrame:
    """A table of a study's result, by what names its rows."""
    return of.run(study, **asked).tables[name].set_index(list(keys)).sort_index()


def rounded(value: float, decimals: int) -> np.ndarray:
    """The ends of what a printed number may be: half a unit of its last digit either way."""
    return value + np.array([-0.5, 0.5]) * 10.0**-decimals


def test_shift_share(rivertown: session.Session) -> None:
    """A change is what the nation's growth, its industries' and the region's own lead bring."""
    (b, c), (before, after) = np.array(JOBS["rivertown"]), np.array(JOBS["upland"])
    growth, each = after.sum() / before.sum(), after / before  # 1.05; 0.8 and 1.3
    parts = np.array([b * (growth - 1), b * (each - growth), c - b * each])
    assert_close(parts, [[0.5, 1.5], [-2.5, 7.5], [4, -1]])
    found = rows(rivertown, "diagnose", "shift_share", "region", "industry").loc["rivertown"]
    names = ["national", "industry_mix", "regional"]
    assert_close(found.loc[["food", "tools"], names].T, parts)
    assert_close(found.loc["all", names].astype(float), parts.sum(axis=1))
    assert_close(found.loc[["food", "tools"], "change"], parts.sum(axis=0))


def smoothed(y: np.ndarray, model: Sequence[float]) -> tuple[np.ndarray, float, float]:
    """Errors a year ahead, the first two left out, and the level and the trend at the end."""
    alpha, gamma, phi = model
    level, trend = (y[0], (y[3] - y[0]) / 3) if phi else (y[:3].mean(), 0.0)
    errors = []
    for value in y[1:]:
        ahead = level + phi * trend
        errors.append(value - ahead)
        level, trend = ahead + alpha * errors[-1], phi * trend + gamma * errors[-1]
    return np.array(errors[2:]), level, trend


def drawn(y: np.ndarray, steps: int, count: int, rng: np.random.Generator) -> np.ndarray:
    """Paths (draw × year ahead), half by a level that follows its errors, half with a trend too."""
    levels = [(k / 10, 0.0, 0.0) for k in range(1, 11)]
    trends = list(product((0.2, 0.4, 0.6, 0.8, 1.0), (0.05, 0.1, 0.2, 0.3), (0.8, 0.9, 0.95)))
    rng.integers(0, len(y) - 3, (count // 2, steps))  # the years of shocks that places would share
    halves = []
    for models, chosen in ((levels, 1), (trends, 3)):
        best = min(models, key=lambda one: (smoothed(y, one)[0] ** 2).sum())
        (alpha, gamma, phi), (errors, level, trend) = best, smoothed(y, best)
        free = max(1, len(errors) - chosen)
        spread, path = np.sqrt((errors**2).sum() / free), []
        for _ in range(steps):
            error = rng.standard_t(free, count // 2) * spread
            path.append(level + phi * trend + error)
            level, trend = level + phi * trend + alpha * error, phi * trend + gamma * error
        halves.append(np.array(path).T)
    return np.concatenate(halves)


def test_odds_of_a_target(rivertown: session.Session) -> None:
    """800 firms by 2025: the share of paths that come so far, set right by how past paths did."""
    y, steps = np.array(FIRMS, float), 2
    seed = int(np.random.default_rng(0).integers(2**32))  # of track; then the target's own chance
    rng = np.random.default_rng([seed, zlib.crc32(b"firms")])
    ahead = drawn(y, steps, 2000, rng.spawn(1)[0])[:, steps - 1]
    below = ((ahead < 800).sum() + 0.5) / 2001
    scores = []  # where what came lay among the paths from each year that has six before it
    for origin, chance in zip(range(6, len(y)), rng.spawn(len(y) - 6), strict=True):
        paths = drawn(y[:origin], 3, 400, chance)[:, steps - 1]
        if origin + steps <= len(y):
            came = y[origin + steps - 1]
            under, within = (paths < came).sum(), (paths <= came).sum()
            scores.append(ndtri(((under + 0.5) / 401 + (within + 0.5) / 401) / 2))
    text = (files("songhua") / "maths" / "odds" / "priors.toml").read_text()  # learnt elsewhere
    prior = next(
        one for one in tomllib.loads(text)["prior"]
        if (one["growth"], one["shared"], one["steps"]) == (False, False, steps)
    )  # fmt: skip
    z, u, s = np.array(scores), prior["mean"], prior["spread"]
    n, k, v = len(z) / steps, prior["weight"], prior["freedom"]
    mean, freedom = (k * u + n * z.mean()) / (k + n), v + n
    squares = v * s**2 + ((z - z.mean()) ** 2).sum() / steps + k * n * (z.mean() - u) ** 2 / (k + n)
    spread = np.sqrt(squares / freedom * (k + n + 1) / (k + n))
    short = stdtr(freedom, (ndtri(below) - mean) / spread)
    found = rows(rivertown, "track", "targets", "target").loc["firms"]
    assert (found["probability_ahead"], found["probability_own"]) == (steps, len(z))
    assert_close(found["probability"], 1 - short, rtol=1e-9)


def test_rank_among_places(rivertown: session.Session) -> None:
    """The best rank leaves out who cannot lie above, the worst counts all who may."""
    low, high = np.array([rounded(float(rate), 1) for rate in RATES.values()]).T
    best = 1 + np.array([(low > mine).sum() for mine in high])
    worst = np.array([(high > mine).sum() for mine in low])  # one of them is the place itself
    assert (best.tolist(), worst.tolist()) == ([2, 2, 1], [3, 3, 1])
    found = rows(rivertown, "month", "comparison", "region", period="2023-05").loc[list(RATES)]
    assert found["rank_low"].tolist() == best.tolist()
    assert found["rank_high"].tolist() == worst.tolist()


def test_pace_still_needed(rivertown: session.Session) -> None:
    """3.5 places at the end of 2022, three years for the rest; sales at a steady rate."""
    found = rows(rivertown, "track", "targets", "target")["required"]
    assert_close(found["places"], (4.5 - 3.5) / 3)
    assert_close(found["sales"], 100 * ((900 / 600) ** (1 / 3) - 1))


def test_growth_of_a_plan(rivertown: session.Session) -> None:
    """5.5 and 3.0 % in two years of five: their average, the progress, and the rate of the rest."""
    targets = rows(rivertown, "track", "targets", "target")
    ends = np.array([rounded(rate, 1) for rate in (5.5, 3.0)]).T
    low, made, high = (np.prod(1 + one / 100) for one in (ends[0], np.array([5.5, 3]), ends[1]))
    names = ["latest_low", "latest", "latest_high"]
    average = targets.loc["average"]
    assert_close(average[names].astype(float), [100 * (x**0.5 - 1) for x in (low, made, high)])
    assert_close(average["progress"], np.log(made) / (5 * np.log(1.06)))
    assert_close(average["required"], 100 * ((1.06**5 / made) ** (1 / 3) - 1))
    whole = targets.loc["in-all"]
    assert_close(whole[names].astype(float), [100 * (x - 1) for x in (low, made, high)])
    assert_close(whole["progress"], np.log(made) / np.log(1.3))
    assert_close(whole["required"], 100 * ((1.3 / made) ** (1 / 3) - 1))


def test_price_change(rivertown: session.Session) -> None:
    """From 120 to 130 at current prices with 5.5 % more made: what prices did, 2.7 %, is left."""
    before, now, growth = rounded(120, 0), rounded(130, 0), rounded(5.5, 1) / 100
    corners = [100 * (n / b / (1 + g) - 1) for n, b, g in product(now, before, growth)]
    found = rows(rivertown, "claims", "claims", "claim").loc["prices"]
    assert_close([found["implied_low"], found["implied_high"]], [min(corners), max(corners)])


def test_verdict_by_law(rivertown: session.Session) -> None:
    """国科发政〔2017〕115号: four gates, and 60 points of 100 or one of the direct grounds."""
    firms = pd.read_csv(StringIO(REGISTER), true_values=["yes"], false_values=["no"])
    numbers = firms.drop(columns="firm").to_numpy(float).T
    staff, tech, sales, assets, rd, cost, one, two, resident, certified = numbers

    def points(part: np.ndarray, whole: np.ndarray, edges: list[int], most: int) -> np.ndarray:
        """The points of the highest edge that a share in percent reaches, in equal steps."""
        reached = 100 * part[:, np.newaxis] >= np.array(edges) * whole[:, np.newaxis]
        return reached.sum(axis=1) * most // len(edges)

    people = points(tech, staff, [10, 15, 20, 25, 30], 20)
    research = np.maximum(
        points(rd, sales, [2, 3, 4, 5, 6], 50), points(rd, cost, [10, 15, 20, 25, 30], 50)
    )
    score = people + research + np.maximum(30 * (one >= 1), 6 * np.minimum(two, 4))
    fails = [
        resident == 0, (staff > 500) | (sales > 20000) | (assets > 20000),
        ((score < 60) | (people == 0)) & (certified == 0),
    ]  # fmt: skip
    count = np.sum(fails, axis=0)
    found = rows(rivertown, "certify", "verdicts", "firm", small_cells=True).loc[firms["firm"]]
    assert count.tolist() == [0, 0, 1, 1, 1, 0, 2]
    assert found["stage"].tolist() == np.array(["qualified", "near", "far"])[count].tolist()
    assert found["score_low"].tolist() == found["score_high"].tolist() == score.tolist()


def test_growth_of_a_month(rivertown: session.Session) -> None:
    """May alone: the gain to May less that to April, over what May was a year before."""
    april, may = rounded(4.0, 1), rounded(5.0, 1)
    small, large = rounded(40.0, 1), rounded(50.0, 1)
    found = rows(rivertown, "month", "growth", "indicator", period="2023-05")
    row = found.loc["gdp_growth"]
    assert_close(row["single"], (50 * 5 - 40 * 4) / (50 - 40))
    corners = [(b * g - a * f) / (b - a) for f, g, a, b in product(april, may, small, large)]
    assert_close([row["single_low"], row["single_high"]], [min(corners), max(corners)])


#: Industries by sector; the larger area makes 1,000 of value added in each, half of output.
SECTORS = {
    "food": "goods", "tools": "goods", "steel": "goods", "wood": "goods", "care": "services",
    "trade": "services", "schools": "services",
}  # fmt: skip
#: What is printed of the region for 2020, by indicator and industry.
PRINTED = {
    ("gdp", "all"): "1000", ("gdp", "goods"): "600", ("gdp_share", "food"): "20.0",
    ("services_share", "care"): "25.0",
    ("gdp_growth", "all"): "5.000000", ("gdp_growth", "tools"): "8.000000",
    ("gdp_growth", "trade"): "7.500000", ("gdp_points", "tools"): "0.800000",
    ("gdp_part", "trade"): "30.000000", ("makers_growth", "goods"): "6.000000",
    ("makers_growth", "steel"): "10.000000", ("makers_points", "steel"): "2.000000",
}  # fmt: skip
#: Of each indicator its unit and what it is; the levels `services` and `makers` are printed nowhere.
KINDS = {
    "gdp": ("m EUR", 'form = "level"\nbasis = "current"'),
    "services": ("m EUR", 'form = "level"\nbasis = "current"'),
    "makers": ("m EUR", 'form = "level"\nbasis = "current"'),
    "gdp_share": ("%", 'form = "share"\nof = "gdp"'),
    "services_share": ("%", 'form = "share"\nof = "services"'),
    "gdp_growth": ("%", 'form = "growth"\nof = "gdp"\nbasis = "constant"'),
    "gdp_points": ("pp", 'form = "contribution_pp"\nof = "gdp_growth"'),
    "gdp_part": ("%", 'form = "share_of_growth"\nof = "gdp_growth"'),
    "makers_growth": ("%", 'form = "growth"\nof = "makers"\nbasis = "comparable"'),
    "makers_points": ("pp", 'form = "contribution_pp"\nof = "makers_growth"'),
}
NAMED = 'name = { en = "-", zh = "-" }\n'
ENTRY = """
[table]
name = {{ en = "Table", zh = "表" }}
region = "{region}"
year = 2020
unit = "m EUR"
source = "bulletin-2020"
kind = "domestic"
"""


@pytest.fixture(scope="module")
def cells(tmp_path_factory: pytest.TempPathFactory) -> pd.DataFrame:
    """The results of accounts for the region's industries, by measure and industry."""
    indicators = [
        f'[{id}]\n{NAMED}definition = {{ en = "-", zh = "-" }}\nmeasure = "value_added"\n'
        f'unit = "{unit}"\n{kind}\n'
        for id, (unit, kind) in KINDS.items()
    ]
    parents = {"goods": "all", "services": "all"} | SECTORS
    industries = [
        f'[{id}]\n{NAMED}parent = "{of}"\npartition = "{of}s"\n' for id, of in parents.items()
    ]
    figures = [
        figure(id, "2020", value, KINDS[id][0], industry=of) for (id, of), value in PRINTED.items()
    ]
    codes = ",".join(SECTORS)
    table = [f"part,code,{codes},households,output"]
    for at, code in enumerate(SECTORS):
        flows = [0] * len(SECTORS)
        flows[at] = 1000
        table.append(f"domestic,{code},{','.join(map(str, flows))},1000,2000")
    table.append("value_added,labour" + ",1000" * len(SECTORS) + ",,")
    table.append("total,output" + ",2000" * len(SECTORS) + ",,")
    changes = {
        "indicators.toml": "".join(indicators), "industries.toml": "".join(industries),
        "observations/economy.csv": "\n".join([HEADING, *figures, ""]),
        "tables.toml": ENTRY.format(region="upland"), "tables/table.csv": "\n".join([*table, ""]),
        "tables/table_industries.csv": "code,en,zh,industry,inclusion,within\n"
        + "".join(f"{code},{code},{code},{code},whole,{of}\n" for code, of in SECTORS.items()),
    }  # fmt: skip
    made = session.open(write(tmp_path_factory.mktemp("cells"), **changes))
    return rows(made, "accounts", "cells", "measure", "code")


def test_bounds_of_cells(cells: pd.DataFrame) -> None:
    """The least and the greatest size of each industry, given totals and shares as printed."""
    n = len(SECTORS)
    goods = np.array([sector == "goods" for sector in SECTORS.values()], float)
    food, care = (np.array([code == name for code in SECTORS], float) for name in ("food", "care"))
    at_most = list[tuple[np.ndarray, float]]()  # sums of value added, and what they may come to
    for total, (low, high) in ((np.ones(n), rounded(1000, 0)), (goods, rounded(600, 0))):
        at_most += [(total, high), (-total, -low)]
    for part, whole, share in ((food, np.ones(n), 20.0), (care, 1 - goods, 25.0)):
        low, high = rounded(share, 1) / 100
        at_most += [(part - high * whole, 0), (low * whole - part, 0)]
    left, right = np.array([row for row, _ in at_most]), [most for _, most in at_most]
    low, high = (
        np.array(
            [side * linprog(side * aim, left, right, bounds=(0, 1000)).fun for aim in np.eye(n)]
        )
        for side in (1, -1)
    )
    assert_close([low[0], high[0]], [0.1995 * 999.5, 0.2005 * 1000.5])  # food, of 1,000
    assert_close([low[4], high[4]], [0.2495 * 399, 0.2505 * 401])  # care, of the rest after goods
    assert_close([low[3], high[3]], [0, 600.5 - low[0]])  # wood: no more than goods without food
    ends, codes = cells[["print_low", "print_high"]], list(SECTORS)
    assert_close(ends.loc["value_added"].loc[codes], np.array([low, high]).T)
    output = np.array([low, np.full(n, 2000.0)]).T  # no less than its value added
    assert_close(ends.loc["output"].loc[codes], output)


def test_shares_and_contributions(cells: pd.DataFrame) -> None:
    """Five forms: of the whole and of the parent a share, and points of its growth; a share of growth.

    With s its share of the year before, an industry that grows by g brings s g of the growth G of its
    whole. A year on its share is s (1 + g) / (1 + G), but for prices that moved apart by 15 % at most.
    """
    whole, goods = rounded(1000, 0), rounded(600, 0)
    services = whole - goods[::-1]
    found = cells.loc["value_added"]
    for name, share, of in (("food", 20.0, whole), ("care", 25.0, services)):
        assert_close(
            found.loc[name, ["print_low", "print_high"]].astype(float), rounded(share, 1) / 100 * of
        )

    def now(points: float, own: float, every: float) -> float:
        return points / own * (1 + own / 100) / (1 + every / 100)

    def part(share: float, own: float, every: float) -> float:
        return now(share / 100 * every, own, every)

    contributions = {
        "tools": (now, (0.8, 8.0, 5.0), whole, 0.1 * 1.08 / 1.05),
        "steel": (now, (2.0, 10.0, 6.0), goods, 0.2 * 1.10 / 1.06),
        "trade": (part, (30.0, 7.5, 5.0), whole, 0.2 * 1.075 / 1.05),
    }
    for name, (share, printed, of, middle) in contributions.items():
        assert_close(share(*printed), middle)
        corners = [share(*ends) for ends in product(*(rounded(one, 6) for one in printed))]
        ends = np.array([min(corners) * 0.85, max(corners) * 1.15]) * of
        assert_close(found.loc[name, ["assumed_low", "assumed_high"]].astype(float), ends)


#: The region's own table in m EUR; works makes structures.
OWN = """
part,code,food,works,households,fixed_capital,output
domestic,food,20,15,65,0,100
domestic,works,10,5,0,35,50
value_added,labour,40,20,,,
value_added,surplus,20,5,,,
value_added,imports,10,5,,,
total,output,100,50,,,
"""
#: A mill costs 100 in 2021, half of it bought here; it sells 30 a year from 2022 on, 40 % of it in the
#: place of others here. Half of its money is from outside; a fifth of the rest takes the place of other
#: spending. A job earns 50,000 EUR a year, and households spend half of what they earn.
MILL = {
    "entities.toml": '[mill]\nname = { en = "Mill", zh = "厂" }\ntype = "project"\n',
    "plan/plan.toml": PLAN,
    "plan/spending.csv": """
project,good,period,value,unit,local,source,recorded
mill,structures,2021,100,m EUR,50,paper,2022-01-01
""",
    "plan/operation.csv": """
project,field,value,unit,source,recorded
mill,industry,food,,paper,2022-01-01
mill,start,2022,,paper,2022-01-01
mill,output,30,m EUR,paper,2022-01-01
mill,export,60,%,paper,2022-01-01
mill,displace,40,%,paper,2022-01-01
""",
    "plan/assumptions.csv": """
name,value,unit,source,recorded
pay,50000,EUR,paper,2022-01-01
spent,50,%,paper,2022-01-01
residents,100,%,paper,2022-01-01
realised,100,%,paper,2022-01-01
outside,50,%,paper,2022-01-01
crowding,20,%,paper,2022-01-01
""",
    "tables.toml": ENTRY.format(region="rivertown"),
    "tables/table.csv": OWN,
    "tables/table_industries.csv": "code,en,zh,good\nfood,Food,食品,\nworks,Works,工程,structures\n",
}


@pytest.fixture(scope="module")
def mill(tmp_path_factory: pytest.TempPathFactory) -> session.Session:
    """The folder of the project."""
    return session.open(write(tmp_path_factory.mktemp("mill"), **MILL))


def multipliers() -> dict[str, np.ndarray]:
    """Value added in m EUR and jobs for 1 m EUR of demand by industry: w (1 - A)^-1, type I and II.

    In type II households buy food with half of what they earn: they are an industry more.
    """
    table = pd.read_csv(StringIO(OWN), index_col="code")[["food", "works"]]
    flows, output = table.loc[["food", "works"]].to_numpy(), table.loc["output"].to_numpy()
    labour, surplus = (table.loc[row].to_numpy() / output for row in ("labour", "surplus"))
    A, held = flows / output, np.array([labour + surplus, labour / 0.05])  # a job is 0.05 m EUR
    closed = np.block([[A, np.array([[0.5], [0.0]])], [labour, np.zeros((1, 1))]])
    return {
        "type_i": held @ np.linalg.inv(np.eye(2) - A),
        "type_ii": held @ np.linalg.inv(np.eye(3) - closed)[:2, :2],
    }


def test_one_project_in_the_regions_own_table(mill: session.Session) -> None:
    """Of 100 spent 50 are bought here, of works; then 30 of food are sold each year: and the chain."""
    found = rows(mill, "simulate", "totals", "project", "period", "effect", "measure", draws=40)
    for effect, each in multipliers().items():
        for n, measure in enumerate(("value_added", "jobs")):
            built, run = each[n] @ [0, 50], each[n] @ [30, 0]
            for period, value in {"2021": built, "2027": run}.items():
                row = found.xs(("mill", period, effect, measure))
                assert_close(row[["low", "value", "high"]].astype(float), [value] * 3)


def test_net_of_gross(mill: session.Session) -> None:
    """Net is gross less what others lose: sales of 12 of the 30, and 10 % of the 50 bought here."""
    found = rows(mill, "simulate", "balance", "effect", "measure", "year", "step", draws=40)
    for effect, each in multipliers().items():
        for n, measure in enumerate(("value_added", "jobs")):
            built, run = each[n] @ [0, 50], each[n] @ [30, 0]
            first, later = (found["value"].xs((effect, measure, year)) for year in (2021, 2022))
            names = ["gross", "crowded", "net"]
            assert_close(first[names].tolist(), [built, -0.1 * built, 0.9 * built])
            names = ["gross", "displaced", "net"]
            assert_close(later[names].tolist(), [run, -0.4 * run, 0.6 * run])
