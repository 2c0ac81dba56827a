"""Facts of the firms of a file that contradict one another, each at its row."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pandas as pd

from songhua.errors import Fault
from songhua.reading import csv_rows, tables
from songhua.rules.fact_relations import contradiction_fault, contradictions
from songhua.rules.facts import Fact


def contradicting(frame: pd.DataFrame, facts: Mapping[str, Fact], file: str) -> list[Fault]:
    """The facts of a firm that contradict one another, at its row."""
    numbers = {
        id: frame[id].to_numpy(dtype=float)
        for id, fact in facts.items()
        if fact.type in ("number", "whole")
    }
    rows, faults = frame["row"].to_numpy(), list[Fault]()
    for clash in contradictions(facts, numbers, numbers):
        for at in clash.firms[: csv_rows.REPEATS].tolist():
            faults.append(
                replace(contradiction_fault(clash, numbers, at), file=file, row=int(rows[at]))
            )
        faults += tables.more(file, clash.fact.id, rows[clash.firms])
    return faults
