"""Accounts: pay and jobs follow value added, within it and scaled to what is printed."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from account_region import CODES, NATION, printed, region
from close import assert_close
from songhua.maths.accounts import prior
from songhua.region import Region
from songhua.region.observations import Observation
from songhua.studies.accounts.accounts import Accounts
from songhua.studies.accounts.ledger import ledger
from songhua.studies.accounts.nation import Nation
from songhua.studies.accounts.pay_and_jobs import pay_and_jobs
from songhua.studies.accounts.rows import PayOrJobs
from songhua.studies.series import Figures

#: Half of value added is pay; of a million, ten persons make.
JOBS = NATION * 10


def with_sizes() -> Region:
    here = region()
    table = here.tables["land"]
    assert table.industries is not None
    parts = table.v.copy() / 2
    parts.loc["surplus"] = parts.iloc[0]
    named = table.industries.assign(jobs=[f"{one:.0f}" for one in JOBS])
    told = {
        "staff": {"unit": "persons", "form": "level", "measure": "employment"},
        "wages": {"unit": "m EUR", "form": "level", "measure": "pay", "basis": "current"},
    }
    indicators = {**here.indicators, **told}
    table = replace(table, v=parts, industries=named)
    return replace(here, tables={"land": table}, indicators=indicators)


def of(*figures: Observation) -> tuple[Accounts, dict[tuple[str, str], PayOrJobs]]:
    here = with_sizes()
    held, nation = Figures.of(here, figures), Nation.of(here)
    made = Accounts(held, nation, 2020, ledger(held, nation, prior.load(), 2020))
    return made, {(row.measure, row.code): row for row in pay_and_jobs(made)}


def staff(industry: str, count: int, **labels: str) -> Observation:
    return Observation.of(
        "staff", "2020", str(count), industry=industry, region="here", unit="persons",
        form="level", ids=(f"staff-{industry}",), **labels,
    )  # fmt: skip


TOTAL = printed("gdp", "level", 30.0, "all")


def test_each_industry_has_pay_and_jobs_that_follow_its_value_added() -> None:
    made, rows = of(TOTAL)
    assert set(rows) == {(measure, code) for measure in ("pay", "jobs") for code in CODES}
    assert made.draws is not None
    for code, size in zip(CODES, NATION, strict=True):
        added = made.draws.of(("value_added", code))
        pay, jobs = rows["pay", code], rows["jobs", code]
        assert 0 < pay.value.low < pay.value.value < pay.value.high <= added.max()
        assert_close(pay.nation, 0.1 * size / 2, rtol=1e-9)
        assert_close(jobs.nation, size, rtol=1e-9)
        assert (pay.unit, jobs.unit) == ("m EUR", "persons")
        # ratios lie about the nation's: wider than value added alone, by the ratio's deviation
        spread = np.quantile(np.log(added), (0.05, 0.95))
        assert np.log(jobs.value.high / jobs.value.low) > spread[1] - spread[0]


def test_printed_jobs_are_met() -> None:
    """The whole and a sector are printed: what is left the others share."""
    made, rows = of(TOTAL, staff("all", 400), staff("crops", 100))
    jobs = {code: rows["jobs", code].value for code in CODES}
    assert 99.5 <= jobs["crops"].low <= jobs["crops"].high <= 100.5
    assert sum(one.low for one in jobs.values()) < 400 < sum(one.high for one in jobs.values())
    how = {one.observation.id: one.how for one in made.ledger.readings}
    assert (how["staff-all"], how["staff-crops"]) == ("scaled", "scaled")
    assert not made.conflicts  # jobs bind no value added


@pytest.mark.parametrize("labels", [{"scope": "urban units"}, {"entity": "plant"}])
def test_jobs_of_some_units_scale_nothing(labels: dict[str, str]) -> None:
    plain, some = of(TOTAL)[1], of(TOTAL, staff("all", 400, **labels))[1]
    for key, row in plain.items():
        assert some[key].value == row.value


def test_without_jobs_of_the_nation_pay_stands_alone() -> None:
    here = replace(region(), indicators=with_sizes().indicators)
    held, nation = Figures.of(here, [TOTAL, staff("all", 400)]), Nation.of(here)
    made = Accounts(held, nation, 2020, ledger(held, nation, prior.load(), 2020))
    assert {row.measure for row in pay_and_jobs(made)} == {"pay"}
    left = {one.observation.id: one.reason for one in made.ledger.readings}
    assert left["staff-all"] == "no_cells"
