"""Any part of what is shown, alone: in a page of somebody's own, in a notebook, as text."""

from __future__ import annotations

from pathlib import Path

import pytest

import songhua
from dom import parse
from small import FILES, write
from songhua import Run, render
from songhua.document import report
from songhua.document.blocks import Heading, Paragraph, Section, Table, walk
from songhua.document.studies import of_study
from songhua.errors import SonghuaError
from songhua.format.text import Link
from songhua.format.view import View
from songhua.render.html.document import fragment
from songhua.results import Result


def test_a_section_alone_is_what_stands_in_the_page(harbin: Run) -> None:
    view = View.of(harbin, "en")
    (section,) = report.report(view, ["claims"]).blocks
    alone = fragment(view, [section])
    assert alone.startswith('<section id="claims"')
    assert "<style" not in alone
    squeezed = "\n".join(
        line for line in render.report(view, ["claims"]).splitlines() if line.strip()
    )
    assert alone in squeezed


def test_any_table_can_be_had_alone(harbin: Run) -> None:
    view = View.of(harbin, "zh")
    tables = [one for one in walk(of_study(view, "track")) if isinstance(one, Table) and one.name]
    assert tables
    for table in tables:
        tree = parse(render.fragment(view, [table]))
        assert len(list(tree.all("tr"))) == len(table.rows) + 1


def test_a_link_to_what_is_not_there_is_plain_text(harbin: Run) -> None:
    view = View.of(harbin, "en")
    lines = [Paragraph(("see ", Link("here", "a"), Link("there", "b")))]
    alone = fragment(view, [Section("a", "A", lines)])
    assert '<a href="#a">here</a>there' in alone
    assert '<a href="/en/b">there</a>' in fragment(
        view, [Section("a", "A", lines)], "/en/{}".format
    )


def test_a_screen_can_be_had_as_text(harbin: Run) -> None:
    view = View.of(harbin, "zh")
    screen = of_study(view, "track")
    lines = render.fragment(view, screen, "text").splitlines()
    assert all(line == line.rstrip() for line in lines)
    assert {one.text for one in screen if isinstance(one, Heading)} <= set(lines)


def test_what_a_notebook_shows_of_values_is_short(harbin: Run) -> None:
    opened, done = songhua.open(songhua.example("harbin")), harbin
    values = (opened, opened.region, opened.plan, done, *done.results.values())
    for value in values:
        assert len(repr(value)) < 520, value
    for value, name in (
        (opened, "Harbin"),
        (opened.region, "Harbin"),
        (opened.plan, "Five-Year Plan"),
    ):
        assert value is not None
        html = value._repr_html_() or ""
        assert len(html) < 3000
        assert name in parse(html).text
    tree = parse(opened._repr_html_() or "")
    assert tree.row("observations").split()[-1] == f"{len(opened.region.figures.observations):,}"


def test_a_notebook_shows_the_screen_of_a_result(rivertown: Path) -> None:
    result = songhua.open(rivertown).run("claims")
    framed = next(parse(result._repr_html_() or "").all("iframe")).attrs["srcdoc"]
    view = View.of(result)
    for found in result.findings:
        assert view.sentence(found) in parse(framed).text
    assert framed == songhua.show(result).html


def test_a_result_that_no_session_gave_has_no_names_and_says_so() -> None:
    bare = Result("claims", {})
    assert "claims" in (bare._repr_html_() or "")
    with pytest.raises(SonghuaError) as told:
        songhua.show(bare)
    assert [fault.code for fault in told.value.faults] == ["result_alone"]


def test_what_a_folder_says_stays_text_in_a_notebook(tmp_path: Path) -> None:
    named = FILES["region.toml"].replace("Rivertown", "<script>alert(1)</script>")
    place = write(tmp_path / "odd", region_toml=named)
    assert "<script>" not in (songhua.open(place)._repr_html_() or "")
