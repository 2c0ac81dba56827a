"""Claims of sentences on the plan's industries at the nearest level that evidence reaches."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from sentence_audit.choose import two_digits
from sentence_audit.claims import Sentence, claim
from sentence_audit.evidence import known, rows, sole, unequal

VERDICTS = ("secure", "at_risk", "entering", "losing", "untold", "mixed")
#: Verdicts without odds, which one sentence says, and those on what is specialised.
UNTOLD, SPECIALISED = ("specialised", "unspecialised"), ("secure", "at_risk", "specialised")
#: The most classes that a sentence names.
NAMED = 3
NO_ROW = "no row is of that industry and place"


def _row(sentence: Sentence) -> dict[str, Any] | None:
    """The row of an industry and a place, if any; where no panel tells the place is blank."""
    place = sentence.params.get("place", "")
    frame = rows(sentence, "choose.plan_evidence", industry=sentence.params["industry"])
    frame = frame[frame["place"].fillna("") == place]
    frame = frame[frame["verdict"] != "within"]
    return frame.iloc[0].to_dict() if len(frame) else None


def _classes(sentence: Sentence, row: dict[str, Any]) -> pd.DataFrame:
    frame = rows(sentence, "choose.plan_classes", industry=row["industry"], place=row["place"])
    return frame.sort_values("level", ascending=False, kind="stable")


def _around(sentence: Sentence, row: dict[str, Any]) -> dict[str, Any]:
    """The class of the region's own panel that holds it, beside the verdict of a larger area."""
    frame = rows(sentence, "choose.plan_evidence", industry=row["industry"], verdict="within")
    if not len(frame) or row["place"] == sentence.region.code:
        return {"around": [], "own": None, "own_period": None}
    own = frame.iloc[0]
    return {
        "around": own["within"].split(),
        "own": round(own["quotient"], 2),
        "own_period": own["period"],
    }


def _against(sentence: Sentence, row: dict[str, Any]) -> dict[str, Any]:
    """The other measures of the same place that lie on the other side of 1, and wider industries."""
    labels = {"industry": row["industry"], "place": row["place"]}
    frame = rows(sentence, "choose.plan_measures", **labels)
    if not len(frame):
        return {"against": [], "beside": [], "newer": None, "newer_period": None}
    same = frame[frame["indicator"] == row["indicator"]]
    other = frame[frame["indicator"] != row["indicator"]]
    other = other[(other["quotient"] >= 1) != (row["quotient"] >= 1)]
    wider = [id for within in other[other["wider"]]["within"] for id in within.split()]
    newer = same.iloc[0] if len(same) else None
    return {
        "against": [*other["indicator"]],
        "beside": wider,
        "newer": None if newer is None else round(newer["quotient"], 2),
        "newer_period": None if newer is None else newer["period"],
    }


@claim(
    *(f"choose_nearest_{verdict}" for verdict in VERDICTS),
    words="the verdict is that of the classes with two thirds of the level, by their series, "
    "place and period; quotients are those of the classes named and counted; measures that say otherwise are named",
)
def nearest(sentence: Sentence) -> Iterator[str]:
    """The row of the industry and the classes behind it."""
    if (row := _row(sentence)) is None:
        yield NO_ROW
        return
    verdict, frame = row["verdict"], _classes(sentence, row)
    if sentence.code != f"choose_nearest_{'untold' if verdict in UNTOLD else verdict}":
        yield f"the verdict is {verdict}"
    within = row["within"].split() if isinstance(row["within"], str) else [*row["within"]]
    named = [id for id in frame["within"] if id in within][:NAMED]
    wider = bool(row["wider"])
    if wider != bool((frame["covers"] <= 50).all()):
        yield "it makes up the most of some classes" if wider else "it makes up the most of none"
    share = row["share"]
    computed = {
        "classes": [] if wider else named,
        "holders": named if wider else [],
        "indicator": row["indicator"],
        "period": row["period"],
        "before": row["before"],
        "codes": row["codes"],
        "quotient": round(row["quotient"], 2),
        "more": len(within) - len(named) or None,
        "share": round(share, 1) if share < 100 else None,
        "quotient_before": round(row["quotient_before"], 2)
        if known(row["quotient_before"])
        else None,
    }
    if verdict in UNTOLD:
        computed["verdict"] = verdict
    yield from unequal(sentence, computed | _against(sentence, row) | _around(sentence, row))
    total = frame["level"].sum()
    parts = frame.groupby("verdict")["level"].sum() / total
    if verdict == "mixed":
        if parts.max() >= 2 / 3:
            yield f"{parts.idxmax()} holds for two thirds"
        special = frame[frame["verdict"].isin(SPECIALISED)]["within"]
        rest = frame[~frame["verdict"].isin(SPECIALISED)]["within"]
        if {*special} != {*sentence.params["specialised"]}:
            yield "others are specialised"
        if {*rest} != {*sentence.params["others"]}:
            yield "others are not specialised"
    elif parts.get(verdict, 0.0) < 2 / 3:
        yield f"{verdict} holds for less than two thirds"
    if (frame["covers"] <= 0).any() or (frame["before"] != row["before"]).any():
        yield "a class is none of its own, or of another pair of periods"


@claim(
    "choose_nearest_secure",
    "choose_nearest_at_risk",
    "choose_nearest_entering",
    words="the highest odds of these classes over the usual rate, at or above it where they are at risk",
)
def nearest_odds(sentence: Sentence) -> Iterator[str]:
    """The classes with that verdict."""
    if (row := _row(sentence)) is None:
        return
    frame = _classes(sentence, row)
    chosen = frame[frame["verdict"] == row["verdict"]]
    times = (chosen["odds"] / chosen["base_rate"]).max()
    yield from unequal(sentence, {"times": two_digits(times), "years": int(row["years"])})
    kind = "entry" if row["verdict"] == "entering" else "exit"
    if {*chosen["kind"]} != {kind}:
        yield f"the odds are of {[*chosen['kind']]}"
    frame = rows(sentence, "choose.candidates", indicator=row["indicator"])
    likelier = frame[frame["odds_low"] > frame["base_rate"]]["industry"]
    if (row["verdict"] == "at_risk") != chosen["within"].isin(likelier).all():
        yield f"likelier than usual are {[*likelier]}"


@claim(
    "choose_nearest_losing",
    words="each of these classes had a quotient of 1 or more, and has not now",
)
def nearest_losing(sentence: Sentence) -> Iterator[str]:
    """The classes with that verdict."""
    if (row := _row(sentence)) is None:
        return
    frame = _classes(sentence, row)
    chosen = frame[frame["verdict"] == "losing"]
    if not ((chosen["quotient"] < 1) & (chosen["quotient_before"] >= 1)).all():
        yield "some were not lost"


@claim(
    "choose_nearest_anchors",
    "choose_nearest_nothing",
    words="no panel tells of the industry; the entities that the folder names, or none",
)
def unjudged(sentence: Sentence) -> Iterator[str]:
    """The row without a place."""
    if (row := _row(sentence)) is None:
        yield NO_ROW
        return
    if len(rows(sentence, "choose.plan_classes", industry=row["industry"])):
        yield "a panel tells of it"
    named = row["entities"].split() if isinstance(row["entities"], str) else [*row["entities"]]
    wider = row["within"].split() if isinstance(row["within"], str) else [*row["within"]]
    of = {"holders": wider, "figures": int(row["figures"]) if wider else None}
    yield from unequal(sentence, {"codes": row["codes"], **of})
    for holder in wider:
        entry = sentence.region.industries[row["industry"]]
        held = sentence.region.figures.observations.select(industry=holder)
        if entry.get("parent") != holder or len(held.where(~held.superseded)) != row["figures"]:
            yield f"{holder} does not hold it with so many figures"
    if sentence.code == "choose_nearest_anchors":
        yield from unequal(sentence, {"entities": named})
    else:
        tried = dict.fromkeys(rows(sentence, "choose.plan_levels")["indicator"])
        yield from unequal(sentence, {"tried": [*tried]})
        if named:
            yield "the folder names some"


@claim(
    "choose_area",
    words="place, series, size and years of the area's panel; its transitions of known outcome",
)
def area(sentence: Sentence) -> Iterator[str]:
    """The rows of that place."""
    frame = rows(sentence, "choose.plan_levels", place=sentence.params["place"])
    if not len(frame):
        yield "no level is of that place"
        return
    row = frame.iloc[0]
    computed = {
        "indicator": row["indicator"], "n": row["regions"], "industries_n": row["industries"],
        "before": row["before"], "period": row["after"], "years": row["years"],
        "transitions": row["transitions"],
    }  # fmt: skip
    yield from unequal(sentence, computed)


@claim(
    "choose_area_record",
    words="candidates, events, AUC, precision and bands of a kind in the area's panel",
)
def area_record(sentence: Sentence) -> Iterator[str]:
    """The row of that series and kind."""
    kind, series = (sentence.params[name] for name in ("choice_kind", "indicator"))
    row = sole(sentence, "choose.plan_levels", kind=kind, indicator=series)
    if row is None:
        yield "no level is of that kind and series"
        return
    computed = {name: row[name] for name in ("n", "came", "covered", "told")}
    computed |= {name: round(row[name], 2) for name in ("auc", "auc_start")}
    computed |= {name: round(row[name], 1) for name in ("precision", "precision_start")}
    yield from unequal(sentence, computed)
