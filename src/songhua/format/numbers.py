"""Numbers as people write them: scale by language, decimals by what is known (§4, §8)."""

from __future__ import annotations

import math
from decimal import Decimal
from typing import Any

from songhua import messages
from songhua.labels import parse_unit
from songhua.labels.units import SCALES

RATIOS = ("%", "‰", "pp", "x")
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


def spell(unit: str, lang: str, size: float = 0.0) -> tuple[float, str]:
    """What a number in `unit` is multiplied by to be shown, and the words of the unit then.

    Money and other scaled units take the largest scale of the language that `size`, in `unit`,
    reaches; plain units and ratios stay as they are.

    >>> spell("100m CNY", "en", 5183.8), spell("bn CNY", "zh", 518.38)
    ((0.1, 'billion yuan'), (10.0, '亿元'))
    """
    if not unit:
        return 1.0, ""
    body, _, year = str(parse_unit(unit)).partition("@")
    words = messages.catalogue(lang)["unit_words"]
    if body in words or " per " in body:
        factor, text = 1.0, str(words.get(body, "")) if body in words else _per(body, lang)
    else:
        scale, _, base = body.rpartition(" ")
        step = _step(SCALES[scale], abs(size), lang)
        factor = SCALES[scale] / (SCALES[step] if step else 1)
        text = _joined(entry("scales", step, lang) if step else "", _base(base, lang), lang)
    return factor, entry("unit_words", "prices", lang, unit=text, year=year) if year else text


def unit_name(unit: str, lang: str) -> str:
    """The words of a unit as it stands, for a column of numbers that are not scaled.

    >>> unit_name("100m CNY", "en"), unit_name("100m CNY", "zh"), unit_name("%", "en")
    ('hundred million yuan', '亿元', '%')
    """
    if not unit:
        return ""
    body, _, year = str(parse_unit(unit)).partition("@")
    words = messages.catalogue(lang)["unit_words"]
    if body in words or " per " in body:
        return spell(unit, lang)[1]
    scale, _, base = body.rpartition(" ")
    text = _joined(entry("scales", scale, lang) if scale else "", _base(base, lang), lang)
    return entry("unit_words", "prices", lang, unit=text, year=year) if year else text


def _step(scale: int, size: float, lang: str) -> str:
    """The largest scale of the language that the amount reaches; none for a plain unit."""
    if scale == 1:
        return ""
    steps = messages.catalogue(lang)["scales"]["steps"]
    amount = size * scale * (1 + 1e-12)
    return next((step for step in steps if amount >= SCALES[step]), "")


def _base(base: str, lang: str) -> str:
    section = "currencies" if parse_unit(base).money else "unit_words"
    return entry(section, base, lang)


def _per(body: str, lang: str) -> str:
    top, _, bottom = body.partition(" per ")
    return entry("unit_words", "per", lang, top=spell(top, lang)[1], bottom=_under(bottom, lang))


def _under(bottom: str, lang: str) -> str:
    count, _, rest = bottom.partition(" ")
    if rest and count.isdigit():
        return _joined(number(float(count), lang, 0), spell(rest, lang)[1], lang)
    return spell(bottom, lang)[1]


def _joined(left: str, right: str, lang: str) -> str:
    return left + (messages.language(lang).gap if left and right else "") + right


def number(value: float, lang: str, places: int | None = None) -> str:
    """A bare number with the separators of the language and a true minus sign.

    >>> number(-12345.678, "en", 1), number(12345.0, "zh"), number(0.5, "en")
    ('−12,345.7', '12345', '0.5')
    """
    if math.isinf(value):
        return "∞" if value > 0 else "−∞"
    shown = f"{_plain(value):,.{_own(value) if places is None else places}f}"
    if not shown.strip("-0.,"):
        shown = shown.lstrip("-")
    return messages.language(lang).number(shown)


def signed(value: float, lang: str, places: int | None = None) -> str:
    """A number with its sign, a plus too; what is shown as nought has none.

    >>> signed(2.34, "en", 1), signed(-0.5, "en"), signed(0.01, "en", 1)
    ('+2.3', '−0.5', '0.0')
    """
    shown = number(value, lang, places)
    return f"+{shown}" if value > 0 and shown != number(0.0, lang, places) else shown


def _plain(value: float) -> float:
    """The number to ten significant digits: what a change of unit adds is gone."""
    return float(f"{value:.{DIGITS}g}")


def _own(value: float) -> int:
    """The decimals that a number has of itself; an infinite one has none."""
    if math.isinf(value):
        return 0
    exponent = Decimal(repr(_plain(value))).normalize().as_tuple().exponent
    return max(0, -int(exponent))


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
    """How many decimals to show: those printed, or so many that the bound spans two or more.

    >>> places(5183.8, 5183.75, 5183.85), places(0.506, 0.493875, 0.518175)
    (1, 2)
    """
    own = min(_own(value), 2) if ratio else _own(value)
    if not (known(low) and known(high)) or math.isinf(high - low) or high <= low:
        return own
    width = float(f"{high - low:.9g}")
    exact = printed(width)
    if exact is not None:
        return exact
    found = max(0, math.ceil(-math.log10(width / 2)))
    return min(found, 2) if ratio else found


def show(
    value: Any,
    unit: str,
    lang: str,
    low: Any = None,
    high: Any = None,
    digits: int = 0,
    decimals: int | None = None,
) -> str:
    """A number with its unit, in the language's own scale, with the decimals that are known.

    `digits` or `decimals` fix how many are shown of what was computed.

    >>> show(5183.8, "100m CNY", "en", 5183.75, 5183.85)
    '518.38 billion yuan'
    >>> show(518.38, "bn CNY", "zh", 518.375, 518.385)
    '5183.8亿元'
    >>> show(1180.0, "count", "en", 1180, 1180), show(0.506, "pp", "zh", 0.494, 0.518)
    ('1,180', '0.51个百分点')
    >>> show(1234.5678, "m USD", "en", digits=3), show(4.25, "%", "en", decimals=1)
    ('1.23 billion US dollars', '4.2%')
    """
    if not known(value):
        return "–"
    shown = bare(value, unit, lang, low, high, digits, decimals)
    return attach(shown, spell(unit, lang, float(value))[1], lang)


def bare(
    value: Any,
    unit: str,
    lang: str,
    low: Any = None,
    high: Any = None,
    digits: int = 0,
    decimals: int | None = None,
) -> str:
    """The same number without its unit, for a column or an axis that names it.

    >>> bare(0.2331, "pp", "en", 0.2265, 0.2397)
    '0.23'
    """
    if not known(value):
        return "–"
    factor, _ = spell(unit, lang, float(value))
    shown = float(value) * factor
    if digits or decimals is not None:
        return _fixed(shown, lang, digits, decimals)
    low, high = (end * factor if known(end) else None for end in (low, high))
    return number(shown, lang, places(shown, low, high, unit in RATIOS))


def _fixed(value: float, lang: str, digits: int, decimals: int | None) -> str:
    """A computed number with so many significant digits, or so many decimals."""
    if digits and math.isfinite(value):
        value = float(f"{value:.{digits}g}")
    return number(value, lang, decimals)


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
        said = attach(number(_rough(ends[0] * factor), lang), text, lang)
        return _joined(messages.choice("qualifier", word, lang), said, lang)
    first, last = (end * factor for end in ends)
    decimals = _ends(first, last, unit)
    shown = [number(end, lang, decimals) for end in (first, last)]
    if shown[0] == shown[1]:
        return attach(shown[0], text, lang)
    both = entry("unit_words", "span", lang, low=shown[0], high=shown[1])
    return attach(both, text, lang)


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
        shown = [_fixed(end, lang, digits, decimals) for end in (first, last)]
    else:
        shown = [number(end, lang, _ends(first, last, unit)) for end in (first, last)]
    if shown[0] == shown[1]:
        return shown[0]
    return entry("unit_words", "span", lang, low=shown[0], high=shown[1])


def _ends(low: float, high: float, unit: str) -> int:
    """The decimals of two ends: one more than those of the figure that was rounded."""
    if low == high or (low == round(low) and high == round(high)):
        return places(low, low, high, unit in RATIOS) if low == high else 0
    exact = printed(float(f"{high - low:.9g}"))
    if exact is not None:
        return exact + 1
    return places(low, low, high, unit in RATIOS)


def attach(shown: str, unit: str, lang: str) -> str:
    """A number and the words of its unit; `%` and `‰` stand close to it."""
    if unit in ("", "%", "‰"):
        return shown + unit
    return _joined(shown, unit, lang)
