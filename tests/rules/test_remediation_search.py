"""The remediation plan is exact: with every form of the language in one rulebook, all are tried.

The steps are linked (who is hired for research is one more of all staff; research comes out of
profit) and bounded, so that the list of all plans is whole and the cheapest must be the same.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from datetime import date
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from songhua.rules import Rulebook, evaluate, parse_rulebook, remediation_plan
from songhua.rules.actions import Action
from songhua.rules.frame_verdicts import judge_frame

DAY = date(2024, 6, 30)
RULES = """
[rulebook]
name = { en = "Mill", zh = "磨坊" }
law = "By-law 1"
decides = "mill"
score = "score"
in_force = [{ from = 2020-01-01 }]

[facts]
staff = { type = "number", unit = "persons", en = "Staff", zh = "职工" }
research_staff = { type = "number", unit = "persons", en = "Research staff", zh = "研发人员" }
research = { type = "number", unit = "k EUR", en = "Research", zh = "研发" }
sales = { type = "number", unit = "k EUR", en = "Sales", zh = "销售" }
profit = { type = "number", unit = "k EUR", signed = true, en = "Profit", zh = "利润" }
rights = { type = "whole", en = "Rights", zh = "权利" }
award = { type = "flag", en = "Award", zh = "奖" }
smoke = { type = "flag", en = "Smoke", zh = "烟" }
opinion = { type = "score", most = "opinion_most", en = "Opinion", zh = "意见" }

[values.score]
en = "Score"
zh = "得分"
is = "share_points + research_points + opinion"
[values.share_points]
is = { bands = "share_bands", of = "research_staff / staff" }
[values.research_points]
is = { bands = "research_bands", of = "research / sales" }

[clauses.mill]
ref = "1"
en = "All."
zh = "全部。"
rule = { all = ["small", "not smoke", { any = ["good", "award"] }, "two"] }
[clauses.small]
ref = "2"
en = "Small."
zh = "小。"
rule = "staff <= staff_cap"
[clauses.good]
ref = "3"
en = "Good."
zh = "好。"
rule = "score >= pass_mark"
[clauses.two]
ref = "4"
en = "Two of three."
zh = "三项有二。"
rule = { at_least = "needed", of = ["profit >= nought", "rights >= rights_floor", "research >= research_floor"] }
"""
LAW = """
[staff_cap]
value = 22
unit = "persons"
[pass_mark]
value = 9
unit = "points"
[needed]
value = 2
[nought]
value = 0
unit = "k EUR"
[rights_floor]
value = 2
[research_floor]
value = 3
unit = "k EUR"
[opinion_most]
value = 4
unit = "points"
[share_bands]
unit = "%"
bands = [{ at_least = 30, score = 5 }, { above = 15, score = 3 }, { score = 0 }]
[research_bands]
unit = "%"
bands = [{ at_least = 5, score = [4, 6] }, { at_least = 2, score = 2 }, { score = 0 }]
"""
ACTIONS = """
[hire]
adds = { staff = 1, research_staff = 1 }
most = 3
[train]
adds = { research_staff = 1 }
within = { research_staff = "staff" }
most = 3
[research]
adds = { research = 1, profit = -1 }
most = 5
[claim]
adds = { rights = 1 }
most = 2
[win]
makes = { award = true }
[clean]
makes = { smoke = false }
"""


@pytest.fixture(scope="module")
def mill() -> Rulebook:
    return _mill()


def _mill(rules: str = RULES, actions: str = ACTIONS) -> Rulebook:
    law, steps = "", ""
    for line in LAW.strip().splitlines():
        if line.startswith("["):
            law += f'\n{line}\nen = "x"\nzh = "x"\nclause = "1"\n'
        elif line.startswith("unit"):
            law += line + "\n"
        else:
            law += f'values = [{{ from = 2020-01-01, {line}, mark = "C", checked = 2024-01-01 }}]\n'
    for line in actions.strip().splitlines():
        steps += line + "\n" + ('en = "x"\nzh = "x"\ncost = 1\n' if line.startswith("[") else "")
    files = {"rules.toml": rules, "parameters/law.toml": law, "../actions.toml": steps}
    return parse_rulebook("town/mill", files)


def _plans(facts: dict[str, Any], known: Mapping[str, Action]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Every plan that is allowed: its steps, and the facts after it."""
    counts = pd.DataFrame(
        list(itertools.product(*(range(action.most + 1) for action in known.values()))),
        columns=list(known),
    )
    after = pd.DataFrame({id: [value] * len(counts) for id, value in facts.items()})
    for id, action in known.items():
        for fact, step in action.adds.items():
            after[fact] = after[fact] + counts[id] * step
        for fact, flag in action.makes.items():
            after[fact] = after[fact].astype(object).where(counts[id] == 0, flag)
    allowed = (after["research_staff"] <= after["staff"]) | (counts["train"] == 0)
    return counts[allowed].reset_index(drop=True), after[allowed].reset_index(drop=True)


FIRM = st.fixed_dictionaries(
    {
        "staff": st.integers(1, 24), "research_staff": st.integers(0, 6),
        "research": st.integers(0, 6), "sales": st.sampled_from([40, 100, 200]),
        "profit": st.integers(-2, 6), "rights": st.integers(0, 3), "award": st.booleans(),
        "smoke": st.booleans(), "opinion": st.integers(0, 4),
    }
)  # fmt: skip
COSTS = st.tuples(*[st.integers(1, 9)] * 6)


@given(facts=FIRM, prices=COSTS)
def test_the_plan_is_the_cheapest_of_all(
    mill: Rulebook, facts: dict[str, Any], prices: tuple[int, ...]
) -> None:
    facts["research_staff"] = min(facts["research_staff"], facts["staff"])
    known = mill.actions
    costs = {id: float(price) for id, price in zip(known, prices, strict=True)}
    counts, after = _plans(facts, known)
    met = judge_frame(after, mill, DAY)["outcome"].eq("met").to_numpy()
    cost = (counts * pd.Series(costs)).sum(axis=1)[met]
    plan = remediation_plan(mill, facts, DAY, costs)
    assert plan.proven
    if not met.any():
        assert plan.state == "none"
        return
    assert plan.cost == cost.min()
    if plan.state == "met":
        return
    fewest = counts[met][cost == cost.min()].sum(axis=1).min()
    assert sum(plan.steps.values()) == fewest
    end = {**facts, **{id: pair[1] for id, pair in plan.changes.items()}}
    assert evaluate(mill, end, DAY).outcome == "met"


def test_research_staff_hired_are_staff_and_research_comes_out_of_profit(mill: Rulebook) -> None:
    facts = {"staff": 10, "research_staff": 1, "research": 4, "sales": 100, "profit": 1,
             "rights": 2, "award": False, "smoke": False, "opinion": 0}  # fmt: skip
    costs = {"train": float("inf"), "win": float("inf"), "hire": 2.0, "research": 3.0}
    plan = remediation_plan(mill, facts, DAY, costs)
    assert plan.steps == {"hire": 3, "research": 1}
    assert plan.changes["staff"] == (10.0, 13.0)
    assert plan.changes["research_staff"] == (1.0, 4.0)
    assert plan.changes["profit"] == (1.0, 0.0)
    assert plan.cost == 9.0


def test_who_is_trained_must_be_on_the_staff(mill: Rulebook) -> None:
    facts = {"staff": 1, "research_staff": 1, "research": 10, "sales": 100, "profit": 9,
             "rights": 2, "award": False, "smoke": False, "opinion": 0}  # fmt: skip
    assert remediation_plan(mill, facts, DAY).state == "met"
    facts |= {"research_staff": 0, "staff": 0}
    plan = remediation_plan(mill, facts, DAY, {"hire": 50.0, "win": float("inf")})
    assert plan.steps == {"hire": 1}


IDLE = {"staff": 20, "research_staff": 20, "research": 0, "sales": 100, "profit": 9,
        "rights": 2, "award": True, "smoke": False, "opinion": 0}  # fmt: skip


def test_nobody_is_trained_who_is_not_on_the_staff_however_many_are_wanted() -> None:
    book = _mill(RULES.replace("staff <= staff_cap", "research_staff >= staff_cap"))
    for id in ("hire", "train"):
        assert book.actions[id].most == 3
    plan = remediation_plan(book, IDLE, DAY, {"hire": 50.0, "train": 1.0})
    assert plan.steps == {"hire": 2}


def test_a_step_may_be_many_units_or_half_of_one() -> None:
    many = ACTIONS.replace("research = 1, profit = -1", "research = 2.5, profit = -0.5")
    book = _mill(RULES.replace("staff <= staff_cap", "research >= research_floor"), many)
    plan = remediation_plan(book, IDLE, DAY)
    assert plan.steps == {"research": 2}
    assert plan.changes == {"research": (0.0, 5.0), "profit": (9.0, 8.0)}
