"""One figure or one source written down: added to its file, with the whole folder checked first."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from songhua import schema
from songhua.errors import Fault, SonghuaError
from songhua.labels.text import odd_characters
from songhua.store.corrections import assembled_with, file_for, fresh_doubts
from songhua.store.csv_lines import with_row
from songhua.store.folder import Folder, assembled
from songhua.store.sheets.numbers import read_number
from songhua.store.sheets.periods import spoken_period
from songhua.store.sheets.units import spoken_unit
from songhua.store.source import NEEDED, FolderSource, Held, Raw
from songhua.store.writing import locked, write_new

#: The file to which figures that are written down one by one are added.
FILE = "written"
SOURCES = "sources.toml"
Cells = Mapping[str, str]


@dataclass(frozen=True)
class Entered:
    """What was added, or would be: its id, the file and row, and what is then hardly right."""

    id: str
    file: str
    row: int
    warnings: tuple[Fault, ...] = ()


def add_figure(folder: Path, cells: Cells, dry_run: bool = False) -> Entered:
    """Add one observation to `observations/written.csv`; with `dry_run` nothing is written.

    `cells` are texts by column. A period, a unit and a number may stand as people write them
    (2023年, 亿元, 5,183.8); digits stay as printed. The id is that of the observation.

    Raises:
        SonghuaError: all faults of the folder with the row; those of the row have its column.
    """
    table, said = schema.table("observations"), _as_recorded(cells)
    with _writing(folder, dry_run) as raw:
        whole = assembled(Held(raw), folder)
        _refuse_odd(said)
        file = file_for(raw, table, said, FILE)
        held = raw.files.get(file, (",".join(table.names) + "\n").encode())
        content = with_row(held, said)
        place = len(content.splitlines())
        after = assembled_with(folder, raw, file, content, place)
        if not dry_run:
            write_new(folder / file, content)
    rows = after.region.observations
    here = (rows["file"].astype(str) == file.rpartition("/")[2]) & (rows["row"] == place)
    fresh = fresh_doubts(whole, after, said["indicator"])
    return Entered(str(rows.loc[here, "id"].iloc[0]), file, place, fresh)


def add_source(folder: Path, id: str, cells: Cells, dry_run: bool = False) -> Entered:
    """Add one source to `sources.toml`; with `dry_run` nothing is written.

    Without an id one is made of its title and the year in which it was published.

    Raises:
        SonghuaError: `source_held`, where there is a source of this id; all faults of the folder
            with the source.
    """
    with _writing(folder, dry_run) as raw:
        whole = assembled(Held(raw), folder)
        _refuse_odd(cells)
        held = set(whole.region.sources)
        if id in held:
            raise SonghuaError(Fault("source_held", column="id", params={"id": id}))
        id = id or named_by(cells, held)
        before = raw.files[SOURCES]
        content = before.rstrip() + (b"\n\n" if before.strip() else b"") + _entry(id, cells)
        _checked(folder, raw, content, id)
        if not dry_run:
            write_new(folder / SOURCES, content)
    return Entered(id, SOURCES, before.rstrip().count(b"\n") + 3)


def named_by(cells: Cells, held: set[str]) -> str:
    """An id for a source, made of the Latin letters of its title and its year, of no other.

    >>> named_by({"title": "Bulletin of the city", "published": "2024-03-01"}, set())
    'bulletin-of-the-city-2024'
    >>> named_by({"title": "统计公报"}, {"source"})
    'source-2'
    """
    told = " ".join(text for name, text in cells.items() if name.startswith("title"))
    words = [*dict.fromkeys(re.findall(r"[a-z0-9]+", told.lower()))]
    year = cells.get("published", "")[:4]
    stem = "-".join(words)[:40].strip("-") or "source"
    stem = stem if stem[0].isalpha() else f"source-{stem}"
    stem = f"{stem}-{year}" if year.isdecimal() and year not in words else stem
    names = (stem if n == 1 else f"{stem}-{n}" for n in range(1, len(held) + 2))
    return next(one for one in names if one not in held)


def _as_recorded(cells: Cells) -> dict[str, str]:
    """Cells as they are recorded: what people write of a period, a unit or a number is read."""
    said = {name: text.strip() for name, text in cells.items()}
    said["period"] = spoken_period(said.get("period", "")) or said.get("period", "")
    said["unit"] = spoken_unit(said["unit"]) or said["unit"] if said.get("unit") else ""
    number = read_number(said.get("value", ""))
    fits = number is not None and number.unit in ("", said["unit"]) and not number.marks
    if number is not None and number.value and fits:
        if number.qualifier and said.get("qualifier") not in ("", None, number.qualifier):
            params = {"text": said["value"][:80]}
            raise SonghuaError(Fault("number_unreadable", column="value", params=params))
        said["value"] = number.value
        said["qualifier"] = number.qualifier or said.get("qualifier", "")
    return said


def _refuse_odd(cells: Cells) -> None:
    """Refuse what cannot stand in one line.

    Raises:
        SonghuaError: `text_over_lines`, at each column with a break or a character unseen.
    """
    odd = [
        name for name, text in cells.items()
        if odd_characters(text) or any(one in text for one in "\r\n\x0b\x0c\x85\u2028\u2029")
    ]  # fmt: skip
    if odd:
        raise SonghuaError(*(Fault("text_over_lines", column=name) for name in odd))


def _entry(id: str, cells: Cells) -> bytes:
    """A source as TOML."""
    lines = [f"[{json.dumps(id)}]" if not re.fullmatch(r"[A-Za-z0-9_-]+", id) else f"[{id}]"]
    said = ((name, text.strip()) for name, text in cells.items())
    lines += [f"{name} = {json.dumps(text, ensure_ascii=False)}" for name, text in said if text]
    return ("\n".join(lines) + "\n").encode()


def _checked(folder: Path, raw: Raw, content: bytes, id: str) -> Folder:
    """The folder with its new sources; a fault of the new one has its column alone."""
    try:
        return assembled_with(folder, raw, SOURCES, content, 0)
    except SonghuaError as error:
        raise SonghuaError(*(_of_entry(one, id) for one in error.faults)) from None


def _of_entry(fault: Fault, id: str) -> Fault:
    if fault.code == "slug_unreadable" and fault.params.get("text") == id[:80]:
        return replace(fault, file="", row=None, column="id")
    if fault.file == SOURCES and fault.column.startswith(f"{id}."):
        return replace(fault, file="", row=None, column=fault.column.removeprefix(f"{id}."))
    return fault


@contextmanager
def _writing(folder: Path, dry_run: bool) -> Iterator[Raw]:
    """What a folder holds, which nobody else changes meanwhile if it is to be written."""
    if not folder.is_dir():
        raise SonghuaError(Fault("folder_missing", params={"path": str(folder)}))
    if dry_run or not (folder / NEEDED[0]).is_file():  # a lock would leave a trace
        yield FolderSource(folder).read()
        return
    with locked(folder):
        yield FolderSource(folder).read()
