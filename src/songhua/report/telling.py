"""What the documents share: sources by number, targets in words, and their order."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

import pandas as pd

from songhua.plan.schemes import classes
from songhua.plan.target_writer import written
from songhua.report.blocks import Block, Grid, Heading
from songhua.report.numbers import known
from songhua.report.tracked import named, pace, told
from songhua.report.view import View

Row = dict[Any, Any]
DASH = "–"


@dataclass
class Sources:
    """The sources in the order in which the report names them, from 1."""

    view: View
    numbers: dict[str, int] = field(default_factory=dict)

    def of(self, observations: str, *more: str) -> str:
        """The numbers of the sources of observations, such as `[1][3]`."""
        ids = [str(self.view.observations.loc[id, "source"]) for id in observations.split()
               if id in self.view.observations.index]  # fmt: skip
        found = {self.numbers.setdefault(id, len(self.numbers) + 1) for id in (*ids, *more) if id}
        return "".join(f"[{n}]" for n in sorted(found))


def lines(frame: pd.DataFrame) -> list[Row]:
    """The rows of a table by column."""
    return frame.to_dict("records")


def or_zero(value: Any) -> float:
    """A number to sort by."""
    return float(value) if known(value) else 0.0


def listed(view: View, rows: Iterable[Row]) -> str:
    """The names of several targets; each has commas of its own."""
    return view.say("month_semicolon").join(named(view, row) for row in rows)


def order(row: Row) -> tuple[int, float, str]:
    """What targets are sorted by: those that lag first."""
    return (classes()[row["progress_class"]].order, or_zero(row["lead"]), row["target"])


def behind(row: Row) -> bool:
    """Whether a target lags or was missed."""
    return classes()[row["progress_class"]].behind


def printed(view: View, row: Row) -> str:
    """The target as printed, and in the reader's language where that differs."""
    said = in_own_words(view, row)
    return f"{row['text']} ({said})" if said else row["text"]


def in_own_words(view: View, row: Row) -> str:
    """The target in the reader's language, where the plan prints it in another; else blank."""
    if any("\u4e00" <= c <= "\u9fff" for c in row["text"]) == (view.lang == "zh"):
        return ""
    assert view.plan is not None
    return written(view.plan.target_by_id[row["target"]].target, view.lang, view.show)


def reached(row: Row) -> bool:
    """Whether the latest figure of a level stands where it should; growth may still fall back."""
    growing = row["path"] in ("year", "growth", "cumulative")
    return not growing and row["accepted_low"] <= row["latest"] <= row["accepted_high"]


def points(unit: str) -> str:
    """The unit of a difference."""
    return "pp" if unit == "%" else unit


def gap(view: View, row: Row) -> str:
    """Goal less the latest figure."""
    return view.show(row["gap"], points(row["unit"])) if known(row["gap"]) else DASH


def latest(view: View, row: Row) -> str:
    """The latest figure with its time; what was reported stands beside it, with its mark."""
    parts = []
    if known(row["latest"]):
        shown = view.show(row["latest"], row["unit"], row["latest_low"], row["latest_high"])
        parts.append(f"{shown} ({view.period(row['latest_period'])})")
    if row["report"]:
        parts.append(told(view, row))
    return view.say("month_semicolon").join(parts) or DASH


def still_required(view: View, row: Row) -> str:
    """The pace that still leads to the goal; a dash where it is reached."""
    if known(row["required"]):
        return pace(view, row["pace_unit"], row["required"], row["unit"])
    return DASH if known(row["gap"]) and reached(row) else view.say("month_no_pace")


def without_blank(grid: Grid) -> tuple[Grid, list[str]]:
    """The table without columns that hold no figure, and the names of those.

    >>> slim, lacking = without_blank(Grid("t", ("a", "b", "c"), (("x", "–", "1"),), frozenset({2})))
    >>> slim.headings, slim.rows, sorted(slim.numeric), lacking
    (['a', 'c'], [['x', '1']], [1], ['b'])
    """  # noqa: E501
    columns = range(len(grid.headings))
    held = [at for at in columns if any(row[at] != DASH for row in grid.rows)]
    rows = [[row[at] for at in held] for row in grid.rows]
    numeric = frozenset(new for new, at in enumerate(held) if at in grid.numeric)
    lacking = [grid.headings[at] for at in columns if at not in held]
    heads = [grid.headings[at] for at in held]
    return replace(grid, headings=heads, rows=rows, numeric=numeric), lacking


def source_list(view: View, sources: Sources) -> Iterable[Block]:
    """The sources by number, with publisher, date and grade."""
    cells = [
        [
            f"[{n}]", str(view.region.sources[id]["title"]),
            str(view.region.sources[id]["publisher"]),
            view.period(str(view.region.sources[id].get("published") or "")) or DASH,
            view.choice("grade", view.region.grade(id)),
        ]
        for id, n in sources.numbers.items()
    ]  # fmt: skip
    heads = view.heading("n", "title", "publisher", "published", "grade")
    return [Heading(1, view.say("month_sources")), Grid(view.say("month_sources"), heads, cells)]
