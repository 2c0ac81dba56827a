"""Claims of sentences on targets that no figure decides, and on whom to ask for one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from sentence_audit.claims import Sentence, claim
from sentence_audit.evidence import known, unequal
from sentence_audit.rows import every
from sentence_audit.track import (
    NAMED,
    aims,
    end,
    goal_of,
    in_plan,
    may_meet,
    of_standing,
    plan_time,
)
from songhua.shipped import installed

Row = Mapping[str, Any]
#: Years after which a figure decides nothing.
STALE = installed.toml("studies", "brief", "rules.toml")["stale_years"]
#: Gaps that a figure would close.
WANT_OF_A_FIGURE = (
    "no_figure",
    "no_outcome",
    "outdated",
    "no_base",
    "years_missing",
    "no_economy",
)


def _open(sentence: Sentence) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The targets without a class, and those whose time is over."""
    blank = of_standing(sentence, "no_data")
    return blank, blank[blank["period"].map(end) <= sentence.day]


@claim(
    "brief_targets_open",
    "brief_ask_figures",
    "brief_ask_figures_unnamed",
    words="n of the targets of the region and its parts in its plan have no class for want of a figure, so many of "
    "them past their time; those that are named are of these and of the owner; others are counted",
)
def without_figure(sentence: Sentence) -> Iterator[str]:
    """Counts of rows, their reasons, and the owner of each that is named."""
    blank, due = _open(sentence)
    every = aims(sentence)
    own = every["region"].map(lambda place: _of_region(sentence, place)).astype(bool)
    own &= every["period"].map(in_plan(sentence)).astype(bool)
    mine, elsewhere = blank, 0
    if own.any():
        every = every[own]
        mine = blank[blank["target"].isin(every["target"])]
        by_judged = every.assign(goal=goal_of(every), blank=every["target"].isin(mine["target"]))
        every = by_judged.sort_values("blank", kind="stable").drop_duplicates("goal")
        mine = mine[mine["target"].isin(every["target"])]
        elsewhere = len(blank) - len(mine)
    blank, due = mine, due[due["target"].isin(mine["target"])]
    total = len(every)
    asked = due if len(due) else blank
    undecided = int(blank["latest"].notna().sum())
    without = {"without": len(blank) - undecided, "undecided": undecided or None}
    code = sentence.region.code
    parts = int((blank["region"] != code).sum()) if own.any() else 0
    places = {"region": code if own.any() else "", "parts": parts or None}
    counts = {"n": len(blank), "total": total, "due": len(due), **without, **places}
    counts["elsewhere"] = elsewhere or None
    counts |= plan_time(sentence) if own.any() else {"plan_period": None}
    if "judged" in sentence.params:
        asked = blank[[_can_be_asked(sentence, row) for row in blank.to_dict("records")]]
        if asked.empty:  # nothing of the plan in force: what it leads to
            places = aims(sentence)["region"].map(lambda place: _of_region(sentence, place))
            beyond = aims(sentence)[places.astype(bool)]
            beyond = beyond[~beyond["period"].map(in_plan(sentence)).astype(bool)]
            total, blank = len(beyond), beyond[beyond["target"].isin(_open(sentence)[0]["target"])]
            asked = blank[[_can_be_asked(sentence, row) for row in blank.to_dict("records")]]
        asked = asked[asked["owner"] == sentence.params["owner"]]
        judged = total - len(blank)
        counts = {"n": len(asked), "total": total, "judged": judged, "more": judged + len(asked)}
    yield from unequal(sentence, counts)
    other = sorted(set(blank["missing"]) - set(WANT_OF_A_FIGURE))
    yield from (f"some lack no figure: {reason}" for reason in other)
    mine = asked[asked["owner"] == sentence.params["owner"]]
    named = sentence.params["targets"]
    if len(named) != min(NAMED, len(mine)) or not set(named) <= set(mine["target"]):
        yield f"named are {named}, of the owner are {list(mine['target'])[:NAMED]} and so on"


@claim(
    "targets_behind",
    "targets_not_assessable",
    "brief_targets_open",
    "brief_ask_figures",
    "brief_ask_figures_unnamed",
    "brief_target_behind",
    words="a target that is not met has no class by a figure that is too old to decide on",
)
def judged_by_late_figures(sentence: Sentence) -> Iterator[str]:
    """The end of the latest figure of each target that is behind, on its course or ahead."""
    for row in every(of_standing(sentence, "behind", "on_course", "ahead")):
        old = (sentence.day - end(row["latest_period"])).days / 365.25 > STALE
        if old and not may_meet(row):
            yield f"{row['target']} is {row['progress_class']} by a figure of {row['latest_period']}"


def _of_region(sentence: Sentence, place: str) -> bool:
    """True for the region and for a part of it."""
    region = sentence.region
    return place in ("", region.code) or region.places[place].get("role") == "part"


def _can_be_asked(sentence: Sentence, row: Row) -> bool:
    """True for a target of the region or of a part of it, in the plan's time, not over for long."""
    plan = sentence.plan
    own = _of_region(sentence, row["region"])
    in_force = plan is None or end(row["period"]) >= plan.period.start
    return own and in_force and (sentence.day - end(row["period"])).days / 365.25 <= STALE


@claim("brief_ask_figures", words="the department is responsible for all n targets")
def asked_of_owner(sentence: Sentence) -> Iterator[str]:
    """No open target is another's, where the number is that of all."""
    blank, _ = _open(sentence)
    others = set() if "judged" in sentence.params else set(blank["owner"])
    others -= {sentence.params["owner"]}
    yield from (f"some are of {owner or 'nobody'}" for owner in sorted(others))


@claim("brief_ask_figures_unnamed", words="for no target a department is named")
def nobody_to_ask(sentence: Sentence) -> Iterator[str]:
    """No owner in the rows that could be asked for."""
    blank, _ = _open(sentence)
    asked = blank[[_can_be_asked(sentence, row) for row in blank.to_dict("records")]]
    if asked["owner"].map(known).any() or known(sentence.params["owner"]):
        yield "an owner is named"
