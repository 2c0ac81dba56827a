"""Numbers, currencies and full-width signs of a target's words, written in one way.

What is written in words or with a sign before it (两千亿元, twenty-five, £30bn) becomes a number
with its unit behind it, so that the words of a target are read from one form.
"""

from __future__ import annotations

import re
import unicodedata

_DIGITS = dict(zip("〇零一二两三四五六七八九", (0, 0, 1, 2, 2, 3, 4, 5, 6, 7, 8, 9), strict=True))
_TENS = {"十": 10, "百": 100, "千": 1000}
_ZH = "一二两三四五六七八九十百千"
# A whole number below ten thousand; what two digits side by side say (三五家) is no one number.
_DIGIT = f"[{_ZH[:10]}]"
_WHOLE = (
    rf"(?=[{_ZH}零])(?:{_DIGIT}?千零?)?(?:{_DIGIT}?百零?)?(?:{_DIGIT}?十)?"
    rf"(?:零?{_DIGIT}|(?<![千百])零)?"
)
# What may follow tenths (八成), which elsewhere begin a word (成本).
_SHARE_ENDS = "以上|以下|左右|上下|以内|之内|的|[提增升降减到至]|上升|下降|$|[,。;)]"
_COUNTED = (
    "个百分点|万亿|亿|万|元|个|家|户|人|名|年(?!级|度|龄|轻|义务|制|一贯)|倍|项|所|套|座|公里"
    f"|件|亩|吨|岁|张|台|次|成(?={_SHARE_ENDS})"
)
_ONES = [
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS_EN = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_EN = {word: n for n, word in enumerate(_ONES, 1)} | {
    word: 10 * n for n, word in enumerate(_TENS_EN, 2)
}
_EN_NUMBER = re.compile(
    rf"\b(?:a\s+)?(?<!number )(?:(?:{'|'.join(_EN)})(?:[-\s](?:{'|'.join(_ONES[:9])}))?)"
    r"(?:\s+hundred)?(?![-\w])|\ba\s+hundred(?![-\w])",
    re.I,
)
_PARTS = {"half": 2, "third": 3, "quarter": 4, "fifth": 5, "sixth": 6, "eighth": 8, "tenth": 10}
_PART = re.compile(
    rf"\b(a|an|{'|'.join(_ONES[:9])})[-\s]({'|'.join(_PARTS)})s?\b(?!\s+(?:year|time))", re.I
)
# A half without a number before it: "half of all homes", "reach half".
_HALF = re.compile(
    r"(?<!by )(?<!\ba )(?<!in )(?<!first )(?<!second )(?<!other )\bhalf\b"
    r"(?=\s+(?:of|the|all)\b|\s*[,.;]?\s*$)",
    re.I,
)
_AND_HALF = re.compile(rf"\b({'|'.join(_ONES[:9])}|\d+)\s+and\s+a\s+half\b", re.I)
# So many out of so many: "two in three adults", "9 out of 10 households".
_OUT_OF = re.compile(
    rf"\b({'|'.join(_ONES[:9])}|\d{{1,2}})\s+(?:in|out\s+of)\s+(?:every\s+)?"
    rf"({'|'.join(_ONES[:10])}|\d{{1,2}})\s+(?=[a-z])(?!years?|months?|days?|or\b|and\b|to\b)",
    re.I,
)
MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
_PLAN_TIME = re.compile(r"[“\"]?(十[一二三四五六七八九])五[”\"]?(期间|时期|期末|末)")
_SIGNS = {
    "$": "$",
    "¥": "¥",
    "£": "GBP",
    "€": "EUR",
    "₹": "INR",
    "US$": "USD",
    "A$": "AUD",
    "NZ$": "NZD",
    "C$": "CAD",
    "HK$": "HKD",
    "S$": "SGD",
    "CA$": "CAD",
    "AU$": "AUD",
}
_MONEY = re.compile(
    rf"({'|'.join(re.escape(s) for s in sorted(_SIGNS, key=len, reverse=True))}|\b[A-Z]{{3}}\s)\s*"
    r"(\d[\d,]*(?:\.\d+)?)\s*((?i:trillion|billion|million|thousand|tn|bn|k|m)|万亿|亿|万)?(?![A-Za-z])"
)
# What is written once for both ends, and may stand at the first too: 5000万-5500万吨.
_TWICE = re.compile(r"(?<=\d)([万亿])(?=\s*(?:[-—–~至到])\s*\d[\d.]*\1)")
# Thousands set apart by spaces, a minus that is a dash, a note's number, a table's empty cell.
_PRINTED = (
    (
        re.compile(r"(?<![\d.,])\d{1,3}(?: \d{3})+(?![\d,A-Za-z]|\.\d)"),
        lambda m: m[0].replace(" ", ","),
    ),
    (re.compile(r"(?<=\d)−(?=\d)"), lambda _: "–"),
    (re.compile(r"(?<=[a-z\d]\.)\[\d{1,2}\]\s*$"), lambda _: ""),
    (re.compile(r"(?<=[\s)])[—–-]\s+(?=[\[〔])"), lambda _: ""),
    (_TWICE, lambda _: ""),
    (re.compile(r"(?<!动态)(?:归零|清零)|降[至到为]零(?!售|工|部)"), lambda _: "降至0"),
)
_SCALES = {
    "trillion": "tn ",
    "billion": "bn ",
    "million": "m ",
    "thousand": "k ",
    "tn": "tn ",
    "bn": "bn ",
    "m": "m ",
    "k": "k ",
    "万亿": "tn ",
    "亿": "100m ",
    "万": "10k ",
    "": "",
}


def plain_numbers(text: str) -> str:
    """The text with its numbers in digits, currencies behind them, and half-width signs.

    A sign that several currencies share stays as it is: the row's indicator settles which.

    >>> plain_numbers("达到５０％，约两千亿元"), plain_numbers("下降三分之一")
    ('达到50%,约2000亿元', '下降1/3')
    >>> plain_numbers("reach £30bn, or twenty-five firms"), plain_numbers("cut by two thirds")
    ('reach 30 bn GBP, or 25 firms', 'cut by 2/3')
    >>> plain_numbers("half of all homes"), plain_numbers("two in three adults")
    ('1/2 of all homes', '2/3 of adults')
    >>> plain_numbers("$4.0 Billion"), plain_numbers("600 000 – 1 000 000 jobs")
    ('4.0 bn $', '600,000 – 1,000,000 jobs')
    >>> plain_numbers("5000万-5500万吨")
    '5000-5500万吨'
    >>> plain_numbers("三成五以上"), plain_numbers("占比过半")
    ('35%以上', '占比超过1/2')
    """
    guarded = re.sub(r"[〔〕【】。、—―]", lambda m: f"\0{ord(m[0])}\0", text)
    plain_text = unicodedata.normalize("NFKC", guarded)
    plain_text = re.sub(r"\0(\d+)\0", lambda m: chr(int(m[1])), plain_text).replace("⁄", "/")
    for pattern, plain in _PRINTED:
        plain_text = pattern.sub(plain, plain_text)
    return _english(_chinese(_money(plain_text)))


def _money(text: str) -> str:
    def behind(match: re.Match[str]) -> str:
        sign = match[1].strip()
        return f"{match[2]} {_SCALES[(match[3] or '').lower()]}{_SIGNS.get(sign, sign)}"

    return _MONEY.sub(behind, text)


def _chinese(text: str) -> str:
    """Numbers in characters, where something is counted by them."""
    text = _PLAN_TIME.sub(_plan_years, text)
    year = re.compile(r"(?<![〇零一二三四五六七八九])[〇零一二三四五六七八九]{4}(?=年)")
    text = year.sub(lambda m: "".join(str(_DIGITS[c]) for c in m[0]), text)
    text = re.sub(
        rf"百分之({_WHOLE}(?![{_ZH}零])|\d[\d.]*)(?:点([〇零一二三四五六七八九]+))?",
        lambda m: f"{whole_number(m[1])}{_tail(m[2])}%",
        text,
    )
    part = re.compile(rf"([{_ZH}]|\d+)分之([{_ZH}]|\d+)")
    text = part.sub(lambda m: f"{whole_number(m[2])}/{whole_number(m[1])}", text)
    text = re.sub(r"(?<![超大])过半数?", "超过一半", text).replace("半数", "一半")
    text = re.sub(rf"([{_ZH[:10]}])成([{_ZH[:10]}半])(?={_SHARE_ENDS})", _tenths, text)
    text = re.sub(r"(?<=降|少)一半", "减半", text).replace("下降减半", "减半")
    text = re.sub(r"减少减半|降低减半|压减少减半", "减半", text).replace("一半", "1/2")
    text = re.sub(
        r"(?<=突破|达到|实现|超过)(百|千|万)(?=亿元|元)|(?<=超|近|逾|约)(百|千|万)(?=亿元)",
        lambda m: str({"百": 100, "千": 1000, "万": 10000}[m[0]]),
        text,
    )
    number = re.compile(rf"(?<![第前\d“零{_ZH}])({_WHOLE})(?=({_COUNTED}))")
    text = number.sub(lambda m: str(whole_number(m[1])) if m[1] not in "百千" else m[1], text)
    return re.sub(rf"([1-9])成(?={_SHARE_ENDS})", lambda m: f"{int(m[1]) * 10}%", text)


def _tenths(match: re.Match[str]) -> str:
    """Tenths and hundredths: 三成五 is 35 %."""
    return f"{whole_number(match[1])}{5 if match[2] == '半' else whole_number(match[2])}%"


def _plan_years(match: re.Match[str]) -> str:
    """A five-year plan by the years that it covers: the first began in 1953, the third in 1966.

    >>> plain_numbers("“十四五”期间"), plain_numbers("到“十三五”末")
    ('2021—2025年期间', '到2020年末')
    """
    ordinal = whole_number(match[1])
    assert isinstance(ordinal, int)
    first = 1961 + 5 * (ordinal - 2)
    if "末" in match[2]:
        return f"{first + 4}年末"
    return f"{first}—{first + 4}年期间"


def _tail(digits: str | None) -> str:
    return "." + "".join(str(_DIGITS[c]) for c in digits) if digits else ""


def whole_number(text: str) -> int | str:
    """A whole number below ten thousand in characters; a last digit counts the next place.

    >>> whole_number("二十五"), whole_number("一百二十"), whole_number("十"), whole_number("两千")
    (25, 120, 10, 2000)
    >>> whole_number("一百五"), whole_number("一百零五"), whole_number("一千零五十")
    (150, 105, 1050)
    """
    if text.isdigit() or "." in text:
        return text
    total, last, place = 0, 0, 1
    for char in text:
        if char in _TENS:
            total += (last or 1) * _TENS[char]
            last, place = 0, _TENS[char] // 10
        else:
            last = _DIGITS[char]
            place = place if last else 1
    return total + last * place


def _english(text: str) -> str:
    """Numbers, parts and months in words."""
    text = re.sub(r"\bin half(?![-\w])", "by half", text, flags=re.I)
    text = _AND_HALF.sub(lambda m: f"{_EN.get(m[1].lower(), m[1])}.5", text)
    text = _PART.sub(lambda m: f"{_EN.get(m[1].lower(), 1)}/{_PARTS[m[2].lower()]}", text)
    text = _OUT_OF.sub(_out_of, _HALF.sub("1/2", text))
    return _EN_NUMBER.sub(lambda m: str(_englishwhole_number(m[0])), text)


def _out_of(match: re.Match[str]) -> str:
    part, whole = (int(_EN.get(word.lower(), word)) for word in match.groups())
    return f"{part}/{whole} of " if part < whole else match[0]


def _englishwhole_number(text: str) -> int:
    words = re.split(r"[-\s]+", text.lower())
    value = sum(_EN.get(word, 0) for word in words)
    return max(value, 1) * 100 if "hundred" in words else value


def month_number(word: str) -> int:
    """The number of a month by its English name.

    >>> month_number("March")
    3
    """
    return MONTHS.index(word.lower()) + 1


MONTH = "|".join(MONTHS)
