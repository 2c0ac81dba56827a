"""The files of `learnt/`: what was learnt from panels that the folder does not hold whole."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from songhua import schema
from songhua.checks import cells
from songhua.errors import SonghuaError
from songhua.fault_kinds import LabelUnknown, LearntChanged
from songhua.reading import panels, tables
from songhua.region import Region
from songhua.region.learnt import LearntPanel, read
from songhua.store.assembly import Assembly
from songhua.store.kept import LEARNT, is_own

FOLDER = LEARNT


def read_all(reading: Assembly) -> dict[str, LearntPanel]:
    """Each file by its name, its faults noted; what it names must stand in the folder."""
    found: dict[str, LearntPanel] = {}
    for name in reading.raw.within(FOLDER):
        try:
            data = reading.raw.files[name]
            one = replace(read(data.decode("utf-8"), name), elsewhere=not is_own(data))
        except UnicodeDecodeError:
            reading.faults.append(LearntChanged(name))
            continue
        except SonghuaError as error:
            reading.faults += error.faults
            continue
        named = {
            "indicators": [one.indicator],
            "industries": one.industries,
            "sources": [one.source] if one.source else [],
        }
        lost = [
            LabelUnknown(name, of=of, text=label)
            for of, labels in named.items()
            for label in labels
            if of in reading.known and label not in reading.known[of]
        ]
        reading.faults += lost
        if not lost:
            found[name] = one
    return found


def wider_panel(data: bytes, file: str, region: Region) -> pd.DataFrame:
    """The cells of a panel that is wider than a folder's own: its places need not stand there.

    Indicators, industries and sources are the folder's.

    Raises:
        SonghuaError: every fault of the file.
    """
    table = schema.table("panels")
    known = {name: {*getattr(region, name)} for name in ("indicators", "industries", "sources")}
    parsed = tables.read(data, file, table, known)
    faults = [*parsed.faults] or [
        *panels.check(parsed),
        *cells.repeated(parsed.frame(), table.key, file),
    ]
    if faults:
        raise SonghuaError(*faults)
    return panels.assemble([parsed], region.sources, region.indicators)
