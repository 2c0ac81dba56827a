"""Doubts of a sheet settled by choosing: the choice is read, kept, and not asked again."""

import re
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from form_work import MAY, held, posted, typed
from songhua import messages, session
from web_work import client

FIELD = re.compile(r'<(?:select|input) id="f-(doubt\.[0-9a-f]{16})"')
CASES = {
    "unit": (
        "Gross product\nIndustry,2016,2017\nFood,1.5,2.5\nTools,1.0,2.0\n",
        ["bn EUR"],
        {("food", "2016", "1.5", "bn EUR"), ("tools", "2017", "2.0", "bn EUR")},
    ),
    "unit_typed": (
        "Gross product\nIndustry,2016,2017\nFood,1.5,2.5\nTools,1.0,2.0\n",
        ["million EUR"],
        {("food", "2016", "1.5", "m EUR"), ("tools", "2017", "2.0", "m EUR")},
    ),
    "blank": (
        "\"Gross product, bn EUR\"\nPlace,Industry,2016,2017\nRivertown,Food,1.5,2.5\n,Tools,1.0,2.0\n",
        ["fill"],
        {("food", "2016", "1.5", "bn EUR"), ("tools", "2017", "2.0", "bn EUR")},
    ),
    "month": (
        '"Gross product (bn EUR), August 2021"\nIndustry,Value\nFood,1.5\nTools,1.0\n',
        ["cumulative"],
        {("food", "2021-01..2021-08", "1.5", "bn EUR")},
    ),
    "near": (
        '"Gross product, bn EUR"\nPlace,2016,2017\nRivertown,1.5,2.5\nRiverton,1.0,2.0\n',
        ["leave"],
        {("all", "2016", "1.5", "bn EUR")},
    ),
    "second": (
        "\"Gross product, bn EUR\"\nIndustry,2016,2017\nFood,1.5,2.5\nPlace,2016,2017\nUpland,8.5,9.5\n",
        ["above"],
        {("food", "2016", "1.5", "bn EUR")},
    ),
    "heading": (
        "\"Gross product, bn EUR\"\nIndustry,2016,\nFood,1.5,2.5\nTools,1.0,2.0\n",
        ["2017"],
        {("food", "2017", "2.5", "bn EUR")},
    ),
    "ahead": (
        '"Gross product (bn EUR), planned"\nIndustry,2031,2032\nFood,1.5,2.5\nTools,1.0,2.0\n',
        ["target", "as"],
        {("food", "2031", "1.5", "bn EUR")},
    ),
}  # fmt: skip


def sent(asked: Any, text: str, name: str = "a.csv") -> str:
    answer = asked.post("/en/import", headers=MAY, files={"file": (name, text.encode())})
    return str(answer.headers["location"])


def told(answer: Any) -> str:
    return " ".join(answer.text.split())


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("lang", messages.LANGUAGES)
def test_a_doubt_is_settled_by_a_choice_and_asked_no_more(
    rivertown: Path, case: str, lang: str
) -> None:
    text, answers, expected = CASES[case]
    asked, before = client(rivertown), held(rivertown)
    place = sent(asked, text).replace("/en/", f"/{lang}/")
    shown = asked.get(place)
    assert "--" not in re.sub(r"<[^>]*>|<style.*?</style>", "", shown.text.partition("<main")[2])
    for _ in range(len(answers) + 1):
        said = {"what": "look", "source": "paper"} | typed(shown)
        for field in FIELD.findall(shown.text):
            options = re.search(
                rf'id="f-{field}".*?</(?:select|datalist|div)>', shown.text, re.DOTALL
            )
            assert options
            typed_in = [
                one for one in answers if f'value="{one}"' in options[0] or "list=" in options[0]
            ]
            said[field] = (typed_in or [""])[0]
        said["source"] = "paper"
        shown = asked.post(place, headers=MAY, data=said)
        if not FIELD.search(shown.text):
            break
    assert 'value="take"' in shown.text, shown.text
    assert held(rivertown) == before
    map_text = re.search(r"<textarea[^>]*>(.*?)</textarea>", shown.text, re.DOTALL)
    assert map_text
    done = asked.post(
        place, headers=MAY,
        data={"what": "take", "source": "paper", "map": unescape(map_text[1])},
    )  # fmt: skip
    assert done.status_code == 200, done.text
    rows = session.open(rivertown).region.figures.observations.frame
    new = rows[~rows["file"].astype(str).isin(["economy.csv"])]
    found = set(
        zip(*(new[n].astype(str) for n in ("industry", "period", "value", "unit")), strict=True)
    )
    assert expected <= found
    assert len(list((rivertown / "imports").glob("*.toml"))) == 1


def test_the_next_sheet_of_the_same_form_is_asked_nothing(rivertown: Path) -> None:
    asked = client(rivertown)
    place = sent(asked, CASES["unit"][0])
    shown = asked.get(place)
    field = FIELD.findall(shown.text)[0]
    shown = asked.post(
        place, headers=MAY, data={"what": "look", "source": "paper", field: "bn EUR"}
    )
    map_text = re.search(r"<textarea[^>]*>(.*?)</textarea>", shown.text, re.DOTALL)
    assert map_text
    asked.post(place, headers=MAY, data={"what": "take", "map": unescape(map_text[1])})
    text = CASES["unit"][0].replace("2016", "2014").replace("2017", "2015")
    place = sent(asked, text, "next.csv")
    shown = asked.post(place, headers=MAY, data={"what": "look", "source": "paper"})
    assert not FIELD.search(shown.text)
    assert 'value="take"' in shown.text


def test_answers_that_are_none_are_asked_again(rivertown: Path) -> None:
    asked = client(rivertown)
    place = sent(asked, CASES["near"][0])
    field = FIELD.findall(asked.get(place).text)[0]
    for odd in ("nowhere", "'", "all", "x" * 5000):
        shown = asked.post(place, headers=MAY, data={"what": "look", "source": "paper", field: odd})
        assert shown.status_code == 200
        assert FIELD.findall(shown.text) == [field]
    shown = asked.post(place, headers=MAY, data={"what": "look", "doubt.0123456789abcdef": "as"})
    assert FIELD.findall(shown.text) == [field]


def test_a_label_that_the_folder_lacks_is_added_from_the_sheet(rivertown: Path) -> None:
    asked = client(rivertown)
    text = '"Gross product, bn EUR"\nIndustry,2016,2017\nFood,1.5,2.5\nTimber,1.0,2.0\n'
    place = sent(asked, text)
    shown = asked.post(place, headers=MAY, data={"what": "look", "source": "paper"})
    way = re.search(r'href="(/en/write/industries\?[^"]*)"', shown.text)
    assert way
    form = asked.get(way[1].replace("&amp;", "&"))
    cells = typed(form)
    assert (cells["name.en"], f"/en/{cells['_back']}") == ("Timber", place)
    look = posted(asked, "/en/write/industries", cells)
    done = posted(asked, "/en/write/industries", typed(look), "take")
    assert f'href="{place}"' in done.text
    assert session.open(rivertown).region.industries["timber"]["name"]("en") == "Timber"
    again = asked.post(place, headers=MAY, data={"what": "look", "source": "paper"})
    assert "4 rows would be added" in told(again)


@pytest.mark.parametrize(
    ("catalogue", "cells", "id", "wrong"),
    [
        ("indicators", {"name.en": "Jobs", "unit": "persons", "form": "level", "measure": "jobs",
                        "definition.en": "People at work."}, "jobs", "measure"),
        ("industries", {"name.zh": "木材", "parent": "all"}, "entry", "name.en"),
        ("places", {"name.en": "East Bank", "role": "part"}, "east-bank", "role"),
    ],
)  # fmt: skip
def test_an_entry_is_added_to_its_catalogue(
    rivertown: Path, catalogue: str, cells: dict[str, str], id: str, wrong: str
) -> None:
    asked, place = client(rivertown), f"/en/write/{catalogue}"
    assert asked.get(place).status_code == 200
    refused = posted(
        asked, place, {name: text for name, text in cells.items() if name[:4] != wrong[:4]}
    )
    assert f'id="e-{wrong}"' in refused.text
    shown = posted(asked, place, cells)
    assert shown.status_code == 200, shown.text
    done = posted(asked, place, typed(shown), "take")
    assert done.status_code == 200
    assert id in getattr(session.open(rivertown).region, catalogue)


def test_what_no_choice_settles_says_why(rivertown: Path) -> None:
    asked = client(rivertown)
    shown = asked.get(sent(asked, "A sentence\nand another\n"))
    assert "Put a row of headings over them" in told(shown)
    assert "--" not in re.sub(r"<[^>]*>|<style.*?</style>", "", shown.text.partition("<main")[2])


def test_what_is_remembered_may_be_asked_anew(rivertown: Path) -> None:
    asked = client(rivertown)
    text = CASES["second"][0]
    place = sent(asked, text)
    field = FIELD.findall(asked.get(place).text)[0]
    shown = asked.post(place, headers=MAY, data={"what": "look", "source": "paper", field: "above"})
    map_text = re.search(r"<textarea[^>]*>(.*?)</textarea>", shown.text, re.DOTALL)
    assert map_text
    asked.post(place, headers=MAY, data={"what": "take", "map": unescape(map_text[1])})
    place = sent(asked, text)
    shown = asked.post(place, headers=MAY, data={"what": "look", "source": "paper"})
    assert not FIELD.search(shown.text)
    assert "Only the table above the row" in told(shown)
    anew = {"what": "look", "source": "paper", "doubt.forget": "1"}
    shown = asked.post(place, headers=MAY, data=anew)
    field = FIELD.findall(shown.text)[0]
    shown = asked.post(place, headers=MAY, data={**anew, field: "below"})
    assert "Only the table from the row" in told(shown)
    assert "says its Indicator" in told(shown)  # the title is that of the other table
