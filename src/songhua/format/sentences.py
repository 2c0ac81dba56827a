"""Findings as sentences: each field is written as its type declares."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from songhua import messages
from songhua.format.labels import claim, label, rate_name
from songhua.format.numbers import (
    RATIOS,
    as_printed,
    entry,
    number,
    places,
    show,
    span,
    spell,
    unit_name,
)
from songhua.format.words import known_number, tidy
from songhua.messages import Words
from songhua.plan import Plan
from songhua.region import Region
from songhua.results import Finding
from songhua.results.finding import columns
from songhua.schema import Column
from songhua.wording.periods import period

#: The number of names that a sentence lists; targets have long names, and stand in a table below.
LISTED, LISTED_TARGETS = 12, 5
#: The ends of an amount, which is shown in its own scale.
OF_VALUE = ("left", "right")
#: The most decimals of an amount that stands beside others in a sentence.
BESIDE = 4
#: Lists of what has a long name, which semicolons part.
LONG = ("targets", "claims")


def sentence(finding: Finding, region: Region, lang: str, plan: Plan | None = None) -> str:
    """A finding as a sentence: ids become names, numbers get their scale and decimals.

    Targets, tasks and milestones are named where there is a `plan`. Numbers in the unit that the
    finding names are shown in the language's scale of the largest of them; those that have ends
    get the decimals of the ends.
    """
    about = columns(type(finding))
    values = {name: getattr(finding, name) for name in about}
    by_field = {
        name: _field(column, values[name], region, lang, plan, str(values.get(column.within, "")))
        for name, column in about.items()
    }
    for name, column in about.items():
        if column.of == "claims" and column.type == "label" and values[name] in region.claims:
            by_field["says"] = label(region, None, "claims", values[name], lang)
    by_field |= _amounts(about, values, lang)
    protected = {name: text.replace(" ", messages.KEPT_SPACE) for name, text in by_field.items()}
    filled = messages.fill(messages.catalogue(lang)["findings"][finding.code], protected, lang)
    return tidy(filled, lang).replace(messages.KEPT_SPACE, " ")


def name_of(column: Column, id: str, region: Region, lang: str, plan: Plan | None = None) -> str:
    """The name of a label as a sentence has it."""
    return tidy(_field(column, id, region, lang, plan).rstrip("。."), lang)


def _field(
    column: Column, value: Any, region: Region, lang: str, plan: Plan | None, within: str = ""
) -> str:
    """A field of a finding in words, by the column that its type declares."""
    if value is None:
        return ""
    if isinstance(value, (list, tuple)):
        return _listed(
            column, [_field(column, member, region, lang, plan, within) for member in value], lang
        )
    if isinstance(value, Words):
        return value(lang)
    match column.type:
        case "label" | "labels" if column.of == "claims":
            return claim(region, value, lang)
        case "labels" if column.vocabulary:
            return messages.choice(column.vocabulary, str(value), lang)
        case "label" | "labels" if column.of == "indicators":
            return rate_name(region, value, lang)
        case "label" | "labels":
            return label(region, plan, column.of, value, lang, within)
        case "tag":
            tag = label(region, plan, "tags", value, lang)
            return tag or (entry("report", column.blank, lang) if column.blank else "")
        case "choice":
            return messages.choice(column.vocabulary, str(value), lang)
        case "period" | "date" | "when":
            return period(str(value), lang) if value else ""
        case "amount":
            return as_printed(value, lang)
        case "unit":
            return unit_name(str(value), lang)
        case "names":
            return messages.language(lang).joined(name.strip() for name in value.split(","))
        case "decimal":
            return messages.language(lang).number(value)
    return number(float(value), lang) if known_number(value) else str(value)


def _listed(column: Column, names: list[str], lang: str) -> str:
    """Several names as one text, so many of them that a reader takes them in."""
    written = messages.language(lang)
    if column.within:
        return written.joined(names)
    most = LISTED_TARGETS if column.of == "targets" else LISTED
    words = list(dict.fromkeys(name.rstrip("。.") for name in names[:most]))
    if len(names) > most:
        words.append(entry("report", "names_more", lang, n=len(names) - most))
    return (written.semicolon if column.of in LONG else written.list_comma).join(words)


def _amounts(about: Mapping[str, Column], values: Mapping[str, Any], lang: str) -> dict[str, str]:
    """The amounts of a sentence: those in its unit in one scale, those with ends by the ends."""
    if unit := str(values.get("unit") or ""):
        inside = {name: values[name] for name, column in about.items() if column.unit_in}
        return _scaled(inside, unit, lang)
    texts: dict[str, str] = {}
    for name, column in about.items():
        low, high = values.get(column.low), values.get(column.high)
        if known_number(low) and known_number(high) and known_number(values[name]):
            decimals = places(float(low), low, high, True)
            texts[name] = number(float(values[name]), lang, decimals)
    return texts


def _scaled(inside: Mapping[str, Any], unit: str, lang: str) -> dict[str, str]:
    """Amounts in the scale of the largest, and the words of their unit."""
    ranges = {name: _ends(value) for name, value in inside.items()}
    ends_apart = OF_VALUE if ranges.get("value") else ()
    sizes = {
        name: max((abs(end) for end in ends if math.isfinite(end)), default=0.0)
        for name, ends in ranges.items()
        if name not in ends_apart
    }
    largest = max(sizes.values(), default=0.0)
    factor, text = spell(unit, lang, largest)
    # a small one beside a large one is cut short
    beside = len(ranges) > 1 and largest * factor >= 0.1
    bare, written = {"unit": text}, messages.language(lang)
    for name, ends in ranges.items():
        scaled = [round(end * factor, BESIDE) if beside else end * factor for end in ends]
        bare[name] = str(inside[name])
        if len(ends) == 2:
            bare[name] = span(scaled[0], scaled[1], "", lang)
        elif ends:
            low, high = [end * factor for end in ranges.get(f"{name}_ends", ())] or (None, None)
            bare[name] = show(scaled[0], unit if unit in RATIOS else "", lang, low, high)
            bare[name] = bare[name].removesuffix(text).strip()
    for name, ends in ranges.items():
        if name == "ends" or name.endswith("_ends"):  # ends that are one number say nothing more
            of = name.removesuffix("ends").removesuffix("_") or "value"
            apart = len(set(ends)) > 1 and bare[name] != bare.get(of)
            marked = written.comma.join([bare[name], messages.word("rounding", lang)])
            bare[name] = written.bracketed(marked) if apart else ""
    return bare


def _ends(value: Any) -> list[float]:
    """The number, or the two ends of a text such as `5.45..5.55`; none of anything else."""
    if known_number(value):
        return [float(value)]
    try:
        return [float(part) for part in str(value).split("..")]
    except ValueError:
        return []
