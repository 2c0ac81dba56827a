"""A folder's register: firms with their facts, the certificates they hold, and all faults."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

from songhua.checks.register import certificates_span, firms_numbered
from songhua.errors import Fault, SonghuaError
from songhua.rules.register import Register
from songhua.store.assembly import Assembly
from songhua.store.disk import bytes_of
from songhua.store.firms import firms
from songhua.store.source import CERTIFICATES, ENTERPRISES, REGISTER, parsed


def read(reading: Assembly) -> Register | None:
    """The register of a case, its faults noted; None where it has no enterprises."""
    reading.only(REGISTER, "register")
    head = reading.one(REGISTER, "register", "register") or {}
    held = reading.csv(CERTIFICATES, "register_certificates")
    file = next((name for name in ENTERPRISES if name in reading.raw.files), None)
    if file is None:
        return None
    statuses = tuple(head.get("statuses") or ())
    try:
        frame = firms(file, reading.raw.files[file], statuses)
    except SonghuaError as error:
        reading.faults += error.faults
        return None
    reading.faults += firms_numbered(frame, file)
    certificates = None if held is None else held.frame()
    if certificates is not None:
        reading.faults += certificates_span(certificates)
        certificates = certificates.drop(columns="row")
    on = date.fromisoformat(head["on"]) if head.get("on") else None
    return Register(frame, certificates, "invented" in frame.columns, on, statuses)


def read_alone(path: Path) -> tuple[Register, dict[str, str]]:
    """The register in a folder that need be no region's, or in a file of firms, with digests.

    Raises:
        SonghuaError: `register_missing`, `file_missing`, or every fault of its files.
    """
    home = path / "register" if path.is_dir() else path.parent
    names = [Path(name).name for name in ENTERPRISES] if path.is_dir() else [path.name]
    file = next((home / name for name in names if os.path.lexists(home / name)), None)
    if file is None:
        code = "register_missing" if path.is_dir() else "file_missing"
        raise SonghuaError(Fault(code, file=path.name))
    files = {f"register/enterprises{file.suffix}": bytes_of(file)}
    for name in (CERTIFICATES, REGISTER):
        if os.path.lexists(beside := home / Path(name).name):
            files[name] = bytes_of(beside, name)
    raw = parsed(files, [])
    reading = Assembly(raw)
    found = read(reading)
    if reading.faults or found is None:
        raise SonghuaError(*reading.faults)
    return found, raw.digests()
