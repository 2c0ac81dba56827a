"""A panel wider than a region's own: read, and what was learnt of it written to a file."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pandas as pd

from songhua import schema
from songhua.checks import table_cells
from songhua.errors import SonghuaError
from songhua.fault_kinds import FileKept
from songhua.reading import panels, tables
from songhua.region import Region
from songhua.store.case import assembled
from songhua.store.disk import bytes_of
from songhua.store.kept import LEARNT, keep_own
from songhua.store.port import Store

#: First bytes of every file that holds something learnt.
BEGINS = b'{\n "form": '


def without_learnt(store: Store) -> Region:
    """The region as it is without its files of `learnt/`, which may be damaged.

    Raises:
        SonghuaError: every fault of the rest.
    """
    raw = store.read()
    files = {name: data for name, data in raw.files.items() if not name.startswith(f"{LEARNT}/")}
    return assembled(replace(raw, files=files)).region


def with_wider(store: Store, panel: Path) -> Region:
    """The region with a file's wider panel in the place of its own, and nothing learnt.

    Raises:
        SonghuaError: every fault of the region and of the file.
    """
    region = without_learnt(store)
    cells_of_panel = wider_panel(bytes_of(panel), panel.name, region)
    return replace(region, figures=region.figures.with_rows(panels=cells_of_panel))


def wider_panel(data: bytes, file: str, region: Region) -> pd.DataFrame:
    """The cells of a panel that is wider than a folder's own: its places need not stand there.

    Indicators, industries and sources are the folder's.

    Raises:
        SonghuaError: every fault of the file.
    """
    table = schema.table("panels")
    labels = {name: {*getattr(region, name)} for name in ("indicators", "industries", "sources")}
    parsed = tables.read(data, file, table, labels)
    faults = [*parsed.faults] or [
        *panels.check(parsed),
        *table_cells.repeated(parsed.frame(), table.key, file),
    ]
    if faults:
        raise SonghuaError(*faults)
    return panels.assemble([parsed], region.sources, region.indicators)


def add_learnt(store: Store, about: str, text: str) -> str:
    """Write the file learnt about an indicator, in place of the earlier one; the name of the file.

    Raises:
        SonghuaError: `file_kept`, where a file of somebody's own is there.
    """
    name, data = f"{LEARNT}/{about}.json", text.encode()
    with store.alone():
        raw = store.read()
        if raw.holds(name) and not raw.files.get(name, b"").startswith(BEGINS):
            raise SonghuaError(FileKept(name))
        keep_own(data)
        store.revise(raw, {name: data})
    return name
