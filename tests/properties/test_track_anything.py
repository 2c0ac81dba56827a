"""Any readable target against any figures: the tracking answers, and its classes are of the scheme."""

from __future__ import annotations

import itertools
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from songhua import store
from songhua.plan import Plan, PlanTarget
from songhua.plan.schemes import NO_DATA, schemes
from songhua.region import Region
from songhua.studies.track.study import track
from tracked import aim, figure, folder

TEXTS = (
    "6%左右", "6%以上", "增长6%", "年均增长5.5%—6%", "累计下降13.5%", "控制在5.5%以内", "5%以内",
    "-3%", "0%", "翻一番", "减半", "提高2个百分点", "增加500家", "500", "稳步提高", "基本持平", "稳步下降",
    "与经济增长基本同步", "高于经济增长", "完成省下达任务", "6%以上，力争8%", "接近10%", "降至3%以下",
)  # fmt: skip
INDICATORS = ("gdp", "gdp_growth", "jobs", "unemployment", "places", "energy", "firms", "sales")
UNITS = {"gdp": "bn EUR", "jobs": "persons", "places": "places per 1000 persons", "firms": "count",
         "sales": "m EUR"}  # fmt: skip
PERIODS = ("plan:2021..2025", "2021", "2022", "2022-H1", "2021..2022", "2023..", "2025")
FIGURES = ("2019", "2020", "2021", "2022", "2022-H1", "2021-H1", "2021..2022", "2022-06")


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> tuple[Region, Plan]:
    """A folder that holds every indicator at every period once; the values are set later."""
    figures = [
        figure(i, p, "1", UNITS.get(i, "%")) for i, p in itertools.product(INDICATORS, FIGURES)
    ]
    path: Path = folder(tmp_path_factory.mktemp("any"), [aim("6%", "gdp_growth")], figures)
    read = store.read(path)
    assert read.plan is not None
    return read.region, read.plan


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_target_gets_an_answer(data: st.DataObject, small: tuple[Region, Plan]) -> None:
    region, plan = small
    n = len(region.figures.observations)
    values = data.draw(
        st.lists(st.floats(-99, 999).map(lambda v: round(v, 1)), min_size=n, max_size=n)
    )
    keep = np.array(data.draw(st.lists(st.booleans(), min_size=n, max_size=n)), dtype=bool)
    rows = region.figures.observations.frame.assign(
        number=values, low=np.array(values) - 0.05, high=np.array(values) + 0.05
    )
    texts = data.draw(st.lists(st.sampled_from(TEXTS), min_size=1, max_size=4))
    targets = tuple(
        PlanTarget.read(
            {
                "id": str(at), "text": text, "indicator": data.draw(st.sampled_from(INDICATORS)),
                "period": data.draw(st.sampled_from(PERIODS)), "source": "paper",
                "recorded": "2026-01-02",
                "scheme": data.draw(st.sampled_from(["", "national", "schedule"])),
                "direction": data.draw(st.sampled_from(["", "higher", "lower", "around"])),
                "path": data.draw(st.sampled_from(["", "level", "steady", "growth", "each_year"])),
            },
            2,
        )
        for at, text in enumerate(texts)
    )  # fmt: skip
    made = track(
        replace(region, figures=region.figures.with_rows(rows[keep])),
        replace(plan, targets=targets),
    )
    found = made.tables["targets"]
    for row in found.to_dict("records"):
        scheme = schemes()[row["scheme"]]
        allowed = {NO_DATA, scheme.early, *scheme.end, *(name for _, name in scheme.bands)}
        assert row["progress_class"] in allowed
        assert (row["progress_class"] == NO_DATA) or row["latest_period"]
        assert row["progress_class"] != NO_DATA or row["missing"]
        assert row["outcome"] in ("met", "not_met", "unknown", "open")
        assert set(row["possible"].split()) <= allowed
        assert not row["possible"] or row["progress_class"] in row["possible"].split()
    assert made.to_json()
