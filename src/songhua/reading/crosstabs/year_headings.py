"""Financial years in a row of the heading that holds other words too."""

from __future__ import annotations

import re

from songhua.grammar.period_runs import read_periods
from songhua.reading.crosstabs.axes import INDICATOR, PART, Axis
from songhua.reading.crosstabs.roles import OPEN_PERIODS
from songhua.reading.crosstabs.senses import TextSense
from songhua.reading.crosstabs.texts import Words

_YEARS = re.compile(r"(?:19|20)\d\d\s?[-–/]\s?\d\d(?:\d\d)?\b")
_BEHIND = re.compile(r"\s*\(([^()]*)\)$")


def take_years(words: Words, axis: Axis, begins: int) -> dict[str, str]:
    """Read financial years among other headings: 2019-20 and 2020-21 (revised) beside a growth.

    Return the words in brackets behind the years, by their place.
    """
    texts = {text: _BEHIND.sub("", text) for text in axis.first if _YEARS.match(text)}
    if axis.role not in ("", INDICATOR, PART) or len(texts) < 2:
        return {}
    if not axis.role:
        axis.read(words, PART)
    readings = read_periods(list(texts.values()), year_begins=begins)
    for text, reading in zip(texts, readings, strict=True):
        if reading.period and not reading.reason:
            axis.senses[text] = TextSense({"period": reading.period})
        elif reading.reason in OPEN_PERIODS:
            axis.senses[text] = TextSense(many=(reading.reason,))
    return {axis.first[text]: match[1] for text in texts if (match := _BEHIND.search(text))}
