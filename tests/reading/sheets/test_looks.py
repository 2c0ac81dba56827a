"""Signs of a cell beside its text: raised and struck parts, grounds, comments, formats."""

from __future__ import annotations

import io
from datetime import date

import pytest
import xlsxwriter

import made_old as made
from hostile.books import pack, parts, sheet, styles
from songhua.reading.sheets import open_book
from songhua.reading.sheets.days import as_shown
from songhua.reading.sheets.formats import Format, parse_format
from songhua.reading.sheets.grid import Grid
from songhua.reading.sheets.looks import RAISED, Sign, taken_out


def opened(data: bytes) -> Grid:
    return open_book(data, "x").grid()


@pytest.fixture
def modern() -> Grid:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        page = book.add_worksheet()

        def look(**properties: object) -> object:
            return book.add_format(properties)

        raised, struck, lowered = (
            look(font_script=1),
            look(font_strikeout=True),
            look(font_script=2),
        )
        page.write_rich_string(0, 0, "110.2", raised, "1")
        page.write_rich_string(0, 1, struck, "old", "new")
        page.write_rich_string(0, 2, "CO", lowered, "2")
        page.write(1, 0, 5.25, look(font_strikeout=True, num_format="0.0"))
        page.write(1, 1, "gone", struck)
        page.write(1, 2, "2)", raised)
        page.write(2, 0, 7.0, look(bg_color="#FFFF00"))
        page.write(2, 1, "part", look(indent=2))
        page.write(2, 2, 12345.0, look(num_format='0.0,"thousand"'))
        page.write(3, 0, 5.2, look(num_format='0.0"万元"'))
        page.write(3, 1, 0.052, look(num_format="0.0%"))
        page.write(3, 2, 5.2, look(num_format='0.0"%"'))
        for column, shown in enumerate(("yyyy", 'yyyy"年"m"月"', "mmm-yy", "yyyy-mm-dd")):
            page.write(4, column, date(2015, 3, 1), look(num_format=shown))
        page.write_comment(5, 0, "revised")
        page.write(5, 1, "a_x000D_b Estat&iacute;stica &amp; R&D")
        page.write(6, 0, 1.0)
    return opened(stream.getvalue())


def test_raised_and_struck_parts_are_taken_out(modern: Grid) -> None:
    assert [modern.text(0, at) for at in range(3)] == ["110.2", "new", "CO2"]
    assert modern.signs[0, 0] == Sign(superscript="1")
    assert modern.signs[0, 1] == Sign(struck="old")
    assert (0, 2) not in modern.signs
    number = modern.number(0, 0, None, False)
    assert number is not None
    assert (number.value, number.marks) == ("110.2", "¹")


@pytest.mark.parametrize(
    ("before", "raised", "behind", "text"),
    [
        ("产量(10", "8", "kw·h)", "产量(10⁸kw·h)"), ("面积（万km", "2", "）", "面积（万km²）"),
        ("The 4", "th", " quarter", "The 4th quarter"), ("Term", "2", "", "Term"), ("10", "4", "", "10"),
        ("110", "2", "", "110"), ("5.2", "e", "", "5.2"), ("GDP", "1)", " of all", "GDP of all"),
    ],
)  # fmt: skip
def test_powers_and_ordinals_are_no_marks(before: str, raised: str, behind: str, text: str) -> None:
    told, sign = taken_out([(before, ""), (raised, "raised"), (behind, "")])
    assert told == text
    assert (sign is None) == (raised.translate(RAISED) in text[len(before) :])


def test_a_cell_that_is_struck_out_or_raised_as_a_whole_is_blank(modern: Grid) -> None:
    assert [modern.text(1, at) for at in range(3)] == ["", "", ""]
    assert [modern.signs[1, at].struck for at in range(3)] == ["5.3", "gone", ""]
    assert modern.signs[1, 2].superscript == "2)"


def test_grounds_indents_and_comments(modern: Grid) -> None:
    assert modern.signs[2, 0] == Sign(fill="FFFF00")
    assert modern.signs[2, 1] == Sign(indent=2)
    assert modern.signs[5, 0].comment == "revised"
    assert (6, 0) not in modern.signs
    assert set(modern.signs) == {place for place in modern.signs if modern.signs[place] != Sign()}
    assert len(modern.signs) == len(list(modern.signs)) == len(dict(modern.signs))


def test_numbers_are_read_as_they_are_displayed(modern: Grid) -> None:
    shown = [
        modern.number(row, column, None, False) for row, column in ((2, 2), (3, 0), (3, 1), (3, 2))
    ]
    assert [(n.value, n.unit) for n in shown if n] == [
        ("12345", ""), ("5.2", "10k CNY"), ("5.2", "%"), ("5.2", "%"),
    ]  # fmt: skip
    assert modern.signs[2, 2].literal == "thousand"
    assert modern.signs[3, 0].literal == "万元"


def test_days_are_read_as_precisely_as_they_are_displayed(modern: Grid) -> None:
    assert [modern.cell(4, at) for at in range(4)] == [
        "2015",
        "2015-03",
        "2015-03",
        date(2015, 3, 1),
    ]


def test_escapes_and_names_of_letters(modern: Grid) -> None:
    assert modern.text(5, 1) == "a_x000D_b Estatística &amp; R&D"  # xlsxwriter escapes the escape
    page = sheet('<row><c t="inlineStr"><is><t>a_x000D_b &amp;Oacute;</t></is></c></row>')
    assert opened(pack(parts(page))).text(0, 0) == "a\rb Ó"


@pytest.mark.parametrize(
    ("code", "form"),
    [
        ("0,", Format(0, scale=3)), ("#,##0.0,,", Format(1, scale=6)),
        ('0!.0,"万"', Format(1, scale=4, literal="万")), ("0\\.00,", Format(2, scale=5)),
        ('0.0"%"', Format(1, literal="%")), ("0.0\\%", Format(1, literal="%")),
        ("#,##0.00 [$€-407]", Format(2, literal="€")), ('"¥"#,##0', Format(0, literal="¥")),
        ("_ * #,##0.00_ ;_ * -#,##0.00_ ", Format(2)), ("[Red]0.0", Format(1)),
        ('0.0;"neg"0.0', Format(1)), ("[>=1000]0.0,;0", None), ('0"-"00', None), ("General", None),
        ("0.0E+00", None), ('""', None), ("@", None), (";;;", None),
    ],
)  # fmt: skip
def test_formats(code: str, form: Format | None) -> None:
    assert parse_format(code) == form


@pytest.mark.parametrize(
    "code",
    ["d.m.yyyy", 'm"月"d"日"', "mmm", 'yyyy"Q1"', 'yyyy"年第1季度"', "yyyy-mm-dd hh:mm", "[h]:mm"],
)
def test_other_formats_of_days_stay_days(code: str) -> None:
    assert as_shown(date(2015, 3, 1), code) == date(2015, 3, 1)


def test_a_built_in_month_is_one_only_where_it_is_whole() -> None:
    content = parts(sheet('<row><c s="1"><v>42064</v></c><c s="1"><v>42080</v></c></row>'))
    content["xl/styles.xml"] = styles({}, [0, 57])
    assert opened(pack(content)).cells[0] == ["2015-03", date(2015, 3, 17)]


def test_the_ground_of_a_theme_is_made_lighter() -> None:
    content = parts(
        sheet('<row><c s="1"><v>1</v></c><c s="2"><v>1</v></c><c s="3"><v>1</v></c></row>')
    )
    fills = "".join(
        f'<fill><patternFill patternType="solid"><fgColor {colour}/></patternFill></fill>'
        for colour in ('theme="4" tint="0.5"', 'indexed="10"', 'rgb="FFFFFFFF"')
    )
    content["xl/styles.xml"] = (
        f"<styleSheet><fills><fill/>{fills}</fills><cellXfs><xf/>"
        '<xf fillId="1"/><xf fillId="2"/><xf fillId="3"/></cellXfs></styleSheet>'
    ).encode()
    colours = "".join(
        f'<a:x{at}><a:srgbClr val="{at}00000"/></a:x{at}>' for at in (1, 2, 3, 4, 8, 9)
    )
    content["xl/theme/theme1.xml"] = (
        f'<a:theme xmlns:a="a"><a:clrScheme name="n">{colours}</a:clrScheme></a:theme>'.encode()
    )
    signs = opened(pack(content)).signs
    assert [signs[at].fill for at in sorted(signs)] == ["FF4040", "FF0000"]


def test_an_old_workbook_has_the_same_looks() -> None:
    page = (
        made.rich(0, 0, "110.21", [(5, 5)]) + made.rich(0, 1, "oldnew", [(0, 6), (3, 0)])
        + made.number(1, 0, 5.25, 1) + made.number(1, 1, 7.0, 2) + made.text(1, 2, "part", 3)
        + made.number(2, 0, 12345.0, 4) + made.number(2, 1, 42064.0, 5)
        + made.text(2, 2, "Estat&iacute;stica") + made.comment(1, 1, "revised")
    )  # fmt: skip
    data = made.book(
        {"S": page}, {164: "0.0", 165: '0.0,"千"', 166: 'yyyy"年"m"月"'},
        [made.style(164, of_font=6), made.style(fill=13), made.style(indent=2),
         made.style(165), made.style(166)],
        [made.font(), made.font(), made.font(), made.font(raised=True), made.font(struck=True)],
    )  # fmt: skip
    grid = opened(data)
    assert grid.cells[0] == ["110.2", "new"]
    assert (grid.signs[0, 0].superscript, grid.signs[0, 1].struck) == ("1", "old")
    assert (grid.text(1, 0), grid.signs[1, 0].struck) == ("", "5.3")
    assert (grid.signs[1, 1].fill, grid.signs[1, 1].comment) == ("FFFF00", "revised")
    assert grid.signs[1, 2].indent == 2
    number = grid.number(2, 0, None, False)
    assert number is not None
    assert (number.value, grid.signs[2, 0].literal) == ("12345", "千")
    assert grid.cells[2][1:] == ["2015-03", "Estatística"]
