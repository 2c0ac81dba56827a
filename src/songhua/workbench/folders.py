"""Folders of a region: opened, checked, begun, added to, and asked of departments."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from importlib.resources import as_file, files
from pathlib import Path

from songhua import store
from songhua.errors import Fault, SonghuaError
from songhua.examples import FIRST as FIRST_EXAMPLE
from songhua.examples import register as invented
from songhua.region import Region

MADE: Mapping[str, Callable[[], Mapping[str, bytes]]] = {"register": invented.files}


def open(path: str | Path, as_of: str | date | None = None) -> Region:
    """Read and check a region's folder; `as_of` shows it as it was known on that day.

    Raises:
        SonghuaError: with all faults of the folder.

    >>> region = open(example(), as_of="2021-03-09")
    >>> float(region.figure("gdp_growth_real", "2020")["number"])
    0.6
    """
    return open_folder(path, as_of).region


def open_folder(path: str | Path, as_of: str | date | None = None) -> store.Folder:
    """The same with the plan and the digests of the files read."""
    folder = store.read(Path(path))
    if as_of is None:
        return folder
    return replace(folder, region=folder.region.view(day_of(as_of)))


def day_of(text: str | date) -> date:
    """A day as a user writes it.

    Raises:
        SonghuaError: `date_unreadable`.

    >>> day_of("2021-03-09").year
    2021
    """
    try:
        return text if isinstance(text, date) else date.fromisoformat(text)
    except ValueError:
        raise SonghuaError(Fault("date_unreadable", params={"text": str(text)[:80]})) from None


def examples() -> tuple[str, ...]:
    """The names of the built-in cases.

    >>> FIRST_EXAMPLE in examples()
    True
    """
    found = (entry.name for entry in files("songhua.examples").iterdir() if entry.is_dir())
    return tuple(sorted(name for name in found if not name.startswith("_") and name != "skeleton"))


def example(name: str = "") -> Path:
    """The folder of a built-in case (the first one, if none is named): to be read, not written.

    Raises:
        SonghuaError: `example_unknown`.

    >>> example().name == FIRST_EXAMPLE
    True
    """
    name = name or FIRST_EXAMPLE
    if name not in (*examples(), "skeleton"):
        params = {"name": name, "names": ", ".join(examples())}
        raise SonghuaError(Fault("example_unknown", params=params))
    with as_file(files("songhua.examples") / name) as path:
        return path


def new(path: str | Path, name: str = "") -> Path:
    """Write a commented skeleton of a folder, or a built-in case, to a new place.

    What a case makes from a seed (the firms of the invented register) is written beside it.

    Raises:
        SonghuaError: `folder_not_empty` or `example_unknown`; nothing is written then.
    """
    written = store.copy(example(name or "skeleton"), Path(path))
    for file, data in MADE[name]().items() if name in MADE else ():
        store.write_new(written / file, data)
    return written


def holds(path: str | Path) -> dict[str, int]:
    """Check a folder and count what it holds.

    Raises:
        SonghuaError: with all faults of the folder.

    >>> holds(example())["plan"]
    1
    """
    folder = open_folder(path)
    region = folder.region
    return {
        "observations": len(region.observations),
        "panels": len(region.panels),
        "tables": len(region.tables),
        "sources": len(region.sources),
        "indicators": len(region.indicators),
        "industries": len(region.industries),
        "places": len(region.places) + 1,
        "entities": len(region.entities),
        "firms": 0 if folder.register is None else len(folder.register.enterprises),
        "claims": len(region.claims),
        "left_out": len(region.left_out),
        "plan": int(folder.plan is not None),
        "targets": 0 if folder.plan is None else len(folder.plan.targets),
    }


def import_file(
    path: str | Path,
    file: str | Path,
    map_file: str | Path | None = None,
    dry_run: bool = False,
    now: datetime | None = None,
) -> store.Import:
    """Add the rows of a CSV, XLSX or Parquet file to a folder: all or none.

    A filled review sheet is known by its hidden sheet and goes to `reviews/`, marked with the
    time `now` (the clock's, if none is given).

    Raises:
        SonghuaError: every fault of the folder, the map and the file; nothing is written then.
    """
    data = b"" if map_file else store.content_of(Path(file))
    if store.reviews.recognised(data):
        received = now or datetime.now(UTC)
        return store.reviews.take(Path(path), data, Path(file).name, received, dry_run)
    return store.add(Path(path), Path(file), Path(map_file) if map_file else None, dry_run)


def review(path: str | Path, period: str, target: str | Path, lang: str = "en") -> list[Path]:
    """Write a sheet a department to `target`: what it is asked to report for a period.

    Raises:
        SonghuaError: the folder's faults; `review_no_plan`, `review_nothing_asked`,
            `period_unreadable`, or `extra_missing` without the extra `excel`.
    """
    folder = open_folder(path)
    return store.reviews.issue(folder.region, folder.plan, period, Path(target), lang)
