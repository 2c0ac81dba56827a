# pyright: reportAttributeAccessIssue=false
# (the functions of pyarrow.compute are made when it is imported)
"""The panels of a folder: full tables of region × industry × period as one frame."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from songhua import schema
from songhua.checks.panels import MOST, reasons
from songhua.checks.repeats import alike, coded, hashes
from songhua.errors import Fault
from songhua.fault_kinds import BelowLeast
from songhua.labels import parse_period
from songhua.reading.identity import short_names
from songhua.reading.observations import add_scale, as_pandas, printed, recode
from songhua.reading.tables import Parsed
from songhua.region.figure_rows import stacked
from songhua.region.known import since_of_rows, source_days
from songhua.region.newest import in_order, superseded
from songhua.schema import Catalogue

NAMES = (
    "indicator",
    "region",
    "industry",
    "period",
    "unit",
    "status",
    "kind",
    "source",
    "recorded",
)


def check(parsed: Parsed) -> list[Fault]:
    """A cell has a number, or a reason why it has none; no half width is below zero."""
    widths = parsed.data.column("half_width")
    below = pc.starts_with(widths, "-").to_numpy()
    faults = [
        BelowLeast(
            parsed.file,
            int(parsed.rows[at]) or None,
            "half_width",
            name="half_width",
            text=widths[int(at)].as_py(),
            least="0",
        )
        for at in np.flatnonzero(below)[:MOST]
    ]
    silent = pc.equal(parsed.data.column("status").cast(pa.string()), "").to_numpy()
    return faults + reasons(parsed.file, parsed.rows, _empty(parsed), silent)


def _empty(parsed: Parsed) -> np.ndarray:
    return pc.equal(parsed.data.column("value"), "").to_numpy()


def assemble(parsed: list[Parsed], sources: Catalogue, indicators: Catalogue) -> pd.DataFrame:
    """All cells, which must be free of faults, as the table of figures has them.

    Cells recorded later stand later: `Region.panel` takes the last of the same label. A cell
    without a number is missing. A bound is that of rounding, or what the row says of its half
    width. A later, different row of the same source supersedes a row.
    """
    frames = [_frame_of(part, indicators) for part in parsed]
    if not frames:
        return pd.DataFrame()
    frame = frames[0] if len(frames) == 1 else stacked(frames)
    frame = frame.iloc[in_order(frame["recorded"])].reset_index(drop=True)
    frame["id"] = _names(frame)
    frame["repeats"] = _repeats(frame)
    frame["superseded"] = superseded(frame)
    frame["known"] = since_of_rows(schema.table("panels"), frame, source_days(sources))
    return frame


def _repeats(frame: pd.DataFrame) -> np.ndarray:
    """A number below 0 for the cells that differ in the day of recording alone, 0 for others."""
    columns = tuple(name for name in schema.table("panels").key if name != "recorded")
    numbers = np.zeros(len(frame), dtype=np.int64)
    again = alike(hashes(frame, columns))
    if len(again):
        alike_by = coded(frame.iloc[again], columns).groupby(list(columns), sort=False)
        numbers[again] = -1 - alike_by.ngroup().to_numpy()
    return numbers


def _names(frame: pd.DataFrame) -> pd.Series:
    """The name of each cell: the digest of what it is about, its source and day of recording."""
    about = frame[list(schema.table("panels").key)]

    def spell(rows: np.ndarray) -> list[str]:
        texts = about.iloc[rows].astype(str).assign(row=[str(row) for row in rows])
        return ["\n".join(row) for row in texts.itertuples(index=False)]

    return short_names(hashes(about, tuple(about.columns)), spell)


def _frame_of(parsed: Parsed, indicators: Catalogue) -> pd.DataFrame:
    frame = pd.DataFrame({name: as_pandas(parsed.data.column(name)) for name in NAMES})
    empty = _empty(parsed)
    text = pc.if_else(pa.array(empty), "0", parsed.data.column("value"))
    number, half, _ = printed(frame, text)
    texts = parsed.data.column("half_width")
    blank = pc.equal(texts, "")
    widths = pc.cast(pc.if_else(blank, "0", texts), pa.float64()).to_numpy()
    half = np.where(blank.to_numpy(), half, widths)
    add_scale(frame, indicators)
    periods = frame["period"].array
    frame["period"] = recode(periods, [str(parse_period(text)) for text in periods.categories])
    for name, values in (("number", number), ("low", number - half), ("high", number + half)):
        frame[name] = np.where(empty, np.nan, values)
    file = pd.Index([parsed.file], dtype="str")
    files = pd.Categorical.from_codes(np.zeros(len(frame), dtype=np.int8), file)
    return frame.assign(file=files, row=parsed.rows, value=as_pandas(parsed.data.column("value")))
