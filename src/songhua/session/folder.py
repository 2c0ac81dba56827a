"""What is done with a folder besides asking studies: counted, added to, asked of departments."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from songhua import store
from songhua.session.session import open


def holds(path: str | Path) -> dict[str, int]:
    """Check a folder and count what it holds.

    Raises:
        SonghuaError: with all faults of the folder.

    >>> from songhua.session import example
    >>> holds(example())["plan"]
    1
    """
    return open(path).counts()


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
    session = open(path)
    return store.reviews.issue(session.region, session.plan, period, Path(target), lang)
