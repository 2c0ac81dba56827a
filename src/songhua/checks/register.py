"""What must hold of a register: certificates that end after they begin, each once."""

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


def certificates_span(certificates: pd.DataFrame) -> list[Fault]:
    """Certificates that end before they begin, and those that stand twice."""
    faults = [
        Fault("certificate_span", CERTIFICATES, one.row or None, "until",
              {"since": one.since, "until": one.until})
        for one in read_rows(certificates, Certificate) if one.until < one.since
    ]  # fmt: skip
    key = schema.table("register_certificates").key
    return faults + repeated(certificates, key, CERTIFICATES)
