"""Rules of law as data: verdicts on firms from dated rulebooks, and remediation plans.

A rulebook is a value, made from texts; this package opens no file and knows no country.

>>> from songhua.rules import evaluate
>>> from songhua.store.rulebooks import load
>>> firm = {"staff": 40, "turnover": 8, "new_enterprise": True}
>>> verdict = evaluate(load("eu/sme"), firm, "2024-06-30")
>>> verdict.outcome, verdict.missing
('met', ())
"""

from __future__ import annotations

from songhua.rules.remediation import RemediationPlan, remediation_plan
from songhua.rules.rulebook import Rulebook
from songhua.rules.rulebook_parser import parse_rulebook
from songhua.rules.verdict import Verdict, evaluate

__all__ = [
    "RemediationPlan",
    "Rulebook",
    "Verdict",
    "evaluate",
    "parse_rulebook",
    "remediation_plan",
]
