"""Claims checked: a chart of the verdicts, then every claim with what was computed."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup, escape

from songhua.document.charts import tallies
from songhua.format.numbers import known, span
from songhua.format.view import View, anchor

ORDER = ("inconsistent", "consistent_if", "consistent", "not_checkable")


def claims(view: View) -> dict[str, Any]:
    """The chart and, verdict by verdict, the claims; those that cannot be right come first."""
    rows = view.table("claims", "claims")
    groups = []
    for verdict in ORDER:
        chosen = rows[rows["verdict"] == verdict]
        items = [_claim(view, row) for row in chosen.to_dict("records")]
        if items:
            groups.append({"verdict": verdict, "badge": view.verdict(verdict), "rows": items})
    ran = "claims" in view.results
    return {"chart": tallies.verdicts(view, rows), "groups": groups, "ran": ran}


def _claim(view: View, row: dict[Any, Any]) -> dict[str, Any]:
    return {
        "id": anchor("claim", row["claim"]),
        "claim": row["claim"],
        "says": view.name("claims", row["claim"]),
        "badge": view.verdict(row["verdict"]),
        "reason": view.choice("reason", row["reason"]) if row["reason"] else "",
        "relation": row["relation"],
        "sides": _sides(view, row),
        "premise": _said(view, row["claim"], "premise"),
        "uncheckable": _said(view, row["claim"], "uncheckable"),
        "source": view.source(row["source"]),
        "rests": view.rests(row["observations"]) if row["observations"] else "",
        "numbers": _numbers(view, row["claim"]),
    }


def _said(view: View, claim: str, what: str) -> str:
    """A text of a claim in the view's language; blank where there is none."""
    return str((view.region.claims[claim].get(what) or {}).get(view.lang, ""))


def _sides(view: View, row: dict[Any, Any]) -> list[tuple[str, Markup]]:
    """What was computed: both sides, and what is implied, each with its bounds."""
    shown = []
    for side, word in (("left", "left"), ("right", "right"), ("implied", "claims_unknown")):
        low, high = row[f"{side}_low"], row[f"{side}_high"]
        if known(low) or known(high):
            text = escape(span(low, high, row["unit"], view.lang))
            kind = view.estimate(row["estimate"]) if low != high else view.estimate("identity")
            shown.append((view.say(word), text + kind))
    return shown


def _printed(view: View, r: dict[Any, Any]) -> str:
    said = view.show(float(r["value"]), r["unit"], r["low"], r["high"])
    word = view.choice("qualifier", r["qualifier"]) if r["qualifier"] else ""
    return f"{word} {said}".strip() if view.lang == "en" else word + said


def _numbers(view: View, claim: str) -> list[Markup]:
    """The numbers that the claim names: as printed, with the observation or source of each."""
    rows = view.table("claims", "claim_numbers")
    shown = []
    for r in rows[rows["claim"] == claim].to_dict("records"):
        given = view.region.claims[claim]["numbers"][r["name"]].get("name") or {}
        name = given.get(view.lang) or r["name"]
        value = _printed(view, r) if r["value"] else "?"
        where = view.rests(r["observation"]) if r["observation"] else Markup("")
        shown.append(Markup("{} = {} {}").format(name, value, where))
    return shown
