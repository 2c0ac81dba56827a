"""Units as people write them beside a number: 亿元, 个百分点, "places per 1,000 people"."""

from __future__ import annotations

import re
from functools import cache

from songhua import messages
from songhua.errors import SonghuaError
from songhua.grammar.lexicon import phrase_pattern, words
from songhua.labels import Unit, parse_unit

# What a count word (个, 家) may count.
COUNTED = ("persons", "places", "visits", "households", "beds")
_HAN = "\u4e00-\u9fff"


@cache
def _spoken() -> dict[str, str]:
    """The words for units in all languages, to their canonical text."""
    spoken: dict[str, str] = {}
    for unit, listed in words()["unit"].items():
        spoken |= dict.fromkeys(listed, unit)
    for lang in messages.LANGUAGES:
        for unit, listed in messages.catalogue(lang)["units"].items():
            spoken |= {word: unit for word in listed if word not in spoken}
    return spoken


@cache
def _patterns() -> dict[bool, tuple[tuple[re.Pattern[str], str], ...]]:
    """The words as patterns: those in Chinese, and all others."""
    texts = ("%", "‰", "pp", "x", "persons", "places", "count", "year")
    plain = {text: text for text in texts} | _spoken()
    patterns: dict[bool, list[tuple[re.Pattern[str], str]]] = {True: [], False: []}
    for word, unit in plain.items():
        patterns[bool(re.match(f"[{_HAN}]", word))].append((phrase_pattern(word), unit))
    return {han: tuple(listed) for han, listed in patterns.items()}


@cache
def _composed() -> re.Pattern[str]:
    """A scale and a word for a unit without one: 亿元, 万人次, 万吨标准煤."""
    bases = [word for word, unit in _spoken().items() if " " not in unit and _han(word)]
    listed = "|".join(map(re.escape, sorted(bases, key=len, reverse=True)))
    scales = "|".join(sorted(words()["scale"]["zh"], key=len, reverse=True))
    return re.compile(rf"({scales})?余?({listed})?(?:(?:/|每)({scales})?({listed}))?")


def _han(word: str) -> bool:
    return bool(re.match(f"[{_HAN}]", word))


def _in_chinese(text: str, at: int) -> tuple[str, int] | None:
    match = _composed().match(text, at)
    if match is None or not match[0] or "余" in match[0]:
        return None
    scale, base, many, under = match.groups()
    if base is None and (under or scale is None):
        return None
    short = words()["scale"]["zh"][scale] if scale else ""
    top = f"{short} {_spoken()[base] if base else 'count'}".strip()
    if under is None:
        return top, match.end()
    count = int(words()["scale"]["number"][many]) if many else 1
    unit = f"{top} per {f'{count} ' if count > 1 else ''}{_spoken()[under]}"
    return unit, match.end()


_CANONICAL = re.compile(
    r"(?:(?:k|10k|m|10m|100m|bn|tn) )?(?:[A-Z]{3}(?:@\d{4})?|[A-Za-z][A-Za-z0-9]*|%|[$¥])"
    r"(?:(?: per |/)(?:[\d,]+ )?[A-Za-z0-9]+)?",
    re.ASCII,
)
# Three letters that look like a currency and are none.
_NO_MONEY = re.compile(r"\b(?:GDP|GNP|GNI|GVA|CPI|PPI|PMI|RPI|FDI|SME|HDI|AQI)\b")
_LOOSE = {
    "people": "persons",
    "residents": "persons",
    "inhabitants": "persons",
    "1,000": "1000",
    "10,000": "10000",
    "100,000": "100000",
    "billion": "bn",
    "million": "m",
    "thousand": "k",
    "trillion": "tn",
    "metric tonnes": "t",
    "metric tons": "t",
    "tonnes": "t",
    "square kilometre": "km2",
    "square kilometer": "km2",
    "hectare": "ha",
    "per capita": "per persons",
    "per head": "per persons",
    "hectares": "ha",
    "visitors": "visits",
}
_LOOSE_WORD = re.compile("|".join(map(re.escape, sorted(_LOOSE, key=len, reverse=True))))
_SHAPES = [re.compile(rf"[^\s{_HAN}]+(?: [^\s{_HAN}]+){{{n - 1}}}") for n in range(6, 0, -1)]


def unit_at(text: str, at: int) -> tuple[str, int] | None:
    """The unit that begins here and where it ends: the longest that is read.

    >>> unit_at("4.5 places per 1,000 people", 4)
    ('places per 1000 persons', 27)
    >>> unit_at("6个百分点以上", 1), unit_at("12件/万人", 2), unit_at("3亿元/平方公里", 1)
    (('pp', 5), ('count per 10000 persons', 6), ('100m CNY per km2', 8))
    """
    han = _han(text[at : at + 1])
    readings = [
        (m.end(), unit) for pattern, unit in _patterns()[han] if (m := pattern.match(text, at))
    ]
    if han:
        if composed := _in_chinese(text, at):
            readings.append((composed[1], composed[0]))
    else:
        for shape in _SHAPES:
            match = shape.match(text, at)
            piece = match[0].rstrip(".,;()") if match else ""
            plain = _LOOSE_WORD.sub(lambda m: _LOOSE[m[0]], piece)
            if (
                _CANONICAL.fullmatch(plain)
                and not _NO_MONEY.search(plain)
                and not plain.endswith((" per year", "/year", "/yr"))
                and (unit := unit_text(plain))
            ):
                readings.append((at + len(piece), unit))
    if not readings:
        return None
    end, unit = max(readings)
    return unit, end


@cache
def _scale() -> re.Pattern[str]:
    listed = sorted(words()["scale"]["en"], key=len, reverse=True)
    return re.compile(rf"({'|'.join(map(re.escape, listed))})s?(?![A-Za-z])", re.I)


def scales() -> dict[str, str]:
    """The words for scales, with their short form.

    >>> scales()["million"]
    'm'
    """
    return words()["scale"]["en"]


def scale_at(text: str, at: int) -> tuple[str, int] | None:
    """The scale that begins here, in its short form, and where it ends.

    >>> scale_at("8 million to", 2)
    ('m', 9)
    """
    match = _scale().match(text, at)
    return (words()["scale"]["en"][match[1].lower()], match.end()) if match else None


@cache
def _currency() -> re.Pattern[str]:
    signs = sorted(words()["currencies"]["sign"], key=len, reverse=True)
    codes = "|".join(words()["currencies"]["code"]["codes"].split())
    listed = "|".join(map(re.escape, signs))
    return re.compile(rf"(?:({listed})|\b({codes}))\s?(?=\d)")


def currency_at(text: str, at: int) -> tuple[str, int] | None:
    """The currency that stands before a number, and where it ends.

    >>> currency_at("US$48 billion", 0), currency_at("EUR 5 bn", 0), currency_at("GDP 5 %", 0)
    (('USD', 3), ('EUR', 4), None)
    """
    match = _currency().match(text, at)
    if match is None:
        return None
    return match[2] or words()["currencies"]["sign"][match[1]], match.end()


def unit_for(printed: str, indicator_unit: str) -> str | None:
    """The unit in which a printed number stands beside an indicator's figures; None if in none.

    What is printed without "per head" is taken per head where the indicator is (人均10万元), and a
    count word (个, 家) counts what the indicator counts.

    >>> unit_for("10k CNY", "CNY per persons"), unit_for("10k count", "places")
    ('10k CNY per persons', '10k places')
    >>> unit_for("count", "places per 1000 persons"), unit_for("%", "persons") is None
    ('places per 1000 persons', True)
    >>> unit_for("bn $", "m AUD"), unit_for("bn $", "m EUR") is None
    ('bn AUD', True)
    """
    wanted = parse_unit(indicator_unit)
    if sign := _sign(printed, indicator_unit):
        printed = printed.replace(sign, wanted.dimension[0])
    if has_sign(printed):
        return None
    unit = parse_unit(printed)
    kind, _, per = indicator_unit.partition(" per ")
    base = kind.split()[-1]
    tried = [printed, f"{printed} per {per}" if per else ""]
    if unit.dimension == ("count", "") and wanted.dimension[0] in COUNTED:
        scale = printed.removesuffix("count").strip()
        tried += [f"{scale} {base}", f"{scale} {base} per {per}" if per else ""]
    for text in filter(None, tried):
        canonical = unit_text(text.strip())
        read = parse_unit(canonical) if canonical else None
        if read is not None and (read.dimension, read.prices) == (wanted.dimension, wanted.prices):
            return canonical
    return None


def _sign(printed: str, indicator_unit: str) -> str:
    """The sign in a printed unit that may stand for the indicator's currency."""
    currency = parse_unit(indicator_unit).dimension[0]
    return next((s for s, of in shared_signs().items() if s in printed and currency in of), "")


@cache
def shared_signs() -> dict[str, list[str]]:
    """The signs that several currencies share, and whose they are.

    >>> shared_signs()["$"][:3]
    ['USD', 'AUD', 'CAD']
    """
    return {
        sign: codes
        for lang in messages.LANGUAGES
        for sign, codes in messages.catalogue(lang)["currency_signs"].items()
    }


def has_sign(unit: str) -> bool:
    """True for a unit with a sign that several currencies share.

    >>> has_sign("bn $"), has_sign("bn AUD")
    (True, False)
    """
    return any(sign in unit for sign in shared_signs())


def unit_meant(text: str) -> Unit:
    """A unit as its sort needs it: a sign that several currencies share is some currency.

    >>> unit_meant("bn $").dimension, unit_meant("km").dimension
    (('USD', ''), ('km', ''))
    """
    for sign, currencies in shared_signs().items():
        text = text.replace(sign, currencies[0])
    return parse_unit(text)


def unit_text(text: str) -> str:
    """The canonical text of a unit; blank if it is none.

    >>> unit_text("亿元"), unit_text("apples")
    ('100m CNY', '')
    """
    try:
        meant = unit_meant(text).text
        return text if has_sign(text) else meant
    except SonghuaError:
        return ""
