"""Claims of sentences on the odds of industries: their panel, rule, record and refusals."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any

from sentence_audit.claims import Sentence, claim
from sentence_audit.evidence import known, rows, same, sole, unequal
from songhua.labels import parse_period
from songhua.region.learnt import LearntPanel
from songhua.shipped import installed

Row = Mapping[str, Any]
#: The definition of entry and exit that comes with songhua.
RULES: Mapping[str, Any] = installed.toml("studies", "choose", "definition.toml")
#: With so many industries a panel is no longer coarse.
COARSE = 40


def about(sentence: Sentence, kind: str = "") -> Row:
    """The origin of the odds: the row of a kind, or the first."""
    frame = rows(sentence, "choose.learnt", **({"kind": kind} if kind else {}))
    return frame.iloc[0].to_dict()


def measure(row: Row) -> dict[str, object]:
    """The series that odds are judged by."""
    return {"indicator": row["indicator"]}


def two_digits(percent: float) -> float:
    """A rate in percent as sentences print it."""
    return float(f"{percent:.2g}")


def _files(sentence: Sentence) -> list[LearntPanel]:
    """The files that the odds may have been learnt from."""
    row = about(sentence)
    return [
        panel
        for panel in sentence.region.learnt.values()
        if row["basis"] == "learnt"
        and panel.panel.startswith(row["panel"])
        and (panel.indicator, panel.step) == (row["indicator"], row["step"])
    ]


@claim(
    "choose_learnt",
    "choose_folder",
    words="the panel of the odds: its measure, regions, industries, periods and years between; "
    "and whether it is the folder's own",
)
def panel(sentence: Sentence) -> Iterator[str]:
    """The description of the panel in the tables."""
    row = about(sentence)
    computed = {
        "indicator": row["indicator"],
        "n": row["regions"],
        "here": row["regions_here"],
        "industries_n": row["industries"],
        "before": row["before"],
        "period": row["after"],
        "years": row["step"],
    }
    yield from unequal(sentence, computed)
    own = sentence.code == "choose_folder"
    if row["basis"] != ("folder" if own else "learnt"):
        yield f"the basis is {row['basis']}"
    if not own:
        yield from unequal(sentence, {"source": row["source"]})


@claim(
    "choose_learnt_elsewhere",
    "brief_learnt_elsewhere",
    words="the file of the odds came with the folder and is not checked here",
)
def elsewhere(sentence: Sentence) -> Iterator[str]:
    """The file that the odds rest on says so."""
    if not any(panel.elsewhere for panel in _files(sentence)):
        yield "no such file is from elsewhere"
    if sentence.code.startswith("brief"):
        yield from unequal(sentence, {"indicator": about(sentence)["indicator"]})


@claim("choose_no_history", words="the folder lacks earlier periods of the region since a period")
def no_history(sentence: Sentence) -> Iterator[str]:
    """Some period of the file has no row of the region, or another."""
    yield from unequal(sentence, {"before": about(sentence)["before"]})
    for file in _files(sentence):
        wide = sentence.region.panel(file.indicator).reindex(columns=[*file.industries])
        places = [(period, sentence.region.code) for period in file.periods]
        if wide.reindex(places).notna().all(axis=None):
            yield "the folder has all periods"


@claim(
    "choose_rule",
    "choose_rule_current",
    words="the lines that a quotient crosses, in how many periods running, how far apart, and "
    "by figures of which kind",
)
def rule(sentence: Sentence) -> Iterator[str]:
    """The lines and the lasting of the tables; the spacing of the panel's periods."""
    row = about(sentence)
    computed = {**measure(row), "gone": RULES["running"]["gone"][row["measured"]]}
    if known(row["below"]):
        computed |= {name: row[name] for name in ("below", "above", "held")}
    yield from unequal(sentence, computed)
    if (row["measured"] == "current") != (sentence.code == "choose_rule_current"):
        yield f"the figures are of the kind {row['measured']}"
    for file in _files(sentence):
        years = [parse_period(period).start.year for period in file.periods]
        gap = min(later - year for year, later in pairwise(years))
        yield from unequal(sentence, {"years": gap})


@claim(
    "choose_newer",
    words="figures later than the start of the odds are in the folder, until a period, and differ "
    "in definition, coverage or detail",
)
def newer(sentence: Sentence) -> Iterator[str]:
    """The last period of the region's figures, a break before it, or other labels."""
    row = about(sentence)
    cells = sentence.region.figures.cells.select(
        indicator=row["indicator"], region=sentence.region.code
    )
    frame = cells.frame[cells.frame["number"].notna()]
    periods = frame["period"].astype(str)
    last = max(periods, key=lambda period: parse_period(period).end, default=None)
    yield from unequal(sentence, {"period": row["after"], "after": last})
    start, end = (parse_period(sentence.params[name]).end for name in ("period", "after"))
    if end <= start:
        yield "it is no later"
    breaks = sentence.region.catalogue[row["indicator"]].breaks
    broken = any(start < parse_period(text).start <= end for text in breaks)
    labels = frame[["industry", "scope", "vintage", "source"]].apply(tuple, axis=1)
    before, after = (set(labels[periods == period]) for period in (row["after"], last))
    if not broken and before == after:
        yield "they are of the same series and detail"


@claim(
    "choose_passed_definition",
    "choose_passed_step",
    "choose_passed_figures",
    "choose_passed_panel",
    words="a file is in the folder, and the odds do not rest on it",
)
def passed(sentence: Sentence) -> Iterator[str]:
    """The file is there, and another panel is used."""
    files = [p for p in sentence.region.learnt.values() if p.file == sentence.params["path"]]
    yield from [] if files else ["there is no such file"]
    yield from ("the odds rest on it" for file in files if file in _files(sentence))


@claim(
    "choose_no_odds_one_period",
    "choose_no_odds_not_known",
    "choose_no_odds_noise",
    "choose_no_odds_few_events",
    "choose_no_odds_few_regions",
    words="there are no odds of a kind, for this reason; the panel's regions and last period",
)
def no_odds(sentence: Sentence) -> Iterator[str]:
    """The reason in the tables, and no candidate of the kind with odds."""
    kind, reason = sentence.params["choice_kind"], sentence.code.removeprefix("choose_no_odds_")
    series = sentence.params["indicator"]
    row = sole(sentence, "choose.plan_levels", kind=kind, indicator=series)
    if row is None:
        yield "no level is of that kind and series"
        return
    computed = {"n": row["regions"], "period": row["after"], "least": RULES["regions"]}
    yield from unequal(sentence, computed)
    if row["refused"] != reason:
        yield f"the reason is {row['refused'] or 'none'}"
    if reason == "few_regions" and row["regions"] >= RULES["regions"]:
        yield "there are enough regions"
    judged = rows(sentence, "choose.candidates", kind=kind, indicator=series)
    classes = rows(sentence, "choose.plan_classes", kind=kind, indicator=series)
    if judged["odds"].notna().any() or (len(classes) and classes["odds"].notna().any()):
        yield "candidates have odds"


@claim("choose_borrowed_order", words="the order comes of a measure and so many regions; no odds")
def borrowed_order(sentence: Sentence) -> Iterator[str]:
    """A file of that measure and number of regions, and no odds in the tables."""
    files = {(p.indicator, p.learnt.regions) for p in sentence.region.learnt.values()}
    if (sentence.params["indicator"], sentence.params["n"]) not in files:
        yield "no file has that measure and number of regions"
    if rows(sentence, "choose.candidates")["odds"].notna().any():
        yield "candidates have odds"


@claim(
    "choose_record",
    "choose_record_regions",
    words="how many of all past candidates came; the rank of these by odds told beforehand, their "
    "precision over chance, by the start alone too, and what came of the likeliest tenth",
)
def record(sentence: Sentence) -> Iterator[str]:
    """The record of the odds over all transitions, and of the start quotient."""
    labels = {"kind": sentence.params["choice_kind"], "rows": "all"}
    stated, start = (
        rows(sentence, "choose.record", score=score, **labels).iloc[0]
        for score in ("stated", "start")
    )
    rate = 100 * stated["came"] / stated["n"]
    computed = {
        "n": stated["n"],
        "came": stated["came"],
        "rate": two_digits(rate),
        "auc": round(stated["auc"], 2),
        "precision": round(stated["precision"], 1),
        "start_alone": round(start["precision"], 1),
        "top": two_digits(stated["top_tenth"]),
    }
    yield from unequal(sentence, computed)
    scheme = about(sentence, labels["kind"])["scheme"]
    if (scheme == "regions") != (sentence.code == "choose_record_regions"):
        yield f"the odds were told by {scheme}"


@claim("choose_record", words="so many of the transitions told beforehand lay within their bands")
def bands(sentence: Sentence) -> Iterator[str]:
    """Counts of what came between the ends of what was stated."""
    folds = rows(sentence, "choose.folds", kind=sentence.params["choice_kind"])
    inside = folds["came"].between(folds["low"], folds["high"]).sum()
    yield from unequal(sentence, {"covered": int(inside), "told": len(folds)})


@claim(
    "choose_related",
    "choose_relatedness_nothing",
    words="the gain in score by relatedness with its lower end, and whether it has a place in the odds",
)
def relatedness(sentence: Sentence) -> Iterator[str]:
    """The gain in the tables, its sign and its use."""
    row = about(sentence, sentence.params["choice_kind"])
    yield from unequal(sentence, {"low": round(row["gain_low"], 3), "value": round(row["gain"], 3)})
    earned = sentence.code == "choose_related"
    if (row["score"] == "full") != earned or (row["gain_low"] > 0) != earned:
        yield f"the gain is {row['gain_low']} at least, and odds are {row['score']}"


@claim("choose_noise", words="the share of events that may be noise of counting, and the floor")
def noise(sentence: Sentence) -> Iterator[str]:
    """Both in the tables, of counts."""
    row = about(sentence, sentence.params["choice_kind"])
    if not known(row["noise"]):
        yield "no noise is known"
        return
    floor = float(f"{row['floor']:.3g}")
    yield from unequal(sentence, {"share": round(row["noise"]), "floor": floor})


@claim(
    "choose_value", words="the noise of values is not known, and the floor is a share of a region"
)
def value(sentence: Sentence) -> Iterator[str]:
    """No noise in the tables, and the floor in percent."""
    row = about(sentence)
    yield from unequal(sentence, {"share": two_digits(100 * row["floor"])})
    if known(row["noise"]) or row["measured"] == "counts":
        yield "the noise is known"


@claim("choose_coarse", words="the panel has so few industries")
def coarse(sentence: Sentence) -> Iterator[str]:
    """Their number."""
    n = about(sentence)["industries"]
    yield from unequal(sentence, {"n": n})
    if n >= COARSE:
        yield "it is not coarse"


@claim("brief_renew_panel", words="the odds start at a period, and their years are over")
def over(sentence: Sentence) -> Iterator[str]:
    """The horizon ends before the day of the view."""
    row = about(sentence)
    yield from unequal(sentence, {"indicator": row["indicator"], "period": row["after"]})
    if horizon(row) >= sentence.day:
        yield f"their years end on {horizon(row)}"


def horizon(row: Row) -> Any:
    """The last day that odds are of."""
    start = parse_period(str(row["after"])).end
    return start.replace(year=start.year + int(row["years"]))


def odds_of(row: Row) -> Iterator[str]:
    """A line where odds are no number between the ends of an interval, or not one in so many."""
    if not row["odds_low"] <= row["odds"] <= row["odds_high"]:
        yield "the odds have no band"
    if not math.isclose(row["times"], row["odds"] / row["base_rate"], rel_tol=0.001):
        yield f"{row['odds']} % are not {row['times']} times the usual rate"
    if not same(row["basis"] in ("learnt", "folder"), True):
        yield f"the odds rest on {row['basis']}"


@claim("choose_no_growth", words="the order of industries is by their odds alone")
def no_growth(sentence: Sentence) -> Iterator[str]:
    """The rank of candidates of a kind falls with their odds."""
    frame = rows(sentence, "choose.candidates")
    yield from unequal(sentence, measure(about(sentence)))
    for kind, candidates in frame[frame["odds"].notna()].groupby("kind"):
        if not candidates.sort_values("rank")["odds"].is_monotonic_decreasing:
            yield f"candidates of {kind} are not in the order of their odds"
