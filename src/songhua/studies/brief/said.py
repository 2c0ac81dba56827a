"""A sentence that a study has for the brief: what it says, what it weighs, what it rests on.

A study gives its sentences by a function `said(result, region)` of a module `brief` in its package.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from songhua.region import Region
    from songhua.results import Result

#: Where a sentence stands in the brief.
Part = Literal[
    "state", "changed", "due", "drives", "projects", "worry", "further", "step", "sure", "add"
]


@dataclass(frozen=True)
class Said:
    """A sentence for the brief: a finding's code with its parameters, and what ranks it.

    `kind` is the key of the rules, for worries and steps. `extent` from nought to one is how much
    of the whole it concerns, `nature` that of a target. `when` is the day in question, none for
    what is so now; `grade` that of the weakest source. What is `open` rests on how rounding is
    read. `section` is the part of the report that tells more; `study` is put in where all are told.
    """

    part: Part
    code: str
    params: Mapping[str, object] = field(default_factory=dict)
    kind: str = ""
    extent: float = 1.0
    nature: str = ""
    when: date | None = None
    grade: str = ""
    open: bool = False
    owner: str = ""
    section: str = ""
    study: str = ""
    observations: tuple[str, ...] = ()


Giver = Callable[["Result", "Region"], Iterator[Said]]


def giver(study: str) -> Giver | None:
    """What gives the sentences of a study; none where it has none.

    >>> giver("claims") is None, giver("month") is None
    (False, True)
    """
    name = f"songhua.studies.{study}.brief"
    return import_module(name).said if find_spec(name) else None


def speaks(study: str) -> bool:
    """Whether a study has sentences for the brief; nothing of it is loaded.

    >>> speaks("track"), speaks("certify")
    (True, False)
    """
    return find_spec(f"songhua.studies.{study}.brief") is not None
