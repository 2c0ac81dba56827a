"""Whatever a number is, its text is short, has no exponent and no endless decimals."""

from __future__ import annotations

import math
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from songhua import load_rulebook, messages
from songhua.format import reasons
from songhua.format.cells import percent
from songhua.format.numbers import bare, ends, rough, show, signed, span
from songhua.wording.digits import number

LONGEST = 80  # two numbers of thirty letters, and the words of their unit
UNITS = st.sampled_from(["", "bn CNY", "%", "pp", "‰", "x", "count", "CNY per persons", "m USD"])
LANGS = st.sampled_from(messages.LANGUAGES)
FLOATS = st.floats() | st.floats(-1e-80, 1e-80) | st.sampled_from([1e-100, -1e100, 1e15, 5e-324])


def bounded(text: str) -> None:
    """A reader can take it in."""
    assert text
    assert len(text) <= LONGEST, text
    assert not re.search(r"\d[eE][+-]?\d|inf|nan|\d{20}|\.0{12}", text), text


@given(FLOATS, FLOATS, FLOATS, UNITS, LANGS, st.integers(0, 400))
def test_every_number_has_a_bounded_text(
    value: float, low: float, high: float, unit: str, lang: str, places: int
) -> None:
    low, high = min(low, high), max(low, high)
    for text in (
        number(value, lang), number(value, lang, places), signed(value, lang), rough(value, lang),
        percent(value, lang), show(value, unit, lang), show(value, unit, lang, low, high),
        show(value, unit, lang, digits=3), bare(value, unit, lang, low, high),
        span(low, high, unit, lang),
    ):  # fmt: skip
        bounded(text)
    if not any(map(math.isnan, (value, low, high))):
        bounded(ends(value, low, high, unit, lang))


@given(FLOATS, FLOATS, LANGS, st.sampled_from(["", "%", "‰", "date", "x", "10k CNY", "CNY"]))
def test_every_end_of_a_rule_has_a_bounded_text(
    low: float, high: float, lang: str, unit: str
) -> None:
    if not math.isnan(low + high):
        bounded(reasons.span((low, high), unit, BOOK, lang))


@pytest.mark.parametrize("lang", messages.LANGUAGES)
def test_an_end_that_divides_by_no_end_is_nought(lang: str) -> None:
    words = {"en": "at least 0%", "zh": "不低于0%"}
    assert reasons.span((0.5e-98, 1e98), "%", BOOK, lang) == words[lang]


BOOK = load_rulebook("cn/sci-tech-sme")
