"""Impossible figures are faults: bounds of indicators, parts above their whole, amounts of a plan."""

from __future__ import annotations

from pathlib import Path

import pytest

from small import FILES, HEADING, write
from songhua import messages, store
from songhua.errors import SonghuaError

INDICATORS = FILES["indicators.toml"]


def indicator(id: str, unit: str, form: str, measure: str, of: str = "", more: str = "") -> str:
    """An entry of a catalogue."""
    words = f'name = {{ en = "{id}", zh = "{id}" }}\ndefinition = {{ en = "x", zh = "x" }}\n'
    of = f'of = "{of}"\n' if of else ""
    return f'\n[{id}]\nunit = "{unit}"\nform = "{form}"\nmeasure = "{measure}"\n{of}{words}{more}'


CATALOGUE = INDICATORS + "".join(
    (
        indicator("gdp_share", "%", "share", "value_added", "gdp"),
        indicator("firms", "count", "level", "firms"),
        indicator("profits", "m EUR", "level", "profits"),
        indicator("profits_growth", "%", "growth", "profits", "profits"),
        indicator("surplus", "m EUR", "level", "flows", more='bounds = "none"\n'),
        indicator("surplus_growth", "%", "growth", "flows", "surplus"),
        indicator("idle", "%", "ratio", "unemployment"),
    )
)
PLAN = """
[plan]
name = { en = "Plan", zh = "规划" }
period = "plan:2021..2025"
base_year = 2020
purpose = { en = "Growth", zh = "增长" }
source = "paper"
"""


def row(indicator: str, value: str, unit: str, industry: str = "", **more: str) -> str:
    cells = dict.fromkeys(HEADING.split(","), "") | {
        "indicator": indicator, "region": "rivertown", "industry": industry, "period": "2018",
        "value": value, "unit": unit, "kind": "actual", "source": "paper",
        "recorded": "2026-01-02", **more,
    }  # fmt: skip
    return ",".join(cells.values())


def faults(folder: Path, *rows: str, **files: str) -> list[tuple[str, str, int | None, str]]:
    """The faults of a folder with these observations; told in every language."""
    files = {"observations__economy_csv": "\n".join((HEADING, *rows)) + "\n"} | files
    files = {"indicators_toml": CATALOGUE} | files
    try:
        store.read(write(folder, **files))
    except SonghuaError as error:
        assert all(one.words(lang) for one in error.faults for lang in messages.LANGUAGES)
        return [(one.code, one.file, one.row, one.column) for one in error.faults]
    return []


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        (("gdp_growth", "-250", "%"), "figure_below"),
        (("gdp_growth", "-100", "%"), ""),
        (("gdp_share", "651", "%", "food"), "figure_above"),
        (("gdp_share", "-0.1", "%", "food"), "figure_below"),
        (("gdp_share", "100", "%", "food"), ""),
        (("idle", "651", "‰"), ""),
        (("idle", "1.01", "x"), "figure_above"),
        (("firms", "-3", "count"), "figure_below"),
        (("gdp", "-480", "m EUR"), "figure_below"),
        (("gdp", "-0.2", "bn EUR", "food"), ""),  # inputs may cost more than the output brings
        (("profits", "-7", "m EUR"), ""),
        (("profits_growth", "-250", "%"), ""),
        (("surplus_growth", "-250", "%"), ""),
    ],
)
def test_an_observation_lies_within_what_its_indicator_can_be(
    tmp_path: Path, cells: tuple[str, ...], code: str
) -> None:
    place = "observations/economy.csv"
    assert faults(tmp_path, row(*cells)) == ([(code, place, 2, "value")] if code else [])


def test_a_word_opens_the_bound_and_a_correction_mends(tmp_path: Path) -> None:
    wrong = row("gdp_share", "651", "%", "food")
    right = row("gdp_share", "65.1", "%", "food", recorded="2026-02-02")
    assert faults(tmp_path / "a", wrong, right) == []
    about, least = (
        row("gdp_share", value, "%", "food", qualifier=word)
        for value, word in (("651", "about"), ("100", "more_than"))
    )
    assert [one[2] for one in faults(tmp_path / "b", about, least)] == [2]


def test_cells_of_panels_are_held_to_the_same(tmp_path: Path) -> None:
    heads = "indicator,region,industry,period,value,unit,status,kind,source,recorded\n"
    cells = [
        f"gdp_growth,rivertown,{industry},2018,{value},%,,actual,paper,{day}"
        for industry, value, day in (
            ("all", "-250", "2026-01-02"), ("food", "-300", "2026-01-02"),
            ("food", "-3", "2026-01-03"), ("tools", "-40", "2026-01-02"),
        )
    ]  # fmt: skip
    found = faults(tmp_path, panels__growth_csv=heads + "\n".join(cells) + "\n")
    assert found == [("figure_below", "panels/growth.csv", 2, "value")]


@pytest.mark.parametrize(
    ("rows", "wrong"),
    [
        ([("gdp", "10.0", "bn EUR"), ("gdp", "16300", "m EUR", "food")], [3]),  # tools lack
        ([("gdp", "10.0", "bn EUR"), ("gdp", "4.1", "bn EUR", "food"),
          ("gdp", "5.95", "bn EUR", "tools")], []),  # rounding
        ([("gdp_share", "80", "%", "food"), ("gdp_share", "83", "%", "tools")], [3]),
        ([("gdp_share", "66.7", "%", "food"), ("gdp_share", "33.4", "%", "tools")], []),
        ([("gdp", "10.0", "bn EUR"), ("gdp", "16.3", "bn EUR", "food", "bulletin-2020")], []),
    ],
)  # fmt: skip
def test_known_parts_are_not_above_their_whole(
    tmp_path: Path, rows: list[tuple[str, ...]], wrong: list[int]
) -> None:
    """Of one source; what two sources say apart is for a warning."""
    lines = [row(*one[:4], **({"source": one[4]} if len(one) > 4 else {})) for one in rows]
    found = faults(tmp_path, *lines)
    assert found == [("parts_above_whole", "observations/economy.csv", at, "value") for at in wrong]


def test_a_plan_asks_for_and_spends_nothing_that_cannot_be(tmp_path: Path) -> None:
    targets = "id,indicator,period,text,source,recorded\n" + "".join(
        f"t{n},{indicator},2025,{text},paper,2026-01-02\n"
        for n, (indicator, text) in enumerate(
            [("gdp_growth", "-250%"), ("gdp", "增长5%"), ("gdp", "下降120%"), ("gdp_share", "651%")]
        )
    )
    projects = (
        "project,kind,item,period,total,planned_value,earned_value,actual_value,unit,source,recorded\n"
        "mill,value,money,2024,10,12,4,15,m EUR,paper,2026-01-02\n"
        "mill,value,power,2024,-5,,,,m EUR,paper,2026-01-02\n"
    )
    entities = '[mill]\nname = { en = "Mill", zh = "厂" }\ntype = "project"\n'
    found = faults(
        tmp_path, plan__plan_toml=PLAN, plan__targets_csv=targets, plan__projects_csv=projects,
        entities_toml=entities,
    )  # fmt: skip
    assert found == [
        ("figure_below", "plan/targets.csv", 2, "text"),
        ("figure_below", "plan/targets.csv", 4, "text"),
        ("figure_above", "plan/targets.csv", 5, "text"),
        ("amount_above_total", "plan/projects.csv", 2, "planned_value"),
        ("amount_below", "plan/projects.csv", 3, "total"),
    ]


def test_all_faults_come_at_once(tmp_path: Path) -> None:
    """One mended after the other is a day lost: what could be read is judged on."""
    rows = [
        row("gdp_growth", "fast", "%"), row("gdp_growth", "-250", "%", period="2017"),
        row("gdp", "10", "persons"), row("firms", "2.5", "count"),
        row("output", "3", "bn EUR"),
    ]  # fmt: skip
    sources = FILES["sources.toml"] + '\n[lost]\ntitle = "Lost"\n'
    tasks = "id,task_en,status,due,blocked_by,source,recorded\n" + "".join(
        f"{id},x,{state},{due},{by},paper,2026-01-02\n"
        for id, state, due, by in (
            ("road", "planned", "soon", ""), ("rail", "planned", "2024", "road port"),
        )
    )  # fmt: skip
    targets = "id,indicator,period,text,source,recorded\nt,gdp,2025,9 %,paper,2026-01-02\n"
    found = faults(
        tmp_path, *rows, sources_toml=sources, plan__plan_toml=PLAN, plan__measures_csv=tasks,
        plan__targets_csv=targets,
    )  # fmt: skip
    assert {(code, row) for code, _, row, _ in found} >= {
        ("number_unreadable", 2), ("figure_below", 3), ("unit_misfit", 4), ("count_not_whole", 5),
        ("target_percent_misfit", 2),
    }  # fmt: skip
    codes = [code for code, *_ in found]
    assert "value_missing" in codes  # of the source
    assert "period_unreadable" in codes
    assert "task_unknown" not in codes  # the road may be the row that could not be read
