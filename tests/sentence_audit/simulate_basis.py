"""Claims of sentences on a simulation's drivers, and on sizes, supply and limits of industries."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sentence_audit.claims import Sentence, claim
from sentence_audit.evidence import ABSENT, known, rows, sole, three_digits, unequal

Row = Mapping[str, Any]
#: Drivers of which nobody can settle anything.
NOT_TO_SETTLE = ("structure", "table", "together")
OUTCOME = "net_value_added"


def _drivers(sentence: Sentence, leave_out: tuple[str, ...] = ("together",)) -> list[Row]:
    """The drivers of the net value added, the greatest first."""
    frame = rows(sentence, "simulate.drivers", outcome=OUTCOME)
    frame = frame[~frame["driver"].isin(leave_out)] if len(frame) else frame
    return frame.sort_values("share", ascending=False, kind="stable").to_dict("records")


@claim(
    "simulate_driver",
    "simulate_driver_of",
    words="the driver with the greatest share of the variance of net value added, and whose it is",
)
def greatest_driver(sentence: Sentence) -> Iterator[str]:
    """No other driver explains more."""
    for first in _drivers(sentence)[:1]:
        yield from unequal(sentence, {"driver": first["driver"], "share": round(first["share"])})
        yield from unequal(sentence, {"entity": first["project"] or ABSENT})


@claim(
    "brief_driver",
    "brief_driver_of",
    words="of the drivers that can be settled the one with the greatest share of the variance of "
    "net value added, and the mean of that in its lowest and highest tenth",
)
def driver_to_settle(sentence: Sentence) -> Iterator[str]:
    """No other assumption explains more, and both ends are known."""
    able = _drivers(sentence, NOT_TO_SETTLE)
    if not able:
        yield "no driver can be settled"
        return
    first = able[0]
    yield from unequal(
        sentence,
        {
            "driver": first["driver"],
            "entity": first["project"],
            "share": round(first["share"]),
            "left": three_digits(first["low"]),
            "right": three_digits(first["high"]),
            "unit": first["unit"],
        },
    )
    if not (known(first["low"]) and known(first["high"])):
        yield "its ends are not known"


@claim(
    "brief_assumed",
    "brief_assumed_untested",
    words="the share of the table's error in the variance of net value added",
)
def share_of_table(sentence: Sentence) -> Iterator[str]:
    """The share of one driver, none where there is no such driver."""
    row = sole(sentence, "simulate.drivers", outcome=OUTCOME, driver="table")
    yield from unequal(sentence, {"share": None if row is None else round(row["share"])})


def _spread(sentence: Sentence, basis: str) -> Iterator[str]:
    """Industries whose size is of one basis, and the part of the variance that their draws make."""
    sizes = rows(sentence, "simulate.outputs", basis=("prior", "accounts"))
    shares = rows(sentence, "simulate.drivers", driver="structure")["share"]
    low, high = (shares.min(), shares.max()) if len(shares) else (0.0, 0.0)
    computed = {"n": len(sizes), "low": round(low, 1), "high": round(high, 1)}
    yield from unequal(sentence, computed)
    for column in ("table", "basis"):
        wanted = {sentence.params["table"]} if column == "table" else {basis}
        if set(sizes[column]) != wanted:
            yield f"sizes have the {column} {sorted(set(sizes[column]))}"


@claim(
    "simulate_driven_by_assumption",
    words="n industries are spread as in the nation, and the part of each variance that this makes",
)
def as_in_the_nation(sentence: Sentence) -> Iterator[str]:
    """Sizes by the prior alone."""
    yield from _spread(sentence, "prior")


@claim(
    "simulate_driven_by_accounts",
    words="n industries are drawn from accounts, and the part of each variance that this makes",
)
def as_accounts_have_it(sentence: Sentence) -> Iterator[str]:
    """Sizes by accounts alone."""
    yield from _spread(sentence, "accounts")


@claim("simulate_no_accounts", words="accounts give no size, and the nation's structure stays")
def structure_of_the_nation(sentence: Sentence) -> Iterator[str]:
    """Some sizes are spread by the prior, none by accounts."""
    if len(rows(sentence, "simulate.outputs", basis="accounts")):
        yield "sizes come of accounts"
    if not len(rows(sentence, "simulate.outputs", basis="prior")):
        yield "no size is the nation's"
    made, drawn = (len(rows(sentence, f"accounts.{name}")) > 0 for name in ("cells", "draws"))
    reasons = ("above_table", "not_drawn") if made else ("no_total", "not_given")
    if sentence.params["no_accounts"] not in reasons or drawn:
        yield f"accounts are {'drawn' if drawn else 'made' if made else 'not made'}"


@claim("simulate_from_jobs", words="n of all industries of the table have a size by their jobs")
def sizes_of_jobs(sentence: Sentence) -> Iterator[str]:
    """As many as rows say, or more where a sector of jobs is spread within."""
    n, sizes = sentence.params["n"], rows(sentence, "simulate.outputs")
    yield from unequal(sentence, {"of": len(sizes)})
    jobs = int((sizes["basis"] == "jobs").sum())
    spread = int(sizes["basis"].isin(["prior", "accounts"]).sum())
    if not max(jobs, 1) <= n <= jobs + spread:
        yield f"n is {n}, and rows give {jobs} to {jobs + spread}"


@claim("simulate_wider", words="n of all industries take the share of a wider one")
def sizes_of_wider(sentence: Sentence) -> Iterator[str]:
    """The count of their basis."""
    sizes = rows(sentence, "simulate.outputs")
    yield from unequal(sentence, {"n": int((sizes["basis"] == "wider").sum()), "of": len(sizes)})


@claim(
    "simulate_own_supply",
    words="for n of all industries a share is observed; so many lie in the 90 % interval of the "
    "estimate, and the figures that they rest on",
)
def observed_supply(sentence: Sentence) -> Iterator[str]:
    """Counts of rows, and of those between their ends."""
    shares = rows(sentence, "simulate.own_supply")
    inside = shares["observed"].between(shares["low"], shares["high"])
    counts = {"n": len(shares), "inside": int(inside.sum())}
    yield from unequal(sentence, {**counts, "of": len(rows(sentence, "simulate.outputs"))})
    if set(shares["estimate"]) != {"interval"}:
        yield "the ends of the estimate are of no interval"
    if {id for cell in shares["observations"] for id in cell.split()} != set(sentence.observations):
        yield "the figures are others"


@claim("simulate_limits", words="n industries reach a limit, in up to so many percent of draws")
def limits(sentence: Sentence) -> Iterator[str]:
    """Industries of the rows, and the greatest share."""
    bound = rows(sentence, "simulate.limits")
    computed = {"n": bound["code"].nunique(), "binds": bound["binds"].max()}
    yield from unequal(sentence, computed)


@claim("simulate_no_limits", words="no capacity is assumed, and none binds")
def no_limits(sentence: Sentence) -> Iterator[str]:
    """Neither a limit nor an assumption of spare capacity."""
    if len(rows(sentence, "simulate.limits")):
        yield "limits bind"
    if len(rows(sentence, "simulate.assumptions", name="spare")):
        yield "spare capacity is assumed"
    if len(rows(sentence, "simulate.balance", step="capacity")):
        yield "limits take something"


@claim("simulate_type_two", words="there are effects of type II to be read so")
def type_two(sentence: Sentence) -> Iterator[str]:
    """Rows of the effect."""
    if not len(rows(sentence, "simulate.totals", effect="type_ii")):
        yield "no effect is of type II"
