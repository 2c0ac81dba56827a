"""Structure, concentration, ranks and composite indices on a panel small enough for a pencil."""

from __future__ import annotations

import ast
import inspect
from math import log
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from small import FILES, write
from songhua import store
from songhua.errors import SonghuaError
from songhua.maths import composite
from songhua.maths.concentration import ellison_glaeser, locational_gini
from songhua.maths.coupling import coupling_coordination
from songhua.results import Result, kinds
from songhua.studies.diagnose.study import diagnose

HEAD = "indicator,region,industry,period,value,unit,status,kind,source,recorded"
PLACES = ("rivertown", "seaside", "hillside", "upland")
# food and tools in 2010 and 2020
LEVELS = {
    "rivertown": ((40, 60), (80, 70)),
    "seaside": ((10, 90), (30, 110)),
    "hillside": ((70, 30), (70, 60)),
    "upland": ((200, 800), (300, 900)),
}
REGION = FILES["region.toml"] + "".join(
    f'\n[places.{id}]\nname = {{ en = "{id.title()}", zh = "{name}" }}\nrole = "comparison"\n'
    for id, name in (("seaside", "海边"), ("hillside", "山坡"))
)
INDEX = """
[strength]
name = { en = "Strength", zh = "实力" }
definition = { en = "Two shares and two growths.", zh = "两个比重与两个增速。" }
coupling = ["now", "pace"]
formula = "traditional"
[strength.parts.now]
name = { en = "Now", zh = "现状" }
weight = 3
[strength.parts.pace]
name = { en = "Pace", zh = "速度" }
[strength.members.food]
name = { en = "Food", zh = "食品" }
part = "now"
indicator = "gdp"
industry = "food"
as = "share"
[strength.members.growth]
name = { en = "Growth", zh = "增速" }
part = "pace"
indicator = "gdp"
as = "growth"
years = 10
"""


def panel(levels: dict[str, tuple[tuple[int, int], tuple[int, int]]] = LEVELS) -> str:
    lines = [HEAD]
    for place, both in levels.items():
        for period, (food, tools) in zip(("2010", "2020"), both, strict=True):
            for industry, value in (("all", food + tools), ("food", food), ("tools", tools)):
                cell = f"gdp,{place},{industry},{period},{value},bn EUR"
                lines.append(f"{cell},,actual,bulletin-2020,2026-01-02")
    return "\n".join(lines) + "\n"


def made(path: Path, **changes: str) -> Result:
    files = {"region_toml": REGION, "panels__gdp_csv": panel(), **changes}
    return diagnose(store.read(write(path, **files)).region)


def test_indices_of_structure_by_hand(tmp_path: Path) -> None:
    rows = made(tmp_path).tables["specialisation"]
    rows = rows[(rows["region"] == "rivertown") & (rows["period"] == "2020")]
    whole = rows[rows["reference"] == "upland"].set_index("measure")
    s, S = np.array([80, 70]) / 150, np.array([300, 900]) / 1200
    assert whole.at["krugman", "value"] == pytest.approx(abs(s - S).sum())
    assert whole.at["herfindahl", "value"] == pytest.approx((s**2).sum())
    assert whole.at["shannon_entropy", "value"] == pytest.approx(-sum(x * log(x) for x in s))
    assert whole.at["hachman", "value"] == pytest.approx(1 / (s**2 / S).sum())
    assert (whole["low"] < whole["value"]).all()
    assert (whole["value"] < whole["high"]).all()
    assert set(whole["industries"]) == {2}
    # printed in whole billions: the share of food lies between 79.5 / 150 and 80.5 / 150
    low, high = 79.5 / 150, 80.5 / 150
    assert low**2 + (69.5 / 150) ** 2 < 0.5  # shares that add up to one cannot be as even
    assert whole.at["herfindahl", "low"] == pytest.approx(0.5)
    assert whole.at["herfindahl", "high"] == pytest.approx(high**2 + (70.5 / 150) ** 2)
    others = rows[rows["reference"] != "upland"].set_index("reference")["value"]
    assert others["seaside"] == pytest.approx(2 * (80 / 150 - 30 / 140))
    assert others["hillside"] == pytest.approx(2 * abs(80 / 150 - 70 / 130))


def test_a_part_above_its_whole_has_no_share(tmp_path: Path) -> None:
    sound = "gdp,seaside,food,2020,30,bn EUR"
    spoiled = panel().replace(sound, "gdp,seaside,food,2020,300,bn EUR")
    assert spoiled != panel()
    free = FILES["indicators.toml"].replace('form = "level"', 'form = "level"\nbounds = "none"')
    rows = made(tmp_path, panels__gdp_csv=spoiled, indicators_toml=free).tables["peers"]
    shares = rows[(rows["industry"] == "food") & (rows["form"] == "share")].set_index("region")
    assert "seaside" not in shares.index
    assert shares.loc["hillside", ["rank", "of"]].tolist() == [1, 2]


def test_the_nearest_region_is_told(tmp_path: Path) -> None:
    findings = {f.code: f.params for f in made(tmp_path).findings}
    assert findings["most_alike"]["place"] == "hillside"
    assert findings["structure_distance"]["first"] == pytest.approx(0.4)


def test_concentration_is_the_ginis(tmp_path: Path) -> None:
    rows = made(tmp_path).tables["concentration"].set_index("industry")
    levels = pd.DataFrame(
        {p: dict(zip(("food", "tools"), LEVELS[p][1], strict=True)) for p in PLACES[:3]}
    ).T
    wanted = locational_gini(levels, levels.sum(axis=1))
    for industry in ("food", "tools"):
        assert rows.at[industry, "gini"] == pytest.approx(wanted.at[industry, "gini"])
        assert rows.at[industry, "se"] == pytest.approx(wanted.at[industry, "se"])
    assert rows.at["food", "top"] == "hillside"
    assert rows["ellison_glaeser"].isna().all()


def test_ellison_glaeser_where_the_plants_are_known(tmp_path: Path) -> None:
    plants = """
[plants]
name = { en = "Plants' Herfindahl index", zh = "企业赫芬达尔指数" }
unit = "x"
form = "ratio"
measure = "plant_herfindahl"
definition = { en = "Sum of squared shares of plants.", zh = "企业份额平方和。" }
"""
    cell = "plants,upland,food,2020,0.02,x,,actual,bulletin-2020,2026-01-02\n"
    rows = made(
        tmp_path,
        indicators_toml=FILES["indicators.toml"] + plants,
        panels__plants_csv=f"{HEAD}\n{cell}",
    ).tables["concentration"]
    food = pd.DataFrame({"food": {p: float(LEVELS[p][1][0]) for p in PLACES[:3]}})
    size = pd.Series({p: float(sum(LEVELS[p][1])) for p in PLACES[:3]})
    wanted = ellison_glaeser(food, plant_herfindahl=pd.Series({"food": 0.02}), region_size=size)
    got = rows.set_index("industry")["ellison_glaeser"]
    assert got["food"] == pytest.approx(wanted.at["food", "gamma"])
    assert np.isnan(got["tools"])


def test_ranks_and_what_rounding_leaves_open(tmp_path: Path) -> None:
    rows = made(tmp_path).tables["peers"]
    shares = rows[(rows["form"] == "share") & (rows["industry"] == "food")].set_index("region")
    # 53.3 % and 53.8 %: printed in whole billions, either may be the larger
    assert shares.loc[["hillside", "rivertown", "seaside"], "rank"].tolist() == [1, 2, 3]
    assert shares.loc["rivertown", ["rank_low", "rank_high"]].tolist() == [1, 2]
    assert shares.loc["seaside", ["rank_low", "rank_high"]].tolist() == [3, 3]
    assert np.isnan(shares.at["upland", "rank"])
    assert shares.at["rivertown", "low"] == pytest.approx(79.5 / 150.5 * 100)
    growth = rows[(rows["form"] == "average_growth") & (rows["industry"] == "all")]
    growth = growth.set_index("region")
    assert growth.at["rivertown", "value"] == pytest.approx((1.5**0.1 - 1) * 100)
    assert growth.at["rivertown", "low"] == pytest.approx(((149.5 / 100.5) ** 0.1 - 1) * 100)
    assert growth.loc["rivertown", ["start", "period"]].tolist() == ["2010", "2020"]


def test_an_index_by_hand(tmp_path: Path) -> None:
    result = made(tmp_path, indices_toml=INDEX)
    ranks = result.tables["ranks"].set_index("region")
    share = {p: LEVELS[p][1][0] / sum(LEVELS[p][1]) for p in PLACES[:3]}
    pace = {p: (sum(LEVELS[p][1]) / sum(LEVELS[p][0])) ** 0.1 for p in PLACES[:3]}
    scaled = {}
    for name, values in (("now", share), ("pace", pace)):
        low, high = min(values.values()), max(values.values())
        scaled[name] = {p: (v - low) / (high - low) for p, v in values.items()}
    for place in PLACES[:3]:
        u = 0.75 * scaled["now"][place] + 0.25 * scaled["pace"][place]
        assert ranks.at[place, "score"] == pytest.approx(1 + 99 * u)
    assert set(ranks["period"]) == {"2020"}  # growth over ten years needs 2010
    assert ((ranks["low"] <= ranks["rank"]) & (ranks["rank"] <= ranks["high"])).all()
    couplings = result.tables["couplings"].set_index("region")
    wanted = coupling_coordination(pd.DataFrame(scaled), {"now": 3, "pace": 1}, "traditional")
    known = wanted.dropna().index
    assert couplings.loc[known, "coordination"].to_numpy() == pytest.approx(
        wanted.loc[known, "D"].to_numpy()
    )
    assert {f.code for f in result.findings} >= {
        "composite_rank_range",
        "coupling_depends_on_sample",
    }
    steps = result.tables["index_steps"]
    assert set(steps.loc[steps["note"] == "composite_step_none", "step"]) >= {"impute", "treat"}


def test_each_note_of_a_step_fills_its_kind() -> None:
    folder = Path(inspect.getfile(composite)).parent
    trees = (ast.parse(file.read_text("utf-8")) for file in folder.glob("*.py"))
    calls = [one for tree in trees for one in ast.walk(tree) if isinstance(one, ast.Call)]
    notes = [one for one in calls if getattr(one.func, "id", "") == "say"]
    assert len(notes) > 20
    for note in notes:
        kind = kinds()[ast.literal_eval(note.args[3])]
        given: dict[str, Any] = {str(one.arg): None for one in note.keywords}
        assert kind(**given).rests == "index_steps"


def test_chance_only_moves_weights_and_the_seed_settles_it(tmp_path: Path) -> None:
    region = store.read(
        write(tmp_path, region_toml=REGION, panels__gdp_csv=panel(), indices_toml=INDEX)
    ).region
    once, again = (diagnose(region, rng=np.random.default_rng(7)).tables["ranks"] for _ in range(2))
    pd.testing.assert_frame_equal(once, again)
    still = diagnose(region).tables["ranks"]
    assert once["score"].tolist() == still["score"].tolist()
    assert (once["runs"] == still["runs"] * 21).all()


def test_two_places_make_no_index(tmp_path: Path) -> None:
    levels = {p: LEVELS[p] for p in ("rivertown", "seaside", "upland")}
    result = made(tmp_path, indices_toml=INDEX, panels__gdp_csv=panel(levels))
    assert result.tables["ranks"].empty
    assert "index_needs_places" in {f.code for f in result.findings}


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ('part = "now"', 'part = "nwo"', "label_unknown"),
        ('part = "now"\n', "", "member_without_part"),
        ('industry = "food"', 'industry = "zinc"', "label_unknown"),
        ('as = "share"', 'as = "slice"', "choice_unknown"),
        ('as = "share"', 'as = "ratio"', "ratio_without_per"),
        ("years = 10", "years = 0", "below_least"),
        ("weight = 3", "weight = 0", "weight_not_positive"),
        ("weight = 3", 'weight = "much"', "number_unreadable"),
        ('coupling = ["now", "pace"]', 'coupling = ["now"]', "coupling_systems"),
        ('coupling = ["now", "pace"]', 'coupling = ["now", "then"]', "label_unknown"),
        ('formula = "traditional"', 'formula = "old"', "choice_unknown"),
        ("[strength.members.food]", "[strength.members.food.more]\n[strength.members.food2]", ""),
        ('part = "pace"', 'part = "now"', "part_without_member"),
    ],
)
def test_a_fault_of_an_index_is_told_with_its_place(
    old: str, new: str, code: str, tmp_path: Path
) -> None:
    text = INDEX.replace(old, new)
    assert text != INDEX
    with pytest.raises(SonghuaError) as told:
        store.read(write(tmp_path, region_toml=REGION, indices_toml=text))
    faults = told.value.faults
    assert all(f.file == "indices.toml" and f.row for f in faults)
    if code:
        assert code in {f.code for f in faults}


def test_an_index_may_follow_a_larger_area_among_its_like(tmp_path: Path) -> None:
    index = INDEX.replace("[strength]\n", '[strength]\nregion = "upland"\n', 1)
    found = made(tmp_path, indices_toml=index)
    ranks = found.tables["ranks"]
    assert set(ranks["region"]) == {"upland", "seaside", "hillside"}
    (told,) = [one.params for one in found.findings if one.code == "composite_rank_range"]
    own = ranks[(ranks["region"] == "upland") & (ranks["period"] == "2020")].iloc[0]
    assert (told["region"], told["rank"], told["n"]) == ("upland", own["rank"], 3)
    wrong = INDEX.replace("[strength]\n", '[strength]\nregion = "uplnd"\n', 1)
    with pytest.raises(SonghuaError) as refused:
        made(tmp_path / "wrong", indices_toml=wrong)
    assert [(f.code, f.column) for f in refused.value.faults] == [
        ("label_unknown", "strength.region"),
    ]  # fmt: skip


def test_a_place_that_lacks_a_member_spoils_no_choice(tmp_path: Path) -> None:
    """Left out of the ranks and kept in the audit; entropy and CRITIC weights have no gap."""
    levels = LEVELS | {"lakeside": ((20, 20), (30, 30))}
    region = REGION + (
        '\n[places.lakeside]\nname = { en = "Lakeside", zh = "湖畔" }\nrole = "comparison"\n'
    )
    gap = panel(levels).replace(
        "gdp,lakeside,food,2020,30,bn EUR,", "gdp,lakeside,food,2020,,bn EUR,suppressed"
    )
    assert gap != panel(levels)
    found = made(tmp_path, region_toml=region, panels__gdp_csv=gap, indices_toml=INDEX)
    assert "choices_refused" not in {one.code for one in found.findings}
    assert "lakeside" not in set(found.tables["ranks"]["region"])
    audit = found.tables["index_audit"].set_index("member")
    assert audit.loc["food", "missing"] == 1
    assert not found.tables["choice_effects"].empty
