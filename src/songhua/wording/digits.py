"""Bare numbers: the separators of the language, a true minus sign, no exponent."""

from __future__ import annotations

import math
from decimal import Decimal
from typing import Any

from songhua import messages

DIGITS = 10
LARGE, SMALL = 1e15, 1e-9  # beyond these a number is written as a power of ten
RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def entry(section: str, key: str, lang: str, **params: object) -> str:
    """A text of one section of the catalogue, which must have it.

    Raises:
        KeyError: where it has none.

    >>> entry("currencies", "USD", "zh")
    '美元'
    """
    return messages.fill(str(messages.catalogue(lang)[section][key]), params, lang)


def dashed(low: str, high: str) -> str:
    """Two ends with a dash between them; one where they print alike.

    >>> dashed("2", "3"), dashed("2", "2")
    ('2–3', '2')
    """
    return low if low == high else f"{low}–{high}"


def known(value: Any) -> bool:
    """True for a value that is a number and not missing."""
    return value is not None and not isinstance(value, str) and not math.isnan(value)


def number(value: float, lang: str, places: int | None = None) -> str:
    """A bare number with the separators of the language and a true minus sign.

    It is never longer than a reader can take in: one too large or too small to be written out is
    a power of ten, and no decimals stand behind those that are known.

    >>> number(-12345.678, "en", 1), number(12345.0, "zh"), number(0.5, "en")
    ('−12,345.7', '12345', '0.5')
    >>> number(1.25e-100, "en"), number(-3e20, "zh"), number(1e-100, "en", 2)
    ('1.25×10⁻¹⁰⁰', '−3×10²⁰', '0.00')
    """
    if math.isnan(value):
        return "–"
    if math.isinf(value):
        return entry("unit_words", "endless" if value > 0 else "endless_down", lang)
    size = abs(value)
    if size >= LARGE or (places is None and 0 < size < SMALL):
        return _power(value, lang)
    decimals = own_places(value) if places is None else min(places, _most_places(size))
    text = f"{_plain(value):,.{decimals}f}"
    if not text.strip("-0.,"):
        text = text.lstrip("-")
    return messages.language(lang).number(text)


def _power(value: float, lang: str) -> str:
    """A number as so many times a power of ten, to three digits."""
    digits, _, exponent = f"{value:.2e}".partition("e")
    raised = str(int(exponent)).translate(RAISED)
    return f"{messages.language(lang).number(f'{float(digits):g}')}×10{raised}"


def _most_places(size: float) -> int:
    """The decimals of a number's last digit that is kept."""
    below = -math.floor(math.log10(size)) if SMALL <= size < 1 else 0
    return DIGITS + below


def _plain(value: float) -> float:
    """The number to ten significant digits: what a change of unit adds is gone."""
    return float(f"{value:.{DIGITS}g}")


def own_places(value: float) -> int:
    """The decimals that a number has of itself; an infinite one has none."""
    plain = _plain(value)
    if not math.isfinite(plain):
        return 0
    exponent = Decimal(repr(plain)).normalize().as_tuple().exponent
    return max(0, -int(exponent))
