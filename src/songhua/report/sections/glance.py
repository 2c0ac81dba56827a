"""At a glance: the region, the system as a board, and the findings that come first."""

from __future__ import annotations

import re
from typing import Any

from markupsafe import Markup, escape

from songhua.plan import ROLES
from songhua.report.numbers import known
from songhua.report.view import View, anchor
from songhua.results import Finding

FIRST = (
    "largest_by_measure", "contributions_against_growth", "no_expectation_recorded",
    "industries_without_figure", "claims_inconsistent", "growth_turned_positive",
    "n_vintages_differ", "total_mixes_measures", "stale", "no_plan",
)  # fmt: skip


def glance(view: View) -> dict[str, Any]:
    """What stands at the top."""
    return {
        "counts": _counts(view),
        "board": _board(view),
        "products": _cards(view, "product"),
        "headlines": [item(view, f) for f in _headlines(view.findings())],
    }


def item(view: View, found: Finding) -> dict[str, Markup | str]:
    """A finding as its sentence and the links that it rests on, at most six."""
    rests = view.rests(found.sources[:6])
    if len(found.sources) > 6:
        rests += Markup(" …")
    text = view.sentence(found)
    linked = claims_linked(view, text) if found.code.startswith("claim") else text
    return {"text": linked, "rests": rests if found.sources else ""}


def claims_linked(view: View, text: str) -> Markup:
    """A sentence in which each id of a claim leads to the claim."""
    ids = sorted(view.region.claims, key=len, reverse=True)
    if "claims" not in view.results or not ids:
        return escape(text)
    parts = re.split(rf"(?<![\w-])({'|'.join(map(re.escape, ids))})(?![\w-])", text)
    link = Markup('<a href="#{}">{}</a>')
    made = [
        link.format(anchor("claim", part), part) if at % 2 else escape(part)
        for at, part in enumerate(parts)
    ]
    return Markup("").join(made)


def _headlines(findings: list[Finding]) -> list[Finding]:
    """Up to six, in the order of FIRST: sizes, contributions, expectations, gaps, claims."""
    ranked = [f for code in FIRST for f in findings if f.code == code]
    return ranked[:6]


def _counts(view: View) -> list[tuple[str, str]]:
    counts = [
        (len(view.region.observations), "glance_figures"),
        (view.region.observations["indicator"].nunique(), "glance_indicators"),
        (view.region.observations["source"].nunique(), "glance_sources"),
    ]
    if "claims" in view.results:
        counts.append((len(view.table("claims", "claims")), "glance_claims"))
    return [(view.show(float(n), "count"), view.say(word)) for n, word in counts]


def _board(view: View) -> list[dict[str, Any]]:
    board = []
    for role in ROLES:
        cards = _cards(view, role)
        if cards and role != "product":
            board.append({"role": role, "title": view.choice("role_group", role), "cards": cards})
    return board


def _cards(view: View, role: str) -> list[dict[str, Any]]:
    rows = view.table("diagnose", "system")
    return [_card(view, row) for row in rows[rows["role"] == role].to_dict("records")]


def _card(view: View, row: dict[Any, Any]) -> dict[str, Any]:
    ends = row["low"], row["high"]
    growth = ""
    if known(row["growth"]):
        growth = view.show(row["growth"], "%", row["growth_low"], row["growth_high"])
        growth = growth if growth.startswith("−") else f"+{growth}"
    return {
        "name": view.name("industries", row["industry"]),
        "size": view.show(row["value"], row["unit"], *ends) if known(row["value"]) else "",
        "amount": view.amount(row["value"], row["unit"], *ends, row["estimate"]),
        "measure": view.choice("measure", row["measure"]) if row["measure"] else "",
        "period": view.period(row["period"]),
        "growth": growth,
        "grade": view.grade(row["grade"]),
        "rests": view.rests(row["observations"]),
        "state": view.choice("system_state", row["state"]),
    }
