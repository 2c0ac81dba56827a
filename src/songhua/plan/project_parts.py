"""Projects that may be part of others: which those are, and which are not counted beside them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from songhua.plan.entries import Milestone, ProjectValue


def named_wholes(projects: Iterable[Milestone | ProjectValue]) -> dict[str, tuple[str, ...]]:
    """The projects that each may be part of, as its rows name them.

    >>> cells = {"project": "base", "item": "start", "may_be_part_of": "valley park"}
    >>> named_wholes([Milestone.read(cells), Milestone.read({"project": "valley"})])
    {'base': ('valley', 'park')}
    """
    by_project: dict[str, dict[str, None]] = {}
    for row in projects:
        if row.may_be_part_of:
            by_project.setdefault(row.project, {}).update(dict.fromkeys(row.may_be_part_of))
    return {project: tuple(wholes) for project, wholes in by_project.items()}


def reached(id: str, links: Mapping[str, Sequence[str]]) -> set[str]:
    """All ids that links lead to from one, directly or through others.

    >>> sorted(reached("a", {"a": ["b"], "b": ["c"], "c": ["b"]}))
    ['b', 'c']
    """
    visited: set[str] = set()
    waiting = list(links.get(id, ()))
    while waiting:
        linked = waiting.pop()
        if linked not in visited:
            visited.add(linked)
            waiting += links.get(linked, ())
    return visited


def possible_parts(wholes: Mapping[str, Sequence[str]], counted: Collection[str]) -> list[str]:
    """Of projects that are counted those that may be part of another of them, in its order.

    A possible part of a project that is not counted itself is not counted there either.

    >>> wholes = {"base": ["valley"], "valley": ["park"]}
    >>> possible_parts(wholes, ["base", "valley"]), possible_parts(wholes, ["base", "park"])
    (['base'], ['base'])
    >>> possible_parts(wholes, ["base"])
    []
    """
    all_counted = set(counted)
    return [project for project in counted if not all_counted.isdisjoint(reached(project, wholes))]
