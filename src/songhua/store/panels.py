# pyright: reportAttributeAccessIssue=false
# (the functions of pyarrow.compute are made when it is imported)
"""The panels of a folder: full tables of region × industry × period as one frame."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from songhua import schema
from songhua.errors import Fault
from songhua.labels import parse_period, parse_unit
from songhua.labels.units import factor
from songhua.region import Catalogue
from songhua.store.tables import Parsed

NAMES = ("indicator", "region", "industry", "period", "unit", "status", "kind", "source")


def check(parsed: Parsed) -> list[Fault]:
    """A cell has a number, or a reason why it has none; never both and never neither."""
    empty = _empty(parsed)
    silent = pc.equal(parsed.data.column("status").cast(pa.string()), "").to_numpy()
    wrong = {"cell_without_reason": empty & silent, "cell_with_reason": ~empty & ~silent}
    return [
        Fault(code, parsed.file, int(row), "status")
        for code, where in wrong.items()
        for row in parsed.rows[where][:100]
    ]


def _empty(parsed: Parsed) -> np.ndarray:
    return pc.equal(parsed.data.column("value"), "").to_numpy()


def assemble(parsed: list[Parsed], sources: Catalogue, indicators: Catalogue) -> pd.DataFrame:
    """All cells, which must be free of faults: labels, `number`, `low`, `high`, `end`, `known`.

    Numbers and rounding bounds stand in the indicator's unit; a cell without a number is missing.
    """
    frames = [_one(one, indicators) for one in parsed]
    if not frames:
        return pd.DataFrame(
            columns=[*NAMES, "number", "low", "high", "file", "row", "end", "known"]
        )
    frame = pd.concat(frames, ignore_index=True)
    days = {text: parse_period(text).end for text in frame["period"].unique()}
    frame["end"] = frame["period"].map(days).astype("datetime64[s]")
    published = {id: str(entry.get("published") or "") for id, entry in sources.items()}
    known = {id: parse_period(text).end if text else None for id, text in published.items()}
    frame["known"] = frame["source"].map(known).astype("datetime64[s]")
    return frame


def _one(parsed: Parsed, indicators: Catalogue) -> pd.DataFrame:
    columns = {name: parsed.data.column(name).to_pandas().astype("str") for name in NAMES}
    frame = pd.DataFrame(columns)
    frame["period"] = frame["period"].map(
        {t: str(parse_period(t)) for t in frame["period"].unique()}
    )
    text = parsed.data.column("value")
    empty = _empty(parsed)
    filled = pc.if_else(pa.array(empty), "0", text)
    number = pc.cast(filled, pa.float64()).to_numpy()
    point = pc.find_substring(filled, ".").to_numpy()
    decimals = np.where(point < 0, 0, pc.binary_length(filled).to_numpy() - 1 - point)
    exact = frame["unit"].map({t: parse_unit(t).counted for t in frame["unit"].unique()})
    half = np.where(exact.to_numpy(dtype=bool) & (decimals == 0), 0.0, 0.5 / 10.0**decimals)
    scale = _scales(frame, indicators)
    for name, values in (("number", number), ("low", number - half), ("high", number + half)):
        frame[name] = np.where(empty, np.nan, values * scale)
    return frame.assign(file=parsed.file, row=parsed.rows)


def _scales(frame: pd.DataFrame, indicators: Catalogue) -> np.ndarray:
    """What turns each number into its indicator's unit; missing where the two do not fit."""
    pairs = frame["indicator"] + "\t" + frame["unit"]
    found: dict[str, float] = {}
    for pair in pairs.unique():
        indicator, unit = pair.split("\t", 1)
        old, new = parse_unit(unit), parse_unit(str(indicators[indicator]["unit"]))
        fits = old.dimension == new.dimension and old.prices == new.prices
        found[pair] = factor(old, new) if fits else np.nan
    return pairs.map(found).to_numpy(dtype=float)


def misfits(frame: pd.DataFrame, indicators: Catalogue) -> list[Fault]:
    """Cells that stand twice, and cells whose unit is not that of the indicator."""
    key = list(schema.table("panels").key)
    faults = [
        Fault("row_repeats", row["file"], int(row["row"]), "", {"key": " ".join(row[key])})
        for _, row in frame[frame.duplicated(key)].head(1000).iterrows()
    ]
    wrong = frame[frame["number"].isna() & (frame["status"] == "")]
    for _, row in wrong.head(1000).iterrows():
        wanted = str(indicators[row["indicator"]]["unit"])
        params = {"unit": row["unit"], "other": wanted, "indicator": row["indicator"]}
        faults.append(Fault("unit_misfit", row["file"], int(row["row"]), "unit", params))
    return faults
