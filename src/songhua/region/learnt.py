"""Odds of entries and exits learnt from a panel that the folder need not hold whole.

A file of `learnt/` holds it as text, and at its end the digest of all that stands before: a changed
file is not used at all.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Literal, get_type_hints

import numpy as np

from songhua.errors import SonghuaError
from songhua.fault_kinds import LearntChanged
from songhua.labels import Period, parse_period
from songhua.region.fault_kinds import LearntUnreadable
from songhua.schema import vocabularies
from songhua.schema.documents import unfit
from songhua.schema.plain import OddPart, plain, typed

if TYPE_CHECKING:
    from songhua.maths.choice.learnt import Learnt

#: The form of the file; another one is not read. Since 2 it says how long a crossing must hold,
#: since 3 how many jobs a candidate must have.
FORM = 3
#: Significant digits that a file keeps of a number.
DIGITS = 12


@dataclass(frozen=True)
class Trial:
    """One kind under another definition (`change` to `value`), or in another span of the panel.

    `change` is blank for the definition as it is used. `refused` says why there are no odds.
    """

    kind: Literal["entry", "exit"]
    change: str
    value: float
    first: str
    last: str
    refused: str
    floor: float
    n: int = 0
    events: int = 0
    auc: float = math.nan
    auc_start: float = math.nan
    precision: float = math.nan
    precision_start: float = math.nan
    covered: int = 0
    told: int = 0


@dataclass(frozen=True)
class LearntPanel:
    """The odds learnt from a panel, and the panel's description.

    Attributes:
        indicator: the measure of the panel.
        source: where its figures come from; blank where that is unknown.
        recorded: the day on which it was learnt.
        panel: the digest of all levels that were learnt from.
        step: years from one period to the next.
        places: by region the digests of its levels in the last period, and in all.
        content: the learnt odds; from a file it is plain data, read on first use.
        trials: other definitions and other spans.
        file: its name; blank where it was learnt from the folder's own panel.
        elsewhere: neither this user's songhua nor the installed package computed the file.
    """

    indicator: str
    source: str
    recorded: str
    panel: str
    step: int
    places: Mapping[str, tuple[str, str]]
    content: Learnt | Mapping[str, Any]
    trials: tuple[Trial, ...]
    file: str = ""
    elsewhere: bool = False

    @cached_property
    def learnt(self) -> Learnt:
        """The odds that the panel teaches.

        Raises:
            SonghuaError: `learnt_unreadable`, with the part that is not what it should be.
        """
        if not isinstance(self.content, Mapping):
            return self.content
        from songhua.maths.choice.learnt import Learnt  # slow to load, and seldom asked for
        from songhua.maths.choice.limits import odd_part

        try:
            parsed: Learnt = typed(Learnt, self.content, "learnt")
        except OddPart as odd:
            raise _unreadable(self.file, str(odd)) from None
        if part := odd_part(parsed):
            raise _unreadable(self.file, part)
        return parsed

    @property
    def industries(self) -> tuple[str, ...]:
        """The industries of the panel."""
        return self._names("industries")

    @property
    def periods(self) -> tuple[str, ...]:
        """The periods of the panel, the earliest first."""
        return self._names("periods")

    @property
    def last(self) -> Period:
        """The last period of the panel."""
        return parse_period(self.periods[-1])

    def _names(self, of: str) -> tuple[str, ...]:
        content = self.content
        return tuple(content[of] if isinstance(content, Mapping) else getattr(content, of))

    def was_known(self, days: Mapping[str, date | None], day: date) -> bool:
        """True where it was known on a day: since its source was published, by `days`."""
        since = days.get(self.source)
        return since is not None and since <= day

    def holds(self, place: str, history: np.ndarray) -> bool:
        """True where a region's levels in the last period are those of the panel learnt from."""
        return self.places.get(place, ("", ""))[0] == digest_of(history[-1])

    def holds_all(self, place: str, history: np.ndarray) -> bool:
        """True where its levels are the same in all periods, by which its moves are told."""
        return self.places.get(place, ("", ""))[1] == digest_of(history.ravel())

    def text(self) -> str:
        """The file."""
        entries = {name: plain(getattr(self, name), DIGITS) for name in WRITTEN}
        return written({"form": FORM, **entries})


#: The content of a file between its form and its digest.
WRITTEN = ("indicator", "source", "recorded", "panel", "step", "places", "learnt", "trials")


def written(data: Mapping[str, Any]) -> str:
    """The text of a file from its content.

    >>> read(written({**EXAMPLE, "step": 5})).step
    5
    """
    lines = json.dumps(data, ensure_ascii=False, indent=1).splitlines()
    body = "\n".join(lines[:-1])
    return f'{body},\n "digest": "{digest(body)}"\n}}\n'


def digest(text: str) -> str:
    """The digest of a text."""
    return hashlib.sha256(text.encode()).hexdigest()


def digest_of(levels: Iterable[float]) -> str:
    """A short digest of levels, to eight significant digits; a missing one counts as such.

    >>> digest_of([1.0, math.nan]) == digest_of([1.0 + 1e-12, math.nan]), len(digest_of([]))
    (True, 12)
    """
    return digest(" ".join(f"{level:.8g}" for level in levels))[:12]


def read(text: str, file: str = "") -> LearntPanel:
    """A file read, if it is as it was written: written again it is the same, sign by sign.

    Raises:
        SonghuaError: `learnt_unreadable`, with the part that is wrong; `learnt_changed`, for a
            file whose digest is another.

    >>> read(written(EXAMPLE).replace("jobs", "firms"), "learnt/jobs-1.json")
    Traceback (most recent call last):
    ...
    songhua.errors.SonghuaError: learnt/jobs-1.json: It was changed since it was written, or is cut off. Take it from where it came, or write it anew with songhua choose DIR --learn-from FILE.
    >>> read(written({**EXAMPLE, "step": 0}), "learnt/jobs-1.json")
    Traceback (most recent call last):
    ...
    songhua.errors.SonghuaError: learnt/jobs-1.json: It is no file of what was learnt from a panel: step is not as it should be. Take it from where it came, or write it anew with songhua choose DIR --learn-from FILE.
    """  # noqa: E501
    try:
        data = json.loads(text)
        same = isinstance(data, dict) and text == written(without(data, "digest"))
    except (ValueError, RecursionError) as error:
        raise _unreadable(file, "–", getattr(error, "lineno", None)) from None
    if not isinstance(data, dict) or type(data.get("form")) is not int or data["form"] != FORM:
        raise _unreadable(file, "form")
    if not same:
        raise SonghuaError(LearntChanged(file))
    try:
        panel = _headed(without(data, "digest"), file)
    except OddPart as odd:
        raise _unreadable(file, str(odd)) from None
    if part := _odd_head(panel):
        raise _unreadable(file, part)
    return panel


def _headed(data: Mapping[str, Any], file: str) -> LearntPanel:
    """A file with all but what the panel teaches read, of which names alone are read."""
    if odd := next(unfit(data), None):
        raise OddPart(".".join(odd[0])[:80])
    if {*data} != {"form", *WRITTEN} or not isinstance(data["learnt"], dict):
        raise OddPart("–")
    hints = get_type_hints(LearntPanel, localns={"Learnt": object})
    head = {name: typed(hints[name], data[name], name) for name in WRITTEN if name != "learnt"}
    for name in ("industries", "periods"):
        typed(tuple[str, ...], data["learnt"].get(name), name)
    return LearntPanel(**head, content=data["learnt"], file=file)


def _odd_head(panel: LearntPanel) -> str:
    """The first part of what the panel was that none can have been, blank where there is none."""
    lists = vocabularies()
    sound = {
        "industries": 0 < len(panel.industries) == len({*panel.industries}),
        "periods": _ascending(panel.periods),
        "step": panel.step > 0,
        "trials": all(
            trial.change in lists["choice_change"]
            and trial.refused in ("", *lists["choice_refused"])
            for trial in panel.trials
        ),
    }
    return next((part for part, fits in sound.items() if not fits), "")


def _ascending(periods: Iterable[str]) -> bool:
    """True where periods can be read, and follow one another."""
    try:
        days = [parse_period(period).start for period in periods]
    except SonghuaError:
        return False
    return bool(days) and all(earlier < later for earlier, later in pairwise(days))


def _unreadable(file: str, part: str, row: int | None = None) -> SonghuaError:
    return SonghuaError(LearntUnreadable(file, row, part=part))


def without(data: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    """Plain data without one name."""
    return {key: value for key, value in data.items() if key != name}


#: The least that a file must say, for examples.
EXAMPLE: Mapping[str, Any] = {
    "form": FORM,
    "indicator": "jobs",
    "source": "",
    "recorded": "2022-01-01",
    "panel": "",
    "step": 1,
    "places": {},
    "learnt": {"industries": ["food"], "periods": ["2021"]},
    "trials": [],
}
