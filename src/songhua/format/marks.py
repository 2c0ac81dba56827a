"""The signs of closed lists: grades, verdicts, kinds of ends, classes of targets."""

from __future__ import annotations

from songhua.plan.vocabulary import Standing

GRADES = {"official": "●", "press": "◆", "repost": "○", "weak": "△"}
#: In the order in which they are shown: what cannot be right first.
VERDICTS = {
    "inconsistent": "≠",
    "missed": "<",
    "consistent_if": "(=)",
    "likely_false": "≉",
    "undecided": "~",
    "likely_true": "≈",
    "consistent": "=",
    "not_checkable": "?",
}
#: Before the word of a doubt.
DOUBT = "※"
ESTIMATES = {"bound": "±", "identity": "#", "interval": "I", "assumption": "A", "range": "R"}
STANDINGS = {
    Standing.ACHIEVED: "✓",
    Standing.AHEAD: "»",
    Standing.ON_COURSE: "=",
    Standing.BEHIND: "«",
    Standing.MISSED: "✗",
    Standing.EXPECTED: "~",
    Standing.NO_DATA: "?",
}
