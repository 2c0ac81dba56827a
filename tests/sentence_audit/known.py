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
UNRANKED = "ranked is"
WEAKER = "grade is"
OPEN = "rounding leaves open which growth is above"
NO_TABLE = "no row of simulate.drivers shows"
LATE = "odds learnt from old panels are told without the word that their years are over"
TWICE = "a sentence that is printed twice contradicts itself, and no figure"
SIDES = "both sides are told without whose they are"
KNOWN = (
    Known("choose_plan_at_risk", OVER, "washington", LATE),
    Known("choose_plan_long_shot", OVER, "washington", LATE),
    Known("choose_plan_unnamed", OVER, "washington", LATE),
    Known("claims_inconsistent", "no number of", "washington", TWICE),
    Known("claims_inconsistent", "no number of", "harbin", TWICE),
    Known("claim_inconsistent", "the first side is", "harbin", SIDES),
    Known("brief_claims_inconsistent", "the sentence prints", "harbin", SIDES),
    Known("register_absent", "a count is a", "harbin", "goals and expectations are shown beside counts"),
    Known("brief_task_no_report", "some are reported to be late", "2/after", "late is told as not reported"),
    Known("choose_list_entry", OVER, "washington", LATE),
    Known("choose_list_exit", OVER, "harbin", LATE),
    Known("choose_none_entry", OVER, "harbin", LATE),
    Known("brief_choose_enter", OVER, "like-oregon", LATE),
    Known("brief_choose_lose", OVER, "like-oregon", LATE),
    Known("tile_product", UNRANKED, "2/compared", "the rank is of a year or a rate that is not shown"),
    Known("tile_industry", UNRANKED, "7/compared", "the rank is of a year or a rate that is not shown"),
    Known("tile_product", WEAKER, "4/compared", "the grade is that of the level alone"),
    Known("tile_system", WEAKER, "8/compared", "the grade is that of the size alone"),
    Known("brief_growth_below", OPEN, "326/compared", "points between rates of other rounding"),
    Known("brief_assumed", NO_TABLE, "0/before", "without a table the part of its error is nought"),
)  # fmt: skip


def excused(code: str, line: str) -> bool:
    """The denial is one of those that are known."""
    return any(code == known.code and line.startswith(known.line) for known in KNOWN)
