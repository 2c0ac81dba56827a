"""Periods as people say them."""

from __future__ import annotations

import re

from songhua import messages
from songhua.labels import Period, parse_period


def period(text: str, lang: str) -> str:
    """A period as people say it; a blank text stays blank.

    >>> period("2020-Q1", "en"), period("2020-Q1", "zh")
    ('Q1 2020', '2020年一季度')
    >>> period("2024-01..2024-08", "en"), period("2024-01..2024-08", "zh")
    ('Jan–Aug 2024', '2024年1-8月')
    """
    return _period(parse_period(str(text)), lang) if str(text) else ""


def _period(p: Period, lang: str) -> str:
    words = messages.catalogue(lang)["periods"]
    first, last = p.start, p.end

    def say(form: str, **params: object) -> str:
        return messages.fill(str(words[form]), params, lang)

    if p.open and p.kind == "span":  # the last year there is has an end
        start = str(p).removesuffix("..")
        return say("open", first=period(start, lang))
    match p.kind:
        case "year":
            return say("year", year=first.year)
        case "half":
            return say("half", year=first.year, n=words["halves"][first.month // 7])
        case "quarter":
            return say("quarter", year=first.year, n=words["quarters"][(first.month - 1) // 3])
        case "month" | "cumulative":
            return say(p.kind, year=first.year, month=words["months"][last.month - 1])
        case "date":
            month = words["months"][first.month - 1]
            return say("date", year=first.year, month=month, day=first.day)
        case "plan" | "season":
            end = f"{last.year % 100:02d}" if p.kind == "season" else last.year
            return say(p.kind, first=first.year, last=end)
    start, _, end = str(p).partition("..")
    if start.isdigit() and end.isdigit():
        return say("years", first=start, last=end)
    return say("between", first=period(start, lang), last=period(end, lang))


def plan_period(text: str) -> str:
    """The period of a plan as any language writes it; blank for another text.

    >>> plan_period("2021—2025年规划期"), plan_period("2021–2025 plan"), plan_period("soon")
    ('plan:2021..2025', 'plan:2021..2025', '')
    """
    for lang in messages.LANGUAGES:
        written = re.escape(str(messages.catalogue(lang)["periods"]["plan"]))
        pattern = written.replace(r"\{first\}", r"(\d{4})").replace(r"\{last\}", r"(\d{4})")
        if found := re.fullmatch(pattern, text):
            return f"plan:{found[1]}..{found[2]}"
    return ""
