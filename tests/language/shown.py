"""All that songhua shows in one language, printed as JSON: texts by where they stand.

Run in a process of its own, with the package to be looked at first on the path. Results do not
depend on catalogues, so the results of the cases that the package kept are used.
"""

from __future__ import annotations

import io
import json
import os
import sys
import zipfile
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout, suppress
from datetime import date
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from rich.console import Console

from dom import Node, parse
from songhua import render, session
from songhua.cli import main
from songhua.document.blocks import Chart
from songhua.document.run import run as screen
from songhua.document.studies import of_study
from songhua.document.studies.evaluation import evaluation
from songhua.document.studies.month import monthly
from songhua.format.view import View
from songhua.render import files, font, terminal
from songhua.render.charts import drawing
from songhua.render.charts.markup import Picture
from songhua.session import execution

LANG = "xx"
DAY = date(2026, 1, 31)
SIGNS = ("code", "abbr")  # what is typed, and signs that a legend explains
SAID = ("aria-label", "title", "alt", "placeholder")


_phone = drawing._phone


def _drawn_once(chart: Chart, page: Picture, spec: Any) -> Picture:
    """A phone's chart is drawn where it is described so: one that is narrowed has the same words."""
    return page if chart.narrow is None else _phone(chart, page, spec)


def of_page(html: str) -> Iterator[str]:
    """The texts of a page and of its charts, with the labels for screen readers."""

    def inside(node: Node) -> Iterator[str]:
        yield from (node.attrs[name] for name in SAID if name in node.attrs)
        if node.tag in ("style", "script", *SIGNS):
            return
        if node.tag == "text" or any(isinstance(o, str) and o.strip() for o in node.inside):
            yield "".join(words(node))
            return
        for item in node.inside:
            if isinstance(item, Node):
                yield from inside(item)

    def words(node: Node) -> Iterator[str]:
        for item in node.inside:
            if isinstance(item, str):
                yield item
            elif item.tag not in SIGNS:
                yield from (" ", *words(item), " ")

    yield from inside(parse(html))


def of_office(data: bytes) -> Iterator[str]:
    """The texts of a DOCX or an XLSX, with the descriptions of pictures and tables."""
    archive = zipfile.ZipFile(io.BytesIO(data))
    for name in archive.namelist():
        if name.startswith(("word/document", "xl/sharedStrings", "xl/workbook")):
            for node in ElementTree.fromstring(archive.read(name)).iter():
                tag = node.tag.rpartition("}")[2]
                if tag == "t" and node.text:
                    yield node.text
                if tag == "sheet":
                    yield node.attrib["name"]
                if tag == "docPr":
                    yield node.attrib.get("descr", "")


def of_screen(blocks: object) -> list[str]:
    """The lines of a screen that is wide enough for all."""
    out = io.StringIO()
    terminal.show(blocks, Console(file=out, width=600, highlight=False))  # type: ignore[arg-type]
    return [line.strip() for line in out.getvalue().splitlines() if line.strip()]


def of_command(*arguments: object) -> list[str]:
    """The lines of a command, on either stream."""
    out = io.StringIO()
    sys.argv = ["songhua", *map(str, arguments)]
    with redirect_stdout(out), redirect_stderr(out), suppress(SystemExit):
        main()
    return [line.strip() for line in out.getvalue().splitlines() if line.strip()]


def shown(work: Path) -> Iterator[tuple[str, list[str]]]:
    """Everything, a part after another."""
    os.environ |= {"SONGHUA_LANG": LANG, "COLUMNS": "600", "NO_COLOR": "1"}
    harbin = session.open(session.example("harbin"))
    done = harbin.run_all()
    view = View.of(done, LANG)
    yield "report", list(of_page(render.report(view)))
    yield "workbook", list(of_office(render.tables(view)))
    yield "run", of_screen(screen(view))
    for study in done.results:
        yield study, of_screen(of_study(view, study))
    for kind, period in (("monthly", "2020"), ("annual", "2021"), ("midterm", "2023")):
        part = files.contents(harbin, kind, period)
        seen = View.of(part, LANG)
        made = monthly(seen) if kind == "monthly" else evaluation(seen, kind, period)
        yield kind, list(of_page(render.document(seen, made, DAY).decode()))
        if kind == "midterm":
            yield "docx", list(of_office(render.document(seen, made, DAY, "docx")))
        if kind == "monthly":
            yield "month", of_screen(of_study(seen, "month"))
    other = session.open(session.example("washington"))
    seen = View.of(other.run_all(), LANG)
    for section in ("comparison", "peers", "indices", "chains"):
        yield f"washington {section}", list(of_page(render.report(seen, [section])))
    yield "washington", of_screen(screen(seen))
    page = work / "firm.html"
    yield "firm", of_command("certify", work / "firm.toml", "--html", page)
    yield "firm page", list(of_page(page.read_text("utf-8")))
    yield "verdict", of_command("certify", work / "firm.toml")
    yield "register", of_command("certify", work / "register")
    yield "holds", of_command("check", work / "small")
    yield "faults", of_command("check", work / "broken")
    yield "rules", of_command("rules", "list")
    yield "rulebook", of_command("rules", "show", "cn/sci-tech-sme")


if __name__ == "__main__":
    execution.program = lambda: sys.argv[2]
    drawing._phone = _drawn_once
    font.woff2 = lambda text: b""  # no text
    print(json.dumps(dict(shown(Path(sys.argv[1]))), ensure_ascii=False))
