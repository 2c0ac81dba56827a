"""The plan as values: its period, its purpose, the industrial system, and its founding text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import pandas as pd

from songhua.errors import Fault, SonghuaError
from songhua.labels import Period
from songhua.plan.target_parser import parse_target
from songhua.plan.target_writer import format_target
from songhua.plan.targets import Target

__all__ = ["ROLES", "TABLES", "Plan", "Target", "format_target", "parse_target"]

TABLES = ("targets", "measures", "projects", "products", "programmes")
ROLES = ("leading", "advantageous", "future", "product")


@dataclass(frozen=True)
class Plan:
    """A plan: what the folder's `plan/` says.

    `industries` has the columns of `plan/industries.csv`: an industry's role and, a row each,
    the codes of its crosswalk. `seed_map` follows the founding text sentence by sentence. The
    tables of what is to be done have the columns of their files, all as text, and `row`.
    `spending` and `operation` hold what is known of the projects' money and sales, `assumptions`
    what is not, and `scenarios` what they change; `scenario` is the one that the plan stands for,
    blank for the base.
    """

    name: Mapping[str, str]
    period: Period
    base_year: int
    purpose: Mapping[str, str]
    source: str
    industries: pd.DataFrame
    seed_map: pd.DataFrame
    targets: pd.DataFrame = field(default_factory=pd.DataFrame)
    measures: pd.DataFrame = field(default_factory=pd.DataFrame)
    projects: pd.DataFrame = field(default_factory=pd.DataFrame)
    products: pd.DataFrame = field(default_factory=pd.DataFrame)
    programmes: pd.DataFrame = field(default_factory=pd.DataFrame)
    spending: pd.DataFrame = field(default_factory=pd.DataFrame)
    operation: pd.DataFrame = field(default_factory=pd.DataFrame)
    assumptions: pd.DataFrame = field(default_factory=pd.DataFrame)
    scenarios: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    scenario: str = ""

    def simulated_projects(self) -> list[str]:
        """The projects that spend or start to sell, in the order of the files."""
        found = list(self.spending["project"]) if len(self.spending) else []
        if len(self.operation):
            found += list(self.operation.loc[self.operation["field"] == "start", "project"])
        return list(dict.fromkeys(map(str, found)))

    def with_scenario(self, name: str) -> Plan:
        """The plan under one of its scenarios; a blank name is the plan itself.

        Raises:
            SonghuaError: `scenario_unknown`.

        >>> from songhua.labels import parse_period
        >>> none = pd.DataFrame()
        >>> plan = Plan({}, parse_period("plan:2021..2025"), 2020, {}, "", none, none)
        >>> plan.with_scenario("late")
        Traceback (most recent call last):
        ...
        songhua.errors.SonghuaError: The plan has no scenario late. Choose one of: (none).
        """
        if not name:
            return self
        if name not in self.scenarios:
            params = {"name": name, "names": ", ".join(self.scenarios) or "(none)"}
            raise SonghuaError(Fault("scenario_unknown", params=params))
        scenario = self.scenarios[name]
        out = set(scenario["leave_out"] or ())
        changes = pd.DataFrame(list(scenario["changes"].values())).assign(row=0)
        rows = self.assumptions
        if len(changes):
            rows = pd.concat([changes, rows], ignore_index=True).fillna("")
            rows = rows.drop_duplicates(["name", "scope"], ignore_index=True)
        kept = (frame[~frame["project"].isin(out)] for frame in (self.spending, self.operation))
        spending, operation = kept
        return replace(
            self, spending=spending, operation=operation, assumptions=rows, scenario=name
        )

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

    def files(self) -> dict[str, str]:
        """The tables of targets and works as files again: each cell as it was read.

        A target's text is written from its values. A file that has all columns of its schema in
        their order, quotes only where CSV needs them and ends its lines with a line feed comes
        back byte for byte.

        >>> from songhua.labels import parse_period
        >>> none = pd.DataFrame()
        >>> rows = pd.DataFrame({"id": ["gdp"], "text": ["年均增长5.5%—6%"], "row": [2]})
        >>> plan = Plan({}, parse_period("plan:2021..2025"), 2020, {}, "", none, none, rows)
        >>> plan.files()["plan/targets.csv"]
        'id,text\\ngdp,年均增长5.5%—6%\\n'
        """
        made: dict[str, str] = {}
        for name in TABLES:
            frame: pd.DataFrame = getattr(self, name)
            if frame.empty:
                continue
            rows = frame.drop(columns="row")
            if name == "targets":
                rows = rows.assign(text=[format_target(parse_target(t)) for t in rows["text"]])
            made[f"plan/{name}.csv"] = rows.to_csv(index=False, lineterminator="\n")
        return made
