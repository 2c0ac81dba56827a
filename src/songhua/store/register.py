"""A folder's register: firms with their facts, the certificates they hold, and all faults."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

from songhua.checks.register import certificates_span
from songhua.errors import Fault, SonghuaError
from songhua.rules.register import Register
from songhua.store import firms
from songhua.store.assembly import Assembly
from songhua.store.disk import bytes_of
from songhua.store.source import CERTIFICATES, ENTERPRISES, REGISTER, parsed


def read(reading: Assembly, asked: tuple[str, ...] = ()) -> Register | None:
    """The register of a case, its faults noted; None where it has no enterprises.

    `asked` are rulebooks in place of those that the register names.
    """
    reading.only(REGISTER, "register")
    head = reading.one(REGISTER, "register", "register") or {}
    held = reading.csv(CERTIFICATES, "register_certificates")
    certificates = None if held is None else held.frame()
    if certificates is not None:
        reading.faults += certificates_span(certificates)
        certificates = certificates.drop(columns="row")
    there = [name for name in ENTERPRISES if name in reading.raw.files]
    if not there:
        return None
    if len(there) > 1:
        reading.faults.append(Fault("register_twice", there[0], params={"other": there[1]}))
    statuses = asked or tuple(head.get("statuses") or ())
    try:
        found = firms.read(there[0], reading.raw.files[there[0]], statuses)
    except SonghuaError as error:
        reading.faults += error.faults
        return None
    on = date.fromisoformat(head["on"]) if head.get("on") else None
    invented = "invented" in found.frame.columns
    return Register(found.frame, certificates, invented, on, statuses, found.facts)


def read_alone(path: Path, statuses: tuple[str, ...] = ()) -> tuple[Register, dict[str, str]]:
    """The register in a folder that need be no region's, or in a file of firms, with digests.

    Raises:
        SonghuaError: `register_missing`, `file_missing`, or every fault of its files.
    """
    home = path / "register" if path.is_dir() else path.parent
    names = [Path(name).name for name in ENTERPRISES] if path.is_dir() else [path.name]
    there = [home / name for name in names if os.path.lexists(home / name)]
    if not there:
        code = "register_missing" if path.is_dir() else "file_missing"
        raise SonghuaError(Fault(code, file=path.name))
    files = {f"register/{file.name}": bytes_of(file) for file in there}
    if not path.is_dir():
        (data,) = files.values()
        files = {ENTERPRISES[data.startswith(b"PAR1")]: data}
    for name in (CERTIFICATES, REGISTER):
        if os.path.lexists(beside := home / Path(name).name):
            files[name] = bytes_of(beside, name)
    raw = parsed(files, [])
    reading = Assembly(raw)
    found = read(reading, statuses)
    if reading.faults or found is None:
        raise SonghuaError(*reading.faults)
    return found, raw.digests()
