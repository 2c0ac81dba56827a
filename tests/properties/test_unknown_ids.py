"""Every method that takes an id refuses an unknown id, and names a similar one."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import songhua
from songhua.errors import SonghuaError
from songhua.region import Region
from songhua.region.relations import Relations

Ask = Callable[[Any, str], object]
SESSION = songhua.open(songhua.example())
HELD = {"Region": SESSION.region, "Relations": SESSION.region.relations}
#: Methods that take an id: the method, the call with the id, and an existing id.
ASKED: dict[str, list[tuple[Ask, str]]] = {
    "Region.find": [
        (lambda region, id: region.find(indicator=id), "gdp_growth_real"),
        (lambda region, id: region.find(region=id), "songbei"),
        (lambda region, id: region.find(industry=("all", id)), "secondary"),
        (lambda region, id: region.find(entity=id), "young-eagle"),
        (lambda region, id: region.find(source=id), "people-2025"),
    ],
    "Region.figure": [(lambda region, id: region.figure(id, "2020"), "gdp_growth_real")],
    "Region.series": [
        (lambda region, id: region.series(id), "gdp_growth_real"),
        (lambda region, id: region.series("gdp", industry=id), "secondary"),
    ],
    "Region.panel": [
        (lambda region, id: region.panel(id), "gdp_growth_real"),
        (lambda region, id: region.panel("gdp", id), "number"),
    ],
    "Region.indicator": [
        (lambda region, id: region.indicator(id), "gdp_growth_real"),
        (lambda region, id: region.indicator("gdp", id), "heilongjiang"),
    ],
    "Region.unit": [(lambda region, id: region.unit(id), "gdp_growth_real")],
    "Relations.whole": [
        (lambda relations, id: relations.whole(id, "secondary", set()), "gdp_share"),
        (lambda relations, id: relations.whole("fixed_asset_investment_share", id, set()), "secondary"),
    ],
    "Relations.comparable": [
        (lambda relations, id: relations.comparable(id, "gdp"), "gdp_growth_real"),
        (lambda relations, id: relations.comparable("gdp", id), "gdp_growth_real"),
    ],
    "Relations.same_prices": [
        (lambda relations, id: relations.same_prices(id, "gdp"), "gdp_growth_real"),
        (lambda relations, id: relations.same_prices("gdp", id), "gdp_growth_real"),
    ],
    **{
        f"Relations.{name}": [(lambda relations, id, n=name: getattr(relations, n)(id), known)]
        for name, known in {
            "of": "gdp_share", "underlying": "gdp_share", "total_of": "gdp_share",
            "level_of": "gdp_growth_real", "follows_levels": "gdp_growth_real",
            "growth_of": "value_added", "shares_of": "value_added", "ends": "gdp_share",
            "level_behind": "gdp_contribution_pp", "rates_behind": "gdp_contribution_pp",
            "same_quantity": "gdp_growth_real", "divisor": "province_rnd_in_gdp",
        }.items()
    },
    "Region.role": [(lambda region, id: region.role(id), "heilongjiang")],
    "Region.parent": [(lambda region, id: region.parent(id), "secondary")],
    "Region.places_of": [(lambda region, id: region.places_of(id), "comparison")],
    "Region.publisher": [(lambda region, id: region.publisher(id), "people-2025")],
    "Region.grade": [(lambda region, id: region.grade(id), "people-2025")],
    "Region.label": [
        (lambda region, id: region.label("indicators", id), "gdp_growth_real"),
        (lambda region, id: region.label("places", id), "heilongjiang"),
        (lambda region, id: region.label("rulebooks", id), "cn/size-class"),
        (lambda region, id: region.label(id, "all"), "industries"),
    ],
    "Session.run": [
        (lambda session, id: session.run(id), "diagnose"),
        (lambda session, id: session.run("month", period="2021", peers=(id,)), "heilongjiang"),
    ],
    "Session.lacks": [(lambda session, id: session.lacks(id), "diagnose")],
    "Session.change": [
        (lambda session, id: session.change(assumptions={id: 5}), "productivity"),
        (lambda session, id: session.change(targets={id: "5 %"}), "gdp-plan"),
        (lambda session, id: session.change(scenario=id), "late"),
        (lambda session, id: session.change(projects={id: {"jobs": 5}}), "robot-island"),
    ],
    "example": [(lambda _, id: songhua.example(id), "washington")],
    "new": [(lambda _, id: songhua.new("nowhere", id), "washington")],
    "load_rulebook": [(lambda _, id: songhua.load_rulebook(id), "cn/size-class")],
    "show": [(lambda session, id: songhua.show(session.run_all(), id), "claims")],
}  # fmt: skip
#: Parameters that hold a text which is no id, or an id that is refused elsewhere.
NO_IDS = {
    "path", "lang", "period", "as_of", "text", "value", "unit", "to", "old", "new",
}  # fmt: skip
#: A figure has a name that no other looks like.
UNLIKE = {"Region.place_of", "Region.source_of", "Region.cites"}
#: Those that say by an empty answer that an id has no words.
EMPTY = {"Region.words"}
CASES = [(name, ask, id) for name, asks in ASKED.items() for ask, id in asks]


def takers() -> dict[str, list[str]]:
    """Public functions and methods that take a text, each with those parameters."""
    found: dict[str, Any] = {}
    for name in dir(songhua):
        one = getattr(songhua, name)
        if inspect.isfunction(one):
            found[name] = one
    for kind in (Region, Relations, songhua.Session):
        for name, one in inspect.getmembers(kind, inspect.isfunction):
            if not name.startswith("_") and (kind, name) != (Region, "of"):
                found[f"{kind.__name__}.{name}"] = one
    parameters = {name: inspect.signature(one).parameters for name, one in found.items()}
    return {
        name: [p for p, one in given.items() if "str" in str(one.annotation) or p == "labels"]
        for name, given in parameters.items()
    }


def test_nothing_that_takes_an_id_is_left_out() -> None:
    taking = {name for name, texts in takers().items() if set(texts) - NO_IDS}
    assert taking - UNLIKE - EMPTY == set(ASKED)


@pytest.mark.parametrize(("name", "ask", "id"), CASES, ids=[f"{c[0]}-{c[2]}" for c in CASES])
@given(data=st.data())
def test_an_id_that_there_is_not_is_refused(
    name: str, ask: Ask, id: str, data: st.DataObject
) -> None:
    at = data.draw(st.integers(0, len(id)))
    typed = data.draw(st.sampled_from([id[:at] + "q" + id[at:], id[:at] + id[at + 1 :] + "q"]))
    with pytest.raises(SonghuaError) as error:
        ask(HELD.get(name.split(".", maxsplit=1)[0], SESSION), typed)
    assert id in str(error.value)
