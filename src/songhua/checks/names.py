"""Names that lack some languages: one language suffices, and `check` asks for the others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from songhua import messages, schema
from songhua.checks.fault_kinds import NamesAskedFor, SourceUnfilled
from songhua.errors import Fault
from songhua.messages import Words, demanded
from songhua.plan import Plan
from songhua.region import Region

#: The catalogues of a region whose entries have names, with their files.
FILES = {
    "places": "region.toml",
    "tags": "region.toml",
    "indicators": "indicators.toml",
    "industries": "industries.toml",
    "entities": "entities.toml",
    "claims": "claims.toml",
    "indices": "indices.toml",
}


def asked_for(region: Region, plan: Plan | None) -> list[Fault]:
    """For each language that names are asked for in: how many lack it, in one warning.

    >>> town = Region.of("town", industries={"food": {"name": Words({"zh": "食品"})}})
    >>> [(one.params["n"], one.params["files"]) for one in asked_for(town, None)]
    [(1, ('industries.toml',))]
    """
    names = [*_of_region(region), *(_of_plan(plan) if plan else ())]
    return [fault for lang in demanded() if (fault := _names_lacking(names, lang))]


#: What stands in the place of a publisher in a folder that was just begun.
TO_BE_FILLED = ("Who published it", "Who published them")


def unfilled_sources(region: Region) -> list[Fault]:
    """A warning for each source of figures whose publisher is still to be filled in.

    >>> region = Region.of("town", sources={"paper": {"publisher": "Who published them"}})
    >>> unfilled_sources(region)  # no figure rests on it
    []
    """
    of_figures = set(region.figures.all_rows.distinct("source"))
    return [
        SourceUnfilled("sources.toml", entry.get("row"), "publisher", id=id)
        for id, entry in region.sources.items()
        if entry.get("publisher") in TO_BE_FILLED and id in of_figures
    ]


def _names_lacking(names: list[tuple[str, Words]], lang: str) -> Fault | None:
    lacking = [file for file, words in names if not words.texts.get(lang, "").strip()]
    in_language = Words({spoken: messages.tongue(lang, spoken) for spoken in messages.LANGUAGES})
    return (
        NamesAskedFor(n=len(lacking), lang=in_language, files=tuple(dict.fromkeys(lacking)))
        if lacking
        else None
    )


def _of_region(region: Region) -> Iterator[tuple[str, Words]]:
    yield from _words("region.toml", region.name)
    for catalogue, file in FILES.items():
        yield from _words(file, getattr(region, catalogue))
    for table in region.tables.values():
        yield from _words("tables.toml", table.name)
    yield from _rows("left_out", region.left_out)


def _of_plan(plan: Plan) -> Iterator[tuple[str, Words]]:
    yield from _words("plan/plan.toml", [plan.name, plan.purpose])
    yield from _words(schema.where("plan_measures"), [measure.task for measure in plan.measures])
    yield from _rows("plan_seed_map", plan.seed_map)
    for id, scenario in plan.scenarios.items():
        yield from _words(f"plan/scenarios/{id}.toml", scenario.name)


def _rows(table: str, frame: pd.DataFrame) -> Iterator[tuple[str, Words]]:
    """The texts of a table's rows."""
    pattern = schema.table(table).column(schema.table(table).spoken[0][0]).each
    name = pattern.removesuffix(schema.LANGUAGE).removesuffix("_")
    for row in frame.to_dict("records"):
        texts: Mapping[str, object] = {str(column): text for column, text in row.items()}
        yield from _words(schema.where(table), Words.of(texts, name))


def _words(file: str, value: Any) -> Iterator[tuple[str, Words]]:
    """Every text in a value that is not blank, with its file."""
    if isinstance(value, Words):
        if value:
            yield file, value
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from _words(file, inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _words(file, inner)
