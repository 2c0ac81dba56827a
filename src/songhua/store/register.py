"""A folder's register: firms with their facts, the certificates they hold, and all faults."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from types import MappingProxyType

from songhua.checks.register import certificates_span, own_columns
from songhua.errors import Fault, SonghuaError
from songhua.examples.register import ships
from songhua.fault_kinds import FileMissing, RegisterMissing
from songhua.reading.table_fault_kinds import RegisterSecretUnreadable, RegisterTwice
from songhua.rules.register import Register
from songhua.schema import Entry
from songhua.store import firms
from songhua.store.assembly import Assembly
from songhua.store.disk import bytes_below, bytes_of, is_there
from songhua.store.secret import drawn, undrawn, written
from songhua.store.source import CERTIFICATES, ENTERPRISES, REGISTER, SECRET, parsed
from songhua.store.writing import finish


def read(
    reading: Assembly,
    home: Path | None = None,
    asked: tuple[str, ...] = (),
    called: Mapping[str, str] = MappingProxyType({}),
) -> Register | None:
    """The register of a case, its faults noted; None where it has no enterprises.

    Its secret stands below `home`, beside the enterprises, and is drawn there when it is first
    asked for. The firms that come with songhua are invented, and have none to keep; nothing that a
    file says of itself makes others so. `asked` are rulebooks in place of those that the register
    names. `called` has what faults call files that stand in no folder.
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
        reading.faults.append(RegisterTwice(there[0], other=there[1]))
    statuses = asked or tuple(head.get("statuses") or ())
    try:
        own = _own(reading, head, statuses)
        found = firms.read(there[0], reading.raw.files[there[0]], statuses, own)
    except SonghuaError as error:
        reading.faults += error.faults
        return None
    on = date.fromisoformat(head["on"]) if head.get("on") else None
    files = reading.raw.files
    invented = ships({name: files[name] for name in (CERTIFICATES, *there) if name in files})
    secret = files.get(SECRET, b"")
    known = not undrawn(secret)
    if known and not written(secret):
        reading.faults.append(RegisterSecretUnreadable(SECRET))
    kept = partial(written, secret if known else b"00" * 16 * invented)
    if home is not None and not (known or invented):
        kept = partial(drawn, home, called.get(SECRET, SECRET))
    return Register(
        found.frame,
        certificates,
        invented,
        on,
        statuses,
        found.facts,
        kept,
        found.own,
        drawn=invented or known,
    )


def _own(reading: Assembly, head: Entry, statuses: tuple[str, ...]) -> list[str]:
    """The columns that are the register's own; what is wrong with their names is noted."""
    named = list(dict.fromkeys(head.get("own") or ()))
    read = firms.names_read(statuses) if named else []
    place = REGISTER, reading.raw.row(REGISTER, "register", "own"), "register.own"
    faults, warnings = own_columns(named, read)
    for noted, found in ((reading.faults, faults), (reading.warnings, warnings)):
        noted += [one.at(*place) for one in found]
    return [name for name in named if name not in read]


def read_alone(
    path: Path, statuses: tuple[str, ...] = ()
) -> tuple[Register, dict[str, str], tuple[Fault, ...]]:
    """The register in a folder that need be no region's, or in a file of firms.

    With it come the digests of its files, and warnings.

    Raises:
        SonghuaError: `register_missing`, `file_missing`, or every fault of its files.
    """
    whole = not path.is_dir()  # a file that a person named may be a link
    home = path.parent if whole else path
    finish(home)
    there = [name for name in ([path.name] if whole else ENTERPRISES) if is_there(home, name)]
    if not there:
        kind = RegisterMissing if path.is_dir() else FileMissing
        raise SonghuaError(kind(path.name))
    files = {name: bytes_of(path) if whole else bytes_below(home, name) for name in there}
    called: dict[str, str] = {}
    if whole:
        (data,) = files.values()
        files = {ENTERPRISES[data.startswith(b"PAR1")]: data}
        called = {name: Path(name).name for name in (CERTIFICATES, REGISTER, SECRET)}
        called |= dict.fromkeys(files, path.name)
    for name in (CERTIFICATES, REGISTER, SECRET):
        beside = called.get(name, name)
        if is_there(home, beside):
            files[name] = bytes_below(home, beside)
    raw = parsed(files, [])
    reading = Assembly(raw)
    found = read(reading, home, statuses, called)
    faults, warnings = (
        tuple(replace(one, file=called.get(one.file, one.file)) for one in told)
        for told in (reading.faults, reading.warnings)
    )
    if faults or found is None:
        raise SonghuaError(*faults)
    return found, raw.digests(), warnings
