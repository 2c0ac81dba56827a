"""The tables of claims, each with the class of its rows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from songhua.studies.claims.rows import CheckedClaim, CheckedNumber

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

TABLES: Mapping[str, type[DataclassInstance]] = {
    "claims": CheckedClaim,
    "claim_numbers": CheckedNumber,
}
