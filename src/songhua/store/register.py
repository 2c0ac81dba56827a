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
    chosen: tuple[str, ...] = (),
    called: Mapping[str, str] = MappingProxyType({}),
) -> Register | None:
    """The register of a case, its faults noted; None where it has no enterprises.

    Its secret stands below `home`, beside the enterprises, and is drawn there when it is first
    asked for. The firms that come with songhua are invented, and have none to keep; nothing that a
    file says of itself makes others so. `chosen` are rulebooks in place of those that the register
    names. `called` has what faults call files that stand in no folder.
    """
    reading.allow_only(REGISTER, "register")
    head = reading.table_entry(REGISTER, "register", "register") or {}
    parsed_certificates = reading.csv(CERTIFICATES, "register_certificates")
    certificates = None if parsed_certificates is None else parsed_certificates.frame()
    if certificates is not None:
        reading.faults += certificates_span(certificates)
        certificates = certificates.drop(columns="row")
    present = [name for name in ENTERPRISES if name in reading.raw.files]
    if not present:
        return None
    if len(present) > 1:
        reading.faults.append(RegisterTwice(present[0], other=present[1]))
    statuses = chosen or tuple(head.get("statuses") or ())
    try:
        own_names = _own_names(reading, head, statuses)
        enterprises = firms.read(present[0], reading.raw.files[present[0]], statuses, own_names)
    except SonghuaError as error:
        reading.faults += error.faults
        return None
    on = date.fromisoformat(head["on"]) if head.get("on") else None
    files = reading.raw.files
    invented = ships({name: files[name] for name in (CERTIFICATES, *present) if name in files})
    secret = files.get(SECRET, b"")
    has_secret = not undrawn(secret)
    if has_secret and not written(secret):
        reading.faults.append(RegisterSecretUnreadable(SECRET))
    draw = partial(written, secret if has_secret else b"00" * 16 * invented)
    if home is not None and not (has_secret or invented):
        draw = partial(drawn, home, called.get(SECRET, SECRET))
    return Register(
        enterprises.frame,
        certificates,
        invented,
        on,
        statuses,
        enterprises.facts,
        draw,
        enterprises.own_columns,
        drawn=invented or has_secret,
    )


def _own_names(reading: Assembly, head: Entry, statuses: tuple[str, ...]) -> list[str]:
    """The columns that are the register's own; what is wrong with their names is noted."""
    columns = list(dict.fromkeys(head.get("own") or ()))
    read = firms.names_read(statuses) if columns else []
    place = REGISTER, reading.raw.row(REGISTER, "register", "own"), "register.own"
    faults, warnings = own_columns(columns, read)
    for noted, issues in ((reading.faults, faults), (reading.warnings, warnings)):
        noted += [issue.at(*place) for issue in issues]
    return [name for name in columns if name not in read]


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
    present = [name for name in ([path.name] if whole else ENTERPRISES) if is_there(home, name)]
    if not present:
        kind = RegisterMissing if path.is_dir() else FileMissing
        raise SonghuaError(kind(path.name))
    files = {name: bytes_of(path) if whole else bytes_below(home, name) for name in present}
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
    firms_register = read(reading, home, statuses, called)
    faults, warnings = (
        tuple(replace(issue, file=called.get(issue.file, issue.file)) for issue in issues)
        for issues in (reading.faults, reading.warnings)
    )
    if faults or firms_register is None:
        raise SonghuaError(*faults)
    return firms_register, raw.digests(), warnings
