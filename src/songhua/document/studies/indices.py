"""Composite indices: ranks with their ranges, what moves them, strengths, coupling, audit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

from songhua.document.blocks import Block, Figure, Heading, Paragraph, Table
from songhua.document.charts import ranks as charts
from songhua.document.studies import listing
from songhua.document.studies.findings import section_findings
from songhua.document.tables import table
from songhua.format.numbers import known
from songhua.format.order import rising
from songhua.format.view import View
from songhua.messages import Words
from songhua.studies.diagnose.composite_indices import (
    ChoiceEffect,
    Coupling,
    IndexRank,
)

BLOCKS = listing("indices", 620, "diagnose")

R = TypeVar("R", IndexRank, Coupling)


@BLOCKS("full")
def indices(view: View) -> Iterator[Block]:
    """For each index its charts; then the tables of all of them."""
    rows = view.rows("diagnose", "ranks", IndexRank)
    if not rows:
        return
    yield Paragraph(view.say("indices_lede"), "lede")
    for at, id in enumerate(dict.fromkeys(row.index for row in rows)):
        yield from _index(view, id, [row for row in rows if row.index == id], str(at))
    yield Paragraph(view.say("indices_sample"), "note")
    yield from section_findings(view, "indices")
    yield from (part for part in _tables(view) if part.rows)


def _index(view: View, id: str, rows: Sequence[IndexRank], at: str) -> Iterator[Block]:
    """An index: what it is made of, the last ranks of all places, and the region's over time."""
    index, name = view.region.indices[id], view.name("indices", id)
    parts = [Words.of(part["name"])(view.lang) for part in (index["parts"] or {}).values()]
    made_of = f" {view.say('part_of_index', list=view.join(parts))}" if parts else ""
    yield Heading(2, name)
    yield Paragraph(f"{Words.of(index['definition'])(view.lang)}{made_of}")
    last = _last(rows)
    period = view.period(last[0].period)
    title = view.say("chart_ranks", index=name, period=period)
    yield Figure(title, charts.places(view, last, at, _followed(view, id)))
    code = _followed(view, id)
    followed = [row for row in rows if row.region == code]
    title = view.say("chart_ranks_over", index=name, region=view.name("places", code))
    yield Figure(title, charts.over_time(view, followed, at))


def _last(rows: Iterable[R]) -> list[R]:
    """The rows of each index's last period."""
    listed = list(rows)
    last = {row.index: row.period for row in listed}
    return [row for row in listed if row.period == last[row.index]]


def _tables(view: View) -> Iterator[Table]:
    """Ranks, strengths, choices, coupling, audit and steps."""
    ranks = _last(view.rows("diagnose", "ranks", IndexRank))
    ranks.sort(key=lambda row: (row.index, rising(row.rank.value)))
    yield table(
        view,
        "diagnose",
        "ranks",
        ("region", "index", "period", "score", "rank", "median", "of", "runs"),
        ranks,
    )
    yield table(
        view,
        "diagnose",
        "strengths",
        ("member", "index", "period", "value", "peers", "rank", "of", "lead"),
    )
    all_effects = view.rows("diagnose", "choice_effects", ChoiceEffect)
    effects = [row for row in all_effects if known(row.first)]
    columns = ("region", "index", "choice", "first", "total")
    yield table(view, "diagnose", "choice_effects", columns, effects)
    yield table(
        view,
        "diagnose",
        "couplings",
        ("region", "index", "period", "coupling", "development", "coordination", "band", "phase"),
        _couplings(view),
    )
    yield table(
        view,
        "diagnose",
        "index_audit",
        ("member", "index", "n", "missing", "min", "median", "max", "skew", "kurt", "outliers"),
    )
    yield table(view, "diagnose", "index_steps", ("step", "index", "member", "note"))


def _couplings(view: View) -> list[Coupling]:
    """All periods of the region, the last one of the others."""
    rows = view.rows("diagnose", "couplings", Coupling)
    followed = {id: _followed(view, id) for id in view.region.indices}
    mine = [row for row in rows if row.region == followed[row.index]]
    return [*mine, *_last(row for row in rows if row.region != followed[row.index])]


def _followed(view: View, id: str) -> str:
    """The place whose rank an index follows."""
    return str(view.region.indices[id].get("region") or view.region.code)
