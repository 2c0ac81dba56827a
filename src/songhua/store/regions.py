"""Region of a case: its catalogues, observations, panels, tables and reviews, assembled."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pandas as pd

from songhua import schema
from songhua.checks import claims, indices, reviews
from songhua.checks.places import Rows
from songhua.checks.values import Ids
from songhua.errors import Fault, SonghuaError
from songhua.fault_kinds import LabelUnknown, LearntChanged
from songhua.maths.interindustry import InputOutputTable
from songhua.messages import LANGUAGES, Words, word
from songhua.reading import catalogues, observations, panels
from songhua.region import Region
from songhua.region.figures import FigureTable
from songhua.region.learnt import LearntPanel
from songhua.region.learnt import read as read_learnt
from songhua.schema import Catalogue, Entry
from songhua.store import rulebooks
from songhua.store.assembly import Assembly
from songhua.store.interindustry import folder as interindustry
from songhua.store.kept import LEARNT, is_own

WHOLE_ECONOMY = {
    "name": Words({lang: word("whole_economy", lang) for lang in LANGUAGES}),
    "parent": "",
    "partition": "",
    "note": "",
}
Check = Callable[[Catalogue, Ids, Rows], list[Fault]]


def read(reading: Assembly) -> Region | None:
    """The region, as far as it could be read; None where its head could not."""
    reading.allow_only("region.toml", "region", "places", "tags")
    head = reading.table_entry("region.toml", "region", "region")
    places = reading.entries("region.toml", "places", "places")
    tags = reading.entries("region.toml", "tags", "tags")
    sources, indicators, industries, entities = (
        reading.entries(f"{name}.toml", name)
        for name in ("sources", "indicators", "industries", "entities")
    )
    statements, composed = _checked(reading, "claims", claims.check), _indices(reading)
    left_out = reading.frame("left_out.csv", "left_out").drop(columns="row")
    figures, cells = reading.many("observations"), reading.many("panels")
    reading.faults += [fault for part in cells for fault in panels.check(part)]
    tables = _interindustry(reading)
    taught = _learnt(reading)
    answers = _reviews(reading)
    reading.faults += reviews.check(Region.of("", indicators=indicators, reviews=answers))
    if head is None:
        return None
    return Region(
        code=head["code"],
        name=head["name"],
        currency=head["currency"],
        base_year=int(head["base_year"]) if head["base_year"] != "" else None,
        figures=FigureTable.of(
            observations.assemble(figures, sources, indicators),
            panels.assemble(cells, sources, indicators),
        ),
        tables=tables,
        left_out=left_out,
        reviews=answers,
        rulebooks=rulebooks.status_names(),
        places=places,
        tags=tags,
        sources=sources,
        indicators=indicators,
        industries={"all": WHOLE_ECONOMY, **industries},
        entities=entities,
        claims=statements,
        indices=composed,
        learnt=taught,
        within=head["within"],
        kind=head["kind"],
    )


def blank(name: str) -> Region:
    """A region that has no code and holds nothing."""
    none: Catalogue = {}
    left_out = pd.DataFrame({name: [] for name in schema.table("left_out").names})
    return Region(
        "",
        Words.same(name),
        "",
        None,
        none,
        none,
        none,
        none,
        none,
        none,
        FigureTable.of(),
        left_out,
    )


def _checked(reading: Assembly, name: str, check: Check) -> Catalogue:
    """A catalogue whose entries hold tables of their own."""
    entries = reading.entries(f"{name}.toml", name)
    reading.faults += check(entries, reading.labels, reading.raw.row)
    return entries


def _indices(reading: Assembly) -> Catalogue:
    """The composite indices, their parts and members with the defaults of their columns."""
    entries = _checked(reading, "indices", indices.check)
    return {id: {**index, **_nested(index)} for id, index in entries.items()}


def _nested(index: Entry) -> dict[str, Catalogue]:
    """The parts and the members of an index."""
    return {
        kind: {
            name: catalogues.filled(data, schema.table(f"index_{kind}"))
            for name, data in indices.nested_entries(index, kind).items()
            if isinstance(data, dict)
        }
        for kind in indices.KINDS
    }


def _interindustry(reading: Assembly) -> dict[str, InputOutputTable]:
    """The input-output tables; none is read where an entry of one is faulty."""
    before = len(reading.faults)
    entries = reading.entries("tables.toml", "tables")
    beside = {
        name: reading.frame(name, kind)
        for name, kind in interindustry.companions(reading.raw.files, entries).items()
    }
    if len(reading.faults) > before:
        reading.unread.add("tables")
        return {}
    io_tables, faults = interindustry.read(reading.raw.home, reading.raw.files, entries, beside)
    reading.faults += faults
    reading.unread |= {"tables"} if faults else set()
    return io_tables


def _reviews(reading: Assembly) -> pd.DataFrame:
    """Reports on review sheets, all files as one table of text."""
    sheets = [
        reading.frame(name, "reviews").assign(file=name.removeprefix("reviews/"))
        for name in reading.raw.within("reviews")
    ]
    return pd.concat(sheets or [reading.frame("", "reviews")], ignore_index=True)


def _learnt(reading: Assembly) -> dict[str, LearntPanel]:
    """Each file by its name, its faults noted; what it names must stand in the folder."""
    learnt: dict[str, LearntPanel] = {}
    for name in reading.raw.within(LEARNT):
        try:
            data = reading.raw.files[name]
            panel = replace(read_learnt(data.decode("utf-8"), name), elsewhere=not is_own(data))
        except UnicodeDecodeError:
            reading.faults.append(LearntChanged(name))
            continue
        except SonghuaError as error:
            reading.faults += error.faults
            continue
        references = {
            "indicators": [panel.indicator],
            "industries": panel.industries,
            "sources": [panel.source] if panel.source else [],
        }
        lost = [
            LabelUnknown(name, of=of, text=label)
            for of, labels in references.items()
            for label in labels
            if of in reading.labels and label not in reading.labels[of]
        ]
        reading.faults += lost
        if not lost:
            learnt[name] = panel
    return learnt
