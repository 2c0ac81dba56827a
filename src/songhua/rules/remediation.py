"""The nearest way to a yes: the cheapest steps by which a firm would meet the rule. Exact.

Branch and bound over whole numbers of steps. A box of steps gives intervals of facts, and the
rule on intervals gives its grade: where it is not met for the whole box, no point in it is a
way; where the cheapest corner meets it, that corner is one. Boxes wait in order of their
cheapest corner, so the first way that costs no more than any box left is the nearest of all.
"""

from __future__ import annotations

import heapq
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from songhua.rules.actions import Action, actions, priced
from songhua.rules.algebra import MET, NOT_MET, POSSIBLE, Num
from songhua.rules.book import Rulebook
from songhua.rules.carriers import Arrays, Plain
from songhua.rules.interpret import Reading
from songhua.rules.verdict import Verdict, as_book, as_day, evaluate, read_facts

BATCH = 256
MOST_BOXES = 400_000


@dataclass(frozen=True)
class RemediationPlan:
    """What a firm would have to do.

    `state` is met (nothing to do), found, none (no way by the known actions), open (facts are
    missing, so no way is sure) or not_in_force. `steps` holds by action how many; `changes` by
    fact (before, after); `cost` their sum, at costs that are assumed unless given; `worth` what
    the status brings in a year once the steps are taken, as (low, high). `proven` says whether
    the search was exhaustive.
    """

    state: str
    steps: Mapping[str, int]
    changes: Mapping[str, tuple[Any, Any]]
    cost: float
    worth: Mapping[str, tuple[float, float]]
    verdict: Verdict
    proven: bool = True
    actions: Mapping[str, Action] = field(default_factory=dict)

    def as_dict(self) -> dict[str, Any]:
        """The way as plain data."""
        return {
            "state": self.state, "steps": dict(self.steps),
            "changes": {id: list(pair) for id, pair in self.changes.items()}, "cost": self.cost,
            "worth": {id: list(span) for id, span in self.worth.items()}, "proven": self.proven,
            "verdict": self.verdict.as_dict(),
        }  # fmt: skip


def remediation_plan(
    rulebook: Rulebook | str | Path,
    facts: Mapping[str, Any],
    on: date | str,
    costs: Mapping[str, float] | None = None,
) -> RemediationPlan:
    """The cheapest set of changes after which the firm surely has the status.

    Only what a firm can change is changed: the actions of `actions.toml`, each with all that it
    changes at once (a person hired adds to all staff). Among ways of one cost the one with the
    fewest steps is taken, then the first in the order of the actions. Judgements count at their
    lowest: a way leads to met, not to possible.

    Args:
        rulebook: a rulebook, its name or folder.
        facts: the firm's facts. Those that are missing stay missing.
        on: the day.
        costs: a cost a step, by action or by fact; otherwise those that the rulebook assumes.

    Raises:
        SonghuaError: as `evaluate`; `cost_unknown`.

    >>> firm = {"staff": 100, "tech_staff": 20, "sales": 1000, "assets": 800, "rd": 40,
    ...     "total_cost": 250, "class1_ip": 0, "class2_ip": 2, "resident": True,
    ...     "prohibited_products": False, "serious_violation": False, "on_abnormal_list": False}
    >>> way = remediation_plan("cn/sci-tech-sme", firm, "2024-06-30")
    >>> way.steps, way.cost
    ({'obtain_class2_ip': 1}, 3.0)
    """
    book, day = as_book(rulebook), as_day(on)
    verdict = evaluate(book, facts, day)
    if verdict.outcome in ("met", "not_in_force"):
        return RemediationPlan(verdict.outcome, {}, {}, 0.0, _worth(book, verdict), verdict)
    given = read_facts(book, facts, day)
    possible = _usable(priced(actions(book), costs), given.values, book)
    search = _Search(book, given.values, day, list(possible.values()))
    point, proven = search.run()
    if point is None:
        state = "open" if search.open else "none"
        return RemediationPlan(state, {}, {}, float("nan"), _worth(book, verdict), verdict, proven)
    taken = {a.id: a for a, n in zip(search.actions, point, strict=True) if n}
    steps = {a.id: int(n) for a, n in zip(search.actions, point, strict=True) if n}
    cost = float(sum(action.cost * steps[id] for id, action in taken.items()))
    changes = _changes(search, point)
    worth = _worth(book, verdict, _after(search, point))
    return RemediationPlan("found", steps, changes, cost, worth, verdict, proven, taken)


def _worth(
    book: Rulebook, verdict: Verdict, after: Reading | None = None
) -> dict[str, tuple[float, float]]:
    """The money that the status brings, by the firm's facts or by those after the steps."""
    ids = [id for id, v in book.values.items() if v.role == "worth" and id in verdict.values]
    if after is None:
        return {id: verdict.values[id] for id in ids}
    return {id: (float(after.name(id).low), float(after.name(id).high)) for id in ids}


def _after(search: _Search, point: np.ndarray) -> Reading:
    """The rulebook's numbers once the steps are taken."""
    facts = dict(search.facts)
    for action, n in zip(search.actions, point, strict=True):
        for id, step in action.adds.items():
            number = facts[id]
            facts[id] = replace(number, low=number.low + n * step, high=number.high + n * step)
        for id, flag in action.makes.items():
            facts[id] = (MET if flag else NOT_MET) if n else facts[id]
    return Reading(Plain(), search.book, facts, search.parameters)


def _usable(
    known: Mapping[str, Action], facts: Mapping[str, Any], book: Rulebook
) -> dict[str, Action]:
    """The actions that change something: no flag that is set, and no fact that is missing."""
    found: dict[str, Action] = {}
    for id, action in known.items():
        adds = {k: v for k, v in action.adds.items() if k in book.facts}
        makes = {k: v for k, v in action.makes.items() if k in book.facts}
        done = makes and all(facts[k] == (MET if v else NOT_MET) for k, v in makes.items())
        unclear = adds and all(not facts[k].known for k in adds)
        twin = any(
            (o.adds, o.makes, o.within) == (adds, makes, action.within) and o.cost <= action.cost
            for o in found.values()
        )
        if not done and not unclear and not twin:
            found[id] = replace(action, adds=adds, makes=makes)
    return found


class _Search:
    """One search: the firm's facts, the actions, and the boxes that wait."""

    def __init__(
        self, book: Rulebook, facts: Mapping[str, Any], day: date, known: list[Action]
    ) -> None:
        self.book, self.facts, self.actions = book, facts, known
        self.parameters = book.on(day)
        self.cost = np.array([action.cost for action in known])
        self.scenes = _scenes(book, facts)
        self.open = False

    def met(self, points: np.ndarray) -> np.ndarray:
        """Whether the rule is surely met at points (a row each), whatever is missing."""
        return self._grades(Arrays(), self.facts, points, points) == MET

    def hopeful(self, low: np.ndarray, high: np.ndarray) -> np.ndarray:
        """Whether some point of each box can meet the rule; no is a proof.

        A point that meets the rule whatever is missing meets it in every scene.
        """
        grades = [self._grades(ops, scene, low, high) for ops, scene in self.scenes]
        return np.min(grades, axis=0) >= POSSIBLE

    def _grades(
        self, ops: Arrays, facts: Mapping[str, Any], low: np.ndarray, high: np.ndarray
    ) -> np.ndarray:
        """The grade of the rule for boxes; what steps leave open is possible, not unknown."""
        facts = dict(facts)
        for at, action in enumerate(self.actions):
            for id, step in action.adds.items():
                ends = sorted((0, 1), reverse=step < 0)
                sides = (low[:, at] * step, high[:, at] * step)
                number = facts[id]
                low_end, high_end = number.low + sides[ends[0]], number.high + sides[ends[1]]
                facts[id] = replace(number, low=low_end, high=high_end, sharp=False)
            for id, flag in action.makes.items():
                some = np.where(high[:, at] > 0, POSSIBLE, facts[id])
                facts[id] = np.where(low[:, at] > 0, MET if flag else NOT_MET, some)
        reading = Reading(ops, self.book, facts, self.parameters)
        found = np.broadcast_to(np.asarray(reading.name(self.book.decides)), len(low)).copy()
        for id, cap in {p for action in self.actions for p in action.within.items()}:
            if id in self.book.facts and cap in self.book.facts:
                found[np.broadcast_to(facts[id].low > facts[cap].high, len(low))] = NOT_MET
        return found

    def run(self) -> tuple[np.ndarray | None, bool]:
        """The cheapest point that meets the rule, and whether that is proven."""
        top = np.array([action.most for action in self.actions], dtype=int)
        here, far = np.zeros((1, len(top)), int), top[None]
        self.open = bool(self._grades(Arrays(), self.facts, here, far)[0] != NOT_MET)
        if not len(top) or not self.hopeful(here, far)[0]:
            return None, True
        best, best_key = self._dive(top)
        heap: list[tuple[float, int, tuple[int, ...], tuple[int, ...]]] = []
        heapq.heappush(heap, (0.0, 0, (0,) * len(top), tuple(top.tolist())))
        boxes = 0
        while heap and boxes < MOST_BOXES:
            batch = [heapq.heappop(heap) for _ in range(min(BATCH, len(heap)))]
            batch = [box for box in batch if box[:2] <= best_key[:2]]
            if not batch:
                return best, True
            boxes += len(batch)
            low, high = (np.array([box[at] for box in batch]) for at in (2, 3))
            low, high = self._shave(low, high, best_key[0])
            met = self.met(low)
            for point in low[met]:
                key = self._key(point)
                if key < best_key:
                    best, best_key = point, key
            left = ~met & (high > low).any(axis=1)
            self._split(low[left], high[left], heap)
        return best, not heap

    def _shave(self, low: np.ndarray, high: np.ndarray, most: float) -> tuple[np.ndarray, ...]:
        """Boxes without the margins in which the rule is surely not met or the cost too high.

        For every action the fewest steps are found with which the rest of the box can still
        meet the rule; boxes in which nothing can are dropped.
        """
        for at in range(low.shape[1]):
            high = np.minimum(high, self._affordable(low, most))
            alive = (low <= high).all(axis=1)
            low, high = low[alive], high[alive]
            alive = self.hopeful(low, high)
            low, high = low[alive], high[alive]
            least, hopeful = low[:, at].copy(), high[:, at].copy()
            while (least < hopeful).any():
                middle = (least + hopeful) // 2
                trial = high.copy()
                trial[:, at] = middle
                hope = self.hopeful(low, trial)
                hopeful = np.where(hope, middle, hopeful)
                least = np.where(hope, least, np.minimum(middle + 1, hopeful))
            low = low.copy()
            low[:, at] = hopeful
        return low, high

    def _dive(self, top: np.ndarray) -> tuple[np.ndarray | None, tuple[Any, ...]]:
        """A good way, found quickly, so that dear boxes need not be looked at.

        From all steps down, each action in turn is cut to the fewest steps that still meet the
        rule; every action is once the last to be cut.
        """
        best, best_key = None, (float("inf"), 0, ())
        dear = np.argsort(-self.cost * top, kind="stable").tolist()
        for last in dear:
            point = top.copy()
            if not self.met(point[None])[0]:
                break
            for at in [*(one for one in dear if one != last), last]:
                tries = np.repeat(point[None], top[at] + 1, axis=0)
                tries[:, at] = np.arange(int(top[at]) + 1)
                met = np.flatnonzero(self.met(tries))
                point[at] = met[0] if len(met) else point[at]
            if self._key(point) < best_key:
                best, best_key = point, self._key(point)
        return best, best_key

    def _affordable(self, low: np.ndarray, most: float) -> np.ndarray:
        """How many steps of each action the best cost so far leaves room for."""
        if not np.isfinite(most):
            return np.full_like(low, np.iinfo(np.int64).max)
        room = (most - low @ self.cost)[:, None] / self.cost
        return low + np.maximum(np.floor(room + 1e-9), 0).astype(int)

    def _key(self, point: np.ndarray) -> tuple[Any, ...]:
        """Cost, number of steps, then the later actions first left out."""
        return float(point @ self.cost), int(point.sum()), tuple((-point).tolist())

    def _split(self, low: np.ndarray, high: np.ndarray, heap: list[Any]) -> None:
        """Cut every box across its dearest side, and let the halves wait."""
        side = ((high - low) * self.cost).argmax(axis=1)
        for a, b, at in zip(low, high, side, strict=True):
            middle = (a[at] + b[at]) // 2
            left, right = b.copy(), a.copy()
            left[at], right[at] = middle, middle + 1
            for one, other in ((a, left), (right, b)):
                key = self._key(one)
                heapq.heappush(heap, (*key[:2], tuple(one.tolist()), tuple(other.tolist())))


def _scenes(book: Rulebook, facts: Mapping[str, Any]) -> list[tuple[Arrays, dict[str, Any]]]:
    """What is open about the facts, settled at one end (judgements too) and at the other."""
    scenes: list[dict[str, Any]] = []
    for end in ("low", "high"):
        scene = dict(facts)
        for id, value in facts.items():
            if isinstance(value, Num):
                scene[id] = replace(Num.of(getattr(value, end)), positive=value.positive)
            elif value is None:
                scene[id] = book.facts[id].choices[0 if end == "low" else -1]
        scenes.append(scene)
    for id in book.most:
        scenes[1][id] = facts[id]
    open_ = [id for id, v in facts.items() if v is None or (isinstance(v, Num) and v.low != v.high)]
    both = [(Arrays(lowest=True), scenes[0]), (Arrays(), scenes[1])]
    return both if set(open_) - book.most.keys() else both[:1]


def _changes(search: _Search, point: np.ndarray) -> dict[str, tuple[Any, Any]]:
    """By fact what it is and what it would be; a fact that is missing has no change."""
    found: dict[str, tuple[Any, Any]] = {}
    for action, n in zip(search.actions, point, strict=True):
        for id, step in action.adds.items():
            before = search.facts[id].low
            if n and search.facts[id].known:
                old = found.get(id, (before, before))
                found[id] = (before, float(old[1] + n * step))
        for id, flag in action.makes.items():
            if n:
                found[id] = (search.facts[id] == MET, flag)
    return found
