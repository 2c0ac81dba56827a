"""The tables of certify, each with the class of its rows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from songhua.studies.certify.counts import (
    ExpiringCertificate,
    ExpiryCount,
    FirmCount,
    FirmVerdict,
    StageCount,
)
from songhua.studies.certify.published import PublishedCount

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

TABLES: Mapping[str, type[DataclassInstance]] = {
    "verdicts": FirmVerdict,
    "pipeline": StageCount,
    "expiring_certificates": ExpiringCertificate,
    "expiry_counts": ExpiryCount,
    "counts": FirmCount,
    "published": PublishedCount,
}
