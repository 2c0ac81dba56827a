"""Claims of sentences on projects: what they bring, with intervals, gross and net."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sentence_audit.claims import Sentence, claim
from sentence_audit.evidence import known, rows, sole, three_digits, unequal

Row = Mapping[str, Any]
#: Names of parameters for a number, its low and its high end.
ADDED, JOBS = ("value", "left", "right"), ("jobs", "jobs_low", "jobs_high")
WITHOUT = ("without", "without_left", "without_right")
WITHOUT_JOBS = ("without_jobs", "without_jobs_low", "without_jobs_high")
NET = ("actual", "implied", "expected")
WITHOUT_NET = ("without_net", "without_net_left", "without_net_right")
ALL_PROJECTS, DIRECT_AND_INDIRECT = "", "type_i"
MOST_PROJECTS = 5
#: The steps between gross and net.
LOSSES = ("displaced", "crowded", "capacity")


def _named(
    row: Row, names: tuple[str, str, str], column: str = "value", persons: bool = False
) -> dict[str, float]:
    """The number and its ends as a sentence prints them."""
    ends = ("low", "high") if column == "value" else (f"{column}_low", f"{column}_high")
    printed = (three_digits(row[name]) for name in (column, *ends))
    return {
        name: round(number) if persons else number
        for name, number in zip(names, printed, strict=True)
    }


def _gains(sentence: Sentence, phase: str, project: str = ALL_PROJECTS) -> Iterator[str]:
    """The value added and the jobs of a phase, with the second sum where parts may be others'."""
    labels = {"project": project, "phase": phase, "effect": DIRECT_AND_INDIRECT}
    added, jobs = (
        sole(sentence, "simulate.totals", measure=measure, **labels)
        for measure in ("value_added", "jobs")
    )
    if added is None or jobs is None:
        yield f"no sum of {phase}, direct and indirect, of {project or 'all projects'}"
        return
    computed: dict[str, object] = {"period": added["period"], "unit": added["unit"]}
    computed |= _named(added, ADDED) | _named(jobs, JOBS, persons=True)
    both = known(added["without_parts"])
    if both:
        computed |= _named(added, WITHOUT, "without_parts")
        computed |= _named(jobs, WITHOUT_JOBS, "without_parts", persons=True)
    yield from unequal(sentence, computed)
    if both != ("without" in sentence.params):
        yield "the sum without possible parts is left out, or there is none"
    for row in (added, jobs):
        yield from _of_kind(sentence, row)


def _of_kind(sentence: Sentence, row: Row) -> Iterator[str]:
    """A line where the ends of a row are not of the kind that the words name."""
    named = sentence.params.get("estimate", "interval")
    if row["estimate"] != named or not row["low"] <= row["value"] <= row["high"]:
        yield f"the ends are of the kind {row['estimate']}"


def _years(sentence: Sentence, phase: str) -> str:
    """The years of a phase: all that are built in, or the last."""
    years = rows(sentence, "simulate.years", phase=phase)["year"]
    last = rows(sentence, "simulate.balance")["year"].max()
    if phase == "operation":
        return str(last)
    return f"{years.min()}..{years.max()}" if years.min() < years.max() else str(years.min())


@claim(
    "simulate_construction",
    "simulate_construction_both",
    "brief_projects_construction",
    "brief_projects_construction_both",
    words="value added and jobs of building, in the region, direct and indirect, of all projects, "
    "between the ends of a 90 % interval, over the years in which something is built",
)
def building(sentence: Sentence) -> Iterator[str]:
    """The sum of construction, and its years."""
    yield from _gains(sentence, "construction")
    yield from unequal(sentence, {"period": _years(sentence, "construction")})


@claim(
    "simulate_operation",
    "simulate_operation_both",
    "brief_projects_operation",
    "brief_projects_operation_both",
    "brief_projects_net",
    "brief_projects_net_both",
    words="value added and jobs a year of running, in the region, direct and indirect, before "
    "displacement, of all projects, in the last year that is reckoned",
)
def running(sentence: Sentence) -> Iterator[str]:
    """The sum of operation in the last year."""
    yield from _gains(sentence, "operation")
    yield from unequal(sentence, {"period": _years(sentence, "operation")})


@claim(
    "brief_projects_construction",
    "brief_projects_construction_both",
    "brief_projects_operation",
    "brief_projects_operation_both",
    "brief_projects_net",
    "brief_projects_net_both",
    words="so many projects are in the sums, where their number is said",
)
def number_of_projects(sentence: Sentence) -> Iterator[str]:
    """The projects that have sums of their own in the phase."""
    phase = "construction" if "construction" in sentence.code else "operation"
    each = rows(sentence, "simulate.totals", phase=phase)["project"]
    if "n" in sentence.params:
        yield from unequal(sentence, {"n": each[each != ALL_PROJECTS].nunique()})


@claim(
    "brief_projects_construction",
    "brief_projects_construction_both",
    words="of later sales of the projects nothing is known",
)
def no_sales(sentence: Sentence) -> Iterator[str]:
    """No project runs in any year."""
    if len(rows(sentence, "simulate.totals", phase="operation")):
        yield "projects run in the tables"


def _last_balance(sentence: Sentence, step: str) -> dict[str, Any] | None:
    """A step of the balance of value added in the last year."""
    year = rows(sentence, "simulate.balance")["year"].max()
    labels = {"step": step, "effect": DIRECT_AND_INDIRECT, "measure": "value_added"}
    return sole(sentence, "simulate.balance", year=year, **labels)


@claim(
    "simulate_net",
    "simulate_net_both",
    words="value added in the last year net of what is lost, beside the gross of the same year",
)
def net(sentence: Sentence) -> Iterator[str]:
    """Net and gross are the steps of one year and measure."""
    last, gross = (_last_balance(sentence, step) for step in ("net", "gross"))
    if last is None or gross is None:
        yield "no net and gross value added of the last year"
        return
    computed: dict[str, object] = {"period": last["year"], "unit": last["unit"]}
    computed |= _named(last, ADDED) | {"actual": three_digits(gross["value"])}
    both = known(last["without_parts"])
    if both:
        computed |= _named(last, WITHOUT, "without_parts")
        computed["without_gross"] = three_digits(gross["without_parts"])
    yield from unequal(sentence, computed)
    if both != ("without" in sentence.params):
        yield "the sum without possible parts is left out, or there is none"
    yield from _of_kind(sentence, last)


@claim(
    "brief_projects_net",
    "brief_projects_net_both",
    words="value added net of what is lost, in the same year",
)
def net_beside_gross(sentence: Sentence) -> Iterator[str]:
    """The net row of the last year."""
    last = _last_balance(sentence, "net")
    if last is None:
        yield "no net value added of the last year"
        return
    computed: dict[str, object] = dict(_named(last, NET))
    if known(last["without_parts"]):
        computed |= _named(last, WITHOUT_NET, "without_parts")
    yield from unequal(sentence, computed)
    yield from _of_kind(sentence, last)


#: The losses that sentences name where they do not list them.
NAMED_LOSSES = {"simulate": LOSSES, "brief": ("displaced",)}


@claim(
    "simulate_net",
    "simulate_net_both",
    "brief_projects_net",
    "brief_projects_net_both",
    words="each loss that is named takes something in that year, and no other does",
)
def losses(sentence: Sentence) -> Iterator[str]:
    """The steps between gross and net of the last year."""
    named = sentence.params.get("steps", NAMED_LOSSES[sentence.code.split("_")[0]])
    of_year = [step for step in LOSSES if _last_balance(sentence, step) is not None]
    if list(named) != of_year:
        yield f"the losses of the last year are {of_year}"


@claim("simulate_gross", words="nothing is taken off the gross effect of the last year")
def no_losses(sentence: Sentence) -> Iterator[str]:
    """No step between gross and net, which are the same."""
    yield from unequal(sentence, {"period": _years(sentence, "operation")})
    yield from (f"there is {s}" for s in LOSSES if _last_balance(sentence, s) is not None)


@claim(
    "brief_project",
    words="value added and jobs a year of a project once it runs, one of the five largest",
)
def project(sentence: Sentence) -> Iterator[str]:
    """The sum of one project that runs, and its rank."""
    name = sentence.params["entity"]
    yield from _gains(sentence, "operation", name)
    labels = {"phase": "operation", "effect": DIRECT_AND_INDIRECT, "measure": "value_added"}
    each = rows(sentence, "simulate.totals", **labels)
    single = each[each["project"] != ALL_PROJECTS].sort_values("value", ascending=False)
    if name not in list(single["project"])[:MOST_PROJECTS]:
        yield f"{name} is not among the largest"
