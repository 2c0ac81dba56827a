"""The periods of a panel as transitions: starts, periods before, and ends."""

from __future__ import annotations

from typing import NamedTuple

from songhua.maths.choice.events import KINDS, Array, Definition, State, at, state


def starts(periods: int, definition: Definition) -> range:
    """The periods at which transitions start, counted back from the last.

    >>> [*starts(12, Definition(every=5))]
    [1, 6, 11]
    """
    return range((periods - 1) % definition.every, periods, definition.every)


class Span(NamedTuple):
    """A transition: the periods just before its start, its start, its last ones, a start later.

    `before` and `ends` are as many as a crossing must hold in, its own left out before. There are
    no `ends` where the outcome is not known yet; `later` is the period `every` after the end.
    """

    before: tuple[State, ...]
    start: State
    ends: tuple[State, ...]
    later: State | None

    def at(self, chosen: slice | tuple[Array, ...]) -> Span:
        """The same of some cells."""
        before, ends = (tuple(at(s, chosen) for s in run) for run in (self.before, self.ends))
        later = None if self.later is None else at(self.later, chosen)
        return Span(before, at(self.start, chosen), ends, later)


class States:
    """The states of a panel's periods, each computed when it is first asked for.

    >>> import numpy as np
    >>> counts = np.array([[[90.0, 30.0], [90.0, 150.0]], [[90.0, 90.0], [90.0, 90.0]]])
    >>> span = States(counts, Definition(held=2)).span(1)
    >>> [period.quotient[0].tolist() for period in (*span.before, span.start)], span.ends
    ([[1.5, 0.5], [1.0, 1.0]], ())
    """

    def __init__(self, levels: Array, definition: Definition) -> None:
        """Begin with no period computed."""
        self._levels, self._definition = levels, definition
        self._known: dict[int, State] = {}

    def __getitem__(self, period: int) -> State:
        """The state of a period."""
        if period not in self._known:
            self._known[period] = state(self._levels[period], self._definition)
        return self._known[period]

    def span(self, start: int) -> Span:
        """The transition that starts at a period; states before it are dropped."""
        end = start + self._definition.span
        most = max(map(self._definition.running, KINDS))
        first, last = max(start - most + 1, 0), len(self._levels) - 1
        self._known = {period: state for period, state in self._known.items() if period >= first}
        return Span(
            tuple(self[period] for period in range(first, start)),
            self[start],
            tuple(self[period] for period in range(end - most + 1, end + 1)) if end <= last else (),
            self[end + self._definition.every] if end + self._definition.every <= last else None,
        )
