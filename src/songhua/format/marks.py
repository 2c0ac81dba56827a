"""The signs of closed lists: grades, verdicts, kinds of ends, classes of targets."""

from __future__ import annotations

GRADES = {"official": "●", "press": "◆", "repost": "○", "weak": "△"}
VERDICTS = {
    "consistent": "=",
    "inconsistent": "≠",
    "consistent_if": "(=)",
    "not_checkable": "?",
}
ESTIMATES = {"bound": "±", "identity": "#", "interval": "I", "range": "R"}
CLASSES = {
    "achieved_early": "✓", "achieved": "✓", "faster": "»", "in_line": "=", "on_schedule": "=",
    "lagging": "«", "behind": "«", "missed": "✗", "no_data": "?",
}  # fmt: skip
