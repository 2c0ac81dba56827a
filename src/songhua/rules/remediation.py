"""The remediation plan: the least costly changes with which a firm would qualify for a status."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TypeAlias

from songhua.labels import parse_date
from songhua.rules.actions import Action, priced
from songhua.rules.backends import Scalars
from songhua.rules.interpreter import Interpreter
from songhua.rules.intervals import Operand
from songhua.rules.remediation_search import Relaxation, Search
from songhua.rules.rulebook import Rulebook
from songhua.rules.truth_values import MET, NOT_MET
from songhua.rules.verdict import NO_TEXT, NOT_IN_FORCE, Span, Verdict, evaluate, read_facts

Change: TypeAlias = tuple[float, float] | tuple[bool, bool]  # what a fact is, and would be


@dataclass(frozen=True)
class RemediationPlan:
    """The steps that a firm would have to take.

    `state` is met (nothing to do), found, none (no known actions lead to the status), open
    (facts are missing, so that no plan is sure), not_in_force or no_text. `steps` holds by action
    how many; `changes` by fact (before, after); `cost` their sum, at costs that are assumed unless
    given; `worth` what the status brings in a year once the steps are taken, as (low, high).
    `proven` says whether the search was exhaustive.
    """

    state: str
    steps: Mapping[str, int]
    changes: Mapping[str, Change]
    cost: float
    worth: Mapping[str, Span]
    verdict: Verdict
    proven: bool = True
    actions: Mapping[str, Action] = field(default_factory=dict)

    def as_dict(self) -> dict[str, object]:
        """The plan as plain data."""
        return {
            "state": self.state,
            "steps": dict(self.steps),
            "changes": {id: list(pair) for id, pair in self.changes.items()},
            "cost": self.cost,
            "worth": {id: list(span) for id, span in self.worth.items()},
            "proven": self.proven,
            "verdict": self.verdict.as_dict(),
        }


def remediation_plan(
    book: Rulebook,
    facts: Mapping[str, object],
    on: date | str,
    costs: Mapping[str, float] | None = None,
) -> RemediationPlan:
    """The cheapest set of changes after which the firm surely has the status.

    Only what a firm can change is changed: the actions of `actions.toml`, each with all that it
    changes at once (a person hired adds to all staff). Among plans of one cost the one with the
    fewest steps is taken, then the first in the order of the actions. Judgements count at their
    lowest: a plan leads to met, not to possible.

    Args:
        book: the rulebook of the status.
        facts: the firm's facts. Those that are missing stay missing.
        on: the day.
        costs: a cost a step, by action or by fact; otherwise those that the rulebook assumes.

    Raises:
        SonghuaError: as `evaluate`; `cost_unknown`.

    >>> from songhua.store.rulebooks import load
    >>> firm = {"staff": 100, "tech_staff": 20, "sales": 1000, "assets": 800, "rd": 40,
    ...     "total_cost": 250, "class1_ip": 0, "class2_ip": 2, "resident": True,
    ...     "prohibited_products": False, "serious_violation": False, "on_abnormal_list": False}
    >>> plan = remediation_plan(load("cn/sci-tech-sme"), firm, "2024-06-30")
    >>> plan.steps, plan.cost
    ({'obtain_class2_ip': 1}, 3.0)
    """
    day = parse_date(on)
    verdict = evaluate(book, facts, day)
    if verdict.outcome in ("met", NOT_IN_FORCE, NO_TEXT):
        return RemediationPlan(verdict.outcome, {}, {}, 0.0, _worth(book, verdict), verdict)
    values, parameters = read_facts(book, facts, day).values, book.on(day)
    usable = _usable(priced(book.actions, costs), values, book)
    solution = Search(Relaxation(book, values, parameters, list(usable.values()))).solve()
    if solution.steps is None:
        state, worth = "open" if solution.open else "none", _worth(book, verdict)
        return RemediationPlan(state, {}, {}, float("nan"), worth, verdict, solution.proven)
    steps = {id: int(n) for id, n in zip(usable, solution.steps, strict=True) if n}
    actions = {id: usable[id] for id in steps}
    cost = float(sum(action.cost * steps[id] for id, action in actions.items()))
    changes = _changes(actions, steps, values)
    after = Interpreter(Scalars(), book, _after(actions, steps, values), parameters)
    worth = _worth(book, verdict, after)
    return RemediationPlan("found", steps, changes, cost, worth, verdict, solution.proven, actions)


def _usable(
    actions: Mapping[str, Action], facts: Mapping[str, Operand], book: Rulebook
) -> dict[str, Action]:
    """The actions that change something: no flag that is set, and no fact that is missing."""
    usable: dict[str, Action] = {}
    for id, action in actions.items():
        adds = {k: v for k, v in action.adds.items() if k in book.facts}
        makes = {k: v for k, v in action.makes.items() if k in book.facts}
        already_set = makes and all(facts[k] == (MET if v else NOT_MET) for k, v in makes.items())
        unclear = adds and all(not facts[k].known for k in adds)
        twin = any(
            (o.adds, o.makes, o.within) == (adds, makes, action.within) and o.cost <= action.cost
            for o in usable.values()
        )
        if not already_set and not unclear and not twin:
            usable[id] = replace(action, adds=adds, makes=makes)
    return usable


def _worth(book: Rulebook, verdict: Verdict, after: Interpreter | None = None) -> dict[str, Span]:
    """The money that the status brings, by the firm's facts or by those after the steps."""
    ids = [id for id, v in book.values.items() if v.role == "worth" and id in verdict.values]
    if after is None:
        return {id: verdict.values[id] for id in ids}
    return {id: (float(after.number(id).low), float(after.number(id).high)) for id in ids}


def _after(
    actions: Mapping[str, Action], steps: Mapping[str, int], facts: Mapping[str, Operand]
) -> dict[str, Operand]:
    """The facts once the steps are taken."""
    after = dict(facts)
    for action in actions.values():
        n = steps[action.id]
        for id, step in action.adds.items():
            number = after[id]
            after[id] = replace(number, low=number.low + n * step, high=number.high + n * step)
        for id, flag in action.makes.items():
            after[id] = MET if flag else NOT_MET
    return after


def _changes(
    actions: Mapping[str, Action], steps: Mapping[str, int], facts: Mapping[str, Operand]
) -> dict[str, Change]:
    """By fact its value now and after the steps; a fact that is missing has no change."""
    changes: dict[str, Change] = {}
    for action in actions.values():
        n = steps[action.id]
        for id, step in action.adds.items():
            before = facts[id].low
            if facts[id].known:
                old = changes.get(id, (before, before))
                changes[id] = (before, float(old[1] + n * step))
        for id, flag in action.makes.items():
            changes[id] = (facts[id] == MET, flag)
    return changes
