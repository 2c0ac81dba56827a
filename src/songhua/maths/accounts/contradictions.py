"""Contradictions: sets of constraints that cannot all hold, none of which could be left out.

That a figure was printed wrongly cannot be told from a contradiction alone: any member of the set
may be the wrong one. So the set is named, and for each member how far it alone would have to move.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from songhua.hooks.checkpoints import checkpoint
from songhua.maths.accounts.constraints import Constraint, Constraints
from songhua.maths.accounts.linear_programs import LinearProgram
from songhua.maths.ensemble.pool import Progress

#: Cells of a constraint that is widened: how far its ends move up and down; no figure is of them.
UP, DOWN = ("ends move", "up"), ("ends move", "down")


@dataclass(frozen=True)
class Contradiction:
    """Constraints that cannot all hold, while all but any one of them can.

    Attributes:
        names: the members, in the order given.
        changes: for each member that is no identity, the least by which its ends would have to move
            so that the others can hold as they are, in the units of its sum.
    """

    names: tuple[str, ...]
    changes: Mapping[str, float]


def contradictions(
    constraints: Constraints, progress: Progress | None = None
) -> list[Contradiction]:
    """Irreducible sets of constraints that cannot all hold; none, if all can.

    A proof that all cannot hold (Farkas) names a set; each member is left out of it for good if
    the rest still cannot hold (deletion filter: J. W. Chinneck, Feasibility and Infeasibility in
    Optimization, 2008). Members other than identities are then put aside, until the rest can hold;
    one by one they come back, and where one of them cannot, the set that it is in is found too.
    So every constraint put aside stands in a set. A set is irreducible, not the smallest there is.

    Args:
        constraints: the constraints.
        progress: told of the constraints that came back, and of how many that were put aside.

    Raises:
        SonghuaError: `linear_program`, if the solver stops early.

    >>> parts = Constraint("parts", {"a": 1, "b": 1, "all": -1}, 0, 0, "identity")
    >>> figures = (("all", 9.5, 10.5), ("a", 6.5, 7.5), ("b", 4.5, 5.5))
    >>> printed = [Constraint(name, {name: 1}, low, high) for name, low, high in figures]
    >>> found = contradictions(Constraints(("a", "b", "all"), (parts, *printed)))
    >>> [(one.names, {name: round(by, 6) for name, by in one.changes.items()}) for one in found]
    [(('parts', 'all', 'a', 'b'), {'all': 0.5, 'a': 0.5, 'b': 0.5})]
    """
    found: list[Contradiction] = []
    aside: list[Constraint] = []
    rest = constraints
    while (one := _irreducible(rest)) is not None:
        found.append(_described(one))
        out = {member.name for member in one.each if member.kind != "identity"}
        if not out:
            return found
        aside += [member for member in one.each if member.name in out]
        rest = rest.without(out)
    waiting = _first_come(aside)
    for done, member in enumerate(waiting):
        if progress is not None:
            progress(done, len(waiting), "contradictions")
        wider = Constraints(rest.cells, (*rest.each, member))
        one = _irreducible(wider)
        if one is None:
            rest = wider
        elif all(set(one.names) != set(other.names) for other in found):
            found.append(_described(one))
    return found


def _first_come(aside: list[Constraint]) -> list[Constraint]:
    """Those that come back first: assumptions yield to what was printed."""
    return sorted(aside, key=lambda one: one.kind == "assumed")


def _irreducible(constraints: Constraints) -> Constraints | None:
    """An irreducible set among constraints that cannot all hold; None if they can."""
    support = LinearProgram(constraints).violation
    if support is None:
        return None
    left = constraints.only(constraints.each[k].name for k in np.flatnonzero(support))
    if LinearProgram(left).violation is None:  # a dual fell under the tolerance
        left = constraints
    # an assumption is tried first: a set of print and identities says more
    order = {"assumed": 0, "identity": 1, "print": 2}
    for one in sorted(left.each, key=lambda one: order[one.kind]):
        checkpoint()
        fewer = left.without((one.name,))
        if LinearProgram(fewer).violation is not None:
            left = fewer
    return left


def _described(members: Constraints) -> Contradiction:
    """A set with the least change of each of its members."""
    changes = {
        one.name: _least_change(members, one) for one in members.each if one.kind != "identity"
    }
    return Contradiction(members.names, changes)


def _least_change(members: Constraints, one: Constraint) -> float:
    """The least by which the ends of one must move, that the others may hold as they are."""
    cells = (*members.cells, UP, DOWN)
    terms = {**one.terms, UP: -1, DOWN: 1}
    wider = Constraint(one.name, terms, one.low, one.high, one.kind)
    each = tuple(wider if other.name == one.name else other for other in members.each)
    weights = np.zeros(len(cells))
    weights[-2:] = 1
    return LinearProgram(Constraints(cells, each)).least(weights).value
