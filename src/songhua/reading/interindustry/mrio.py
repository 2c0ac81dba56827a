"""Databases of many regions, through the parsers of pymrio (the extra `io`)."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd

from songhua.errors import SonghuaError
from songhua.fault_kinds import FileMissing
from songhua.maths.input_output.inverse import system as leontief
from songhua.maths.interindustry import InputOutputTable
from songhua.reading.interindustry.about import Origin
from songhua.reading.interindustry.fault_kinds import (
    MrioLibraryMissing,
    MrioUnreadable,
    TablePartMissing,
)

INPUTS = ("factor_inputs", "VA", "value_added")
#: Units as the databases and their parsers write them.
UNITS = {
    "000 USD": "k USD",
    "‘000 US$": "k USD",
    "M.EUR": "m EUR",
    "Mill USD": "m USD",
    "millions of US$": "m USD",
    "in millions of US$": "m USD",
}
#: Inputs that are no value added, as the databases call them.
NOT_ADDED = {
    "Taxes less subsidies on products purchased: Total": "product_taxes",
    "taxes less subsidies on products": "product_taxes",
    "International Transport Margins": "imports_transport_margins",
}
PARSERS = ("exiobase", "wiod", "gloria", "eora", "pymrio")


def read(path: Path, layout: str, year: int | None, unit: str, about: Origin) -> InputOutputTable:
    """A table whose labels are (region, industry), region first (§7), read by pymrio.

    Output is taken from the files; without it, it is the sum of uses, and a note says so.

    Raises:
        SonghuaError: `io_missing` without pymrio, `mrio_unreadable`, `table_part_missing`.
    """
    try:
        import pymrio
    except ImportError:
        fault = MrioLibraryMissing(path.name, layout=layout)
        raise SonghuaError(fault) from None
    if not path.exists():
        raise SonghuaError(FileMissing(path.name))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            system = _parser(pymrio, layout, year)(path)
    except Exception as error:  # whatever a parser of another project raises is a fault of the file
        raise SonghuaError(
            MrioUnreadable(path.name, layout=layout, why=(str(error) or type(error).__name__)[:200])
        ) from error
    return from_system(system, layout, year, unit, about, path.name)


def _parser(pymrio: Any, layout: str, year: int | None) -> Callable[[Path], Any]:
    parsers: dict[str, Callable[[Path], Any]] = {
        "exiobase": pymrio.parse_exiobase3,
        "wiod": lambda path: pymrio.parse_wiod(path, year=year),
        "gloria": lambda path: pymrio.parse_gloria(path, year=year),
        "eora": lambda path: pymrio.parse_eora26(path, year=year),
        "pymrio": pymrio.load_all,
    }
    return parsers[layout]


def from_system(
    system: Any, layout: str, year: int | None, unit: str, about: Origin, file: str = ""
) -> InputOutputTable:
    """A table from a system of pymrio.

    A database that gives coefficients instead of flows (GLORIA) has output and flows worked out
    from final use, and a note says so. Where value added stands among other satellite rows
    (EXIOBASE), the rows in the money of the flows are taken.

    Raises:
        SonghuaError: `table_part_missing`, where flows, final use or factor inputs are absent.
    """
    Z, f, x, A = (getattr(system, name, None) for name in ("Z", "Y", "x", "A"))
    notes: tuple[str, ...] = ()
    if Z is None and A is not None and f is not None:
        x = pd.Series(leontief(A)[0].right(f.to_numpy().sum(axis=1, keepdims=True))[:, 0], A.index)
        Z, notes = A * x.to_numpy(), ("table_flows_from_coefficients",)
    stated_unit = _unit(system)
    v = _inputs(system)
    for name, part in (("Z", Z), ("Y", f), ("factor_inputs", v)):
        if part is None:
            raise SonghuaError(TablePartMissing(file, part=name))
    assert Z is not None
    assert f is not None
    if x is None:
        x = Z.sum(axis=1, skipna=False) + f.sum(axis=1, skipna=False)
        notes = ("table_output_from_use",)
    else:
        x = x.iloc[:, 0] if isinstance(x, pd.DataFrame) else x
    return InputOutputTable(
        Z=_plain(Z),
        f=_plain(f),
        v=_plain(v).rename(index=NOT_ADDED),
        x=_plain(x),
        kind="domestic",
        unit=unit or stated_unit,
        unit_in_file=stated_unit,
        year=year,
        layout=layout,
        notes=notes,
        **about,
    )


def _inputs(system: Any) -> Any:
    """Primary inputs: an account of their own, or the satellite rows in the flows' money."""
    for name in INPUTS:
        if hasattr(system, name):
            return getattr(system, name).F
    satellite = getattr(system, "satellite", None)
    if satellite is None or satellite.F is None or satellite.unit is None:
        return None
    money = set(system.unit.iloc[:, 0]) if system.unit is not None else set()
    rows = satellite.F[satellite.unit.iloc[:, 0].reindex(satellite.F.index).isin(money)]
    return rows if len(rows) else None


def _plain(part: Any) -> Any:
    """The same without names of levels, so that labels compare by what they say."""
    part = part.copy()
    for axis in ("index", "columns") if part.ndim == 2 else ("index",):
        labels = getattr(part, axis)
        if isinstance(labels, pd.MultiIndex):
            setattr(part, axis, labels.set_names([None] * labels.nlevels))
        else:
            setattr(part, axis, pd.Index([str(label) for label in labels]))
    return part


def _unit(system: Any) -> str:
    """The unit as the database says it, where it says one for all, in songhua's words."""
    unit = getattr(system, "unit", None)
    if not isinstance(unit, pd.DataFrame) or unit.empty:
        return ""
    units = unit.iloc[:, 0].unique()
    return UNITS.get(str(units[0]), str(units[0])) if len(units) == 1 else ""
