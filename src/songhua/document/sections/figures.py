"""All figures by indicator, the sources, and what was left out."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup, escape

from songhua.format.numbers import known
from songhua.format.view import Table, View, obs, src


def figures(view: View) -> dict[str, Any]:
    """Groups by indicator in the order of the catalogue, then sources, then rows left out."""
    shown = {r["observation"]: r for r in view.table("diagnose", "figures").to_dict("records")}
    by_indicator: dict[str, list[Any]] = {id: [] for id in view.region.indicators}
    for row in view.observations.to_dict("records"):
        by_indicator.setdefault(str(row["indicator"]), []).append(row)
    groups = [_group(view, id, rows, shown) for id, rows in by_indicator.items() if rows]
    return {"groups": groups, "sources": _sources(view), "left_out": _left_out(view)}


def _group(view: View, id: str, rows: list[Any], shown: dict[str, Any]) -> dict[str, Any]:
    rows = sorted(rows, key=_order)
    cells = [_row(view, row, shown.get(row["id"])) for row in rows]
    entry = view.region.indicators[id]
    heads = view.heading("region", "of_it", "period", "kind", "value", "printed", "source", "grade")
    name = view.name("indicators", id)
    ids = [obs(row["id"]) for row in rows]
    table = Table(name, heads, cells, frozenset({4, 5}), (), ids)
    return {"name": name, "n": len(rows), "note": entry["definition"][view.lang], "table": table}


def _order(row: Any) -> tuple[Any, ...]:
    return str(row["region"]), str(row["industry"]), str(row["entity"]), row["end"], row["start"]


def _bounds(row: Any, figure: Any) -> str:
    if figure is not None:
        return str(figure["estimate"])
    if not (known(row["low"]) and known(row["high"])):
        return ""
    return "identity" if row["low"] == row["high"] else "bound"


def _row(view: View, row: Any, figure: Any) -> list[str]:
    """One observation; where it is not the one shown for its figure, that is said."""
    unit, low, high, value = (str(row["unit"]), row["low"], row["high"], row["number"])
    amount = view.amount(value, unit, low, high, _bounds(row, figure))
    word = view.choice("qualifier", row["qualifier"]) if row["qualifier"] else ""
    if word:
        amount = escape(word + " ") + amount
    if figure is None:
        note = view.say("corrected" if row["superseded"] else "also_printed")
        amount += Markup(' <small class="also">{}</small>').format(note)
    of = [view.name("industries", str(row["industry"]))] if row["industry"] != "all" else []
    of += [view.name("entities", str(row["entity"]))] if row["entity"] else []
    of += [str(row[name]) for name in ("vintage", "scope") if row[name]]
    printed, place = f"{row['value']} {row['unit']}", view.region.place_of(row["id"])
    link = Markup('<a href="#{}">{}</a>').format(src(str(row["source"])), row["source"])
    return [
        view.name("places", str(row["region"])), view.join(of), view.period(str(row["period"])),
        view.choice("kind", str(row["kind"])), amount,
        Markup('{} <small class="also">{}</small>').format(printed, place),
        link, view.grade(view.region.grade(str(row["source"]))),
    ]  # fmt: skip


def _sources(view: View) -> Table:
    used = view.region.observations["source"].astype(str).value_counts()
    rows, ids = [], []
    for id, entry in view.region.sources.items():
        ids.append(src(id))
        when = view.period(entry["published"]) if entry["published"] else view.say("undated")
        title = Markup('{} <small class="also">{}</small>').format(entry["title"], id)
        if entry["original"]:
            said = f"{view.say('open_original')}: {entry['original']}"
            title += Markup('<br><small class="also">{}</small>').format(said)
        count = view.show(float(used.get(id, 0)), "count")
        address = _address(entry["address"])
        grade = view.grade(entry["grade"])
        rows.append([title, entry["publisher"], when, grade, count, address])
    heads = view.heading("title", "publisher", "published", "grade", "number", "address")
    return Table(view.say("section_figures"), heads, rows, frozenset({4}), (), ids)


def _address(address: str) -> str:
    """A link that is followed only when it is clicked; any other scheme stays plain text."""
    if not address.startswith(("http://", "https://")):
        return address
    markup = Markup('<a class="out" href="{}" rel="noopener noreferrer nofollow">{}</a>')
    return markup.format(address, address)


def _left_out(view: View) -> Table:
    rows = [
        [
            row["what"],
            row[f"reason_{view.lang}"],
            view.source(row["source"]) if row["source"] else "–",
        ]
        for row in view.region.left_out.to_dict("records")
    ]
    return Table(view.say("left_out"), view.heading("what", "reason", "source"), rows)
