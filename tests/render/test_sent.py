"""Documents to send: the same words everywhere, numbered headings, links that resolve, templates."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from commands import songhua
from dom import parse
from pdf_text import pieces
from songhua import Run, session
from songhua.document import sent
from songhua.document.blocks import (
    Document,
    Figure,
    Fold,
    Group,
    Paragraph,
    Points,
    Table,
    walk,
)
from songhua.document.studies.brief import brief as as_page
from songhua.format.text import joined, plain
from songhua.format.view import View
from songhua.render import document
from songhua.render.charts.drawing import ratio
from songhua.render.files import day_of
from songhua.render.layout import leads, places, texts
from songhua.render.office import office

docx: Any = import_module("docx")
qn: Any = import_module("docx.oxml.ns").qn
LANGS = ("en", "zh")


@pytest.fixture(scope="module")
def briefs(harbin: Run) -> dict[str, Document]:
    return {lang: sent.brief(View.of(harbin, lang)) for lang in LANGS}


@pytest.fixture(scope="module")
def files(harbin: Run, briefs: dict[str, Document]) -> dict[tuple[str, str], bytes]:
    found: dict[tuple[str, str], bytes] = {}
    for lang in LANGS:
        view = View.of(harbin, lang)
        for form in ("docx", "pdf", "html"):
            found[lang, form] = document(view, briefs[lang], day_of(view), form)
    return found


def opened(data: bytes) -> Any:
    return docx.Document(io.BytesIO(data))


def xml(data: bytes, name: str = "word/document.xml") -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return package.read(name).decode()


def bare(text: str) -> str:
    """A text without spaces, joiners, numbers of figures and the sign of a doubt."""
    return re.sub(r"\[\d+(?:–\d+)?\]|[\s\u00a0\u2060※]", "", text)


def sentences(view: View) -> list[str]:
    """The sentences of the brief as page and terminal have them."""
    blocks = list(as_page(view, cited=False))
    return [bare(plain(item)) for b in walk(blocks) if isinstance(b, Points) for item in b.items]


@pytest.mark.parametrize("lang", LANGS)
def test_every_sentence_of_the_brief_stands_in_all_documents(
    harbin: Run, files: dict[tuple[str, str], bytes], lang: str
) -> None:
    told = sentences(View.of(harbin, lang))
    assert len(told) > 15
    read = " ".join(p.text for p in opened(files[lang, "docx"]).paragraphs)
    page = parse(files[lang, "html"].decode()).text
    for said in (bare(read), bare(page)):
        assert [one for one in told if one not in said] == []


def test_a_file_does_not_tell_when_it_was_made(files: dict[tuple[str, str], bytes]) -> None:
    with zipfile.ZipFile(io.BytesIO(files["en", "docx"])) as package:
        assert {one.date_time[0] for one in package.infolist()} == {1980}


@pytest.mark.parametrize("lang", LANGS)
def test_headings_count_themselves_and_pages_have_numbers(
    files: dict[tuple[str, str], bytes], lang: str
) -> None:
    made = opened(files[lang, "docx"])
    heads = [p for p in made.paragraphs if p.style.name.startswith("Heading")]
    numbered = [p._p.pPr.numPr.numId.val for p in heads]
    count = sum(map(bool, numbered))
    assert numbered == [numbered[0]] * count + [0] * (len(heads) - count)  # the annex has none
    assert 3 <= count < len(heads)
    told = re.findall(r'<w:lvlText w:val="([^"]+)"', xml(files[lang, "docx"], "word/numbering.xml"))
    assert {"zh": "%1、", "en": "%1"}[lang] in told
    assert {"zh": "（%2）", "en": "%1.%2"}[lang] in told
    foot = xml(files[lang, "docx"], "word/footer1.xml")
    assert 'w:instr="PAGE"' in foot
    assert ('w:instr="NUMPAGES"' in foot) is (lang == "en")
    assert ("— " in foot) is (lang == "zh")


def test_an_office_report_has_its_type_indent_and_lines(
    files: dict[tuple[str, str], bytes],
) -> None:
    made = opened(files["zh", "docx"])
    body, look = made.styles["Body Text"], office("zh")
    assert body.element.rPr.rFonts.get(qn("w:eastAsia")) == "仿宋_GB2312"
    assert (body.font.size.pt, body.paragraph_format.line_spacing.pt) == (16, 28)
    assert body.element.pPr.ind.get(qn("w:firstLineChars")) == "200"
    assert made.styles["Title"].font.size.pt == 22
    page = made.sections[0]
    assert page.page_width < page.page_height
    assert page.top_margin.cm == pytest.approx(look.margin["top"], abs=0.01)
    lines = [p.text for p in made.paragraphs]
    assert lines[0].startswith("文号：")
    assert lines[2].startswith("主送：")
    assert any(line.startswith("署名：") for line in lines)
    assert '<w:altName w:val="FangSong"/>' in xml(files["zh", "docx"], "word/fontTable.xml")


@pytest.mark.parametrize("lang", LANGS)
def test_every_figure_leads_to_its_row_and_from_there_to_an_address(
    briefs: dict[str, Document], files: dict[tuple[str, str], bytes], lang: str
) -> None:
    made = briefs[lang]
    led = [to for text in texts(made.all) for to in leads(text)]
    inside = {to for to in led if not to.startswith("http")}
    assert len(inside) > 15
    assert inside <= places(made.all)
    text = xml(files[lang, "docx"])
    anchors = set(re.findall(r'w:anchor="([^"]+)"', text))
    marks = re.findall(r'<w:bookmarkStart[^>]* w:name="([^"]+)"', text)
    assert len(anchors) == len(inside)
    assert anchors == set(marks)
    assert len(marks) == len(set(marks))
    related = xml(files[lang, "docx"], "word/_rels/document.xml.rels")
    assert related.count('TargetMode="External"') == len({to for to in led if to not in inside})
    page = files[lang, "html"].decode()
    assert {f'href="#{to}"' in page and f'id="{to}"' in page for to in inside} == {True}
    assert files[lang, "pdf"].count(b"/URI") >= len({to for to in led if to not in inside})


@pytest.mark.parametrize(("case", "lang", "most"), [
    ("harbin", "en", 1), ("harbin", "zh", 2), ("washington", "en", 1), ("washington", "zh", 2),
])  # fmt: skip
def test_a_brief_is_a_page_or_two_in_office_form_with_its_date(
    case: str, lang: str, most: int, request: pytest.FixtureRequest
) -> None:
    view = View.of(request.getfixturevalue(case), lang)
    made = sent.brief(view)
    assert made.day is not None
    assert made.annex
    data = document(view, replace(made, annex=()), day_of(view), "pdf")
    assert len(re.findall(rb"/Type\s*/Page\b", data)) <= most
    assert bare(view.period(made.day)) in bare("".join(pieces(data)))
    assert "songhua" not in "".join(plain(text) for text in texts(made.blocks))


def test_a_brief_names_every_industry_of_the_plan_in_a_line(
    harbin: Run, briefs: dict[str, Document]
) -> None:
    (table,) = [block for block in briefs["en"].blocks if isinstance(block, Table)]
    rows = {name: (role, bare(newest)) for name, role, newest in table.texts}
    assert harbin.plan
    assert len(rows) == len(harbin.plan.roles())
    assert rows["Information"] == (
        "advantageous",
        "revenue:34.77billionyuan,+6.4%growth,pricesnotstated,2020",
    )
    assert rows["Deep sea"] == ("future", "nofigureheld")


def test_nothing_is_said_twice(briefs: dict[str, Document]) -> None:
    for made in briefs.values():
        told = [plain(b.text) for b in walk(made.blocks) if isinstance(b, Paragraph)]
        assert len(told) == len(set(told))


@pytest.mark.parametrize(("case", "lang"), [("harbin", "zh"), ("washington", "en")])
def test_a_whole_report_is_short_and_has_only_what_is_drawn_or_a_board(
    case: str, lang: str, request: pytest.FixtureRequest
) -> None:
    view = View.of(request.getfixturevalue(case), lang)
    made = sent.short_report(view, ratio)
    kinds = {type(block).__name__ for block in walk(made.blocks)}
    assert kinds <= {"Section", "Heading", "Paragraph", "Points", "Table", "Figure"}
    assert not any(isinstance(block, (Fold, Group)) for block in walk(made.all))
    drawn = [[one for one in walk([part]) if isinstance(one, Figure)] for part in made.blocks]
    assert max(map(len, drawn)) == 1
    assert 4 <= sum(map(len, drawn)) <= 8
    data = document(view, made, day_of(view), "pdf")
    pages = len(re.findall(rb"/Type\s*/Page\b", data))
    assert 6 <= pages <= 12  # the tables of figures and sources take three of them


@pytest.fixture
def template(tmp_path: Path) -> Path:
    """A department's document: its own page, header, heading style, and some text."""
    made = docx.Document()
    page = made.sections[0]
    page.page_width, page.page_height = docx.shared.Cm(18), docx.shared.Cm(25)
    page.header.paragraphs[0].text = "Department of Trade"
    page.footer.paragraphs[0].text = "internal"
    made.styles["Heading 1"].font.size = docx.shared.Pt(31)
    made.styles["Caption"].element.getparent().remove(made.styles["Caption"].element)
    made.add_paragraph("An old text")
    file = tmp_path / "own.docx"
    made.save(file)
    return file


def test_a_template_keeps_its_styles_header_footer_and_page(
    harbin: Run, briefs: dict[str, Document], template: Path
) -> None:
    view = View.of(harbin, "zh")
    data = document(view, briefs["zh"], day_of(view), "docx", template.read_bytes())
    made = opened(data)
    page = made.sections[0]
    assert (round(page.page_width.cm), round(page.page_height.cm)) == (18, 25)
    assert page.header.paragraphs[0].text == "Department of Trade"
    assert page.footer.paragraphs[0].text == "internal"
    assert made.styles["Heading 1"].font.size.pt == 31
    assert made.styles["Normal"].font.name != office("zh").faces["body"].latin
    said = [p.text for p in made.paragraphs]
    assert "An old text" not in said
    assert "哈尔滨产业体系运行情况简报" in said
    room = (page.page_width - page.left_margin - page.right_margin) / docx.shared.Cm(1)
    for table in made.tables:
        wide = sum(int(one.get(qn("w:w"))) for one in table._tbl.tblGrid.gridCol_lst) / 567
        assert wide <= room + 0.05


def test_a_template_that_lacks_a_style_is_used_and_one_that_is_none_is_refused(
    rivertown: Path, template: Path
) -> None:
    asked = ("brief", rivertown, "--out", rivertown.parent / "out", "--lang", "en")
    done = songhua(*asked, "--format", "docx", "--template", template)
    assert done.code == 0, done.err
    assert "Caption" in done.err
    assert "as plain text" in done.err
    other = template.with_name("table.docx")
    with zipfile.ZipFile(other, "w") as package:
        package.writestr("word/document.xml", "<w:document")
    plain_text = template.with_name("words.docx")
    plain_text.write_text("no package", "utf-8")
    for file, said in (
        (other, "cannot be read"), (plain_text, "is no DOCX"),
        (template.with_name("none.docx"), "no such template"),
    ):  # fmt: skip
        done = songhua(*asked, "--format", "docx", "--template", file)
        assert (done.code, said in done.err) == (2, True), done.err
        assert file.name in done.err
    done = songhua(*asked, "--format", "pdf", "--template", template)
    assert (done.code, "--format docx" in done.err) == (2, True)


def test_the_pdf_passes_its_checkers(files: dict[tuple[str, str], bytes], tmp_path: Path) -> None:
    checkers = [one for one in (["qpdf", "--check"], ["pdfinfo"]) if shutil.which(one[0])]
    if not checkers:
        pytest.skip("neither qpdf nor poppler is here")
    for lang in LANGS:
        file = tmp_path / f"{lang}.pdf"
        file.write_bytes(files[lang, "pdf"])
        for checker in checkers:
            told = subprocess.run([*checker, file], capture_output=True, text=True, check=False)
            assert (told.returncode, told.stderr) == (0, "")


def test_run_writes_what_is_asked_for_and_the_same_again(rivertown: Path) -> None:
    out = rivertown.parent / "out"
    asked = ("run", rivertown, "--out", out, "--lang", "zh")
    done = songhua(*asked, *(f"--format={form}" for form in ("docx", "pdf", "png")))
    assert done.code == 0, done.err
    held = {file.name for file in out.iterdir() if file.name[0] != "."}
    assert held == {"report-zh.docx", "report-zh.pdf", "charts"}
    drawn = sorted((out / "charts").glob("*.png"))
    assert drawn
    assert all(file.read_bytes().startswith(b"\x89PNG") for file in drawn)
    given = {file: file.read_bytes() for file in (*drawn, out / "report-zh.docx")}
    assert songhua(*asked, "--format", "docx", "--format", "png").code == 0
    assert {file: file.read_bytes() for file in given} == given


def test_draws_are_left_out_unless_asked_for(harbin: Run) -> None:
    result = harbin.results["accounts"]
    assert '"draws": [' not in result.to_json(bulk=False)
    assert '"draws": [' in result.to_json()


def test_an_empty_folder_says_what_to_add(tmp_path: Path) -> None:
    assert songhua("new", tmp_path / "bare").code == 0
    run = Run.of(*_brief_of(tmp_path / "bare"))
    made = sent.brief(View.of(run, "zh"))
    assert made.annex == []
    assert "observations/*.csv" in plain(joined(list(texts(made.all))))


def _brief_of(folder: Path) -> tuple[Any, Any]:
    asked = session.open(folder)
    return asked, {"brief": asked.run("brief")}


def test_a_title_longer_than_a_property_of_a_document(harbin: Run) -> None:
    """A program for documents reads 255 characters of a property; the heading has them all."""
    title, view = "河城" * 200, View.of(harbin, "zh")
    made = opened(document(view, Document(title, ()), day_of(view), "docx"))
    assert made.core_properties.title == title[:255]
    assert title in [one.text for one in made.paragraphs]
