"""The pages: each answers in each language, has only working links, and explains errors."""

import re
import threading
from pathlib import Path

import pytest

from bare import bare_charts
from songhua import messages, session
from songhua.document.studies import CHAPTERS
from songhua.format.view import View
from songhua.session import Run
from songhua.web import pages
from songhua.web.address import Address
from songhua.web.jobs import Jobs, Stopped
from web_work import client, page

HREF = re.compile(r'href="(/[^"]*)"')
PAGES = ["", *CHAPTERS[1:], "figures", "cells", "sources", "tables"]


@pytest.mark.parametrize("lang", messages.LANGUAGES)
def test_each_page_answers_and_runs_no_script_of_its_own(rivertown: Path, lang: str) -> None:
    asked = client(rivertown)
    for name in PAGES:
        answer = page(asked, f"/{lang}/{name}")
        assert answer.status_code == 200, name
        text = answer.text
        assert f'<html lang="{messages.language(lang).tag}"' in text
        assert not re.search(r"<script(?![^>]*\bsrc=)", text)
        assert not re.search(r"<[^>]*\son[a-z]+=", text)
        assert not re.search(r'(?:src|action)="https?:', text)
        assert len(re.findall(r"<h1\b", text)) == 1
        assert 'aria-current="page"' in text or not name


@pytest.mark.parametrize(
    "example", ["skeleton", pytest.param("washington", marks=pytest.mark.deep)]
)
def test_every_link_leads_somewhere(tmp_path: Path, example: str) -> None:
    """All that can be reached from the brief in some steps; of many pages of one kind some."""
    folder = session.new(tmp_path / "case", "" if example == "skeleton" else example)
    asked, seen, waiting = client(folder), set[str](), ["/en/", "/zh/"]
    kinds: dict[str, int] = {}
    with bare_charts():
        while waiting:
            address = waiting.pop(0).partition("#")[0].replace("&amp;", "&")
            kind = re.sub(r"/[^/]*$|\?.*$", "", address)
            if address in seen or address.endswith("/stop") or kinds.get(kind, 0) >= 12:
                continue
            kinds[kind] = kinds.get(kind, 0) + 1
            seen.add(address)
            answer = page(asked, address)
            if answer.status_code == 303:
                waiting.append(answer.headers["location"])
                continue
            assert answer.status_code == 200, address
            if answer.headers["content-type"].startswith("text/html"):
                waiting += HREF.findall(answer.text)
    assert len(seen) > 30


def test_from_a_figure_to_its_source_and_to_what_rests_on_it(rivertown: Path) -> None:
    asked = client(rivertown)
    listed = page(asked, "/en/figures.json").json()
    assert listed["total"] == len(listed["rows"]) > 0
    first = re.search(r'href="(/en/figures/[a-z0-9]+)"', page(asked, "/en/figures").text)
    assert first
    text = page(asked, first[1]).text
    assert "/en/sources/bulletin-2020" in text
    resting = re.findall(r'href="(/en/tables/[a-z_]+/[a-z_]+\?observations=[a-z0-9]+)"', text)
    assert resting
    for address in resting:
        found = page(asked, address.replace("?", ".json?")).json()
        assert found["total"] > 0
        id = address.partition("=")[2]
        assert all(id in row["observations"].split() for row in found["rows"])
    text = page(asked, "/en/sources/bulletin-2020").text
    assert "Statistics office" in text


def test_pages_and_lists_are_data_at_the_same_address(rivertown: Path) -> None:
    asked = client(rivertown)
    assert page(asked, "/en/brief.json").json()["blocks"]
    assert page(asked, "/zh/method.json").json()["title"]
    sheet = page(asked, "/en/figures.csv")
    assert sheet.headers["content-disposition"] == 'attachment; filename="figures.csv"'
    lines = sheet.content.decode("utf-8-sig").splitlines()
    rows = (rivertown / "observations").glob("*.csv")
    held = sum(len(file.read_text("utf-8").strip().splitlines()) - 1 for file in rows)
    assert len(lines) == held + 1


def test_what_is_not_there_is_said_with_a_way_on(rivertown: Path) -> None:
    asked = client(rivertown)
    for address in (
        "/en/nowhere",
        "/fr/",
        "/en/figures/none",
        "/en/sources/bulletin-202",
        "/en/industries/none",
        "/en/tables/track/none",
        "/en/at/none",
        "/x/y/z",
    ):
        answer = page(asked, address)
        assert answer.status_code == 404, address
        assert 'class="brand"' in answer.text
    assert "bulletin-2020" in page(asked, "/en/sources/bulletin-202").text
    assert page(asked, "/en/sources/none.json").json()["faults"]


def test_a_changed_folder_is_read_again_and_a_faulty_one_says_why(rivertown: Path) -> None:
    asked = client(rivertown)
    assert "Rivertown" in page(asked, "/en/").text
    region = rivertown / "region.toml"
    told = region.read_text("utf-8")
    region.write_text(told.replace("Rivertown", "Millbrook"), "utf-8")
    assert "Millbrook" in page(asked, "/en/").text
    region.write_text(told.replace('"EUR"', '"euro"'), "utf-8")
    answer = page(asked, "/zh/")
    assert answer.status_code == 409
    assert "euro" in answer.text
    region.write_text(told, "utf-8")
    assert page(asked, "/en/").status_code == 200


def test_day_and_scenario_are_part_of_the_address(rivertown: Path) -> None:
    asked = client(rivertown)
    text = page(asked, "/en/?_as_of=2021-06-30").text
    assert "/en/figures?_as_of=2021-06-30" in text
    assert "/zh/?_as_of=2021-06-30" in text
    assert page(asked, "/en/?_as_of=yesterday").status_code == 400
    assert page(asked, "/en/?_scenario=none").status_code in (404, 409)
    assert page(asked, "/en/figures.json?_as_of=2000-01-01").json()["total"] == 0


def test_a_page_waits_while_studies_run_and_they_can_be_stopped() -> None:
    jobs, going = Jobs(), threading.Event()

    def work(report: object) -> int:
        assert callable(report)
        for at in range(10_000):
            report(at, 10_000, "sample")
            going.set()
            threading.Event().wait(0.005)
        return 1

    job = jobs.begin("a", work)
    assert going.wait(10)
    assert (job.ended, job.total, job.step) == (False, 10_000, "sample")
    assert jobs.begin("a", work) is job
    assert jobs.stop(job.id)
    with pytest.raises(Stopped):
        job.future.result(10)
    assert not jobs.stop(job.id)
    assert jobs.begin("a", work) is job  # what became of it is told once
    assert jobs.begin("a", lambda report: 7).future.result(10) == 7
    jobs.close()


def test_progress_is_told_until_the_end(rivertown: Path) -> None:
    asked = client(rivertown)
    page(asked, "/en/")
    answer = asked.get("/en/events")
    assert answer.headers["content-type"].startswith("text/event-stream")
    assert answer.text.endswith('data: {"ended": true}\n\n')


@pytest.mark.parametrize("lang", messages.LANGUAGES)
def test_documents_are_looked_at_and_had_as_files(rivertown: Path, lang: str) -> None:
    asked = client(rivertown)
    assert "documents/brief.docx" in page(asked, f"/{lang}/documents").text
    shown = page(asked, f"/{lang}/documents/look?_kind=monthly&_period=2020")
    assert shown.status_code == 200
    assert f"/{lang}/documents/monthly.docx?_period=2020" in shown.text
    for name, head in (
        ("brief.docx", b"PK"),
        ("brief.pdf", b"%PDF"),
        ("tables.xlsx", b"PK"),
        ("monthly.docx?_period=2020", b"PK"),
        ("report.html", b"<!doctype"),
    ):
        answer = page(asked, f"/{lang}/documents/{name}")
        assert answer.status_code == 200, name
        assert answer.content.startswith(head)
        assert answer.headers["content-disposition"].startswith("attachment; filename=")
    assert page(asked, f"/{lang}/documents/look?_kind=monthly").status_code == 400
    assert page(asked, f"/{lang}/documents/monthly.docx?_period=someday").status_code == 400
    assert page(asked, f"/{lang}/documents/none.docx").status_code == 404
    assert page(asked, f"/{lang}/documents/brief.exe").status_code == 422


def test_a_place_of_no_kind_is_not_looked_for_on_all_pages(
    rivertown: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Drawing each chapter before it is said that there is no such place takes many seconds."""
    drawn: list[str] = []
    chapter = pages.chapter

    def noted(view: View, name: str) -> pages.Page:
        drawn.append(name)
        return chapter(view, name)

    monkeypatch.setattr(pages, "chapter", noted)
    asked = client(rivertown)
    for name in ("none", "no-such", "c-fan", "figures", "industries-x"):
        assert asked.get(f"/en/at/{name}").status_code == 404
    assert drawn == []
    assert page(asked, "/en/at/claim-none").status_code == 404
    assert drawn == ["method"]
    led = page(asked, "/en/at/legend")
    assert (led.status_code, led.headers["location"]) == (303, "/en/method#legend")


def test_every_place_of_a_chapter_is_found_on_it(harbin: Run) -> None:
    view, seen = View.of(harbin, "en"), set[str]()
    with bare_charts():
        for name in CHAPTERS:
            text = pages.chapter(view, name).html(view, Address("en"))
            for id in re.findall(r'<(?:section|tr|div|li|details)[^>]* id="([^"]+)"', text):
                assert pages.chapter_of(id) == name, id
                seen.add(id.partition("-")[0])
    assert {"target", "claim", "track"} <= seen


def test_the_sign_of_the_workbench_is_had(rivertown: Path) -> None:
    asked = client(rivertown)
    icon = asked.get("/favicon.ico")
    assert (icon.status_code, icon.headers["content-type"]) == (200, "image/svg+xml")
    assert icon.text.startswith("<svg")
    way = re.search(r'<link rel="icon"[^>]*href="([^"]+)"', page(asked, "/en/").text)
    assert way
    assert asked.get(way[1]).content == icon.content


def test_a_folder_without_figures_leads_to_where_they_are_brought_in(tmp_path: Path) -> None:
    main = page(client(session.new(tmp_path / "empty")), "/en/").text.split("<main")[1]
    assert '<a href="/en/import">Bring in</a> · <a href="/en/write/figure">' in main


def test_an_english_page_says_which_text_is_chinese(rivertown: Path) -> None:
    sources = rivertown / "sources.toml"
    sources.write_text(sources.read_text("utf-8").replace('"A paper"', '"一份报纸"'), "utf-8")
    asked = client(rivertown)
    assert '<span lang="zh-Hans">一份报纸</span>' in page(asked, "/en/sources").text
    assert '<span lang="zh-Hans">' not in page(asked, "/zh/sources").text


def test_what_was_chosen_stays_where_no_row_fits(rivertown: Path) -> None:
    text = page(client(rivertown), "/en/figures?indicator=gdp&industry=food&period=2020").text
    assert '<option value="food" selected>' in text
    assert "No row fits what was chosen." in text
    assert "<table" not in text
