"""The definition of entry and exit as data, and the numbers that options may replace."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from songhua.errors import SonghuaError
from songhua.maths.choice import Definition
from songhua.shipped import installed
from songhua.studies.fault_kinds import ChooseNumber

#: The kinds of a panel's levels: numbers of jobs, of firms, values at constant or current prices.
COUNTS, FIRMS, VOLUMES, CURRENT = "counts", "firms", "volumes", "current"
#: In how many periods running an entry, and an exit, must hold.
RUNNING = ("held", "gone")
#: The numbers that may be set, with the least and the greatest value of each.
RANGES = {
    "below": (0.1, 5.0),
    "above": (0.1, 10.0),
    "level": (0.5, 0.999),
    "floor": (0.0, 1e9),
    "jobs": (0.0, 1e9),
}


@dataclass(frozen=True)
class Thresholds:
    """Numbers of an option in place of the usual ones; missing where none was given."""

    below: float = math.nan
    above: float = math.nan
    floor: float = math.nan
    level: float = math.nan
    jobs: float = math.nan

    @classmethod
    def read(cls, texts: Mapping[str, str]) -> Thresholds:
        """The numbers of options; blank ones are not asked for.

        Raises:
            SonghuaError: `choose_number`, for each that is no number within its range.

        >>> Thresholds.read({"below": "0.7", "above": ""})
        Thresholds(below=0.7, above=nan, floor=nan, level=nan, jobs=nan)
        """
        faults, numbers = [], {}
        for name, (least, most) in RANGES.items():
            text = texts.get(name, "").strip()
            if not text:
                continue
            try:
                numbers[name] = float(text)
            except ValueError:
                numbers[name] = math.nan
            if not least <= numbers[name] <= most:
                faults.append(
                    ChooseNumber(name=f"--{name}", text=text[:40], least=least, most=most)
                )
        if faults:
            raise SonghuaError(*faults)
        return cls(**numbers)

    def of(self, measured: str, rounded: float = 1.0, stride: int = 1) -> Definition:
        """The definition for a panel.

        Args:
            measured: what its levels are: `counts` (of jobs), `firms`, `volumes` (constant
                prices) or values at `current` prices.
            rounded: the step to which counts are rounded.
            stride: how many periods lie between two starts.

        Raises:
            SonghuaError: `choice_definition`, where `below` is more than `above`.

        >>> Thresholds(below=0.7).of("counts", 100.0).least
        1000.0
        >>> [Thresholds().of(name, stride=5).held for name in ("counts", "volumes", "current")]
        [2, 2, 3]
        """
        usual, counted = rules(), measured in (COUNTS, FIRMS)
        floor = usual.floor_counted if counted else usual.floor_value
        chosen = {name: getattr(usual, name) for name in RANGES if name != "floor"}
        chosen |= {"floor": floor, "jobs": usual.jobs if measured == COUNTS else 0.0}
        values = {name: getattr(self, name) for name in chosen}
        chosen |= {name: value for name, value in values.items() if not math.isnan(value)}
        running = {name: usual.running[name][measured] for name in RUNNING}
        return Definition(
            **chosen, **running, rounded=max(rounded, 1.0), counted=counted, every=stride
        )

    def same(self, definition: Definition, measured: str) -> bool:
        """True if a definition is the requested one, with the time that a crossing must last.

        A floor raised because of noise counts as the requested floor if that is no higher.

        >>> usual = Thresholds().of("current")
        >>> [Thresholds().same(usual, name) for name in ("current", "volumes")]
        [True, False]
        """
        if any(getattr(definition, name) != rules().running[name][measured] for name in RUNNING):
            return False
        thresholds = {n: getattr(self, n) for n in RANGES if not math.isnan(getattr(self, n))}
        raised = thresholds.pop("floor", 0.0) <= definition.floor
        return raised and all(
            value == getattr(definition, name) for name, value in thresholds.items()
        )


@dataclass(frozen=True)
class Rules:
    """The numbers of `definition.toml`, each told there."""

    below: float
    above: float
    level: float
    floor_counted: float
    floor_value: float
    jobs: float
    step: int
    missing: float
    regions: int
    candidates: int
    moved: float
    draws: int
    neighbours: int
    trials: Sequence[tuple[str, float]]
    running: Mapping[str, Mapping[str, int]]


@cache
def rules() -> Rules:
    """The numbers, read once.

    >>> Definition(below=rules().below, above=rules().above) == Definition()
    True
    >>> rules().step, rules().regions, rules().candidates
    (5, 20, 10)
    """
    return Rules(**installed.toml("studies", "choose", "definition.toml"))
