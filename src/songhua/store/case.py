"""A region's case: its rows read whole, all faults of all of them, or region and plan."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pandas as pd

from songhua import checks
from songhua.errors import Fault, SonghuaError
from songhua.plan import Plan
from songhua.reading.written_forms import Names, names_of, with_forms
from songhua.region import Region
from songhua.rules.register import Register
from songhua.store import plans, regions, register
from songhua.store.assembly import Assembly
from songhua.store.folder import at
from songhua.store.history import appended
from songhua.store.port import Store
from songhua.store.source import NEEDED, Raw


@dataclass(frozen=True)
class Case:
    """A case that has no fault: the region, plan and register it has, and what was read.

    `untold` says why it cannot be told if something recorded was changed, where it cannot.
    """

    region: Region
    plan: Plan | None
    digests: Mapping[str, str]
    register: Register | None = None
    warnings: tuple[Fault, ...] = ()
    untold: tuple[Fault, ...] = ()

    def view(self, day: date | None) -> Case:
        """The case as it was known on a day: its rows then, before anything follows from them.

        Each table's schema names the columns that say since when its rows were known; one whose day
        is unknown is left out, and counted. Without a day it is the case as it is today.
        """
        if day is None:
            return self
        plan = self.plan and self.plan.view(day, self.region.sources)
        firms = self.register and self.register.view(day)
        return replace(self, region=self.region.view(day), plan=plan, register=firms)

    @property
    def reviews(self) -> pd.DataFrame:
        """Reports of the departments."""
        return self.region.reviews


def read(place: str | Path, history: bool = True, demanded: bool = False) -> Case:
    """Read and check a case whole, and against its `history`, which may be `demanded`.

    Raises:
        SonghuaError: all faults of all files, if there is one.
    """
    store = at(place)
    return assembled(store.read(), store if history else None, demanded)


def assembled(raw: Raw, recorded: Store | None = None, demanded: bool = False) -> Case:
    """A case of its raw tables, checked whole; `recorded` is a store whose history it must keep.

    Raises:
        SonghuaError: all faults of all tables, if there is one; an unknown history is a fault where
            the history is `demanded`.
    """
    reading = Assembly(raw)
    faults: list[Fault] = []
    region = regions.read(reading)
    if region is not None:
        faults += checks.check_region(region)
    plan = plans.read(reading, region)
    if region is not None and plan is not None:
        faults += checks.check_plan(region, plan, reading.unread)
    firms = register.read(reading, raw.home if raw.home.parts else None)
    untold: list[Fault] = []
    if recorded is not None and _readable(reading):
        changed, untold, warnings = recorded.rewritten(raw)
        reading.faults += [*changed, *(untold if demanded else ())]
        reading.warnings += warnings
    if region is None or reading.faults or faults:
        raise SonghuaError(*with_forms(_once((*reading.faults, *faults)), _names(raw)))
    return Case(region, plan, raw.digests(), firms, tuple(reading.warnings), tuple(untold))


def _readable(reading: Assembly) -> bool:
    """The files of recorded rows are free of faults, so that they can be compared."""
    parts = appended()
    return not any(fault.file.startswith(parts) or fault.file in NEEDED for fault in reading.faults)


def _once(faults: Iterable[Fault]) -> list[Fault]:
    """Each fault once, though two parts of the folder came upon it."""
    return list({repr(fault): fault for fault in faults}.values())


def _names(raw: Raw) -> Names:
    """The names of the folder's entries, by catalogue."""
    data = {name.removesuffix(".toml"): document.data for name, document in raw.documents.items()}
    places = data.get("region", {}).get("places")
    return names_of({**data, "places": places if isinstance(places, dict) else {}})


def read_register(path: Path, statuses: tuple[str, ...] = ()) -> Case:
    """The register in a folder that need be no region's, or in a file of firms.

    Its region has no code and holds nothing. `statuses` are rulebooks by which its facts are
    read, in place of those that the register names.

    Raises:
        SonghuaError: `register_missing`, `file_missing`, or every fault of its files.
    """
    firms, digests, warnings = register.read_alone(path, statuses)
    return Case(regions.blank(path.stem), None, digests, firms, warnings)
