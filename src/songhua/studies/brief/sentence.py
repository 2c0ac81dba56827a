"""A sentence that a study has for the brief: a finding, and what ranks it among the others.

A study gives its sentences by a function `sentences(result, region)` of a module `brief` in its
package.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from songhua.region import Region
    from songhua.results import Finding, Result


@dataclass(frozen=True)
class Sentence:
    """A sentence for the brief: a finding, whose kind says its part and weight, and its rank.

    `extent` from nought to one is how much of the whole it concerns, `nature` that of a target.
    `when` is the day in question, none for what is so now; `grade` that of the weakest source. An
    `open` sentence depends on the reading of rounding. `study` is put in where all are told.
    """

    finding: Finding
    extent: float = 1.0
    nature: str = ""
    when: date | None = None
    grade: str = ""
    open: bool = False
    owner: str = ""
    study: str = ""

    @property
    def part(self) -> str:
        """The part of the brief that it stands in."""
        return self.finding.brief_part

    @property
    def kind(self) -> str:
        """The key of the rules that weigh it, for worries and steps."""
        return self.finding.brief_weight


Giver = Callable[["Result", "Region"], Iterator[Sentence]]


def giver(study: str) -> Giver | None:
    """The function that gives the sentences of a study; none where it has none.

    >>> giver("claims") is None, giver("month") is None
    (False, True)
    """
    name = f"songhua.studies.{study}.brief"
    return import_module(name).sentences if find_spec(name) else None


def speaks(study: str) -> bool:
    """The study has sentences for the brief; nothing of it is loaded to know that.

    >>> speaks("track"), speaks("certify")
    (True, False)
    """
    return find_spec(f"songhua.studies.{study}.brief") is not None
