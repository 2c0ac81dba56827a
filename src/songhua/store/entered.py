"""One figure, or one entry of a catalogue, added to its file, with the folder checked whole."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from songhua import schema
from songhua.checks.fault_kinds import SlugUnreadable
from songhua.errors import Fault, SonghuaError
from songhua.fault_kinds import NumberUnreadable
from songhua.grammar.periods import spoken_period
from songhua.labels.text import odd_characters
from songhua.reading.change_fault_kinds import EntryHeld, TextOverLines
from songhua.reading.csv_lines import with_row
from songhua.reading.rows import own_figures
from songhua.reading.sheets.numbers import read_number
from songhua.reading.sheets.units import spoken_unit
from songhua.reading.toml import entry
from songhua.store.case import Case, assembled
from songhua.store.corrections import assembled_with, file_for, fresh_doubts
from songhua.store.port import Store
from songhua.store.source import Raw
from songhua.store.succession import NEW, lacking

#: The file to which figures that are written down one by one are added.
FILE = "written"
Cells = Mapping[str, str]


@dataclass(frozen=True)
class Entered:
    """An added row or entry, or a planned one: its id, file and row, and what is then doubtful."""

    id: str
    file: str
    row: int
    warnings: tuple[Fault, ...] = ()


def add_figure(store: Store, cells: Cells) -> Entered:
    """Add one observation to `observations/written.csv`.

    `cells` are texts by column. A period, a unit and a number may stand as people write them
    (2023年, 亿元, 5,183.8); digits stay as printed. The id is that of the observation.

    Raises:
        SonghuaError: all faults of the folder with the row; those of the row have its column.
    """
    table, recorded = schema.table("observations"), _as_recorded(cells)
    with store.alone():
        raw = store.read()
        whole = assembled(raw, store)
        refuse_odd(recorded)
        new, wrong = own_figures(whole.region, [recorded], NEW)
        behind = "" if wrong else lacking(whole.region.figures.observations.frame, new)[1]
        file = file_for(raw, table, recorded, FILE, behind)
        earlier = raw.files.get(file, (",".join(table.names) + "\n").encode())
        content = with_row(earlier, recorded)
        place = len(content.splitlines())
        after = assembled_with(store, raw, file, content, place)
        store.append(raw, {file: content})
    rows = after.region.figures.observations.frame
    written = (rows["file"].astype(str) == file.rpartition("/")[2]) & (rows["row"] == place)
    fresh = fresh_doubts(whole, after, recorded["indicator"])
    return Entered(str(rows.loc[written, "id"].iloc[0]), file, place, fresh)


def add_entry(store: Store, catalogue: str, id: str, cells: Cells) -> Entered:
    """Add one entry to a catalogue (`sources`, `indicators`, `industries`, `places`).

    `cells` are texts by column; a name in a language is `name.en`. Without an id one is made of
    the title or the name, and of the year in which it was published.

    Raises:
        SonghuaError: `entry_held`, where there is an entry of this id; all faults of the folder
            with the entry; those of the entry have its column.
    """
    table = schema.table(catalogue)
    with store.alone():
        raw = store.read()
        whole = assembled(raw, store).region
        refuse_odd(cells)
        ids = {*getattr(whole, catalogue), *((whole.code,) if catalogue == "places" else ())}
        if id in ids:
            raise SonghuaError(EntryHeld(column="id", id=id))
        id = id or named_by(cells, ids, "_" if catalogue == "indicators" else "-")
        before = raw.files.get(table.where, b"").rstrip()
        content = before + (b"\n\n" if before else b"") + _entry(table, id, cells)
        _checked(store, raw, table, content, id)
        store.append(raw, {table.where: content})
    return Entered(id, table.where, before.count(b"\n") + 3 if before else 1)


def named_by(cells: Cells, ids: set[str], gap: str = "-") -> str:
    """An id, made of the Latin letters of a title or a name and of its year, that is none yet.

    >>> named_by({"title": "Bulletin of the city", "published": "2024-03-01"}, set())
    'bulletin-of-the-city-2024'
    >>> named_by({"title": "统计公报"}, {"entry"})
    'entry-2'
    """
    title = " ".join(text for name, text in cells.items() if name.startswith(("title", "name")))
    words = [*dict.fromkeys(re.findall(r"[a-z0-9]+", title.lower()))]
    year = cells.get("published", "")[:4]
    words += [year] if year.isdecimal() and year not in words else []
    stem = gap.join(words)[:50].strip(gap)
    stem = stem if stem[:1].isalpha() else gap.join(filter(None, ("entry", stem)))
    names = (stem if n == 1 else f"{stem}{gap}{n}" for n in range(1, len(ids) + 2))
    return next(name for name in names if name not in ids)


def _as_recorded(cells: Cells) -> dict[str, str]:
    """Cells as they are recorded: what people write of a period, a unit or a number is read."""
    texts = {name: text.strip() for name, text in cells.items()}
    texts["period"] = spoken_period(texts.get("period", "")) or texts.get("period", "")
    texts["unit"] = spoken_unit(texts["unit"]) or texts["unit"] if texts.get("unit") else ""
    number = read_number(texts.get("value", ""))
    fits = number is not None and number.unit in ("", texts["unit"]) and not number.marks
    if number is not None and number.value and fits:
        if number.qualifier and texts.get("qualifier") not in ("", None, number.qualifier):
            raise SonghuaError(NumberUnreadable(column="value", text=texts["value"][:80]))
        texts["value"] = number.value
        texts["qualifier"] = number.qualifier or texts.get("qualifier", "")
    return texts


def refuse_odd(cells: Cells) -> None:
    """Refuse what cannot stand in one line.

    Raises:
        SonghuaError: `text_over_lines`, at each column with a break or a character unseen.
    """
    odd = [
        name
        for name, text in cells.items()
        if odd_characters(text) or any(mark in text for mark in "\r\n\x0b\x0c\x85\u2028\u2029")
    ]
    if odd:
        raise SonghuaError(*(TextOverLines(column=name) for name in odd))


def _entry(table: schema.TableSchema, id: str, cells: Cells) -> bytes:
    """An entry as TOML."""
    texts = {name: text.strip() for name, text in cells.items() if text.strip()}
    words: dict[str, dict[str, str]] = {}
    for name, text in texts.items():
        column, dot, lang = name.partition(".")
        if dot:
            words.setdefault(column, {})[lang] = text
    values = texts | words
    path = (table.table, id) if table.table else (id,)
    return entry(path, {name: values[name] for name in table.names if name in values}).encode()


def _checked(store: Store, raw: Raw, table: schema.TableSchema, content: bytes, id: str) -> Case:
    """The case with its new catalogue; a fault of the new entry has its column alone."""
    try:
        return assembled_with(store, raw, table.where, content, 0)
    except SonghuaError as error:
        raise SonghuaError(*(_of_entry(fault, table, id) for fault in error.faults)) from None


def _of_entry(fault: Fault, table: schema.TableSchema, id: str) -> Fault:
    path = f"{table.table}.{id}" if table.table else id
    if isinstance(fault, SlugUnreadable) and fault.text == id[:80]:
        return fault.at(column="id")
    if fault.file == table.where and fault.column.startswith(f"{path}."):
        return fault.at(column=fault.column.removeprefix(f"{path}."))
    return fault
