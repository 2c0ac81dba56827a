"""The rows of every study are dataclasses whose fields are the columns of their tables."""

from __future__ import annotations

from dataclasses import dataclass, fields, is_dataclass
from importlib import import_module
from pkgutil import walk_packages

import pytest

from songhua import schema, studies
from songhua.errors import SonghuaError
from songhua.results import table

# made of columns, without rows: there may be very many
FRAMES = {"certify.verdicts"}
STUDIES = ("certify", "claims", "diagnose", "month", "simulate", "track")


def row_classes() -> set[tuple[str, ...]]:
    """The fields of every dataclass of the studies."""
    names = [one.name for one in walk_packages(studies.__path__, "songhua.studies.")]
    found = (one for name in names for one in vars(import_module(name)).values())
    kinds = [one for one in found if isinstance(one, type) and is_dataclass(one)]
    return {tuple(one.name for one in fields(kind)) for kind in kinds}


def test_every_table_has_rows_of_its_own() -> None:
    held = row_classes()
    tables = {
        f"{study}.{name}": tuple(one.names)
        for study in STUDIES
        for name, one in schema.results(study).items()
    }
    assert [name for name, names in tables.items() if names not in held] == sorted(FRAMES)


@dataclass(frozen=True)
class Odd:
    indicator: str
    place: str


def test_rows_of_other_fields_are_refused() -> None:
    with pytest.raises(SonghuaError, match="place"):
        table("diagnose", "sums", [Odd("gdp", "here")])
