"""Rules as data: verdicts from dated law, and the nearest way to a yes. It knows no country.

>>> from songhua.rules import evaluate
>>> verdict = evaluate("eu/sme", {"staff": 40, "turnover": 8, "new_enterprise": True}, "2024-06-30")
>>> verdict.outcome, verdict.missing
('met', ())
"""

from __future__ import annotations

from songhua.rules.book import Rulebook
from songhua.rules.load import load, names
from songhua.rules.remediation import remediation_plan
from songhua.rules.verdict import Verdict, evaluate

__all__ = ["Rulebook", "Verdict", "evaluate", "load", "names", "remediation_plan"]
