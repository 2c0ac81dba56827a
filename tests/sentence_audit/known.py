"""Sentences that the tables deny and that are still said, each with the reason it is not mended."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Known:
    """A denied sentence: its kind, how its denial begins, the folder that says it, and the reason.

    `place` is a built-in case, a folder begun with a pack, or the seed of a drawn folder with its name,
    such as `2/compared`.
    """

    code: str
    line: str
    place: str
    reason: str


OVER = "the odds are of years until"
LATE = "odds learnt from old panels are told without the word that their years are over"
KNOWN = (
    Known("choose_plan_at_risk", OVER, "washington", LATE),
    Known("choose_plan_long_shot", OVER, "washington", LATE),
    Known("choose_plan_unnamed", OVER, "washington", LATE),
)  # fmt: skip


def excused(code: str, line: str) -> bool:
    """The denial is one of those that are known."""
    return any(code == known.code and line.startswith(known.line) for known in KNOWN)
