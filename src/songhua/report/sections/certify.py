"""Firms by law: a register's pipeline, certificates and lapses; else the published counts."""

from __future__ import annotations

from typing import Any

import pandas as pd
from markupsafe import Markup, escape

from songhua import messages
from songhua.report.charts import certify as charts
from songhua.report.numbers import known, number, span
from songhua.report.sections.tables import laid
from songhua.report.view import Table, View, anchor
from songhua.report.words import published_growth, qualified

TOLD = ("register_invented", "register_judged", "register_absent", "status_not_in_force",
        "certificates_without_firm", "cells_suppressed")  # fmt: skip


def certify(view: View) -> dict[str, Any]:
    """Findings first, then charts and tables; every one says so where the register is invented."""
    pipeline, counts = view.table("certify", "pipeline"), view.table("certify", "counts")
    invented = bool(len(pipeline)) and bool(pipeline["invented"].iloc[0])
    mark = view.say("invented_mark") if invented else ""
    charted = {
        "pipeline": (charts.pipeline, pipeline), "certificates": (charts.by_year, counts)
    }  # fmt: skip
    found = view.results["certify"].findings
    return {
        "findings": [view.sentence(one) for code in TOLD for one in found if one.code == code],
        "register": len(pipeline) > 0,
        "charts": [
            (svg, title)
            for name, (chart, rows) in charted.items()
            if (svg := chart(view, rows, title := _title(view, f"chart_{name}", mark), mark))
        ],
        "tables": [
            _pipeline(view, mark), *_counts(view, counts, mark), _lapsing(view, mark)
        ],
        "published": _published(view),
        "claims": _claims(view),
    }  # fmt: skip


def any_certify(view: View) -> bool:
    """Whether firms were judged, or counts of them are published."""
    return any(len(view.table("certify", name)) for name in ("pipeline", "published"))


def _title(view: View, key: str, mark: str) -> str:
    said = view.say(key)
    return view.say("invented_title", title=said) if mark else said


def _n(view: View, r: Any) -> str:
    return number(r.firms, view.lang) if r.shown else messages.word("cell_hidden", view.lang)


def _marked(table: Table, view: View, mark: str) -> Table:
    if not mark:
        return table
    title = view.say("invented_title", title=table.title)
    return Table(title, table.headings, table.rows, table.numeric)


def _pipeline(view: View, mark: str) -> Table:
    def row(r: Any) -> list[str]:
        return [view.name("rulebooks", r.status), view.choice("stage", r.stage), _n(view, r)]

    heads = ("status", "stage", "firms")
    return _marked(laid(view, "certify", "pipeline", heads, row, (2,)), view, mark)


def _counts(view: View, counts: pd.DataFrame, mark: str) -> list[Table]:
    """A table each by year (with growth), district and industry."""
    tables = []
    for by in ("year", "district", "industry"):
        rows = counts[counts["by"] == by]

        def row(r: Any, by: str = by) -> list[str]:
            group = view.choice("firm_industry", r.group) if by == "industry" else r.group
            growth = [f"{r.growth:+.1f}%" if known(r.growth) else "–"] if by == "year" else []
            return [view.name("rulebooks", r.status), group, _n(view, r), *growth]

        heads = ("status", by, "firms", *(("growth_year",) if by == "year" else ()))
        made = laid(view, "certify", "counts", heads, row, (2, 3), rows)
        title = view.say("certified_by", by=view.choice("by", by))
        named = Table(title, made.headings, made.rows, made.numeric)
        tables.append(_marked(named, view, mark))
    return tables


def _lapsing(view: View, mark: str) -> Table:
    def row(r: Any) -> list[str]:
        month = view.period(r.month) if r.month else view.say("lapse_again")
        return [view.name("rulebooks", r.status), month, _n(view, r)]

    heads = ("status", "lapse_month", "firms")
    return _marked(laid(view, "certify", "expiry_counts", heads, row, (2,)), view, mark)


def _published(view: View) -> Table:
    def row(r: Any) -> list[Any]:
        count = view.show(r.value, r.unit, r.low, r.high)
        growth = published_growth(r._asdict(), view.lang) if known(r.growth) else "–"
        return [
            view.name("rulebooks", r.status), view.name("places", r.region), view.period(r.period),
            view.choice("kind", r.kind), qualified(r.qualifier, count, view.lang),
            growth, view.rests(r.observations),
        ]  # fmt: skip

    heads = ("status", "region", "period", "kind", "firms", "growth_published", "observations")
    return laid(view, "certify", "published", heads, row, (4, 5))


def _claims(view: View) -> Table:
    """The claims that rest on the published counts, with their verdicts."""
    listed = {
        id for ids in view.table("certify", "published")["observations"] for id in ids.split()
    }
    claims = view.table("claims", "claims")
    rests = [bool(listed & set(str(ids).split())) for ids in claims["observations"]]
    rows = claims[pd.Series(rests, index=claims.index, dtype=bool)]

    def row(r: Any) -> list[Any]:
        link = Markup('<a href="#{}">{}</a>')
        said = link.format(anchor("claim", r.claim), view.name("claims", r.claim))
        return [said, view.verdict(r.verdict), _computed(view, r)]

    heads = ("claim", "verdict", "computed")
    made = laid(view, "claims", "claims", heads, row, (), rows)
    return Table(view.say("published_claims"), made.headings, made.rows)


def _computed(view: View, r: Any) -> Markup:
    """What arithmetic gives: the two sides, or what was unknown."""
    pairs = ((r.left_low, r.left_high), (r.right_low, r.right_high))
    sides = [span(low, high, r.unit, view.lang) for low, high in pairs]
    if "–" not in sides:
        return escape(messages.word("claim_sides", view.lang, left=sides[0], right=sides[1]))
    implied = span(r.implied_low, r.implied_high, r.unit, view.lang)
    if implied == "–":
        return Markup("–")
    return escape(messages.word("claim_implied", view.lang, value=implied))
