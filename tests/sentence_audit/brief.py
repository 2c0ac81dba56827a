"""Sentences of the brief: rank and growth beside others, ages, news, and missing files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from sentence_audit.claims import Sentence, claim
from sentence_audit.rows import (
    WHOLE,
    cited,
    differ,
    numeric,
    of_comparison,
    period,
    records,
    rows,
    shows,
)

SETTLED = ("actual", "preliminary", "estimate")
BESIDE = ("brief_growth_above", "brief_growth_below", "brief_growth_same")
STALE = ("brief_stale", "brief_stale_all", "brief_renew", "brief_renew_all")
STALE_YEARS, NEWS_DAYS = 2.0, 90


@claim(
    *BESIDE,
    words="the first is the region's own; both growths are of one indicator and period, the last that the larger area has; the points between them and which is above are theirs, and rounding cannot turn it",
)
def beside_a_larger_area(sentence: Sentence) -> Iterator[str]:
    """The last growth that the region and a larger area both have."""
    params = sentence.params
    yield from differ(sentence, region=sentence.region.code)
    alike = rows(
        sentence, "diagnose.peers", indicator=params["indicator"], form="growth", industry=WHOLE
    )
    alike = alike[alike["period"] == params["period"]]
    home = alike[alike["region"] == sentence.region.code].to_dict("records")
    there = alike[alike["region"] == params["place"]].to_dict("records")
    if not home or not there or params["place"] not in sentence.region.places_of("parent"):
        yield "peers have no such growth of the region and of a larger area"
        return
    left, right = home[0], there[0]
    points = left["value"] - right["value"]
    yield from differ(
        sentence, growth=left["value"], other_growth=right["value"], points=abs(round(points, 9))
    )
    if points:
        ends = (left["low"] - right["high"], left["high"] - right["low"])
        low, high = sorted(abs(round(end, 1)) for end in ends)
        yield from differ(sentence, points_low=low, points_high=high)
    side = {"above": 1, "below": -1, "same": 0}[sentence.code.rpartition("_")[2]]
    if side != (points > 1e-9) - (points < -1e-9):
        yield f"the points between them are {points}"
    if side and min(left["high"], right["high"]) - max(left["low"], right["low"]) > 1e-9:
        yield "rounding leaves open which growth is above"


@claim(
    *STALE,
    words="so many headline figures are older than the limit, of those that are held; these are named, and the oldest is the oldest of them",
)
def ages_of_headlines(sentence: Sentence) -> Iterator[str]:
    """The headlines above the limit of age, recounted from the tiles."""
    held = [
        row for row in records(sentence, "brief.headlines", held="held") if row["age"] == row["age"]
    ]
    old = [row for row in held if row["age"] > numeric(sentence.params["years"])]
    if not old:
        yield "no headline is as old"
        return
    worst = max(old, key=lambda row: row["age"])

    def last(row: Mapping[str, Any]) -> Any:
        return row["period"] or row["rate_period"]

    listed = [row["headline"] for row in old]
    oldest = [row["headline"] for row in old if last(row) == last(worst)]
    yield from differ(
        sentence, n=len(old), of=len(held), years=STALE_YEARS, brief_headlines=listed,
        oldest=oldest, period=last(worst),
    )  # fmt: skip
    if sentence.code.endswith("all") != (len(old) == len(held) > 1):
        yield "all are old where some are not, or the other way round"


@claim(
    "brief_age",
    "brief_ages",
    words="the ages are the least and the most of the headline figures that are held, on the day of the view",
)
def range_of_ages(sentence: Sentence) -> Iterator[str]:
    """The least and the most age of the tiles."""
    every = records(sentence, "brief.headlines")
    ages = [row["age"] for row in every if row["held"] == "held" and row["age"] == row["age"]]
    if not ages:
        yield "no headline has an age"
        return
    least, most = min(ages), max(ages)
    ends = {"low_years": least, "high_years": most}
    yield from differ(
        sentence, day=sentence.day.isoformat(), **(ends if "low_years" in sentence.params else {"years": least})
    )  # fmt: skip
    if (f"{least:.1f}" == f"{most:.1f}") != ("years" in sentence.params):
        yield "one age is told where there are two, or the other way round"


def _last_recorded(sentence: Sentence) -> tuple[str, list[dict[str, Any]]]:
    frame = sentence.region.figures.observations.frame
    frame = frame[frame["kind"].isin(SETTLED)]
    last = max(frame["recorded"].astype(str))
    return last, frame[frame["recorded"].astype(str) == last].to_dict("records")


@claim(
    "brief_recorded",
    "brief_recorded_elsewhere",
    words="so many figures from so many sources were recorded on the last day of all; the one that is named is the newest of the whole region",
)
def recorded_last(sentence: Sentence) -> Iterator[str]:
    """The figures of the last day on which any was recorded."""
    last, batch = _last_recorded(sentence)
    yield from differ(sentence, n=len(batch), given=len({row["source"] for row in batch}), day=last)
    ends = [
        row["end"]
        for row in batch
        if (row["region"], row["industry"]) == (sentence.region.code, WHOLE)
        and not (row["entity"] or row["scope"] or row["superseded"])
        and row["number"] == row["number"]
    ]
    if (sentence.code == "brief_recorded") != bool(ends):
        yield "a figure of the whole region was recorded, or none"
    elif ends and max(ends).date() != min(period(sentence.params["period"]).end, date(2262, 4, 11)):
        yield f"the newest of the region ends on {max(ends)}"


@claim(
    "brief_changed",
    words="the figures that are named are one thing before and after, recorded later than the day, which is so many days before the view; so many were corrected or revised",
)
def changed_since(sentence: Sentence) -> Iterator[str]:
    """The last correction or revision of a figure of the region."""
    params, figures = sentence.params, cited(sentence)
    since = sentence.day - timedelta(days=NEWS_DAYS)
    yield from differ(sentence, day=since.isoformat())
    if len(figures) != 2:
        yield "not two figures are named"
        return
    before, after = figures
    yield from differ(sentence, left=before.value, right=after.value)
    if after.recorded <= max(str(params["day"]), before.recorded):
        yield "the later figure was not recorded since"
    yield from differ(sentence, n=_changes(sentence, since.isoformat()))


def _changes(sentence: Sentence, since: str) -> int:
    """The number of corrections and revisions of the region's figures recorded since a day."""
    observed = sentence.region.figures.observations.frame
    own = observed[(observed["region"] == sentence.region.code) & observed["kind"].isin(SETTLED)]
    count = 0
    for _, alike in own.groupby(
        ["indicator", "industry", "entity", "scope", "period"], observed=True
    ):
        if len(alike) > 1:
            count += sum(
                after["recorded"] > max(since, before["recorded"])
                and before["number"] * before["scale"] != after["number"] * after["scale"]
                for before, after in _before_and_after(alike.to_dict("records"))
            )
    return count


def _before_and_after(
    alike: list[dict[str, Any]],
) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """Each corrected row with its correction, and the first release with each vintage."""
    valid = [row for row in alike if not row["superseded"]]
    for old in alike:
        same = [
            new for new in valid if all(new[name] == old[name] for name in ("source", "vintage"))
        ]
        later = [new for new in same if old["superseded"] and new["recorded"] > old["recorded"]]
        yield from ((old, new) for new in later[-1:])
    first = [row for row in valid if not row["vintage"]][:1]
    yield from ((old, new) for old in first for new in valid if new["vintage"])


@claim("brief_add_headlines", words="these headlines, and no others, have no figure of their own")
def headlines_to_add(sentence: Sentence) -> Iterator[str]:
    """The tiles without a figure."""
    blank = [
        row["headline"] for row in records(sentence, "brief.headlines") if row["held"] != "held"
    ]
    yield from differ(sentence, brief_headlines=blank)


@claim(
    "brief_add", "brief_add_first", words="the study that the file would bring gave no result here"
)
def file_to_add(sentence: Sentence) -> Iterator[str]:
    """A study without results, named twice alike; the first to add is that of the figures."""
    study = sentence.params["brings"]
    yield from differ(sentence, how=study)
    if any(name.startswith(f"{study}.") for name in sentence.tables):
        yield f"{study} has results"
    if (sentence.code == "brief_add_first") != (study == "diagnose"):
        yield "another study comes first"


@claim("brief_no_answer", words="these studies gave no result")
def no_answer(sentence: Sentence) -> Iterator[str]:
    """Studies without results."""
    for study in sentence.params["study"]:
        if any(name.startswith(f"{study}.") for name in sentence.tables):
            yield f"{study} has results"


@claim(
    "study_no_answer",
    "study_skipped",
    "study_skipped_as_of",
    "study_skipped_register",
    "study_skipped_undated",
    "study_skipped_no_value_added",
    "study_skipped_no_total",
    words="the study gave no result; the day, currency and base year are the region's",
)
def skipped(sentence: Sentence) -> Iterator[str]:
    """A study without results."""
    params, region = sentence.params, sentence.region
    if any(name.startswith(f"{params['study']}.") for name in sentence.tables):
        yield f"{params['study']} has results"
    facts = {
        "as_of": str(region.as_of),
        "currency": region.currency,
        "base_year": str(region.base_year or ""),
    }
    yield from differ(sentence, **{name: fact for name, fact in facts.items() if name in params})


@claim(
    "brief_grades", words="of so many figures of the region these parts are of each grade of source"
)
def parts_by_grade(sentence: Sentence) -> Iterator[str]:
    """The figures of the region by grade, in whole percent."""
    grades = rows(sentence, "diagnose.figures", region=sentence.region.code)["grade"]
    yield from differ(sentence, n=len(grades))
    for grade in ("official", "press", "repost", "weak"):
        part = 100 * float((grades == grade).mean()) if len(grades) else 0.0
        if not (shows(sentence.params[grade], part) if part else sentence.params[grade] == ""):
            yield f"{grade} is {sentence.params[grade]}, by the rows {part}%"


@claim(
    "ranks_beside",
    words="so many figures of the region have a rank, among up to so many regions; so many are first for certain, and rounding leaves so many open",
)
def ranks_counted(sentence: Sentence) -> Iterator[str]:
    """The ranks of the region, each recomputed from the figures of all."""
    frame = rows(sentence, "diagnose.peers", region=list(of_comparison(sentence)))
    first, left_open, most, n = 0, 0, 0, 0
    keys = ["indicator", "industry", "form", "start", "period"]
    for _, alike in frame.groupby(keys, sort=False):
        home = alike[alike["region"] == sentence.region.code]
        if len(alike) > 1 and len(home):
            others = alike[alike["region"] != sentence.region.code]
            best = 1 + int((others["low"] > home["high"].iloc[0]).sum())
            worst = 1 + int((others["high"] > home["low"].iloc[0]).sum())
            n, first, left_open = n + 1, first + (worst == 1), left_open + (best != worst)
            most = max(most, len(alike))
    yield from differ(sentence, n=n, first=first, open=left_open, of=most)
