"""What must hold of a register: firms with numbers of their own, certificates that end last."""

from __future__ import annotations

import pandas as pd

from songhua import schema
from songhua.checks.cells import repeated
from songhua.checks.places import row_of
from songhua.errors import Fault

CERTIFICATES = "register/certificates.csv"


def firms_numbered(firms: pd.DataFrame, file: str) -> list[Fault]:
    """A firm without a number, or whose number stands twice; the rows are those of the file.

    >>> rows = pd.DataFrame({"firm": ["F1", "", "F1"]})
    >>> [(fault.code, fault.row) for fault in firms_numbered(rows, "register/enterprises.csv")]
    [('value_missing', 3), ('row_repeats', 4)]
    """
    ids = firms["firm"].astype(str)
    faults = [
        Fault("value_missing", file=file, row=int(at) + 2, column="firm")
        for at in ids.index[(ids.str.strip() == "") | firms["firm"].isna()]
    ]
    for at in ids.index[ids.duplicated() & (ids != "")]:
        params = {"key": ids[at]}
        faults.append(Fault("row_repeats", file, int(at) + 2, "firm", params))
    return faults


def certificates_span(certificates: pd.DataFrame) -> list[Fault]:
    """Certificates that end before they begin, and those that stand twice."""
    faults: list[Fault] = []
    for _, row in certificates[certificates["until"] < certificates["since"]].iterrows():
        params = {"since": row["since"], "until": row["until"]}
        faults.append(Fault("certificate_span", CERTIFICATES, row_of(row), "until", params))
    key = schema.table("register_certificates").key
    return faults + repeated(certificates, key, CERTIFICATES)
