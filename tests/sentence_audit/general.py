"""Mechanisms: what sentences of any kind claim, by the types and names of their fields."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Any

import pandas as pd

from sentence_audit.claims import Predicate, Sentence
from sentence_audit.rows import TILE, cited, every, fields_of, numeric, period, shows, study_of
from songhua.results.declared import studies_with, tables
from songhua.results.finding import kinds
from songhua.schema import Column

#: Columns by which a row is one that a sentence speaks of, and those that hold numbers.
NAMING = ("label", "labels", "choice", "period", "date", "unit")
NUMBERS = ("number", "integer", "decimal")
#: Kinds that name figures and repeat rows of a table too.
ALSO_OF = {
    "closing_weight": "diagnose.growth_contributions",
    "contributions_against_growth": "diagnose.growth_contributions",
    "expectation_missed": "diagnose.expectations",
    "growth_outside_parts": "diagnose.conflicts",
    "growth_turned_positive": "diagnose.turning_points",
    "largest_by_measure": "diagnose.system",
    "parts_do_not_sum": "diagnose.sums",
    "rest_of_year_fell": "diagnose.unseen_periods",
    "rest_of_year_rose": "diagnose.unseen_periods",
}
#: Fields that are named as a column and hold something else: a count of rows, or a derived number.
DERIVED = {
    ("simulate_ends", "low"), ("simulate_ends", "high"), ("simulate_net", "steps"), ("simulate_net_both", "steps"),
    ("accounts_rest_on", "industries"), ("accounts_rest_on", "period"),
    ("choose_coarse", "n"), ("choose_learnt", "n"), ("choose_learnt", "years"), ("choose_no_odds_few_regions", "n"),
    ("choose_no_odds_noise", "n"), ("choose_no_odds_few_events", "n"), ("simulate_driven_by_accounts", "low"),
    ("simulate_driven_by_accounts", "high"), ("closing_weight", "industry"), ("closing_weight", "residual"),
    ("closing_weight", "share"), ("names_differ", "n"), ("names_differ", "periods"),
    ("rank_other_name", "period"), ("rank_other_name", "rank"), ("rank_other_name", "other_rank"),
    ("rank_other_name_open", "period"), ("rank_other_name_open", "rank"), ("ranks_beside", "of"),
    ("rest_of_year_fell", "turns_above"), ("rest_of_year_rose", "turns_above"),
    ("brief_contributions", "indicator"), ("brief_contributions_drag", "indicator"),
    ("expectation_otherwise", "stated"),
    ("grouping_at_least", "low"), ("grouping_range", "low"), ("grouping_range", "high"),
}  # fmt: skip
#: Numbers of figures that a sentence repeats, by the names of their fields.
PRINTED = (
    "value", "before_value", "after_value", "expected", "actual", "growth", "whole", "left",
    "right",
)  # fmt: skip
#: Kinds of diagnose and brief whose numbers are no figures that they cite.
COMPUTED = ("brief_growth_above", "brief_growth_below", "brief_growth_same")
#: What is between which ends, and which is no larger than which.
ENDS = (
    ("low", "value", "high"), ("left", "value", "right"), ("low", "contribution_pp", "high"),
    ("low_pp", "value_pp", "high_pp"), ("other_low", "other_pp", "other_high"),
    ("best", "rank", "worst"), ("least", "most"), ("low_years", "high_years"),
    ("rank", "rank_high", "of"), ("jobs_low", "jobs", "jobs_high"), ("n", "of"), ("n", "total"),
    ("without_left", "without", "without_right"), ("used", "of"), ("first", "n"), ("open", "n"),
    ("without_jobs_low", "without_jobs", "without_jobs_high"), ("came", "n"),
    ("covered", "told"), ("listed", "n"), ("due", "n"), ("known", "members"),
    ("growth_low", "growth", "growth_high"), ("rank_low", "rank", "rank_high"),
)  # fmt: skip
#: Fields of ENDS that are counts of other things in a kind.
UNLIKE = {"ranks_beside", "names_differ", "growth_outside_parts", "structure_distance"}
#: Kinds that tell odds of what may still come, within `years` of the end of `period`.
ODDS = (
    "brief_choose_enter", "brief_choose_lose", "brief_plan_at_risk",
)  # fmt: skip


@dataclass(frozen=True)
class Mechanism:
    """A claim of every kind that has certain fields: those it reads of a kind, and its predicate."""

    words: str
    reads: Callable[[str], tuple[str, ...]]
    denials: Predicate


def table_of(code: str) -> str:
    """The table that a kind rests on, as study and name; blank where there is none.

    >>> table_of("brief_growth_same"), table_of("parts_do_not_sum"), table_of("no_plan")
    ('diagnose.peers', 'diagnose.sums', '')
    """
    if code.startswith(TILE) or code in ALSO_OF:
        return ALSO_OF.get(code, "")
    study, _, table = kinds()[code].rests.rpartition(".")
    study = study or study_of(code)
    exists = study in studies_with("tables") and table in tables(study)
    return f"{study}.{table}" if exists else ""


@cache
def columns_for(code: str) -> dict[str, Column]:
    """The fields of a kind that hold the cells of its table, each with the column's name."""
    study, _, table = table_of(code).partition(".")
    if not table:
        return {}
    schema = {column.name: column for column in tables(study)[table].columns}
    pairs = {name: schema.get(name) or schema.get(_single(name)) for name in fields_of(code)}
    return {
        name: column
        for name, column in pairs.items()
        if column is not None and (code, name) not in DERIVED
    }


def _single(name: str) -> str:
    return f"{name[:-3]}y" if name.endswith("ies") else name.removesuffix("s")


def known_names(sentence: Sentence) -> Iterator[str]:
    """Each label is one of its catalogue."""
    for name in _labels(sentence.code):
        column, value = fields_of(sentence.code)[name], sentence.params.get(name)
        entries = _entries(sentence, column.of)
        labels = value if isinstance(value, list) else [value] if value else []
        odd = [label for label in labels if entries is not None and label not in entries]
        if odd:
            yield f"{name}: {odd} stand in no catalogue ({column.of})"


def _labels(code: str) -> tuple[str, ...]:
    return tuple(n for n, c in fields_of(code).items() if c.type in ("label", "labels"))


def _entries(sentence: Sentence, catalogue: str) -> set[str] | None:
    """The names of a catalogue; none for one that is not of the region or the plan."""
    region, plan = sentence.region, sentence.plan
    usual = {"places": {region.code}, "industries": {"all"}}
    if catalogue in ("targets", "measures"):
        entries = getattr(plan, catalogue, ())
        return {*entries} if isinstance(entries, dict) else {entry.id for entry in entries}
    if catalogue == "table_industries":
        return {code for table in region.tables.values() for code in map(str, table.codes)}
    entries = getattr(region, catalogue, None)
    return None if entries is None else {*entries, *usual.get(catalogue, ())}


def row_behind(sentence: Sentence) -> Iterator[str]:
    """A row of the table that the kind rests on holds all fields that are named as its columns."""
    of, table = columns_for(sentence.code), table_of(sentence.code)
    if not of:
        return
    alike = every(sentence.tables.get(table, pd.DataFrame()))
    for name, column in of.items():
        value = sentence.params.get(name)
        if column.type not in NAMING or value in (None, "", []):
            continue
        labels = [*map(str, value)] if isinstance(value, list) else [str(value)]
        joint = [row for row in alike if str(row[column.name]) == " ".join(labels)]
        alike = joint or [row for row in alike if str(row[column.name]) in labels]
        if not joint and not {*labels} <= {str(row[column.name]) for row in alike}:
            yield f"{name}: no row of {table} has {value} beside the other names"
            return
    numbers = {name: column.name for name, column in of.items() if column.type in NUMBERS}
    shown = {name: sentence.params[name] for name in numbers if name in sentence.params}
    if shown and not any(
        all(shows(value, row[numbers[name]]) for name, value in shown.items()) for row in alike
    ):
        yield f"no row of {table} shows {shown}"


def _of_row(code: str) -> tuple[str, ...]:
    wanted = (*NAMING, *NUMBERS)
    return tuple(name for name, column in columns_for(code).items() if column.type in wanted)


def figures_behind(sentence: Sentence) -> Iterator[str]:
    """Each figure that is named exists; those of that series and time have the numbers."""
    figures = cited(sentence)
    if len(figures) < len(sentence.observations):
        yield "a figure that is named is in no file"
    names = _of_figures(sentence.code)
    if not figures or not names:
        return
    params = sentence.params
    labels = {name: params[name] for name in names if name in SERIES and params.get(name)}
    alike = [f for f in figures if all(getattr(f, n) == label for n, label in labels.items())]
    if not alike:
        yield f"no figure that is named is of {labels}"
    periods = {str(figure.period) for figure in alike}
    values = [figure.value for figure in alike]
    for name in names:
        kind, value = fields_of(sentence.code)[name].type, params.get(name)
        if kind == "period" and value and value not in periods:
            yield f"{name}: no figure that is named is of {value}"
        if name == "unit" and value and value not in {figure.unit for figure in alike}:
            yield f"unit: no figure that is named is in {value}"
        if name in PRINTED and value is not None and not any(shows(value, v) for v in values):
            yield f"{name}: no figure that is named is {value}"


SERIES = ("indicator", "industry", "region", "entity")


def _of_figures(code: str) -> tuple[str, ...]:
    """The fields that the figures of a kind of diagnose or of the brief hold."""
    if study_of(code) not in ("diagnose", "brief") or code.startswith(TILE) or code in COMPUTED:
        return ()
    if kinds()[code].rests != "figures" or "brief_headlines" in fields_of(code):
        return ()
    return tuple(
        name
        for name, column in fields_of(code).items()
        if (name in (*SERIES, *PRINTED, "unit") or column.type == "period")
        and (code, name) not in DERIVED
    )


def ends_in_order(sentence: Sentence) -> Iterator[str]:
    """No number lies outside its ends, and no count is above that which it is of."""
    for ends in _ends(sentence.code):
        numbers = [numeric(sentence.params.get(name)) for name in ends]
        if any(left > right + 1e-9 * max(abs(right), 1) for left, right in pairwise(numbers)):
            yield f"{ends} are {numbers}"


def _ends(code: str) -> list[tuple[str, ...]]:
    if code in UNLIKE:
        return []
    return [ends for ends in ENDS if set(ends) <= set(fields_of(code))]


def counted(sentence: Sentence) -> Iterator[str]:
    """A count is no smaller than the list beside it."""
    n = sentence.params.get("n")
    for name in _lists(sentence.code):
        listed = sentence.params.get(name) or []
        if len(listed) > (n or 0):
            yield f"{name} lists {len(listed)} of {n}"


def _lists(code: str) -> tuple[str, ...]:
    fields = fields_of(code)
    lists = ("labels",) if "n" in fields and fields["n"].type == "integer" else ()
    return tuple(n for n, c in fields.items() if c.type in lists and n not in ("entities",))


def still_ahead(sentence: Sentence) -> Iterator[str]:
    """Odds are of years that are not over on the day of the view."""
    if sentence.code in ODDS:
        last = period(sentence.params["period"]).end.year + int(sentence.params["years"])
        if last < sentence.day.year:
            yield f"the odds are of years until {last}, and the view is of {sentence.day}"


def doubts_shown(sentence: Sentence) -> Iterator[str]:
    """The doubts of the figures that are named are those that are shown."""
    shown: Any = sentence.params.get("doubts")
    if shown is None:
        return
    doubts = sentence.region.figures.doubts
    kinds = {str(d.kind) for id in sentence.observations for d in doubts.get(id, ())}
    words = set(shown.split() if isinstance(shown, str) else shown or [])
    if words != kinds:
        yield f"doubts are {sorted(kinds)}, and {sorted(words)} are shown"


def _doubts(code: str) -> tuple[str, ...]:
    return tuple(name for name in fields_of(code) if name == "doubts")


def _odds(code: str) -> tuple[str, ...]:
    return ("period", "years") if code in ODDS else ()


MECHANISMS = (
    Mechanism("each label is an entry of its catalogue", _labels, known_names),
    Mechanism("a row of the table that it rests on holds these cells", _of_row, row_behind),
    Mechanism("a figure that it names is of that series, period and value", _of_figures, figures_behind),
    Mechanism("numbers lie between their ends, counts within what they are of", lambda code: tuple(dict.fromkeys(n for ends in _ends(code) for n in ends)), ends_in_order),
    Mechanism("the count is no smaller than the list", _lists, counted),
    Mechanism("the years that the odds are of are not over", _odds, still_ahead),
    Mechanism("it shows the doubts of the figures that it names", _doubts, doubts_shown),
)  # fmt: skip


def denials(sentence: Sentence) -> list[str]:
    """All that the tables deny of a sentence by these mechanisms."""
    return [line for mechanism in MECHANISMS for line in mechanism.denials(sentence)]


def reads(code: str) -> Mapping[str, tuple[str, ...]]:
    """The fields of a kind that each mechanism reads, by its name."""
    by_name = {mechanism.denials.__name__: mechanism.reads(code) for mechanism in MECHANISMS}
    return {name: fields for name, fields in by_name.items() if fields}
