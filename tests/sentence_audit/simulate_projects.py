"""Claims of sentences on the plan's projects, and on the error of the region's table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import reduce

import pandas as pd

from sentence_audit.claims import Sentence, claim
from sentence_audit.evidence import ABSENT, rows, sole, unequal
from songhua.labels import convert
from songhua.maths import regional_error
from songhua.plan import Plan

ALL_PROJECTS = ""
#: Fields of a project that an assumption may replace, beside its sales.
FIELDS = ("ramp", "replace", "export", "displace")


def the_plan(sentence: Sentence) -> Plan:
    """The plan under the scenario of the tables."""
    plan = sentence.plan
    assert plan is not None
    names = rows(sentence, "simulate.totals")["scenario"].unique()
    return plan.with_scenario(str(names[0])) if len(names) else plan


def _texts(frame: pd.DataFrame) -> list[dict[str, str]]:
    """Rows of a table of the plan as texts."""
    return frame.fillna("").astype(str).to_dict("records") if len(frame) else []


def _assumed(
    plan: Plan, spending: list[dict[str, str]], known_of: dict[str, dict[str, str]]
) -> int:
    """Places where an assumption replaces missing data."""
    assumed = {(row["name"], row["scope"]) for row in _texts(plan.assumptions)}
    places = sum((not row["value"]) + (row["good"] == "total") for row in spending)
    for project, fields in known_of.items():
        replaced = [*FIELDS, "outside"] if "start" in fields else ["outside"]
        places += "start" in fields and "output" not in fields
        places += sum(
            name not in fields and bool({(name, project), (name, "")} & assumed)
            for name in replaced
        )
    return places


def project_rows(
    plan: Plan,
) -> tuple[list[dict[str, str]], dict[str, dict[str, str]], list[dict[str, str]]]:
    """Spending, the known fields of each simulated project, and the rows of operation."""
    spending, operation = _texts(plan.spending), _texts(plan.operation)
    starting = [row["project"] for row in operation if row["field"] == "start"]
    projects = dict.fromkeys([*(row["project"] for row in spending), *starting])
    fields = {
        project: {row["field"]: row["value"] for row in operation if row["project"] == project}
        for project in projects
    }
    return spending, fields, [row for row in operation if row["project"] in projects]


@claim(
    "simulate_fields",
    "simulate_fields_both",
    "brief_assumed",
    "brief_assumed_untested",
    words="n projects, or fewer without possible parts; fields with a source, places assumed",
)
def fields_of_projects(sentence: Sentence) -> Iterator[str]:
    """Counts over the plan's spending, operation and assumptions."""
    plan = the_plan(sentence)
    spending, fields, operation = project_rows(plan)
    facts = sum(bool(row.get("source")) for row in [*spending, *operation])
    computed = {"n": len(fields), "facts": facts, "assumed": _assumed(plan, spending, fields)}
    yield from unequal(sentence, computed)
    in_tables = set(rows(sentence, "simulate.projects")["project"])
    if in_tables != set(fields):
        yield f"the tables have the projects {sorted(in_tables)}"
    parts = len(_parts(sentence))
    yield from unequal(sentence, {"least": len(fields) - parts if parts else ABSENT})


def _run_in(sentence: Sentence, phase: str) -> list[str]:
    """The projects of a phase."""
    return list(rows(sentence, "simulate.projects", phase=phase)["project"].unique())


def _parts(sentence: Sentence) -> list[str]:
    """Projects that may be part, directly or through others, of another of the same phase."""
    wholes = the_plan(sentence).wholes
    parts: set[str] = set()
    for phase in ("construction", "operation"):
        counted = set(_run_in(sentence, phase))
        parts |= {project for project in counted if _above(project, wholes) & counted}
    return sorted(parts)


def _above(project: str, wholes: Mapping[str, tuple[str, ...]]) -> set[str]:
    """All projects that one may be part of."""
    above: set[str] = set()
    waiting = list(wholes.get(project, ()))
    while waiting:
        whole = waiting.pop()
        waiting += [] if whole in above else wholes.get(whole, ())
        above.add(whole)
    return above


@claim("simulate_possible_part", words="a project may be part of those, and a sum leaves it out")
def possible_part(sentence: Sentence) -> Iterator[str]:
    """The plan names the wholes; sums without parts are in the tables."""
    entity = sentence.params["entity"]
    yield from unequal(sentence, {"entities": the_plan(sentence).wholes.get(entity, ())})
    if entity not in _parts(sentence):
        yield f"{entity} and what it may be part of are not of one phase"
    if not rows(sentence, "simulate.totals", project=ALL_PROJECTS)["without_parts"].notna().any():
        yield "no sum leaves it out"


def _alone(sentence: Sentence, phase: str, other: str) -> Iterator[str]:
    """Projects of one phase without the other."""
    alone = set(_run_in(sentence, phase)) - set(_run_in(sentence, other))
    if alone != set(sentence.params["entities"]):
        yield f"the projects are {sorted(alone)}"


@claim("simulate_only_spending", words="these are built and sell nothing, for sales are not known")
def only_spending(sentence: Sentence) -> Iterator[str]:
    """No row of operation, and no sales in the plan."""
    yield from _alone(sentence, "construction", "operation")
    _, fields, _ = project_rows(the_plan(sentence))
    for project in sentence.params["entities"]:
        if "start" in fields.get(project, {}):
            yield f"the start of {project} is known"


@claim("simulate_only_operation", words="these sell and are not built: their spending is not known")
def only_operation(sentence: Sentence) -> Iterator[str]:
    """No row of construction, and no money in the plan."""
    yield from _alone(sentence, "operation", "construction")
    spending, _, _ = project_rows(the_plan(sentence))
    for row in spending:
        if row["project"] in sentence.params["entities"] and row["value"]:
            yield f"the spending of {row['project']} is known"


@claim(
    "regional_error_learnt",
    words="regions and studies that the error was learnt from, and how much of the multipliers of "
    "each country left out lay in its 90 % interval, from least to most",
)
def learnt_from(sentence: Sentence) -> Iterator[str]:
    """The parameters of the model as they are published."""
    model = regional_error.load()
    studies = [study for study in model.studies if study.areas]
    ends = dict(zip(("low", "high"), (f"{end:.0%}" for end in model.covered), strict=True))
    yield from unequal(sentence, {"n": sum(study.regions for study in studies), **ends})
    home = regional_error.tested_at_home(sentence.region.currency)
    blank = dict.fromkeys(("home", "home_low", "home_high"))
    measured = blank | home | {"home": dict(home["home"].texts) if home else None}
    yield from unequal(sentence, measured)
    for lang, text in sentence.params["error_study"].items():
        names = [study.name(lang) for study in studies]
        yield from (f"{name} is left out" for name in names if name not in text)
        rest = reduce(lambda left, name: left.replace(name, ""), names, text).strip(" ,、")
        yield from [f"{rest} is no study"] if rest else []


def _area(sentence: Sentence) -> float | None:
    """The region's area, where it is assumed."""
    row = sole(sentence, "simulate.assumptions", name="area")
    return None if row is None else float(row["value"])


def _beyond(
    sentence: Sentence, measure: str, size: float, form: str, times: float
) -> Iterator[str]:
    """A measure outside those learnt from, with their ends."""
    low, high = regional_error.load().range(measure)
    texts = {"size": size, "low": low, "high": high}
    yield from unequal(sentence, {name: form.format(times * n) for name, n in texts.items()})
    if low <= size <= high:
        yield f"{size} lies inside"


@claim("regional_error_area", words="the area lies outside those of regions learnt from")
def area(sentence: Sentence) -> Iterator[str]:
    """The assumed area beside the least and the greatest."""
    size = _area(sentence)
    yield from (
        ["no area is known"] if size is None else _beyond(sentence, "areas", size, "{:,.0f}", 1)
    )


@claim("regional_error_no_area", words="the area is not given")
def no_area(sentence: Sentence) -> Iterator[str]:
    """No assumption of it."""
    if _area(sentence) is not None:
        yield "an area is assumed"


@claim("regional_error_widened", words="the error is widened by this factor")
def widened(sentence: Sentence) -> Iterator[str]:
    """The assumption in the table."""
    row = sole(sentence, "simulate.assumptions", name="transfer")
    yield from unequal(sentence, {"transfer": None if row is None else row["value"]})


def _sizes(sentence: Sentence) -> tuple[float, float]:
    """The region's share of the nation's output: the sums of the low ends and of the high ends."""
    outputs = rows(sentence, "simulate.outputs")
    table = sentence.region.tables[str(outputs["table"].iloc[0])]
    nation = float(table.x.sum()) * convert(1, table.unit, str(outputs["unit"].iloc[0]))
    return float(outputs["low"].sum()) / nation, float(outputs["high"].sum()) / nation


def tested(sentence: Sentence) -> bool | None:
    """True for a region like those learnt from, None where the draws leave it open."""
    model, area = regional_error.load(), _area(sentence)
    if area is None or not model.range("areas")[0] <= area <= model.range("areas")[1]:
        return False
    least, most = model.range("shares")
    low, high = _sizes(sentence)
    inside, outside = least <= low and high <= most, high < least or low > most
    return True if inside else False if outside else None


@claim(
    "regional_error_untested",
    "brief_assumed_untested",
    words="the region lies outside those that the error was learnt from",
)
def untested(sentence: Sentence) -> Iterator[str]:
    """No area is known, or area or size lies outside."""
    if tested(sentence):
        yield "the region lies inside"


@claim("brief_assumed", words="the region is like those that the error was learnt from")
def like_others(sentence: Sentence) -> Iterator[str]:
    """Area and size lie inside."""
    if tested(sentence) is False and len(rows(sentence, "simulate.drivers", driver="table")):
        yield "the region lies outside"


@claim("regional_error_size", words="the share of output lies outside those of regions learnt from")
def size(sentence: Sentence) -> Iterator[str]:
    """The share as printed lies between the sums of low and high ends, and outside the others."""
    least, most = regional_error.load().range("shares")
    ends = {"low": f"{100 * least:.3g}%", "high": f"{100 * most:.3g}%"}
    yield from unequal(sentence, ends)
    low, high = _sizes(sentence)
    shares = [f"{100 * share:.3g}%" for share in (low, high)]
    printed = (
        float(f"0{sentence.params['size'].rstrip('%')}")
        if sentence.params["size"][:1].isdecimal()
        else -1
    )
    if not float(shares[0][:-1]) <= printed <= float(shares[1][:-1]):
        yield f"the share is {' to '.join(shares)}"
    if 100 * least < printed < 100 * most:
        yield "the share lies inside"
