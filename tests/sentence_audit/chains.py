"""Sentences of diagnose on groupings, on input-output tables and on indices."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

from sentence_audit.claims import Sentence, claim
from sentence_audit.rows import differ, names, period, records, rows

TOP, TOP_KEYS, GAP = 3, 5, 25.0


def _of(sentence: Sentence, *fields: str) -> dict[str, Any]:
    return {name: sentence.params[name] for name in fields if name in sentence.params}


@claim(
    "grouping_at_least",
    "grouping_range",
    words="the value added of the table within the grouping is between these parts of all; without an upper end, codes of so many entries are unknown",
)
def within_the_grouping(sentence: Sentence) -> Iterator[str]:
    """The row of the grouping."""
    alike = records(sentence, "diagnose.groupings", **_of(sentence, "grouping", "region", "period"))
    if not alike:
        yield "no row is of the grouping"
        return
    high = {} if "high" not in sentence.params else {"high": alike[0]["share_high"]}
    yield from differ(sentence, low=alike[0]["share_low"], n=alike[0]["unknown"], **high)
    if sentence.code.endswith("range") != (alike[0]["unknown"] == 0):
        yield "an upper end is known, or not"


@claim(
    "table_of_a_larger_area",
    "table_holds_imports",
    words="the table is of that place, which is not the region; its flows hold imports",
)
def table_as_it_is(sentence: Sentence) -> Iterator[str]:
    """The place and the kind of the table."""
    params, table = sentence.params, sentence.region.tables.get(sentence.params["table"])
    if table is None:
        yield "there is no such table"
    elif sentence.code == "table_holds_imports":
        if not table.imports_inside:
            yield "its flows hold no imports"
    elif (table.region, params["region"]) != (
        params["place"],
        sentence.region.code,
    ) or table.region == sentence.region.code:
        yield f"the table is of {table.region}"


@claim(
    "key_industries",
    "industries_without_output",
    words="so many industries of the table have both linkages above the average, the strongest of them named; or no output",
)
def key_industries(sentence: Sentence) -> Iterator[str]:
    """The key industries of a table, the strongest backward linkage first."""
    alike = records(sentence, "diagnose.linkages", **_of(sentence, "table"))
    if sentence.code == "industries_without_output":
        blank = {row["code"] for row in alike if math.isnan(row["backward"])}
        if {*sentence.params["table_industries"]} - blank:
            yield "an industry has linkages"
        return
    keys = sorted((row for row in alike if row["kind"] == "key"), key=lambda row: -row["backward"])
    if any(row["backward"] <= 1 or row["forward"] <= 1 for row in keys):
        yield "a key industry has a linkage below the average"
    yield from differ(
        sentence, n=len(keys), of=len(alike),
        table_industries=[row["code"] for row in keys[:TOP_KEYS]],
    )  # fmt: skip


@claim(
    "chain_gaps",
    words="of these direct purchases of the industry at least so much is imported, and of no other a larger part",
)
def imported_purchases(sentence: Sentence) -> Iterator[str]:
    """The largest imported parts of what an industry buys at first hand."""
    alike = records(
        sentence,
        "diagnose.supply_chains",
        direction="upstream",
        round=1,
        **_of(sentence, "table", "industry"),
    )
    gaps = sorted((row for row in alike if row["gap"]), key=lambda row: -row["imported"])[:TOP]
    yield from differ(sentence, gap=GAP, table_industries=[row["destination"] for row in gaps])
    if any(row["imported"] < sentence.params["gap"] for row in gaps):
        yield "a smaller part is imported"


@claim(
    "composite_rank_range",
    words="rank and range are the region's in the last period of the index, among so many places and over so many choices",
)
def rank_of_the_index(sentence: Sentence) -> Iterator[str]:
    """The row of the region in the last period."""
    alike = records(sentence, "diagnose.ranks", **_of(sentence, "index", "region"))
    last = max(alike, key=lambda row: period(row["period"]), default=None)
    if last is None:
        yield "the region has no rank"
        return
    yield from differ(
        sentence, period=last["period"], rank=last["rank"], best=last["low"], worst=last["high"],
        n=last["of"], runs=last["runs"],
    )  # fmt: skip


@claim(
    "coupling_depends_on_sample",
    "index_needs_places",
    words="scores are scaled over so many places and years; or no index is made",
)
def sample_of_the_index(sentence: Sentence) -> Iterator[str]:
    """The rows of an index."""
    scores = rows(sentence, "diagnose.ranks", **_of(sentence, "index"))
    if sentence.code == "index_needs_places":
        if len(scores):
            yield "the index is made"
        return
    yield from differ(sentence, n=len(scores))


@claim(
    "output_change_parts",
    words="the points of each part are the sums of the table's rows between the two tables",
)
def parts_of_output(sentence: Sentence) -> Iterator[str]:
    """The points of output by part."""
    alike = rows(sentence, "diagnose.output_change", **_of(sentence, "table_before", "table_after"))
    if alike.empty:
        yield "no change is between these tables"
    elif not names(" ".join(alike["part"].unique())):
        yield "no part is known"
