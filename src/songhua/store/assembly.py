"""Assembly of a case: raw tables understood one by one, with every fault found on the way."""

from __future__ import annotations

import pandas as pd

from songhua import schema
from songhua.checks import table_cells, values
from songhua.fault_kinds import NotATable
from songhua.reading import catalogues, tables
from songhua.reading.encoding import unended
from songhua.reading.table_fault_kinds import RegisterUnended, TableMissing
from songhua.schema import Catalogue, Entry
from songhua.store import rulebooks
from songhua.store.source import NEEDED, Raw

CATALOGUES = ("sources", "indicators", "industries", "entities", "places")


class Assembly:
    """Entries and tables of a source by their schema; `faults` gathers all that is wrong.

    `warnings` gathers what is doubtful. `labels` are those that exist, by catalogue, and
    `sound` those whose entry is sound too: all that is readable is read on, for all faults are
    reported at once. `unread` are the tables of which rows or entries are faulty, by their schema.
    """

    def __init__(self, raw: Raw) -> None:
        """Nothing is read yet but the labels."""
        self.raw = raw
        self.labels = _labels(raw)
        self.sound = {name: {*self.labels.get(name, ())} for name in (*CATALOGUES, *self.labels)}
        self.unread: set[str] = set()
        self._lost = {fault.file for fault in raw.faults}
        self.faults = list(raw.faults)
        self.warnings = [
            # a row and its text would say how many firms there are, or the secret itself
            RegisterUnended(file) if file in raw.within("register") else warning
            for file, data in raw.files.items()
            for warning in unended(data, file)
        ]

    def entries(self, file: str, schema_name: str, under: str = "") -> Catalogue:
        """The entries of one catalogue, its faults noted; none where the file is absent."""
        document = self.raw.documents.get(file)
        if document is None:
            self._absent(file, schema_name)
            return {}
        data = document.data.get(under, {}) if under else document.data
        if not isinstance(data, dict):
            self.faults.append(NotATable(file, None, under, text=str(data)[:80]))
            return {}
        table = schema.table(schema_name)
        entries, faults = catalogues.entries(document, data, table, self.labels, under)
        self.faults += faults
        if faults:
            self.unread.add(schema_name)
            self.sound[schema_name] = self.sound.get(schema_name, set()) - ({*data} - {*entries})
        return entries

    def _absent(self, file: str, schema_name: str) -> None:
        """Note a table that is there, or must be, and could not be read."""
        if file in self._lost:
            self.unread.add(schema_name)

    def table_entry(self, file: str, schema_name: str, name: str) -> Entry | None:
        """The one table `[name]` of a file."""
        document = self.raw.documents.get(file)
        if document is None:
            return None
        data = document.data.get(name)
        if not isinstance(data, dict):
            self.faults.append(TableMissing(file, name=name))
            return None
        table = schema.table(schema_name)
        entry, faults = catalogues.one_entry(document, (name,), data, table, self.labels)
        self.faults += faults
        return entry

    def allow_only(self, file: str, *allowed: str) -> None:
        """Note every other table that a document has."""
        document = self.raw.documents.get(file)
        for name in document.data if document else ():
            if name not in allowed:
                wrong = values.unknown(name, allowed)
                row = self.raw.row(file, name)
                self.faults.append(wrong.at(file, row, ""))

    def csv(self, file: str, schema_name: str) -> tables.Parsed | None:
        """The sound rows of one CSV table, the others' faults noted; None where it has none."""
        if file not in self.raw.files:
            self._absent(file, schema_name)
            return None
        data = self.raw.files[file]
        parsed = tables.read(data, file, schema.table(schema_name), self.labels)
        self.faults += parsed.faults
        if not self.faults:
            return parsed
        sound = tables.sound(parsed, self.sound)
        if parsed.faults or sound is not parsed:
            self.unread.add(schema_name)
        return sound if len(sound.rows) else None

    def many(self, folder: str) -> list[tables.Parsed]:
        """The tables of a folder whose files are all of one sort."""
        parts = [self.csv(name, folder) for name in self.raw.within(folder)]
        return [part for part in parts if part is not None]

    def frame(self, file: str, schema_name: str) -> pd.DataFrame:
        """A small CSV table as text, with its row numbers; repeated keys are noted."""
        table = schema.table(schema_name)
        parsed = self.csv(file, schema_name)
        if parsed is None:
            return pd.DataFrame(columns=[*table.names, "row"], dtype="str")
        frame = parsed.frame()
        self.faults += table_cells.repeated(frame, table.key, file)
        return frame


def _labels(raw: Raw) -> dict[str, set[str]]:
    """The labels that exist, by catalogue, before any entry is checked.

    A catalogue that is needed and absent, or cannot be read, is left out: one fault says so, and
    the labels that it would hold are not judged.
    """
    labels: dict[str, set[str]] = {"rulebooks": set(rulebooks.names())}
    for name in ("sources", "indicators", "industries", "entities"):
        document = raw.documents.get(f"{name}.toml")
        whole = {"all"} if name == "industries" else set()
        if document is not None:
            labels[name] = {*document.data} | whole
        elif f"{name}.toml" not in (*raw.files, *NEEDED):
            labels[name] = whole
    document = raw.documents.get("region.toml")
    if document is None:
        return labels
    head, places = document.data.get("region", {}), document.data.get("places", {})
    code = head.get("code") if isinstance(head, dict) else None
    labels["places"] = set(places) if isinstance(places, dict) else set()
    labels["places"] |= {code} if isinstance(code, str) else set()
    return labels
