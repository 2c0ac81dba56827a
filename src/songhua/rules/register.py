"""A register of firms as a value, and which rulebooks its columns speak to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import pandas as pd

from songhua.rules.load import load, names


@dataclass(frozen=True)
class Register:
    """The firms of a register with their facts, and the certificates they hold.

    `enterprises` has a row a firm: `firm`, a column a fact, and perhaps `district` and
    `industry`; `certificates` has `firm`, `status`, `since`, `until`. `on` is the day that the
    facts are of, and `statuses` the rulebooks to judge by; blank where the register does not say.
    """

    enterprises: pd.DataFrame
    certificates: pd.DataFrame | None = None
    invented: bool = False
    on: date | None = None
    statuses: tuple[str, ...] = ()


def applicable_rulebooks(facts: Iterable[str]) -> tuple[str, ...]:
    """The rulebooks of the country whose law asks for the most of these facts.

    Of two countries that ask for as many the first in the alphabet is taken.

    >>> applicable_rulebooks(["staff", "turnover", "balance"])
    ('eu/sme',)
    """
    given = set(facts)
    asked: dict[str, set[str]] = {}
    for name in names():
        asked.setdefault(name.split("/")[0], set()).update(load(name).facts)
    country = max(sorted(asked), key=lambda one: len(asked[one] & given))
    return tuple(name for name in names() if name.split("/")[0] == country)
