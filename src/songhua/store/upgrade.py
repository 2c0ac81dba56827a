"""Upgrade of a folder that an earlier version wrote: today's names, all of them or none."""

from __future__ import annotations

from fnmatch import fnmatchcase

from songhua import schema
from songhua.errors import SonghuaError
from songhua.reading.encoding import clean
from songhua.reading.renaming import Renamed, in_csv, in_toml
from songhua.schema import former_names
from songhua.store.port import Store
from songhua.store.source import Raw

MARK = b"\xef\xbb\xbf"


def upgrade_folder(store: Store) -> tuple[Renamed, ...]:
    """Write today's names into a folder, and say what was renamed; nothing else is touched.

    A folder with today's names stays as it is, and so does one that is dry. A process that is
    killed while it writes leaves each file old or new; the next upgrade does what is left.

    Raises:
        SonghuaError: `folder_missing`, every file that cannot be read, `column_repeats`,
            `upgrade_unreadable`, `system_refused` or `lock_held`; nothing is written then.
    """
    renamed, _ = _renamed(store.read())
    if renamed:
        with store.alone():
            raw = store.read()
            renamed, files = _renamed(raw)
            store.revise(raw, files)
    return renamed


def _renamed(raw: Raw) -> tuple[tuple[Renamed, ...], dict[str, bytes]]:
    """Names to be replaced, and the files that change with their new content."""
    faults = list(raw.faults)
    renamed: list[Renamed] = []
    files: dict[str, bytes] = {}
    read = [name for name in raw.files if name in raw.documents or not name.endswith(".toml")]
    for id in former_names.tables():
        table = schema.table(id)
        for file in (name for name in read if fnmatchcase(name, table.where)):
            data = files.get(file, raw.files[file])
            try:
                text = clean(data, file).decode("utf-8")
                outcome = (in_toml if file.endswith(".toml") else in_csv)(file, text, table)
            except SonghuaError as error:
                faults += [fault for fault in error.faults if fault not in faults]
                continue
            if outcome.renamed:
                mark = MARK if data.startswith(MARK) else b""
                files[file] = mark + outcome.text.encode()
                renamed += outcome.renamed
    if faults:
        raise SonghuaError(*faults)
    return tuple(renamed), files
