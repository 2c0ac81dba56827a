"""The levers of what if in a form: each with a slider, a number and the assumption."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from songhua.document import targets
from songhua.format.numbers import attach, known, unit_name
from songhua.format.view import View
from songhua.session.what_if import Changed, WhatIf
from songhua.studies.simulate.levers import LOCAL, Lever
from songhua.web.asked_otherwise import FASTER, MOST_FASTER, SET, TARGET

#: Levers of a project that have words of their own.
WORDED = ("delay", "realised", "local")
#: Levers that count years.
IN_YEARS = ("delay", "ramp")
#: Steps of a slider from end to end, at least.
STEPS = 60


@dataclass(frozen=True)
class Field:
    """One lever: the word of its address, its title, the set value and the value in force.

    A slider stands at the set value, else at `start`, which is in force and sets nothing; it runs
    from `least` to `most` in steps. A number may lie within `ends`, blank without one. `spoken` is
    the text of a value with its unit, {n} in its place. `beyond` is true if the set value lies
    outside the assumed range.
    """

    word: str
    title: str
    value: str
    assumed: str
    start: str
    least: str
    most: str
    step: str
    ends: tuple[str, str]
    spoken: str
    beyond: bool = False

    @property
    def id(self) -> str:
        """Its place in the page."""
        return "lever" + self.word.replace("_", "-").replace(".", "-")


@dataclass(frozen=True)
class Set:
    """Levers under one title: of a project, of the region, of targets."""

    title: str
    fields: Sequence[Field]
    project: str = ""
    off: bool = False
    open: bool = False

    @property
    def changed(self) -> int:
        """The number of levers that are set."""
        return sum(bool(field.value) for field in self.fields) + self.off


def sets(view: View, plan: WhatIf, changed: Changed, opened: str) -> list[Set]:
    """All levers: project by project, then targets and the nation, then the region's."""
    groups: list[Set] = []
    for project in map(str, plan.base.flows.projects):
        levers = [lever for lever in plan.levers if lever.project == project]
        levers.sort(key=lambda lever: (*WORDED, lever.name).index(lever.name))
        fields = [_lever(view, lever, changed) for lever in levers]
        off = project in changed.left_out
        set_ = Set(view.name("entities", project), fields, project, off)
        groups.append(_unfolded(set_, opened == project))
    aims = [_faster(view, changed), *_targets(view, plan, changed)]
    groups.append(_unfolded(Set(view.word("what_if_aims"), aims)))
    region = [_lever(view, lever, changed) for lever in plan.levers if not lever.project]
    groups.append(_unfolded(Set(view.word("what_if_region"), region)))
    return groups


def _unfolded(group: Set, opened: bool = False) -> Set:
    return Set(group.title, group.fields, group.project, group.off, opened or bool(group.changed))


def _lever(view: View, lever: Lever, changed: Changed) -> Field:
    value = changed.values.get(lever)
    low, high, start = lever.low, lever.high, lever.value
    if known(low):
        beyond = (high - low) / 2
        least, most = low - beyond, high + beyond
    elif lever.kind.most <= 100:
        least, most = 0.0, 100.0
    else:
        least, most = min(0.0, 2 * start), max(0.0, 2 * start) or 1.0
    least, most = max(least, lever.ends[0]), min(most, lever.ends[1])
    return _field(
        f"{SET}{lever.label}",
        _title(view, lever),
        value,
        _assumed(view, lever),
        (least, start, most),
        lever.ends[:2],
        _spoken(view, "years" if lever.name in IN_YEARS else lever.unit),
        value is not None and lever.beyond(value),
    )


def _title(view: View, lever: Lever) -> str:
    if lever.name == "delay" or (lever.project and lever.name in WORDED):
        return view.word(f"what_if_{lever.name}")
    name = view.choice("driver", lever.name)
    return _with_unit(view, name[:1].upper() + name[1:], lever.unit)


def _spoken(view: View, unit: str) -> str:
    """A slider's value in words: {n} with its unit, if it has one.

    >>> from songhua import Region
    >>> view = View(region=Region.of("here"), plan=None, results={})
    >>> [_spoken(view, unit) for unit in ("years", "%", "pp", "count")]
    ['{n} years', '{n}%', '{n} percentage points', '{n}']
    """
    if unit == "years":
        return view.word("what_if_in_years", value="{n}")
    return attach("{n}", "" if unit in ("x", "count") else unit_name(unit, view.lang), view.lang)


def _with_unit(view: View, name: str, unit: str) -> str:
    text = "" if unit in ("x", "count") else unit_name(unit, view.lang)
    return name + (view.written.bracketed(text) if text else "")


def _assumed(view: View, lever: Lever) -> str:
    numbers = {
        name: view.digits(getattr(lever, name), 10)
        for name in ("value", "low", "high", "peak")
        if known(getattr(lever, name))
    }
    if lever.name == LOCAL:
        return view.word("what_if_of_table", **numbers)
    key = "peaked" if "peak" in numbers else "assumed" if "low" in numbers else "fixed"
    return view.word(f"what_if_{key}", **numbers)


def _faster(view: View, changed: Changed) -> Field:
    return _field(
        FASTER,
        view.word("what_if_nation"),
        changed.faster or None,
        view.word("what_if_as_before"),
        (-5.0, 0.0, 5.0),
        (-MOST_FASTER, MOST_FASTER),
        _spoken(view, "pp"),
    )


def _targets(view: View, plan: WhatIf, changed: Changed) -> list[Field]:
    rows = {row.target: row for row in plan.rows}
    return [
        _field(
            f"{TARGET}{level.target}",
            _with_unit(view, targets.name(view, rows[level.target]), level.unit),
            changed.levels.get(level.target),
            view.word("what_if_asked", value=view.digits(level.value, 10)),
            (0.0, level.value, 2 * level.value or 1.0),
            (0.0, math.inf),
            _spoken(view, level.unit),
        )
        for level in plan.levels
    ]


def _field(
    word: str,
    title: str,
    value: float | None,
    assumed: str,
    slider: tuple[float, float, float],
    ends: tuple[float, float],
    spoken: str,
    beyond: bool = False,
) -> Field:
    least, start, most = slider
    step = _step((most - least) / STEPS)
    least, most = math.floor(least / step) * step, math.ceil(most / step) * step
    limits = ["" if abs(end) >= 1e15 else _text(end) for end in ends]
    return Field(
        word,
        title,
        "" if value is None else _text(value),
        assumed,
        _text(start),
        _text(max(least, ends[0])),
        _text(min(most, ends[1])),
        _text(step),
        (limits[0], limits[1]),
        spoken,
        beyond,
    )


def _step(width: float) -> float:
    """The largest of 1, 2 and 5 times a power of ten that is no wider.

    >>> _step(0.07), _step(3.9), _step(1)
    (0.05, 2.0, 1.0)
    """
    if not width > 0:
        return 1.0
    power = 10.0 ** math.floor(math.log10(width) + 1e-9)
    return max(n * power for n in (1, 2, 5) if n * power <= width * (1 + 1e-9))


def _text(value: float) -> str:
    return f"{value:.10g}"
