"""What a reader of the tracking must know, as findings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

import pandas as pd

from songhua.results import Finding

BEHIND = ("lagging", "behind", "missed")


def told(tables: Mapping[str, pd.DataFrame], day: date) -> Iterator[Finding]:
    """Lagging ones first, by nature; then what cannot be assessed, and what is late."""
    targets = tables["targets"]
    for nature in ("binding", "anticipatory", ""):
        rows = targets[(targets["nature"] == nature) & targets["progress_class"].isin(BEHIND)]
        if len(rows):
            yield Finding(
                "targets_behind",
                {"nature": nature, "n": len(rows), "list": ", ".join(rows["target"])},
                _ids(rows),
            )
    yield from _unassessed(targets)
    assumed = targets[targets["assumptions"] != ""]
    if len(assumed):
        params = {"n": len(assumed), "of": len(targets)}
        yield Finding("targets_read_by_judgement", params)
    weak = targets[targets["record_pinball"] >= targets["record_pinball_naive"]]
    if len(weak):
        yield Finding("outlook_no_better", {"n": len(weak), "list": ", ".join(weak["target"])})
    yield from _late(tables, day)
    yield from _reported(tables)


def _reported(tables: Mapping[str, pd.DataFrame]) -> Iterator[Finding]:
    """Reports that stand where nothing is published, and those that contradict what is."""
    rows = tables["targets"]
    rows = rows[rows["basis"] == "reported"]
    if len(rows):
        yield Finding("targets_by_report", {"n": len(rows), "list": ", ".join(rows["target"])})
    told = tables["reported"]
    for row in told[told["use"] == "differs"].to_dict("records"):
        names = ("indicator", "period", "reporter", "department", "unit")
        params = {str(name): row[name] for name in names}
        params |= {
            "value": row["value"],
            "actual": row["published"],
            "received": row["received"][:10],
        }
        yield Finding("report_differs", params, tuple(row["observations"].split()))


def _ids(rows: pd.DataFrame) -> tuple[str, ...]:
    return tuple(dict.fromkeys(id for text in rows["observations"] for id in text.split()))


def _unassessed(targets: pd.DataFrame) -> Iterator[Finding]:
    """Targets that could not be classed, by what is missing."""
    for missing, rows in targets[targets["progress_class"] == "no_data"].groupby(
        "missing", sort=True
    ):
        params = {"missing": missing, "n": len(rows), "list": ", ".join(rows["target"])}
        yield Finding("targets_not_assessable", params, _ids(rows))


def _late(tables: Mapping[str, pd.DataFrame], day: date) -> Iterator[Finding]:
    """Tasks and milestones that are due and not known to be done."""
    for name, label in (("measures", "measure"), ("milestones", "project")):
        rows = tables[name]
        for state in ("late", "no_report"):
            late = rows[rows["state"] == state]
            if len(late):
                listed = ", ".join(dict.fromkeys(late[label]))
                params = {"n": len(late), "list": listed, "day": day.isoformat()}
                yield Finding(f"{name}_{state}", params)
