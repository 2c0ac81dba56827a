"""Figures of a sheet that the folder holds with another value: an earlier release, or a later."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

import pyarrow as pa

from songhua.reading.crosstabs.questions import LEAVE, Question
from songhua.reading.sheets import Candidates
from songhua.reading.sheets.faults import MOST
from songhua.store.tables_read import TablesRead

#: Answers: the sheet has the newer figures of the series, or an older release of them.
REVISION, EARLIER = "revision", "vintage"
_KEY = ("indicator", "region", "industry", "period", "kind")
_COMPARED = (*_KEY, "value", "unit", "source", "vintage", "recorded")


def _other_values(read: TablesRead, rows: list[dict[str, str]]) -> list[int]:
    """The places of rows of which the folder holds another value from another source."""
    frame = read.region.figures.observations.frame
    if frame.empty:
        return []
    wanted = {row["indicator"] for row in rows}
    near = frame[frame["indicator"].isin(wanted)]
    by_key: dict[tuple[str, ...], list[dict[str, str]]] = defaultdict(list)
    for record in near[[*_COMPARED]].astype(str).to_dict("records"):
        text = {str(name): value for name, value in record.items()}
        if not text["vintage"]:
            by_key[tuple(text[name] for name in _KEY)].append(text)
    places: list[int] = []
    for at, row in enumerate(rows):
        key = tuple((row[n] or "all") if n == "industry" else row[n] for n in _KEY)
        earlier = [text for text in by_key.get(key, ()) if text["unit"] == row["unit"]]
        same = [text for text in earlier if float(text["value"]) == float(row["value"])]
        newest = max(earlier, key=lambda text: text["recorded"], default=None)
        is_there = any(text["source"] == row["source"] for text in same)
        if newest is not None and newest not in same and not is_there:
            places.append(at)
    return places


def ask_previous(read: TablesRead) -> None:
    """Ask of figures that the folder holds with another value from another source."""
    if read.book.answers.get("previous"):
        return
    candidates = read.book.candidates()
    places = _other_values(read, candidates.rows)
    if places:
        texts = tuple(candidates.origin(at) for at in places[:MOST])
        params = {"n": len(places), "text": texts}
        options = (REVISION, EARLIER, LEAVE)
        read.book.questions.append(Question("previous", "", texts[0], params, options))


def settle_previous(read: TablesRead) -> Candidates:
    """The rows of a file, those of an earlier release with its mark, or without them."""
    candidates = read.book.candidates()
    answer = read.book.answers.get("previous")
    if answer not in (EARLIER, LEAVE):
        return candidates
    rows = candidates.rows
    places = set(_other_values(read, rows))
    if answer == EARLIER:
        tag = read.book.columns.get("source", "")
        vintage = [tag if at in places else row["vintage"] for at, row in enumerate(rows)]
        at = candidates.table.schema.get_field_index("vintage")
        table = candidates.table.set_column(at, "vintage", pa.array(vintage, pa.string()))
        return replace(candidates, table=table)
    keep = [at for at in range(len(rows)) if at not in places]
    table = candidates.table.take(pa.array(keep, pa.int64()))
    return replace(candidates, table=table, origin=lambda row: candidates.origin(keep[row]))
