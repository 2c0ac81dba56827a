"""Words around figures: who reported one, how a count is qualified, a published count."""

from __future__ import annotations

import re
from datetime import date
from typing import Any, TypeGuard

from songhua import messages
from songhua.format.numbers import (
    entry,
    known,
    show,
    signed,
)
from songhua.region import Region
from songhua.studies.certify.published import PublishedCount
from songhua.wording.periods import period

_WIDE = r"[\u2e80-\u9fff\uff00-\uffef\u3000-\u303f“”‘’]"


def reported_by_on(who: str, day: date | str | None, lang: str) -> str:
    """The mark that every reported figure and state carries.

    >>> reported_by_on("Li", "2026-03-01", "en"), reported_by_on("李", "2026-03-01", "zh")
    ('reported by Li on 1 Mar 2026', '李填报于2026年3月1日')
    """
    return tidy(entry("report", "reported_by_on", lang, who=who, day=period(str(day), lang)), lang)


def known_number(value: Any) -> TypeGuard[float]:
    """True for a parameter that is a number, of Python or of numpy."""
    if isinstance(value, (str, bool)) or not hasattr(value, "__float__"):
        return False
    return known(float(value))


def qualified(qualifier: str, text: str, lang: str) -> str:
    """A number as printed, with its `more than` or `about`.

    >>> qualified("more_than", "1,800", "en"), qualified("", "1800", "zh")
    ('more than 1,800', '1800')
    """
    if not qualifier:
        return text
    return messages.choice("qualifier", qualifier, lang) + messages.language(lang).gap + text


def published(row: PublishedCount, region: Region, lang: str) -> str:
    """A published count of firms with a status on one line, with its growth if it has one."""
    count = qualified(row.qualifier, show(row.value.value, row.unit, lang), lang)
    place = region.label("places", row.region, lang)
    status = region.label("rulebooks", row.status, lang)
    parts = [status, place, period(str(row.period), lang), count]
    if known(row.growth):
        parts.append(published_growth(row, lang))
    if row.kind != "actual":
        parts.append(messages.choice("kind", row.kind, lang))
    return "  ".join(parts)


def published_growth(row: PublishedCount, lang: str) -> str:
    """The growth published beside a count, and what the counts give where they contradict it."""
    growth = qualified(row.growth_qualifier, signed(float(row.growth), lang) + "%", lang)
    if row.follows:
        return growth
    middle = signed(float(f"{(row.counted_low + row.counted_high) / 2:.3g}"), lang) + "%"
    return entry("report", "growth_odd", lang, said=growth, counts=middle)


def tidy(text: str, lang: str) -> str:
    """A filled sentence without the gaps that empty or close-set units leave.

    >>> tidy("more than 1,800 , outcome 5 %.", "en"), tidy("由 2020年 转为 5 亿元", "zh")
    ('more than 1,800, outcome 5%.', '由2020年转为5亿元')
    """
    text = re.sub(r"(?<=\d) (?=[%‰])", "", re.sub(r" {2,}", " ", text))
    written = messages.language(lang)
    text = re.sub(rf" (?=[,.;:{re.escape(written.marks)}])", "", text)
    if written.wide:
        text = re.sub(rf"(?<={_WIDE}) (?=[\w−+]|{_WIDE})|(?<=[\w%]) (?={_WIDE})", "", text)
    return text
