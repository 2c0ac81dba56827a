"""An input-output table with labels on everything (§6, §7): flows, final use, value added, output.

It is a value: it computes nothing but sums. `songhua.maths.table_audit` finds its faults,
`songhua.maths` computes results from it.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from songhua.errors import SonghuaError
from songhua.fault_kinds import ImportsInside, TableKind, TableMakeMissing
from songhua.labels import align
from songhua.messages import Words

KINDS = ("competitive", "domestic", "supply_use")


@dataclass(frozen=True)
class Total:
    """A total that the publisher prints: what it adds up, and its numbers.

    `axis` is `rows` (a number a row, adding columns: `Z` and names of final uses) or `columns` (a
    number a column, adding rows: `Z`, `Z_imported` and names of primary inputs). `imported` says
    that it stands beside the imported flows.
    """

    name: str
    axis: str
    parts: tuple[str, ...]
    values: pd.Series
    imported: bool = False


@dataclass(frozen=True)
class InputOutputTable:
    """One input-output table of one region and year.

    Args:
        Z: flows, origins down and destinations across (§7). A `competitive` table includes imports
            in them; a `domestic` one does not; a `supply_use` one has products down and industries
            across, imports included.
        f: final use, origins by category. If it includes imports, the category `imports` deducts
            them, with a minus sign.
        v: primary inputs, category by industry: value added, and where they are printed apart
            taxes on products (`product_taxes`) and imports that are not split by origin.
        x: output of each industry.
        kind: one of `KINDS`.
        unit: the unit of every number, such as `10k CNY`.
        unit_in_file: the unit stated in the file, if any.
        year: the year.
        Z_imported, f_imported: the same of imports: beside `Z` in a domestic table that has
            them, and in the other kinds that part of `Z` which is imported.
        make: the output of each product (across) by each industry (down), in a supply-use table.
        region, source, classification, layout: the table's region and source, the classification of
        its codes, and the layout by which it was read.
        decimals: decimals that the publisher prints; None where that is not known.
        digits: significant digits that the file keeps of a number.
        printed: totals as printed.
        memo: further rows by industry that are in no sum: jobs, or pay where value added is
            printed whole.
        industries: by code the known properties of each industry, such as its names. concordance:
        the codes (down) that make up each industry (across), with shares. parts: the part of an
        industry of the table that belongs to an industry of the region: a row a part, with
        `industry`, `code`, `measure` (blank: any), `low` and `high` as numbers,
            `basis` (`definition` or `assumed`), `source` and `note`.
        notes: remarks for the publisher or the reader.

    Raises:
        SonghuaError: `table_kind`, `labels_repeat`, `labels_differ`, `table_make_missing`.

    >>> table = InputOutputTable(
    ...     Z=pd.DataFrame([[10.0, 20], [30, 10]], ["food", "tools"], ["food", "tools"]),
    ...     f=pd.DataFrame({"households": [70.0, 40]}, ["food", "tools"]),
    ...     v=pd.DataFrame([[60.0, 50]], ["labour"], ["food", "tools"]),
    ...     x=pd.Series({"food": 100.0, "tools": 80}), kind="domestic", unit="m EUR", year=2020)
    >>> table.row_sums().to_dict(), table.imports_inside
    ({'food': 100.0, 'tools': 80.0}, False)
    """

    Z: pd.DataFrame
    f: pd.DataFrame
    v: pd.DataFrame
    x: pd.Series
    kind: str
    unit: str
    year: int | None
    Z_imported: pd.DataFrame | None = None
    f_imported: pd.DataFrame | None = None
    make: pd.DataFrame | None = None
    region: str = ""
    source: str = ""
    classification: str = ""
    layout: str = "plain"
    decimals: int | None = None
    digits: int = 15
    printed: tuple[Total, ...] = ()
    memo: pd.DataFrame | None = None
    industries: pd.DataFrame | None = None
    concordance: pd.DataFrame | None = None
    parts: pd.DataFrame | None = None
    unit_in_file: str = ""
    notes: tuple[str, ...] = ()
    name: Words = field(default_factory=Words)

    def __post_init__(self) -> None:
        """Put all parts in one order of labels; labels that do not fit raise (§1)."""
        if self.kind not in KINDS:
            raise SonghuaError(TableKind(kind=self.kind, kinds=tuple(KINDS)))
        if self.kind == "supply_use" and self.make is None:
            raise SonghuaError(TableMakeMissing())
        down, across = _ones(self.Z.index), _ones(self.Z.columns)
        if self.kind != "supply_use":
            align(down, across)
        for name, rows, columns in (
            ("Z", down, down if self.kind != "supply_use" else across),
            ("f", down, None),
            ("v", None, across),
            ("Z_imported", down, across),
            ("f_imported", down, None),
            ("make", across, down),
            ("memo", None, across),
        ):
            self._order(name, rows, columns)
        self._order("x", across, None)

    def _order(self, name: str, rows: pd.Series | None, columns: pd.Series | None) -> None:
        """Bring one part into the order of the labels, as numbers."""
        part = getattr(self, name)
        if part is None:
            return
        if name != "x":
            align(_ones(part.columns), *([] if columns is None else [columns]))
        align(_ones(part.index), *([] if rows is None else [rows]))
        part = part if rows is None else part.reindex(rows.index)
        if columns is not None:
            part = part.reindex(columns=columns.index)
        object.__setattr__(self, name, part.astype(float))

    @property
    def imports_inside(self) -> bool:
        """True where the flows hold imports, so that nothing local follows from them yet."""
        return self.kind != "domestic"

    @property
    def codes(self) -> list[str]:
        """The codes of the industries, in order."""
        return [str(code) for code in self.Z.columns]

    def domestic_flows(self) -> pd.DataFrame:
        """The flows without imports, from which local results may be worked out.

        Raises:
            SonghuaError: `imports_inside`, while imports have not been separated.
        """
        if self.imports_inside:
            raise SonghuaError(ImportsInside(kind=self.kind))
        return self.Z

    def row_sums(self) -> pd.Series:
        """Use of each row: flows and final use. It equals `total_output`."""
        return _sum(self.Z, 1) + _sum(self.f, 1)

    def column_sums(self) -> pd.Series:
        """Inputs of each industry: flows, imported flows and primary inputs. It equals `x`."""
        beside = self.Z_imported if self.kind == "domestic" else None
        imported = 0 if beside is None else _sum(beside, 0)
        return _sum(self.Z, 0) + imported + _sum(self.v, 0)

    def total_output(self) -> pd.Series:
        """Output by row: of industries, or in a supply-use table of products."""
        return self.x if self.make is None else _sum(self.make, 0)


def _ones(labels: pd.Index) -> pd.Series:
    return pd.Series(1, index=labels)


def _sum(part: pd.DataFrame, axis: int) -> pd.Series:
    """Sums in which a missing cell leaves the sum missing (§2)."""
    labels = part.columns if axis == 0 else part.index
    return pd.Series(np.asarray(part, dtype=float).sum(axis=axis), index=labels)
