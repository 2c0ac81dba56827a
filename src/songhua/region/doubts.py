"""Doubts: what checks and comparison say of a figure, which it carries along."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias


class DoubtKind(StrEnum):
    """A kind of doubt of a figure."""

    SCALE = "scale"  # it is near a power of ten times its series or the figure of another source
    DISPUTED = "disputed"  # another figure, or a sum of others, contradicts it
    REPEATED = "repeated"  # it is the number of an earlier period, printed again
    PROVISIONAL = "provisional"  # its source calls it preliminary
    BREAK_BEFORE = "break_before"  # a new series begins with it
    LEAD = "lead"  # its source is of the weakest grade
    NEWER_LEAD = "newer_lead"  # it is the last of its series but for a lead
    NOTED = "noted"  # its row has a note


@dataclass(frozen=True, slots=True)
class Doubt:
    """One doubt of a figure; `with_figure` is the id of the figure it is held against, if any."""

    kind: DoubtKind
    with_figure: str = ""


#: The doubts of each figure of which there are any, by its id.
Doubts: TypeAlias = Mapping[str, tuple[Doubt, ...]]
#: Finder of the doubts of all figures, called when they are first asked for.
DoubtFinder: TypeAlias = Callable[[], Doubts]
#: The doubts of one figure, by its id.
DoubtsOf: TypeAlias = Callable[[str], tuple[Doubt, ...]]
