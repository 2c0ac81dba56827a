"""A folder of made-up figures without a fault, of any size."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.csv as pacsv

INDICATORS, INDUSTRIES, SOURCES = 200, 60, 120
PERIODS = [f"{year}-{month:02d}" for year in range(2000, 2025) for month in range(1, 13)]
UNITS = ("m EUR", "bn EUR", "%", "persons")
NAMES = (
    "indicator", "region", "industry", "entity", "period", "value", "unit", "qualifier", "kind",
    "vintage", "scope", "source", "published", "recorded", "note",
)  # fmt: skip


def indicators_of(rows: int) -> int:
    """The number of indicators that so many rows are of: a series has as many figures at every size."""
    return 4 * -(-rows // 20_000)


def catalogues(folder: Path, indicators: int = INDICATORS) -> None:
    """The TOML files of a folder that the rows fit."""
    (folder / "observations").mkdir(parents=True)
    name = 'name = { en = "N", zh = "名" }'
    texts = {
        "region": f'[region]\ncode = "here"\n{name}\ncurrency = "EUR"\nbase_year = 2010\n',
        "sources": "".join(
            f'[s{i}]\ntitle = "T"\npublisher = "P"\ngrade = "official"\n'
            f'published = "{2001 + i // 5}-0{1 + i % 5}-15"\n\n'
            for i in range(SOURCES)
        ),
        "indicators": "".join(
            f'[i{i}]\n{name}\nunit = "{UNITS[i % 4]}"\nform = "level"\nmeasure = "m{i}"\n'
            'definition = { en = "D", zh = "定义" }\n\n'
            for i in range(indicators)
        ),
        "industries": "".join(f"[n{i}]\n{name}\n\n" for i in range(INDUSTRIES)),
    }
    for file, text in texts.items():
        (folder / f"{file}.toml").write_text(text, "utf-8")


def observations(rows: int, seed: int = 1) -> pa.Table:
    """Rows without a fault and without repeats, from a seed."""
    rng = np.random.default_rng(seed)
    whole = indicators_of(rows) * INDUSTRIES * len(PERIODS)
    which = rng.choice(whole, size=rows, replace=False)
    indicator, rest = np.divmod(which, INDUSTRIES * len(PERIODS))
    industry, period = np.divmod(rest, len(PERIODS))
    number = rng.integers(1, 10_000_000, rows)
    counted = indicator % 4 == 3
    value = pd.Series(number.astype(str), dtype="str")
    cut = value.str.slice(0, -1).where(value.str.len() > 1, "0") + "." + value.str.slice(-1)
    dated = rng.random(rows) < 0.3
    days = np.datetime64("2001-01-01") + rng.integers(0, 9000, rows)

    def pick(prefix: str, codes: np.ndarray) -> pa.Array:
        texts = pa.array([f"{prefix}{i}" for i in range(int(codes.max(initial=0)) + 1)])
        return texts.take(pa.array(codes))

    blank = pa.repeat(pa.scalar(""), rows)
    columns = dict.fromkeys(NAMES, blank) | {
        "indicator": pick("i", indicator),
        "region": pa.repeat(pa.scalar("here"), rows),
        "industry": pick("n", industry),
        "period": pa.array(PERIODS).take(pa.array(period)),
        "value": pa.array(value.where(counted, cut).tolist(), pa.string()),
        "unit": pa.array(UNITS).take(pa.array(indicator % 4)),
        "kind": pa.repeat(pa.scalar("actual"), rows),
        "source": pick("s", rng.integers(0, SOURCES, rows)),
        "published": pa.array(np.where(dated, days.astype(str), ""), pa.string()),
        "recorded": pa.repeat(pa.scalar("2026-01-02"), rows),
    }
    return pa.table(columns)


def write(table: pa.Table, file: Path) -> None:
    """The rows as CSV, without quotes."""
    with file.open("wb") as out:
        out.write((",".join(NAMES) + "\n").encode())
        options = pacsv.WriteOptions(include_header=False, quoting_style="none")
        pacsv.write_csv(table, out, options)
