"""Checks of a register: certificates that end after they begin, names of own columns."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from songhua import schema
from songhua.checks.fault_kinds import CertificateSpan, FirmIsTotal, OwnColumnNear, OwnColumnRead
from songhua.checks.places import LIMIT
from songhua.checks.table_cells import repeated
from songhua.checks.values import nearest
from songhua.errors import Fault
from songhua.fault_kinds import ValueMissing
from songhua.results import read_rows
from songhua.schema import former_names

CERTIFICATES = "register/certificates.csv"
#: Names of a row that adds up others.
TOTAL = re.compile(
    r"\s*(?:本页|全部|全市)?(?:合\s*计|总\s*计|小\s*计|共\s*计)\s*(?:[(（:：].*)?"
    r"|\s*(?:(?:grand|sub)[ -]?)?totals?\s*(?:[(:].*)?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Certificate:
    """A row of the certificates of a register: days as texts of their ISO form."""

    since: str
    until: str
    row: int = 0


def certificates_span(certificates: pd.DataFrame) -> list[Fault]:
    """Certificates that end before they begin, and those that stand twice."""
    faults = [
        CertificateSpan(CERTIFICATES, row.row or None, "until", since=row.since, until=row.until)
        for row in read_rows(certificates, Certificate)
        if row.until < row.since
    ]
    key = schema.table("register_certificates").key
    return faults + repeated(certificates, key, CERTIFICATES)


def totals(firms: pd.DataFrame, file: str) -> list[Fault]:
    """Rows that are no firm: a total or a subtotal of a table, by the words for it.

    >>> rows = pd.DataFrame({"firm": ["a", "合  计"], "row": [2, 3]})
    >>> [(one.code, one.row) for one in totals(rows, "enterprises.csv")]
    [('firm_is_total', 3)]
    """
    faults: list[Fault] = []
    for name in [column for column in ("firm", "name") if column in firms]:
        for at in np.flatnonzero(firms[name].str.fullmatch(TOTAL).to_numpy(dtype=bool))[:LIMIT]:
            text, row = str(firms[name].iloc[at])[:80], int(firms["row"].iloc[at])
            faults.append(FirmIsTotal(file, row, name, text=text))
    return faults


def own_columns(names: Iterable[str], read: Collection[str]) -> tuple[list[Fault], list[Fault]]:
    """Faults and warnings of the names that a register calls its own.

    A register cannot call a column its own if songhua reads it or once read it; a name near to a
    column that songhua reads is doubtful.

    >>> faults, warnings = own_columns(["staff", "stafff", "contact"], ["firm", "staff"])
    >>> [one.params["name"] for one in faults], [one.params["near"] for one in warnings]
    (['staff'], ['staff'])
    """
    faults: list[Fault] = []
    warnings: list[Fault] = []
    former = former_names.columns("register_enterprises")
    for name in names:
        if name in former:
            faults.append(former[name].fault(name))
        elif not name.strip():
            faults.append(ValueMissing())
        elif name in read:
            faults.append(OwnColumnRead(name=name))
        elif near := nearest(name, read):
            warnings.append(OwnColumnNear(name=name[:80], near=near))
    return faults, warnings
