"""The numbers of firms are the protected ones in every form and language, to the last cell.

A register of few firms has small cells all over. Each number beside a status and a group is read
back from the outputs, and compared with the publishable numbers; the same reading finds the exact
counts where these were requested.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import pdf_text
from dom import Node, parse
from songhua import Run, messages, render, session
from songhua.document import report, studies
from songhua.examples import register as invented
from songhua.format.view import View
from songhua.render.terminal import lines

FIRMS, DAY = 41, date(2024, 6, 30)
SKIPPED = ("style", "script", "svg")
Cell = tuple[str, str]
Cells = dict[Cell, float]


def run(home: Path, exact: bool) -> Run:
    opened = session.open(home, fresh=True)
    return Run.of(opened, {"certify": opened.run("certify", small_cells=exact)})


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> dict[bool, Run]:
    """The same register with exact counts, and with those that may be published."""
    home = session.new(tmp_path_factory.mktemp("register") / "town", "register")
    for name, data in invented.files(7, FIRMS).items():
        (home / name).write_bytes(data)
    (home / "register/secret.txt").write_text("5e" * 32 + "\n", "utf-8")
    return {exact: run(home, exact) for exact in (False, True)}


def counts(view: View) -> Cells:
    """Every number of firms of the result, by the words of its status and its group."""
    tables = view.results["certify"].tables
    found: Cells = {}
    for row in tables["pipeline"].to_dict("records"):
        stage = view.choice("stage", row["stage"])
        found[view.name("rulebooks", row["status"]), stage] = row["firms"]
    for row in tables["counts"].to_dict("records"):
        by_industry = row["by"] == "industry"
        group = view.choice("firm_industry", row["group"]) if by_industry else row["group"]
        found[view.name("rulebooks", row["status"]), group] = row["firms"]
    return found


def strings(node: Node) -> Iterator[str]:
    for item in node.inside:
        if isinstance(item, str):
            yield item
        elif item.tag not in SKIPPED:
            yield from strings(item)


def cells(data: Any) -> Iterator[str]:
    """The cells of all tables among blocks as plain data."""
    if isinstance(data, Mapping) and "rows" in data:
        texts = (cell["text"] for row in data["rows"] for cell in row)
        yield from (one["plain"] if isinstance(one, Mapping) else one for one in texts)
    elif isinstance(data, (list, Mapping)):
        for item in data.values() if isinstance(data, Mapping) else data:
            yield from cells(item)


def html(view: View) -> Iterable[str]:
    return strings(parse(render.report(view, ("certify",))))


def text(view: View) -> Iterable[str]:
    return re.split(" {2,}|\n", lines(studies.of_study(view, "certify"), 240))


def blocks(view: View) -> Iterable[str]:
    return cells(json.loads(render.fragment(view, studies.of_study(view, "certify"), "json")))


def document(view: View) -> Iterable[str]:
    made = report.report(view, ("certify",))
    return cells(json.loads(render.document(view, made, DAY, "json")))


def docx(view: View) -> Iterable[str]:
    reader = pytest.importorskip("docx")
    made = reader.Document(
        io.BytesIO(render.document(view, report.report(view, ("certify",)), DAY, "docx"))
    )
    return [cell.text for one in made.tables for row in one.rows for cell in row.cells]


def pdf(view: View) -> Iterable[str]:
    pytest.importorskip("typst")
    return pdf_text.pieces(render.document(view, report.report(view, ("certify",)), DAY, "pdf"))


def xlsx(view: View) -> Iterable[str]:
    openpyxl = pytest.importorskip("openpyxl")
    for sheet in openpyxl.load_workbook(io.BytesIO(render.tables(view))):
        for row in sheet.iter_rows(values_only=True):
            for cell in row:
                yield f"{cell:g}" if isinstance(cell, (int, float)) else str(cell or "")


def flat(texts: Iterable[str]) -> str:
    """The texts without spaces and marks that break or join lines, separated by a bar."""
    return re.sub(r"[\s\u2060\u200b\ufffd]", "", "|".join(texts)).casefold()


def read(said: str, view: View, wanted: Iterable[Cell]) -> dict[Cell, set[float]]:
    """The numbers that stand behind a status and a group; a label may be over several lines."""
    kinds = "|".join(spelt(view.choice("by", one)) for one in ("year", "district", "industry"))
    found: dict[Cell, set[float]] = {}
    for status, group in wanted:
        named = rf"{spelt(status)}(?:{kinds})?{spelt(group)}(?:{kinds})?"
        found[status, group] = set(map(float, re.findall(rf"{named}(\d+)", said)))
    return found


def spelt(label: str) -> str:
    return "".join(rf"{re.escape(letter)}\|*" for letter in flat([label]))


FORMS = (html, text, blocks, document, docx, pdf, xlsx)


@pytest.mark.parametrize("lang", messages.LANGUAGES)
@pytest.mark.parametrize("form", FORMS)
def test_every_form_shows_the_numbers_that_may_be_published(
    form: Callable[[View], Iterable[str]], lang: str, runs: dict[bool, Run]
) -> None:
    shown, exact = (counts(View.of(runs[one], lang)) for one in (False, True))
    assert sum(exact[cell] in (1, 2) for cell in exact) > 5
    assert sum(shown.get(cell) != n for cell, n in exact.items()) > 10
    for kind, wanted in ((False, shown), (True, exact)):
        view = View.of(runs[kind], lang)
        found = read(flat(form(view)), view, exact)
        assert found == {cell: {wanted[cell]} if cell in wanted else set() for cell in exact}


@pytest.mark.parametrize("lang", messages.LANGUAGES)
def test_the_tables_as_data_hold_the_numbers_that_may_be_published(
    lang: str, runs: dict[bool, Run]
) -> None:
    result = runs[False].results["certify"]
    whole = json.loads(result.to_json())["tables"]
    for name in ("pipeline", "counts", "expiry_counts"):
        frame: pd.DataFrame = result.tables[name]
        alone = json.loads(render.table(View.of(runs[False], lang), "certify", name))
        assert [row["firms"] for row in whole[name]] == frame["firms"].tolist()
        assert [row["firms"] for row in alone["rows"]] == frame["firms"].tolist()
        assert not frame["firms"].mod(3).any()
    assert not len(result.tables["verdicts"])
    assert not len(result.tables["expiring_certificates"])


@pytest.mark.parametrize("lang", messages.LANGUAGES)
@pytest.mark.parametrize("form", FORMS)
def test_no_form_names_a_firm_or_says_how_many_there_are(
    form: Callable[[View], Iterable[str]], lang: str, runs: dict[bool, Run]
) -> None:
    said = flat(form(View.of(runs[False], lang)))
    assert not re.search(rf"x\d{{5}}|(?<!\d){FIRMS}(?!\d)", said)
