"""Units in words: the scale that an amount reaches, the currency, what it is counted per."""

from __future__ import annotations

import math
import re

from songhua import messages
from songhua.labels import parse_decimal, parse_unit
from songhua.labels.numbers import DECIMAL
from songhua.labels.units import SCALES
from songhua.wording.digits import entry, number


def spell(unit: str, lang: str, size: float = 0.0) -> tuple[float, str]:
    """The factor that shows a number in `unit` on the language's scale, and the unit's words then.

    Money and other scaled units take the largest scale of the language that `size`, in `unit`,
    reaches; plain units and ratios stay as they are.

    >>> spell("100m CNY", "en", 5183.8), spell("bn CNY", "zh", 518.38)
    ((0.1, 'billion yuan'), (10.0, '亿元'))
    """
    if not unit:
        return 1.0, ""
    body, _, year = str(parse_unit(unit)).partition("@")
    words = messages.catalogue(lang)["unit_words"]
    if body in words:
        factor, text = 1.0, str(words[body])
    elif " per " in body:
        factor, text = _per(body, lang, size)
    else:
        scale, _, base = body.rpartition(" ")
        step = _step(SCALES[scale], abs(size), lang)
        factor = SCALES[scale] / (SCALES[step] if step else 1)
        text = joined(entry("scales", step, lang) if step else "", _base(base, lang), lang)
    return factor, entry("unit_words", "prices", lang, unit=text, year=year) if year else text


def unit_name(unit: str, lang: str) -> str:
    """The words of a unit as it stands, for a column of numbers that are not scaled.

    >>> unit_name("100m CNY", "en"), unit_name("100m CNY", "zh"), unit_name("%", "en")
    ('100 million yuan', '亿元', '%')
    """
    if not unit:
        return ""
    body, _, year = str(parse_unit(unit)).partition("@")
    if body in messages.catalogue(lang)["unit_words"]:
        return spell(unit, lang)[1]
    if " per " in body:
        top, _, bottom = body.partition(" per ")
        return _over(unit_name(top, lang), bottom, lang)
    scale, _, base = body.rpartition(" ")
    text = joined(entry("scales", scale, lang) if scale else "", _base(base, lang), lang)
    return entry("unit_words", "prices", lang, unit=text, year=year) if year else text


def as_printed(amount: str, lang: str) -> str:
    """A number as a folder holds it, with its unit behind it, in words.

    A scale that the language does not write becomes one of its own; no digit is added to those
    that were printed.

    >>> as_printed("5183.8 100m CNY", "en"), as_printed("5183.8 100m CNY", "zh")
    ('518.38 billion yuan', '5183.8亿元')
    >>> as_printed("136.26 bn CNY", "zh"), as_printed("10.970 bn USD", "zh")
    ('1362.6亿元', '109.70亿美元')
    """
    value, _, unit = amount.partition(" ")
    name, steps = unit_name(unit, lang), ["", *messages.catalogue(lang)["scales"]["steps"]]
    if unit and scale_of(unit) not in steps and re.match(DECIMAL, value):
        factor, name = spell(unit, lang, float(value))
        shifted = parse_decimal(value).scaleb(round(math.log10(factor)))
        value = f"{shifted:,f}"
    return attach(messages.language(lang).number(value), name, lang)


def scale_of(unit: str) -> str:
    """The scale of a unit, or of what is counted per another; blank for none.

    >>> scale_of("100m CNY@2020"), scale_of("10k CNY per persons"), scale_of("persons")
    ('100m', '10k', '')
    """
    body = str(parse_unit(unit)).partition("@")[0].partition(" per ")[0]
    return body.rpartition(" ")[0]


def attach(text: str, unit: str, lang: str) -> str:
    """A number and the words of its unit; `%` and `‰` stand close to it."""
    if unit in ("", "%", "‰"):
        return text + unit
    return joined(text, unit, lang)


def joined(left: str, right: str, lang: str) -> str:
    """Two words with the gap of the language.

    >>> joined("5", "people", "en"), joined("5", "人", "zh")
    ('5 people', '5人')
    """
    return left + (messages.language(lang).gap if left and right else "") + right


def _step(scale: int, size: float, lang: str) -> str:
    """The largest scale of the language that the amount reaches; none for a plain unit."""
    if scale == 1:
        return ""
    steps = messages.catalogue(lang)["scales"]["steps"]
    amount = size * scale * (1 + 1e-12)
    return next((step for step in steps if amount >= SCALES[step]), "")


def _base(base: str, lang: str) -> str:
    """The word of a unit or a currency; itself where the language has none for it."""
    section = "currencies" if parse_unit(base).money else "unit_words"
    return str(messages.catalogue(lang)[section].get(base, base))


def _per(body: str, lang: str, size: float) -> tuple[float, str]:
    """The unit above in the scale that the size reaches, over the unit below as it stands."""
    top, _, bottom = body.partition(" per ")
    factor, above = spell(top, lang, size)
    return factor, _over(above, bottom, lang)


def _over(above: str, bottom: str, lang: str) -> str:
    return entry("unit_words", "per", lang, top=above, bottom=_under(bottom, lang))


def _under(bottom: str, lang: str) -> str:
    count, _, unit = bottom.partition(" ")
    if unit and count.isdigit():
        return joined(number(float(count), lang, 0), unit_name(unit, lang), lang)
    return of_one(bottom, lang, unit_name(bottom, lang))


def of_one(unit: str, lang: str, name: str) -> str:
    """The word of a unit beside one of it; the name given where the language has no other.

    >>> of_one("persons", "en", "people"), of_one("kg", "en", "kilograms")
    ('person', 'kilograms')
    """
    return str(messages.catalogue(lang)["unit_of_one"].get(unit, name))
