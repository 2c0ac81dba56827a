"""The plan as values: its period, its purpose, the industrial system, and its founding text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from songhua.labels import Period
from songhua.plan.target_reading import parse_target
from songhua.plan.target_writing import format_target
from songhua.plan.targets import Target

__all__ = ["ROLES", "Plan", "Target", "format_target", "parse_target"]

ROLES = ("leading", "advantageous", "future", "product")


@dataclass(frozen=True)
class Plan:
    """A plan: what the folder's `plan/` says.

    `industries` has the columns of `plan/industries.csv`: an industry's role and, a row each,
    the codes of its crosswalk. `seed_map` follows the founding text sentence by sentence.
    """

    name: Mapping[str, str]
    period: Period
    base_year: int
    purpose: Mapping[str, str]
    source: str
    industries: pd.DataFrame
    seed_map: pd.DataFrame

    def roles(self) -> dict[str, str]:
        """Each industry of the system with its role, in the order of the plan.

        >>> from songhua.labels import parse_period
        >>> rows = pd.DataFrame({"role": ["leading", "leading"], "industry": ["food", "food"]})
        >>> none = pd.DataFrame()
        >>> Plan({}, parse_period("plan:2021..2025"), 2020, {}, "", rows, none).roles()
        {'food': 'leading'}
        """
        pairs = zip(self.industries["industry"], self.industries["role"], strict=True)
        return {str(industry): str(role) for industry, role in pairs}
