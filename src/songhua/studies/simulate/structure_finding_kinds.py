"""The findings of simulate on the region's structure and on the error of its table."""

from __future__ import annotations

from typing import Annotated

from songhua.messages import Words
from songhua.results.columns import Bounded, TableId, choice
from songhua.results.finding import ABSENCE, METHOD, Finding


class RegionalErrorUntested(Finding, section="simulate", rests=METHOD):
    """The region may lie outside those that the error of its table was estimated from."""


class RegionalErrorNoArea(Finding, section="simulate", rests=ABSENCE):
    """The region's area is not given."""


class _Beyond(Finding):
    """A measure of the region that lies outside those learnt from, as texts."""

    size: str
    low: str
    high: str


class RegionalErrorArea(_Beyond, section="simulate", rests="assumptions"):
    """Its area."""


class RegionalErrorSize(_Beyond, section="simulate", rests="outputs"):
    """Its share of the nation's output."""


class RegionalErrorLearnt(Finding, section="simulate", rests=METHOD):
    n: int
    error_study: Words
    low: str
    high: str
    home: Words | None = None
    home_low: str | None = None
    home_high: str | None = None


class RegionalErrorWidened(Finding, section="simulate", rests="assumptions"):
    transfer: float


class _Structure(Finding):
    """A source of the region's output by industry, and the part of the variance it makes."""

    table: TableId
    n: int
    low: Bounded
    high: Bounded


class SimulateDrivenByAssumption(_Structure, section="simulate", rests="outputs"):
    """As in the nation."""


class SimulateDrivenByAccounts(_Structure, section="simulate", rests="outputs"):
    """As the draws of accounts have it."""


class SimulateNoAccounts(Finding, section="simulate", rests=ABSENCE):
    no_accounts: Annotated[str, choice("no_accounts")]


class SimulateFromJobs(Finding, section="simulate", rests="outputs"):
    n: int
    of: int


class SimulateWider(Finding, section="simulate", rests="outputs"):
    n: int
    of: int
