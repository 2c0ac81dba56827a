"""What must hold of a register: firms with numbers of their own, certificates that end last."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from songhua import schema
from songhua.checks.cells import repeated
from songhua.errors import Fault
from songhua.results import read_rows

CERTIFICATES = "register/certificates.csv"


@dataclass(frozen=True, slots=True)
class Certificate:
    """A row of the certificates of a register: days as texts of their ISO form."""

    since: str
    until: str
    row: int = 0


def firms_numbered(firms: pd.DataFrame, file: str) -> list[Fault]:
    """A firm without a number, or whose number stands twice; the rows are those of the file.

    >>> rows = pd.DataFrame({"firm": ["F1", "", "F1"]})
    >>> [(fault.code, fault.row) for fault in firms_numbered(rows, "register/enterprises.csv")]
    [('value_missing', 3), ('row_repeats', 4)]
    """
    column = firms["firm"]
    ids = column.astype(str)
    faults = [
        Fault("value_missing", file=file, row=int(at) + 2, column="firm")
        for at in ids.index[(ids.str.strip() == "") | column.isna()]
    ]
    for at in ids.index[ids.duplicated() & (ids != "")]:
        params = {"key": ids[at]}
        faults.append(Fault("row_repeats", file, int(at) + 2, "firm", params))
    return faults


def certificates_span(certificates: pd.DataFrame) -> list[Fault]:
    """Certificates that end before they begin, and those that stand twice."""
    faults = [
        Fault("certificate_span", CERTIFICATES, one.row or None, "until",
              {"since": one.since, "until": one.until})
        for one in read_rows(certificates, Certificate) if one.until < one.since
    ]  # fmt: skip
    key = schema.table("register_certificates").key
    return faults + repeated(certificates, key, CERTIFICATES)
