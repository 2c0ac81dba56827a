"""Questions about a file that was sent: answered in a form, kept beside it, and not asked again."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest

import dom
from form_work import MAY, held, posted, typed
from songhua import messages, session
from songhua.store import user_home
from songhua.web.kept_answers import CHOSEN, mark
from web_work import client

UNIT = "Gross product\nPlace,2016,2017\nRivertown,1.5,2.5\nUpland,1.0,2.0\n"
LACKING = '"Gross product, bn EUR"\nPlace,2016,2017\nRivertown,1.5,2.5\nAtlantis,1.0,2.0\n'
NEAR = '"Gross product, bn EUR"\nPlace,2016,2017\nRivertown,1.5,2.5\nRiverton,1.0,2.0\n'
RISING = (
    '"Gross product, bn EUR"\nPlace,2021-01,2021-02,2021-03,2021-04\nRivertown,1.5,2.5,3.5,4.5\n'
)
#: A text, the answers to its questions by their kinds, and figures that come of it.
CASES = {
    "unit": (UNIT, {"unit": "bn EUR"}, {("upland", "2017", "2.0", "bn EUR")}),
    "unit_typed": (UNIT, {"unit": "million EUR"}, {("upland", "2017", "2.0", "m EUR")}),
    "place_typed": (
        '"Gross product, bn EUR"\nIndustry,2016\nFood,1.5\nTools,1.0\n',
        {"place": "Upland"},
        {("upland", "2016", "1.5", "bn EUR")},
    ),
    "new": (LACKING, {"entries": "new"}, {("atlantis", "2016", "1.0", "bn EUR")}),
    "near": (NEAR, {"word region riverton": "leave", "entries": "leave"},
             {("rivertown", "2016", "1.5", "bn EUR")}),
    "time": (RISING, {"time": "cumulative"}, {("rivertown", "2021-01..2021-04", "4.5", "bn EUR")}),
}  # fmt: skip


def sent(asked: Any, text: str, name: str = "a.csv", lang: str = "en") -> str:
    file = {"file": (name, text.encode())}
    return str(asked.post(f"/{lang}/import", headers=MAY, files=file).headers["location"])


def told(answer: Any) -> str:
    return " ".join(answer.text.split())


@dataclass
class Asked:
    """A question on a page: its words, the field and values of its options, and that of a text."""

    words: str
    options: dict[str, list[str]]
    text: str


def questions(answer: Any) -> list[Asked]:
    """The questions that a page asks; nothing is chosen or typed in any."""
    found: list[Asked] = []
    (main,) = dom.parse(answer.text).all("main")
    for part in main.all("fieldset", "ask"):
        (legend,) = part.all("legend")
        options: dict[str, list[str]] = {}
        text = ""
        for one in part.all("input"):
            if one.attrs["type" if "type" in one.attrs else "name"] == "radio":
                options.setdefault(one.attrs["name"], []).append(one.attrs["value"])
                assert "checked" not in one.attrs
            elif "type" not in one.attrs:
                text = one.attrs["name"]
        if options or text:
            assert all(len(values) <= 5 for values in options.values())
            found.append(Asked(legend.text, options, text))
    return found


def answered(asked: Any, place: str, answers: dict[str, str]) -> Any:
    """The page after each question was answered by the answer of its key, by choice or typed."""
    shown = asked.get(place)
    keys = {mark(key): value for key, value in answers.items()}
    for _ in range(len(answers) + 2):
        fields = {"what": "look"}
        for question in questions(shown):
            name = next(iter(question.options), "") or question.text
            value = keys[name.partition(".")[2]] if "." in name else answers.get(name, "paper")
            chosen = value in question.options.get(name, ())
            fields[name if chosen else question.text] = value
        if len(fields) == 1:
            return shown
        shown = asked.post(place, headers=MAY, data=fields)
        assert shown.status_code == 200, shown.text
    return shown


def figures(folder: Path) -> set[tuple[str, ...]]:
    rows = session.open(folder).region.figures.observations.frame
    names = ("region", "period", "value", "unit")
    return set(zip(*(rows[n].astype(str) for n in names), strict=True))


@pytest.mark.parametrize(("case", "lang"), [*zip(CASES, cycle(messages.LANGUAGES), strict=False)])
def test_questions_are_answered_and_asked_no_more(rivertown: Path, case: str, lang: str) -> None:
    text, answers, expected = CASES[case]
    asked, before = client(rivertown), held(rivertown)
    place = sent(asked, text, lang=lang)
    shown = asked.get(place)
    assert 'value="take"' not in shown.text
    assert "--" not in re.sub(r"<[^>]*>|<style.*?</style>", "", shown.text.partition("<main")[2])
    shown = answered(asked, place, answers)
    assert 'value="take"' in shown.text, shown.text
    assert held(rivertown) == before
    done = asked.post(place, headers=MAY, data={"what": "take"})
    assert done.status_code == 200, done.text
    assert expected <= figures(rivertown)


def test_a_unit_that_is_none_may_be_left_out(rivertown: Path) -> None:
    asked = client(rivertown)
    text = "Gross product,,unit: furlongs\nPlace,2016,2017\nRivertown,1.5,2\nUpland,2.5,3\n"
    shown = asked.get(sent(asked, text))
    assert shown.status_code == 200, shown.text
    (unit, _) = questions(shown)
    assert [*unit.options.values()] == [["leave"]]


def test_the_contents_of_each_sheet_stand_before_all_questions(rivertown: Path) -> None:
    asked = client(rivertown)
    text = told(asked.get(sent(asked, LACKING)))
    first = text.index("figures in 1 table")
    assert first < text.index("To be answered") < text.index("The sheet")


def test_answers_are_there_again_after_a_break(rivertown: Path) -> None:
    asked = client(rivertown)
    place = sent(asked, UNIT)
    field = CHOSEN + mark("unit")
    shown = asked.post(place, headers=MAY, data={"what": "look", field: "bn EUR"})
    assert [one.words for one in questions(shown)] == [
        "which source of the folder this table is from is not known."
    ]
    shown = client(rivertown).get(place)
    assert len(questions(shown)) == 1
    again = re.search(r'name="(again\.[0-9a-f]{16})"', shown.text)
    assert again
    shown = asked.post(place, headers=MAY, data={"what": "look", again[1]: "1"})
    assert len(questions(shown)) == 2
    (user_home.sent(place.rpartition("/")[2]) / "answers.toml").write_bytes(b"\xff = [")
    assert len(questions(asked.get(place))) == 2


def test_the_next_sheet_of_the_same_layout_is_asked_nothing_but_may_be(rivertown: Path) -> None:
    asked = client(rivertown)
    place = sent(asked, UNIT)
    answered(asked, place, {"unit": "bn EUR"})
    asked.post(place, headers=MAY, data={"what": "take"})
    assert len(list((rivertown / "imports").glob("*.toml"))) == 1
    text = UNIT.replace("2016", "2014").replace("2017", "2015")
    place = sent(asked, text, "next.csv")
    assert [one.options for one in questions(asked.get(place))] == [
        {"source": ["bulletin-2020", "paper"]}
    ]
    shown = asked.post(place, headers=MAY, data={"what": "look", "forget": "1"})
    assert len(questions(shown)) == 2
    assert len(questions(asked.get(place))) == 2
    answered(asked, place, {"unit": "m EUR"})
    asked.post(place, headers=MAY, data={"what": "take"})
    assert ("upland", "2015", "2.0", "m EUR") in figures(rivertown)


def test_answers_that_are_none_are_asked_again_with_a_message(rivertown: Path) -> None:
    asked = client(rivertown)
    place = sent(asked, UNIT)
    (unit, source) = questions(asked.get(place))
    ((field, _),) = unit.options.items()
    for odd in ("nowhere", "'", "<b>", "x" * 5000):
        fields = {"what": "look", unit.text: odd, "source": "paper"}
        shown = asked.post(place, headers=MAY, data=fields)
        assert shown.status_code == 200
        assert [one.words for one in questions(shown)] == [unit.words]
        assert "none of the possible answers" in told(shown)
        assert "aria-invalid" in shown.text
    shown = asked.post(place, headers=MAY, data={"what": "look", field: "bn EUR", unit.text: "%"})
    assert "two answers" in told(shown)
    unknown = asked.post(place, headers=MAY, data={"what": "look", f"{CHOSEN}0123": "as"})
    assert [one.words for one in questions(unknown)] == [unit.words]
    assert source.words not in told(unknown).partition("Answered")[0]


def test_a_source_may_be_changed_before_the_rows_are_taken(rivertown: Path) -> None:
    asked = client(rivertown)
    place = sent(asked, CASES["new"][0].replace("Atlantis", "Upland"))
    asked.post(place, headers=MAY, data={"what": "look", "source": "paper"})
    asked.post(place, headers=MAY, data={"what": "take", "source": "bulletin-2020"})
    rows = session.open(rivertown).region.figures.observations.frame
    assert set(rows[rows["period"] == "2016"]["source"].astype(str)) == {"bulletin-2020"}


def test_a_name_that_the_folder_lacks_is_added_from_the_sheet(rivertown: Path) -> None:
    asked = client(rivertown)
    place = sent(asked, LACKING)
    shown = asked.post(place, headers=MAY, data={"what": "look", "source": "paper"})
    way = re.search(r'href="(/en/write/places\?[^"]*)"', shown.text)
    assert way
    form = asked.get(way[1].replace("&amp;", "&"))
    cells = typed(form) | {"role": "comparison"}
    assert (cells["name.en"], f"/en/{cells['_back']}") == ("Atlantis", place)
    look = posted(asked, "/en/write/places", cells)
    done = posted(asked, "/en/write/places", typed(look), "take")
    assert f'href="{place}"' in done.text
    again = asked.post(place, headers=MAY, data={"what": "look"})
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


def test_a_file_without_a_table_says_why(rivertown: Path) -> None:
    asked = client(rivertown)
    place = sent(asked, "A sentence\nand another\n")
    shown = answered(asked, place, {})
    assert "no table of figures" in told(shown)
    assert 'value="take"' not in shown.text
