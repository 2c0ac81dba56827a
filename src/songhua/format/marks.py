"""The signs of closed lists: grades, verdicts, kinds of ends, classes of targets."""

from __future__ import annotations

from songhua.plan.vocabulary import Standing

GRADES = {"official": "●", "press": "◆", "repost": "○", "weak": "△"}
VERDICTS = {
    "consistent": "=",
    "inconsistent": "≠",
    "consistent_if": "(=)",
    "not_checkable": "?",
}
ESTIMATES = {"bound": "±", "identity": "#", "interval": "I", "range": "R"}
STANDINGS = {
    Standing.ACHIEVED: "✓", Standing.AHEAD: "»", Standing.ON_COURSE: "=", Standing.BEHIND: "«",
    Standing.MISSED: "✗", Standing.NO_DATA: "?",
}  # fmt: skip
