"""Figures and sources written in the browser: each fault at its field, and nothing taken unseen."""

import re
from pathlib import Path

import pytest

from form_work import at_field, held, posted, typed
from songhua import messages, session
from web_work import client, page

FIGURE = {
    "indicator": "gdp", "region": "rivertown", "period": "2021", "value": "11.20",
    "unit": "bn EUR", "kind": "actual", "source": "bulletin-2020", "recorded": "2026-01-05",
}  # fmt: skip


@pytest.mark.parametrize("lang", messages.LANGUAGES)
def test_a_figure_is_shown_then_taken_as_printed(rivertown: Path, lang: str) -> None:
    asked, before = client(rivertown), held(rivertown)
    empty = asked.get(f"/{lang}/write/figure")
    assert empty.status_code == 200
    shown = posted(asked, f"/{lang}/write/figure", typed(empty) | FIGURE)
    assert shown.status_code == 200, shown.text
    assert "11.20" in shown.text
    assert held(rivertown) == before
    done = posted(asked, f"/{lang}/write/figure", typed(shown), "take")
    assert done.status_code == 200
    line = (rivertown / "observations/written.csv").read_text("utf-8").splitlines()[-1]
    assert line == "gdp,rivertown,,,2021,11.20,bn EUR,,actual,,,bulletin-2020,,2026-01-05,"
    place = re.search(r'href="(/[a-z]+/figures/[a-z0-9]+)"', done.text)
    assert place
    assert page(asked, place[1]).status_code == 200
    session.check(rivertown)


def test_names_of_the_language_and_periods_as_people_write_them_are_read(rivertown: Path) -> None:
    asked = client(rivertown)
    said = {
        "indicator": "生产总值", "region": "河城", "industry": "食品", "period": "2021年一季度",
        "unit": "10亿欧元", "kind": "实际数", "value": "约 1,011.50",
    }  # fmt: skip
    shown = posted(asked, "/zh/write/figure", FIGURE | said)
    assert shown.status_code in (200, 422)
    wrong = re.findall(r'id="e-([a-z]+)"', shown.text)
    assert not set(wrong) & {"indicator", "region", "industry", "period", "value"}, shown.text


def test_each_fault_stands_at_its_field_and_nothing_typed_is_lost(rivertown: Path) -> None:
    asked, before = client(rivertown), held(rivertown)
    wrong = {
        "value": "12.3x", "period": "someday", "unit": "fathoms", "kind": "guess", "source": "none",
        "recorded": "2026-13-01", "note": 'a <b> "c"',
    }  # fmt: skip
    answer = posted(asked, "/en/write/figure", FIGURE | wrong)
    assert answer.status_code == 422
    for name in ("value", "period", "unit", "kind", "source", "recorded"):
        assert at_field(answer.text, name)
    assert "12.3x" in at_field(answer.text, "value")
    kept = typed(answer)
    assert {name: kept[name] for name in wrong if name != "note"} == {
        name: text for name, text in wrong.items() if name != "note"
    }
    assert "a &lt;b&gt;" in answer.text
    assert 'value="take"' not in answer.text
    blank = posted(asked, "/zh/write/figure", {})
    for name in ("indicator", "region", "period", "value", "unit", "kind", "source"):
        assert at_field(blank.text, name)
    assert held(rivertown) == before


def test_what_was_not_shown_is_not_taken(rivertown: Path) -> None:
    asked, before = client(rivertown), held(rivertown)
    assert posted(asked, "/en/write/figure", FIGURE, "take").status_code == 200
    assert held(rivertown) == before
    shown = posted(asked, "/en/write/figure", FIGURE)
    again = posted(asked, "/en/write/figure", typed(shown) | {"value": "1120"}, "take")
    assert 'value="take"' in again.text
    assert held(rivertown) == before


def test_a_doubtful_figure_is_doubted_before_it_is_taken(rivertown: Path) -> None:
    asked = client(rivertown)
    shown = posted(asked, "/en/write/figure", FIGURE | {"value": "1120"})
    assert "hardly right" in shown.text
    assert posted(asked, "/en/write/figure", typed(shown), "take").status_code == 200
    assert b"1120" in held(rivertown)["observations/written.csv"]


def test_the_same_figure_is_not_written_twice(rivertown: Path) -> None:
    asked = client(rivertown)
    shown = posted(asked, "/en/write/figure", FIGURE)
    posted(asked, "/en/write/figure", typed(shown), "take")
    before = held(rivertown)
    again = posted(asked, "/en/write/figure", FIGURE)
    assert again.status_code == 422
    assert held(rivertown) == before


def test_another_who_writes_meanwhile_is_told_and_nothing_is_lost(rivertown: Path) -> None:
    asked = client(rivertown)
    shown = posted(asked, "/en/write/figure", FIGURE)
    session.add_figure(rivertown, FIGURE | {"period": "2022", "value": "11.9"})
    told = posted(asked, "/en/write/figure", typed(shown), "take")
    assert "observations/written.csv (new)" in told.text
    assert typed(told)["value"] == "11.20"
    assert b"11.20" not in held(rivertown)["observations/written.csv"]
    done = posted(asked, "/en/write/figure", typed(told), "take")
    assert "It is written" in done.text
    rows = held(rivertown)["observations/written.csv"].decode().splitlines()
    assert [one.split(",")[5] for one in rows[1:]] == ["11.9", "11.20"]


@pytest.mark.parametrize("lang", messages.LANGUAGES)
def test_a_figure_is_corrected_by_a_new_row(rivertown: Path, lang: str) -> None:
    asked = client(rivertown)
    rows = session.open(rivertown).region.figures.observations.frame
    row = rows[
        (rows["period"] == "2020") & (rows["indicator"] == "gdp") & (rows["value"] == "10.5")
    ]
    id = str(row["id"].iloc[0])
    place = f"/{lang}/figures/{id}/correct"
    assert place in page(asked, f"/{lang}/figures/{id}").text
    form = asked.get(place)
    assert typed(form)["value"] == "10.5"
    same = posted(asked, place, typed(form))
    assert at_field(same.text, "value")
    odd = posted(asked, place, typed(form) | {"value": "ten"})
    assert at_field(odd.text, "value")
    shown = posted(asked, place, typed(form) | {"value": "10.50", "recorded": "2026-02-01"})
    assert shown.status_code == 200, shown.text
    done = posted(asked, place, typed(shown), "take")
    assert done.status_code == 200
    lines = held(rivertown)["observations/corrections.csv"].decode().splitlines()
    assert lines[1] == "gdp,rivertown,,,2020,10.50,bn EUR,,actual,,,bulletin-2020,,2026-02-01,"
    assert asked.get(place).status_code == 409  # a later row holds
    assert asked.get(f"/{lang}/figures/none/correct").status_code == 404


@pytest.mark.parametrize("lang", messages.LANGUAGES)
def test_a_source_is_added(rivertown: Path, lang: str) -> None:
    asked, before = client(rivertown), held(rivertown)
    said = {
        "title": 'Yearbook "2024"', "title_zh": "年鉴", "publisher": "Office", "grade": "official",
        "published": "2024-11",
    }  # fmt: skip
    wrong = posted(asked, f"/{lang}/write/sources", said | {"grade": "best", "id": "A b"})
    assert at_field(wrong.text, "grade")
    assert at_field(wrong.text, "id")
    taken = posted(asked, f"/{lang}/write/sources", said | {"id": "paper"})
    assert at_field(taken.text, "id")
    shown = posted(asked, f"/{lang}/write/sources", said)
    assert held(rivertown) == before
    done = posted(asked, f"/{lang}/write/sources", typed(shown), "take")
    assert done.status_code == 200
    found = session.open(rivertown).region.sources
    assert found["yearbook-2024"]["title"] == 'Yearbook "2024"'
    assert held(rivertown)["sources.toml"].startswith(before["sources.toml"].rstrip())
    assert page(asked, f"/{lang}/sources/yearbook-2024").status_code == 200


@pytest.mark.parametrize("text", ["a\nb", "a\u2028b", "a\0b", "=1+1", 'a,b"c', "]]>", "\ud800"])
def test_no_text_breaks_a_file(rivertown: Path, text: str) -> None:
    asked = client(rivertown)
    for address, cells in (
        ("/en/write/figure", FIGURE | {"note": text}),
        ("/en/write/sources", {"title": text, "publisher": text, "grade": "press"}),
    ):
        try:
            shown = posted(asked, address, cells)
        except UnicodeEncodeError:  # no browser can send it
            return
        assert shown.status_code in (200, 422)
        if shown.status_code == 422:
            assert 'class="fault"' in shown.text
    session.check(rivertown)


def test_reading_alone_offers_no_form(rivertown: Path) -> None:
    asked = client(rivertown, read_only=True)
    for address in ("/en/write/figure", "/en/write/sources"):
        assert asked.get(address).status_code == 404
        assert posted(asked, address, {}).status_code == 403
    for listed in ("/en/figures", "/en/sources"):
        assert "/write/" not in page(asked, listed).text


def test_a_case_that_comes_with_songhua_is_not_written_to() -> None:
    asked = client(session.example())
    for address in ("/en/write/figure", "/en/write/sources"):
        assert asked.get(address).status_code == 409
        assert posted(asked, address, {}).status_code == 409
