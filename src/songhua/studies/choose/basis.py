"""Basis of a region's odds: its own panel, or a panel that was learnt elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np
import pandas as pd

from songhua.errors import SonghuaError
from songhua.fault_kinds import ChoiceUnknown, ChooseNoPanel
from songhua.labels import parse_period
from songhua.maths.choice import KINDS, Definition, Refusal
from songhua.maths.choice.learnt import Learnt, Place, Taught, place_of
from songhua.messages import Words
from songhua.region import Region
from songhua.region.learnt import LearntPanel
from songhua.studies.choose.definition import COUNTS, CURRENT, Thresholds, rules
from songhua.studies.choose.learning import Tick, learn_panel
from songhua.studies.choose.panel_levels import (
    PanelLevels,
    factor_of,
    indicators_with_levels,
    measured,
    spans,
)
from songhua.studies.fault_kinds import ChooseNoneHere


@dataclass(frozen=True)
class PanelRequest:
    """Request for odds: an indicator, years from period to period and a definition."""

    indicator: str = ""
    step: int = 0
    numbers: Thresholds = field(default_factory=Thresholds)


@dataclass(frozen=True)
class Basis:
    """Panel, definition and place that a region's odds rest on.

    Attributes:
        name: `folder`, `learnt` elsewhere, or `none` without a model. taught: the learnt model,
        with a description of its panel. definition: the definition of entry and exit, with the
        requested floor.
        place: the region in the last period.
        regions_here: how many of the panel's regions the folder holds.
        newer: periods of the folder after the last, without odds. passed: files of `learnt/` that
        were not used, each with the reason.
        order: another panel's, whose order may be borrowed.
        whole: True if the folder has the region in all periods of the panel.
        measured: the kind of levels: `counts`, `volumes` or `current` values.
    """

    name: str
    taught: LearntPanel
    definition: Definition
    place: Place
    regions_here: int
    factor: float
    newer: tuple[str, ...] = ()
    passed: tuple[tuple[str, str], ...] = ()
    order: LearntPanel | None = None
    whole: bool = True
    measured: str = COUNTS

    @property
    def years(self) -> int:
        """The years after the last period that the odds look ahead."""
        return self.taught.step * self.definition.span // self.definition.every

    @property
    def learnt(self) -> Learnt:
        """The lessons of the panel."""
        return self.taught.learnt

    @property
    def period(self) -> str:
        """The period whose end the odds start from."""
        return self.learnt.periods[-1]

    @cached_property
    def kinds(self) -> dict[str, Taught]:
        """The lessons of entries and exits by kind; empty where there are no odds."""
        return {} if self.name == "none" else {taught.kind: taught for taught in self.learnt.kinds}


def basis(
    region: Region, wanted: PanelRequest, seed: int, tick: Tick | None = None, place: str = ""
) -> Basis:
    """The basis of the odds: a file of `learnt/` that holds the region, else its own panel.

    Of several files, jobs or volumes come before values at current prices, then odds tested over
    time before others, then the file with most regions. The odds are of `place`, the region if
    none is given.

    Raises:
        SonghuaError: `choose_no_panel`, where no panel holds the region by industry;
            `choice_unknown`, for another indicator; `choose_none_here` and `choice_nothing`, where
            the region, or all regions, have nothing, so that there is no quotient.

    >>> from songhua.studies.choose.example import town
    >>> file = basis(town(), PanelRequest(), seed=0)
    >>> file.name, file.learnt.regions, file.regions_here, file.place.quotient.round(3).tolist()
    ('learnt', 40, 1, [0.5, 1.333])
    >>> folder = basis(town(), PanelRequest(numbers=Thresholds(below=0.7)), seed=0)
    >>> folder.name, folder.regions_here, folder.passed, folder.learnt.refused[0].reason
    ('none', 2, (('learnt/jobs-2.json', 'definition'),), 'few_regions')
    """
    place = place or region.code
    names = [*indicators_with_levels(region, place)]
    if not names:
        raise SonghuaError(ChooseNoPanel(file="panels/*.csv"))
    if wanted.indicator and wanted.indicator not in names:
        raise SonghuaError(ChoiceUnknown(text=wanted.indicator[:80], choices=tuple(names)))
    names = [wanted.indicator] if wanted.indicator else names
    fitting, passed = _fitting(region, place, names, wanted)
    if fitting:
        best = max(fitting, key=lambda panel: _preferred(region, panel))
        return replace(_of_learnt(region, place, best, wanted), passed=tuple(passed))
    folder_basis = _of_folder(region, place, names[0], wanted, seed, tick)
    elsewhere = region.learnt.values() if folder_basis.name == "none" else ()
    return replace(folder_basis, passed=tuple(passed), order=next(iter(elsewhere), None))


def _preferred(region: Region, panel: LearntPanel) -> tuple[bool, bool, bool, int]:
    """The order of preference of files: with odds, free of prices, tested over time, widest."""
    kinds = panel.learnt.kinds
    over_time = any(kind.scheme == "periods" for kind in kinds)
    return bool(kinds), _measured(region, panel) != CURRENT, over_time, panel.learnt.regions


def _measured(region: Region, panel: LearntPanel) -> str:
    return measured(region.catalogue[panel.indicator])


def _fitting(
    region: Region, place: str, names: Sequence[str], wanted: PanelRequest
) -> tuple[list[LearntPanel], list[tuple[str, str]]]:
    """The files that hold a place as the folder's panel does, and the others with why not."""
    files = [panel for panel in region.learnt.values() if panel.indicator in names]
    why = {panel.file: _unfit(region, place, panel, wanted) for panel in files}
    passed = [(file, reason) for file, reason in why.items() if reason]
    return [panel for panel in files if not why[panel.file]], passed


def _unfit(region: Region, place: str, panel: LearntPanel, wanted: PanelRequest) -> str:
    """The reason why a file is not taken; blank where it is."""
    how = _measured(region, panel)
    if not all(wanted.numbers.same(kind.definition, how) for kind in panel.learnt.kinds):
        return "definition"
    if wanted.step and wanted.step != panel.step:
        return "step"
    if not panel.holds(place, _levels_of(region, panel, [place])[:, 0]):
        return "figures"
    # the panel itself teaches, where it is here: nothing that came with the folder is believed
    return (
        "panel"
        if panel.elsewhere and _shared_regions(region, panel) >= panel.learnt.regions
        else ""
    )


def _levels_of(region: Region, panel: LearntPanel, places: Sequence[str]) -> np.ndarray:
    """The folder's period × place × industry as was learnt from; missing where not known."""
    wide = region.panel(panel.indicator).reindex(columns=[*panel.industries])
    rows = pd.MultiIndex.from_product([panel.periods, places], names=wide.index.names)
    about = region.catalogue[panel.indicator]
    levels = (wide * factor_of(about)).round(6).reindex(rows).to_numpy(float)
    return levels.reshape(len(panel.periods), len(places), len(panel.industries))


def _of_learnt(region: Region, place: str, panel: LearntPanel, wanted: PanelRequest) -> Basis:
    """The basis that a file of `learnt/` gives."""
    learnt, indicator, how = panel.learnt, panel.indicator, _measured(region, panel)
    years = [parse_period(period).start.year for period in learnt.periods]
    stride = max(sum(year > years[-1] - panel.step for year in years), 1)
    usual = wanted.numbers.of(how, stride=stride)
    definition = learnt.kinds[0].definition if learnt.kinds else usual
    history = _levels_of(region, panel, [place])[:, 0]
    _refuse_nothing(region, indicator, panel.periods[-1], history[-1])
    cells = region.figures.cells.select(indicator=indicator, region=place)
    region_periods = cells.where(~np.isnan(cells.value)).distinct("period")
    newer = tuple(map(str, sorted(p for p in region_periods if p > panel.last)))
    return Basis(
        "learnt" if learnt.kinds else "none",
        panel,
        definition,
        place_of(learnt, history, definition),
        _shared_regions(region, panel),
        factor_of(region.catalogue[indicator]),
        newer,
        whole=panel.holds_all(place, history),
        measured=how,
    )


def _shared_regions(region: Region, panel: LearntPanel) -> int:
    """The number of a panel's regions that the folder holds with the same figures."""
    cells = region.figures.cells.select(indicator=panel.indicator, period=panel.last)
    places = [*panel.places.keys() & {*cells.distinct("region")}]
    levels = _levels_of(region, panel, places)
    return sum(panel.holds(place, levels[:, at]) for at, place in enumerate(places))


def _of_folder(
    region: Region, place: str, indicator: str, wanted: PanelRequest, seed: int, tick: Tick | None
) -> Basis:
    """The basis that the folder's own panel gives, or none.

    Without a requested step, and with too few events at five years apart, each year is tried.
    """
    cut = spans(region, indicator, wanted.step, place=place)
    if not cut:
        raise SonghuaError(ChooseNoPanel(file="panels/*.csv"))
    taught = _taught(cut, wanted, seed, tick)
    yearly = [] if wanted.step or taught.learnt.kinds else spans(region, indicator, 1, place=place)
    if yearly and len(yearly[-1].starts()) > len(cut[-1].starts()):
        yearly_taught = _taught(yearly, wanted, seed, tick)
        if yearly_taught.learnt.kinds:
            cut, taught = yearly, yearly_taught
    last, kinds = cut[-1], taught.learnt.kinds
    definition = kinds[0].definition if kinds else last.definition(wanted.numbers)
    history = np.full((len(last.periods), len(last.industries)), np.nan)
    if place in last.places:
        history = last.of_place(place)
    _refuse_nothing(region, indicator, last.periods[-1], history[-1])
    return Basis(
        "folder" if kinds else "none",
        taught,
        definition,
        place_of(taught.learnt, history, definition),
        len(last.places),
        last.factor,
        last.newer,
        measured=last.measured,
    )


def _refuse_nothing(region: Region, indicator: str, period: str, levels: np.ndarray) -> None:
    """Refuse a region whose known levels are all zero: its quotients would divide by that."""
    if np.isfinite(levels).any() and not np.nansum(levels):
        name = Words.of(region.indicators[indicator].get("name"))
        raise SonghuaError(ChooseNoneHere(file="panels/*.csv", indicator=name, period=period))


def _taught(
    cut: Sequence[PanelLevels], wanted: PanelRequest, seed: int, tick: Tick | None
) -> LearntPanel:
    """The lessons of the folder's panel; none, where it has too few regions."""
    few = len(cut[-1].places) < rules().regions
    taught = learn_panel(cut[-1:] if few else cut, wanted.numbers, seed, "", tick)
    if not few:
        return taught
    refused = tuple(Refusal(kind, "few_regions") for kind in KINDS)
    return replace(taught, content=replace(taught.learnt, kinds=(), refused=refused))
