"""Lessons of a wider panel, written into a folder that need not hold the panel."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from songhua import store
from songhua.errors import SonghuaError
from songhua.fault_kinds import ChooseNoPanel
from songhua.session.fault_kinds import ChooseNothingLearnt, ChooseWider
from songhua.studies.registry import Progress

SEED = 0


def learn_from(
    path: str | Path,
    panel: str | Path,
    recorded: date,
    step: int = 0,
    thresholds: Mapping[str, str] | None = None,
    progress: Progress | None = None,
) -> Path:
    """Learn odds of entry and exit from a panel of many regions, and write them to `learnt/`.

    A panel with too few events gives the margins by which quotients stand, and no odds.

    The panel has the columns of `panels/*.csv`, and one indicator of the folder by its industries;
    its regions may be more than the folder knows; the folder's own is one of them, or else the area
    that it lies in. Nothing of
    the panel is written but margins, coefficients, records and digests.

    Args:
        path: the folder.
        panel: the file.
        recorded: the day on which it is learnt.
        step: years from one period to the next; 0 as `choose` would take it.
        thresholds: other numbers of the definition, as texts by name.
        progress: is called with the share done.

    Returns:
        The file that was written.

    Raises:
        SonghuaError: every fault of folder and panel; `choose_wider`, for a panel of more than one
            indicator or without the folder's region; `choose_no_panel`, where no period has enough
            of it; `choose_nothing_learnt`, where it has too few regions; `file_kept`, where a file
            of somebody's own is there.
    """
    from songhua.studies.choose.definition import Thresholds, rules
    from songhua.studies.choose.learning import learn_panel
    from songhua.studies.choose.panel_levels import indicators_with_levels, spans

    numbers = Thresholds.read(thresholds or {})
    place, file = store.at(path), Path(panel)
    wider = store.with_wider(place, file)
    place_names = ((place, [*indicators_with_levels(wider, place)]) for place in ("", wider.within))
    of, names = next((pair for pair in place_names if pair[1]), ("", []))
    if len(names) != 1:
        raise SonghuaError(ChooseWider(file.name, n=len(names), region=wider.code))
    tick = None if progress is None else lambda at, of: progress(at, of, "choose")
    cut = spans(wider, names[0], step, place=of)
    if not cut:
        raise SonghuaError(ChooseNoPanel(file.name))
    odds = learn_panel(cut, numbers, SEED, recorded.isoformat(), tick)
    if not odds.learnt.kinds and odds.learnt.regions < rules().regions:
        raise SonghuaError(
            ChooseNothingLearnt(
                file.name, choice_refused=odds.learnt.refused[0].reason, n=odds.learnt.regions
            )
        )
    about = f"{odds.indicator}-{odds.step}"
    return Path(path) / store.add_learnt(place, about, odds.text())
