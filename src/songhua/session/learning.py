"""What a wider panel teaches, written into a folder that need not hold the panel."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

from songhua.errors import SonghuaError
from songhua.fault_kinds import ChooseNoPanel, FileKept
from songhua.session.fault_kinds import ChooseNothingLearnt, ChooseWider
from songhua.store import learnt as files
from songhua.store.changing import changing
from songhua.store.disk import bytes_of, is_there
from songhua.store.folder import without_learnt
from songhua.store.kept import keep_own
from songhua.studies.registry import Progress

SEED = 0
#: How every file of `learnt/` begins.
BEGINS = b'{\n "form": '


def learn_from(
    path: str | Path,
    panel: str | Path,
    recorded: date,
    step: int = 0,
    asked: Mapping[str, str] | None = None,
    progress: Progress | None = None,
) -> Path:
    """Learn odds of entry and exit from a panel of many regions, and write them to `learnt/`.

    The panel has the columns of `panels/*.csv`, and one indicator of the folder by its industries;
    its regions may be more than the folder knows, and the folder's own is one of them. Nothing of
    the panel is written but margins, coefficients, records and digests.

    Args:
        path: the folder.
        panel: the file.
        recorded: the day on which it is learnt.
        step: years from one period to the next; 0 as `choose` would take it.
        asked: other numbers of the definition, as texts by name.
        progress: is told how much is done.

    Returns:
        The file that was written.

    Raises:
        SonghuaError: every fault of folder and panel; `choose_wider`, for a panel of more than one
            indicator or without the folder's region; `choose_no_panel`, where no period has enough
            of it; `choose_nothing_learnt`; `file_kept`, where a file of somebody's own is there.
    """
    from songhua.studies.choose.definition import Asked
    from songhua.studies.choose.learning import learn_panel
    from songhua.studies.choose.panel_levels import held, spans

    numbers = Asked.read(asked or {})
    home, file = Path(path), Path(panel)
    region = without_learnt(home)
    cells = files.wider_panel(bytes_of(file), file.name, region)
    wider = replace(region, figures=region.figures.with_rows(panels=cells))
    names = [*held(wider)]
    if len(names) != 1:
        raise SonghuaError(ChooseWider(file.name, n=len(names), region=region.code))
    tick = None if progress is None else lambda at, of: progress(at, of, "choose")
    cut = spans(wider, names[0], step)
    if not cut:
        raise SonghuaError(ChooseNoPanel(file.name))
    found = learn_panel(cut, numbers, SEED, recorded.isoformat(), tick)
    if not found.learnt.kinds:
        raise SonghuaError(
            ChooseNothingLearnt(
                file.name, choice_refused=found.learnt.refused[0].reason, n=found.learnt.regions
            )
        )
    name, text = f"{files.FOLDER}/{found.indicator}-{found.step}.json", found.text().encode()
    with changing(home) as change:
        if is_there(home, name) and not change.raw.files.get(name, b"").startswith(BEGINS):
            raise SonghuaError(FileKept(name))
        keep_own(text)
        change.write({name: text})
    return home / name
