"""The tables of accounts, each with the class of its rows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from songhua.studies.accounts.rows import (
    AccountDraw,
    Cell,
    Industry,
    IndustryYear,
    Influence,
    LedgerRow,
    Member,
    MissingFigure,
    PayOrJobs,
    PerimeterPart,
    Tension,
)

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

TABLES: Mapping[str, type[DataclassInstance]] = {
    "cells": Cell,
    "industries": Industry,
    "influence": Influence,
    "tensions": Tension,
    "ledger": LedgerRow,
    "contradictions": Member,
    "missing_figures": MissingFigure,
    "perimeters": PerimeterPart,
    "pay_and_jobs": PayOrJobs,
    "years": IndustryYear,
    "draws": AccountDraw,
}
