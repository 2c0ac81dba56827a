"""Region of a case: its catalogues, observations, panels, tables and reviews, assembled."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd

from songhua import schema
from songhua.checks import claims, indices, reviews
from songhua.checks.places import Rows
from songhua.checks.values import Known
from songhua.errors import Fault
from songhua.interindustry import InputOutputTable
from songhua.messages import LANGUAGES, Words, word
from songhua.region import Region
from songhua.store import catalogues, observations, panels, rulebooks
from songhua.store.assembly import Assembly, Entries
from songhua.store.interindustry import folder as interindustry

WHOLE_ECONOMY = {
    "name": Words({lang: word("whole_economy", lang) for lang in LANGUAGES}),
    "parent": "",
    "partition": "",
    "note": "",
}
Check = Callable[[Mapping[str, Mapping[str, Any]], Known, Rows], list[Fault]]


def read(reading: Assembly) -> Region | None:
    """The region, or None where anything of it is faulty."""
    reading.only("region.toml", "region", "places")
    head = reading.one("region.toml", "region", "region")
    catalogue: dict[str, Any] = {
        "places": reading.entries("region.toml", "places", "places"),
        **{n: reading.entries(f"{n}.toml", n) for n in ("sources", "indicators", "industries")},
        "entities": reading.entries("entities.toml", "entities"),
        "claims": _checked(reading, "claims", claims.check),
        "indices": _indices(reading),
    }
    catalogue["industries"] = {"all": WHOLE_ECONOMY} | catalogue["industries"]
    left_out = reading.frame("left_out.csv", "left_out").drop(columns="row")
    figures, cells = reading.many("observations"), reading.many("panels")
    reading.faults += [fault for one in cells for fault in panels.check(one)]
    tables = _interindustry(reading)
    answers = _reviews(reading)
    reading.faults += reviews.check(answers, catalogue["indicators"])
    if head is None or reading.faults:
        return None
    sources, indicators = catalogue["sources"], catalogue["indicators"]
    return Region(
        code=head["code"],
        name=head["name"],
        currency=head["currency"],
        base_year=int(head["base_year"]) if head["base_year"] != "" else None,
        observations=observations.assemble(figures, sources, indicators),
        panels=panels.assemble(cells, sources, indicators),
        tables=tables,
        left_out=left_out,
        reviews=answers,
        rulebooks=rulebooks.status_names(),
        **catalogue,
    )


def blank(name: str) -> Region:
    """A region that has no code and holds nothing."""
    none: dict[str, Any] = {}
    frame, cells = observations.assemble([], none, none), panels.assemble([], none, none)
    left_out = pd.DataFrame({one: [] for one in schema.table("left_out").names})
    return Region(
        "", Words.same(name), "", None, none, none, none, none, none, none, frame,
        cells, left_out,
    )  # fmt: skip


def _checked(reading: Assembly, name: str, check: Check) -> Entries:
    """A catalogue whose entries hold tables of their own."""
    found = reading.entries(f"{name}.toml", name)
    reading.faults += check(found, reading.known, reading.raw.row)
    return found


def _indices(reading: Assembly) -> Entries:
    """The composite indices, their parts and members with the defaults of their columns."""
    found = _checked(reading, "indices", indices.check)
    for index in found.values():
        for kind in indices.KINDS:
            table, nested = schema.table(f"index_{kind}"), indices.given(index, kind).items()
            index[kind] = {
                name: catalogues.filled(data, table)
                for name, data in nested
                if isinstance(data, dict)
            }
    return found


def _interindustry(reading: Assembly) -> dict[str, InputOutputTable]:
    """The input-output tables; none is read where an entry of one is faulty."""
    before = len(reading.faults)
    entries = reading.entries("tables.toml", "tables")
    beside = {
        name: reading.frame(name, kind)
        for name, kind in interindustry.companions(reading.raw.files).items()
    }
    if len(reading.faults) > before:
        return {}
    found, faults = interindustry.read(reading.raw.home, reading.raw.files, entries, beside)
    reading.faults += faults
    return found


def _reviews(reading: Assembly) -> pd.DataFrame:
    """What was reported on review sheets, all files as one table of text."""
    found = [
        reading.frame(name, "reviews").assign(file=name.removeprefix("reviews/"))
        for name in reading.raw.within("reviews")
    ]
    return pd.concat(found or [reading.frame("", "reviews")], ignore_index=True)
