"""What the odds of a region rest on: what its own panel teaches, or what was learnt elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np
import pandas as pd

from songhua.errors import SonghuaError
from songhua.fault_kinds import ChoiceUnknown, ChooseNoPanel
from songhua.maths.choice import KINDS, Definition, Refusal
from songhua.maths.choice.learnt import Learnt, Place, Taught, place_of
from songhua.messages import Words
from songhua.region import Region
from songhua.region.learnt import LearntPanel
from songhua.studies.choose.definition import COUNTS, CURRENT, Asked, rules
from songhua.studies.choose.learning import Tick, learn_panel
from songhua.studies.choose.panel_levels import PanelLevels, factor_of, held, measured, spans
from songhua.studies.fault_kinds import ChooseNoneHere


@dataclass(frozen=True)
class Wanted:
    """What is asked for: an indicator and years from period to period, if any, and a definition."""

    indicator: str = ""
    step: int = 0
    numbers: Asked = field(default_factory=Asked)


@dataclass(frozen=True)
class Basis:
    """What a region's odds rest on.

    Attributes:
        name: `folder`, `learnt` elsewhere, or `none` where nothing is taught.
        taught: what was learnt, with what the panel was.
        definition: what an entry and an exit are, its floor as it was asked for.
        place: the region in the last period.
        here: how many of the panel's regions the folder holds.
        newer: periods of the folder after the last, of which no odds are told.
        passed: files of `learnt/` that were not taken, each with why.
        order: another panel's, whose order may be borrowed.
        whole: whether the folder holds the region in all periods as the panel did.
        measured: what the levels are: `counts`, `volumes` or `current` values.
    """

    name: str
    taught: LearntPanel
    definition: Definition
    place: Place
    here: int
    factor: float
    newer: tuple[str, ...] = ()
    passed: tuple[tuple[str, str], ...] = ()
    order: LearntPanel | None = None
    whole: bool = True
    measured: str = COUNTS

    @property
    def years(self) -> int:
        """Within how many years of the last period it is told what comes."""
        return self.taught.step * self.definition.span // self.definition.every

    @property
    def learnt(self) -> Learnt:
        """What the panel teaches."""
        return self.taught.learnt

    @property
    def period(self) -> str:
        """The period whose end the odds start from."""
        return self.learnt.periods[-1]

    @cached_property
    def kinds(self) -> dict[str, Taught]:
        """What is taught of entries and exits; empty where there are no odds."""
        return {} if self.name == "none" else {one.kind: one for one in self.learnt.kinds}


def basis(region: Region, wanted: Wanted, seed: int, tick: Tick | None = None) -> Basis:
    """What the odds rest on: a file of `learnt/` that holds the region, else its own panel.

    Of several files one of jobs or volumes is taken before one at current prices, then the one
    whose odds were told over time, then the one with most regions.

    Raises:
        SonghuaError: `choose_no_panel`, where no panel holds the region by industry;
            `choice_unknown`, for another indicator; `choose_none_here` and `choice_nothing`, where
            the region, or all regions, have nothing, so that there is no quotient.

    >>> from songhua.studies.choose.example import town
    >>> taken = basis(town(), Wanted(), seed=0)
    >>> taken.name, taken.learnt.regions, taken.here, taken.place.quotient.round(3).tolist()
    ('learnt', 40, 1, [0.5, 1.333])
    >>> own = basis(town(), Wanted(numbers=Asked(below=0.7)), seed=0)
    >>> own.name, own.here, own.passed, own.learnt.refused[0].reason
    ('none', 2, (('learnt/jobs-2.json', 'definition'),), 'few_regions')
    """
    names = [*held(region)]
    if not names:
        raise SonghuaError(ChooseNoPanel(file="panels/*.csv"))
    if wanted.indicator and wanted.indicator not in names:
        raise SonghuaError(ChoiceUnknown(text=wanted.indicator[:80], choices=tuple(names)))
    names = [wanted.indicator] if wanted.indicator else names
    found, passed = _fitting(region, names, wanted)
    if found:
        best = max(found, key=lambda one: _preferred(region, one))
        return replace(_of_learnt(region, best), passed=tuple(passed))
    own = _of_folder(region, names[0], wanted, seed, tick)
    others = region.learnt.values() if own.name == "none" else ()
    return replace(own, passed=tuple(passed), order=next(iter(others), None))


def _preferred(region: Region, one: LearntPanel) -> tuple[bool, bool, int]:
    """By what files are preferred: no prices in it, told over time, regions."""
    over_time = any(kind.scheme == "periods" for kind in one.learnt.kinds)
    return _measured(region, one) != CURRENT, over_time, one.learnt.regions


def _measured(region: Region, one: LearntPanel) -> str:
    return measured(region.catalogue[one.indicator])


def _fitting(
    region: Region, names: Sequence[str], wanted: Wanted
) -> tuple[list[LearntPanel], list[tuple[str, str]]]:
    """The files that hold the region as its own panel does, and the others with why not."""
    files = [one for one in region.learnt.values() if one.indicator in names]
    why = {one.file: _unfit(region, one, wanted) for one in files}
    passed = [(file, reason) for file, reason in why.items() if reason]
    return [one for one in files if not why[one.file]], passed


def _unfit(region: Region, one: LearntPanel, wanted: Wanted) -> str:
    """Why a file is not taken; blank where it is."""
    how = _measured(region, one)
    if not all(wanted.numbers.same(kind.definition, how) for kind in one.learnt.kinds):
        return "definition"
    if wanted.step and wanted.step != one.step:
        return "step"
    if not one.holds(region.code, _levels_of(region, one, [region.code])[:, 0]):
        return "figures"
    # the panel itself teaches, where it is here: nothing that came with the folder is believed
    return "panel" if one.elsewhere and _here(region, one) >= one.learnt.regions else ""


def _levels_of(region: Region, one: LearntPanel, places: Sequence[str]) -> np.ndarray:
    """The folder's period × place × industry as was learnt from; missing where not known."""
    wide = region.panel(one.indicator).reindex(columns=[*one.industries])
    rows = pd.MultiIndex.from_product([one.periods, places], names=wide.index.names)
    levels = (wide * factor_of(region.catalogue[one.indicator])).round(6).reindex(rows)
    return levels.to_numpy(float).reshape(len(one.periods), len(places), len(one.industries))


def _of_learnt(region: Region, one: LearntPanel) -> Basis:
    """The basis that a file of `learnt/` gives."""
    learnt, indicator = one.learnt, one.indicator
    definition = learnt.kinds[0].definition
    history = _levels_of(region, one, [region.code])[:, 0]
    _refuse_nothing(region, indicator, one.periods[-1], history[-1])
    cells = region.figures.cells.select(indicator=indicator, region=region.code)
    own = cells.where(~np.isnan(cells.value)).distinct("period")
    newer = tuple(map(str, sorted(p for p in own if p > one.last)))
    return Basis(
        "learnt",
        one,
        definition,
        place_of(learnt, history, definition),
        _here(region, one),
        factor_of(region.catalogue[indicator]),
        newer,
        whole=one.holds_all(region.code, history),
        measured=_measured(region, one),
    )


def _here(region: Region, one: LearntPanel) -> int:
    """How many of a panel's regions the folder holds with the same figures."""
    cells = region.figures.cells.select(indicator=one.indicator, period=one.last)
    places = [*one.places.keys() & {*cells.distinct("region")}]
    levels = _levels_of(region, one, places)
    return sum(one.holds(place, levels[:, at]) for at, place in enumerate(places))


def _of_folder(
    region: Region, indicator: str, wanted: Wanted, seed: int, tick: Tick | None
) -> Basis:
    """The basis that the folder's own panel gives, or none.

    Where no step is asked for and five years apart leave too few events, each year is tried.
    """
    cut = spans(region, indicator, wanted.step)
    if not cut:
        raise SonghuaError(ChooseNoPanel(file="panels/*.csv"))
    taught = _taught(cut, wanted, seed, tick)
    yearly = [] if wanted.step or taught.learnt.kinds else spans(region, indicator, 1)
    if yearly and len(yearly[-1].starts()) > len(cut[-1].starts()):
        each = _taught(yearly, wanted, seed, tick)
        if each.learnt.kinds:
            cut, taught = yearly, each
    last, kinds = cut[-1], taught.learnt.kinds
    used = kinds[0].definition if kinds else last.definition(wanted.numbers)
    history = np.full((len(last.periods), len(last.industries)), np.nan)
    if region.code in last.places:
        history = last.of_place(region.code)
    _refuse_nothing(region, indicator, last.periods[-1], history[-1])
    return Basis(
        "folder" if kinds else "none",
        taught,
        used,
        place_of(taught.learnt, history, used),
        len(last.places),
        last.factor,
        last.newer,
        measured=last.measured,
    )


def _refuse_nothing(region: Region, indicator: str, period: str, levels: np.ndarray) -> None:
    """Refuse a region whose known levels are all zero: its quotients would divide by that."""
    if np.isfinite(levels).any() and not np.nansum(levels):
        named = Words.of(region.indicators[indicator].get("name"))
        raise SonghuaError(ChooseNoneHere(file="panels/*.csv", indicator=named, period=period))


def _taught(
    cut: Sequence[PanelLevels], wanted: Wanted, seed: int, tick: Tick | None
) -> LearntPanel:
    """What the folder's panel teaches; nothing, where it has too few regions."""
    few = len(cut[-1].places) < int(rules()["regions"])
    taught = learn_panel(cut[-1:] if few else cut, wanted.numbers, seed, "", tick)
    if not few:
        return taught
    refused = tuple(Refusal(kind, "few_regions") for kind in KINDS)
    return replace(taught, content=replace(taught.learnt, kinds=(), refused=refused))
