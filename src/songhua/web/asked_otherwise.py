"""Changes that an address asks for: assumptions, projects, targets, and the nation's growth.

`_set.delay=2` and `_set.delay.mill=2` set an assumption of the region and of a project,
`_off.mill=1` leaves a project out, `_target.jobs=900` sets a target to another level, and
`_faster=1` adds one point a year to the nation's growth.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from songhua.errors import Fault, SonghuaError
from songhua.session.what_if import Changed, WhatIf
from songhua.studies.simulate.levers import MOST
from songhua.web.asking import takes, word_faults
from songhua.web.fault_kinds import LeverNumber, LeverOutside

SET, OFF, TARGET, FASTER = "_set.", "_off.", "_target.", "_faster"
#: The project whose levers the page is opened at.
PROJECT = "_project"
#: The greatest change of the nation's growth, in points a year, up or down.
MOST_FASTER = 20.0
_NUMBER = re.compile(r"[-+]?\d{1,15}(\.\d{1,12})?")


@dataclass(frozen=True)
class LeverWords:
    """The words by which an address may change the `plan`."""

    plan: WhatIf

    def words(self) -> Iterator[str]:
        """All of them."""
        yield from (f"{SET}{lever.label}" for lever in self.plan.levers)
        yield from (f"{OFF}{project}" for project in self.plan.base.flows.projects)
        yield from (f"{TARGET}{level.target}" for level in self.plan.levels)
        yield FASTER
        yield PROJECT

    def changed(self, words: Mapping[str, str]) -> Changed:
        """The changes that the words ask for; a blank one asks for nothing.

        Raises:
            SonghuaError: `word_of_address`, `lever_number`, `lever_outside`, one for each word.
        """
        allowed = list(self.words())
        faults = word_faults(words, allowed)
        levers = {f"{SET}{lever.label}": lever for lever in self.plan.levers}
        values, levels, off, faster = {}, {}, list[str](), 0.0
        for word, text in words.items():
            if not takes(allowed, word) or not text.strip():
                continue
            if word.startswith(OFF):
                off += [word.removeprefix(OFF)] if _switch(word, text, faults) else []
            elif word in levers:
                value = _number(word, text, faults)
                if value is not None and _within(word, value, levers[word].ends, faults):
                    values[levers[word]] = value
            elif word.startswith(TARGET):
                value = _number(word, text, faults)
                if value is not None and _within(word, value, (0.0, MOST, False), faults):
                    levels[word.removeprefix(TARGET)] = value
            elif word == FASTER:
                value = _number(word, text, faults) or 0.0
                ends = (-MOST_FASTER, MOST_FASTER, False)
                faster = value if _within(word, value, ends, faults) else 0.0
        if faults:
            raise SonghuaError(*faults)
        return Changed(values, tuple(off), levels, faster)


def words_of(changed: Changed) -> dict[str, str]:
    """The words of an address that ask for something, in their shortest form."""
    words = {f"{SET}{lever.label}": f"{value:.12g}" for lever, value in changed.values.items()}
    words |= {f"{OFF}{project}": "1" for project in changed.left_out}
    words |= {f"{TARGET}{id}": f"{value:.12g}" for id, value in changed.levels.items()}
    return words | ({FASTER: f"{changed.faster:.12g}"} if changed.faster else {})


def _switch(word: str, text: str, faults: list[Fault]) -> bool:
    if text != "1":
        faults.append(LeverOutside(word=word, text=text[:40], ends="1"))
    return text == "1"


def _number(word: str, text: str, faults: list[Fault]) -> float | None:
    if not _NUMBER.fullmatch(text.strip()):
        faults.append(LeverNumber(word=word, text=text[:40]))
        return None
    return float(text)


def _within(word: str, value: float, ends: tuple[float, float, bool], faults: list[Fault]) -> bool:
    """True for a number within its ends; the least itself may be shut out."""
    least, most, positive = ends
    if (value > least if positive else value >= least) and value <= most:
        return True
    bounds = "..".join("" if abs(end) >= MOST else f"{end:g}" for end in (least, most))
    faults.append(LeverOutside(word=word, text=f"{value:g}", ends=bounds))
    return False
