"""Sentences of diagnose beside other places, of groupings, of tables and of indices."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any

from sentence_audit.claims import Sentence, claim
from sentence_audit.evidence import unequal
from sentence_audit.rows import WHOLE, differ, every, period, records, rows, shows

SHIFTED = (
    "brief_mix", "brief_own_ahead", "brief_own_open",
    "brief_own_behind",
)  # fmt: skip
PARTS = ("change", "national", "industry_mix", "regional")
#: The digits of a part, and those of its ends.
PART_DIGITS, END_DIGITS = 4, 6
#: The part whose sign a kind tells, and the words for a part above and below nought.
#: By the word of a kind: the sign of the residual that it tells.
ABOVE, BELOW = "brief_own_ahead", "brief_own_behind"
OTHER_NAMES = ("rank_other_name", "rank_other_name_open")
TOP, TOP_KEYS, GAP = 3, 5, 25.0
#: The word that says of all industries that it is their sum that is spoken of.
TOGETHER = {"en": "In sum", "zh": "合计"}


@cache
def shift_measures() -> list[str]:
    """The measures of shift-share of which the brief speaks, the first first."""
    text = files("songhua.studies").joinpath("brief/rules.toml").read_text("utf-8")
    return list(tomllib.loads(text)["shift_measures"])


def _of(sentence: Sentence, *fields: str) -> dict[str, Any]:
    return {name: sentence.params[name] for name in fields if name in sentence.params}


@claim(
    "shift_share_parts",
    *SHIFTED,
    "brief_industry_behind",
    words="the change is the sum of its three parts, each of that indicator, span and larger area, with its ends; helped and ahead are of a part above nought for certain; the prices are those of the indicator",
)
def parts_of_the_change(sentence: Sentence) -> Iterator[str]:
    """The three parts make the change, each between its ends; the words follow the sign."""
    params = sentence.params
    added = sum(params[name] for name in PARTS[1:])
    if abs(added - params["change"]) > 2e-3 * max(abs(params[name]) for name in PARTS):
        yield f"the parts make {added}"
    industry = params.get("industry", WHOLE)
    alike = rows(
        sentence,
        "diagnose.shift_share",
        industry=industry,
        **_of(sentence, "indicator", "start", "end", "unit", "reference", "region"),
    )
    if "industries_n" in params:
        every_part = rows(
            sentence, "diagnose.shift_share", **_of(sentence, "indicator", "start", "end")
        )
        own = every_part[every_part["region"] == sentence.region.code]
        yield from unequal(sentence, {"industries_n": int((own["industry"] != WHOLE).sum())})
    parts = [row for row in every(alike) if all(shows(params[name], row[name]) for name in PARTS)]
    if not parts:
        yield f"no row of {industry} has these parts"
        return
    yield from differ(sentence, **{f"{name}_ends": _ends(parts[0], name) for name in PARTS})
    yield from _sign_as_named(sentence, parts[0])
    basis = sentence.region.catalogue[params["indicator"]].basis or "unpriced"
    yield from differ(sentence, basis=basis)


def _ends(row: dict[str, Any], name: str) -> str:
    """The ends of a part, blank where they are no further apart than its last digit."""
    value, low, high = (row[name], row[f"{name}_low"], row[f"{name}_high"])
    if not math.isfinite(value):
        return ""
    last = 10.0 ** (math.floor(math.log10(abs(value))) + 1 - PART_DIGITS) if value else 0.0
    return f"{low:.{END_DIGITS}g}..{high:.{END_DIGITS}g}" if high - low > last else ""


def _sign_as_named(sentence: Sentence, row: dict[str, Any]) -> Iterator[str]:
    """The sign that the kind tells is that of all between the ends; else it is left open."""
    if sentence.code.startswith("brief_own"):
        low, high = row["regional_low"], row["regional_high"]
        if (sentence.code == ABOVE, sentence.code == BELOW) != (low >= 0, high < 0):
            yield f"regional is {low} to {high}"


@claim(
    *SHIFTED,
    "brief_industry_behind",
    words="the change is the region's own, the latest of the first measure that has any; the industry that fell behind lost most by itself",
)
def latest_change(sentence: Sentence) -> Iterator[str]:
    """The change that the brief speaks of is the latest of its measure."""
    params, region = sentence.params, sentence.region
    order = shift_measures()
    own = [
        row
        for row in records(sentence, "diagnose.shift_share", region=region.code)
        if region.catalogue[row["indicator"]].measure in order
    ]
    first = min((order.index(region.catalogue[row["indicator"]].measure) for row in own), default=0)
    alike = [row for row in own if region.catalogue[row["indicator"]].measure == order[first]]
    latest = max((period(row["end"]).end for row in alike), default=None)
    if latest is None or period(params["end"]).end != latest:
        yield f"the latest change ends on {latest}"
    parts = [
        row for row in own
        if row["industry"] != WHOLE
        and all(row[name] == params[name] for name in ("indicator", "start", "end"))
    ]  # fmt: skip
    worst = min(parts, key=lambda row: row["regional"], default=None)
    if "industry" in params and (worst is None or worst["industry"] != params["industry"]):
        yield f"{worst and worst['industry']} lost most by itself"


@claim(
    "most_specialised",
    words="these industries have the largest quotients of the place, of those that rounding leaves above one; the value and the period are the first one's",
)
def largest_quotients(sentence: Sentence) -> Iterator[str]:
    """The largest location quotients of one indicator and place."""
    alike = records(sentence, "diagnose.location_quotients", **_of(sentence, "indicator", "region"))
    top = sorted((row for row in alike if row["low"] > 1), key=lambda row: -row["value"])[:TOP]
    if not top:
        yield "no quotient is above one"
        return
    yield from differ(
        sentence, industries=[row["industry"] for row in top], value=top[0]["value"],
        period=top[0]["period"], reference=top[0]["reference"],
    )  # fmt: skip


@claim("series_breaks", words="the periods are those between the breaks of the indicator")
def between_breaks(sentence: Sentence) -> Iterator[str]:
    """Each span lies within one series, and the next begins with a break."""
    indicator = sentence.region.catalogue[sentence.params["indicator"]]
    cells = sentence.region.figures.cells.select(indicator=sentence.params["indicator"])
    spans = indicator.spans({str(at) for at in cells.distinct("period")})
    ends = [
        [period(text.split("..")[0]), period(text.split("..")[-1])]
        for text in sentence.params["periods"]
    ]
    if ends != [[period(span[0]), period(span[-1])] for span in spans] or len(ends) < 2:
        yield f"the spans are {[(span[0], span[-1]) for span in spans]}"


@claim("territory_breaks", words="the places are those of panels with a break among the years")
def other_territories(sentence: Sentence) -> Iterator[str]:
    """Each place that a break of its own cuts within the years of a panel, and no other."""
    region = sentence.region
    moved: set[str] = set()
    for (indicator, place), cells in region.figures.cells.by("indicator", "region").items():
        years = sorted({str(at) for at in cells.distinct("period")})
        own, its = (region.indicator(indicator, where).spans(years) for where in ("", place))
        moved |= {place} if len(its) > len(own) else set()
    if sorted(sentence.params["places"]) != sorted(moved):
        yield f"the places are {sorted(moved)}"


def _distances(sentence: Sentence) -> list[dict[str, Any]]:
    return records(
        sentence,
        "diagnose.specialisation",
        indicator=sentence.params["indicator"],
        measure="krugman",
    )


@claim(
    "structure_distance",
    words="the two distances are those of the first and the last period of the last series that has any, from one larger area",
)
def first_and_last_distance(sentence: Sentence) -> Iterator[str]:
    """Krugman's index of the place against the larger area, the first and the last."""
    params = sentence.params
    alike = [
        row
        for row in _distances(sentence)
        if (row["region"], row["reference"]) == (params["region"], params["reference"])
    ]
    ordered = sorted(alike, key=lambda row: period(row["period"]))
    series = sentence.region.indicator(params["indicator"], params["region"]).series
    ordered = [
        row
        for row in ordered
        if series(period(row["period"])) == series(period(ordered[-1]["period"]))
    ]
    if not ordered or params["reference"] not in sentence.region.places_of("parent"):
        yield "no distance from a larger area is known"
        return
    yield from differ(
        sentence, start=ordered[0]["period"], end=ordered[-1]["period"],
        first=ordered[0]["value"], last=ordered[-1]["value"], n=ordered[-1]["industries"],
    )  # fmt: skip


@claim("most_alike", words="no comparison region is nearer by this index in that period")
def nearest_place(sentence: Sentence) -> Iterator[str]:
    """The least of the distances from comparison regions."""
    others = sentence.region.places_of("comparison")
    alike = [row for row in _distances(sentence) if row["reference"] in others]
    near = min(alike, key=lambda row: row["value"], default=None)
    if near is None:
        yield "no distance from a comparison region is known"
        return
    yield from differ(
        sentence, place=near["reference"], distance=near["value"], period=near["period"]
    )


@claim("most_uneven", words="no industry of the panel has a larger Gini; it is over so many places")
def most_uneven(sentence: Sentence) -> Iterator[str]:
    """The largest Gini of one indicator."""
    alike = records(sentence, "diagnose.concentration", **_of(sentence, "indicator"))
    top = max(alike, key=lambda row: row["gini"], default=None)
    if top is None:
        yield "no Gini is known"
        return
    yield from differ(
        sentence, industry=top["industry"], gini=top["gini"], se=top["se"], n=top["places"],
        period=top["period"],
    )  # fmt: skip


@claim(
    *OTHER_NAMES,
    words="figure and rank are the region's in that very form and period; with the other name's figure it would be at the other rank, among the others' figures",
)
def rank_by_other_name(sentence: Sentence) -> Iterator[str]:
    """The row of the region in `peers`, with both ranks."""
    params = sentence.params
    start, _, end = params["period"].rpartition("..")
    spans = [(start, end), ("", params["period"])]
    alike = rows(
        sentence,
        "diagnose.peers",
        region=sentence.region.code,
        industry=WHOLE,
        **_of(sentence, "indicator", "form", "other", "of"),
    )
    row = next(
        (row for row in alike.to_dict("records") if (row["start"], row["period"]) in spans), None
    )
    if row is None:
        yield "no row of the region is of this form and period"
        return
    ends = {"rank": ("rank_low", "rank_high"), "other_rank": ("other_rank_low", "other_rank_high")}
    for name, (low, high) in ends.items():
        if name in params:
            best, worst = row[low], row[high]
            expected = f"{best:.0f}" if best == worst else f"{best:.0f}–{worst:.0f}"
            yield from differ(sentence, **{name: expected})
    yield from differ(sentence, value=row["value"])
    if sentence.code.endswith("open") != (row["other_rank"] != row["other_rank"]):
        yield "the rank by the other name is known, or not"


@cache
def templates() -> dict[str, dict[str, str]]:
    """The sentences of findings by language, as the catalogues have them."""
    home = files("songhua.messages")
    return {
        lang: tomllib.loads(home.joinpath(f"{lang}.toml").read_text("utf-8"))["findings"]
        for lang in TOGETHER
    }


@claim(
    "brief_own_ahead",
    "brief_own_behind",
    words="together, and not each: where a single industry went the other way, the words speak of their sum",
)
def together_not_each(sentence: Sentence) -> Iterator[str]:
    """A part of the other sign than the whole is no part of what all did."""
    parts = rows(
        sentence,
        "diagnose.shift_share",
        region=sentence.region.code,
        **_of(sentence, "indicator", "start", "end"),
    )
    signs = {bool(part > 0) for part in parts[parts["industry"] != WHOLE]["regional"] if part}
    for lang, word in TOGETHER.items():
        if len(signs) > 1 and word not in templates()[lang][sentence.code]:
            yield f"industries went both ways, and the words ({lang}) speak of all"
