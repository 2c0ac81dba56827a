"""Description of a table beside its numbers, as it is handed from reader to reader."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict

if TYPE_CHECKING:
    import pandas as pd

    from songhua.messages import Words


class Origin(TypedDict, total=False):
    """Where a table is for and comes from, and in whose codes; see `InputOutputTable`."""

    region: str
    source: str
    classification: str


class About(Origin, total=False):
    """Further description from its entry in `tables.toml`."""

    name: Words
    notes: tuple[str, ...]
    concordance: pd.DataFrame | None
    industries: pd.DataFrame | None
    parts: pd.DataFrame | None
