"""What departments reported: beside the published figures, and never among them.

The newest answer on a thing counts, older ones stay in the table. A reported figure stands for a
target only where nothing is published, and the target says so. The state of a task or milestone
is that of the newest word on it, be it the plan's row or a report.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from songhua.labels import parse_period, parse_unit
from songhua.labels.units import factor
from songhua.maths.bounds import from_print
from songhua.region import Region
from songhua.studies.series import Figures
from songhua.studies.track.resolved_targets import ResolvedTarget
from songhua.studies.track.target_series import LABELS, Figure, Series, scaled, series, surely, tidy

Row = dict[str, Any]
THING = ("sort", "indicator", *LABELS, "item")
STATES = {"done": "done", "planned": "not_done", "under_way": "not_done", "stopped": "stopped"}


@dataclass(frozen=True)
class Reports:
    """All answers of the departments, the newest first."""

    rows: tuple[Mapping[str, str], ...]

    @classmethod
    def of(cls, region: Region) -> Reports:
        """The reports that a region holds."""
        found = [
            {str(key): str(value) for key, value in row.items()}
            for row in region.reviews.to_dict("records")
        ]
        return cls(tuple(sorted(found, key=lambda row: row["received"], reverse=True)))

    @cached_property
    def newest(self) -> dict[tuple[str, ...], Mapping[str, str]]:
        """The newest answer on each thing: of a figure for each period of its own."""
        found: dict[tuple[str, ...], Mapping[str, str]] = {}
        for row in self.rows:
            found.setdefault(_thing(row), row)
        return found

    def figures(self, aim: ResolvedTarget) -> list[Figure]:
        """The newest reported figures of a target's series within its time, in its unit."""
        return sorted(
            (_figure(row, aim.unit) for row in self.newest.values() if _speaks(row, aim)),
            key=lambda figure: (figure.end, figure.start),
        )

    def row(self, figure: Figure) -> Mapping[str, str]:
        """The report that a reported figure is."""
        return next(row for row in self.rows if _id(row) == figure.ids[0])

    def stands(self, row: Mapping[str, str], sort: str) -> Mapping[str, str] | None:
        """The report that is newer than a row of the plan's tasks or milestones, if one is."""
        entity, item = ("", row["id"]) if sort == "task" else (row["project"], row["item"])
        key = {"sort": sort, "entity": entity, "item": item}
        told = self.newest.get(_thing({**dict.fromkeys(THING, ""), "review": "", **key}))
        return told if told is not None and told["received"][:10] >= row["recorded"] else None


def _thing(row: Mapping[str, str]) -> tuple[str, ...]:
    """What a report is about."""
    period = row["review"] if row["sort"] == "figure" else ""
    return (*(row[name] for name in THING), period)


def _id(row: Mapping[str, str]) -> str:
    """File and row of a report."""
    return f"{row['file']}:{row['row']}"


def _speaks(row: Mapping[str, str], aim: ResolvedTarget) -> bool:
    """Whether a report gives a figure of a target's series within its time."""
    if row["sort"] != "figure" or row["indicator"] != aim.indicator:
        return False
    same = all((row[name] or _usual(name, aim)) == aim.place[name] for name in LABELS)
    return same and aim.start < parse_period(row["review"]).end <= aim.period.end


def _usual(name: str, aim: ResolvedTarget) -> str:
    """What a blank label of a report means."""
    return {"region": aim.place["region"], "industry": "all"}.get(name, "")


def _figure(row: Mapping[str, str], unit: str) -> Figure:
    """A reported number in a unit, with its rounding bound."""
    own, wanted = parse_unit(row["unit"]), parse_unit(unit)
    scale = factor(own, wanted) if own.dimension == wanted.dimension else 1.0
    exact = own.counted and "." not in row["value"]
    bound = from_print(row["value"], row["qualifier"], exact)
    value, bound = tidy(float(row["value"]) * scale), scaled(bound, scale)
    sure = surely(value, bound, row["qualifier"], row["value"])
    period = parse_period(row["review"])
    return Figure(
        value, bound, sure, row["review"], period.start, period.end, (_id(row),),
        exact and not row["qualifier"],
    )  # fmt: skip


def with_reports(found: Series, told: Sequence[Figure], aim: ResolvedTarget) -> Series:
    """The published figures up to the base, and of the target's own time those reported."""
    base = [figure for figure in found.figures if figure.end <= aim.start]
    return Series(tuple(sorted([*base, *told], key=lambda figure: (figure.end, figure.start))))


def beside(told: Sequence[Figure], reports: Reports) -> Row:
    """The last reported figure of a target, for its row; blank where there is none."""
    if not told:
        return {}
    last = told[-1]
    row = reports.row(last)
    return {
        "reported": last.value, "reported_low": last.bound.low, "reported_high": last.bound.high,
        "reported_period": last.period, "reported_by": row["reporter"],
        "reported_on": row["received"][:10], "report": last.ids[0],
    }  # fmt: skip


def reported(facts: Figures, reports: Reports, works: Mapping[str, Sequence[Row]]) -> list[Row]:
    """A row a report, the newest first, with what became of it.

    `works` holds the rows of the plan by sort, `task` and `milestone`.
    """
    return [_told(row, facts, reports, works) for row in reports.rows]


def _told(
    row: Mapping[str, str], facts: Figures, reports: Reports, works: Mapping[str, Sequence[Row]]
) -> Row:
    made: Row = {name: row[name] for name in (
        "sort", "department", "reporter", *THING[1:], "unit", "qualifier", "kind", "state",
        "done_on", "evidence", "note",
    )}  # fmt: skip
    made |= {"period": row["review"], "received": row["received"], "report": _id(row)}
    newest = reports.newest[_thing(row)] is row
    if row["sort"] == "figure":
        return made | _held_against(row, facts, newest)
    if not newest:
        return made | {"use": "older"}
    own = [one for one in works[row["sort"]] if _about(one, row)]
    if not own:
        return made | {"use": "gone"}
    counts = any(reports.stands(one, row["sort"]) is row for one in own)
    return made | {"use": "counts" if counts else "overtaken"}


def _about(one: Row, row: Mapping[str, str]) -> bool:
    """Whether a row of the plan is what a report speaks of."""
    if row["sort"] == "task":
        return one["id"] == row["item"]
    return (one["project"], one["item"]) == (row["entity"], row["item"])


def _held_against(row: Mapping[str, str], facts: Figures, newest: bool) -> Row:
    """A reported figure beside the one published for the same period."""
    unit, own = row["unit"], _figure(row, row["unit"])
    place = {name: row[name] for name in LABELS}
    place |= {"region": row["region"] or facts.region.code, "industry": row["industry"] or "all"}
    made: Row = {"value": own.value, "low": own.bound.low, "high": own.bound.high, "unit": unit}
    public = series(facts, row["indicator"], place, unit).at(row["review"])
    if public is not None:
        made |= {"published": public.value, "observations": " ".join(public.ids)}
    if not newest:
        return made | {"use": "older"}
    if public is None:
        return made | {"use": "alone"}
    same = public.bound.overlaps(own.bound)
    return made | {"use": "agrees" if same else "differs"}


def overlaid(row: Row, told: Mapping[str, str] | None, sort: str) -> Row:
    """A row of the plan's tasks or milestones with the state that was last reported.

    `reported_by` and `reported_on` are blank where the plan's row is the last word.
    """
    if told is None:
        return {**row, "reported_by": "", "reported_on": ""}
    made = {**row, "reported_by": told["reporter"], "reported_on": told["received"][:10]}
    if sort == "task":
        return made | {
            "status": told["state"] or "unknown", "done_on": told["done_on"],
            "evidence": told["evidence"],
        }  # fmt: skip
    return made | {
        "state": STATES.get(told["state"], "unknown"), "actual": told["done_on"],
        "evidence": told["evidence"],
    }  # fmt: skip


def each(rows: Iterable[Row], reports: Reports, sort: str) -> list[Row]:
    """The rows of the plan's tasks or milestones, each as last reported."""
    return [overlaid(row, reports.stands(row, sort), sort) for row in rows]
