"""The remediation plan is the cheapest there is: all plans are tried on small firms, none is cheaper."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from examples import examples
from songhua.errors import SonghuaError
from songhua.rules import evaluate, remediation_plan
from songhua.store.rulebooks import load

DAY = "2024-06-30"
BOOK = load("cn/sci-tech-sme")
KNOWN = BOOK.actions
FIRM: dict[str, Any] = {
    "resident": True, "staff": 20, "tech_staff": 3, "sales": 100, "assets": 100, "rd": 2,
    "total_cost": 90, "class1_ip": 0, "class2_ip": 1, "prohibited_products": False,
    "serious_violation": False, "on_abnormal_list": False, "hnte_certificate": False,
    "national_award": False, "rd_institution": False, "led_standard": False,
}  # fmt: skip
SMALL = {
    "hire_tech_staff": 6, "train_tech_staff": 6, "spend_on_rd": 7, "obtain_class1_ip": 1,
    "obtain_class2_ip": 3,
}  # fmt: skip
FAR = {"found_rd_institution": float("inf"), "lead_standard": float("inf")}


def _after(facts: dict[str, Any], steps: dict[str, int]) -> dict[str, Any]:
    found = dict(facts)
    for id, n in steps.items():
        for fact, step in KNOWN[id].adds.items():
            if fact in found:
                found[fact] = found[fact] + n * step
        for fact, flag in KNOWN[id].makes.items():
            found[fact] = flag if n else found[fact]
    return found


def _cheapest(facts: dict[str, Any], costs: dict[str, float]) -> float:
    """The least cost of all plans; the first that leads to a yes, from the cheapest up."""
    plans = [
        (sum(costs[id] * n for id, n in zip(SMALL, counts, strict=True)), counts)
        for counts in itertools.product(*(range(most + 1) for most in SMALL.values()))
    ]
    for cost, counts in sorted(plans):
        after = _after(facts, dict(zip(SMALL, counts, strict=True)))
        if after["tech_staff"] <= after["staff"] and evaluate(BOOK, after, DAY).outcome == "met":
            return cost
    return float("inf")


@examples(0.1)
@given(
    tech=st.integers(0, 6), rd=st.integers(0, 5), rights=st.integers(0, 3),
    prices=st.tuples(*[st.integers(1, 9)] * 5),
)  # fmt: skip
def test_no_plan_is_cheaper(tech: int, rd: int, rights: int, prices: tuple[int, ...]) -> None:
    facts = {**FIRM, "tech_staff": tech, "rd": rd, "class2_ip": rights}
    costs = {id: float(price) for id, price in zip(SMALL, prices, strict=True)}
    plan = remediation_plan(BOOK, facts, DAY, {**costs, **FAR})
    best = _cheapest(facts, costs)
    assert plan.proven
    assert plan.cost <= best
    if all(n <= SMALL[id] for id, n in plan.steps.items()):
        assert plan.cost == (best if plan.state == "found" else 0.0)


@pytest.mark.parametrize(
    "change", [{}, {"staff": 480, "sales": 15000, "total_cost": 14000, "rd": 100}]
)
def test_after_the_plan_the_answer_is_yes(change: dict[str, Any]) -> None:
    facts = {**FIRM, **change}
    plan = remediation_plan(BOOK, facts, DAY)
    assert plan.state == "found"
    assert evaluate(BOOK, facts, DAY).outcome == "not_met"
    after = {**facts, **{id: pair[1] for id, pair in plan.changes.items()}}
    assert evaluate(BOOK, after, DAY).outcome == "met"
    assert _after(facts, dict(plan.steps)) == after


def test_one_step_less_is_a_no() -> None:
    plan = remediation_plan(BOOK, FIRM, DAY)
    for id, n in plan.steps.items():
        fewer = _after(FIRM, {**plan.steps, id: n - 1})
        assert evaluate(BOOK, fewer, DAY).outcome != "met"


def test_a_person_hired_is_one_more_of_all_staff() -> None:
    costs = {"train_tech_staff": float("inf"), "spend_on_rd": 0.01, "obtain_class2_ip": 0.01}
    plan = remediation_plan(BOOK, {**FIRM, "tech_staff": 0}, DAY, {**FAR, **costs})
    hired = plan.steps["hire_tech_staff"]
    assert plan.changes["staff"] == (20.0, 20.0 + hired)
    assert plan.changes["tech_staff"] == (0.0, hired)
    assert hired / (20 + hired) >= 0.1 > (hired - 1) / (20 + hired - 1)


def test_costs_turn_the_plan() -> None:
    cheap = remediation_plan(BOOK, FIRM, DAY, {**FAR, "class1_ip": 1.0})
    dear = remediation_plan(BOOK, FIRM, DAY, {**FAR, "class1_ip": 1e6})
    assert "obtain_class1_ip" in cheap.steps
    assert "obtain_class1_ip" not in dear.steps


def test_what_cannot_be_changed_leaves_no_plan() -> None:
    assert remediation_plan(BOOK, {**FIRM, "staff": 501}, DAY).state == "none"
    assert remediation_plan(BOOK, {**FIRM, "resident": False}, DAY).state == "none"


def test_a_missing_gate_leaves_every_plan_unsure() -> None:
    facts = {id: v for id, v in FIRM.items() if id != "resident"}
    assert remediation_plan(BOOK, facts, DAY).state == "open"


def test_a_firm_that_qualifies_has_nothing_to_do() -> None:
    plan = remediation_plan(BOOK, {**FIRM, "rd": 6, "class1_ip": 1, "tech_staff": 8}, DAY)
    assert (plan.state, plan.cost, dict(plan.steps)) == ("met", 0.0, {})


def test_worth_stands_beside_the_cost() -> None:
    facts = {"resident": True, "hnte_certificate": True, "taxable_income": 100}
    assert remediation_plan(load("cn/reduced-rate"), facts, DAY).worth == {
        "tax_saved": (10.0, 10.0)
    }


def test_the_worth_is_that_of_the_firm_after_the_steps() -> None:
    firm = {**FIRM, "tax_industry": "other"}
    plan = remediation_plan(BOOK, firm, "2022-06-30")
    after = {**firm, **{id: pair[1] for id, pair in plan.changes.items()}}
    saved = evaluate(BOOK, after, "2022-06-30").values["tax_saved"]
    assert plan.changes["rd"][1] > firm["rd"]
    assert plan.worth["tax_saved"] == saved == (after["rd"] * 0.25 * 0.25,) * 2


@pytest.mark.parametrize(
    "costs", [{"no_such": 1.0}, {"spend_on_rd": 0.0}, {"spend_on_rd": float("nan")}]
)
def test_a_cost_that_cannot_be_used_is_a_fault(costs: dict[str, float]) -> None:
    with pytest.raises(SonghuaError, match="cost"):
        remediation_plan(BOOK, FIRM, DAY, costs)
