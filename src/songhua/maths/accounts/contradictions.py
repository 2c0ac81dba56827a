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

    A proof that all cannot hold (Farkas) names a set; each member is left out of it for good if the
    rest still cannot hold (deletion filter: J. W. Chinneck, Feasibility and Infeasibility in
    Optimization, 2008). Members other than identities are then set aside, until the rest can hold.
    They come back one by one; if a member cannot, its contradictory set is found too. So every
    constraint put aside stands in a set. A set is irreducible, not the smallest there is.

    Args:
        constraints: the constraints.
        progress: told of the constraints that came back, and of how many that were put aside.

    Raises:
        SonghuaError: `linear_program`, if the solver stops early.

    >>> parts = Constraint("parts", {"a": 1, "b": 1, "all": -1}, 0, 0, "identity")
    >>> figures = (("all", 9.5, 10.5), ("a", 6.5, 7.5), ("b", 4.5, 5.5))
    >>> printed = [Constraint(name, {name: 1}, low, high) for name, low, high in figures]
    >>> [conflict] = contradictions(Constraints(("a", "b", "all"), (parts, *printed)))
    >>> conflict.names, {name: round(by, 6) for name, by in conflict.changes.items()}
    (('parts', 'all', 'a', 'b'), {'all': 0.5, 'a': 0.5, 'b': 0.5})
    """
    conflicts: list[Contradiction] = []
    aside: list[Constraint] = []
    remaining = constraints
    while (conflict := _irreducible(remaining)) is not None:
        conflicts.append(_described(conflict))
        out = {member.name for member in conflict.members if member.kind != "identity"}
        if not out:
            return conflicts
        aside += [member for member in conflict.members if member.name in out]
        remaining = remaining.without(out)
    waiting = _first_come(aside)
    for finished, member in enumerate(waiting):
        if progress is not None:
            progress(finished, len(waiting), "contradictions")
        wider = Constraints(remaining.cells, (*remaining.members, member))
        conflict = _irreducible(wider)
        if conflict is None:
            remaining = wider
        elif all(set(conflict.names) != set(earlier.names) for earlier in conflicts):
            conflicts.append(_described(conflict))
    return conflicts


def _first_come(aside: list[Constraint]) -> list[Constraint]:
    """Printed figures first, then assumptions, which yield to them."""
    return sorted(aside, key=lambda constraint: constraint.kind == "assumed")


def _irreducible(constraints: Constraints) -> Constraints | None:
    """An irreducible set among constraints that cannot all hold; None if they can."""
    support = LinearProgram(constraints).violation
    if support is None:
        return None
    core = constraints.select(constraints.members[k].name for k in np.flatnonzero(support))
    if LinearProgram(core).violation is None:  # a dual fell under the tolerance
        core = constraints
    # an assumption is tried first: a set of print and identities says more
    order = {"assumed": 0, "identity": 1, "print": 2}
    for constraint in sorted(core.members, key=lambda constraint: order[constraint.kind]):
        checkpoint()
        fewer = core.without((constraint.name,))
        if LinearProgram(fewer).violation is not None:
            core = fewer
    return core


def _described(conflict: Constraints) -> Contradiction:
    """A set with the least change of each of its members."""
    changes = {
        constraint.name: _least_change(conflict, constraint)
        for constraint in conflict.members
        if constraint.kind != "identity"
    }
    return Contradiction(conflict.names, changes)


def _least_change(conflict: Constraints, constraint: Constraint) -> float:
    """The least by which the ends of a constraint must move, so that the others can hold."""
    cells = (*conflict.cells, UP, DOWN)
    terms = {**constraint.terms, UP: -1, DOWN: 1}
    wider = Constraint(constraint.name, terms, constraint.low, constraint.high, constraint.kind)
    widened = tuple(
        wider if member.name == constraint.name else member for member in conflict.members
    )
    weights = np.zeros(len(cells))
    weights[-2:] = 1
    return LinearProgram(Constraints(cells, widened)).least(weights).value
