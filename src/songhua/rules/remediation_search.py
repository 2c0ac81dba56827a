"""The search for the least costly steps by which a firm would meet a rule: branch and bound, exact.

A box of whole numbers of steps gives intervals of facts, and the rule on intervals gives its
truth: where it is not met for the whole box, no point in it is a solution; where the cheapest
corner meets it, that corner is one. Boxes wait in order of their cheapest corner, so the first
solution that costs no more than any box left is the cheapest of all (A. H. Land and A. G. Doig,
Econometrica 28, 1960).
"""

from __future__ import annotations

import heapq
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from songhua.rules.actions import Action
from songhua.rules.backends import Arrays
from songhua.rules.interpreter import Interpreter
from songhua.rules.intervals import Interval, Operand
from songhua.rules.parameters import Value
from songhua.rules.rulebook import Rulebook
from songhua.rules.truth_values import MET, NOT_MET, POSSIBLE

BATCH = 256
MOST_BOXES = 400_000

Corner = tuple[int, ...]
Key = tuple[float, int, Corner]
Box = tuple[float, int, Corner, Corner]  # cost and steps of the cheapest corner, both corners
NOTHING_YET: Key = (float("inf"), 0, ())


@dataclass(frozen=True)
class Solution:
    """The cheapest steps, in the order of the actions, or None; whether that is proven.

    `open` says that missing facts or judgements leave the rule unsettled as the firm stands.
    """

    steps: np.ndarray | None
    proven: bool
    open: bool


class Relaxation:
    """The truth of a rulebook's rule for boxes of steps."""

    def __init__(
        self,
        book: Rulebook,
        facts: Mapping[str, Operand],
        parameters: Mapping[str, Value],
        actions: Sequence[Action],
    ) -> None:
        """Take the rulebook, the firm's facts, the parameters of the day and the actions."""
        self.book, self.facts, self.parameters, self.actions = book, facts, parameters, actions
        self.scenes = _scenes(book, facts)

    def met(self, points: np.ndarray) -> np.ndarray:
        """True where the rule is surely met at points (a row each), whatever is missing."""
        return self.truth(Arrays(), self.facts, points, points) == MET

    def hopeful(self, low: np.ndarray, high: np.ndarray) -> np.ndarray:
        """True where some point of a box can meet the rule; False is a proof.

        A point that meets the rule whatever is missing meets it in every scene.
        """
        truths = [self.truth(backend, scene, low, high) for backend, scene in self.scenes]
        return np.min(truths, axis=0) >= POSSIBLE

    def truth(
        self, backend: Arrays, facts: Mapping[str, Operand], low: np.ndarray, high: np.ndarray
    ) -> np.ndarray:
        """The truth of the rule for boxes; what steps leave open is possible, not unknown."""
        after = self._after(facts, low, high)
        interpreter = Interpreter(backend, self.book, after, self.parameters)
        truth = np.asarray(interpreter.truth(self.book.decides))
        truths = np.broadcast_to(truth, len(low)).copy()
        for id, cap in {pair for action in self.actions for pair in action.within.items()}:
            if id in self.book.facts and cap in self.book.facts:
                truths[np.broadcast_to(after[id].low > after[cap].high, len(low))] = NOT_MET
        return truths

    def _after(
        self, facts: Mapping[str, Operand], low: np.ndarray, high: np.ndarray
    ) -> dict[str, Operand]:
        """The facts once between `low` and `high` steps are taken."""
        after = dict(facts)
        for at, action in enumerate(self.actions):
            for id, step in action.adds.items():
                ends = sorted((0, 1), reverse=step < 0)
                sides = (low[:, at] * step, high[:, at] * step)
                number = after[id]
                low_end, high_end = number.low + sides[ends[0]], number.high + sides[ends[1]]
                after[id] = replace(number, low=low_end, high=high_end, point_if_known=False)
            for id, flag in action.makes.items():
                some = np.where(high[:, at] > 0, POSSIBLE, after[id])
                after[id] = np.where(low[:, at] > 0, MET if flag else NOT_MET, some)
        return after


def _scenes(
    book: Rulebook, facts: Mapping[str, Operand]
) -> list[tuple[Arrays, dict[str, Operand]]]:
    """The open facts, settled at one end (judgements too) and at the other."""
    scenes: list[dict[str, Operand]] = []
    for end in ("low", "high"):
        scene = dict(facts)
        for id, value in facts.items():
            if isinstance(value, Interval):
                point = Interval.of(getattr(value, end))
                scene[id] = replace(point, nonnegative=value.nonnegative)
            elif value is None:
                scene[id] = book.facts[id].choices[0 if end == "low" else -1]
        scenes.append(scene)
    for id in book.most:
        scenes[1][id] = facts[id]
    unsettled = {
        id
        for id, value in facts.items()
        if value is None or (isinstance(value, Interval) and value.low != value.high)
    }
    settled_ends = [(Arrays(lowest=True), scenes[0]), (Arrays(), scenes[1])]
    return settled_ends if unsettled - book.most.keys() else settled_ends[:1]


class Search:
    """One search: the relaxation of the rule, the costs, and the boxes that wait."""

    def __init__(self, relaxation: Relaxation) -> None:
        """Take the rule with the firm's facts and actions."""
        self.rule = relaxation
        self.cost = np.array([action.cost for action in relaxation.actions])
        self.most = np.array([action.most for action in relaxation.actions], dtype=int)

    def solve(self) -> Solution:
        """The cheapest point that meets the rule, proven or not."""
        origin, far = np.zeros((1, len(self.most)), int), self.most[None]
        start = self.rule.truth(Arrays(), self.rule.facts, origin, far)[0]
        is_open = bool(start != NOT_MET)
        if not len(self.most) or not self.rule.hopeful(origin, far)[0]:
            return Solution(None, True, is_open)
        best, best_key = self._dive()
        heap: list[Box] = [(0.0, 0, (0,) * len(self.most), tuple(self.most.tolist()))]
        boxes = 0
        while heap and boxes < MOST_BOXES:
            batch = [heapq.heappop(heap) for _ in range(min(BATCH, len(heap)))]
            batch = [box for box in batch if box[:2] <= best_key[:2]]
            if not batch:
                return Solution(best, True, is_open)
            boxes += len(batch)
            low, high = (np.array([box[at] for box in batch]) for at in (2, 3))
            low, high = self._shave(low, high, best_key[0])
            met = self.rule.met(low)
            for point in low[met]:
                key = self._key(point)
                if key < best_key:
                    best, best_key = point, key
            undecided = ~met & (high > low).any(axis=1)
            self._split(low[undecided], high[undecided], heap)
        return Solution(best, not heap, is_open)

    def _shave(
        self, low: np.ndarray, high: np.ndarray, most: float
    ) -> tuple[np.ndarray, np.ndarray]:
        """Boxes without the margins in which the rule is surely not met or the cost too high.

        For every action the fewest steps are found with which the rest of the box can still
        meet the rule; boxes in which nothing can are dropped.
        """
        for at in range(low.shape[1]):
            high = np.minimum(high, self._affordable(low, most))
            alive = (low <= high).all(axis=1)
            low, high = low[alive], high[alive]
            alive = self.rule.hopeful(low, high)
            low, high = low[alive], high[alive]
            least, hopeful = low[:, at].copy(), high[:, at].copy()
            while (least < hopeful).any():
                middle = (least + hopeful) // 2
                trial = high.copy()
                trial[:, at] = middle
                hope = self.rule.hopeful(low, trial)
                hopeful = np.where(hope, middle, hopeful)
                least = np.where(hope, least, np.minimum(middle + 1, hopeful))
            low = low.copy()
            low[:, at] = hopeful
        return low, high

    def _dive(self) -> tuple[np.ndarray | None, Key]:
        """A good solution, found quickly, so that dear boxes need not be looked at.

        From all steps down, each action in turn is cut to the fewest steps that still meet the
        rule; every action is once the last to be cut.
        """
        best, best_key = None, NOTHING_YET
        dear = np.argsort(-self.cost * self.most, kind="stable").tolist()
        for last in dear:
            point = self.most.copy()
            if not self.rule.met(point[None])[0]:
                break
            for at in [*(action for action in dear if action != last), last]:
                tries = np.repeat(point[None], self.most[at] + 1, axis=0)
                tries[:, at] = np.arange(int(self.most[at]) + 1)
                met = np.flatnonzero(self.rule.met(tries))
                point[at] = met[0] if len(met) else point[at]
            if self._key(point) < best_key:
                best, best_key = point, self._key(point)
        return best, best_key

    def _affordable(self, low: np.ndarray, most: float) -> np.ndarray:
        """Number of steps of each action that the best cost so far leaves room for."""
        if not np.isfinite(most):
            return np.full_like(low, np.iinfo(np.int64).max)
        room = (most - low @ self.cost)[:, None] / self.cost
        return low + np.maximum(np.floor(room + 1e-9), 0).astype(int)

    def _key(self, point: np.ndarray) -> Key:
        """Cost, number of steps, then the later actions first left out."""
        return float(point @ self.cost), int(point.sum()), tuple((-point).tolist())

    def _split(self, low: np.ndarray, high: np.ndarray, heap: list[Box]) -> None:
        """Cut every box across its dearest side, and let the halves wait."""
        side = ((high - low) * self.cost).argmax(axis=1)
        for a, b, at in zip(low, high, side, strict=True):
            middle = (a[at] + b[at]) // 2
            left, right = b.copy(), a.copy()
            left[at], right[at] = middle, middle + 1
            for bottom, top in ((a, left), (right, b)):
                key = self._key(bottom)
                heapq.heappush(heap, (*key[:2], tuple(bottom.tolist()), tuple(top.tolist())))
