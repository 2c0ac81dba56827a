"""A result's table made ready for the page."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import pandas as pd

from songhua.report.view import Table, View


def laid(
    view: View,
    study: str,
    name: str,
    heads: Iterable[str],
    row: Callable[[Any], list[str]],
    numeric: Iterable[int] = (),
    frame: pd.DataFrame | None = None,
    ids: Callable[[Any], str] | None = None,
) -> Table:
    """A table of a study with its schema's title; `row` gives the cells of one row.

    The kinds of bounds that occur are listed, so that they are explained under the table.
    """
    rows = view.table(study, name) if frame is None else frame
    listed = list(rows.itertuples(index=False))
    kinds = rows.get("estimate", [])
    return Table(
        view.title(study, name),
        view.heading(*heads),
        [row(r) for r in listed],
        frozenset(numeric),
        sorted({str(kind) for kind in kinds} - {""}),
        [ids(r) for r in listed] if ids else (),
    )
