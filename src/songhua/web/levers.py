"""The levers of what if as a form has them: each with a slider, a number and what is assumed."""

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
OWN = ("delay", "realised", "local")
#: Levers that count years.
IN_YEARS = ("delay", "ramp")
#: Steps of a slider from end to end, at least.
STEPS = 60


@dataclass(frozen=True)
class Field:
    """One lever: the word of its address, its title, what is set and what is in force.

    A slider stands at what is set, else at `start`, which is in force and sets nothing; it runs
    from `least` to `most` in steps. A number may lie within `ends`, blank without
    one. `spoken` is how a value is said with its unit, {n} in its place. `beyond` says that what
    is set lies outside what was assumed.
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
        """How many are set."""
        return sum(bool(one.value) for one in self.fields) + self.off


def sets(view: View, asked: WhatIf, changed: Changed, opened: str) -> list[Set]:
    """All levers: project by project, then targets and the nation, then the region's."""
    found: list[Set] = []
    for project in map(str, asked.base.flows.projects):
        own = [one for one in asked.levers if one.project == project]
        own.sort(key=lambda one: OWN.index(one.name) if one.name in OWN else len(OWN))
        fields, off = [_lever(view, one, changed) for one in own], project in changed.left_out
        set_ = Set(view.name("entities", project), fields, project, off)
        found.append(_opened(set_, opened == project))
    aims = [_faster(view, changed), *_targets(view, asked, changed)]
    found.append(_opened(Set(view.word("what_if_aims"), aims)))
    region = [_lever(view, one, changed) for one in asked.levers if not one.project]
    found.append(_opened(Set(view.word("what_if_region"), region)))
    return found


def _opened(one: Set, opened: bool = False) -> Set:
    return Set(one.title, one.fields, one.project, one.off, opened or bool(one.changed))


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
    if lever.name == "delay" or (lever.project and lever.name in OWN):
        return view.word(f"what_if_{lever.name}")
    name = view.choice("driver", lever.name)
    return _with_unit(view, name[:1].upper() + name[1:], lever.unit)


def _spoken(view: View, unit: str) -> str:
    """How a value of a slider is said: with its unit, where it has one that is said.

    >>> from songhua import Region
    >>> view = View(region=Region.of("here"), plan=None, results={})
    >>> [_spoken(view, unit) for unit in ("years", "%", "pp", "count")]
    ['{n} years', '{n}%', '{n} percentage points', '{n}']
    """
    if unit == "years":
        return view.word("what_if_in_years", value="{n}")
    return attach("{n}", "" if unit in ("x", "count") else unit_name(unit, view.lang), view.lang)


def _with_unit(view: View, name: str, unit: str) -> str:
    said = "" if unit in ("x", "count") else unit_name(unit, view.lang)
    return name + (view.written.bracketed(said) if said else "")


def _assumed(view: View, lever: Lever) -> str:
    said = {
        name: view.digits(getattr(lever, name), 10)
        for name in ("value", "low", "high", "peak")
        if known(getattr(lever, name))
    }
    if lever.name == LOCAL:
        return view.word("what_if_of_table", **said)
    key = "peaked" if "peak" in said else "assumed" if "low" in said else "fixed"
    return view.word(f"what_if_{key}", **said)


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


def _targets(view: View, asked: WhatIf, changed: Changed) -> list[Field]:
    rows = {row.target: row for row in asked.rows}
    return [
        _field(
            f"{TARGET}{one.target}",
            _with_unit(view, targets.name(view, rows[one.target]), one.unit),
            changed.levels.get(one.target),
            view.word("what_if_asked", value=view.digits(one.value, 10)),
            (0.0, one.value, 2 * one.value or 1.0),
            (0.0, math.inf),
            _spoken(view, one.unit),
        )
        for one in asked.levels
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
    shown = ["" if abs(end) >= 1e15 else _text(end) for end in ends]
    return Field(
        word,
        title,
        "" if value is None else _text(value),
        assumed,
        _text(start),
        _text(max(least, ends[0])),
        _text(min(most, ends[1])),
        _text(step),
        (shown[0], shown[1]),
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
