"""Schemes of classes: how a lead or a lag is called, as data (schemes.toml)."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from songhua.maths.bounds import Interval

NO_DATA = "no_data"
EXACT = 1e-9


@dataclass(frozen=True)
class Scheme:
    """A scheme: `bands` are (least lead, class) from the highest down."""

    name: str
    early: str
    end: tuple[str, str]
    bands: tuple[tuple[float, str], ...]

    def of(self, lead: float) -> str:
        """The class of a lead, in shares of the period.

        >>> [schemes()["national"].of(lead) for lead in (0.2, 0.0, -0.2)]
        ['faster', 'in_line', 'lagging']
        """
        return next(name for least, name in self.bands if lead >= least - EXACT)

    def classes(self, lead: Interval, met: bool | None, over: bool) -> tuple[str, ...]:
        """The classes that the bounds of the figures leave possible, the worse ones last.

        `met` says whether the goal is surely met (True), surely not (False), or open (None);
        `over` whether its time has passed.

        >>> national = schemes()["national"]
        >>> national.classes(Interval(0.05, 0.15), met=False, over=False)
        ('faster', 'in_line')
        >>> national.classes(Interval(0.3, 0.3), met=True, over=False)
        ('achieved_early',)
        """
        if over:
            return self.end if met is None else (self.end[0] if met else self.end[1],)
        if met:
            return (self.early,)
        first = [name for _, name in self.bands].index(self.of(lead.high))
        last = [name for _, name in self.bands].index(self.of(lead.low))
        found = tuple(name for _, name in self.bands[first : last + 1])
        return found if met is False else tuple(dict.fromkeys((self.early, *found)))


@cache
def schemes() -> dict[str, Scheme]:
    """The schemes by name.

    >>> schemes()["schedule"].of(-0.01)
    'behind'
    """
    data = tomllib.loads(files("songhua.plan").joinpath("schemes.toml").read_text("utf-8"))
    return {
        name: Scheme(
            name, one["early"], (one["end"][0], one["end"][1]),
            tuple((float(band["from"]), band["class"]) for band in one["bands"]),
        )
        for name, one in data.items()
    }  # fmt: skip
