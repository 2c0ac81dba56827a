"""Sentences of diagnose on the region itself: its system, growth, conflicts and figures held."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from typing import Any

from sentence_audit.claims import Sentence, claim
from sentence_audit.evidence import unequal
from sentence_audit.rows import CORE, WHOLE, differ, names, period, records, rows

#: Measures of shift-share, as brief/rules.toml has them in order.
COUNTS = ("n_sources_conflict", "n_growth_disagrees", "n_vintages_differ", "n_coverage_differs", "n_value_repeated", "n_not_comparable")  # fmt: skip
CONTRIBUTIONS = ("brief_contributions", "brief_contributions_drag")
TURNED = ("rest_of_year_fell", "rest_of_year_rose")
STALE_YEARS, UNSTATED = 2.0, "unstated"
Row = dict[str, Any]
SETTLED = ("actual", "preliminary", "estimate")


@claim(
    "largest_by_measure",
    words="it is the largest of the leading and advantageous industries that have a size by this measure, and so many of all have",
)
def largest(sentence: Sentence) -> Iterator[str]:
    """The largest row of the system by one measure and unit."""
    core = records(sentence, "diagnose.system", role=CORE)
    alike = [
        row
        for row in core
        if row["state"] == "known" and row["measure"] == sentence.params["measure"]
    ]
    if not alike:
        yield "no industry has a size by this measure"
        return
    top = max(alike, key=lambda row: row["value"])
    yield from differ(
        sentence, industry=top["industry"], value=top["value"], period=top["period"],
        unit=top["unit"], n=len(alike), core=len({row["industry"] for row in core}),
    )  # fmt: skip
    if {row["unit"] for row in alike} != {top["unit"]}:
        yield "sizes of several units are compared"


@claim(
    "industries_without_size",
    "industries_without_figure",
    "brief_ask_sizes",
    words="these industries, and no others, lack a size, or any figure, and the place is the region",
)
def without_size(sentence: Sentence) -> Iterator[str]:
    """The industries of the system that lack it, in its order."""
    system = records(sentence, "diagnose.system")
    if sentence.code == "industries_without_figure":
        listed = [row["industry"] for row in system if row["figures"] == 0]
    else:
        sized = {row["industry"] for row in system if row["state"] == "known"}
        core = dict.fromkeys(row["industry"] for row in system if row["role"] in CORE)
        listed = [name for name in core if name not in sized]
        if sentence.code == "brief_ask_sizes":
            yield from differ(sentence, of=len(core), region=sentence.region.code)
    yield from differ(sentence, industries=list(dict.fromkeys(listed)), n=len(listed))


@claim(
    "definition_own",
    "brief_own_codes",
    words="so many industries of the plan rest on a reading of codes made for the folder",
)
def own_definitions(sentence: Sentence) -> Iterator[str]:
    """The industries of the system whose codes are a reading of songhua's own."""
    system = rows(sentence, "diagnose.system")
    own = system[system["basis"] == "own"]["industry"].nunique()
    yield from differ(sentence, n=own)
    if "of" in sentence.params:
        yield from differ(sentence, of=system["industry"].nunique())


@claim("no_plan", words="the folder has no plan")
def without_plan(sentence: Sentence) -> Iterator[str]:
    """There is no plan."""
    if sentence.plan is not None:
        yield "the folder has a plan"


@claim("total_mixes_measures", words="the indicator adds up several measures")
def mixed(sentence: Sentence) -> Iterator[str]:
    """The catalogue calls its measure mixed."""
    if sentence.region.catalogue[sentence.params["indicator"]].measure != "mixed":
        yield "the indicator is of one measure"


@claim(
    "expectation_missed",
    words="it was a target and no expectation; the outcome lies below it, or above where it was a ceiling",
)
def missed(sentence: Sentence) -> Iterator[str]:
    """The outcome is on the wrong side, and the row says so."""
    params = sentence.params
    ceiling = params["qualifier"] in ("at_most", "less_than")
    if (params["actual"] < params["expected"]) == ceiling:
        yield "the outcome is no miss"
    alike = rows(
        sentence,
        "diagnose.expectations",
        indicator=params["indicator"],
        period=params["period"],
        outcome="not_met",
        kind="target",
        region=sentence.region.code,
    )
    if alike.empty:
        yield "no target of it was missed"


@claim(
    "stale",
    words="so many series of the region, of all it has, ended more than so many years before",
)
def stale(sentence: Sentence) -> Iterator[str]:
    """The series of the region that are old."""
    own = rows(sentence, "diagnose.availability", region=sentence.region.code)
    yield from differ(
        sentence, n=int((own["age"] > STALE_YEARS).sum()), of=len(own), years=STALE_YEARS
    )


@claim("view_hides", "rows_left_out", words="so many rows are left out, as of that day")
def left_out(sentence: Sentence) -> Iterator[str]:
    """The rows that a view hides, or that left_out.csv has."""
    region = sentence.region
    if sentence.code == "view_hides":
        yield from differ(
            sentence, as_of=str(region.as_of), unknown_date=region.hidden.get("unknown_date")
        )
    else:
        yield from differ(sentence, n=len(region.left_out))


@claim(
    *COUNTS,
    words="so many conflicts of this kind stand in the table, and their figures are those that are named",
)
def conflicts_counted(sentence: Sentence) -> Iterator[str]:
    """The rows of one kind of conflict."""
    alike = records(sentence, "diagnose.conflicts", code=sentence.code.removeprefix("n_"))
    yield from differ(sentence, n=len(alike))
    if {*sentence.observations} != {id for row in alike for id in names(row["observations"])}:
        yield "other figures are in conflict"


@claim(
    "names_differ",
    words="so many common figures of the two names differ, of the place and industry in these periods; the widest is the one that is named",
)
def widest_difference(sentence: Sentence) -> Iterator[str]:
    """The conflicts of a pair of names, and the widest of those of the place."""
    params = sentence.params
    pair = records(
        sentence,
        "diagnose.conflicts",
        code="names_differ",
        indicator=params["indicator"],
        other=params["other"],
    )
    yield from differ(sentence, n=len(pair))
    common = _things(sentence, params["indicator"]) & _things(sentence, params["other"])
    yield from differ(sentence, of=len(common))
    beside = [
        row
        for row in pair
        if (row["region"], row["industry"]) == (params["region"], params["industry"])
    ]
    yield from differ(sentence, periods=sorted(row["period"] for row in beside))
    rate = sentence.region.catalogue[params["indicator"]].rate
    widest = max((_apart(row, rate) for row in beside), default=0.0)
    least, most = sorted((params["value"], params["other_value"]))
    if not math.isclose(_apart({"least": least, "most": most}, rate), widest, rel_tol=1e-6):
        yield f"the widest difference is {widest}"


def _things(sentence: Sentence, indicator: str) -> set[tuple[str, ...]]:
    """Place, industry and period of each plain figure of an indicator, cells of panels included."""
    frame = sentence.region.figures.frame
    frame = frame[(frame["indicator"] == indicator) & frame["kind"].isin(SETTLED)]
    blank = (frame[["entity", "vintage", "scope", "qualifier"]] == "").all(axis=1)
    plain = frame[blank & ~frame["superseded"].astype(bool) & frame["number"].notna()]
    labels = plain[["region", "industry", "period"]].astype(str)
    return set(labels.itertuples(index=False, name=None))


def _apart(row: dict[str, Any], rate: bool) -> float:
    gap = row["most"] - row["least"]
    return gap if rate else gap / abs(row["most"])


@claim(
    "names_undeclared",
    words="so many pairs of these indicators measure alike, and the catalogue relates none of them",
)
def undeclared_pairs(sentence: Sentence) -> Iterator[str]:
    """The indicators have no relation to one another."""
    listed = sentence.params["indicators"]
    related = sentence.region.relations
    pairs = [(a, b) for at, a in enumerate(listed) for b in listed[at + 1 :]]
    if not 0 < sentence.params["n"] <= sum(related.comparable(a, b) is None for a, b in pairs):
        yield f"{sentence.params['n']} pairs are undeclared"


@claim(
    *CONTRIBUTIONS,
    words="of the parts of the last growth of value added that has any, at its prices, one added most and the other least, each by its points between its ends; it took away only where rounding leaves it below nought",
)
def most_and_least(sentence: Sentence) -> Iterator[str]:
    """The largest and the smallest contribution to the last growth of value added."""
    params, region = sentence.params, sentence.region
    own = [
        row
        for row in records(sentence, "diagnose.growth_contributions", region=region.code, entity="")
        if region.catalogue[row["indicator"]].measure == "value_added"
    ]
    wholes = [row for row in own if row["verdict"] and row["industry"] == WHOLE] or own
    if max(period(row["period"]) for row in wholes) != period(params["period"]):
        yield "a later growth has parts"
    groups: dict[tuple[str, str], list[Row]] = {}
    for row in own:
        level = region.relations.level_of(row["indicator"]) or row["indicator"]
        if not row["verdict"] and (level, row["period"]) == (params["indicator"], params["period"]):
            groups.setdefault((row["indicator"], row["method"]), []).append(row)
    cut = _cut(sentence)
    faults = [
        [*_extremes(sentence, cut(parts)), *_prices(sentence, id), *_total(sentence, own, *key)]
        for key, parts in groups.items()
        for id in key[:1]
    ]
    yield from min(faults, key=len, default=["no such growth has parts"])


def _prices(sentence: Sentence, indicator: str) -> Iterator[str]:
    """The prices of the growth, or of the level that grew: its own, else they are not stated."""
    yield from differ(sentence, basis=sentence.region.catalogue[indicator].basis or UNSTATED)


def _total(sentence: Sentence, own: list[Row], indicator: str, method: str) -> Iterator[str]:
    """The growth of the whole, where it has a row."""
    growths = [
        round(row["growth"], 2)
        for row in own
        if row["verdict"]
        and (row["industry"], row["period"]) == (WHOLE, sentence.params["period"])
        and (row["indicator"], row["method"]) == (indicator, method)
    ]
    yield from unequal(sentence, {"total_growth": growths[0] if growths else None})


def _cut(sentence: Sentence) -> Callable[[list[Row]], list[Row]]:
    """The parts that make up the whole: of several cuts the first of which all are there."""
    cuts = sentence.region.partitions().get(WHOLE, [])

    def parts(rows: list[Row]) -> list[Row]:
        names = {row["industry"] for row in rows}
        cut = next((cut for cut in cuts if names.issuperset(cut)), names)
        return [row for row in rows if row["industry"] in cut]

    return parts


def _extremes(sentence: Sentence, parts: list[Row]) -> Iterator[str]:
    """Differences of the sentence from the largest and the smallest of these parts."""
    most, drag = (pick(parts, key=lambda row: row["contribution_pp"]) for pick in (max, min))
    yield from differ(
        sentence, industry=most["industry"], value_pp=most["contribution_pp"], low_pp=most["low"],
        high_pp=most["high"], other_industry=drag["industry"], other_pp=drag["contribution_pp"],
        other_low=drag["low"], other_high=drag["high"],
    )  # fmt: skip
    if sentence.code.endswith("drag") != (drag["high"] < 0):
        yield "the least part is below nought for certain, or not"
