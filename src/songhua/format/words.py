"""The words of a report that the command line shares: findings, figures and periods as text."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, TypeGuard

from songhua import messages
from songhua.format.labels import claim, label
from songhua.format.numbers import (
    RATIOS,
    as_printed,
    entry,
    known,
    number,
    places,
    show,
    signed,
    span,
    spell,
)
from songhua.format.periods import period
from songhua.plan import Plan
from songhua.region import Region
from songhua.results.finding import CodedFinding
from songhua.studies.certify.published import PublishedCount

__all__ = ["entry", "finding", "number", "period", "show", "span"]

NAMED = {
    "reference": "places",
    "place": "places",
    "index": "indices",
    "table": "tables",
    "table_before": "tables",
    "table_after": "tables",
    "indicator": "indicators",
    "other": "indicators",
    "indicators": "indicators",
    "industry": "industries",
    "industries": "industries",
    "other_industry": "industries",
    "region": "places",
    "regions": "places",
    "entity": "entities",
    "entities": "entities",
    "projects": "entities",
    "status": "rulebooks",
    "targets": "targets",
    "other_targets": "targets",
    "tasks": "measures",
    "source": "sources",
    "sources": "sources",
}
#: How many names a sentence lists; targets have long names, and stand in a table below.
LISTED, LISTED_TARGETS = 12, 5
CHOSEN = (
    "account_measure",
    "account_assumption",
    "account_stage",
    "study",
    "measure",
    "form",
    "kind",
    "qualifier",
    "grade",
    "estimate",
    "role",
    "verdict",
    "grouping",
    "driver",
    "nature",
    "missing",
    "no_accounts",
    "choice_kind",
    "choice_measure",
    "choice_refused",
)
#: Words of a closed list under another name.
CHOSEN_AS = {
    "brief_headlines": "brief_headline",
    "oldest": "brief_headline",
    "brings": "study_brings",
    "how": "study_adds",
}
PERIODS = ("day", "period", "periods", "seen", "before", "after", "as_of", "start", "end")
#: The most decimals of an amount that stands beside others in a sentence.
BESIDE = 4
AMOUNTS = (
    "value",
    "other_value",
    "expected",
    "actual",
    "residual",
    "bound",
    "left",
    "right",
    "implied",
    "change",
    "national",
    "industry_mix",
    "regional",
    "ends",
    "without",
    "without_left",
    "without_right",
    "without_gross",
    "without_net",
    "without_net_left",
    "without_net_right",
)
SIGNED = re.compile(r"[-+]\d+(?:\.\d+)?")  # a number that keeps its sign and decimals
_KEPT = messages.KEPT_SPACE
_WIDE = r"[\u2e80-\u9fff\uff00-\uffef\u3000-\u303f“”‘’]"


def reported_by_on(who: str, day: date | str | None, lang: str) -> str:
    """The mark that every reported figure and state carries.

    >>> reported_by_on("Li", "2026-03-01", "en"), reported_by_on("李", "2026-03-01", "zh")
    ('reported by Li on 1 Mar 2026', '李填报于2026年3月1日')
    """
    return tidy(entry("report", "reported_by_on", lang, who=who, day=period(str(day), lang)), lang)


def finding(found: CodedFinding, region: Region, lang: str, plan: Plan | None = None) -> str:
    """A finding as a sentence: ids become names, numbers get their scale and decimals.

    Targets, tasks and milestones are named where there is a `plan`. Numbers that stand with a
    `unit` are shown in the language's scale of it; numbers that stand with `low` and `high` get
    the decimals of that bound.
    """
    params = dict(found.given_params)
    industries = params.pop("table_industries", None)
    filled = {name: _param(name, v, region, lang, plan) for name, v in params.items()}
    if isinstance(industries, Iterable):
        table = str(params["table"])
        names = (label(region, None, "table_industries", code, lang, table) for code in industries)
        filled["table_industries"] = messages.language(lang).joined(names)
    if str(params.get("claim", "")) in region.claims:
        filled["says"] = label(region, None, "claims", str(params["claim"]), lang)
    low, high = params.get("low"), params.get("high")
    if params.get("unit"):
        filled |= _amounts(params, lang)
    elif known_number(low) and known_number(high):
        shown = places(float(low), low, high, True)
        for name in ("contribution_pp", "low", "high", "residual"):
            value = params.get(name)
            if known_number(value):
                filled[name] = number(float(value), lang, shown)
    kept = {name: text.replace(" ", _KEPT) for name, text in filled.items()}
    return tidy(messages.finding(found.code, lang, kept), lang).replace(_KEPT, " ")


def named(name: str, id: str, region: Region, lang: str, plan: Plan | None = None) -> str:
    """The name of a label as a sentence has it in a parameter."""
    return tidy(_param(name, id, region, lang, plan).rstrip("。."), lang)


def known_number(value: Any) -> TypeGuard[float]:
    """Whether a parameter is a number, of Python or of numpy."""
    if isinstance(value, (str, bool)) or not hasattr(value, "__float__"):
        return False
    return known(float(value))


def qualified(qualifier: str, shown: str, lang: str) -> str:
    """A number as printed, with its `more than` or `about`.

    >>> qualified("more_than", "1,800", "en"), qualified("", "1800", "zh")
    ('more than 1,800', '1800')
    """
    if not qualifier:
        return shown
    return messages.choice("qualifier", qualifier, lang) + messages.language(lang).gap + shown


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
    said = qualified(row.growth_qualifier, signed(float(row.growth), lang) + "%", lang)
    if row.follows:
        return said
    middle = signed(float(f"{(row.counted_low + row.counted_high) / 2:.3g}"), lang) + "%"
    return entry("report", "growth_odd", lang, said=said, counts=middle)


def _param(name: str, value: Any, region: Region, lang: str, plan: Plan | None) -> str:
    if isinstance(value, messages.Words):
        return value(lang)
    if isinstance(value, (list, tuple)):
        most = LISTED_TARGETS if name == "targets" else LISTED
        words = (_param(name, item, region, lang, plan).rstrip("。.") for item in value[:most])
        named = list(dict.fromkeys(words))
        if left := len(value) - most if len(value) > most else 0:
            named.append(entry("report", "names_more", lang, n=left))
        written = messages.language(lang)
        return (
            written.semicolon
            if name in ("targets", "other_targets", "claims")
            else written.list_comma
        ).join(named)
    if name in NAMED:
        return label(region, plan, NAMED[name], str(value), lang)
    if name in CHOSEN:
        return messages.choice(name, str(value), lang)
    if name in CHOSEN_AS:
        return messages.choice(CHOSEN_AS[name], str(value), lang)
    if name == "owner":
        return label(region, plan, "tags", str(value), lang) or entry(
            "report", "brief_owner_unknown", lang
        )
    if name in PERIODS and value:
        return period(str(value), lang)
    if name in ("claim", "claims"):
        return claim(region, str(value), lang)
    if name in ("used", "others"):
        return as_printed(str(value), lang)
    if name == "list":
        return messages.language(lang).joined(item.strip() for item in str(value).split(","))
    if SIGNED.fullmatch(str(value)):
        return messages.language(lang).number(str(value))
    return number(float(value), lang) if known_number(value) else str(value)


def _amounts(params: Mapping[str, object], lang: str) -> dict[str, str]:
    """The amounts of a sentence in one scale, and the words of their unit."""
    unit = str(params["unit"])
    ranges = {name: _ends(params[name]) for name in AMOUNTS if name in params}
    sizes = [abs(end) for ends in ranges.values() for end in ends if math.isfinite(end)]
    largest = max(sizes, default=0.0)
    factor, text = spell(unit, lang, largest)
    beside = largest * factor >= 0.1  # a small one beside a large one is cut short
    bare = {"unit": text}
    for name, ends in ranges.items():
        scaled = [round(end * factor, BESIDE) if beside else end * factor for end in ends]
        bare[name] = str(params[name])
        if len(ends) == 2:
            bare[name] = span(scaled[0], scaled[1], "", lang)
        elif ends:
            bare[name] = show(scaled[0], unit if unit in RATIOS else "", lang)
            bare[name] = bare[name].removesuffix(text).strip()
    if ends := bare.get("ends"):  # ends that are one number say nothing more
        apart = len(set(ranges["ends"])) > 1 and ends != bare.get("value")
        bare["ends"] = messages.language(lang).bracketed(ends) if apart else ""
    return bare


def _ends(value: Any) -> list[float]:
    """The number, or the two ends of a text such as `5.45..5.55`; none of anything else."""
    if known_number(value):
        return [float(value)]
    try:
        return [float(part) for part in str(value).split("..")]
    except ValueError:
        return []


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
