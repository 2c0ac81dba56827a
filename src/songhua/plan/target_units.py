"""Units in the words of a target: 亿元, 个百分点, "places per 1,000 people"."""

from __future__ import annotations

import re
from functools import cache

from songhua import messages
from songhua.errors import SonghuaError
from songhua.labels import Unit, parse_unit
from songhua.plan.target_phrases import phrase_pattern, vocabulary


@cache
def _units() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Words for units in all languages, as patterns, to their canonical text."""
    spoken: dict[str, str] = {}
    for unit, words in vocabulary()["unit"].items():
        spoken |= dict.fromkeys(words, unit)
    for lang in messages.LANGUAGES:
        for unit, words in messages.catalogue(lang)["units"].items():
            spoken |= {word: unit for word in words if word not in spoken}
    plain = {text: text for text in ("%", "‰", "pp", "x", "persons", "places", "count", "year")}
    return tuple((phrase_pattern(word), unit) for word, unit in (plain | spoken).items())


_CANONICAL = re.compile(
    r"(?:(?:k|10k|m|10m|100m|bn|tn) )?(?:[A-Z]{3}(?:@\d{4})?|[A-Za-z][A-Za-z0-9]*|%|[$¥])"
    r"(?:(?: per |/)(?:[\d,]+ )?[A-Za-z0-9]+)?",
    re.ASCII,
)
# A count word for so many people: 360台/万人.
_PER_HEAD = re.compile(
    r"[个家件台张辆名人所项]/([百千万]|十万)?人|/(10万|十万|万|千)(?:人|(?![\u4e00-\u9fff]))"
)
_TIMES = {
    None: "",
    "百": "100 ",
    "千": "1000 ",
    "万": "10000 ",
    "十万": "100000 ",
    "10万": "100000 ",
}
# What a count word (个, 家) may count.
COUNTED = ("persons", "places", "visits", "households", "beds")
# Three letters that look like a currency and are none.
_NO_MONEY = re.compile(r"\b(?:GDP|GNP|GNI|GVA|CPI|PPI|PMI|RPI|FDI|SME)\b")
_LOOSE = {
    "people": "persons",
    "residents": "persons",
    "inhabitants": "persons",
    "1,000": "1000",
    "10,000": "10000",
    "100,000": "100000",
    "billion": "bn",
    "million": "m",
    "trillion": "tn",
    "metric tonnes": "t",
    "metric tons": "t",
    "tonnes": "t",
    "per capita": "per persons",
    "per head": "per persons",
    "hectares": "ha",
    "visitors": "visits",
}


def unit_at(text: str, at: int) -> tuple[str, int] | None:
    """The unit that begins here and where it ends: the longest that is read.

    >>> unit_at("4.5 places per 1,000 people", 4)
    ('places per 1000 persons', 27)
    >>> unit_at("6个百分点以上", 1)
    ('pp', 5)
    """
    readings = [(m.end(), unit) for pattern, unit in _units() if (m := pattern.match(text, at))]
    if per := _PER_HEAD.match(text, at):
        readings.append((per.end(), f"count per {_TIMES[per[1] or per[2]]}persons"))
    loose = re.compile("|".join(map(re.escape, _LOOSE)))
    for words in range(6, 0, -1):
        word = r"[^\s\u4e00-\u9fff]+"
        match = re.compile(rf"{word}(?: {word}){{{words - 1}}}").match(text, at)
        piece = match[0].rstrip(".,;)") if match else ""
        plain = loose.sub(lambda m: _LOOSE[m[0]], piece)
        if (
            _CANONICAL.fullmatch(plain)
            and not _NO_MONEY.search(plain)
            and not plain.endswith(" per year")
            and (unit := unit_text(plain))
        ):
            readings.append((at + len(piece), unit))
    if not readings:
        return None
    end, unit = max(readings)
    return unit, end


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


_SCALE = re.compile(r"(million|billion|trillion|thousand|bn|m|k)\b", re.I)
_SCALES = {"million": "m", "billion": "bn", "trillion": "tn", "thousand": "k"}


def scale_at(text: str, at: int) -> tuple[str, int] | None:
    """The scale that begins here, in its short form, and where it ends.

    >>> scale_at("8 million to", 2)
    ('m', 9)
    """
    match = _SCALE.match(text, at)
    return (_SCALES.get(match[1].lower(), match[1]), match.end()) if match else None


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
