"""The month's report: its computations, its sentences, and its documents."""

from __future__ import annotations

import io
import re
import sys
import zipfile
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from small import FILES
from songhua import session
from songhua.cli import songhua
from songhua.document.blocks import Block, Figure, Heading, Paragraph, Table
from songhua.document.studies.month import monthly
from songhua.errors import SonghuaError
from songhua.format.view import View
from songhua.labels import parse_period
from songhua.render import document as written
from songhua.render.files import contents, write_document
from songhua.render.layout import leads
from tracked import aim, figure
from tracked import folder as tracked_folder

docx: Any = import_module("docx")
qn: Any = import_module("docx.oxml.ns").qn
PLACES = """
[places.hill]
name = { en = "Hill", zh = "山城" }
role = "comparison"

[places.lake]
name = { en = "Lake", zh = "湖城" }
role = "comparison"
"""
LATE = '[bulletin-2022]\ntitle = "Bulletin 2022"\npublisher = "Statistics office"\npublished = "2022-03-01"\ngrade = "official"\n'


def rate(period: str, value: str, **more: str) -> str:
    return figure("gdp_growth", period, value, "%", **more)


@pytest.fixture
def case(tmp_path: Path) -> Path:
    """Growth of 4 % in the first quarter and 6 % in the half of 2021, after falls in 2020."""
    figures = [
        rate("2020-Q1", "-6.0"), rate("2020-H1", "-2.0"),
        rate("2021-Q1", "4.0"), rate("2021-H1", "6.0"), rate("2021", "7.5"),
        figure("gdp", "2020-Q1", "40", "bn EUR"), figure("gdp", "2020-H1", "100", "bn EUR"),
        figure("gdp", "2020", "210", "bn EUR"), figure("gdp", "2021-H1", "107", "bn EUR"),
        rate("2021-H1", "-3.0", industry="food"), rate("2021-H1", "9.0", industry="tools"),
        rate("2021-H1", "6.0", region="hill"), rate("2021-H1", "8.1", region="lake"),
        rate("2021-H1", "5.0", region="upland"),
        figure("gdp", "2019", "10.0", "bn EUR", vintage="census"),
        figure("gdp", "2020", "212", "bn EUR", vintage="census", source="bulletin-2022"),
        figure("jobs", "2021-01..2021-06", "300", "persons"),
    ]  # fmt: skip
    targets = [
        aim("grow by 7 %", "gdp_growth", "2021", id="growth"),
        aim("1000", "jobs", "2021", id="jobs"),
        aim("reach 4.5 places per 1000 persons", "places", id="places"),
    ]
    return tracked_folder(
        tmp_path, targets, figures,
        region_toml=FILES["region.toml"] + PLACES, sources_toml=FILES["sources.toml"] + LATE,
    )  # fmt: skip


def described(case: Path, period: str, lang: str = "en", **more: Any) -> list[Block]:
    done = contents(session.open(case), "monthly", period, **more)
    return list(monthly(View.of(done, lang)).all)


def grid(blocks: list[Block], title: str) -> Table:
    return next(b for b in blocks if isinstance(b, Table) and b.title == title)


def table(case: Path, name: str, period: str, **more: Any) -> list[dict[Any, Any]]:
    frame = contents(session.open(case), "monthly", period, **more).results["month"].tables[name]
    return frame.to_dict("records")


def test_growth_of_a_half_with_its_second_quarter(case: Path) -> None:
    rows = table(case, "growth", "2021-H1")
    assert [row["industry"] for row in rows] == ["food", "all", "tools"]  # the weakest first
    row = rows[1]
    assert (row["value"], row["before"], row["earlier"], row["change"]) == (6.0, -2.0, 4.0, 2.0)
    # by the weights of the year before: (100 x 6 - 40 x 4) / 60
    assert row["single"] == pytest.approx((100 * 6 - 40 * 4) / 60)
    assert row["single_low"] < row["single"] < row["single_high"]
    assert (row["single_method"], row["level"], row["level_unit"]) == ("weights", 107.0, "bn EUR")


def test_a_quarter_alone_is_set_beside_the_half(case: Path) -> None:
    single, whole = (table(case, "growth", period)[1] for period in ("2021-Q2", "2021-H1"))
    assert single == whole


def test_nothing_later_than_the_period_is_used(case: Path) -> None:
    periods = {row["period"] for row in table(case, "growth", "2021-Q1")}
    assert periods == {"2021-Q1"}
    done = contents(session.open(case), "monthly", "2021-H1")
    latest = done.results["track"].tables["targets"].set_index("target")
    assert dict(latest["latest"])["growth"] == 6.0
    assert done.results["track"].tables["view"]["day"].tolist() == ["2021-06-30"]


def test_the_rest_of_the_year_must_bring_what_is_missing(case: Path) -> None:
    done = contents(session.open(case), "monthly", "2021-H1")
    targets = done.results["track"].tables["targets"].set_index("target", drop=False)
    row = next(one for one in targets.to_dict("records") if one["target"] == "growth")
    # last year: 100 in the half, 210 in all; 7 % of 210 less 6 % of 100, over 110
    assert row["required"] == pytest.approx((210 * 7 - 100 * 6) / 110)
    cells = grid(described(case, "2021-H1"), "Gap to the targets").texts
    assert [line[0] for line in cells] == ["New jobs, 2021", "Real growth, 2021"]  # jobs lag
    assert cells[0][3] == "700 people"
    assert "7.91" in cells[1][4]


def test_ranks_leave_open_what_rounding_leaves_open(case: Path) -> None:
    rows = {row["region"]: row for row in table(case, "comparison", "2021-H1")}
    ranks = {name: (row["rank_low"], row["rank_high"], row["of"]) for name, row in rows.items()}
    assert ranks["rivertown"] == ranks["hill"] == (2, 3, 3)
    assert ranks["lake"] == (1, 1, 3)
    assert rows["upland"]["of"] == 0  # a larger area is not ranked
    assert (rows["lake"]["lead"], rows["upland"]["lead"]) == (-2.1, 1.0)
    chosen = table(case, "comparison", "2021-H1", peers=("hill",))
    assert [row["region"] for row in chosen] == ["rivertown", "hill"]
    with pytest.raises(SonghuaError) as told:
        table(case, "comparison", "2021-H1", peers=("moon",))
    assert told.value.faults[0].code == "label_unknown"


def test_revisions_are_told_with_their_size_and_after_a_day(case: Path) -> None:
    rows = table(case, "revisions", "2021-H1")
    assert [(r["period"], r["before"], r["after"], r["change"]) for r in rows] == [
        ("2020", 210.0, 212.0, 2.0)
    ]
    assert rows[0]["published"] == "2022-03-01"
    assert len(table(case, "revisions", "2021-H1", since="2022-01-31")) == 1
    assert table(case, "revisions", "2021-H1", since="2022-03-01") == []


def test_a_turn_is_dated(case: Path) -> None:
    blocks = described(case, "2021-Q1")
    said = [b.text for b in blocks if isinstance(b, Paragraph)]
    turn = "Real growth turned from a fall (−2%, H1 2020) to a rise (4%, Q1 2021)."
    assert turn in said


def test_every_row_with_a_figure_names_its_source(case: Path) -> None:
    blocks = described(case, "2021-H1")
    figures, sources = (grid(blocks, title) for title in ("Figures cited", "Sources"))
    assert [row[0] for row in figures.texts] == [f"[{n + 1}]" for n in range(len(figures.rows))]
    for block in blocks:
        if isinstance(block, Table) and block not in (figures, sources):
            for row in block.rows:
                found = leads(row[-1].text)
                assert found, row
                assert set(found) <= set(figures.ids)
    assert {to for row in figures.rows for to in leads(row[-1].text)} == set(sources.ids)


@pytest.mark.parametrize("period", ["2021-03-09", "2019..2021", "2021.."])
def test_a_period_of_no_year_is_refused(case: Path, period: str) -> None:
    with pytest.raises(SonghuaError) as told:
        contents(session.open(case), "monthly", period)
    assert told.value.faults[0].code == "period_not_in_year"


def test_what_is_not_there_is_said(case: Path) -> None:
    said = [b.text for b in described(case, "2020-Q1") if isinstance(b, Paragraph)]
    assert any("nothing is ranked" in text for text in said)
    assert any("no target for this year" in text for text in said)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_page_holds_the_same_as_the_description(case: Path, lang: str) -> None:
    done = contents(session.open(case), "monthly", "2021-H1")
    view, day = View.of(done, lang), parse_period("2021-H1").end
    page = written(view, monthly(view), day).decode()
    assert page == written(view, monthly(view), day).decode()
    blocks = monthly(view).all
    for block in blocks:
        if isinstance(block, Heading):
            assert block.text in page
    assert page.count("<caption>") == sum(isinstance(b, Table) for b in blocks)
    assert page.count('<svg class="plot') == sum(
        isinstance(b, Figure) and b.chart is not None for b in blocks
    )
    assert not re.search(r'(?:src|href)="(?!#)', page)
    assert "{" not in re.sub(r"<style>.*?</style>", "", page, flags=re.DOTALL)


@pytest.fixture
def document(case: Path) -> bytes:
    done = contents(session.open(case), "monthly", "2021-H1")
    return write_document(done, "2021-H1", case.parent, "zh", "docx").read_bytes()


def test_the_docx_has_real_headings_captions_and_tables(case: Path, document: bytes) -> None:
    opened = docx.Document(io.BytesIO(document))
    blocks = described(case, "2021-H1", "zh")
    heads = [p.text for p in opened.paragraphs if p.style.name.startswith(("Heading", "Title"))]
    assert heads[1:] == [b.text for b in blocks if isinstance(b, Heading)]
    grids = [b for b in blocks if isinstance(b, Table)]
    for table_, block in zip(opened.tables, grids, strict=True):
        cells = [[cell.text for cell in row.cells] for row in table_.rows]
        assert cells == [list(block.headings), *block.texts]
        assert table_.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    captions = [p for p in opened.paragraphs if p.style.name == "Caption"]
    charts = [b for b in blocks if isinstance(b, Figure) and b.chart]
    assert len(captions) == len(grids) + len(charts)
    assert len(opened.inline_shapes) == len(charts)
    fields = re.findall(r'w:instr="SEQ (\w+) [^"]*"><w:r><w:t>(\d+)', _xml(document))
    for sequence, many in (("Table", len(grids)), ("Figure", len(charts))):
        assert [n for name, n in fields if name == sequence] == [str(n + 1) for n in range(many)]


def _xml(data: bytes, name: str = "word/document.xml") -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return package.read(name).decode()


def test_the_docx_names_an_east_asian_font_and_its_pictures(document: bytes) -> None:
    styles = docx.Document(io.BytesIO(document)).styles
    for name, font in {"Normal": "仿宋_GB2312", "Heading 1": "黑体", "Caption": "黑体"}.items():
        fonts = styles[name].element.rPr.rFonts
        assert fonts.get(qn("w:eastAsia")) == font
        assert fonts.get(qn("w:eastAsiaTheme")) is None
    text = _xml(document)
    assert re.findall(r'<wp:docPr [^>]*descr="([^"]+)"', text)
    assert 'w:instr="PAGE"' in _xml(document, "word/footer1.xml")
    told = docx.Document(io.BytesIO(document)).core_properties
    assert (told.author, told.title[:2], told.created.isoformat()[:10]) == (
        "songhua", "河城", "2021-06-30",
    )  # fmt: skip


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_pdf_is_tagged_dated_and_the_same_each_time(case: Path, lang: str) -> None:
    done = contents(session.open(case), "monthly", "2021-H1")
    view, day = View.of(done, lang), parse_period("2021-H1").end
    data = written(view, monthly(view), day, "pdf")
    assert data == written(view, monthly(view), day, "pdf")
    assert data.startswith(b"%PDF-1.7")
    for part in (b"/StructTreeRoot", b"/Marked true", b"/Title", b"NotoSansSC", b"D:20210630"):
        assert part in data, part


@pytest.mark.parametrize(("form", "module"), [("docx", "docx"), ("pdf", "typst")])
def test_without_the_extra_it_says_what_to_install(
    case: Path, monkeypatch: pytest.MonkeyPatch, form: str, module: str
) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    done = contents(session.open(case), "monthly", "2021-H1")
    with pytest.raises(SonghuaError) as told:
        write_document(done, "2021-H1", case.parent, "en", form)
    assert "songhua[report]" in str(told.value)


def test_the_verb_writes_the_report_and_says_where(case: Path) -> None:
    out = case.parent / "out"
    words = ["report", str(case), "--period", "2021-H1", "--out", str(out), "--lang", "en"]
    done = CliRunner().invoke(songhua, [*words, "--peer", "hill", "--since", "2021-01-31"])
    assert done.exit_code == 0, done.output
    assert done.stdout == f"Report: {out / 'monthly-2021-H1-en.html'}\n"
    assert "Hill" in (out / "monthly-2021-H1-en.html").read_text("utf-8")
    done = CliRunner().invoke(songhua, [*words, "--peer", "moon"])
    assert done.exit_code == 2
