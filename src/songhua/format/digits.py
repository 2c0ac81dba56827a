"""Bare numbers: the separators of the language, a true minus sign, no exponent."""

from __future__ import annotations

import math
from decimal import Decimal
from typing import Any

from songhua import messages

DIGITS = 10


def entry(section: str, key: str, lang: str, **params: object) -> str:
    """A text of one section of the catalogue; the key itself where there is none.

    >>> entry("currencies", "USD", "zh")
    '美元'
    """
    text = messages.catalogue(lang).get(section, {}).get(key, key)
    return messages.fill(str(text), params)


def known(value: Any) -> bool:
    """Whether it is a number at all."""
    return value is not None and not isinstance(value, str) and not math.isnan(value)


def number(value: float, lang: str, places: int | None = None) -> str:
    """A bare number with the separators of the language and a true minus sign.

    >>> number(-12345.678, "en", 1), number(12345.0, "zh"), number(0.5, "en")
    ('−12,345.7', '12345', '0.5')
    """
    if math.isinf(value):
        return "∞" if value > 0 else "−∞"
    shown = f"{_plain(value):,.{own_places(value) if places is None else places}f}"
    if not shown.strip("-0.,"):
        shown = shown.lstrip("-")
    return messages.language(lang).number(shown)


def _plain(value: float) -> float:
    """The number to ten significant digits: what a change of unit adds is gone."""
    return float(f"{value:.{DIGITS}g}")


def own_places(value: float) -> int:
    """The decimals that a number has of itself; an infinite one has none."""
    if math.isinf(value):
        return 0
    exponent = Decimal(repr(_plain(value))).normalize().as_tuple().exponent
    return max(0, -int(exponent))
