"""From a cross table and its publisher's vocabulary to a table with all parts in their places."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Unpack

import numpy as np
import pandas as pd

from songhua.errors import SonghuaError
from songhua.maths.interindustry import InputOutputTable, Total
from songhua.messages import LANGUAGES
from songhua.reading.interindustry.about import About
from songhua.reading.interindustry.cross import Cross
from songhua.reading.interindustry.fault_kinds import TableLabelsApart, TablePartMissing
from songhua.reading.interindustry.layouts import Axis, Layout, Part, PrintedTotal, layouts

Take = Callable[..., pd.DataFrame]


def assemble(
    cross: Cross,
    layout: str,
    make: pd.DataFrame | None = None,
    imported: Cross | None = None,
    *,
    unit: str,
    year: int | None,
    **about: Unpack[About],
) -> InputOutputTable:
    """A table from what its publisher printed; totals are kept as printed, and nothing is added.

    Raises:
        SonghuaError: `table_part_missing`, `table_labels_apart`, and what
            `InputOutputTable` raises.
    """
    words = layouts()[layout]
    down = _parts(cross.rows, words, words.row)
    across = _parts(cross.columns, words, words.column)
    frame = pd.DataFrame(cross.numbers)
    inside = np.array([origin == "imported" for origin in cross.origins])
    products = [i for i, part in enumerate(down) if part[0] == "product"]
    domestic = [i for i in products if not inside[i]]
    foreign = [i for i in products if inside[i]]
    industries = [j for j, part in enumerate(across) if part[0] == "product"]
    _same(cross, [down[i][1] for i in domestic], [across[j][1] for j in industries], make)
    f, v, memo, less = (
        _pick(across, "final"),
        _pick(down, "input"),
        _pick(down, "memo"),
        _pick(across, "less"),
    )

    def take(rows: list[int], columns: list[int], sign: float = 1.0) -> pd.DataFrame:
        block = sign * frame.iloc[rows, columns]
        block.index = pd.Index([down[i][1] for i in rows])
        block.columns = pd.Index([across[j][1] for j in columns])
        return block

    final = pd.concat([take(domestic, f), take(domestic, less, -1.0)], axis=1)
    final = _supplied(final, take, down, words, industries)
    inputs = take([i for i in v if down[i][1] not in _subtracted(words, down)], industries)
    output = _output(cross, words, down, take, industries)
    _filled(cross, {"final": final, "input": inputs})
    foreign_Z = take(foreign, industries) if foreign else None
    foreign_f = take(foreign, f) if foreign else None
    if imported is not None:
        foreign_Z, foreign_f = _beside(imported, words, final.columns)
        inputs = inputs.drop(index="imports", errors="ignore")
    kind = "supply_use" if make is not None else _kind(final, inputs, foreign_Z)
    about.setdefault("industries", _names(cross, [down[i][1] for i in domestic], words))
    return InputOutputTable(
        Z=take(domestic, industries), f=final, v=inputs, x=output, kind=kind, make=make,
        Z_imported=foreign_Z, f_imported=foreign_f, layout=layout, unit=unit, year=year,
        printed=tuple(_totals(words, down, across, take, domestic, foreign, industries, final,
                              inputs, foreign_Z is not None)),
        memo=take(memo, industries) if memo else None,
        decimals=cross.decimals if cross.decimals is not None else words.decimals,
        **about,
    )  # fmt: skip


def _parts(labels: list[str], words: Layout, axis: Axis) -> list[Part]:
    """Part of each label: product, final, input, less, total, output, memo or ignored."""
    part_of: dict[str, Part] = {label: ("ignored", label) for label in words.ignore}
    part_of |= axis.parts
    present = {part_of[label][1] for label in labels if label in part_of}
    for label, total in axis.totals.items():
        flows = total.first in ("Z", "Z_imported") or "Z" in total.parts
        leaf = total.first not in present and not flows
        sort = "final" if axis is words.column else "input"
        part_of[label] = (sort, total.name) if leaf else ("total", label)
    if axis.output:
        part_of[axis.output] = ("output", axis.output)
    plain = [words.stripped(label) for label in labels]
    return [part_of.get(label, ("product", label)) for label in plain]


def _pick(parts: list[Part], kind: str) -> list[int]:
    """Positions of the first of each name of a kind."""
    names: set[str] = set()
    positions = []
    for at, (part, name) in enumerate(parts):
        if part == kind and name not in names:
            names.add(name)
            positions.append(at)
    return positions


def _same(cross: Cross, down: list[str], across: list[str], make: pd.DataFrame | None) -> None:
    """Products down are the industries across; in a supply-use table, those of the make table."""
    expected = set(across) if make is None else set(map(str, make.columns))
    odd = [label for label in down if label not in expected]
    odd += [label for label in expected if label not in down]
    if not down or odd:
        raise SonghuaError(TableLabelsApart(cross.file, labels=tuple(sorted(odd)[:12]), n=len(odd)))


def _subtracted(words: Layout, down: list[Part]) -> set[str]:
    """Input rows that are taken off use instead: imports that stand below total supply."""
    below = words.supply and any(label == words.supply for _, label in down)
    return {"imports"} if below else set()


def _supplied(
    final: pd.DataFrame,
    take: Take,
    down: list[Part],
    words: Layout,
    industries: list[int],
) -> pd.DataFrame:
    """Final use with imports taken off, where they stand as supply below output."""
    if not _subtracted(words, down):
        return final
    row = next(i for i, (part, name) in enumerate(down) if (part, name) == ("input", "imports"))
    return final.assign(imports=-take([row], industries).iloc[0])


def _output(
    cross: Cross, words: Layout, down: list[Part], take: Take, industries: list[int]
) -> pd.Series:
    row = next((i for i, (part, _) in enumerate(down) if part == "output"), None)
    if row is None:
        raise SonghuaError(TablePartMissing(cross.file, part=words.row.output))
    return take([row], industries).iloc[0]


def _filled(cross: Cross, parts: Mapping[str, pd.DataFrame]) -> None:
    for name, part in parts.items():
        if part.empty:
            raise SonghuaError(TablePartMissing(cross.file, part=name))


def _beside(imported: Cross, words: Layout, final: pd.Index) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Imported flows and imported final use from a table of their own."""
    down = _parts(imported.rows, words, words.row)
    across = _parts(imported.columns, words, words.column)
    rows = [i for i, part in enumerate(down) if part[0] == "product"]
    frame = pd.DataFrame(imported.numbers).iloc[rows]
    frame.index = pd.Index([down[i][1] for i in rows])
    industries = [j for j, part in enumerate(across) if part[0] == "product"]
    uses = [j for j in _pick(across, "final") if across[j][1] in set(final)]
    Z, f = frame[industries], frame[uses]
    Z.columns = pd.Index([across[j][1] for j in industries])
    f.columns = pd.Index([across[j][1] for j in uses])
    return Z, f


def _kind(final: pd.DataFrame, inputs: pd.DataFrame, foreign: pd.DataFrame | None) -> str:
    """Competitive where imports are taken off use; domestic where they stand beside."""
    if foreign is not None or "imports" in inputs.index:
        return "domestic"
    return "competitive" if "imports" in final.columns else "domestic"


def _totals(
    words: Layout, down: list[Part], across: list[Part], take: Take,
    domestic: list[int], foreign: list[int], industries: list[int],
    final: pd.DataFrame, inputs: pd.DataFrame, beside: bool,
) -> list[Total]:  # fmt: skip
    """The totals as printed, each with the parts of it that the table has."""
    totals: list[Total] = []
    for i, (part, label) in enumerate(down):
        if part == "total":
            total = words.row.totals[label]
            parts = tuple(p for p in total.parts if p == "Z" or p in inputs.index
                          or (p == "Z_imported" and beside))  # fmt: skip
            totals.append(Total(total.name, "columns", parts, take([i], industries).iloc[0]))
    for j, (part, label) in enumerate(across):
        if part not in ("total", "output"):
            continue
        whole = part == "output"
        total = PrintedTotal(part, ("Z", *final.columns)) if whole else words.column.totals[label]
        parts = tuple(p for p in total.parts if p == "Z" or p in final.columns)
        for rows, imported in ((domestic, False), (foreign, True)):
            if rows:
                values = take(rows, [j]).iloc[:, 0]
                totals.append(Total(total.name, "rows", parts, values, imported))
    return totals


def _names(cross: Cross, codes: list[str], words: Layout) -> pd.DataFrame | None:
    """The names of the products, where the table prints them."""
    if not any(cross.names.values()):
        return None
    by_code = {words.stripped(label): names for label, names in cross.names.items()}
    rows = {code: {**dict.fromkeys(LANGUAGES, ""), **by_code.get(code, {})} for code in codes}
    return pd.DataFrame.from_dict(rows, orient="index")[list(LANGUAGES)]
