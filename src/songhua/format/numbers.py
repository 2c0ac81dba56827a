"""Numbers as people write them: scale by language, decimals by what is known (§4, §8)."""

from __future__ import annotations

import math
from typing import Any

from songhua import messages
from songhua.wording.digits import entry, known, number, own_places
from songhua.wording.unit_words import as_printed, attach, joined, of_one, spell, unit_name

__all__ = [
    "as_printed",
    "attach",
    "bare",
    "ends",
    "entry",
    "known",
    "number",
    "places",
    "printed",
    "rough",
    "show",
    "signed",
    "span",
    "spell",
    "unit_name",
]

RATIOS = ("%", "‰", "pp", "x")


def printed(width: float) -> int | None:
    """The decimals of a figure whose rounding bound is this wide; None for any other width.

    >>> printed(0.01), printed(0.0243)
    (2, None)
    """
    if not width > 0 or math.isinf(width):
        return None
    places = round(-math.log10(width))
    return max(0, places) if math.isclose(width, 10.0**-places, rel_tol=1e-6) else None


def places(value: float, low: Any, high: Any, ratio: bool = False) -> int:
    """The number of decimals to show: those printed, or so many that the bound spans two or more.

    >>> places(5183.8, 5183.75, 5183.85), places(0.506, 0.493875, 0.518175)
    (1, 2)
    """
    written = min(own_places(value), 2) if ratio else own_places(value)
    if not (known(low) and known(high)) or math.isinf(high - low) or high <= low:
        return written
    width = float(f"{high - low:.9g}")
    exact = printed(width)
    if exact is not None:
        return exact
    if not width / 2:
        return written
    decimals = max(0, math.ceil(-math.log10(width / 2)))
    return min(decimals, 2) if ratio else decimals


def show(
    value: Any,
    unit: str,
    lang: str,
    low: Any = None,
    high: Any = None,
    digits: int = 0,
    decimals: int | None = None,
    size: Any = None,
) -> str:
    """A number with its unit, in the language's own scale, with the decimals that are known.

    `digits` or `decimals` fix how many are shown of what was computed. `size` is another number
    in whose scale it is shown, since it stands beside it.

    >>> show(5183.8, "100m CNY", "en", 5183.75, 5183.85)
    '518.38 billion yuan'
    >>> show(518.38, "bn CNY", "zh", 518.375, 518.385)
    '5183.8亿元'
    >>> show(1180.0, "count", "en", 1180, 1180), show(0.506, "pp", "zh", 0.494, 0.518)
    ('1,180', '0.51个百分点')
    >>> show(1234.5678, "m USD", "en", digits=3), show(4.25, "%", "en", decimals=1)
    ('1.23 billion US dollars', '4.2%')
    >>> show(1, "pp", "en"), show(1.0, "pp", "en", decimals=1)
    ('1 percentage point', '1.0 percentage points')
    >>> show(0.35, "bn CNY", "en", size=518.38)
    '0.35 billion yuan'
    """
    if not known(value) or math.isinf(value):
        return number(value if known(value) else math.nan, lang)
    reached = float(size) if known(size) else float(value)
    text = bare(value, unit, lang, low, high, digits, decimals, reached)
    factor, name = spell(unit, lang, reached)
    return attach(text, of_one(unit, lang, name) if (text, factor) == ("1", 1) else name, lang)


def bare(
    value: Any,
    unit: str,
    lang: str,
    low: Any = None,
    high: Any = None,
    digits: int = 0,
    decimals: int | None = None,
    size: Any = None,
) -> str:
    """The same number without its unit, for a column or an axis that names it.

    >>> bare(0.2331, "pp", "en", 0.2265, 0.2397)
    '0.23'
    """
    if not known(value):
        return "–"
    factor, _ = spell(unit, lang, float(size) if known(size) else float(value))
    scaled = float(value) * factor
    if digits or decimals is not None:
        return _fixed(scaled, lang, digits, decimals)
    low, high = (end * factor if known(end) else None for end in (low, high))
    return number(scaled, lang, places(scaled, low, high, unit in RATIOS))


def _fixed(value: float, lang: str, digits: int, decimals: int | None) -> str:
    """A computed number with so many significant digits, or so many decimals."""
    if digits and math.isfinite(value):
        value = float(f"{value:.{digits}g}")
    return number(value, lang, decimals)


def rough(value: float, lang: str, digits: int = 3) -> str:
    """A computed number with so many significant digits, never with an exponent.

    >>> rough(4312.7, "en"), rough(0.012345, "zh"), rough(float("nan"), "en")
    ('4,310', '0.0123', '–')
    """
    return _fixed(value, lang, digits, None) if known(value) else "–"


def signed(value: float, lang: str, places: int | None = None) -> str:
    """A number with its sign, a plus too; what is shown as nought has none.

    >>> signed(2.34, "en", 1), signed(-0.5, "en"), signed(0.01, "en", 1)
    ('+2.3', '−0.5', '0.0')
    """
    text = number(value, lang, places)
    return f"+{text}" if value > 0 and text != number(0.0, lang, places) else text


def span(low: Any, high: Any, unit: str, lang: str) -> str:
    """Two ends with their unit; an end that is open is said in words.

    >>> span(811, 816, "count", "en"), span(1800, math.inf, "count", "zh")
    ('811 to 816', '不低于1800')
    """
    ends = [float(e) for e in (low, high) if known(e) and not math.isinf(e)]
    if not ends:
        return "–"
    factor, text = spell(unit, lang, max(map(abs, ends)))
    if len(ends) == 1:
        word = "at_least" if math.isinf(high) else "at_most"
        bound = attach(number(_rough(ends[0] * factor), lang), text, lang)
        return joined(messages.choice("qualifier", word, lang), bound, lang)
    first, last = (end * factor for end in ends)
    decimals = _ends(first, last, unit)
    texts = [number(end, lang, decimals) for end in (first, last)]
    if texts[0] == texts[1]:
        return attach(texts[0], text, lang)
    between = entry("unit_words", "span", lang, low=texts[0], high=texts[1])
    return attach(between, text, lang)


def _rough(end: float) -> float:
    """An end that was computed, to six digits; whole numbers stay whole."""
    return end if end == round(end) else float(f"{end:.6g}")


def ends(
    value: float,
    low: float,
    high: float,
    unit: str,
    lang: str,
    digits: int = 0,
    decimals: int | None = None,
) -> str:
    """The two ends as bare numbers, in the scale in which `show` writes the value.

    Ends that look alike, with the decimals that are shown, are one number.

    >>> ends(5183.8, 5183.75, 5183.85, "100m CNY", "en")
    '518.375 to 518.385'
    >>> ends(9.7189, 9.7172, 9.7206, "x", "en"), ends(693.2, 405.6, 888.1, "m USD", "en", digits=3)
    ('9.72', '406 to 888')
    """
    factor, _ = spell(unit, lang, value)
    first, last = low * factor, high * factor
    if math.isinf(first) or math.isinf(last):
        return span(first, last, "", lang)
    if digits or decimals is not None:
        texts = [_fixed(end, lang, digits, decimals) for end in (first, last)]
    else:
        texts = [number(end, lang, _ends(first, last, unit)) for end in (first, last)]
    if texts[0] == texts[1]:
        return texts[0]
    return entry("unit_words", "span", lang, low=texts[0], high=texts[1])


def _ends(low: float, high: float, unit: str) -> int:
    """The decimals of two ends: one more than those of the figure that was rounded."""
    if low == high or (low == round(low) and high == round(high)):
        return places(low, low, high, unit in RATIOS) if low == high else 0
    exact = printed(float(f"{high - low:.9g}"))
    if exact is not None:
        return exact + 1
    return places(low, low, high, unit in RATIOS)
